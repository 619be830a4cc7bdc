"""What keeps the rules' name for what a number counts against a likelier one: that names nothing, or breaks a name off."""

from __future__ import annotations

from huizong.extractors.count_before import STANDARD
from huizong.extractors.count_names import NO_THING
from huizong.extractors.count_phrases import ASSIGNED, AVERAGES
from huizong.extractors.count_reach import STANDING
from huizong.extractors.count_relations import BODY, HEADS, PEOPLE, PERSON
from huizong.extractors.count_words import STOPS
from huizong.extractors.object_proposals import Question
from huizong.extractors.object_words import Phrase
from huizong.lexicon.units import counting_words, units
from huizong.records import Span

TAKEN_OVER = frozenset({"carried", "tail"})  # rules that give a name from an earlier clause
_MOVING = ("到", "至", "为", "达", "于", "共有", "现有", "已有")
_TOTALS = ("数量", "总数", "总量", "规模")
_PLACES = ("国家", "省", "市", "县", "区", "乡", "镇", "村")
_PER_HEAD = tuple(sorted(AVERAGES))  # 校级领导|人均25节
_THINGS = ("事项", "政策", "办法", "功能")
_GRANTING = frozenset({"授权", "获批", "获评", "荣获", "获得"})
_RANKS = ("国家级", "省级", "市级", "县级", "区级", "校级", "院级")
_MEASURED = frozenset({"水质", "空气", "环境"})  # 国控断面|水质优良比例: what is measured there
_PREDICATES = ("主要是", "主要为", "均为", "都是", "全是")  # 没开成的9个|主要是耗材没到位
_TAKEN_UP = ("收录", "采用", "采纳", "转载", "报道", "刊发", "录用", "检索", "引用")


def is_vetoed(question: Question, best: str, where: Phrase | None) -> bool:
    """Whether the rules' name stays although the model would have `best`, which stands at `where` (`None`: at no one place)."""
    return (
        _names_nothing(question, best)
        or (question.found.name or "").startswith(f"{best}（")
        or best in {(question.found.name or "") + word for word in _TOTALS}
        or _only_deed(question, where)
        or _only_shortens(question, best, where)
        or _leaves_people(question, best)
        or _leaves_noun(question, best, where)
        or _cuts_name(question, best, where)
    )


def _names_nothing(question: Question, best: str) -> bool:
    """Whether `best` names no thing by itself: a predicate, an average, a stretch of time, a bare standard or total, a place."""
    found, name = question.found, question.found.name or ""
    return (
        best.endswith(_MOVING)
        or best == "超额"
        or (name == "方面" and question.sentence.text.startswith("方面的", question.candidate.end))  # 五个|方面|的工作
        or best.startswith(_PREDICATES)
        or best.endswith(tuple(counting_words().level.intersection(found.relation)))
        or best in AVERAGES
        or best.endswith(_RANKS)
        or (best.startswith("被") and best.endswith(_TAKEN_UP))
        or (found.verb in _GRANTING and best == found.verb + name)  # 授权|专利
        or (PERSON.search(best) is not None and question.sentence.text.endswith(_PER_HEAD, 0, question.candidate.start))
        or NO_THING.fullmatch(best) is not None
        or (STANDARD.fullmatch(best) is not None and question.sentence.text.endswith("的", 0, question.candidate.start))
        or (units().is_rate(question.candidate.unit) and best in ASSIGNED)  # 入伍62人，完成|任务的103%
        or (name in _PLACES and best.startswith(name))
        or (name.endswith(best) and (best in counting_words().bare or name[:1].isdigit()))  # 55岁以上|教师
    )


def _only_deed(question: Question, where: Phrase | None) -> bool:
    """Whether the word `where` is but the result of what the clause before names: 受理行政复议申请38件，审结|35件."""
    if question.found.rule not in TAKEN_OVER or where is None or where.first != where.last:
        return False
    word, lexicon = question.words[where.first].text, counting_words()
    return word in lexicon.results and word not in lexicon.nominal and word not in lexicon.deeds


def _only_shortens(question: Question, best: str, where: Phrase | None) -> bool:
    """Whether `best` is the rules' name with fewer modifiers (年旅客|吞吐量), or a verb with more words before it.

    That is no other thing: which modifiers belong is told by the rules. But what they left of a verb before it does not (更换|灯管).
    """
    found, words = question.found, question.words
    name, own = found.name or "", found.span
    if found.rule in {"verb", "part"} and best.endswith(name):
        return True
    if where is None or own is None or words[where.last].end != own.end:
        return name.endswith(best) or (found.rule in TAKEN_OVER and best in name)
    left_out = [word for word in words[: where.first] if word.start >= own.start]
    if left_out and found.rule == "behind" and len(left_out) > 2:
        return True
    if left_out and left_out[-1].text[:1] == best[:1]:  # 来信|来访人次
        return True
    return bool(left_out) and (
        left_out[-1].text == "的"
        or not any(
            word.tag != "vn" and word.tag[:1] in ("", "v", "d", "p") and word.text not in STOPS | {"、"}
            for word in left_out
        )
    )


def _leaves_people(question: Question, best: str) -> bool:
    """Whether `best` is but where the people went or to whom they belong: 干部5人，其中到|企业2人; 学生96人，甲厂、乙厂各48人."""
    if question.found.rule != "carried" or not PERSON.search(question.found.name or ""):
        return False
    ends = (f"到{best}", f"赴{best}", f"{best}各")
    return question.candidate.unit in HEADS and question.sentence.text.endswith(ends, 0, question.candidate.start)


def _leaves_noun(question: Question, best: str, where: Phrase | None) -> bool:
    """Whether the noun beside the number (大米|2万斤, 小企业|达到2.8万家, 近8万|市民) would not be what is counted."""
    found, own = question.found, question.found.span
    if found.rule == "behind" and own is not None:
        return _leaves_behind(question, own, best, where)
    if found.rule != "noun" or own is None or not counting_words().level.issuperset(found.relation):
        return False
    return where is None or question.words[where.last].end != own.end


def _leaves_behind(question: Question, own: Span, best: str, where: Phrase | None) -> bool:
    """Whether a name goes before the rules' one behind the number (3个|百亿元|县城), or past a verb (8个|市|下放审批权)."""
    end = question.candidate.end
    beside = own.start - end <= len("的")
    if where is None:
        return beside
    stands = question.span(where)
    if stands.end <= question.candidate.start and question.candidate.value == best.count("、") + 1 > 1:
        return True  # 甲、乙|2个百亿级|城市: its members
    start = question.words[where.first].start
    between = [word for word in question.words[: where.first] if word.start >= own.end]
    verbs = any(word.tag == "v" or word.text in counting_words().verbs for word in between)
    past = verbs and all(word.text != "的" for word in between)
    past = past or (between[:1] != [] and between[0].text == "的" and any(w.text in STOPS | {"等"} for w in between))
    name, unit = question.found.name or "", question.candidate.unit.lstrip("万")
    whole = (unit in PEOPLE and PERSON.search(name)) or (unit in {"所", "家"} and BODY.search(name))
    goes_on = start == own.start and question.words[where.last].end > own.end
    if whole and goes_on and question.sentence.text[own.end] not in "、和及与或":  # 1000所|学校|周边道路
        return True
    return past or (start < end if beside else end <= start < own.start)


def _cuts_name(question: Question, best: str, where: Phrase | None) -> bool:
    """Whether `best` breaks off before what the rules' name says the things are, and no predicate begins there.

    省级企业|技术中心, 产业链|头部企业实训基地: those are centres and bases; but 集群|晋级全国示范基地.
    """
    name, words, lexicon = question.found.name or "", question.words, counting_words()
    if question.found.rule in TAKEN_OVER | {"subject"} and name.startswith(best) and name.endswith(lexicon.measure):
        return True  # 护理|专业人数
    own = question.found.span
    if question.found.rule == "behind" and own is not None and where is not None:
        end = words[where.last].end
        if question.candidate.end <= words[where.first].start and end < own.start:
            return True  # 三个|螺旋上升的|发展阶段: what stands between only tells of the things
    if where is None or own is None or where.last + 1 >= len(words):
        return False
    following = words[where.last + 1]
    inside = own.start <= words[where.first].start and following.end <= own.end
    if question.found.rule in {"noun", "won"} and inside:  # 优秀学位|论文12项, but 专业课教师|缺5人
        return (
            following.tag[:1] == "n"
            and following.text not in lexicon.predicates
            and following.text not in lexicon.strong
        )
    if question.found.rule != "behind" or not inside:
        return False
    heads = name.endswith(STANDING + lexicon.quantity + _THINGS)  # 自贸试验区制度|创新成果
    if following.text in _MEASURED or not (heads or following.tag[:1] in ("n", "a", "")):
        return False
    predicate = following.text in lexicon.predicates or following.text in lexicon.strong
    return not predicate or following.text in lexicon.nominal
