"""Rows of tables without horizontal rules: which lines are rows of their own and which go on with a cell."""

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from orebook.reading.paged.lines import Line, Segment, is_number
from orebook.reading.paged.marks import Rule
from orebook.reading.paged.table_columns import Column, over
from orebook.reading.paged.tabular import form_of

_FILLED = 0.6
"""A row of words fills this share of its columns."""
_NEARER = 0.8
"""A line that goes on with a cell is nearer to it than this share of the distance of rows."""


def gathered(lines: Sequence[Line], where: Sequence[Column], level: Sequence[Rule]) -> list[list[Line]]:
    """Lines gathered to rows. ``level`` are the rules that reach over the whole table."""
    anchors = [is_anchor(line, where) for line in lines]
    bands = _bands(lines, level)
    most = max((sum(anchors[at] for at in band) for band in bands), default=0)
    if len(bands) > 2 and most <= 1:
        return [[lines[at] for at in band] for band in bands]
    rows: list[list[Line]] = []
    for band in bands:
        rows.extend(_rows([lines[at] for at in band], [anchors[at] for at in band], where))
    return rows


def _bands(lines: Sequence[Line], level: Sequence[Rule]) -> list[list[int]]:
    """The numbers of the lines between each two rules."""
    bands: list[list[int]] = [[]]
    for at, line in enumerate(lines):
        if bands[-1] and any(lines[at - 1].middle < rule.at < line.middle for rule in level):
            bands.append([])
        bands[-1].append(at)
    return bands


def is_anchor(line: Line, where: Sequence[Column]) -> bool:
    """Whether a line is a row of its own: a number behind the first column, or words in the first and most others."""
    if any(segment.left > where[0][1] - 1 and is_number(segment.text) for segment in line.segments):
        return True
    filled = {at for segment in line.segments for at in over(segment.left, segment.right, where)}
    return 0 in filled and len(line.segments) > 1 and len(filled) >= _FILLED * len(where)


def _rows(lines: Sequence[Line], anchors: Sequence[bool], where: Sequence[Column]) -> list[list[Line]]:
    pitch = pitch_of(lines, anchors)
    owner = list(range(len(lines)))
    for at, line in enumerate(lines):
        if anchors[at]:
            continue
        up = line.middle - lines[at - 1].middle if at else float("inf")
        down = lines[at + 1].middle - line.middle if at + 1 < len(lines) else float("inf")
        if at and _goes_on(lines, anchors, at, up, down, pitch, where):
            owner[at] = owner[at - 1]
        elif at + 1 < len(lines) and _begins(lines, anchors, at, up, down, pitch, where):
            owner[at] = -1
    rows: list[list[Line]] = []
    waiting: list[Line] = []
    seen: dict[int, list[Line]] = {}
    for at, line in enumerate(lines):
        if owner[at] == -1:
            waiting.append(line)
        elif owner[at] == at or owner[at] not in seen:
            seen[owner[at]] = [*waiting, line]
            rows.append(seen[owner[at]])
            waiting = []
        else:
            seen[owner[at]].append(line)
    if waiting:
        rows.append(waiting)
    return rows


def pitch_of(lines: Sequence[Line], anchors: Sequence[bool]) -> float:
    """The usual distance of two rows that follow on each other."""
    apart = [
        lower.middle - upper.middle
        for (upper, first), (lower, second) in pairwise(zip(lines, anchors, strict=True))
        if first and second
    ]
    if not apart:
        rows = [line for line, anchor in zip(lines, anchors, strict=True) if anchor]
        apart = [lower.middle - upper.middle for upper, lower in pairwise(rows)]
    return median(apart) if apart else 0.0


def _goes_on(
    lines: Sequence[Line],
    anchors: Sequence[bool],
    at: int,
    up: float,
    down: float,
    pitch: float,
    where: Sequence[Column],
) -> bool:
    """Whether a line without numbers goes on with the cells of the line above."""
    line, above = lines[at], lines[at - 1]
    if pitch and up < _NEARER * pitch and up <= down * 1.05:
        return True
    if pitch and up > 1.25 * pitch:
        return False
    if up > 1.7 * min(line.height, above.height):
        return False
    first, before = line.segments[0], above.segments[0]
    if first.left > where[0][1]:
        return not any(is_number(segment.text) for segment in line.segments) and up < 0.95 * down
    if _bold(line) and not _bold(above):
        return False
    text = first.text
    if text.endswith(":") or _is_named_as_others(first, lines, anchors):
        return False
    if text[:1].islower() or text[:1] in "(&" or before.text.endswith((",", " and", " of", "-", "/", " the", " to")):
        return before.left < where[0][1]
    unlabelled = at + 1 < len(lines) and anchors[at + 1] and lines[at + 1].left > where[0][1]
    if unlabelled or before.left > where[0][1] or first.left < before.left - 2:
        return False
    limit = max(segment.right for one in lines for segment in one.segments[:1] if segment.left < where[0][1])
    if where[1][0] - limit > limit - where[0][0]:
        return False
    return _bold(line) == _bold(above) and before.right + 0.25 * line.height + _first_word(line) > limit + 1


def _begins(
    lines: Sequence[Line],
    anchors: Sequence[bool],
    at: int,
    up: float,
    down: float,
    pitch: float,
    where: Sequence[Column],
) -> bool:
    """Whether a line without numbers belongs to the row below it."""
    below = lines[at + 1]
    if pitch and down < 0.75 * pitch and down < up:
        return True
    unlabelled = anchors[at + 1] and below.left > where[0][1]
    return unlabelled and down < 1.5 * min(below.height, lines[at].height) and down < up * 1.05


def _is_named_as_others(first: Segment, lines: Sequence[Line], anchors: Sequence[bool]) -> bool:
    """Whether a line begins with a name whose form is that of the names of other rows."""
    form = form_of(first.text)
    return form != "" and any(
        anchor and form_of(line.segments[0].text) == form for line, anchor in zip(lines, anchors, strict=True)
    )


def _first_word(line: Line) -> float:
    mark = line.segments[0].marks[0]
    return mark.right - mark.left


def _bold(line: Line) -> bool:
    return all(mark.bold for segment in line.segments for mark in segment.marks)
