"""What the surroundings of a count say about it: change, level, nature."""

from __future__ import annotations

import re

from huizong.extractors.count_candidates import Candidate
from huizong.extractors.count_phrases import Found
from huizong.lexicon.units import counting_words, units
from huizong.records import Change, Level, Nature, Status

_REACHING = frozenset({"突破", "超过", "超", "逾"})
_OF_PLAN = re.compile(r"完成[^，。；、]{0,8}(?:计划|目标|任务|预算)[数值]?的$")
_ADDED = re.compile(
    r"(?:^|[，；。、\n])(?!从)[^，。；、\d]{0,16}(?:新增|净增)[^，。；、\d到至达为]{1,16}$"
)  # 新增离境退税商店675家
_TO_WORD = re.compile(r"(?:到|至|达|为|稳定在|保持在)$")
_RISING = re.compile(r"(?:增速|增幅|涨幅|增长率|增量|增收|增资|新增[^，]{0,6})$")
_FALLING = re.compile(r"(?:降幅|下降率|减幅|减量)$")
_MORE = re.compile(
    r"(?:比|较)[^，。；]{1,16}?(?:多(?:[收录派交开招花领拨投发送报拿捧获][进展回出放]?)?|增加|高|增|快|提高|扩大)(?:了|出)?$"
)
# A difference to others or to a mark tells where a thing stands, not how it moved.
_AGAINST_OTHERS = re.compile(
    r"(?:高于|低于|快于|慢于|优于|高出|超出|[比较])(?:同期)?(?:[一-龥]{2,3}同类|全国|全部|全体|所有|全校|全院|全系|全省|全市|全区|全县|省内|国家|国内|本省|同类|同批|平均|标准|目标|年初[^，。；、]{0,8}(?:目标|任务|计划)|预期|计划|控制线|省控|分数线|录取|投档|二本|一本|本科)"
    r"[^，。；、]{0,10}(?:\d[\d.]*[^，。；、\d]{1,4}[和、])?$"
    r"|(?:高于|低于|快于|慢于|优于|高出)(?!了|上|去|前|往|同期|年初|原|此前|[今当]年)[^，。；、\d\n]{1,14}(?:\d[\d.]*[^，。；、\d]{1,4}[和、])?$"
    r"|[比较][^，。；、\n]{1,8}的(?:标准|要求|目标)[高低]?出?$"
)
_HIGHER = re.compile(r"(?:高于|快于|多于|优于)[^，。；、]{1,10}$")
_LOWER = re.compile(r"(?:低于|慢于|少于)[^，。；、]{1,10}$")
_LESS = re.compile(
    r"(?:比|较)[^，。；]{1,16}?(?:少(?:[收录派交开招花领拨投发送报拿获跑][进展回出放]?)?|减少|低|减|慢|下降|降低)(?:了)?$"
)
# 新增引导落地企业500家: 新增 reaches over the verbs between, not over what something leads to, nor to a total in the list.
_NEWLY = re.compile(
    r"(?:^|[，。；：、])[^，。；：、]{0,8}新增(?![^，。；：、]*(?:带动|拉动|惠及|吸引|拿出|中[一-龥]|[达到至为后的使让]))[^，。；：、\d]{0,16}"
    r"(?:\d[\d.,]*[^，。；：、\d]{1,4}(?:、[^，。；：、\d总]{1,4}\d[\d.,]*[^，。；：、\d]{1,4})*、(?!带|拉|惠|撤|停|取消|减|淘汰|清|达|增至|升至)(?:国家|省级?|市级?|校级)?[^，。；：、\d总累达至]{1,12})?$"
)
# 新增甲、乙等专业3个
_NEW_LIST = re.compile(
    r"(?:^|[\n，。；：])[^\n，。；：]{0,8}(?:新增|增设|增开)(?:[^，。；：\d]{1,40}等[^，。；：、\d]{0,8}|[^，。；：、\d]{2,20}(?:、[^，。；：、\d]{2,20}){1,3})$"
)
# 新增3名院士、5个重点实验室
_NEW_THINGS = re.compile(
    r"(?:^|[\n，。；：])[^\n，。；：、\d]{0,6}(?:新增|净增)了?(?:\d+[个家名所项门支处条人户][^，。；：、\d总累]{2,18}、){1,4}$"
)
# 新增装机87.5万千瓦，其中风电52万千瓦、光伏35.5万千瓦
_AMONG_NEW = re.compile(
    r"(?<![期年月底前])新增[^，。；、\d]{0,10}\d[\d.,]*(?P<unit>[^，。；、\d]{1,4})，其中(?:[^，。；、\d到至达为占]{1,10}\d[\d.,]*[^，。；、\d]{1,4}、){0,3}[^，。；、\d到至达为占不]{1,10}$"
)
_AS_NAMED = re.compile(r"(?:增长|提高|上升|降低|下降|减少)(?:幅度|空间|目标|任务|指标)[^，。；]*$")
_TOTAL = re.compile(r"、(?:总|累计|合计|现有|共有)(?![^，。；：、\d]*[增升降减提])[^，。；：、\d]{0,10}$")
_KEPT_GROWING = re.compile("的?(?:增长|增速|增幅)(?!率|点|极)")
_PACES = ("增速", "增幅", "涨幅", "增长率")
_STAYING = frozenset({"稳定在", "保持在", "控制在", "维持在"})
_LEVELS = (
    (Level.NATIONAL, re.compile(r"国家级|国家(?!$|通用语言|标准)|全国|国际(?!化)|部级|教育部|中央|国赛|国务院")),
    (Level.PROVINCE, re.compile(r"省部?级|全?省(?!会|内|外|$)|自治区|省教育厅|厅级|直辖")),
    (Level.CITY, re.compile(r"[市州地盟]厅?级|市(?!场|民|外|内|政|$)|区级|县级")),
    (Level.SCHOOL, re.compile(r"校级|院级|校本|校内")),
)
_CUMULATIVE = re.compile(r"累计|总计|历年|总共|合计达")
_AS_OF = re.compile(r"截至|截止|现有|目前|共有|拥有|建有|设有|保有|总数|总量|存量|在校生|在编")
_NEW = re.compile(r"新增|净增|增设|新建|新开|新设|新立项|新引进|新招|新聘|获批|立项|新入选|新认定|新培育|入选|增加")
_PERIOD = re.compile(r"全年|本年|今年|年内|当年|本学年|20\d\d年|一年来|年度|完成|实现|举办|开展|发放|投入")


_STARTING = re.compile("[，；、][由从](?:原来的?|去年的?|上年的?|20\\d\\d年的?)?$")


def change_of(text: str, candidate: Candidate, found: Found, shared_verb: str) -> Change:
    """Whether the number is a level or a growth; `shared_verb` is the verb that a list before it opened with."""
    if _STARTING.search(text, max(0, candidate.start - 10), candidate.start):  # 压减教学点，由|9个|减到5个
        return Change.LEVEL
    if _AGAINST_OTHERS.search(text, max(0, candidate.start - 24), candidate.start):
        return Change.LEVEL
    if candidate.numeral.before in _REACHING and text.endswith("、", 0, candidate.start):  # 新增210公里、突破3100公里
        return Change.LEVEL
    if _OF_PLAN.search(text, max(0, candidate.start - 16), candidate.start):  # 新增就业完成年计划的118%
        return Change.LEVEL
    if _TOTAL.search(text, max(0, candidate.start - 12), candidate.start):
        return Change.LEVEL
    if units().is_rate(candidate.unit) and _KEPT_GROWING.match(text, candidate.end):  # 保持10%以上增长
        return Change.INCREASE
    if _STAYING.intersection((found.verb, *found.relation)) and not (found.name or "").endswith(
        _PACES
    ):  # 稳定在全国1/10以上
        return Change.LEVEL
    lexicon = counting_words()
    governs = found.rule == "behind"  # 提升四大都市区: the verb takes the thing, the number does not say by how much
    relation = tuple(word for word in found.relation if not (governs and word == "改善"))
    nearest = next(
        (word for word in relation if word not in {"了", "约", "近", "超", "共", "左右", "各", "分别", "均"}), ""
    )
    if nearest in lexicon.increase and (not governs or nearest in lexicon.new):
        return Change.INCREASE
    if nearest in lexicon.decrease:
        return Change.DECREASE
    listed = _NEW_LIST.search(text, max(0, candidate.start - 60), candidate.start)
    listed = listed or _NEW_THINGS.search(text, max(0, candidate.start - 80), candidate.start)
    if listed or _NEWLY.search(text, max(0, candidate.start - 40), candidate.start):
        return Change.INCREASE
    among = _AMONG_NEW.search(text, max(0, candidate.start - 60), candidate.start)
    if among is not None and among["unit"] == candidate.unit and not units().is_money(candidate.unit):
        return Change.INCREASE
    before = text[max(0, candidate.start - 24) : candidate.start]
    if governs and _AS_NAMED.search(before):  # 降低幅度|两个|指标
        return Change.LEVEL
    if _MORE.search(before) or (found.follows and _HIGHER.search(before)):
        return Change.INCREASE
    if _LESS.search(before) or (found.follows and _LOWER.search(before)):
        return Change.DECREASE
    if found.rule == "noun" and _ADDED.search(before):
        return Change.INCREASE
    name = found.name or ""
    held = name.endswith("率") and any(word.startswith(("控制", "保持", "稳定")) for word in relation)
    if _RISING.search(name) and not held:  # 人口自然增长率|控制在|6.2‰
        return Change.INCREASE
    if _FALLING.search(name):
        return Change.DECREASE
    to = any(_TO_WORD.search(word) for word in relation)
    verb = found.verb or shared_verb
    if not to and (verb in lexicon.new or any(word in lexicon.new for word in relation)):
        return Change.INCREASE
    if (not to and verb in {"压减", "减少", "削减", "缩减", "减", "减轻", "降低", "压降", "调减"}) or (
        any(w in lexicon.decrease for w in relation) and not to
    ):
        return Change.DECREASE
    return Change.LEVEL


def level_of(name: str | None, before: str) -> Level | None:
    """The administrative level that the object's own words name, else the words right before it."""
    for level, pattern in _LEVELS:
        if name and pattern.search(name):
            return level
    for level, pattern in _LEVELS:
        if re.search(rf"(?:{pattern.pattern})[^，。；]{{0,3}}$", before):
            return level
    return None


def nature_of(clause: str, unit: str, change: Change, status: Status, name: str | None) -> tuple[Nature, str]:
    """The kind of the count for comparison over years (see `Nature`), and why, in Chinese."""
    if status is Status.TARGET:
        return Nature.TARGET, "是目标"
    if status is Status.BASELINE:
        return Nature.BASELINE, "是旧值"
    new = _NEW.search(clause)
    if change is not Change.LEVEL or new:
        return Nature.NEW, f"“{new.group()}”" if new else "是增减"
    if unit in {"%", "‰", "成"} or (name or "").endswith(("占比", "比例", "率", "比重")):
        return Nature.SHARE, "是比率"
    for nature, pattern in ((Nature.CUMULATIVE, _CUMULATIVE), (Nature.AS_OF, _AS_OF), (Nature.PERIOD, _PERIOD)):
        found = pattern.search(clause)
        if found:
            return nature, f"“{found.group()}”"
    return Nature.AS_OF, "无口径词"
