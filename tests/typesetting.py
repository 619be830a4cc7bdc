"""Plain text set as tools leave it: cut or wrapped at a width, with or without indents, blank lines and page numbers."""

from __future__ import annotations

from collections.abc import Sequence

from huizong.cleaning.characters import columns, leading_unit


def cut(paragraph: str, width: int, indent: str) -> list[str]:
    """Lines of exactly `width` characters, words or not."""
    text = indent + paragraph
    return [text[at : at + width] for at in range(0, len(text), width)]


def wrap(paragraph: str, width: int, indent: str) -> list[str]:
    """Lines of at most 2 × `width` columns, as a word processor makes them: no blank at a line's end or start."""
    lines, current, rest = [], indent, paragraph
    while rest:
        unit = leading_unit(rest)
        rest = rest[len(unit) :]
        if sum(map(columns, current + unit)) > 2 * width and current.strip():
            lines.append(current.rstrip())
            current = ""
        if current or not unit.isspace():
            current += unit
    return [*lines, current]


def typeset(
    paragraphs: Sequence[str], width: int, *, by_words: bool, indent: str, blank: bool = False, paged: bool = False
) -> str:
    """The paragraphs as hard-wrapped text; `blank` lines between all lines; `paged`: sheets of 17 lines with a number."""
    lines = [line for paragraph in paragraphs for line in (wrap if by_words else cut)(paragraph, width, indent)]
    separator = "\n\n" if blank else "\n"
    if not paged:
        return separator.join(lines)
    sheets = [lines[at : at + 17] for at in range(0, len(lines), 17)]
    return "\f".join(separator.join([*sheet, f"— {number} —"]) for number, sheet in enumerate(sheets, 1))
