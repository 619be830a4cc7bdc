"""The sheets of the layout as files of their own: CSV for every program, Parquet for analysts. One pass over the reports."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Protocol

from huizong.errors import MissingParquet
from huizong.export.plain import csv_value
from huizong.store import cannot_write
from huizong.tables.fields import NUMBERS
from huizong.tables.layouts import Layout, LayoutSheet

if TYPE_CHECKING:
    from huizong.tables import Results
    from huizong.tables.cells import Row

FOLDER = "表格"
_GROUP = 20_000  # rows of a row group of Parquet: held in memory until they are written


class _Sheet(Protocol):
    """A file that takes the rows of one sheet."""

    def add(self, rows: Sequence[Row]) -> None: ...

    def close(self) -> None: ...


class _Csv:
    """UTF-8 with a byte order mark, as Excel and WPS want it; text cannot become a formula."""

    def __init__(self, path: Path, layout: LayoutSheet) -> None:
        self._fields = layout.fields
        self._file: IO[str] = path.open("w", encoding="utf-8-sig", newline="")
        self._writer = csv.writer(self._file, lineterminator="\r\n")
        self._writer.writerow(layout.names)

    def add(self, rows: Sequence[Row]) -> None:
        self._writer.writerows([csv_value(row.get(field)) for field in self._fields] for row in rows)

    def close(self) -> None:
        self._file.close()


class _Parquet:
    """A column of numbers is of numbers, every other of text."""

    def __init__(self, path: Path, layout: LayoutSheet) -> None:
        arrow, parquet = _arrow()
        kinds = {int: arrow.int64(), float: arrow.float64(), str: arrow.string()}
        self._columns = [(c.field, NUMBERS.get(c.field, str)) for c in layout.columns]
        pairs = [(name, kinds[kind]) for name, (_, kind) in zip(layout.names, self._columns, strict=True)]
        self._schema = arrow.schema(pairs)
        self._arrow, self._rows = arrow, list[Sequence[object]]()
        self._file = parquet.ParquetWriter(path, self._schema)

    def add(self, rows: Sequence[Row]) -> None:
        for row in rows:
            values = ((row.get(field), kind) for field, kind in self._columns)
            self._rows.append([None if value is None else kind(value) for value, kind in values])
        if len(self._rows) >= _GROUP:
            self._flush()

    def close(self) -> None:
        self._flush()
        self._file.close()

    def _flush(self) -> None:
        if self._rows:
            columns = list(map(list, zip(*self._rows, strict=True)))
            self._file.write_table(self._arrow.table(columns, schema=self._schema))
            self._rows.clear()


KINDS: Mapping[str, Callable[[Path, LayoutSheet], _Sheet]] = {"csv": _Csv, "parquet": _Parquet}
"""What the sheets can be written as, besides the workbook; the words are the endings of the files."""


def check_kinds(kinds: Sequence[str]) -> None:
    """Nothing, when all kinds can be written. Raises `MissingParquet` where pyarrow is not installed."""
    if "parquet" in kinds:
        _arrow()


class FlatTables:
    """Files in `folder`, one a sheet of `layout` and kind, named like the sheet, that take rows as they come. Use it in a `with`.

    Raises `OutputError` where one cannot be written, `MissingParquet` for Parquet without pyarrow.
    """

    def __init__(self, layout: Layout, folder: Path, kinds: Sequence[str]) -> None:
        self._folder = folder
        self._files: list[tuple[str, _Sheet]] = []
        with self._told():
            folder.mkdir(parents=True, exist_ok=True)
            for sheet in layout.sheets:
                for kind in dict.fromkeys(kinds):
                    file = KINDS[kind](folder / f"{sheet.name}.{kind}", sheet)
                    self._files.append((sheet.table, file))

    def __enter__(self) -> FlatTables:
        return self

    def __exit__(self, *error: object) -> None:
        with self._told(), ExitStack() as stack:
            for _, file in self._files:
                stack.callback(file.close)

    def add(self, table: str, rows: Sequence[Row]) -> None:
        """Takes rows of one table."""
        with self._told():
            for own, file in self._files:
                if own == table:
                    file.add(rows)

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise cannot_write(self._folder, error, "Excel 或 WPS") from error


def write_flat(results: Results, folder: Path, kinds: Sequence[str]) -> None:
    """Writes the files of all reports in one pass. Raises what `FlatTables` does."""
    with FlatTables(results.layout, folder, kinds) as files:
        for report in results.by_report():
            for table, rows in report.tables.items():
                files.add(table, list(rows))


def _arrow() -> tuple[Any, Any]:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise MissingParquet(
            "写 Parquet 要用 pyarrow，这台电脑上还没有装。", advice="装一次即可：pip install 'huizong[parquet]'"
        ) from error
    return pyarrow, pyarrow.parquet
