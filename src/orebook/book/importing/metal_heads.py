"""Metal heads: what a head says of a metal where grades, recoveries and masses stand side by side in one row.

>>> [metal_head(head) for head in ("Cu (%)", "Cu recovery %", "Copper produced (lbs)", "Cu tails %", "Au oz")]
['cu_pct', 'cu_recovery_pct', 'cu_lb', 'cu_tailings_pct', 'au_oz']
>>> metal_head("Cu price (USD/lb)"), metal_head("Cu"), metal_head("Ore milled (tonnes)")
('', '', '')
"""

import csv
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from orebook.book.importing.heads import grade_unit
from orebook.ground import units
from orebook.ground.metals import RECOVERY, letters, metal_column
from orebook.ground.schema import unit_of
from orebook.reading.language.analytes import names

_APART = re.compile(r"[\s_()\[\]{},;:.]+")
_GLUED = re.compile(r"([A-Za-z]{1,6})%")


def metal_head(words: str, below: str = "") -> str:
    """The column of a metal that a head names; nothing where it names none or does not say the unit.

    ``below`` is its cell in a row of units.
    """
    said = words.strip()
    if (known := metal_column(said.lower())) is not None:
        return known.column
    parts = [part for part in _APART.split(_GLUED.sub(r"\1 %", said)) if part]
    at, size, unit = _unit_among(parts, below)
    rest = parts[:at] + parts[at + size :]
    symbol, others = _symbol_among(rest)
    meanings = [_words().get(other.lower()) for other in others]
    if not symbol or None in meanings:
        return ""
    recovery = any(each == (RECOVERY, "") for each in meanings)
    unit = unit or ("%" if recovery else "")
    if not unit:
        return ""
    kinds = [name for meaning, name in filter(None, meanings) if meaning == "part"]
    middle = [*dict.fromkeys(kinds), *([RECOVERY] if recovery else [])]
    column = "_".join([letters(symbol), *middle, units.rows()[unit].suffix])
    found = metal_column(column)
    return column if found is not None and (found.kind == "recovery") == recovery else ""


def metal_name(words: str) -> bool:
    """Whether a head names a metal and nothing else that is not said of metals, with a unit or without.

    >>> metal_name("Copper grade"), metal_name("Recovery, gold"), metal_name("Gold price"), metal_name("Ore milled")
    (True, True, False, False)
    """
    parts = [part for part in _APART.split(_GLUED.sub(r"\1 %", words.strip())) if part]
    at, size, _ = _unit_among(parts, "")
    symbol, others = _symbol_among(parts[:at] + parts[at + size :])
    return bool(symbol) and all(other.lower() in _words() for other in others)


def _unit_among(parts: list[str], below: str) -> tuple[int, int, str]:
    """Where among some words a unit of grades or masses stands, of how many words, the last one where there are two."""
    for at in range(len(parts) - 1, -1, -1):
        for size in (3, 2, 1):
            if (found := metal_unit(" ".join(parts[at : at + size]))) and at + size <= len(parts):
                return at, size, found
    return len(parts), 0, metal_unit(below)


@cache
def metal_unit(words: str) -> str:
    """The unit of grades or masses that some words are, or nothing.

    >>> metal_unit("lbs"), metal_unit("troy ounces"), metal_unit("g/t"), metal_unit("USD/lb"), metal_unit("m")
    ('lb', 'oz', 'g/t', '', '')
    """
    said = words.strip().strip("()[]").strip()
    if found := grade_unit(said):
        return found
    found = units.spoken().get(said, "") or units.spoken().get(said.lower(), "") or unit_of(f"x_{said.lower()}")
    return found if found and units.rows()[found].dimension == "mass" else ""


def _symbol_among(parts: list[str]) -> tuple[str, list[str]]:
    """The metal that some words name first, and the other words."""
    for at, part in enumerate(parts):
        symbol = names().get(part) or names().get(part.lower()) or _small().get(part.lower(), "")
        if symbol and part.lower() not in ("or", "in"):
            return symbol, parts[:at] + parts[at + 1 :]
    return "", parts


@cache
def _small() -> Mapping[str, str]:
    """Symbols of two letters and more as capitals or small letters write them."""
    return {symbol.lower(): symbol for symbol in names().values() if len(symbol) > 1}


@cache
def _words() -> Mapping[str, tuple[str, str]]:
    """What each other word of such heads means."""
    text = files(__package__).joinpath("metal_words.csv").read_text(encoding="utf-8")
    return {row["word"]: (row["meaning"], row["name"]) for row in csv.DictReader(text.splitlines())}
