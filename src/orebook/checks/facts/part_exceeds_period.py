"""Parts of periods against the periods that hold them."""

from collections.abc import Iterator
from itertools import combinations

from orebook.checks.digits import ALL, alike
from orebook.checks.keys import by_block, period
from orebook.checks.rule import Remark, remark, rule
from orebook.checks.saying import fact
from orebook.disciplines.production.rates import rest_of_period
from orebook.ground.fact import Fact
from orebook.ground.range import Range
from orebook.reading.reading import Reading

_FLOWS = (
    "milling.ore_milled",
    "milling.ore_mined",
    "milling.waste_mined",
    "milling.metal_produced",
    "milling.metal_sold",
    "milling.concentrate",
    "finance.revenues",
)
_KEYS = ("mine", "company", "subject", "segment", "analyte", "product", "basis", "context", "excluding")
_MOST = 60


@rule("F303", on="facts", basis="arithmetic", catalogue="PR1001")
def part_exceeds_period(reading: Reading) -> Iterator[Remark]:
    """A part of a period has more than the whole period.

    What it does:
    For what can only grow (ore, metal, revenues) subtracts the quarter or month from the longer period that holds it.
    What is left for the rest of the period cannot be below nothing.

    Why it matters:
    Columns were exchanged, or one of them was not brought up to date.

    Flagged:

        Alder Copper reports third quarter production

        Stang Mine

        | Production | Three Months Ended September 30, 2019 | Nine Months Ended September 30, 2019 |
        |---|---|---|
        | Ore milled (tonnes) | 1,840,000 | 1,480,000 |
        | Copper (lbs) | 13,970,000 | 41,200,000 |

    Fine:

        Alder Copper reports third quarter production

        Stang Mine

        | Production | Three Months Ended September 30, 2019 | Nine Months Ended September 30, 2019 |
        |---|---|---|
        | Ore milled (tonnes) | 1,840,000 | 5,480,000 |
        | Copper (lbs) | 13,970,000 | 41,200,000 |

    Help:
    Check the heads of the columns and the rows of the longer period.
    """
    for measure in _FLOWS:
        flows = [one for one in reading.facts if one.measure == measure and one.about.get("place") == "table"]
        for facts in by_block(reading, flows, *_KEYS):
            for one, other in combinations(facts[:_MOST], 2):
                yield from _compared(one, other)


def _compared(one: Fact, other: Fact) -> Iterator[Remark]:
    here, there = period(one), period(other)
    if here is None or there is None or here.label == there.label or not alike(one.number, other.number):
        return
    if here.within(there):
        whole, part = other, one
    elif there.within(here):
        whole, part = one, other
    else:
        return
    if _is_flow(whole) and all(rest_of_period(read(whole.number), read(part.number)).high < 0 for read in ALL):
        text = f"{fact(part)} in {part.about['period']} are more than {fact(whole)} in all of {whole.about['period']}"
        most = Range(0, whole.number.range().high, whole.number.unit or "1")
        yield remark("error", text, [whole, part], most)


def _is_flow(whole: Fact) -> bool:
    """Whether the longer period is one of months, not a bound or a year to come."""
    when = period(whole)
    return when is not None and 27 < when.days < 1500 and whole.number.value >= 0
