"""Signs: characters that a font makes of others, and figures that stand above or below the line."""

import re

_SYMBOL = {
    0x2D: "−", 0x44: "Δ", 0x53: "Σ", 0x61: "α", 0x62: "β", 0x64: "δ", 0x67: "γ", 0x6D: "μ", 0x71: "θ", 0x72: "ρ",
    0x73: "σ", 0x7E: "~", 0xA2: "′", 0xA3: "≤", 0xA5: "∞", 0xB0: "°", 0xB1: "±", 0xB2: "″", 0xB3: "≥", 0xB4: "×",
    0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈", 0xBC: "…", 0xD2: "®", 0xD3: "©", 0xD4: "™", 0xD7: "·",
}  # fmt: skip
_POINTS = {0x6C: "•", 0x6E: "■", 0x71: "□", 0x75: "◆", 0x76: "◆", 0x9F: "•", 0xA7: "▪", 0xA8: "□", 0xD8: "➢", 0xFC: "✓"}

_RAISED = str.maketrans("0123456789()+-−abcdfghiv", "⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾⁺⁻⁻ᵃᵇᶜᵈᶠᵍʰⁱᵛ")
_LOWERED = str.maketrans("0123456789()+-−x", "₀₁₂₃₄₅₆₇₈₉₍₎₊₋₋ₓ")
_MARK = re.compile(
    r"\(?(?:[0-9]{1,3}|[a-df-i]|i{1,3}|iv|vi{0,3})(?:, ?(?:[0-9]{1,3}|[a-df-i])){0,9}\)?|[-−+]?[0-9]{1,3}|,"
)
"""A mark that points to a footnote, or an exponent; ``1st`` and ``2e`` are words."""
_BELOW = re.compile(r"[0-9()+\-−x]{1,6}")
_PRIVATE = re.compile("[\uf020-\uf0ff]")


def of_font(font: str, words: str) -> str:
    """Words as a font of signs shows them.

    >>> of_font("Symbol", "m"), of_font("Wingdings", "\uf0a7"), of_font("Calibri", "m \uf0b1 2")
    ('μ', '▪', 'm ± 2')
    """
    low = font.lower()
    if low == "symbol":
        return "".join(_SYMBOL.get(ord(char) - 0xF000 if char >= "\uf000" else ord(char), char) for char in words)
    if low.startswith("wingdings"):
        return "".join(_POINTS.get(ord(char) & 0xFF, "") if char != " " else char for char in words)
    return _PRIVATE.sub(lambda found: _SYMBOL.get(ord(found[0]) & 0xFF, found[0]), words)


def raised(words: str) -> str:
    """What stands above the line: marks and exponents with the raised figures of Unicode, all else as it is.

    >>> raised("2"), raised("(1)"), raised("1,2"), raised("a"), raised("nd"), raised("TM")
    ('²', '⁽¹⁾', '¹,²', 'ᵃ', 'nd', 'TM')
    """
    return words.translate(_RAISED) if _MARK.fullmatch(words.strip()) else words


def lowered(words: str) -> str:
    """What stands below the line: figures with those of Unicode, letters as they are.

    >>> "Sc" + lowered("2") + "O" + lowered("3"), "Cu" + lowered("eq")
    ('Sc₂O₃', 'Cueq')
    """
    return words.translate(_LOWERED) if _BELOW.fullmatch(words.strip()) else words
