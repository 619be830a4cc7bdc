"""Loading: the kind of file, encodings, Markdown, HTML, and the errors that say what to do."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from compound_by_hand import ENCRYPTED_WORD, compound
from huizong import errors
from huizong.cleaning import clean
from huizong.loading import SUPPORTED_SUFFIXES, from_text, load

PROSE = "学院召开专题会议，部署年度重点工作。\r\n各部门按照分工，认真落实，取得了明显的成绩。\n"


def saved(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def zipped(**members: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, text in members.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), text)
    return target.getvalue()


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "gbk", "big5"]
)
def test_encodings(tmp_path: Path, encoding: str) -> None:
    words = PROSE if encoding != "big5" else "學校召開專題會議，報告年度進展。\n各部門在會後認真總結，取得了成績。\n"
    data = words.encode(encoding)
    if encoding in {"utf-16-le", "utf-16-be"}:
        data = (b"\xff\xfe" if encoding.endswith("le") else b"\xfe\xff") + data
    raw = load(saved(tmp_path, "a.txt", data))
    assert [line.text for line in raw.lines if line.text] == words.split()
    assert bool(raw.notices) == (encoding == "big5")


def test_few_broken_bytes_are_told_many_are_an_error(tmp_path: Path) -> None:
    good = (PROSE * 20).encode()
    raw = load(saved(tmp_path, "a.txt", good[:300] + b"\xff" + good[300:]))
    assert raw.notices[0].code == "encoding"
    with pytest.raises(errors.DamagedDocument, match="编码"):
        load(saved(tmp_path, "b.txt", b"\xff\xe5\xff " * 200))


def test_form_feeds_are_pages() -> None:
    raw = from_text("第一页\n仍是第一页\f第二页\n")
    assert [(line.text, line.page) for line in raw.lines] == [("第一页", 1), ("仍是第一页", 1), ("第二页", 2)]
    assert raw.source.pages == 2
    assert from_text("").lines == ()


def test_markdown_marks_are_read_and_dropped(tmp_path: Path) -> None:
    text = (
        "# 年度总结\n\n## 一、主要工作\n全年完成**三项**任务，\n成效明显。\n\n- 第一项\n- 第二项\n\n"
        "表 1 项目\n\n| 项目 | 数量 |\n|---|---|\n| 课程 | 3 |\n"
    )
    raw = load(saved(tmp_path, "a.md", text.encode()))
    levels = {line.text: line.heading_level for line in raw.lines if line.heading_level is not None}
    assert levels == {"年度总结": 0, "一、主要工作": 1}
    assert raw.tables[0].header == ("项目", "数量")
    assert raw.tables[0].rows == (("课程", "3"),)
    assert "**" not in clean(raw).text
    assert [p.heading_level for p in clean(raw).paragraphs][:2] == [0, 1]


def test_html_blocks_and_merged_cells(tmp_path: Path) -> None:
    page = (
        "<html><head><meta charset='gbk'><title>x</title></head><body><h1>年度总结</h1>"
        "<p>完成<b>三项</b>任务。<br>效果好。</p>"
        "<script>var a=1;</script><table><caption>任务表</caption><tr><th>任务</th><th>时间</th></tr>"
        "<tr><td rowspan='2'>课程</td><td>3月</td></tr><tr><td>4月</td></tr>"
        "<tr><td colspan='2'>备注</td></tr></table></body></html>"
    )
    raw = load(saved(tmp_path, "a.html", page.encode("gbk")))
    assert [line.text for line in raw.lines] == ["年度总结", "完成三项任务。", "效果好。"]
    table = raw.tables[0]
    assert (table.caption, table.header) == ("任务表", ("任务", "时间"))
    assert table.rows == (("课程", "3月"), ("课程", "4月"), ("备注", "备注"))


@pytest.mark.parametrize(
    ("name", "data", "error", "says"),
    [
        ("a.txt", b"", errors.EmptyDocument, "空文件"),
        ("a.txt", b" \n\n", errors.EmptyDocument, "没有文字"),
        ("a.doc", compound(Workbook=b""), errors.UnknownFormat, "Excel"),
        ("a.doc", compound(Unknown=b""), errors.UnknownFormat, "另存为 .docx"),
        ("a.doc", compound(WordDocument=ENCRYPTED_WORD, Workbook=b""), errors.EncryptedDocument, "密码"),
        ("a.doc", compound(WordDocument=b"")[:700], errors.DamagedDocument, "损坏"),
        ("a.docx", compound(EncryptedPackage=b"", EncryptionInfo=b""), errors.EncryptedDocument, "密码"),
        ("a.xlsx", zipped(xl__workbook_xml="<x/>"), errors.UnknownFormat, "Excel"),
        ("a.pptx", zipped(ppt__presentation_xml="<x/>"), errors.UnknownFormat, "幻灯片"),
        ("a.zip", zipped(readme="x"), errors.UnknownFormat, "解压"),
        ("a.docx", zipped(readme="x"), errors.DamagedDocument, "损坏"),
        ("a.docx", zipped(word__document_xml="<x/>"), errors.DamagedDocument, "损坏"),
        ("a.docx", zipped(word__document_xml="<x")[:-30], errors.DamagedDocument, "损坏"),
        ("a.png", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", errors.InputError, "图片"),
        ("a.gif", b"GIF89a\x00\x01", errors.UnknownFormat, "另存为 PNG"),
        ("a.pdf", "其实是文本".encode(), errors.DamagedDocument, "扩展名"),
        ("a.pdf", b"%PDF-1.4\n%broken", errors.DamagedDocument, "PDF"),
        ("a.odt", "其实是文本".encode(), errors.DamagedDocument, "扩展名"),
        ("a.ods", zipped(mimetype="application/vnd.oasis.opendocument.spreadsheet"), errors.UnknownFormat, "ODF"),
        ("a.bin", bytes(range(1, 9)) * 50, errors.UnknownFormat, "认不出"),
    ],
)  # fmt: skip
def test_errors_say_what_to_do(
    tmp_path: Path, name: str, data: bytes, error: type[errors.InputError], says: str
) -> None:
    path = saved(tmp_path, name, data)
    with pytest.raises(error, match=says) as caught:
        load(path)
    assert caught.value.path == path
    assert caught.value.advice


def test_missing_folder_and_too_large(tmp_path: Path) -> None:
    with pytest.raises(errors.MissingFile, match="找不到"):
        load(tmp_path / "无.pdf")
    with pytest.raises(errors.InputError, match="文件夹"):
        load(tmp_path)
    with pytest.raises(errors.InputError, match="超过上限"):
        load(saved(tmp_path, "a.txt", b"x" * 100), max_bytes=50)


def test_content_decides_over_the_suffix(tmp_path: Path) -> None:
    assert load(saved(tmp_path, "报告.dat", PROSE.encode())).source.format == "txt"
    assert load(saved(tmp_path, "a.txt", b"<!DOCTYPE html><html><body><p>x</p></body></html>")).source.format == "html"
    assert ".pdf" in SUPPORTED_SUFFIXES
