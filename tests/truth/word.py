"""A report as DOCX written by hand: LibreOffice makes PDFs of it. Native footnotes, fields, columns, a VML watermark."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from xml.sax.saxutils import escape

from truth.content import Block, Grid, Report

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NAMES = f'xmlns:w="{_W}" xmlns:r="{_R}" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_PARTS = ("styles", "header1", "footer1", "footnotes")
_SIDE = 1472
"""Left and right margin in twentieths of a point: A4 less 448 points."""


def write_docx(report: Report, target: Path, *, font: str) -> None:
    """Writes the report to `target`, set in `font`."""
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_TYPES}{name.rstrip("1")}+xml"/>' for name in _PARTS
    )
    links = "".join(
        f'<Relationship Id="{name}" Type="{_R}/{name.rstrip("1")}" Target="{name}.xml"/>' for name in _PARTS
    )
    packages = "http://schemas.openxmlformats.org/package/2006"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{packages}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
        f'ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="{_TYPES}document.main+xml"/>'
        f"{overrides}</Types>",
        "_rels/.rels": f'<Relationships xmlns="{packages}/relationships"><Relationship Id="r1" Type="{_R}/officeDocument" '
        'Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{packages}/relationships">{links}</Relationships>',
        "word/styles.xml": _styles(report, font),
        "word/header1.xml": f"<w:hdr {_NAMES}>{_paragraph(report.running, 9, 'center')}{_watermark(report)}</w:hdr>",
        "word/footer1.xml": f"<w:ftr {_NAMES}><w:p>{_look('center')}{_number(report.number)}</w:p></w:ftr>",
        "word/footnotes.xml": _footnotes(report),
        "word/document.xml": f"<w:document {_NAMES}><w:body>{''.join(_body(report))}</w:body></w:document>",
    }
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>{content}')


def _styles(report: Report, font: str) -> str:
    size = report.size_pt * 2
    return (
        f'<w:styles {_NAMES}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}" '
        f'w:eastAsia="{font}" w:cs="{font}"/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
        '<w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault></w:docDefaults></w:styles>'
    )


def _run(text: str, *, size: int | None = None, bold: bool = False) -> str:
    look = ("<w:b/>" if bold else "") + (f'<w:sz w:val="{2 * size}"/>' if size else "")
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def _look(
    align: str, *, leading: int | None = None, after: int = 0, before: int = 0, indent: int = 0, size: int = 0
) -> str:
    """Properties of a paragraph; `indent` in characters of `size` points, distances in points."""
    line = f' w:line="{20 * leading}" w:lineRule="exact"' if leading else ""
    first = f'<w:ind w:firstLineChars="{100 * indent}" w:firstLine="{20 * indent * size}"/>' if indent else ""
    return f'<w:pPr><w:spacing w:before="{20 * before}" w:after="{20 * after}"{line}/>{first}<w:jc w:val="{align}"/></w:pPr>'


def _paragraph(text: str, size: int, align: str) -> str:
    return f"<w:p>{_look(align)}{_run(text, size=size)}</w:p>"


def _number(form: str) -> str:
    """The page number: fields for {page} and {pages}."""
    fields = {"{page}": "PAGE", "{pages}": "NUMPAGES"}
    pieces = form.replace("{", "\0{").replace("}", "}\0").split("\0")
    return "".join(
        f'<w:fldSimple w:instr=" {fields[piece]} ">{_run("1", size=10)}</w:fldSimple>'
        if piece in fields
        else _run(piece, size=10)
        for piece in pieces
        if piece
    )


def _watermark(report: Report) -> str:
    """A shape behind the text, as Word's own watermarks are."""
    return (
        '<w:p><w:r><w:pict><v:shapetype id="t136" coordsize="21600,21600" o:spt="136" path="m0,0l21600,0m0,21600l21600,21600e">'
        '<v:textpath on="t" fitshape="t"/></v:shapetype><v:shape id="PowerPlusWaterMarkObject1" type="#t136" '
        'style="position:absolute;width:400pt;height:100pt;rotation:315;z-index:-251658752;mso-position-horizontal:center;'
        'mso-position-horizontal-relative:margin;mso-position-vertical:center;mso-position-vertical-relative:margin" '
        f'fillcolor="silver" stroked="f"><v:textpath string="{report.watermark}"/></v:shape></w:pict></w:r></w:p>'
    )


def _footnotes(report: Report) -> str:
    notes = [part.note for part in report.parts if isinstance(part, Block) and part.note]
    rules = "".join(
        f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>'
        for number, kind in ((-1, "separator"), (0, "continuationSeparator"))
    )
    written = "".join(
        f'<w:footnote w:id="{number}">{_paragraph(note.removeprefix("①"), 9, "both")}</w:footnote>'
        for number, note in enumerate(notes, 1)
    )
    return f"<w:footnotes {_NAMES}>{rules}{written}</w:footnotes>"


def _section(columns: int, *, last: bool) -> str:
    """Page format of what went before; a running section goes on on the same page."""
    layout = (
        '<w:headerReference w:type="default" r:id="header1"/><w:footerReference w:type="default" r:id="footer1"/>'
        '<w:type w:val="continuous"/><w:pgSz w:w="11906" w:h="16838"/>'
        f'<w:pgMar w:top="1600" w:right="{_SIDE}" w:bottom="1600" w:left="{_SIDE}" w:header="800" w:footer="800"/>'
        f'<w:cols w:num="{columns}" w:space="480"/>'
    )
    section = f"<w:sectPr>{layout}</w:sectPr>"
    return section if last else f'<w:p><w:pPr><w:spacing w:line="20" w:lineRule="exact"/>{section}</w:pPr></w:p>'


def _body(report: Report) -> Iterator[str]:
    number = 0
    groups = [
        (2 if columns else 1, list(parts))
        for columns, parts in groupby(report.parts, lambda part: isinstance(part, Block) and part.columns)
    ]
    for at, (columns, parts) in enumerate(groups):
        for part in parts:
            if isinstance(part, Grid):
                yield _table(report, part)
            else:
                number += part.note is not None
                yield _block(report, part, number)
        yield _section(columns, last=at + 1 == len(groups))


def _block(report: Report, block: Block, number: int) -> str:
    size, leading = report.size_pt, report.leading_pt
    if block.kind == "title":
        look, size = _look("center", leading=leading + 10, after=leading), size + 6
    elif block.kind == "caption":
        look, size = _look("center", before=6, after=6), size - 2
    elif block.kind == "sign":
        look = _look("right", leading=leading)
    else:
        look = _look("both", leading=leading, after=report.gap_pt, indent=report.indent, size=size)
    words = _run(block.text, size=size, bold=block.bold)
    if block.note:
        before, after = block.text.split("①")
        mark = f'<w:r><w:footnoteReference w:id="{number}" w:customMarkFollows="1"/><w:t>①</w:t></w:r>'
        words = _run(before) + mark + _run(after)
    return f"<w:p>{look}{words}</w:p>"


def _table(report: Report, grid: Grid) -> str:
    caption = Block(kind="caption", text=grid.caption)
    widths = [8960 * width // 100 for width in grid.widths]
    sides = ("top", "left", "bottom", "right", "insideH", "insideV") if grid.ruled else ("top", "bottom")
    borders = "".join(f'<w:{side} w:val="single" w:sz="6" w:color="000000"/>' for side in sides)
    rows = []
    for at, row in enumerate(grid.rows):
        under = (
            ""
            if grid.ruled or at
            else '<w:tcBorders><w:bottom w:val="single" w:sz="6" w:color="000000"/></w:tcBorders>'
        )
        cells = "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{under}<w:vAlign w:val="center"/></w:tcPr>'
            f"{_paragraph(cell, report.size_pt - 2, 'center')}</w:tc>"
            for cell, width in zip(row, widths, strict=True)
        )
        rows.append(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>")
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'{_block(report, caption, 0)}<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{borders}'
        f'</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>{"".join(rows)}</w:tbl>'
        f"<w:p>{_look('both', leading=12)}</w:p>"
    )
