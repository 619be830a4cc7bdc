"""A report as a web page for print: Chromium and WeasyPrint make PDFs of it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from html import escape
from itertools import groupby

from truth.content import Block, Grid, Report

_MARGIN_PT = {"top": 80, "side": 73, "bottom": 80}
_RULED = "table.ruled td{border:0.75pt solid #000;text-align:center}"
_OPEN = (
    "table.open{border-top:1.5pt solid #000;border-bottom:1.5pt solid #000}"
    "table.open tr:first-child td{border-bottom:0.75pt solid #000}table.open td{text-align:center}"
)


def webpage(report: Report, *, family: str, faces: str = "", footnotes: bool, shadow_bold: bool) -> str:
    """The HTML text. `family`: the font; `faces`: @font-face rules for it.

    `footnotes`: the maker knows CSS footnotes; else notes stand behind the text, as on web pages. `shadow_bold`: bold
    by a shadow, which Chromium prints as the same characters once more; else by the font's weight.
    """
    bold = "text-shadow:0.4px 0 0 #000" if shadow_bold else "font-weight:bold"
    css = (
        faces
        + _page_rule(report)
        + f"html{{font-family:{family};font-size:{report.size_pt}pt;line-height:{report.leading_pt}pt}}"
        + "body{margin:0;text-align:justify}p{margin:0}"
        + f"p.p,p.h1,p.h2,p.h3,p.item{{text-indent:{report.indent}em;margin-bottom:{report.gap_pt}pt}}"
        + f"p.title{{text-align:center;font-size:{report.size_pt + 6}pt;line-height:{report.leading_pt + 10}pt;"
        + f"margin-bottom:{report.leading_pt}pt}}"
        + f"p.caption{{text-align:center;font-size:{report.size_pt - 2}pt;margin-top:6pt}}p.sign{{text-align:right}}"
        + f".bold{{{bold}}}.two{{column-count:2;column-gap:2em}}"
        + "table{border-collapse:collapse;width:100%;table-layout:fixed;margin:4pt 0 12pt;line-height:1.4;"
        + f"font-size:{report.size_pt - 2}pt;page-break-inside:avoid}}td{{padding:2pt 4pt}}{_RULED}{_OPEN}"
        + ".watermark{position:fixed;top:280pt;left:60pt;font-size:64pt;line-height:1;color:#ddd;"
        + "transform:rotate(-35deg);z-index:-1;white-space:nowrap}"
        + ".stamp{position:relative;height:0}.stamp span{position:absolute;right:60pt;top:-60pt;color:#d00;font-size:14pt;"
        + "line-height:1}"
        + ".note{float:footnote;font-size:9pt;line-height:13pt;text-indent:0}"
        + ".note::footnote-call,.note::footnote-marker{content:''}"
        + "p.endnote{font-size:9pt;line-height:13pt;margin-top:12pt}"
    )
    body = "".join(_body(report, footnotes))
    return (
        f'<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>{escape(report.name)}</title>'
        f"<style>{css}</style></head><body>{body}</body></html>"
    )


def _page_rule(report: Report) -> str:
    """Page size and margins, the running header, and the page number in the form of the report."""
    number = report.number.replace("{page}", '" counter(page) "').replace("{pages}", '" counter(pages) "')
    return (
        f"@page{{size:A4;margin:{_MARGIN_PT['top']}pt {_MARGIN_PT['side']}pt {_MARGIN_PT['bottom']}pt;"
        f'@top-center{{content:"{report.running}";font-size:9pt}}@bottom-center{{content:"{number}";font-size:10pt}}}}'
    )


def _body(report: Report, footnotes: bool) -> Iterator[str]:
    yield f'<div class="watermark">{report.watermark}</div>'
    for columns, parts in groupby(report.parts, lambda part: isinstance(part, Block) and part.columns):
        pieces = "".join(_table(part) if isinstance(part, Grid) else _block(part, footnotes) for part in parts)
        yield f'<div class="two">{pieces}</div>' if columns else pieces
    yield f'<div class="stamp">{"".join(_ring(report.stamp))}</div>'
    if not footnotes:
        for part in report.parts:
            if isinstance(part, Block) and part.note:
                yield f'<p class="endnote">{escape(part.note)}</p>'


def _block(block: Block, footnotes: bool) -> str:
    words = escape(block.text)
    if block.note and footnotes:
        at = words.index("①") + 1
        words = f'{words[:at]}<span class="note">{escape(block.note)}</span>{words[at:]}'
    return f'<p class="{block.kind}">' + (f'<span class="bold">{words}</span>' if block.bold else words) + "</p>"


def _table(grid: Grid) -> str:
    columns = "".join(f'<col style="width:{width}%">' for width in grid.widths)
    rows = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in grid.rows)
    kind = "ruled" if grid.ruled else "open"
    return f'<p class="caption">{escape(grid.caption)}</p><table class="{kind}">{columns}{rows}</table>'


def _ring(words: str) -> Iterator[str]:
    """The characters of a stamp, set around a circle."""
    for at, character in enumerate(words):
        degrees = -120 + 240 * at / (len(words) - 1)
        x, y = 40 * math.sin(math.radians(degrees)), -40 * math.cos(math.radians(degrees))
        yield f'<span style="transform:translate({x:.1f}pt,{y:.1f}pt) rotate({degrees:.0f}deg)">{character}</span>'
