"""Invented tables: cells with their spans, and the filled grid that a reader should get."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

_NAMES = (
    "招生专业|专任教师|双师型教师|校外实训基地|合作企业|省级精品课程|横向到账经费|专利授权|社会培训|"
    "毕业生就业|技能大赛获奖|党支部|志愿服务|结对帮扶项目|教学资源库|产业学院|实训室|图书馆藏书|助学金发放|国际交流项目"
).split("|")
_UNITS = "个|人|%|门|家|项|万元|件|人次|场".split("|")
_TASKS = (
    "修订人才培养方案并组织专家论证",
    "开展教师下企业实践锻炼",
    "建设共享型实训基地",
    "组织学生参加职业技能竞赛",
    "推进课程思政示范课建设",
    "落实党支部标准化规范化建设",
    "完善内部质量保证体系，开展专业诊改",
    "拓展校企合作，共建产业学院",
    "做好毕业生就业跟踪服务",
)
_DEPTS = "教务处|学工处|人事处|科研处|团委|后勤处|招就处|质管办".split("|")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A drawn cell: 0-based place of its upper left corner, how many rows and columns it covers, its words."""

    row: int
    column: int
    words: str
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table: relative widths of its columns, its cells, how many rows are its header."""

    caption: str
    widths: tuple[float, ...]
    cells: tuple[Cell, ...]
    header_rows: int = 1

    @property
    def height(self) -> int:
        """The number of rows."""
        return max(cell.row + cell.rows for cell in self.cells)

    def filled(self) -> list[list[str]]:
        """The words of every place of the grid, merged cells repeated over the places they cover."""
        rows = [["" for _ in self.widths] for _ in range(self.height)]
        for cell in self.cells:
            for row in range(cell.row, cell.row + cell.rows):
                for column in range(cell.column, cell.column + cell.columns):
                    rows[row][column] = cell.words
        return rows


def indicators(random: Random, caption: str, year: int, rows: int) -> Grid:
    """指标 | 单位 | last year | this year | 增减: short cells, one line each."""
    grid: list[tuple[str, ...]] = [("指标", "单位", f"{year - 1}年", f"{year}年", "增减")]
    for at in range(rows):
        before, change = random.randint(10, 900), random.randint(-9, 90)
        name = _NAMES[at % len(_NAMES)] + ("" if at < len(_NAMES) else f"（{at // len(_NAMES) + 1}）")
        grid.append((name, random.choice(_UNITS), str(before), str(before + change), f"{change:+d}"))
    return Grid(caption=caption, widths=(3, 1.2, 1.4, 1.4, 1.2), cells=_plain(grid))


def tasks(random: Random, caption: str, rows: int) -> Grid:
    """序号 | 任务 | 责任部门 | 完成情况: long cells that are wrapped; `rows` decides over how many pages it goes."""
    grid: list[tuple[str, ...]] = [("序号", "工作任务", "责任部门", "完成情况", "数量")]
    for at in range(rows):
        done = f"已完成，累计{random.choice(('投入', '服务', '培训'))}{random.randint(20, 900)}{random.choice(('万元', '人次', '学时'))}"
        state = f"{done}，{random.choice(_TASKS)}。" if random.random() < 0.5 else done
        count = f"{random.randint(2, 99)}{random.choice(_UNITS[:1] + _UNITS[3:6])}"
        grid.append((str(at + 1), random.choice(_TASKS), random.choice(_DEPTS), state, count))
    return Grid(caption=caption, widths=(0.7, 3, 1.2, 3.4, 0.9), cells=_plain(grid))


def merged(random: Random, caption: str, year: int, groups: int) -> Grid:
    """A header of two rows with merged years, and groups of rows under one merged first cell; a merged last row."""
    cells = [
        Cell(row=0, column=0, words="类别", rows=2),
        Cell(row=0, column=1, words="项目", rows=2),
        Cell(row=0, column=2, words=f"{year - 1}年", columns=2),
        Cell(row=0, column=4, words=f"{year}年", columns=2),
        *(Cell(row=1, column=2 + at, words=words) for at, words in enumerate(("数量", "占比", "数量", "占比"))),
    ]
    row = 2
    for group in range(groups):
        size = random.randint(2, 4)
        cells.append(Cell(row=row, column=0, words=_DEPTS[group % len(_DEPTS)], rows=size))
        for at in range(row, row + size):
            cells.append(Cell(row=at, column=1, words=random.choice(_NAMES)))
            values = (random.randint(1, 400), random.randint(10, 990) / 10, random.randint(1, 400), 12.5)
            cells.extend(Cell(row=at, column=2 + n, words=f"{v}%" if n % 2 else str(v)) for n, v in enumerate(values))
        row += size
    cells.append(Cell(row=row, column=0, words="合计", columns=2))
    cells.extend(Cell(row=row, column=2 + n, words=str(random.randint(100, 2000))) for n in range(4))
    return Grid(caption=caption, widths=(1.3, 2.4, 1, 1, 1, 1), cells=tuple(cells), header_rows=2)


def _plain(grid: list[tuple[str, ...]]) -> tuple[Cell, ...]:
    return tuple(Cell(row=y, column=x, words=words) for y, row in enumerate(grid) for x, words in enumerate(row))
