"""Suites of other tools for Chinese numbers, read with ours: `python tests/peers.py [SUITE …]` prints figures, `-v` every miss.

A number of a suite is matched with a numeral or a count of ours that lies on it, and its value compared with 万 and 亿 multiplied
out. The share of a suite that gives every share in per cent is compared in per cent (九成 is 90, 千分之一 is 0.1).
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from huizong.extractors.count_candidates import find_candidates
from huizong.extractors.number_context import fixed_spans
from huizong.lexicon.units import units
from huizong.numerals import Form, Numeral, find_numerals, scale_factor
from peer_suites import Row, Wanted, left_out, rows


@dataclass(slots=True, kw_only=True)
class Score:
    """How often we agree. `shares` gives the figures by name, `misses` the numbers that do not agree."""

    shares: dict[str, float] = field(default_factory=dict)
    left_out: Counter[str] = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list)
    total: int = 0


def _same(ours: float | None, theirs: float | None) -> bool:
    return ours is not None and theirs is not None and abs(ours - theirs) <= 1e-6 * max(1e-3, abs(theirs))


def government_reports() -> Score:
    """Numbers of government reports whose values the English version confirms, looked for among the counts of a text.

    `number`: a count lies there; `unit`: of those that have a unit there, it has it, too; `value`: of the found, how many with 万 and 亿
    multiplied out have the value.
    """
    from huizong.analyze import find_counts

    score, tally = Score(), Counter[str]()
    for row in rows("gwr_before_2016"):
        counts = find_counts(row.text)
        for wanted in row.wanted:
            reason = left_out("gwr_before_2016", wanted)
            if reason is not None:
                score.left_out[reason] += 1
                continue
            tally["all"] += 1
            here = next((c for c in counts if c.span.start < wanted.core_end and wanted.core_start < c.span.end), None)
            if here is None:
                score.misses.append(f"no count  {wanted.surface}  {row.text}")
                continue
            tally["found"] += 1
            scale = re.match("[万亿]*", here.unit)
            printed = scale.group() if scale else ""
            ends = [end * scale_factor(printed) for end in (here.value, here.high) if end is not None]
            right = any(_same(end, wanted.number) for end in ends)
            unit = wanted.unit is None or here.unit.removeprefix(printed) == wanted.unit
            tally["value"] += right
            tally["unit"] += unit
            if not (right and unit):
                score.misses.append(f"{here.quote} {here.value} {here.unit}  {wanted.surface}  {row.text}")
    score.total = tally["all"]
    score.shares = {
        "number": tally["found"] / tally["all"],
        "unit": tally["unit"] / tally["all"],
        "value": tally["value"] / tally["found"],
    }
    return score


def cores(text: str) -> dict[tuple[int, int], Numeral]:
    """The numbers of a text by where they stand, without 第, %, and units; a range is two.

    Words whose numeral is no number (一流) are not among them: the list is the one that the extractor of counts goes by.
    """
    out: dict[tuple[int, int], Numeral] = {}
    fixed = fixed_spans(text)
    for numeral in find_numerals(text):
        start, end = numeral.core, numeral.end
        if numeral.chinese and any(a <= start and end <= b and b - a > end - start for a, b in fixed):
            continue
        joined = re.search(r"[-－—–~～至到]", text[start:end]) if numeral.high is not None else None
        spans = [(start, end)] if joined is None else [(start, start + joined.start()), (start + joined.end(), end)]
        for span in spans:
            out[core_of(text, *span)] = numeral
    return out


def core_of(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without what the suite prints around a number or what we do: 第, %, 以上, blanks."""
    bare = re.compile(r"第?[ ]*(?P<core>.*?)[ ]*(?:[%％折几]|[及或]?以[上下内]|左右)?", re.DOTALL).fullmatch(
        text, start, end
    )
    return bare.span("core") if bare else (start, end)


def treebank() -> Score:
    """Numbers of a treebank of encyclopaedic prose, all of them marked: precision, recall and F1 of their exact places."""
    score, tally = Score(), Counter[str]()
    for row in rows("ud_gsdsimp_dev"):
        dates = [(w.start, w.end) for w in row.wanted if w.kind.startswith("date")]
        score.left_out["dates and years are no quantities"] += len(dates)
        wanted = {core_of(row.text, w.core_start, w.core_end): w for w in row.wanted if not w.kind.startswith("date")}
        ours = {
            span: n for span, n in cores(row.text).items() if not any(a < span[1] and span[0] < b for a, b in dates)
        }
        tally["wanted"] += len(wanted)
        tally["ours"] += len(ours)
        for span, their in wanted.items():
            if span not in ours:
                score.misses.append(f"missed  {row.text[slice(*span)]}  {row.text}")
                continue
            tally["both"] += 1
            right = their.number is None or any(
                _same(end, their.number) for end in (ours[span].amount, high_amount(ours[span]))
            )
            tally["value"] += right
            if not right:
                score.misses.append(f"{ours[span].amount} for {their.value}  {row.text}")
        score.misses += [f"too many  {row.text[slice(*span)]}  {row.text}" for span in ours if span not in wanted]
    precision, recall = tally["both"] / tally["ours"], tally["both"] / tally["wanted"]
    score.total = tally["wanted"]
    score.shares = {
        "precision": precision,
        "recall": recall,
        "f1": 2 * precision * recall / (precision + recall),
        "value": tally["value"] / tally["both"],
    }
    return score


def high_amount(numeral: Numeral) -> float | None:
    """The upper end of a range, multiplied out."""
    return None if numeral.high is None else numeral.high * scale_factor(numeral.scale)


def numbers(suite: str) -> Score:
    """How many of the expected numbers a numeral of ours stands for, the value multiplied out."""
    return _scored(suite, (_judged(row, wanted, _agrees) for row in rows(suite) for wanted in row.wanted))


def _agrees(text: str, numeral: Numeral, wanted: Wanted) -> bool:
    if isinstance(wanted.value, str):
        if wanted.value[:1] in "[(":
            return _same_bounds(numeral, wanted.value)
        return _written(wanted.value) == (numeral.amount, high_amount(numeral))
    return any(_same(value, wanted.number) for value in _readings(text, numeral, wanted.kind))


def _written(value: str) -> tuple[float | None, float | None]:
    """A value that a suite writes out: 012, 8%, 1/2, ¥13.5, 300~500."""
    ends = [_amount(end) for end in re.split("[~～]", re.sub(r"[^\d./~～万-]", "", value))]
    return (ends[0], ends[1]) if len(ends) == 2 else (ends[0], None)


def _amount(written: str) -> float | None:
    found = re.fullmatch(r"(-?\d+(?:\.\d+)?)(?:/(\d+))?(万?)", written)
    return float(found[1]) / float(found[2] or 1) * scale_factor(found[3]) if found else None


def _readings(text: str, numeral: Numeral, kind: str) -> Iterable[float]:
    """The amount, and in per cent for the suite that gives every share so (九成 90, 千分之一 0.1, 一半 50)."""
    yield numeral.amount
    if kind == "percent" and numeral.form is Form.FRACTION:
        yield numeral.value * 100
    if kind == "percent" and (tenths := next((c for c in find_candidates(text) if c.number == numeral.core), None)):
        yield tenths.value * {"成": 10, "‰": 0.1}.get(tenths.unit, 1)


def _same_bounds(numeral: Numeral, notation: str) -> bool:
    """Whether the bounds are those of [20,100); the suite opens every upper end of a-b and takes 多, 余 for any amount above."""
    low, high = (float(end) if end else None for end in notation[1:-1].split(","))
    bounds = numeral.amounts
    lower = bounds.lower == low or (numeral.inside != "" and _same(numeral.amount, low))
    return lower and (bounds.upper == high or numeral.inside != "")


def with_units() -> Score:
    """How many of the expected amounts have number and unit right, whether or not a report would count them (年龄, 气温)."""
    suite = "msrt_number_with_unit"
    return _scored(suite, (_judged(row, wanted, _measures) for row in rows(suite) for wanted in row.wanted))


def _measures(text: str, numeral: Numeral, wanted: Wanted) -> bool:
    counted = next((c for c in find_candidates(text) if c.number == numeral.core), None)
    unit = units().match(text, numeral.end, chinese=False)
    end = counted.unit_end if counted else unit.end() if unit else -1
    value = counted.value * scale_factor("".join(re.findall("^[万亿]+", counted.unit))) if counted else numeral.amount
    thousands = 1000 if re.search("千(?:比特|字节)$", wanted.surface) else 1  # 三千比特 are 3 kilobits there
    tail = text[end : wanted.end] if wanted.surface else ""
    return _same(value, (wanted.number or 0) * thousands) and end > 0 and tail in {"", "大"} and end <= wanted.end


def dates() -> Score:
    """How many dates and times of all suites hold no count; times that last (三个月) are none of them."""
    score, clear = Score(), 0
    for suite in ("msrt_datetime", "gwr_before_2016", "ud_gsdsimp_dev", "wetext_itn_zh"):
        for row in rows(suite):
            counts = [(c.start, c.end) for c in find_candidates(row.text)]
            for wanted in row.wanted:
                if not wanted.kind.startswith(("date", "time", "set")):
                    continue
                score.total += 1
                inside = [row.text[a:b] for a, b in counts if a < wanted.end and wanted.start < b]
                clear += not inside
                score.misses += [f"{wanted.kind} {wanted.surface}: {words}" for words in inside]
    score.shares = {"clear": clear / score.total}
    return score


def _judged(
    row: Row, wanted: Wanted, agrees: Callable[[str, Numeral, Wanted], bool]
) -> tuple[Row, Wanted, bool, list[str]]:
    here = [n for n in find_numerals(row.text) if n.core < wanted.end and wanted.start < n.end]
    read = [f"{row.text[n.start : n.end]} {n.amount:g}" for n in here]
    return row, wanted, any(agrees(row.text, n, wanted) for n in here), read


def _scored(suite: str, judged: Iterable[tuple[Row, Wanted, bool, list[str]]]) -> Score:
    score, hits, everything, agreed = Score(), 0, 0, 0
    for row, wanted, right, read in judged:
        everything += 1
        agreed += right
        reason = left_out(suite, wanted)
        if reason is not None:
            score.left_out[reason] += 1
            continue
        score.total += 1
        hits += right
        if not right:
            score.misses.append(f"{wanted.kind} {wanted.surface} = {wanted.value}, read {read}  {row.text[:60]}")
    score.shares = {"value": hits / score.total, "of all": agreed / everything}
    return score


MEASURES: dict[str, Callable[[], Score]] = {
    "gwr_before_2016": government_reports,
    "ud_gsdsimp_dev": treebank,
    "msrt_number": lambda: numbers("msrt_number"),
    "msrt_number_with_unit": with_units,
    "cn2an_tests": lambda: numbers("cn2an_tests"),
    "wetext_itn_zh": lambda: numbers("wetext_itn_zh"),
    "paddlespeech_tn_zh": lambda: numbers("paddlespeech_tn_zh"),
    "dates": dates,
}


def main() -> None:
    """Prints the figures of all suites, or of those named."""
    named = [name for name in sys.argv[1:] if name in MEASURES]
    for suite in named or MEASURES:
        score = MEASURES[suite]()
        lines = [f"{suite} {score.total} " + " ".join(f"{name} {share:.4f}" for name, share in score.shares.items())]
        lines += [f"  left out {count}: {reason}" for reason, count in score.left_out.items()]
        lines += [f"    {miss}" for miss in score.misses] if "-v" in sys.argv else []
        sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
