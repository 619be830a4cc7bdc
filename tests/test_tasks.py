"""汇总表 rows: statements cut into tasks, wording cut from the report's own words."""

from __future__ import annotations

from huizong.extractors.tasks import find_tasks
from huizong.records import Alias, Area, Item, Kind, Meta, Span, Task, TaskState

META = Meta(reporter="临江工程职业学院", partners=("白鹿职业技术学院",))
ALIASES = (Alias(name="临江工程职业学院", alias="临江工程"), Alias(name="白鹿职业技术学院", alias="白鹿职院"))


def tasks(*sentences: tuple[Kind, str]) -> tuple[str, tuple[Task, ...]]:
    text, items, at = "".join(words for _, words in sentences), [], 0
    for n, (kind, words) in enumerate(sentences):
        span = Span(at, at + len(words))
        at = span.end
        items.append(
            Item(
                id=f"i{n}",
                kind=kind,
                area=Area.GOVERNANCE,
                span=span,
                text=words,
                section="s1",
                page=1,
                confidence=0.9,
                reason="",
            )
        )
    return text, find_tasks(text, items, (), sha256="0", meta=META, aliases=ALIASES)


def one(words: str, kind: Kind = Kind.MEASURE) -> Task:
    _, found = tasks((kind, words))
    assert len(found) == 1, [t.brief for t in found]
    return found[0]


def test_purpose_and_subject_are_dropped_from_the_wording() -> None:
    found = one("为推动协议落地，两校成立了由校长任组长的领导小组。")
    assert (found.brief, found.actor, found.beneficiary) == ("成立了由校长任组长的领导小组", "双方", "双方")
    assert found.state is TaskState.DONE


def test_each_accomplished_action_is_a_task_of_its_own() -> None:
    _, found = tasks(
        (Kind.MEASURE, "2022年5月20日签订《实训共建协议》，同时建立了季度联席会议制度，制订了《白鹿帮扶方案》。")
    )
    assert [t.brief for t in found] == ["签订《实训共建协议》", "建立了季度联席会议制度", "制订了《白鹿帮扶方案》"]
    assert found[0].time == "2022年5月20日"


def test_who_helps_whom() -> None:
    found = one("临江工程指导白鹿职院修订人才培养方案。")
    assert (found.actor, found.beneficiary) == ("临江工程", "白鹿职院")


def test_a_mere_result_becomes_the_effect_of_the_task_before() -> None:
    _, found = tasks(
        (Kind.MEASURE, "选派骨干教师到白鹿职院任教。"), (Kind.ACHIEVEMENT, "促进了白鹿职院教学水平的稳步上升。")
    )
    assert len(found) == 1
    assert found[0].effect == "促进了白鹿职院教学水平的稳步上升"


def test_departments_are_named_as_in_the_text() -> None:
    assert one("教务处会同人事处组织了公开课评比。").departments == ("教务处", "人事处")


def test_background_issues_and_plans_make_no_rows() -> None:
    _, found = tasks((Kind.BACKGROUND, "合作意义重大。"), (Kind.ISSUE, "经费不足。"), (Kind.PLAN, "将签订协议。"))
    assert found == ()


def test_all_wording_stands_in_the_report() -> None:
    text, found = tasks(
        (
            Kind.MEASURE,
            "在两校领导支持下，双方积极开展教师互访，先后派出了干部12人；还共同开发课程3门，推动了课程更新。",
        ),
        (Kind.MEASURE, "学校持续加强制度建设，经常检查落实情况。"),
    )
    for task in found:
        assert all(part in text for part in task.brief.split("，"))
        assert task.effect is None or all(part in text for part in task.effect.split("，"))
    assert found[-1].state is TaskState.ONGOING


def test_a_paper_that_names_both_schools_is_signed_by_both() -> None:
    found = one("2022年5月签订《临江工程职业学院 白鹿职业技术学院共建协议》。")
    assert (found.actor, found.beneficiary) == ("双方", "双方")
    assert one("2022年5月签订《临江工程职业学院采购协议》。").actor is None


def test_what_one_does_with_the_other_both_do() -> None:
    for words in ("临江工程与白鹿职院共同组建教师发展联盟。", "会同白鹿职院开展了教学检查。"):
        assert (one(words).actor, one(words).beneficiary) == ("双方", "双方")
    assert one("临江工程与当地企业共建实训基地。").actor == "临江工程"


def test_whoever_helps_the_one_school_is_the_other() -> None:
    found = one("选派骨干教师到白鹿职院任教。")
    assert (found.actor, found.beneficiary) == ("临江工程", "白鹿职院")
    assert one("市教育局领导到白鹿职院调研。").actor is None
    found = one("临江工程通过座谈，帮助其诊断课程问题。")
    assert (found.actor, found.beneficiary) == ("临江工程", "白鹿职院")


def test_the_number_of_the_helped_school_belongs_to_the_help() -> None:
    _, found = tasks((Kind.MEASURE, "临江工程指导帮助白鹿职院调整专业结构，白鹿职院新增招生专业2个，获批省级课程4门。"))
    assert [(t.brief, t.actor) for t in found] == [
        ("指导帮助白鹿职院调整专业结构", "临江工程"),
        ("获批省级课程4门", "白鹿职院"),
    ]
    assert found[0].span == Span(0, 31)


def test_a_second_deed_with_circumstances_of_its_own_is_a_task() -> None:
    _, found = tasks((Kind.MEASURE, "派出人事处干部参与了白鹿职院教师评审，并就绩效分配、岗位设置进行了交流。"))
    assert [t.brief for t in found] == ["派出人事处干部参与了白鹿职院教师评审", "就绩效分配、岗位设置进行了交流"]
    assert {(t.actor, t.beneficiary) for t in found} == {("临江工程", "白鹿职院"), ("临江工程", None)}


def test_times_are_told_whole() -> None:
    assert one("自协议签订以来，学校制订了《实施办法》。").time == "自协议签订以来"
    assert (
        one("在白鹿职院编制规划（2021-2023年）期间，临江工程组织了专家论证。").time
        == "白鹿职院编制规划（2021-2023年）期间"
    )


def test_by_the_means_told_before_it_came_to_something_is_no_deed() -> None:
    text, found = tasks(
        (Kind.MEASURE, "临江工程与白鹿职院共建教研平台。"),
        (Kind.MEASURE, "通过这一平台，两校往来频繁，临江工程给予了大力支持。"),
        (Kind.MEASURE, "通过人才项目，临江工程引进了12名教师。"),
    )
    assert [task.brief for task in found] == ["临江工程与白鹿职院共建教研平台", "引进了12名教师"]
    assert found[0].effect == "通过这一平台，两校往来频繁，临江工程给予了大力支持"
    assert found[0].effect in text


def test_a_long_wording_keeps_every_deed_and_drops_what_it_was_for() -> None:
    said = "对照全校上下共同确认的年度改革任务清单和三年行动方案逐条逐项逐月梳理出来的短板弱项"
    found = one(f"召开了{said}研究推进的专题会议二十余次，确保各项任务落到实处，出台了管理办法，修订了人才培养方案。")
    assert "出台了管理办法，修订了人才培养方案" in found.brief
    assert "确保" not in found.brief


def test_a_list_that_goes_on_behind_a_comma_stays_with_its_deed() -> None:
    named = "机械制造与自动化、工业机器人技术、数控技术、模具设计与制造、焊接技术与自动化"
    found = one(f"临江工程协助白鹿职院制订{named}等专业的人才培养方案，以及配套的实训室建设方案。")
    assert found.brief.endswith("，以及配套的实训室建设方案")


def test_a_stop_alone_is_no_task() -> None:
    _, found = tasks((Kind.MEASURE, "学院完成管网改造4项。"), (Kind.ACHIEVEMENT, "。"), (Kind.MEASURE, "，。"))
    assert [task.brief for task in found] == ["完成管网改造4项"]
