"""What keeps the rules' name for what a number counts against a likelier one: one that names nothing, or something else to a reader."""

from __future__ import annotations

import re

from huizong.extractors.count_names import NO_THING
from huizong.extractors.count_parts import STANDARD
from huizong.extractors.count_phrases import ASSIGNED, AVERAGES, WORTH
from huizong.extractors.count_reach import STANDING
from huizong.extractors.count_relations import BODY, HEADS, PEOPLE, PERSON
from huizong.extractors.count_spans import GRADE
from huizong.extractors.object_proposals import Question
from huizong.extractors.object_words import Phrase
from huizong.lexicon.units import counting_words, units

_MOVING = ("到", "至", "为", "达", "于", "共有", "现有", "已有")
_SUMS = ("合计", "总计", "总共", "共计")
_SETS = ("区", "带", "城市", "方案", "数据集", "清单")
_THINGS = frozenset({"个", "家", "所", "座", "条"})  # no deed is counted in them: 支持|6个县
_MATTERS = frozenset({"件", "起", "宗", "条"})
_FORESEEN = frozenset({"预计", "预期", "约"})
_FROM = frozenset({"由", "从"})
_HOW = frozenset({"重点", "集中", "统一", "全面", "新开工"})  # 两批|集中|开工80个项目
_OPENING_MARKS = frozenset("，、；：。\n")
_LEAST_TOLD = 4  # characters of a name that says by itself what is measured
_STEPS = ("台阶", "关口", "大关")
_FACING = frozenset({"城镇", "城市", "农村", "省内", "省外", "国内", "国外", "校内", "校外"})
_SIDES = frozenset({"收入", "支出"})
_POLICIES = ("政策", "工程", "项目", "措施", "举措", "实事", "方案", "办法")
_NO_NAMES: tuple[str, ...] = ("正按", "按计划", "按规定", "按要求", "每", "无一", "没有一", "人人", "上述", "已于")
_NO_NAMES += ("因病", "因疫情", "因故", "折合", "折价", "可比", "面对", "超年初", "超额")
_PLACES = ("国家", "省", "市", "县", "区", "乡", "镇", "村")
_PER_HEAD = tuple(sorted(AVERAGES))  # 校级领导|人均25节
_FULFILLING = frozenset({"完成", "实现", "累计完成", "推进", "启动"})  # 完成|投资, 启动|二期工程
_GRANTING = frozenset({"授权", "获批", "获评", "荣获", "获得"})
_RANKS = ("国家级", "省级", "市级", "县级", "区级", "校级", "院级")
_TELLING = re.compile(
    r"流失|延期|妨碍|占|违反|退学|休学|辍学|离职|辞职|违规|违纪|违法|不合格|不达标|未达标|未完成|未[一-龥]{2}|不(?!久)[一-龥]{2}|受(?:表彰|处分|资助|奖励|助)|被[一-龥]{2}|缺口|缺"
)
_LACKING = re.compile("[尚仍还只]?(?:缺|差|欠|短缺)")
_DIGITS = re.compile(r"\d+[%‰]?")
_WORKS = frozenset({"建设", "改造", "施工", "扩建", "新建"})
_SHARES = ("比重", "比例", "占比")
_NUMBERED = re.compile(r"\d+[、．.]")  # 2、报修件处理率
_LIST = re.compile("、(?:[^，。；：、0-9]{1,12}、)*")
_PREDICATES = ("主要是", "主要为", "均为", "都是", "全是")  # 没开成的9个|主要是耗材没到位
_TAKEN_UP = ("收录", "采用", "采纳", "转载", "报道", "刊发", "录用", "检索", "引用")


def is_vetoed(question: Question, best: str, where: Phrase | None) -> bool:
    """Whether the rules' name stays although the model would have `best`, which stands at `where` (`None`: at no one place)."""
    name, relation = question.found.name or "", question.found.relation
    return (
        _breaks_off(question, best, where)
        or _takes_in(name, best)
        or _takes_in_place(question, best, where)
        or _takes_later(question, where)
        or _takes_from_before(question, best, where)
        or (name != "" and not WORTH.isdisjoint(relation) and not best.endswith(name))
        or _leaves_matters(question, best)
        or _leaves_people(question, best)
        or _goes_on(question, best)
        or _names_nothing(question, best)
        or _loses_sense(name, best)
        or _other_side(question, best)
        or _one_of_list(question, where)
        or _cuts_word(question, best, where)
        or _only_does(question, where)
        or _adds_verb(question, best, where)
        or _is_other_quantity(question, best, where)
        or (name == "惠及" and best.endswith(_POLICIES))  # 民生政策，惠及|251.6万人
    )


def _breaks_off(question: Question, best: str, where: Phrase | None) -> bool:
    """Whether `best` is but the beginning or the end of a name that says what is measured."""
    name, rule = question.found.name or "", question.found.rule
    carried = rule in {"carried", "tail", "subject"} and name.endswith(counting_words().measure)
    return (
        name.startswith((f"{best}（", f"{best}、"))  # 电动汽车|、锂电池、光伏产品出口
        or (rule == "carried" and name.startswith(best) and "达到" in question.found.relation)  # 土壤|有机质
        or (name.startswith(best) and (carried or name.endswith(_SHARES)))  # 护理|专业人数, 税收|占财政收入比重
        or (name.endswith(best) and best.endswith("率") and rule == "noun")  # 毕业生|就业率
        or (name.startswith(_PER_HEAD) and name not in AVERAGES and not best.startswith(_PER_HEAD))  # 生均|图书
        or _cuts_head(question, best, where)
    )


def _takes_in(name: str, best: str) -> bool:
    """Whether `best` takes in more than stands in one list with the name (集中存储、|经费), or the number of an item."""
    listed = best.endswith(f"、{name}") and len(best) > 2 * len(name) + 1
    return listed or _NUMBERED.match(best) is not None


def _takes_in_place(question: Question, best: str, where: Phrase | None) -> bool:
    """Whether `best` takes in a place named behind the name: 9个部门|和沙洲市."""
    name = question.found.name or ""
    joined = name != "" and best.startswith((f"{name}和", f"{name}与", f"{name}及"))
    return joined and where is not None and question.words[where.last].tag == "ns"


def _takes_from_before(question: Question, best: str, where: Phrase | None) -> bool:
    """Whether `best` goes on where only the name of another number does: 163项改革任务落地，52项|改革|列入试点."""
    name = question.found.name or ""
    return question.found.rule == "behind" and where is None and name != "" and best.startswith(name) and best != name


def _takes_later(question: Question, where: Phrase | None) -> bool:
    """Whether the model would have a thing of a later clause where the number's own says whom: 具有海外经历的12人，|专任教师|中….."""
    if question.found.rule != "partial" or where is None:
        return False
    between = question.sentence.text[question.candidate.end : question.span(where).start]
    return "占" not in between and re.search("[，；。]", between) is not None


def _cuts_head(question: Question, best: str, where: Phrase | None) -> bool:
    """Whether `best` breaks off before the noun that says what the things are: 86期|政务热点|问答, 单位产值|能耗下降3%."""
    found, own, lexicon = question.found, question.found.span, counting_words()
    name = found.name or ""
    if found.rule not in {"behind", "noun"} or name == best or not name.startswith(best):
        return False
    if found.rule == "behind" and name.endswith((*STANDING, *_SETS)):  # 21家|服务业|创新发展区
        return True
    if where is None or own is None or where.last + 1 >= len(question.words):
        return False
    following = question.words[where.last + 1]
    if following.text in lexicon.predicates or following.text in lexicon.strong:
        return False
    if found.rule == "noun":
        return following.tag[:1] in ("n", "")
    return following.end == own.end and (following.tag[:1] == "n" or following.text in lexicon.nominal)


def _one_of_list(question: Question, where: Phrase | None) -> bool:
    """Whether the model would have but a member of the list that ends with the rules' name: 电动汽车|、锂电池、光伏产品出口增长77.6%."""
    own = question.found.span
    if own is None or where is None:
        return False
    between = question.sentence.text[question.span(where).end : own.start]
    return between.startswith("、") and between.endswith("、") and _LIST.fullmatch(between) is not None


def _cuts_word(question: Question, best: str, where: Phrase | None) -> bool:
    """Whether `best` begins within what belongs together (年|平均浓度), or with a word that opens no name (按|事业收入, 重点|帮扶)."""
    if where is None:
        return False
    at, text = question.span(where).start, question.sentence.text
    first = question.words[where.first]
    following = question.words[where.first + 1].text if where.first < where.last else ""
    acting = counting_words().governing
    return (
        (best.startswith("平均") and text[at - 1 : at] in {"年", "月", "日", "周", "户", "人"})
        or (first.tag == "p" and question.found.name not in {None, ""})
        or (first.text in {"重点", "大力", "全力"} and following in acting)
    )


def _only_does(question: Question, where: Phrase | None) -> bool:
    """Whether the model would have a lone verb that no deed is counted by: 克服|困难，实现上半年增长4%."""
    if where is None or where.first != where.last:
        return False
    word, lexicon = question.words[where.first], counting_words()
    named = word.text in lexicon.nominal or word.text in lexicon.deeds or word.text.endswith(lexicon.measure)
    asked = units().is_rate(question.candidate.unit) or question.found.name == "惠及"
    asked = asked or (word.text in lexicon.strong and question.candidate.unit in _THINGS)
    return word.tag == "v" and not named and asked


def _leaves_matters(question: Question, best: str) -> bool:
    """Whether `best` is but the body whose matters they are: 申请30件，其中县|人民政府12件."""
    if question.found.rule not in {"carried", "inherited"} or question.candidate.unit not in _MATTERS:
        return False
    return BODY.search(best) is not None and BODY.search(question.found.name or "") is None


def _leaves_people(question: Question, best: str) -> bool:
    """Whether `best` is but where the people went or to whom they belong: 干部5人，其中到|企业2人; 学生96人，甲厂、乙厂各48人."""
    if question.found.rule != "carried" or not PERSON.search(question.found.name or ""):
        return False
    if best.startswith(("到", "赴")):  # 其中|到乡镇|4人
        return question.candidate.unit in HEADS
    ends = (f"到{best}", f"赴{best}", f"{best}各")
    return question.candidate.unit in HEADS and question.sentence.text.endswith(ends, 0, question.candidate.start)


def _loses_sense(name: str, best: str) -> bool:
    """Whether `best` leaves out what makes the things of `name` others: 流失|学生, 不合格|产品, 受表彰|职工.

    So does a number in it: 55岁以上|教师, 前1%|学科.
    """
    if not set(_DIGITS.findall(name)) <= set(_DIGITS.findall(best)):
        return True
    telling = _TELLING.search(name.removesuffix(best)) if name.endswith(best) else None
    return telling is not None and telling.group() not in best


def leaves_beside(question: Question, where: Phrase | None) -> bool:
    """Whether the model would leave the thing right before or behind the number for one that stands elsewhere.

    高新技术企业净增700家，“小巨人”企业|达61家; 1053个事项跨省通办，5个|场景.
    """
    found, own = question.found, question.found.span
    if own is None or found.rule not in {"noun", "behind"}:
        return False
    if found.rule == "noun" and not (counting_words().level | _FORESEEN | _FROM).issuperset(found.relation):
        return False
    stands = question.span(where) if where is not None else None
    return stands is None or stands.end <= own.start or own.end <= stands.start


def _goes_on(question: Question, best: str) -> bool:
    """Whether people or bodies are counted and `best` goes on to what is said of them: 1000所学校|周边道路."""
    name, unit = question.found.name or "", question.candidate.unit.lstrip("万")
    whole = (unit in PEOPLE and PERSON.search(name)) or (unit in {"所", "家"} and BODY.search(name))
    behind = question.found.rule == "behind" and best.startswith(name) and best != name
    return behind and bool(whole) and best[len(name)] not in "、和及与或"


def _other_side(question: Question, best: str) -> bool:
    """Whether `best` lacks the side that the number's own clause tells: 预算收入增长1.8%、支出|首次超过900亿元."""
    found, at = question.found, question.candidate.start
    if found.name in _FACING and best in _FACING and best != found.name:  # 城镇…提高50元，农村|…提高30元
        return True
    side = (found.name or "")[-2:]
    near = question.sentence.text[max(0, at - 12) : at]
    return found.rule == "inherited" and side in _SIDES and side in near and not best.endswith(side)


def _adds_verb(question: Question, best: str, where: Phrase | None) -> bool:
    """Whether all that `best` adds to the thing is the verb that opens the clause: ，培训|教师600人次, 、支持|项目512个."""
    name, lexicon = question.found.name or "", counting_words()
    verb = best.removesuffix(name)
    if question.found.rule != "noun" or where is None or verb in {"", best, "联合"} or name.endswith(lexicon.measure):
        return False
    opens = question.span(where).start
    acts = verb in lexicon.strong or verb in lexicon.transitive
    return acts and (opens == 0 or question.sentence.text[opens - 1] in _OPENING_MARKS)


def _is_other_quantity(question: Question, best: str, where: Phrase | None) -> bool:
    """Whether `best` is a quantity told elsewhere, and the number's own clause tells of one: 低保标准提高13.1%，养老金水平|提高10%."""
    name, measure = question.found.name or "", counting_words().measure
    told = question.found.rule == "noun" and len(name) >= _LEAST_TOLD and name.endswith(measure)
    apart = best not in name and name not in best and not name.endswith("到位")
    return told and apart and best.endswith(measure) and (where is None or leaves_beside(question, where))


def _names_nothing(question: Question, best: str) -> bool:
    """Whether `best` names no thing by itself: a predicate, an average, a stretch of time, a bare standard or total, a place."""
    found, name = question.found, question.found.name or ""
    return (
        best.endswith(_MOVING)
        or best.startswith(_NO_NAMES)
        or best in _SUMS
        or best in _HOW
        or (best in _WORKS and (found.rule == "noun" or name.endswith(best)))  # 二期工程|12万平方米|建设
        or _LACKING.fullmatch(best) is not None
        or (best.startswith("拟") and best[1:] in counting_words().strong)  # 今年拟安排|30万亩
        or (name.endswith(_STEPS) and not best.endswith(_STEPS))  # 余额连跨2个|千亿元台阶
        or best.startswith("方面")
        or (name == "方面" and question.sentence.text.startswith("方面的", question.candidate.end))  # 五个|方面|的工作
        or best.startswith(_PREDICATES)
        or best.endswith(tuple(counting_words().level.intersection(found.relation)))
        or best in AVERAGES
        or best.endswith(_RANKS)
        or GRADE.fullmatch(best) is not None
        or (best.startswith("被") and best.endswith(_TAKEN_UP))
        or (found.verb in _GRANTING and best == found.verb + name)  # 授权|专利
        or (
            not units().is_rate(question.candidate.unit)
            and name
            and best.endswith(name)
            and best.removesuffix(name) in _FULFILLING
        )
        or (PERSON.search(best) is not None and question.sentence.text.endswith(_PER_HEAD, 0, question.candidate.start))
        or NO_THING.fullmatch(best) is not None
        or (STANDARD.fullmatch(best) is not None and question.sentence.text.endswith("的", 0, question.candidate.start))
        or (units().is_rate(question.candidate.unit) and best in ASSIGNED)  # 入伍62人，为|任务的103%
        or (name in _PLACES and best.startswith(name))
        or (name.endswith(best) and best in counting_words().bare)
    )
