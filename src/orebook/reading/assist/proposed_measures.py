"""Measures that may be proposed, in which units, and of which kind of record they then are.

>>> measure = proposable()["drilling.grade"]
>>> measure.kind, measure.needs, fits(measure, "g/t"), fits(measure, "m")
('drill_intercept', 'analyte', True, False)
>>> fits(proposable()["drilling.length"], "ft"), fits(proposable()["finance.aisc"], "USD/oz")
(True, True)
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from orebook.ground import units
from orebook.reading.heads import labels


@dataclass(frozen=True, slots=True)
class Proposable:
    """A measure of the vocabulary that may be proposed.

    ``unit`` is that of its row in ``ground/tables`` (``m``, ``money/mass``, ``mass fraction``), ``kind`` that of the
    record its facts make, ``needs`` what a fact must be about to mean anything.
    """

    measure: str
    unit: str
    description: str
    spoken: tuple[str, ...]
    kind: str
    needs: str


@cache
def proposable() -> Mapping[str, Proposable]:
    """Every measure that may be proposed, by its name.

    ``words/assist.csv`` names tables and, where one of their measures differs, that measure; an empty kind leaves it
    out. Measures in words, and those whose table gives no unit, cannot be read again from a quote.

    >>> "milling.recovery" in proposable(), "milling.line" in proposable(), "document.title" in proposable()
    (True, False, False)
    """
    return {one.measure: one for table in _tables() for one in _of(table)}


def _of(table: str) -> Iterator[Proposable]:
    text = files("orebook.ground").joinpath("tables", f"{table}.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines()):
        measure = f"{table}.{row['column']}"
        listed = _listed().get(measure) or _listed().get(table)
        if listed is not None and listed["kind"] and row["type"] == "number" and row["unit"]:
            spoken = tuple(filter(None, row["spoken"].split("|")))
            yield Proposable(measure, row["unit"], row["description"], spoken, listed["kind"], listed["needs"])


@cache
def _listed() -> dict[str, dict[str, str]]:
    text = files("orebook.reading").joinpath("words", "assist.csv").read_text(encoding="utf-8")
    return {row["measure"]: row for row in csv.DictReader(text.splitlines())}


def _tables() -> list[str]:
    return list(dict.fromkeys(name.partition(".")[0] for name in _listed()))


def fits(measure: Proposable, unit: str) -> bool:
    """Whether figures of a measure can have this unit; one without a unit only where the measure has none either."""
    if not unit:
        return measure.unit == "1"
    if measure.unit in units.rows() and measure.unit not in ("1", "%"):
        return units.unit(measure.unit).dimension == units.unit(unit).dimension
    return labels.fits(measure.measure, unit)


@cache
def fitting(unit: str) -> tuple[Proposable, ...]:
    """The measures whose figures can have this unit."""
    return tuple(measure for measure in proposable().values() if fits(measure, unit))
