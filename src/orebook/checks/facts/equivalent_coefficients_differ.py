"""Metal equivalents that one formula cannot give."""

from collections import defaultdict
from collections.abc import Iterator

from orebook.checks.digits import MEASURED, Digits, alike, significant
from orebook.checks.equivalents import formulas, off_formula
from orebook.checks.intercepts import Intercept, intercepts, mouthful
from orebook.checks.rule import Remark, remark, rule
from orebook.checks.same import agree
from orebook.checks.saying import fact
from orebook.disciplines.assaying.equivalents import coefficient
from orebook.ground.fact import Fact
from orebook.ground.range import Range
from orebook.reading.reading import Reading

_TELLING = 4
"""Two grades with so many digits do not agree by chance."""
_LEAST = 4
"""Fewer intervals do not tell which of them is off."""


@rule("F115", on="records", basis="one formula for one statement", catalogue="EQ706")
def equivalent_coefficients_differ(reading: Reading) -> Iterator[Remark]:
    """The equivalent of one interval needs another coefficient than that of the others.

    What it does:
    Where four intervals or more print an equivalent and exactly two metals, each implies a range for the coefficient of
    the second metal. If one formula made them all, one coefficient lies in every range; the interval that most others
    exclude is named. Other years may have other prices, so this is a warning. Two intervals with the same grades and
    different equivalents are named together. Where the release prints its formula, F124 compares with that.

    Why it matters:
    An equivalent cannot be assayed. If the printed metals do not give it, it was computed from other grades, or copied.

    Flagged:

        Dale Silver drills Quern Hill

        | Hole | From (m) | To (m) | Interval (m) | Au (g/t) | Ag (g/t) | AuEq (g/t) |
        |---|---|---|---|---|---|---|
        | QH-01 | 10.0 | 20.0 | 10.0 | 1.00 | 80.0 | 2.00 |
        | QH-02 | 30.0 | 36.0 | 6.0 | 0.50 | 120.0 | 2.00 |
        | QH-03 | 44.0 | 49.0 | 5.0 | 2.00 | 40.0 | 2.90 |
        | QH-04 | 12.0 | 19.0 | 7.0 | 0.75 | 100.0 | 2.00 |
        ----
        Dale Silver drills Quern Hill

        | Hole | From (m) | To (m) | Interval (m) | Au (g/t) | Ag (g/t) | AuEq (g/t) |
        |---|---|---|---|---|---|---|
        | QH-01 | 10.0 | 20.0 | 10.0 | 1.02 | 81.3 | 2.04 |
        | QH-02 | 30.0 | 36.0 | 6.0 | 1.02 | 81.3 | 2.09 |

    Fine:

        Dale Silver drills Quern Hill

        | Hole | From (m) | To (m) | Interval (m) | Au (g/t) | Ag (g/t) | AuEq (g/t) |
        |---|---|---|---|---|---|---|
        | QH-01 | 10.0 | 20.0 | 10.0 | 1.00 | 80.0 | 2.00 |
        | QH-02 | 30.0 | 36.0 | 6.0 | 0.50 | 120.0 | 2.00 |
        | QH-03 | 44.0 | 49.0 | 5.0 | 2.00 | 40.0 | 2.50 |
        | QH-04 | 12.0 | 19.0 | 7.0 | 0.75 | 100.0 | 2.00 |

    Help:
    Print the formula with prices and recoveries, and compute every equivalent with it.
    """
    groups: dict[tuple[str, ...], list[tuple[Intercept, Fact, Fact, Fact]]] = defaultdict(list)
    printed = {formula.metal for formula in formulas(reading)}
    known = {id(grade) for off in off_formula(reading) for grade in off.grades.values()}
    for one in intercepts(reading):
        if (found := _three(one)) and id(found[1]) not in known:
            groups[(found[0], one.record.about.get("context", ""))].append((one, *found[1:]))
    for (equivalent, *_), rows in groups.items():
        copies = list(_copies(rows))
        yield from copies
        if len(rows) >= _LEAST and not copies and equivalent.partition("Eq")[0] not in printed:
            yield from _outlier(rows)


def _copies(rows: list[tuple[Intercept, Fact, Fact, Fact]]) -> Iterator[Remark]:
    """Intervals whose two grades are the same to the last digit, and whose equivalents are not."""
    seen: dict[tuple[str, str], tuple[Intercept, Fact, Fact, Fact]] = {}
    for row in rows:
        one, whole, first, second = row
        other, whole_there, first_there, second_there = seen.setdefault(
            (first.number.digits, second.number.digits), row
        )
        telling = significant(first.number) + significant(second.number) >= _TELLING
        if telling and not agree(whole.number, whole_there.number):
            text = (
                f"{mouthful(one)} and {mouthful(other)} have the same {fact(first)} and {fact(second)}, and"
                f" {fact(whole)} against {fact(whole_there)}"
            )
            yield remark("warning", text, [whole, whole_there, first, second, first_there, second_there])


def _three(one: Intercept) -> tuple[str, Fact, Fact, Fact] | None:
    """Equivalent, its own metal and the only other one."""
    equivalents = [name for name in one.grades if name.endswith("Eq")]
    others = [name for name in one.grades if not name.endswith("Eq")]
    if len(equivalents) != 1 or len(others) != 2 or (own := equivalents[0][:-2]) not in others:
        return None
    other = next(name for name in others if name != own)
    whole, first, second = one.grades[equivalents[0]], one.grades[own], one.grades[other]
    if not alike(whole.number, first.number) or second.number.value == 0:
        return None
    return f"{equivalents[0]} {other}", whole, first, second


def _outlier(rows: list[tuple[Intercept, Fact, Fact, Fact]]) -> Iterator[Remark]:
    """The interval whose coefficient most others exclude."""
    ranges = [_hull(row) for row in rows]
    against = [sum(not here.meets(there) for there in ranges) for here in ranges]
    worst = max(against)
    if 2 * worst > len(rows):
        one, whole, first, second = rows[against.index(worst)]
        lower = all(read(whole.number).high < read(first.number).to(whole.number.unit).low for read in MEASURED)
        text = (
            f"{mouthful(one)}: {fact(whole)} from {fact(first)} and {fact(second)}"
            f"{' is less than its first metal alone and' if lower else ''} needs another coefficient than"
            f" {worst} of the {len(rows)} intervals with these metals"
        )
        yield remark("warning", text, [whole, first, second])


def _hull(row: tuple[Intercept, Fact, Fact, Fact]) -> Range:
    _, whole, first, second = row

    def implied(read: Digits) -> Range:
        bare = read(second.number)
        unit = whole.number.unit
        own = Range(*_ends(read(first.number).to(unit)))
        return coefficient(Range(*_ends(read(whole.number))), own, Range(*_ends(bare)))

    return implied(MEASURED[0]).hull(implied(MEASURED[1]))


def _ends(values: Range) -> tuple[str, str]:
    return str(values.low), str(values.high)
