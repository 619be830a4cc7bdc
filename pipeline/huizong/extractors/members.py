"""Counts of the members of a body that is formed in the same clause: they are those of that body, not of one of its founders."""

from __future__ import annotations

import re
from dataclasses import replace

from huizong.records import Count, Sentence

_FORMED = re.compile(
    r"[^，。；：！？“”]{0,12}(?:共同)?(?:组成|组建|成立|发起成立|发起|结成|建立)了?[“\"]?"
    r"(?P<body>[^，。；：！？“”\"的了、]{0,16}(?:联盟|共同体|协作体|联合体|协作组|职教集团|教育集团))"
)
_MEMBERS = re.compile(r"(?:院校|高校|学校|学院|企业|公司|单位|机构|医院)$")
_UNITS = frozenset({"所", "家", "个"})
_OWNED = re.compile(r"归属：[^；]*$")


def give_to_formed_body(text: str, sentence: Sentence, count: Count) -> Count:
    """`count` with the body as its `subject` where its things come together in one; any other count as it is.

    “我校与A及其他十余所高校共同组成教学联盟”: the ten and more belong to 教学联盟.
    """
    if count.table is not None or count.unit not in _UNITS or not _MEMBERS.search(count.object or ""):
        return count
    formed = _FORMED.match(text, count.span.end, sentence.span.end)
    if formed is None or not (formed["body"] and count.subject):
        return count
    reason = _OWNED.sub("", count.reason) + f"归属：合起来的“{formed['body']}”"
    return replace(count, subject=formed["body"], reason=reason)
