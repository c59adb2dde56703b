"""Strip ratios against waste and ore."""

from collections.abc import Iterator

from orebook.checks.digits import alike, fits
from orebook.checks.keys import by_block, once
from orebook.checks.rule import Remark, remark, rule
from orebook.checks.saying import between, figure
from orebook.disciplines.production.rates import strip_ratio
from orebook.ground.fact import Fact
from orebook.reading.reading import Reading

_KEYS = ("mine", "period", "column", "context", "segment")


@rule("F305", on="facts", basis="arithmetic", catalogue="PR1009")
def strip_ratio_mismatch(reading: Reading) -> Iterator[Remark]:
    """A strip ratio is not waste by ore.

    What it does:
    Divides the waste mined by the ore mined in the same column and compares with the ratio.

    Why it matters:
    The ratio decides the cost of mining; what counts as waste must be the same in all three lines.

    Flagged:

        Alder Copper reports third quarter production

        Stang Mine

        | Production | Three Months Ended September 30, 2019 |
        |---|---|
        | Ore mined (tonnes) | 2,041,000 |
        | Waste mined (tonnes) | 3,128,000 |
        | Strip ratio | 1.95 |

    Fine:

        Alder Copper reports third quarter production

        Stang Mine

        | Production | Three Months Ended September 30, 2019 |
        |---|---|
        | Ore mined (tonnes) | 2,041,000 |
        | Waste mined (tonnes) | 3,128,000 |
        | Strip ratio | 1.53 |

    Help:
    Say what counts as waste, and divide by the ore that was mined, not milled.
    """
    wanted = ("milling.ore_mined", "milling.waste_mined", "milling.strip_ratio")
    mined = [fact for fact in reading.facts if fact.measure in wanted and fact.about.get("place") == "table"]
    for facts in by_block(reading, mined, *_KEYS):
        ore, waste, ratio = (once(fact for fact in facts if fact.measure == name) for name in wanted)
        if ore is not None and waste is not None and ratio is not None and alike(ore.number, waste.number):
            yield from _compared(ore, waste, ratio)


def _compared(ore: Fact, waste: Fact, ratio: Fact) -> Iterator[Remark]:
    said = ratio.number
    if said.unit not in ("", "1") or ore.number.value <= 0:
        return
    if not fits(lambda read: strip_ratio(read(waste.number), read(ore.number)), said):
        implied = strip_ratio(waste.number.range(), ore.number.range()).to("1")
        text = (
            f"{figure(waste.number)} of waste for {figure(ore.number)} of ore are {between(implied, step=said.step)};"
            f" {figure(said)} stands here"
        )
        yield remark("error", text, [ratio, waste, ore], implied)
