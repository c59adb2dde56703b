"""Columns of a page: where two columns of text, or a text and what stands beside it, part, and which is read first."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple, cast

from orebook.reading.paged.found import Found
from orebook.reading.paged.lines import Line, Segment, lines
from orebook.reading.paged.marks import Rule
from orebook.reading.paged.panels import Panel
from orebook.reading.paged.tabular import is_item, is_numeric

Item = Segment | Found | Panel
"""What stands on a page: a stretch of a line, a table with borders, or a panel."""

_NARROWEST = 0.8
"""A gutter is at least so many heights of the letters wide."""
_MOST_GUTTERS = 16
_FEWEST = 3
"""Lines that a column has at least."""
_WORDS = 4
"""A line of running text has at least so many words ..."""
_FILLED = 0.55
"""... and fills this share of its column."""
_RUNNING = 0.4
"""A column of running text has at least this share of such lines."""
_LEVEL = 0.5
"""Where fewer lines than this share stand level with lines of the other side, both sides run for themselves."""
_POINTED = 3.0
"""The words of an item begin nearer to its point than so many heights."""
_EXACTLY = 0.1
"""Cells of one row stand level within this share of their height; lines of two columns do so by chance only."""
_APART = 1.5
_FULL = 0.8
"""A stretch that fills more of its column than this is running text, not a cell."""
_CAPTION = 40.0
"""Points: so far above a table its caption stands."""
_DEEPEST = 6
"""Columns within columns."""


class Stack(NamedTuple):
    """A column of a page: its lines from the top down, and the tables with borders and panels between them."""

    rows: list[Line]
    walls: list[Found | Panel]


class _Looks(NamedTuple):
    """Of each line whether it is numeric, and whether the next line stands near below it."""

    numeric: list[bool]
    near: list[bool]

    @classmethod
    def of(cls, rows: Sequence[Line]) -> "_Looks":
        """What some lines look like."""
        places = [(row[0] + row[1], row[1] - row[0]) for row in rows]
        near = [low - up < 4 * max(high, deep) for (up, high), (low, deep) in pairwise(places)]
        return cls([is_numeric(row) for row in rows], near)


class _Run(NamedTuple):
    """Lines, from the first to the last, that a gutter parts."""

    first: int
    last: int
    gutter: float


def stacks(items: Sequence[Item], down: Sequence[Rule], across: Sequence[Rule]) -> list[Stack]:
    """What stands on a page in stacks, one for each column, in the order in which one reads them."""
    return _parted(list(items), down, across, _DEEPEST)


def _parted(items: list[Item], down: Sequence[Rule], across: Sequence[Rule], depth: int) -> list[Stack]:
    if not items:
        return []
    walls = [item for item in items if not isinstance(item, Segment)]
    pair = (_beside(items) or _panelled(items)) if walls else None
    if pair is not None and depth:
        return [part for some in pair for part in _parted(some, down, across, depth - 1)]
    rows = lines([item for item in items if isinstance(item, Segment)] if walls else cast("list[Segment]", items))
    run = _best(rows, walls, down, across) if depth else None
    if run is None:
        return [Stack(rows, walls)]
    top, bottom = rows[run.first].top, rows[run.last].bottom
    above: list[Item] = []
    left: list[Item] = []
    right: list[Item] = []
    below: list[Item] = []
    inside = {id(segment) for row in rows[run.first : run.last + 1] for segment in row.segments}
    for item in items:
        middle = (item.top + item.bottom) / 2
        if (id(item) in inside) if isinstance(item, Segment) else top < middle < bottom:
            (left if (item.left + item.right) / 2 < run.gutter else right).append(item)
        else:
            (above if middle < (top + bottom) / 2 else below).append(item)
    return [
        *_parted(above, down, across, depth - 1),
        *_parted(left, down, across, depth - 1),
        *_parted(right, down, across, depth - 1),
        *_parted(below, down, across, depth - 1),
    ]


def _beside(items: Sequence[Item]) -> tuple[list[Item], list[Item], list[Item], list[Item]] | None:
    """What stands above, left, right and below, where two tables or panels stand side by side; captions with each."""
    walls = sorted((item for item in items if not isinstance(item, Segment)), key=lambda item: item.left)
    for at, one in enumerate(walls):
        for other in walls[at + 1 :]:
            shared = min(one.bottom, other.bottom) - max(one.top, other.top)
            if other.left < one.right or shared < 0.5 * min(one.bottom - one.top, other.bottom - other.top):
                continue
            gutter = (one.right + other.left) / 2
            top, bottom = min(one.top, other.top), max(one.bottom, other.bottom)
            near = [item for item in items if item.bottom > top - _CAPTION and item.top < bottom]
            crossing = [item for item in near if item.left < gutter < item.right]
            top = max([top - _CAPTION, *(item.bottom - 1 for item in crossing if item.bottom <= top + 2)])
            if any(item.bottom > top + 2 for item in crossing):
                continue
            inside = [item for item in near if item.top > top]
            chosen = {id(item) for item in inside}
            rest = [item for item in items if id(item) not in chosen]
            return (
                [item for item in rest if (item.top + item.bottom) / 2 < (top + bottom) / 2],
                [item for item in inside if item.right <= gutter],
                [item for item in inside if item.left >= gutter],
                [item for item in rest if (item.top + item.bottom) / 2 >= (top + bottom) / 2],
            )
    return None


def _panelled(items: Sequence[Item]) -> tuple[list[Item], list[Item], list[Item], list[Item]] | None:
    """What stands above, left, right and below, where a panel stands beside lines that none of its words reach."""
    for panel in [item for item in items if isinstance(item, Panel)]:
        others = sorted((item for item in items if item is not panel), key=lambda item: item.top)
        level = [item for item in others if item.bottom > panel.top and item.top < panel.bottom]
        sides = {item.right <= panel.left for item in level if item.right <= panel.left or item.left >= panel.right}
        if not level or len(sides) != 1 or any(item.left < panel.right and item.right > panel.left for item in level):
            continue
        gutter = panel.left - 1 if True in sides else panel.right + 1
        clear = [not item.left < gutter < item.right for item in others]
        first, last = others.index(level[0]), others.index(level[-1])
        while first > 0 and clear[first - 1] and _near(others[first - 1], others[first]):
            first -= 1
        while last + 1 < len(others) and clear[last + 1] and _near(others[last], others[last + 1]):
            last += 1
        inside = [*others[first : last + 1], panel]
        return (
            list(others[:first]),
            [item for item in inside if item.right <= gutter + 1],
            [item for item in inside if item.right > gutter + 1],
            list(others[last + 1 :]),
        )
    return None


def _near(upper: Item, lower: Item) -> bool:
    """Whether one thing stands right below another."""
    return lower.top - upper.bottom < _APART * 10


def _best(
    rows: Sequence[Line], tables: Sequence[Found | Panel], down: Sequence[Rule], across: Sequence[Rule]
) -> _Run | None:
    """The longest run of lines that a gutter parts in two columns."""
    best: _Run | None = None
    gutters = _gutters(rows)
    looks = _Looks.of(rows) if gutters else _Looks([], [])
    for gutter in gutters:
        if not _has_sides(rows, gutter):
            continue
        for run in _runs(rows, tables, across, gutter, looks):
            trimmed = _trimmed(rows, run)
            if trimmed is None or (best is not None and trimmed.last - trimmed.first <= best.last - best.first):
                continue
            if _are_columns(rows[trimmed.first : trimmed.last + 1], gutter, down):
                best = trimmed
    return best


def _has_sides(rows: Sequence[Line], gutter: float) -> bool:
    """Whether enough lines that a gutter does not cross stand on both its sides, on one of them running text."""
    left = right = running_left = running_right = 0
    for row in rows:
        pieces = row.segments
        if len(pieces) == 1:
            piece = pieces[0]
            if piece[0] >= gutter:
                right += 1
                running_right += len(piece[4]) >= _WORDS
            elif piece[2] <= gutter:
                left += 1
                running_left += len(piece[4]) >= _WORDS
        elif not _crosses(row, gutter):
            left += pieces[0][2] <= gutter
            right += pieces[-1][0] >= gutter
            running_left += any(piece[2] <= gutter and len(piece[4]) >= _WORDS for piece in pieces)
            running_right += any(piece[0] >= gutter and len(piece[4]) >= _WORDS for piece in pieces)
    return min(left, right) >= _FEWEST and max(running_left, running_right) >= _FEWEST


def _gutters(rows: Sequence[Line]) -> list[float]:
    """Places where many lines have a gap, the commonest first."""
    ends: list[tuple[float, int]] = []
    for row in rows:
        if len(row[2]) < 2:
            continue
        for before, after in pairwise(row[2]):
            if after[0] - before[2] >= _NARROWEST * row.height:
                ends += [(before[2], 1), (after[0], -1)]
    ends.sort()
    places: list[tuple[int, float]] = []
    depth = 0
    for (place, step), (further, _) in pairwise(ends):
        depth += step
        if step > 0 and depth >= _FEWEST - 1 and further > place:
            places.append((depth, (place + further) / 2))
    places.sort(reverse=True)
    chosen: list[float] = []
    for _, place in places:
        if all(abs(place - other) > 12 for other in chosen):
            chosen.append(place)
        if len(chosen) == _MOST_GUTTERS:
            break
    return chosen


def _runs(
    rows: Sequence[Line],
    tables: Sequence[Found | Panel],
    across: Sequence[Rule],
    gutter: float,
    looks: _Looks,
) -> list[_Run]:
    """Stretches of lines none of which crosses a gutter, and which no table or rule crosses."""
    walls = [table for table in tables if table.left < gutter < table.right]
    tabular = _tabular(rows, gutter, looks)
    rules = [rule.at for rule in across if rule.start < gutter - 20 and rule.end > gutter + 20]
    runs: list[_Run] = []
    first = -1
    for at, row in enumerate(rows):
        crosses = tabular[at] or _crosses(row, gutter)
        parted = (
            first >= 0
            and (rules or walls)
            and (
                any(rows[at - 1].middle < wall.bottom and wall.top < row.middle for wall in walls)
                or any(rows[at - 1].middle < rule < row.middle for rule in rules)
            )
        )
        if (crosses or parted) and first >= 0:
            runs.append(_Run(first, at - 1, gutter))
            first = -1
        if not crosses and first < 0:
            first = at
    if first >= 0:
        runs.append(_Run(first, len(rows) - 1, gutter))
    return [run for run in runs if run.last - run.first + 1 >= _FEWEST]


def _crosses(row: Line, gutter: float) -> bool:
    """Whether words of a line stand over a gutter."""
    for piece in row[2]:  # noqa: SIM110 - called for every line and gutter, this is twice as fast as any()
        if piece[0] < gutter < piece[2]:
            return True
    return False


def _tabular(rows: Sequence[Line], gutter: float, looks: _Looks) -> list[bool]:
    """Which lines are rows and heads of a table that stands over both columns."""
    over = [
        counted and len(row[2]) > 2 and row[2][0][0] <= gutter < row[2][-1][0]
        for row, counted in zip(rows, looks.numeric, strict=True)
    ]
    if not any(upper and lower for upper, lower in pairwise(over)):
        return [False] * len(rows)
    left, right = min(row.left for row in rows), max(row.right for row in rows)
    before, behind = _FULL * (gutter - left), _FULL * (right - gutter)
    open_lines = [not any(s[2] - s[0] > (before if s[2] < gutter else behind) for s in row.segments) for row in rows]
    over = [free and counted for free, counted in zip(open_lines, over, strict=True)]
    found = [
        here and ((at > 0 and over[at - 1]) or (at + 1 < len(rows) and over[at + 1])) for at, here in enumerate(over)
    ]
    for at in range(len(rows) - 2, -1, -1):
        found[at] = found[at] or (found[at + 1] and open_lines[at] and looks.near[at])
    for at in range(1, len(rows)):
        found[at] = found[at] or (found[at - 1] and open_lines[at] and looks.near[at - 1] and looks.numeric[at])
    return found


def _trimmed(rows: Sequence[Line], run: _Run) -> _Run | None:
    """A run without lone lines above and below that stand apart from what is parted."""
    first, last, gutter = run
    sides = {at: _sides(rows[at], gutter) for at in range(first, last + 1)}
    if len(set().union(*sides.values())) < 2:
        return None
    while first < last and len(sides[first]) == 1 and _lonely(rows, first, first + 1, sides, last):
        first += 1
    while last > first and len(sides[last]) == 1 and _lonely(rows, last, last - 1, sides, first):
        last -= 1
    return _Run(first, last, gutter) if last - first + 1 >= _FEWEST else None


def _lonely(rows: Sequence[Line], at: int, step: int, sides: dict[int, set[int]], end: int) -> bool:
    """Whether a line stands apart from the next line on its side."""
    direction = 1 if step > at else -1
    for other in range(step, end + direction, direction):
        if sides[at] & sides[other]:
            return abs(rows[other].middle - rows[at].middle) > _APART * max(rows[at].height, rows[other].height)
    return True


def _sides(row: Line, gutter: float) -> set[int]:
    """On which sides of a gutter a line has words: 0 left, 1 right."""
    return {int(piece[0] > gutter) for piece in row[2]}


def _are_columns(rows: Sequence[Line], gutter: float, down: Sequence[Rule]) -> bool:
    """Whether a gutter parts running text from running text, or text from what has lines of its own."""
    halves: tuple[list[list[Segment]], list[list[Segment]]] = ([], [])
    level = pointed = 0
    for row in rows:
        left = [piece for piece in row[2] if piece[2] < gutter + 1]
        right = [piece for piece in row[2] if piece[0] > gutter - 1]
        level += bool(left and right) and abs(left[0].middle - right[0].middle) < _EXACTLY * row.height
        pointed += bool(left and right) and _points_at(left[-1], right[0])
        if left:
            halves[0].append(left)
        if right:
            halves[1].append(right)
    fewest = min(len(half) for half in halves)
    if fewest < _FEWEST:
        return False
    if pointed > 1:
        return False
    running = [_runs_on(half) for half in halves]
    if all(running):
        return True
    if not any(running):
        return False
    top, bottom = rows[0].top, rows[-1].bottom
    walled = any(
        gutter - 20 < rule.at < gutter + 20 and min(rule.end, bottom) - max(rule.start, top) > 0.6 * (bottom - top)
        for rule in down
    )
    return walled or level < _LEVEL * fewest


def _points_at(left: Segment, right: Segment) -> bool:
    """Whether a point or number stands right before the words of an item of a list."""
    return is_item(left.text) and right.left - left.right < _POINTED * left.height


def _runs_on(half: Sequence[Sequence[Segment]]) -> bool:
    """Whether one side is running text: long stretches of many words that fill its width."""
    left = min(segments[0].left for segments in half)
    right = max(segment.right for segments in half for segment in segments)
    full = sum(
        any(len(s.marks) >= _WORDS and s.right - s.left >= _FILLED * (right - left) for s in segments)
        for segments in half
    )
    return full >= max(_FEWEST, _RUNNING * len(half))
