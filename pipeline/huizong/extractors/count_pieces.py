"""Words that a guess or the dictionary cut wrong, cut again: 节设, 员仅, 设微格|教室, 发射卫星|137颗."""

from __future__ import annotations

from typing import NamedTuple

from huizong.lexicon.units import counting_words

STOPS = frozenset("，。；：！？,;:!?（）()…—\n“”‘’《》【】+●○■□◆◇★☆▲△※•▪➢✓√")
_SWALLOWED = frozenset("高等未仅仍均约达由从占超被设获增招将已共有为是到至缺靠欠要应须较")
# Words whose tag in the dictionary misleads: 新建 and 惠及 as places, 高速 and 市 as adverbs, 县 as a shape, 本科 as a pronoun.
_TAGS = {
    "成效显著": "i",
    "工资": "n",
    "新建": "v",
    "惠及": "v",
    "会同": "p",
    "本科": "n",
    "县": "n",
    "市": "n",
    "高速": "b",
    "海洋": "n",
    "批次": "n",
    "行为": "n",
}
# Words that are two: the first, its tag, that of the second (4家|媒体|报道, 带教|比|高达1:12, 企业自营|时|低, 辣椒|全|用上).
_TWO = {
    "媒体报道": ("媒体", "n", "v"),
    "比高": ("比", "n", "a"),
    "比低": ("比", "n", "a"),
    "时高": ("时", "n", "a"),
    "时低": ("时", "n", "a"),
    "全用": ("全", "d", "v"),
    "交付使用": ("交付", "v", "v"),
}
_SHORT_NAMES = frozenset("京津冀晋辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川黔滇藏陕甘青宁新蒙港澳台")
_ROMAN = frozenset("ⅠⅡⅢⅣⅤIV")
_DASHES = frozenset("-—–~～至")
_SWALLOWED_FIRST = frozenset("中仅仍均约达由从超被没未已都也才刚获占拟并里各对")
_CHANGED = frozenset("增减升降")
_HANDLING = frozenset("拆捐撒架栽采卖抓砍挖贴换搬设")  # open a guessed word as its verb
_DONE_BEFORE = frozenset("来去办开搞做查看听讲读写用跑")  # 来|过
_RELATIONS = frozenset({"控制", "上升", "下降", "保持", "上涨", "下跌", "回升", "回落"})
_RELATIONS |= {"增长", "达到", "提高", "稳定", "减少", "完成", "增加"}


class Word(NamedTuple):
    """A word of the sentence; a “…” or 《…》 is one word with the tag `quote`, a bracket one with `paren`.

    A tuple, as quickly made as there are many of them.
    """

    start: int
    end: int
    text: str
    tag: str


def split(word: Word) -> list[Word]:
    """Splits guessed words that swallowed a relation (节设, 员仅) and dictionary phrases that end in one (成本上升)."""
    text, at = word.text, word.start
    if text in _TAGS:
        return [Word(at, word.end, text, _TAGS[text])]
    if text in _TWO:
        first, tag, tag_behind = _TWO[text]
        return [Word(at, at + len(first), first, tag), Word(at + len(first), word.end, text[len(first) :], tag_behind)]
    if word.tag == "" and len(text) == 3 and text[0] == "设":  # 设|微格教室
        return [Word(at, at + 1, "设", "v"), Word(at + 1, word.end, text[1:], "")]
    if len(text) == 3 and text[0] == "占" and word.tag in {"", "nr", "nrt"}:  # 占|全疆|装机
        return [Word(at, at + 1, "占", "v"), Word(at + 1, at + 3, text[1:], "n")]
    if len(text) == 2 and text[1] == "达" and text[0] in "面率比值量度数":  # 资助|面达
        return [Word(at, at + 1, text[0], ""), Word(at + 1, at + 2, "达", "v")]
    if word.tag == "" and len(text) == 2 and text[0] == "日" and text[1] in "晚早夜起":  # 11月6|日晚
        return [Word(at, word.end, text, "t")]
    if word.tag == "" and len(text) == 3 and text[0] == "到" and text[2] not in "率数量":  # 输出|到|津冀
        return [Word(at, at + 1, "到", "v"), Word(at + 1, at + 3, text[1:], "ns")]
    if word.tag == "" and len(text) == 2 and text[0] == "来" and text[1] in _SHORT_NAMES:  # 外国专家|来赣
        return [Word(at, at + 1, "来", "v"), Word(at + 1, at + 2, text[1], "ns")]
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


def mended(words: list[Word]) -> list[Word]:
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
        if len(out) > 1 and word.text[0] in _ROMAN and out[-1].text in _DASHES and _ROMAN.issuperset(out[-2].text):
            out[-2:] = [Word(out[-2].start, word.end, out[-2].text + out[-1].text + word.text, "n")]  # Ⅰ—Ⅲ类
            continue
        if last is not None and last.text == "及其" and word.text == "他":  # 培训|及|其他|收入
            out[-1] = Word(last.start, last.start + 1, "及", "c")
            out.append(Word(last.start + 1, word.end, "其他", "b"))
            continue
        if (
            last is not None
            and len(last.text) == len(word.text) == 1
            and (last.tag in {"", "d"} or last.text + word.text == "报到")
            and last.end == word.start
            and word.text not in _CHANGED  # 核|增
            and any(last.text + word.text in verbs for verbs in known)
        ):
            out[-1] = Word(last.start, word.end, last.text + word.text, "v")
        else:
            out.append(word)
    return out


def deeds(words: list[Word]) -> list[Word]:
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
