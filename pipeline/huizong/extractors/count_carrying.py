"""The objects of a sentence's counts: found in their clauses, dealt out from lists, carried over from the counts before."""

from __future__ import annotations

import re
from dataclasses import replace

from huizong.extractors.count_antecedents import placed
from huizong.extractors.count_candidates import Candidate
from huizong.extractors.count_dealt import BARE_SHARES, dealt_names
from huizong.extractors.count_joined import joined
from huizong.extractors.count_lists import outcomes_of, runs_of, turns_of
from huizong.extractors.count_neighbours import (
    countable,
    goes_on_to,
    gone_through,
    grown_as_whole,
    held_by_part,
    is_handed_to,
    is_of_each,
    is_of_those,
    is_some_of_them,
    kinds,
    later,
    opens_clause,
    outside_brackets,
    right_behind,
    shared_verb,
    sum_of,
    sums_up,
    told_part,
    without_steps,
)
from huizong.extractors.count_objects import ObjectFinder
from huizong.extractors.count_phrases import ASSIGNED, AVERAGES, STEPS, WORTH, Found
from huizong.extractors.count_ranks import only_ranks, with_thing
from huizong.extractors.count_reach import is_body
from huizong.extractors.count_relations import BODY, CONCRETE, HEADS, PEOPLE, PERSON
from huizong.extractors.count_totals import averaged, divided, of_age, other_side, part_of_owner, same_unit
from huizong.extractors.count_words import BUILT
from huizong.lexicon.units import counting_words, units
from huizong.records import Sentence

_ALL_TOLD = ("（计", "（共", "（共计", "（合计")
_VERDICTS = frozenset({"优秀", "良好", "合格", "基本合格", "不合格"})  # of bodies that were judged: 评出优秀12家
_SINCE_THEN = re.compile("(?:同比|同期|上年|去年)$")
_EACH_OF = re.compile(r"(?:每[个所家支间]?|各)$")
_OF_BODIES = frozenset({"家", "所", "户", "座"})
_OF_SO_MANY = re.compile("占[^，。；]{2,20}的[近约超]?$")
_SPENDING = frozenset({"执行", "支出", "使用", "支付", "花费", "完成", "列支", "用去", "结余"})
_GROWTH = frozenset({"增幅", "降幅", "涨幅", "跌幅", "增长幅度", "下降幅度"})
_HANDING = frozenset({"赠", "归还", "发给", "赠送", "赠予", "捐给", "送给", "返还", "退还", "借给", "配发", "转赠"})
_GONE = re.compile(r"[，；、](?:赴|到|前往)[^，。；、\d]{2,12}$|其中(?:赴|到)[一-龥]{2,4}(?<!就业)(?<!工作)(?<!学习)$")
_FUNDS = ("补贴", "补助", "资金", "经费", "奖金", "金", "款", "费", "津贴", "贷款")
_GROUNDS = frozenset({"绿化", "硬化", "亮化", "美化"})
_COMPARED = frozenset({"高于", "低于", "快于", "慢于", "高出", "低"})
_SHARE_TAKEN = re.compile(
    "[、，](占全[国省市区县球](?:总量|GDP|市场)?的?(?:比重|比例|份额))(?:(?:已|再|进一步|稳步)?(?:提[高升]|上升|下降|扩大|增加)到|达到?|为|约|超过?|稳定在|[由从](?:\\d[\\d.]*%(?:提[高升]|上升|下降|扩大|增加)[到至为])?)?$"
)


def resolve_objects(
    text: str,
    sentence: Sentence,
    group: list[Candidate],
    finder: ObjectFinder,
    previous: list[tuple[Candidate, Found]],
) -> list[tuple[Candidate, Found]]:
    """The object of every count of a sentence: found in its clause, dealt out from a list, or carried over."""
    facts, runs = list[tuple[Candidate, Found]](), runs_of(text, group)
    outcomes = outcomes_of(text, sentence.span.start, group)
    turns = turns_of(text, sentence.span.start, group)
    for i, candidate in enumerate(group):
        run = runs[i]
        if i in turns and facts[turns[i]][1].name:
            found = finder.find(candidate)
            facts.append((candidate, replace(found, name=facts[turns[i]][1].name, span=None, rule="dealt")))
            continue
        if run and run[0] == i:
            facts.extend(_deal(text, sentence, [group[k] for k in run], finder, facts, previous))
            continue
        if run:
            continue
        found = joined(text, group, i, finder)
        if i in outcomes and (found.name is None or found.rule == "verb" or outcomes[i].of(text).endswith(found.name)):
            found = replace(found, name=outcomes[i].of(text), span=outcomes[i], rule="outcome", follows=False)
            facts.append((candidate, found))
            continue
        found = _completed(text, candidate, found, finder, facts, previous)
        facts.append((candidate, placed(text, candidate, _of_kind(found, facts, finder), facts, previous)))
    return facts


def _of_kind(found: Found, facts: list[tuple[Candidate, Found]], finder: ObjectFinder) -> Found:
    """The kind of the things where their names were counted before: 新增护理、康复治疗专业2个，停招3个 (专业)."""
    name = found.name or ""
    if found.rule != "carried" or "、" not in name:
        return found
    for candidate, before in facts[::-1]:
        if before.name == name and before.span is not None:
            last = next((word for word in finder.words if word.end == before.span.end), None)
            listed = candidate.value == name.count("、") + 1
            named = listed and last is not None and last.tag[:1] == "n" and len(last.text) > 1
            return replace(found, name=last.text) if named and last is not None else found
    return found


def _completed(
    text: str,
    candidate: Candidate,
    found: Found,
    finder: ObjectFinder,
    facts: list[tuple[Candidate, Found]],
    previous: list[tuple[Candidate, Found]],
) -> Found:
    """`found` with its missing object taken from the clause or count before."""
    unit = candidate.unit
    facts = outside_brackets(text, candidate, without_steps(facts, finder))
    if WORTH & set(found.relation) and found.name is None and facts and units().is_money(unit):
        before, listed = facts[-1][1], len(facts) > 1 and text.startswith("、", facts[-2][0].end)
        told = shared_verb(text, facts, len(facts) - 1) or "折合金额"  # 捐赠车辆6台、电脑120台，折合人民币98万元
        return replace(found, name=told if listed else before.name, span=None, rule="inherited")
    same = same_unit(facts, unit) or same_unit(previous, unit)
    if only_ranks(text, candidate, found, facts):
        return with_thing(text, candidate, found, facts, same)
    age = of_age(text, candidate, facts) if found.name is None else ""
    if age:
        return replace(found, name=age, span=None, rule="inherited")
    whole = grown_as_whole(text, candidate, facts) if found.name is None else None
    if whole is not None:
        return replace(found, name=whole.name, span=None, rule="dealt")
    same_here = same_unit(facts, unit)
    if same_here is not None and same_here.name and is_of_those(text, candidate, found, same_here.name):
        return replace(found, name=same_here.name, span=None, rule="inherited")
    if same_here is not None and is_some_of_them(text, candidate, found):
        return replace(same_here, span=None, relation=(), rule="carried")
    deeds = counting_words().deeds
    if found.rule == "behind" and found.name in deeds and same_here is not None and (same_here.name or "") not in deeds:
        return replace(same_here, span=None, verb=found.name, relation=(), rule="carried")  # 12支参赛队有9支|获奖
    end = found.span.end if found.span is not None else candidate.start
    share = _SHARE_TAKEN.search(text, max(0, end - 24), end)
    if share is not None and facts and facts[-1][1].name and units().is_rate(unit):
        name = facts[-1][1].name.removesuffix(share[1]) + share[1]  # …4万亿元、占全省比重61.3%
        return replace(found, name=name, span=None, rule="inherited")
    if opens_clause(text, found) and found.name in BARE_SHARES and facts:  # 就业的1638人，比例为41.1%
        name = facts[-1][1].name or ""
        return replace(found, name=name + found.name, span=None, rule="inherited")
    if found.rule == "part" and found.span is not None and facts and facts[-1][1].rule == "behind":
        whole = facts[-1][1]  # 25个|验收要点的|80%
        if whole.span is not None and whole.span.start < found.span.start and whole.span.end == found.span.end:
            return replace(found, name=whole.name, span=whole.span, rule="inherited")
    each_body = (
        found.span is not None
        and BODY.search(found.name or "") is not None
        and _EACH_OF.search(text, max(0, found.span.start - 4), found.span.start) is not None
    )
    if each_body and found.rule == "noun" and same_here is not None and units().is_money(unit):
        return replace(
            found, name=same_here.name, span=None, rule="carried"
        )  # 经费突破1000万元，每个二级学院|不少于60万元
    beside = right_behind(text, candidate, found, finder, facts)
    if beside is not None:
        return beside
    if each_body and unit in HEADS:
        tail = finder.clause_tail(candidate)  # 配齐组织员，每个二级学院|至少1名
        if tail.name and PERSON.search(tail.name):
            return replace(tail, relation=found.relation, rule="inherited")
    goes_on = bool(facts) and {facts[-1][0].unit, unit} <= PEOPLE  # no other number between
    if found.rule == "won" and goes_on and same_here is not None and PERSON.search(same_here.name or ""):
        return replace(same_here, span=None, verb=found.verb, relation=(), rule="carried")  # 辅导员63人，1人获奖
    body = unit in HEADS and found.rule == "noun" and not PERSON.search(found.name or "")
    if body and same_here is not None and is_of_each(text, candidate, same_here):
        return replace(same_here, span=None, relation=(), rule="carried")  # 学生132人，甲厂、乙厂各|66人
    if unit in HEADS and found.rule == "noun" and _GONE.search(text, max(0, candidate.start - 20), candidate.start):
        who = next((f for c, f in facts[::-1] if c.unit in PEOPLE and PERSON.search(f.name or "")), None)
        if who is not None and PERSON.search(found.name or "") is None:
            return replace(who, span=None, relation=(), rule="carried")  # 教师参加国培118人次，赴企业顶岗96人
    to_whom = found.rule == "noun" and found.verb in _HANDING and unit.lstrip("万") in CONCRETE
    if to_whom and same is not None and (PERSON.search(found.name or "") or BODY.search(found.name or "")):
        return replace(same, span=None, verb=found.verb, relation=(), rule="carried")  # 没收手机109部，归还|家长102部
    if found.name in _GROWTH and found.rule == "noun" and facts and facts[-1][1].name:  # 15项增加到24项，增幅60%
        moved = "下降" if (found.name or "")[0] in "降跌下" else "增长"
        return replace(found, name=facts[-1][1].name, span=None, relation=(moved,), rule="inherited")
    named = other_side(text, found, facts)
    if named:
        return replace(found, name=named, span=None, rule="inherited")
    if found.name in AVERAGES and facts:  # 设备值达到1.4亿元，生均1.2万元
        return replace(found, name=averaged(found.name, divided(unit, facts, facts[-1][1])), span=None, rule="carried")
    owned = part_of_owner(text, candidate, found, finder, facts, previous)
    if owned is not None:
        return owned
    if found.rule == "part" and found.name in ASSIGNED and units().is_rate(unit) and facts:
        return replace(facts[-1][1], span=None, relation=(), rule="carried")  # 参军62人，为|任务的103%
    if found.is_fulfilled:
        return found
    if found.rule in {"part", "partial"} and found.name:
        return told_part(candidate, found, same)
    if found.name:
        return _named(text, candidate, found, found.name, same, finder, facts)
    total = sum_of(candidate, found, facts)
    if total and not found.follows:  # 省上奖励5项，市上奖励7项，共12项
        return replace(found, name=total, span=None, rule="inherited")
    if facts and text.endswith(_ALL_TOLD, 0, candidate.start) and unit in PEOPLE:
        return replace(found, name=facts[-1][1].name, span=None, rule="inherited")  # 贫困户85户（计214人）
    if sums_up(text, candidate, facts) and not found.follows:  # 茶叶600斤、大米2万斤，合计36.8万元
        return replace(found, name="合计", span=None, rule="carried")
    if found.follows and facts:
        if len(facts) > 1 and _OF_SO_MANY.search(text, facts[-2][0].end, candidate.start):
            facts = facts[:-1]  # 发展党员46人，占三个支部的|六成
        other = units().is_rate(facts[-1][0].unit) and not units().is_rate(unit)  # 上线率61.3%，比去年多了88人
        return replace(found, name=(countable(facts) if other else facts[-1][1]).name, rule="carried")
    lexicon = counting_words()
    grows = found.follows or any(
        word in lexicon.increase or word in lexicon.decrease or word == "占" for word in found.relation
    )
    grows |= found.verb in _COMPARED and units().is_rate(unit)  # 增长6.2%、高于|全国平均0.3个百分点
    if facts and goes_on_to(text, candidate, found, facts[-1]):
        return replace(found, name=facts[-1][1].name, span=None, rule="carried")  # 有机质增长6.1%、达到27克/千克
    subject, tail = finder.clause_subject(candidate), finder.clause_tail(candidate)
    order = (subject, tail) if grows else (tail, subject)
    these = facts[-1][1] if facts and facts[-1][1].rule == "behind" else None
    if these is not None and these.span and subject.span and subject.span.start == these.span.start:
        subject = replace(these, rule="subject", verb="")  # 3120名毕业生|落实去向，占九成
        order = (subject, tail) if grows else (tail, subject)
    nearer = next((f for f in order if f.name and f.name not in STEPS and (not facts or later(f, facts[-1][0]))), None)
    if unit in {"倍", "番"} and facts:  # 接待人数607万人次，是2010年的2.4倍
        return replace(found, name=countable(facts).name, rule="carried")
    if facts and (
        nearer is None or (grows and nearer is not subject) or (same_unit(facts, unit) is not None and not grows)
    ):
        last = facts[-1][1] if grows else same_unit(facts, unit) or countable(facts)
        held = held_by_part(text, facts[-1]) if "占" in found.relation else ""
        if grows and unit == "天" and last.name and last.name.endswith("天数比例"):
            return replace(found, name=last.name.removesuffix("比例"), rule="inherited")  # 优良天数比例77%，增加13天
        if held:  # 其中具有博士学位的27人，占4.4%
            return replace(found, name=held, span=None, rule="inherited")
        each = next((word for word in found.relation if word in AVERAGES), "")
        if each and last.name:  # 资助学生120人，人均2000元; 时长9360天，人均60天
            return replace(found, name=averaged(each, divided(unit, facts, last)), rule="carried")
        return replace(found, name=last.name, rule="carried")
    if nearer is not None:
        return replace(nearer, relation=found.relation)
    if same is not None or (previous and found.relation):
        return replace(found, name=(same or previous[-1][1]).name, rule="carried")
    return found


def _named(
    text: str,
    candidate: Candidate,
    found: Found,
    name: str,
    same: Found | None,
    finder: ObjectFinder,
    facts: list[tuple[Candidate, Found]],
) -> Found:
    """`found`, whose clause names something, or the thing of the clause before where it names a mere deed."""
    unit, lexicon = candidate.unit, counting_words()
    if units().is_money(unit) and is_handed_to(text, found, facts):
        tail = finder.clause_tail(facts[-1][0])  # 落实求职补贴，为186名困难毕业生发放27.9万元
        if tail.name and tail.name.endswith(_FUNDS):
            return replace(tail, relation=found.relation)
        return replace(found, name=found.relation[0] if found.relation else name[-2:], span=None, rule="verb")
    if (
        found.rule == "verb"
        and name in {"增收", "减收"}
        and facts
        and _SINCE_THEN.search(text, 0, found.span.start if found.span else 0)
    ):
        return replace(facts[-1][1], span=None, verb=name, rule="carried")  # 财政收入6.2亿元，较上年|增收1.4亿元
    if found.rule == "verb" and name in {"相差", "相距"} and facts:  # 只有38人，与要求的15%相差8.8个百分点
        return replace(facts[-1][1], span=None, verb=name, rule="carried")
    if found.rule == "verb" and len(name) == 1 and (same is not None or facts):
        thing = same or countable(facts)  # 今年用了71.3万元; 采了3.6万斤，卖了21万元
        return replace(found, name=thing.name, span=None, verb=name, rule="carried")
    through = gone_through(text, found) if unit in HEADS and PERSON.search(name) is None else found
    if through is not found:
        return through
    if name in _VERDICTS:
        return found
    if unit in _OF_BODIES and same is not None and is_body(same.name or "") and finder.only_tells(found):
        return replace(same, span=None, verb=name, relation=(), rule="carried")  # 民办园8所，规范治理|7所
    if found.rule != "verb" or (unit in HEADS and PERSON.search(name)):  # 发展党员36名
        return found
    if name in _GROUNDS and opens_clause(text, found):
        return found  # 平整场地9569平方米，绿化|2000平方米
    spent = name in _SPENDING and facts and units().is_money(unit) and units().is_money(facts[-1][0].unit)
    if spent and (facts[-1][1].name or "").endswith(_FUNDS) and "，" not in text[facts[-1][0].end : candidate.start]:
        return replace(facts[-1][1], span=None, verb=name, rule="carried")  # 520万元专项经费到年底实际|执行475万元
    deed = unit.lstrip("万") in {"人", "名", "人次"} and name in lexicon.deeds
    amount = units().is_money(unit) or units().is_rate(unit)
    if same is not None and not (amount or deed or kinds(text, candidate, found)):
        return replace(found, name=same.name, span=None, verb=name, rule="carried")
    tail = finder.clause_tail(candidate)
    opens = (name in lexicon.organising or BUILT.fullmatch(name)) and tail.name is not None
    if opens and (not facts or later(tail, facts[-1][0])):
        return replace(tail, verb=name, relation=found.relation)
    return found


def _deal(
    text: str,
    sentence: Sentence,
    run: list[Candidate],
    finder: ObjectFinder,
    facts: list[tuple[Candidate, Found]],
    previous: list[tuple[Candidate, Found]],
) -> list[tuple[Candidate, Found]]:
    """Deals the members of the list before a run of numbers out to them in order; all get the one object when it is no list."""
    first = finder.find(run[0])
    floor = facts[-1][0].end if facts else sentence.span.start
    names = dealt_names(text, floor, run, first, outside_brackets(text, run[0], facts))
    if names is None:
        shared = _completed(text, run[0], first, finder, facts, previous)
        return [(candidate, shared) for candidate in run]
    return [
        (candidate, replace(first, name=name, span=None, rule="dealt"))
        for candidate, name in zip(run, names, strict=True)
    ]
