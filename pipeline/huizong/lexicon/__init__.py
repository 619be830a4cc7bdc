"""Word lists as data: what a non-programmer may edit. See README.md beside this file.

Each topic has its small loader module; all read files of this folder through `read_text`.
"""

from __future__ import annotations

from functools import cache
from importlib import resources


@cache
def read_text(name: str) -> str:
    """The text of the data file `name` in this folder."""
    return resources.files(__package__).joinpath(name).read_text(encoding="utf-8")


def entries(name: str) -> list[list[str]]:
    """The tab-separated fields of each line of a word list, comments (#) and empty lines left out."""
    lines = (line.split("#", 1)[0].rstrip() for line in read_text(name).splitlines())
    return [line.split("\t") for line in lines if line.strip()]
