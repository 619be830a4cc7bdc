"""Whether a workbook is still as it was written: edits that were not taken home must not be lost when it is written anew.

The checksums of its sheets, taken together, stand in a property of the document. Every program that saves the workbook writes the sheets
in its own way, so that they no longer agree.
"""

from __future__ import annotations

import hashlib
import re
import zipfile
from collections.abc import Iterable
from pathlib import Path

from huizong.errors import OutputError

PROPERTY = "huizong"
EMPTY = "0" * 16
PART = "docProps/custom.xml"
_VALUE = re.compile(rb"<vt:lpwstr>([0-9a-f]{16})</vt:lpwstr>")


def stamp(sheets: Iterable[tuple[str, int]]) -> str:
    """The stamp of a workbook with these sheets: part name and CRC-32 of each."""
    told = "\n".join(f"{name} {crc}" for name, crc in sorted(sheets))
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def is_as_written(path: Path) -> bool:
    """Whether nobody has saved the workbook since huizong wrote it. False for what is no workbook of huizong."""
    try:
        with zipfile.ZipFile(path) as book:
            found = _VALUE.search(book.read(PART)) if PART in book.namelist() else None
            return found is not None and found[1].decode() == stamp(sheets_of(book))
    except (OSError, zipfile.BadZipFile, ValueError):
        return False


def sheets_of(book: zipfile.ZipFile) -> list[tuple[str, int]]:
    """Part name and CRC-32 of the sheets of a workbook."""
    return [(info.filename, info.CRC) for info in book.infolist() if info.filename.startswith("xl/worksheets/")]


def keep_edited(path: Path) -> Path | None:
    """Where an edited workbook at `path` was put, out of the way of a new one; `None` when there is none.

    Raises `OutputError` when it cannot be moved (open in Excel).
    """
    if not path.is_file() or is_as_written(path):
        return None
    number = 1
    while (kept := path.with_name(f"{path.stem}_人工改过{number}{path.suffix}")).exists():
        number += 1
    try:
        return path.rename(kept)
    except OSError as error:
        raise OutputError(
            f"“{path}”改不了名。", advice="如果它正在 Excel 或 WPS 里打开，请先关掉，再运行一次。", path=path
        ) from error
