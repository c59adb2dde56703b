"""Quarters against halves and years."""

import re
from collections.abc import Iterator

from orebook.checks.digits import alike, fits
from orebook.checks.keys import by_block, period
from orebook.checks.rule import Remark, remark, rule
from orebook.checks.saying import added, between, fact, listed
from orebook.disciplines.finance.amounts import sum_of_parts
from orebook.ground.fact import Fact
from orebook.reading.reading import Reading

_TO_DATE = re.compile(r"\bYTD\b|\bto[- ]date\b", re.IGNORECASE)
_FISCAL = re.compile(r"\bFY\s?['’]?\d{2}|\bfiscal\b|\bfinancial year\b", re.IGNORECASE)
_PRODUCED = ("milling.ore_milled", "milling.ore_mined", "milling.waste_mined", "milling.metal_produced")
_FLOWS = (*_PRODUCED, "milling.metal_sold", "milling.concentrate", "finance.revenues", "finance.net_income")
_KEYS = ("mine", "company", "subject", "segment", "analyte", "product", "basis", "context", "excluding", "label")
_WHOLES: dict[str, list[tuple[str, ...]]] = {
    "": [("Q1", "Q2", "Q3", "Q4"), ("H1", "H2"), ("9M", "Q4"), ("H1", "Q3", "Q4")],
    "9M": [("Q1", "Q2", "Q3"), ("H1", "Q3")],
    "H1": [("Q1", "Q2")],
    "H2": [("Q3", "Q4")],
}


@rule("F304", on="facts", basis="arithmetic", catalogue="PR1001")
def quarters_do_not_add(reading: Reading) -> Iterator[Remark]:
    """The quarters of a row do not add up to its year, half year or nine months.

    What it does:
    Adds the columns that make up a longer period of the same row: quarters, halves, nine months and the fourth quarter.
    Income can be restated between quarters, so there it is a warning. What is said to date is no more than a warning,
    and nothing where the year is fiscal.

    Why it matters:
    A flow has nowhere else to come from.

    Flagged:

        Alder Copper reports second quarter production

        Stang Mine

        | Production | Q1 2019 | Q2 2019 | H1 2019 |
        |---|---|---|---|
        | Ore milled (tonnes) | 1,750,000 | 1,830,000 | 3,850,000 |
        | Copper (lbs) | 13,100,000 | 13,900,000 | 27,000,000 |

    Fine:

        Alder Copper reports second quarter production

        Stang Mine

        | Production | Q1 2019 | Q2 2019 | H1 2019 |
        |---|---|---|---|
        | Ore milled (tonnes) | 1,750,000 | 1,830,000 | 3,580,000 |
        | Copper (lbs) | 13,100,000 | 13,900,000 | 27,000,000 |
        ----
        Alder Copper reports June quarter production

        Stang Mine

        | Production | Jun Q 2019 | Mar Q 2019 | FY19 YTD |
        |---|---|---|---|
        | Ore milled (tonnes) | 1,830,000 | 1,750,000 | 7,120,000 |

    Help:
    Add the unrounded quarters; say which of them was restated.
    """
    flows = [one for one in reading.facts if one.measure in _FLOWS and one.about.get("place") == "table"]
    for measure in _FLOWS:
        for facts in by_block(reading, [one for one in flows if one.measure == measure], *_KEYS):
            for year, columns in _years(facts).items():
                yield from _of_year(year, columns)


def _years(facts: list[Fact]) -> dict[str, dict[str, Fact]]:
    """The facts of each year by the part of the year; a part that stands twice is left out."""
    years: dict[str, dict[str, Fact]] = {}
    twice: set[tuple[str, str]] = set()
    for one in facts:
        when = period(one)
        year, _, part = when.label.partition("-") if when else ("", "", "?")
        if part in ("", "Q1", "Q2", "Q3", "Q4", "H1", "H2", "9M") and year.isdigit():
            if part in years.setdefault(year, {}):
                twice.add((year, part))
            years[year][part] = one
    for year, part in twice:
        del years[year][part]
    return years


def _of_year(year: str, columns: dict[str, Fact]) -> Iterator[Remark]:
    for name, ways in _WHOLES.items():
        whole = columns.get(name)
        way = next((way for way in ways if all(part in columns for part in way)), None)
        if whole is not None and way is not None:
            parts = [columns[part] for part in way]
            if all(alike(part.number, whole.number) for part in parts):
                yield from _compared(f"{year} {name}".strip(), whole, parts, way)


def _compared(name: str, whole: Fact, parts: list[Fact], way: tuple[str, ...]) -> Iterator[Remark]:
    said, head = whole.number, whole.about.get("column", "")
    to_date = _TO_DATE.search(head) is not None
    if to_date and _FISCAL.search(head):
        return  # the year began in a month that the table does not name
    if not fits(lambda read: sum_of_parts([read(part.number) for part in parts]), said):
        implied = sum_of_parts([part.number.range() for part in parts]).to(said.unit or "1")
        text = (
            f"{listed(way)}, {added(parts)}, make {between(implied, step=said.step)}; {fact(whole)} stands for {name}"
        )
        sure = whole.measure in _PRODUCED and not to_date
        yield remark("error" if sure else "warning", text, [whole, *parts], implied)
