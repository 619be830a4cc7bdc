"""The end of a run: how many files were read, and, by what stood in their way, what to do about those that were not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import typer

from huizong.cli.output import stderr
from huizong.errors import printable

if TYPE_CHECKING:
    from huizong.batch import FileRow, Run

_MOST_NAMED = 5
_CAUSES = {
    "missing": ("找不到", "请检查路径和文件名。"),
    "access": ("没有权限或不是普通文件", "请检查权限；被其他程序占用的，关掉后再运行一次。"),
    "empty": ("没有内容", "请重新下载或向报送单位索取。"),
    "format": ("不是能读的报告", "压缩包请先解压；Excel、幻灯片、图片请换成报告正文（Word 或 PDF）。"),
    "office": ("要靠 LibreOffice 转换", "请安装 LibreOffice（免费）后再运行一次，或用 Word/WPS 另存为 .docx。"),
    "ocr": ("是扫描件", "请运行 pip install 'huizong[ocr]' 装上文字识别，再运行一次。"),
    "encrypted": ("设有密码", "请用 --password 给出密码，或去掉密码后另存（Word 文件只能这样）。"),
    "damaged": ("打不开，已损坏或不完整", "请重新下载，或用原软件打开后另存一份。"),
    "size": ("太大", "请拆分，或在设置里调高相应的上限。"),
    "timeout": ("太久没有读完", "请先用原软件打开另存一份；确是大文件的，用 --timeout 多给些时间。"),
    "memory": ("用的内存太多", "请拆分；内存充裕的，在设置里调高 memory_mb。"),
    "crash": ("读的时候程序崩溃", "请用原软件另存一份，再运行一次。"),
    "bug": ("读的时候程序出错", "请把文件发给维护者。"),
}
"""Cause → what it is called, what to do; in the order in which they are told. What is not named here is told one by one."""


def finish(record: Run) -> None:
    """The summary of a run; exit code 1 when a file failed, or when none could be read."""
    failed, skipped = record.with_status("failed"), record.with_status("skipped")
    cached = len(record.with_status("cached"))
    before = f"（其中 {cached} 个没有变，沿用以前的结果）" if cached else ""
    print(
        f"共 {len(record.files)} 个文件：读成 {len(record.read)} 个{before}，失败 {len(failed)} 个，跳过 {len(skipped)} 个。"
    )
    for words, grave in refusals([*failed, *skipped]):
        stderr().print(words, markup=False, style="red" if grave else "yellow")
    if failed or not record.read:
        raise typer.Exit(1)


def refusals(rows: Iterable[FileRow]) -> Iterator[tuple[str, bool]]:
    """Lines about the refused files, grouped by cause, each with whether a file of the group failed."""
    groups: dict[str, list[FileRow]] = {}
    for row in rows:
        groups.setdefault(row.cause if row.cause in _CAUSES else "", []).append(row)
    for cause in (*_CAUSES, ""):
        members = groups.get(cause, [])
        grave = any(row.status == "failed" for row in members)
        if cause and members:
            name, advice = _CAUSES[cause]
            yield f"✗ {name}（{len(members)} 个）：{advice}", grave
        for row in members[:_MOST_NAMED]:
            yield f"    {printable(row.path)}：{row.message}", grave
        if len(members) > _MOST_NAMED:
            yield f"    ……还有 {len(members) - _MOST_NAMED} 个，见 run.json。", grave
