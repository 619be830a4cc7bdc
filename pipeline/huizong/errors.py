"""Everything that huizong raises on purpose.

    HuizongError
    ├── InputError            a file or path that cannot be read; exit code 1
    │   ├── MissingFile       nothing at that path
    │   ├── EmptyDocument     no text in it
    │   ├── UnknownFormat     a kind of file huizong does not read
    │   ├── EncryptedDocument it asks for a password
    │   ├── DamagedDocument   the parser gave up
    │   └── MissingOcr        only a picture, and the `ocr` extra is not installed
    ├── SettingsError         an unknown key or a bad value; exit code 2
    ├── ModelError            the sentence model is missing or does not fit this version
    ├── LabelError            labelled files that do not fit their text
    ├── FormError             a form that cannot be filled
    ├── WorkbookError         an edited workbook whose changes cannot be told
    └── OutputError           nothing can be written there

Messages are Chinese sentences for the user: where, what was found, what to do. `ValueError` is left to a caller's bug.
"""

from __future__ import annotations

from pathlib import Path


class HuizongError(Exception):
    """The root. `message` says what happened, `advice` what to do next."""

    exit_code = 1

    def __init__(self, message: str, *, advice: str = "", path: Path | None = None) -> None:
        self.message, self.advice, self.path = message, advice, path
        super().__init__(f"{message}{'　' + advice if advice else ''}")


class InputError(HuizongError):
    """A file or path that cannot be read."""


class MissingFile(InputError):
    """Nothing at that path."""


class EmptyDocument(InputError):
    """No text in it."""


class UnknownFormat(InputError):
    """A kind of file that huizong does not read."""


class EncryptedDocument(InputError):
    """It asks for a password."""


class DamagedDocument(InputError):
    """The parser gave up on it."""


class MissingOcr(InputError):
    """Only a picture of words, and the `ocr` extra, which could read it, is not installed."""


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
