"""What the words of a line say about paragraphs: heading numbers, captions, closed sentences."""

from __future__ import annotations

import re

_MARKERS = {
    "chapter": re.compile(r"第[一二三四五六七八九十百\d]{1,4}[章节部篇](?:分)?(?![一-鿿]{0,2}[，。])"),
    "first": re.compile(r"[一二三四五六七八九十]{1,3}[、．.](?![一二三四五六七八九十])"),
    "second": re.compile(r"[（(][一二三四五六七八九十]{1,3}[）)]"),
    "points": re.compile(r"\d{1,2}(?:[.．]\d{1,2}){2,4}(?=[^\d.%％])|\d{1,2}[.．]\d{1,2}(?=\s+[^\d\s])"),
    "third": re.compile(r"\d{1,2}(?:[、．.](?![\d０-９])|[.．]\s+(?=\S))"),
    "fourth": re.compile(r"[（(]\d{1,2}[）)]"),
    "circled": re.compile(r"[①-⑳]"),
}
_CLOSED = re.compile(r"[。！？；!?;][”’」』）)》]*$")
_OPEN_END = re.compile(r"[，、：,:（(《“‘〔【—]$|(?<![目指])[的与及]$")
_CAPTION = re.compile(
    r"(?:附?[图表]|Fig\.?|Table)\s?\d{1,3}(?:[-.－—]\d{1,3})*(?![\d.%年月日个项所家人张份])\s*[:：.、]?\s*"
    r"(?P<name>[^，。；！？]*)",
    re.I,
)
_CAPTION_VERB = re.compile(r"(?:所示|可见|可知|中|显示|表明|给出|列出|为|是|展示|反映|说明|以及|和|与|至)")
_TITLE_END = re.compile(
    r"(?:报告|总结|汇报|方案|计划|规划|纲要|要点|材料|通知|意见|办法|情况|年报|综述)(?:[（(].{0,12}[）)])?$"
)


def marker(text: str) -> str | None:
    """The kind of heading number or list marker that `text` starts with, else `None`.

    >>> marker("（一）加强领导"), marker("3.4.4.2 汇总表"), marker("12.5万元"), marker("一是加强领导")
    ('second', 'points', None, None)
    """
    for kind, pattern in _MARKERS.items():
        if pattern.match(text):
            return kind
    return None


def closed(text: str) -> bool:
    """Whether the line ends with a sentence's end."""
    return _CLOSED.search(text) is not None


def must_go_on(text: str) -> bool:
    """Whether nothing can end here: a comma, an opening mark, a word that needs another."""
    return _OPEN_END.search(text) is not None


def caption(text: str) -> bool:
    """Whether the line is the caption of a figure or table and no sentence about one.

    >>> caption("图 1 专家论证会"), caption("表2"), caption("图1所示的流程"), caption("图2表明，成效明显。")
    (True, True, False, False)
    """
    found = _CAPTION.fullmatch(text)
    return found is not None and len(text) <= 40 and not _CAPTION_VERB.match(found["name"].strip())


def title_like(text: str) -> bool:
    """Whether the words end as titles of reports do."""
    return _TITLE_END.search(text) is not None


def stands_as_heading(text: str) -> bool:
    """Whether the words can be a whole numbered heading: a number, no sentence's end inside."""
    return marker(text) is not None and not re.search(r"[。！？；]", text)
