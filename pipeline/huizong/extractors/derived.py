"""Numbers that a report says without a numeral: 首个 is one, 全部 (of things just counted) is 100 %.

They are no counts of the text (no numeral stands there): they are kept apart and marked 推算.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence

from huizong.extractors.clauses import clauses
from huizong.extractors.count_owners import Owners
from huizong.records import Change, Count, Item, Kind, Level, Nature, Span, Status, Token, finding_id

_FIRST = re.compile(r"首(?P<unit>[个家项所座门支部])(?=[\u4e00-\u9fffA-Za-z0-9“《])")
_ALL = re.compile(
    r"全部(?P<done>完成[^，。；、]{0,10}|通过[^，。；、]{2,10}|达标|达到[^，。；、]{2,8}|合格|办结|整改到位|竣工|销号)"
)
_LEVELS = (("国家", Level.NATIONAL), ("省级", Level.PROVINCE), ("市级", Level.CITY), ("校级", Level.SCHOOL))
_NAME_TAGS = frozenset("nabjlixvz")
"""First letters of jieba's tags that may stand in the name of a thing; verbs too (智能制造学院), but for those below."""

_PREDICATES = re.compile(
    r"(?:通过|获批|获得|荣获|入选|建成|投用|投运|投产|落地|落户|挂牌|揭牌|启用|启动|成立|开展|实现|立项|验收|成为|完成|运行|上线|开班|招生|设立|是|有)"
)

_LONGEST = 24
_CONFIDENCE = 0.75


def find_derived(
    text: str,
    items: Sequence[Item],
    counts: Sequence[Count],
    tokens: Sequence[Token],
    owners: Owners,
    *,
    sha256: str,
    page_of: Callable[[int], int],
) -> tuple[Count, ...]:
    """What 首个 and 全部 imply in statements of what was done, in reading order; plans and issues imply nothing."""
    found: list[Count] = []
    for item in items:
        if item.kind not in (Kind.MEASURE, Kind.ACHIEVEMENT):
            continue
        for match in _FIRST.finditer(text, item.span.start, item.span.end):
            thing = _thing(text, tokens, match.end(), item.span.end)
            if thing is not None:
                found.append(_count(text, item, match, thing, owners, sha256, page_of))
        for match in _ALL.finditer(text, item.span.start, item.span.end):
            if _counted_before(text, item, counts, match.start()):
                thing = Span(*match.span("done"))
                found.append(_count(text, item, match, thing, owners, sha256, page_of))
    return tuple(sorted(found, key=lambda count: count.span.start))


def _thing(text: str, tokens: Sequence[Token], start: int, end: int) -> Span | None:
    """The name of a thing that begins at `start`: words that may stand in a name, ending with a noun."""
    at = bisect_left(tokens, start, key=lambda token: token.start)
    last: Token | None = None
    reach = start
    for token in tokens[at:]:
        words = text[token.start : token.end]
        if token.start != reach or token.end > end or token.end - start > _LONGEST:
            break
        named = token.tag[:1] in _NAME_TAGS or not token.tag or words.isascii() or words in "“”《》"
        if not named or _PREDICATES.fullmatch(words) or not (words[0].isalnum() or words in "“”《》"):
            break
        reach = token.end
        if token.tag[:1] in "nj" or token.tag == "vn" or words in "”》":
            last = token
    return Span(start, last.end) if last is not None and last.end - start >= 2 else None


def _counted_before(text: str, item: Item, counts: Sequence[Count], at: int) -> bool:
    """Whether something is counted in the clause of `at` or the one before it."""
    parts = [clause for clause in clauses(text, item.span) if clause.start <= at][-2:]
    reach = parts[0].start if parts else item.span.start
    return any(reach <= count.span.start < at for count in counts if count.table is None)


def _count(
    text: str,
    item: Item,
    match: re.Match[str],
    thing: Span,
    owners: Owners,
    sha256: str,
    page_of: Callable[[int], int],
) -> Count:
    first = match.re is _FIRST
    span = Span(match.start(), match.start() + 2)
    return Count(
        id=finding_id(sha256, "derived", span),
        span=span,
        quote=span.of(text),
        value=1.0 if first else 100.0,
        high=None,
        unit=match["unit"] if first else "%",
        approx=False,
        lower=1.0 if first else 100.0,
        upper=1.0 if first else 100.0,
        object=thing.of(text),
        subject=owners.before(text, item.span.start, match.start()),
        action=None,
        change=Change.LEVEL,
        status=Status.ACTUAL,
        year=None,
        nature=Nature.DERIVED,
        level=next((level for word, level in _LEVELS if first and word in thing.of(text)), None),
        listed=(),
        item=item.id,
        section=item.section,
        page=page_of(span.start),
        confidence=round(_CONFIDENCE * item.confidence, 2),
        rule="derived.first" if first else "derived.all",
    )
