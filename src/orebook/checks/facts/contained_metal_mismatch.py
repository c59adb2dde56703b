"""Contained metal against tonnes and grade."""

from collections import defaultdict
from collections.abc import Callable, Iterator

from orebook.checks.digits import Digits, fits, nearest
from orebook.checks.estimates import Estimate, estimates
from orebook.checks.places import block_at
from orebook.checks.rule import Remark, remark, rule
from orebook.checks.saying import between, fact, figure
from orebook.disciplines.production.metal import attributable, contained_metal
from orebook.ground.fact import Fact
from orebook.ground.figure import Figure
from orebook.ground.range import Range
from orebook.ground.units import unit
from orebook.reading.reading import Reading

_MASS = (("mass", 1),)
_SCALES = {"thousands": "0.001", "millions": "0.000001", "a thousandth": "1000", "a millionth": "1000000"}
"""What a head may have left out or added: the figures of its column then stand for so many times more or less."""
_ENOUGH = 5
"""So many different figures that all end in nought or five are no chance."""
_INTEREST = "resources.interest"


@rule("F201", on="records", basis="arithmetic", catalogue="MR312")
def contained_metal_mismatch(reading: Reading) -> Iterator[Remark]:
    """Contained metal does not follow from tonnes and grade.

    What it does:
    Multiplies tonnes by grade and compares with the metal. Each figure stands for all values that round to it; zeros at
    the end of a whole number may only fill it up; a column that goes up in fives was rounded to fives. A head that left
    out its thousands or millions is a warning. Where the row names the share of the issuer, metal on that basis is fine
    too.

    Why it matters:
    Readers multiply. An estimate that cannot be multiplied is mistyped, or its parts come from different models.

    Flagged:

        Hazel Gold updates the Birk Crag resource

        | Category | Tonnes (Mt) | Grade (g/t Au) | Contained Gold (koz) |
        |---|---|---|---|
        | Indicated | 10.0 | 1.50 | 550 |
        | Inferred | 4.0 | 1.10 | 141 |

    Fine:

        Hazel Gold updates the Birk Crag resource

        | Category | Tonnes (Mt) | Grade (g/t Au) | Contained Gold (koz) |
        |---|---|---|---|
        | Indicated | 10.0 | 1.50 | 482 |
        | Inferred | 4.0 | 1.10 | 141 |
        ----
        Hazel Gold updates the Birk Crag resource

        | Cut-off (g/t Au) | Tonnes (Mt) | Grade (g/t Au) | Contained Gold (koz) |
        |---|---|---|---|
        | 0.4 | 9.1 | 0.93 | 270 |
        | 0.5 | 7.2 | 1.06 | 245 |
        | 0.6 | 5.8 | 1.18 | 220 |
        | 0.7 | 4.8 | 1.30 | 200 |
        | 0.9 | 3.3 | 1.55 | 160 |

    Help:
    Compute the metal from unrounded tonnes and grades of one model; say if it is recovered or attributable metal.
    """
    heads: set[tuple[int, str]] = set()
    fives = _said_in_fives(reading)
    for one in estimates(reading):
        for analyte, metal in one.metals.items():
            grade = one.grades.get(analyte)
            if one.tonnes is None or grade is None or not _can_be_compared(metal, grade):
                continue
            if metal in fives and _fits_in_fives(one.tonnes, grade, metal):
                continue
            found = _compared(one, one.tonnes, grade, metal)
            head = (block_at(reading, metal.source), metal.about.get("column", ""))
            if found is not None and (found.grade == "error" or head not in heads):
                yield found
                if found.grade != "error":
                    heads.add(head)


def _said_in_fives(reading: Reading) -> list[Fact]:
    """The metal of tables in which every figure of its unit ends in nought or five, where there are enough of them."""
    columns: dict[tuple[int, str], list[Fact]] = defaultdict(list)
    for one in estimates(reading):
        for metal in one.metals.values() if one.record.about.get("place") == "table" else ():
            columns[block_at(reading, metal.source), metal.number.unit].append(metal)
    return [
        metal
        for metals in columns.values()
        if len({metal.figure.digits for metal in metals}) >= _ENOUGH
        if all(metal.number.value / metal.number.step % 5 == 0 for metal in metals)
        for metal in metals
    ]


def _fits_in_fives(tonnes: Fact, grade: Fact, metal: Fact) -> bool:
    said, half = metal.number, metal.number.step * 5 / 2
    held = contained_metal(tonnes.number.range(), grade.number.range())
    return held.meets(Range(said.value - half, said.value + half, said.unit or "1"))


def _can_be_compared(metal: Fact, grade: Fact) -> bool:
    words = " ".join(metal.about.get(key, "") for key in ("label", "column", "basis")).lower()
    if "recover" in words or "payable" in words or not metal.number.unit or not grade.number.unit:
        return False
    return unit(metal.number.unit).dimension == _MASS and not unit(grade.number.unit).dimension


def _compared(one: Estimate, tonnes: Fact, grade: Fact, metal: Fact) -> Remark | None:
    said = metal.number

    def held(read: Digits) -> Range:
        return contained_metal(read(tonnes.number), read(grade.number))

    if fits(held, said) or any(_is_share(held, interest.number, said) for interest in one.record.all(_INTEREST)):
        return None
    implied = held(nearest).to(said.unit)
    what = f"{one.said()}: {figure(tonnes.number)} at {fact(grade)} hold {between(implied, step=said.step)}"
    scale = next((name for name, times in _SCALES.items() if fits(_scaled(held, times), said)), "")
    places = [metal, tonnes, grade]
    if scale:
        return remark("warning", f"{what}; {figure(said)} stands here, which fits in {scale}", places, implied)
    return remark("error", f"{what}; {figure(said)} stands here", places, implied)


def _scaled(held: Callable[[Digits], Range], times: str) -> Callable[[Digits], Range]:
    return lambda read: held(read) * times


def _is_share(held: Callable[[Digits], Range], interest: Figure, said: Figure) -> bool:
    """Whether the metal is the issuer's share of what the tonnes hold."""
    return interest.unit == "%" and fits(lambda read: attributable(held(read), interest.range()), said)
