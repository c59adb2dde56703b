"""Tonnes a day against tonnes and days."""

from collections.abc import Iterator

from orebook.checks.digits import fits
from orebook.checks.keys import by_block, once, period
from orebook.checks.rule import Remark, remark, rule
from orebook.checks.saying import between, figure
from orebook.disciplines.production.rates import throughput
from orebook.ground.fact import Fact
from orebook.ground.figure import Figure
from orebook.ground.period import Period
from orebook.ground.range import Range
from orebook.ground.units import unit
from orebook.reading.reading import Reading

_KEYS = ("mine", "period", "column", "context", "segment")


@rule("F302", on="facts", basis="arithmetic", catalogue="PR1003")
def throughput_mismatch(reading: Reading) -> Iterator[Remark]:
    """Tonnes per day do not follow from the tonnes of the period.

    What it does:
    Divides the ore milled in a period by its calendar days. Where the line says "per calendar day" the two must
    agree; where it does not, the mill may have stood still, and only a rate below the calendar rate is impossible.

    Why it matters:
    The rate is compared with the design of the mill and with other periods.

    Flagged:

        Alder Copper reports third quarter production

        Stang Mine

        | Production | Three Months Ended September 30, 2019 |
        |---|---|
        | Ore milled (tonnes) | 1,840,000 |
        | Ore milled per calendar day (tonnes) | 21,500 |

    Fine:

        Alder Copper reports third quarter production

        Stang Mine

        | Production | Three Months Ended September 30, 2019 |
        |---|---|
        | Ore milled (tonnes) | 1,840,000 |
        | Ore milled per calendar day (tonnes) | 20,000 |

    Help:
    Divide by the days of the same period; say if they are operating days.
    """
    wanted = ("milling.ore_milled", "milling.throughput")
    milled = [fact for fact in reading.facts if fact.measure in wanted and fact.about.get("place") == "table"]
    for facts in by_block(reading, milled, *_KEYS):
        ore = once(fact for fact in facts if fact.measure == "milling.ore_milled" and not fact.about.get("analyte"))
        rate = once(fact for fact in facts if fact.measure == "milling.throughput")
        when = period(ore) if ore else None
        if ore is not None and rate is not None and when is not None and 27 < when.days < 370:
            yield from _compared(ore, rate, when)


def _compared(ore: Fact, rate: Fact, when: Period) -> Iterator[Remark]:
    days = Range.exact(when.days, "d")
    implied = throughput(ore.number.range(), days)
    said = rate.number
    if not _is_rate(said) or fits(lambda read: throughput(read(ore.number), days), said):
        return
    calendar = "calendar" in rate.about.get("label", "").lower()
    low = said.range().high < implied.to(said.unit).low
    if calendar or low:
        text = (
            f"{figure(ore.number)} in the {when.days} days of {when.label} are"
            f" {between(implied.to(said.unit), step=said.step)}; {figure(said)} stands here"
        )
        yield remark("error", text, [rate, ore], implied.to(said.unit))


def _is_rate(said: Figure) -> bool:
    return bool(said.unit) and unit(said.unit).dimension == (("mass", 1), ("time", -1))
