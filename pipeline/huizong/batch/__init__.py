"""Many files: each in a worker process, one row a file in run.json; what is done stays done, whatever happens.

files → identify (by their bytes) → recall (what is done already) → execute → keep → run.json. What executes (`LocalPool`) and what
keeps (`ResultFolder`) stand behind two small interfaces.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from huizong import __version__
from huizong.batch.circumstances import circumstances
from huizong.batch.discovery import discover, identify
from huizong.batch.folder import ResultFolder, locked, scratch
from huizong.batch.outputs import Outputs
from huizong.batch.pool import LocalPool
from huizong.batch.records import Execute, FileRow, Outcome, Run, Task
from huizong.errors import MissingFile
from huizong.settings import Settings
from huizong.store import path_from

__all__ = ["Execute", "FileRow", "LocalPool", "Outcome", "Outputs", "Run", "Task", "discover", "locked", "run"]


def run(
    paths: Sequence[Path],
    out: Path,
    settings: Settings,
    *,
    jobs: int = 1,
    password: str | None = None,
    again: bool = False,
    execute: Execute | None = None,
    cluster: str = "",
    expect: Callable[[int], None] = lambda files: None,
    begin: Callable[[int], None] = lambda left: None,
    finished: Callable[[FileRow], None] = lambda row: None,
) -> Run:
    """Reads every file under `paths`, writes a JSON a report and run.json into `out`, and gives back what run.json says.

    What an earlier or a killed run has done is taken over, unless `again`. `password` opens encrypted PDFs. What is left is read by
    `jobs` processes of this machine, by the machines of the dask scheduler at the address `cluster`, or by `execute`.
    `expect` is told the number of files, `finished` each row as it is done (in any order), `begin` how many are left to be read when
    all that was done before is told. A file that fails is a row, never an
    exception. Raises `MissingFile` when there is no file at all, `OutputError` when `out` cannot be written or another run holds
    it, `ModelError` or `SettingsError`.
    """
    started = datetime.now(UTC)
    clock = time.perf_counter()
    current = circumstances(settings)
    files = discover(paths, out)
    if not files:
        raise _nothing_to_read(paths, out)
    with locked(out), scratch(out) as place:
        expect(len(files))
        found = identify(files, settings.max_file_mb * 1_000_000)
        folder = ResultFolder(out, found, current, again=again)
        rows = folder.recall()
        for row in rows.values():
            finished(row)
        left = [at for at in range(len(files)) if at not in rows]
        begin(len(left))
        if execute is None and cluster:
            from huizong.batch.cluster import Cluster

            execute = Cluster(settings, cluster, scratch=place, password=password)
        execute = execute or LocalPool(settings, jobs=jobs, scratch=place, password=password)
        tasks = [Task(path=found[at].path, size_bytes=found[at].size_bytes, sha256=found[at].sha256) for at in left]
        with closing(
            execute(tasks)
        ) as outcomes:  # also when the disk is full or the user has enough: no worker is left behind
            for at, outcome in outcomes:
                rows[left[at]] = folder.keep(left[at], outcome)
                finished(rows[left[at]])
        record = Run(
            version=__version__,
            settings=asdict(settings) | {"hash": settings.digest()},
            model=current.model,
            started=started.isoformat(timespec="seconds"),
            seconds=round(time.perf_counter() - clock, 3),
            files=tuple(rows[at] for at in range(len(files))),
            base=path_from(out.resolve(), Path.cwd().resolve()) or "",
        )
        folder.finish(record)
    return record


def _nothing_to_read(paths: Sequence[Path], out: Path) -> MissingFile:
    if discover(paths):
        return MissingFile(
            f"报告都放在输出文件夹“{out}”里，那里的文件不当报告读。",
            advice="请另写一个输出文件夹（可以是报告文件夹的子文件夹），如 -o 结果。",
            path=out,
        )
    return MissingFile(
        "没有找到可以读的报告。", advice="请检查路径：应当是 PDF、DOCX、TXT 等报告文件或装着它们的文件夹。"
    )
