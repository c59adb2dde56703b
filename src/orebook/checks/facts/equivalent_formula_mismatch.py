"""Metal equivalents against the ratio or the formula that the release prints."""

from collections import defaultdict
from collections.abc import Callable, Iterator

from orebook.checks.digits import MEASURED, Digits, fits, nearest
from orebook.checks.equivalents import Formula, formulas
from orebook.checks.estimates import estimates
from orebook.checks.intercepts import intercepts, mouthful
from orebook.checks.rule import Remark, remark, rule
from orebook.checks.saying import between, fact, listed
from orebook.disciplines.assaying.equivalents import equivalent_grade
from orebook.ground.fact import Fact
from orebook.ground.range import Range
from orebook.reading.reading import Reading

_FITTING = 2
"""A formula that fewer rows follow was not read rightly, or is not the one in use."""


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
    by_metal: dict[str, list[Formula]] = defaultdict(list)
    for formula in formulas(reading):
        by_metal[formula.metal].append(formula)
    fitting = 0
    missing: list[tuple[str, dict[str, Fact], list[Formula]]] = []
    for name, grades in _rows(reading) if by_metal else ():
        for metal, choices in by_metal.items():
            usable = [one for one in choices if _usable(one, grades)]
            if not usable:
                continue
            if any(fits(_computed(one, grades), grades[f"{metal}Eq"].number, MEASURED) for one in usable):
                fitting += 1
            else:
                missing.append((name, grades, usable))
    if fitting >= _FITTING and fitting > len(missing):
        for name, grades, usable in missing:
            yield _said(name, grades, usable)


def _rows(reading: Reading) -> Iterator[tuple[str, dict[str, Fact]]]:
    """Everything that has grades: intervals and estimates, with their names."""
    for one in intercepts(reading):
        yield mouthful(one), one.grades
    for estimate in estimates(reading):
        yield estimate.said(), estimate.grades


def _usable(formula: Formula, grades: dict[str, Fact]) -> bool:
    """Whether a row prints the equivalent and the metals of a formula, and no other metal."""
    metals = {name for name in grades if not name.endswith("Eq")}
    return f"{formula.metal}Eq" in grades and metals == set(formula.factors)


def _computed(formula: Formula, grades: dict[str, Fact]) -> Callable[[Digits], Range]:
    """The equivalent by a formula, from the digits of the grades as they are printed; the unit is that of the sum."""
    unit = grades[f"{formula.metal}Eq"].number.unit

    def made(read: Digits) -> Range:
        def bare(metal: str) -> Range:
            values = read(grades[metal].number)
            return Range(values.low, values.high)

        others = [(bare(metal), Range.exact(factor)) for metal, factor in formula.factors.items()]
        first, rest = others[0], others[1:]
        whole = equivalent_grade(first[0] * first[1], rest)
        return Range(whole.low, whole.high, unit)

    return made


def _said(name: str, grades: dict[str, Fact], usable: list[Formula]) -> Remark:
    whole = grades[f"{usable[0].metal}Eq"]
    used = [grades[metal] for metal in usable[0].factors]
    made = [between(_computed(one, grades)(nearest), step=whole.number.step) for one in usable[:3]]
    words = listed(dict.fromkeys(f"{one.said} makes {makes}" for one, makes in zip(usable, made, strict=False)))
    return remark("error", f"{name}: {words}; {fact(whole)} stands here", [whole, *used, usable[0].source])
