"""DOC, WPS, RTF, ODT by way of LibreOffice: a real conversion, its failures, and what to do without it."""

from __future__ import annotations

import hashlib
import os
import sys
import time
from pathlib import Path

import pytest

from compound_by_hand import compound
from docx_by_hand import docx, p
from huizong import errors
from huizong.loading import load, office

needs_office = pytest.mark.skipif(office.find_office() is None, reason="LibreOffice is not installed")
posix = pytest.mark.skipif(sys.platform == "win32", reason="a shell script stands for LibreOffice")
TABLE = (
    f"<w:tbl><w:tr><w:tc>{p('项目')}</w:tc><w:tc>{p('数量')}</w:tc></w:tr>"
    f"<w:tr><w:tc>{p('课程')}</w:tc><w:tc>{p('3门')}</w:tc></w:tr></w:tbl>"
)
BODY = p("年度总结", style="t") + p("党建引领", level=1) + p("召开会议12次，培训教师35人次。") + TABLE + p("完。")


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """One report of our own as DOC, RTF and ODT."""
    folder = tmp_path_factory.mktemp("office")
    program = office.find_office()
    assert program is not None
    docx(folder / "总结.docx", BODY)
    for kind in ("doc:MS Word 97", "rtf", "odt"):
        command = [
            str(program),
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            kind,
        ]
        assert office.finishes([*command, "--outdir", str(folder), str(folder / "总结.docx")], folder, 120)
    return {kind: folder / f"总结.{kind}" for kind in ("doc", "rtf", "odt")}


@needs_office
@pytest.mark.parametrize(
    ("kind", "name", "format_"),
    [("doc", "总结.wps", "wps"), ("rtf", "总结.doc", "rtf"), ("odt", "总结.odt", "odt")],
)
def test_conversion(converted: dict[str, Path], tmp_path: Path, kind: str, name: str, format_: str) -> None:
    path = tmp_path / name
    path.write_bytes(converted[kind].read_bytes())
    raw = load(path)
    words = ["年度总结", "（一）党建引领", "召开会议12次，培训教师35人次。", "完。"]
    assert [line.text.replace("(", "（").replace(")", "）") for line in raw.lines] == words
    assert raw.lines[0].heading_level == 0
    assert (raw.tables[0].header, raw.tables[0].rows) == (("项目", "数量"), (("课程", "3门"),))
    assert (raw.source.name, raw.source.format) == (name, format_)
    assert raw.source.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


@needs_office
def test_what_libreoffice_cannot_open(tmp_path: Path) -> None:
    path = tmp_path / "a.doc"
    path.write_bytes(compound(WordDocument=b"\x00" * 512))
    with pytest.raises((errors.DamagedDocument, errors.EmptyDocument), match=r"转换失败|没有文字"):
        load(path)


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.doc", compound(WordDocument=b""), "旧版 Word"),
        ("a.wps", compound(WordDocument=b""), "WPS"),
        ("a.wps", compound(Contents=b""), "WPS"),
        ("a.doc", b"{\\rtf1 x}", "RTF"),
        ("a.doc", b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument/>', "旧版 Word"),
    ],
)
def test_without_libreoffice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, data: bytes, kind: str
) -> None:
    monkeypatch.setattr(office, "find_office", lambda: None)
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(errors.UnknownFormat, match=f"{kind}.*LibreOffice.*另存为 .docx") as caught:
        load(path)
    assert caught.value.path == path


def test_where_libreoffice_is_looked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(office, "PLACES", (str(tmp_path / "apps" / "soffice"),))
    assert office.find_office() is None
    (tmp_path / "apps").mkdir()
    (tmp_path / "apps" / "soffice").write_text("")
    assert office.find_office() == tmp_path / "apps" / "soffice"


def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """Puts a script in the place of LibreOffice."""
    path = tmp_path / "soffice"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    monkeypatch.setattr(office, "find_office", lambda: path)


@posix
def test_a_hanging_conversion_is_killed_with_its_children(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    note = tmp_path / "child"
    program(tmp_path, monkeypatch, f"sleep 60 &\necho $! > {note}\nwait")
    started = time.monotonic()
    with pytest.raises(errors.InputError, match="已停止"):
        office.convert_to_docx(b"{\\rtf1}", Path("a.rtf"), "rtf", time_limit_seconds=1.0)
    assert time.monotonic() - started < 20
    child = int(note.read_text())
    for _ in range(50):
        if not _runs(child):
            break
        time.sleep(0.1)
    assert not _runs(child)


def _runs(process: int) -> bool:
    """Whether the process is there and no zombie."""
    state = Path(f"/proc/{process}/stat")
    if state.parent.parent.is_dir() and Path("/proc/self").exists():
        return state.exists() and state.read_text().rsplit(")", 1)[1].split()[0] != "Z"
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


@posix
def test_the_program_gets_a_profile_of_its_own_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = tmp_path / "seen"
    program(tmp_path, monkeypatch, f'echo "$@" > {seen}\npwd >> {seen}')
    with pytest.raises(errors.DamagedDocument, match=r"转换失败.*密码"):
        office.convert_to_docx(b"{\\rtf1}", Path("名 字; rm.rtf"), "rtf")
    arguments, folder = seen.read_text().splitlines()
    assert "-env:UserInstallation=file://" in arguments
    assert "rm.rtf" not in arguments
    assert not Path(folder).exists()
