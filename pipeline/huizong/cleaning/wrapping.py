"""Paragraphs of plain text, where only the widths of the lines can tell.

First question: was the text hard-wrapped at all? A file with one paragraph a line has very unequal lines and is left
alone. A wrapped line is one after which the next word or character found no room; any shorter line ends its paragraph.
What remains open (a paragraph that ends exactly at the full width) is decided by indents, heading numbers and closed
sentences.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from huizong.cleaning.characters import CLOSING, columns, invisible, narrow, room_for
from huizong.cleaning.headings import Headings
from huizong.cleaning.markers import caption, closed, marker, must_go_on, stands_as_heading, title_like
from huizong.records import Line

_INDENT = 4
"""Columns of the usual indent of two characters: what a first line lacks when a tool dropped its indent."""
_NARROWEST = 12
"""No text is wrapped narrower than this many characters."""
_SPACED = re.compile(r"[A-Za-z0-9] [\u4e00-\u9fff]|[\u4e00-\u9fff] [A-Za-z0-9]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line that is not blank. `gap`: blank lines after it (-1 at the end of a page); `indent`: in columns."""

    index: int
    text: str
    length: int
    width: int
    indent: int
    trailing: bool
    gap: int
    ends: bool | None
    heading: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """How a hard-wrapped text was made.

    `by_characters`: cut every `full` characters, words or not; else wrapped at `full` display columns. `indented`:
    paragraphs open with an indent; `lost_indent`: they did before some tool dropped it; `trailing`: a blank at the end
    of a line marks the end of a paragraph; `gap`: blank lines between the lines of one paragraph; `spaced`: blanks stand
    between Latin words and Chinese, and so may have stood where a line ends.
    """

    by_characters: bool
    full: int
    indented: bool = False
    lost_indent: bool = False
    trailing: bool = False
    gap: int = 0
    spaced: bool = False

    def wrapped(self, row: Row, following: Row, *, first: bool) -> bool:
        """Whether what opens the next line would have found no room at the end of this one."""
        if self.by_characters:
            room = self.full - (_INDENT // 2 if self.lost_indent and first else 0)
            # A blank at the cut may have been stripped.
            stripped = row.length == room - 1 and not closed(row.text) and marker(following.text) is None
            return row.length >= room or stripped
        room = self.full - (_INDENT if self.lost_indent and first else 0)
        blank = self.spaced and narrow(row.text[-1]) != narrow(following.text[0])
        return row.width + blank + room_for(row.text, following.text) > room


def by_width(lines: Sequence[Line], kept: Sequence[int]) -> tuple[list[list[int]], bool]:
    """Groups of line indices, each a paragraph, and whether lines were cut inside words."""
    rows = _rows(lines, kept)
    style = _style(rows)
    if style is None:
        return _unwrapped(rows), False
    joiner = _Joiner(rows, style, Headings([row.text for row in rows], style.full // (1 if style.by_characters else 2)))
    return joiner.groups(), style.by_characters


def _unwrapped(rows: Sequence[Row]) -> list[list[int]]:
    """One paragraph a line, but for lines whose loader says that they go on."""
    groups: list[list[int]] = []
    goes_on = False
    for row in rows:
        if goes_on:
            groups[-1].append(row.index)
        else:
            groups.append([row.index])
        goes_on = row.ends is False
    return groups


def _rows(lines: Sequence[Line], kept: Sequence[int]) -> list[Row]:
    """The lines that are not blank, an indent common to all of them taken off."""
    inked = [index for index in kept if any(not invisible(ch) for ch in lines[index].text)]
    indents = [_indent(lines[index].text) for index in inked]
    common = min(indents, default=0)
    rows: list[Row] = []
    for at, index in enumerate(inked):
        line = lines[index]
        text = "".join(ch for ch in line.text.strip() if ch.isspace() or not invisible(ch))
        following = inked[at + 1] if at + 1 < len(inked) else None
        same_page = following is not None and lines[following].page == line.page
        blanks = sum(1 for between in range(index + 1, following or index + 1) if not lines[between].text.strip())
        rows.append(
            Row(
                index=index,
                text=text,
                length=len(line.text),
                width=sum(map(columns, text)) + _room_of_indent(indents[at] - common),
                indent=indents[at] - common,
                trailing=line.text[-1].isspace(),
                gap=blanks if same_page else -1,
                ends=line.ends_paragraph,
                heading=line.heading_level is not None,
            )
        )
    return rows


def _indent(text: str) -> int:
    """Columns of blank before the text; a tab counts as four."""
    return sum(4 if ch == "\t" else columns(ch) for ch in text[: len(text) - len(text.lstrip())])


def _room_of_indent(indent: int) -> int:
    """Columns that an indent took when the text was wrapped: tools print two blanks for an indent of two characters."""
    return max(indent, _INDENT) if indent >= 2 else 0


def _style(rows: Sequence[Row]) -> Style | None:
    """How the text was wrapped, or `None` when it was not."""
    if len(rows) < 3:
        return None
    # Where sentences close, paragraphs may end at any width; the other lines tell better what they were cut by.
    telling = [row for row in rows if not closed(row.text)] or rows
    by_length = _full_length(rows)
    by_columns = _full_width([row.width for row in telling], [row.width for row in rows], hanging=2)
    if by_length is None and by_columns is None:
        return None
    length_share = _share([min(row.length, by_length or row.length) for row in telling], by_length, 0)
    columns_share = _share([row.width for row in telling], by_columns, 1)
    if by_length is not None and length_share >= columns_share and _hung(rows, by_length):
        style = Style(by_characters=True, full=by_length)
    elif by_columns is not None:
        spaced = any(_SPACED.search(row.text) for row in rows)
        style = Style(by_characters=False, full=by_columns, spaced=spaced)
    else:
        return None
    pairs = list(itertools.pairwise(rows))
    full = [(a, b) for a, b in pairs if style.wrapped(a, b, first=False)]
    open_full = [(a, b) for a, b in full if not closed(a.text) and marker(b.text) is None and b.indent < 2]
    if len(full) < 2 or len(open_full) < max(1, 0.3 * len(full)):
        return None
    return _with_habits(style, pairs, open_full)


def _full_length(rows: Sequence[Row]) -> int | None:
    """The number of characters that the lines were cut at, if they were: the commonest length, unless a line exceeds it."""
    length, times = Counter(row.length for row in rows).most_common(1)[0]
    if length >= _NARROWEST and times > 1 and _hung(rows, length):
        return length
    lengths = [row.length for row in rows]
    return _full_width(lengths, lengths, hanging=0)


def _hung(rows: Sequence[Row], full: int) -> bool:
    """Whether no line is longer than `full` but by closing marks that may not open the next one (避头尾)."""
    return all(
        row.length <= full or (row.length <= full + 2 and all(ch in CLOSING for ch in row.text[full - row.length :]))
        for row in rows
    )


def _full_width(telling: Sequence[int], widths: Sequence[int], *, hanging: int) -> int | None:
    """The commonest great width among `telling` that hardly one of `widths` exceeds by more than hanging punctuation.

    A line narrower by one column counts half: a digit leaves a column over. `None` when there is no such width.
    """
    ordered = sorted(widths)
    greatest = ordered[max(0, len(ordered) - 1 - len(ordered) // 50)]
    found = Counter(telling)
    best, most = None, 1.5
    for full in range(max(_NARROWEST, round(0.75 * greatest)), greatest + 1):
        times = found[full] + (0.5 * found[full - 1] if hanging else 0)
        wider = sum(width > full + hanging for width in widths)
        if times >= most and found[full] and wider <= 0.04 * len(widths):
            best, most = full, times
    return best


def _share(widths: Sequence[int], full: int | None, slack: int) -> float:
    """The share of lines that are exactly full, give or take `slack`."""
    return 0.0 if full is None else sum(abs(width - full) <= slack for width in widths) / len(widths)


def _with_habits(style: Style, pairs: Sequence[tuple[Row, Row]], open_full: Sequence[tuple[Row, Row]]) -> Style:
    """The style with what lines that surely end or surely do not end a paragraph tell about its habits."""
    gaps = Counter(a.gap for a, _ in open_full if a.gap >= 0)
    gap = gaps.most_common(1)[0][0] if gaps else 0
    short = [(a, b) for a, b in pairs if a.width < 0.8 * style.full * (2 if style.by_characters else 1)]
    short = [(a, b) for a, b in short if not style.wrapped(a, b, first=True)]
    starts = [b for _, b in short]
    indented = sum(b.indent >= 2 for b in starts) > 0.6 * len(starts) and bool(starts)
    indented = indented and sum(b.indent >= 2 for _, b in open_full) < 0.2 * len(open_full)
    ends_with_blank = sum(a.trailing for a, _ in short)
    trailing = ends_with_blank > 0.7 * len(short) and sum(a.trailing for a, _ in open_full) < 0.1 * len(open_full)
    if trailing and short:
        starts = [b for a, b in pairs if a.trailing]
    lost = not indented and _loses_indents(style, starts)
    return Style(
        by_characters=style.by_characters,
        full=style.full,
        indented=indented,
        lost_indent=lost,
        trailing=trailing and bool(short),
        gap=gap,
        spaced=style.spaced,
    )


def _loses_indents(style: Style, starts: Sequence[Row]) -> bool:
    """Whether the first lines of paragraphs break off two characters early, though they do not end their paragraph."""
    if style.by_characters:
        lacking = [style.full - row.length for row in starts if not closed(row.text)]
        early, full = sum(2 <= n <= 3 for n in lacking), sum(n < 2 for n in lacking)
    else:
        lacking = [style.full - row.width for row in starts if not closed(row.text)]
        early, full = sum(2 <= n <= _INDENT + 3 for n in lacking), sum(n < 2 for n in lacking)
    return early >= 3 and early > 1.5 * full


@dataclass
class _Joiner:
    """Goes through the rows once, deciding after each whether its paragraph ends."""

    rows: Sequence[Row]
    style: Style
    headings: Headings
    paragraph: str = ""
    start: int = 0
    done: list[list[int]] = field(default_factory=list)

    def groups(self) -> list[list[int]]:
        """The paragraphs as groups of line indices."""
        group: list[int] = []
        for at, row in enumerate(self.rows):
            group.append(row.index)
            self.paragraph += row.text
            if at + 1 == len(self.rows) or self._ends(at, first=len(group) == 1):
                self.done.append(group)
                group, self.paragraph, self.start = [], "", at + 1
        return self.done

    def _ends(self, at: int, *, first: bool) -> bool:
        """Whether the paragraph ends after row `at`."""
        row, following = self.rows[at], self.rows[at + 1]
        if row.ends is not None or following.heading:
            return row.ends is not False or following.heading
        if following.text[0] in CLOSING:
            return False
        if row.gap > self.style.gap or (self.style.trailing and row.trailing):
            return True
        if caption(self.paragraph):
            goes_on = self.style.wrapped(row, following, first=first) and not caption(following.text)
            return not (goes_on and self._tail_of_words(at + 1)) or (self.style.indented and following.indent >= 2)
        if caption(following.text) and self._short(at + 1):
            return True
        if not self.style.wrapped(row, following, first=first):
            return not (
                must_go_on(row.text)
                and row.text[-1] in "，、"
                and following.indent < 2
                and marker(following.text) is None
            )
        if following.indent >= 2:
            return True
        if self.style.indented:
            return False
        return self._ends_at_full_width(at)

    def _ends_at_full_width(self, at: int) -> bool:
        """The hard case: the line is full, and no indent helps."""
        row, following = self.rows[at], self.rows[at + 1]
        if marker(following.text) and row.text[-1] not in "，、":
            return closed(row.text) or row.text[-1] in "：:" or stands_as_heading(self.paragraph) or self._is_title()
        if closed(row.text):
            if self.style.trailing:
                # The blank that marks paragraph ends finds no room after a full line.
                return True
            alone = self._tail_of_words(at + 1) and len(following.text) <= 20 and not must_go_on(following.text)
            return alone or (self.style.lost_indent and self._opens(at + 1))
        if stands_as_heading(self.paragraph):
            return self.headings.ends(self.start, self.paragraph, [self.rows[n].text for n in self._ahead(at)])
        return self._is_title()

    def _tail_of_words(self, at: int) -> bool:
        """Whether row `at` is short and no sentence: the rest of a heading or caption, a signature."""
        return self._short(at) and not closed(self.rows[at].text) and marker(self.rows[at].text) is None

    def _opens(self, at: int) -> bool:
        """Whether row `at` breaks off just where a first line with a lost indent has to."""
        if at + 1 == len(self.rows):
            return False
        row, following = self.rows[at], self.rows[at + 1]
        full = self.style.wrapped(row, following, first=False)
        return not full and self.style.wrapped(row, following, first=True) and not closed(row.text)

    def _short(self, at: int) -> bool:
        """Whether row `at` surely ends its paragraph by being short."""
        return at + 1 == len(self.rows) or not self.style.wrapped(self.rows[at], self.rows[at + 1], first=True)

    def _ahead(self, at: int) -> list[int]:
        """The rows after `at` up to the next sure end of a paragraph, six at most."""
        found: list[int] = []
        for n in range(at + 1, min(at + 7, len(self.rows))):
            found.append(n)
            if self._short(n) or (closed(self.rows[n].text) and marker(self.rows[n + 1].text)):
                break
        return found

    def _is_title(self) -> bool:
        """Whether the paragraph so far can be the whole title of the report."""
        text = self.paragraph
        balanced = text.count("《") == text.count("》") and text.count("（") == text.count("）")
        return not self.done and balanced and "，" not in text and title_like(text)
