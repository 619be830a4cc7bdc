"""What became of a form, told in Chinese: headings matched, left blank and not understood, fields, rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class TableOutcome:
    """A table that was filled: `matched` (heading, column of the sheet), `left` known but not in reports, `unknown` headings."""

    place: str
    sheet: str
    matched: tuple[tuple[str, str], ...]
    left: tuple[str, ...]
    unknown: tuple[str, ...]
    rows: int
    added: int
    notes: tuple[str, ...] = ()

    def lines(self) -> Iterator[str]:
        """Chinese lines for the user."""
        if not self.rows and self.notes:
            yield f"{self.place}：没有填（表头像“{self.sheet}”）。"
        else:
            added = f"，其中新增 {self.added} 行" if self.added else ""
            yield f"{self.place}：按“{self.sheet}”填了 {self.rows} 行{added}。"
        yield "  对上：" + "，".join(head if head == column else f"{head}→{column}" for head, column in self.matched)
        if self.left:
            yield f"  留空：{'、'.join(self.left)}（报告结果里没有这些内容，请人工填写）"
        if self.unknown:
            yield f"  没对上：{'、'.join(self.unknown)}（留空；同义写法可加进 forms.toml）"
        for note in self.notes:
            yield f"  注意：{note}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A filled form: where it was written, its tables, its single fields (label, value), the labels left blank."""

    path: Path
    tables: tuple[TableOutcome, ...]
    fields: tuple[tuple[str, str], ...]
    left: tuple[str, ...]
    notes: tuple[str, ...]

    def lines(self) -> Iterator[str]:
        """Chinese lines for the user."""
        for table in self.tables:
            yield from table.lines()
        if self.fields:
            yield "单项：" + "；".join(f"{label}＝{value}" for label, value in self.fields)
        if self.left:
            yield f"单项留空：{'、'.join(dict.fromkeys(self.left))}（请人工填写）"
        for note in self.notes:
            yield f"注意：{note}"
