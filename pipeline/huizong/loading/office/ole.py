"""The compound files of old Office programs, looked at only to say what they are (MS-CFB, 2.2–2.6)."""

from __future__ import annotations

import struct

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_FREE = 0xFFFFFFF0
"""Sector numbers from here on mean “no sector”."""
_WORD_ENCRYPTED = 0x0100
"""Bit of the flags at offset 10 of a WordDocument stream (MS-DOC, 2.5.2, fEncrypted)."""


def root_entries(data: bytes) -> dict[str, int]:
    """The names of streams and folders at the top of the compound file → first sector; empty when it is damaged.

    What embedded objects hold stands deeper and is not named.
    """
    try:
        return _Directory(data).top()
    except (struct.error, IndexError, ValueError):
        return {}


def word_is_encrypted(data: bytes) -> bool:
    """Whether the WordDocument stream says that a password is needed."""
    sector = root_entries(data).get("WordDocument")
    if sector is None or len(data) < 32:
        return False
    at = (sector + 1) << struct.unpack_from("<H", data, 30)[0]
    return len(data) >= at + 12 and bool(struct.unpack_from("<H", data, at + 10)[0] & _WORD_ENCRYPTED)


class _Directory:
    """The directory of a compound file: entries of 128 bytes in a chain of sectors."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        (shift,) = struct.unpack_from("<H", data, 30)
        if shift not in {9, 12}:
            raise ValueError("no sector size")
        self._size = 1 << shift
        (first,) = struct.unpack_from("<I", data, 48)
        # The table of sectors of the table of sectors; its continuation (files above 6.8 MB) names only later ones.
        self._fat = [n for n in struct.unpack_from("<109I", data, 76) if n < _FREE]
        self._entries: list[bytes] = []
        seen: set[int] = set()
        while first < _FREE and first not in seen:
            seen.add(first)
            sector = self._sector(first)
            self._entries += [sector[at : at + 128] for at in range(0, self._size, 128)]
            first = self._next(first)

    def _sector(self, number: int) -> bytes:
        return self._data[(number + 1) * self._size : (number + 2) * self._size]

    def _next(self, number: int) -> int:
        table, place = divmod(number, self._size // 4)
        if table >= len(self._fat):
            return _FREE
        following: int = struct.unpack_from("<I", self._sector(self._fat[table]), 4 * place)[0]
        return following

    def top(self) -> dict[str, int]:
        """The children of the root: a binary tree of siblings, walked without recursion."""
        (child,) = struct.unpack_from("<I", self._entries[0], 76)
        found: dict[str, int] = {}
        waiting, seen = [child], set[int]()
        while waiting:
            number = waiting.pop()
            if number >= len(self._entries) or number in seen:
                continue
            seen.add(number)
            entry = self._entries[number]
            length, left, right, start = (*struct.unpack_from("<H", entry, 64), *struct.unpack_from("<II", entry, 68),
                                          *struct.unpack_from("<I", entry, 116))  # fmt: skip
            found[entry[: max(0, length - 2)].decode("utf-16-le", "replace")] = start
            waiting += [left, right]
        return found
