"""Estimates as the rules on resources see them: tonnes, grades and metal of one category of one deposit."""

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby

from orebook.checks.digits import Digits, alike, fits, in_unit, nearest
from orebook.checks.intercepts import plain
from orebook.checks.memo import per_reading
from orebook.checks.places import block_at
from orebook.checks.unread import all_read
from orebook.disciplines.resource.statement import total_tonnes
from orebook.ground.fact import Fact, Record
from orebook.ground.figure import Figure
from orebook.ground.range import Range
from orebook.ground.units import unit
from orebook.reading.patterns import Pattern
from orebook.reading.reading import Reading

_MASS = (("mass", 1),)
_TOTAL = Pattern(r"\b(?:sub[- ]?total|grand total|total|totals|combined|all zones)\b", re.IGNORECASE)
_SUBTOTAL = Pattern(r"\bsub[- ]?total", re.IGNORECASE)
_NEAR = Decimal("0.02")
"""A total that misses its rows by less than this share was meant to be their sum."""
_PARTS = {
    "measured and indicated": ("measured", "indicated"),
    "proven and probable": ("proven", "probable"),
}


@dataclass(frozen=True, slots=True, eq=False)
class Estimate:
    """One row of a statement, or one sentence that gives tonnes with grades or metal."""

    record: Record
    deposit: str
    category: str
    tonnes: Fact | None
    grades: dict[str, Fact]
    metals: dict[str, Fact]

    @property
    def of_total(self) -> bool:
        """Whether the row adds others up."""
        return bool(_TOTAL.search(self.deposit) or _TOTAL.search(self.category))

    @property
    def of_subtotal(self) -> bool:
        """Whether the row adds up some of the rows only."""
        return bool(_SUBTOTAL.search(self.deposit) or _SUBTOTAL.search(self.category))

    def said(self) -> str:
        """The row in words."""
        return " ".join(word for word in (self.deposit, self.category) if word) or "the estimate"


@per_reading
def estimates(reading: Reading) -> list[Estimate]:
    """Every resource and reserve of a document, in the order in which it is said."""
    return [estimate(record) for record in reading.of("resource", "reserve")]


def estimate(record: Record) -> Estimate:
    """One record as an estimate."""
    said = [fact for fact in record.all("resources.tonnes") if plain(fact)]
    masses = [replace(fact, figure=in_unit(fact.number, "t")) if not fact.number.unit else fact for fact in said]
    tonnes = next((fact for fact in masses if unit(fact.number.unit or "1").dimension == _MASS), None)
    return Estimate(
        record,
        record.about.get("deposit", ""),
        record.about.get("category", ""),
        tonnes,
        _by_analyte(record, "resources.grade"),
        _by_analyte(record, "resources.metal"),
    )


def _by_analyte(record: Record, measure: str) -> dict[str, Fact]:
    found: dict[str, Fact] = {}
    for fact in record.all(measure):
        if plain(fact):
            found.setdefault(fact.about.get("analyte", ""), fact)
    return found


def _key(one: Estimate) -> tuple[str, ...]:
    about = one.record.about
    keys = ("context", "cutoff", "basis", "property", "zone", "oxidation")
    return one.record.kind, *(about.get(key, "") for key in keys)


@dataclass(frozen=True, slots=True, eq=False)
class Sum:
    """A row that adds others up, and the rows that it may add up."""

    total: Estimate
    parts: list[Estimate]
    over: str


@per_reading
def sums(reading: Reading) -> list[Sum]:
    """Rows of tables that add others up: categories of one deposit, deposits of one category, running totals.

    Where a row between was not understood, nothing is known of what a total adds.
    """
    tables: dict[tuple[int, tuple[str, ...]], list[Estimate]] = defaultdict(list)
    for one in estimates(reading):
        if one.record.about.get("place") == "table":
            tables[block_at(reading, one.record.source), _key(one)].append(one)
    found = [
        found for rows in tables.values() for found in (*_of_categories(rows), *_of_deposits(rows), *_of_totals(rows))
    ]
    return [one for one in found if all_read(reading, [row.record for row in (one.total, *one.parts)])]


def _of_categories(rows: list[Estimate]) -> list[Sum]:
    """Measured and indicated of one deposit, against measured, indicated."""
    found = []
    for _, group in groupby(rows, key=lambda one: one.deposit):
        by_category: dict[str, list[Estimate]] = defaultdict(list)
        for one in group:
            by_category[_category(one.category)].append(one)
        for whole, names in _PARTS.items():
            parts = [one for name in names for one in by_category.get(name, [])]
            totals = by_category.get(whole, [])
            if len(totals) == 1 and len(parts) == len(names):
                found.append(Sum(totals[0], parts, "categories"))
    return found


def _category(name: str) -> str:
    return name.lower().replace("&", "and").replace("proved", "proven").replace("+", "and").strip()


def _of_deposits(rows: list[Estimate]) -> list[Sum]:
    """A total row against the rows of the same category above it."""
    found = []
    by_category: dict[str, list[Estimate]] = defaultdict(list)
    for one in rows:
        by_category[_category(one.category)].append(one)
    for category, group in by_category.items():
        if _TOTAL.search(category):
            continue
        totals = [one for one in group if one.of_total and not one.of_subtotal]
        parts = [one for one in group if not one.of_total]
        names = {one.deposit for one in parts}
        last = group[-1]
        if totals == [last] and len(parts) > 1 and len(names) == len(parts):
            found.append(Sum(last, parts, "deposits"))
    return found


def _of_totals(rows: list[Estimate]) -> list[Sum]:
    """Rows of the category *total* against the rows that they most likely add up.

    A table does not say which: those since the total before, those and that total, all rows, or all totals. The first
    choice whose tonnes fit is taken, or else the one that comes nearest, if it comes near.
    """
    found: list[Sum] = []
    base: list[Estimate] = []
    totals: list[Estimate] = []
    since: list[Estimate] = []
    for one in rows:
        if _category(one.category) not in ("total", "sub total", "subtotal", "sub-total"):
            since.append(one)
            base.append(one)
            continue
        own = [other for other in since if other.deposit == one.deposit]
        choices = [own, since, [*totals[-1:], *since], base, totals]
        if chosen := _nearest(one, [_plain_rows(choice) for choice in choices]):
            found.append(Sum(one, chosen, "rows"))
        totals.append(one)
        since = []
    return found


def _plain_rows(rows: list[Estimate]) -> list[Estimate]:
    """Rows without those that add up two categories which stand beside it."""
    return [one for one in rows if _category(one.category) not in _PARTS]


def _nearest(total: Estimate, choices: list[list[Estimate]]) -> list[Estimate]:
    """The rows whose tonnes make the total, or nearly do; nothing where none do."""
    if total.tonnes is None:
        return []
    said = total.tonnes.number
    best: tuple[Decimal, list[Estimate]] = (_NEAR, [])
    for rows in choices:
        masses = [one.tonnes.number for one in rows if one.tonnes is not None]
        if len(rows) < 2 or len(masses) < len(rows) or not all(alike(mass, said) for mass in masses):
            continue
        if fits(_added(masses), said):
            return rows
        together = _added(masses)(nearest)
        if together.high > 0:
            best = min(best, (together.gap(said.range()) / together.high, rows), key=lambda choice: choice[0])
    return best[1]


def _added(masses: list[Figure]) -> Callable[[Digits], Range]:
    return lambda read: total_tonnes([read(mass) for mass in masses])
