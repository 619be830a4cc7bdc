"""Whether a report is one of a government: it has no areas, plans for its own year, and is read by rules of its own."""

from __future__ import annotations

import re

_NAMED = re.compile(r"政府工作报告")
_ADDRESSED = re.compile(r"^\s*各位代表[：:]", re.MULTILINE)
_TITLE_REACH, _ADDRESS_REACH = 200, 1500  # characters in which the title and the address to the delegates stand


def of_government(text: str, title: str | None = None) -> bool:
    """Whether the title, or the first lines where there is none, say 政府工作报告, or the delegates are addressed.

    >>> of_government("政 府 工 作 报 告"), of_government("贯彻政府工作报告的要求。", "学校2022年工作总结")
    (True, False)
    """
    named = re.sub(r"[^\S\n]", "", title or text[:_TITLE_REACH])
    return bool(_NAMED.search(named) or _ADDRESSED.search(text[:_ADDRESS_REACH]))
