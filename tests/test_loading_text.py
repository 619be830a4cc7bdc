"""Text in any dress: encodings and broken bytes, Markdown, web pages, saved web pages."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from huizong.cleaning import clean
from huizong.loading import load
from huizong.records import RawDocument

PROSE = "学院一直重视教学工作，一年来组织了一批教师到企业实践。\n各部门的工作有序进行，一切都在计划之中。\n"


def saved(folder: Path, name: str, data: bytes | str) -> RawDocument:
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return load(path)


def words(raw: RawDocument) -> list[str]:
    return [line.text for line in raw.lines if line.text.strip()]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize(
    "text", [PROSE, PROSE.replace("\n", ""), "Report 2022\nDone: 12\n", PROSE + "Windows 与 Linux\n" * 3]
)
def test_utf16_without_a_mark(tmp_path: Path, encoding: str, text: str) -> None:
    raw = saved(tmp_path, "a.txt", text.encode(encoding))
    assert ("".join(words(raw)), raw.notices) == (text.replace("\n", ""), ())


def test_four_bytes_of_gb18030(tmp_path: Path) -> None:
    text = PROSE + "𠮷林的㐂事、䶮塔。\n"
    assert words(saved(tmp_path, "a.txt", text.encode("gb18030"))) == text.split()


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_broken_byte_in_the_middle_is_told_and_spoils_no_other_line(tmp_path: Path, encoding: str) -> None:
    good = (PROSE * 4).encode(encoding)
    second_line = len(PROSE.split()[0].encode(encoding)) + 1
    for at in range(second_line + 1, second_line + 10):
        raw = saved(tmp_path, "a.txt", good[:at] + b"\xff" + good[at:])
        assert [line for line in words(raw) if line in PROSE] == [*PROSE.split()[:1], *PROSE.split() * 3]
        assert "无法识别" in raw.notices[0].message


def test_a_file_that_was_cut_off(tmp_path: Path) -> None:
    raw = saved(tmp_path, "a.txt", (PROSE * 3).encode()[:-2])
    assert words(raw)[0] == PROSE.split()[0]
    assert len(raw.notices) == 1


def test_zero_bytes_are_dropped(tmp_path: Path) -> None:
    for encoding in ("utf-8", "gb18030"):
        raw = saved(tmp_path, "a.txt", PROSE.encode(encoding) + b"\x00" * 2 + PROSE.encode(encoding) + bytes(100))
        assert words(raw) == PROSE.split() * 2


def test_foreign_encodings_are_called_doubtful(tmp_path: Path) -> None:
    raw = saved(tmp_path, "a.txt", ("대학의 지난해 사업 보고와 계획 " * 20).encode("euc-kr"))
    assert "乱码" in raw.notices[0].message


def test_line_ends_of_all_systems(tmp_path: Path) -> None:
    raw = saved(tmp_path, "a.txt", "甲\r\n乙\r丙\n丁\x0b戊\u2028己\x85庚")
    assert words(raw) == ["甲", "乙", "丙", "丁", "戊", "己", "庚"]


def test_pages_and_mixed_line_ends(tmp_path: Path) -> None:
    raw = saved(tmp_path, "a.txt", "甲\r\n\f\r\n乙\r\f丙\f")
    assert [(line.text, line.page) for line in raw.lines if line.text] == [("甲", 1), ("乙", 2), ("丙", 3)]


def test_markdown_inline_marks(tmp_path: Path) -> None:
    raw = saved(
        tmp_path,
        "a.md",
        "完成*三项*、__两项__、~~一项~~和`四项`，见[附件](http://x/a(1).docx)与![图](a.png)。[^1]\n\n"
        r"面积 3\*4 米，2*3*4，snake_case_name，\# 不是标题，5<6。" + "\n\n<u>划线</u>上<br>下\n\n[^1]: 截至年底。\n",
    )
    assert words(raw) == [
        "完成三项、两项、一项和四项，见附件与。",
        "面积 3*4 米，2*3*4，snake_case_name，# 不是标题，5<6。",
        "划线上", "下", " 截至年底。",
    ]  # fmt: skip


def test_markdown_blocks(tmp_path: Path) -> None:
    raw = saved(
        tmp_path, "a.md",
        "---\ntitle: 总结\n标签: [a]\n---\n年度总结\n====\n\n主要工作\n---\n\n<!-- 略\n略 -->\n工作如下：\n1. 第一项\n2. 第二项\n"
        "* [x] 已办\n   - 下级\n\n> 引文一句。\n\n***\n\n```python\n# 不是标题\n**照录**\n```\n### 三级 ###\n#不是标题\n",
    )  # fmt: skip
    assert [text.strip() for text in words(raw)] == [
        "年度总结", "主要工作", "工作如下：", "1. 第一项", "2. 第二项", "已办", "下级", "引文一句。",
        "# 不是标题", "**照录**", "三级", "#不是标题",
    ]  # fmt: skip
    levels = {line.text: line.heading_level for line in raw.lines if line.heading_level is not None}
    assert levels == {"年度总结": 0, "主要工作": 1, "三级": 2}
    assert "工作如下：\n1. 第一项\n2. 第二项\n已办" in clean(raw).text.replace("1.第", "1. 第").replace("2.第", "2. 第")


def test_markdown_tables(tmp_path: Path) -> None:
    raw = saved(tmp_path, "a.md", "表 1 课程\n\n项目 | 数量\n:--|--:\n**课程** | 3\\|4<br>门\n\n其后 a|b\n")
    grid = raw.tables[0]
    assert (grid.caption, grid.header, grid.rows) == ("表 1 课程", ("项目", "数量"), (("课程", "3|4\n门"),))
    assert words(raw) == ["表 1 课程", "其后 a|b"]


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8", "gb2312"), ("gb18030", "gb2312"), ("gb18030", ""), ("utf-16", "gb2312"), ("utf-8-sig", "gb2312"),
        ("big5", "big5"), ("gb18030", "utf-8"),
    ],
)  # fmt: skip
def test_charsets_of_pages(tmp_path: Path, encoding: str, declared: str) -> None:
    text = "學校工作總結，報告進展。" if encoding == "big5" else "学校工作总结，报告进展，㐂。"
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">' if declared else ""
    raw = saved(tmp_path, "a.htm", f"<html><head>{meta}</head><body><p>{text}</p></body></html>".encode(encoding))
    assert words(raw) == [text]
    assert raw.source.format == "html"


def test_what_of_a_page_is_text(tmp_path: Path) -> None:
    raw = saved(
        tmp_path, "a.html",
        "<body><nav>首页 | 新闻</nav><h2>工作&nbsp;&amp;&#20840;&#x5e74;</h2><p hidden>隐</p><p style='DISPLAY : none'>藏</p>"
        "<p>甲<span style='visibility:hidden'>隐</span>乙<!-- 注 --><sup>①</sup><br/>丙</p><style>p{}</style>"
        "<dl><dt>党建</dt><dd>会议12次</dd></dl><pre>一行\n  二行</pre><p><ruby>临<rp>(</rp><rt>lín</rt></ruby>江</p>"
        "<select><option>选</option></select><textarea>填</textarea>"
        "<ol start=3><li>列三<ul><li>下</li></ul></li><li value=9>列九</li></ol><ol type=i><li>罗马</li></ol>"
        "<ol style='list-style-type:cjk-ideographic'><li>汉</li></ol><ol style='list-style:none'><li>无号</li></ol></body>",
    )  # fmt: skip
    assert words(raw) == [
        "工作\xa0&全年", "甲乙①", "丙", "党建", "会议12次", "一行", "二行", "临江",
        "3. 列三", "下", "9. 列九", "i. 罗马", "一、汉", "无号",
    ]  # fmt: skip
    assert raw.lines[0].heading_level == 1


def test_tables_for_the_looks_are_read_as_prose(tmp_path: Path) -> None:
    raw = saved(
        tmp_path, "a.html",
        "<table><tr><td>栏目</td><td><p>正文一段。</p><table><tr><th>项目</th><th>数量</th></tr>"
        "<tr><td>课程</td><td>3</td></tr></table></td></tr></table>"
        "<table role=presentation><tr><td>左</td><td>右</td></tr><tr><td>左二</td><td>右二</td></tr></table>",
    )  # fmt: skip
    assert words(raw) == ["栏目", "正文一段。", "左", "右", "左二", "右二"]
    assert [(grid.header, grid.rows) for grid in raw.tables] == [(("项目", "数量"), (("课程", "3"),))]


def test_prose_in_the_cells_of_a_form(tmp_path: Path) -> None:
    prose = "学院召开专题会议，部署年度重点工作。" * 12
    raw = saved(
        tmp_path, "a.html",
        "<table><tr><td>姓名</td><td>李临</td></tr><tr><td>部门</td><td>教务处</td></tr>"
        f"<tr><td>主要工作</td><td><p>一、教学</p><p>{prose}</p></td></tr><tr><td>意见</td><td>同意。</td></tr></table>",
    )  # fmt: skip
    assert words(raw) == ["主要工作", "一、教学", prose, "意见", "同意。"]
    assert [(grid.header, grid.rows) for grid in raw.tables] == [(("姓名", "李临"), (("部门", "教务处"),))]


def test_tables_in_cells_and_cells_that_reach_down(tmp_path: Path) -> None:
    raw = saved(
        tmp_path, "a.html",
        "<table><tr><th>任务</th><th>时序</th><th>要点</th></tr><tr><td rowspan=2>课程<table><tr><td>甲</td><td>乙</td></tr>"
        "<tr><td>1</td><td>2</td></tr></table></td><td><p>3月：立项；</p><p>4月：建设。</p></td><td rowspan='2'>有方案</td></tr>"
        "<tr></tr><tr><td colspan=2>验收</td><td style='display:none'>隐</td></tr></table>",
    )  # fmt: skip
    first, second = raw.tables
    assert first.rows[0] == ("课程", "3月：立项；\n4月：建设。", "有方案")
    assert first.rows[-1] == ("验收", "验收", "")
    assert second.header == ("甲", "乙")


@pytest.mark.parametrize("name", ["a.mht", "a.doc"])
def test_saved_pages(tmp_path: Path, name: str) -> None:
    page = base64.encodebytes("<html><body><h1>总结</h1><p>完成3项。</p></body></html>".encode("gb18030")).decode()
    mail = (
        "From: <Saved by Browser>\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n"
        '\ttype="text/html";\r\n\tboundary="b"\r\n\r\n--b\r\nContent-Type: image/png\r\n\r\nx\r\n--b\r\n'
        f'Content-Type: text/html; charset="gb2312"\r\nContent-Transfer-Encoding: base64\r\n\r\n{page}\r\n--b--\r\n'
    )
    raw = saved(tmp_path, name, mail)
    assert (words(raw), raw.source.format) == (["总结", "完成3项。"], "mhtml")


def test_web_pages_named_doc(tmp_path: Path) -> None:
    page = '<html xmlns:w="urn:schemas-microsoft-com:office:word"><body><p>完成3项。</p></body></html>'
    assert saved(tmp_path, "a.doc", page).source.format == "html"
