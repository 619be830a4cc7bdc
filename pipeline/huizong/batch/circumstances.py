"""What a result depends on besides the file: settings, word lists, models, the code, the parsers that are installed."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from huizong import __version__
from huizong.classifier import default_model, load_model, model_digest
from huizong.errors import SettingsError
from huizong.loading.office import find_office
from huizong.settings import Settings

_PARSERS = (
    "pypdfium2",
    "pdfplumber",
    "pdfminer.six",
    "lxml",
    "jieba",
    "numpy",
    "rapidocr",
    "onnxruntime",
    "opencv-python",
)
_CODE = frozenset({".py", ".toml", ".csv", ".txt"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """Two hashes: `reading` of all that decides what is found in a file, `limits` of what decides whether it is read at all.

    `model` is the hash of the sentence model alone, `code` that of the program.
    """

    reading: str
    limits: str
    model: str
    code: str


def circumstances(settings: Settings) -> Circumstances:
    """The circumstances of a run with these settings. Raises `ModelError` or `SettingsError` where a part of them is missing."""
    folder = Path(settings.model) if settings.model else None
    if not (folder or default_model()).is_dir():
        load_model(folder)  # which says what is wrong
    model, code = model_digest(folder), code_digest()
    parts = [
        __version__,
        code,
        model,
        settings.reading_digest(),
        *map(_dictionary, settings.dictionaries),
        *_installed(),
    ]
    return Circumstances(reading=_hash(parts), limits=settings.limits_digest(), model=model, code=code)


def _dictionary(name: str) -> str:
    try:
        return hashlib.sha256(Path(name).read_bytes()).hexdigest()
    except OSError as error:
        reason = error.strerror or str(error)
        raise SettingsError(
            f"用户词典“{name}”读不了：{reason}。", advice="请检查设置 dictionaries 里的路径。", path=Path(name)
        ) from error


def _installed() -> list[str]:
    """The versions of the parsers, and where LibreOffice lies: what could not be read without them is tried again with them."""
    found = []
    for name in _PARSERS:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            found.append(f"no {name}")
    return [*found, str(find_office())]


@cache
def code_digest() -> str:
    """The hash of the package's own files: word lists may be edited, and a checkout changes without a new version."""
    package = Path(__file__).resolve().parent.parent
    hashed = hashlib.sha256()
    for file in sorted(package.rglob("*")):
        if file.suffix in _CODE:
            hashed.update(file.relative_to(package).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return hashed.hexdigest()


def _hash(parts: list[str]) -> str:
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:32]
