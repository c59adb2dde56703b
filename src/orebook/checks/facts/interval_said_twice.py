"""One interval in several places: headline, bullet, text and table."""

from collections import defaultdict
from collections.abc import Iterator

from orebook.checks.intercepts import Intercept, by_hole, intercepts, mouthful
from orebook.checks.places import block_at
from orebook.checks.rule import Remark, remark, rule
from orebook.checks.same import agree
from orebook.checks.saying import fact, figure
from orebook.ground.fact import Fact
from orebook.reading.reading import Reading

_CURRENT = ("announced", "")
_ROWS = 200
_MOST = 20
"""So many intervals that begin in one metre of a hole are compared with each other."""


@rule("F116", on="records", basis="one interval has one value", catalogue="EX226")
def interval_said_twice(reading: Reading) -> Iterator[Remark]:
    """One interval has two grades or lengths in two places.

    What it does:
    Looks for the same interval in another place: the same hole and depths, or the same hole, beginning and length.
    Where the text gives no depth, the only row of the hole with that length is meant, if a grade agrees or nearly
    does. Figures agree when the finer rounds to the coarser.

    Why it matters:
    Readers meet the headline, analysts copy the table. One of them has a figure that was not measured.

    Flagged:

        Holm Copper drills Linn Bank

        Hole LN-04 returned 40.0 m at 0.58% Cu from 120.0 m.

        | Hole | From (m) | To (m) | Interval (m) | Cu (%) |
        |---|---|---|---|---|
        | LN-04 | 120.0 | 160.0 | 40.0 | 0.85 |

    Fine:

        Holm Copper drills Linn Bank

        Hole LN-04 returned 40 m at 0.6% Cu from 120 m.

        | Hole | From (m) | To (m) | Interval (m) | Cu (%) |
        |---|---|---|---|---|
        | LN-04 | 120.0 | 160.0 | 40.0 | 0.58 |

    Help:
    Take text, headline and table from the same list of composites.
    """
    for rows in by_hole(intercepts(reading)).values():
        current = [one for one in rows if one.record.about.get("context", "") in _CURRENT]
        yield from _by_depth(reading, current)
        yield from _by_length(current)


def _by_depth(reading: Reading, rows: list[Intercept]) -> Iterator[Remark]:
    """Intervals of one hole that begin in the same place."""
    near: dict[int, list[Intercept]] = defaultdict(list)
    for one in rows:
        if one.start is None:
            continue
        depth = int(one.start.number.value)
        for other in (other for metre in (depth - 1, depth, depth + 1) for other in near[metre][:_MOST]):
            if not _same_place(reading, one, other) and _same_interval(one, other):
                yield from _compared(one, other)
        near[depth].append(one)


def _by_length(rows: list[Intercept]) -> Iterator[Remark]:
    """Intervals of the text without depths, against the only row of the hole that has their length."""
    listed = [one for one in rows if one.length is not None and one.record.about.get("place") == "table"]
    for one in rows:
        if one.start is None and one.length is not None and one.record.about.get("place") != "table":
            same = [other for other in listed[:_ROWS] if _same(one.length, other.length)]
            if len(same) == 1 and _alike(one, same[0]):
                yield from _compared(one, same[0])


def _alike(one: Intercept, other: Intercept) -> bool:
    """Whether two intervals of one length are one: a grade agrees, or the only one that both have nearly does."""
    both = [(grade, other.grades[analyte]) for analyte, grade in one.grades.items() if analyte in other.grades]
    if any(agree(here.number, there.number) for here, there in both):
        return True
    return len(both) == 1 and _near(both[0][0], both[0][1])


def _near(one: Fact, other: Fact) -> bool:
    here, there = one.number.value, other.number.value
    return one.number.unit == other.number.unit and abs(here - there) * 10 <= max(here, there)


def _same_place(reading: Reading, one: Intercept, other: Intercept) -> bool:
    """Whether both are rows of one table: two methods or cut-offs side by side are no contradiction."""
    if one.record.about.get("place") != "table" or other.record.about.get("place") != "table":
        return False
    return block_at(reading, one.record.source) == block_at(reading, other.record.source)


def _same_interval(one: Intercept, other: Intercept) -> bool:
    begin = _same(one.start, other.start)
    end, length = _same(one.end, other.end), _same(one.length, other.length)
    return begin is True and (end is True or (end is None and length is True))


def _same(one: Fact | None, other: Fact | None) -> bool | None:
    if one is None or other is None:
        return None
    return agree(one.number, other.number)


def _compared(one: Intercept, other: Intercept) -> Iterator[Remark]:
    table, text = (one, other) if one.record.about.get("place") == "table" else (other, one)
    for analyte, said in text.grades.items():
        listed = table.grades.get(analyte, said)
        if not agree(said.number, listed.number):
            words = f"{mouthful(text)}: {fact(said)} here, {fact(listed)} elsewhere for the same interval"
            yield remark("error", words, [said, listed], listed.number.range())
    if text.length is not None and table.length is not None and not agree(text.length.number, table.length.number):
        words = f"{mouthful(text)}: {figure(table.length.number)} elsewhere for the same interval"
        yield remark("error", words, [text.length, table.length], table.length.number.range())
