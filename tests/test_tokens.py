"""Segmentation: tokens join to the text, names stay whole, one report never changes the next."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huizong.errors import SettingsError
from huizong.tokens import Segmenter, default_segmenter, segment


def words(text: str, *names: str) -> list[str]:
    return [text[t.start : t.end] for t in segment(text, names)]


def test_domain_words_and_names_stay_whole() -> None:
    found = words("临江工程现有12个党总支，建成现代学徒制专业6个", "临江工程")
    assert {"临江工程", "党总支", "现代学徒制专业"} <= set(found)


def test_a_documents_names_do_not_stay_in_the_dictionary() -> None:
    text = "甲乙丙丁戊职院与学校合作"
    before = words(text)
    assert "甲乙丙丁戊职院" in words(text, "甲乙丙丁戊职院")
    assert words(text) == before


@given(st.text("学校有党总支12个，、。\n 并开展abc%", max_size=60))
def test_tokens_join_to_the_text(text: str) -> None:
    at = 0
    for token in segment(text):
        assert text[at : token.start].strip() == ""
        assert token.start < token.end
        at = token.end
    assert text[at:].strip() == ""


def test_user_dictionary_wins(tmp_path: Path) -> None:
    listed = tmp_path / "词.txt"
    listed.write_text("匠心育人工程\tnz\n", encoding="utf-8")
    text = "实施匠心育人工程"
    found = Segmenter([listed]).segment(text)
    assert [(text[t.start : t.end], t.tag) for t in found][-1] == ("匠心育人工程", "nz")


def test_missing_user_dictionary_is_told_in_chinese(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="词典"):
        Segmenter([tmp_path / "没有.txt"])


def test_default_segmenter_is_shared() -> None:
    assert default_segmenter() is default_segmenter()
