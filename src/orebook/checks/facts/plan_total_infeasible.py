"""Averages of a plan against its total."""

from collections.abc import Iterator

from orebook.checks.digits import ALL, Digits, alike
from orebook.checks.intercepts import plain
from orebook.checks.keys import period
from orebook.checks.rule import Remark, remark, rule
from orebook.checks.saying import between, fact
from orebook.disciplines.economics.plan import tail_production
from orebook.ground.fact import Fact
from orebook.ground.figure import Figure
from orebook.ground.range import Range
from orebook.reading.reading import Reading

_NEAR = 600
_MOST = 200


@rule("F505", on="facts", basis="arithmetic", catalogue="PE608")
def plan_total_infeasible(reading: Reading) -> Iterator[Remark]:
    """The yearly average of a plan and its total cannot both hold.

    What it does:
    Multiplies the average production of a year by the years that it is said for and compares with the total of the
    plan. If the plan has further years, only a negative rest for them is impossible; if it has none, the two must
    agree.

    Why it matters:
    The total decides the value of a plan, the average its size.

    Flagged:

        Alder Copper files the study of the Stang plan

        Life of mine copper production of 300 million pounds is planned from 2015 to 2024, averaging 40.0 million pounds
        of copper per year from 2015 to 2023.

    Fine:

        Alder Copper files the study of the Stang plan

        Life of mine copper production of 380 million pounds is planned from 2015 to 2024, averaging 40.0 million pounds
        of copper per year from 2015 to 2023.

    Help:
    Say which years the average leaves out.
    """
    totals = [one for one in reading.facts if one.measure == "plan.metal_production" and plain(one)]
    averages = [one for one in reading.facts if one.measure == "plan.average_production" and plain(one)]
    for average in averages[:_MOST]:
        for total in totals[:_MOST]:
            near = abs(total.source.start - average.source.start) < _NEAR
            if near and total.about.get("analyte") == average.about.get("analyte"):
                yield from _compared(total, average)


def _years(fact_: Fact) -> int:
    """The whole years of a fact's period."""
    when = period(fact_)
    if when is None or when.start.year < 1900 or when.end.year > 2200:
        return 0
    return when.end.year - when.start.year + 1


def _compared(total: Fact, average: Fact) -> Iterator[Remark]:
    whole, part = period(total), period(average)
    if whole is None or part is None or not part.within(whole) or not _years(average):
        return
    yearly = Figure(average.number.value, average.number.unit.removesuffix("/year"))
    if not alike(yearly, total.number):
        return
    years = Range.exact(_years(average))

    def rest(read: Digits) -> Range:
        return tail_production(read(total.number), read(yearly), years)

    if any(rest(read).high >= 0 for read in ALL):
        return
    least = (yearly.range() * years).to(total.number.unit or "1")
    text = f"{_years(average)} years at {fact(average)} are {between(least)}; {fact(total)} stands for all years"
    yield remark("error", text, [total, average], least)
