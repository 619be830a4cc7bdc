"""Garbled text layers: what wrong tables make of a report is found, pages that merely look odd are not."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import CORPUS
from huizong.errors import MissingOcr
from huizong.loading import load, scan
from huizong.loading.pdf import garbled
from huizong.loading.pdf.garbled import judge

HAN = re.compile("[一-鿿]")
PAGE = 600


def corpus_pages() -> list[str]:
    texts = [path.read_text(encoding="utf-8") for path in sorted((CORPUS / "reports").glob("*.txt"))]
    return [text[at : at + PAGE] for text in texts for at in range(0, len(text), PAGE)]


PAGES = corpus_pages()


def shifted(by: int) -> Callable[[str], str]:
    return lambda text: HAN.sub(lambda m: chr(ord(m.group()) + by), text)


def exchanged(text: str) -> str:
    """The characters of the page exchanged among themselves, as by a font whose glyphs were renumbered."""
    found = sorted(set(HAN.findall(text)))
    table = dict(zip(found, random.Random(7).sample(found, len(found)), strict=True))  # noqa: S311
    return HAN.sub(lambda m: table[m.group()], text)


def by_glyph(first: int) -> Callable[[str], str]:
    """Glyph numbers in order of appearance taken for code points, as where a font names no characters."""

    def garble(text: str) -> str:
        numbers: dict[str, int] = {}
        return "".join(ch if ch.isspace() else chr(first + numbers.setdefault(ch, len(numbers))) for ch in text)

    return garble


GARBLINGS: dict[str, Callable[[str], str]] = {
    "shifted": shifted(1),
    "shifted back": shifted(-29),
    "exchanged": exchanged,
    "GBK as Latin-1": lambda text: text.encode("gbk", "ignore").decode("latin-1"),
    "UTF-8 as GBK": lambda text: text.encode().decode("gbk", "ignore"),
    "glyph numbers from 1": by_glyph(1),
    "glyph numbers from !": by_glyph(0x21),
    "Greek": by_glyph(0x370),
    "private use": by_glyph(0xE000),
    "cid": lambda text: "".join(f"(cid:{ord(ch) % 997})" for ch in text if not ch.isspace()),
}


def test_no_page_of_the_corpus_is_suspected() -> None:
    assert len(PAGES) > 80
    assert [page for page in PAGES if not judge(page).trusted] == []


@pytest.mark.parametrize("kind", GARBLINGS)
def test_garbled_pages_are_found(kind: str) -> None:
    full = [page for page in PAGES if len(HAN.findall(page)) >= 200]
    missed = [page for page in full if judge(GARBLINGS[kind](page)).trusted]
    assert len(missed) <= 0.01 * len(full)


SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧"
GIVEN = "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂辉玲建志华海波浩宇欣怡梓涵轩"


def names() -> str:
    rng = random.Random(3)  # noqa: S311
    return " ".join(rng.choice(SURNAMES) + "".join(rng.sample(GIVEN, rng.choice((1, 2)))) for _ in range(200))


HONEST = {
    "English": "The college signed an agreement with its partner; twelve teachers were sent, and 96.5% found work. " * 5,
    "numbers": "\n".join(f"{n} {n * 37} {n / 7:.2f} {n * 3}% ({n}) —" for n in range(1, 60)),
    "names": names(),
    "names with marks": names().replace(" ", "、"),
    "formulas": "设 f(x) = αx² + βx + γ，其中 α > 0，Δ = β² − 4αγ ≥ 0，则 x = (−β ± √Δ) / 2α。∑ λᵢ = 1，∫ f(x)dx = ∂F/∂x。 " * 6,
    "rare characters in prose": "校本教材收入赑屃、睚眦、狴犴、狻猊、饕餮、椒图、螭吻等传说，另有氨基苯、嘧啶、嘌呤、蒽醌等名词。" * 3,
    "headings": "一、主要工作\n（一）加强组织领导\n（二）深化专业帮扶\n二、存在问题\n三、下一步计划\n",
    "traditional": "學校與白鹿職業技術學院簽訂結對幫扶協議，選派骨幹教師十二人次任教，促進了教學水平的提升，並開設專業課程。" * 4,
    "Japanese": "学校は白鹿職業技術学院と協定を締結し、教員を派遣した。教育水準の向上を図り、専門課程を開設している。" * 4,
    "bullets": "\uf06c 加强组织领导\n\uf06c 深化专业帮扶\n\uf06c 健全沟通机制\n\uf0d8 选派教师\n\uf0d8 修订方案\n\uf0d8 共建基地\n",
    "French": "Le collège a signé un accord avec l'école ; des élèves ont été formés à l'étranger, où ça a réussi. " * 4,
    "Russian": "Колледж подписал соглашение с партнёром; преподаватели были направлены на стажировку. " * 4,
    "program": 'for (int i = 0; i < n; i++) { printf("%d\\n", table[i] & 0xff); } # print the whole table\n' * 4,
    "empty": " \n ",
}  # fmt: skip


@pytest.mark.parametrize("kind", HONEST)
def test_odd_but_honest_pages_are_trusted(kind: str) -> None:
    assert judge(HONEST[kind]) == garbled.TRUSTED


def test_unmapped_characters() -> None:
    assert not judge(PAGES[0], unmapped=0.5).trusted
    some = judge(PAGES[0], unmapped=0.05)
    assert some.trusted
    assert "5%" in some.reason
    assert judge(PAGES[0], unmapped=0.01) == garbled.TRUSTED


@pytest.fixture
def nameless(samples: Path, tmp_path: Path) -> Path:
    """The sample PDF, its fonts without their tables to Unicode."""
    data = next(samples.glob("*.pdf")).read_bytes()
    assert b"/ToUnicode" in data
    path = tmp_path / "a.pdf"
    path.write_bytes(data.replace(b"/ToUnicode", b"/ToUnicodX"))
    return path


@pytest.mark.parametrize("engine", ["pdfium", "pdfplumber"])
def test_fonts_without_names_are_never_read_silently(
    nameless: Path, monkeypatch: pytest.MonkeyPatch, engine: str
) -> None:
    monkeypatch.setattr(scan, "available", lambda: False)
    with pytest.raises(MissingOcr, match="文字层不可信") as caught:
        load(nameless, engine=engine)
    assert "pip install 'huizong[ocr]'" in caught.value.advice


def test_one_garbled_page_is_named(samples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first page of the sample with nameless fonts, put before the good ones."""
    import pypdfium2

    good = next(samples.glob("*.pdf"))
    with pypdfium2.PdfDocument(good) as whole, pypdfium2.PdfDocument.new() as mixed:
        nameless = good.read_bytes().replace(b"/ToUnicode", b"/ToUnicodX")
        with pypdfium2.PdfDocument(nameless) as bad:
            mixed.import_pages(bad, [0])
        mixed.import_pages(whole)
        mixed.save(tmp_path / "b.pdf")
    monkeypatch.setattr(scan, "available", lambda: False)
    raw = load(tmp_path / "b.pdf")
    assert [(notice.code, notice.page) for notice in raw.notices] == [("page_garbled", 1)]
    assert {line.page for line in raw.lines} == {2, 3, 4, 5, 6}
    assert "".join(line.text for line in raw.lines) == "".join(line.text for line in load(good).lines)
