"""What else may stand in a DOCX: revisions, fields, notes, text boxes, controls, symbols, odd packages."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from docx_by_hand import NS, docx, p, relations
from huizong import errors
from huizong.cleaning import clean
from huizong.loading import load
from huizong.records import RawDocument


def read(tmp_path: Path, *blocks: str, styles: str = "", parts: dict[str, str | bytes] | None = None) -> RawDocument:
    return load(docx(tmp_path / "a.docx", "".join(blocks), styles=styles, parts=parts))


def texts(raw: RawDocument) -> list[str]:
    return [line.text for line in raw.lines]


def t(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def inside(xml: str) -> str:
    """A paragraph of this XML."""
    return p(xml, raw=True)


def field_of(code: str, result: str = "", *, closed: bool = True) -> str:
    """A complex field."""
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    shown = mark.format("separate") + t(result) if result else ""
    end = mark.format("end") if closed else ""
    return f"{mark.format('begin')}<w:r><w:instrText>{code}</w:instrText></w:r>{shown}{end}"


def cell(content: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("heading 2", 2), ("标题 2", 2), ("标题3", 3), ("標題 1", 1), ("标题二", 2), ("一级标题", 1), ("3级标题", 3),
        ("Title", 0), ("标题", 0), ("正文文本", None), ("小标题", None), ("Heading 2 Char", None),
    ],
)  # fmt: skip
def test_heading_styles(tmp_path: Path, name: str, level: int | None) -> None:
    styles = f'<w:style w:type="paragraph" w:styleId="x"><w:name w:val="{name}"/></w:style>'
    assert read(tmp_path, p("甲", style="x"), styles=styles).lines[0].heading_level == level


def test_outline_levels(tmp_path: Path) -> None:
    def outlined(level: str) -> str:
        return f'<w:p><w:pPr><w:outlineLvl w:val="{level}"/></w:pPr>{t("甲")}</w:p>'

    raw = read(tmp_path, outlined("0"), outlined("2"), outlined("9"), outlined("x"))
    assert [line.heading_level for line in raw.lines] == [1, 3, None, None]


def test_moved_words_and_deleted_paragraph_ends(tmp_path: Path) -> None:
    gone = "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{}</w:p>"
    raw = read(
        tmp_path,
        inside(t("原处") + f"<w:moveFrom>{t('搬走的')}</w:moveFrom>" + t("留下。")),
        inside(f"<w:moveTo>{t('搬来的')}</w:moveTo>" + t("新处。")),
        gone.format(t("前半句，")),
        gone.format("<w:del><w:r><w:delText>全删</w:delText></w:r></w:del>"),
        p("后半句。", style="1x"),
        gone.format(t("表前。")),
        table(row(cell(p("框内。")))),
    )
    assert texts(raw) == ["原处留下。", "搬来的新处。", "一、前半句，后半句。", "表前。", "框内。"]
    assert raw.lines[2].heading_level == 1


def test_deleted_rows_and_cells(tmp_path: Path) -> None:
    raw = read(
        tmp_path,
        table(
            row(cell(p("项目")), cell(p("旧列"), "<w:cellDel/>"), cell(p("数量"))),
            row(cell(p("旧项")), cell(p("1")), properties="<w:del/>"),
            row(cell(p("课程")), cell(p("3"))),
        ),
    )
    assert (raw.tables[0].header, raw.tables[0].rows) == (("项目", "数量"), (("课程", "3"),))


def test_fields(tmp_path: Path) -> None:
    raw = read(
        tmp_path,
        inside(t("见第") + field_of("PAGEREF _x", "5") + t("页，共") + field_of("IF 1=1 " , "三") + t("项")),
        inside(t("任务") + field_of(r"eq \o\ac(○,3)") + t("与") + field_of(r"EQ \* jc2 \o\ad(\s\up 9(pīn),拼)") + t("。")),
        inside('<w:fldSimple w:instr="DATE"><w:r><w:t>2022年</w:t></w:r></w:fldSimple>'),
        inside(t("未闭合") + field_of("REF x", closed=False) + t("丢失")),
        p("其后不丢。"),
    )  # fmt: skip
    assert texts(raw) == ["见第5页，共三项", "任务③与拼。", "2022年", "未闭合", "其后不丢。"]


def test_instructions_inside_instructions_are_not_printed(tmp_path: Path) -> None:
    begin, separate, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))
    inner = field_of("MERGEFIELD x", "内层结果")
    raw = read(tmp_path, inside(t("共") + begin + inner + separate + t("5") + end + t("项")))
    assert texts(raw) == ["共5项"]


def test_contents_fields_and_their_title_are_passed_over(tmp_path: Path) -> None:
    begin, separate, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))
    code = '<w:r><w:instrText xml:space="preserve"> TOC \\o "1-3" </w:instrText></w:r>'
    raw = read(
        tmp_path,
        p("目　录"),
        inside(begin + code + separate + t("一、概况") + field_of("PAGEREF _y", "1")),
        inside(t("二、成效") + t("2")),
        inside(end),
        p("正文。"),
    )
    assert texts(raw) == ["正文。"]


def test_contents_that_wps_sets_by_hand(tmp_path: Path) -> None:
    styles = '<w:style w:type="paragraph" w:styleId="x"><w:name w:val="WPSOffice手动目录 1"/></w:style>'
    raw = read(tmp_path, p("目录"), p("一、概况1", style="x"), p("正文。"), styles=styles)
    assert texts(raw) == ["正文。"]


def test_contents_that_never_end_do_not_swallow_the_text(tmp_path: Path) -> None:
    raw = read(tmp_path, inside(field_of("TOC", "一、概况", closed=False)), p("正文。"))
    assert "正文。" in texts(raw)


def test_contents_control_and_prompts_are_left_out(tmp_path: Path) -> None:
    gallery = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
    prompt = (
        f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{t('单击此处输入文字。')}</w:sdtContent></w:sdt>"
    )
    filled = f"<w:sdt><w:sdtPr/><w:sdtContent>{t('临江')}</w:sdtContent></w:sdt>"
    raw = read(
        tmp_path,
        f"<w:sdt><w:sdtPr>{gallery}</w:sdtPr><w:sdtContent>{p('目录')}{p('一、概况 1')}</w:sdtContent></w:sdt>",
        inside(t("单位：") + filled + prompt),
        f"<w:sdt><w:sdtContent>{p('控件里的段落。')}</w:sdtContent></w:sdt>",
    )
    assert texts(raw) == ["单位：临江", "控件里的段落。"]


def test_controls_in_tables(tmp_path: Path) -> None:
    controlled = f"<w:sdt><w:sdtContent>{cell(p('3'))}</w:sdtContent></w:sdt>"
    rows = f"<w:sdt><w:sdtContent>{row(cell(p('课程')), controlled)}</w:sdtContent></w:sdt>"
    raw = read(tmp_path, table(row(cell(p("项目")), cell(p("数量"))), rows))
    assert raw.tables[0].rows == (("课程", "3"),)


def test_notes_follow_their_paragraph(tmp_path: Path) -> None:
    note = '<w:footnote w:id="{}">{}</w:footnote>'
    footnotes = (
        f'<w:footnotes {NS}><w:footnote w:type="separator" w:id="0">{p("——")}</w:footnote>'
        f"{note.format(1, inside('<w:r><w:footnoteRef/></w:r>' + t('数据截至年底。')))}{note.format(2, p('含非全日制。'))}</w:footnotes>"
    )
    endnotes = f'<w:endnotes {NS}><w:endnote w:id="1">{p("见年鉴。")}</w:endnote></w:endnotes>'
    reference = '<w:r><w:{}Reference w:id="{}"/></w:r>'
    raw = read(
        tmp_path,
        inside(t("在校生") + reference.format("footnote", 1) + t("八千人") + reference.format("endnote", 1) + t("。")),
        table(row(cell(p("项目")), cell(p("数量"))), row(cell(inside(t("学生") + reference.format("footnote", 2))), cell(p("9")))),
        p("下一段。"),
        parts={"word/footnotes.xml": footnotes, "word/endnotes.xml": endnotes},
    )  # fmt: skip
    assert texts(raw) == ["在校生八千人。", "数据截至年底。", "见年鉴。", "含非全日制。", "下一段。"]
    assert raw.tables[0].rows == (("学生", "9"),)
    assert clean(raw).text.startswith("在校生八千人。\n数据截至年底。")


def test_text_boxes_of_all_makes_once(tmp_path: Path) -> None:
    def box(text: str) -> str:
        return f"<w:txbxContent>{p(text)}</w:txbxContent>"

    def alternates(choice: str, fallback: str) -> str:
        return (
            f'<mc:AlternateContent><mc:Choice Requires="wps">{choice}</mc:Choice>'
            f"<mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent>"
        )

    def run(xml: str) -> str:
        return f"<w:r>{xml}</w:r>"

    def drawing(content: str) -> str:
        return f"<w:drawing>{content}</w:drawing>"

    def vml(content: str) -> str:
        return f'<w:pict><v:textbox xmlns:v="urn:schemas-microsoft-com:vml">{content}</v:textbox></w:pict>'

    both = alternates(drawing(box("新式框")), vml(box("新式框")))
    in_box = run(alternates(drawing(box("内框")), vml(box("内框"))))
    nested = f"<w:txbxContent>{inside(t('外框') + in_box)}</w:txbxContent>"
    raw = read(
        tmp_path,
        inside(run(both)),
        inside(run(vml(box("旧式框")))),
        inside(run(alternates("<w:drawing/>", vml(box("只在后备里"))))),
        inside(run(drawing(nested))),
        table(
            row(cell(p("丙")), cell(p("丁"))),
            row(cell(p("甲")), cell(inside(t("乙") + run(drawing(box("格内框")))))),
        ),
    )
    assert texts(raw) == ["新式框", "旧式框", "只在后备里", "外框", "内框"]
    assert raw.tables[0].rows == (("甲", "乙\n格内框"),)


def test_tables_in_cells_stand_apart_and_frames_are_read_once(tmp_path: Path) -> None:
    inner = table(row(cell(p("课程")), cell(p("门数"))), row(cell(p("网课")), cell(p("3"))))
    outer = table(row(cell(p("单位")), cell(p("情况"))), row(cell(p("临江")), cell(p("见下：") + inner + p("完"))))
    framed = table(row(cell(p("框内。") + inner)))
    raw = read(tmp_path, outer, framed)
    assert [(grid.header, grid.rows) for grid in raw.tables] == [
        (("单位", "情况"), (("临江", "见下：\n完"),)),
        (("课程", "门数"), (("网课", "3"),)),
        (("课程", "门数"), (("网课", "3"),)),
    ]
    assert texts(raw) == ["框内。"]


def test_prose_in_the_cells_of_a_form(tmp_path: Path) -> None:
    prose = "学院召开专题会议，部署年度重点工作。" * 12
    raw = read(
        tmp_path,
        table(
            row(cell(p("姓名")), cell(p("李临")), cell(p("部门")), cell(p("教务处"))),
            row(cell(p("职务")), cell(p("处长")), cell(p("年度")), cell(p("2022"))),
            row(cell(p("主要工作")), cell(p("教学改革", level=0) + p(prose) + p("师资建设", level=0))),
            row(cell(p("意见")), cell(p("同意。"))),
        ),
        table(
            row(cell(p("任务")), cell(p("措施")), cell(p("单位"))),
            row(cell(p("课程")), cell(p(prose)), cell(p("教务处"))),
        ),
    )
    assert texts(raw) == ["主要工作", "一、教学改革", prose, "二、师资建设", "意见", "同意。"]
    assert raw.tables[0].rows == (("职务", "处长", "年度", "2022"),)
    assert raw.tables[1].rows == (("课程", prose, "教务处"),)


def test_grids_with_gaps_and_old_merges(tmp_path: Path) -> None:
    start, goes_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    raw = read(
        tmp_path,
        table(
            row(cell(p("合计"), '<w:hMerge w:val="restart"/>'), cell(p(""), '<w:hMerge w:val="continue"/>'), cell(p("丙"))),
            row(cell(p("1")), cell(p("2")), properties='<w:gridBefore w:val="1"/>'),
            row(cell(p("甲"), start), cell(p("乙"), f'<w:gridSpan w:val="2"/>{start}')),
            row(cell(p(""), goes_on), cell(p(""), f'<w:gridSpan w:val="2"/>{goes_on}')),
            row(cell(p("末"), '<w:gridSpan w:val="99999999999"/>')),
        ),
    )  # fmt: skip
    grid = raw.tables[0]
    assert [line[:3] for line in (grid.header, *grid.rows)] == [
        ("合计", "合计", "丙"), ("", "1", "2"), ("甲", "乙", "乙"), ("甲", "乙", "乙"), ("末", "末", "末"),
    ]  # fmt: skip
    assert len(grid.header) <= 100


def test_symbols_ruby_hyphens_tags_and_formulas(tmp_path: Path) -> None:
    ruby = "<w:ruby><w:rt><w:r><w:t>lín</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>临</w:t></w:r></w:rubyBase></w:ruby>"
    sym = '<w:sym w:font="{}" w:char="{}"/>'
    math = (
        "<m:oMath><m:r><m:t>x≥</m:t></m:r><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num>"
        "<m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>"
    )
    raw = read(
        tmp_path,
        inside(f"<w:r>{sym.format('Wingdings', 'F0FE')}<w:t>达标</w:t>{sym.format('宋体', '2460')}</w:r>"),
        inside(f"<w:r>{ruby}</w:r>" + f"<w:smartTag><w:smartTag>{t('江市')}</w:smartTag></w:smartTag>"),
        inside(
            "<w:r><w:t>协</w:t><w:softHyphen/><w:t>议A</w:t><w:noBreakHyphen/><w:t>1</w:t><w:tab/><w:t>号</w:t></w:r>"
        ),
        inside(t("当") + math + t("时")),
    )
    assert texts(raw) == ["☑达标①", "临江市", "协议A-1\t号", "当x≥1/2时"]


def test_pages_by_hand_where_word_left_none(tmp_path: Path) -> None:
    section = '<w:p><w:pPr><w:sectPr><w:type w:val="{}"/></w:sectPr></w:pPr></w:p>'
    raw = read(
        tmp_path,
        inside('<w:r><w:t>一</w:t><w:br w:type="page"/><w:t>二</w:t></w:r>'),
        section.format("nextPage"),
        p("三"),
        section.format("continuous"),
        p("仍是三"),
    )
    assert [(line.text, line.page) for line in raw.lines] == [("一", 1), ("二", 2), ("三", 3), ("仍是三", 3)]


def test_strict_files_and_unusual_names(tmp_path: Path) -> None:
    strict = NS.replace(
        "schemas.openxmlformats.org/wordprocessingml/2006/main", "purl.oclc.org/ooxml/wordprocessingml/main"
    )
    path = tmp_path / "a.docm"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("_rels/.rels", relations(("r1", "officeDocument", "/word/document2.xml")))
        archive.writestr("word/_rels/document2.xml.rels", relations(("r1", "styles", "my/look.xml")))
        archive.writestr(
            "word/document2.xml", f"<w:document {strict}><w:body>{p('甲', style='x')}</w:body></w:document>"
        )
        archive.writestr(
            "word/my/look.xml",
            f'<w:styles {strict}><w:style w:styleId="x"><w:name w:val="heading 3"/></w:style></w:styles>',
        )
    raw = load(path)
    assert (raw.source.format, raw.lines[0].text, raw.lines[0].heading_level) == ("docx", "甲", 3)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.docm", "application/vnd.ms-word.document.macroEnabled.main+xml"),
        ("a.dotx", "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"),
    ],
)
def test_templates_and_files_with_macros(tmp_path: Path, name: str, kind: str) -> None:
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Override PartName="/word/document.xml" ContentType="{kind}"/></Types>'
    )
    path = docx(tmp_path / name, p("正文"), parts={"[Content_Types].xml": types, "word/vbaProject.bin": b"\x00"})
    assert (texts(load(path)), load(path).source.format) == (["正文"], "docx")


def test_embedded_documents(tmp_path: Path) -> None:
    inner = docx(tmp_path / "inner.docx", p("内嵌文档。")).read_bytes()
    page = "<html><body><h1>内嵌网页</h1><table><tr><td>甲</td><td>乙</td></tr><tr><td>1</td><td>2</td></tr></table></body></html>"
    raw = read(
        tmp_path, p("前。"), '<w:altChunk r:id="c1"/>', '<w:altChunk r:id="c2"/>', '<w:altChunk r:id="c3"/>', p("后。"),
        parts={
            "word/_rels/document.xml.rels": relations(
                ("c1", "aFChunk", "a.html"), ("c2", "aFChunk", "/word/b.docx"), ("c3", "aFChunk", "gone.rtf")
            ),
            "word/a.html": page,
            "word/b.docx": inner,
        },
    )  # fmt: skip
    assert texts(raw) == ["前。", "内嵌网页", "内嵌文档。", "后。"]
    assert raw.tables[0].header == ("甲", "乙")
    assert [notice.code for notice in raw.notices] == ["embedded_not_read"]


def test_exploding_entities_are_refused(tmp_path: Path) -> None:
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    path = docx(tmp_path / "a.docx", p("x"), parts={
        "word/document.xml": f'<!DOCTYPE x [<!ENTITY e0 "哈">{levels}]><w:document {NS}><w:body>{p("&e9;")}</w:body></w:document>'
    })  # fmt: skip
    with pytest.raises(errors.DamagedDocument, match=r"实体定义.*核实来源"):
        load(path)


def test_styles_that_explode_are_refused_too(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"<w:document {NS}><w:body>{p('x')}</w:body></w:document>")
        archive.writestr("word/styles.xml", b" " * 65_000_000)
    with pytest.raises(errors.DamagedDocument, match="过大"):
        load(path)
