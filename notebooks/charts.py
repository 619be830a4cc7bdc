"""Charts of the notebooks: Chinese on any machine, no network, and under every mark the words that it stands for.

A chart shows itself in a notebook as a page with tooltips (Vega comes along, nothing is fetched) and, where pages cannot be shown
(nbconvert to PDF, an editor), as a PNG. `save` writes PNG, PDF, SVG or HTML. Pictures are drawn with the font in `fonts/`
(Noto Sans CJK SC cut down to GB 2312 and renamed), so that Chinese comes out on machines without a Chinese font; a page in a
browser takes the reader's own fonts. Needs the extra `[notebooks]`.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import altair as alt
import pandas as pd
import vl_convert

FONT = "Huizong Sans SC"
KINDS = {"措施": "#4c78a8", "成效": "#54a24b", "问题": "#e45756", "计划": "#eeca3b"}
GOOD, BAD, PLAIN = "#54a24b", "#e45756", "#4c78a8"
_SCALE = 2.0  # pixels of a PNG for each of the chart's
_MOST_WORDS = 120

vl_convert.register_font_directory(str(Path(__file__).parent / "fonts"))


@alt.theme.register("huizong", enable=True)
def _theme() -> alt.theme.ThemeConfig:
    return {"config": {"font": FONT, "title": {"fontSize": 14, "anchor": "start"}, "axis": {"labelLimit": 260}}}


class Chart:
    """A finished chart; the last line of a cell shows it."""

    def __init__(self, chart: Any) -> None:
        self.chart = chart

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str | bytes]:
        page = self.chart.to_html(inline=True)
        frame = f'<iframe srcdoc="{html.escape(page)}" style="border:0;width:100%;height:{self._height()}px"></iframe>'
        title = f"图：{self.chart.title}"
        return {
            "text/plain": title,
            "text/html": frame,
            "image/png": vl_convert.vegalite_to_png(self.chart.to_json(), scale=_SCALE),
        }

    def _height(self) -> int:
        head = vl_convert.vegalite_to_svg(self.chart.to_json()).split(">", 1)[0]
        return int(float(head.split('height="', 1)[1].split('"', 1)[0])) + 60

    def save(self, path: str | Path) -> Path:
        """Writes the chart; the ending of the name says as what: .png, .pdf, .svg, .html (with Vega inside)."""
        path = Path(path)
        spec = self.chart.to_json()
        if path.suffix == ".html":
            path.write_text(self.chart.to_html(inline=True), encoding="utf-8")
        elif path.suffix == ".svg":
            path.write_text(vl_convert.vegalite_to_svg(spec), encoding="utf-8")
        elif path.suffix == ".pdf":
            path.write_bytes(vl_convert.vegalite_to_pdf(spec))
        elif path.suffix == ".png":
            path.write_bytes(vl_convert.vegalite_to_png(spec, scale=_SCALE))
        else:
            raise ValueError(f"“{path.name}”：图只能存为 .png、.pdf、.svg 或 .html。")
        return path


def words(texts: Iterable[str], most: int = _MOST_WORDS) -> str:
    """Some of the words behind a mark, for its tooltip: the first ones, as many as go into `most` characters."""
    shown, length = [], 0
    for text in texts:
        shown.append(text[: most - length])
        length += len(text)
        if length >= most:
            shown[-1] += "…"
            break
    return " ／ ".join(shown)


def bars(
    frame: pd.DataFrame,
    x: str,
    y: str,
    *,
    title: str,
    color: str | Mapping[str, str] | None = None,
    tooltip: Iterable[str] = (),
    x_title: str = "",
) -> Chart:
    """Lying bars, the longest on top.

    `color` is a column whose values are stacked (colours of `KINDS`), a mapping from values of `y` to colours, or `None`.
    """
    encoded: dict[str, Any] = {
        "x": alt.X(field=x, type="quantitative", title=x_title or x, stack="zero" if isinstance(color, str) else None),
        "y": alt.Y(field=y, type="nominal", title=None, sort="-x"),
        "tooltip": [alt.Tooltip(field=name) for name in (y, x, *tooltip)],
    }
    if isinstance(color, str):
        scale = alt.Scale(domain=list(KINDS), range=list(KINDS.values()))
        encoded["color"] = alt.Color(field=color, type="nominal", title=None, scale=scale)
    return Chart(alt.Chart(frame, title=title, width=480).mark_bar(color=PLAIN).encode(**encoded))


def changes(frame: pd.DataFrame, x: str, y: str, *, title: str, x_title: str, tooltip: Iterable[str] = ()) -> Chart:
    """Lying bars to both sides of zero, what grew in another colour than what fell."""
    return Chart(
        alt.Chart(frame, title=title, width=480)
        .mark_bar()
        .encode(
            x=alt.X(field=x, type="quantitative", title=x_title),
            y=alt.Y(field=y, type="nominal", title=None, sort="-x"),
            color=alt.condition(alt.datum[x] > 0, alt.value(GOOD), alt.value(BAD)),
            tooltip=[alt.Tooltip(field=name) for name in (y, x, *tooltip)],
        )
    )


def lines(frame: pd.DataFrame, x: str, y: str, series: str, *, title: str, tooltip: Iterable[str] = ()) -> Chart:
    """A small chart for each value of `series`, each with its own scale: values of different units side by side."""
    chart = (
        alt.Chart(frame, width=150, height=90)
        .mark_line(point=True, color=PLAIN)
        .encode(
            x=alt.X(field=x, type="ordinal", title=None),
            y=alt.Y(field=y, type="quantitative", title=None, scale=alt.Scale(zero=False)),
            tooltip=[alt.Tooltip(field=name) for name in (series, x, y, *tooltip)],
            facet=alt.Facet(field=series, type="nominal", columns=3, title=None, sort=None),
        )
        .resolve_scale(y="independent")
        .properties(title=title)
    )
    return Chart(chart)


def heat(frame: pd.DataFrame, x: str, y: str, value: str, *, title: str, tooltip: Iterable[str] = ()) -> Chart:
    """A field for each pair of `x` and `y`, darker for more, its number in it."""
    base = alt.Chart(frame, width=90 * frame[x].nunique()).encode(
        x=alt.X(field=x, type="nominal", title=None, sort=None, axis=alt.Axis(labelAngle=0, orient="top")),
        y=alt.Y(field=y, type="nominal", title=None, sort=None),
        tooltip=[alt.Tooltip(field=name) for name in (y, x, value, *tooltip)],
    )
    fields = base.mark_rect().encode(
        color=alt.Color(field=value, type="quantitative", legend=None, scale=alt.Scale(scheme="blues"))
    )
    dark = alt.datum[value] > float(frame[value].max()) / 2
    numbers = base.mark_text().encode(
        text=alt.Text(field=value, type="quantitative"),
        color=alt.condition(dark, alt.value("white"), alt.value("#333")),
    )
    return Chart((fields + numbers).properties(title=title))
