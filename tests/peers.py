"""Suites of other tools for Chinese numbers, read with ours: `python tests/peers.py` prints the figures, `-v` every miss.

The suites lie beside the repository (`../shared/peers`, JSON lines of `text` and `expected`), not in it. Texts are folded as
those of a report are (full-width digits, blanks between Chinese characters), with the offsets of what is expected.

What is left out is named in `LEFT_OUT` with how many of the expected numbers it takes away; a test holds the counts. Everything
else is scored, also where a suite is of another mind: such numbers are misses.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from huizong.cleaning.characters import folded
from huizong.extractors.count_candidates import find_candidates
from huizong.extractors.number_context import fixed_spans
from huizong.lexicon.units import units
from huizong.numerals import Form, Numeral, find_numerals, scale_factor

PEERS = Path(__file__).resolve().parents[2] / "shared" / "peers"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """One expected number; offsets into the folded text. `core_start..core_end` is the number without its unit."""

    start: int
    end: int
    core_start: int
    core_end: int
    surface: str
    kind: str
    value: object
    unit: str | None

    @property
    def number(self) -> float | None:
        """The value when it is a number."""
        return float(self.value) if isinstance(self.value, int | float) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One text of a suite."""

    text: str
    wanted: tuple[Wanted, ...]


@dataclass(slots=True, kw_only=True)
class Score:
    """How often we agree. `shares` gives the figures by name, `misses` the numbers that do not agree."""

    shares: dict[str, float] = field(default_factory=dict)
    left_out: Counter[str] = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list)
    total: int = 0


# Why a number is no reading of a report, by suite: how many there are, and the pattern of "kind surface" that takes them out.
# Dates are left out of the scores and measured by themselves (`dates`): no count may lie in one.
LEFT_OUT: dict[str, dict[str, tuple[int, str]]] = {
    "gwr_before_2016": {
        "dates and years are no quantities": (95, r"^date"),
        "plain numbers without a unit, 万 or 亿: years and numbers in names": (21, r"^number [^万亿]*$"),
    },
    "ud_gsdsimp_dev": {"dates and years are no quantities": (150, r"^date")},
    "msrt_number": {
        "notation of programs and of k, M (2^5, 2e5, 40k, .5)": (
            26,
            r"\^|\de[-+－]?\d|\d ?[kKM](?:$|[个個])|(?<!\d)\.\d",
        ),
        "dozens (五十打): 打 is the unit, not multiplied out": (5, r"打$"),
        "discounts (九折, 对折): prices of shops": (28, r"折$"),
        "兆: a million million there, a million in these reports": (5, r"兆"),
        "a Chinese comma between digits (４，５６５): it parts two numbers": (6, r"\d，\d"),
        "typeset mixed fractions (1 4/3)": (4, r"\d \d+[/／]\d"),
        "conditions of a query (大于20且小于35, 比三十大, 两者之间)": (
            24,
            r"^range .*(?:比|[间下低]$|更多$|等于|最多.*最少|[大少小]于.*[大少小]于|以上.*以下)",
        ),
    },
    "msrt_number_with_unit": {
        "units without a number (人民币)": (6, r" (?:人民币|美元|摄氏度|°C)$"),
        "one amount in two units (五元三毛): two numbers as printed": (
            4,
            r"[元円币] ?又?[\d一二三五]+(?:角|毛|美分|日本)",
        ),
        "兆: a million million there, a million in these reports": (1, r"兆九"),
    },
    "cn2an_tests": {"one amount in two units (五元三毛): two numbers as printed": (4, r"[元圆].角")},
    "wetext_itn_zh": {
        "dates and times are no quantities": (43, r"^(?:date|time)|[年月]|[点时].*分|点半|百分号"),
        "telephone and card numbers, digit by digit": (13, r"幺|[零一二三四五六七八九]{9,}"),
        "sums written out (一加二)": (4, r"加|等于"),
    },
}


def rows(suite: str) -> Iterator[Row]:
    """The rows of a suite, folded."""
    for line in (PEERS / f"{suite}.jsonl").read_text(encoding="utf-8").splitlines():
        raw = json.loads(line)
        text = folded(raw["text"])
        places = _places(raw["text"], text)
        wanted = []
        for item in raw["expected"]:
            start, end = places[item["start"]], places[item["end"]]
            core = places[item.get("num_start", item["start"])], places[item.get("num_end", item["end"])]
            wanted.append(
                Wanted(
                    start=start,
                    end=end,
                    core_start=core[0],
                    core_end=core[1],
                    surface=text[start:end].strip(),
                    kind=item["kind"],
                    value=item["value"],
                    unit=folded(item["unit"]) if item["unit"] else None,
                )
            )
        yield Row(text=text, wanted=tuple(wanted))


def _places(raw: str, text: str) -> list[int]:
    """Where each offset of the raw text lies in the folded one."""
    places, at = [], 0
    for character in raw:
        places.append(at)
        if at < len(text) and (not character.isspace() or text[at] == " "):
            at += 1
    return [*places, at]


def left_out(suite: str, wanted: Wanted) -> str | None:
    """The reason for which the number is not scored."""
    for reason, (_, pattern) in LEFT_OUT.get(suite, {}).items():
        if re.search(pattern, f"{wanted.kind} {wanted.surface}"):
            return reason
    return None


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
