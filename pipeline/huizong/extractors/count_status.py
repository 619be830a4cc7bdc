"""Whether a count holds, is hoped for, or is a former value (`count_baseline`)."""

from __future__ import annotations

import re

from huizong.extractors.count_candidates import Candidate
from huizong.extractors.count_phrases import HANDED_DOWN
from huizong.lexicon.units import counting_words, units
from huizong.numerals import Form
from huizong.records import Kind, Label, Sentence, Status

_PLANNED = re.compile(
    r"(?:目标值?|年度任务(?:是|为)|规定的?(?:年度任务)?|规划确定的|任务(?:是|为)[^，。；、]{0,4}|计划总?(?:招收|招生|投资|投入|完成|引进|招录|选派)|原定|(?<![比较])原计划|应(?:完成|启动|建成|开展|验收|提交)[^，。；]{0,6}|应到(?:位|账)[^，。；]{0,4}"
    r"|任务书(?:设定|规定|明确|确定|约定)?(?:是|为|的)?(?:本年度)?(?:培训|建设任务|招生)?|预算(?:总?投入|安排)|[比较超]出?预算的|目标值分别为"
    r"|提出[^，。；]{0,8}(?:目标|要求|力争|达到|完成)[^，。；]{0,4}|(?<!的)要求(?!的[一-龥])[^，。；]{0,6}|(?<!招生)(?<![才长师人员]培养)(?<!研发)(?<!人才)(?<!专项)(?<!学者)(?<!教学)(?<!”)计划)(?:(?:设|确|拟)?定[为在]|是|为|开|数)?$"
)
_BY_CONTRACT = re.compile(
    r"(?:协议|合同)[^，。；、\d]{0,4}约定[^，。；、\d]{0,24}(?:投入|投资|捐赠|出资|招收|培养|选派|接收|举办|提供|开放)[^，。；、\d]{0,10}$|(?:协议|合同)约定的$"
)
_STIPULATED = re.compile(
    r"(?:协议》?|合同》?|[，；])约定(?!的)(?:[^，。；]*|[^。；]*，[^，。；]*(?:每|不少于|不低于|至少|提供|投入|承担|负责|建成|共建)[^，。；]*)$"
)
_HELD_OUT = re.compile(r"(?:实际|已经?(?!签)|完成了|(?<!公)共(?![同产建享青])|累计)")
_AIMS_AT = re.compile(r"(?:任务书?|任务|建设|年度|预期)目标(?:值)?(?:为|是|：)[^。；]*$")
_RULED = re.compile(r"(?:规定|要求)，[^。；]{2,40}(?:不低于|不少于|不超过|不高于|不得少于|至少)[^，。；、\d]{0,8}的?$")
_ONCE_BUILT = re.compile(r"(?:建成|投产|竣工|达产)后，?(?:每年)?(?:可|将|能)[^，。；\d]{0,12}$")
_AGREED = re.compile(r"(?:原定|(?<![比较])原计划|本应|按规定应)(?![^，。；]*(?:实际|只|仅))[^，。；\d]{0,14}$")
_PROMISED = re.compile(
    r"(?:(?<!招生)(?<![才长师人员]培养)计划(?!”)|原想|本想|打算|说好|承诺(?!书)|答应|约定|应该|本该)(?![^，。；]*(?:实际|只|仅|完成))[^，。；\d]{0,8}$"
)
_SET_OUT = re.compile(
    r"(?:规划|纲要|方案|任务书)[”》]?(?:提出|要求|明确)[^，。；\d]{2,24}$"
)  # 《规划》提出建成专业8个，实际…
_OUGHT = re.compile(
    r"规划(?:建设占地|建设面积|床位|学位|用地|总?建筑面积|总?投资|办学规模|在校生)$|应配[^，。；、\d]{0,10}$|(?:规划值|目标数|规划目标|(?<!补贴)(?<!补助)(?<!奖励)标准(?=[是为]))(?:是|为)?$"
    r"|[离距与][^，。；]{0,16}(?:定|规定|确定|提出|要求|明确)的$"
    r"|(?:超[过出]|达到|低于|高于|优于|多于|少于|控制在)[^，。；、\d]{0,6}(?:定|规定|约定)的$"
)
_TASKED = re.compile(
    r"(?:目标|年度|下达|上级|帮扶|培养|征兵|培训|承担)[^，。；、\d]{0,6}(?<!教学)(?<!实训)任务数?$|下达[^，。；、\d]{0,10}计划$"
    r"|(?:年度|考核|目标)指标(?:(?:设|确|拟)?定[为在]|是|为)?$"
)  # 全年征兵任务120人
_FIXED_BEFORE = re.compile("年[初度](?:确定|定下|部署)的$")
_TASKS = frozenset("项个条类件大") | {"大类", "方面"}
_GAP = re.compile("(?:相?差|缺|高出|低了?|多了?|少了?|增加)约?$")
_SHORT_OF = re.compile(r"[^。；]{0,6}(?:实际|只|仅|才|却|没|未|落空|取消)|，(?:计划)?(?:完成|到岗|达成)率")
_BEYOND = re.compile(r"(?:超出?|超过|多于|少于|[高低优快慢]于|高出)[^，。；、\d]{0,8}(?:目标|预算|计划|任务|要求)值?$")
_AS_GOAL = re.compile(r"(?:的[^，。；、（(“]{0,4}|(?<=%))(?:目标|任务要求|规划目标)")
_AS_STANDARD = re.compile(
    r"(?:[和与、][\d.]+(?:%|[^\d，。；、的]{1,3}))?的[^，。；、（(“]{0,4}(?:要求|标准|规定|制度|底线|上限|下限|门槛|合格线|控制线|红线)"
)
_BUDGETED = re.compile(r"(?:为|占|达到?|完成)[^，。；、\d]{0,6}(?:预算|计划|任务|目标)$")
_SHARE_OF = re.compile(r"的[\d.]+%")
_SET_STANDARD = re.compile(r"(?:合格|规定|设置|国家)(?:标准|比例)|标准的[\d.]")
_FORESEEN = re.compile("预计(?:可|将|能)(?:达到?|[增升]至|增加到|提[高升][到至]|回升[到至]|超过?|突破)$")
_ASSIGNED = re.compile(f"(?:{'|'.join(HANDED_DOWN)})的?$")
_ASSIGNMENT = re.compile("的?[^，。；、]{0,6}(?:任务|指标)")
_BESIDE_STANDARD = re.compile(r"(?:不低于|不少于|不超过|不高于|达到|离|距|高于|低于|超过|越过|优于)[^，。；、]{0,6}$")
_BY_STANDARD = re.compile(r"(?:按照?|以)[^，。；]{0,12}$")
_QUOTED_GOAL = re.compile(
    r"”(?:、?和?“[^”]*”)*[^，。；]{0,6}?(?:没有|没能|未能|未完成|未达|基本完成|要点|指标|任务|目标)"
)
_PAST = re.compile(r"(?:已经?|(?<!项)目前|现有|截至|去年|上年|实际(?!使用|利用|到位)|剩余|顺延|其余)")
_DONE = re.compile(r"(?:^|[，；：])[^，；：、]{0,12}(?:已(?=[于与经完签建启印获])|以来)")
_NEXT_YEAR = re.compile("[^，。；]{0,4}(?:明年|来年|下一年|下年度|下学年)")
_JUST_DONE = re.compile(r"[一-龥]了(?:约|近)?$")
_GRADUATING = re.compile(r"20\d\d届(?:高校|大中专)?毕业生(?:总?数|总量|规模|人数)?(?:约|近|达|为|有|共)?$")
_STILL = re.compile(r"(?:只有|仅有|仅为)$")
_LEFT = re.compile(
    r"(?:剩下|剩余|余下|其余|顺延)的?$|(?:(?:尚未|还没有?|未)[^，。；]{1,6}|没(?:有|能)?[^，。；]{1,4})的$"
)
_LEFT_BEHIND = re.compile(r"(?:没有?|尚未|还没有?|未)[^，。；、]{1,6}的")
_RAISED = re.compile(r"[由从][^，。；]{2,20}(?:到|至|为|成)[^，。；\d]{0,4}$")
_INTENT = re.compile(
    r"力争|确保|争取|(?<![虚模比草对])拟(?![定订合态录])|将|计划|打算|希望|准备|预计|预期|下一步|明年|下半年|今后|要|须|应|不低于|不少于|不超过"
    r"|年底|底前|月前|日前|前完成|到20\d\d年|有望|目标|规划|继续|加快|推动|推进|建议|请"
)
# 要求博士不少于1名, 规定每五年企业实践不少于6个月
_DEMANDED = re.compile(
    r"(?:要求|规定|明确|须|必须)[^，。；、\d]{1,24}(?:、[^，。；\d]{1,12})?(?:不少于|不低于|不超过|不得少于|至少)(?:\d+[一-龥][和、]|[^，。；、\d]{1,8}的)?$"
)
# 按照任务书的要求，项目周期内应派出教师100人次: what ought to be, up to where it is told what was done
_REQUIRED = re.compile(
    r"(?:按照?|根据|对照)[^。；，]{0,20}(?:要求|规定|任务书|标准|协议|约定)[，,][^。；]*?应(?:当|该)?(?=[对完达派建有为不接开配设培投])(?![^。；]*(?:实际|已|完成了|现有|目前))"
    r"|(?:规划|纲要|方案|意见)[^，。；]{0,4}(?:提出|明确|确定|要求)[，,：:]?[^。；]*到20\d\d年(?![^。；]*(?:实际|已|完成了|现有|目前))"
)
_GIVEN = re.compile(r"(?:对|对照)(?:全部|全体|现有|[^，。；\d]{2,16}的)$")  # 对考核“一般”的7个党支部逐一制定方案
_COMPARED = re.compile("[比较](?:上年|去年)(?:预算|实际|执行数)?(?=增|减|提|多|少|扩)")  # 拟安排52亿元，比上年增加3亿元
_HAD = re.compile(r"(?:(?<!培育)(?<!发展)壮大|做强|发挥|用好)[^，。；\d]{0,24}$")  # 做强东港、西港2大基地
_INTENDED = re.compile(
    r"(?:^|[，；：、上])[^，；：、]{0,10}(?:(?<![虚模比草对件项个名篇])拟(?![定订合态录])|力争|希望(?!工程|小学)|打算|预计(?=每年|年[发节产省]|可[省节带创接]|到20)|(?<![一-龥])计划(?!完成率)(?=[一-龥]{2}))(?![^。；]*(?:已|实际|完成了|完成率))"
)
_WHO_INTEND = re.compile(r"(?:^|[，；：、])拟[^，；：、\d]{1,12}的$")
_TO_FINISH = re.compile(r"(?:完成|补齐|补上)(?:剩余|余下|剩下|顺延)的?$")
_SINCE_DONE = re.compile(
    r"，[^，；：]*?(?:[一-龥]了(?!解)|已(?=[于与经完签建启印获有])|现有|共有|收到|实际|完成(?:投资|工程量|产值|支付))"
)
_ELSEWHERE = re.compile(
    r"(?:力争|预期(?!性?指标|目标|[，。；]|$)|预计|拟|目标[是为:：]|的目标|计划(?:投资|投入|建设|新增|招))"
)  # in sentences that no kind decides


def status_of(
    text: str, sentence: Sentence, label: Label, candidate: Candidate, *, baseline: str, ahead: bool
) -> tuple[Status, str]:
    """Actual, target or baseline, from the words around, the sentence's kind and whether its section looks `ahead`; and why, in Chinese.

    `baseline` is what `is_baseline` says.
    """
    if baseline:
        return Status.BASELINE, baseline
    start, end = sentence.span.start, sentence.span.end
    near = text[max(start, candidate.start - 20) : candidate.start]
    before = text[start : candidate.start]
    if _is_goal(text, candidate, near, before, end):
        return Status.TARGET, "紧挨着的词说是目标"
    if (
        _REQUIRED.search(before)
        or _RULED.search(text, start, candidate.number)
        or _DEMANDED.search(text, start, candidate.number)
    ):
        return Status.TARGET, "按要求应有的"
    clause = _clause(text, sentence, candidate)
    intent = _INTENT.search(text, start, end) if label.kind is Kind.PLAN else None
    if label.kind is Kind.PLAN and (ahead or intent):
        if _holds_in_plan(text, candidate, clause, near, before):
            return Status.ACTUAL, "计划句里已有的数"
        return Status.TARGET, f"计划句，“{intent.group()}”" if intent else "计划句，在计划部分"
    if label.kind in {Kind.BACKGROUND, Kind.HEADING} and ahead:
        return (Status.ACTUAL, "计划部分里已有的数") if _tells_past(clause) else (Status.TARGET, "在计划部分")
    if label.kind in {Kind.MEASURE, Kind.ACHIEVEMENT}:
        if _NEXT_YEAR.match(before):
            return Status.TARGET, "“明年”"
        told = _PAST.search(before) or _JUST_DONE.search(near) or _LEFT.search(near)
        holds = told and not _TO_FINISH.search(near)
        intended = _still_intended(before)
        if intended:
            return Status.TARGET, f"“{intended[-8:]}”"
        return (Status.TARGET, "在计划部分") if ahead and not holds else (Status.ACTUAL, "说已做的事")
    elsewhere = _ELSEWHERE.search(clause)
    return (Status.TARGET, f"“{elsewhere.group()}”") if elsewhere else (Status.ACTUAL, "没有目标用语")


def _still_intended(before: str) -> str:
    """The last words such as 计划 and 力争 in `before`; "" where a later clause tells what was done (计划投入…，还举办了…)."""
    if _WHO_INTEND.search(before):  # 拟继续备考升学的|65人
        return ""
    intended = list(_INTENDED.finditer(before))
    return intended[-1].group() if intended and _SINCE_DONE.search(before, intended[-1].end()) is None else ""


def _is_goal(text: str, candidate: Candidate, near: str, before: str, end: int) -> bool:
    """Whether the words that touch the number make it a goal, whatever the sentence is: 目标值95%, 50%的要求."""
    if _AS_GOAL.match(text, candidate.end, end) or _FORESEEN.search(near):
        return True
    if _AS_STANDARD.match(text, candidate.end, end):
        bound = bool(candidate.numeral.before) or _BESIDE_STANDARD.search(near) is not None
        rate = units().is_rate(candidate.unit)
        ratio = candidate.numeral.form is Form.RATIO  # 按师生比1:350的要求
        if ratio or ((bound or rate) and not _BY_STANDARD.search(near)):
            return True
    if _BUDGETED.search(near) and _SHARE_OF.match(text, candidate.end, end):  # 为年度预算268万元的93.8%
        return True
    if _SET_STANDARD.match(text, candidate.end, end) and not units().is_thing(candidate.unit):  # 是4000元合格标准的3倍
        return True
    due = _ASSIGNED.search(near) or (_FIXED_BEFORE.search(near) and candidate.unit not in _TASKS)
    if due and _ASSIGNMENT.match(text, candidate.end, end):  # 上级下达的300万元任务, 年初确定的90家走访任务
        return True
    if before.rfind("“") > before.rfind("”") and _QUOTED_GOAL.match(text, candidate.end, end):
        return True
    promised = _PROMISED.search(near) or _SET_OUT.search(text, max(0, candidate.start - 32), candidate.start)
    if promised and _SHORT_OF.match(text, candidate.end, end):
        return True
    for pattern in (_STIPULATED, _AIMS_AT):
        told = pattern.search(before)
        if told is not None and not _HELD_OUT.search(before, told.start()):
            return True
    if near.endswith("应到") and units().is_money(candidate.unit):  # 行业企业应到|180万元，实到152.6万元
        return True
    if _GAP.search(near) or _BEYOND.search(near):  # 离30%的要求差|7个百分点, 高出目标值|2个百分点
        return False
    if _OUGHT.search(near) or (_TASKED.search(near) and candidate.unit not in _TASKS):
        return True
    planned = _PLANNED.search(near) or _BY_CONTRACT.search(before) or _AGREED.search(near) or _ONCE_BUILT.search(near)
    return planned is not None


def _holds_in_plan(text: str, candidate: Candidate, clause: str, near: str, before: str) -> bool:
    """Whether a number in a plan is one that already holds: 剩下的2项任务, 已签约共建基地1个."""
    target = counting_words().target
    given = _GIVEN.search(near) or _HAD.search(before)
    if (given and units().is_thing(candidate.unit)) or _STILL.search(near) or _GRADUATING.search(near):
        return True
    if _LEFT.search(near):  # 剩余的3个系统年底前接通
        return False
    if _LEFT_BEHIND.match(text, candidate.end) and not units().is_money(candidate.unit):
        return True
    if _JUST_DONE.search(near) and not target.search(clause):
        return True
    if _RAISED.search(near) or target.search(clause):
        return False
    return _tells_past(clause) or (_DONE.search(before) is not None and not target.search(before))


def _tells_past(clause: str) -> bool:
    """Whether a clause of a plan tells what is so already; the year before that it only compares with tells nothing."""
    return _PAST.search(_COMPARED.sub("", clause)) is not None


def _clause(text: str, sentence: Sentence, candidate: Candidate) -> str:
    start = max(text.rfind(mark, sentence.span.start, candidate.start) for mark in "，；：") + 1
    end = min(
        (at for at in (text.find(mark, candidate.end, sentence.span.end) for mark in "，；。") if at >= 0),
        default=sentence.span.end,
    )
    return text[max(start, sentence.span.start) : end]
