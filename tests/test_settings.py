"""Settings: defaults in one place, unknown keys named with their nearest."""

from __future__ import annotations

from pathlib import Path

import pytest

from huizong.errors import SettingsError
from huizong.settings import Settings, read_settings


def written(folder: Path, text: str) -> Path:
    path = folder / "设置.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_defaults_without_a_file() -> None:
    assert read_settings(None) == Settings()


def test_values_are_taken(tmp_path: Path) -> None:
    found = read_settings(written(tmp_path, 'review_below = 0.5\ndictionaries = ["词.txt"]\n'))
    assert (found.review_below, found.dictionaries) == (0.5, ("词.txt",))
    assert found.digest() != Settings().digest()
    assert read_settings(written(tmp_path, 'checks_off = ["typo"]\n')).checks_off == ("typo",)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("review_belo = 0.5", "review_below"),
        ('"颜色" = 1', "可用的有"),
        ("max_file_mb = '大'", "应为整数"),
        ("review_below = 2", "0 到 1"),
        ("max_file_mb = 0", "至少要 1"),
        ("ocr = 'alway'", "是不是“always”"),
        ("ocr = '开'", "auto、always、never"),
        ('checks_off = ["plan_without_owne"]', "是不是“plan_without_owner”"),
        ('checks_off = ["错字"]', "heading_without_body"),
        ("checks_off = 'typo'", "应为文字的列表"),
        ("= 坏", "TOML"),
    ],
)
def test_mistakes_are_told_in_chinese(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(SettingsError, match=words):
        read_settings(written(tmp_path, text))


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="没有设置文件"):
        read_settings(tmp_path / "无.toml")
