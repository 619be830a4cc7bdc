"""Generated PDFs whose truth is known: what reading and cleaning give is the truth, character for character."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from huizong.cleaning import clean
from huizong.loading import load
from huizong.outline import build_outline
from huizong.records import CleanDocument
from truth.content import cleaned

FOLDER = Path(__file__).parent / "truth"
PDFS = sorted(path.stem for path in FOLDER.glob("*.pdf"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """What was set, cleaned: paragraphs in order (headings and captions among them), notes, tables, header, page number's form."""

    paragraphs: list[str]
    headings: list[str]
    notes: list[str]
    ruled: list[tuple[str, list[list[str]]]]
    unruled: list[tuple[str, list[list[str]]]]
    running: str
    page_number: str


@cache
def truth(report: str) -> Truth:
    said = json.loads((FOLDER / f"{report}.json").read_text(encoding="utf-8"))
    tables = [(t["ruled"], (t["caption"], t["rows"])) for t in said.pop("tables")]
    return Truth(
        **said,
        ruled=[table for ruled, table in tables if ruled],
        unruled=[table for ruled, table in tables if not ruled],
    )


@cache
def document(pdf: str, engine: str) -> CleanDocument:
    return clean(load(FOLDER / f"{pdf}.pdf", engine=engine))


def known(pdf: str) -> Truth:
    return truth(pdf.split("-")[0])


def body(pdf: str, engine: str) -> list[str]:
    """The paragraphs that are no notes: where a note stands is up to the maker."""
    return [text for text in document(pdf, engine).text.split("\n") if text not in known(pdf).notes]


def cells(pdf: str, engine: str) -> list[tuple[str, list[list[str]]]]:
    return [
        (cleaned(table.caption), [list(row) for row in (table.header, *table.rows)])
        for table in document(pdf, engine).tables
    ]


def both_engines(test: Callable[[str, str], None]) -> Callable[[str, str], None]:
    """Runs the test on every PDF, read by PDFium and by pdfplumber."""
    by_engine = pytest.mark.parametrize("engine", ["pdfium", "pdfplumber"])
    by_pdf = pytest.mark.parametrize("pdf", PDFS)
    return by_engine(by_pdf(test))


def test_the_pdfs_are_all_there() -> None:
    assert len(PDFS) == 12


@both_engines
def test_paragraphs(pdf: str, engine: str) -> None:
    assert body(pdf, engine) == known(pdf).paragraphs


@both_engines
def test_notes_are_paragraphs_of_their_own(pdf: str, engine: str) -> None:
    paragraphs = document(pdf, engine).text.split("\n")
    assert [text for text in paragraphs if text in known(pdf).notes] == known(pdf).notes


@both_engines
def test_header_and_page_numbers_are_gone(pdf: str, engine: str) -> None:
    text = document(pdf, engine).text
    number = re.escape(known(pdf).page_number.replace(" ", "")).replace(r"\{page\}", r"\d").replace(r"\{pages\}", r"\d")
    assert known(pdf).running not in text
    assert not re.search(number, text)


@both_engines
def test_headings(pdf: str, engine: str) -> None:
    sections = build_outline(document(pdf, engine)).sections
    assert [section.number + section.title for section in sections] == known(pdf).headings


@both_engines
def test_ruled_tables(pdf: str, engine: str) -> None:
    assert [table for table in cells(pdf, engine) if table in known(pdf).ruled] == known(pdf).ruled


@both_engines
def test_tables_without_vertical_rules(pdf: str, engine: str) -> None:
    assert [table for table in cells(pdf, engine) if table in known(pdf).unruled] == known(pdf).unruled
