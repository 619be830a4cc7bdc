"""Blank forms of different make, put together by hand: what institutes send round to be filled."""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from docx_by_hand import docx, p

_FRAME = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_LOOK = '<w:rFonts w:eastAsia="仿宋"/><w:sz w:val="18"/>'
_THIN = Side(style="thin")
FRAME = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)


def cell(text: str = "", *, span: int = 1, merge: str = "", look: str = _LOOK, lines: int = 1) -> str:
    """A w:tc; `merge` is "restart" or "continue" for cells merged over rows."""
    properties = (f'<w:gridSpan w:val="{span}"/>' if span > 1 else "") + (
        f'<w:vMerge w:val="{merge}"/>' if merge else ""
    )
    run = f"<w:r><w:rPr>{look}</w:rPr><w:t>{text}</w:t></w:r>" if text else ""
    paragraph = f"<w:p><w:pPr><w:jc w:val='center'/><w:rPr>{look}</w:rPr></w:pPr>{run}</w:p>"
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph * lines}</w:tc>"


def row(*cells: str, height: int = 0, rule: str = "atLeast", header: bool = False) -> str:
    properties = (f'<w:trHeight w:val="{height}" w:hRule="{rule}"/>' if height else "") + (
        "<w:tblHeader/>" if header else ""
    )
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def table(columns: int, *rows: str) -> str:
    grid = "".join(f'<w:gridCol w:w="{14000 // columns}"/>' for _ in range(columns))
    look = f'<w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:tblBorders>{_FRAME}</w:tblBorders></w:tblPr>'
    return f"<w:tbl>{look}<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


_LANDSCAPE = '<w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>'
_LANDSCAPE += '<w:pgMar w:top="900" w:right="900" w:bottom="900" w:left="900"/></w:sectPr>'


def paired_support(path: Path) -> Path:
    """结对帮扶计划实施情况汇总表 (Word): heading of two rows with merged cells, one field in runs of its own, two blank rows."""
    blank = row(*(cell() for _ in range(11)), height=567, rule="exact")
    underlined = '<w:r><w:t>填报单位：</w:t></w:r><w:r><w:rPr><w:u w:val="single"/></w:rPr><w:t xml:space="preserve">          </w:t></w:r>'
    body = (
        p("结对帮扶计划实施情况汇总表", style="t")
        + p(underlined + "<w:r><w:t>　填表日期：____年__月__日</w:t></w:r>", raw=True)
        + table(
            11,
            row(
                cell("序号", merge="restart"), cell("帮扶项目", merge="restart"), cell("具体任务（举措）", merge="restart"),
                cell("双方对口部门", span=2), cell("实施情况", span=2), cell("成效", span=2),
                cell("存在问题", merge="restart"), cell("备注", merge="restart"), header=True,
            ),
            row(
                *(cell(merge="continue") for _ in range(3)), cell("支援方"), cell("受援方"), cell("时 间"), cell("完成情况"),
                cell("量化成效"), cell("定性成效"), cell(merge="continue"), cell(merge="continue"), header=True,
            ),
            blank, blank,
        )
        + _LANDSCAPE
    )  # fmt: skip
    return docx(path, body, parts={"custom/样章.bin": bytes(range(256))})


def task_completion(path: Path) -> Path:
    """任务完成情况表 (Word): title fields, numbered blank rows, a cell that spans two grid columns, a row 合计 at the bottom."""
    numbered = [row(cell(str(n)), cell(span=2), cell(), cell(), cell(), cell(), cell()) for n in (1, 2, 3)]
    body = (
        p("（____年度）任务完成情况表", style="t")
        + table(
            8,
            row(
                cell("序号"), cell("任务内容", span=2), cell("责任部门"), cell("完成时间"), cell("进展情况"),
                cell("完成率（%）"), cell("佐证材料"),
                header=True,
            ),
            *numbered,
            row(cell("合计", span=2), cell(span=6)),
        )
        + p("负责人签字：________")
        + _LANDSCAPE
    )  # fmt: skip
    return docx(path, body)


def summary_record(path: Path) -> Path:
    """工作总结登记表 (Word): labels with blank cells, chapters to be written into large cells, a content control."""
    control = (
        "<w:tc><w:tcPr/><w:p><w:sdt><w:sdtPr><w:id w:val='7'/><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:rPr><w:rStyle w:val='x'/>"
        "</w:rPr><w:t>单击此处输入年度</w:t></w:r></w:sdtContent></w:sdt></w:p></w:tc>"
    )
    body = (
        p("工作总结登记表", style="t")
        + p("学校名称：____________　　联系电话：________")
        + table(
            4,
            row(cell("填报单位"), cell(), cell("年度"), control),
            row(cell("负责人"), cell(), cell("学校性质"), cell("公办")),
            row(cell("主要工作与成效（限800字）"), cell(span=3, lines=3), height=2400),
            row(cell("存在问题"), cell(span=3), height=1200),
            row(cell("下一步工作计划", span=4)),
            row(cell(span=4), height=1200),
            row(cell("学校意见"), cell("（盖章）", span=3)),
        )
    )  # fmt: skip
    return docx(path, body)


def rectification(path: Path) -> Path:
    """整改台账 (Excel): headings in row 3, two framed rows, drop-down list, filter, merged title, a signature below."""
    book = Workbook()
    sheet = book.active
    sheet.title = "整改台账"
    sheet.merge_cells("A1:G1")
    sheet["A1"] = "问题整改台账"
    sheet["A1"].font = Font(name="黑体", size=16, bold=True)
    sheet["A2"] = "填报单位："
    for at, words in enumerate(("序号", "问题", "原因", "整改措施", "责任单位", "完成时限", "整改情况"), start=1):
        head = sheet.cell(row=3, column=at, value=words)
        head.font, head.border, head.fill = Font(bold=True), FRAME, PatternFill("solid", fgColor="DDEBF7")
        for line in (4, 5):
            blank = sheet.cell(row=line, column=at)
            blank.border, blank.font = FRAME, Font(name="仿宋", size=10)
            blank.alignment = Alignment(vertical="top", wrap_text=True)
    for letter, width in zip("ABCDEFG", (6, 40, 24, 40, 14, 12, 12), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.row_dimensions[4].height = sheet.row_dimensions[5].height = 30
    sheet["A7"] = "审核人："
    sheet.merge_cells("E7:G7")
    sheet.row_dimensions[7].height = 44
    choice = DataValidation(type="list", formula1='"已完成,整改中"')
    choice.add("G4:G5")
    sheet.add_data_validation(choice)
    sheet.auto_filter.ref = "A3:G5"
    sheet.print_area = "A1:G7"
    book.save(path)
    return path


def issue_list(path: Path) -> Path:
    """问题清单 (Excel): title rows, print titles, one blank row with merged cells, 合计 with formulas, a named range, another sheet."""
    book = Workbook()
    sheet = book.active
    sheet.title = "清单"
    sheet.merge_cells("B1:F1")
    sheet["B1"] = "20__年度问题清单"
    sheet.merge_cells("B2:F2")
    sheet["B2"] = "学校名称：________　　填报日期：________"
    heads = {"B": "编号", "C": "类别", "D": "问题描述", "F": "扣分（分）"}
    for letter, words in heads.items():
        sheet[f"{letter}3"] = words
    sheet.merge_cells("D3:E3")
    sheet.merge_cells("D4:E4")
    sheet["B5"] = "合计"
    sheet["F5"] = "=SUM(F4:F4)"
    sheet["D5"] = '=COUNTA(D4:D4)&"条"'
    for line in (3, 4, 5):
        for letter in "BCDEF":
            sheet[f"{letter}{line}"].border = FRAME
            sheet[f"{letter}{line}"].font = Font(name="宋体", size=9, italic=line == 4)
    sheet.row_dimensions[4].height, sheet.row_dimensions[5].height = 28, 22
    sheet.column_dimensions["D"].width = sheet.column_dimensions["E"].width = 24
    sheet.print_title_rows = "3:3"
    sheet.print_area = "B1:F5"
    sheet.page_setup.orientation = "landscape"
    sheet.freeze_panes = "A4"
    sheet["B7"] = "注：本表一式两份"
    other = book.create_sheet("总览")
    other["A1"], other["B1"] = "扣分合计", "=清单!F5"
    book.defined_names["扣分"] = DefinedName("扣分", attr_text="清单!$F$5")
    book.save(path)
    return path


def annual_figures(path: Path) -> Path:
    """质量年报 counting table (Excel): indicators and units printed, values wanted for two years, one value there already."""
    book = Workbook()
    sheet = book.active
    sheet.title = "计分卡"
    for at, words in enumerate(("序号", "指标名称", "单位", "2022年", "2023年", "备注"), start=1):
        sheet.cell(row=1, column=at, value=words).border = FRAME
    given = [
        ("就业率", "%"), ("横向技术服务到款额", "万元"), ("专任教师", "人"), ("教材", "部"), ("会议/对接", "次"),
        ("社会培训", "人次"), ("技能竞赛获奖", "项"),
    ]  # fmt: skip
    for line, (name, unit) in enumerate(given, start=2):
        for at, value in enumerate((line - 1, name, unit, None, None, None), start=1):
            sheet.cell(row=line, column=at, value=value).border = FRAME
    sheet["D4"] = 300
    sheet["D3"].number_format = "0.00"
    book.save(path)
    return path
