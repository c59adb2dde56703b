"""Figures of a quarter: the unrounded numbers that the pages ask for, each with its unit and its address.

Results that are to be printed are tidy: a row says ``measure`` (a word of the vocabulary), ``period`` (a label),
``value`` and ``unit``, and where they matter ``subject``, ``metal``, ``basis`` and ``version``. Nothing is computed
here: what a result does not say is not there.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from orebook.ground import units
from orebook.reports.printed import Address

Parts = Mapping[str, pl.DataFrame]

_TIDY = {"measure", "period", "value", "unit"}
_KEYS = ("subject", "metal", "basis")
_PARTS_OF = ("source", "underlying", "stage")
"""What tells a part of a figure from the figure itself: ore of one source, hedges of one metal."""

_FIRST = ("statements", "measures", "shares", "capital", "hedges", "sales", "production")
"""Which result is believed first where several tell one measure: the books before what went into them."""

_POSITION = "position of the row"


@dataclass(frozen=True, slots=True)
class Amount:
    """An unrounded number: its unit, the row that says it, and its address."""

    value: float
    unit: str
    row: Mapping[str, Any]
    address: Address

    def said(self, key: str) -> str:
        """A word of its row; nothing where the row says none."""
        found = self.row.get(key)
        return "" if found is None else str(found)

    def to(self, unit: str) -> float:
        """The number in another unit of the same kind."""
        return self.value if unit == self.unit else self.value * float(units.unit(self.unit).ratio(units.unit(unit)))


def tidy(frame: pl.DataFrame) -> bool:
    """Whether a table is one of figures."""
    return set(frame.columns) >= _TIDY


@dataclass(frozen=True)
class Figures:
    """The figures of some periods from several results."""

    rows: Mapping[tuple[str, str], Sequence[Amount]] = field(default_factory=dict)

    @classmethod
    def of(cls, parts: Parts, periods: Iterable[str]) -> "Figures":
        """The figures of these periods, from those parts that hold figures.

        >>> part = pl.DataFrame({"measure": ["finance.revenues"], "period": ["2011-Q3"], "value": [5.0],
        ...     "unit": ["CAD"]})
        >>> Figures.of({"statements": part}, ["2011-Q3"]).get("finance.revenues", "2011-Q3").address
        Address(table='statements', row=0, column='value')
        """
        wanted = list(dict.fromkeys(periods))
        found: dict[tuple[str, str], list[Amount]] = {}
        for name, frame in parts.items():
            if not tidy(frame):
                continue
            whole = [pl.col(each).is_null() for each in _PARTS_OF if each in frame.columns]
            told = (pl.col("period").is_in(wanted), pl.col("value").is_finite(), *whole)
            kept = frame.with_row_index(_POSITION).filter(*told)
            for row in kept.iter_rows(named=True):
                address = Address(name, int(row[_POSITION]), "value")
                amount = Amount(float(row["value"]), str(row["unit"] or ""), row, address)
                found.setdefault((row["measure"], row["period"]), []).append(amount)
        return cls(found)

    def all(self, measure: str, period: str, **about: str | None) -> list[Amount]:
        """Every figure of a measure in a period that is about this; the newest version of each."""
        found = [
            each
            for each in self.rows.get((measure, period), ())
            if all(each.row.get(key) == value for key, value in about.items())
        ]
        newest: dict[tuple[str, ...], Amount] = {}
        for each in found:
            key = (*(each.said(name) for name in _KEYS), each.address.table)
            if key not in newest or _version(each) >= _version(newest[key]):
                newest[key] = each
        return list(newest.values())

    def get(self, measure: str, period: str, *, bases: Sequence[str] = (), **about: str | None) -> Amount | None:
        """The figure of a measure in a period; where there are several bases, the first of ``bases`` that is there."""
        found = self.all(measure, period, **about)
        ranked = sorted(found, key=lambda each: (_rank(each.said("basis"), bases), _believed(each)))
        return ranked[0] if ranked else None

    def subjects(self, measure: str, periods: Iterable[str]) -> list[str]:
        """Whom a measure is told of, in the order of the results."""
        return self._told("subject", measure, periods)

    def metals(self, measure: str, periods: Iterable[str], subject: str) -> list[str]:
        """The metals of which a measure is told."""
        return self._told("metal", measure, periods, subject=subject)

    def _told(self, key: str, measure: str, periods: Iterable[str], **about: str) -> list[str]:
        amounts = (each for period in periods for each in self.all(measure, period, **about))
        return list(dict.fromkeys(each.said(key) for each in amounts if each.said(key)))

    def __iter__(self) -> Iterator[Amount]:
        """Every figure."""
        return (each for amounts in self.rows.values() for each in amounts)


def _version(amount: Amount) -> tuple[bool, str]:
    """Later is newer; a figure without a version is the one that stands."""
    found = amount.row.get("version")
    return found is None, str(found or "")


def _believed(amount: Amount) -> int:
    """How early a figure is believed, by the result that tells it."""
    table = amount.address.table
    return _FIRST.index(table) if table in _FIRST else len(_FIRST)


def _rank(basis: str, bases: Sequence[str]) -> int:
    return bases.index(basis) if basis in bases else len(bases)
