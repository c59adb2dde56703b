"""Columns of assays: which analyte, by which method, in which unit, from the name of a column.

``au_fa50_gpt`` is gold by the method ``fa50`` in grams per tonne. Names are in small letters; the spelling of the
analyte is found again from the elements, from the analytes that the trade names, and from the formula of an oxide.
"""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from fractions import Fraction
from functools import cache
from importlib.resources import files

from orebook.disciplines.assaying.groups import groups
from orebook.disciplines.assaying.oxides import atomic_masses, atoms, element_of, formulas
from orebook.ground import units
from orebook.ground.schema import GRADE_UNITS, unit_of

_SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


@dataclass(frozen=True, slots=True)
class Assay:
    """What a column of grades holds: its analyte as the trade spells it, the method (or nothing), the unit."""

    column: str
    analyte: str
    method: str
    unit: str

    @property
    def label(self) -> str:
        """Analyte and unit as a table heads them.

        >>> assay("sc2o3_ppm").label, assay("cu_pct").label
        ('Sc₂O₃ (ppm)', 'Cu (%)')
        """
        return f"{subscripted(self.analyte)} ({self.unit})"


@cache
def assay(column: str) -> Assay:
    """What a column of grades holds, read from its name.

    Raises ``ValueError`` for a column that is not named after a grade. An analyte that nobody knows keeps its letters.

    >>> assay("au_fa50_gpt")
    Assay(column='au_fa50_gpt', analyte='Au', method='fa50', unit='g/t')
    >>> assay("sc2o3_ppm").analyte, assay("treo_y_pct").analyte, assay("cueq_pct").analyte, assay("clay_pct").analyte
    ('Sc2O3', 'TREO+Y', 'CuEq', 'clay')
    >>> assay("from_m")
    Traceback (most recent call last):
        ...
    ValueError: from_m is not named after a grade; end its name with pct, gpt, ppm, ppb, ozpst, ozpt, lbpst or kgpt
    """
    unit = unit_of(column)
    if unit not in GRADE_UNITS:
        suffixes = [units.rows()[name].suffix for name in GRADE_UNITS]
        said = f"{', '.join(suffixes[:-1])} or {suffixes[-1]}"
        raise ValueError(f"{column} is not named after a grade; end its name with {said}")
    stem = column.rpartition("_")[0]
    if stem.replace("_", "+") in _symbols():
        return Assay(column, _symbols()[stem.replace("_", "+")], "", unit)
    first, _, method = stem.partition("_")
    return Assay(column, spelled(first) or first, method, unit)


@cache
def _symbols() -> dict[str, str]:
    """Elements, named analytes and groups by their small letters; elements first."""
    table = files("orebook.ground").joinpath("analytes.csv").read_text(encoding="utf-8")
    named = [row["symbol"] for row in csv.DictReader(table.splitlines())]
    found: dict[str, str] = {}
    for symbol in (*atomic_masses(), *named, *groups()):
        found.setdefault(symbol.lower(), symbol)
    return found


@cache
def spelled(letters: str) -> str:
    """An analyte as the trade spells it, from its small letters; nothing when nobody knows it.

    >>> spelled("au"), spelled("coo"), spelled("co"), spelled("uo2"), spelled("xyz")
    ('Au', 'CoO', 'Co', 'UO2', '')
    """
    known = _symbols().get(letters.lower())
    if known:
        return known
    oxides = sorted((len(atoms(formula)), formula) for formula in formulas(letters) if element_of(formula))
    plainest = [formula for size, formula in oxides if size == oxides[0][0]]
    return plainest[0] if len(plainest) == 1 else ""


def held_by(analyte: str) -> frozenset[str]:
    """The elements that an analyte counts; what is neither element, compound nor group counts itself.

    >>> sorted(held_by("Sc2O3")), sorted(held_by("NdPr")), sorted(held_by("AuEq")), sorted(held_by("Zn+Pb"))
    (['Sc'], ['Nd', 'Pr'], ['AuEq'], ['Pb', 'Zn'])
    """
    if analyte in groups():
        return frozenset(groups()[analyte].members)
    if "+" in analyte:
        return frozenset().union(*(held_by(part) for part in analyte.split("+")))
    element = element_of(analyte) or next(iter(atoms(analyte)), "")
    return frozenset([element or analyte])


def subscripted(analyte: str) -> str:
    """A formula with small numbers, as print has it; names that are no formula stay.

    >>> subscripted("Sc2O3"), subscripted("TREO+Y"), subscripted("2PGE+Au")
    ('Sc₂O₃', 'TREO+Y', '2PGE+Au')
    """
    return analyte.translate(_SUBSCRIPTS) if atoms(analyte) else analyte


def grade_ratio(unit: str, other: str) -> Fraction:
    """How many of one unit of grade make another, exactly.

    >>> grade_ratio("%", "ppm"), grade_ratio("ppb", "g/t"), round(float(grade_ratio("oz/ton", "g/t")), 6)
    (Fraction(10000, 1), Fraction(1, 1000), 34.285714)
    """
    return units.unit(unit).ratio(units.unit(other))


def nearest(name: str, known: Iterable[str]) -> str:
    """What to write instead of a name that nobody knows.

    >>> nearest("zn_ptc", ["zn_pct", "pb_pct"]), nearest("gold", ["zn_pct"])
    ("did you mean 'zn_pct'?", 'there are zn_pct')
    """
    names = list(known)
    near = get_close_matches(name, names, 1)
    if near:
        return f"did you mean {near[0]!r}?"
    return f"there are {', '.join(names)}" if names else "there are none"
