"""Columns that add analytes up."""

from collections.abc import Iterator

from orebook.checks.digits import MEASURED, alike, fits
from orebook.checks.intercepts import Intercept, intercepts, mouthful
from orebook.checks.rule import Remark, remark, rule
from orebook.checks.saying import added, between, fact
from orebook.disciplines.assaying.groups import combined_grade
from orebook.disciplines.assaying.oxides import atoms
from orebook.ground.fact import Fact
from orebook.reading.reading import Reading


@rule("F107", on="records", basis="arithmetic", catalogue="EQ705")
def combined_grade_mismatch(reading: Reading) -> Iterator[Remark]:
    """A combined grade is not the sum of its analytes.

    What it does:
    The header of such a column is its formula: ``Zn+Pb`` is zinc and lead. Where each analyte has a column of its
    own, they are added and compared. Sums are usually made before rounding, so a last digit may differ.

    Why it matters:
    One of the cells is mistyped, and nobody can tell which.

    Flagged:

        Skerry Zinc drills Gannet Point

        | Hole | From (m) | To (m) | Interval (m) | Zn % | Pb % | Zn+Pb % |
        |---|---|---|---|---|---|---|
        | GP-19 | 88.0 | 97.0 | 9.0 | 10.40 | 2.15 | 12.65 |

    Fine:

        Skerry Zinc drills Gannet Point

        | Hole | From (m) | To (m) | Interval (m) | Zn % | Pb % | Zn+Pb % |
        |---|---|---|---|---|---|---|
        | GP-19 | 88.0 | 97.0 | 9.0 | 10.40 | 2.15 | 12.56 |

    Help:
    Look up the assays of the row; only they tell which of the cells to mend.
    """
    for one in intercepts(reading):
        for analyte, whole in one.grades.items():
            parts = _parts(one, analyte)
            if parts and all(alike(part.number, whole.number) for part in parts):
                yield from _compared(one, whole, parts)


def _parts(one: Intercept, analyte: str) -> list[Fact]:
    """The grades that the name of a combined analyte adds up; nothing unless each is there as an element or oxide."""
    names = analyte.split("+")
    if len(names) < 2 or not all(name in one.grades and atoms(f"{name}O") for name in names):
        return []
    return [one.grades[name] for name in names]


def _compared(one: Intercept, whole: Fact, parts: list[Fact]) -> Iterator[Remark]:
    said = whole.number
    if not fits(lambda read: combined_grade([read(part.number) for part in parts]), said, MEASURED):
        implied = combined_grade([part.number.range() for part in parts]).to(said.unit or "1")
        sums = between(implied, step=said.step)
        text = f"{mouthful(one)}: {added(parts)} make {sums}; {fact(whole)} stands here"
        yield remark("error", text, [whole, *parts], implied)
