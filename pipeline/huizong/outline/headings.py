"""Which lines and opening sentences of a report are headings: by number, by the file's own style, by words and standing.

Not handled: headings in the middle of a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from huizong.outline.levels import Heading
from huizong.outline.numbering import Numbering, Style, numbering
from huizong.outline.sequence import fill_gaps
from huizong.outline.standing import LONGEST_NUMBERED, LONGEST_TITLE, TITLE_WORDS, opens_chapter, title_lines
from huizong.records import CleanDocument, Paragraph, Span

_LONGEST_TOPIC, _LONGEST_PLAIN, _LONGEST_COLON = 26, 26, 16

_FINAL = re.compile(r"[。；！？;!?，,、][”’」』）)》]*$")
_CAPTION = re.compile(r"^(?:图|表|附图|附表|附件)\s*[\d一二三四五六七八九十]")
# Lines that stand alone but head nothing: dates, places and names of signatures, salutations, sources.
_NO_HEADING = re.compile(
    r"^[—\-–·]|年\d{1,2}月(?:\d{1,2}日)?$|^20\d\d年\d{1,2}月\d{1,2}日，?在|^[（(].*[）)]$|[：:]$|^(?:来源|作者|编辑|记者|报送|抄送|联系|电话|日期)"
)
_DATED = re.compile(
    r"(?:20\d\d|二[〇○零][一二三四五六七八九十〇○零]{2})年[\d一二三四五六七八九十]{1,3}月(?:[\d一二三四五六七八九十]{1,3}日)?[ \u3000）)]*$"
)
_PREFACE = re.compile(r"^(?:前言|引言|导言|序言|概述|概况|基本情况|总体情况|工作概述|摘要|导读|编[制写]说明)$")
# A bare number before a title (2 主要工作), believed only in reports that also count 2.1, 2.2.
_BARE = re.compile(r"\d{1,2}(?=[\u4e00-\u9fff])")
_QUANTITY = re.compile(r"\d+(?:年|月|日|项(?!目)|人(?![才员事文民大])|[个名次门家所件篇期场届])")
# Words with which a sentence says something of its own, rather than naming a topic.
_CLAIM = re.compile(
    r"[了已未]|\d+(?:\.\d+)?\s*(?:%|％|[万亿个项名人门家所次场件篇])|不够|不足|不高|不强|不均|不平衡|没有|尚|仍|还存在|滞后|薄弱|欠缺|偏[低少]|缺乏|共计|荣获|获批|过于|太[多少大小]|得[多少]|[一二三四五六七八九十]成[多的以]|差距|不[到足强高够实齐]|不及时|倾向|参差|波动|[慢弱]。"
)


# A blank that a wrong encoding has turned into a question mark: behind another stop, or where nothing is asked.
_LOST = re.compile(r"\?+$")
_ASKS = re.compile(r"[吗呢么何谁哪几怎]|多少|是否|是不是|能不能|可否")

_OPENING = 16  # paragraphs among which the title stands

_LISTING = frozenset({Style.ARABIC, Style.PAREN_ARABIC, Style.CIRCLED, Style.RUN_IN})
"""Numberings in which lists are written; official writing keeps 一、 and （一） for headings."""

_BRACKETED = re.compile("【[^【】]{2,16}】")
_AMOUNT = r"\d+(?:\.\d+)?\s*(?:余|多)?\s*(?:%|[万亿]|[个项名人门家所次场件篇起部具盏辆份间台套元户])"
_TELLS_AMOUNT = re.compile(_AMOUNT)
_SAYS = re.compile(_AMOUNT + r"|[了过]$|[，,].*[，,]|[了没]")
_MOST_SAY = 0.5


def find_headings(document: CleanDocument, cut: list[list[Span]]) -> list[Heading]:
    """The headings of `document` in reading order; `cut` are the sentences of each paragraph."""
    text, found = document.text, []
    decimals = {n.words.split(".")[0] for spans in cut if spans and (n := _decimal(spans[0].of(text)))}
    titles = _titles(document)
    title_open = True  # only before the first running text
    for index, (paragraph, spans) in enumerate(zip(document.paragraphs, cut, strict=True)):
        if not spans:
            continue
        if index in titles:
            found.append(Heading(paragraph=index, span=spans[0], number=None, title=True))
            continue
        titled = any(heading.title for heading in found)
        heading = _heading(document, index, paragraph, spans, title_open, titled) or _bare(text, index, spans, decimals)
        if heading is not None:
            found.append(heading)
            title_open = title_open and heading.title
        found.extend(_run_in_topics(text, index, spans[1:]))
        if heading is not None:
            continue
        if len(spans) > 1 or _FINAL.search(spans[0].of(text)):
            title_open = False
    return fill_gaps(document, cut, _without_lists(text, found))


def _titles(document: CleanDocument) -> frozenset[int]:
    """The paragraphs that are the title of the report by their standing."""
    opening = document.paragraphs[:_OPENING]
    lines = [p.span.of(document.text).strip() for p in opening]
    named = [
        p.heading_level == 0
        or (len(line) <= LONGEST_TITLE and bool(TITLE_WORDS.search(line) or (p.centred and p.bold)))
        for p, line in zip(opening, lines, strict=True)
    ]
    return title_lines(lines, named)


def _without_lists(text: str, headings: list[Heading]) -> list[Heading]:
    """The headings without runs of numbered lines that are a list of statements written without full stops.

    Such lines stand one under the other with nothing between, and say things (a quantity, something done, two clauses) where
    headings name topics. Only low numberings and run-in ones make lists.
    """
    listed: set[int] = set()
    for run in _runs(headings):
        says = [bool(_SAYS.search(text, h.span.start + len(h.number.words), h.span.end)) for h in run if h.number]
        if len(run) > 1 and sum(says) >= _MOST_SAY * len(run):
            listed.update(heading.paragraph for heading in run)
    return [h for h in headings if h.paragraph not in listed]


def _runs(headings: list[Heading]) -> Iterator[list[Heading]]:
    """Headings of one low numbering in paragraphs that follow one another."""
    run: list[Heading] = []
    for heading in headings:
        low = heading.number is not None and heading.number.style in _LISTING and not heading.run_in
        goes_on = (
            bool(run)
            and low
            and heading.paragraph == run[-1].paragraph + 1
            and heading.number is not None
            and run[-1].number is not None
            and heading.number.style is run[-1].number.style
        )
        if not goes_on and run:
            yield run
            run = []
        if low:
            run.append(heading)
    if run:
        yield run


def _decimal(words: str) -> Numbering | None:
    number = numbering(words)
    return number if number and number.style is Style.DECIMAL and not _FINAL.search(words) else None


def _bare(text: str, index: int, spans: list[Span], decimals: set[str]) -> Heading | None:
    """A line such as “2主要工作” in a report that has 2.1 as well."""
    words = spans[0].of(text)
    found = _BARE.match(words)
    if not found or not decimals or len(spans) > 1 or _FINAL.search(words) or _QUANTITY.match(words):
        return None
    number = Numbering(style=Style.ARABIC, words=found.group())
    return Heading(paragraph=index, span=spans[0], number=number) if len(words) <= _LONGEST_PLAIN else None


def _heading(
    document: CleanDocument, index: int, paragraph: Paragraph, spans: list[Span], title_open: bool, titled: bool
) -> Heading | None:
    text, first = document.text, spans[0]
    words = first.of(text)
    number = numbering(words)
    if _CAPTION.match(words):
        return None
    if paragraph.heading_level is not None and len(spans) == 1 and len(words) <= LONGEST_NUMBERED:
        title = paragraph.heading_level == 0 and number is None
        return Heading(
            paragraph=index, span=first, number=number, title=title, style_level=paragraph.heading_level or None
        )
    if number is not None:
        words = _asked(words)
        if number.style is Style.RUN_IN and len(spans) > 1:
            return Heading(paragraph=index, span=first, number=number) if _topic(text, spans, 0) else None
        alone = len(spans) == 1
        named = words.rstrip("：:") if alone and _names_part(words, number) else words  # 三、存在的问题：
        if _numbered_heading(named, number, alone) or (alone and _topic_over_text(document, index, words, number)):
            end = first.start + len(named) if len(named) < len(words) else first.end
            return Heading(paragraph=index, span=Span(first.start, end), number=number, run_in=not alone)
        return None
    if len(spans) == 1 and _BRACKETED.fullmatch(words):
        return Heading(paragraph=index, span=first, number=None)
    chapter = opens_chapter(words)
    if len(spans) > 1 or _FINAL.search(words) or (_NO_HEADING.search(words) and not chapter):
        return None
    if chapter and (titled or not title_open) and _leads_on(document, index):
        span = Span(first.start, first.start + len(words.rstrip("：:")))
        return Heading(paragraph=index, span=span, number=None, chapter=True)
    if (
        title_open
        and not (titled and _PREFACE.search(words))
        and len(words) <= LONGEST_TITLE
        and (TITLE_WORDS.search(words) or (paragraph.centred and paragraph.bold))
    ):
        return Heading(paragraph=index, span=first, number=None, title=True)
    if (
        len(words) <= _LONGEST_PLAIN
        and not re.match(r"\d(?!\d{3}年)", words)
        and not (
            _TELLS_AMOUNT.search(words) or "," in words or ("，" in words and _SAYS.search(words))
        )  # lists without stops
        and _leads_text(document, index)
        and (not title_open or _PREFACE.search(words) or (titled and _follows_date(document, index)))
    ):
        return Heading(paragraph=index, span=first, number=None)
    return None


def _asked(words: str) -> str:
    """A numbered sentence without a question mark that stands for a lost blank.

    >>> _asked("三、2016年重点工作?"), _asked("二、怎样补短板?")
    ('三、2016年重点工作', '二、怎样补短板?')
    """
    plain = _LOST.sub("", words)
    return words if _ASKS.search(plain) else plain


def _topic(text: str, spans: list[Span], at: int) -> bool:
    """Whether the run-in sentence `spans[at]` only names a topic that the next sentence of the paragraph then treats.

    “一是抓制度。二是抓培训。三是抓督查。” is a list of measures: no sentence follows that is not itself a member.
    """
    words = spans[at].of(text)
    number = numbering(words)
    if number is None or number.style is not Style.RUN_IN or at + 1 >= len(spans) or not words.endswith("。"):
        return False
    following = numbering(spans[at + 1].of(text))
    rest = words[len(number.words) :]
    return (
        (following is None or following.style is not Style.RUN_IN)
        and len(rest) <= _LONGEST_TOPIC
        and not _CLAIM.search(rest)
        and "：" not in rest
    )


def _run_in_topics(text: str, index: int, spans: list[Span]) -> list[Heading]:
    """The run-in headings (一是注重人才培养。) among the sentences `spans` of paragraph `index`."""
    return [
        Heading(paragraph=index, span=span, number=numbering(span.of(text)))
        for at, span in enumerate(spans)
        if _topic(text, spans, at)
    ]


def _names_part(words: str, number: Numbering) -> bool:
    """Whether a numbered line that ends in a colon heads what follows rather than leads on to it."""
    rest = words[len(number.words) :].strip().rstrip("：:")
    high = number.style in (Style.PART, Style.CHAPTER, Style.SECTION, Style.CN, Style.PAREN_CN)
    return opens_chapter(rest) or (high and len(rest) <= _LONGEST_COLON and not _CLAIM.search(rest))


def _numbered_heading(words: str, number: Numbering, alone: bool) -> bool:
    """Whether a numbered opening sentence is a heading: a line of its own, or a topic sentence before running text."""
    rest = words[len(number.words) :].strip()
    if not rest:
        return False
    closed = bool(_FINAL.search(words))
    if alone and not closed:
        if number.style is Style.RUN_IN:
            return len(rest) <= _LONGEST_TOPIC and not _CLAIM.search(rest)
        return len(words) <= LONGEST_NUMBERED and not re.search(r"[：:]$", words)
    if not words.endswith(("。", "！")):
        return False
    high = number.style in (Style.PART, Style.CHAPTER, Style.SECTION, Style.CN, Style.PAREN_CN)
    if alone and number.style is Style.DECIMAL:  # 1.1学校概况。 on a line of its own
        return len(rest) <= _LONGEST_TOPIC and not _CLAIM.search(rest) and "，" not in rest
    if alone:
        return high and len(rest) <= 40 and not _CLAIM.search(rest)
    if high:
        return len(rest) <= 40 and not _CLAIM.search(rest)
    return len(rest) <= _LONGEST_TOPIC and not _CLAIM.search(rest) and "：" not in rest


def _topic_over_text(document: CleanDocument, index: int, words: str, number: Numbering) -> bool:
    """Whether a numbered sentence on a line of its own (2.创新宣传形式。) names the topic of the text under it, and is none of a list."""
    rest = words[len(number.words) :].strip()
    if number.style is Style.RUN_IN or not words.endswith("。") or not _is_topic(rest):
        return False
    beside = document.paragraphs[max(index - 1, 0) : index] + document.paragraphs[index + 1 : index + 2]
    numbers = [numbering(paragraph.span.of(document.text)) for paragraph in beside]
    listed = any(other is not None and other.style is number.style for other in numbers)
    return not listed and _leads_text(document, index)


def _is_topic(rest: str) -> bool:
    """Whether a sentence without its number is short and claims nothing."""
    return len(rest) <= _LONGEST_TOPIC and not _CLAIM.search(rest) and "：" not in rest


def _leads_text(document: CleanDocument, index: int) -> bool:
    """Whether the next paragraph is running text, which an unnumbered heading needs under it."""
    if index + 1 >= len(document.paragraphs):
        return False
    following = document.paragraphs[index + 1].span.of(document.text)
    own = document.paragraphs[index].span.of(document.text)
    return bool(_FINAL.search(following)) and len(following) > len(own)


def _follows_date(document: CleanDocument, index: int) -> bool:
    """Whether the line above is or ends in the day of the report, which closes its head."""
    return index > 0 and _DATED.search(document.paragraphs[index - 1].span.of(document.text)) is not None


def _leads_on(document: CleanDocument, index: int) -> bool:
    """Whether a chapter line has its chapter under it: text, or a heading that is no chapter line too (a table of contents)."""
    following = [p.span.of(document.text) for p in document.paragraphs[index + 1 : index + 2]]
    return bool(following) and not opens_chapter(following[0].strip())
