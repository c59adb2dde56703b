"""Heads of tables without borders: which lines above the rows are heads, and which columns each head stands over."""

from collections.abc import Sequence
from itertools import pairwise

from orebook.reading.layout.values import is_group
from orebook.reading.paged.found import FoundCell, Row, in_order
from orebook.reading.paged.lines import Line, Segment
from orebook.reading.paged.marks import Mark, Rule
from orebook.reading.paged.table_columns import Column, columns, dealt, over
from orebook.reading.paged.tabular import is_item

_MOST = 9
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
        if (line.middle < ceiling and at < first) or is_item(line.segments[0].text):
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
    """The columns as far as the heads that stand over one of them reach, the lowest heads first."""
    wide = list(where)
    for line in reversed(lines):
        for segment in line.segments:
            own = over(segment.left, segment.right, wide)
            if len(own) != 1:
                continue
            at = own[0]
            left, right = min(wide[at][0], segment.left), max(wide[at][1], segment.right)
            before = wide[at - 1][1] if at else float("-inf")
            behind = wide[at + 1][0] if at + 1 < len(wide) else float("inf")
            if before < left and right < behind:
                wide[at] = left, right
    return wide


def stacked(lines: Sequence[Line], where: Sequence[Column], across: Sequence[Rule]) -> list[Row]:
    """The rows of a head: heads of groups on rows of their own, then what stands over each column, line below line."""
    where = _reaching(lines, where)
    reached: list[list[FoundCell]] = []
    below: list[FoundCell] = []
    for line in reversed(lines):
        cells = _repeated(line, below, where) or [
            cell for segment in line.segments for cell in _reach(segment, line, below, where, across)
        ]
        reached.insert(0, cells)
        below = sorted(cells, key=lambda cell: cell.column)
    own: dict[int, list[Mark]] = {}
    groups: list[Row] = []
    for cells in reached:
        for cell in cells:
            if cell.span == 1:
                own.setdefault(cell.column, []).extend(cell.marks)
        if spanning := [cell for cell in cells if cell.span > 1]:
            groups.append(spanning)
    last = [FoundCell(in_order(marks), column) for column, marks in sorted(own.items())]
    return [*groups, last] if last else groups


def _reach(
    segment: Segment, line: Line, below: Sequence[FoundCell], where: Sequence[Column], across: Sequence[Rule]
) -> list[FoundCell]:
    """The columns that a part of a head stands over; a rule right below says how far it reaches."""
    middle = (segment.left + segment.right) / 2
    for rule in across:
        near = line.bottom - 3 < rule.at < line.bottom + 0.8 * line.height
        whole = rule.start <= where[0][1] and rule.end >= where[-1][0]
        if near and not whole and rule.start - 2 <= middle <= rule.end + 2:
            under = over(rule.start, rule.end, where)
            if len(under) > 1 and rule.end - rule.start > segment.right - segment.left - 4:
                return [FoundCell(segment.marks, under[0], len(under))]
    parts = [FoundCell(marks, column, span) for column, span, marks in dealt(segment, where)]
    if len(parts) > 1:
        return parts
    group = _centred_over(segment, line, below, where) if below else None
    return [group] if group is not None else parts


def _centred_over(
    segment: Segment, line: Line, below: Sequence[FoundCell], where: Sequence[Column]
) -> FoundCell | None:
    """A head that is centred over several heads of the line below, none of which is nearer to another of its own line.

    Of several such stretches the one whose middle is nearest counts; a word that names groups needs no exact middle.
    """
    middle = (segment.left + segment.right) / 2
    rivals = [(other.left + other.right) / 2 for other in line.segments if other is not segment]
    mine = [
        cell
        for cell in below
        if all(abs(_centre(cell, where) - middle) < abs(_centre(cell, where) - rival) for rival in rivals)
    ]
    best: tuple[float, int, int] | None = None
    for first in range(len(mine)):
        for last in range(first + 1, len(mine)):
            begin, end = mine[first].column, mine[last].column + mine[last].span - 1
            left, right = where[begin][0], where[end][1]
            off = abs((left + right) / 2 - middle)
            apart = sum(cell.span for cell in mine[first : last + 1]) < end - begin + 1
            if not apart and left < middle < right and (best is None or off < best[0]):
                best = off, begin, end
    if best is None:
        return None
    off, begin, end = best
    if off > _CENTRED * (where[end][1] - where[begin][0]) and not is_group(segment.text):
        return None
    if len(over(segment.left, segment.right, where)) == 1 and not is_group(segment.text):
        return None
    return FoundCell(segment.marks, begin, end - begin + 1)


def _repeated(line: Line, below: Sequence[FoundCell], where: Sequence[Column]) -> list[FoundCell]:
    """The heads of groups over heads that say the same in every group: the words over each group are its head."""
    behind = [cell for cell in below if cell.column > 0]
    said = [cell.text for cell in behind]
    for size in range(2, len(said) // 2 + 1):
        if len(said) % size or said != said[:size] * (len(said) // size) or len(set(said[:size])) < size:
            continue
        first = [behind[at].column for at in range(0, len(behind), size)]
        marks = line.marks
        cuts = [where[0][1], *(_cut(marks, where[at - 1][1], where[at][0], where[at][1]) for at in first[1:])]
        words: dict[int, list[Mark]] = {}
        for mark in marks:
            words.setdefault(sum(mark.left >= cut for cut in cuts), []).append(mark)
        if not all(at in words for at in range(1, len(first) + 1)):
            return []
        ends = [*first[1:], behind[-1].column + behind[-1].span]
        heads = [
            FoundCell(words[at + 1], begin, end - begin)
            for at, (begin, end) in enumerate(zip(first, ends, strict=True))
        ]
        return [*([FoundCell(words[0], 0)] if 0 in words else []), *heads]
    return []


def _cut(marks: Sequence[Mark], before: float, left: float, right: float) -> float:
    """Where a head ends and the next begins: at the widest gap between words from one column to the end of the next."""
    gaps = [
        (round(mark.left - last.right, 1), -abs(mark.left - (before + left) / 2), mark.left)
        for last, mark in pairwise(marks)
        if before - 6 < mark.left < right
    ]
    return max(gaps)[2] if gaps else (before + left) / 2


def _centre(cell: FoundCell, where: Sequence[Column]) -> float:
    """The middle of the columns that a head covers."""
    return (where[cell.column][0] + where[min(cell.column + cell.span, len(where)) - 1][1]) / 2
