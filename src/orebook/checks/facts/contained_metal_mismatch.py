"""Contained metal against tonnes and grade."""

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
_INTEREST = "resources.interest"


@rule("F201", on="records", basis="arithmetic", catalogue="MR312")
def contained_metal_mismatch(reading: Reading) -> Iterator[Remark]:
    """Contained metal does not follow from tonnes and grade.

    What it does:
    Multiplies tonnes by grade and compares with the metal. Each figure stands for all values that round to it; zeros at
    the end of a whole number may only fill it up. A head that left out its thousands or millions is a warning. Where
    the row names the share of the issuer, metal on that basis is fine too.

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

    Help:
    Compute the metal from unrounded tonnes and grades of one model; say if it is recovered or attributable metal.
    """
    heads: set[tuple[int, str]] = set()
    for one in estimates(reading):
        for analyte, metal in one.metals.items():
            grade = one.grades.get(analyte)
            if one.tonnes is None or grade is None or not _can_be_compared(metal, grade):
                continue
            found = _compared(one, one.tonnes, grade, metal)
            head = (block_at(reading, metal.source), metal.about.get("column", ""))
            if found is not None and (found.grade == "error" or head not in heads):
                yield found
                if found.grade != "error":
                    heads.add(head)


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
