"""Piled cells: rows that a page writes as one, the values of each column one below the other in a single cell."""

from collections.abc import Sequence

from orebook.reading.layout.mending import Draft
from orebook.reading.layout.values import is_holder, is_value
from orebook.reading.text import Text

_MOST = 500


def unpiled(cells: Draft, lines: Sequence[Sequence[Text]]) -> list[Draft]:
    """The rows that a row holds: one for each line of its cells, or the row itself.

    ``lines`` are the lines of each cell. They are rows where the cells, the first among them, have as many lines, and
    in one cell all lines are values; a cell of one line belongs to the first of the rows.

    >>> from orebook.reading.layout.tables import draft
    >>> from orebook.reading.text import inline
    >>> words = [["A1", "A2"], ["2.0", "3.5"]]
    >>> lines = [[inline(word, 0, len(word)) for word in column] for column in words]
    >>> rows = unpiled(draft([column[0] for column in lines]), lines)
    >>> [[cell.plain for cell in row] for row in rows]
    [['A1', '2.0'], ['A2', '3.5']]
    """
    filled = [each for each in lines if any(line.plain for line in each)]
    if len(filled) < 2 or len(filled[0]) < 2:
        return [cells]
    count = len(filled[0])
    piles = [each for each in filled if len(each) > 1]
    if count > _MOST or len(piles) < 2 or any(len(each) != count for each in piles):
        return [cells]
    if not any(all(is_value(line.plain) or is_holder(line.plain) for line in each) for each in piles[1:]):
        return [cells]
    return [
        [
            cell._replace(text=each[at] if at < len(each) else cell.text.slice(0, 0))
            for cell, each in zip(cells, lines, strict=True)
        ]
        for at in range(count)
    ]
