"""Tight columns: cells that stand hardly further apart than words, told by the places at which they end and begin."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from orebook.reading.paged.lines import Line, Segment, is_number, segment_of
from orebook.reading.paged.marks import Mark

_FEWEST = 3
"""So many rows must show where a column ends and the next begins."""
_INDENT = 40.0
"""Points: labels begin within this from the left edge of the table."""
_SAME = 0.8
"""Points: edges of the cells of a column differ by less."""

_Seam = tuple[float, float]
"""Where the number ends before a seam between two columns, and where the words behind it begin."""


def loosened(lines: Sequence[Line]) -> list[Line]:
    """The lines of a table with the stretches parted in which a cell follows right behind another.

    A number and the words behind it are two cells where in several rows numbers end and different words begin at the
    same places; a number at the end of a label is a cell where the numbers of other rows end.

    >>> def line(y, word):
    ...     return Line(y, y + 10, [segment_of([Mark(30, y, 50, y + 10, "2.5"), Mark(54, y, 90, y + 10, word)])])
    >>> rows = [line(20 * at, word) for at, word in enumerate(("fuel", "steel", "power"))]
    >>> [[piece.text for piece in row.segments] for row in loosened(rows)]
    [['2.5', 'fuel'], ['2.5', 'steel'], ['2.5', 'power']]
    """
    seams = _seams(lines)
    ends = _ends(lines)
    if not seams and not ends:
        return list(lines)
    edge = min(line.left for line in lines) + _INDENT
    return [_parted(line, seams, ends, edge) for line in lines]


def _seams(lines: Sequence[Line]) -> list[_Seam]:
    """The places at which numbers end and different words begin right behind them."""
    seen: list[tuple[float, float, str]] = []
    for line in lines:
        for piece in line.segments:
            if len(piece.marks) > 1 and not is_number(piece.text):
                seen += [
                    (number.right, word.left, word.text)
                    for number, word in pairwise(piece.marks)
                    if _are_cells(number, word)
                ]
    seen.sort()
    found: list[_Seam] = []
    begin = 0
    for at in range(1, len(seen) + 1):
        if at < len(seen) and seen[at][0] - seen[begin][0] < _SAME and abs(seen[at][1] - seen[begin][1]) < _SAME:
            continue
        if len({word for _, _, word in seen[begin:at]}) >= _FEWEST:
            found.append(seen[begin][:2])
        begin = at
    return found


def _are_cells(number: Mark, word: Mark) -> bool:
    return is_number(number.text) and not is_number(word.text) and not is_number(f"{number.text} {word.text}")


def _ends(lines: Sequence[Line]) -> list[float]:
    """The places at which the numbers of columns end."""
    ends = sorted([piece[2] for line in lines for piece in line[2][1:] if is_number(piece[5])])
    found: list[float] = []
    for at, end in enumerate(ends):
        if (
            at + _FEWEST <= len(ends)
            and ends[at + _FEWEST - 1] - end < _SAME
            and not (found and end - found[-1] < _SAME)
        ):
            found.append(end)
    return found


def _parted(line: Line, seams: Sequence[_Seam], ends: Sequence[float], edge: float) -> Line:
    first, *others = line.segments
    pieces = list(_parts(first, seams, ends if first.left < edge else ()))
    pieces += [part for piece in others for part in _parts(piece, seams, ())]
    return line if len(pieces) == len(line.segments) else Line(line.top, line.bottom, pieces)


def _parts(piece: Segment, seams: Sequence[_Seam], ends: Sequence[float]) -> Iterable[Segment]:
    marks = piece.marks
    if len(marks) < 2 or is_number(piece.text):
        return [piece]
    cuts = [
        at + 1
        for at, (one, other) in enumerate(pairwise(marks))
        if any(abs(one.right - right) < _SAME and abs(other.left - left) < _SAME for right, left in seams)
    ]
    if is_number(marks[-1].text) and any(abs(marks[-1].right - end) < _SAME for end in ends):
        cuts.append(len(marks) - 1)
    if not cuts:
        return [piece]
    return [segment_of(list(marks[a:b])) for a, b in pairwise([0, *sorted(set(cuts)), len(marks)])]
