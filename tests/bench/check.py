"""Checks what was read against the generator's truth: `python -m bench.check` with tests/ on the path.

Body rows of ruled tables (header rows are told apart): those of huizong, and those of plain pdfplumber (`page.find_tables()`,
its merged cells filled from the left, else from above), against the truth and against each other; long tables that come as
one; on the real PDFs, too, huizong against pdfplumber. Prose: paragraphs and characters of the cleaned text.
"""

from __future__ import annotations

import argparse
import json
import logging
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from bench.generate import OUT, REPORTS, generate

if TYPE_CHECKING:
    from huizong.records import RawDocument, Table

Row: TypeAlias = tuple[str, ...]

SHARED = Path(__file__).resolve().parents[3] / "shared" / "reports"

# What cleaning is meant to change: full-width ％ and ＋ are folded, a blank stays only between two Latin words or numbers.
_FOLDED = str.maketrans("％＋", "%+")
_OUTER_BLANK = re.compile(r"(?<=[^A-Za-z0-9.,%+-]) | (?=[^A-Za-z0-9.,%+-])")


@dataclass
class Score:
    """Sums over the reports."""

    counts: Counter[str] = field(default_factory=Counter)
    examples: list[str] = field(default_factory=list)

    def rows(self, name: str, found: Sequence[Row], wanted: Sequence[Row], where: str) -> None:
        """Adds how many of the wanted rows and cells were found in order, and how many rows were too many."""
        same = sum(size for _, _, size in SequenceMatcher(None, found, wanted, autojunk=False).get_matching_blocks())
        self.counts[f"{name} rows"] += same
        self.counts[f"{name} wanted"] += len(wanted)
        self.counts[f"{name} too many"] += len(found) - same
        self.counts[f"{name} cells"] += _same_cells(found, wanted)
        self.counts[f"{name} cells wanted"] += sum(map(len, wanted))
        if same < len(wanted) or same < len(found):
            missing = next((row for row in wanted if row not in found), None)
            extra = next((row for row in found if row not in wanted), None)
            self.examples.append(f"{where}, {name}: wanted {missing}, found {extra}")


def check(path: Path, score: Score) -> None:
    """Adds the figures of one report."""
    from huizong.cleaning import clean
    from huizong.loading import load

    truth: dict[str, Any] = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    raw = load(path)
    oracle = pdfplumber_rows(path)
    wanted = [tuple(row) for table in truth["tables"] for row in table["rows"]]
    titles = {tuple(row) for table in truth["tables"] for row in table["rows"][: table["header_rows"]]}
    ours, theirs = {row for table in raw.tables for row in header_of(table)}, set(oracle)
    score.counts["headers wanted"] += len(titles)
    score.counts["headers huizong"] += len(titles & ours)
    score.counts["headers pdfplumber"] += len(titles & theirs)
    score.rows("huizong : truth", body_of(raw, titles), _without(wanted, titles), path.stem)
    score.rows("pdfplumber : truth", _without(oracle, titles), _without(wanted, titles), path.stem)
    score.rows("huizong : pdfplumber", body_of(raw, titles), _without(oracle, titles), path.stem)
    if missing := sorted(titles - ours):
        score.examples.append(f"{path.stem}, header row not found: {missing[0]}")
    for table in truth["tables"]:
        if len(table["parts"]) > 1:
            whole = [tuple(row) for row in table["rows"]]
            rows = whole[table["header_rows"] :]
            score.counts["long tables"] += 1
            score.counts["long tables as one"] += any(
                [*t.rows] == rows or [t.header, *t.rows] == whole for t in raw.tables
            )
    document = clean(raw)
    paragraphs = [p.span.of(document.text) for p in document.paragraphs]
    expected = [_OUTER_BLANK.sub("", words).translate(_FOLDED) for words in truth["paragraphs"]]
    text, told = "".join(paragraphs), "".join(expected)
    matcher = SequenceMatcher(None, paragraphs, expected, autojunk=False)
    equal = sum(size for _, _, size in matcher.get_matching_blocks())
    score.counts["paragraphs"] += equal
    score.counts["paragraphs wanted"] += len(expected)
    score.counts["reports"] += 1
    score.counts["reports whose text is equal"] += text == told
    if equal < len(expected):
        wrong = next(words for words in expected if words not in paragraphs)
        near = next((words for words in paragraphs if words not in expected), "")
        score.examples.append(f"{path.stem}, paragraph: wanted …{wrong[-40:]}, found {near[:20]}…{near[-40:]}")


def header_of(table: Table) -> tuple[Row, ...]:
    """The header rows of a table as printed; none where it has no header."""
    return table.header_rows or ((table.header,) if any(table.header) else ())


def body_of(raw: RawDocument, titles: set[Row]) -> list[Row]:
    """The rows of all tables in order, without those that are header rows of the truth; headers that are none of them stay."""
    return _without([row for table in raw.tables for row in (*header_of(table), *table.rows)], titles)


def _without(rows: Sequence[Row], titles: set[Row]) -> list[Row]:
    """Header rows stand once or once a page, as the reader has it: they are told apart."""
    return [row for row in rows if row not in titles]


def pdfplumber_rows(path: Path) -> list[Row]:
    """The rows of all ruled tables of at least two rows and two columns by plain pdfplumber."""
    import pdfplumber

    rows: list[Row] = []
    with pdfplumber.open(path) as document:
        for page in document.pages:
            for table in page.find_tables():
                above: list[str] = []
                cells = table.extract()
                if len(cells) < 2 or max(map(len, cells)) < 2:
                    continue
                for printed in cells:
                    row: list[str] = []
                    for column, cell in enumerate(printed):
                        if cell is not None:
                            row.append(re.sub(r"\s*\n\s*", "", cell).strip())
                        else:
                            row.append(row[-1] if row else above[column] if column < len(above) else "")
                    rows.append(tuple(row))
                    above = row
            page.close()
    return rows


def _same_cells(found: Sequence[Row], wanted: Sequence[Row]) -> int:
    """Cells that agree: those of rows that match, and column by column those of rows that stand in for each other."""
    same = 0
    for kind, a0, a1, b0, b1 in SequenceMatcher(None, found, wanted, autojunk=False).get_opcodes():
        if kind == "equal":
            same += sum(map(len, wanted[b0:b1]))
        elif kind == "replace":
            same += sum(x == y for a, b in zip(found[a0:a1], wanted[b0:b1]) for x, y in zip(a, b))
    return same


def main() -> None:
    """The command."""
    from huizong.loading import load

    parser = argparse.ArgumentParser(description="Tables and prose of the generated reports against their truth.")
    parser.add_argument("--reports", type=int, default=REPORTS)
    parser.add_argument("--examples", type=int, default=10, help="how many differences to show")
    options = parser.parse_args()
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)  # pdfplumber speaks of fonts on every page
    folder = OUT / "reports"
    if len(list(folder.glob("*.pdf"))) < options.reports:
        generate(folder, options.reports)
    score = Score()
    for path in sorted(folder.glob("*.pdf"))[: options.reports]:
        check(path, score)
    real = Score()
    for path in sorted(SHARED.glob("*.pdf")):
        raw = load(path)
        titles = {row for table in raw.tables for row in header_of(table)}
        real.rows("huizong : pdfplumber", body_of(raw, titles), _without(pdfplumber_rows(path), titles), path.stem)
    c = score.counts
    for name in ("huizong : truth", "pdfplumber : truth", "huizong : pdfplumber"):
        print(
            f"body rows, {name:<21} {c[f'{name} rows']} of {c[f'{name} wanted']}, {c[f'{name} too many']} too many; "
            f"cells {c[f'{name} cells']} of {c[f'{name} cells wanted']}"
        )
    print(f"header rows: huizong {c['headers huizong']}, pdfplumber {c['headers pdfplumber']} of {c['headers wanted']}")
    print(f"tables over several pages that come as one: {c['long tables as one']} of {c['long tables']}")
    print(f"paragraphs as in the truth: {c['paragraphs']} of {c['paragraphs wanted']}")
    print(
        f"reports whose text is the truth, character for character: {c['reports whose text is equal']} of {c['reports']}"
    )
    r = {name.removeprefix("huizong : pdfplumber "): n for name, n in real.counts.items()}
    if r:
        print(f"real PDFs, body rows, huizong : pdfplumber {r['rows']} of {r['wanted']}, {r['too many']} too many")
    else:
        print("no real PDFs: ../shared/reports is not there")
    for example in [*score.examples[: options.examples], *real.examples[: options.examples]]:
        print(f"  {example}")


if __name__ == "__main__":
    main()
