"""Grades of totals against their rows."""

from collections.abc import Iterator

from orebook.checks.digits import Digits, alike, fits, nearest
from orebook.checks.estimates import Sum, sums
from orebook.checks.rule import Remark, remark, rule
from orebook.checks.saying import between, fact
from orebook.ground.fact import Fact
from orebook.ground.range import Range, weighted_mean
from orebook.reading.reading import Reading


@rule("F203", on="records", basis="arithmetic", catalogue="MR313")
def total_grade_mismatch(reading: Reading) -> Iterator[Remark]:
    """The grade of a total is not the mean of its rows by tonnes.

    What it does:
    Weights the grades of the rows by their tonnes and compares with the grade of the total.

    Why it matters:
    A plain mean, or a grade kept from the last estimate, looks right beside right tonnes.

    Flagged:

        Hazel Gold updates the Birk Crag resource

        | Category | Tonnes (Mt) | Grade (g/t Au) |
        |---|---|---|
        | Measured | 4.0 | 1.33 |
        | Indicated | 10.5 | 1.01 |
        | Measured and Indicated | 14.5 | 1.05 |

    Fine:

        Hazel Gold updates the Birk Crag resource

        | Category | Tonnes (Mt) | Grade (g/t Au) |
        |---|---|---|
        | Measured | 4.0 | 1.33 |
        | Indicated | 10.5 | 1.01 |
        | Measured and Indicated | 14.5 | 1.10 |

    Help:
    Weight by tonnes, from unrounded rows.
    """
    for one in sums(reading):
        for analyte, total in one.total.grades.items():
            rows = [(part.grades.get(analyte), part.tonnes) for part in one.parts]
            whole = [(grade, mass) for grade, mass in rows if grade is not None and mass is not None]
            if len(whole) == len(rows) and all(alike(grade.number, total.number) for grade, _ in whole):
                yield from _compared(one, total, whole)


def _compared(one: Sum, total: Fact, rows: list[tuple[Fact, Fact]]) -> Iterator[Remark]:
    def mean(read: Digits) -> Range:
        return weighted_mean([read(grade.number) for grade, _ in rows], [read(mass.number) for _, mass in rows])

    if sum(mass.number.value for _, mass in rows) <= 0 or fits(mean, total.number):
        return
    implied = mean(nearest).to(total.number.unit or "1")
    text = (
        f"{one.total.said()}: the rows weighted by tonnes make {between(implied, step=total.number.step)};"
        f" {fact(total)} stands here"
    )
    yield remark("error", text, [total, *(grade for grade, _ in rows)], implied)
