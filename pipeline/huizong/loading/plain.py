"""Text files: the encoding found out, lines with their pages, Markdown's marks read and dropped."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from huizong.errors import DamagedDocument
from huizong.records import Line, Notice, Table

_LINE_END = re.compile(r"\r\n|[\n\r\x0b\x85\u2028\u2029]")
_HEADING = re.compile(r"\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*")
_FENCE = re.compile(r"\s*(?:```|~~~|-{3,}\s*|={3,}\s*|\*{3,}\s*)[\w-]*\s*")
_STRONG = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*|__(?=\S)(.+?)(?<=\S)__")
_ITEM = re.compile(r"\s*[-*+]\s+(?=\S)")
_ROW = re.compile(r"\s*\|(.+)\|\s*")
_RULE_ROW = re.compile(r"\s*\|?[\s:|-]*-{2,}[\s:|-]*\|?\s*")
# The hundred characters that a Chinese report can hardly do without, both scripts: tells GB18030 from Big5.
_COMMON = frozenset(
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里"
    "這個們來為國時說會對於過發後裡學業專報總結進與職員關開設實產經濟，。、；：“”（）《》"
)


def read_plain(
    data: bytes, path: Path, *, markdown: bool
) -> tuple[tuple[Line, ...], tuple[Table, ...], tuple[Notice, ...], int | None]:
    """Lines, tables (Markdown only), notices, and the number of pages (`None` without form feeds).

    Raises `DamagedDocument` when no known encoding fits.
    """
    text, notices = decode(data, path)
    if markdown:
        lines, tables = markdown_lines(text)
        return lines, tables, notices, None
    lines, pages = plain_lines(text)
    return lines, (), notices, pages


def decode(data: bytes, path: Path) -> tuple[str, tuple[Notice, ...]]:
    """The text of `data`: UTF-8, UTF-16, else the likelier of GB18030 and Big5 (with a notice when it is Big5)."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace"), ()
    try:
        text = data.decode("utf-8-sig")
        if "\x00" not in text:
            return text, ()
    except UnicodeDecodeError:
        pass
    if b"\x00" in data[:4096]:
        little = data[1::2].count(0) >= data[0::2].count(0)
        return data.decode("utf-16-le" if little else "utf-16-be", "replace"), ()
    readings: list[tuple[float, str, str]] = []
    for encoding in ("gb18030", "big5"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        readings.append((_plausibility(text), encoding, text))
    if not readings:
        return _decode_damaged(data, path)
    # A tie (pure ASCII never gets here) goes to GB18030, by far the more common on the mainland.
    _, encoding, text = max(readings, key=lambda r: (r[0], r[1] == "gb18030"))
    if encoding == "big5":
        return text, (Notice(code="encoding", message="按 Big5（繁体）编码读入，请核对文字是否正常。"),)
    return text, ()


def _plausibility(text: str) -> float:
    """The share of the characters beyond ASCII that are common in Chinese prose."""
    foreign = [ch for ch in text if ord(ch) > 127]
    return sum(ch in _COMMON for ch in foreign) / max(1, len(foreign))


def _decode_damaged(data: bytes, path: Path) -> tuple[str, tuple[Notice, ...]]:
    """A text with a few broken bytes is read with them replaced; more than one in a hundred is an error."""
    for encoding in ("utf-8", "gb18030"):
        text = data.decode(encoding, "replace")
        if text.count("\ufffd") <= 0.01 * len(text):
            message = f"有 {text.count(chr(0xFFFD))} 处字节无法识别，已用 \ufffd 代替。"
            return text.lstrip("\ufeff"), (Notice(code="encoding", message=message),)
    raise DamagedDocument(f"认不出“{path.name}”的文字编码。", advice="请用记事本打开，另存为 UTF-8 编码。", path=path)


def plain_lines(text: str) -> tuple[tuple[Line, ...], int | None]:
    """The lines of `text`, blank ones too (cleaning reads the gaps), and the pages, `None` without form feeds."""
    sheets = text.removesuffix("\f").split("\f")
    lines = [
        Line(text=line, page=page)
        for page, sheet in enumerate(sheets, 1)
        for line in _LINE_END.split(_trim_sheet(sheet, len(sheets)))
    ]
    if not text.strip():
        return (), None
    return tuple(lines), len(sheets) if len(sheets) > 1 else None


def _trim_sheet(sheet: str, sheets: int) -> str:
    """The sheet without the line end that stands beside its form feed."""
    return sheet.strip("\r\n") if sheets > 1 else sheet.removesuffix("\n").removesuffix("\r")


def markdown_lines(text: str) -> tuple[tuple[Line, ...], tuple[Table, ...]]:
    """Lines without Markdown's marks; headings carry their level (one # = 0, the title), tables are apart."""
    lines: list[Line] = []
    tables: list[Table] = []
    rows: list[tuple[str, ...]] = []
    for raw in [*_LINE_END.split(text), ""]:
        row = _ROW.fullmatch(raw)
        if row or (rows and _RULE_ROW.fullmatch(raw)):
            if row and not _RULE_ROW.fullmatch(raw):
                rows.append(tuple(_unmark(cell.strip())[0] for cell in row.group(1).split("|")))
            continue
        if rows:
            tables.append(_table(rows))
            rows = []
        lines.append(_markdown_line(raw))
    return tuple(lines), tuple(tables)


def _markdown_line(raw: str) -> Line:
    """One line without its marks."""
    if heading := _HEADING.fullmatch(raw):
        text, _ = _unmark(heading.group(2))
        return Line(text=text, heading_level=len(heading.group(1)) - 1, ends_paragraph=True)
    if _FENCE.fullmatch(raw):
        return Line(text="")
    # Two blanks or a backslash at the end are Markdown's hard line break.
    hard = raw.endswith(("  ", "\\"))
    item = _ITEM.match(raw)
    text, bold = _unmark(_ITEM.sub("", raw.lstrip("> ") if raw.startswith(">") else raw).rstrip("\\"))
    indented = "　　" + text if item else text
    return Line(text=indented, bold=bold, ends_paragraph=True if hard and text.strip() else None)


def _unmark(text: str) -> tuple[str, bool]:
    """The text without ** and __, and whether all of it stood between them."""
    whole = _STRONG.fullmatch(text.strip())
    return _STRONG.sub(lambda m: m.group(1) or m.group(2), text), whole is not None


def _table(rows: list[tuple[str, ...]]) -> Table:
    """The rows as a table, the first one its header, all equally long."""
    width = max(len(row) for row in rows)
    full = [row + ("",) * (width - len(row)) for row in rows]
    return Table(page=1, caption="", header=full[0], rows=tuple(full[1:]))
