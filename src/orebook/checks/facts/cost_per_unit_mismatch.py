"""Two columns of one table of costs: what a year costs, and what a tonne costs."""

import itertools
import re
from collections.abc import Iterator
from typing import NamedTuple

from orebook.checks.rule import Remark, remark, rule
from orebook.checks.saying import between, number
from orebook.ground.figure import Figure
from orebook.ground.range import Range
from orebook.ground.source import Source
from orebook.reading.layout import Table
from orebook.reading.patterns import Pattern
from orebook.reading.reading import Reading

_MONEY = re.compile(r"\$|\b(?:USD|CAD|AUD|EUR|ZAR|R\s?m)\b|€|£")
_PER = Pattern(
    r"(?:/|\bper\b)\s?(?:dmt|wmt|dry\s|short\s)?(?:t|tonnes?|tons?|oz|ounces?|lbs?|pounds?|kg|bcm|m3)\b", re.IGNORECASE
)
_TOTAL = Pattern(r"\b(?:sub-?)?totals?\b|\ball[- ]in\b", re.IGNORECASE)
_VALUE = re.compile(r"\(?\$?\s?(?P<said>\d{1,3}(?:,\d{3}){0,3}(?:\.\d{1,3})?|\d{1,9}(?:\.\d{1,3})?)\)?")
_FEWEST = 5
"""A table with fewer items does not show which ratio rules it."""


class _Row(NamedTuple):
    """An item with its two costs."""

    name: str
    whole: Figure
    each: Figure
    sources: tuple[Source, Source]

    @property
    def ratio(self) -> Range:
        """What one stands for in the other."""
        made = self.each.range() / self.whole.range()
        return Range(made.low, made.high, "1")


@rule("F409", on="document", basis="arithmetic", catalogue="EX226")
def cost_per_unit_mismatch(reading: Reading) -> Iterator[Remark]:
    """The cost per tonne of one item does not go with its cost per year, as those of all other items do.

    What it does:
    In tables of costs with a column of amounts and one of amounts per tonne, ounce or pound, all rows are divided by
    the same production. Where every item but one allows a common divisor, that one is remarked on. Totals are left out,
    since they carry the fault on.

    Why it matters:
    Unit costs are what readers take from a study. One that was typed by hand changes the total below it.

    Flagged:

        Ingle Gold completes its study of Rook Fell

        | Item | $M a year | $ / t milled |
        |---|---|---|
        | Labour | 18.22 | 18.62 |
        | Power | 4.19 | 4.19 |
        | Reagents | 43.95 | 43.95 |
        | Maintenance | 6.20 | 6.20 |
        | Contingency | 7.31 | 7.31 |
        | Total | 79.87 | 80.27 |

    Fine:

        Ingle Gold completes its study of Rook Fell

        | Item | $M a year | $ / t milled |
        |---|---|---|
        | Labour | 18.22 | 18.22 |
        | Power | 4.19 | 4.19 |
        | Reagents | 43.95 | 43.95 |
        | Maintenance | 6.20 | 6.20 |
        | Contingency | 7.31 | 7.31 |
        | Total | 79.87 | 79.87 |

    Help:
    Divide the cost of the year by the production again, and add the total anew.
    """
    for block in reading.layout.blocks:
        if block.table is not None and len(block.table.rows) >= _FEWEST:
            for whole, each in _columns(block.table):
                yield from _odd(_rows(reading, block.table, whole, each))


def _columns(table: Table) -> Iterator[tuple[int, int]]:
    """Two columns side by side: money, and money for each unit."""
    heads = [" ".join(words) for words in table.header]
    for at, (left, right) in enumerate(itertools.pairwise(heads)):
        if _MONEY.search(left) and _MONEY.search(right) and not _PER.search(left) and _PER.search(right):
            yield at, at + 1


def _rows(reading: Reading, table: Table, whole: int, each: int) -> list[_Row]:
    found = []
    for row in table.rows:
        cells = {cell.column: cell for cell in row.cells}
        name = row.cells[0].plain if row.cells else ""
        pair = [cells.get(column) for column in (whole, each)]
        said = [_VALUE.fullmatch(cell.plain.strip()) if cell is not None else None for cell in pair]
        if not name or _TOTAL.search(name) or None in said or None in pair:
            continue
        figures = [Figure.parse(match["said"]) for match in said if match]
        places = [reading.document.source(cell.text.start, cell.text.end) for cell in pair if cell is not None]
        if figures[0].value > 0 and figures[1].value > 0:
            found.append(_Row(name, figures[0], figures[1], (places[0], places[1])))
    return found


def _odd(rows: list[_Row]) -> Iterator[Remark]:
    if len(rows) < _FEWEST:
        return
    alone = [
        row for row in rows if (common := _common([one for one in rows if one is not row])) and not _fits(row, common)
    ]
    if len(alone) == 1:
        odd = alone[0]
        common = _common([one for one in rows if one is not odd])
        if common is not None:
            made = odd.whole.range() * common
            implied = Range(made.low, made.high, "1")
            text = (
                f"{odd.name}: {number(odd.whole.value)} makes {between(implied, step=odd.each.step)} by the ratio of"
                f" the other {len(rows) - 1} items; {number(odd.each.value)} stands here"
            )
            yield remark("warning", text, [odd.sources[1], odd.sources[0]], implied)


def _common(rows: list[_Row]) -> Range | None:
    """The ratios that all rows allow."""
    low = max(row.ratio.low for row in rows)
    high = min(row.ratio.high for row in rows)
    return Range(low, high, "1") if low <= high else None


def _fits(row: _Row, common: Range) -> bool:
    return row.ratio.meets(common)
