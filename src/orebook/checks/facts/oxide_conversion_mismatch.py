"""Elements and their oxides side by side."""

from collections.abc import Iterator
from decimal import Decimal

from orebook.checks.digits import MEASURED, alike, fits
from orebook.checks.intercepts import Intercept, intercepts, mouthful
from orebook.checks.rule import Remark, remark, rule
from orebook.checks.saying import between, fact, number
from orebook.disciplines.assaying.oxides import element_of, oxide_factor, to_oxide
from orebook.ground.fact import Fact
from orebook.ground.figure import Figure
from orebook.ground.range import Range
from orebook.reading.reading import Reading


@rule("F108", on="records", basis="stoichiometry", catalogue="EX228")
def oxide_conversion_mismatch(reading: Reading) -> Iterator[Remark]:
    """An oxide grade does not follow from the grade of its element.

    What it does:
    Where an interval has both, multiplies the element by the factor that the atomic masses give, or by the factor
    that the document prints, and compares with the oxide.

    Why it matters:
    One of the two columns is mistyped, or a column was converted twice.

    Flagged:

        Lanthe Rare Metals drills Bracken Lake

        | Hole | From (m) | To (m) | Interval (m) | Sc (ppm) | Sc2O3 (ppm) |
        |---|---|---|---|---|---|
        | BL-02 | 61.0 | 70.0 | 9.0 | 150 | 320 |

    Fine:

        Lanthe Rare Metals drills Bracken Lake

        | Hole | From (m) | To (m) | Interval (m) | Sc (ppm) | Sc2O3 (ppm) |
        |---|---|---|---|---|---|
        | BL-02 | 61.0 | 70.0 | 9.0 | 150 | 230 |

    Help:
    Convert once, from the element as the laboratory reported it, and print the factor.
    """
    printed = _printed_factors(reading)
    for one in intercepts(reading):
        for oxide, whole in one.grades.items():
            element = one.grades.get(element_of(oxide) or "none")
            if element is not None and alike(element.number, whole.number):
                yield from _compared(one, whole, element, printed.get(oxide, []))


def _printed_factors(reading: Reading) -> dict[str, list[Figure]]:
    factors: dict[str, list[Figure]] = {}
    for fact_ in reading.facts:
        if fact_.measure == "sampling.conversion" and isinstance(fact_.figure, Figure):
            factors.setdefault(fact_.about.get("analyte", ""), []).append(fact_.figure)
    return factors


def _compared(one: Intercept, oxide: Fact, element: Fact, printed: list[Figure]) -> Iterator[Remark]:
    name = oxide.about.get("analyte", "")
    exact = oxide_factor(name)
    factors = [Range.exact(exact), *(figure.range() for figure in printed)]
    if not any(_holds(element.number, oxide.number, factor) for factor in factors):
        implied = to_oxide(element.number.range(), factors[0]).to(oxide.number.unit or "1")
        text = (
            f"{mouthful(one)}: {fact(element)} makes {between(implied, step=oxide.number.step)} of {name}"
            f" at a factor of {number(exact.quantize(Decimal('0.0001')))}; {fact(oxide)} stands here"
        )
        yield remark("error", text, [oxide, element], implied)


def _holds(element: Figure, oxide: Figure, factor: Range) -> bool:
    return fits(lambda read: to_oxide(read(element), factor), oxide, MEASURED)
