"""汇总.docx: the 汇总表 as a Word table by the layout, A4 landscape, its heading repeated on every page, ready to be printed and signed.

Written as a package of four small parts, row by row: a table of thousands of rows takes no more memory than one of ten.
"""

from __future__ import annotations

import os
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING
from xml.sax.saxutils import escape

from huizong.errors import OutputError
from huizong.tables.layouts import MAIN, LayoutColumn

if TYPE_CHECKING:
    from huizong.tables import Results

WORD_NAME = "汇总.docx"
_FONT, _HEADING_FONT = "仿宋", "黑体"
_BODY_HALF_POINTS, _TITLE_HALF_POINTS = 18, 36
_TABLE_WIDTH = 15_100  # twentieths of a point: what A4 across has between margins of 1.5 cm
_USUAL_PART = 10.0
_NARROW = 1100  # columns below this are centred
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
# A fixed date: the same results give the same bytes.
_STAMP = (1980, 1, 1, 0, 0, 0)

_TYPES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml"'
    ' ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'
    '<Override PartName="/word/footer1.xml"'
    ' ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/></Types>'
)
_RELS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1"'
    ' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>'
    "</Relationships>"
)
_DOCUMENT_RELS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1"'
    ' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer" Target="footer1.xml"/></Relationships>'
)
_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)


def write_word(results: Results, path: Path) -> None:
    """Writes the table of all reports, in their order.

    Raises `OutputError` when the file cannot be written (open in Word, no permission).
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")  # an old file is replaced whole or not at all
    try:
        with zipfile.ZipFile(beside, "w", zipfile.ZIP_DEFLATED) as package:
            _part(package, "[Content_Types].xml", [_TYPES])
            _part(package, "_rels/.rels", [_RELS])
            _part(package, "word/_rels/document.xml.rels", [_DOCUMENT_RELS])
            _part(package, "word/footer1.xml", [_footer()])
            _part(package, "word/document.xml", _document(results))
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise OutputError(
            f"“{path}”写不进去。", advice="如果它正在 Word 或 WPS 里打开，请先关掉，再运行一次。", path=path
        ) from error


def _part(package: zipfile.ZipFile, name: str, pieces: Iterator[str] | list[str]) -> None:
    info = zipfile.ZipInfo(name, _STAMP)
    info.compress_type = zipfile.ZIP_DEFLATED
    stream: IO[bytes]
    with package.open(info, "w") as stream:
        for piece in pieces:
            stream.write(piece.encode("utf-8"))


def _document(results: Results) -> Iterator[str]:
    yield f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document {_NAMESPACES}><w:body>'
    layout = results.layout
    columns = _widths(layout.word)
    yield _paragraph(layout.title, font=_HEADING_FONT, half_points=_TITLE_HALF_POINTS, centred=True)
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    yield (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(columns.values())}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>{borders}</w:tblBorders>'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="57" w:type="dxa"/><w:right w:w="57" w:type="dxa"/></w:tblCellMar>'
        "</w:tblPr><w:tblGrid>" + "".join(f'<w:gridCol w:w="{w}"/>' for w in columns.values()) + "</w:tblGrid>"
    )
    yield _row({column: column.name for column in columns}, columns, header=True, whole=True)
    for row in results.rows(MAIN):
        yield _row(
            {column: row.get(column.field) for column in columns}, columns, header=False, whole=layout.rows == "task"
        )
    yield "</w:tbl>"
    yield _paragraph(
        "填表人：　　　　　　　　审核人：　　　　　　　　单位（盖章）：　　　　　　　　　　年　　月　　日", before=240
    )
    yield (
        '<w:sectPr><w:footerReference w:type="default" r:id="rId1"/>'
        '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>'
        '<w:pgMar w:top="850" w:right="850" w:bottom="850" w:left="850" w:header="400" w:footer="400" w:gutter="0"/>'
        "</w:sectPr></w:body></w:document>"
    )


def _widths(columns: Sequence[LayoutColumn]) -> dict[LayoutColumn, int]:
    """The columns with their widths in twentieths of a point, which fill the page."""
    parts = [column.width or _USUAL_PART for column in columns]
    return {c: round(_TABLE_WIDTH * part / sum(parts)) for c, part in zip(columns, parts, strict=True)}


def _row(
    values: Mapping[LayoutColumn, object], columns: Mapping[LayoutColumn, int], *, header: bool, whole: bool
) -> str:
    """A row of the table; the heading comes again on every page, a `whole` row is not torn by a page end."""
    setting = ("<w:cantSplit/>" if whole else "") + ("<w:tblHeader/>" if header else "")
    setting = f"<w:trPr>{setting}</w:trPr>" if setting else ""
    cells = []
    for column, width in columns.items():
        value = values[column]
        shade = '<w:shd w:val="clear" w:color="auto" w:fill="D9E2F3"/>' if header else ""
        words = _paragraph(
            "" if value is None else str(value),
            font=_HEADING_FONT if header else _FONT,
            centred=header or width < _NARROW,
        )
        cells.append(f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}</w:tcPr>{words}</w:tc>')
    return f"<w:tr>{setting}{''.join(cells)}</w:tr>"


def _paragraph(
    words: str, *, font: str = _FONT, half_points: int = _BODY_HALF_POINTS, centred: bool = False, before: int = 0
) -> str:
    look = (
        f'<w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="{font}"/>'
        f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/></w:rPr>'
    )
    lines = [escape(line) for line in _FORBIDDEN.sub("", words).split("\n")]
    text = "<w:br/>".join(f'<w:t xml:space="preserve">{line}</w:t>' for line in lines)
    place = '<w:jc w:val="center"/>' if centred else ""
    return f'<w:p><w:pPr><w:spacing w:before="{before}" w:after="0"/>{place}</w:pPr><w:r>{look}{text}</w:r></w:p>'


def _footer() -> str:
    def field(code: str) -> str:
        return f'<w:fldSimple w:instr=" {code} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'

    def run(words: str) -> str:
        return f"<w:r><w:t>{words}</w:t></w:r>"

    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:ftr {_NAMESPACES}><w:p><w:pPr><w:jc w:val="center"/></w:pPr>'
        f"{run('第')}{field('PAGE')}{run('页　共')}{field('NUMPAGES')}{run('页')}</w:p></w:ftr>"
    )
