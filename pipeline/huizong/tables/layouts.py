"""Layouts: which sheets and columns the tables have, in which order, under which names and how wide, as TOML that people edit.

The packaged ones lie in `lexicon/layouts`; their comments say what each key is for. A layout names the fields of `fields.py`.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NoReturn

from huizong.errors import SettingsError
from huizong.lexicon import read_text
from huizong.lexicon.layouts import packaged_layouts
from huizong.settings import ROWS
from huizong.tables.columns import COLUMNS
from huizong.tables.fields import HIDDEN, fields

DEFAULT = "结对帮扶"
MAIN = "汇总表"
GROUPS = ("none", "area", "heading")
NOTES = "说明"
"""The last sheet of every workbook that is seen; it is no part of a layout."""
ORIGINAL = "底稿"
"""The hidden sheet that holds all rows as they were written."""
_TAKEN = (NOTES, ORIGINAL, "History")  # the last is kept by Excel for itself

_WIDEST, _LONGEST_NAME = 120, 31
_NOT_IN_NAMES = set('[]:*?/\\<>|"')
_SHOWN = 40
_KEYS = {"name", "rows", "group", "word", "sheets"}
_ADVICE = "可先用 huizong layout 结对帮扶 -o 我的版式.toml 得到一份带注释的，再改。"


@dataclass(frozen=True, slots=True, kw_only=True)
class LayoutColumn:
    """A column: the field that feeds it, its heading, and its width (`None`: as usual for the field)."""

    field: str
    name: str
    width: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LayoutSheet:
    """A sheet: the table that feeds it (a key of `COLUMNS`), its name, its columns from left to right."""

    table: str
    name: str
    columns: tuple[LayoutColumn, ...]

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields of the columns."""
        return tuple(column.field for column in self.columns)

    @property
    def names(self) -> tuple[str, ...]:
        """The headings of the columns."""
        return tuple(column.name for column in self.columns)


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """What the tables of a run look like.

    `rows` is `task` or `project`: what a row of 汇总表 is; `group` what its rows are brought together by (`none`: they stay in
    the order of the report). `word` is the table of 汇总.docx, under `title`; its widths are parts of the whole. `widened` says
    that its widths are for a row a task, but a row is a project, whose tasks stand in one cell.
    """

    name: str
    rows: str
    group: str
    title: str
    word: tuple[LayoutColumn, ...]
    sheets: tuple[LayoutSheet, ...]
    widened: bool = False

    def sheet(self, name: str) -> LayoutSheet:
        """The sheet called `name`, else the first fed by the table of that name. Raises `SettingsError` when there is none."""
        for sheet in (*(s for s in self.sheets if s.name == name), *(s for s in self.sheets if s.table == name)):
            return sheet
        _unknown(f"版式“{self.name}”里没有“{name}”这张表。", name, [s.name for s in self.sheets])


@cache
def default_layout() -> Layout:
    """The layout of a run that asks for none."""
    return read_layout(DEFAULT)


def read_layout(name: str, rows: str = "") -> Layout:
    """The packaged layout called `name`, or that of the TOML file `name`; `rows` in the place of what it says itself.

    Raises `SettingsError` for a layout that is not there, no TOML, or with an unknown key, table or field (naming the nearest).
    """
    name = name or DEFAULT
    words = layout_words(name)
    try:
        values = tomllib.loads(words)
    except tomllib.TOMLDecodeError as error:
        advice = "多半是少了引号、逗号或括号，或用了中文标点；请照随带的版式改。"
        raise SettingsError(f"版式文件“{name}”不是正确的 TOML：{_where(error, words)}。", advice=advice) from error
    return _Reader(name).layout(values, rows)


def layout_words(name: str) -> str:
    """The TOML of the packaged layout called `name`, or of the file. Raises `SettingsError` for one that is not there."""
    if name in packaged_layouts():
        return read_text(packaged_layouts()[name])
    if not name.lower().endswith(".toml") and not Path(name).is_file():
        _unknown(f"没有“{name}”这个版式。", name, packaged_layouts(), "自己的版式请写文件名，以 .toml 结尾。")
    try:
        return Path(name).read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise SettingsError(f"没有版式文件“{name}”。", advice=f"请检查路径。{_ADVICE}") from error
    except UnicodeDecodeError as error:
        advice = "请用记事本打开，另存时把编码选为 UTF-8。"
        raise SettingsError(f"版式文件“{name}”不是 UTF-8 编码（多半存成了 ANSI 或 GBK）。", advice=advice) from error
    except OSError as error:
        raise SettingsError(f"版式文件“{name}”读不了：{error.strerror}。", advice="请检查路径和权限。") from error


def _where(error: tomllib.TOMLDecodeError, words: str) -> str:
    """The line that cannot be read, as it stands in the file."""
    found = re.search(r"at line (\d+), column (\d+)", str(error))
    if found is None:
        return "到文件末尾还没有完，缺了引号或括号"
    line, column = int(found[1]), int(found[2])
    said = words.replace("\r\n", "\n").split("\n")[line - 1].strip()
    again = re.search("twice|overwrite|[Dd]uplicate|mutate", str(error))
    return f"第 {line} 行第 {column} 个字{'：同一项写了两遍' if again else '读不懂'}（{said[:_SHOWN]}{'…' if len(said) > _SHOWN else ''}）"


def _unknown(message: str, word: str, known: Iterable[str], more: str = "") -> NoReturn:
    """Raises the error for a word that is not in a closed list, with the nearest one that is."""
    known = list(known)
    near = difflib.get_close_matches(word, known, n=1, cutoff=0.4)
    told = f"是不是“{near[0]}”？" if near else ""
    raise SettingsError(message, advice=f"{told}可选的有：{'、'.join(known)}。{more}")


class _Reader:
    """Checks the parts of one layout; `place` is what errors call it."""

    def __init__(self, place: str) -> None:
        self._place = f"版式“{place}”"
        self._name = Path(place).stem if place.lower().endswith(".toml") else place

    def layout(self, values: Mapping[str, object], rows: str) -> Layout:
        self._keys(values, _KEYS, "")
        tables = self._list(values.get("sheets", [{"table": table} for table in COLUMNS]), "sheets")
        sheets = tuple(self._sheet(table, f"第 {n} 张表") for n, table in enumerate(tables, start=1))
        names = [sheet.name for sheet in sheets]
        if twice := _twice(names):
            self._wrong(f"有两张表都叫“{twice}”。", "每张表要有自己的名称。")
        if not sheets:
            self._wrong("里一张表也没有。", _ADVICE)
        word = self._table(values.get("word", {}), "[word]")
        self._keys(word, {"title", "columns"}, "[word] ")
        columns = self._columns(word.get("columns"), MAIN, "[word]") if "columns" in word else _printed(sheets)
        own_rows = self._choice(values, "rows", ROWS)
        return Layout(
            name=self._text(values, "name", self._name, ""),
            rows=rows or own_rows,
            widened=(rows or own_rows) == "project" != own_rows,
            group=self._choice(values, "group", GROUPS),
            title=self._text(word, "title", "工作报告汇总表", "[word] "),
            word=columns,
            sheets=sheets,
        )

    def _sheet(self, values: Mapping[str, object], where: str) -> LayoutSheet:
        self._keys(values, {"table", "name", "columns"}, where)
        table = self._text(values, "table", "", where)
        if not table:
            self._wrong(f"{where}没有写 table。", f"table 写用哪张表的内容：{'、'.join(COLUMNS)}。")
        if table not in COLUMNS:
            _unknown(f"{self._place}{where}的 table 写的是“{table}”，没有这张表。", table, COLUMNS)
        name = self._text(values, "name", table, where)
        if not name or len(name) > _LONGEST_NAME or _NOT_IN_NAMES & set(name) or name.strip("'") != name:
            self._wrong(
                f"{where}的名称“{name}”不能用。",
                f"表名不超过 {_LONGEST_NAME} 个字，不能有 {' '.join(sorted(_NOT_IN_NAMES))}。",
            )
        if _twice([*_TAKEN, name]):
            self._wrong(
                f"{where}不能叫“{name}”。",
                f"{'、'.join(f'“{n}”' for n in _TAKEN)}由程序和 Excel 自己用，请换一个名称。",
            )
        chosen = values.get("columns")
        if chosen is None:
            columns = tuple(LayoutColumn(field=f, name=f) for f in COLUMNS[table] if f != HIDDEN)
        else:
            columns = self._columns(chosen, table, f"“{name}”")
        if HIDDEN in COLUMNS[table]:
            columns = (*(c for c in columns if c.field != HIDDEN), LayoutColumn(field=HIDDEN, name=HIDDEN))
        return LayoutSheet(table=table, name=name, columns=columns)

    def _columns(self, values: object, table: str, where: str) -> tuple[LayoutColumn, ...]:
        columns = tuple(self._column(v, table, where) for v in self._list(values, f"{where}的 columns"))
        if not columns:
            self._wrong(f"{where}没有列。", "columns 里至少写一列；整张表不要时，把它的 [[sheets]] 一段删掉。")
        if twice := _twice([c.name for c in columns]):
            self._wrong(f"{where}有两列都叫“{twice}”。", "请给其中一列写上另外的 name。")
        return columns

    def _column(self, values: Mapping[str, object], table: str, where: str) -> LayoutColumn:
        self._keys(values, {"field", "name", "width"}, where)
        field = self._text(values, "field", "", where)
        if not field:
            self._wrong(f"{where}有一列没有写 field。", "field 写用哪个字段；列名写在 name 里。")
        if field not in fields(table):
            known = [name for name in fields(table) if name != HIDDEN]
            others = "、".join(other for other in COLUMNS if field in fields(other))
            told = f"它是{others}的字段，" if others else ""
            _unknown(f"{self._place}{where}写了“{field}”，{told}{table}没有这个字段。", field, known)
        width = values.get("width")
        if width is not None and (type(width) not in (int, float) or not 1 <= width <= _WIDEST):  # type: ignore[operator]
            self._wrong(f"{where}“{field}”列的 width 是 {_toml(width)}。", f"请写 1 到 {_WIDEST} 之间的数。")
        name = self._text(values, "name", field, where)
        if not name.strip():
            self._wrong(f"{where}“{field}”列的 name 是空的。", "请写列名，或删掉 name。")
        if name == HIDDEN and field != HIDDEN:
            self._wrong(f"{where}“{field}”列不能叫“{HIDDEN}”。", "这是隐藏的最后一列，apply 靠它认行；请换一个列名。")
        return LayoutColumn(field=field, name=name, width=None if width is None else float(width))  # type: ignore[arg-type]

    def _keys(self, values: Mapping[str, object], known: set[str], where: str) -> None:
        for key in values:
            if key not in known:
                _unknown(f"{self._place}{where}里没有“{key}”这一项。", key, sorted(known))

    def _choice(self, values: Mapping[str, object], key: str, known: Sequence[str]) -> str:
        chosen = self._text(values, key, known[0], "")
        if chosen not in known:
            _unknown(f"{self._place}里 {key} 写的是“{chosen}”。", chosen, known)
        return chosen

    def _text(self, values: Mapping[str, object], key: str, usual: str, where: str) -> str:
        value = values.get(key, usual)
        if not isinstance(value, str):
            self._wrong(f"{where}里 {key} 应为文字，现在是 {_toml(value)}。", "文字要放在英文引号里。")
        return value

    def _list(self, value: object, what: str) -> list[Mapping[str, object]]:
        if not isinstance(value, list) or not all(isinstance(v, dict) for v in value):
            self._wrong(f"{what}写得不对。", f"应是一串 {{ … }} 或 [[sheets]] 段落。{_ADVICE}")
        return value

    def _table(self, value: object, what: str) -> Mapping[str, object]:
        if not isinstance(value, dict):
            self._wrong(f"{what}写得不对。", _ADVICE)
        return value

    def _wrong(self, message: str, advice: str) -> NoReturn:
        raise SettingsError(f"{self._place}{message}", advice=advice)


def _printed(sheets: Sequence[LayoutSheet]) -> tuple[LayoutColumn, ...]:
    """The columns of Word where the layout says nothing of it: those of its 汇总表 that people print."""
    kept = {"可信度", "需核", "人工修改", "证据(页·原文)", "原文", HIDDEN}
    for sheet in sheets:
        if sheet.table == MAIN:
            return tuple(c for c in sheet.columns if c.field not in kept) or sheet.columns
    return tuple(LayoutColumn(field=f, name=f) for f in COLUMNS[MAIN] if f not in kept)


def _toml(value: object) -> str:
    """A value as people wrote it."""
    if isinstance(value, bool):
        return str(value).lower()
    return f'"{value}"' if isinstance(value, str) else str(value)


def _twice(names: Sequence[str]) -> str | None:
    """The first name that comes again, letters of either case being one."""
    seen: set[str] = set()
    for name in names:
        if name.casefold() in seen:
            return name
        seen.add(name.casefold())
    return None
