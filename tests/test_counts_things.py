"""Which thing a number counts, by the rules alone: parts of totals, lists with one number, edges of names, what is no thing.

Sentences of our own, read as those of a government's report, where the model of counted things is not asked.
"""

from __future__ import annotations

import pytest

from huizong.analyze import analyze_text
from huizong.records import Count

_HEAD = "某县政府工作报告\n一、过去一年的工作\n"


def counts_in(body: str) -> list[Count]:
    return list(analyze_text(f"{_HEAD}{body}\n").counts)


def things_in(body: str) -> list[str | None]:
    return [count.object for count in counts_in(body)]


def test_parts_of_a_total_count_what_the_total_counts_and_belong_to_their_owners() -> None:
    counts = counts_in("全年共受理噪声投诉案件420件（县政府18件、县生态环境局260件、柳河镇142件），同比下降9.5%。")
    assert [count.object for count in counts[1:4]] == ["噪声投诉案件"] * 3
    assert [count.subject for count in counts[1:4]] == ["县政府", "县生态环境局", "柳河镇"]
    assert counts[4].object == "噪声投诉案件"


def test_a_part_inherits_over_sentences() -> None:
    counts = counts_in(
        "本年度对30件测绘成果申请案件收取工本费。其中，柳河镇人民政府12件，收取310元；县自然资源局18件。"
    )
    assert [count.object for count in counts if count.unit == "件"] == ["测绘成果申请案件"] * 3


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("扶持脱贫户120户、示范村3个、产业园2个。", ["脱贫户", "示范村", "产业园"]),
        ("新增经营主体9万户，其中企业2万户。", ["经营主体", "企业"]),
        ("获批美丽河湖7个、美丽海湾2个。", ["美丽河湖", "美丽海湾"]),
        ("建成实训基地4个，技术中心2个。", ["实训基地", "技术中心"]),
    ],
)
def test_a_thing_that_is_a_body_is_no_owner(sentence: str, expected: list[str]) -> None:
    counts = counts_in(sentence)
    assert [count.object for count in counts] == expected
    assert all(count.rule != "count.inherited" for count in counts)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("全年制作86期政务热点问答。", ["政务热点问答"]),
        ("建成140所社区卫生服务中心。", ["社区卫生服务中心"]),
        ("提升5个县级档案信息公开查阅中心。", ["县级档案信息公开查阅中心"]),
        ("春耕用煤补贴380万元。", ["春耕用煤补贴"]),
        ("群众来信来访人次下降7.5%。", ["群众来信来访人次"]),
        ("引进营业性演出230场。", ["营业性演出"]),
        ("经济总量达到830亿元。", ["经济总量"]),
        ("新建和改造高标准农田12万亩。", ["高标准农田"]),
        ("治理18条大中型和重点小型河道。", ["大中型和重点小型河道"]),
        ("扎实推进21个欠发达乡镇托底性帮扶。", ["欠发达乡镇"]),
    ],
)
def test_names_are_neither_cut_at_a_deed_nor_run_on_into_one(sentence: str, expected: list[str]) -> None:
    assert things_in(sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("在86个县建设千亩示范片400个。", ["县", "千亩示范片"]),
        ("9个“两重”建设项目有序推进。", ["“两重”建设项目"]),
        ("12个先行县和5个培育县取得成效。", ["先行县", "培育县"]),
        ("投资430万元建成8座公厕。", ["投资", "公厕"]),
        ("棉花产量屡创历史新高，去年达到36万吨。", ["棉花产量"]),
        ("用于治沙的投入拟安排96亿元，比上年增加12亿元。", ["投入", "投入"]),
    ],
)
def test_predicates_end_a_name(sentence: str, expected: list[str]) -> None:
    assert things_in(sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("完成外贸投资75亿元，是“十一五”时期的3.1倍。", ["外贸投资", "外贸投资"]),
        (
            "旅游收入9亿元，是2012年的2.2倍，接待人数达到60万人次，是2012年的1.8倍。",
            ["旅游收入", "旅游收入", "接待人数", "接待人数"],
        ),
        ("培训规模达到在校生5倍。", ["培训规模"]),
        ("两年新增8亿元的技改投资。", ["技改投资"]),
        ("试点范围扩大到全省45%的县。", ["县"]),
        ("改善困难家庭860人的生活水平。", ["困难家庭"]),
        ("货运量实现95万吨的历史性突破。", ["货运量"]),
    ],
)
def test_a_time_a_scope_or_a_mark_is_no_thing(sentence: str, expected: list[str]) -> None:
    assert things_in(sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "予以支持91件、不予支持14件、无法受理27件、作其他处理（含主动撤回）6件。",
            ["予以支持", "不予支持", "无法受理", "作其他处理"],
        ),
        (
            "2人获省劳动模范称号，1人入选青年英才工程，1人被评为全国优秀护士。",
            ["省劳动模范称号", "青年英才工程", "全国优秀护士"],
        ),
        ("现有辅导员40人，1人获省级表彰。", ["辅导员", "辅导员"]),
        (
            "优势产业、制造业、绿色优势产业增加值分别增长6.1%、7.2%、8.3%。",
            ["优势产业增加值", "制造业增加值", "绿色优势产业增加值"],
        ),
        ("发表论文90篇，授权专利30件，分别比上年增长12%和20%。", ["论文", "专利", "论文", "专利"]),
    ],
)
def test_lists_of_outcomes_honours_and_growth(sentence: str, expected: list[str]) -> None:
    assert things_in(sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("编写活页式、手册式教材12本。", ["活页式、手册式教材"]),
        ("办刺绣、养蜂、电商培训班6期。", ["培训班"]),
        ("聘请9名工程师和技师授课。", ["工程师和技师"]),
        ("惠及540名居民、补贴金额31万元。", ["居民", "补贴金额"]),
        ("数据实现集中存储、经费下降15%。", ["经费"]),
    ],
)
def test_a_list_with_one_number_is_one_name(sentence: str, expected: list[str]) -> None:
    assert things_in(sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("落实资助资金650万元。", ["资助资金"]),
        ("取消审批事项24项。", ["审批事项"]),
        ("每季度联合执法3次。", ["联合执法"]),
        ("其他收入410万元。", ["其他收入"]),
        ("更正不规范信息19条。", ["不规范信息"]),
        ("更换干式变压器4台。", ["干式变压器"]),
        ("硬化通村路14公里。", ["通村路"]),
        ("7家国有企业注销4家、转让1家。", ["国有企业", "国有企业", "国有企业"]),
        ("设备值达到2.4亿元，生均1.3万元。", ["设备值", "生均设备值"]),
        ("资助学生80人，人均1500元。", ["学生", "人均资助"]),
        ("科研立项46项，月收入为5200元。", ["科研立项", "月收入"]),
        ("稿件被省级以上媒体采用61篇。", ["稿件"]),
        ("财政安排70万元专项资金。", ["专项资金"]),
        ("就业率连续三年保持在96%以上。", ["就业率"]),
        ("帮助64名2021届毕业生就业。", ["毕业生"]),
    ],
)
def test_what_belongs_to_a_name_and_what_governs_it(sentence: str, expected: list[str | None]) -> None:
    assert things_in(sentence) == expected
