"""Metal equivalents against the ratio or the formula that the release prints."""

from collections.abc import Iterator

from orebook.checks.digits import nearest
from orebook.checks.equivalents import OffFormula, computed, off_formula
from orebook.checks.rule import Remark, remark, rule
from orebook.checks.saying import between, fact, listed
from orebook.reading.reading import Reading


@rule("F124", on="records", basis="arithmetic", catalogue="EQ706")
def equivalent_formula_mismatch(reading: Reading) -> Iterator[Remark]:
    """A metal equivalent is not what the printed ratio or formula makes of its grades.

    What it does:
    Reads ratios of silver to gold ("80:1") and sums with coefficients ("CuEq = Cu + 0.6 x Au"), and computes the
    equivalent of every interval and estimate that prints all the grades. Where several formulas stand in the document,
    one of them must fit. It speaks only if more rows follow the formulas than do not.

    Why it matters:
    An equivalent is no assay. If the stated formula does not give it, another price was used for it, or a grade was
    changed afterwards.

    Flagged:

        Dale Silver drills Quern Hill

        | Hole | From (m) | To (m) | Interval (m) | Au (g/t) | Ag (g/t) | AuEq (g/t) |
        |---|---|---|---|---|---|---|
        | QH-01 | 10.0 | 20.0 | 10.0 | 1.00 | 80.0 | 2.00 |
        | QH-02 | 30.0 | 36.0 | 6.0 | 0.50 | 120.0 | 2.00 |
        | QH-03 | 44.0 | 49.0 | 5.0 | 2.00 | 40.0 | 2.90 |

        Gold equivalent (AuEq) is calculated with an 80:1 silver to gold ratio.

    Fine:

        Dale Silver drills Quern Hill

        | Hole | From (m) | To (m) | Interval (m) | Au (g/t) | Ag (g/t) | AuEq (g/t) |
        |---|---|---|---|---|---|---|
        | QH-01 | 10.0 | 20.0 | 10.0 | 1.00 | 80.0 | 2.00 |
        | QH-02 | 30.0 | 36.0 | 6.0 | 0.50 | 120.0 | 2.00 |
        | QH-03 | 44.0 | 49.0 | 5.0 | 2.00 | 40.0 | 2.50 |

        Gold equivalent (AuEq) is calculated with an 80:1 silver to gold ratio.

    Help:
    Compute every equivalent with the formula that is printed, or print the formula of each year beside its rows.
    """
    for one in off_formula(reading):
        yield _said(one)


def _said(one: OffFormula) -> Remark:
    whole = one.grades[f"{one.formulas[0].metal}Eq"]
    used = [one.grades[metal] for metal in one.formulas[0].factors]
    made = [
        f"{formula.said} makes {between(computed(formula, one.grades)(nearest), step=whole.number.step)}"
        for formula in one.formulas[:3]
    ]
    text = f"{one.name}: {listed(dict.fromkeys(made))}; {fact(whole)} stands here"
    return remark("error", text, [whole, *used, one.formulas[0].source])
