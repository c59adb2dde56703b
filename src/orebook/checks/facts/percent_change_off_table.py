"""Percentages of change against the row of the table that has the figure."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator

from orebook.checks.changes import Move, moves
from orebook.checks.digits import Digits, alike, fits, in_unit, nearest
from orebook.checks.intercepts import plain
from orebook.checks.keys import period
from orebook.checks.places import block_at
from orebook.checks.rule import Remark, remark, rule
from orebook.checks.same import agree
from orebook.checks.saying import between, figure
from orebook.disciplines.finance.amounts import growth
from orebook.ground.fact import Fact
from orebook.ground.range import Range
from orebook.reading.reading import Reading

_WHERE = ("mine", "company", "analyte", "product", "basis")


@rule("F405", on="facts", basis="arithmetic", catalogue="PR1008")
def percent_change_off_table(reading: Reading) -> Iterator[Remark]:
    """A stated percentage of change fits no two figures of the row that the sentence is about.

    What it does:
    Where a sentence says by what percentage something moved and to what figure, but not from what, finds the row of a
    table with the same measure and that figure. One of the other figures of the row must give the percentage.

    Why it matters:
    The sentence cannot be checked by itself, so nobody does. The table has both figures.

    Flagged:

        Alder Copper reports second quarter results

        | (in thousands of Canadian dollars) | Three months ended June 30, 2019 | Three months ended June 30, 2018 |
        |---|---|---|
        | Revenue | $52,310 | $48,940 |
        | Income from mine operations | 9,270 | 14,450 |

        Income from mine operations fell by 26% to $9.3 million in the second quarter of 2019.

    Fine:

        Alder Copper reports second quarter results

        | (in thousands of Canadian dollars) | Three months ended June 30, 2019 | Three months ended June 30, 2018 |
        |---|---|---|
        | Revenue | $52,310 | $48,940 |
        | Income from mine operations | 9,270 | 14,450 |

        Income from mine operations fell by 36% to $9.3 million in the second quarter of 2019.

    Help:
    Divide the difference of the two figures of the table by the earlier one.
    """
    said = moves(reading)
    if not said:
        return
    rows = _rows(reading)
    facts = sorted((fact for fact in reading.facts if plain(fact)), key=lambda fact: fact.source.start)
    starts = [fact.source.start for fact in facts]
    for move in said:
        at = bisect_right(starts, move.now.source.start) - 1
        if at >= 0 and move.now.source.start < facts[at].source.end:
            yield from _compared(move, facts[at], rows)


def _rows(reading: Reading) -> dict[tuple[object, ...], list[Fact]]:
    """The figures of tables by measure, table and row."""
    rows: dict[tuple[object, ...], list[Fact]] = defaultdict(list)
    for fact in reading.facts:
        if fact.about.get("place") == "table" and plain(fact) and fact.measure != "finance.line":
            about = [fact.about.get(key, "") for key in ("label", *_WHERE)]
            rows[fact.measure, block_at(reading, fact.source), fact.source.line, *about].append(fact)
    return rows


def _compared(move: Move, said: Fact, rows: dict[tuple[object, ...], list[Fact]]) -> Iterator[Remark]:
    """Compare with every row that has the figure; one that fits is enough."""
    misses: list[tuple[Fact, list[Fact]]] = []
    for row in rows.values():
        now = next((one for one in row if _is_now(said, one)), None)
        others = [one for one in row if now is not None and one is not now and _before(now, one)]
        if now is None or not others:
            continue
        if any(fits(_change(now, one), move.by.figure) for one in others):
            return
        misses.append((now, others))
    if misses and not move.by.figure.sign:
        now, others = misses[0]
        like = next((one for one in others if _same_length(now, one)), None)
        if like is not None:
            expected = _change(now, like)(nearest)
            text = (
                f"the table has {figure(now.number)} after {figure(like.number)}, a change of"
                f" {between(expected, step=move.by.figure.step)}; {figure(move.by.figure)} stands here"
            )
            yield remark("error", text, [move.by.source, said, now, like], expected)


def _is_now(said: Fact, listed: Fact) -> bool:
    """Whether a row has the figure of a sentence, in its own digits and for the period of the sentence."""
    if said.measure != listed.measure or not agree(said.number, in_unit(listed.number, said.number.unit)):
        return False
    keys = [key for key in ("period", *_WHERE) if said.about.get(key) and listed.about.get(key)]
    return all(said.about[key] == listed.about[key] for key in keys)


def _before(now: Fact, other: Fact) -> bool:
    return alike(now.number, other.number) and other.number.value > 0 and now.number.value > 0


def _same_length(now: Fact, other: Fact) -> bool:
    """Whether two periods are as long as each other: two quarters, two years."""
    one, two = period(now), period(other)
    return one is not None and two is not None and len(one.label) == len(two.label) and one.label[5:] == two.label[5:]


def _change(now: Fact, before: Fact) -> Callable[[Digits], Range]:
    return lambda read: abs(growth(read(now.number), read(before.number)).to("1") - 1).to("%")
