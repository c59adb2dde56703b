"""Tonnes and metal of one estimate in several sentences and tables."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from orebook.checks.digits import alike, in_unit
from orebook.checks.rule import Remark, remark, rule
from orebook.checks.same import agree
from orebook.checks.saying import fact
from orebook.ground.fact import Fact, Record
from orebook.ground.figure import Figure
from orebook.ground.range import Range
from orebook.ground.units import unit
from orebook.reading.reading import Reading

_CLOSE = Decimal("0.015")
"""Figures that differ by less than this share are meant to be one."""
_FAR = Decimal("0.2")
_MOST = 40
_NAMES = ("deposit", "property", "zone", "mine", "subject")
_COMMON = frozenset("project property deposit zone mine island lake creek river hill mount the of north south".split())


@rule("F606", on="records", basis="one thing has one value", catalogue="EX226")
def estimate_said_twice(reading: Reading) -> Iterator[Remark]:
    """The tonnes or the metal of one estimate have two nearly equal values.

    What it does:
    Compares tonnes and contained metal in sentences with those in other sentences and in tables, where both are about
    one deposit or property and neither names another category. Values that differ in the last digits only (by less
    than 1.5 %), and not by rounding, are remarked on; a sentence whose figure stands in a table is left alone. A
    sentence that gives a figure for a whole deposit is compared with the last total of that deposit as well. Old and
    new estimates may stand side by side, so this is a warning.

    Why it matters:
    The boilerplate of a release lives longer than its figures. One of the two was rounded from something else.

    Flagged:

        Wold Gold reports on the Fairlight project

        The Fairlight project hosts a resource of 1.32 Moz gold.

        The Fairlight project has an inferred mineral resource of 41.2 million tonnes averaging 1.00 g/t Au for
        contained gold of 1,330,000 ounces.

    Fine:

        Wold Gold reports on the Fairlight project

        The Fairlight project hosts a resource of 1.33 Moz gold.

        The Fairlight project has an inferred mineral resource of 41.2 million tonnes averaging 1.00 g/t Au for
        contained gold of 1,325,000 ounces.

    Help:
    Take every mention of an estimate from its table, and round once.
    """
    groups: dict[tuple[str, str], list[tuple[Record, Fact]]] = defaultdict(list)
    for record in reading.of("resource", "reserve"):
        for one in record.facts:
            if one.measure in ("resources.tonnes", "resources.metal") and isinstance(one.figure, Figure):
                groups[f"{record.kind} {one.measure}", one.about.get("analyte", "")].append((record, one))
    for said in groups.values():
        yield from _twins(said)


def _twins(said: list[tuple[Record, Fact]]) -> Iterator[Remark]:
    texts = [pair for pair in said if pair[0].about.get("place") != "table"][:_MOST]
    tables = [pair for pair in said if pair[0].about.get("place") == "table"]
    lone = [pair for pair in texts if not any(_says(pair[1], one) for _, one in tables)]
    seen: set[frozenset[str]] = set()
    for place, (record, one) in enumerate(lone):
        for other, two in (*lone[:place], *tables):
            pair = frozenset((one.figure.digits, two.figure.digits))
            if pair not in seen and _of_one_estimate(record, other) and _nearly(one, two):
                seen.add(pair)
                text = f"{fact(two)} here and {fact(one)} there for what may be one estimate"
                yield remark("warning", text, [two, one])
        yield from _against_total(record, one, tables)


def _against_total(record: Record, one: Fact, tables: list[tuple[Record, Fact]]) -> Iterator[Remark]:
    """A figure for a whole deposit, against the last total that a table has for that deposit."""
    about = record.about
    if about.get("category") or about.get("context") != "announced" or one.number.sign or not about.get("deposit"):
        return
    names = set(about["deposit"].lower().split())
    totals = [
        listed
        for other, listed in tables
        if other.about.get("category", "").lower() == "total"
        and set(other.about.get("deposit", "").lower().split()) == names
    ]
    same = [listed for listed in totals if listed.number.unit == one.number.unit and not listed.number.sign]
    if same and _CLOSE < abs(same[-1].number.value / one.number.value - 1) < _FAR:
        text = f"{fact(one)} for {about['deposit']} here; the total of the table is {fact(same[-1])}"
        yield remark("warning", text, [one, same[-1]])


def _says(one: Fact, other: Fact) -> bool:
    return _bare(one).unit != "" and agree(_bare(one), in_unit(_bare(other), one.number.unit))


def _bare(one: Fact) -> Figure:
    return replace(one.number, sign="")


def _of_one_estimate(one: Record, other: Record) -> bool:
    """Whether two records share a name and name no two categories."""
    categories = {record.about.get("category", "").lower() for record in (one, other)} - {"", "total"}
    return len(categories) < 2 and bool(_names(one) & _names(other))


def _names(record: Record) -> set[str]:
    words = " ".join(record.about.get(key, "") for key in _NAMES).lower().split()
    return {word for word in words if len(word) > 2} - _COMMON


def _metric(unit_name: str) -> str:
    """A unit of tons as that of tonnes: whoever writes tons may mean tonnes."""
    return unit_name.removesuffix("ton") + "t" if unit_name.endswith("ton") else unit_name


def _nearly(one: Fact, other: Fact) -> bool:
    """Whether two figures differ by little, and by more than rounding."""
    here, there = _bare(one), in_unit(_bare(other), one.number.unit)
    if here.unit != there.unit and _metric(here.unit) == _metric(there.unit):
        here, there = (replace(each, unit=_metric(each.unit)) for each in (here, there))
    if not here.unit or not alike(here, there) or not here.value or agree(here, there):
        return False
    value = Range.exact(there.value, there.unit).to(unit(here.unit)).middle
    return abs(value - here.value) <= _CLOSE * abs(here.value)
