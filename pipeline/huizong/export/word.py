"""汇总.docx: the 汇总表 as a Word table by the layout, A4 landscape, its heading repeated on every page, ready to be printed and signed.

Written as a package of four small parts, row by row: a table of thousands of rows takes no more memory than one of ten.
"""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO, TYPE_CHECKING
from xml.sax.saxutils import escape

from huizong.store import replacing
from huizong.tables.layouts import MAIN, Layout, LayoutColumn

if TYPE_CHECKING:
    from huizong.tables import Results
    from huizong.tables.cells import Row

WORD_NAME = "汇总.docx"
_FONT, _HEADING_FONT = "仿宋", "黑体"
_BODY_HALF_POINTS, _TITLE_HALF_POINTS = 18, 36
_TABLE_WIDTH = 15_100  # twentieths of a point: what A4 across has between margins of 1.5 cm
_USUAL_PART = 10.0
_IN_MEMORY = 1 << 20  # bytes of rows that are kept in memory before they go to a file
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


class WordRows:
    """The rows of the table as they come, report after report, kept until `write` makes the file. Use it in a `with`."""

    def __init__(self, layout: Layout) -> None:
        self._title, self._columns = layout.title, _widths(layout.word)
        self._fields = tuple(column.field for column, _ in self._columns)
        self._looks, self._whole = _looks(self._columns, header=False), layout.rows == "task"
        self._body: IO[bytes] = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 -- closed by `__exit__`

    def __enter__(self) -> WordRows:
        return self

    def __exit__(self, *error: object) -> None:
        self._body.close()

    def add(self, table: str, rows: Iterable[Row]) -> None:
        """Takes rows of a table; that of Word has those of 汇总表."""
        if table == MAIN:
            made = (_row(self._looks, list(map(row.get, self._fields)), whole=self._whole) for row in rows)
            self._body.write("".join(made).encode("utf-8"))

    def write(self, path: Path) -> None:
        """Writes the file. Raises `OutputError` when it cannot be written (open in Word, no permission)."""
        with (
            replacing(path, "Word 或 WPS") as beside,
            zipfile.ZipFile(beside, "w", zipfile.ZIP_DEFLATED) as package,
        ):
            _part(package, "[Content_Types].xml", _TYPES)
            _part(package, "_rels/.rels", _RELS)
            _part(package, "word/_rels/document.xml.rels", _DOCUMENT_RELS)
            _part(package, "word/footer1.xml", _footer())
            _part(package, "word/document.xml", self._before_rows(), self._body, _behind_rows())

    def _before_rows(self) -> str:
        widths = [width for _, width in self._columns]
        borders = "".join(
            f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
            for side in ("top", "left", "bottom", "right", "insideH", "insideV")
        )
        margins = '<w:left w:w="57" w:type="dxa"/><w:right w:w="57" w:type="dxa"/>'
        names = [column.name for column, _ in self._columns]
        return (
            f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document {_NAMESPACES}><w:body>'
            + _paragraph(self._title, font=_HEADING_FONT, half_points=_TITLE_HALF_POINTS, centred=True)
            + f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>{borders}'
            f'</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar></w:tblPr><w:tblGrid>'
            + "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
            + "</w:tblGrid>"
            + _row(_looks(self._columns, header=True), names, whole=True, header=True)
        )


def write_word(results: Results, path: Path) -> None:
    """Writes the table of all reports, in their order.

    Raises `OutputError` when the file cannot be written (open in Word, no permission).
    """
    with WordRows(results.layout) as rows:
        rows.add(MAIN, results.rows(MAIN))
        rows.write(path)


def _part(package: zipfile.ZipFile, name: str, *pieces: str | IO[bytes]) -> None:
    info = zipfile.ZipInfo(name, _STAMP)
    info.compress_type = zipfile.ZIP_DEFLATED
    stream: IO[bytes]
    with package.open(info, "w") as stream:
        for piece in pieces:
            if isinstance(piece, str):
                stream.write(piece.encode("utf-8"))
            else:
                piece.seek(0)
                shutil.copyfileobj(piece, stream)


def _behind_rows() -> str:
    return (
        "</w:tbl>"
        + _paragraph(
            "填表人：　　　　　　　　审核人：　　　　　　　　单位（盖章）：　　　　　　　　　　年　　月　　日",
            before=240,
        )
        + '<w:sectPr><w:footerReference w:type="default" r:id="rId1"/>'
        '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>'
        '<w:pgMar w:top="850" w:right="850" w:bottom="850" w:left="850" w:header="400" w:footer="400" w:gutter="0"/>'
        "</w:sectPr></w:body></w:document>"
    )


def _widths(columns: Sequence[LayoutColumn]) -> list[tuple[LayoutColumn, int]]:
    """The columns with their widths in twentieths of a point, which fill the page."""
    parts = [column.width or _USUAL_PART for column in columns]
    return [(c, round(_TABLE_WIDTH * part / sum(parts))) for c, part in zip(columns, parts, strict=True)]


def _row(looks: Sequence[str], values: Sequence[object], *, whole: bool, header: bool = False) -> str:
    """A row of the table; the heading comes again on every page, a `whole` row is not torn by a page end."""
    setting = ("<w:cantSplit/>" if whole else "") + ("<w:tblHeader/>" if header else "")
    cells = [look + ("" if value is None else _text(str(value))) for look, value in zip(looks, values, strict=True)]
    return f"<w:tr>{f'<w:trPr>{setting}</w:trPr>' if setting else ''}{_CELL_END.join(cells)}{_CELL_END}</w:tr>"


_CELL_END = "</w:t></w:r></w:p></w:tc>"


def _looks(columns: Sequence[tuple[LayoutColumn, int]], *, header: bool) -> tuple[str, ...]:
    """What stands before the words of each cell of a row."""
    shade = '<w:shd w:val="clear" w:color="auto" w:fill="D9E2F3"/>' if header else ""
    font = _HEADING_FONT if header else _FONT
    return tuple(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}</w:tcPr>'
        + _before_words(font=font, centred=header or width < _NARROW)
        for _, width in columns
    )


def _paragraph(
    words: str, *, font: str = _FONT, half_points: int = _BODY_HALF_POINTS, centred: bool = False, before: int = 0
) -> str:
    look = _before_words(font=font, half_points=half_points, centred=centred, before=before)
    return f"{look}{_text(words)}</w:t></w:r></w:p>"


def _before_words(*, font: str, half_points: int = _BODY_HALF_POINTS, centred: bool = False, before: int = 0) -> str:
    place = '<w:jc w:val="center"/>' if centred else ""
    return (
        f'<w:p><w:pPr><w:spacing w:before="{before}" w:after="0"/>{place}</w:pPr><w:r>'
        f'<w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="{font}"/>'
        f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/></w:rPr><w:t xml:space="preserve">'
    )


def _text(words: str) -> str:
    """Words as the content of a run, their lines as lines of the paragraph."""
    return escape(_FORBIDDEN.sub("", words)).replace("\n", '</w:t><w:br/><w:t xml:space="preserve">')


def _footer() -> str:
    def field(code: str) -> str:
        return f'<w:fldSimple w:instr=" {code} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'

    def run(words: str) -> str:
        return f"<w:r><w:t>{words}</w:t></w:r>"

    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:ftr {_NAMESPACES}><w:p><w:pPr><w:jc w:val="center"/></w:pPr>'
        f"{run('第')}{field('PAGE')}{run('页　共')}{field('NUMPAGES')}{run('页')}</w:p></w:ftr>"
    )
