"""What kind of file the bytes are: magic bytes first, the suffix only where the content cannot tell."""

from __future__ import annotations

import io
import re
import zipfile
from enum import StrEnum
from pathlib import Path

from huizong.errors import DamagedDocument, EncryptedDocument, UnknownFormat
from huizong.loading.office import ole
from huizong.loading.text.plain import looks_like_utf16, without_padding


class Format(StrEnum):
    """The kinds that can be read; the values stand in `Source.format`."""

    PDF = "pdf"
    DOCX = "docx"
    TXT = "txt"
    MD = "md"
    HTML = "html"
    MHTML = "mhtml"
    OFD = "ofd"
    DOC = "doc"
    WPS = "wps"
    RTF = "rtf"
    ODT = "odt"
    IMAGE = "image"


CONVERTED = frozenset({Format.DOC, Format.WPS, Format.RTF, Format.ODT})
"""The kinds that only LibreOffice can open."""

_SCANS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")
_IMAGES = (b"GIF8", b"BM", b"RIFF")
_ARCHIVES = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
_HTML_START = re.compile(
    rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|div|table|meta|p|h[1-6])\b", re.I | re.S
)
# Text, but written for programs: taken for a report, it would fill the table with rubbish.
_NO_REPORTS = frozenset(
    {
        ".json",
        ".jsonl",
        ".csv",
        ".tsv",
        ".xml",
        ".toml",
        ".yaml",
        ".yml",
        ".ini",
        ".py",
        ".js",
        ".css",
        ".log",
        ".ipynb",
        ".sh",
    }
)
_LEGACY_NAMES = {
    "Workbook": "旧版 Excel（.xls）",
    "Book": "旧版 Excel（.xls）",
    "PowerPoint Document": "旧版幻灯片（.ppt）",
}
# What saves a page as one file begins with the head of a mail.
_MHTML_START = re.compile(
    rb"\s*(?:[A-Za-z-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?content-type:\s*(?:multipart/related|text/html)", re.I
)
# Word's own XML of 2003, which report generators name .doc, and the one-file form of later versions.
_WORD_XML = re.compile(rb"<\?mso-application\s+progid=\"Word\.Document\"|<w:wordDocument\b|<pkg:package\b")


def sniff(data: bytes, path: Path) -> Format:
    """The format of `data`. Raises `UnknownFormat`, `EncryptedDocument`, `DamagedDocument`: what it is instead."""
    suffix = path.suffix.lower()
    if b"%PDF-" in data[:1024]:
        return Format.PDF
    if data.startswith(b"PK"):
        return _sniff_zip(data, path)
    if data.startswith(ole.MAGIC):
        return _sniff_ole(data, path)
    head = _head(data)
    if head.startswith(b"{\\rtf"):
        return Format.RTF
    if _WORD_XML.search(head[:2048]):
        return Format.DOC
    if data.startswith(_SCANS) and b"\x00" in data[:4096]:
        return Format.IMAGE
    if data.startswith(_IMAGES) and b"\x00" in data[:4096]:
        raise UnknownFormat(
            f"“{path.name}”是这里读不了的图片格式。", advice="请另存为 PNG、JPG 或 TIF，或提供 Word 原稿。", path=path
        )
    if data.startswith(_ARCHIVES):
        raise UnknownFormat(f"“{path.name}”是压缩包。", advice="请先解压，再处理里面的文件。", path=path)
    if suffix in {".pdf", ".docx", ".docm", ".dotx", ".ofd", ".odt"}:
        raise DamagedDocument(
            f"“{path.name}”的扩展名是 {suffix}，内容却不是。", advice="文件可能没有下载完整，请重新获取。", path=path
        )
    if _MHTML_START.match(head):
        return Format.MHTML
    if _HTML_START.match(head) or suffix in {".html", ".htm"}:
        return Format.HTML
    if _binary(data) or suffix in _NO_REPORTS:
        raise UnknownFormat(
            f"认不出“{path.name}”是什么文件。",
            advice="能读的有 PDF、DOCX、DOC、WPS、RTF、ODT、OFD、TXT、MD、HTML 和图片。",
            path=path,
        )
    return Format.MD if suffix in {".md", ".markdown"} else Format.TXT


def _head(data: bytes) -> bytes:
    """The first 4096 characters without white space, byte order mark or the zero bytes of UTF-16 before them."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data[:8192].decode("utf-16", "ignore").encode()
    return data.removeprefix(b"\xef\xbb\xbf")[:4096].lstrip()


def _binary(data: bytes) -> bool:
    """Whether control bytes say that this is no text. UTF-16, full of zero bytes, is let through."""
    head = without_padding(data[:8192])
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    return sum(byte < 9 or 13 < byte < 27 for byte in head) > 0.02 * len(head) and not looks_like_utf16(head)


def _sniff_zip(data: bytes, path: Path) -> Format:
    """DOCX, or an error that names the other zip-based kinds."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise DamagedDocument(
            f"“{path.name}”打不开，文件已损坏或不完整。", advice="请重新下载，或用 Word/WPS 打开后另存一份。", path=path
        ) from error
    if any(re.fullmatch(r"[/\\]?word[/\\]document\d*\.xml", name) for name in names):
        return Format.DOCX
    if any(name.upper().lstrip("/\\") == "OFD.XML" for name in names):
        return Format.OFD
    if "mimetype" in names and data[:200].find(b"application/vnd.oasis.opendocument.text") > 0:
        return Format.ODT
    if any(name.startswith("xl/") for name in names):
        raise UnknownFormat(
            f"“{path.name}”是 Excel 工作簿，不是报告。", advice="请提供报告正文（Word 或 PDF）。", path=path
        )
    if any(name.startswith("ppt/") for name in names):
        raise UnknownFormat(f"“{path.name}”是幻灯片，不是报告。", advice="请提供报告正文（Word 或 PDF）。", path=path)
    if path.suffix.lower() in {".docx", ".docm", ".dotx", ".ofd", ".odt"}:
        raise DamagedDocument(
            f"“{path.name}”里找不到正文，文件已损坏。", advice="请用 Word/WPS 打开后另存一份。", path=path
        )
    if "mimetype" in names or "content.xml" in names:
        raise UnknownFormat(
            f"“{path.name}”是 ODF 一类的文件，不是文字报告。", advice="请另存为 .docx 或导出为 PDF。", path=path
        )
    raise UnknownFormat(f"“{path.name}”是压缩包。", advice="请先解压，再处理里面的文件。", path=path)


def _sniff_ole(data: bytes, path: Path) -> Format:
    """DOC or WPS, or an error that names the other old Office files, or one behind a password."""
    entries = ole.root_entries(data)
    if "EncryptedPackage" in entries or ole.word_is_encrypted(data):
        raise EncryptedDocument(
            f"“{path.name}”设有密码。", advice="请在 Word/WPS 里去掉密码，另存为 .docx。", path=path
        )
    suffix = path.suffix.lower()
    if "WordDocument" in entries:
        return Format.WPS if suffix in {".wps", ".wpt"} else Format.DOC
    for stream, what in _LEGACY_NAMES.items():
        if stream in entries:
            raise UnknownFormat(
                f"“{path.name}”是{what}文件，不是报告。", advice="请提供报告正文（Word 或 PDF）。", path=path
            )
    if not entries:
        raise DamagedDocument(
            f"“{path.name}”打不开，文件已损坏或不完整。",
            advice="请重新获取，或用 Word/WPS 打开后另存为 .docx。",
            path=path,
        )
    if suffix == ".wps":
        return Format.WPS
    raise UnknownFormat(f"“{path.name}”是旧版 Office/WPS 文件。", advice="请用 Word/WPS 另存为 .docx。", path=path)
