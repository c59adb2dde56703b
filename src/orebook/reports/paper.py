"""Paper: what a page for people is written on, and how words from a document are put on it safely."""

import unicodedata
from dataclasses import dataclass

_INK = {
    "error": "1;31",
    "warning": "1;33",
    "note": "1;36",
    "strong": "1",
    "faint": "2",
    "help": "32",
}


@dataclass(frozen=True, slots=True)
class Paper:
    """How wide the page is, whether it takes colour, and whether only what was asked for is said.

    ``width`` is in columns; nothing means that lines may be as long as they need.
    """

    width: int | None = None
    colour: bool = False
    quiet: bool = False

    def ink(self, style: str, words: str) -> str:
        """The words in a style: error, warning, note, strong, faint or help.

        >>> Paper(colour=True).ink("error", "no")
        '\\x1b[1;31mno\\x1b[0m'
        >>> Paper().ink("error", "no")
        'no'
        """
        return f"\x1b[{_INK[style]}m{words}\x1b[0m" if self.colour and words else words


def glyph(char: str) -> tuple[str, int]:
    """What is shown for one character of a document, and how many columns it takes.

    Documents may hold characters that move the cursor, turn the direction of the line or show nothing at all. None of
    them reaches the page.

    >>> glyph("é"), glyph("\\t"), glyph("\\x1b"), glyph("\\u200b"), glyph("金")
    (('é', 1), ('  ', 2), ('·', 1), ('', 0), ('金', 2))
    """
    if " " <= char <= "~":
        return char, 1
    if char == "\t":
        return "  ", 2
    kind = unicodedata.category(char)
    if kind in ("Cf", "Zl", "Zp"):
        return "", 0
    if kind in ("Cc", "Cs", "Co", "Cn"):
        return "·", 1
    if kind in ("Mn", "Me"):
        return char, 0
    return char, 2 if unicodedata.east_asian_width(char) in "WF" else 1


def shown(words: str) -> str:
    """Words of a document on one line, without anything that a terminal would obey.

    >>> shown("a\\tb\\x1b[31m")
    'a  b·[31m'
    """
    if words.isascii() and words.isprintable():
        return words  # as nearly all of them are
    return "".join(glyph(char)[0] for char in words)


def columns(words: str) -> int:
    """How many columns the words take."""
    return sum(glyph(char)[1] for char in words)


def fit(words: str, room: int) -> str:
    """The words cut to so many columns, with a mark where something is left out.

    >>> fit("income from mine operations", 12)
    'income from…'
    """
    if columns(words) <= room:
        return words
    used, kept = 0, []
    for char in words:
        used += glyph(char)[1]
        if used > room - 1:
            break
        kept.append(char)
    return "".join(kept).rstrip() + "…"
