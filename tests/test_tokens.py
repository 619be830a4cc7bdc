"""Segmentation: tokens join to the text, names stay whole, one report never changes the next."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import CORPUS
from huizong import lexicon
from huizong.errors import SettingsError
from huizong.tokens import Segmenter, default_segmenter, segment
from huizong.tokens.cutting import apart_from_units, cut, new_tokenizer
from huizong.tokens.dictionary import Dictionary

if TYPE_CHECKING:
    import jieba


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
    assert default_segmenter() is default_segmenter(())


@pytest.fixture(scope="module")
def whole_jieba() -> jieba.Tokenizer:
    """A tokenizer of jieba with its whole dictionary and the domain words: what reading in parts must equal."""
    tokenizer = new_tokenizer()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    for fields in lexicon.entries("dictionary.txt"):
        tokenizer.add_word(fields[0])
    return tokenizer


def test_dictionary_read_in_parts_gives_the_words_of_jieba(whole_jieba: jieba.Tokenizer) -> None:
    for path in sorted((CORPUS / "reports").glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        expected = apart_from_units(whole_jieba.cut(text), whole_jieba.FREQ)
        assert words(text) == [word for word in expected if not word.isspace()], path.name


@given(st.text("学校有党总支12个，、。\n 并开展abc%－é龘𠮷", max_size=60))
def test_any_text_is_cut_as_jieba_cuts_it(whole_jieba: jieba.Tokenizer, text: str) -> None:
    assert list(cut(whole_jieba, text)) == list(whole_jieba.cut(text))
    assert words(text) == [w for w in apart_from_units(whole_jieba.cut(text), whole_jieba.FREQ) if not w.isspace()]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("派出3名实训指导教师", ["派出", "3", "名", "实训", "指导教师"]),
        ("引进5个人才团队", ["引进", "5", "个", "人才", "团队"]),
        ("3个人参加", ["3", "个人", "参加"]),
    ],
)
def test_unit_does_not_tear_the_word_behind_it(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_dictionary_gives_each_line_once_and_knows_the_sum() -> None:
    rows = Dictionary("党 5 n\n党员 70 n\n党总支 9 nt\n学校 100 n\n")
    assert rows.total == 184
    assert sorted(rows.new_rows("一名党员")) == [("党", 5, "n"), ("党员", 70, "n")]
    assert list(rows.new_rows("党员和党总支")) == [("党总支", 9, "nt")]
    assert list(rows.new_rows("")) == []


def test_dictionary_of_another_form_is_refused() -> None:
    with pytest.raises(ValueError, match="one word"):
        Dictionary("党员 70\n学校 100 n\n")
    with pytest.raises(ValueError, match="no number"):
        Dictionary("党员 七十 n\n")
