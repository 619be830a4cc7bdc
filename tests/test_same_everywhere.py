"""The same report gives the same JSON in every process, whatever order Python's sets and hashes have there."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

CORPUS = Path(__file__).parent.parent / "corpus" / "reports"
_PRINTED = """
import hashlib, sys
from huizong.analyze import read
from huizong.store import to_json
for path in sys.argv[1:]:
    print(hashlib.sha256(to_json(read(path).to_dict()).encode()).hexdigest())
"""


def printed(seed: str, names: tuple[str, ...]) -> str:
    """The hashes of the reports' JSON in a process whose hashes begin with `seed`."""
    command = [sys.executable, "-c", _PRINTED, *(str(CORPUS / name) for name in names)]
    surroundings = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)}
    return subprocess.run(command, env=surroundings, capture_output=True, check=True, encoding="utf-8").stdout


def test_the_order_of_hashes_changes_nothing() -> None:
    names = ("xueyuan-2023.txt", "bangfu-2021.txt", "zhiliang-2021.txt")
    first, second = printed("1", names), printed("2", names)
    assert len(first.split()) == len(names)
    assert first == second
