"""Analytes: metals, elements, oxides, groups and equivalents, by every name that documents use.

>>> analyte("Scandium Oxide"), analyte("Au.Eq"), analyte("zinc"), analyte("lead time")
('Sc2O3', 'AuEq', 'Zn', '')
>>> analyte("Zn+Pb"), analyte("Sc203")
('Zn+Pb', 'Sc2O3')
"""

import csv
import re
from functools import cache, lru_cache
from importlib.resources import files

from orebook.reading.language.alternation import either
from orebook.reading.patterns import Pattern

_OXIDE = Pattern(r"[A-Z][a-z]\dO\d")
"""Oxides in which recognition of letters sees a nought; with one letter before (V205) they may be names of holes."""


@cache
def names() -> dict[str, str]:
    """The symbol of each analyte by its names; symbols as printed, words in small letters."""
    table = files("orebook.ground").joinpath("analytes.csv").read_text(encoding="utf-8")
    known: dict[str, str] = {}
    rows = list(csv.DictReader(table.splitlines()))
    for row in rows:
        known[row["symbol"]] = row["symbol"]
        for name in filter(None, row["names"].split("|")):
            known.setdefault(name if any(c.isupper() for c in name) else name.lower(), row["symbol"])
    for symbol in filter(_OXIDE.fullmatch, [row["symbol"] for row in rows]):
        known.setdefault(symbol.replace("O", "0"), symbol)
    return known


@cache
def pattern() -> str:
    """A regular expression for one analyte: a symbol in its own letters, a name in any.

    The sum of symbols ``Zn+Pb`` is one analyte; the number of a note may stand behind an equivalent ("AuEq1").
    """
    symbols = [name for name in names() if any(c.isupper() for c in name) or name[:1].isdigit()]
    words = [name for name in names() if name not in symbols and name != "or"]
    one = f"(?:{either(symbols)})"
    name = rf"(?i:{either(words)})(?:[- ](?i:equivalent|eq\.?))?"
    return rf"(?:{one}(?:\s?\+\s?{one})*|{name})(?:(?![A-Za-z0-9]|&[A-Z]\b)|(?<=Eq)(?=[1-9](?!\w|[.,]\d)))"


@cache
def _whole() -> Pattern:
    return Pattern(pattern())


@lru_cache(maxsize=4096)
def analyte(name: str) -> str:
    """The symbol for a name of an analyte, or nothing when it is none."""
    said = " ".join(name.split()).strip(" .,;:()[]")
    whole = " ".join(name.split())
    found = names().get(said) or names().get(said.lower()) or names().get(whole)
    if found:
        return found
    parts = re.split(r"\s?\+\s?", said)
    if len(parts) > 1 and all(part in names() for part in parts):
        return names().get("+".join(parts), "+".join(names()[part] for part in parts))
    return ""


def find(plain: str, start: int = 0, end: int | None = None) -> list[tuple[int, int, str]]:
    """Every analyte that is named in a stretch of text: start, end, symbol."""
    stop = len(plain) if end is None else end
    return [
        (found.start(), found.end(), symbol)
        for found in _finder().finditer(plain, start, stop)
        if (symbol := analyte(found[0]))
    ]


@cache
def _finder() -> Pattern:
    return Pattern(rf"(?<![A-Za-z0-9.])(?!In[ -]?[Ss]itu\b){pattern()}")
