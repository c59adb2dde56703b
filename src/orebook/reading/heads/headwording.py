"""Head words: the unit and the analyte that the words above a column name.

>>> unit_of(["Estimated", "Grade (g/t)"]), analyte_of(["Gold Equiv. (Au.eq g/t)"]), unit_of(["Sales ($ million)"])
('g/t', 'AuEq', '$ million')
"""

from collections.abc import Iterator, Sequence
from functools import cache

from orebook.ground import units
from orebook.reading.language import analytes
from orebook.reading.patterns import Pattern

BRACKETED = Pattern(r"[(\[{]([^()\[\]{}]{0,60})[)\]}]?")
NO_WORD = Pattern(r"[^A-Za-z0-9%+'&]+")


def plain_words(row: str) -> str:
    """The words of a head in small letters, without what stands in brackets."""
    return " ".join(NO_WORD.sub(" ", BRACKETED.sub(" ", row)).split()).lower()


def is_share(unit: str) -> bool:
    """Whether a unit is that of a grade or a percentage.

    >>> is_share("g/t"), is_share("m")
    (True, False)
    """
    return bool(unit) and unit != "1" and units.known(unit) and not units.unit(unit).dimension


_CAMEL = Pattern(r"(?<=[a-z\d])(?=[A-Z])")
_WORDS_TOO = frozenset({"as", "in", "no", "or", "y", "i", "k", "p", "s", "v", "w", "b", "c"})


def from_key(key: str) -> str:
    """The words of a key of data, its analyte in the letters of the symbol.

    >>> from_key("cu_pct"), from_key("trueWidth_m"), from_key("auEq_gpt"), from_key("as_ppm"), from_key("as")
    ('Cu pct', 'true Width m', 'AuEq gpt', 'As ppm', 'as')
    """
    parts = [
        part
        for piece in key.strip().split("_")
        for part in ([piece] if piece.lower() in _symbols() else _CAMEL.split(piece))
        if part
    ]
    said: list[str] = []
    for at, part in enumerate(parts):
        measured = at + 1 < len(parts) and bool(known_unit(parts[at + 1]))
        symbol = _symbols().get(part.lower(), "") if measured or part.lower() not in _WORDS_TOO else ""
        if part.lower() == "eq" and said and analytes.analyte(said[-1]):
            said[-1] += "Eq"
        else:
            said.append(symbol or part)
    return " ".join(said)


@cache
def _symbols() -> dict[str, str]:
    """Symbols by their small letters."""
    return {symbol.lower(): symbol for symbol in dict.fromkeys(analytes.names().values())}


def unit_of(rows: Sequence[str]) -> str:
    """The unit in a header: in brackets, or its last words."""
    for row in reversed(rows):
        for inside in reversed(BRACKETED.findall(row)):
            if found := _last_unit(inside.strip(), alone=True) or _first_unit(inside):
                return found
        if found := _last_unit(BRACKETED.sub(" ", row).strip(" :,"), alone=False):
            return found
    return ""


def _first_unit(inside: str) -> str:
    """The unit with which some words in brackets open, if an analyte is all that follows: ``(% eU3O8)``."""
    first, _, rest = inside.strip().partition(" ")
    return known_unit(first) if rest and analytes.analyte(rest.removeprefix("of ")) else ""


def _last_unit(said: str, *, alone: bool) -> str:
    """The unit that ends some words, glued to an analyte or not: ``Au g/t``, ``Cu%``; money with its scale."""
    words = said.split()
    for size in range(min(3, len(words)), 0, -1):
        if size == len(words) and not alone and said not in ("m", "%", "ppm", "ppb", "g/t"):
            continue
        phrase = " ".join(words[-size:]).strip(" .,;:")
        if found := known_unit(phrase):
            return found
    if words and words[-1].endswith("%"):
        return "%"
    return ""


_MONEY = Pattern(r"(.{1,8}?)\s?(million|billion|thousand|M|k|000s?|'000s?)?(?:/(.{1,6}))?")


@cache
def known_unit(phrase: str) -> str:
    """The unit that a phrase is, money with its scale included; nothing when it is none."""
    spoken = units.spoken()
    if found := spoken.get(phrase) or spoken.get(phrase.lower()):
        return found
    money = _MONEY.fullmatch(phrase)
    code = next((code for code, forms in units.currencies().items() if money and money[1] in forms), "")
    if not money or not code:
        return ""
    scale = money[2] or ""
    scale = "thousand" if "000" in scale else {"M": "million", "k": "thousand"}.get(scale, scale)
    name = f"{code} {scale}".strip()
    if money[3]:
        name = f"{name}/{spoken.get(money[3], money[3])}"
    return name if units.known(name) else ""


def analyte_of(rows: Sequence[str]) -> str:
    """The analyte that a header names, the lowest row first; an equivalent before its metal, long names first."""
    for row in reversed(rows):
        parts = (BRACKETED.sub(" ", row).strip(), *(inside.strip() for inside in BRACKETED.findall(row)), row)
        named = [found for part in parts for found in _named(part)]
        if named:
            return max(named, key=lambda found: (found[1].endswith("Eq"), found[0]))[1]
    return ""


def _named(said: str) -> Iterator[tuple[int, str]]:
    """The analytes that some words name, each with the number of its words."""
    words = said.split()
    for size in range(min(4, len(words)), 0, -1):
        for first in range(len(words) - size + 1):
            phrase = " ".join(words[first : first + size]).strip(" .,;:%")
            if (found := analytes.analyte(phrase)) and not _false_friend(phrase, said):
                yield size, found


_LETTERS = Pattern(r"[A-Z]$|(?:In|As|Or|or)$")


def _false_friend(phrase: str, said: str) -> bool:
    """Letters that are symbols too: a coordinate Y, the word In; they count beside a unit of grade only."""
    return bool(_LETTERS.match(phrase)) and not is_share(_last_unit(said, alone=False))
