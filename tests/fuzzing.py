"""Coverage-guided fuzzing of every reader and of the quantity grammar, for as long as is wanted.

`python -m fuzzing docx 600` with tests/ and pipeline/ on the path and atheris installed (it is no dependency: few platforms have it)
fuzzes one target for ten minutes and leaves what broke an invariant in `fuzz-TARGET/`, whence it goes into a test. The targets of zip
files change a part behind the check sums, which would catch nearly every change of the whole. `test_fuzz_readers` checks the same
invariants with hypothesis.
"""

from __future__ import annotations

import contextlib
import io
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unittest import mock

from conftest import REPORT, ROOT
from docx_by_hand import docx, p

TELLING = (
    b"0", b"-1", b"99999999999", b"<<", b">>", b"[", b"]", b"/", b"<", b">", b"&", b"\x00", b"\xff\xfe", b"endobj", b"<w:p>",
    b"\n\n",
)  # fmt: skip
"""What readers take for more than a letter."""
GRAMMAR = "零一二三四五六七八九十百千万亿两廿卅半几数点分之余多来近约超个名万元%％0123456789０９.,，:/×-－至到~第年月日、（） \n"
HTML = f"""<html><head><meta charset="gbk"><title>t</title></head><body><h1>总结</h1><ol start=3 type=a><li>甲<li value=9>乙</ol>
<table><caption>表1</caption><tr><th rowspan=2>类<th colspan=3>数</tr><tr><td>1<td style="display:none">2</tr></table>
<p>{"</p><p>".join(REPORT.splitlines())}</p></body></html>"""
MHTML_HEAD = (
    b'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="=b"\n\n--=b\n'
    b'Content-Type: text/html; charset="utf-8"\n\n'
)
MARKDOWN = REPORT + "\n| 项目 | 数 |\n|---|---|\n| 教师 | 3 |\n```\n代码\n```\n"
PDFS = sorted((ROOT / "tests" / "truth").glob("zhuanxiang-*.pdf"))


def read(folder: Path, name: str, content: bytes, **options: str) -> None:
    """The invariant of a reader: a document with lines or tables, or an `InputError`."""
    from huizong.errors import InputError
    from huizong.loading import load

    path = folder / name
    path.write_bytes(content)
    with contextlib.suppress(InputError):
        raw = load(path, **{"ocr": "never"} | options)  # type: ignore[arg-type]
        assert raw.lines or raw.tables


def check_numerals(text: str) -> None:
    """The invariants of the quantity grammar: numerals in order, within the text, with finite values."""
    from huizong.numerals import find_numerals
    from huizong.store import to_json

    last = 0
    for numeral in find_numerals(text):
        assert last <= numeral.start <= numeral.core < numeral.end <= len(text)
        last = numeral.end
        bounds = numeral.interval
        assert to_json([numeral.value, numeral.high, numeral.amount, bounds.lower, bounds.upper])  # no infinity
        if numeral.high is not None:
            assert numeral.value < numeral.high or numeral.value > 2**53  # beyond which 七八 are one float


def check_line(text: str) -> None:
    """The invariants of the whole line: JSON can be made of it, and counts of the text stand where they say."""
    from huizong.analyze import analyze_text
    from huizong.store import to_json

    report = analyze_text(text)
    data = report.to_dict()
    assert to_json(data)
    for count in data["counts"]:
        assert count["table"] is not None or report.text[count["start"] : count["end"]] == count["quote"]


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


def pages(folder: Path) -> bytes:
    """An OFD of one page."""
    from test_loading_ofd import ofd, page, text

    words = page(text("一二三四五六七八九十", 40), text("培训教师12人次", 50, delta="g 3 5 4"))
    return ofd(folder / "good.ofd", words).read_bytes()


def pictures() -> dict[str, bytes]:
    """A small picture of words in each format that is read, by suffix: colour, grey, with a palette, of two pages."""
    from PIL import Image, ImageDraw

    sheet = Image.new("RGB", (160, 60), "white")
    draw = ImageDraw.Draw(sheet)
    draw.text((8, 8), "12 teachers, 3 courses", fill="black")
    draw.ellipse((100, 20, 140, 58), outline="red", width=3)
    made: dict[str, bytes] = {}
    kinds: dict[str, tuple[str, str, dict[str, Any]]] = {
        "png": ("RGB", "PNG", {}),
        "p.png": ("P", "PNG", {"dpi": (300, 300)}),
        "jpg": ("RGB", "JPEG", {"dpi": (200, 200)}),
        "grey.jpg": ("L", "JPEG", {"progressive": True}),
        "tif": ("RGB", "TIFF", {"save_all": True, "append_images": [sheet.rotate(90, expand=True)]}),
        "lzw.tif": ("L", "TIFF", {"compression": "tiff_lzw"}),
    }
    for suffix, (mode, kind, more) in kinds.items():
        file = io.BytesIO()
        sheet.convert(mode).save(file, kind, **more)
        made[suffix] = file.getvalue()
    return made


def compounds() -> tuple[bytes, ...]:
    """Old Office files: Word, an encrypted one, a workbook."""
    from compound_by_hand import ENCRYPTED_WORD, compound

    word_stream = b"\xec\xa5" + bytes(510)
    return (
        compound(WordDocument=word_stream, Data=b"x" * 90),
        compound(WordDocument=ENCRYPTED_WORD),
        compound(Workbook=bytes(40), SummaryInformation=bytes(40)),
    )


@contextlib.contextmanager
def no_programs() -> Iterator[None]:
    """LibreOffice and the recogniser are not asked: what opens a file and decides what it is, is ours; they are not."""
    with (
        mock.patch("huizong.loading.office.find_office", return_value=None),
        mock.patch("huizong.loading.scan.available", return_value=True),
        mock.patch("huizong.loading.scan.read_image", return_value=()),
    ):
        yield


def members(content: bytes) -> tuple[list[str], dict[str, bytes]]:
    """The names of the XML parts of a zip, and all its parts."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return [name for name in parts if name.endswith((".xml", ".rels"))], parts


def with_member(parts: dict[str, bytes], name: str, content: bytes) -> bytes:
    """A zip of the parts, one of them another."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for part, value in parts.items():
            archive.writestr(part, content if part == name else value)
    return out.getvalue()


Target = tuple[Callable[[bytes], None], list[bytes]]


def _zip(folder: Path, name: str, good: bytes) -> Target:
    names, parts = members(good)

    def check(data: bytes) -> None:
        if data:
            read(folder, name, with_member(parts, names[data[0] % len(names)], data[1:]))

    return check, [bytes((at,)) + parts[part] for at, part in enumerate(names)]


def _file(folder: Path, name: str, seeds: list[bytes], **options: str) -> Target:
    def check(data: bytes) -> None:
        with no_programs():
            read(folder, name, data, **options)

    return check, seeds


def targets(folder: Path) -> dict[str, Callable[[], Target]]:
    """Name → what checks a string of bytes, and the strings to begin with."""
    pdfs = [path.read_bytes() for path in PDFS]
    texts = [MARKDOWN.encode(charset, "replace") for charset in ("utf-8", "gb18030", "utf-16", "big5")]

    def words(check: Callable[[str], None], seeds: list[str]) -> Target:
        return (lambda data: check(data.decode("utf-8", "ignore"))), [seed.encode() for seed in seeds]

    numbers = ["二至五万人", "约1.2亿元", "近百名", "3—5个", "十余万", "96.5%", "三分之二", "１２，３４５元", GRAMMAR]
    return {
        "pdf": lambda: _file(folder, "a.pdf", pdfs),
        "pdfplumber": lambda: _file(folder, "a.pdf", pdfs, engine="pdfplumber"),
        "docx": lambda: _zip(folder, "a.docx", word(folder)),
        "ofd": lambda: _zip(folder, "a.ofd", pages(folder)),
        "html": lambda: _file(folder, "a.html", [HTML.encode(), HTML.encode("gb18030")]),
        "mhtml": lambda: _file(folder, "a.mht", [MHTML_HEAD + HTML.encode() + b"\n--=b--\n"]),
        "txt": lambda: _file(folder, "a.txt", texts),
        "md": lambda: _file(folder, "a.md", texts),
        "office": lambda: _file(folder, "a.doc", [*compounds(), b"{\\rtf1 x}"]),
        "picture": lambda: _file(folder, "a", list(pictures().values()), ocr="auto"),
        "numerals": lambda: words(check_numerals, numbers),
        "line": lambda: words(check_line, [REPORT, *numbers]),
    }


def main() -> None:
    """The command: a target, seconds, further options of libFuzzer."""
    import atheris

    name, seconds = sys.argv[1], sys.argv[2]
    with atheris.instrument_imports(include=["huizong", "pdfminer", "pdfplumber", "PIL"]):
        import huizong.analyze
        import huizong.loading.docx
        import huizong.loading.ofd
        import huizong.loading.office
        import huizong.loading.pdf
        import huizong.loading.scan
        import huizong.loading.text.html
        import huizong.loading.text.mhtml
        import huizong.loading.text.plain  # noqa: F401
    with tempfile.TemporaryDirectory() as place:
        check, seeds = targets(Path(place))[name]()
        corpus, found, known = Path(place) / "corpus", Path(f"fuzz-{name}"), Path(place) / "words"
        for folder in (corpus, found):
            folder.mkdir(exist_ok=True)
        for at, seed in enumerate(seeds):
            (corpus / str(at)).write_bytes(seed)
        escaped = ("".join(f"\\x{byte:02x}" for byte in word) for word in (*TELLING, *(c.encode() for c in GRAMMAR)))
        known.write_text("".join(f'"{word}"\n' for word in escaped), encoding="ascii")
        longest = 2 * max(map(len, seeds))
        atheris.Setup(
            [
                sys.argv[0], f"-max_total_time={seconds}", f"-artifact_prefix={found}/", f"-max_len={longest}", "-timeout=60",
                "-rss_limit_mb=3000", f"-dict={known}", *sys.argv[3:], str(corpus),
            ],
            check,
        )  # fmt: skip
        atheris.Fuzz()


if __name__ == "__main__":
    main()
