"""Metal produced against ore, grade and recovery."""

from collections.abc import Iterator
from dataclasses import dataclass

from orebook.checks.digits import Digits, fits, nearest
from orebook.checks.keys import by, by_block, once
from orebook.checks.rule import Remark, remark, rule
from orebook.checks.saying import between, fact, figure
from orebook.disciplines.production.metal import metal_produced
from orebook.ground.fact import Fact
from orebook.ground.range import Range
from orebook.ground.units import unit
from orebook.reading.reading import Reading

_KEYS = ("mine", "period", "column", "context", "segment", "basis")
_MASS = (("mass", 1),)
_GROSS = 20


@rule("F301", on="facts", basis="arithmetic", catalogue="PR1002")
def metal_produced_mismatch(reading: Reading) -> Iterator[Remark]:
    """Metal produced does not follow from ore milled, head grade and recovery.

    What it does:
    Multiplies ore by grade and recovery and compares with the metal of the same column. Metal in circuit and other
    ore can explain a small difference, so a gap below a twentieth is a warning.

    Why it matters:
    The four figures come from one metal balance. One that does not follow from the others is of another period or
    another mine, or is mistyped.

    Flagged:

        Alder Copper reports third quarter production

        Stang Mine

        | Production | Three Months Ended September 30, 2019 |
        |---|---|
        | Ore milled (tonnes) | 1,840,000 |
        | Grade % - copper | 0.410 |
        | Recovery % - copper | 84.0 |
        | Copper (lbs) | 16,970,000 |

    Fine:

        Alder Copper reports third quarter production

        Stang Mine

        | Production | Three Months Ended September 30, 2019 |
        |---|---|
        | Ore milled (tonnes) | 1,840,000 |
        | Grade % - copper | 0.410 |
        | Recovery % - copper | 84.0 |
        | Copper (lbs) | 13,970,000 |

    Help:
    Compare the four figures with the metal balance of the period; say if metal from other ore or from the circuit is
    in it.
    """
    milled = [one for one in reading.facts if one.measure.startswith("milling.") and one.about.get("place") == "table"]
    for facts in by_block(reading, milled, *_KEYS):
        ore = once(one for one in facts if one.measure == "milling.ore_milled")
        if ore is not None and unit(ore.number.unit or "1").dimension == _MASS:
            for balance in _balances(ore, facts):
                yield from balance.compared()


@dataclass(frozen=True, slots=True)
class _Balance:
    """Ore, grade, recovery and metal of one analyte in one column."""

    ore: Fact
    grade: Fact
    recovery: Fact
    metal: Fact

    def made(self, read: Digits) -> Range:
        """The metal that the other three make."""
        return metal_produced(read(self.ore.number), read(self.grade.number), read(self.recovery.number))

    def compared(self) -> Iterator[Remark]:
        """Yield the remark, if the metal does not follow."""
        said = self.metal.number
        if fits(self.made, said):
            return
        implied = self.made(nearest).to(said.unit)
        gross = implied.gap(said.range()) * _GROSS > abs(said.value)
        text = (
            f"{figure(self.ore.number)} at {fact(self.grade)} and {figure(self.recovery.number)} recovery give"
            f" {between(implied, step=said.step)}; {fact(self.metal)} stands here"
        )
        places = [self.metal, self.ore, self.grade, self.recovery]
        yield remark("error" if gross else "warning", text, places, implied)


def _balances(ore: Fact, facts: list[Fact]) -> Iterator[_Balance]:
    groups = by(facts, "analyte")
    for (analyte,), some in groups.items():
        parts = [once(one for one in some if one.measure == f"milling.{name}") for name in ("head_grade", "recovery")]
        metal = once(one for one in some if one.measure == "milling.metal_produced")
        grade, recovery = parts
        if analyte and grade is not None and recovery is not None and metal is not None:
            shares = all(one.number.unit and not unit(one.number.unit).dimension for one in (grade, recovery))
            if shares and unit(metal.number.unit or "1").dimension == _MASS:
                yield _Balance(ore, grade, recovery, metal)
