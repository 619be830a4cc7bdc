"""The words of one sentence as the object finder needs them: names in quotation marks whole, split endings glued."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise
from operator import attrgetter

from huizong.extractors.count_candidates import Candidate
from huizong.extractors.count_pieces import STOPS, Word, deeds, mended, split
from huizong.lexicon.units import counting_words
from huizong.records import Token

AND = frozenset({"和", "与", "及", "以及", "或"})
_FORMER = frozenset("上去往前同全")
_CLOSING = {"“": "”", "《": "》", "（": "）", "(": ")", "‘": "’"}
_TOWARDS = frozenset("给向对往为把将用以在由从")  # 20名|给|学校
_TORN = frozenset({"建校", "培训班"})
_PAUSES = frozenset("，、：")
_COMPARING = re.compile(r"[比较](?=上年|上学年|去年|同期|20\d\d|计划|规划|预算|序时|全省|全国|上一)|[快慢优]于")
BUILT = re.compile(r"[新改扩][（(][新改扩修建、]{1,5}[）)]建")  # 新（改）建
_GLUED_ALL_THE_SAME = frozenset({"占", "无", "前", "后", "时", "中", "下"})
_START = attrgetter("start")
_SITES = frozenset("区园站室馆带库")
_USED = frozenset("煤电水气工地房药餐车火油")  # 冬季用|煤
_TIMES = ("年", "月", "日", "天", "个月", "小时", "分钟")
_RATIO_HEADS = frozenset(
    {
        "收入",
        "占",
        "之",
        "生师",
        "师生",
        "供需",
        "配",
        "占比",
        "环",
        "同",
        "性价",
        "论文",
        "师机",
        "生机",
        "普职",
        "师徒",
        "床位",
        "人岗",
        "岗位",
        "教职",
        "医护",
    }
)


def words_of(text: str, start: int, end: int, tokens: Sequence[Token], candidates: Sequence[Candidate]) -> list[Word]:
    """The words of `text[start:end]`; quotations and brackets with a count inside stay apart."""
    plain: list[Word] = []
    edges = sorted({edge for candidate in candidates for edge in (candidate.start, candidate.end)})
    for at in range(bisect_left(tokens, start, key=_START), len(tokens)):
        token = tokens[at]
        if token.start >= end:
            break
        plain += _apart(text, token, edges)
    cut = deeds(mended([piece for word in _compounds(text, start, end, plain) for piece in split(word)]))
    return _glue(_merge(text, end, cut, candidates), text, candidates)


def _apart(text: str, token: Token, edges: Sequence[int]) -> list[Word]:
    """The word, cut where a count begins or ends inside it (9|个村). `edges` are sorted."""
    start, end, tag = token
    inside = edges[bisect_right(edges, start) : bisect_left(edges, end)]
    if not inside and not tag and end - start == 2 and text[start] in "年月届" and text[start - 1 : start].isdigit():
        return [Word(start, start + 1, text[start], "m"), Word(start + 1, end, text[start + 1], "")]  # 2021|年|拟
    if not tag and end - start == 2 and text[end - 1] == "中" and text[end : end + 1] in _PAUSES:
        return [Word(start, end - 1, text[start], ""), Word(end - 1, end, "中", "f")]  # 143所园|校|中，
    if not inside:
        dated = text[start:end].isdecimal() and text.startswith(_TIMES, end)
        return [Word(start, end, text[start:end], "m" if dated else tag)]
    return [Word(a, b, text[a:b], _tag_of_piece(text[a:b], tag)) for a, b in pairwise((start, *inside, end))]


def _tag_of_piece(piece: str, tag: str) -> str:
    if piece in _TOWARDS:
        return "p"
    return "" if not tag and len(piece) == 2 and piece[1] in "要都也均仅" else "n"  # 3|个|班要, guessed as one word


def _compounds(text: str, start: int, end: int, words: list[Word]) -> list[Word]:
    """Makes one word of each listed compound (占比, 可支配收入), of 提高到, and of a verb that opens a clause."""
    lexicon = counting_words()
    names = [match.span() for match in lexicon.compounds.finditer(text, start, end)]
    names = [(a, b) for a, b in names if text[a:b] != "生均" or text[a - 1 : a] not in set("学新招考男女研")]
    names = [(a, b) for a, b in names if text[a:b] != "收入比" or text[b : b + 1] not in _FORMER]  # 收入|比上年增长
    verbs = [match.span() for match in lexicon.moved.finditer(text, start, end)]
    verbs += [match.span() for match in BUILT.finditer(text, start, end)]
    verbs += [match.span() for match in _COMPARING.finditer(text, start, end)]
    verbs += [
        (start + match.start("verb"), start + match.end("verb"))
        for match in lexicon.opening_verb.finditer(text[start:end])
    ]
    spans: list[tuple[int, int]] = []
    longer = [word for word in words if word.tag[:1] in ("n", "v") and word.end - word.start > 2]
    for a, b in [*names, *verbs]:
        if any(
            w.start <= a and b <= w.end and b - a < w.end - w.start and (w.tag[:1] == ("v" if (a, b) in names else "n"))
            for w in longer
        ):
            continue  # 跟岗 in the word 跟岗进修, 注册 in 注册志愿者
        if all(b <= x or y <= a for x, y in spans):
            spans.append((a, b))
    if not spans:
        return words
    known = {(word.start, word.end): word.tag for word in words}
    tags = {
        span: "vo" if text[slice(*span)] in lexicon.opening else known.get(span) or ("n" if span in names else "v")
        for span in spans
    }
    out: list[Word] = []
    for word in words:
        if all(b <= word.start or word.end <= a for a, b in spans):
            out.append(word)
            continue
        pieces = [(word.start, word.end)]
        for a, b in spans:
            pieces = [piece for x, y in pieces for piece in ((x, min(y, a)), (max(x, b), y)) if piece[0] < piece[1]]
        out.extend(Word(x, y, text[x:y], word.tag if (x, y) == (word.start, word.end) else "") for x, y in pieces)
    out.extend(Word(a, b, text[a:b], tags[a, b]) for a, b in spans)
    return sorted(out, key=lambda word: word.start)


def _merge(text: str, end: int, plain: list[Word], candidates: Sequence[Candidate]) -> list[Word]:
    merged: list[Word] = []
    at = 0
    while at < len(plain):
        word = plain[at]
        closing = _CLOSING.get(word.text[0])
        stop = text.find(closing, word.start, end) if closing else -1
        if stop < 0 or stop - word.start > 60 or any(word.start <= c.start < stop for c in candidates):
            merged.append(word)
            at += 1
            continue
        while at < len(plain) and plain[at].start <= stop:
            at += 1
        if merged and merged[-1].text[-1] == "国" and text[word.start + 1 : stop] == "境":  # 赴|国（境）|外
            last = merged.pop()
            head = last.start if last.text.endswith("出国") else last.end - 1
            merged += [Word(last.start, head, text[last.start : head], "v")] * (head > last.start)
            merged.append(Word(head, stop + 1, text[head : stop + 1], "n" if head == last.start else "s"))
            continue
        merged.append(
            Word(word.start, stop + 1, text[word.start : stop + 1], "paren" if word.text[0] in "（(" else "quote")
        )
    return merged


def _glue(words: list[Word], text: str, candidates: Sequence[Candidate]) -> list[Word]:
    """到课|率 → 到课率, 生师|比 → 生师比, 占|比 → 占比; never over a count, a mark or a function word."""
    lexicon = counting_words()
    suffixes, apart = lexicon.suffixes, lexicon.function - _GLUED_ALL_THE_SAME
    out: list[Word] = []
    for word in words:
        last = out[-1] if out else None
        if last is not None and word.text == "级" and last.end == word.start and last.text in _TORN:
            middle = last.end - 1  # 再|建|校级精品课, 培训|班级委员
            out[-1] = Word(last.start, middle, last.text[:-1], "v")
            out.append(Word(middle, word.end, text[middle : word.end], "n"))
            continue
        joins = (
            last is not None
            and last.end == word.start
            and (
                last.tag not in {"quote", "paren", "p", "c", "uj"}
                or (last.text == "用" and word.text in _USED)
                or (word.text == "率" and len(last.text) == 2)  # 及时|率
            )
            and last.text not in STOPS
            and last.text not in AND
            and last.text not in apart
            and last.text != "、"
            and not last.text[-1].isdigit()
            and (
                word.text in suffixes
                or (last.text == "用" and word.text in _USED)
                or (
                    word.text == "比"
                    and last.text[-2:] in _RATIO_HEADS
                    and text[word.end : word.end + 1] not in _FORMER
                )
            )
            and not any(
                (c.start < last.end and last.start < c.end) or (c.start < word.end and word.start < c.end)
                for c in candidates
            )
        )
        if (
            joins
            and last is not None
            and (
                last.text not in lexicon.strong
                or word.text in {"率", "额", "量", "数", "费", "款", "比", "会"}
                or (word.text in _SITES and len(out) > 1 and out[-2].tag[:1] in {"n", "b", "v"})  # 服务业|集聚|区
            )
        ):
            out[-1] = Word(last.start, word.end, text[last.start : word.end], "n")
        else:
            out.append(word)
    return out
