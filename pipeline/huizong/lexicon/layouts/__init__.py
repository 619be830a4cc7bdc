"""The packaged layouts of the tables (TOML that people edit); `tables.layouts` reads and checks them."""

from __future__ import annotations

from functools import cache
from importlib import resources


@cache
def packaged_layouts() -> dict[str, str]:
    """Name of a layout → its file below `lexicon`, sorted by name."""
    names = (entry.name for entry in resources.files(__package__).iterdir())
    return {name.removesuffix(".toml"): f"layouts/{name}" for name in sorted(names) if name.endswith(".toml")}
