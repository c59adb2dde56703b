"""French: a release in French read as if it said the same in English, every word still tied to its place.

The words that figures hang on are exchanged ("sur" for "over", "incluant" for "including"), commas in numbers become
points, blanks between thousands commas. Names and all other words stay as they are. What is quoted is the French.

>>> from orebook.reading.text import inline
>>> said = "Le forage LC-12 a recoupé 12,5 g/t Au sur 3,2 m, de 1 045,0 m à 1 048,2 m."
>>> text = english(inline(said, 0, len(said)))
>>> text.plain
'Le hole LC-12 intersected 12.5 g/t Au over 3.2 m, from 1,045.0 m to 1,048.2 m.'
>>> at = text.plain.index("over 3.2")
>>> said[slice(*text.span(at, at + 10))]
'sur 3,2 m'
"""

import csv
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from orebook.reading.patterns import Pattern
from orebook.reading.text import Text, joined

_FRENCH = frozenset("le la les des du de une est dans avec pour et au aux par qui que sur cette ses ou son".split())
_ENGLISH = frozenset("the of and to in a is with for on by that this from are was were has have at as an its".split())
_LOOKED_AT = 6000
_FEWEST = 10

_NUM = r"\d{1,3}(?:[ ,]\d{3})+(?:,\d+)?|\d+(?:,\d+)?"
_FROM_TO = Pattern(
    rf"\b(?P<from>de|entre|depuis)(?= (?:{_NUM}) ?(?:m|mètres|pi|pieds)? ?(?:à|et|jusqu'à) (?:{_NUM})"
    r" ?(?:m\b|mètres|pi\b|pieds))"
    rf"(?P<low> (?:{_NUM}) ?(?:m|mètres|pi|pieds)? ?)(?P<to>à|et|jusqu'à)\b",
    re.IGNORECASE,
)
_AT = Pattern(r"(?<=[\dm)] )à(?= \d)|(?<=mètres )à(?= \d)", re.IGNORECASE)
_THOUSANDS = Pattern(r"(?<![\d,.])\d{1,3}(?: \d{3})+(?![\d.])")
_COMMA = Pattern(r"(?<=\d),(?=\d)")
_CAPITAL_NEXT = Pattern(r" (?P<word>[A-ZÀ-Ý][a-zà-ÿ'’-]+)")
_HEAD_UNIT = Pattern(r"\s*(?P<unit>[(\[].{1,12}[)\]])?\s*")


def is_french(words: str) -> bool:
    """Whether a document is in French, by the small words of its beginning.

    >>> is_french("Le forage a recoupé une zone de la formation avec des valeurs dans le nord et au sud de la mine")
    True
    """
    said = words[:_LOOKED_AT].lower().replace("l'", "le ").replace("d'", "de ").split()
    french, english_words = sum(word in _FRENCH for word in said), sum(word in _ENGLISH for word in said)
    return french >= _FEWEST and french > 2 * english_words


def english(text: Text) -> Text:
    """The text with the words that figures hang on in English, and its numbers as English writes them."""
    return _exchanged(text, sorted(_changes(text.plain)))


def english_head(text: Text) -> Text:
    """The head of a column of a table in English."""
    plain = text.plain.strip()
    lead = len(text.plain) - len(text.plain.lstrip())
    for pattern, meant in _heads():
        if (found := pattern.match(plain)) and (unit := _HEAD_UNIT.fullmatch(plain, found.end())):
            said = meant if not unit["unit"] else meant.partition(" (")[0]
            return _exchanged(text, [(lead, lead + found.end(), said)])
    return english(text)


def _changes(plain: str) -> Iterator[tuple[int, int, str]]:
    """What is exchanged: start, end, what stands there instead."""
    taken: list[tuple[int, int]] = []
    for found in _FROM_TO.finditer(plain):
        yield (*found.span("from"), "from")
        yield (*found.span("to"), "to")
        taken += [found.span("from"), found.span("to")]
    for found in _words().finditer(plain):
        if _begins_name(plain, found):
            continue
        if not any(start < found.end() and found.start() < end for start, end in taken):
            yield found.start(), found.end(), _meant()[int((found.lastgroup or "w0")[1:])]
            taken.append(found.span())
    for found in _AT.finditer(plain):
        if not any(start <= found.start() < end for start, end in taken):
            yield found.start(), found.end(), "at"
    for found in _THOUSANDS.finditer(plain):
        yield from ((at, at + 1, ",") for at in range(found.start(), found.end()) if plain[at] == " ")
    yield from ((found.start(), found.end(), ".") for found in _COMMA.finditer(plain))


def _begins_name(plain: str, found: re.Match[str]) -> bool:
    """Whether a word is the first of a name: a capital, and behind it another that no list knows: "Ressources Tern"."""
    after = _CAPITAL_NEXT.match(plain, found.end())
    return found[0][0].isupper() and after is not None and not _words().match(plain, after.start("word"))


def _exchanged(text: Text, changes: list[tuple[int, int, str]]) -> Text:
    """The text with some stretches replaced, each still standing for its place in the original."""
    if not changes:
        return text
    parts: list[Text] = []
    at = 0
    for start, end, said in changes:
        if start < at:
            continue
        parts.append(text.slice(at, start))
        begin, stop = text.span(start, end)
        parts.append(Text(said, (0,), (begin,), (stop - begin,)))
        at = end
    parts.append(text.slice(at, len(text.plain)))
    return joined(parts, "")


@cache
def _rows(only: str) -> list[dict[str, str]]:
    table = files("orebook.reading").joinpath("words", "french.csv").read_text(encoding="utf-8")
    return [row for row in csv.DictReader(table.splitlines()) if (row["only"] or "") == only]


@cache
def _words() -> Pattern:
    rows = sorted(enumerate(_rows("")), key=lambda row: -len(row[1]["french"]))
    return Pattern("|".join(rf"(?P<w{at}>(?<![\w'-]){row['french']}(?![\w-]))" for at, row in rows), re.IGNORECASE)


@cache
def _meant() -> list[str]:
    return [row["english"] for row in _rows("")]


@cache
def _heads() -> list[tuple[Pattern, str]]:
    return [(Pattern(row["french"] + r"(?![\w'-])", re.IGNORECASE), row["english"]) for row in _rows("head")]
