"""汇总.xlsx comes home: what people changed in a workbook becomes decisions that every later run follows.

`apply_workbook` reads a copy of the workbook, however it was sorted, filtered, rearranged or saved, tells what was changed since it was
written, and keeps that in the journal of the folder of results. Nothing is taken that was not changed, nothing that was changed
is left out without being told.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from huizong.corrections.journal import Journal
from huizong.errors import WorkbookError
from huizong.readback.changes import Reading, read_changes
from huizong.readback.deciding import Deciding
from huizong.readback.values import words_of
from huizong.records import Act, AnchorKind, Decision, Undone, Unsettled
from huizong.store import StoredReports, append_decisions

__all__ = ["Outcome", "apply_workbook", "decision_line", "follow_offers", "undo_decisions", "unsettled_line"]

HOW_TO_FOLLOW = "标有“最像的是”的，如果就是那一处，用 huizong apply --follow 编号 --to 结果 改到那里。"

_QUOTE = 24  # characters of the evidence in a line


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What was taken from a workbook, and what is to be told. `known` decisions had been taken before."""

    decisions: tuple[Decision, ...]
    known: int
    contradictions: tuple[str, ...]
    unsettled: tuple[Unsettled, ...]
    carried: tuple[Decision, ...]
    notes: tuple[str, ...]

    def lines(self) -> list[str]:
        """The decisions, one a line, then what is to be told."""
        lines = [decision_line(decision) for decision in self.decisions]
        lines += [f"！冲突 {line}" for line in self.contradictions]
        lines += [f"！报告已变 {unsettled_line(one)}" for one in self.unsettled]
        if any(one.offered for one in self.unsettled):
            lines.append(f"· {HOW_TO_FOLLOW}")
        lines += [f"· 报告已变，按原话找到了新位置：{decision_line(one)}" for one in self.carried]
        return lines + [f"· {note}" for note in self.notes]


def apply_workbook(
    path: Path, out: Path, *, by: str, when: str, dry_run: bool = False, whole_reports: bool = False
) -> Outcome:
    """Takes the changes of the workbook at `path` into the journal of `out`; only tells them for `dry_run`.

    Where a sheet has no row left of a report, the report was left out of this copy, unless `whole_reports` says otherwise.

    Raises `InputError` for what cannot be read, `WorkbookError` for a workbook of other reports or without what its rows are known
    by, `OutputError` where the journal cannot be written. Nothing is written then.
    """
    stored = StoredReports(out)
    reading = read_changes(path, whole_reports=whole_reports)
    _same_reports(reading, stored, path, out)
    made = Deciding(reading, stored.journal, by=by, when=when, source=path.name).decide(stored)
    journal = Journal((*stored.journal.decisions, *made.new), stored.journal.undone)
    new = {decision.number for decision in made.new}
    after = StoredReports(out, journal).corrections() if new else None
    if new and not dry_run:
        append_decisions(out, made.new)
    return Outcome(
        decisions=tuple(made.new),
        known=made.known,
        contradictions=tuple(made.contradictions),
        unsettled=tuple(u for u in after.unsettled if u.decision.number in new) if after else (),
        carried=tuple(d for d in after.carried if d.number in new) if after else (),
        notes=tuple(dict.fromkeys(made.notes)),
    )


def undo_decisions(numbers: tuple[int, ...], out: Path, *, by: str, when: str) -> tuple[Decision, ...]:
    """Takes decisions back; what they were about is as it was before them. Raises `WorkbookError` for a number that does not stand."""
    journal = StoredReports(out).journal
    gone = {undone.number for undone in journal.undone}
    there = {d.number: d for d in journal.decisions if d.number not in gone}
    for number in numbers:
        if number not in there:
            raise WorkbookError(
                f"没有第 {number} 条人工修改，或它已经撤消了。",
                advice="用 huizong apply --list --to 结果 看有哪些。",
                path=out,
            )
    append_decisions(out, [Undone(number=number, by=by, when=when) for number in numbers])
    return tuple(there[number] for number in numbers)


def follow_offers(numbers: tuple[int, ...], out: Path, *, by: str, when: str) -> tuple[Decision, ...]:
    """Moves decisions whose words are gone to what has nearly their words; the moved ones, with numbers of their own.

    Raises `WorkbookError` for a number that is followed as it is, or for which nothing is alike. Nothing is written then.
    """
    stored = StoredReports(out)
    offers = {one.decision.number: one.offered for one in stored.corrections().unsettled}
    following = stored.journal.next_number
    made: list[Decision] = []
    for number in numbers:
        offered = offers.get(number)
        if offered is None:
            told = "在报告里没有找到像的话" if number in offers else "不在没有落实的人工修改里"
            raise WorkbookError(
                f"第 {number} 条{told}，不能改到别处。", advice="用 huizong apply --list --to 结果 看有哪些。", path=out
            )
        made.append(replace(offered, number=following + len(made), by=by, when=when))
    undone = [Undone(number=number, by=by, when=when) for number in numbers]
    append_decisions(out, [entry for pair in zip(made, undone, strict=True) for entry in pair])
    return tuple(made)


def _same_reports(reading: Reading, stored: StoredReports, path: Path, out: Path) -> None:
    names, hashes = {name for name, _ in stored.sources}, {sha256 for _, sha256 in stored.sources}
    if not any(sha256 in hashes or Path(name).name in names for name, sha256 in reading.original.reports):
        told = "、".join(dict.fromkeys(name for name, _ in reading.original.reports[:3]))
        raise WorkbookError(
            f"“{path.name}”是另一批报告的（{told}），结果文件夹“{out}”里一份也没有。",
            advice="请核对 --to 后面的文件夹。",
            path=path,
        )


def decision_line(decision: Decision) -> str:
    """A decision as people read it: where, of what, from what to what."""
    anchor = decision.anchor
    head = f"[{decision.number}] {decision.table}"
    if anchor.kind is AnchorKind.REPORT:
        return f"{head} 整份报告《{anchor.report}》 {decision.column}：{words_of(decision.before)} → {words_of(decision.after)}"
    place = f"《{anchor.report}》{f'第{anchor.page}页' if anchor.page else ''}{_about(decision)}"
    if decision.act is Act.DELETE:
        return f"{head} 删去一行 {place}"
    if decision.act is Act.ADD:
        found = "" if decision.target else "（原文里没有找到这些话，记为人工补充）"
        told = "；".join(f"{column}={words_of(value, 30)}" for column, value in decision.cells.items())
        return f"{head} 加一行{found} 《{anchor.report}》 {told}"
    if decision.act is Act.CONFIRM:
        return f"{head} 核过（需核去掉） {place}"
    return f"{head} {place} {decision.column}：{words_of(decision.before)} → {words_of(decision.after)}"


def _about(decision: Decision) -> str:
    anchor = decision.anchor
    if anchor.kind is AnchorKind.PAIR:
        words = "—".join(part.quote[:_QUOTE] or "（无）" for part in anchor.parts)
    elif anchor.kind is AnchorKind.CHECK:
        words = "；".join(part.quote[:_QUOTE] for part in anchor.parts[:2]) or anchor.within[:_QUOTE]
    elif anchor.kind is AnchorKind.COUNT:
        words = f"{anchor.quote}（{anchor.within[:_QUOTE]}…）"
    elif anchor.kind is AnchorKind.ROW:
        words = "人工补充的行"
    else:
        words = anchor.quote[:_QUOTE] + ("…" if len(anchor.quote) > _QUOTE else "")
    return f"“{words}”"


def unsettled_line(one: Unsettled) -> str:
    """A decision that could not be followed, and why."""
    return f"{one.reason}，这一条没有落实，仍然留着：{decision_line(one.decision)}"
