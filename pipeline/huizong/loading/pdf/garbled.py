"""Whether the text layer of a page says what the page shows.

Fonts without a table to Unicode give `(cid:12)`, control characters or letters by glyph number; wrong tables give other
characters than those printed, which look like text. Each test asks for something that no report has, cheap ones first;
where a page is too short to tell, it is trusted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

from huizong.lexicon.pairs import common_pairs

_STRAY = re.compile(r"\(cid:\d+\)|[\x00-\x01\x03-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffd]")
_PRIVATE = re.compile(r"[\ue000-\uf8ff\U000f0000-\U0010fffd]")
_MOJIBAKE = re.compile(r"[\u00a1-\u00a6\u00a8-\u00af\u00b2-\u00b6\u00b8-\u00d6\u00d8-\u00f6\u00f8-\u00ff]")
_FOREIGN = re.compile(r"[\u0100-\u024f\u0370-\u03ff\u0400-\u052f]")
_HAN = re.compile(r"[㐀-鿿]+")
_KANA = re.compile(r"[\u3040-\u30ff]")
_ODD = re.compile(r"[!\"#$&'*;<>?@\[\\\]^_`{|}~]")
_WORD = re.compile(r"[^\W\d_]+")
_SUSPECT = re.compile("|".join(p.pattern for p in (_STRAY, _PRIVATE, _MOJIBAKE, _FOREIGN)))

_UNMAPPED = 0.2
_SOME_UNMAPPED = 0.02
"""Less is a bullet or an ornament."""

_STRAY_SHARE = 0.1
_PRIVATE_SHARE = 0.3
_FEW = 5
"""So many odd characters can stand on any page (bullets, one unknown sign)."""

_LEVEL_1 = 0xD7
"""Last lead byte of the 3,755 everyday characters in GB 2312."""

_LONG_RUN = 6
"""Names and rare characters in lists stand in shorter runs."""

_ENOUGH_PAIRS = 60
_KNOWN_SHARE = 0.07
"""Chinese prose has 0.2 to 0.5 of its pairs among the common ones, characters at random less than 0.06."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Whether a text layer can be trusted and, when not or not wholly, why (Chinese, a clause without a full stop)."""

    trusted: bool
    reason: str = ""


TRUSTED = Verdict(trusted=True)


def judge(text: str, *, unmapped: float = 0.0) -> Verdict:
    """The verdict on the text layer `text` of one page.

    `unmapped` is the share of its characters, 0..1, of which the PDF engine knows that their font does not name them. A few of
    them on a page that is trusted for the rest are the verdict's reason.

    >>> judge("学校与白鹿职业技术学院签订协议。").trusted
    True
    >>> judge("(cid:12)(cid:7)(cid:31)(cid:8)(cid:9)").reason
    '文字层是字形编号，不是文字'
    """
    unnamed = f"字体没有说明 {unmapped:.0%} 的字符是什么字"
    if unmapped > _UNMAPPED:
        return _not(unnamed)
    verdict = _judge_text(text)
    return Verdict(trusted=True, reason=unnamed) if verdict.trusted and unmapped > _SOME_UNMAPPED else verdict


def _judge_text(text: str) -> Verdict:
    """The verdict by the characters alone."""
    inked = len("".join(text.split()))
    if len(_SUSPECT.findall(text)) >= _FEW and (reason := _foreign_signs(text, inked)):
        return _not(reason)
    runs = _HAN.findall(text)
    han = sum(map(len, runs))
    if han < 0.02 * inked:
        odd = len(_ODD.findall(text)) + len(_MOJIBAKE.findall(text))
        nonsense = inked >= 40 and odd > 0.12 * inked and _wordlike(text) < 0.4
        return _not("文字层是一串没有意义的符号") if nonsense else TRUSTED
    if han < 20 or _exceeds(_KANA, text, 0.1 * han):
        return TRUSTED
    return _judge_chinese(runs, han)


def _foreign_signs(text: str, inked: int) -> str:
    """Why signs that no Chinese report is full of make the text (`inked` characters) suspicious; "" when they do not."""
    stray = len(_STRAY.findall(text))
    if stray >= _FEW and stray > _STRAY_SHARE * (inked - 6 * text.count("(cid:")):
        return "文字层是字形编号，不是文字"
    if _exceeds(_PRIVATE, text, _PRIVATE_SHARE * inked):
        return "文字层用的是字体自定义的编码"
    if _exceeds(_MOJIBAKE, text, 0.3 * inked):
        return "文字层的编码错乱，汉字变成了西文符号"
    if _exceeds(_FOREIGN, text, 0.5 * inked) and _wordlike(text) < 0.5:
        return "文字层的编码错乱，汉字变成了外文字母"
    return ""


def _judge_chinese(runs: list[str], han: int) -> Verdict:
    """The verdict on the runs of Chinese characters of a page, `han` characters in all."""
    characters = "".join(runs)
    everyday = sum(lead <= _LEVEL_1 for lead in characters.encode("gb2312", "ignore")[::2])
    if everyday < 0.85 * han:
        traditional = sum(0xA4 <= lead <= 0xC6 for lead in characters.encode("big5", "ignore")[::2])
        if max(everyday, traditional) < 0.5 * han:
            return _not("文字层里大半是生僻字，与页面上的字对不上")
        if traditional > everyday:
            return TRUSTED  # the pairs are those of simplified characters
    pairs = (run[at : at + 2] for run in runs if len(run) >= _LONG_RUN for at in range(len(run) - 1))
    first = list(islice(pairs, _ENOUGH_PAIRS))
    if len(first) < _ENOUGH_PAIRS or _known(first) > 2 * _KNOWN_SHARE:
        return TRUSTED
    if _known([*first, *pairs]) < _KNOWN_SHARE:
        return _not("文字层的字连不成词，与页面上的字对不上")
    return TRUSTED


def _known(pairs: list[str]) -> float:
    """The share of the pairs that are among the common ones."""
    common = common_pairs()
    return sum(pair in common for pair in pairs) / len(pairs)


def _exceeds(pattern: re.Pattern[str], text: str, limit: float) -> bool:
    """Whether the pattern is found more often than `limit` and more often than on any page."""
    return len(pattern.findall(text)) > max(limit, _FEW)


def _wordlike(text: str) -> float:
    """The share of the letters that stand in words written as words are: of two letters or more, none but the first a capital."""
    words = _WORD.findall(text)
    return sum(len(w) for w in words if len(w) > 1 and w[1:].islower()) / max(1, sum(map(len, words)))


def _not(reason: str) -> Verdict:
    return Verdict(trusted=False, reason=reason)
