"""One frozen object of settings; its field defaults are the only defaults there are."""

from __future__ import annotations

import difflib
import hashlib
import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from huizong.errors import SettingsError
from huizong.records import Rule

ENGINES = ("pdfium", "pdfplumber")


OCR_CHOICES = ("auto", "always", "never")
"""When pages are read from their pictures."""

ROWS = ("task", "project")
"""What a row of 汇总表 may be."""

_YEAR = re.compile(r"20\d\d(?:[-—–]20\d\d)?")


_LEAST = (
    ("max_file_mb", 1, 200),
    ("max_pages", 1, 2000),
    ("max_characters", 1, 3_000_000),
    ("timeout_seconds", 1, 120),
    ("memory_mb", 300, 1200),
)
"""Key, the least that makes sense, a value to recommend. A worker holds 100 MB before it has read anything."""
LIMITS = frozenset(name for name, _, _ in _LEAST)
"""Keys that decide whether a file is read, not what is found in it."""
_TABLES_ONLY = frozenset({"review_below", "layout", "rows", "body", "year"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a user may set, in a TOML file of the same keys.

    model: folder of the sentence model; empty = the one that comes with huizong.
    dictionaries: the user's own word lists (UTF-8, a word a line); they win over every other dictionary.
    review_below: findings with a confidence below this are marked 需核, 0..1.
    engine: what reads PDFs: pdfium, or the slower pdfplumber.
    max_file_mb: larger files are refused, in 10^6 bytes.
    max_pages: files with more pages are refused.
    max_characters: files with more characters are refused.
    timeout_seconds: `huizong run` gives up a file after so long; each megabyte and page lets it take longer, a page to be
        recognised much longer.
    memory_mb: `huizong run` gives up a file that needs more memory, in 10^6 bytes.
    checks_off: rules of the report checks that are not applied (plan_without_owner …).
    ocr: auto = pages without usable text are recognised, always = every page of a PDF, never = none.
    layout: the name of a packaged layout of the tables, or the path of a TOML file; empty = 结对帮扶.
    rows: what a row of 汇总表 is, task or project; empty = as the layout says.
    body, year: 学校 and 年度 (2023, 2022-2023) of reports that do not tell them, and whose file names do not either.
    """

    model: str = ""
    dictionaries: tuple[str, ...] = ()
    review_below: float = 0.6
    engine: str = "pdfium"
    max_file_mb: int = 200
    max_pages: int = 2000
    max_characters: int = 3_000_000
    timeout_seconds: int = 120
    memory_mb: int = 1200
    ocr: str = "auto"
    checks_off: tuple[str, ...] = ()
    layout: str = ""
    rows: str = ""
    body: str = ""
    year: str = ""

    def __post_init__(self) -> None:
        if not 0 <= self.review_below <= 1:
            raise SettingsError(
                f"设置 review_below = {self.review_below} 不在 0 到 1 之间。", advice="请改成例如 0.6。"
            )
        if self.engine not in ENGINES:
            raise SettingsError(f"没有“{self.engine}”这个 PDF 引擎。", advice=f"可用的有：{'、'.join(ENGINES)}。")
        for name, least, usual in _LEAST:
            if getattr(self, name) < least:
                raise SettingsError(
                    f"设置 {name} = {getattr(self, name)} 太小，至少要 {least}。", advice=f"请改成例如 {usual}。"
                )
        for rule in self.checks_off:
            if rule not in set(Rule):
                near = difflib.get_close_matches(rule, list(Rule), n=1)
                advice = f"是不是“{near[0]}”？" if near else f"可用的有：{'、'.join(Rule)}。"
                raise SettingsError(f"设置 checks_off 里没有“{rule}”这条校核规则。", advice=advice)
        _one_of("ocr", self.ocr, OCR_CHOICES)
        if self.rows:
            _one_of("rows", self.rows, ROWS)
        if self.year and not _YEAR.fullmatch(self.year):
            raise SettingsError(f"设置 year = “{self.year}” 看不懂。", advice="请写例如 2023 或 2022-2023。")

    def digest(self) -> str:
        """A short hash of all values: equal settings, equal hash."""
        return _hash(asdict(self))

    def reading_digest(self) -> str:
        """A short hash of the values that decide what is found in a file that can be read: without limits, without looks."""
        return _hash({k: v for k, v in asdict(self).items() if k not in LIMITS | _TABLES_ONLY})

    def limits_digest(self) -> str:
        """A short hash of the limits alone."""
        return _hash({k: v for k, v in asdict(self).items() if k in LIMITS})


def _hash(values: dict[str, object]) -> str:
    return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()[:16]


def _one_of(key: str, value: str, known: Sequence[str]) -> None:
    """Raises `SettingsError`, with the nearest, for a value that is none of the `known`."""
    if value not in known:
        near = difflib.get_close_matches(value, known, n=1)
        advice = f"是不是“{near[0]}”？" if near else f"可用的有：{'、'.join(known)}。"
        raise SettingsError(f"设置 {key} = “{value}” 不认识。", advice=advice)


def read_settings(path: Path | None) -> Settings:
    """The settings of a TOML file; the defaults without one.

    Raises `SettingsError` for a file that is missing or no TOML, an unknown key (naming the nearest) or a value of a wrong type.
    """
    if path is None:
        return Settings()
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError as error:
        raise SettingsError(f"没有设置文件“{path}”。", advice="请检查 --settings 后的路径。", path=path) from error
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(
            f"设置文件“{path}”读不了：{error}。", advice="请存为 UTF-8 的 TOML 文件。", path=path
        ) from error
    return _checked(values, path)


def _checked(values: dict[str, object], path: Path) -> Settings:
    known = {f.name: f.default for f in fields(Settings)}
    for key, value in values.items():
        if key not in known:
            near = difflib.get_close_matches(key, known, n=1)
            advice = f"是不是“{near[0]}”？" if near else f"可用的有：{'、'.join(known)}。"
            raise SettingsError(f"设置文件“{path}”里没有“{key}”这一项。", advice=advice, path=path)
        if isinstance(known[key], tuple) and isinstance(value, list) and all(isinstance(v, str) for v in value):
            values[key] = tuple(value)
        elif not isinstance(value, type(known[key])) and not (isinstance(known[key], float) and type(value) is int):
            kind = {str: "文字", tuple: "文字的列表", float: "小数", int: "整数"}[type(known[key])]
            raise SettingsError(f"设置文件“{path}”里“{key}”应为{kind}，现在是 {value!r}。", path=path)
    return Settings(**values)  # type: ignore[arg-type]  # every value was checked against its field's type above


def stored_settings(values: Mapping[str, object]) -> Settings:
    """The settings that run.json tells of (`values`: its `settings`); keys that this version does not have are passed over."""
    known = {f.name for f in fields(Settings)}
    kept = {k: tuple(v) if isinstance(v, list) else v for k, v in values.items() if k in known}
    return Settings(**kept)  # type: ignore[arg-type]  # written from a `Settings`
