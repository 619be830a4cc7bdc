"""How much work a file turns out to be, told while it is read, so that whoever waits for it knows how long to wait.

Readers call `announce` as they go; nobody need listen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Workload:
    """What is begun: pages to be read, pages to be recognised from their pictures, conversions by an office program."""

    pages: int = 0
    pictures: int = 0
    conversions: int = 0


_listener: ContextVar[Callable[[Workload], None] | None] = ContextVar("listener", default=None)


def announce(*, pages: int = 0, pictures: int = 0, conversions: int = 0) -> None:
    """Tells whoever listens that this much more is begun."""
    listener = _listener.get()
    if listener is not None:
        listener(Workload(pages=pages, pictures=pictures, conversions=conversions))


@contextmanager
def heard_by(listener: Callable[[Workload], None]) -> Iterator[None]:
    """`listener` is told of all work that is begun within the block, then who listened before. It may raise to stop the work."""
    outer = _listener.get()

    def both(work: Workload) -> None:
        listener(work)
        if outer is not None:
            outer(work)

    token = _listener.set(both)
    try:
        yield
    finally:
        _listener.reset(token)
