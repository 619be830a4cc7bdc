"""List numbers of Word: formats, restarts, overrides, lists kept in styles, lists switched off."""

from __future__ import annotations

from pathlib import Path

import pytest

from docx_by_hand import docx, p
from huizong.loading import load
from huizong.loading.list_numbers import formatted

RUN = "<w:r><w:t>{}</w:t></w:r>"


def abstract(identity: int, *levels: str, more: str = "") -> str:
    return f'<w:abstractNum w:abstractNumId="{identity}">{more}{"".join(levels)}</w:abstractNum>'


def level(depth: int, style: str, text: str, more: str = "", *, start: int = 1, suff: str = "nothing") -> str:
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{style}"/>{more}'
        f'<w:suff w:val="{suff}"/><w:lvlText w:val="{text}"/></w:lvl>'
    )


def num(identity: int, of: int, overrides: str = "") -> str:
    return f'<w:num w:numId="{identity}"><w:abstractNumId w:val="{of}"/>{overrides}</w:num>'


def item(text: str, numbering: int, depth: int | None = 0, *, style: str = "", mark: str = "") -> str:
    ilvl = "" if depth is None else f'<w:ilvl w:val="{depth}"/>'
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    number = f'<w:numPr>{ilvl}<w:numId w:val="{numbering}"/></w:numPr>'
    return f"<w:p><w:pPr>{named}{number}{mark}</w:pPr>{RUN.format(text) if text else ''}</w:p>"


def texts(tmp_path: Path, numbering: str, *blocks: str, styles: str = "") -> list[str]:
    path = docx(tmp_path / "a.docx", "".join(blocks), numbering=numbering, styles=styles)
    return [line.text for line in load(path).lines]


@pytest.mark.parametrize(
    ("style", "printed"),
    [
        ("decimal", ["1", "4", "10", "11", "21"]),
        ("decimalZero", ["01", "04", "10", "11", "21"]),
        ("decimalFullWidth", ["１", "４", "１０", "１１", "２１"]),
        ("chineseCounting", ["一", "四", "十", "十一", "二十一"]),
        ("chineseCountingThousand", ["一", "四", "十", "十一", "二十一"]),
        ("japaneseCounting", ["一", "四", "十", "十一", "二十一"]),
        ("taiwaneseCountingThousand", ["一", "四", "十", "十一", "二十一"]),
        ("ideographDigital", ["一", "四", "一〇", "一一", "二一"]),
        ("chineseLegalSimplified", ["壹", "肆", "壹拾", "壹拾壹", "贰拾壹"]),
        ("ideographLegalTraditional", ["壹", "肆", "壹拾", "壹拾壹", "貳拾壹"]),
        ("ideographTraditional", ["甲", "丁", "癸", "11", "21"]),
        ("ideographZodiac", ["子", "卯", "酉", "戌", "21"]),
        ("ideographEnclosedCircle", ["㊀", "㊃", "㊉", "11", "21"]),
        ("decimalEnclosedCircle", ["①", "④", "⑩", "⑪", "㉑"]),
        ("decimalEnclosedCircleChinese", ["①", "④", "⑩", "⑪", "㉑"]),
        ("decimalEnclosedParen", ["⑴", "⑷", "⑽", "⑾", "21"]),
        ("decimalEnclosedFullstop", ["⒈", "⒋", "⒑", "⒒", "21"]),
        ("upperRoman", ["I", "IV", "X", "XI", "XXI"]),
        ("lowerRoman", ["i", "iv", "x", "xi", "xxi"]),
        ("lowerLetter", ["a", "d", "j", "k", "u"]),
        ("upperLetter", ["A", "D", "J", "K", "U"]),
        ("numberInDash", ["- 1 -", "- 4 -", "- 10 -", "- 11 -", "- 21 -"]),
        ("bullet", ["", "", "", "", ""]),
        ("none", ["", "", "", "", ""]),
        ("hebrew1", ["1", "4", "10", "11", "21"]),
    ],
)
def test_formats(style: str, printed: list[str]) -> None:
    assert [formatted(number, style) for number in (1, 4, 10, 11, 21)] == printed


def test_great_numbers_stay_short() -> None:
    assert formatted(27, "lowerLetter") == "aa"
    assert formatted(999_999, "lowerLetter") == "999999"
    assert formatted(999_999, "upperRoman") == "999999"
    assert formatted(999_999, "chineseCounting") == "999999"


def test_start_override_restarts_once(tmp_path: Path) -> None:
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    lists = abstract(0, level(0, "decimal", "%1.")) + num(1, 0) + num(2, 0) + num(3, 0, override)
    blocks = (item("甲", 1), item("乙", 1), item("丙", 2), item("丁", 3), item("戊", 3), item("己", 1))
    # Lists over one abstract list go on counting together, as in Word; only an override starts anew.
    assert texts(tmp_path, lists, *blocks) == ["1.甲", "2.乙", "3.丙", "1.丁", "2.戊", "3.己"]


def test_level_override_replaces_format_and_text(tmp_path: Path) -> None:
    override = (
        f'<w:lvlOverride w:ilvl="0">{level(0, "chineseCounting", "第%1章", start=3, suff="space")}</w:lvlOverride>'
    )
    lists = abstract(0, level(0, "decimal", "%1.")) + num(1, 0, override)
    assert texts(tmp_path, lists, item("总则", 1), item("分则", 1)) == ["第三章 总则", "第四章 分则"]


def test_deeper_levels_restart_unless_told_not_to(tmp_path: Path) -> None:
    never = '<w:lvlRestart w:val="0"/>'
    after_first = '<w:lvlRestart w:val="1"/>'
    lists = abstract(
        0, level(0, "chineseCounting", "%1、"), level(1, "chineseCounting", "（%2）"),
        level(2, "decimal", "%3.", never), level(3, "decimal", "（%4）", after_first),
    ) + num(1, 0)  # fmt: skip
    blocks = [item("甲", 1, depth) for depth in (0, 1, 2, 3, 1, 2, 3, 0, 1, 2, 3)]
    assert [text.removesuffix("甲") for text in texts(tmp_path, lists, *blocks)] == [
        "一、", "（一）", "1.", "（1）", "（二）", "2.", "（2）", "二、", "（一）", "3.", "（1）",
    ]  # fmt: skip


def test_levels_passed_over_count_as_used(tmp_path: Path) -> None:
    lists = abstract(0, level(0, "decimal", "%1"), level(1, "decimal", "%1.%2"), level(2, "decimal", "%1.%2.%3")) + num(
        1, 0
    )
    blocks = [item("、", 1, depth) for depth in (1, 2, 0, 2, 1, 2)]
    assert texts(tmp_path, lists, *blocks) == ["1.1、", "1.1.1、", "2、", "2.1.1、", "2.2、", "2.2.1、"]


def test_legal_numbers_are_arabic(tmp_path: Path) -> None:
    lists = abstract(
        0, level(0, "chineseCounting", "第%1章"), level(1, "decimal", "%1.%2", "<w:isLgl/>"),
    ) + num(1, 0)  # fmt: skip
    assert texts(tmp_path, lists, item("甲", 1), item("乙", 1, 1)) == ["第一章甲", "1.1乙"]


def test_list_of_a_style_and_its_level(tmp_path: Path) -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="A1"><w:name w:val="一级"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="A2"><w:name w:val="二级"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    lists = abstract(
        0, level(0, "chineseCounting", "%1、", '<w:pStyle w:val="A1"/>'),
        level(1, "chineseCounting", "（%2）", '<w:pStyle w:val="A2"/>'),
    ) + num(1, 0)  # fmt: skip
    blocks = (p("工作", style="A1"), p("党建", style="A2"), p("教学", style="A2"), item("不编号", 0, style="A2"))
    assert texts(tmp_path, lists, *blocks, styles=styles) == ["一、工作", "（一）党建", "（二）教学", "不编号"]


def test_list_kept_in_a_numbering_style(tmp_path: Path) -> None:
    lists = (
        abstract(0, level(0, "decimal", "%1）"), more='<w:styleLink w:val="L"/>')
        + abstract(1, more='<w:numStyleLink w:val="L"/>')
        + num(1, 1)
    )
    assert texts(tmp_path, lists, item("甲", 1), item("乙", 1)) == ["1）甲", "2）乙"]


def test_empty_numbered_paragraphs_count_hidden_ones_do_not(tmp_path: Path) -> None:
    lists = abstract(0, level(0, "decimal", "%1.")) + num(1, 0)
    hidden = item("", 1, mark="<w:rPr><w:vanish/></w:rPr>")
    assert texts(tmp_path, lists, item("甲", 1), item("", 1), hidden, item("丙", 1)) == ["1.甲", "3.丙"]


def test_numbers_in_frames_are_counted_once(tmp_path: Path) -> None:
    lists = abstract(0, level(0, "decimal", "%1.")) + num(1, 0)
    frame = f"<w:tbl><w:tr><w:tc>{item('甲', 1)}{item('乙', 1)}</w:tc></w:tr></w:tbl>"
    assert texts(tmp_path, lists, frame, item("丙", 1)) == ["1.甲", "2.乙", "3.丙"]


@pytest.mark.parametrize("bad", ["x", "-1", "99999999999999999999"])
def test_numbers_that_are_none_do_no_harm(tmp_path: Path, bad: str) -> None:
    lists = abstract(0, level(0, "decimal", "%1.").replace('start w:val="1"', f'start w:val="{bad}"')) + num(1, 0)
    assert texts(tmp_path, lists, item("甲", 1), item("乙", 1))[1].endswith("乙")
