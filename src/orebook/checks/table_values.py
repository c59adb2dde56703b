"""Columns of grades: what each holds, in which unit, and what is not a grade."""

from dataclasses import dataclass
from functools import cache

import polars as pl

from orebook.checks.table_rule import Tables
from orebook.checks.table_views import number
from orebook.disciplines.assaying.oxides import atomic_masses, element_of
from orebook.ground.schema import BELOW, grades, schema, unit_of
from orebook.ground.units import unit
from orebook.reading.patterns import Pattern

_OXIDE = Pattern(r"([a-z]{1,2}?)(\d?)o(\d{0,2})")
_SUMS = Pattern(r"(?:.*eq|t?reo.*|.*\+.*|tree|hreo|lreo|mreo|ndpr)")
"""Columns that are sums or equivalents of others."""


@dataclass(frozen=True, slots=True)
class Analyte:
    """A column of grades: its ``element`` and ``formula`` where they are known, its method, its unit.

    ``percent`` is how many per cent one of the unit are.
    """

    column: str
    name: str
    method: str
    unit: str
    element: str
    formula: str
    percent: float

    @property
    def is_sum(self) -> bool:
        """Whether the column is a sum or an equivalent of others."""
        return bool(_SUMS.fullmatch(self.name))


@cache
def analyte(column: str) -> Analyte:
    """What a column of grades holds.

    >>> found = analyte("fe2o3_xrf_pct")
    >>> found.element, found.formula, found.method, found.unit
    ('Fe', 'Fe2O3', 'xrf', '%')
    >>> analyte("au_gpt").percent, analyte("cueq_pct").is_sum
    (0.0001, True)
    """
    name, _, rest = column.partition("_")
    said = unit_of(column)
    formula = _formula(name)
    return Analyte(
        column,
        name,
        rest.rpartition("_")[0],
        said,
        element_of(formula) or formula if formula else "",
        formula,
        float(unit(said).ratio(unit("%"))),
    )


@cache
def _formula(name: str) -> str:
    """The element or oxide that a name in small letters stands for, as chemists write it, or nothing."""
    elements = {symbol.lower(): symbol for symbol in atomic_masses()}
    if name in elements:
        return elements[name]
    found = _OXIDE.fullmatch(name)
    if found and found[1] in elements:
        return f"{elements[found[1]]}{found[2]}O{found[3]}"
    return ""


def assayed(tables: Tables) -> list[Analyte]:
    """The columns of grades of the table of assays, in order."""
    frame = tables.frame("assays")
    known = schema("assays").keys(tables.length)
    return [analyte(column) for column in grades(frame.columns) if column not in known]


def values(tables: Tables, column: str) -> pl.Series:
    """The values of a column of assays as numbers."""
    return tables.kept(f"values {column}", lambda: tables.frame("assays").select(number(column)).to_series())


def below(tables: Tables, column: str) -> pl.Series:
    """Whether each value of a column of assays is a detection limit."""
    frame = tables.frame("assays")
    if f"{column}{BELOW}" in frame.columns:
        return frame[f"{column}{BELOW}"].cast(pl.Boolean).fill_null(value=False)
    return pl.Series(column, [], dtype=pl.Boolean).extend_constant(value=False, n=frame.height)


def measured(tables: Tables, table: str, lines: pl.Series) -> pl.Series:
    """Whether the rows at some lines hold any value."""
    frame = tables.frame(table)
    known = schema(table).keys(tables.length)
    ends = (tables.key("from"), tables.key("to"))
    columns = [each for each in frame.columns if each in known and known[each].type == "number" and each not in ends]
    columns += [column for column in grades(frame.columns) if column not in known]
    if not columns or not len(lines):
        return pl.Series("valued", [], dtype=pl.Boolean).extend_constant(value=False, n=len(lines))
    return frame[lines - 2].select(pl.any_horizontal(number(column).is_not_null() for column in columns))[:, 0]
