"""Intervals whose parts hold more metal than the whole."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import pairwise

from orebook.checks.digits import MEASURED, Digits, alike, nearest
from orebook.checks.intercepts import Intercept, families, mouthful
from orebook.checks.rule import Remark, remark, rule
from orebook.checks.saying import fact, listed, number
from orebook.disciplines.drilling.intervals import metal_length, residual_metal
from orebook.ground.fact import Fact
from orebook.ground.figure import Figure
from orebook.ground.range import Range, total
from orebook.reading.reading import Reading

_MOST = 100


@rule("F105", on="records", basis="arithmetic", catalogue="EX222")
def parts_richer_than_whole(reading: Reading) -> Iterator[Remark]:
    """The parts of an interval hold more metal than the whole interval.

    What it does:
    Subtracts length times grade of the included intervals from length times grade of the parent. Parts that lie in
    other parts are not counted twice. It speaks only if less than nothing is left for the rest of the interval even
    with the whole at its highest and the parts at their lowest;
    lengths in whole metres that fail only as printed are a warning.

    Why it matters:
    Both grades cannot be right, and the lower one carries the headline. What is left outside the parts also tells how
    far a long interval lives from a short one.

    Flagged:

        Wether Gold drills Stone Law

        Hole SL-12 returned 10.0 m grading 5.00 g/t Au from 30.0 m, including 2.0 m grading 30.0 g/t Au from 33.0 m.

    Fine:

        Wether Gold drills Stone Law

        Hole SL-12 returned 12.0 m grading 1.05 g/t Au from 30.0 m, including 1.0 m grading 12.5 g/t Au from 33.0 m.

    Help:
    Composite parent and parts again from the assays, with the same top cut for both.
    """
    for parent, parts in families(reading):
        for analyte, whole in parent.grades.items():
            graded = [part for part in parts if analyte in part.grades and part.length is not None]
            comparable = [part for part in graded if alike(part.grades[analyte].number, whole.number)]
            if parent.length is not None and 0 < len(comparable) <= _MOST:
                for some in _counted_once(comparable):
                    yield from _compared(parent, whole, some, analyte)


def _counted_once(parts: list[Intercept]) -> list[list[Intercept]]:
    """Parts to subtract together: those that lie in no other part; one by one where the depths are not printed."""
    bounds = [part.bounds(nearest) for part in parts]
    known = [(part, bound) for part, bound in zip(parts, bounds, strict=True) if bound is not None]
    if len(known) < len(parts):
        return [[part] for part in parts]
    outer = [
        part
        for place, (part, here) in enumerate(known)
        if not any(_holds(there, here, place, other) for other, (_, there) in enumerate(known))
    ]
    return [outer] if not _meet([bound for part, bound in known if part in outer]) else [[part] for part in outer]


def _holds(outer: tuple[Range, Range], inner: tuple[Range, Range], place: int, other: int) -> bool:
    if place == other:
        return False
    same = outer[0].meets(inner[0]) and outer[1].meets(inner[1])
    inside = outer[0].low <= inner[0].high and inner[1].low <= outer[1].high
    return inside and (not same or other < place)


def _meet(bounds: list[tuple[Range, Range]]) -> bool:
    """Whether two of the parts share more than a border."""
    ordered = sorted(bounds, key=lambda bound: bound[0].low)
    return any(below[0].high < above[1].low for above, below in pairwise(ordered))


def _compared(parent: Intercept, whole: Fact, parts: list[Intercept], analyte: str) -> Iterator[Remark]:
    length = parent.length
    if length is None:
        return

    def rest(read: Digits) -> Range:
        inside = [(read(part.depth(part.length)), read(part.grades[analyte].number)) for part in parts if part.length]
        return residual_metal(read(parent.depth(length)), read(whole.number), inside)

    impossible = all(rest(read).high < 0 for read in MEASURED)
    if not impossible and not _whole_metres([parent, *parts], rest):
        return
    read = nearest if impossible else _whole
    most = metal_length(read(parent.depth(length)), read(whole.number))
    pairs = [(part.depth(part.length), part.grades[analyte].number) for part in parts if part.length]
    inside = total(metal_length(read(long), read(grade)) for long, grade in pairs)
    words = listed(f"{part.said()} at {fact(part.grades[analyte])}" for part in parts[:4])
    text = (
        f"{mouthful(parent)} at {fact(whole)} carries at most {_shown(most.high)} as length times grade;"
        f" {words} {'carries' if len(parts) == 1 else 'carry'} at least {_shown(inside.low)}"
        f"{'' if impossible else ' in whole metres'}"
    )
    places = [whole, length, *(part.grades[analyte] for part in parts), *(part.length for part in parts if part.length)]
    yield remark("error" if impossible else "warning", text, places)


def _shown(metal: Decimal) -> str:
    return number(metal.quantize(Decimal("0.01")) if metal < 1000 else metal.quantize(Decimal(1)))


def _whole_metres(intervals: list[Intercept], rest: Callable[[Digits], Range]) -> bool:
    """Whether lengths in whole metres, as sampled, leave nothing for the rest even with rounded grades."""
    lengths = [one.length.number for one in intervals if one.length is not None]
    if not all(length.step >= 1 for length in lengths):
        return False
    return rest(_whole).high < 0


def _whole(figure: Figure) -> Range:
    """A length as it is printed, without doubt; a grade with the doubt of its last digit."""
    return Range.exact(figure.value, figure.unit) if figure.unit == "m" else nearest(figure)
