"""DOCX written by hand: numbers of list styles, tracked changes, tables, text boxes, hostile archives."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from docx_by_hand import NS, docx, p
from huizong import errors
from huizong.cleaning import clean
from huizong.loading import load
from huizong.loading.list_numbers import chinese, formatted
from huizong.records import RawDocument


def read(tmp_path: Path, *blocks: str) -> RawDocument:
    return load(docx(tmp_path / "a.docx", "".join(blocks)))


def texts(raw: RawDocument) -> list[str]:
    return [line.text for line in raw.lines]


def test_list_numbers_are_rendered_and_restart_under_a_new_heading(tmp_path: Path) -> None:
    raw = read(
        tmp_path, p("年度总结", style="t"), p("主要工作", style="1x"), p("党建引领", level=1), p("专业建设", level=1),
        p("修订方案", level=2), p("存在问题", style="1"), p("经费不足", level=1), p("3月完成"),
    )  # fmt: skip
    assert texts(raw) == [
        "年度总结", "一、主要工作", "（一）党建引领", "（二）专业建设", "1.1. 修订方案",
        "二、存在问题", "（一）经费不足", "3月完成",
    ]  # fmt: skip
    assert [line.heading_level for line in raw.lines] == [0, 1, None, None, None, 1, None, None]
    title = raw.lines[0]
    assert (title.bold, title.centred, title.size_pt) == (True, True, None)
    assert raw.lines[-1].size_pt == 16


def test_tracked_changes_hidden_text_fields_and_contents(tmp_path: Path) -> None:
    raw = read(
        tmp_path,
        p("一、概况	1", style="toc"),
        p(
            "<w:r><w:t>新建</w:t></w:r><w:ins><w:r><w:t>实训室</w:t></w:r></w:ins>"
            "<w:del><w:r><w:delText>教室</w:delText></w:r></w:del><w:r><w:rPr><w:vanish/></w:rPr><w:t>批注</w:t></w:r>"
            "<w:r><w:instrText>PAGE</w:instrText></w:r><w:hyperlink><w:r><w:t>3间</w:t></w:r></w:hyperlink><w:r><w:tab/><w:t>。</w:t></w:r>",
            raw=True,
        ),
    )
    assert texts(raw) == ["新建实训室3间\t。"]


def test_manual_breaks_and_page_breaks(tmp_path: Path) -> None:
    raw = read(
        tmp_path,
        p("<w:r><w:t>某某学院</w:t><w:br/><w:t>年度总结</w:t></w:r>", raw=True),
        p("<w:r><w:t>工作有序。</w:t><w:br/><w:t>成效明显</w:t></w:r>"
          "<w:r><w:lastRenderedPageBreak/><w:t>，反响热烈。</w:t></w:r>", raw=True),
    )  # fmt: skip
    assert clean(raw).text == "某某学院年度总结\n工作有序。\n成效明显，反响热烈。"
    assert [line.page for line in raw.lines] == [1, 1, 1, 1, 2]
    assert raw.source.pages == 2


def test_tables_with_merged_cells_and_frames_around_prose(tmp_path: Path) -> None:
    def cell(text: str, properties: str = "") -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"

    merged, span = '<w:vMerge w:val="restart"/>', '<w:gridSpan w:val="2"/>'
    table = (
        f"<w:tbl><w:tr>{cell('任务')}{cell('数量')}{cell('单位')}</w:tr>"
        f"<w:tr>{cell('课程', merged)}{cell('3')}{cell('门')}</w:tr>"
        f"<w:tr>{cell('', '<w:vMerge/>')}{cell('待定', span)}</w:tr></w:tbl>"
    )
    frame = f"<w:tbl><w:tr>{cell('框内正文。')}</w:tr></w:tbl>"
    raw = read(tmp_path, p("表 1 建设任务"), table, frame)
    assert raw.tables[0].caption == "表 1 建设任务"
    assert raw.tables[0].header == ("任务", "数量", "单位")
    assert raw.tables[0].rows == (("课程", "3", "门"), ("课程", "待定", "待定"))
    assert texts(raw) == ["表 1 建设任务", "框内正文。"]


def test_text_boxes_are_read_once(tmp_path: Path) -> None:
    box = f"<w:txbxContent>{p('框中说明')}</w:txbxContent>"
    alternate = (
        f"<mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    )
    assert texts(read(tmp_path, p(f"<w:r><w:t>正文</w:t>{alternate}</w:r>", raw=True))) == ["正文", "框中说明"]


def test_entities_are_refused_and_bombs_not_unpacked(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("机密", encoding="utf-8")
    hostile = tmp_path / "a.docx"
    with zipfile.ZipFile(hostile, "w") as archive:
        archive.writestr(
            "word/document.xml",
            f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'
            f"<w:document {NS}><w:body>{p('甲&e;乙')}</w:body></w:document>",
        )
    with pytest.raises(errors.DamagedDocument, match="实体定义"):
        load(hostile)
    bomb = tmp_path / "b.docx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 65_000_000)
    with pytest.raises(errors.DamagedDocument, match="过大"):
        load(bomb)


def test_truncated_archive(tmp_path: Path) -> None:
    path = docx(tmp_path / "a.docx", p("正文"))
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(errors.DamagedDocument, match="损坏"):
        load(path)


def test_number_formats() -> None:
    assert [chinese(n) for n in (1, 10, 11, 20, 99, 100, 0)] == ["一", "十", "十一", "二十", "九十九", "一百", "0"]
    styles = ("upperRoman", "lowerLetter", "decimalEnclosedCircleChinese", "bullet")
    assert [formatted(4, style) for style in styles] == ["IV", "d", "④", ""]
    assert formatted(3, "ideographTraditional") == "丙"
