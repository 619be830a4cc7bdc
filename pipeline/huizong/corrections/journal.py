"""decisions.jsonl: every decision ever taken in a folder of results, one a line, nothing taken out; an undone one has a line more."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from huizong.errors import DamagedDocument
from huizong.records import Act, Decision, Undone

if TYPE_CHECKING:
    from pydantic import TypeAdapter

JOURNAL = "decisions.jsonl"
SCHEMA = 1


@dataclass(frozen=True, slots=True)
class Journal:
    """All that was decided, in order."""

    decisions: tuple[Decision, ...] = ()
    undone: tuple[Undone, ...] = ()

    @property
    def next_number(self) -> int:
        """The number of the next decision."""
        return max((d.number for d in self.decisions), default=0) + 1

    def standing(self) -> tuple[Decision, ...]:
        """The decisions that hold: not undone, and of those about the same cell only the last."""
        gone = {u.number for u in self.undone}
        last: dict[tuple[str, ...], Decision] = {}
        for decision in self.decisions:
            if decision.number not in gone:
                key = subject(decision)
                last.pop(key, None)  # so that the order is that of the last word
                last[key] = decision
        return tuple(last.values())


def subject(decision: Decision) -> tuple[str, ...]:
    """What a decision is about: two with the same subject cannot both hold."""
    anchor = decision.anchor
    place = (anchor.sha256, anchor.id)
    if decision.act is Act.CHANGE:
        return (*place, decision.column)
    return (*place, "需核") if decision.act is Act.CONFIRM else place


def read_journal(folder: Path) -> Journal:
    """The journal in the folder of results, empty when there is none. Raises `DamagedDocument` for lines that cannot be read."""
    path = folder / JOURNAL
    if not path.is_file():
        return Journal()
    entries: list[Decision | Undone] = []
    try:
        for line in path.read_text(encoding="utf-8").split("\n"):
            if line.strip():
                entries.append(_read(line))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise DamagedDocument(
            f"人工修改的记录“{path}”第 {len(entries) + 1} 条读不了：{' '.join(str(error).split())[:120]}。",
            advice="请从备份恢复这个文件；实在没有，把它改名后再运行（其中的人工修改就不再生效）。",
            path=path,
        ) from error
    return Journal(
        tuple(e for e in entries if isinstance(e, Decision)), tuple(e for e in entries if isinstance(e, Undone))
    )


def _read(line: str) -> Decision | Undone:
    entry = json.loads(line)
    schema = entry.pop("schema", None)
    if schema != SCHEMA:
        raise ValueError(f"格式号是 {schema}，这个版本只认 {SCHEMA}")
    if "undo" in entry:
        return Undone(number=entry["undo"], by=entry["by"], when=entry["when"])
    return _adapter().validate_python(entry)


def journal_lines(entries: Iterable[Decision | Undone]) -> str:
    """The lines of these entries, each with the number of the schema, empty fields left out.

    Raises `ValueError` for an entry that could not be read back: a journal that cannot be read stops every later run.
    """
    lines = [json.dumps(_entry(e), ensure_ascii=False, allow_nan=False) for e in entries]
    for line in lines:
        _read(line)
    return "".join(line + "\n" for line in lines)


def _entry(entry: Decision | Undone) -> dict[str, Any]:
    if isinstance(entry, Undone):
        return {"schema": SCHEMA, "undo": entry.number, "by": entry.by, "when": entry.when}
    return {"schema": SCHEMA} | _slim(asdict(entry))


def _slim(values: dict[str, Any]) -> dict[str, Any]:
    """Without what is empty anyway; cells keep their empty values."""
    slim: dict[str, Any] = {}
    for name, value in values.items():
        if name in ("anchor", "cells") and isinstance(value, dict):
            slim[name] = _slim(value) if name == "anchor" else value
        elif name in ("parts", "refs"):
            slim[name] = [_slim(part) for part in value]
        elif name == "id" or (value is not None and value != ""):
            slim[name] = value
    return {name: value for name, value in slim.items() if value not in ([], {}, ())}


@cache
def _adapter() -> TypeAdapter[Decision]:
    from pydantic import TypeAdapter

    return TypeAdapter(Decision)
