"""Mills: daily sheets of two mines, SIMULATED, whose nine months and third quarters are those that were published."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from numpy.random import Generator
from published import PRODUCTION

LB = 2204.62262185
"""Pounds in a tonne."""

OZ = 31.1034768
"""Grams in an ounce."""

QUARTERS = ((1, 1), (4, 1), (7, 1), (10, 1))

HEAD = ["Mine", "From Day", "To Day", "ore_t", "cu_pct", "au_gpt", "cu_lb", "au_oz", "ag_oz", "mo_lb"]


@dataclass(frozen=True)
class Stretch:
    """What a mill made in some days: whole tonnes, pounds and ounces, and the metal that was in its ore."""

    mine: str
    start: date
    end: date
    ore: int
    made: dict[str, int]
    recovery: dict[str, float]

    @property
    def days(self) -> int:
        """How many days."""
        return (self.end - self.start).days + 1


def number(words: str) -> float:
    """A printed number."""
    return float(words.replace(",", ""))


def nine_months(mine: str, year: int) -> Stretch:
    """What was published of a mine: ore, metal and recoveries of nine months."""
    at = 0 if year == 2011 else 1
    said = {name: number(cells[at]) for name, cells in PRODUCTION[mine].items()}
    made = {name.split()[1]: int(value) for name, value in said.items() if name.startswith("metal_produced")}
    recovery = {name.split()[1]: value for name, value in said.items() if name.startswith("recovery")}
    return Stretch(mine, date(year, 1, 1), date(year, 9, 30), int(said["ore_milled"]), made, recovery)


THIRD = {
    # mine and year: ore of the third quarter, and how much of the copper of the nine months was made in it
    ("Mount Polley", 2011): (22_160 * 92, 0.334),
    ("Mount Polley", 2010): (2_011_400, 0.329),
    ("Huckleberry", 2011): (1_512_700, 10_312_400 / 34_044_000),
    ("Huckleberry", 2010): (1_418_300, 10_087_600 / 31_664_000),
}
"""Of the third quarters a throughput and two amounts of copper were published; the rest is chosen."""


def stretches(mine: str, year: int) -> Iterator[Stretch]:
    """The half year and the third quarter that make the nine months; of 2010 also a fourth quarter, chosen."""
    whole = nine_months(mine, year)
    ore, share = THIRD[mine, year]
    third = {metal: round(amount * share) for metal, amount in whole.made.items()}
    rest = {metal: amount - third[metal] for metal, amount in whole.made.items()}
    yield Stretch(mine, date(year, 1, 1), date(year, 6, 30), whole.ore - ore, rest, whole.recovery)
    yield Stretch(mine, date(year, 7, 1), date(year, 9, 30), ore, third, whole.recovery)
    if year == 2010:
        later = {metal: round(amount * 0.97) for metal, amount in third.items()}
        yield Stretch(mine, date(year, 10, 1), date(year, 12, 31), round(ore * 1.01), later, whole.recovery)


def spread_out(rng: Generator, total: int, days: int, wide: float) -> list[int]:
    """A whole number shared over days by chance; the days add up to it."""
    weights = [math.exp(wide * float(draw)) for draw in rng.standard_normal(days)]
    scale = total / sum(weights)
    exact = [weight * scale for weight in weights]
    found = [math.floor(each) for each in exact]
    rest = sorted(range(days), key=lambda at: found[at] - exact[at])
    for at in rest[: total - sum(found)]:
        found[at] += 1
    return found


def fed(stretch: Stretch, metal: str) -> float:
    """The metal in the ore, in tonnes or grams, by the metal made and its recovery."""
    amount = stretch.made[metal] / LB if metal == "Cu" else stretch.made[metal] * OZ
    return amount / (stretch.recovery[metal] / 100)


def grades(rng: Generator, stretch: Stretch, ore: list[int], metal: str) -> list[float]:
    """Grades of each day whose mean by tonnes is the metal fed, with four digits after the point."""
    rough = [math.exp(0.08 * float(draw)) for draw in rng.standard_normal(len(ore))]
    scale = fed(stretch, metal) / sum(each * tonnes for each, tonnes in zip(rough, ore, strict=True))
    scale *= 100 if metal == "Cu" else 1
    return [round(each * scale, 4) for each in rough]


def days_of(rng: Generator, stretch: Stretch) -> Iterator[list[str]]:
    """Yield a row for each day of a mill."""
    ore = spread_out(rng, stretch.ore, stretch.days, 0.05)
    head = {metal: grades(rng, stretch, ore, metal) for metal in stretch.recovery}
    made = {metal: spread_out(rng, amount, stretch.days, 0.02) for metal, amount in stretch.made.items()}
    for at in range(stretch.days):
        day = (stretch.start + timedelta(days=at)).isoformat()
        found = {"cu_pct": "Cu", "au_gpt": "Au"}
        graded = [f"{head[metal][at]:.4f}" if metal in head else "" for metal in found.values()]
        metal = [str(made[name][at]) if name in made else "" for name in ("Cu", "Au", "Ag", "Mo")]
        yield [stretch.mine, day, day, str(ore[at]), *graded, *metal]


def sheet(rng: Generator) -> Iterator[list[str]]:
    """Yield the whole mill sheet: both mines from the first of January 2010 to the end of September 2011."""
    for mine in PRODUCTION:
        for year in (2010, 2011):
            for stretch in stretches(mine, year):
                yield from days_of(rng, stretch)
