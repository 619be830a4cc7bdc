"""A user's own blank form (.docx, .xlsx) filled with the results of a run. The form itself is never changed.

```
form → grid of cells → headings and labels understood (lexicon/forms.toml) → sheet that feeds each table → rows repeated, cells written
```
"""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

from huizong.errors import EncryptedDocument, FormError, MissingFile, UnknownFormat
from huizong.forms.excel import ExcelForm
from huizong.forms.filling import Filler
from huizong.forms.outcome import Outcome, TableOutcome
from huizong.forms.sources import choose
from huizong.forms.word import WordForm
from huizong.loading.office import ole
from huizong.store import replacing
from huizong.tables import Results

__all__ = ["Outcome", "TableOutcome", "fill_form", "filled_name"]

_ADVICE = "请在 Word/WPS/Excel 里打开，另存为 .docx 或 .xlsx 后再试。"
_HEADINGS = "表头要写明是什么（如 具体任务、问题、整改措施、指标），写法见 lexicon/forms.toml。"


def filled_name(form: Path) -> Path:
    """Where the filled form goes when nothing else is said: beside it, 表单名_已填."""
    return form.with_name(f"{form.stem}_已填{form.suffix}")


def fill_form(form: Path, results: Results, out: Path | None = None, *, report: str | None = None) -> Outcome:
    """Fills `form` into a new file `out` (else `filled_name`), with the reports of `results`, or the one called `report`.

    Cells that hold words are left alone; nothing is written when nothing could be filled. Raises `FormError` (no table or field
    understood, protected, no such report, `out` is the form), `MissingFile`, `UnknownFormat`, `EncryptedDocument`,
    `DamagedDocument`, and `OutputError` when `out` cannot be written.
    """
    target = out or filled_name(form)
    try:
        data = form.read_bytes()
    except OSError as error:
        raise MissingFile(f"没有找到表单“{form}”。", advice="请检查路径。", path=form) from error
    kind = _kind(data, form)
    if target.suffix.lower() != f".{kind}":
        raise FormError(f"表单是 .{kind}，输出文件“{target.name}”也要用这个扩展名。", advice="请改 -o。", path=target)
    if target.resolve() == form.resolve() or (target.exists() and target.samefile(form)):
        raise FormError(f"输出文件就是表单“{form.name}”本身，没有写。", advice="请用 -o 换一个文件名。", path=form)
    chosen = choose(results, report)
    document = WordForm(data, form) if kind == "docx" else ExcelForm(data, form)
    filler = Filler(results=chosen)
    for blanks in document.fill_text(filler.single()):
        filler.took(blanks)
    for canvas in document.canvases():
        filler.fill(canvas)
    if not filler.written:
        raise FormError(
            f"“{form.name}”里没有能填的内容：{_why_not(filler)}。",
            advice="请照 汇总.xlsx 的各张表核对报告里有没有这些内容。" if filler.tables else _HEADINGS,
            path=form,
        )
    _write(target, document.to_bytes())
    lost = tuple(f"表单里的{what}没能保留，请对照原表检查。" for what in document.lost)
    return Outcome(
        path=target,
        tables=tuple(filler.tables),
        fields=tuple(filler.fields),
        left=tuple(filler.left),
        notes=(*dict.fromkeys(filler.notes), *lost),
    )


def _why_not(filler: Filler) -> str:
    if filler.tables:
        told = [note.rstrip("。") for table in filler.tables for note in table.notes]
        return "；".join(told) or "表头认得，但报告里没有对应的内容"
    return "；".join(filler.notes).rstrip("。") or "没有认得的表格，也没有认得的单项"


def _kind(data: bytes, path: Path) -> str:
    """The suffix docx or xlsx, by content. Raises what it is instead."""
    if data.startswith(ole.MAGIC):
        if "EncryptedPackage" in ole.root_entries(data):
            raise EncryptedDocument(f"表单“{path.name}”设有密码。", advice="请去掉密码后另存一份。", path=path)
        raise UnknownFormat(f"表单“{path.name}”是旧版格式（.doc、.xls、.wps、.et）。", advice=_ADVICE, path=path)
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            names = {name.replace("\\", "/").lstrip("/") for name in package.namelist()}
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        names = set()
    if any(name.endswith("vbaProject.bin") for name in names):
        raise UnknownFormat(f"表单“{path.name}”带有宏。", advice=_ADVICE, path=path)
    if any(name.startswith("word/document") for name in names):
        return "docx"
    if "xl/workbook.xml" in names:
        return "xlsx"
    raise UnknownFormat(f"“{path.name}”不是 .docx 或 .xlsx 表单。", advice=_ADVICE, path=path)


def _write(path: Path, data: bytes) -> None:
    with replacing(path, "Word、Excel 或 WPS") as beside:
        beside.write_bytes(data)
