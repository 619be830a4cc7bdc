"""Lines without a number that are headings by their standing: the title of the report and the lines that open its chapters.

`title_lines` finds the title where no word such as 报告 gives it away (新年致辞, a slogan over its subtitle); `opens_chapter` knows
lines such as 2024年工作回顾, which name a part of a report and stand over whatever is numbered beneath.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from huizong.outline.numbering import numbering
from huizong.outline.roles import title_role
from huizong.records import Role

LONGEST_TITLE, LONGEST_NUMBERED = 60, 64
TITLE_WORDS = re.compile(
    r"(?:报告|总结|小结|汇报|材料|情况|计划|要点|方案|年报|通报|综述|说明|安排|打算|思路|简报)(?:[（(].{1,20}[）)])?$"
)
_LONGEST_CHAPTER = 26
_STOPPED = re.compile(r"[。；;，,、：:][”’」』）)》]*$")
_CLOSED = re.compile(r"[。；！？;!?，,、][”’」』）)》]*$")
_ONE_PHRASE = re.compile(r"^[^。；！？;!?]*[\u4e00-\u9fff]{3}[^。；！？;!?]*[！？!?]?$")
_SUBTITLE = re.compile(r"^(?:—|―|─|--)(?!.*会议?上$)")
_BEGINS = 12
"""Paragraphs within which running text follows the title."""
_FOLLOWING = 3

# What stands over or beside a title: letterheads, numbers of documents, sources, dates, places of a meeting, names with their posts.
_POST = "校长|院长|书记|省长|市长|区长|县长|旗长|州长|盟长|主席|主任|部长|处长|科长|馆长|所长|队长|组长|总理"
_FURNITURE = re.compile(
    r"^[—―─·-]|文件$|〔20\d\d〕|^(?:[【\[]?(?:来源|作者|编辑|记者|报送|抄送|联系|电话|日期|时间|发布|点击|浏览|密级|主办|承办|附件|目录|标题)[】\]]?)"
    r"|年\d{1,2}月(?:\d{1,2}日)?[）)]?$|^[（(].*[）)]$|^\d{4} ?[-/.年] ?\d{1,2} ?(?:[-/.] ?\d|月)|^\d{1,2}(?!\d)"
    r"|^第?[\d一二三四五六七八九十]+(?:期|号|次)$"
    rf"|^[\u4e00-\u9fff]{{0,16}}(?:{_POST})[ \u3000]*[\u4e00-\u9fff·]{{2,4}}$|(?:{_POST}).*(?:{_POST})"
)

_BODY = re.compile(r"^[\u4e00-\u9fff（）()]{2,24}(?:学院|大学|学校|公司|集团|政府|办公[厅室]|委员会|[局厅处委])$")
"""A line that is the name of a body: a letterhead, unless a subtitle stands under it."""
_BODIES = re.compile(r"^[\u4e00-\u9fff（）()、]{4,30}(?:学院|大学|学校|委员会|中心|[局厅处部委馆室系])$")
_OWN_BODY = re.compile("学院|大学|学校|中心|委员会|政府|[局厅]")
_OF_A_YEAR = re.compile(r"20\d\d(?:[-—–~～至]20\d\d)?(?:学?年)")
_BARE_KIND = re.compile("(?:教学)?成果(?:总结|研究)?报告|(?:年度|中期|终期)?(?:自评|自查|总结|研究|建设|工作)报告")

_TIME = (
    r"(?:(?:20\d\d(?:[-—–~～至]20\d\d)?(?:学?年)?度?(?:上半年|下半年|春季学期|秋季学期)?|今年|去年|明年|来年|上年度?|本年度?|全年|上半年|下半年|[上本下]学[期年]|新学[期年]"
    r"|过去(?:的)?[一五]年|一年来|五年来|[“”十一二三四五六]{2,5}(?:时期|期间)?|当前|目前|今后|下一?步|下一?阶段)(?:来|以来)?的?)"
)
_WHOSE = r"(?:全[省市县区校院馆系处部]|学[校院]|我[校院]|政府|本部门)?的?"
_WORK = r"(?:主要|重点|各项|总体|具体|业务)?(?:工作|任务)(?:的)?"
_PAST = r"(?:全面|简要)?(?:回顾|总结|小结|成效|成绩|成果|亮点|做法|概况|概述|(?:开展|完成|进展|落实|总体)?情况(?:回顾|总结|汇报)?)"
_AHEAD = r"(?:总体|初步|主要|重点)?(?:安排|部署|计划|规划|打算|思路|要点|重点|目标|任务|设想|展望|措施|举措|建议)"
_AHEAD += r"(?:与|和|及)?(?:安排|措施|举措|建议|打算|任务|目标)?"
_REVIEW = rf"{_WORK}{_PAST}|(?:主要|取得的?)(?:主要)?(?:工作)?(?:成绩|成效|成果|做法|亮点|业绩)(?:和|与|及)?(?:做法|亮点|经验|成效)?"
_PLANS = (
    rf"{_WORK}{_AHEAD}|(?:主要|重点|目标)(?:预期)?(?:目标|任务|工作)(?:和|与|及)?(?:任务|举措|措施|目标)?"
    r"|(?:总体|工作)要求|努力方向|改进(?:措施|方向)|整改(?:措施|方向)"
)
_TROUBLE = (
    r"(?:工作中)?(?:还|仍|尚)?存在的?(?:主要|突出)?(?:问题|不足|困难|短板|差距)(?:(?:与|和|及|、)(?:不足|原因|问题|困难|挑战|差距|短板|成因)(?:分析)?)?|(?:主要|突出)(?:问题|不足|困难|短板)"
    r"|(?:问题|不足|困难)(?:与|和|及)(?:不足|原因|问题|困难|挑战|差距|短板|建议)|(?:问题|不足|短板|差距|困难)(?:分析)?|不足之处"
)
_CHAPTER = re.compile(
    rf"{_TIME}?{_WHOSE}(?:{_REVIEW}|{_PLANS}|{_TROUBLE})|{_TIME}(?:打算|计划|安排|思路|措施|举措|建议|展望|规划)"
)


def opens_chapter(words: str) -> bool:
    """Whether a line without a number names a part of a report, and nothing else.

    >>> opens_chapter("2024年工作回顾"), opens_chapter("下一步工作打算"), opens_chapter("存在的主要问题")
    (True, True, True)
    >>> opens_chapter("存在的问题："), opens_chapter("深化教学工作总结制度"), opens_chapter("2024年，学校完成主要工作。")
    (True, False, False)
    """
    words = words.rstrip("：:")
    return len(words) <= _LONGEST_CHAPTER and _CHAPTER.fullmatch(words) is not None


_LEAD = re.compile(r"([^，。；：:]{2,14})[：:](?=.)")
_LEADS_ON = re.compile("(?:主要)?(?:有|是|为|如下|包括|体现在)$")
_SHALL = re.compile(  # 2021年，我局将：1.…
    r"(?:20\d\d年|明年|来年|下半年|下一?步|今后|新学[期年])，?[^，。；：:\d]{0,10}(?:将|要|拟|计划)[^，。；：:\d]{0,12}[：:](?=.)"
)
_LOOKING_AHEAD = re.compile(r"(?:下半年|下一?步|下一?阶段|今后|明年|来年|下学[期年]|新学[期年])")


def lead_role(words: str) -> Role | None:
    """What a paragraph is for by the words that open it before a colon, where these name a part of a report; else `None`.

    >>> lead_role("不足之处：一是宿舍老化；"), lead_role("2024年打算：新增院校3所；"), lead_role("地点：一号楼")
    (<Role.ISSUES: 'issues'>, <Role.PLANS: 'plans'>, None)
    """
    if _SHALL.match(words):
        return Role.PLANS
    found = _LEAD.match(words)
    if found is None:
        return None
    named = _LEADS_ON.sub("", found[1])
    if _LOOKING_AHEAD.fullmatch(named):
        return Role.PLANS
    return title_role(named) if opens_chapter(named) else None


def title_lines(lines: Sequence[str], titled: Sequence[bool]) -> frozenset[int]:
    """Which of the first `lines` of a report (one a paragraph) are its title, by where they stand.

    `titled` tells of each line whether its words or its looks name it the title. Where none before the running text is,
    the first line that is no letterhead, date or name is it. A subtitle (“——在…会议上的报告”) belongs to the title, and so
    does the line above it, whatever its words. Empty where no running text follows.
    """
    zone = _zone(lines)
    found: set[int] = set()
    for at in zone:
        if _SUBTITLE.match(lines[at]) and not _CLOSED.search(lines[at]):
            above = next((n for n in reversed(zone) if n < at and not _FURNITURE.search(lines[n])), None)
            if above is not None and (above in found or _may_title(lines[above])):
                found |= {above, at}
    for at in zone[1:]:
        if titled[at] and at - 1 in zone and not found and goes_on(lines[at - 1], lines[at]):
            found |= {at - 1, at}
    if found or not zone or any(titled[at] for at in zone):
        return frozenset(found)
    first = next((at for at in zone if not (_FURNITURE.search(lines[at]) or _BODY.search(lines[at]))), None)
    if first is not None and _may_title(lines[first]) and not opens_chapter(lines[first]):
        found.add(first)
    return frozenset(found)


def goes_on(above: str, line: str) -> bool:
    """Whether a title that names no body itself stands under the name of its body, or of its project."""
    if _OWN_BODY.search(line) or _FURNITURE.search(above) or _STOPPED.search(above) or len(above) > LONGEST_TITLE:
        return False
    if _OF_A_YEAR.match(line):  # 某学院学生工作处、团委 / 2024年工作总结
        return _BODIES.search(above) is not None
    return _BARE_KIND.fullmatch(line) is not None and _may_title(above)  # 模式改革与实践 / 教学成果总结报告


def _zone(lines: Sequence[str]) -> list[int]:
    """The lines before the running text or the first numbered or chapter line, a first line that calls out (…谱写新篇章！) among them.

    Empty where no longer text follows.
    """
    for at, line in enumerate(lines[:_BEGINS]):
        calls = at == 0 and line.endswith(("！", "!")) and len(line) <= LONGEST_TITLE
        chapter = at > 0 and opens_chapter(line) and not goes_on(lines[at - 1], line)
        if numbering(line) is not None or chapter:
            return list(range(at))
        if _CLOSED.search(line) and not calls:
            return list(range(at)) if any(len(text) > len(lines[0]) for text in lines[at : at + _FOLLOWING]) else []
    return []


def _may_title(line: str) -> bool:
    """Whether a line is one call or phrase of words, of a title's length."""
    return 4 <= len(line) <= LONGEST_TITLE and not _STOPPED.search(line) and _ONE_PHRASE.search(line) is not None
