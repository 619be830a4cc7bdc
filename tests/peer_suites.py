"""The suites of other tools for Chinese numbers: their texts, folded as those of a report are, and what is left out.

They lie beside the repository (`../shared/peers`, JSON lines of `text` and `expected`), not in it. What is left out is named in
`LEFT_OUT` with how many of the expected numbers it takes away; a test holds the counts. Everything else is scored, also where a
suite is of another mind: such numbers are misses.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from huizong.cleaning.characters import folded

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
