"""Who is who in a report: short names with their full names, and where a name begins."""

from __future__ import annotations

import re
from collections.abc import Iterator

from huizong.classifier.labels import compact
from huizong.lexicon.names import name_words
from huizong.records import Alias
from huizong.tokens import segment

_OPEN, _CLOSE = "“”\"「『‘'《〈", "“”\"」』’'》〉"
_MARKS = rf"{_OPEN}{_CLOSE}（）()\[\]【】〔〕，。；：,;"
# In quotes a short name may hold blanks (a line end that cleaning could not join), bare it may not.
_SHORT = rf"(?:[{_OPEN}]《?[^{_MARKS}]{{2,20}}》?[{_CLOSE}]|[^{_MARKS}\s]{{2,20}})"
_CALLED = r"(?:(?:以下|下文|文中|下面)?\s*(?:[均统合]|一并)?\s*(?:简称|统称)|(?:以)?下称)\s*(?:[为作]|[:：])?\s*"
_IN_BRACKETS = re.compile(
    rf"[（(\[【〔](?:[^（()）\[\]【】〔〕]|[〔\[【]\d{{4}}[〕\]】]){{0,24}}?{_CALLED}(?P<short>{_SHORT}(?:[、和或及与]{_SHORT})*)\s*(?:[，,；;][^（()）\[\]【】〔〕]{{1,24}})?[）)\]】〕]"
)
_AFTER_COMMA = re.compile(r"[，,]\s*(?:以下)?\s*简称\s*为?\s*(?P<short>[“\"「『][^”\"」』]{2,20}[”\"」』])")
_EACH = re.compile(rf"[{_OPEN}]([^{_OPEN}{_CLOSE}]+)[{_CLOSE}]")
_RUN = re.compile(r"(?:[（(][^（()）]{1,8}[）)]|[^，。；：！？、,;:!?“”\"「」『』《》〈〉（）()\n])+$")
_QUOTED = re.compile(r"(?:《([^《》]+)》|[“「『]([^“”「」『』]+)[”」』]|\"([^\"]+)\")$")
_JOINING = ("和", "与", "及", "暨")
_LEADING = re.compile(
    r"^(?:[我本该][系院校处部所][与和同]|(?:会同|现将|调整充实|[与对将](?!外))(?=.{6})|现由|由|经由|[全我本][省市县区校](?!立)|\d{4}\s*年(?:度|\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?)?|(?:今|去|本|上|近)[年学])"
)
_PREPOSITIONS = frozenset("为对向由在从给赴")
_STOP_TAGS = frozenset(["p", "c", "u", "r", "d", "t", "y", "e", "o"])
_NAMING = frozenset(["现代", "当代", "未来"])  # time words that stand in names
_DOCUMENT = re.compile(r"[〔\[【]\d{4}[〕\]】]\d+号$")  # the number of the document, not its name
_LONGEST_RUN = 48


def find_aliases(text: str) -> tuple[Alias, ...]:
    """Every “以下简称” pair of `text`, in the order of the text and each once.

    The name is cut from what stands right before the bracket: the words in quotes, or the run of words up to the last verb,
    preposition or mark before it. Not handled: a name given after its short form (全称为…).

    >>> find_aliases("2019年，由江城农业职业学院（以下简称“江城农院”）结对帮扶海阳旅游职业学院(下称海旅学院)。")
    (Alias(name='江城农业职业学院', alias='江城农院'), Alias(name='海阳旅游职业学院', alias='海旅学院'))
    """
    found = [*_IN_BRACKETS.finditer(text), *_AFTER_COMMA.finditer(text)]
    pairs: dict[Alias, None] = {}
    for match in sorted(found, key=lambda m: m.start()):
        before = text[max(0, match.start() - _LONGEST_RUN) : match.start()].rstrip()
        for short in _short_names(match["short"]):
            name = _name_before(before, short)
            if name and name != short and not _DOCUMENT.search(name):
                pairs.setdefault(Alias(name=name, alias=short))
    return tuple(pairs)


def _short_names(words: str) -> Iterator[str]:
    quoted = _EACH.findall(words)
    yield from (compact(short) for short in quoted or [words.strip(_OPEN + _CLOSE)])


def _name_before(before: str, short: str) -> str:
    quoted = _QUOTED.search(before)
    if quoted:
        return next(group for group in quoted.groups() if group)
    run = _RUN.search(before)
    name = _after_preposition(trim_name(run.group(), short), short) if run else ""
    if not name or not before.endswith("、" + name):
        return name
    listed = _RUN.search(before[: -len(name) - 1])
    first = trim_name(listed.group()) if listed else ""
    return f"{first}、{name}" if first and _is_of_both(short, first, name) else name


def _is_of_both(short: str, first: str, second: str) -> bool:
    """Whether a short name is one of two bodies that work as one (党委办公室、学院办公室: 两办; 学生工作部、团委: 学工团委)."""
    together = short[0] in "两双"
    of_first = (short[0] not in second and short[0] in first) or (short[-1] not in second and first.endswith(short[-1]))
    return together or of_first


def _after_preposition(name: str, short: str) -> str:
    """The name from where its short form begins, if what stands right before it parts the two.

    That is a preposition (巡察组对某学院), or 和 and the like behind words that are no body (围绕发展战略和某学院).
    """
    for at in (name.rfind(short[:2]), name.find(short[:1])):
        left = name[: max(at, 0)]
        joined = left.endswith(_JOINING) and not left[:-1].endswith(name_words().body_endings)
        if left and (joined or left[-1] in _PREPOSITIONS):
            return name[at:]
    return name


def trim_name(run: str, short: str = "") -> str:
    """The name that ends `run`, without the words before it; never cut so far that it could no longer give `short`.

    >>> trim_name("在全省率先与江城农业职业学院")
    '江城农业职业学院'
    """
    words = name_words()
    run = _LEADING.sub("", run.strip())
    scheme = run.endswith(words.scheme_endings)
    for token in reversed(segment(run)):
        rest, word = run[token.end :], run[token.start : token.end]
        if len(rest) < 3 or (_spells(short, run) and not _spells(short, rest)):
            continue
        left = run[: token.start]
        if word in _JOINING and left and (scheme or not left.endswith(words.joined_after)):
            continue
        if not left and len(word) == 1 and word not in words.before_names and token.tag in {"v", "a", "t"}:
            continue  # 清|泗县职业教育中心: half a place
        stops = token.tag[:1] in _STOP_TAGS or word in words.before_names
        verb = token.tag in ("v", "vd", "vi") and word not in words.inside_names
        if (stops or verb) and word not in _NAMING and not rest.startswith(words.not_first):
            return rest.strip()
    return run


def _spells(short: str, name: str) -> bool:
    """Whether the characters of `short` stand in `name` in this order (火炬职院 in 中山火炬职业技术学院)."""
    at = iter(name)
    return bool(short) and all(character in at for character in short)
