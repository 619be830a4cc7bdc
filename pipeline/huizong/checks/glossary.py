"""Where the explanations of terms begin that government reports append: they explain plans, but are none."""

from __future__ import annotations

import re

_ENTRY = re.compile(r"\s*\d{1,2}\s*[、.．][^\n：:]{1,40}[：:]")
_DEFINES = re.compile(r"[：:](?:[^。\n]{0,12}(?:是指|指(?![导标引数示挥定南向]))|全称|简称)")
_HEADING = re.compile(
    r"^[ \u3000]*(?:附注|附?[：:]?(?:有关)?(?:名词|术语|词语|用语)(?:解释|注释|说明))[：:]?\s*\n"
    r"(?=\s*1\s*[、.．][^\n：:]{1,40}[：:])",
    re.MULTILINE,
)
_LEAST = 3
_SHARE = 6
_LINES = re.compile(r"[^\n]*\S[^\n]*")


def glossary_start(text: str) -> int:
    r"""The offset of the first of the numbered explanations at the end of a report; the length of the text where there are none.

    They stand under their heading (名词解释, 附注); without one they are the last paragraphs, most of them an entry
    (2、物联网：是指…), and a sixth of the entries, three at least, define something.

    >>> text = "将建成站点3个。\n1、甲网：是指一种网。\n2、乙云：全称乙云平台。\n3、丙圈：指丙地。"
    >>> text[glossary_start(text) :][:5], glossary_start("1、师资：引进博士3名。") == 12
    ('1、甲网：', True)
    >>> text = "将建成站点3个。\n名词解释\n1.甲网：市里的一种网。\n责任编辑：某"
    >>> text[glossary_start(text) :][:4]
    '名词解释'
    """
    headed = [found.start() for found in _HEADING.finditer(text)]
    if headed:
        return headed[-1]
    start, entries, others, defining = len(text), 0, 0, 0
    for line in reversed(list(_LINES.finditer(text))):
        if _ENTRY.match(line.group()):
            entries += 1
            defining += _DEFINES.search(line.group()) is not None
            start = line.start()
        else:
            others += 1
            if others > entries // 2 + 1:
                break
    return start if defining >= _LEAST and _SHARE * defining >= entries else len(text)
