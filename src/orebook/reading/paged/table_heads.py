"""Heads of tables without borders: which lines above the rows are heads, and which columns each head stands over."""

from collections.abc import Sequence

from orebook.reading.layout.values import is_group
from orebook.reading.paged.found import FoundCell, Row, in_order
from orebook.reading.paged.lines import Line, Segment
from orebook.reading.paged.marks import Mark, Rule
from orebook.reading.paged.table_columns import Column, columns, dealt, over

_MOST = 6
_GAP = 2.4
"""A head is nearer to what is below it than this (in heights)."""
_PITCHES = 1.3
"""... or than so many distances of rows."""
_WIDE = 0.6
"""A line of a head is no wider than this share of the table, unless it has several parts."""
_CENTRED = 0.12
"""The middle of a group's head is at most this share of the group's width off the middle of the group."""
_BEYOND_LEFT, _BEYOND_RIGHT = 30.0, 60.0
"""Points: so far a head may stick out."""


def head_lines(
    lines: Sequence[Line],
    first: int,
    where: Sequence[Column],
    ceiling: float,
    level: Sequence[Rule],
    begin: int,
    pitch: float,
) -> int:
    """The number of the first line of the head of a table whose rows begin on a line.

    ``begin`` is the first line that may belong to it, ``ceiling`` the height of the rule above all of it, ``level``
    the rules that reach over the whole table, ``pitch`` the usual distance of its rows.
    """
    left, right = where[0][0], where[-1][1]
    crossed = False
    at = first
    while at > begin and first - at < _MOST:
        line, below = lines[at - 1], lines[at]
        if line.middle < ceiling and at < first:
            break
        rule = any(line.middle < one.at < below.middle for one in level)
        if rule and (crossed or at < first):
            break
        crossed = crossed or rule
        height = max(6.0, min(line.height, below.height))
        if below.middle - line.middle > max((_GAP + (1.0 if rule else 0.0)) * height, _PITCHES * pitch):
            break
        widest = max(segment.right - segment.left for segment in line.segments)
        if widest > _WIDE * (right - left) and not _centred(line, where):
            break
        if line.left < left - _BEYOND_LEFT or line.right > right + _BEYOND_RIGHT:
            break
        if (
            len(line.segments) == 1
            and line.left < where[0][1]
            and at < first
            and not rule
            and _stands_alone(line, where)
        ):
            break
        at -= 1
    return at


def _centred(line: Line, where: Sequence[Column]) -> bool:
    """Whether a wide head stands over the columns behind the first."""
    return len(where) > 2 and line.left > where[0][1]


def _stands_alone(line: Line, where: Sequence[Column]) -> bool:
    """Whether a single stretch begins in the first column and leaves it: a caption, not a head."""
    return len(line.segments) == 1 and line.left < where[0][1] and line.right > where[0][1] + 6


def with_heads(where: Sequence[Column], rows: Sequence[Sequence[Segment]], heads: Sequence[Line]) -> list[Column]:
    """The columns of some rows, with those that only a head shows: a line of heads each of which has its own."""
    best = list(where)
    for line in heads:
        if len(line.segments) > len(best):
            found = columns([*rows, line.segments])
            each = [over(segment.left, segment.right, found) for segment in line.segments]
            if len(found) > len(best) and all(len(one) == 1 for one in each):
                best = found
    return best


def _reaching(lines: Sequence[Line], where: Sequence[Column]) -> list[Column]:
    """The columns as far as heads that stand over one of them reach, up to their neighbours."""
    wide = [list(column) for column in where]
    for line in lines:
        for segment in line.segments:
            own = [at for at, (left, right) in enumerate(where) if segment.left < right and segment.right > left]
            if len(own) == 1:
                at = own[0]
                wide[at][0] = min(wide[at][0], segment.left)
                wide[at][1] = max(wide[at][1], segment.right)
    for at in range(1, len(wide)):
        if wide[at][0] < wide[at - 1][1]:
            wide[at][0], wide[at - 1][1] = where[at][0], where[at - 1][1]
    return [(left, right) for left, right in wide]


def stacked(lines: Sequence[Line], where: Sequence[Column], across: Sequence[Rule]) -> list[Row]:
    """The rows of a head: heads of groups on rows of their own, then what stands over each column, line below line."""
    where = _reaching(lines, where)
    own: dict[int, list[Mark]] = {}
    groups: list[Row] = []
    for at, line in enumerate(lines):
        below = lines[at + 1 :]
        spanning: Row = []
        for segment in line.segments:
            for column, span, marks in _reach(segment, line, below, where, across):
                if span > 1:
                    spanning.append(FoundCell(marks, column, span))
                else:
                    own.setdefault(column, []).extend(marks)
        if spanning:
            groups.append(spanning)
    last = [FoundCell(in_order(marks), column) for column, marks in sorted(own.items())]
    return [*groups, last] if last else groups


def _reach(
    segment: Segment, line: Line, below: Sequence[Line], where: Sequence[Column], across: Sequence[Rule]
) -> list[tuple[int, int, list[Mark]]]:
    """The columns that a part of a head stands over; a rule right below says how far it reaches."""
    middle = (segment.left + segment.right) / 2
    for rule in across:
        near = line.bottom - 3 < rule.at < line.bottom + 0.8 * line.height
        whole = rule.start <= where[0][1] and rule.end >= where[-1][0]
        if near and not whole and rule.start - 2 <= middle <= rule.end + 2:
            under = over(rule.start, rule.end, where)
            if len(under) > 1 and rule.end - rule.start > segment.right - segment.left - 4:
                return [(under[0], len(under), segment.marks)]
    parts = dealt(segment, where)
    if len(parts) > 1 or parts[0][1] > 1:
        return parts if below or len(parts) > 1 else [(parts[0][0], parts[0][1], parts[0][2])]
    return _centred_over(segment, line, below, where) or parts


def _centred_over(
    segment: Segment, line: Line, below: Sequence[Line], where: Sequence[Column]
) -> list[tuple[int, int, list[Mark]]]:
    """A head that is centred over several columns, each with a head of its own in the line below."""
    if not below:
        return []
    middle = (segment.left + segment.right) / 2
    rivals = [(other.left + other.right) / 2 for other in line.segments if other is not segment]
    heads = sorted({at for other in below[0].segments for at in over(other.left, other.right, where)})
    nearest = []
    for at in heads:
        centre = (where[at][0] + where[at][1]) / 2
        if all(abs(centre - middle) < abs(centre - rival) for rival in rivals):
            nearest.append(at)
    if len(nearest) < 2 or nearest[-1] - nearest[0] + 1 != len(nearest):
        return []
    left, right = where[nearest[0]][0], where[nearest[-1]][1]
    if abs((left + right) / 2 - middle) > _CENTRED * (right - left) and not is_group(segment.text):
        return []
    return [(nearest[0], len(nearest), segment.marks)]
