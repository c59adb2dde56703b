"""One interval in several places: headline, bullet, text and table."""

from collections import defaultdict
from collections.abc import Iterator

from orebook.checks.digits import significant
from orebook.checks.intercepts import Intercept, by_hole, intercepts, mouthful
from orebook.checks.places import block_at
from orebook.checks.rule import Remark, remark, rule
from orebook.checks.same import agree, only_cut_off
from orebook.checks.saying import fact, figure
from orebook.ground.fact import Fact
from orebook.reading.reading import Reading

_CURRENT = ("announced", "")
_ROWS = 200
_TELLING = 2
"""A length of so many digits tells an interval from others."""
_MOST = 20
"""So many intervals that begin in one metre of a hole are compared with each other."""


@rule("F116", on="records", basis="one interval has one value", catalogue="EX226")
def interval_said_twice(reading: Reading) -> Iterator[Remark]:
    """One interval has two grades or lengths in two places.

    What it does:
    Looks for the same interval in another place: the same hole and depths, or the same hole, beginning and length.
    Where the text gives no depth, the only row of the hole with that length is meant, if a grade agrees or nearly
    does; where it names no hole, as headlines do, the only interval of the release with that length. A text that
    begins where the row of its length and grade ends has taken the wrong depth. Figures agree when the finer rounds to
    the coarser; one that was cut off instead is a note.

    Why it matters:
    Readers meet the headline, analysts copy the table. One of them has a figure that was not measured.

    Flagged:

        Holm Copper drills Linn Bank

        Hole LN-04 returned 40.0 m at 0.58% Cu from 120.0 m.

        | Hole | From (m) | To (m) | Interval (m) | Cu (%) |
        |---|---|---|---|---|
        | LN-04 | 120.0 | 160.0 | 40.0 | 0.85 |
        ----
        Holm Copper drills 0.85% Cu over 40.2 m at Linn Bank

        Drilling has been completed at Linn Bank.

        | Hole | From (m) | To (m) | Interval (m) | Cu (%) |
        |---|---|---|---|---|
        | LN-04 | 120.0 | 160.2 | 40.2 | 0.83 |
        | LN-05 | 96.0 | 99.0 | 3.0 | 0.44 |
        ----
        Holm Copper drills Linn Bank

        Hole LN-04 returned 40.0 m at 0.58% Cu from 160.0 m.

        | Hole | From (m) | To (m) | Interval (m) | Cu (%) |
        |---|---|---|---|---|
        | LN-04 | 120.0 | 160.0 | 40.0 | 0.58 |

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
        yield from _by_end(current)
    yield from _without_hole(intercepts(reading))


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


def _by_end(rows: list[Intercept]) -> Iterator[Remark]:
    """Intervals of the text that begin where the row of their length and grade ends."""
    listed = [one for one in rows if one.end is not None and one.record.about.get("place") == "table"]
    begins = {one.start.number.value for one in listed if one.start is not None}
    for one in rows:
        if one.start is None or one.end is not None or one.length is None or one.start.number.value in begins:
            continue
        for other in listed[:_ROWS]:
            if other.end is None or other.start is None or one.start.number.value != other.end.number.value:
                continue
            if _same(one.length, other.length) and _same_grades(one, other):
                words = (
                    f"{mouthful(one)}: an interval of this length and grade ends there;"
                    f" it begins at {figure(other.depth(other.start))}"
                )
                yield remark("error", words, [one.start, other.start, other.end], other.start.number.range())


def _same_grades(one: Intercept, other: Intercept) -> bool:
    both = [(grade, other.grades[analyte]) for analyte, grade in one.grades.items() if analyte in other.grades]
    return bool(both) and all(agree(here.number, there.number) for here, there in both)


def _without_hole(rows: list[Intercept]) -> Iterator[Remark]:
    """Intervals that name no hole, against the only interval of the release that has their length."""
    current = [one for one in rows if one.record.about.get("context", "") in _CURRENT and one.length is not None]
    named = [one for one in current if one.hole][:_ROWS]
    for one in current:
        if one.hole or one.start is not None or one.length is None or one.record.about.get("place") == "table":
            continue
        if significant(one.length.number) < _TELLING:
            continue
        same = [other for other in named if _same(one.length, other.length)]
        if len({other.hole for other in same}) == 1 and len({_begin(other) for other in same} - {""}) < 2:
            best = next((other for other in same if other.record.about.get("place") == "table"), same[0])
            if _alike(one, best):
                yield from _compared(one, best)


def _begin(one: Intercept) -> str:
    return one.start.number.value.normalize().to_eng_string() if one.start is not None else ""


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
        elif only_cut_off(said.number, listed.number):
            words = f"{mouthful(text)}: {fact(said)} is {fact(listed)} cut off; rounded it is another figure"
            yield remark("note", words, [said, listed], listed.number.range())
    if text.length is not None and table.length is not None and not agree(text.length.number, table.length.number):
        words = f"{mouthful(text)}: {figure(table.length.number)} elsewhere for the same interval"
        yield remark("error", words, [text.length, table.length], table.length.number.range())
