"""A comparison as one HTML file without network: line charts as SVG, tables, and the words behind each value on a click."""

from __future__ import annotations

from html import escape
from pathlib import Path

from huizong.compare import Comparison, IndicatorRow
from huizong.export.comparison import sheets, summary
from huizong.store import write_text

_WIDTH, _HEIGHT, _LEFT, _RIGHT, _TOP, _BOTTOM = 320, 150, 16, 24, 26, 24
_STYLE = """
body{font:15px/1.6 "Noto Sans CJK SC","Microsoft YaHei","PingFang SC","WenQuanYi Micro Hei",SimSun,sans-serif;margin:1.5em;color:#222}
h2{border-bottom:2px solid #1f4e79;color:#1f4e79}table{border-collapse:collapse;font-size:13px}
th,td{border:1px solid #bbb;padding:3px 6px;vertical-align:top;max-width:34em;white-space:pre-wrap}th{background:#1f4e79;color:#fff}
.charts{display:flex;flex-wrap:wrap;gap:12px}figure{margin:0;border:1px solid #ddd;padding:6px}
figcaption{font-size:13px;max-width:320px}polyline{fill:none;stroke:#1f4e79;stroke-width:2}
circle{fill:#f97316;stroke:#fff}[data-words]{cursor:pointer}circle:focus,circle:hover{stroke:#111;stroke-width:2}
svg text{font-size:11px;fill:#333}#words{position:sticky;top:0;background:#fff8e1;border:1px solid #f0c36d;padding:8px;min-height:1.6em}
"""
_SCRIPT = """
const box=document.getElementById('words');
function show(e){const t=e.target.closest('[data-words]');if(t)box.textContent=t.dataset.words;}
document.addEventListener('click',show);
document.addEventListener('keydown',e=>{if(e.key==='Enter')show(e);});
"""


def write_page(comparison: Comparison, path: Path) -> None:
    """Writes the page. Raises `OutputError` when the file cannot be written."""
    write_text(path, page(comparison))


def page(comparison: Comparison) -> str:
    """The page; all words of reports are escaped, and no address is fetched."""
    title = f"年度对比：{'、'.join(comparison.bodies)}"
    parts = [
        "<!DOCTYPE html><html lang='zh-CN'><head><meta charset='utf-8'>",
        "<meta http-equiv='Content-Security-Policy' "
        "content=\"default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'\">",
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body><h1>{escape(title)}</h1>",
        "<ul>" + "".join(f"<li>{escape(line)}</li>" for line in summary(comparison)) + "</ul>",
        "<p id='words' aria-live='polite'>点一个数值，这里显示它的原文。</p>",
        "<h2>指标走势</h2><div class='charts'>",
        *(_chart(row) for row in comparison.indicators if row.comparable),
        "</div>",
    ]
    for name, (columns, rows) in sheets(comparison).items():
        parts.append(f"<h2>{escape(name)}</h2>")
        parts.append("<table><tr>" + "".join(f"<th>{escape(column)}</th>" for column in columns) + "</tr>")
        for at, cells in enumerate(rows):
            row = comparison.indicators[at] if name == "年度对比" else None
            parts.append("<tr>" + "".join(_cell(column, cells.get(column), row) for column in columns) + "</tr>")
        parts.append("</table>" if rows else "</table><p>没有。</p>")
    parts.append(f"<script>{_SCRIPT}</script></body></html>")
    return "\n".join(parts)


def _cell(column: str, value: object, row: IndicatorRow | None) -> str:
    words = "" if value is None else f"{value:.10g}" if isinstance(value, float) else str(value)
    if row is not None and column.isdigit() and int(column) in row.values:
        return f"<td tabindex='0' data-words='{escape(_words(row, int(column)))}'>{escape(words)}</td>"
    return f"<td>{escape(words)}</td>"


def _words(row: IndicatorRow, year: int) -> str:
    return f"{row.name} {year}年：{row.quotes[year]}（{row.sources[year]}）"


def _chart(row: IndicatorRow) -> str:
    """A small line chart; years are spaced by their distance, the scale goes from the least value to the greatest."""
    years = list(row.values)
    low, high = min(row.values.values()), max(row.values.values())
    spread, time = (high - low) or 1.0, (years[-1] - years[0]) or 1
    width, height = _WIDTH - _LEFT - _RIGHT, _HEIGHT - _TOP - _BOTTOM

    def place(year: int) -> tuple[float, float]:
        share = (row.values[year] - low) / spread if high > low else 0.5
        return round(_LEFT + width * (year - years[0]) / time, 1), round(_TOP + height * (1 - share), 1)

    points = {year: place(year) for year in years}
    line = " ".join(f"{x},{y}" for x, y in points.values())
    marks = []
    for year, (x, y) in points.items():
        about = "约" if year in row.approximate else ""
        words = escape(_words(row, year))
        marks.append(
            f"<circle cx='{x}' cy='{y}' r='5' tabindex='0' data-words='{words}'><title>{words}</title></circle>"
            f"<text x='{x}' y='{y - 9}' text-anchor='{_anchor(year, years)}'>{about}{row.values[year]:.10g}</text>"
            f"<text x='{x}' y='{_HEIGHT - 6}' text-anchor='{_anchor(year, years)}'>{year}</text>"
        )
    return (
        f"<figure><svg viewBox='0 0 {_WIDTH} {_HEIGHT}' width='{_WIDTH}' height='{_HEIGHT}' role='img'>"
        f"<polyline points='{line}'/>{''.join(marks)}</svg>"
        f"<figcaption>{escape(row.name)}（{escape(row.unit)}）· {escape(row.owner)}</figcaption></figure>"
    )


def _anchor(year: int, years: list[int]) -> str:
    return "start" if year == years[0] else "end" if year == years[-1] else "middle"
