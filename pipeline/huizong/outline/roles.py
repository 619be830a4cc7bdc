"""What a section is for, from the words of its heading and from what it stands under."""

from __future__ import annotations

import re
from collections.abc import Sequence

from huizong.records import Role

# Strong: decide wherever the heading stands. Weak: decide only where no enclosing section has decided.
_STRONG: tuple[tuple[Role, re.Pattern[str]], ...] = (
    (
        Role.PROGRESS,  # what is looked back at is told first: “十三五”发展成就和“十四五”主要目标
        re.compile(
            r"(?:成就|成效|成绩|成果|回顾|进展)(?:和|与|及|以及|、)(?=[^，]{4})[^，]*(?:目标|任务|安排|计划|打算|思路|部署)"
        ),
    ),
    (
        Role.PROGRESS,
        re.compile(r"^(?!.*(?:成因|原因|主要问题|不足)).*(?:整改|落实|完成|办理|推进|进展)(?:落实|完成|工作)?情况"),
    ),
    (
        Role.ISSUES,  # what is named first: 存在问题及改进措施
        re.compile(
            r"(?:问题|不足|困难|短板|差距|困惑)(?:分析)?(?:及|与|和|、)(?:其)?(?:下一?步)?(?:改进|整改|对策|建议|措施|打算)"
        ),
    ),
    (
        Role.PLANS,
        re.compile(
            r"^(?:打算|设想|计划|安排|展望|思路|(?:意见|几点)?建议)$|(?:来年|明年)[^，。]{0,6}(?:想法|怎么|设想)|展望$"
            r"|(?:下一步|下一阶段|下阶段|下步|下一年|往后|接下来|下学期|下学年|下半年|新学[期年]|来年|明年|今后|未来|后续).{0,12}(?:工作|计划|打算|思路|安排|设想|重点|目标|举措|措施|任务|要点|展望|规划|方向|建议)"
            r"|(?:下一步|下一阶段|下阶段|今后|未来)[^，。]{0,6}$|(?:工作|发展)(?:计划|打算|思路|安排|设想|展望|要点)(?:与|和|及|$)|(?:改进|整改|应对)(?:的)?(?:措施|思路|方向|计划|举措|建议|打算)"
            r"|往后怎么|20\d\d年.{0,4}(?:怎么|想|要)[做干办抓]|(?:反思|总结|思考)[与和及](?:展望|打算)|(?:想|要|该)(?:做|干|办|抓)的(?:几件)?事|(?:的|些|点)打算$|努力方向|对策(?:与|和|及)?建议|工作建议|目标任务|预期目标|总体要求|总体思路|前景展望|^展望|20\d\d年.{0,10}(?:安排|计划|打算|思路|重点工作|主要任务|任务|举措|建议|重点)"
        ),
    ),
    (
        Role.ISSUES,
        re.compile(
            r"存在.{0,10}(?:问题|不足|困难|短板|差距|薄弱|困惑|挑战)|面临.{0,8}(?:问题|困难|挑战|形势)|(?:主要|突出|面对|工作中的?)(?:的)?(?:问题|不足|困难|短板|差距|挑战|困境)"
            r"|(?:问题|不足|差距|短板|薄弱环节|困难|挑战)(?:与|和|及|、)(?:不足|原因|问题|困难|挑战|差距|短板|成因|分析)|^(?:问题|不足|短板|差距|困难|挑战)$|问题(?:及|与|和)?.{0,4}(?:分析|清单)$|(?:短板|差距|问题|不足|短处|难处)(?:在(?:哪|何处)|有哪些|是什么)|(?:不足|不顺|不顺当|不够|欠缺|为难|薄弱)的(?:地方|方面|环节|工作|几点|事)|(?:还有|仍有)(?:哪些)?(?:不足|差距|短板|问题|欠账)|(?:难处|短处|软肋|(?<![补还清][上齐清还])欠账|遗憾)$|解决的(?:主要|关键|突出|核心)?[^，。]{0,4}(?:问题|难题|痛点)$|原因分析|没[干做]好|不足之处|问题、成因|难过的坎"
        ),
    ),
)
_WEAK: tuple[tuple[Role, re.Pattern[str]], ...] = (
    (
        Role.ISSUES,
        re.compile(
            r"^(?!.*(?:解决|破解|补齐|整治|克服|化解|缓解|改变|扭转|突破)).*(?:问题|不足|困难|短板|差距|挑战|困惑|瓶颈|制约因素)$"
            r"|^(?!.*(?:解决|破解|补齐|整治|克服|化解|缓解|改变|扭转)).*(?:无力|不力|乏力|欠缺|缺失|缺位|薄弱|滞后|不够|不强|不高|不实|不到位|不健全|不完善|不平衡|偏[低少弱窄慢])$"
        ),
    ),
    (
        Role.BACKGROUND,
        re.compile(
            r"背景|体会|启示|概况|概述|(?<!就业)(?<!收支)(?<!招生)(?<!办学的)(?<!运行)(?<!执行)基本情况|简介|指导思想|^(?:前言|引言|导言|序言)|依据|意义|指导原则"
        ),
    ),
    (
        Role.PROGRESS,
        re.compile(
            r"回顾|工作(?:总结|小结)|(?:工作|开展|完成|主要|取得的?|突出|发展)(?:情况|成绩|成效|成果|业绩|亮点|做法)$"
        ),
    ),
    (
        Role.OTHER,
        re.compile(r"汇总表|一览表|其他(?:需要)?(?:报告|说明)的?事项|^附[件表录：:]|目录|联系方式|佐证材料|名词解释"),
    ),
)


# Under a heading that names both (不足与下一步打算) each part says by its title which it is.
_OWN = (
    (
        Role.PLANS,
        re.compile(
            r"(?:下一步|下一阶段|下阶段|今后|未来|明年|20\d\d年)(?:的)?(?:重点)?(?:工作)?(?:打算|计划|安排|思路|设想|举措|措施|重点|展望|努力方向)"
            r"|(?:改进|整改|应对|优化)(?:的)?(?:方向|措施|举措|思路|打算|计划|对策|建议)|努力方向|对策(?:[与和及]?建议)?|应对(?:之策|策略)"
        ),
    ),
    (
        Role.ISSUES,
        re.compile(
            r"(?:目前|当前|工作中)?(?:还|仍|主要)?(?:存在的?|面临的?)?(?:主要|突出)?(?:的)?(?:问题|不足|困难|短板)(?:[与和及](?:问题|不足|困难|短板|差距))?"
        ),
    ),
)
# Where the title says nothing (“踔厉奋发开新局”), what most sentences under it say decides.
_PLANNED = re.compile(
    r"(?:^|[，；])(?:要|将|拟|力争|争取|确保|计划|继续)|将[^，]{0,8}(?:继续|进一步|着力|牢记|坚持|聚焦)|力争|年内|要[^，]{0,12}(?:、|，)|不少于|达到[^，]{1,8}以上"
)
_WRONG = re.compile(
    r"不足|不够|不高|不强|不均|滞后|薄弱|欠缺|缺乏|尚未|未能|没有|偏[低少弱]|有待|亟待|困难|短板|差距|跟不上|还不"
)
_DONE = re.compile(r"[了已]|同比|荣?获(?:得|批|评)?")
# Titles of reports that are plans throughout (2023年党政工作要点), and words with which a title also looks back.
_ALL_PLANS = re.compile(
    r"(?:工作要点|(?:工作|行动|建设|推进|培养|培训|发展)计划|工作安排|工作打算|工作思路|工作任务|任务分解|任务清单|责任清单|目标(?:任务|与规划|和规划)|发展规划)"
    r"(?:一览)?(?:表)?(?:[（(].{1,20}[）)])?$"
)
_LOOKS_BACK = re.compile(r"总结|小结|报告|汇报|回顾|情况|成效|自评|完成|落实|验收|绩效")
_MOST, _MANY, _FEW = 0.6, 0.25, 0.2


def section_role(
    title: str, parent: Role | None, under: str = "", *, last: bool = False, planned: bool = False
) -> Role:
    """The role of a section called `title` under a section of role `parent` (`None` at the top).

    `under` is its text, `last` whether nothing follows it: reports end with their plans. `planned` is whether the whole report
    is a plan (`plans_ahead`).

    >>> section_role("存在问题与不足", None), section_role("深化专业帮扶", None)
    (<Role.ISSUES: 'issues'>, <Role.PROGRESS: 'progress'>)
    >>> section_role("健全工作机制", Role.PLANS)
    <Role.PLANS: 'plans'>
    >>> section_role("解决教学短板", Role.PROGRESS)
    <Role.PROGRESS: 'progress'>
    """
    if parent in (Role.ISSUES, Role.PLANS):
        return own_role(title) or parent
    named = _named(title, _STRONG)
    if named is not None or parent is not None:
        return named or parent or Role.PROGRESS
    return _named(title, _WEAK) or (Role.PLANS if planned else _role_of_text(under, last))


def plans_ahead(title: str) -> bool:
    """Whether the title of a report says that all of it is a plan.

    >>> plans_ahead("江城职院2023年工作要点"), plans_ahead("教务处2022年工作总结和2023年工作计划")
    (True, False)
    """
    words = re.sub(r"\s", "", title)
    return _ALL_PLANS.search(words) is not None and _LOOKS_BACK.search(words) is None


def plans_throughout(titles: Sequence[str]) -> bool:
    """Whether the lines of a report's title say that all of it is a plan: one does, and none looks back.

    >>> plans_throughout(["高水平专业群建设计划", "江城职院中期自评报告"]), plans_throughout(["江城职院2023年工作要点"])
    (False, True)
    """
    back = any(_LOOKS_BACK.search(re.sub(r"\s", "", title)) for title in titles)
    return not back and any(plans_ahead(title) for title in titles)


def role_reason(title: str, parent: Role | None, *, planned: bool = False) -> str:
    """What told `section_role` the role, in Chinese.

    >>> role_reason("存在问题与不足", None), role_reason("健全工作机制", Role.PLANS)
    ('标题用语“存在问题与不足”', '随上级标题')
    """
    if parent in (Role.ISSUES, Role.PLANS):
        return f"标题用语“{_plain(title)}”" if own_role(title) else "随上级标题"
    words = _words(title, _STRONG)
    if words is None and parent is not None:
        return "随上级标题"
    words = words or _words(title, _WEAK)
    if words:
        return f"标题用语“{words}”"
    return "全文是计划" if planned else "看标题下面的句子"


def own_role(title: str) -> Role | None:
    """The role that a title has whatever it stands under, `None` where it takes that of the enclosing issues or plans.

    >>> own_role("下一步打算"), own_role("补齐师资短板") is None
    (<Role.PLANS: 'plans'>, True)
    """
    return next((role for role, pattern in _OWN if pattern.fullmatch(_plain(title))), None)


def title_role(title: str) -> Role | None:
    """The role that the words of a title name, or `None` where they leave it open.

    >>> title_role("四、短板在哪里"), title_role("路远") is None
    (<Role.ISSUES: 'issues'>, True)
    """
    return _named(title, _STRONG) or _named(title, _WEAK)


def _plain(title: str) -> str:
    return re.sub(r"\s", "", title).rstrip("。：:")


def _named(title: str, patterns: tuple[tuple[Role, re.Pattern[str]], ...]) -> Role | None:
    words = _plain(title)
    return next((role for role, pattern in patterns if pattern.search(words)), None)


def _words(title: str, patterns: tuple[tuple[Role, re.Pattern[str]], ...]) -> str | None:
    """The words of the title that name a role."""
    words = _plain(title)
    return next((found.group() for _, pattern in patterns if (found := pattern.search(words))), None)


def _role_of_text(under: str, last: bool) -> Role:
    sentences = [s for s in re.split(r"[。；\n]", under) if len(s) > 8]
    if len(sentences) < 3:
        return Role.PROGRESS
    planned = sum(bool(_PLANNED.search(s)) and not _DONE.search(s) for s in sentences) / len(sentences)
    wrong = sum(bool(_WRONG.search(s)) for s in sentences) / len(sentences)
    done = sum(bool(_DONE.search(s)) for s in sentences) / len(sentences)
    if wrong >= _MOST:
        return Role.ISSUES
    return Role.PLANS if last and planned >= _MANY and done <= _FEW else Role.PROGRESS
