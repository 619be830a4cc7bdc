"""jieba's word list, read in parts: of 349 000 words a report needs the few that begin like two of its characters.

Making jieba's prefix dictionary of the whole file took most of a second in each process. Here the file is indexed by the
first two characters of its lines (with numpy, some forty milliseconds), and only lines that a text can match are parsed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_BLANK, _NEWLINE, _ZERO = 32, 10, 48


class Dictionary:
    """The lines (word, frequency, tag) of a dictionary in jieba's form, handed out once each as texts come that can hold their words."""

    total: int
    """The sum of all frequencies of the file."""

    def __init__(self, text: str) -> None:
        """`text`: a word a line, then its frequency and its tag, one blank between them. Raises `ValueError` for another form."""
        import numpy as np

        self._text = text if text.endswith("\n") else text + "\n"
        codes = _codes(self._text)
        self._ends: NDArray[np.intp] = np.flatnonzero(codes == _NEWLINE)
        self._starts: NDArray[np.intp] = np.concatenate(([0], self._ends[:-1] + 1))
        blanks = np.flatnonzero(codes == _BLANK)
        if (
            len(blanks) != 2 * len(self._ends)
            or (blanks[1::2] > self._ends).any()
            or (blanks[::2] < self._starts).any()
        ):
            raise ValueError("not one word, frequency and tag a line")
        self.total = _sum(codes, blanks[::2] + 1, blanks[1::2])
        keys = _pairs(codes[self._starts], codes[self._starts + 1])
        self._order = np.argsort(keys, kind="stable")
        ordered = keys[self._order]
        firsts = np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1])))
        self._keys = ordered[firsts]
        self._bounds = np.append(firsts, len(ordered))
        self._given = np.zeros(len(self._keys), dtype=bool)

    def new_rows(self, text: str) -> Iterator[tuple[str, int, str]]:
        """(word, frequency, tag) of every line not given yet whose word can stand in `text`, in the order of the file for one beginning."""
        import numpy as np

        codes = _codes(text)
        if not len(codes) or not len(self._keys):
            return
        following = np.append(codes[1:], _BLANK).astype(codes.dtype)
        alone = np.full_like(codes, _BLANK)  # a word of one character: a blank follows it in its line
        wanted = np.sort(np.concatenate((_pairs(codes, following), _pairs(codes, alone))))
        wanted = wanted[np.append(True, wanted[1:] != wanted[:-1])]  # not np.unique: it brings numpy.ma with it
        at = np.minimum(np.searchsorted(self._keys, wanted), len(self._keys) - 1)
        at = at[(self._keys[at] == wanted) & ~self._given[at]]
        self._given[at] = True
        for first, last in zip(self._bounds[at].tolist(), self._bounds[at + 1].tolist(), strict=True):
            for line in self._order[first:last].tolist():
                word, frequency, tag = self._text[self._starts[line] : self._ends[line]].split(" ")
                yield word, int(frequency), tag.strip()


def _codes(text: str) -> NDArray[np.uint32]:
    """The code points of `text`."""
    import numpy as np

    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")


def _pairs(first: NDArray[np.uint32], second: NDArray[np.uint32]) -> NDArray[np.uint64]:
    """One number for each two characters."""
    import numpy as np

    return (first.astype(np.uint64) << np.uint64(32)) | second


def _sum(codes: NDArray[np.uint32], starts: NDArray[np.intp], ends: NDArray[np.intp]) -> int:
    """The sum of the decimal numbers that stand at `starts` up to `ends`."""
    import numpy as np

    total, weight = 0, 1
    left = ends - 1
    while (inside := left >= starts).any():
        digits = codes[left[inside]].astype(np.int64) - _ZERO
        if ((digits < 0) | (digits > 9)).any():
            raise ValueError("a frequency that is no number")
        total += weight * int(digits.sum())
        weight *= 10
        left = left - 1
    return total
