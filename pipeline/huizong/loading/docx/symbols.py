"""Characters of symbol fonts (w:sym) as the Unicode characters that look the same."""

from __future__ import annotations

_FONTS = {
    "wingdings": {
        0x28: "☎", 0x6C: "●", 0x6D: "○", 0x6E: "■", 0x6F: "□", 0x71: "□", 0x72: "□", 0x74: "◆", 0x75: "◆", 0x76: "❖",
        0x77: "◆", 0x9F: "•", 0xA1: "○", 0xA7: "■", 0xA8: "□", 0xAB: "★", 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE1: "↑",
        0xE2: "↓", 0xE8: "→", 0xEF: "⇦", 0xF0: "⇨", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
        **{0x80 + n: "⓪①②③④⑤⑥⑦⑧⑨⑩"[n] for n in range(11)},
        **{0x8B + n: "⓿❶❷❸❹❺❻❼❽❾❿"[n] for n in range(11)},
    },
    "wingdings 2": {
        0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0x97: "●", 0x98: "•", 0x99: "○", 0xA2: "■",
        0xA3: "□", 0xA4: "□",
        **{0x69 + n: "⓪①②③④⑤⑥⑦⑧⑨⑩"[n] for n in range(11)},
        **{0x75 + n: "⓿❶❷❸❹❺❻❼❽❾❿"[n] for n in range(11)},
    },
    "symbol": {
        0x25: "%", 0x2B: "+", 0x2D: "−", 0x3C: "<", 0x3D: "=", 0x3E: ">", 0x61: "α", 0x62: "β", 0x67: "γ", 0x64: "δ",
        0x6D: "μ", 0x70: "π", 0x73: "σ", 0x77: "ω", 0x57: "Ω", 0x44: "Δ", 0x53: "Σ", 0xA3: "≤", 0xA5: "∞", 0xAC: "←",
        0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xB0: "°", 0xB1: "±", 0xB2: "″", 0xB3: "≥", 0xB4: "×", 0xB7: "•", 0xB8: "÷",
        0xB9: "≠", 0xBB: "≈", 0xC5: "⊕", 0xDE: "⇒", 0xE5: "∑",
    },
}  # fmt: skip


def symbol(font: str, code: str) -> str:
    """The character of a w:sym (`code` in hexadecimal); "" for a picture sign that has no known likeness.

    >>> symbol("Wingdings", "F0FC"), symbol("宋体", "2461"), symbol("Wingdings", "F029")
    ('✓', '②', '')
    """
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    known = _FONTS.get(font.strip().lower())
    if known is not None:
        return known.get(number & 0xFF, "")
    return chr(number) if 0x20 <= number < 0xD800 or 0xF900 <= number <= 0xFFFD else ""
