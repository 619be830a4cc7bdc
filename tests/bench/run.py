"""The benchmark: `python -m bench.run` with tests/ on the path, or `make bench`.

Every case runs in a child process of its own (`bench.work`), warmed up, its files timed one by one; the cases take turns,
round after round, so that each round pairs them. A case's figure is its CPU divided by that of pdfium's raw read of the
same files in the same round: median, least and most of the rounds. The slow ones (pdfplumber, the naive script) read every
`--slow-every`th report. Start-up is told apart.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any

from bench.generate import OUT, REPORTS, generate
from bench.startup import FORBIDDEN, Started, startup

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared" / "reports"
SMALL = ROOT / "corpus" / "reports" / "duban-2021.txt"
CASES = ("raw", "load", "load+clean", "line", "run", "run all", "pdfplumber text", "naive")
SLOW = ("pdfplumber text", "naive")
MEANING = {
    "raw": "pdfium get_text_range",
    "load": "huizong.loading.load: text, layout, tables",
    "load+clean": "… and cleaning",
    "line": "the whole line, analyze",
    "run": "huizong run, once a file",
    "run all": "huizong run, once for all",
    "pdfplumber text": "pdfplumber extract_text",
    "naive": "naive script, workbook included",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A case on a set of files: median CPU milliseconds a page, and the ratio to raw (median, least, most over the rounds)."""

    files: str
    case: str
    pages: int
    ms_page: float
    ratio: float
    least: float
    most: float
    peaks_mb: dict[str, float]


def compare(name: str, paths: list[Path], pages: list[int], options: argparse.Namespace) -> list[Figure]:
    """The figures of all cases on `paths`, whose page numbers are `pages`."""
    slow = list(range(0, len(paths), options.slow_every if len(paths) > options.slow_every else 1))
    chosen = {case: slow if case in SLOW else list(range(len(paths))) for case in options.cases}
    runs: dict[str, list[dict[str, Any]]] = {case: [] for case in chosen}
    for number in range(options.rounds):
        for case, files in chosen.items():
            print(f"  {name}, round {number + 1}: {case}", file=sys.stderr)
            runs[case].append(_child(case, [paths[at] for at in files], options.engine))
    figures = []
    for case, files in chosen.items():
        count = sum(pages[at] for at in files)
        spent = [sum(run["seconds"]) for run in runs[case]]
        base = [sum(run["seconds"][at] for at in files) for run in runs["raw"]]
        ratios = [a / b for a, b in zip(spent, base, strict=True)]
        peaks = {at: max(run["peaks"][at] for run in runs[case]) for at in runs[case][0]["peaks"]}
        figures.append(
            Figure(
                files=name,
                case=case,
                pages=count,
                ms_page=1000 * median(spent) / count,
                ratio=median(ratios),
                least=min(ratios),
                most=max(ratios),
                peaks_mb=peaks,
            )
        )
    return figures


def _child(case: str, paths: list[Path], engine: str | None) -> dict[str, Any]:
    """What `bench.work` says of one case."""
    command = [sys.executable, "-m", "bench.work", case, *(["--engine", engine] if engine else [])]
    folders = [str(ROOT / "tests"), *filter(None, [os.environ.get("PYTHONPATH")])]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(folders)}
    done = subprocess.run(
        command, input="\n".join(map(str, paths)), capture_output=True, text=True, check=False, env=environment
    )
    if done.returncode:
        raise SystemExit(f"{case} failed:\n{done.stderr[-2000:]}")
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def page_counts(paths: list[Path]) -> list[int]:
    """The pages of each PDF."""
    import pypdfium2

    counts = []
    for path in paths:
        document = pypdfium2.PdfDocument(path)
        counts.append(len(document))
        document.close()
    return counts


def table(figures: list[Figure], started: list[Started]) -> str:
    """The figures as plain text."""
    lines = [
        f"{'files':<10}{'case':<17}{'pages':>6}{'ms/page':>9}{'× raw':>8}  {'least–most':<13}peak MB after n files"
    ]
    for f in figures:
        peaks = "  ".join(f"{at}: {mb:.0f}" for at, mb in f.peaks_mb.items())
        spread = f"{f.least:.2f}–{f.most:.2f}"
        lines.append(
            f"{f.files:<10}{f.case:<17}{f.pages:>6}{f.ms_page:>9.2f}{f.ratio:>8.2f}  {spread:<13}{peaks:<26}  {MEANING[f.case]}"
        )
    by_case = {f.case: f for f in figures if f.files == "generated"}
    if {"naive", "run all"} <= by_case.keys():
        lines.append(
            f"naive script ÷ huizong run, CPU a page: {by_case['naive'].ms_page / by_case['run all'].ms_page:.1f}"
        )
    lines.append("")
    lines.append(f"{'start-up (whole process)':<28}{'CPU s':>7}  {'least–most':<13}imported")
    for s in started:
        marked = ", ".join(f"{name} (!)" if name in FORBIDDEN else name for name in s.loaded)
        lines.append(f"{s.name:<28}{s.seconds:>7.3f}  {f'{s.least:.3f}–{s.most:.3f}':<13}{marked}")
    return "\n".join(lines)


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description="huizong beside pdfium, pdfplumber and a naive script.")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--reports", type=int, default=REPORTS, help="how many generated reports to read")
    parser.add_argument(
        "--slow-every", type=int, default=5, help="pdfplumber and the naive script read every nth report"
    )
    parser.add_argument("--cases", nargs="+", choices=CASES, default=list(CASES))
    parser.add_argument("--engine", help="passed on to huizong.loading.load where it takes one")
    parser.add_argument("--json", type=Path, help="the figures as JSON, too")
    parser.add_argument("--no-startup", action="store_true")
    options = parser.parse_args()
    options.cases = ["raw", *(case for case in options.cases if case != "raw")]
    folder = OUT / "reports"
    if len(list(folder.glob("*.pdf"))) < options.reports:
        print(f"generating {options.reports} reports …", file=sys.stderr)
        generate(folder, options.reports)
    paths = sorted(folder.glob("*.pdf"))[: options.reports]
    figures = compare("generated", paths, page_counts(paths), options)
    real = sorted(SHARED.glob("*.pdf"))
    if real:
        figures += compare("real", real, page_counts(real), options)
    else:
        print("no real PDFs: ../shared/reports is not there", file=sys.stderr)
    started = [] if options.no_startup else startup(SMALL, 2 * options.rounds + 1)
    print(table(figures, started))
    if options.json:
        record = {"figures": [asdict(f) for f in figures], "startup": [asdict(s) for s in started]}
        options.json.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
