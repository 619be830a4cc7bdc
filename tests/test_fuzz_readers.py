"""Whatever the bytes: a reader gives a document or an `InputError`, soon. Good files are mutated, texts made up.

`FUZZ=2000 pytest tests/test_fuzz_readers.py` tries two thousand mutations a reader; by itself the suite tries a few.
"""

from __future__ import annotations

import contextlib
import io
import os
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import bad_files
from conftest import CORPUS, REPORT, ROOT
from docx_by_hand import docx, p
from huizong.analyze import analyze_text
from huizong.errors import InputError
from huizong.loading import load
from huizong.numerals import find_numerals
from huizong.store import to_json

EXAMPLES = int(os.environ.get("FUZZ", "25"))
fuzz = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize="FUZZ" not in os.environ,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture],
)

Edit = tuple[str, float, float, bytes]
_TELLING = (
    b"0",
    b"-1",
    b"99999999999",
    b"<<",
    b">>",
    b"[",
    b"]",
    b"/",
    b"<",
    b">",
    b"&",
    b"\x00",
    b"\xff\xfe",
    b"endobj",
    b"<w:p>",
    b"\n\n",
)
edits = st.lists(
    st.tuples(
        st.sampled_from(("put", "cut", "copy", "flip", "tail")),
        st.floats(0, 1),
        st.floats(0, 1),
        st.one_of(st.binary(max_size=12), st.sampled_from(_TELLING)),
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
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        names = [n for n in old.namelist() if n.endswith((".xml", ".rels"))]
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, mutated(part, changes) if name == names[member % len(names)] else part)
    return out.getvalue()


def read(folder: Path, name: str, content: bytes, **options: str) -> None:
    """The invariant: a document with lines or tables, or an `InputError`."""
    path = folder / name
    path.write_bytes(content)
    with contextlib.suppress(InputError):
        raw = load(path, ocr="never", **options)  # type: ignore[arg-type]
        assert raw.lines or raw.tables


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("fuzz")


@pytest.fixture(scope="module")
def word(folder: Path) -> bytes:
    """A DOCX with list numbers, a table, a note, a change, a text box."""
    cell = f"<w:tc>{p('招生人数')}</w:tc><w:tc><w:tcPr><w:gridSpan w:val='2'/><w:vMerge w:val='restart'/></w:tcPr>{p('120')}</w:tc>"
    body = (
        p("2022年工作总结", style="t") + p("主要工作", level=0) + p("师资", level=1)
        + f"<w:tbl><w:tblGrid><w:gridCol w:w='1'/></w:tblGrid><w:tr>{cell}</w:tr><w:tr>{cell}</w:tr></w:tbl>"
        + p("<w:ins><w:r><w:t>培训教师12人次。</w:t></w:r></w:ins><w:del><w:r><w:delText>旧</w:delText></w:r></w:del>", raw=True)
        + p("<w:r><w:t>见注</w:t><w:footnoteReference w:id='1'/></w:r>", raw=True)
        + "".join(p(line) for line in REPORT.splitlines())
    )  # fmt: skip
    return docx(folder / "good.docx", body).read_bytes()


PDFS = sorted((ROOT / "tests" / "truth").glob("zhuanxiang-*.pdf"))


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
    from test_loading_ofd import ofd, page, text

    good = ofd(
        folder / "good.ofd", page(text("一二三四五六七八九十", 40), text("培训教师12人次", 50, delta="g 3 5 4"))
    ).read_bytes()
    read(folder, "a.ofd", mutated(good, changes) if outside else within_zip(good, member, changes))


HTML = f"""<html><head><meta charset="gbk"><title>t</title></head><body><h1>总结</h1><ol start=3 type=a><li>甲<li value=9>乙</ol>
<table><caption>表1</caption><tr><th rowspan=2>类<th colspan=3>数</tr><tr><td>1<td style="display:none">2</tr></table>
<p>{"</p><p>".join(REPORT.splitlines())}</p></body></html>"""


@fuzz
@given(changes=edits, charset=st.sampled_from(("utf-8", "gb18030", "utf-16", "big5")))
def test_html(folder: Path, changes: list[Edit], charset: str) -> None:
    read(folder, "a.html", mutated(HTML.encode(charset, "replace"), changes))


@fuzz
@given(changes=edits)
def test_saved_pages(folder: Path, changes: list[Edit]) -> None:
    head = b'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="=b"\n\n--=b\nContent-Type: text/html; charset="utf-8"\n\n'
    read(folder, "a.mht", mutated(head + HTML.encode() + b"\n--=b--\n", changes))


@fuzz
@given(
    changes=edits,
    charset=st.sampled_from(("utf-8", "gb18030", "utf-16", "utf-16-le", "big5")),
    name=st.sampled_from(("a.txt", "a.md")),
)
def test_texts(folder: Path, changes: list[Edit], charset: str, name: str) -> None:
    table = "\n| 项目 | 数 |\n|---|---|\n| 教师 | 3 |\n```\n代码\n```\n"
    read(folder, name, mutated((REPORT + table).encode(charset, "replace"), changes))


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


_GRAMMAR = "零一二三四五六七八九十百千万亿两廿卅半几数点分之余多来近约超个名万元%％0123456789０９.,，:/×-－至到~第年月日、（） \n"


@settings(fuzz, max_examples=8 * EXAMPLES)
@given(text=st.text(alphabet=st.sampled_from(_GRAMMAR), max_size=80) | st.text(max_size=60))
@example(text="9" * 5000)
@example(text="一亿" * 300)
@example(text="1-" + "9" * 400 + "元")
def test_numerals(text: str) -> None:
    last = 0
    for numeral in find_numerals(text):
        assert last <= numeral.start <= numeral.core < numeral.end <= len(text)
        last = numeral.end
        bounds = numeral.interval
        assert to_json([numeral.value, numeral.high, numeral.amount, bounds.lower, bounds.upper])  # no infinity
        if numeral.high is not None:
            assert numeral.value < numeral.high


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
            st.text(alphabet=st.sampled_from(_GRAMMAR), max_size=20),
            st.sampled_from(("。", "\n", "其中", "等3个", "分别", "（一）", "共计")),
        ),
        max_size=12,
    )
)
@example(pieces=["9" * 5000])
@example(pieces=["学校培训", "9" * 400, "人次。"])
@example(pieces=["二" * 5000, "个学院"])
def test_the_whole_line(pieces: list[str]) -> None:
    report = analyze_text("".join(pieces))
    data = report.to_dict()
    assert to_json(data)
    for count in data["counts"]:
        assert count["table"] is not None or report.text[count["start"] : count["end"]] == count["quote"]


@pytest.mark.parametrize("content", [bad_files.deep_pages(2000), bad_files.endless_pages()])
def test_page_trees_that_lead_nowhere(folder: Path, content: bytes) -> None:
    read(folder, "a.pdf", content)


def test_a_table_between_the_rows_of_another(folder: Path) -> None:
    rows = "<tr><td>甲<td>乙</tr><tr><td>1<td>2</tr>"
    (folder / "a.html").write_text(f"<body><table>{rows}<table>{rows}</table></table></body>", encoding="utf-8")
    assert len(load(folder / "a.html").tables) == 2
