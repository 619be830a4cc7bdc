"""Why a numeral with a unit behind it may yet be no count: a bare determiner, a rank, a slogan, an address, the name of a day."""

from __future__ import annotations

import re

from huizong.lexicon.units import Units, units
from huizong.numerals import Numeral

_ISSUED = re.compile(
    r"(?:培训|研修|讲座|举办|开办|培训班|出版|编发|编印|刊发|办了|专刊|简报|期刊|板报|墙报|校报|院报|专栏|动态|快报|内参|学报)$"
)
_ONE_BEFORE = re.compile(
    r"(?:新增|新增加|增设|增加|净增|获批|获得|荣获|获|获评|新建|共|仅|只有|新设|建成|新开|入选|发表|出版|选出|立项|只|各|斩获|摘得)(?:了|设|有)?$"
)

_POINTING = re.compile(r"(?:[这那该此每首头任]|上述|上一|下一|其他|其它|同|每一|前|(?<!先)后|全国|唯|逐)$")

_COUNTING_BEFORE = re.compile(r"(?:[了过共满有仅只各]|整整)$")

_NOUN_ENDS = re.compile(r"[一-龥][^\W第其之前后上下每这那初共周月年零一二三四五六七八九十]$")

_CLOSES = re.compile(r"(?<![路期段届])[，。；、]")  # 核电三期 and 胜利三路 are names

_HELD = re.compile("(?:举办|开办|组织|开展|办了|办班)[^，。；、]{0,12}$")
_ENDS_RUN = re.compile(r"(?:一|总)?共")

_TRAVEL_TIMES = frozenset({"分钟", "小时", "公里", "天"})

_ROUND_MILES = frozenset({10, 100, 1000, 10_000})  # 十里长街, 百里画廊

_CIRCLE = re.compile(r"[^，。；、！？\n]{0,8}?(?:圈|生活圈|服务圈|不打烊|直达|可达|通达|交通网)")

_THRESHOLD = re.compile(r"(?:以上)?的|级|以上|及以上|项目|企业|产业|俱乐部|集群|村|镇|县|园区|大关")

# 发放超亿元的消费券 is an amount spent, 产值超亿元的企业 a mark that firms are measured by.
_SPENT = re.compile(r"(?:发放|投入|落实|争取|安排|筹集|兑现|补助|拨付|减免|到位|完成投资|捐赠)(?:了|资金)?$")

_LISTED = re.compile("[^，。；、第]{2,}、[^，。；、第]{2,}$")
_TWO_LISTED = re.compile("[^，。；、]{2,}、[^，。；、]{2,}$")  # 甲峡谷、乙古村|两大景区
_STEP = re.compile("(?:大|新)?台阶|大关")
_REACHED = re.compile(r"(?:重回|重返|达到|迈上|迈入|站上|跃上|登上|稳定在|保持在|突破|跨过)$")

ENDS = re.compile(r"[ ]?(?:以上|左右|大关)?[，。；、！？：;,\n）)]|$")

_NOT_COUNTED = ("主线", "学年", "学期", "学校常规", "人间", "主体责任")

_NO_BOUND = frozenset({"", "最多", "至多", "突破"})  # 突破一批技术: nothing is exceeded

_EACH = re.compile(
    r"(?:[这那某哪每另上下前后]|每(?:[年月周天日季人班校户]|季度|学[期年])|为|是|作为|同|组成|形成|最多|至多)$"
)

_ONE_WINS = re.compile(r"[^，。；、]{1,14}?(?:入选|获批|获评|获得|荣获|被评|被认定|通过|立项|获)")

_NOT_ONE = re.compile("(?:人手|不[漏落丢让少]|绝?不让|没有|未|无|不留)$")  # 不漏一人, 没有一例
_TO_EACH = re.compile(r"\d人$")  # 6人一台
_MEETING = re.compile(
    r"(?:[、和][一二三四五六七八九十]+次)*(?:全委|全会|会议|全体|党代会|(?:教职工|职工|团员|学生|会员|党员)?代表大会|[教职团学]代会)"
)

DEADLINE = re.compile(r"[之以]?(?:内|后|前|来)|期间|[^，。；]{0,2}(?:离职|流失)率")

_CLASSES_BEFORE = re.compile(  # 新编6班, 每天2班; else 3班 is the name of a class
    r"(?:[开设增编办排值加跑发招分共每各达]|开出|编成|分成|增加|招收|每[天日周月年]|天天|分为)了?$"
)

_POSITIONAL = re.compile(r"[一二三四五六七八九两]{2}")  # 八一, 五四: names of days

_ONE_VERB = re.compile("(?:^|[，。；、：做到])[一-龥]$")
_ONE_BY_ONE = re.compile("、[一-龥]一[一-龥](?=[，。；、])")  # 学一篇、议一题、改一事
_BETWEEN = re.compile("之间")  # 两段|之间

_TALLIED = "一二两三四五六七八九十"

_PARTS = frozenset({"类", "层", "方", "阶段", "环节", "层次", "维度"})

_SLOGAN_BEFORE = re.compile(rf"[{_TALLIED}][级类层方维链阶段]$")  # 三级五类, 两类三阶段

_HELD_DEAR = re.compile(r"(?:坚持|做到|落实|践行|把握|牢记|增强|坚定|坚守)$")

_KEPT_BY_EACH = re.compile(r"各(?:自|方|留)?[执留存持]+$")

_STOREY = re.compile(r"[一-龥](?<!高)(?<!的)")

_STORED = re.compile(r"带宽|网速|存储|容量|内存|流量")  # whose G are gigabytes
_WITHIN = re.compile(r"内[一-龥](?<!内[外部环容涵设])")  # 50米内换乘

_SIZE_OF = re.compile(r"的?(?:省份|省区|城市|强[市县镇区]|大[省市县镇])")

_SORT = re.compile(r"机?型|级")

_ADDRESS_BEFORE = re.compile(r"(?:号|[A-Za-z\d])[ ]?$")

_ADDRESS_AFTER = re.compile(r"[ ]?(?:[A-Za-z]|\d{3,4}(?:室|号|房))")

_AND_HALF = re.compile(r"半(?![径天夜数生脱导圆山截])")  # 一吨半, 三公里半


def surely_counts(text: str, numeral: Numeral) -> bool:
    """Whether a Chinese numeral is so plainly a quantity that any unit may follow: 十几通, 六百多册, 两排, 过了三遍."""
    if text[numeral.core : numeral.end] == "两" or numeral.inside or numeral.before:
        return True
    before = text[max(0, numeral.start - 2) : numeral.start]
    trailing = _NOUN_ENDS.search(before) is not None and _CLOSES.match(text, numeral.end + 1) is not None  # 锦旗五面，
    return numeral.value > 10 or (numeral.value > 2 and (_COUNTING_BEFORE.search(before) is not None or trailing))


def adds_half(text: str, at: int, unit: str) -> bool:
    """Whether the 半 at `at` adds to the number: 四成半, 一吨半."""
    return unit in {"成", "倍"} or (_AND_HALF.match(text, at) is not None and units().is_measure(unit))


def bare_counts(text: str, numeral: Numeral, match: re.Match[str], unit: str, table: Units) -> bool:
    """Whether a round word without a digit counts: 近百人 and 百万平方米 do, 千亿级 and 百分之 do not."""
    before = text[max(0, numeral.start - 8) : numeral.start]
    if table.is_money(unit) and (_SPENT.search(before) or (_REACHED.search(before) and not numeral.before)):
        return True
    if table.is_money(unit) and _STEP.match(text, match.end()) and not before.endswith("个"):  # 跨上|万亿元|台阶
        return True
    thing = table.is_thing(unit)  # 近百家企业 are so many, 近百亿企业 is a size
    if _THRESHOLD.match(text, match.end()) and not (thing and (numeral.before or numeral.inside)):
        return False
    if numeral.before or numeral.inside:
        return True
    ten_thousands = numeral.scale and numeral.value > 1
    return bool(ten_thousands) and table.is_measure(unit)


def chinese_counts(text: str, numeral: Numeral, match: re.Match[str]) -> bool:
    """Whether a Chinese numeral with its unit counts: 三个专业 does, 三期工程 and 三大攻坚战 do not."""
    before = text[max(0, numeral.start - 6) : numeral.start]
    unit = match["unit"]
    if unit == "个月" and DEADLINE.match(text, match.end()):
        return False
    if unit in _TRAVEL_TIMES and _CIRCLE.match(text, match.end()):
        return False
    if numeral.high is None and _POSITIONAL.fullmatch(text, numeral.core, numeral.end):
        return False
    if unit in _PARTS and _SLOGAN_BEFORE.search(before):
        return False
    if _said_twice(text, numeral, match) or (unit == "份" and _KEPT_BY_EACH.search(before)):
        return False
    if unit == "个" and text.startswith("“", match.end()) and _HELD_DEAR.search(before):  # 坚持三个“看齐”
        return False
    if unit == "方" and numeral.value < 10:  # 四方联动: so many parties
        return False
    if unit == "里" and numeral.value in _ROUND_MILES and not (numeral.inside or numeral.before):
        return False
    if _POINTING.search(before) and not (numeral.before or numeral.inside):
        return False
    if text[numeral.core : numeral.end] == "二":  # two of something is 两; 二 in front of a classifier is an ordinal
        return unit in {"倍", "成", "两"}
    if unit == "元" and numeral.value < 10 and not numeral.scale:
        return False
    if unit == "大":
        listed = numeral.value == 2 and _TWO_LISTED.search(text, max(0, numeral.start - 24), numeral.start) is not None
        return listed or (3 <= numeral.value <= 12 and not before.endswith("党的"))
    if text[numeral.core : numeral.end] == "两" and _BETWEEN.match(text, match.end()):
        return False
    if unit == "次" and _MEETING.match(text, match.end()):
        return False
    if text.startswith(_NOT_COUNTED, match.end()):
        return False
    if (
        numeral.value == 1
        and numeral.high is None
        and not (numeral.scale or numeral.inside or numeral.before not in _NO_BOUND)
    ):
        return _one_counts(text, numeral, match)
    if numeral.value == 0 and not numeral.inside:
        return False
    if unit == "期":
        held = numeral.value > 2 and _HELD.search(text, max(0, numeral.start - 16), numeral.start) is not None
        return (
            (held and ENDS.match(text, match.end()) is not None)
            or _ISSUED.search(before) is not None
            or (numeral.value > 2 and _ENDS_RUN.match(text, match.end()) is not None)
        )
    if unit in {"类", "组", "队", "本"} and (
        text[numeral.core : numeral.end] == "两" or _LISTED.search(text, max(0, numeral.start - 24), numeral.start)
    ):
        return numeral.value > 1  # 两类平台; 申报、结项、报销三类业务
    if unit in {"次", "类", "层", "本", "人", "部", "方", "轮", "头", "块", "片", "组", "队", "首"}:
        return (
            numeral.value > 3 or bool(numeral.inside or numeral.before) or (numeral.value > 1 and unit in "次轮部人组")
        )
    return True


def _in_turn(text: str, numeral: Numeral, match: re.Match[str]) -> bool:
    """Whether the phrase is one of 干一件、成一件; 办结一项销号一项."""
    unit, end = re.escape(match["unit"]), match.end()
    lead = text[max(0, numeral.start - len(unit) - 4) : numeral.start]
    after = text[end : end + 4 + len(unit)]
    return (
        re.search(f"一{unit}[、，]?[一-龥]{{1,2}}$", lead) is not None
        or re.match(f"[、，]?[一-龥]{{1,2}}一{unit}", after) is not None
        or (_ONE_VERB.search(lead) is not None and _ONE_BY_ONE.match(text, end) is not None)
    )


def _said_twice(text: str, numeral: Numeral, match: re.Match[str]) -> bool:
    """Whether the unit stands twice in a vague phrase: 七趟八趟, 三次五次."""
    unit, end = match["unit"], match.end()
    follows = text[end : end + 1] in _TALLIED and text.startswith(unit, end + 1)
    lead = numeral.start - len(unit)
    return (follows and end < len(text)) or (lead > 0 and text.startswith(unit, lead) and text[lead - 1] in _TALLIED)


def _one_counts(text: str, numeral: Numeral, match: re.Match[str]) -> bool:
    """Whether 一个 counts: 新增一个专业, 只办成一个。, 一支团队入选 …; else it is a mere determiner."""
    if _in_turn(text, numeral, match):
        return False
    if match["unit"] in {"次", "期", "种", "类", "大", "方", "天", "批", "小时", "条", "块", "周", "轮", "成", "倍"}:
        return match["unit"] in {"倍", "成"}
    before = text[max(0, numeral.start - 6) : numeral.start]
    if match["unit"] == "番":
        return "翻" in before
    if _TO_EACH.search(before) or _NOT_ONE.search(before):
        return False
    if text.startswith("半", match.end()) and adds_half(text, match.end(), match["unit"]):
        return True
    if _ONE_BEFORE.search(before) or (ENDS.match(text, match.end()) and not _EACH.search(before)):
        return True
    return _ONE_WINS.match(text, match.end()) is not None and (not before or before[-1] in "，。；、\n有")


def digits_count(text: str, numeral: Numeral, match: re.Match[str]) -> bool:
    """Whether a numeral in digits with its unit counts: not 2020级, 3个月内, the 15分钟 of 15分钟生活圈."""
    unit, end = match["unit"], match.end()
    before = text[max(0, numeral.start - 8) : numeral.start]
    if unit in _TRAVEL_TIMES and _CIRCLE.match(text, end):
        return False
    if units().is_money(unit) and before.endswith(("过", "超")) and _SIZE_OF.match(text, end):  # 首个过5万亿元省份
        return False
    if unit == "小时" and numeral.value == 24 and not before.endswith(("到", "至", "由", "从", "在", "为", "达")):
        return False  # 24小时值守, but 压缩到24小时以内
    if unit == "个月":
        return DEADLINE.match(text, end) is None and not before.endswith("连续")
    if unit in {"G", "T", "M", "P"}:
        network = unit == "G" and numeral.value in range(2, 7)  # 5G基站
        return not network or _STORED.search(text[max(0, numeral.start - 16) : numeral.start]) is not None
    if unit == "班":
        return _CLASSES_BEFORE.search(before) is not None
    if unit == "路" and before.endswith(("车", "公交", "线")):
        return False
    if unit == "版" and "." in text[numeral.core : numeral.end]:
        return False
    if unit == "层" and before.endswith(("楼", "馆", "厦")) and _STOREY.match(text, end):  # 体育馆2层羽毛球馆
        return False
    if units().is_measure(unit) and (_SORT.match(text, end) or _WITHIN.match(text, end)):
        return False
    if unit in {"栋", "幢", "座", "层"} and (_ADDRESS_BEFORE.search(before) or _ADDRESS_AFTER.match(text, end)):
        return False
    if unit == "字":
        return bool(numeral.scale or numeral.before) or numeral.value >= 100
    if unit in {"度"}:
        return bool(numeral.scale)
    return not (numeral.value >= 1900 and numeral.value <= 2100 and unit in {"级", "班", "版"})
