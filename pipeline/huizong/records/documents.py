"""A document on its way: raw lines, cleaned text, and the map from one to the other."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from operator import attrgetter

_START = attrgetter("start")


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open stretch of the cleaned text."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")

    def of(self, text: str) -> str:
        """The words of the span in `text`."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Whether `other` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A rectangle on a page, in points, origin top left."""

    x0_pt: float
    top_pt: float
    x1_pt: float
    bottom_pt: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PageBox:
    """A rectangle on a page (1-based)."""

    page: int
    box: Box


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The file a report came from; `pages` is `None` where the format has none."""

    name: str
    sha256: str
    format: str
    pages: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Trouble met in a document: shown to the user in Chinese, with advice; never a log line."""

    code: str
    message: str
    page: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One raw line as the file gives it. `text` is verbatim, blanks included, without the line end.

    `ends_paragraph` is known for formats with paragraphs (DOCX: always true), `None` where only layout can tell.
    `heading_level` is set when a style of the file says so (0 = title).
    `page_width_pt` is the width of the page the line stands on, to judge centring and right edges; `centred` is set when the
    file itself says so (DOCX). `column` is 1 or 2 for the left and right column of a page set in two, else 0.
    `edges_pt` has left and right of every character of `text`: where the loader was asked for them (PDF only), and, estimated,
    in lines read from pictures.
    `confidence` is that of text recognition, 0..1; `None` for a line that was not read from a picture.
    """

    text: str
    page: int = 1
    box: Box | None = None
    page_width_pt: float | None = None
    page_height_pt: float | None = None
    size_pt: float | None = None
    bold: bool = False
    ends_paragraph: bool | None = None
    heading_level: int | None = None
    centred: bool = False
    column: int = 0
    edges_pt: tuple[tuple[float, float], ...] = ()
    confidence: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table found in the report; merged cells are filled, header row apart.

    `header` has one string a column: the words of all header rows, from the top down, joined by “·”; blank throughout where
    the table has no header row. `header_rows` are those rows as printed (title rows and units too); a loader leaves it empty
    and gives the first row as `header`. `filled` are the places (row, column) that repeat the words of a merged cell, row −1
    for the header, as far as the file says so. `page` and `box` are those of the first part of a table that goes over pages,
    `row_pages` the page of each row, empty when all stand on `page`. `lines_before` is the number of raw lines that stand
    before the table, `None` where that is not known.
    """

    page: int
    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    box: Box | None = None
    header_rows: tuple[tuple[str, ...], ...] = ()
    filled: tuple[tuple[int, int], ...] = ()
    row_pages: tuple[int, ...] = ()
    lines_before: int | None = None

    def page_of(self, row: int) -> int:
        """The 1-based page on which `rows[row]` stands."""
        return self.row_pages[row] if self.row_pages else self.page


@dataclass(frozen=True, slots=True, kw_only=True)
class RawDocument:
    """What a loader gives: lines in reading order, tables apart from them.

    `pictures` are the 1-based pages with a picture or drawing, `None` where the loader does not look for them.
    """

    source: Source
    lines: tuple[Line, ...]
    tables: tuple[Table, ...] = ()
    notices: tuple[Notice, ...] = ()
    pictures: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RawPlace:
    """Where a clean character came from: raw line (0-based index), column in its text (0-based), page (1-based)."""

    line: int
    column: int
    page: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A run of clean characters that stand one after another in one raw line."""

    start: int
    end: int
    line: int
    column: int
    page: int


@dataclass(frozen=True, slots=True)
class SourceMap:
    """Ties every clean character to its raw place. Segments are sorted and do not overlap; what lies between is inserted."""

    segments: tuple[Segment, ...]

    def raw(self, offset: int) -> RawPlace | None:
        """The raw place of the clean character at `offset`; `None` for one that cleaning inserted (a paragraph end)."""
        at = bisect_right(self.segments, offset, key=_START) - 1
        if at < 0 or offset >= self.segments[at].end:
            return None
        s = self.segments[at]
        return RawPlace(line=s.line, column=s.column + offset - s.start, page=s.page)

    def between(self, start: int, end: int) -> list[Segment]:
        """The segments that `start`..`end` of the cleaned text came from, cut to it."""
        found: list[Segment] = []
        for s in self.segments[max(bisect_right(self.segments, start, key=_START) - 1, 0) :]:
            if s.start >= end:
                break
            a, b = max(s.start, start), min(s.end, end)
            if a < b:
                found.append(replace(s, start=a, end=b, column=s.column + a - s.start))
        return found

    def page(self, offset: int) -> int:
        """The 1-based page of the clean character at `offset` (of the one before it, when it was inserted)."""
        at = bisect_right(self.segments, offset, key=_START) - 1
        return self.segments[max(at, 0)].page if self.segments else 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """One line of the cleaned text: its span (without the newline) and what the layout says of it."""

    span: Span
    heading_level: int | None = None
    bold: bool = False
    size_pt: float | None = None
    centred: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognised:
    """A stretch of the cleaned text that was read from a picture, and how surely, 0..1."""

    span: Span
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class CleanDocument:
    """The report's text, hard wraps joined, page furniture gone, one paragraph a line.

    `recognised` holds what came from pictures, in order and without overlaps; empty for a file with a text of its own.
    `pictures` is that of `RawDocument`.
    """

    source: Source
    text: str
    paragraphs: tuple[Paragraph, ...]
    source_map: SourceMap
    tables: tuple[Table, ...] = ()
    notices: tuple[Notice, ...] = ()
    recognised: tuple[Recognised, ...] = ()
    pictures: tuple[int, ...] | None = None

    def confidence(self, span: Span) -> float:
        """How surely the words of `span` were read: the least of its stretches from pictures, 1.0 without any."""
        at = bisect_right(self.recognised, span.start, key=lambda r: r.span.end)
        least = 1.0
        while at < len(self.recognised) and self.recognised[at].span.start < span.end:
            least = min(least, self.recognised[at].confidence)
            at += 1
        return least
