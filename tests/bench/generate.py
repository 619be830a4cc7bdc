"""Writes the reports of the benchmark: PDFs and, beside each, what stands in it (`NAME.json`).

`python -m bench.generate` (with tests/ on the path) writes `tests/bench/out/reports`; seeded, so that the same fonts give the same
bytes. The truth: `paragraphs` in order, without page furniture; `tables`, each with `caption`, `header_rows`, `rows` (merged cells
repeated) and `parts` (`page`, `rows` as they stand on that page, `box` in points from the top left).
"""

from __future__ import annotations

import argparse
import json
import logging
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from random import Random
from typing import TypeAlias

from bench.fonts import Faces, faces
from bench.grids import Grid, indicators, merged, tasks
from bench.prose import Story, story
from bench.typeset import Look, Part, Typesetter

OUT = Path(__file__).parent / "out"
REPORTS = 40
FOOTERS = ("— {page} —", "第{page}页", "{page}", "- {page} -")

_Maker: TypeAlias = Callable[[Random, str, int], Grid]
_MAKERS: tuple[_Maker, ...] = (
    lambda random, caption, year: indicators(random, caption, year, random.randint(5, 14)),
    lambda random, caption, year: merged(random, caption, year, random.randint(2, 4)),
    lambda random, caption, year: tasks(random, caption, random.randint(6, 12)),
    lambda random, caption, year: tasks(random, caption, random.randint(45, 70)),  # three pages and more
    lambda random, caption, year: indicators(random, caption, year, random.randint(30, 60)),  # two or three
)


def look(random: Random, number: int) -> Look:
    """The look of a report; kinds take turns, so that every kind is there however few reports are asked for."""
    body = random.choice((12.0, 14.0, 16.0))
    return Look(
        body_pt=body,
        leading_pt=28.0 if body == 16 else 1.5 * body,
        margin_pt=random.choice((72.0, 78.0, 85.0)),
        footer=FOOTERS[number % len(FOOTERS)],
        by_character=number % 5 == 4,
        latin=number % 2 == 0,
        filled_rules=number % 3 != 1,
        repeat_header=number % 4 < 2,
        shaded=number % 6 == 0,
    )


def write(number: int, found: Faces, folder: Path) -> int:
    """Writes report `number` and its truth into `folder`; gives its pages."""
    random = Random(f"huizong bench {number}")
    chosen = look(random, number)
    told = story(random, round(random.uniform(0.75, 1.3) * (6000 if chosen.body_pt < 16 else 4000)))
    setter = Typesetter(faces=found, look=chosen, running=f"{told.school}{told.year}年度报告")
    tables: list[tuple[Grid, list[Part]]] = []
    _set(random, told, setter, tables, number)
    name = f"{number:02d}-{told.school}_{told.year}"
    (folder / f"{name}.pdf").write_bytes(setter.write())
    truth = {
        "title": told.title,
        "pages": setter.pages,
        "look": asdict(chosen),
        "paragraphs": setter.paragraphs,
        "tables": [_table(grid, parts) for grid, parts in tables],
    }
    (folder / f"{name}.json").write_text(json.dumps(truth, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return setter.pages


def _set(random: Random, told: Story, setter: Typesetter, tables: list[tuple[Grid, list[Part]]], number: int) -> None:
    """The report on its pages; a table after about every third section of the first chapter."""
    size = setter.look.body_pt
    setter.paragraph(told.title, face="heading", size_pt=1.35 * size, centred=True)
    for words in told.opening:
        setter.paragraph(words)
    for chapter in told.chapters:
        setter.paragraph(chapter.title, face="heading")
        for at, (title, paragraphs) in enumerate(chapter.sections):
            setter.paragraph(title, face="heading")
            for words in paragraphs:
                setter.paragraph(words)
            if at % 3 == 0 and chapter is told.chapters[0]:
                caption = (
                    f"表{len(tables) + 1} {told.year}年{random.choice(('主要指标', '任务完成情况', '项目统计'))}一览表"
                )
                grid = _MAKERS[(number + len(tables)) % len(_MAKERS)](random, caption, told.year)
                tables.append((grid, setter.table(grid)))


def _table(grid: Grid, parts: list[Part]) -> dict[str, object]:
    rows = grid.filled()
    return {
        "caption": grid.caption,
        "header_rows": grid.header_rows,
        "rows": rows,
        "merged": any(cell.rows > 1 or cell.columns > 1 for cell in grid.cells),
        "parts": [
            {
                "page": part.page,
                "rows": (rows[: grid.header_rows] if part.header_again else []) + rows[part.first : part.last],
                "header_again": part.header_again,
                "box": [round(edge, 2) for edge in part.box],
            }
            for part in parts
        ],
    }


def generate(folder: Path, reports: int = REPORTS) -> int:
    """Writes the reports into `folder`, which is emptied of older ones; gives the number of pages."""
    found = faces()
    logging.getLogger("fontTools").setLevel(logging.ERROR)  # it names each table that it leaves out of a subset
    folder.mkdir(parents=True, exist_ok=True)
    for old in [*folder.glob("*.pdf"), *folder.glob("*.json")]:
        old.unlink()
    return sum(write(number, found, folder) for number in range(reports))


def multiply(folder: Path, reports: int) -> int:
    """Makes `reports` of the PDFs in `folder` by copies without one page each, another page each time; the pages of all of them.

    To set a report takes a second, to leave out a page a hundredth of it. A copy is a report in its own right: other bytes, other
    text (or another table), and its own results, a twelfth shorter than those of its original. The first page, with the title,
    is never left out. Raises `ValueError` where there are fewer pages than copies to be made.
    """
    from pypdfium2 import PdfDocument

    made = sorted(folder.glob("*.pdf"))
    pages = 0
    for number in range(reports):
        turn, at = divmod(number, len(made))
        with PdfDocument(made[at]) as original:
            pages += len(original) - bool(turn)
            if turn >= len(original):
                raise ValueError(f"{made[at].name} has no {turn} pages to be left out one after another")
            if turn:
                copy = PdfDocument.new()
                copy.import_pages(original, [page for page in range(len(original)) if page != turn])
                copy.save(folder / f"{number:04d}-{made[at].stem.partition('-')[2]}.pdf")
                copy.close()
    return pages


def main() -> None:
    """The command: writes the reports and says how many pages they have."""
    parser = argparse.ArgumentParser(description="Writes the generated reports of the benchmark.")
    parser.add_argument("--out", type=Path, default=OUT / "reports")
    parser.add_argument("--reports", type=int, default=REPORTS)
    chosen = parser.parse_args()
    print(f"{chosen.reports} reports, {generate(chosen.out, chosen.reports)} pages in {chosen.out}")


if __name__ == "__main__":
    main()
