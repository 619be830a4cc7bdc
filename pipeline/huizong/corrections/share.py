"""Which decisions belong to which report of a run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from huizong.records import Decision, Unsettled


@dataclass(frozen=True, slots=True)
class Share:
    """The decisions of each report of a run, in the order of the run, and those that belong to none."""

    of: tuple[tuple[Decision, ...], ...]
    homeless: tuple[Unsettled, ...] = ()


def share(files: Sequence[tuple[str, str]], decisions: Sequence[Decision]) -> Share:
    """Deals out decisions to `files` (name, sha256): to every copy of the file they were made on, else to the one of its name."""
    of: list[list[Decision]] = [[] for _ in files]
    homeless: list[Unsettled] = []
    for decision in decisions:
        anchor = decision.anchor
        name = Path(anchor.report).name
        same = [at for at, (_, sha256) in enumerate(files) if sha256 == anchor.sha256]
        at = same or [at for at, (path, _) in enumerate(files) if Path(path).name == name]
        if not same and len(at) != 1:
            told = f"有 {len(at)} 份报告都叫“{name}”" if at else f"这次的结果里没有报告“{name}”"
            homeless.append(Unsettled(decision=decision, reason=told))
            continue
        for place in at:
            of[place].append(decision)
    return Share(tuple(map(tuple, of)), tuple(homeless))
