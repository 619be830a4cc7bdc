"""Words of the cleaned text: jieba with the domain dictionary, each word with its place and part of speech.

Tokens join to the text: what lies between two tokens is white space only. Offsets rest on characters, never on tokens.
The shared tokenizer is never left changed, so that the order of reports cannot matter: words of one document (its short
names) are put in for that document and taken out again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from operator import add
from pathlib import Path
from typing import TYPE_CHECKING

from huizong import lexicon
from huizong.errors import SettingsError
from huizong.records import Token
from huizong.tokens.cutting import apart_from_units, cut, dictionary_text, new_tokenizer
from huizong.tokens.dictionary import Dictionary

if TYPE_CHECKING:
    import jieba

_MOST_SEEN = 50_000


class Segmenter:
    """A jieba tokenizer with its dictionary's part-of-speech tags.

    `dictionaries` are word lists of the user (a word a line, optionally a tab and a jieba tag); they win over jieba's own.
    """

    def __init__(self, dictionaries: Iterable[Path] = ()) -> None:
        self._jieba: jieba.Tokenizer = new_tokenizer()
        # Not taken from jieba's cache: that lies in the shared temporary folder and is unmarshalled blindly.
        self._dictionary = Dictionary(dictionary_text())
        self._jieba.total = self._dictionary.total
        self._tags: dict[str, str] = {}
        self._seen: set[str] = set()  # characters and pairs of them whose words are learnt
        self._add([(fields[0], fields[1] if len(fields) > 1 else "n") for fields in lexicon.entries("dictionary.txt")])
        for path in dictionaries:
            self._add(_user_words(path))

    def _learn(self, text: str) -> None:
        """Takes those words of jieba's dictionary into use that can stand in `text`."""
        parts = {*text, *map(add, text, text[1:])}
        if parts <= self._seen:  # as with most cells of a table: asking costs less than looking up
            return
        if len(self._seen) > _MOST_SEEN:
            self._seen.clear()
        self._seen |= parts
        frequencies, tags = self._jieba.FREQ, self._tags
        for word, frequency, tag in self._dictionary.new_rows(text):
            frequencies[word] = frequency
            tags[word] = tag
            for end in range(1, len(word)):
                frequencies.setdefault(word[:end], 0)

    def _add(self, words: Iterable[tuple[str, str]]) -> None:
        words = list(words)
        self._learn("\n".join(word for word, _ in words))
        for word, tag in words:
            self._jieba.add_word(word)
            self._tags[word] = tag

    @contextmanager
    def _with(self, words: Iterable[str]) -> Iterator[None]:
        """The dictionary with `words` in it; as before afterwards, prefixes included."""
        frequencies, total = self._jieba.FREQ, self._jieba.total
        before: dict[str, int | None] = {}
        tags = {word: self._tags.get(word) for word in words}
        for word in tags:
            for end in range(1, len(word) + 1):
                before.setdefault(word[:end], frequencies.get(word[:end]))
        try:
            self._add((word, "nt") for word in tags)
            yield
        finally:
            self._jieba.total = total
            for part, frequency in before.items():
                if frequency is None:
                    frequencies.pop(part, None)
                else:
                    frequencies[part] = frequency
            for word, tag in tags.items():
                if tag is None:
                    self._tags.pop(word, None)
                else:
                    self._tags[word] = tag

    def segment(self, text: str, words: Iterable[str] = ()) -> tuple[Token, ...]:
        """The words of `text` in order; `words` are names of this document, kept whole (tag `nt`).

        >>> text = "火炬职院有12个党总支"
        >>> [text[t.start:t.end] for t in Segmenter().segment(text, ["火炬职院"])]
        ['火炬职院', '有', '12', '个', '党总支']
        """
        words = list(words)
        self._learn("\n".join([text, *words]))
        found, at, get = [], 0, self._tags.get
        with self._with(words):
            for word in apart_from_units(cut(self._jieba, text), self._jieba.FREQ):
                end = at + len(word)
                if not word.isspace():
                    found.append(Token(at, end, get(word, "")))
                at = end
        return tuple(found)


def default_segmenter(dictionaries: tuple[Path, ...] = ()) -> Segmenter:
    """The process's segmenter for these user dictionaries, made on first use."""
    return _segmenter(dictionaries)


@cache
def _segmenter(dictionaries: tuple[Path, ...]) -> Segmenter:
    return Segmenter(dictionaries)


def segment(text: str, words: Iterable[str] = ()) -> tuple[Token, ...]:
    """`Segmenter.segment` with the default dictionary."""
    return default_segmenter().segment(text, words)


def _user_words(path: Path) -> list[tuple[str, str]]:
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"词典“{path}”读不了：{error}。", advice="请检查路径，并存为 UTF-8 文本，每行一个词。", path=path
        ) from error
    fields = (line.split("#", 1)[0].split() for line in lines)
    return [(row[0], row[1] if len(row) > 1 else "n") for row in fields if row]
