"""Where a numeral stands in plain characters (`chinese.plain`), as one pattern with a named group for each way of writing."""

from __future__ import annotations

import re

ARABIC = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d,])|\d+(?:\.\d+)?)"
CHINESE = r"[零一二三四五六七八九十百千万亿两廿卅]+"
# 三点四十 is a time: decimals are digits one by one.
CHINESE_DECIMAL = rf"{CHINESE}(?:点[零一二三四五六七八九]+(?![十百千零一二三四五六七八九]))?"
# 来 and 几 belong to the numeral only before a unit or a scale: 三千来棵, 十几通.
COUNTED = "个名人年天万亿所家项次场号册件条本套台张篇份吨亩种间部户辆幅棵株通轮批位门处起回趟元块岁"
MORE = rf"余|来(?=[{COUNTED}多])|多(?!样|元[化主]|层次|于)|几(?=[{COUNTED}]|$)"
# 千 and 百 belong to the unit in 千瓦, 千米, 千克, 百分点.
SCALE = r"(?P<thousand>[十百千](?=万|亿)|[百千](?![分克瓦米卡赫焦帕伏安兆升字]))?(?P<scale>万亿|万(?!能|户侯|里长)|亿)?"
# 1亿2000万, 3万5千, 100万三千, 2千零30万: digits and units by turns. At the end 3万4000, but not the year of 3万2021年.
GROUP = r"零?(?:\d{1,4}|[一两二三四五六七八九])(?:[十百千]?[余多]?[万亿](?!能)|[十百千])"
REST = r"(?:零\d{1,3}|\d{3,4})(?![\d.,:：%/年月日级届至到多余百千万亿－–—~～-])"
MIXED = rf"(?P<head>\d{{1,4}}(?:千?万|千?亿|[百千]))(?:(?:{GROUP})+(?:{REST})?|{REST})"

# The characters that any numeral begins with.
OPENS = re.compile(r"[\d零一二三四五六七八九十百千万亿两廿卅半几数好]")
NUMBER = re.compile(
    rf"""(?P<dotted>\d+(?:\.\d+){{2,}})
    |百分之(?P<sign>[负－−-])?(?P<percent>{ARABIC}|{CHINESE_DECIMAL})
    |(?P<all>百分百)
    |(?:(?P<whole>{ARABIC}|{CHINESE})又)?(?P<below>{ARABIC}|{CHINESE})分之(?P<above>{ARABIC}|{CHINESE_DECIMAL})
    |(?P<left>{ARABIC})(?:[:：∶]|[ ][:：∶][ ])(?P<right>{ARABIC})(?P<third>(?:[:：∶]|[ ][:：∶][ ]){ARABIC})?
    |(?<![/／])(?P<top>\d+)[/／](?P<bottom>\d+)(?![/／\d])
    |(?P<mixed>{MIXED})(?P<more3>{MORE})?
    |(?:(?P<factor>\d+)[ ]?[×xX*][ ]?)?(?P<arabic>{ARABIC})[ ]?(?:(?P<more1>{MORE})(?=万|亿))?{SCALE}
       (?P<more>{MORE})?(?P<late>万亿|万|亿)?
    |(?P<half>(?<![一二两三四五六七八九十个年天点大多前上下\d])半(?=个?小时|个月|个学期))
    |(?P<vague>[几数](?=[十百千万亿])|好几(?=[十百千万亿]))?(?P<chinese>{CHINESE_DECIMAL})(?P<more2>{MORE})?(?P<late2>万亿|万|亿)?
    """,
    re.VERBOSE,
)
# 千 and 百 that end a run which is no number with them are of the unit: 一百|千瓦, 二十五|千克, 七十|百分位.
OF_UNIT = re.compile(r"千(?=[瓦米克卡赫焦帕伏安兆升])|百(?=[分帕])")
JOIN = re.compile(r"[ ]?(?:-{1,2}|[－–—]{1,2}|[~～]|至|到)[ ]?(?:百分之)?")
PERCENT = re.compile(r"[ ]?%")
# Two digits side by side are a guess between them: 七八十, 一两天, 三五家, 十五六人; 三两 says two or three.
ADJACENT = re.compile(
    r"^((?:[一二两三四五六七八九]?[万千百十])+)?([一两二三四五六七八])([两二三四五六七八九])([十百千万亿]*)$"
)
