"""Units, classifiers and the words around quantities, read from `units.toml` and `counting.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from huizong import lexicon
from huizong.lexicon.verbs import verb_classes


@dataclass(frozen=True, slots=True)
class Units:
    """Patterns for what may follow a numeral. Match each at the numeral's end."""

    after_digits: re.Pattern[str]
    after_chinese: re.Pattern[str]
    money: re.Pattern[str]
    measures: frozenset[str]
    rates: frozenset[str]
    fixed: re.Pattern[str]
    composed: re.Pattern[str]

    def match(self, text: str, at: int, *, chinese: bool) -> re.Match[str] | None:
        """The unit that stands at `at` of `text`, a blank before it allowed; `unit` is its group."""
        return (self.after_chinese if chinese else self.after_digits).match(text, at)

    def is_money(self, unit: str) -> bool:
        """Whether the printed unit (万元, 亿美元, 元/生) is money."""
        return self.money.fullmatch(unit.lstrip("万亿")) is not None

    def is_measure(self, unit: str) -> bool:
        """Whether the printed unit is a physical measure (万平方米, 公里)."""
        return unit.lstrip("万亿") in self.measures

    def is_thing(self, unit: str) -> bool:
        """Whether the printed unit counts things one by one (个, 名, 万册), not an amount, a share or a time."""
        amount = self.is_money(unit) or self.is_measure(unit) or self.is_rate(unit)
        return not amount and unit.lstrip("万亿") not in {
            "",
            "倍",
            "成",
            "番",
            "分",
            "次",
            "人次",
            "天",
            "小时",
            "学时",
            "课时",
            "学分",
            "岁",
        }

    def is_rate(self, unit: str) -> bool:
        """Whether the printed unit is %, ‰, 个百分点."""
        return unit in self.rates


@dataclass(frozen=True, slots=True)
class CountingWords:
    """What stands around a quantity; see the comments of `counting.toml`."""

    strong: frozenset[str]
    transitive: frozenset[str]  # with those of verbs.txt that always govern
    nominal: frozenset[str]
    governing: frozenset[str]  # strong verbs that are no names
    verbs: frozenset[str]  # strong, transitive, predicates, as counting.toml has them
    organising: frozenset[str]
    level: frozenset[str]
    increase: frozenset[str]
    decrease: frozenset[str]
    link: frozenset[str]
    money: frozenset[str]
    new: frozenset[str]
    measure: tuple[str, ...]
    quantity: tuple[str, ...]
    openers: frozenset[str]
    function: frozenset[str]
    predicates: frozenset[str]
    not_first: frozenset[str]
    hanging: frozenset[str]
    bare: frozenset[str]
    deed_phrases: frozenset[str]
    reaching: frozenset[str]
    then: frozenset[str]
    former: frozenset[str]
    trailing: frozenset[str]
    suffixes: frozenset[str]
    results: frozenset[str]
    deeds: frozenset[str]
    undergone: frozenset[str]
    compounds: re.Pattern[str]
    moved: re.Pattern[str]
    opening_verb: re.Pattern[str]
    opening: frozenset[str]
    target: re.Pattern[str]


def alternatives(words: Iterable[str]) -> str:
    """A regular expression for any of `words`, the longest first."""
    return "|".join(re.escape(word) for word in sorted(set(words), key=lambda word: (-len(word), word)))


@cache
def units() -> Units:
    """The packaged units."""
    data = tomllib.loads(lexicon.read_text("units.toml"))
    not_before: dict[str, list[str]] = data["not_before"]

    def guarded(words: Iterable[str]) -> str:
        parts = []
        for word in sorted(set(words), key=lambda word: (-len(word), word)):
            stop = not_before.get(word, [])
            parts.append(re.escape(word) + (f"(?!{'|'.join(stop)})" if stop else ""))
        return "|".join(parts)

    classifiers = data["classifiers"]
    measures = [word for group in data["measures"].values() for word in group]
    money = f"(?:{guarded(data['money']['units'])})(?:/(?:{alternatives(data['money']['per'])}))?"
    rates: list[str] = data["rates"]["units"]
    each = f"(?:/(?:{alternatives(data['money']['per'])}))?"
    paired = each + r"(?:[（(][次套件人个台份只项面本张幅部册辆组座]{1,2}[）)])?"  # 22篇（次）, 63台（套）
    common = f"{money}|{guarded([*measures, *rates, *classifiers['any']])}"
    everything = f"{money}|{guarded([*measures, *rates, *classifiers['any'], *classifiers['digits']])}"
    return Units(
        after_digits=re.compile(rf"[ \u3000]?(?P<unit>(?:{everything}){paired})"),
        after_chinese=re.compile(rf"[ \u3000]?(?P<unit>(?:{common}){paired})"),
        money=re.compile(money),
        measures=frozenset(measures),
        rates=frozenset([*rates, "％"]),
        fixed=re.compile(alternatives(data["fixed"]["words"])),
        composed=re.compile(f"(?:{alternatives(data['fixed']['composed'])})$"),
    )


def _opening_verb(verbs: dict[str, list[str]], objects: dict[str, list[str]]) -> re.Pattern[str]:
    """The verb that opens a clause, the last of several (新建、改造, 新建改造提升)."""
    strong = alternatives(verb for verb in verbs["strong"] if len(verb) > 1)
    opening = alternatives(verbs["opening"])
    nouns = {*objects["quantity"], *objects["measure"], *verbs["opening_nouns"]} - {"标准"}
    noun = alternatives(nouns) + "|标准(?!化)"
    return re.compile(
        "(?:^|(?<=[，、；：。])|(?<=[一-龥]累计))(?:全年|五年|三年|今年|共|已|再|还|又|将|继续|累计|年内|其中|并|计划|拟|力争){0,2}"
        f"(?:(?:{strong}|{opening})[和及]?(?={opening}))*"
        f"(?P<verb>(?:{opening})(?!{opening}|{noun})|(?:{strong})(?![率度值额数量比]))"
    )


def _always_governing(data: dict[str, dict[str, list[str]]]) -> frozenset[str]:
    """The verbs that always govern the noun behind them and that `counting.toml` says nothing else of."""
    listed = {word for room in data.values() for words in room.values() for word in words}
    return frozenset(verb for verb, kind in verb_classes().items() if kind == "0t" and len(verb) > 1) - listed


@cache
def counting_words() -> CountingWords:
    """The packaged words around quantities."""
    data = tomllib.loads(lexicon.read_text("counting.toml"))
    verbs, objects, words, status = data["verbs"], data["objects"], data["words"], data["status"]
    return CountingWords(
        strong=frozenset(verbs["strong"]),
        transitive=frozenset(verbs["transitive"]) | _always_governing(data),
        nominal=frozenset(verbs["nominal"]),
        governing=frozenset(verbs["strong"]) - frozenset(verbs["nominal"]),
        verbs=frozenset((*verbs["strong"], *verbs["transitive"], *words["predicates"])),
        organising=frozenset(verbs["organising"]),
        level=frozenset(verbs["level"]),
        increase=frozenset(verbs["increase"]),
        decrease=frozenset(verbs["decrease"]),
        link=frozenset(verbs["link"]),
        money=frozenset(verbs["money"]),
        new=frozenset(verbs["new"]),
        measure=tuple(objects["measure"]),
        quantity=tuple(objects["quantity"]),
        openers=frozenset(objects["openers"]),
        function=frozenset(words["function"]),
        predicates=frozenset(words["predicates"]),
        not_first=frozenset(words["not_first"]),
        hanging=frozenset(words["hanging"]),
        bare=frozenset(words["bare"]),
        deed_phrases=frozenset(words["deed_phrases"]),
        reaching=frozenset(words["reaching"]),
        then=frozenset(words["then"]),
        former=frozenset(words["former"]),
        trailing=frozenset(words["trailing"]),
        suffixes=frozenset(words["suffixes"]),
        results=frozenset(words["results"]),
        deeds=frozenset(words["deeds"]),
        undergone=frozenset(words["undergone"]),
        moved=re.compile(f"[猛激骤陡锐]?(?:{alternatives(words['moves'])})(?:到|至|在|为)"),
        opening_verb=_opening_verb(verbs, objects),
        opening=frozenset(verbs["opening"]),
        compounds=re.compile(alternatives(words["compounds"])),
        target=re.compile(alternatives(status["target"])),
    )
