"""Lines of the page, not of the report: running headers and footers, page numbers, tables of contents."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Sequence

from huizong.records import Line

_DASHED = re.compile(r"[-–—－―─~～·•]{1,3}\s*\d{1,4}\s*[-–—－―─~～·•]{1,3}")
_NAMED = re.compile(
    r"第\s*\d{1,4}\s*页(?:\s*[，,/／]?\s*共\s*\d{1,4}\s*页)?|(?:page\s*)?\d{1,4}\s*(?:/|／|of)\s*\d{1,4}", re.I
)
_BARE = re.compile(r"\d{1,4}|[ivxlc]{1,6}", re.I)
_CONTENTS_ROW = re.compile(r".*\S\s*(?:[.．·•…⋯_-]\s?){4,}\s*[\divxlcIVXLC]{1,5}")
_CONTENTS_TITLE = re.compile(r"目\s*[录錄次]")
_ORNAMENT = re.compile(r"[=＝\-_—*＊~～#+·•.\s]{5,}")
_MOST_DIGITS = 6
_EDGE_LINES = 2
"""How many lines at the top and at the bottom of a page may be furniture."""


def furniture(lines: Sequence[Line]) -> frozenset[int]:
    """The indices of lines that are no text of the report. Blank lines stay: they tell paragraphs apart."""
    inked = [index for index, line in enumerate(lines) if line.text.strip()]
    by_page: dict[int, list[int]] = defaultdict(list)
    for index in inked:
        by_page[lines[index].page].append(index)
    found = {index for index in inked if _page_number_anywhere(lines[index])}
    found |= {index for index in inked if _ORNAMENT.fullmatch(lines[index].text)}
    found |= _contents(lines, inked)
    if len(by_page) > 1 or any(line.box for line in lines):
        # Peel from the edges: under a page number there may stand a running footer, and the other way round.
        for _ in range(_EDGE_LINES):
            found |= _running(lines, by_page, found)
            found |= _bare_numbers(lines, by_page, found)
    else:
        found |= _counting_numbers(lines, inked)
    return frozenset(found)


def _page_number_anywhere(line: Line) -> bool:
    """“— 3 —”, “第3页 共8页”: only a page number, wherever it stands; not where the file has paragraphs."""
    text = line.text.strip()
    return not line.ends_paragraph and bool(_DASHED.fullmatch(text) or _NAMED.fullmatch(text))


def _contents(lines: Sequence[Line], inked: Sequence[int]) -> set[int]:
    """Rows of a table of contents (leaders and a page number), and the word 目录 above them."""
    rows = {index for index in inked if _CONTENTS_ROW.fullmatch(lines[index].text.strip())}
    if len(rows) < 2:
        return set()
    titles = {
        before
        for before, after in itertools.pairwise(inked)
        if after in rows and before not in rows and _CONTENTS_TITLE.fullmatch(lines[before].text.strip())
    }
    return rows | titles


def _edges(page: Sequence[int], found: set[int]) -> tuple[list[int], list[int]]:
    """The first and the last line of a page that are not yet known as furniture."""
    rest = [index for index in page if index not in found]
    return rest[:1], rest[-1:]


def _running(lines: Sequence[Line], by_page: dict[int, list[int]], found: set[int]) -> set[int]:
    """Lines at the edge of the page whose words (numbers aside) come back at the same place of other pages."""
    pages = len(by_page)
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    for page in by_page.values():
        top, bottom = _edges(page, found)
        for edge, indices in (("top", top), ("bottom", bottom)):
            for index in indices:
                groups[edge, re.sub(r"\d+", "#", re.sub(r"\s", "", lines[index].text))].append(index)
    running: set[int] = set()
    for (_, words), indices in groups.items():
        # Left and right pages may have headers of their own: each comes back on fewer than half of the pages.
        enough = max(3, 0.3 * pages) if pages > 3 else 2
        if len(indices) >= enough and words != "#" and _same_place(lines, indices):
            running.update(indices)
    return running


def _same_place(lines: Sequence[Line], indices: Sequence[int]) -> bool:
    """Whether the lines stand equally high near the page's edge; without boxes, first or last must do."""
    boxes = [(line.box, line.page_height_pt) for line in (lines[index] for index in indices)]
    tops = [box.top_pt / height for box, height in boxes if box and height]
    if not tops:
        return True
    return max(tops) - min(tops) < 0.02 and (max(tops) < 0.13 or min(tops) > 0.85)


def _bare_numbers(lines: Sequence[Line], by_page: dict[int, list[int]], found: set[int]) -> set[int]:
    """Bare numbers alone on the first or last line of a page; in the margin, where boxes tell."""
    numbers: set[int] = set()
    for page in by_page.values():
        for index in {*_edges(page, found)[0], *_edges(page, found)[1]}:
            line = lines[index]
            if not _BARE.fullmatch(line.text.strip()):
                continue
            if (
                line.box is None
                or line.page_height_pt is None
                or line.box.top_pt < 0.1 * line.page_height_pt
                or line.box.bottom_pt > 0.88 * line.page_height_pt
            ):
                numbers.add(index)
    return numbers


def _counting_numbers(lines: Sequence[Line], inked: Sequence[int]) -> set[int]:
    """Page numbers left in a text without page breaks: bare numbers that count up by one, three or more of them."""
    numbers = [index for index in inked if _is_number(lines[index].text) and not lines[index].ends_paragraph]
    values = [int(lines[index].text.strip()) for index in numbers]
    counts_up = all(b - a == 1 for a, b in itertools.pairwise(values))
    return set(numbers) if len(numbers) >= 3 and counts_up else set()


def _is_number(words: str) -> bool:
    return words.strip().isdecimal() and len(words.strip()) <= _MOST_DIGITS
