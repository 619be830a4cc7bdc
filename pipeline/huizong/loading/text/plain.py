"""Text files: the encoding found out, lines with their pages."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from huizong.errors import DamagedDocument
from huizong.records import Line, Notice, Table

LINE_END = re.compile(r"\r\n|[\n\r\x0b\x85\u2028\u2029]")
_ENCODINGS = ("utf-8", "gb18030", "big5", "utf-16-le", "utf-16-be")
"""In the order in which a tie is decided: GB18030 is by far more common on the mainland than Big5."""
_MOST_BROKEN = 0.01
"""A text with a greater share of unreadable bytes is not read."""
_FEW_BROKEN = 5
"""One bad byte costs at most so many characters of UTF-8; a short text may lose them too."""
_DOUBTFUL = 0.03
"""Chinese prose has ten times this share of common characters, another encoding's reading a tenth of it."""
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
        from huizong.loading.text.markdown import markdown_lines

        lines, tables = markdown_lines(text)
        return lines, tables, notices, None
    lines, pages = plain_lines(text)
    return lines, (), notices, pages


def decode(data: bytes, path: Path) -> tuple[str, tuple[Notice, ...]]:
    """The text of `data` without byte order mark and zero bytes, and what there is to say of the encoding.

    A byte order mark decides; then UTF-8, if all of it is; else the encoding whose reading looks most like Chinese
    prose. Single unreadable bytes become \ufffd, with a notice. Raises `DamagedDocument` when no known encoding fits.
    """
    data = without_padding(data)
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _told(data.decode("utf-16", "replace"))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    else:
        if text.count("\x00") < 0.1 * len(text):
            return _told(text)
    readings: list[tuple[float, int, str, str]] = []
    utf16 = looks_like_utf16(data[:8192])
    for encoding in _ENCODINGS if utf16 else _ENCODINGS[:3]:
        text = data.decode(encoding, "replace")
        broken = text.count("\ufffd")
        if broken <= max(_MOST_BROKEN * len(text), min(_FEW_BROKEN, 0.1 * len(text))) and text.count(
            "\x00"
        ) < 0.1 * len(text):
            # Where no reading makes sense as Chinese, the plainest one is the best.
            plain = sum(ch < "\x80" for ch in text)
            readings.append((_plausibility(text) - 10 * broken / max(1, len(text)), plain, encoding, text))
    if not readings:
        raise DamagedDocument(
            f"认不出“{path.name}”的文字编码。", advice="请用记事本打开，另存为 UTF-8 编码。", path=path
        )
    score, _, encoding, text = max(readings, key=lambda r: (r[0], r[1], -_ENCODINGS.index(r[2])))
    return _told(text, traditional=encoding == "big5", doubtful=score < _DOUBTFUL and len(text) > 200)


def _told(text: str, *, traditional: bool = False, doubtful: bool = False) -> tuple[str, tuple[Notice, ...]]:
    """The text without what is no character, and the notices."""
    messages = []
    if broken := text.count("\ufffd"):
        messages.append(f"有 {broken} 处字节无法识别，已用 \ufffd 代替。")
    if traditional:
        messages.append("按 Big5（繁体）编码读入，请核对文字是否正常。")
    if doubtful:
        messages.append("文字编码不能确定，读出的可能是乱码，请用记事本打开，另存为 UTF-8 编码后重试。")
    notices = tuple(Notice(code="encoding", message=message) for message in messages)
    return text.removeprefix("\ufeff").replace("\x00", ""), notices


def _plausibility(text: str) -> float:
    """The share of the characters beyond ASCII that are common in Chinese prose."""
    foreign = [ch for ch in text if ord(ch) > 127]
    return sum(ch in _COMMON for ch in foreign) / max(1, len(foreign))


def without_padding(data: bytes) -> bytes:
    """The bytes without the zero bytes that a crash or a disk block has left at the end."""
    return data.rstrip(b"\x00") if data.endswith(bytes(4)) else data


def looks_like_utf16(head: bytes) -> bool:
    """Whether the bytes make sense as UTF-16 without a byte order mark: Latin letters, or common Chinese characters."""
    odd, even = head[1::2].count(0), head[0::2].count(0)
    if min(odd, even) == 0 and max(odd, even) > 0.2 * len(head):
        return True
    return any(_plausibility(head.decode(f"utf-16-{end}", "ignore")) > 0.15 for end in ("le", "be"))


def plain_lines(text: str) -> tuple[tuple[Line, ...], int | None]:
    """The lines of `text`, blank ones too (cleaning reads the gaps), and the pages, `None` without form feeds."""
    sheets = text.removesuffix("\f").split("\f")
    lines = [
        Line(text=line, page=page)
        for page, sheet in enumerate(sheets, 1)
        for line in LINE_END.split(_trim_sheet(sheet, len(sheets)))
    ]
    if not text.strip():
        return (), None
    return tuple(lines), len(sheets) if len(sheets) > 1 else None


def _trim_sheet(sheet: str, sheets: int) -> str:
    """The sheet without the line end that stands beside its form feed."""
    return sheet.strip("\r\n") if sheets > 1 else sheet.removesuffix("\n").removesuffix("\r")
