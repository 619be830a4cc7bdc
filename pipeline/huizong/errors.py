"""Everything that huizong raises on purpose.

    HuizongError
    ├── InputError            a file or path that cannot be read; exit code 1
    │   ├── MissingFile       nothing at that path
    │   ├── EmptyDocument     no text in it
    │   ├── UnknownFormat     a kind of file huizong does not read
    │   │   └── MissingOffice only LibreOffice could read it, and it is not installed
    │   ├── EncryptedDocument it asks for a password
    │   ├── DamagedDocument   the parser gave up
    │   ├── TooLarge          more bytes, pages or characters than the settings allow
    │   ├── TooSlow           given up after the time that the settings allow
    │   ├── Unreadable        no permission, no regular file, a disk that fails
    │   └── MissingOcr        only a picture, and the `ocr` extra is not installed
    ├── SettingsError         an unknown key or a bad value; exit code 2
    ├── ModelError            the sentence model is missing or does not fit this version
    ├── LabelError            labelled files that do not fit their text
    ├── FormError             a form that cannot be filled
    ├── WorkbookError         an edited workbook whose changes cannot be told
    ├── OutputError           nothing can be written there
    │   └── FolderInUse       another run is writing there
    ├── ClusterError          the machines of a cluster cannot be used
    ├── DatabaseError         a database that cannot be opened, read or written
    └── MissingParquet        the `parquet` extra is not installed

Messages are Chinese sentences for the user: where, what was found, what to do. `ValueError` is left to a caller's bug.
"""

from __future__ import annotations

import unicodedata
from pathlib import Path

_UNSHOWN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def printable(words: str) -> str:
    """`words` on one line, with \ufffd for what a file name may hold but nobody can read: control characters, stray bytes."""
    return "".join("\ufffd" if unicodedata.category(ch) in _UNSHOWN else ch for ch in words)


class HuizongError(Exception):
    """The root. `message` says what happened, `advice` what to do next."""

    exit_code = 1

    def __init__(self, message: str, *, advice: str = "", path: Path | None = None) -> None:
        self.message, self.advice, self.path = message, advice, path
        super().__init__(f"{message}{'　' + advice if advice else ''}")


class InputError(HuizongError):
    """A file or path that cannot be read. `cause` is the word by which a run groups the files it refused."""

    cause = "other"

    def __init__(self, message: str, *, advice: str = "", path: Path | None = None) -> None:
        super().__init__(printable(message), advice=advice, path=path)


class MissingFile(InputError):
    """Nothing at that path."""

    cause = "missing"


class EmptyDocument(InputError):
    """No text in it."""

    cause = "empty"


class UnknownFormat(InputError):
    """A kind of file that huizong does not read."""

    cause = "format"


class MissingOffice(UnknownFormat):
    """Only LibreOffice could read it, and it is not installed."""

    cause = "office"


class EncryptedDocument(InputError):
    """It asks for a password."""

    cause = "encrypted"


class DamagedDocument(InputError):
    """The parser gave up on it."""

    cause = "damaged"


class TooLarge(InputError):
    """More bytes, pages, characters or unpacked bytes than the settings allow."""

    cause = "size"


class TooSlow(InputError):
    """Given up after the time that it was allowed."""

    cause = "timeout"


class Unreadable(InputError):
    """The system does not give the bytes: no permission, no regular file, a disk that fails."""

    cause = "access"


class MissingOcr(InputError):
    """Only a picture of words, and the `ocr` extra, which could read it, is not installed."""

    cause = "ocr"


class SettingsError(HuizongError):
    """An unknown key or a bad value."""

    exit_code = 2


class ModelError(HuizongError):
    """The sentence model is missing or does not fit."""


class LabelError(HuizongError):
    """Labels that do not fit their text."""


class FormError(HuizongError):
    """A form that cannot be filled: no table in it, protected, of another program; or nothing to fill it with."""


class WorkbookError(HuizongError):
    """An edited workbook whose changes cannot be told: not of huizong, of other reports, without its keys."""


class OutputError(HuizongError):
    """Nothing can be written there."""


class FolderInUse(OutputError):
    """Another run is writing there."""


class ClusterError(HuizongError):
    """The machines of a cluster cannot be reached, are lost, or would read otherwise than this one."""


class DatabaseError(HuizongError):
    """A database that cannot be opened, read or written; what is in the output folder is not touched by it."""


class MissingParquet(HuizongError):
    """Parquet is asked for, and the `parquet` extra, which writes it, is not installed."""
