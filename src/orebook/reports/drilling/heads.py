"""Heads: what is printed above a column, in which unit, with how many decimals, from the name of the column alone.

``heads.csv`` knows the columns that every book has, ``decimals.csv`` how finely each analyte is printed. A unit is read
from the name of the column and never guessed: a column without one is printed without one.
"""

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from orebook.ground import units
from orebook.ground.schema import is_grade, unit_of

ANY = "*"
"""Stands in ``decimals.csv`` for every analyte that has no line of its own."""

_SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_BEHIND_A_LETTER = re.compile(r"(?<=[A-Za-z₀-₉])\d(?!E)")
_UNNAMED = {"1", ""}


@dataclass(frozen=True, slots=True)
class Head:
    """What is known of a column by its name: the words above it, its unit and its decimals.

    ``analyte`` is the symbol where the column holds grades, ``grouped`` whether thousands are parted.
    """

    words: str
    unit: str
    decimals: int | None
    analyte: str = ""
    grouped: bool = True


def head(column: str, *, subscripts: bool = True) -> Head:
    """The head of a column of a table.

    >>> head("from_m"), head("sc2o3_ppm").words, head("treo_y_pct").decimals
    (Head(words='From', unit='m', decimals=2, analyte='', grouped=False), 'Sc₂O₃', 3)
    >>> head("zn_pb_pct", subscripts=False)
    Head(words='Zn+Pb', unit='%', decimals=2, analyte='Zn+Pb', grouped=True)
    """
    unit = "" if column in _heads() else unit_of(column)  # an earn_in is no earn in inches
    stem = column.removesuffix(f"_{units.rows()[unit].suffix}") if unit else column
    if known := _heads().get(stem):
        decimals = int(known["decimals"]) if known["decimals"] else None
        return Head(known["head"], unit, decimals, "", known["thousands"] == "yes")
    symbol = analyte(stem) if is_grade(column) else ""
    if symbol:
        words = subscripted(symbol) if subscripts else symbol
        return Head(words, unit, decimals_for(symbol, unit), symbol)
    words = stem.replace("_", " ").strip()
    return Head(words[:1].upper() + words[1:], unit, decimals_for(ANY, unit) if unit else None)


@cache
def analyte(stem: str) -> str:
    """The symbol of an analyte from the name of a column without its unit; nothing when it is none.

    >>> analyte("au"), analyte("treo_y"), analyte("zn_pb"), analyte("au_fa50"), analyte("aueq"), analyte("hole")
    ('Au', 'TREO+Y', 'Zn+Pb', 'Au', 'AuEq', '')
    """
    known = _symbols()
    if found := known.get(_letters(stem)):
        return found
    parts = stem.split("_")
    named = [known.get(part, "") for part in parts]
    if all(named):
        return "+".join(named)
    return named[0]


def decimals_for(symbol: str, unit: str) -> int | None:
    """With how many decimals a grade is printed; nothing where no line of ``decimals.csv`` says it.

    >>> decimals_for("Au", "g/t"), decimals_for("Sc", "ppm"), decimals_for("TREO+Y", "%"), decimals_for("Au", "m")
    (2, 0, 3, None)
    """
    said = _decimals()
    return said.get((symbol, unit), said.get((ANY, unit)))


def subscripted(symbol: str) -> str:
    """A formula with its digits set below the line.

    >>> subscripted("Sc2O3"), subscripted("Pr6O11"), subscripted("3PGE+Au")
    ('Sc₂O₃', 'Pr₆O₁₁', '3PGE+Au')
    """
    found = symbol
    while (changed := _BEHIND_A_LETTER.sub(lambda digit: digit[0].translate(_SUBSCRIPTS), found)) != found:
        found = changed
    return found


def titled(words: str, unit: str, style: str) -> str:
    """The words above a column with their unit: in ``brackets``, ``bare`` behind them, or ``none``.

    >>> titled("From", "m", "brackets"), titled("Zn", "%", "bare"), titled("Dip", "degree", "brackets")
    ('From (m)', 'Zn %', 'Dip (°)')
    """
    if unit in _UNNAMED or style == "none":
        return words
    shown = symbol(unit)
    return f"{words} ({shown})" if style == "brackets" else f"{words} {shown}"


def symbol(unit: str) -> str:
    """How a unit is written behind a number or above a column.

    >>> symbol("degree"), symbol("g/t"), symbol("oz/ton")
    ('°', 'g/t', 'oz/ton')
    """
    row = units.rows().get(unit)
    return row.symbols[0] if row and row.symbols else unit


@cache
def _heads() -> dict[str, dict[str, str]]:
    return {row["source"]: row for row in _rows("heads.csv")}


@cache
def _decimals() -> dict[tuple[str, str], int]:
    return {(row["analyte"], row["unit"]): int(row["decimals"]) for row in _rows("decimals.csv")}


@cache
def _symbols() -> dict[str, str]:
    """The symbol of each analyte by its small letters and digits."""
    text = files("orebook.ground").joinpath("analytes.csv").read_text(encoding="utf-8")
    return {_letters(row["symbol"]): row["symbol"] for row in csv.DictReader(text.splitlines())}


def _letters(words: str) -> str:
    return re.sub(r"[^a-z0-9]", "", words.lower())


def _rows(name: str) -> list[dict[str, str]]:
    text = files(__package__).joinpath(name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
