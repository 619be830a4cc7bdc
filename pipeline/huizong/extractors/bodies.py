"""Whose report it is: its title, the body that reports, its partners and its years."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from huizong.extractors.government import of_government
from huizong.extractors.names import trim_name
from huizong.lexicon.names import name_words
from huizong.outline import goes_on
from huizong.records import Alias, CleanDocument, Meta, Role, Section

_OPENING = 1200  # characters in which a report introduces the bodies it is about

# No school: 技师学院 without a name, 教学研究型大学, 年中等职业学校 behind the year of a title.
_GENERIC = re.compile(
    r"型(?:大学|学院|学校)$|^年|^(?:[支受]援|受?帮扶|结对|合作|协作)(?:大学|学院|学校|公司)$|^(?:(?:职业|技术|技师|师范|高等|中等|专科)*(?:大学|学院|学校)|幼专|师专|职教中心|公司|集团|医院|研究[院所])$"
)

_ADDRESS = re.compile(
    r"(20\d\d)年?[^，。]{0,4}(?:新年|新春|元旦|春节|迎新)[^，。]{0,4}(?:献词|贺词|致辞|致词|寄语|贺信)"
)

_QUOTED = re.compile("[“《][^“”《》]*[”》]")
_KIND = re.compile(r"(?:报告|总结|小结|汇报|要点|材料)(?:[（(].{1,20}[）)])?$")
_NO_BODY = ("高等", "高职", "职业", "全国", "全省", "各", "兄弟", "合作", "二级", "省", "市")

_HEAD = 400  # characters in which a government report names its session
_YEAR = re.compile(r"(20\d\d)\s*年")


def find_meta(document: CleanDocument, sections: Sequence[Section], aliases: Sequence[Alias]) -> Meta:
    """Title, reporting body, partners and years of the report; `None` and empty where nothing says so.

    The reporter is the body that the title opens with, that signs the report, or whose short name is given first; partners
    are the other schools and firms that the title or a short name introduces. Years are those of the title, else those that
    the sections of progress speak of.
    """
    title = _title([s.number + s.title for s in sections if s.level == 0])
    government = _government(document, title)
    if government or of_government(document.text, title):
        return Meta(title=title, reporter=government, years=_government_years(document, title, sections))
    subtitle = " ".join([s.title for s in sections if s.level == 0][1:])
    bodies = _bodies(document, title, subtitle, aliases)
    reporter = bodies[0] if bodies else None
    return Meta(title=title, reporter=reporter, partners=tuple(bodies[1:3]), years=_years(document, title, sections))


def _title(lines: Sequence[str]) -> str | None:
    """The first line of the title, with the second where the first is but the name of a body, a project or a programme."""
    open_ended = len(lines) > 1 and not lines[1].startswith(("—", "―", "-", "（", "(")) and not _KIND.search(lines[0])
    if open_ended and (goes_on(lines[0], lines[1]) or _KIND.search(lines[1])):
        return f"{lines[0]} {lines[1]}"
    return lines[0] if lines else None


def _government(document: CleanDocument, title: str | None) -> str | None:
    """The government whose report this is, from the lines before the first address to the delegates."""
    opening = document.text[:600]
    if not re.search(
        r"政府工作报告|^各位代表[：:]",
        re.sub(r"[^\S\n]", "", f"{title or ''}\n{opening}\n{document.source.name}"),
        re.MULTILINE,
    ):
        return None
    if re.search(r"国务院(?:总理|政府工作报告)|代表国务院", (title or "") + opening):
        return "国务院"
    place = r"((?![\u4e00-\u9fff]{0,8}(?:完成|落实|贯彻|按照|根据|围绕))[\u4e00-\u9fff]{2,10}?(?:省|自治区|市|区|县|旗|州|盟))"
    for pattern, words in (
        (rf"{place}(?:人民)?政府工作报告", re.sub(r"\d{4}年", "", f"{title or ''}\n{document.source.name}")),
        (rf"^(?!我|现在){place}人民政府", opening),
        (rf"{place}(?:人民)?政府工作报告", opening),
        (rf"{place}第[一二三四五六七八九十\d]+届人民代表大会", opening),
        (rf"(?<!代)(?<!代表)(?!代表){place}人民政府", opening),
    ):
        found = re.search(pattern, words, re.MULTILINE)
        if found and len(found.group(1)) > 1:
            return trim_name(found.group(1)) + "人民政府"
    return None


def _government_years(document: CleanDocument, title: str | None, sections: Sequence[Section]) -> tuple[int, ...]:
    """The year looked back on and the year planned: the latter is that of the title, of the session or of the part that plans.

    A year that only the review names (2011年是“十二五”开局之年) is the one looked back on.
    """
    parts = [section for section in sections if section.level == 1]
    head = (title or "") + document.text[: min([_HEAD, *(section.span.start for section in parts)])]
    ahead = (section.title for section in parts if section.role is Role.PLANS)
    planned = _YEAR.search("\n".join([head, *ahead]))
    if planned is not None:
        return int(planned[1]) - 1, int(planned[1])
    reviewed = _YEAR.search(document.text, 0, _HEAD)
    return (int(reviewed[1]), int(reviewed[1]) + 1) if reviewed is not None else ()


def _bodies(document: CleanDocument, title: str | None, subtitle: str, aliases: Sequence[Alias]) -> list[str]:
    """Schools and firms the report is about, the reporting one first, each by its full name; else the department of the title."""
    full = {a.alias: a.name for a in aliases}
    paragraphs = [p.span.of(document.text) for p in document.paragraphs]
    signed = [words.strip() for words in paragraphs[-4:] if _signature(words.strip())]
    signed += [words.strip() for words in paragraphs[1:3] if _signature(words.strip())]  # under the title
    office = _OFFICE.match(re.sub(r"\s", "", title or ""))
    if office is not None:
        return [office["office"]]
    heads = [_QUOTED.sub("", title or ""), subtitle, document.source.name.rpartition(".")[0]]
    named = [full.get(body, body) for words in heads for body in _bodies_in(words)]
    opening = document.text[:_OPENING]
    defined = [a.name for a in aliases if a.name.endswith(name_words().partner_endings) and a.name in opening]
    told = [m["body"] for m in _LABELLED.finditer(document.text, 0, _OPENING)]
    own = [m["body"] for m in _OWN.finditer(document.text, 0, _OPENING)]
    found = own[:1] + signed[:1] + named + told + defined
    if not found:
        often = Counter({body: document.text.count(body) for body in _bodies_in(opening)})
        found = [body for body in often if often[body] > 1][:1]
    if found:
        found += re.findall(
            rf"{found[0]}[与和]([\u4e00-\u9fff]{{4,20}}?(?:公司|集团|学院|大学|学校))(?:合作|共建|联合|结对)", opening
        )
    kept: list[str] = []
    for body in (_with_full_name(body, full) for body in found):
        longer = next((n for n, other in enumerate(kept) if other in body), None)
        if longer is not None:
            kept[longer] = body
        elif not any(body in other for other in kept):
            kept.append(body)
    if len(kept) > 1 and not own and _is_met(kept[0], [a for a in full if full[a] == kept[0]], opening):
        kept = [*kept[1:2], kept[0], *kept[2:]]
    department = _DEPARTMENT.match(re.sub(r"\s", "", title or ""))
    return kept or ([department["name"]] if department is not None else [])


_BODY_OF_LINE = (
    r"[：:][ \t]*(?P<body>[\u4e00-\u9fff（）()]{4,24}?(?:学院|学校|大学|公司|集团|中心|幼专|师专))"
    r"(?=[\s，。；、]|$|[一-龥]{2,6}[：:])"
)

_LABELLED = re.compile(rf"(?:[支受]援|(?:受?帮扶|结对|合作|牵头|参与|协作))(?:学校|单位|院校|企业|方){_BODY_OF_LINE}")

_OWN = re.compile(
    rf"(?:(?:完成|报送|填报|上报|编制|总结|汇报)(?:学校|单位|院校)|(?:学校|单位|院校)(?:全称|名称)){_BODY_OF_LINE}"
)
"""Lines that say who is who: 支援学校：甲学院 受援学校：乙学院, 填报单位：甲学院."""


def _is_met(body: str, short: Sequence[str], opening: str) -> bool:
    """Whether the report speaks of `body` as of someone else: 我院认真做好对乙学校的帮扶."""
    names = "|".join(map(re.escape, (body, *short)))
    return re.search(rf"我(?:校|院|公司|单位)[^。；]{{0,40}}?(?:对|与|为|赴|到|向)(?:{names})", opening) is not None


_DEPARTMENT = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{0,14}(?:图书馆|学生会|团委|工会|[系处部室]|中心|办公室))"
    r"(?=(?:关于)?(?:20\d\d|[上下]半年|学期|学年|年度|第)?[^，。]{0,10}(?:工作的?(?:总结|报告|小结|汇报)|述职报告)$|召开|举行|举办)"
)
"""A title that opens with a department of a school that it does not name."""

_OFFICE = re.compile(
    r"(?P<office>[\u4e00-\u9fff]{1,16}(?:省|市|区|县|旗|州|盟)[\u4e00-\u9fff]{2,14}?(?:局|厅|委员会|委|工作队|人民法院|人民检察院|(?<=[省市区县旗州盟])人民政府(?:办公[厅室])?))"
    r"(?=关于|20\d\d|工作|[一二]〇)"
)
"""A title that opens with an office of a place, which is no school."""


def _signature(words: str) -> bool:
    endings = "|".join(name_words().partner_endings)
    return not _GENERIC.search(words) and bool(
        re.fullmatch(
            rf"[\u4e00-\u9fff（）()]{{2,20}}(?:{endings})(?:[\u4e00-\u9fff]{{2,14}}(?:处|部|办公室|中心|院|馆|委员会))?",
            words,
        )
    )


def _bodies_in(words: str) -> list[str]:
    """Names of schools and firms in `words`; a department right after its school belongs to the name."""
    endings = "|".join(name_words().partner_endings)
    department = r"(?P<part>(?:[\u4e00-\u9fff]{2,12}?(?:处|办公室|中心|部|学院|系)(?=关于|20\d\d|工作|$))?)"
    found = re.finditer(
        rf"(?P<body>[\u4e00-\u9fff]{{2,24}}?(?:{endings})){department}(?![\u4e00-\u9fff]{{0,4}}(?:学院|学校|大学|公司))",
        words,
    )
    names = []
    for match in found:
        part = match["part"]
        if any(word in part for word in name_words().between_bodies):  # 甲学院结对帮扶乙学院: two bodies, no department
            names += [match["body"], *_bodies_in(part)]
        else:
            names.append(match["body"] + part)
    names = [trim_name(re.sub(r"^(?:中共|关于)", "", name)) for name in names]
    return [n for n in names if len(n) >= 4 and not _GENERIC.search(n) and not n.startswith(_NO_BODY)]


def _with_full_name(body: str, full: dict[str, str]) -> str:
    """The body with its school's full name: 江城农院图书馆 is the library of 江城农业职业学院."""
    short = next((alias for alias in full if body.startswith(alias) and not body.startswith(full[alias])), None)
    return full[short] + body[len(short) :] if short else body


_LEAVERS = re.compile(r"(20\d\d)届(?=毕业生)")  # those who leave school in that year


def _years(document: CleanDocument, title: str | None, sections: Sequence[Section]) -> tuple[int, ...]:
    """The years of the title or of the file name, else those spoken of before the plans, brackets left out."""
    greeted = address_year(title or "")
    if greeted is not None:
        return (greeted - 1, greeted)
    for words in (title or "", document.source.name.rpartition(".")[0]):
        years = _years_in(words) or _years_in(_LEAVERS.sub(r"\1年", words))
        if years:
            return years
    end = next((s.span.start for s in sections if s.role == Role.PLANS), len(document.text))
    return _years_in(re.sub(r"[（(〔\[][^（()）〔〕\[\]]*[）)〕\]]", "", document.text[:end]))


def address_year(title: str) -> int | None:
    """The year that a New Year's address greets, `None` for any other title: it looks back on the year before.

    >>> address_year("江城职院2022年新年献词"), address_year("江城职院2022年工作总结")
    (2022, None)
    """
    found = _ADDRESS.search(_halfwidth(title))
    return int(found[1]) if found else None


def _years_in(words: str) -> tuple[int, ...]:
    words = _halfwidth(words)
    years: set[int] = set()
    for first, last in re.findall(r"(?<!\d)(20\d\d)\s*年?(?:\d{1,2}月)?\s*[-—–~～至到]+\s*(20\d\d)(?!\d)", words):
        if int(first) <= int(last) <= int(first) + 20:
            years.update(range(int(first), int(last) + 1))
    years.update(int(y) for y in re.findall(r"(?<!\d)(20\d\d)(?=\s*(?:学年|年|[）)]$))", words))
    return tuple(sorted(years))


def _halfwidth(words: str) -> str:
    return words.translate({ord("０") + n: ord("0") + n for n in range(10)})
