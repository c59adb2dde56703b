"""Estimates as the rules on resources see them: tonnes, grades and metal of one category of one deposit."""

import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import groupby

from orebook.checks.intercepts import plain
from orebook.checks.memo import per_reading
from orebook.ground.fact import Fact, Record
from orebook.ground.units import unit
from orebook.reading.reading import Reading

_MASS = (("mass", 1),)
_TOTAL = re.compile(r"\b(?:sub[- ]?total|grand total|total|totals|combined|all zones)\b", re.IGNORECASE)
_SUBTOTAL = re.compile(r"\bsub[- ]?total", re.IGNORECASE)
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
    return [_estimate(record) for record in reading.of("resource", "reserve")]


def _estimate(record: Record) -> Estimate:
    masses = [fact for fact in record.all("resources.tonnes") if plain(fact)]
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
    keys = ("table", "context", "cutoff", "basis", "property", "zone", "oxidation")
    return one.record.kind, *(about.get(key, "") for key in keys)


@dataclass(frozen=True, slots=True, eq=False)
class Sum:
    """A row that adds others up, and the rows that it may add up."""

    total: Estimate
    parts: list[Estimate]
    over: str


@per_reading
def sums(reading: Reading) -> list[Sum]:
    """Rows of tables that add other rows up: categories of one deposit, and deposits of one category."""
    tables: dict[tuple[str, ...], list[Estimate]] = defaultdict(list)
    for one in estimates(reading):
        if one.record.about.get("place") == "table":
            tables[_key(one)].append(one)
    return [found for rows in tables.values() for found in (*_of_categories(rows), *_of_deposits(rows))]


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
