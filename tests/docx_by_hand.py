"""DOCX files put together by hand, for the tests of loading."""

from __future__ import annotations

import zipfile
from pathlib import Path

NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
M = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
STYLES = """
<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/><w:rPr><w:sz w:val="32"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="t"><w:name w:val="Title"/><w:pPr><w:jc w:val="center"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="1x"><w:name w:val="我的标题"/><w:basedOn w:val="1"/></w:style>
<w:style w:type="paragraph" w:styleId="toc"><w:name w:val="toc 1"/></w:style>
"""
NUMBERING = """
<w:abstractNum w:abstractNumId="0">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:suff w:val="nothing"/><w:lvlText w:val="%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:suff w:val="nothing"/><w:lvlText w:val="（%2）"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:isLgl/><w:lvlText w:val="%1.%3."/></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
"""


_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def docx(
    path: Path, body: str, *, styles: str = "", numbering: str = NUMBERING, parts: dict[str, str | bytes] | None = None
) -> Path:
    """A DOCX that Word and LibreOffice open too.

    `styles` are added to those above, `numbering` stands in place of the list above; `parts` are further members.
    """
    kinds = ("styles", "numbering")
    members: dict[str, str | bytes] = {
        "[Content_Types].xml": (
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{_TYPES}.document.main+xml"/>'
            + "".join(f'<Override PartName="/word/{kind}.xml" ContentType="{_TYPES}.{kind}+xml"/>' for kind in kinds)
            + "</Types>"
        ),
        "_rels/.rels": relations(("r1", "officeDocument", "word/document.xml")),
        "word/_rels/document.xml.rels": relations(*((kind, kind, f"{kind}.xml") for kind in kinds)),
        "word/document.xml": f"<w:document {NS} {MC} {R} {M}><w:body>{body}</w:body></w:document>",
        "word/styles.xml": f"<w:styles {NS}>{STYLES}{styles}</w:styles>",
        "word/numbering.xml": f"<w:numbering {NS}>{numbering}</w:numbering>",
        **(parts or {}),
    }
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def relations(*entries: tuple[str, str, str]) -> str:
    """A .rels part from (id, last word of the type, target)."""
    return (
        f'<Relationships xmlns="{_RELATIONS}">'
        + "".join(
            f'<Relationship Id="{identity}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
            for identity, kind, target in entries
        )
        + "</Relationships>"
    )


def p(text: str, *, style: str = "", level: int | None = None, raw: bool = False) -> str:
    """A paragraph; `raw` text is XML of its own."""
    number = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>' if level is not None else ""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    run = text if raw else f"<w:r><w:t>{text}</w:t></w:r>"
    return f"<w:p><w:pPr>{named}{number}</w:pPr>{run}</w:p>"
