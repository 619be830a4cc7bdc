"""A list number in the formats of Word (ST_NumberFormat, ECMA-376 part 1, 17.18.59), as the words that Word prints."""

from __future__ import annotations

_DIGITS = "零一二三四五六七八九"
_LEGAL = {
    "chineseLegalSimplified": ("零壹贰叁肆伍陆柒捌玖", "拾", "佰"),
    "ideographLegalTraditional": ("零壹貳參肆伍陸柒捌玖", "拾", "佰"),
}
_COUNTED = {
    "chineseCounting", "chineseCountingThousand", "japaneseCounting", "koreanCounting", "taiwaneseCounting",
    "taiwaneseCountingThousand",
}  # fmt: skip
_DIGIT_BY_DIGIT = {
    "ideographDigital", "japaneseDigitalTenThousand", "koreanDigital2", "taiwaneseDigital",
}  # fmt: skip
_LETTERS = {"lowerLetter": "abcdefghijklmnopqrstuvwxyz", "upperLetter": "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
_SEQUENCES = {
    "ideographTraditional": "甲乙丙丁戊己庚辛壬癸",
    "ideographZodiac": "子丑寅卯辰巳午未申酉戌亥",
    "ideographEnclosedCircle": "㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉",
    "decimalEnclosedCircle": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚㉛㉜㉝㉞㉟㊱㊲㊳㊴㊵㊶㊷㊸㊹㊺㊻㊼㊽㊾㊿",
    "decimalEnclosedFullstop": "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛",
    "decimalEnclosedParen": "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇",
}
_SEQUENCES["decimalEnclosedCircleChinese"] = _SEQUENCES["decimalEnclosedCircle"]
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
    (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_GREATEST_LETTERED = 780
"""Word repeats a letter at most thirty times; greater numbers (and Roman ones from 4000) are printed as digits."""


def chinese(number: int, digits: str = _DIGITS, ten: str = "十", hundred: str = "百") -> str:
    """A number below 1000 as Chinese outlines write it; others as digits.

    >>> [chinese(n) for n in (3, 10, 12, 20, 21, 105, 110)]
    ['三', '十', '十二', '二十', '二十一', '一百零五', '一百一十']
    """
    if not 0 < number < 1000:
        return str(number)
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = digits[hundreds] + hundred if hundreds else ""
    if tens:
        text += ("" if tens == 1 and not hundreds and ten == "十" else digits[tens]) + ten
    elif hundreds and ones:
        text += digits[0]
    return text + (digits[ones] if ones else "")


def formatted(number: int, style: str) -> str:
    """`number` in a numFmt of Word; decimal for formats that Chinese reports do not use, "" for bullets and none.

    >>> [formatted(11, style) for style in ("chineseCounting", "ideographDigital", "chineseLegalSimplified", "upperRoman")]
    ['十一', '一一', '壹拾壹', 'XI']
    """
    if style in {"bullet", "none"}:
        return ""
    if style in _COUNTED:
        return chinese(number)
    if style in _LEGAL:
        return chinese(number, *_LEGAL[style])
    if style in _DIGIT_BY_DIGIT:
        return str(number).translate(str.maketrans("0123456789", "〇" + _DIGITS[1:]))
    if style in _LETTERS and 0 < number <= _GREATEST_LETTERED:
        times, letter = divmod(number - 1, 26)
        return _LETTERS[style][letter] * (times + 1)
    if style in _SEQUENCES and 0 < number <= len(_SEQUENCES[style]):
        return _SEQUENCES[style][number - 1]
    if style in {"lowerRoman", "upperRoman"} and 0 < number < 4000:
        roman = _roman(number)
        return roman.upper() if style == "upperRoman" else roman
    if style in {"decimalFullWidth", "decimalFullWidth2"}:
        return str(number).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    if style == "numberInDash":
        return f"- {number} -"
    return f"{number:02d}" if style == "decimalZero" else str(number)


def _roman(number: int) -> str:
    text = ""
    for step, letters in _ROMAN:
        while number >= step:
            text, number = text + letters, number - step
    return text
