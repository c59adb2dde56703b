"""Production of the mines against that of the company, in sentences."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from orebook.checks.digits import ALL, fits, nearest
from orebook.checks.intercepts import plain
from orebook.checks.keys import made_of
from orebook.checks.rule import Remark, remark, rule
from orebook.checks.saying import added, between, fact
from orebook.disciplines.finance.amounts import sum_of_parts
from orebook.ground.fact import Fact
from orebook.reading.reading import Reading

_CLOSE = Decimal("0.06")
"""A total that misses its mines by less than this share was meant to be their sum."""
_MEASURES = ("milling.metal_produced", "milling.metal_sold")
_CURRENT = ("announced", "")


@rule("F306", on="facts", basis="arithmetic", catalogue="PR1001")
def mines_off_company(reading: Reading) -> Iterator[Remark]:
    """What the mines produced does not add up to what the company produced.

    What it does:
    Where sentences give the production of two or more mines and, for the same period, one larger figure without a mine,
    adds the mines. Only sums that come within 6 % of the total are remarked on: others leave out a mine. A small mine
    may still be missing, so this is a warning.

    Why it matters:
    The sum is the headline. What is missing is either a mine that nobody names, or ounces of another period.

    Flagged:

        Larch Gold reports second quarter results

        The Birk mine produced 3,410 ounces of gold in Q2 2024.

        The Sallow mine produced 3,605 ounces of gold in Q2 2024.

        Larch Gold produced 7,230 ounces of gold in Q2 2024.

    Fine:

        Larch Gold reports second quarter results

        The Birk mine produced 3,410 ounces of gold in Q2 2024.

        The Sallow mine produced 3,605 ounces of gold in Q2 2024.

        Larch Gold produced 7,015 ounces of gold in Q2 2024.

    Help:
    Name the source of the rest, or mend the figure that is off.
    """
    groups: dict[tuple[str, str, str], list[Fact]] = defaultdict(list)
    for one in reading.facts:
        text = one.about.get("place") != "table" and one.about.get("context", "") in _CURRENT
        if text and one.measure in _MEASURES and plain(one) and one.about.get("period"):
            groups[one.measure, one.about["period"], one.number.unit].append(one)
    for facts in groups.values():
        yield from _compared(facts)


def _compared(facts: list[Fact]) -> Iterator[Remark]:
    if len({what for one in facts if (what := made_of(one))}) > 1:
        return
    total = max(facts, key=lambda one: one.number.value)
    parts = [one for one in facts if one.about.get("mine") and one is not total]
    mines = {one.about["mine"] for one in parts}
    if total.about.get("mine") or len(parts) < 2 or len(mines) < len(parts):
        return
    together = sum(one.number.value for one in parts)
    near = abs(together - total.number.value) <= _CLOSE * total.number.value
    if near and not fits(lambda read: sum_of_parts([read(one.number) for one in parts]), total.number, ALL):
        expected = sum_of_parts([nearest(one.number) for one in parts])
        text = f"{added(parts)} make {between(expected, step=total.number.step)}; {fact(total)} stands for all"
        yield remark("warning", text, [total, *parts], expected)
