"""Single characters: which are folded into which (always one to one), which are blank, how wide they are."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

# Radicals of U+2E80–2EFF that are whole characters in use. PDF fonts map glyphs to them; NFKC folds only two.
# Source: EquivalentUnifiedIdeograph.txt of the Unicode Character Database.
_RADICALS = dict(
    zip(
        "⺇⺊⺏⺒⺓⺖⺘⺛⺝⺟⺠⺢⺧⺩⺪⺫⺬⺱⺼⺽⻁⻄⻅⻆⻇⻉⻋⻑⻓⻔⻗⻘⻙⻚⻛⻜⻝⻞⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
        "几卜尣巳幺忄扌旡月母民氺牛王疋目示罓月臼虎西见角角贝车長长门雨青韦页风飞食食首马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟",
        strict=True,
    )
)
_INVISIBLE = frozenset("\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad\u202a\u202b\u202c\u202d\u202e")
_OPENING = frozenset("（(《〈「『【〔［[｛{“‘")
CLOSING = frozenset("，。、；：！？）)》〉」』】〕］]｝}”’,.;:!?%％")
"""What never opens a line, but for sloppy tools."""

# A blank that parts thousands (1 260人, GB/T 15835); behind what is numbered (图1 120人参加) it parts two numbers.
_THOUSANDS = re.compile(
    r"(?P<before>^|[\u4e00-\u9fff，、；：（“≥≤＞＜][ \u3000]?|\d[:：∶])(?P<groups>[1-9]\d{0,2}(?:[ \u00a0\u2002\u2009\u202f]\d{3})+)(?!\d)"
    r"(?:\.\d+)?(?P<behind>$|[ \u3000]?[余多]?[\u4e00-\u9fff％%‰㎡])"
)
_NUMBERED = re.compile(r"(?:[图表件例题第式]|项目|任务|阶段|标段|方案)[ \u3000]?$")


def parted_thousands(line: str, *, opens: bool = True) -> frozenset[int]:
    """The columns of the blanks that part the thousands of a number.

    Where the line `opens` its paragraph the 1 of “1 260人” may be a numbering; not where nothing else stands in it.

    >>> sorted(parted_thousands("学生1 260人，图1 120人参加")), sorted(parted_thousands("12 345 678"))
    ([3], [2, 6])
    """
    found: set[int] = set()
    for match in _THOUSANDS.finditer(line):
        whole, inside = not match["before"] and not match["behind"], match["behind"] and (match["before"] or not opens)
        if (whole or inside) and not _NUMBERED.search(line, 0, match.start("groups")):
            start, end = match.span("groups")
            found.update(at for at in range(start, end) if line[at].isspace())
    return frozenset(found)


@cache
def fold(character: str) -> str:
    """The character that stands for it in cleaned text: always exactly one.

    >>> fold("３"), fold("％"), fold("⼯"), fold("，"), fold("⺠")
    ('3', '%', '工', '，', '民')
    """
    code = ord(character)
    if 0xFF10 <= code <= 0xFF19 or 0xFF21 <= code <= 0xFF3A or 0xFF41 <= code <= 0xFF5A or character in "％＋":
        return chr(code - 0xFEE0)
    if character in _RADICALS:
        return _RADICALS[character]
    if 0x2E80 <= code <= 0x2FDF or 0xF900 <= code <= 0xFAFF:
        plain = unicodedata.normalize("NFKC", character)
        return plain if len(plain) == 1 else character
    return character


@cache
def invisible(character: str) -> bool:
    """Whether the character is blank, takes no room, or is a control character."""
    return character.isspace() or character in _INVISIBLE or unicodedata.category(character) in {"Cc", "Cs"}


@cache
def narrow(character: str) -> bool:
    """Whether the character belongs to a Latin word or number: only between two such a blank counts."""
    return ord(character) < 0x2E80 and not invisible(character) and character not in "“”‘’…—·《》"


def folded(words: str) -> str:
    """Words of one line as they stand in cleaned text: characters folded, blanks only between two Latin words or numbers.

    >>> folded("2024 年 1-9 月"), folded(" Smart  Classroom（ 间 ）"), folded("３ ％"), folded("1 260")
    ('2024年1-9月', 'Smart Classroom（间）', '3 %', '1260')
    """
    kept: list[str] = []
    blank = False
    words = words.strip()
    parting = parted_thousands(words)
    for column, character in enumerate(words):
        if invisible(character):
            blank = blank or (character.isspace() and column not in parting)
            continue
        letter = fold(character)
        if blank and kept and narrow(kept[-1]) and narrow(letter):
            kept.append(" ")
        kept.append(letter)
        blank = False
    return "".join(kept)


@cache
def columns(character: str) -> int:
    """Display width: 2 for Chinese characters, punctuation and curly quotes, 1 for ASCII, 0 for what takes no room."""
    if character in _INVISIBLE or unicodedata.category(character) in {"Mn", "Cc"}:
        return 0
    if character in "“”‘’…—·" or unicodedata.east_asian_width(character) in "WF":
        return 2
    return 1


def leading_unit(text: str, *, set_as_page: bool = False) -> str:
    """What opens `text` and no line end tears apart: opening marks, a word or character, closing marks.

    A curly quote right behind a closing mark goes with it: by the Unicode rules, which do not know whether it opens or
    closes, some programs break on neither side of it (UAX #14, class QU). On pages (`set_as_page`) any quote does.

    >>> leading_unit("度。两校"), leading_unit("2019-2021年"), leading_unit("（质量"), leading_unit("人，“双师”")
    ('度。', '2019-2021', '（质', '人，“双')
    >>> leading_unit("的“双师”", set_as_page=True), leading_unit("师”型教师", set_as_page=True)
    ('的“双', '师”型')
    """
    at = 0
    while at < len(text) and text[at] in _OPENING:
        at += 1
    if at < len(text):
        word = re.match(r"[A-Za-z0-9][A-Za-z0-9.,/%+&-]*|.", text[at:])
        at += word.end() if word else 0
    while at < len(text) and text[at] in CLOSING:
        at += 1
    if not 0 < at < len(text):
        return text[:at]
    if text[at] in "“‘" and (set_as_page or text[at - 1] in CLOSING):
        at += len(leading_unit(text[at:]))
    elif set_as_page and text[at - 1] in "”’":
        at += 1
    return text[:at]


def room_for(line: str, following: str, *, set_as_page: bool = False) -> int:
    """The columns that `line` would need to take in what opens the line `following` (`leading_unit`), a blank between Latin words included.

    >>> room_for("全年开展", "12场活动"), room_for("建成Digital", "Twin平台")
    (2, 5)
    """
    blank = narrow(line[-1:] or " ") and narrow(following[:1] or " ") and line[-1].isalnum() and following[0].isalnum()
    return blank + sum(map(columns, leading_unit(following, set_as_page=set_as_page)))
