"""`RawDocument` → `CleanDocument`: page furniture dropped, hard wraps joined, characters folded, the way back kept.

Four steps, a module each: `furniture` says which lines are no text, `joining` which lines make a paragraph (by `layout`
where boxes are known, by `wrapping` in plain text), `compose` writes the paragraphs and the `SourceMap`.
"""

from __future__ import annotations

from dataclasses import replace

from huizong.cleaning.characters import folded
from huizong.cleaning.compose import compose, recognised
from huizong.cleaning.furniture import furniture
from huizong.cleaning.joining import paragraphs
from huizong.records import CleanDocument, RawDocument, Table


def clean(raw: RawDocument) -> CleanDocument:
    """The report's text, one paragraph a line, every character tied to its raw line, column and page.

    White space stays only between two Latin words or numbers. Full-width digits and letters, ％ and radicals that
    PDFs put in place of characters are folded one to one; nothing else is changed, typos included. Cleaning a cleaned
    text again changes nothing. Cells and captions of tables are treated alike.
    """
    dropped = furniture(raw.lines)
    kept = [index for index in range(len(raw.lines)) if index not in dropped]
    groups, splits_words = paragraphs(raw.lines, kept)
    text, records, source_map = compose(raw.lines, groups, splits_words=splits_words)
    return CleanDocument(
        source=raw.source,
        text=text,
        paragraphs=records,
        source_map=source_map,
        tables=tuple(map(_folded, raw.tables)),
        notices=raw.notices,
        recognised=recognised(raw.lines, source_map),
        pictures=raw.pictures,
    )


def _folded(table: Table) -> Table:
    """The table with its words as they would stand in the text; line ends inside cells stay."""

    def words(row: tuple[str, ...]) -> tuple[str, ...]:
        return tuple("\n".join(map(folded, cell.split("\n"))) for cell in row)

    return replace(
        table,
        caption=words((table.caption,))[0],
        header=words(table.header),
        header_rows=tuple(map(words, table.header_rows)),
        rows=tuple(map(words, table.rows)),
    )
