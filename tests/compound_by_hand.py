"""Compound files (the container of old Office documents) put together by hand."""

from __future__ import annotations

import struct

from huizong.loading.office.ole import MAGIC

_SECTOR = 512
_END, _FAT, _NONE = 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
ENCRYPTED_WORD = b"\xec\xa5" + bytes(8) + b"\x00\x01" + bytes(500)
"""The start of a WordDocument stream whose flags say that a password is needed."""


def compound(**streams: bytes) -> bytes:
    """A compound file with these streams at its top, each cut or padded to one sector.

    Sector 0 is the table of sectors, sector 1 (and 2 …) the directory, the streams follow; the directory's tree is a
    chain of right-hand neighbours.
    """
    directory = -(-(len(streams) + 1) // 4)
    first = 1 + directory
    entries = [_entry("Root Entry", 5, _NONE, 1 if streams else _NONE, _END)]
    for at, name in enumerate(streams):
        right = at + 2 if at + 1 < len(streams) else _NONE
        entries.append(_entry(name, 2, right, _NONE, first + at))
    chain = [_FAT, *range(2, first), _END, *[_END] * len(streams)]
    table = b"".join(struct.pack("<I", number) for number in chain).ljust(_SECTOR, b"\xff")
    head = MAGIC + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
    head += bytes(10) + struct.pack("<IIIIIIIII", 1, 1, 0, 4096, _END, 0, _END, 0, 0)
    bodies = b"".join(body[:_SECTOR].ljust(_SECTOR, b"\x00") for body in streams.values())
    return head.ljust(_SECTOR, b"\xff") + table + b"".join(entries).ljust(directory * _SECTOR, b"\x00") + bodies


def _entry(name: str, kind: int, right: int, child: int, start: int) -> bytes:
    """A directory entry of 128 bytes."""
    words = (name + "\x00").encode("utf-16-le")
    return (
        words.ljust(64, b"\x00")
        + struct.pack("<HBBIII", len(words), kind, 1, _NONE, right, child)
        + bytes(36)
        + struct.pack("<IQ", start, _SECTOR)
    )
