"""An indicator over the years as a small line chart in SVG; a click on a value shows the words behind it."""

from __future__ import annotations

from html import escape

from huizong.compare import IndicatorRow

_WIDTH, _HEIGHT, _LEFT, _RIGHT, _TOP, _BOTTOM = 300, 132, 24, 28, 24, 22
_NEAR = 0.6
"""Where the least value is this part of the greatest or more, the axis does not begin at zero, and the chart says so."""


def words_behind(row: IndicatorRow, year: int) -> str:
    """The value's words and the report that they stand in."""
    return f"{row.name} {year}年：{row.quotes[year]}（{row.sources[year]}）"


def chart(row: IndicatorRow) -> str:
    """The chart with its title and the last step under it. Years are spaced by their distance."""
    years = list(row.values)
    low, high, cut = _axis(row)
    time = (years[-1] - years[0]) or 1
    width, height = _WIDTH - _LEFT - _RIGHT, _HEIGHT - _TOP - _BOTTOM
    points = {
        year: (
            round(_LEFT + width * (year - years[0]) / time, 1),
            round(_TOP + height * (1 - (value - low) / ((high - low) or 1.0)), 1),
        )
        for year, value in row.values.items()
    }
    bottom = _HEIGHT - _BOTTOM
    grid = "".join(
        f"<line class='grid' x1='{_LEFT - 12}' x2='{_WIDTH - 8}' y1='{y}' y2='{y}'/>" for y in (_TOP, bottom)
    )
    line = " ".join(f"{x},{y}" for x, y in points.values())
    marks = "".join(_mark(row, year, *place) for year, place in points.items())
    return (
        f"<figure><figcaption>{escape(row.name)}<small>（{escape(row.unit)}）</small></figcaption>"
        f"<svg viewBox='0 0 {_WIDTH} {_HEIGHT}' role='img' aria-label='{escape(row.name)}'>{grid}<polyline points='{line}'/>{marks}</svg>"
        f"<div class='step'>{escape(_step(row))}{'　纵轴不从零起' if cut else ''}</div></figure>"
    )


def _axis(row: IndicatorRow) -> tuple[float, float, bool]:
    """The least and the greatest value of the axis, and whether it is cut off above zero (or below, for falls)."""
    least, most = min(row.values.values()), max(row.values.values())
    if least < 0 or (most > 0 and least < _NEAR * most):
        return min(0.0, least), max(0.0, most), False
    room = (most - least) * 0.25 or abs(most) * 0.1 or 1.0
    return least - room, most, True


def _mark(row: IndicatorRow, year: int, x: float, y: float) -> str:
    words = escape(words_behind(row, year))
    about = year in row.approximate
    return (
        f"<circle{' class=about' if about else ''} cx='{x}' cy='{y}' r='4.5' tabindex='0' data-words='{words}'>"
        f"<title>{words}</title></circle>"
        f"<text x='{x}' y='{y - 10}' text-anchor='middle'>{'约' if about else ''}{row.values[year]:.10g}</text>"
        f"<text class='axis' x='{x}' y='{_HEIGHT - 6}' text-anchor='middle'>{year}</text>"
    )


def _step(row: IndicatorRow) -> str:
    change = row.changes[-1]
    percent = "" if change.percent is None else f"（{change.percent:+.10g}%）"
    if {change.from_year, change.to_year} & set(row.approximate):
        low = "?" if change.low is None else f"{change.low:+.10g}"
        high = "?" if change.high is None else f"{change.high:+.10g}"
        return f"{change.from_year}→{change.to_year} 有约数，变化在 {low} 到 {high} 之间"
    points = " 个百分点" if row.unit == "%" else ""
    moved = f"{change.difference:+.10g}{points}{percent}" if change.difference else "没有变化"
    return f"{change.from_year}→{change.to_year} {moved}"
