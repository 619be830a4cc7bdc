"""One frozen object of settings; its field defaults are the only defaults there are."""

from __future__ import annotations

import difflib
import hashlib
import json
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from huizong.errors import SettingsError
from huizong.records import Rule

ENGINES = ("pdfium", "pdfplumber")


OCR_CHOICES = ("auto", "always", "never")
"""When pages are read from their pictures."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a user may set, in a TOML file of the same keys.

    model: folder of the sentence model; empty = the one that comes with huizong.
    dictionaries: the user's own word lists (UTF-8, a word a line); they win over every other dictionary.
    review_below: findings with a confidence below this are marked 需核, 0..1.
    engine: what reads PDFs: pdfium, or the slower pdfplumber.
    max_file_mb: larger files are refused, in 10^6 bytes.
    checks_off: rules of the report checks that are not applied (plan_without_owner …).
    ocr: auto = pages without usable text are recognised, always = every page of a PDF, never = none.
    """

    model: str = ""
    dictionaries: tuple[str, ...] = ()
    review_below: float = 0.6
    engine: str = "pdfium"
    max_file_mb: int = 200
    ocr: str = "auto"
    checks_off: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not 0 <= self.review_below <= 1:
            raise SettingsError(
                f"设置 review_below = {self.review_below} 不在 0 到 1 之间。", advice="请改成例如 0.6。"
            )
        if self.engine not in ENGINES:
            raise SettingsError(f"没有“{self.engine}”这个 PDF 引擎。", advice=f"可用的有：{'、'.join(ENGINES)}。")
        if self.max_file_mb <= 0:
            raise SettingsError(f"设置 max_file_mb = {self.max_file_mb} 必须大于 0。", advice="请改成例如 200。")
        for rule in self.checks_off:
            if rule not in set(Rule):
                near = difflib.get_close_matches(rule, list(Rule), n=1)
                advice = f"是不是“{near[0]}”？" if near else f"可用的有：{'、'.join(Rule)}。"
                raise SettingsError(f"设置 checks_off 里没有“{rule}”这条校核规则。", advice=advice)
        if self.ocr not in OCR_CHOICES:
            near = difflib.get_close_matches(self.ocr, OCR_CHOICES, n=1)
            advice = f"是不是“{near[0]}”？" if near else f"可用的有：{'、'.join(OCR_CHOICES)}。"
            raise SettingsError(f"设置 ocr = “{self.ocr}” 不认识。", advice=advice)

    def digest(self) -> str:
        """A short hash of all values: equal settings, equal hash."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()[:16]


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
    """The settings that run.json tells of; what this version does not know is left out."""
    known = {f.name for f in fields(Settings)}
    return Settings(**{k: tuple(v) if isinstance(v, list) else v for k, v in values.items() if k in known})  # type: ignore[arg-type]
