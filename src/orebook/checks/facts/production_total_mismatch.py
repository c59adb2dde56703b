"""Totals of production tables against their mines."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from orebook.checks.digits import ALL, fits, nearest
from orebook.checks.intercepts import plain
from orebook.checks.keys import made_of
from orebook.checks.places import block_at
from orebook.checks.rule import Remark, remark, rule
from orebook.checks.saying import added, between, fact
from orebook.disciplines.finance.amounts import sum_of_parts
from orebook.ground.fact import Fact
from orebook.reading.reading import Reading

_CLOSE = Decimal("0.15")
_MEASURES = ("milling.metal_produced", "milling.metal_sold")
_Column = tuple[Fact, list[Fact]]


@rule("F307", on="facts", basis="arithmetic", catalogue="PR1001")
def production_total_mismatch(reading: Reading) -> Iterator[Remark]:
    """The total of a production table is not the sum of its mines.

    What it does:
    Adds what the mines of one table produced in one period, and compares with the row of the same metal that names no
    mine. Where the sum holds in another column of the table, a column in which it does not is an error; where no column
    holds, a mine may be missing from the table, and nothing is said.

    Why it matters:
    The total is quoted, the mines are modelled.

    Flagged:

        Larch Gold reports third quarter production

        | | Q3 2024 | Q2 2024 |
        |---|---|---|
        | **Birk Mine** | | |
        | Gold produced (oz) | 34,110 | 32,480 |
        | **Sallow Mine** | | |
        | Gold produced (oz) | 18,250 | 17,860 |
        | **Total gold produced (oz)** | 53,260 | 50,340 |

    Fine:

        Larch Gold reports third quarter production

        | | Q3 2024 | Q2 2024 |
        |---|---|---|
        | **Birk Mine** | | |
        | Gold produced (oz) | 34,110 | 32,480 |
        | **Sallow Mine** | | |
        | Gold produced (oz) | 18,250 | 17,860 |
        | **Total gold produced (oz)** | 52,360 | 50,340 |

    Help:
    Add the column again.
    """
    for columns in _tables(reading):
        off = [(total, parts) for total, parts in columns if not _adds_up(total, parts)]
        if off and len(off) < len(columns):
            for total, parts in off:
                yield from _said(total, parts)


def _tables(reading: Reading) -> Iterator[list[_Column]]:
    """The columns of each table by metal: a total without a mine, and the mines."""
    columns: dict[tuple[object, ...], dict[tuple[str, ...], list[Fact]]] = defaultdict(lambda: defaultdict(list))
    for one in reading.facts:
        if one.measure in _MEASURES and one.about.get("place") == "table" and plain(one):
            row = (block_at(reading, one.source), one.measure, made_of(one), one.number.unit)
            columns[row][one.about.get("period", ""), one.about.get("column", "")].append(one)
    for table in columns.values():
        found = [column for facts in table.values() if (column := _column(facts)) is not None]
        if len(found) > 1:
            yield found


def _column(facts: list[Fact]) -> _Column | None:
    totals = [one for one in facts if not one.about.get("mine")]
    parts = [one for one in facts if one.about.get("mine")]
    mines = {one.about["mine"] for one in parts}
    return (totals[0], parts) if len(totals) == 1 and len(parts) > 1 and len(mines) == len(parts) else None


def _adds_up(total: Fact, parts: list[Fact]) -> bool:
    return fits(lambda read: sum_of_parts([read(one.number) for one in parts]), total.number, ALL)


def _said(total: Fact, parts: list[Fact]) -> Iterator[Remark]:
    together = sum(one.number.value for one in parts)
    if abs(together - total.number.value) <= _CLOSE * total.number.value:
        expected = sum_of_parts([nearest(one.number) for one in parts])
        text = f"{added(parts)} make {between(expected, step=total.number.step)}; {fact(total)} stands here"
        yield remark("error", text, [total, *parts], expected)
