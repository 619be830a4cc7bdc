"""Results and decisions in a database: the same in SQLite and PostgreSQL, complete after whatever breaks off, nothing done twice."""

from __future__ import annotations

import itertools
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import Engine, create_engine, inspect, text
from sqlalchemy.pool import NullPool

import postgres
from conftest import ROOT
from edited_workbook import edit, opened, store, two_reports
from huizong.batch.stored import stored_run
from huizong.cli.database_of_run import store as fill
from huizong.compare import compare_reports
from huizong.database import Database, schema
from huizong.errors import DatabaseError
from huizong.readback import apply_workbook
from huizong.store import StoredReports

NUMBER = itertools.count()


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'kept.sqlite'}"
    running: postgres.Server = request.getfixturevalue("server")
    return running.database(f"test{next(NUMBER)}")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return store(tmp_path_factory.mktemp("made"), two_reports())


@pytest.fixture
def out(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "out"))


def plain_engine(url: str) -> Engine:
    return create_engine(url, poolclass=NullPool)


def update(url: str, out: Path, stamp: str = "now", name: str = "collection", **more: Any) -> bool:
    with Database(url) as database:
        return database.update(name, stored_run(out), StoredReports(out), stamp=stamp, **more)


def content(url: str) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables but the log of runs."""
    engine = plain_engine(url)
    tables = [t for t in schema.METADATA.sorted_tables if t.name != "runs"]
    with engine.connect() as connection:
        return {t.name: sorted((tuple(row) for row in connection.execute(t.select())), key=repr) for t in tables}


def ask(url: str, query: str) -> pd.DataFrame:
    with plain_engine(url).connect() as connection:
        return pd.read_sql(text(query), connection)


def test_findings_stand_there_with_their_words(url: str, out: Path) -> None:
    assert update(url, out)
    found = ask(
        url,
        "SELECT c.quote, c.object, c.start, c.end_, r.text FROM counts c JOIN reports r USING (file_id) WHERE NOT c.derived",
    )
    reports = list(StoredReports(out))
    assert len(found) == sum(len(report.counts) for report in reports) > 10
    assert all(row["text"][row["start"] : row["end_"]] == row["quote"] for row in found.to_dict("records"))
    items = ask(url, "SELECT i.text AS words, i.start, i.end_, r.text FROM items i JOIN reports r USING (file_id)")
    assert len(items) == sum(len(report.items) for report in reports)
    assert all(row["text"][row["start"] : row["end_"]] == row["words"] for row in items.to_dict("records"))


def test_the_queries_of_the_readme_answer(url: str, out: Path) -> None:
    update(url, out)
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    queries = [block.split("```", 1)[0] for block in readme.split("```sql\n")[1:]]
    assert len(queries) == 3
    for query in queries:
        assert len(ask(url, query)) > 0


def test_the_programs_of_the_readme_read_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, out: Path) -> None:
    """Pandas and DuckDB, by the very lines that stand there, give the same answers to the queries as SQLAlchemy."""
    pytest.importorskip("duckdb_extension_sqlite_scanner")
    (tmp_path / "结果").mkdir()
    update(f"sqlite:///{tmp_path / '结果' / 'huizong.sqlite'}", out)
    monkeypatch.chdir(tmp_path)
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    blocks = [block.split("```", 1)[0] for block in readme.split("```python\n")[1:]]
    programs = [block for block in blocks if "huizong.sqlite" in block]
    assert len(programs) == 2
    for query in (block.split("```", 1)[0] for block in readme.split("```sql\n")[1:]):
        expected = sorted(
            map(repr, ask("sqlite:///结果/huizong.sqlite", query).astype(object).fillna("").values.tolist())
        )
        for program in programs:
            names: dict[str, Any] = {"query": query}
            exec(program, names)  # noqa: S102
            answer = names["frame"].astype(object).fillna("").values.tolist()
            assert sorted(map(repr, answer)) == expected


def test_nothing_is_done_twice(url: str, out: Path) -> None:
    assert update(url, out)
    before = content(url)
    looked: list[int] = []
    assert not update(url, out, done=looked.append)
    assert looked == []
    assert update(url, out, stamp="later")  # asked for, but nothing has changed
    after = content(url)
    assert {**after, "collections": None} == {**before, "collections": None}


def test_corrections_and_decisions_come_along(url: str, out: Path) -> None:
    def change(sheets: Any) -> None:
        row = next(row for row in sheets["指标台账"].rows if row["原文数"] == "36人次")
        row["对象"] = "参训教师"

    update(url, out)
    apply_workbook(edit(out, out.parent / "改.xlsx", change), out, by="张三", when="2026-03-04T09:00:00+08:00")
    update(url, out, stamp="decided")
    assert list(ask(url, "SELECT object FROM counts WHERE quote = '36人次'")["object"]) == ["参训教师"]
    decided = ask(url, "SELECT by_, after, undone FROM decisions")
    assert decided.values.tolist() == [["张三", "参训教师", False]]
    with Database(url) as database:
        kept = [count.object for report in database.reports() for count in report.counts if count.quote == "36人次"]
    assert kept == ["参训教师"]


def test_a_file_that_is_gone_is_marked_and_left_out(url: str, out: Path) -> None:
    update(url, out)
    record = json.loads((out / "run.json").read_text(encoding="utf-8"))
    gone = record["files"].pop(0)
    (out / "run.json").write_text(json.dumps(record), encoding="utf-8")
    update(url, out, stamp="later")
    marked = ask(url, "SELECT path, gone FROM files ORDER BY path")
    assert sorted(bool(value) for value in marked["gone"]) == [False, True]
    assert marked[marked["gone"].astype(bool)]["path"].iloc[0].endswith(Path(gone["path"]).name)
    with Database(url) as database:
        assert len(database.reports()) == 1


def test_the_reports_come_back_without_the_folder(url: str, out: Path) -> None:
    update(url, out)
    wanted = [report.to_dict() for report in StoredReports(out)]
    shutil.rmtree(out)
    with Database(url) as database:
        reports = database.reports()
        assert [report.to_dict() for report in reports] == wanted
        assert [report.source.name for report in reports[:1]] == [wanted[0]["source"]["name"]]
        assert compare_reports(reports).years


def test_an_update_that_breaks_off_anywhere_is_completed_by_the_next(
    url: str, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    update(url + "x" if url.startswith("sqlite") else url, out)  # what an undisturbed update gives
    whole = content(url + "x" if url.startswith("sqlite") else url)
    other = url if url.startswith("sqlite") else None
    if other is None:
        with plain_engine(url).begin() as connection:
            schema.METADATA.drop_all(connection)
        other = url

    def steps(kill_at: int) -> Callable[..., Any]:
        calls, do = itertools.count(), Database._do

        def counted(self: Database, work: Callable[..., Any]) -> Any:
            if next(calls) == kill_at:
                raise KeyboardInterrupt
            return do(self, work)

        return counted

    for at in range(6):
        with monkeypatch.context() as patched:
            patched.setattr(Database, "_do", steps(at))
            try:
                update(other, out)
            except KeyboardInterrupt:
                continue
    update(other, out)
    kept = content(other)
    assert {name: len(rows) for name, rows in kept.items()} == {name: len(rows) for name, rows in whole.items()}
    assert {**kept, "collections": None, "files": None} == {**whole, "collections": None, "files": None}


def test_two_runs_write_at_once(url: str, out: Path, made: Path, tmp_path: Path) -> None:
    second = Path(shutil.copytree(made, tmp_path / "second"))
    errors: list[BaseException] = []

    def work(folder: Path, name: str) -> None:
        try:
            for turn in range(5):
                update(url, folder, stamp=f"{name}{turn}", name=name)
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=work, args=(folder, name)) for folder, name in ((out, "a"), (second, "b"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert ask(url, "SELECT count(*) AS n FROM reports")["n"].iloc[0] == 4
    assert ask(url, "SELECT count(*) AS n FROM runs")["n"].iloc[0] == 10


def test_a_server_that_goes_away_and_comes_back_costs_nothing(server: postgres.Server, out: Path) -> None:
    url = server.database(f"test{next(NUMBER)}")
    update(url, out)
    whole = content(url)
    with plain_engine(url).begin() as connection:
        schema.METADATA.drop_all(connection)
    with Database(url, pauses=(0.2,) * 50) as database:
        server.stop()
        back = threading.Timer(1.0, server.start)
        back.start()
        assert database.update("collection", stored_run(out), StoredReports(out), stamp="now")
        back.join()
    kept = content(url)
    assert {**kept, "collections": None, "files": None} == {**whole, "collections": None, "files": None}


def test_a_server_that_stays_away_is_told_without_the_password(server: postgres.Server, out: Path) -> None:
    url = server.database(f"test{next(NUMBER)}")
    server.stop()
    try:
        begun = time.monotonic()
        with pytest.raises(DatabaseError) as caught:
            Database(url, pauses=(0.1, 0.1))
        assert time.monotonic() - begun < 60
    finally:
        server.start()
    assert "geheim" not in str(caught.value)
    assert "127.0.0.1" in str(caught.value)
    assert "再运行一次" in str(caught.value)


@pytest.mark.parametrize(
    ("where", "words"),
    [
        ("mysql://x/y", "只能是 SQLite 或 PostgreSQL"),
        ("nonsense", "没有看懂"),
        ("sqlite:////no/such/folder/x.sqlite", "用不了"),
    ],
)
def test_a_bad_address_is_told(where: str, words: str) -> None:
    with pytest.raises(DatabaseError, match=words):
        Database(where, pauses=())


def test_a_spoilt_file_is_told_with_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "x.sqlite"
    path.write_bytes(b"not a database at all" * 100)
    with pytest.raises(DatabaseError, match="坏了"):
        Database(path)


def test_a_database_of_a_later_program_is_left_alone(url: str, out: Path) -> None:
    update(url, out)
    with plain_engine(url).begin() as connection:
        connection.execute(schema.schema.update().values(version=schema.VERSION + 1))
    before = content(url)
    with pytest.raises(DatabaseError, match="升级 huizong"):
        update(url, out, stamp="later")
    assert content(url) == before


def test_an_older_database_is_brought_up_to_date_and_keeps_its_results(
    url: str, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    update(url, out)
    before = content(url)

    def add_column(connection: Any) -> None:
        connection.execute(text("ALTER TABLE reports ADD COLUMN remark TEXT"))

    monkeypatch.setattr(schema, "VERSION", schema.VERSION + 1)
    monkeypatch.setitem(schema.STEPS, schema.VERSION - 1, add_column)
    with Database(url) as database:
        assert len(database.reports()) == 2
    assert ask(url, "SELECT version FROM huizong_schema")["version"].tolist() == [schema.VERSION]
    assert set(ask(url, "SELECT remark FROM reports")["remark"]) == {None}
    assert content(url)["counts"] == before["counts"]


def golden(version: int, path: Path) -> Path:
    """The database of a version that was once current, at `path`."""
    with sqlite3.connect(path) as connection:
        connection.executescript((ROOT / "tests" / "golden" / f"database-{version}.sql").read_text(encoding="utf-8"))
    return path


def test_the_tables_of_today_are_those_of_the_last_golden_file(tmp_path: Path) -> None:
    """Whoever changes a table raises `VERSION`, writes the step that leads there, and adds the golden file of the new version."""
    told = create_engine(f"sqlite:///{golden(schema.VERSION, tmp_path / 'golden.sqlite')}", poolclass=NullPool)
    found = {
        table: {
            "columns": {(c["name"], str(c["type"]), c["nullable"]) for c in inspect(told).get_columns(table)},
            "indexes": {(str(i["name"]), tuple(i["column_names"])) for i in inspect(told).get_indexes(table)},
        }
        for table in inspect(told).get_table_names()
    }
    today = {
        name: {
            "columns": {(c.name, str(c.type.compile(told.dialect)), c.nullable) for c in table.c},
            "indexes": {(str(i.name), tuple(c.name for c in i.columns)) for i in table.indexes},
        }
        for name, table in schema.METADATA.tables.items()
    }
    assert found == today


@pytest.mark.parametrize("version", range(1, schema.VERSION + 1))
def test_the_golden_file_of_each_version_is_read(version: int, tmp_path: Path) -> None:
    path = golden(version, tmp_path / "golden.sqlite")
    with Database(path) as database:
        (report,) = database.reports()
    assert [count.quote for count in report.counts] == ["3个", "200人次"]
    assert ask(f"sqlite:///{path}", "SELECT object FROM counts ORDER BY position")["object"].tolist() == [
        "实训室",
        "教师",
    ]


def _huizong(*arguments: str | Path, **more: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "pipeline"), **more}
    command = [sys.executable, "-m", "huizong", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=environment, timeout=300)


def test_a_run_fills_it_and_other_commands_read_it(url: str, tmp_path: Path) -> None:
    folder, out = ROOT / "corpus" / "series", tmp_path / "out"
    done = _huizong("run", folder, "-o", out, "--store", url, "-q")
    assert done.returncode == 0, done.stderr
    assert "geheim" not in done.stdout + done.stderr
    assert "geheim" not in (out / "run.json").read_text(encoding="utf-8")
    shown = _huizong("compare", "--store", url, "-f", "json")
    assert json.loads(shown.stdout) == json.loads(_huizong("compare", out, "-f", "json").stdout)
    asked = _huizong("check", "--store", url, "-f", "json")
    assert asked.stdout == _huizong("check", out, "-f", "json").stdout


def test_by_default_the_database_lies_in_out_and_follows_decisions(tmp_path: Path) -> None:
    out = tmp_path / "out"
    report = ROOT / "corpus" / "series" / "linjiang-2021.txt"
    assert _huizong("run", report, "-o", out, "-q").returncode == 0
    path = out / "huizong.sqlite"
    first = content(f"sqlite:///{path}")
    written = path.stat().st_mtime_ns, (out / "汇总.xlsx").stat().st_mtime_ns
    assert _huizong("run", report, "-o", out, "-q").returncode == 0
    assert (path.stat().st_mtime_ns, (out / "汇总.xlsx").stat().st_mtime_ns) == written
    sheets = opened(out / "汇总.xlsx")
    sheets["指标台账"].rows[0]["对象"] = "另一种叫法"
    from edited_workbook import saved

    assert _huizong("apply", saved(sheets.values(), tmp_path / "改.xlsx"), "--to", out).returncode == 0
    then = content(f"sqlite:///{path}")
    assert len(first["decisions"]) == 0
    assert len(then["decisions"]) == 1
    assert "另一种叫法" in {row[ask_column("object")] for row in then["counts"]}


def test_an_older_copy_in_its_place_is_brought_up_to_date(tmp_path: Path) -> None:
    out, database = tmp_path / "out", tmp_path / "out" / "huizong.sqlite"
    report = tmp_path / "临江_2021.txt"
    report.write_text("一、主要工作\n学校组织教师培训36人次。\n", encoding="utf-8")
    assert _huizong("run", report, "-o", out, "-q").returncode == 0
    shutil.copy(database, tmp_path / "copy")
    report.write_text("一、主要工作\n学校组织教师培训37人次。\n", encoding="utf-8")
    assert _huizong("run", report, "-o", out, "-q").returncode == 0
    newer = content(f"sqlite:///{database}")
    shutil.copy(tmp_path / "copy", database)
    assert _huizong("run", report, "-o", out, "-q").returncode == 0
    assert {**content(f"sqlite:///{database}"), "collections": None} == {**newer, "collections": None}


def test_a_file_that_is_taken_away_while_it_is_filled_is_made_anew(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def taken(self: Database, *arguments: Any, **more: Any) -> bool:
        done = whole(self, *arguments, **more)
        (out / "huizong.sqlite").unlink()
        return done

    whole = Database.update
    with monkeypatch.context() as patched:
        patched.setattr(Database, "update", taken)
        assert not fill(out, "").message
    assert not (out / "huizong.sqlite").exists()
    assert not fill(out, "").message
    assert len(content(f"sqlite:///{out / 'huizong.sqlite'}")["reports"]) == 2


def ask_column(name: str) -> int:
    return list(schema.counts.c.keys()).index(name)


def test_without_a_database_nothing_is_kept(tmp_path: Path) -> None:
    out = tmp_path / "out"
    report = ROOT / "corpus" / "series" / "linjiang-2021.txt"
    assert _huizong("run", report, "-o", out, "-q", "--store", "none").returncode == 0
    assert not (out / "huizong.sqlite").exists()


def test_a_database_that_fails_costs_neither_tables_nor_results(tmp_path: Path) -> None:
    out = tmp_path / "out"
    report = ROOT / "corpus" / "series" / "linjiang-2021.txt"
    out.mkdir()
    (out / "huizong.sqlite").write_bytes(b"not a database at all" * 100)
    done = _huizong("run", report, "-o", out, "-q")
    assert done.returncode == 1
    assert "坏了" in done.stderr
    assert "Traceback" not in done.stderr
    assert (out / "汇总.xlsx").is_file()
    (out / "huizong.sqlite").unlink()
    assert _huizong("run", report, "-o", out, "-q").returncode == 0
    assert len(content(f"sqlite:///{out / 'huizong.sqlite'}")["reports"]) == 1
