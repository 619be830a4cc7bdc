"""What the members of a list share: the words that open it fall away, a head that only the last member has goes to all.

城市、农村|低保标准; 甲学院、乙学院|毕业生; 具有博士学位、高级职称|的教师.
"""

from __future__ import annotations

import re

from huizong.extractors.count_relations import PERSON
from huizong.lexicon.units import counting_words

_RANKED = re.compile(r"(?:国家|省部|市厅|地市|国际|世界|区域|[省市部校院厅县区州])级")
LEAD = re.compile(
    r"^(?:(?:今年|全年|年内)?力争|改造|更换|维修|新建|将|把|确保|力争|[春秋]季学期|[上下]学期|[上下]半年|全年|今年|年内|其中|全省|全市|全区|全县|争取|实现|完成|新增|获得?|建成|培育|发展|推动|带动|促进|[^，。；、]{2,10}带动|城乡居民参加)(?=[^，。]{2})"
)
# Words that share the thing named behind the second of them: 城市、农村|低保标准, 8个中文和9个外文|数据库.
FACING: dict[str, tuple[str, ...]] = {
    "城市": ("农村",),
    "城镇": ("农村牧区", "农牧区", "农村"),
    "国内": ("国际", "国外", "境外"),
    "省内": ("省外", "国外"),
    "校内": ("校外",),
    "市内": ("市外",),
    "线上": ("线下",),
    "中文": ("外文", "英文"),
    "专职": ("兼职",),
    "公办": ("民办",),
    "中职": ("高职",),
    "高职": ("中职", "本科"),
    "专科": ("本科",),
    "本科": ("专科", "高职"),
}
_WHEN = re.compile("^(?:全年|今年|年内|其中)(?=[一-龥]$)")
_YEARS = re.compile(r"(?:20)?\d\d[级届年]?")
_COHORT = re.compile(r"(?:20)?\d\d[级届年](?P<thing>[^\d].+)")
_SORTS = frozenset({"产业", "企业", "行业", "农户"})
_HEADS = re.compile(
    r"(?:全产业链|产业|集群|企业|行业|农户)?(?:的)?(?:总|平均|初次|首次|生均|人均)?(?:(?:进出口|进口|出口|零售|贸易)总额|增加值|居民人均可支配收入|人均可支配收入|总产值|产值|收入|投资|毛入[学园]率|入[学园]率|巩固率|录取最低分|最低投档分|最低录取分|投档分|最低分|分数线|平均分|投档线|(?:保险)?参保率|覆盖率|就业率|达标率|完成率|合格率|满意度|[一-龥]{2}率|率|[借阅培培用耗销产运访服][一-龥]量|占比|比重|领域投资额|投资额|面积|产量|经费|人数|补助标准|标准|进出口|进口|出口|产业规模|规模|增速|案件|水质优良比例|优良水质比例|品种|销量|销售额|零售额|营收|利润|发电量|用电量|交易额|总额|成交额|管网|用户|业务量|(?:贷款)?余额"
    r"|(?:立案|发案|获奖|招生|在校生|毕业生|报名|录取|报到|就业|参保|贷款)数)$"
)
_GONE_TO = re.compile("[^的]{2,}?(就业|任教|创业|实习|升学)的?")
_OWNED_BY = re.compile("[^的]{2,}(的[^的]{0,4}(?:教师|学生|人员|干部|员工|职工|毕业生|学员|党员))(?:占比|比例)?")
_BODIES_OF = re.compile("的(学校|院校|企业|单位|部门|学院)$")
_OFFERING = ("开设", "设有", "拥有", "建有", "具有", "参加", "完成", "通过")
_OF_SORT = re.compile("[一-龥]{1,4}?([型类式])([一-龥]{3,})$")
_AT_BODY = re.compile("(?:职教中心|职院|学院|学校|中专|县|区|市|镇|乡|村|校区|分院).{2,}")
_PEOPLE_OF = re.compile("(?:学院|[系校]|专业)((?:在校|毕业|招|录取)?(?:生|人数|新生|学生)|教师|党员)$")
_DONE_BY_PEOPLE = re.compile(
    "(?:干部|教师|领导|学生|党员|职工|书记)((?:人均)?(?:听课|授课|走访|谈话|培训|实践|代课|值班))$"
)
_BODIES = re.compile("(?:学院|[系校]|专业)$")


def faced(first: str, second: str) -> str:
    """What `second` names behind the word that faces `first` (低保标准 of 城市, 农村低保标准); "" where none does."""
    word = next((word for word in FACING.get(first, ()) if second.startswith(word)), None)
    return second.removeprefix(word) if word is not None else ""


def shared_head(parts: list[str]) -> list[str] | None:
    """List members as names: what opens the sentence is cut, a head that only the last one has is shared; `None` for bare years."""
    parts = [LEAD.sub("", part) or part for part in parts]
    parts[0] = _WHEN.sub("", parts[0])  # 全年|水、电消耗
    cohort = _COHORT.match(parts[-1])
    if cohort is not None and all(_YEARS.fullmatch(part) for part in parts[:-1]):  # 2017、2018、2019届|初次就业率
        thing = cohort["thing"].removeprefix("的")
        return [thing] * len(parts) if not thing.startswith(("分别", "依次", "各")) else None
    if len(parts[0]) == 1 and len(parts) == 2 and len(parts[1]) > 2:  # 存、贷款余额
        return [parts[0] + parts[1][1:], parts[1]]
    thing = faced(parts[0], parts[1]) if len(parts) == 2 else ""
    if thing:  # 城市、农村低保标准
        return [parts[0] + thing, parts[1]]
    ranked = _RANKED.match(parts[-1])
    if ranked is not None and all(_RANKED.search(part) and part.endswith("级") for part in parts[:-1]):
        thing = parts[-1][ranked.end() :]  # 国家级、省级|实训基地
        return [*(_RANKED.findall(part)[-1] + thing for part in parts[:-1]), parts[-1]]
    people = _PEOPLE_OF.search(parts[-1])
    if people is not None and all(_BODIES.search(part) for part in parts[:-1]):  # 甲学院、乙学院毕业生
        return [*(part + people[1] for part in parts[:-1]), parts[-1]]
    done = _DONE_BY_PEOPLE.search(parts[-1])
    if done is not None and all(PERSON.search(part) for part in parts[:-1]):  # 校级领导、中层干部|听课
        return [*(part + done[1] for part in parts[:-1]), parts[-1]]
    gone = _GONE_TO.fullmatch(parts[-1])
    if (
        gone is not None and parts[0][0] in "到赴在" and not any(part.endswith(gone[1]) for part in parts[:-1])
    ):  # 到民企、国企|就业的
        return [part.lstrip("到赴在") + gone[1] for part in parts[:-1]] + [parts[-1].removesuffix("的")]
    owned = _OWNED_BY.fullmatch(parts[-1])
    if owned is not None and not any("的" in part for part in parts[:-1]):  # 具有博士学位、高级职称|的教师
        return [*(part + owned[1] for part in parts[:-1]), parts[-1]]
    bodies = _BODIES_OF.search(parts[-1])
    if bodies is not None and parts[0].startswith(_OFFERING):  # 开设护理、学前教育专业的|学校
        return [bodies[1]] * len(parts)
    sort = _OF_SORT.match(parts[-1])
    if sort is not None and all(part.endswith(sort[1]) for part in parts[:-1]):  # 急难型、支出型|临时救助标准
        return [*(part + sort[2] for part in parts[:-1]), parts[-1]]
    placed = _AT_BODY.match(parts[-1], len(parts[0])) if len(parts) == 2 and 2 <= len(parts[0]) <= 3 else None
    if placed is not None:  # 青溪、石塘|职教中心教师占比
        return [parts[0] + placed.group(), parts[1]]
    head = _HEADS.search(parts[-1])
    if head is None or head.start() == 0:
        return parts
    size = len(parts[0])
    if size <= head.start() and all(_are_pair(part, parts[-1][:size]) for part in parts[:-1]):
        return [*(part + parts[-1][size:] for part in parts[:-1]), parts[-1]]  # 炼铁、炼钢|先进产能占比
    own = counting_words().measure
    mixed = len(parts) > 2 and any(_HEADS.search(part) or part.endswith(own) for part in parts[:-1])
    if mixed:  # 进口货值、入境游客、免税销售额: each is named whole
        return parts
    words = head.group()
    if words[:2] in _SORTS and any(part.endswith((words[:2], "业")) for part in parts[:-1]):
        words = words[2:]  # 优势产业、制造业、绿色产业增加值 share 增加值
    if words == "保险参保率" and any(part.endswith("保险") for part in parts[:-1]):
        words = "参保率"  # 养老保险、医疗保险参保率
    if words == "贷款余额" and any(part.endswith("款") for part in parts[:-1]):
        words = "余额"  # 各项存款、贷款余额
    return [part if _HEADS.search(part) or part.endswith(own) else part + words for part in parts]


def _are_pair(first: str, second: str) -> bool:
    """Whether two different words of one length open or end with the same character: 炼铁 and 炼钢, 甲校 and 乙校."""
    return len(first) == len(second) > 1 and first != second and (first[0] == second[0] or first[-1] == second[-1])
