"""Which lines make one paragraph: the loader's word first, boxes next, else the widths of the lines."""

from __future__ import annotations

from collections.abc import Sequence

from huizong.cleaning.characters import invisible
from huizong.cleaning.layout import by_layout
from huizong.cleaning.wrapping import by_width
from huizong.records import Line


def paragraphs(lines: Sequence[Line], kept: Sequence[int]) -> tuple[list[list[int]], bool]:
    """Groups of line indices, each a paragraph, blank lines left out; and whether lines were cut inside words."""
    inked = [index for index in kept if any(not invisible(ch) for ch in lines[index].text)]
    if not inked:
        return [], False
    if all(lines[index].ends_paragraph is not None for index in inked):
        return _by_word(lines, inked), False
    if all(lines[index].box is not None for index in inked):
        return by_layout(lines, inked), False
    return by_width(lines, kept)


def _by_word(lines: Sequence[Line], inked: Sequence[int]) -> list[list[int]]:
    """Paragraphs as the file itself has them."""
    groups: list[list[int]] = [[]]
    for index in inked:
        groups[-1].append(index)
        if lines[index].ends_paragraph:
            groups.append([])
    return [group for group in groups if group]
