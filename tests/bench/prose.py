"""Invented reports: the project's own corpus, cut up, mixed and given other numbers, and sentences made from templates."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

CORPUS = Path(__file__).parents[2] / "corpus"
CN = "一二三四五六七八九十"

_NUMBER = re.compile(r"(?<![\d.,，A-Za-z－-])(?!20\d\d)\d+(?![\d年月日届号A-Za-z.－-])")
_HEADING = re.compile(r"(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）)(?P<title>[^。；！？：]{4,30})")
_SCHOOLS = ("临汀", "白鹿", "澄湖", "青岩", "沧江", "云麓", "石泉", "芦溪", "嘉陵", "南屏", "鹤山", "汀洲")
_KINDS = ("职业技术学院", "工商职业学院", "工程职业技术学院", "卫生职业学院")
_SUBJECTS = (
    "年度工作总结",
    "结对帮扶工作报告",
    "党建工作总结",
    "教学工作总结",
    "质量年度报告",
    "学生工作总结",
    "双高建设绩效报告",
)
_CHAPTERS = (
    ("主要工作与成效", "重点任务完成情况", "年度工作开展情况", "主要做法", "特色与亮点"),
    ("存在的主要问题", "存在问题与不足", "困难与短板"),
    ("下一步工作计划", "下一年度工作安排", "今后工作打算"),
)
_DONE = (
    "全年组织{thing}{n}场，参与{who}{m}人次。",
    "学校投入{thing}建设经费{n}万元，新建实训室{s}个。",
    "{dept}牵头修订{doc}{s}项，形成台账{n}份。",
    "选派骨干教师{s}人次到合作企业实践锻炼，完成{thing}{s}项。",
    "{who}参加省级以上技能大赛，获一等奖{s}项、二等奖{n}项。",
    "截至{year}年12月底，毕业生就业率达到{p}%，较上年提高{q}个百分点。",
    "与{s}家企业签订合作协议，共建产业学院{k}个，接收实习学生{m}人。",
    "立项省级课题{s}项，发表论文{n}篇，授权专利{s}件，到账经费{n}.{k}万元。",
    "{dept}建立季度例会制度，{thing}工作机制进一步健全。",
    "通过走访调研、专题座谈等方式，收集意见建议{n}条，办结率{p}%。",
    "开展{thing}培训{s}期，培训{who}约{m}人次，满意度保持在{p}%以上。",
)
_WRONG = (
    "{thing}的深度和广度还不够，{dept}之间的协同有待加强。",
    "部分{who}参与{thing}的积极性不高，覆盖面偏窄。",
    "受经费和场地限制，{thing}配套条件相对滞后。",
    "{doc}的执行力度不足，个别单位存在落实不及时的现象。",
    "高层次人才数量偏少，双师型教师占比仅为{p}%，与目标要求仍有差距。",
)
_PLAN = (
    "将继续推进{thing}，力争{next}年新增省级项目{k}个。",
    "进一步完善{doc}，建立{thing}长效机制。",
    "计划投入{n}万元改善{thing}条件，年内建成{k}个示范点。",
    "拟选派{s}名教师赴企业实践，确保{thing}取得实效。",
    "加强{dept}与二级学院的沟通，定期通报{thing}进展。",
)
_THINGS = "专题学习|校企合作|课程思政|技能培训|志愿服务|实习实训|资源共建|师资培养|社会服务|就业指导|心理健康教育|安全演练".split(
    "|"
)
_DEPTS = "教务处|学生工作处|组织人事处|科研与社会服务处|后勤保障部|团委|招生就业处|继续教育学院|质量管理办公室".split(
    "|"
)
_DOCS = "人才培养方案|教学管理制度|绩效考核办法|实训室管理规定|学生手册|内部控制制度".split("|")
_WHO = "师生|学生|教职工|青年教师|学生干部|企业员工|村民".split("|")


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """A heading of the first level and the sections under it: (title, paragraphs)."""

    title: str
    sections: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """The words of a report: paragraphs without blanks inside, headings with their numbers."""

    school: str
    year: int
    title: str
    opening: tuple[str, ...]
    chapters: tuple[Chapter, ...]


def story(random: Random, length: int) -> Story:
    """A report of about `length` characters, in three chapters: work, problems, plans."""
    school, year = random.choice(_SCHOOLS) + random.choice(_KINDS), random.randint(2018, 2024)
    title = f"{school}{year}年{random.choice(_SUBJECTS)}"
    opening = (
        f"{year}年，{school}（以下简称“{school[:2]}学院”）坚持立德树人根本任务，围绕年度重点任务统筹推进各项工作，取得了阶段性成效。"
        f"现将有关情况报告如下。",
        _made(random, _DONE, year, 3),
    )
    shares = ((_DONE, 0.72, 0), (_WRONG, 0.12, 1), (_PLAN, 0.16, 2))
    chapters = tuple(
        Chapter(
            title=f"{CN[at]}、{random.choice(_CHAPTERS[at])}",
            sections=_sections(random, templates, year, round(length * share), corpus=at == 0),
        )
        for templates, share, at in shares
    )
    return Story(school=school, year=year, title=title, opening=opening, chapters=chapters)


def _sections(
    random: Random, templates: tuple[str, ...], year: int, length: int, *, corpus: bool
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Sections until `length` characters are filled; ten at most, each the longer for it."""
    titles, bodies = _corpus()
    number = min(10, max(2, length // 500))
    sections = []
    for at in range(number):
        left, paragraphs = length // number, []
        while left > 0:
            paragraph = (
                _varied(random, random.choice(bodies))
                if corpus and random.random() < 0.6
                else _made(random, templates, year, random.randint(2, 6))
            )
            paragraphs.append(paragraph)
            left -= len(paragraph)
        sections.append((f"（{CN[at]}）{random.choice(titles)}", tuple(paragraphs)))
    return tuple(sections)


def _made(random: Random, templates: tuple[str, ...], year: int, sentences: int) -> str:
    """A paragraph of as many sentences, each from another template."""
    chosen = random.sample(templates, min(sentences, len(templates)))
    return "".join(_filled(random, template, year) for template in chosen)


def _filled(random: Random, template: str, year: int) -> str:
    return template.format(
        thing=random.choice(_THINGS),
        dept=random.choice(_DEPTS),
        doc=random.choice(_DOCS),
        who=random.choice(_WHO),
        n=random.randint(11, 380),
        m=random.randint(120, 6800),
        s=random.randint(3, 48),
        k=random.randint(2, 9),
        p=f"{random.randint(600, 999) / 10:.1f}",
        q=f"{random.randint(2, 90) / 10:.1f}",
        year=year,
        next=year + 1,
    )


def _varied(random: Random, paragraph: str) -> str:
    """The paragraph with other numbers of as many digits; years, dates and decimals stay."""
    return _NUMBER.sub(lambda found: str(random.randint(10 ** (len(found[0]) - 1), 10 ** len(found[0]) - 1)), paragraph)


@cache
def _corpus() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Heading titles and body paragraphs of the project's own texts; blanks and short lines left out."""
    titles: dict[str, None] = {}
    bodies: dict[str, None] = {}
    for path in sorted([*CORPUS.glob("reports/*.txt"), *CORPUS.glob("samples/*.txt")]):
        for line in path.read_text(encoding="utf-8").splitlines()[1:]:
            words = line.strip()
            if heading := _HEADING.fullmatch(words):
                titles.setdefault(heading["title"])
            elif len(words) > 60 and not re.search(r"\s", words) and re.match(r"[\u4e00-\u9fff]{2}", words):
                bodies.setdefault(words)
    return tuple(titles), tuple(bodies)
