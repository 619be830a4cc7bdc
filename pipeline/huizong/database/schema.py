"""The tables of the database, the same in SQLite and PostgreSQL, and how older ones become those of today.

A `collection` is an output folder; its `files` are the rows of run.json, and a file that was read is a `report` with its findings.
Findings carry what they stand on: `quote` or `text`, 0-based `start` and exclusive `end_` into `reports.text` (for a count with a
`table_no` into the words of that cell), and `page` from 1 on. They are as people corrected them. Enumerated values are those of the
JSON (`kind`: measure, achievement, issue, plan …).
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    inspect,
    select,
)

VERSION = 1
METADATA = MetaData()

schema = Table("huizong_schema", METADATA, Column("version", Integer, nullable=False))

collections = Table(
    "collections",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("stamp", String(64)),
)

runs = Table(
    "runs",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("collection_id", ForeignKey("collections.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("version", Text, nullable=False),
    Column("settings", Text, nullable=False),
    Column("model", Text, nullable=False),
    Column("started", Text, nullable=False),
    Column("seconds", Float, nullable=False),
)

files = Table(
    "files",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("collection_id", ForeignKey("collections.id", ondelete="CASCADE"), nullable=False),
    Column("path", Text, nullable=False),
    Column("position", Integer, nullable=False),
    Column("sha256", String(64)),
    Column("format", Text),
    Column("pages", Integer),
    Column("status", Text, nullable=False),
    Column("cause", Text),
    Column("message", Text),
    Column("result", Text),
    Column("gone", Boolean, nullable=False),
    UniqueConstraint("collection_id", "path"),
)

reports = Table(
    "reports",
    METADATA,
    Column("file_id", ForeignKey("files.id", ondelete="CASCADE"), primary_key=True),
    Column("digest", Text, nullable=False),
    Column("school", Text, index=True),
    Column("year", Text, index=True),
    Column("title", Text),
    Column("text", Text, nullable=False),
    Column("corrected", Boolean, nullable=False),
    Column("json", LargeBinary, nullable=False),
)


def _finding(name: str, *columns: Column[object], key: bool = True) -> Table:
    """A table of findings: their report, their place in it, and `columns`."""
    own = [Column("id", String(80), primary_key=True)] if key else []
    return Table(
        name,
        METADATA,
        Column("file_id", ForeignKey("reports.file_id", ondelete="CASCADE"), primary_key=True),
        Column("position", Integer, nullable=False, primary_key=not key, autoincrement=False),
        *own,
        *columns,
    )


sections = _finding(
    "sections",
    Column("parent", Text),
    Column("level", Integer, nullable=False),
    Column("number", Text),
    Column("title", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end_", Integer, nullable=False),
    Column("page", Integer),
)

items = _finding(
    "items",
    Column("kind", Text, nullable=False),
    Column("area", Text),
    Column("text", Text, nullable=False),
    Column("section_id", Text),
    Column("start", Integer, nullable=False),
    Column("end_", Integer, nullable=False),
    Column("page", Integer),
    Column("confidence", Float, nullable=False),
    Column("reason", Text),
)

counts = _finding(
    "counts",
    Column("item_id", Text),
    Column("quote", Text, nullable=False),
    Column("value", Float, nullable=False),
    Column("high", Float),
    Column("lower", Float),
    Column("upper", Float),
    Column("unit", Text, nullable=False),
    Column("approx", Boolean, nullable=False),
    Column("object", Text),
    Column("subject", Text),
    Column("action", Text),
    Column("level", Text),
    Column("nature", Text, nullable=False),
    Column("change", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("year", Integer),
    Column("indicator", Text),
    Column("derived", Boolean, nullable=False),
    Column("table_no", Integer),
    Column("row_no", Integer),
    Column("column_no", Integer),
    Column("start", Integer, nullable=False),
    Column("end_", Integer, nullable=False),
    Column("page", Integer),
    Column("confidence", Float, nullable=False),
    Column("reason", Text),
)

tasks = _finding(
    "tasks",
    Column("item_id", Text),
    Column("area", Text),
    Column("brief", Text, nullable=False),
    Column("actor", Text),
    Column("beneficiary", Text),
    Column("time", Text),
    Column("state", Text),
    Column("effect", Text),
    Column("start", Integer, nullable=False),
    Column("end_", Integer, nullable=False),
    Column("page", Integer),
    Column("confidence", Float, nullable=False),
)

links = _finding(
    "links",
    Column("kind", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("target", Text, nullable=False),
    Column("score", Float),
    Column("reason", Text),
    key=False,
)

checks = _finding(
    "checks",
    Column("rule", Text, nullable=False),
    Column("severity", Text, nullable=False),
    Column("message", Text, nullable=False),
    Column("quote", Text),
    Column("page", Integer),
    key=False,
)

numbers = _finding(
    "numbers",
    Column("quote", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("count_id", Text),
    Column("start", Integer, nullable=False),
    Column("end_", Integer, nullable=False),
    Column("page", Integer),
    key=False,
)

decisions = Table(
    "decisions",
    METADATA,
    Column("collection_id", ForeignKey("collections.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("by_", Text, nullable=False),
    Column("when_", Text, nullable=False),
    Column("act", Text, nullable=False),
    Column("sheet", Text),
    Column("column_", Text),
    Column("before", Text),
    Column("after", Text),
    Column("report", Text),
    Column("quote", Text),
    Column("undone", Boolean, nullable=False),
)

# What people ask: one indicator over years, one thing, statements of a kind, what an issue leads to.
Index("counts_of_thing", counts.c.object, counts.c.unit)
Index("counts_of_indicator", counts.c.indicator)
Index("counts_of_item", counts.c.file_id, counts.c.item_id)
Index("items_of_kind", items.c.kind, items.c.area)
Index("links_from", links.c.file_id, links.c.source)
Index("checks_of_rule", checks.c.rule)

FINDINGS = (sections, items, counts, tasks, links, checks, numbers)


def upgrade(connection: Connection) -> int | None:
    """Makes the tables, or brings older ones up to `VERSION`; the version that was found, `None` for an empty database.

    A database of a later program is left as it is: its version, greater than `VERSION`, is given back.
    """
    if not inspect(connection).has_table(schema.name):
        METADATA.create_all(connection)
        connection.execute(schema.insert().values(version=VERSION))
        return None
    found: int = connection.execute(select(schema.c.version)).scalar_one()
    for version in range(found, VERSION):
        STEPS[version](connection)
    if found < VERSION:
        connection.execute(schema.update().values(version=VERSION))
    return found


STEPS: dict[int, Callable[[Connection], None]] = {}
"""What brings a database of the version that is the key to the next one; results stay. Empty while `VERSION` is the first."""
