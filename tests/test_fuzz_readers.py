"""Whatever the bytes: a reader gives a document or an `InputError`, soon. Good files are mutated, texts made up.

`FUZZ=2000 pytest tests/test_fuzz_readers.py` tries two thousand mutations a reader; by itself the suite tries a few. What coverage-guided
fuzzing with the same invariants (`fuzzing`) has found stands at the end.
"""

from __future__ import annotations

import os
import struct
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import bad_files
import fuzzing
from conftest import CORPUS, REPORT
from fuzzing import GRAMMAR, HTML, MARKDOWN, MHTML_HEAD, PDFS, TELLING, check_line, check_numerals, no_programs, read
from huizong.errors import DamagedDocument
from huizong.loading import load, office, scan

EXAMPLES = int(os.environ.get("FUZZ", "25"))
fuzz = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize="FUZZ" not in os.environ,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture],
)

Edit = tuple[str, float, float, bytes]
edits = st.lists(
    st.tuples(
        st.sampled_from(("put", "cut", "copy", "flip", "tail")),
        st.floats(0, 1),
        st.floats(0, 1),
        st.one_of(st.binary(max_size=12), st.sampled_from(TELLING)),
    ),
    min_size=1,
    max_size=6,
)


def mutated(content: bytes, changes: list[Edit]) -> bytes:
    """`content` with the edits made one after another."""
    for kind, where, length, put in changes:
        at = int(where * len(content))
        end = at + int(length**4 * (len(content) - at)) + 1  # mostly short
        if kind == "put":
            content = content[:at] + put + content[at + len(put) :]
        elif kind == "cut":
            content = content[:at] + content[end:]
        elif kind == "copy":
            content = content[:end] + content[at:end] + content[end:]
        elif kind == "flip":
            content = content[:at] + bytes(b ^ 0x55 for b in content[at : at + 3]) + content[at + 3 :]
        else:
            content = content[: max(1, at)]
    return content


def within_zip(content: bytes, member: int, changes: list[Edit]) -> bytes:
    """The zip with one of its members mutated: behind the check sums, which would catch nearly every other change."""
    names, parts = fuzzing.members(content)
    name = names[member % len(names)]
    return fuzzing.with_member(parts, name, mutated(parts[name], changes))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("fuzz")


@pytest.fixture(scope="module")
def word(folder: Path) -> bytes:
    return fuzzing.word(folder)


@pytest.mark.parametrize("pdf", PDFS, ids=lambda path: path.stem)
@fuzz
@given(changes=edits)
def test_pdf(folder: Path, pdf: Path, changes: list[Edit]) -> None:
    read(folder, "a.pdf", mutated(pdf.read_bytes(), changes))


@pytest.mark.parametrize("pdf", [*PDFS[:1], *PDFS[3:4]], ids=lambda path: path.stem)
@settings(fuzz, max_examples=max(4, EXAMPLES // 8))  # forty times slower
@given(changes=edits)
def test_pdf_by_the_other_engine(folder: Path, pdf: Path, changes: list[Edit]) -> None:
    read(folder, "a.pdf", mutated(pdf.read_bytes(), changes), engine="pdfplumber")


@fuzz
@given(changes=edits, member=st.integers(0, 20), outside=st.booleans())
def test_docx(folder: Path, word: bytes, changes: list[Edit], member: int, outside: bool) -> None:
    read(folder, "a.docx", mutated(word, changes) if outside else within_zip(word, member, changes))


@fuzz
@given(changes=edits, member=st.integers(0, 20), outside=st.booleans())
def test_ofd(folder: Path, changes: list[Edit], member: int, outside: bool) -> None:
    good = fuzzing.pages(folder)
    read(folder, "a.ofd", mutated(good, changes) if outside else within_zip(good, member, changes))


@fuzz
@given(changes=edits, charset=st.sampled_from(("utf-8", "gb18030", "utf-16", "big5")))
def test_html(folder: Path, changes: list[Edit], charset: str) -> None:
    read(folder, "a.html", mutated(HTML.encode(charset, "replace"), changes))


@fuzz
@given(changes=edits)
def test_saved_pages(folder: Path, changes: list[Edit]) -> None:
    read(folder, "a.mht", mutated(MHTML_HEAD + HTML.encode() + b"\n--=b--\n", changes))


@fuzz
@given(
    changes=edits,
    charset=st.sampled_from(("utf-8", "gb18030", "utf-16", "utf-16-le", "big5")),
    name=st.sampled_from(("a.txt", "a.md")),
)
def test_texts(folder: Path, changes: list[Edit], charset: str, name: str) -> None:
    read(folder, name, mutated(MARKDOWN.encode(charset, "replace"), changes))


@fuzz
@given(changes=edits, kind=st.sampled_from(sorted(fuzzing.pictures())))
def test_pictures(folder: Path, changes: list[Edit], kind: str) -> None:
    """What opens them; the recogniser, which sees only pixels, is tried below."""
    with no_programs():
        read(folder, "a", mutated(fuzzing.pictures()[kind], changes), ocr="auto")


@pytest.mark.skipif(not scan.available(), reason="needs the extra: pip install 'huizong[ocr]'")
@settings(fuzz, max_examples=max(2, EXAMPLES // 20))  # a hundred times slower
@given(changes=edits, kind=st.sampled_from(sorted(fuzzing.pictures())))
def test_pictures_that_are_recognised(folder: Path, changes: list[Edit], kind: str) -> None:
    read(folder, "a", mutated(fuzzing.pictures()[kind], changes), ocr="auto")


@fuzz
@given(changes=edits, of=st.integers(0, 2))
def test_compound_files(folder: Path, changes: list[Edit], of: int) -> None:
    """Old Office files up to where LibreOffice would be asked."""
    with no_programs():
        read(folder, "a.doc", mutated(fuzzing.compounds()[of], changes))


@pytest.mark.skipif(office.find_office() is None, reason="LibreOffice is not installed")
@settings(fuzz, max_examples=max(1, EXAMPLES // 50))  # some seconds each
@given(changes=edits)
@example(changes=[("cut", 0.6, 0.9, b"")])
def test_converted_files(folder: Path, changes: list[Edit]) -> None:
    rtf = b"{\\rtf1\\ansi\\ansicpg936 " + b"\\par ".join(line.encode("gb18030") for line in REPORT.splitlines()) + b"}"
    read(folder, "a.rtf", mutated(rtf, changes))


@fuzz
@given(
    content=st.binary(max_size=300),
    head=st.sampled_from(
        (
            b"",
            b"%PDF-1.4\n",
            b"PK\x03\x04",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            b"{\\rtf",
            b"\x89PNG\r\n\x1a\n",
            b"<html>",
            b"\xff\xfe",
        )
    ),
)
def test_any_bytes(folder: Path, content: bytes, head: bytes) -> None:
    if head == b"{\\rtf":
        head = b""  # LibreOffice is no reader of ours, and slow
    read(folder, "a", head + content)


@settings(fuzz, max_examples=8 * EXAMPLES)
@given(text=st.text(alphabet=st.sampled_from(GRAMMAR), max_size=80) | st.text(max_size=60))
@example(text="9" * 5000)
@example(text="一亿" * 300)
@example(text="1-" + "9" * 400 + "元")
@example(text="今年300多于去年280")  # 多 belongs to 多于 alone
@example(text="万万万万万七八")
def test_numerals(text: str) -> None:
    check_numerals(text)


SENTENCES = [
    s
    for s in "".join(path.read_text(encoding="utf-8") for path in sorted((CORPUS / "reports").glob("*.txt"))[:6]).split(
        "。"
    )
    if s
]


@settings(fuzz, max_examples=max(20, EXAMPLES // 2))
@given(
    pieces=st.lists(
        st.one_of(
            st.sampled_from(SENTENCES),
            st.text(alphabet=st.sampled_from(GRAMMAR), max_size=20),
            st.sampled_from(("。", "\n", "其中", "等3个", "分别", "（一）", "共计")),
        ),
        max_size=12,
    )
)
@example(pieces=["9" * 5000])
@example(pieces=["学校培训", "9" * 400, "人次。"])
@example(pieces=["二" * 5000, "个学院"])
@example(pieces=["1\x1e"])  # white space for str.strip, not for int
def test_the_whole_line(pieces: list[str]) -> None:
    check_line("".join(pieces))


@pytest.mark.parametrize("content", [bad_files.deep_pages(2000), bad_files.endless_pages()])
def test_page_trees_that_lead_nowhere(folder: Path, content: bytes) -> None:
    read(folder, "a.pdf", content)


def test_a_table_between_the_rows_of_another(folder: Path) -> None:
    rows = "<tr><td>甲<td>乙</tr><tr><td>1<td>2</tr>"
    (folder / "a.html").write_text(f"<body><table>{rows}<table>{rows}</table></table></body>", encoding="utf-8")
    assert len(load(folder / "a.html").tables) == 2


def test_a_tiff_whose_second_page_has_no_size(folder: Path) -> None:
    """Pillow raises TypeError for it, of all things."""
    tiff = fuzzing.pictures()["tif"]
    at = tiff.rindex(struct.pack("<HHI", 256, 4, 1))  # the width
    (folder / "a.tif").write_bytes(tiff[:at] + b"\xff" + tiff[at + 1 :])
    with no_programs(), pytest.raises(DamagedDocument):
        load(folder / "a.tif")


@pytest.mark.parametrize("engine", ["pdfium", "pdfplumber"])
def test_a_character_that_stands_for_nothing(folder: Path, engine: str) -> None:
    """A font may say that a character has no text at all."""
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R>>"
    names = b"1 begincodespacerange <00> <ff> endcodespacerange 2 beginbfchar <41> <> <42> <0062> endbfchar"
    words = b"BT /F 12 Tf 72 700 Td (A) Tj 50 0 Td (B) Tj 50 0 Td (A) Tj 50 0 Td (B) Tj ET"
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 5 0 R/Resources<</Font<</F 4 0 R>>>>>>"
    tree = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page, font]
    (folder / "a.pdf").write_bytes(bad_files.pdf([*tree, bad_files.stream(words), bad_files.stream(names)]))
    lines = load(folder / "a.pdf", engine=engine).lines
    assert "".join(lines[0].text.split()).replace("A", "") == "bb"


def test_a_charset_with_a_zero_byte_in_its_name(folder: Path) -> None:
    page = "<p>培训教师12人次。</p>".encode("gb18030")
    (folder / "a.mht").write_bytes(MHTML_HEAD.replace(b"utf-8", b"ut\x00f-8") + page + b"\n--=b--\n")
    assert [line.text for line in load(folder / "a.mht").lines] == ["培训教师12人次。"]
