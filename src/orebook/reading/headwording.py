"""Head words: the unit and the analyte that the words above a column name.

>>> unit_of(["Estimated", "Grade (g/t)"]), analyte_of(["Gold Equiv. (Au.eq g/t)"]), unit_of(["Sales ($ million)"])
('g/t', 'AuEq', '$ million')
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from orebook.ground import units
from orebook.reading import analytes

BRACKETED = re.compile(r"[(\[{]([^()\[\]{}]{0,60})[)\]}]?")
NO_WORD = re.compile(r"[^A-Za-z0-9%+'&]+")


def plain_words(row: str) -> str:
    """The words of a head in small letters, without what stands in brackets."""
    return " ".join(NO_WORD.sub(" ", BRACKETED.sub(" ", row)).split()).lower()


def is_share(unit: str) -> bool:
    """Whether a unit is that of a grade or a percentage.

    >>> is_share("g/t"), is_share("m")
    (True, False)
    """
    return bool(unit) and unit != "1" and units.known(unit) and not units.unit(unit).dimension


def unit_of(rows: Sequence[str]) -> str:
    """The unit in a header: in brackets, or its last words."""
    for row in reversed(rows):
        for inside in reversed(BRACKETED.findall(row)):
            if found := _last_unit(inside.strip(), alone=True):
                return found
        if found := _last_unit(BRACKETED.sub(" ", row).strip(" :,"), alone=False):
            return found
    return ""


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


_MONEY = re.compile(r"(.{1,8}?)\s?(million|billion|thousand|M|k|000s?|'000s?)?(?:/(.{1,6}))?")


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


_LETTERS = re.compile(r"[A-Z]$|(?:In|As|Or|or)$")


def _false_friend(phrase: str, said: str) -> bool:
    """Letters that are symbols too: a coordinate Y, the word In; they count beside a unit of grade only."""
    return bool(_LETTERS.match(phrase)) and not is_share(_last_unit(said, alone=False))
