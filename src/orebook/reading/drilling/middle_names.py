"""Names in the middle: rows of depths among which the name of each hole stands in the middle of its own rows.

When such a table has run together, the rows between two names belong in part to the upper hole and in part to the lower
one. Depths rise within a hole, none lies below its end, a part lies in the interval before it, and as many rows stand
above a name as below it, or one less. Where these leave one place only for the border, the rows have their hole; where
they leave more, the rows in doubt have none.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

_SLACK = Decimal("0.11")
_WRONG = 1000
"""What it costs that rows cannot be of one hole; being off the middle costs one for each row."""


@dataclass(frozen=True, slots=True)
class Span:
    """A row: where it begins and ends along its hole, and whether it is said to be part of the one before."""

    begin: Decimal
    end: Decimal
    part: bool = False


def owners(segments: Sequence[Sequence[Span]], ends: Sequence[Decimal | None]) -> list[list[int | None]]:
    """The hole of each row: ``segments`` are the rows before the first name, between names, and after the last.

    ``ends`` are the depths of the holes, where they are known.

    >>> rows = [[Span(Decimal(20), Decimal(24))], [Span(Decimal(60), Decimal(61)), Span(Decimal(8), Decimal(12))], []]
    >>> owners(rows, [None, None])
    [[0], [0, 1], []]
    """
    borders, wrong = _borders(segments, ends)
    last = len(ends) - 1
    found: list[list[int | None]] = [[0] * len(segments[0])]
    for at, rows in enumerate(segments[1:-1]):
        low, high = borders[at]
        found.append([at if place < low else at + 1 if place >= high else None for place in range(len(rows))])
    found.append([last] * len(segments[-1]))
    return [[None if hole in wrong else hole for hole in rows] for rows in found]


def leads(segments: Sequence[Sequence[Span]], ends: Sequence[Decimal | None]) -> bool:
    """Whether each name can stand at the head of its rows: none before the first, depths rise below each."""
    return not segments[0] and all(_fits(rows, end) for rows, end in zip(segments[1:], ends, strict=True))


def _borders(
    segments: Sequence[Sequence[Span]], ends: Sequence[Decimal | None]
) -> tuple[list[tuple[int, int]], set[int]]:
    """Between which rows of each inner segment the border lies, two equal numbers where it is sure; and the holes whose
    rows cannot be theirs.
    """
    sizes = [1, *(len(rows) + 1 for rows in segments[1:-1]), 1]
    costs = [
        [
            [_cost(*_parts(segments, hole, above, below), end) for below in range(sizes[hole + 1])]
            for above in range(sizes[hole])
        ]
        for hole, end in enumerate(ends)
    ]
    forward = [[0]]
    for hole, cost in enumerate(costs):
        forward.append([min(forward[hole][a] + cost[a][b] for a in range(sizes[hole])) for b in range(sizes[hole + 1])])
    backward = [[0]]
    for hole in range(len(costs) - 1, -1, -1):
        cost, below = costs[hole], backward[0]
        backward.insert(0, [min(cost[a][b] + below[b] for b in range(len(below))) for a in range(sizes[hole])])
    totals = [[one + other for one, other in zip(*both, strict=True)] for both in zip(forward, backward, strict=True)]
    path = [total.index(min(total)) for total in totals]
    paid = [cost[path[hole]][path[hole + 1]] for hole, cost in enumerate(costs)]
    borders = [_border(totals[at], paid[at - 1] + paid[at]) for at in range(1, len(totals) - 1)]
    return borders, {hole for hole, cost in enumerate(paid) if cost >= _WRONG}


def _parts(
    segments: Sequence[Sequence[Span]], hole: int, above: int, below: int
) -> tuple[Sequence[Span], Sequence[Span]]:
    """The rows above and below a name, by the borders: the first has all rows above it, the last all below."""
    last = hole == len(segments) - 2
    return segments[hole][above:] if hole else segments[0], segments[hole + 1] if last else segments[hole + 1][:below]


def _border(total: Sequence[int], paid: int) -> tuple[int, int]:
    """The border of one segment: where all others are wrong, or the one that puts both names in their middle."""
    least = min(total)
    best = [split for split, cost in enumerate(total) if cost == least]
    possible = [split for split, cost in enumerate(total) if cost // _WRONG == least // _WRONG]
    if len(possible) == 1 or (len(best) == 1 and paid == 0):
        return best[0], best[0]
    return (best[0], best[-1]) if paid == 0 else (possible[0], possible[-1])


def _cost(above: Sequence[Span], below: Sequence[Span], end: Decimal | None) -> int:
    """How far a name is from the middle of its rows; what cannot be is out of the question."""
    wrong = 0 if _fits([*above, *below], end) else _WRONG
    return wrong + max(0, len(above) - len(below), len(below) - len(above) - 1)


def _fits(rows: Sequence[Span], end: Decimal | None) -> bool:
    """Whether rows can be of one hole, from the top down."""
    if rows and rows[0].part:
        return False
    if end is not None and any(row.end > end + 1 for row in rows):
        return False
    whole = [row for row in rows if not row.part]
    if not all(_follows(upper, lower) for upper, lower in pairwise(whole)):
        return False
    holder: Span | None = None
    for row in rows:
        if not row.part:
            holder = row
        elif holder and (row.begin < holder.begin - _SLACK or row.end > holder.end + _SLACK):
            return False
    return True


def _follows(upper: Span, lower: Span) -> bool:
    """Whether an interval can stand below another one of its hole: deeper, or a part from the same depth."""
    return lower.begin > upper.begin or (lower.begin == upper.begin and lower.end < upper.end)
