"""Columns of a table without vertical rules: where most rows have a gap, two columns part."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from orebook.reading.paged.lines import Segment, segment_of
from orebook.reading.paged.marks import Mark

Column = tuple[float, float]
"""Where a column begins and ends."""

_VOTES = 3
"""A place where a column covers some rows is still a gap if three times as many rows have a gap there."""


def columns(rows: Sequence[Sequence[Segment]]) -> list[Column]:
    """The columns of some rows, from their gaps.

    A place parts two columns where no row has words, or where far more rows have a gap between words than words.

    >>> def row(*ends): return [Segment(left, 0, right, 10, []) for left, right in ends]
    >>> columns([row((0, 30), (50, 60)), row((0, 55)), row((0, 20), (48, 60)), row((4, 28), (52, 60)), row((0, 9))])
    [(0, 30), (48, 60)]
    """
    edges = sorted({edge for row in rows for segment in row for edge in (segment.left, segment.right)})
    if len(edges) < 2:
        return []
    at = {edge: place for place, edge in enumerate(edges)}
    covered, apart = [0] * (len(edges) + 1), [0] * (len(edges) + 1)
    for row in rows:
        reach = None
        for segment in row:
            covered[at[segment.left]] += 1
            covered[at[segment.right]] -= 1
            if reach is not None and segment.left > reach:
                apart[at[reach]] += 1
                apart[at[segment.left]] -= 1
            reach = segment.right if reach is None else max(reach, segment.right)
    found: list[Column] = []
    words = gaps = 0
    begin: float | None = None
    for place, edge in enumerate(edges):
        words += covered[place]
        gaps += apart[place]
        inside = words > 0 and not (gaps > 1 and gaps >= _VOTES * words)
        if inside and begin is None:
            begin = edge
        elif not inside and begin is not None:
            found.append((begin, edge))
            begin = None
    return _trimmed(found, rows)


def _trimmed(found: list[Column], rows: Sequence[Sequence[Segment]]) -> list[Column]:
    """The columns in which some segment has its middle; slivers that others only cross are none."""
    kept = []
    for left, right in found:
        own = any(
            left <= (segment.left + segment.right) / 2 <= right or (segment.left >= left and segment.right <= right)
            for row in rows
            for segment in row
        )
        if own:
            kept.append((left, right))
    return kept


def over(left: float, right: float, where: Sequence[Column]) -> list[int]:
    """The columns that a stretch overlaps; the nearest where it overlaps none."""
    first = last = bisect_left(where, (right,))
    while first and where[first - 1][1] > left:
        first -= 1
    if first < last:
        return list(range(first, last))
    middle = (left + right) / 2
    return [min(range(len(where)), key=lambda at: max(where[at][0] - middle, middle - where[at][1]))]


def dealt(segment: Segment, where: Sequence[Column]) -> list[tuple[int, int, list[Mark]]]:
    """The words of a segment by column: first column, number of columns, words.

    A segment that reaches over several columns is dealt out where each of its words belongs to one of them and gaps
    between words fall between the columns; otherwise it covers them all.
    """
    touched = over(segment.left, segment.right, where)
    if len(touched) == 1:
        return [(touched[0], 1, segment.marks)]
    parts: list[tuple[int, int, list[Mark]]] = []
    starts = [begin for begin, _ in where]
    for mark in segment.marks:
        mine = over(mark.left, mark.right, where)
        if len(mine) > 1:
            shares = [min(mark.right, where[at][1]) - max(mark.left, where[at][0]) for at in mine]
            best = max(range(len(mine)), key=shares.__getitem__)
            if shares[best] < 0.8 * (mark.right - mark.left):
                return [(touched[0], len(touched), segment.marks)]
            mine = [mine[best]]
        column = mine[0]
        if parts and parts[-1][0] == column:
            parts[-1][2].append(mark)
        else:
            parts.append((column, 1, [mark]))
    for column, _, marks in parts[1:]:
        if marks[0].left < starts[column] - 2:
            return [(touched[0], len(touched), segment.marks)]
    return parts


def nearest(where: Sequence[Column], x: float) -> int:
    """The column in which, or before the next of which, a place lies."""
    return max(bisect_right([begin for begin, _ in where], x) - 1, 0)


def whole(marks: list[Mark]) -> Segment:
    """The words of a cell as one segment."""
    return segment_of(marks)
