"""Tables of sentences and what their numbers count, and the check that a report says so."""

from __future__ import annotations

from huizong import find_counts


def cases(lines: str) -> list[tuple[str, list[str]]]:
    """The lines of a table: a sentence, a bar, what is told of its numbers, parted by blanks (& stands for a blank in one)."""
    parted = (line.split(" | ") for line in lines.splitlines())
    return [(sentence, [told.replace("&", " ") for told in wanted.split()]) for sentence, wanted in parted]


def assert_told(report: str, wanted: list[str]) -> None:
    """Holds the counts of a report to `wanted`: words of a number = its thing (= change and status by their first letters; = year).

    Names that are as good are parted by |, any name is *.
    """
    counts = find_counts(report)
    for told in wanted:
        quote, names, *rest = told.split("=")
        count = next(c for c in counts if c.quote == quote)
        assert names == "*" or count.object in names.split("|"), count
        if rest:
            assert count.change[0] + count.status[0] == rest[0], count
        if len(rest) > 1:
            assert count.year == int(rest[1]), count
