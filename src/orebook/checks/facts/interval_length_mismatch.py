"""Lengths of intervals against their depths."""

from collections.abc import Iterator

from orebook.checks.digits import MEASURED, fits
from orebook.checks.intercepts import Intercept, intercepts
from orebook.checks.rule import Remark, remark, rule
from orebook.checks.saying import between, figure
from orebook.disciplines.drilling.intervals import interval_length
from orebook.ground.fact import Fact
from orebook.ground.figure import Figure
from orebook.reading.reading import Reading


@rule("F101", on="records", basis="arithmetic", catalogue="EX220")
def interval_length_mismatch(reading: Reading) -> Iterator[Remark]:
    """The length of an interval is not its end less its beginning.

    What it does:
    Subtracts the depth at which each interval begins from that at which it ends, and compares with the length that is
    printed. Each depth stands for all depths that round to it. Whole metres that miss by one are a warning: rounding
    could do that, sampling by the metre could not. The same where one depth is whole and the other has tenths: most
    likely its nought was dropped. Two units of the last digit are more than three roundings make.

    Why it matters:
    Grade times length is what an interval is worth. A length that does not follow from its depths is mistyped, or a
    depth is.

    Flagged:

        Brannoch Gold drills Kestrel Hill

        | Hole | From (m) | To (m) | Interval (m) | Au (g/t) |
        |---|---|---|---|---|
        | KH-07 | 100.0 | 112.0 | 14.0 | 2.10 |
        | KH-08 | 55.0 | 61.5 | 6.5 | 1.85 |
        ----
        Brannoch Gold drills Kestrel Hill

        Hole KH-09 returned 7.4 m at 2.10 g/t Au (112 to 119.8 m).

    Fine:

        Brannoch Gold drills Kestrel Hill

        | Hole | From (m) | To (m) | Interval (m) | Au (g/t) |
        |---|---|---|---|---|
        | KH-07 | 100.0 | 112.0 | 12.0 | 2.10 |
        | KH-08 | 55.0 | 61.55 | 6.6 | 1.85 |

    Help:
    Take depths and length from the sample list again; print the length as the difference of the printed depths.
    """
    for one in intercepts(reading):
        start, end, length = one.start, one.end, one.length
        if start is not None and end is not None and length is not None:
            yield from _compared(one, start, end, length)


def _compared(one: Intercept, start: Fact, end: Fact, length: Fact) -> Iterator[Remark]:
    top, bottom, said = one.depth(start), one.depth(end), one.depth(length)
    implied = interval_length(top.range(), bottom.range()).to(said.unit)
    places = [length, start, end]
    hole = f"{one.hole}: " if one.hole else ""
    depths = f"{hole}{top.value:f} to {figure(bottom)}"
    exact = bottom.value - top.value
    same_step = {top.step, bottom.step, said.step} == {said.step} and top.unit == bottom.unit == said.unit
    far = same_step and abs(exact - said.value) >= 2 * said.step
    if far or not fits(lambda read: interval_length(read(top), read(bottom)), said, MEASURED):
        text = f"{depths} is {between(implied, step=said.step)} long; {figure(said)} stands here"
        yield remark("error", text, places, implied)
    elif bottom.unit == said.unit and _whole_metres_miss(top.value, bottom.value, said.value):
        text = f"{depths} is {bottom.value - top.value} m long in whole metres; {figure(said)} needs all three rounded"
        yield remark("warning", text, places, implied)
    elif bottom.unit == said.unit and _nought_dropped(top, bottom) and abs(exact - said.value) >= 2 * said.step:
        whole = max(top, bottom, key=lambda depth: depth.step)
        text = f"{depths} is {exact} m long as printed; {figure(said)} needs {figure(whole)} rounded to the metre"
        yield remark("warning", text, places, implied)


def _nought_dropped(top: Figure, bottom: Figure) -> bool:
    """Whether one depth is in whole metres and the other is finer."""
    steps = sorted((top.step, bottom.step))
    return steps[0] < 1 <= steps[1]


def _whole_metres_miss(*values: object) -> bool:
    top, bottom, said = (int(str(value)) if str(value).isdigit() else None for value in values)
    return top is not None and bottom is not None and said is not None and bottom - top != said
