"""`python -m huizong`: the same as the command `huizong`."""

from __future__ import annotations

from huizong.cli import main

main()
