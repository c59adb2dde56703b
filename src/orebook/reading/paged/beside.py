"""Tables side by side: where two tables without borders stand next to each other, and the lines of each."""

import re
from collections.abc import Sequence

from orebook.reading.paged.lines import Line, is_number
from orebook.reading.paged.marks import Rule
from orebook.reading.paged.table_columns import Column

_YEAR = re.compile(r"(?:19|20)\d\d")
_FEWEST = 4
"""Columns of two tables together."""
_WIDE = 2.5
"""The gap between two tables is at least so many heights of the letters ..."""
_WIDER = 1.5
"""... and so many times as wide as the widest between two columns of numbers."""


def side_by_side(lines: Sequence[Line], where: Sequence[Column], across: Sequence[Rule]) -> float | None:
    """The middle of the gap between two tables; nothing if it is one table.

    Signs: the same heads stand over both, the rules end at the gap and begin anew behind it, or one of the two is
    longer and the gap is wide.
    """
    if len(where) < _FEWEST:
        return None
    height = min(line.height for line in lines)
    for at in range(2, len(where) - 1):
        left, right = where[at - 1][1], where[at][0]
        middle = (left + right) / 2
        if any(segment.left < middle < segment.right for line in lines for segment in line.segments):
            continue
        wide = right - left > _WIDE * height
        ruled = wide and _rules_end(across, lines, left, right) and _names_rows(lines, middle)
        if ruled or _heads_repeat(lines, middle) or (wide and _text_begins(lines, where, at)):
            return middle
    return None


def _heads_repeat(lines: Sequence[Line], middle: float) -> bool:
    """Whether a line says the same on both sides, and more than a unit."""
    for line in lines[:4]:
        before = [segment.text for segment in line.segments if segment.right < middle]
        behind = [segment.text for segment in line.segments if segment.left > middle]
        if before == behind and len(before) > 1 and not any(is_number(text) for text in before) and _wordy(before):
            return True
    return False


def _wordy(texts: Sequence[str]) -> bool:
    """Whether the first of some heads names things, as the first column of a table does, and all differ."""
    return (
        len(set(texts)) == len(texts)
        and texts[0][:1].isalpha()
        and texts[0].lower().startswith(("hole", "sample", "name", "site"))
    )


def _names_rows(lines: Sequence[Line], middle: float) -> bool:
    """Whether what stands first on the right of a place names rows: words, or years."""
    first = [
        next(segment.text for segment in line.segments if segment.left > middle)
        for line in lines[1:]
        if line.right > middle
    ]
    return sum(not is_number(text) or _YEAR.fullmatch(text) is not None for text in first) >= 0.8 * len(first)


def _rules_end(across: Sequence[Rule], lines: Sequence[Line], left: float, right: float) -> bool:
    """Whether a rule ends in a gap, and another begins in it at the same height."""
    top, bottom = lines[0].top - 6, lines[-1].bottom + 6
    near = [rule for rule in across if top < rule.at < bottom]
    if any(rule.start < left and rule.end > right for rule in near):
        return False
    return any(
        abs(one.at - other.at) < 3 and left - 12 < one.end < right and one.end + 6 < other.start < right + 12
        for one in near
        for other in near
    )


def _text_begins(lines: Sequence[Line], where: Sequence[Column], at: int) -> bool:
    """Whether numbers end before a gap that is wider than those between numbers, words begin behind it, and one of the
    two sides has more rows."""
    middle = (where[at - 1][1] + where[at][0]) / 2
    counts = [0, 0]
    numbers = words = 0
    for line in lines[1:]:
        before = [segment for segment in line.segments if segment.right < middle]
        behind = [segment for segment in line.segments if segment.left > middle]
        counts[0] += bool(before)
        counts[1] += bool(behind)
        numbers += bool(before) and is_number(before[-1].text)
        words += bool(behind) and not is_number(behind[0].text)
    inner = [where[k][0] - where[k - 1][1] for k in range(2, len(where)) if k not in (at, at + 1)]
    widest = max(inner, default=0.0)
    gap = where[at][0] - where[at - 1][1]
    return (
        min(counts) > 1
        and counts[0] != counts[1]
        and numbers >= 0.8 * counts[0]
        and words >= 0.8 * counts[1]
        and gap > _WIDER * widest
    )


def halves(lines: Sequence[Line], middle: float) -> tuple[list[Line], list[Line]]:
    """The lines left and right of a gap."""
    left: list[Line] = []
    right: list[Line] = []
    for line in lines:
        for half, pieces in (
            (left, [segment for segment in line.segments if segment.right < middle]),
            (right, [segment for segment in line.segments if segment.left > middle]),
        ):
            if pieces:
                half.append(Line(min(p.top for p in pieces), max(p.bottom for p in pieces), pieces))
    return left, right
