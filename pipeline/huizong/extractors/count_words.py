"""The words of one sentence as the object finder needs them: names in quotation marks whole, split endings glued."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple

from huizong.extractors.count_candidates import Candidate
from huizong.lexicon.units import counting_words
from huizong.records import Token

STOPS = frozenset("，。；：！？,;:!?（）()…—\n“”‘’《》【】+●○■□◆◇★☆▲△※•▪➢✓√")
AND = frozenset({"和", "与", "及", "以及", "或"})
_CLOSING = {"“": "”", "《": "》", "（": "）", "(": ")", "‘": "’"}
_SWALLOWED = frozenset("高等未仅仍均约达由从占超被设获增招将已共有为是到至缺靠欠要应须较")
_TOWARDS = frozenset("给向对往为把将用以在由从")  # 20名|给|学校
_NO_PLACES = frozenset({"新建", "惠及", "会同"})  # the dictionary has them as places and a noun
_ROMAN = frozenset("ⅠⅡⅢⅣⅤ")
_DASHES = frozenset("-—–~～至")
_TORN = frozenset({"建校", "培训班"})
_SWALLOWED_FIRST = frozenset("中仅仍均约达由从超被没未已都也才刚获占拟并里各对")
_PAUSES = frozenset("，、：")
_CHANGED = frozenset("增减升降")
_HANDLING = frozenset("拆捐撒架栽采卖抓砍挖贴换搬设")  # open a guessed word as its verb
_DONE_BEFORE = frozenset("来去办开搞做查看听讲读写用跑")  # 来|过
_RELATIONS = frozenset({"控制", "上升", "下降", "保持", "上涨", "下跌", "回升", "回落"})
_RELATIONS |= {"增长", "达到", "提高", "稳定", "减少", "完成", "增加"}
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


class Word(NamedTuple):
    """A word of the sentence; a “…” or 《…》 is one word with the tag `quote`, a bracket one with `paren`.

    A tuple, as quickly made as there are many of them.
    """

    start: int
    end: int
    text: str
    tag: str


def words_of(text: str, start: int, end: int, tokens: Sequence[Token], candidates: Sequence[Candidate]) -> list[Word]:
    """The words of `text[start:end]`; quotations and brackets with a count inside stay apart."""
    plain: list[Word] = []
    edges = sorted({edge for candidate in candidates for edge in (candidate.start, candidate.end)})
    for at in range(bisect_left(tokens, start, key=_START), len(tokens)):
        token = tokens[at]
        if token.start >= end:
            break
        plain += _apart(text, token, edges)
    cut = _deeds(_mended([piece for word in _compounds(text, start, end, plain) for piece in _split(word)]))
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
    return [Word(a, b, text[a:b], "p" if text[a:b] in _TOWARDS else "n") for a, b in pairwise((start, *inside, end))]


def _compounds(text: str, start: int, end: int, words: list[Word]) -> list[Word]:
    """Makes one word of each listed compound (占比, 可支配收入), of 提高到, and of a verb that opens a clause."""
    lexicon = counting_words()
    names = [match.span() for match in lexicon.compounds.finditer(text, start, end)]
    names = [(a, b) for a, b in names if text[a:b] != "生均" or text[a - 1 : a] not in set("学新招考男女研")]
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


def _split(word: Word) -> list[Word]:
    """Splits guessed words that swallowed a relation (节设, 员仅) and dictionary phrases that end in one (成本上升)."""
    text, at = word.text, word.start
    if text == "发射卫星":
        return [Word(at, at + 2, "发射", "v"), Word(at + 2, word.end, "卫星", "n")]
    if text == "高速":  # the dictionary has it as an adverb
        return [Word(at, word.end, text, "b")]
    if text == "媒体报道":
        return [Word(at, at + 2, "媒体", "n"), Word(at + 2, word.end, "报道", "v")]
    if word.tag == "" and len(text) == 3 and text[0] == "设":  # 设|微格教室
        return [Word(at, at + 1, "设", "v"), Word(at + 1, word.end, text[1:], "")]
    if text in {"比高", "比低"}:  # 带教|比|高达1:12
        return [Word(at, at + 1, "比", "n"), Word(at + 1, at + 2, text[1], "a")]
    if text == "时低" or text == "时高":
        return [Word(at, at + 1, "时", "n"), Word(at + 1, at + 2, text[1], "a")]
    if text == "全用" and word.tag == "":
        return [Word(at, at + 1, "全", "d"), Word(at + 1, at + 2, "用", "v")]
    if len(text) == 3 and text[0] == "占" and word.tag in {"", "nr", "nrt"}:  # 占|全疆|装机
        return [Word(at, at + 1, "占", "v"), Word(at + 1, at + 3, text[1:], "n")]
    if len(text) == 2 and text[1] == "达" and text[0] in "面率比值量度数":  # 资助|面达
        return [Word(at, at + 1, text[0], ""), Word(at + 1, at + 2, "达", "v")]
    if text in _NO_PLACES:
        return [Word(at, word.end, text, "v" if text != "会同" else "p")]
    if word.tag == "" and len(text) == 2 and text[0] == "日" and text[1] in "晚早夜起":  # 11月6|日晚
        return [Word(at, word.end, text, "t")]
    if word.tag == "" and len(text) == 3 and text[0] == "到" and text[2] not in "率数量":  # 输出|到|津冀
        return [Word(at, at + 1, "到", "v"), Word(at + 1, at + 3, text[1:], "ns")]
    if text in {"本科", "县", "市"}:  # the dictionary has them as a pronoun, a shape and an adverb
        return [Word(at, word.end, text, "n")]
    if len(text) == 2 and text[1] == "过" and text[0] in _DONE_BEFORE:
        return [Word(at, at + 1, text[0], "v"), Word(at + 1, at + 2, "过", "ug")]
    if len(text) == 2 and text[1] == "了" and text[0] not in "为除罢":  # 换了
        return [Word(at, at + 1, text[0], "v"), Word(at + 1, at + 2, "了", "ul")]
    if len(text) == 2 and text[0] == "只" and text[1] not in "是要有能好得求":  # 只|放三成
        return [Word(at, at + 1, "只", "d"), Word(at + 1, at + 2, text[1], "v")]
    if word.tag == "" and len(text) == 2 and text[0] == "比" and text[1] in "省校市县院区非原预往":  # 比省|平均
        return [Word(at, at + 1, "比", "p"), Word(at + 1, at + 2, text[1], "n")]
    if word.tag == "" and len(text) == 2 and text[0] in "略再" and text[1] in _CHANGED:  # 较上年略|降
        return [Word(at, at + 1, text[0], "d"), Word(at + 1, at + 2, text[1], "v")]
    if word.tag == "" and len(text) == 2 and text[0] == "逐":  # 逐本|把关
        return [Word(at, word.end, text, "d")]
    if word.tag == "n" and len(text) == 3 and text[2] in "应须" and text[1] not in "反供效感响适对相":  # 教师|应
        return [Word(at, at + 2, text[:2], "n"), Word(at + 2, at + 3, text[2], "d")]
    if word.tag == "" and len(text) == 2 and text[0] in _HANDLING and not text.isascii():  # 拆旱|厕, 清走
        return [Word(at, at + 1, text[0], "v"), Word(at + 1, at + 2, text[1], "")]
    guessed = word.tag in {"", "nr", "nrt"} and len(text) == 2 and not text.isascii()
    guessed = guessed and text not in counting_words().level  # 高达
    if guessed and (text[1] in _SWALLOWED or text[0] in _SWALLOWED_FIRST):
        return [
            Word(at, at + 1, text[0], "v" if text[0] in "获占" or text[1] in "至为到" else ""),
            Word(at + 1, at + 2, text[1], "v" if text[1] in "设获增招建缺靠欠" else "d"),
        ]
    if word.tag == "" and len(text) == 3 and text[1:] in counting_words().level:  # 离职|率高达
        return [Word(at, at + 1, text[0], ""), Word(at + 1, at + 3, text[1:], "v")]
    if text in counting_words().deed_phrases:  # the dictionary has them as nouns
        tag, middle = "vn" if text[-2:] in {"调研", "申请"} else "n", word.end - 2
        return [Word(at, middle, text[:-2], "v"), Word(middle, word.end, text[-2:], tag)]
    if len(text) == 4 and text[2:] in _RELATIONS:
        return [Word(at, at + 2, text[:2], "n"), Word(at + 2, at + 4, text[2:], "v")]
    return [word]


def _mended(words: list[Word]) -> list[Word]:
    """Verbs torn apart by a wrong guess put together again (仅|报|到 → 仅|报到), and 中|共 before a deed apart."""
    lexicon, out = counting_words(), list[Word]()
    known = (lexicon.deeds, lexicon.strong, lexicon.transitive)
    for word, following in zip(words, [*words[1:], None], strict=True):
        if (
            word.text == "中共"
            and following is not None
            and (following.text in lexicon.deeds or following.text in lexicon.strong)
        ):
            middle = word.start + 1  # 技能竞赛|中|共|获奖187项
            out += [Word(word.start, middle, "中", "f"), Word(middle, word.end, "共", "d")]
            continue
        last = out[-1] if out else None
        if len(out) > 1 and word.text[0] in _ROMAN and out[-1].text in _DASHES and out[-2].text[-1] in _ROMAN:
            out[-2:] = [Word(out[-2].start, word.end, out[-2].text + out[-1].text + word.text, "n")]  # Ⅰ—Ⅲ类
            continue
        if last is not None and last.text == "及其" and word.text == "他":  # 培训|及|其他|收入
            out[-1] = Word(last.start, last.start + 1, "及", "c")
            out.append(Word(last.start + 1, word.end, "其他", "b"))
            continue
        if (
            last is not None
            and len(last.text) == len(word.text) == 1
            and last.tag in {"", "d"}
            and last.end == word.start
            and word.text not in _CHANGED  # 核|增
            and any(last.text + word.text in verbs for verbs in known)
        ):
            out[-1] = Word(last.start, word.end, last.text + word.text, "v")
        else:
            out.append(word)
    return out


def _deeds(words: list[Word]) -> list[Word]:
    """Words before 了 and 着 as verbs, whatever the dictionary says; a guessed word gives its last character (整改会开|了)."""
    out: list[Word] = []
    for word, following in zip(words, [*words[1:], None], strict=True):
        if following is None or following.text not in {"了", "着"} or word.tag in {"m", "d"} or word.text in STOPS:
            out.append(word)
        elif word.tag == "" and len(word.text) == 2:
            middle = word.start + 1
            out += [Word(word.start, middle, word.text[0], "n"), Word(middle, word.end, word.text[1], "v")]
        else:
            out.append(Word(word.start, word.end, word.text, "v"))
    return out


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
                or (word.text == "比" and last.text[-2:] in _RATIO_HEADS)
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
