"""Many files: each in its own worker process, one row a file in run.json, the rest goes on when one fails."""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import asdict, dataclass, fields, replace
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path

from huizong import __version__
from huizong.analyze import analyze
from huizong.classifier import load_model, model_digest
from huizong.errors import DamagedDocument, HuizongError, InputError, MissingFile, UnknownFormat
from huizong.settings import Settings
from huizong.store import RUN, report_path, to_json, write_text

_NO_REPORTS = "没有找到可以读的报告。"


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRow:
    """One file of a run. `result` is the path of its JSON below OUT; `message` says in Chinese what failed and what to do."""

    path: str
    sha256: str | None = None
    format: str | None = None
    pages: int | None = None
    status: str = "ok"
    message: str | None = None
    notices: int = 0
    seconds: float = 0.0
    counts: int = 0
    items: int = 0
    result: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What run.json holds; `settings` with their hash, `model` the hash of the sentence model."""

    version: str
    settings: dict[str, object]
    model: str
    started: str
    seconds: float
    files: tuple[FileRow, ...]

    def with_status(self, status: str) -> tuple[FileRow, ...]:
        """The rows of one status."""
        return tuple(f for f in self.files if f.status == status)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Task:
    path: Path
    target: Path
    settings: Settings


def discover(paths: Sequence[Path], out: Path | None = None) -> list[Path]:
    """The files under `paths`, sorted, each once; what lies in `out` is left out. A path that is not there stays in the list."""
    found: dict[Path, None] = {}
    for path in paths:
        below = _walk(path) if path.is_dir() else [path]
        for file in below:
            if out is None or not file.resolve().is_relative_to(out.resolve()):
                found.setdefault(file)
    return list(found)


def _walk(folder: Path) -> Iterator[Path]:
    """All files below `folder` in the order of their names; links to folders are not followed."""
    for here, folders, files in os.walk(folder):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        yield from (Path(here) / f for f in sorted(files) if not f.startswith("."))


def run(
    paths: Sequence[Path],
    out: Path,
    settings: Settings,
    *,
    jobs: int = 1,
    expect: Callable[[int], None] = lambda files: None,
    finished: Callable[[FileRow], None] = lambda row: None,
) -> Run:
    """Reads every file under `paths`, writes a JSON a report and run.json into `out`, and gives back what run.json says.

    `expect` is told the number of files, `finished` each row as it is done (in any order). A file that fails is a row, never an
    exception. Raises `MissingFile` when there is no file at all, `OutputError` when `out` cannot be written.
    """
    folder = Path(settings.model) if settings.model else None
    load_model(folder)  # a model that cannot be read stops the run before any file is
    started = datetime.now(UTC)
    clock = time.perf_counter()
    files = discover(paths, out)
    if not files:
        raise MissingFile(_NO_REPORTS, advice="请检查路径：应当是 PDF、DOCX、TXT 等报告文件或装着它们的文件夹。")
    taken: set[str] = set()
    tasks = [_Task(path=f, target=report_path(out, f.stem or f.name, taken), settings=settings) for f in files]
    expect(len(tasks))
    rows = _rows(tasks, jobs, finished)
    record = Run(
        version=__version__,
        settings=asdict(settings) | {"hash": settings.digest()},
        model=model_digest(folder),
        started=started.isoformat(timespec="seconds"),
        seconds=round(time.perf_counter() - clock, 3),
        files=tuple(replace(r, result=os.path.relpath(r.result, out)) if r.result else r for r in rows),
    )
    write_text(out / RUN, to_json(asdict(record)) + "\n")
    return record


def stored_run(out: Path) -> Run:
    """What `run` wrote into `out`. Raises `DamagedDocument` when it cannot be read."""
    path = out / RUN
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
        known = {f.name for f in fields(FileRow)}
        files = tuple(FileRow(**{k: v for k, v in row.items() if k in known}) for row in values["files"])
        names = [f.name for f in fields(Run) if f.name != "files" and f.name in values]
        return Run(**{name: values[name] for name in names}, files=files)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DamagedDocument(f"“{path}”读不了：{error}。", advice="请重新运行 huizong run。", path=path) from error


def _rows(tasks: list[_Task], jobs: int, finished: Callable[[FileRow], None]) -> list[FileRow]:
    """A row a task, in the order of the tasks."""
    rows: dict[int, FileRow] = {}
    if jobs <= 1 or len(tasks) == 1:
        for at, task in enumerate(tasks):
            rows[at] = _read_one(task)
            finished(rows[at])
    else:
        for at, row in _parallel(tasks, jobs):
            rows[at] = row
            finished(row)
    return [rows[at] for at in range(len(tasks))]


def _parallel(tasks: list[_Task], jobs: int) -> Iterator[tuple[int, FileRow]]:
    """The rows as they come. When a worker dies, what was not done is run again one by one, so that only the culprit fails."""
    left = dict(enumerate(tasks))
    try:
        with _pool(min(jobs, len(tasks))) as pool:
            futures = {pool.submit(_read_one, task): at for at, task in left.items()}
            for future in as_completed(futures):
                at = futures[future]
                row = future.result()
                del left[at]
                yield at, row
    except BrokenProcessPool:
        for at, task in left.items():
            try:
                with _pool(1) as pool:
                    yield at, pool.submit(_read_one, task).result()
            except BrokenProcessPool:
                message = "读这个文件时程序崩溃了（文件可能损坏或过大）。请用原软件另存一份再试。"
                yield at, FileRow(path=str(task.path), status="failed", message=message)


def _pool(workers: int) -> ProcessPoolExecutor:
    # spawn, as on Windows: the same behaviour everywhere, and no locks copied from threads of the parent.
    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"))


def _read_one(task: _Task) -> FileRow:
    """Reads one report and writes its JSON. Whatever goes wrong becomes the row's message."""
    clock = time.perf_counter()
    row = FileRow(path=str(task.path))
    try:
        report = analyze(task.path, task.settings)
        write_text(task.target, to_json(report.to_dict()) + "\n")
        row = replace(
            row,
            sha256=report.source.sha256,
            format=report.source.format,
            pages=report.source.pages,
            notices=len(report.notices),
            counts=len(report.counts),
            items=len(report.items),
            result=str(task.target),
        )
    except InputError as error:
        row = replace(row, sha256=_sha256(task.path), status=_status(error), message=str(error))
    except HuizongError:
        raise  # settings, model and output concern every file: the run as a whole must stop
    except Exception as error:  # a bug met in one file must not cost the others
        message = f"读这个文件时程序出错（{type(error).__name__}：{error}）。请把该文件发给维护者；其余文件不受影响。"
        row = replace(row, sha256=_sha256(task.path), status="failed", message=message)
    return replace(row, seconds=round(time.perf_counter() - clock, 3))


def _status(error: InputError) -> str:
    return "skipped" if isinstance(error, UnknownFormat) else "failed"


def _sha256(path: Path) -> str | None:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None
