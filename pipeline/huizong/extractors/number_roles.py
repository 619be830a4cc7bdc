"""数字核对: every numeral of the text with its role, so that nothing stays unexplained."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence

from huizong.extractors.number_context import fixed_spans, role_of, span_at, title_spans
from huizong.numerals import Form, Numeral, chinese_value, plain
from huizong.records import Count, Number, NumberRole, Section, Span

# A run of digits (3.4.4.2, 1,200, 98.5万) or of Chinese numeral characters, inside words too (一流); 百分点 and 百分之 are units.
# The banker's numerals 肆伍陆拾佰仟 need company: 伍 alone is a word (队伍). The last line: ① ⑴ ⒈ ❶ ㈠, then Ⅱ (类水质).
_RUN = re.compile(
    r"[0-9０-９]+(?:[.．,][0-9０-９]+)*(?:[十百千]?(?:万亿|万|亿))?"
    r"|(?:(?!百分[点之])[零〇一二三四五六七八九十百千万亿两廿卅])+|[壹贰叁肆伍陆柒捌玖拾佰仟零万亿]{2,}|[壹贰叁柒捌玖]"
    r"|[①-⒛❶-➓㈠-㈩㊀-㊉]|[Ⅰ-ⅿ]+"
)
_MARKS = re.compile(r"[①-⒛❶-➓㈠-㈩㊀-㊉]")
_ROMAN = re.compile(r"[Ⅰ-ⅿ]")
_SERIAL = re.compile(r"(?<![A-Za-z])[A-Z]{2,}[-/—]?(?:\d+[-—/.])*$")
_DATE_AROUND = re.compile(r"(?:[年月][ ]?$)")
_DOCUMENT_AROUND = re.compile(r"[〔\[［【]\d{0,4}$")


def explain_numbers(
    text: str, counts: Sequence[Count], sections: Sequence[Section], page_of: Callable[[int], int]
) -> tuple[Number, ...]:
    """Every numeral run of `text` in order, each with exactly one role.

    A run that lies in a count is 计数 and carries the count's id; numbers of headings are 序号; what neither context nor
    unit explains belongs to a word and is 固定词. `page_of` gives the 1-based page of an offset.
    """
    prose = sorted((c for c in counts if c.table is None), key=lambda c: c.span.start)
    starts = [count.span.start for count in prose]
    numbered = {at for s in sections if s.number for at in range(s.span.start, s.span.start + len(s.number))}
    fixed, titles = fixed_spans(text), title_spans(text)
    out = []
    for match in _RUN.finditer(text):
        span = Span(*match.span())
        at = bisect_right(starts, span.start) - 1
        count = prose[at] if at >= 0 and prose[at].span.overlaps(span) else None
        if count is not None:
            role = NumberRole.COUNT
        elif span.start in numbered:
            role = NumberRole.ORDINAL
        else:
            role = _role(text, span, fixed, titles)
        out.append(
            Number(
                span=span, quote=match.group(), role=role, page=page_of(span.start), count=count.id if count else None
            )
        )
    return tuple(out)


def _role(text: str, span: Span, fixed: Sequence[tuple[int, int]], titles: Sequence[tuple[int, int]]) -> NumberRole:
    quote = span.of(text)
    serial = _SERIAL.search(text[max(0, span.start - 12) : span.start])
    if serial is not None:  # GDJG2021-018; CET-4 and PM10 are words
        long = len(quote) >= 4 or any(c.isdigit() for c in serial.group())
        return NumberRole.DOCUMENT if long else NumberRole.FIXED
    if _MARKS.match(quote):
        return NumberRole.ORDINAL
    if _ROMAN.match(quote):
        return NumberRole.FIXED
    chinese = not plain(quote)[0].isdigit()
    word = span_at(fixed, span.start) if chinese else None
    if word is not None and span.end <= word[1] and word[1] - word[0] > len(quote):
        return NumberRole.FIXED
    numeral = _numeral(quote, span, chinese=chinese)
    if numeral is None:
        return NumberRole.FIXED
    before = text[max(0, span.start - 6) : span.start]
    role = role_of(text, numeral)
    if role is None and _DATE_AROUND.search(before) and not chinese:
        role = NumberRole.DATE
    if role is None and _DOCUMENT_AROUND.search(before):
        role = NumberRole.DOCUMENT
    if (
        role is None
        and not chinese
        and 1900 <= numeral.value <= 2100
        and re.match(r"[ ]?[-—–~～至、/．.][ ]?(?:20)?\d\d", text[span.end : span.end + 6])
    ):
        role = NumberRole.YEAR
    if role is None or (role is NumberRole.ORDINAL and chinese and span_at(titles, span.start) is not None):
        return NumberRole.FIXED
    return role


def _numeral(quote: str, span: Span, *, chinese: bool) -> Numeral | None:
    digits = plain(quote)
    if not chinese:
        digits = digits.rstrip("十百千万亿")
        dotted = digits.count(".") > 1
        value = 0.0 if dotted else float(digits.replace(",", ""))
        form = Form.DOTTED if dotted else Form.PLAIN
    else:
        found = chinese_value(digits)
        if found is None:
            return None
        value, form = float(found), Form.PLAIN
    return Numeral(
        start=span.start, core=span.start, end=span.end, value=value, high=None, scale="", step=1.0, form=form,
        chinese=chinese, bare=False, before="", inside="", after="",
    )  # fmt: skip
