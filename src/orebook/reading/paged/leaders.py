"""Leaders: dots that lead the eye from a name to its figures, in statements and in lists of contents."""

import re

from orebook.reading.paged.lines import Line, is_number, segments_of

_DOTS = "....."
_LEADER = re.compile(r"\.{5,}|(?:\.…?|…){1,200}")
_FEWEST = 2
"""A statement has so many figures behind the dots; a list of contents has one, the number of a page."""


def without_leaders(row: Line) -> Line:
    """A line of a statement without its dots; any other line as it is.

    >>> from orebook.reading.paged.lines import segments
    >>> from orebook.reading.paged.marks import Mark
    >>> def said(*words):
    ...     marks = [Mark(60 * at, 0, 60 * at + 58, 10, word) for at, word in enumerate(words)]
    ...     return without_leaders(Line(0, 10, segments(marks))).text
    >>> said("Revenue", "......", "1,200", "980"), said("Drilling", ".....", "3")
    ('Revenue 1,200 980', 'Drilling ..... 3')
    """
    if _DOTS not in row.text and "…" not in row.text and ". . ." not in row.text:
        return row
    marks = row.marks
    leading = [at for at, mark in enumerate(marks) if _LEADER.fullmatch(mark.text)]
    if not leading or sum(is_number(mark.text) for mark in marks[leading[-1] + 1 :]) < _FEWEST:
        return row
    kept = [mark for at, mark in enumerate(marks) if at not in leading]
    return Line(row.top, row.bottom, segments_of(kept))
