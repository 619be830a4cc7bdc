"""Make the two documents of `huizong demo` from their texts: one PDF, one Word file.

Only needed when `samples/shiyou-2022.txt` or `samples/shiyou-2023.txt` changes; the documents themselves are kept in
`samples/` and packaged. Run `python corpus/make_samples.py` with python-docx and LibreOffice (`soffice`) installed and
the font Noto Serif CJK SC at hand. Every word of a text appears in its document, in the same order; header, footer
and table 1 are added here, because the texts hold prose only.
"""

import re
import subprocess
import tempfile
from pathlib import Path
from typing import cast

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

SAMPLES = Path(__file__).parent / "samples"
COLLEGE = "汀洲工商职业技术学院"
PDF_FONTS = ("Noto Serif CJK SC", "Noto Serif CJK SC")
WORD_FONTS = ("仿宋", "黑体")  # what an office computer in China has
BODY_PT, LINE_PT = 16, 28
HEADINGS = (
    ("Heading 1", re.compile(r"[一二三四五六七八九十]+、")),
    ("Heading 2", re.compile(r"（[一二三四五六七八九十]+）")),
)
CAPTION = re.compile(r"表\d+\s")
SIGNATURE_LINES = 2  # college and date close each text
TABLE = (
    ("指标", "单位", "2022年", "2023年", "增减"),
    ("招生专业", "个", "22", "25", "+3"),
    ("派出教师", "人次", "36", "41", "+5"),
    ("教师培训", "人次", "268", "342", "+74"),
    ("帮扶经费", "万元", "185", "240", "+55"),
    ("毕业生就业率", "%", "91.4", "93.2", "+1.8"),
)


def set_style(style: ParagraphStyle, font: str, size_pt: float, *, bold: bool = False) -> None:
    """Give a style one black font for Latin and Chinese letters alike, at a fixed line pitch."""
    style.font.name, style.font.size, style.font.bold = font, Pt(size_pt), bold
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)  # a theme font would win over the named one
    fonts.set(qn("w:eastAsia"), font)
    style.paragraph_format.line_spacing = Pt(LINE_PT)
    style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(0)


def indent(paragraph: Paragraph) -> None:
    """Indent the first line by two characters (首行缩进2字符)."""
    paragraph.paragraph_format.first_line_indent = Pt(2 * BODY_PT)
    paragraph.paragraph_format.element.get_or_add_pPr().get_or_add_ind().set(qn("w:firstLineChars"), "200")


def add_footer(paragraph: Paragraph, pattern: str) -> None:
    """Write a footer; the words PAGE and NUMPAGES in the pattern become fields that the reader's program fills."""
    paragraph.alignment = ALIGN.CENTER
    for piece in re.split(r"(NUMPAGES|PAGE)", pattern):
        run = paragraph.add_run()
        if piece in ("PAGE", "NUMPAGES"):
            for kind in ("begin", "instr", "separate", "result", "end"):
                if kind == "instr":
                    element = OxmlElement("w:instrText")
                    element.text = f" {piece} "
                elif kind == "result":
                    element = OxmlElement("w:t")
                    element.text = "1"
                else:
                    element = OxmlElement("w:fldChar")
                    element.set(qn("w:fldCharType"), kind)
                run._r.append(element)
        else:
            run.text = piece


def add_table(document: WordDocument) -> None:
    """Append the table of indicators: a header row and one row per indicator."""
    table = document.add_table(rows=len(TABLE), cols=len(TABLE[0]), style="Table Grid")
    for row, texts in zip(table.rows, TABLE, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            paragraph = cell.paragraphs[0]
            paragraph.alignment = ALIGN.CENTER
            run = paragraph.add_run(text)
            run.font.size, run.font.bold = Pt(12), row is table.rows[0]


def build(text: str, fonts: tuple[str, str], footer: str) -> WordDocument:
    """The text as an A4 Word document in the manner of an office: one paragraph per line, the first one the title."""
    body_font, heading_font = fonts
    document = Document()
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    document.core_properties.title, document.core_properties.author = lines[0], COLLEGE
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    for name, font, size_pt, bold in (
        ("Normal", body_font, BODY_PT, False),
        ("Title", heading_font, 22, True),
        ("Heading 1", heading_font, BODY_PT, True),
        ("Heading 2", body_font, BODY_PT, True),
        ("Header", body_font, 10.5, False),
        ("Footer", body_font, 10.5, False),
    ):
        set_style(cast(ParagraphStyle, document.styles[name]), font, size_pt, bold=bold)
    section.header.paragraphs[0].text = lines[0]
    section.header.paragraphs[0].alignment = ALIGN.CENTER
    add_footer(section.footer.paragraphs[0], footer)
    title = document.add_paragraph(lines[0], style="Title")
    title.alignment = ALIGN.CENTER
    title.paragraph_format.line_spacing, title.paragraph_format.space_after = Pt(34), Pt(LINE_PT)
    for border in title.style.element.iter(qn("w:pBdr")) if title.style else ():
        border.clear()
    for number, line in enumerate(lines[1:], start=1):
        style_name = next((name for name, pattern in HEADINGS if pattern.match(line)), "Normal")
        paragraph = document.add_paragraph(line, style=style_name)
        if number >= len(lines) - SIGNATURE_LINES:
            paragraph.alignment = ALIGN.RIGHT
        elif CAPTION.match(line):
            paragraph.alignment, paragraph.paragraph_format.keep_with_next = ALIGN.CENTER, True
            add_table(document)
        else:
            indent(paragraph)
    return document


def main() -> None:
    """Write the 2022 report as PDF and the 2023 report as Word file into `samples/`."""
    text = {year: (SAMPLES / f"shiyou-{year}.txt").read_text(encoding="utf-8") for year in (2022, 2023)}
    build(text[2023], WORD_FONTS, "第PAGE页 共NUMPAGES页").save(str(SAMPLES / f"{COLLEGE}_2023.docx"))
    with tempfile.TemporaryDirectory() as folder:
        word = Path(folder) / f"{COLLEGE}_2022.docx"
        build(text[2022], PDF_FONTS, "— PAGE —").save(str(word))
        command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf"]
        subprocess.run([*command, "--outdir", str(SAMPLES), str(word)], check=True)


if __name__ == "__main__":
    main()
