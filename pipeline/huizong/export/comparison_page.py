"""A comparison as one HTML file without network: what to ask first, charts, tables, and the words behind each value on a click."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from pathlib import Path

from huizong.compare import Comparison, IndicatorRow, IssueStatus, Outcome
from huizong.export.comparison import OUTCOME_NAMES, RULE_NAMES, STATUS_NAMES, Cells, sheets
from huizong.export.comparison_charts import chart, words_behind
from huizong.export.comparison_style import SCRIPT, STYLE
from huizong.store import write_pieces

_MOST_CHARTS = 24
"""Of one owner that many charts are open to view, the rest are a click away."""

_MOST_ASKED = 12
_BARS = {Outcome.KEPT: "kept", Outcome.PARTLY: "partly", Outcome.NO_EVIDENCE: "nothing"}
_STEPS = ("差", "增减%", "差的下限", "差的上限")


def write_page(comparison: Comparison, path: Path) -> None:
    """Writes the page. Raises `OutputError` when the file cannot be written."""
    write_pieces(path, (line + "\n" for line in lines(comparison)))


def page(comparison: Comparison) -> str:
    """The page as one text."""
    return "\n".join(lines(comparison))


def lines(comparison: Comparison) -> Iterator[str]:
    """The page line by line; all words of reports are escaped, and no address is fetched."""
    bodies, years = "、".join(comparison.bodies), comparison.years
    title = f"年度对比：{bodies}"
    span = f"{years[0]}—{years[-1]}年" if len(years) > 1 else "".join(f"{year}年" for year in years)
    yield from (
        "<!DOCTYPE html><html lang='zh-CN'><head><meta charset='utf-8'>",
        "<meta name='viewport' content='width=device-width,initial-scale=1'>",
        "<meta http-equiv='Content-Security-Policy' "
        "content=\"default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'\">",
        f"<title>{escape(title)}</title><style>{STYLE}</style></head><body>",
        f"<header><div><h1>{escape(title)}</h1><div class='sub'>{escape(span)}　共比较 {len(years)} 个年度　"
        "数值都取自报告原文，点一下就能看到</div></div></header><main>",
    )
    yield from _cards(comparison)
    yield from _asked(comparison)
    yield from _charts(comparison.indicators)
    yield from _tables(comparison)
    yield "</main><p id='words' aria-live='polite'>点一个数值，这里显示它的原文。</p>"
    yield f"<script>{SCRIPT}</script></body></html>"


def _cards(comparison: Comparison) -> Iterator[str]:
    """The figures of the comparison at a glance."""
    able = sum(row.comparable for row in comparison.indicators)
    issues = {s: sum(row.status is s for row in comparison.issues) for s in IssueStatus}
    outcomes = {o: sum(row.outcome is o for row in comparison.promises) for o in Outcome}
    whole = sum(outcomes.values())
    bar = "".join(f"<i class='{_BARS[o]}' style='width:{100 * n / whole:.1f}%'></i>" for o, n in outcomes.items() if n)
    verbatim = sum(row.similarity == 1 for row in comparison.copied)
    yield "<div class='cards'>"
    yield _card(able, "项指标可比", f"另有 {len(comparison.indicators) - able} 项不可比")
    yield _card(
        issues[IssueStatus.RETURNED],
        "个问题再次出现",
        f"新出现 {issues[IssueStatus.NEW]}，不再提及 {issues[IssueStatus.GONE]}",
    )
    promised = "，".join(f"{OUTCOME_NAMES[o]} {n}" for o, n in outcomes.items())
    yield _card(outcomes[Outcome.KEPT], f"条计划已兑现，共 {whole} 条", promised, f"<div class='bar'>{bar}</div>")
    yield _card(len(comparison.copied), "句雷同", f"其中一字不差 {verbatim} 句")
    yield _card(len(comparison.anomalies), "处异常", "前后对不上的数")
    yield "</div>"


def _card(number: int, what: str, more: str, inside: str = "") -> str:
    return f"<div class='card'><b>{number}</b>{escape(what)}{inside}<br><span>{escape(more)}</span></div>"


def _asked(comparison: Comparison) -> Iterator[str]:
    """What one would ask first: numbers that do not fit, issues that come back."""
    again = [row for row in comparison.issues if row.status is IssueStatus.RETURNED]
    if not comparison.anomalies and not again:
        return
    yield "<h2>先看这几条</h2><ul class='ask'>"
    for anomaly in comparison.anomalies[:_MOST_ASKED]:
        words = "；".join(f"{year}年：{quote}" for year, quote in anomaly.quotes.items())
        yield (
            f"<li data-words='{escape(words)}' tabindex='0'><em>{RULE_NAMES[anomaly.rule]}</em>{escape(anomaly.message)}</li>"
        )
    for row in again[:_MOST_ASKED]:
        words = "；".join(f"{year}年：{quote}" for year, quote in row.quotes.items())
        told = "、".join(map(str, row.years))
        last = row.quotes[row.years[-1]]
        yield f"<li class='again' data-words='{escape(words)}' tabindex='0'><em>问题再现</em>{told}年都提到：{escape(last)}</li>"
    yield "</ul>"
    more = max(0, len(comparison.anomalies) - _MOST_ASKED) + max(0, len(again) - _MOST_ASKED)
    if more:
        yield f"<p class='note'>另有 {more} 条见下面的表。</p>"


def _charts(rows: Iterable[IndicatorRow]) -> Iterator[str]:
    """The comparable indicators, an owner after the other; of each what was reached, then what was aimed at."""
    owners: defaultdict[str, list[IndicatorRow]] = defaultdict(list)
    for row in rows:
        if row.comparable:
            owners[row.owner].append(row)
    if not owners:
        return
    yield "<h2>指标走势</h2><p class='note'>空心点是报告里的数；虚线圈是约数。点开看原文。</p>"
    for owner, own in owners.items():
        shown = sorted(own, key=lambda row: (row.target, -len(row.values)))
        yield f"<h3>{escape(owner)}</h3><div class='charts'>"
        yield from map(chart, shown[:_MOST_CHARTS])
        yield "</div>"
        if len(shown) > _MOST_CHARTS:
            yield f"<details><summary>其余 {len(shown) - _MOST_CHARTS} 项</summary><div class='charts'>"
            yield from map(chart, shown[_MOST_CHARTS:])
            yield "</div></details>"


def _tables(comparison: Comparison) -> Iterator[str]:
    """All sheets of the workbook, without empty columns and those that a click or the title tells."""
    pills = _pills()
    for name, (columns, rows) in sheets(comparison).items():
        told = {"原文"} if name == "年度对比" else set()
        told |= {"学校", "较早学校"} if len(comparison.bodies) == 1 else set()
        said = {column for cells in rows for column, value in cells.items() if value not in (None, "")}
        kept = [column for column in columns if column in said - told]
        yield f"<h2>{escape(name)}</h2>"
        if not kept:
            yield "<p class='note'>没有。</p>"
            continue
        if name == "计划兑现":
            yield "<p class='note'>宁缺毋滥：“未见证据”只说明下一年的报告里没有找到，不等于没有做。</p>"
        yield "<table><tr>" + "".join(f"<th>{escape(column)}</th>" for column in kept) + "</tr>"
        for at, cells in enumerate(rows):
            row = comparison.indicators[at] if name == "年度对比" else None
            yield "<tr>" + "".join(_cell(column, cells, row, pills) for column in kept) + "</tr>"
        yield "</table>"


def _pills() -> dict[str, str]:
    """The class of the coloured words."""
    named: Sequence[tuple[str, str]] = [
        *((str(status), name) for status, name in STATUS_NAMES.items()),
        *((str(outcome), name) for outcome, name in OUTCOME_NAMES.items()),
        *RULE_NAMES.items(),
    ]
    return {name: key.replace(" ", "-") for key, name in named}


def _cell(column: str, cells: Cells, row: IndicatorRow | None, pills: dict[str, str]) -> str:
    value = cells.get(column)
    words = "" if value is None else f"{value:.10g}" if isinstance(value, float) else str(value)
    if row is not None and column.isdigit() and int(column) in row.values:
        behind = escape(words_behind(row, int(column)))
        return f"<td class='num' tabindex='0' data-words='{behind}'>{escape(words)}</td>"
    if column in ("情况", "结果", "类别") and words in pills:
        return f"<td><span class='pill p-{pills[words]}'>{escape(words)}</span></td>"
    if column in ("原文", "证据", "较早原文"):
        return f"<td class='quote'>{escape(words)}</td>"
    number = column in _STEPS or column.isdigit() or isinstance(value, float)
    return f"<td{' class=num' if number else ''}>{escape(words)}</td>"
