"""Metals: columns that are found by their names: grades, recoveries and masses of a metal, side by side in one row.

The first part of a name is the metal, the last its unit, what stands between tells two of a kind apart: ``cu_pct`` is
the copper of the ore, ``cu_tailings_pct`` that of the tailings, ``cu_recovery_pct`` how much of it was recovered,
``cu_lb`` how much was produced.
"""

import csv
import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Literal, NamedTuple

from orebook.ground import units
from orebook.ground.schema import GRADE_UNITS, schema, unit_of

RECOVERY = "recovery"

Kind = Literal["grade", "recovery", "mass"]


class MetalColumn(NamedTuple):
    """A column of a metal: its name, the symbol, what it holds, what stands between, and the unit."""

    column: str
    symbol: str
    kind: Kind
    part: str
    unit: str


@cache
def symbols() -> Mapping[str, str]:
    """The symbol of each analyte by its small letters, as columns write it.

    >>> symbols()["cu"], symbols()["u3o8"], symbols()["aueq"]
    ('Cu', 'U3O8', 'AuEq')
    """
    text = files("orebook.ground").joinpath("analytes.csv").read_text(encoding="utf-8")
    return {letters(row["symbol"]): row["symbol"] for row in csv.DictReader(text.splitlines())}


def letters(words: str) -> str:
    """The small letters and digits of a symbol.

    >>> letters("2PGE+Au")
    '2pgeau'
    """
    return re.sub(r"[^a-z0-9]", "", words.lower())


@cache
def metal_column(column: str) -> MetalColumn | None:
    """What the name of a column says of a metal; nothing when it says nothing of one.

    >>> metal_column("cu_lb").kind, metal_column("cu_recovery_pct").kind, metal_column("au_gpt").kind
    ('mass', 'recovery', 'grade')
    >>> metal_column("cu_tailings_pct")
    MetalColumn(column='cu_tailings_pct', symbol='Cu', kind='grade', part='tailings', unit='%')
    >>> metal_column("ore_t"), metal_column("recovery_pct"), metal_column("cu")
    (None, None, None)
    """
    first, *between, _ = column.split("_") if column.count("_") else ("", "")
    symbol, unit = symbols().get(first, ""), unit_of(column)
    if not symbol or not unit:
        return None
    if unit == "%" and between[-1:] == [RECOVERY]:
        return MetalColumn(column, symbol, "recovery", "_".join(between[:-1]), unit)
    if unit in GRADE_UNITS:
        return MetalColumn(column, symbol, "grade", "_".join(between), unit)
    if units.rows()[unit].dimension == "mass":
        return MetalColumn(column, symbol, "mass", "_".join(between), unit)
    return None


def metal_columns(table: str, columns: Iterable[str], kind: Kind | None = None) -> list[MetalColumn]:
    """The columns of metals of a table, in order, without those that the table has of its own.

    >>> [each.column for each in metal_columns("interests", ["property", "interest_pct", "cu_pct", "cu_lb"], "mass")]
    ['cu_lb']
    """
    own = schema(table).keys() | schema(table).keys("ft")
    found = (metal_column(column) for column in columns if column not in own)
    return [each for each in found if each is not None and kind in (None, each.kind)]
