"""What sentences say: the traps of official Chinese, on sentences of our own."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huizong.classifier import load_model
from huizong.extractors.areas import load_areas
from huizong.extractors.statements import ITEM_KINDS, label_sentences
from huizong.lexicon.cues import found_cues
from huizong.lexicon.rules import rules
from huizong.outline import build_outline
from huizong.records import CleanDocument, Kind, Label, Paragraph, Source, SourceMap, Span
from huizong.tokens import segment


def labels_of(text: str) -> list[tuple[str, Label]]:
    """(words, label) of every sentence of a report of one paragraph a line."""
    paragraphs, at = [], 0
    for line in text.split("\n"):
        paragraphs.append(Paragraph(span=Span(at, at + len(line))))
        at += len(line) + 1
    source = Source(name="report.txt", sha256="0", format="txt")
    document = CleanDocument(source=source, text=text, paragraphs=tuple(paragraphs), source_map=SourceMap(()))
    outline = build_outline(document)
    labels = label_sentences(text, outline.sentences, outline.sections, segment(text), load_model(), load_areas())
    return [(s.span.of(text), label) for s, label in zip(outline.sentences, labels, strict=True)]


SCHOOL = """青石职业学院2021年工作总结
现将一年来的工作情况报告如下。
一、主要工作与成效
（一）健全机制
学校将质量提升工作纳入年度党政工作要点，并在教代会上作了专题部署。
我们毫无保留地把课程标准交给对方。
新建工位90个，解决了实训条件不足的问题。
获批省级专业教学资源库2项。
图3 工位分布示意
二、存在的问题
（一）师资力量有待加强
双师型教师比例偏低，骨干教师流失较多。
受疫情影响，原定的企业实践没有完成。
尽管如此，年内已完成课程标准开发12门。
三、下一步工作计划
学校将每季度召开一次教学质量分析会。
要进一步完善教师到企业实践的制度。
力争到2023年底建成省级教师创新团队2个。
青石职业学院
2021年12月20日"""

GOVERNMENT = """政府工作报告
——2021年2月1日在青石区第五届人民代表大会第一次会议上
各位代表：
现在，我代表区人民政府向大会报告工作，请予审议。
一、2020年工作回顾
全区生产总值增长6.1%，财政收入突破30亿元。
坚持把项目作为发展的抓手。
在此，我代表区政府表示衷心的感谢！
我们也清醒地看到，发展中还存在不少困难和问题：产业层次偏低；
城乡差距较大；
干部作风有待改进。
对此，我们将认真加以解决。
二、关于2021年的工作
建成标准厂房10万平方米。
改造老旧小区12个。
三、切实加强政府自身建设
严格依法行政。
各位代表！
使命催人奋进。"""


def kinds(text: str) -> dict[str, Kind]:
    return {words: label.kind for words, label in labels_of(text)}


@pytest.fixture(scope="module")
def school() -> dict[str, Kind]:
    return kinds(SCHOOL)


@pytest.fixture(scope="module")
def government() -> dict[str, Kind]:
    return kinds(GOVERNMENT)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("现将一年来的工作情况报告如下。", Kind.BACKGROUND),
        ("学校将质量提升工作纳入年度党政工作要点，并在教代会上作了专题部署。", Kind.MEASURE),
        ("新建工位90个，解决了实训条件不足的问题。", Kind.ACHIEVEMENT),
        ("获批省级专业教学资源库2项。", Kind.ACHIEVEMENT),
        ("图3 工位分布示意", Kind.OTHER),
        ("双师型教师比例偏低，骨干教师流失较多。", Kind.ISSUE),
        ("受疫情影响，原定的企业实践没有完成。", Kind.ISSUE),
        ("尽管如此，年内已完成课程标准开发12门。", Kind.ACHIEVEMENT),
        ("学校将每季度召开一次教学质量分析会。", Kind.PLAN),
        ("要进一步完善教师到企业实践的制度。", Kind.PLAN),
        ("力争到2023年底建成省级教师创新团队2个。", Kind.PLAN),
        ("青石职业学院", Kind.OTHER),
        ("2021年12月20日", Kind.OTHER),
    ],
)
def test_school_report(school: dict[str, Kind], words: str, kind: Kind) -> None:
    assert school[words] is kind


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("各位代表：", Kind.OTHER),
        ("全区生产总值增长6.1%，财政收入突破30亿元。", Kind.ACHIEVEMENT),
        ("在此，我代表区政府表示衷心的感谢！", Kind.OTHER),
        ("城乡差距较大；", Kind.ISSUE),
        ("干部作风有待改进。", Kind.ISSUE),
        ("对此，我们将认真加以解决。", Kind.PLAN),
        ("建成标准厂房10万平方米。", Kind.PLAN),
        ("改造老旧小区12个。", Kind.PLAN),
        ("严格依法行政。", Kind.PLAN),
        ("使命催人奋进。", Kind.BACKGROUND),
    ],
)
def test_government_report(government: dict[str, Kind], words: str, kind: Kind) -> None:
    assert government[words] is kind


AGAINST = """青石职业学院2021年工作总结
一、主要工作与成效
学校新签合作企业6家，建成实训室4间。
公共课教师人均企业实践9天，没有达到不少于15天的要求。
二、存在的问题
教师下企业的时间普遍不足，两成教师全年一天也没有去。
三号楼漏水的问题，暑假里已全部修好。
经过协商，两家企业已退清拖欠的实习津贴。
三、下一步计划
力争明年建成虚拟仿真中心1个。
目前已与两家企业签订共建协议，设备正在招标。
人才培养没有捷径，唯有久久为功。"""


@pytest.mark.parametrize(
    ("words", "kinds"),
    [
        ("公共课教师人均企业实践9天，没有达到不少于15天的要求。", {Kind.ISSUE}),
        ("教师下企业的时间普遍不足，两成教师全年一天也没有去。", {Kind.ISSUE}),
        ("三号楼漏水的问题，暑假里已全部修好。", {Kind.ACHIEVEMENT, Kind.MEASURE}),
        ("经过协商，两家企业已退清拖欠的实习津贴。", {Kind.ACHIEVEMENT, Kind.MEASURE}),
        ("力争明年建成虚拟仿真中心1个。", {Kind.PLAN}),
        ("目前已与两家企业签订共建协议，设备正在招标。", {Kind.ACHIEVEMENT, Kind.MEASURE}),
        ("人才培养没有捷径，唯有久久为功。", {Kind.BACKGROUND}),
    ],
)
def test_the_section_does_not_decide_alone(words: str, kinds: set[Kind]) -> None:
    assert dict(labels_of(AGAINST))[words].kind in kinds


def test_items_have_an_area_and_others_none() -> None:
    for _, label in labels_of(SCHOOL):
        assert (label.area is not None) == (label.kind in ITEM_KINDS)
        assert 0 < label.confidence <= 1
        assert label.reason


def test_words_of_trouble_in_praise_are_no_issue(school: dict[str, Kind]) -> None:
    assert school["我们毫无保留地把课程标准交给对方。"] in (Kind.MEASURE, Kind.ACHIEVEMENT)


def test_headings_are_headings(school: dict[str, Kind]) -> None:
    assert school["二、存在的问题"] is school["（一）健全机制"] is Kind.HEADING


@pytest.mark.parametrize(
    ("text", "cue", "shows"),
    [
        ("专业建设滞后。", "issue", True),
        ("解决了教师不足的问题。", "solved", True),
        ("困难学生资助全覆盖。", "solved", True),
        ("学校将制度写入章程。", "plan", False),
        ("学校将组织培训。", "plan", True),
        ("表2 获奖情况", "other", True),
        ("管理平台已于5月上线。", "settled", True),
        ("平台将于明年上线。", "settled", False),
        ("12月底前配齐人手。", "ahead", True),
        ("去年12月配齐了人手。", "ahead", False),
        ("捐来的机床至今没有开封。", "still", True),
        ("学分互认只谈成三门课。", "little", True),
        ("津贴拖欠了两个月。", "trouble", True),
        ("好在问题暑假里得到解决。", "relieved", True),
        ("图书馆新增藏书。", "other", False),
    ],
)
def test_cues(text: str, cue: str, shows: bool) -> None:
    assert (cue in found_cues(text)) is shows


def test_every_rule_is_readable() -> None:
    assert all(rule.name and rule.weight for rule in rules())


OF_A_DISTRICT = """政府工作报告
——2021年2月1日在青石区第五届人民代表大会第一次会议上
各位代表：
一、2020年工作回顾
扩大有效投资。签约落地项目42个，投资增长8.2%。
持续推进殡葬改革，规范小区物业管理。
我们坚持过紧日子，把有限的资金用在民生上。
在项目建设上，坚持一线调度、挂图作战。
创新活力不断释放。
也存在一些隐患，部分堤防建成年代较早。
二、2021年工作安排?
当前，外部环境更趋复杂。
我区仍处于转型爬坡的关键阶段。
就业压力与用工短缺的矛盾并存；
要重点抓好春耕备耕。"""


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("扩大有效投资。", Kind.MEASURE),
        ("签约落地项目42个，投资增长8.2%。", Kind.ACHIEVEMENT),
        ("持续推进殡葬改革，规范小区物业管理。", Kind.MEASURE),
        ("我们坚持过紧日子，把有限的资金用在民生上。", Kind.MEASURE),
        ("在项目建设上，坚持一线调度、挂图作战。", Kind.MEASURE),
        ("创新活力不断释放。", Kind.ACHIEVEMENT),
        ("也存在一些隐患，部分堤防建成年代较早。", Kind.ISSUE),
        ("二、2021年工作安排?", Kind.HEADING),  # the mark is a blank that a wrong encoding has lost
        ("当前，外部环境更趋复杂。", Kind.BACKGROUND),
        ("我区仍处于转型爬坡的关键阶段。", Kind.BACKGROUND),
        ("就业压力与用工短缺的矛盾并存；", Kind.ISSUE),
        ("要重点抓好春耕备耕。", Kind.PLAN),
    ],
)
def test_what_was_only_done_and_how_things_stand(words: str, kind: Kind) -> None:
    assert kinds(OF_A_DISTRICT)[words] is kind


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(SCHOOL.split("\n") + GOVERNMENT.split("\n")), min_size=1, max_size=8))
def test_any_order_of_lines_gives_a_label_each(lines: list[str]) -> None:
    assert all(label.kind in Kind for _, label in labels_of("\n".join(lines)))


NEWS = """江城职院召开秋季学期工作布置会
8月30日，学校召开秋季学期工作布置会，320名教职工参加会议。
院长指出，上学期教学秩序平稳，新增省级课程2门；实训开出率提高到98%。
他强调，全体教师要聚焦“课堂质量”改进教法；聚焦“安全稳定”排查隐患；聚焦“服务师生”转变作风。
图书馆要做好新生入馆培训，各系今后要加强对晚自习的检查。
新的学期，学校将以专业认证为抓手，提高人才培养质量。
检查也指出了宿舍管理的不足：有的寝室卫生较差；有的寝室私接电线。
祝大家新学期工作顺利、身体健康！"""


def test_speeches_and_news_without_headings_are_read_by_their_words() -> None:
    kinds = {words: label.kind for words, label in labels_of(NEWS)}
    assert kinds["江城职院召开秋季学期工作布置会"] is Kind.HEADING
    assert kinds["8月30日，学校召开秋季学期工作布置会，320名教职工参加会议。"] is not Kind.ACHIEVEMENT
    assert kinds["实训开出率提高到98%。"] is Kind.ACHIEVEMENT
    for words in (
        "聚焦“安全稳定”排查隐患；",
        "聚焦“服务师生”转变作风。",
        "图书馆要做好新生入馆培训，各系今后要加强对晚自习的检查。",
    ):
        assert kinds[words] is Kind.PLAN
    assert kinds["新的学期，学校将以专业认证为抓手，提高人才培养质量。"] is Kind.PLAN
    assert kinds["有的寝室私接电线。"] is Kind.ISSUE
    assert kinds["祝大家新学期工作顺利、身体健康！"] is Kind.OTHER


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("出台优化用地审批的六条措施，开展“一窗通办”试点。", Kind.MEASURE),
        ("以迎接环保督察为契机，深入开展河道排查整治，严格落实河长责任。", Kind.MEASURE),
        ("实施老旧管网改造，城区供水能力明显提升。", Kind.ACHIEVEMENT),
        ("启动区三条干道加快建设，配套设施日趋完备。", Kind.ACHIEVEMENT),
    ],
)
def test_a_government_tells_what_it_did_or_what_came_of_it(words: str, kind: Kind) -> None:
    text = GOVERNMENT.replace("坚持把项目作为发展的抓手。", words)
    assert dict(labels_of(text))[words].kind is kind


def test_the_remedy_told_behind_a_challenge_is_planned() -> None:
    text = (
        "青石职业学院2022年质量年报\n5 面临挑战\n5.1 平台偏少\n省级平台只有3个，成果转化不活跃。"
        "对策：整合校内资源，到2025年新增省级平台2个。\n5.2 队伍偏弱\n博士只有6人，引进困难。"
    )
    kinds = {words: label.kind for words, label in labels_of(text)}
    assert kinds["对策：整合校内资源，到2025年新增省级平台2个。"] is Kind.PLAN
    assert kinds["省级平台只有3个，成果转化不活跃。"] is Kind.ISSUE


def test_lines_of_a_list_without_stops_are_text() -> None:
    text = "网络中心2022年小结\n运维\n更换交换机43台，无一中断。\n割接都放在夜里，上课没受影响\n接单601件，当天办结的占九成。"
    kinds = {words: label.kind for words, label in labels_of(text)}
    assert kinds["割接都放在夜里，上课没受影响"] is not Kind.OTHER


def test_what_was_won_of_the_province_is_no_plan() -> None:
    text = (
        "某县政府工作报告\n各位代表：\n一、过去一年的工作\n争取专项债券资金12亿元、支持项目31个。\n"
        "一年来，主要做了以下工作：\n新建道路6公里。"
    )
    kinds = {words: label.kind for words, label in labels_of(text)}
    assert kinds["争取专项债券资金12亿元、支持项目31个。"] in {Kind.MEASURE, Kind.ACHIEVEMENT}
    assert kinds["一年来，主要做了以下工作："] is Kind.BACKGROUND


def test_what_was_learned_from_a_review_is_no_plan() -> None:
    told = dict(
        labels_of("青石区2020年工作总结\n一、2020年工作回顾\n新建水厂2座。\n必须坚持以群众满意为准，把好事办实。")
    )
    assert told["必须坚持以群众满意为准，把好事办实。"].kind is Kind.BACKGROUND


def test_a_part_on_an_earlier_year_looks_back_too() -> None:
    found = kinds(
        """政府工作报告
2022年1月在石川市第九届人民代表大会第一次会议上
一、过去五年工作回顾
五年来，新建厂房40万平方米。
二、2021年主要工作
全市引进项目31个，建成投产19个。
三、2022年重点工作
引进项目40个以上，新建标准厂房12万平方米。"""
    )
    assert found["全市引进项目31个，建成投产19个。"] is Kind.ACHIEVEMENT
    assert found["引进项目40个以上，新建标准厂房12万平方米。"] is Kind.PLAN


def test_what_wants_more_of_in_a_part_on_issues_is_an_issue() -> None:
    found = kinds(
        """青石职业学院2022年工作总结
一、主要工作
采取抽查、互评的办法，查找各系档案工作存在的不足与问题，及时消除隐患。
二、存在的问题
一是档案利用的便捷性需进一步提升；
二是专职人员的业务能力需进一步强化；
三是库房条件有待改善。
三、下一步打算
简化借阅手续，试行网上预约。
重点做好以下三项工作。"""
    )
    assert found["采取抽查、互评的办法，查找各系档案工作存在的不足与问题，及时消除隐患。"] is Kind.MEASURE
    assert found["二是专职人员的业务能力需进一步强化；"] is Kind.ISSUE
    assert found["三是库房条件有待改善。"] is Kind.ISSUE
    assert found["简化借阅手续，试行网上预约。"] is Kind.PLAN
    assert found["重点做好以下三项工作。"] is Kind.PLAN


def test_troubles_listed_in_a_governments_plans_are_issues() -> None:
    found = kinds(
        """政府工作报告
2011年1月在河源市第五届人民代表大会上
一、2010年工作回顾
新建厂房30万平方米。
二、2011年工作安排
但是，经济运行中仍然存在一些矛盾和问题。
工业结构偏重，自主品牌不多，转型的压力不小，资源约束矛盾突出；农田水利欠账多，靠天吃饭的面积大；
要着力抓好以下工作。"""
    )
    assert found["农田水利欠账多，靠天吃饭的面积大；"] is Kind.ISSUE
    assert found["要着力抓好以下工作。"] is Kind.PLAN
