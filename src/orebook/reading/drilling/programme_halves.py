"""Lower halves of drill programmes: rows of holes and metres on the next page that have lost heads and labels.

A page break may leave a table its numbers and put its labels elsewhere. The rows are those of the programme above them
where subtotals prove it: holes and metres of the rows before add up to both numbers of a row, again and again.

>>> pairs = [(Decimal(h), Decimal(m)) for h, m in (("4", "4.78"), ("49", "32.71"), ("53", "37.49"), ("10", "9.10"))]
>>> sums(pairs)
[2]
"""

from collections.abc import Sequence
from decimal import Decimal

from orebook.reading.heads import cells
from orebook.reading.layout import Cell, Row, Table

Pair = tuple[Decimal, Decimal]
"""Holes and metres of a row."""

_MOST_PARTS = 8
_FAR = 60
"""Labels that stand by themselves take up so many blocks."""
FEWEST_SUMS = 2


def sums(pairs: Sequence[Pair]) -> list[int]:
    """The rows that are the sum of two or more rows right before them, in holes and in metres.

    Totals among these rows are not counted twice: only rows that are no sums themselves are added up.
    """
    found: list[int] = []
    for at, (holes, metres) in enumerate(pairs):
        for count in range(2, min(_MOST_PARTS, at) + 1):
            part = pairs[at - count : at]
            room = Decimal(len(part) + 1) * _half(metres)
            if sum(one for one, _ in part) == holes and abs(sum(one for _, one in part) - metres) <= room:
                found.append(at)
                break
    return found


def _half(number: Decimal) -> Decimal:
    """Half a unit in the last printed place."""
    exponent = number.as_tuple().exponent
    return Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0) / 2


def pair_of(row: Row) -> tuple[Cell, Cell, Pair] | None:
    """The last two cells of a row as a count of holes and their metres."""
    filled = [cell for cell in row.cells if cell.plain]
    if len(filled) < 2 or len(filled) > 3:
        return None
    holes, metres = (cells.number(cell.text) for cell in filled[-2:])
    words = [cell for cell in filled[:-2] if cells.number(cell.text) is not None]
    if holes is None or metres is None or words or holes.value != holes.value.to_integral_value():
        return None
    return filled[-2], filled[-1], (holes.value, metres.value)


def lower_halves(upper: Sequence[Pair], below: Sequence[Table | None]) -> list[Table]:
    """The tables without heads below a programme that its subtotals go on into; ``below`` are the blocks after it."""
    found: list[Table] = []
    pairs = list(upper)
    for table in below[:_FAR]:
        if table is None:
            continue
        rows = [pair_of(row) for row in table.rows]
        if any(any(words) for words in table.header) or len(rows) < 2 or None in rows:
            if all(row is None for row in rows):
                continue  # labels
            break
        more = [row[2] for row in rows if row is not None]
        if sum(at >= len(pairs) for at in sums([*pairs, *more])) < FEWEST_SUMS:
            break
        pairs += more
        found.append(table)
    return found
