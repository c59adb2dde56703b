"""Shape: where the head of a table stands, its units, and where its rows begin; words above it, none at all."""

import csv
import re
from collections.abc import Collection, Sequence
from typing import NamedTuple

from orebook.book.importing.heads import is_unit, key
from orebook.book.importing.measured_heads import measured, said_unit
from orebook.book.importing.profiles import known_heads, record_heads

DELIMITERS = ",;\t|"
_LOOKED_AT = 60
_NUMBER = re.compile(
    r"[<>]?\s{0,9}[+-]?(?:\d{1,40}[.,]?\d{0,40}|[.,]\d{1,40}|\d{1,3}(?:[ ',.\u00a0\u202f]\d{3}){1,9}(?:[.,]\d{0,40})?)"
    r"(?:[eE][+-]?\d{1,3})?"
)
_HINT = re.compile(r"sep=(.)", re.IGNORECASE)


class Line(NamedTuple):
    """A row of cells and the line that it stands on."""

    line: int
    cells: list[str]


class Shape(NamedTuple):
    """The head of a table, the units below it, what stands above, and the line of its first row."""

    header: tuple[str, ...]
    units: tuple[str, ...]
    header_line: int
    first: int
    preamble: tuple[str, ...]


def is_number(text: str) -> bool:
    """Whether some text is a number, perhaps with a decimal comma or a limit's sign.

    >>> is_number("-12,5"), is_number("< 0.01"), is_number("1 234,5"), is_number("B1-001"), is_number("")
    (True, True, True, False, False)
    """
    return bool(_NUMBER.fullmatch(text.strip()))


def delimiter_of(lines: Sequence[str]) -> str:
    """What stands between the cells of some lines, or nothing.

    >>> delimiter_of(["hole;from;cu", "A;1,5;0,3", "A;2,5;0,2"]), delimiter_of(["a note"])
    (';', '')
    """
    if lines and (hint := _HINT.fullmatch(lines[0].strip())):
        return hint[1]
    best, found = (0, 0, 0, 0), ""
    for at, sign in enumerate(DELIMITERS):
        widths = [len(cells) for cells in csv.reader(lines, delimiter=sign) if any(cells)]
        wide = [width for width in widths if width > 1]
        if not wide:
            continue
        usual = max(set(wide), key=lambda width: (wide.count(width), width))
        rows = list(csv.reader(lines[:_LOOKED_AT], delimiter=sign))
        heads = max(map(_known, rows))
        records = max(_known(row, record_heads()) for row in rows)
        score = (wide.count(usual), heads, records, -at if sign == "," else 10 - at)
        if score > best:
            best, found = score, sign
    return found


def shape(rows: Sequence[Line], header: int | None = None) -> Shape:
    """Where the head of a table stands and where its rows begin.

    ``header`` is the line of the head if it is known, 0 for a table without one. The head is the first row that holds
    two words which a book knows, else the first without a number; a table that begins with numbers has none.

    >>> found = shape([Line(1, ["Project X"]), Line(2, ["BHID", "FROM", "CU"]), Line(3, ["", "m", "%"]),
    ...     Line(4, ["A", "0", "0.3"])])
    >>> found.header, found.units, found.header_line, found.first, found.preamble
    (('BHID', 'FROM', 'CU'), ('', 'm', '%'), 2, 4, ('Project X',))
    """
    at = _header_at(rows) if header is None else next((i for i, row in enumerate(rows) if row.line == header), -1)
    width = max((len(row.cells) for row in rows), default=0)
    if at < 0:
        first = next((i for i, row in enumerate(rows) if len(row.cells) == width), 0)
        return Shape(("",) * width, ("",) * width, 0, rows[first].line if rows else 1, _said(rows[:first]))
    head = _filled([cell.strip() for cell in rows[at].cells], rows[at - 1].cells if at else [])
    while len(head) > 1 and not head[-1] and not any(row.cells[len(head) - 1 :] != [""] for row in _full(rows, at)):
        head.pop()
    if below := _second(head, rows, at):
        head, at = below, at + 1
    following = next((i for i in range(at + 1, len(rows)) if any(rows[i].cells)), len(rows))
    said = rows[following].cells if following < len(rows) else []
    units: tuple[str, ...] = ("",) * len(head)
    if _is_units(said):
        units = tuple((said[i].strip() if i < len(said) else "") for i in range(len(head)))
        first = rows[following].line + 1
    else:
        first = rows[at].line + 1 + sum(cell.count("\n") for cell in rows[at].cells)
    return Shape(tuple(head), units, rows[at].line, first, _said(rows[:at]))


def _second(head: Sequence[str], rows: Sequence[Line], at: int) -> list[str]:
    """The head of a table of records together with a second row of it, as where ``Copper`` stands over three columns.

    Nothing where there is none: the row below has to be without numbers, to have words under empty cells, and to say
    units in half of its cells.
    """
    if at + 1 >= len(rows) or _known(rows[at].cells) >= 2 or _known(rows[at].cells, record_heads()) < 2:
        return []
    said = [cell.strip() for cell in rows[at + 1].cells]
    said += [""] * (len(head) - len(said))
    under = [place for place, cell in enumerate(said) if cell and not (head[place] if place < len(head) else "")]
    units = sum(bool(said_unit(cell) or measured(cell).unit) for cell in said if cell)
    if not under or any(map(is_number, said)) or 2 * units < len([cell for cell in said if cell]):
        return []
    made, above = [], ""
    for place, cell in enumerate(said):
        own = head[place] if place < len(head) else ""
        above = own or (above if cell else "")
        made.append(" ".join(filter(None, (above, cell))))
    return made


def _full(rows: Sequence[Line], at: int) -> list[Line]:
    """The rows below the head that reach as far as it."""
    return [row for row in rows[at + 1 :] if len(row.cells) >= len(rows[at].cells)]


def _header_at(rows: Sequence[Line]) -> int:
    for at, row in enumerate(rows[:_LOOKED_AT]):
        if _known(row.cells) >= 2 and not any(map(is_number, row.cells)):
            return at
    usual = _usual_width(rows)
    for at, row in enumerate(rows[:_LOOKED_AT]):
        if (
            len(row.cells) >= usual - 1
            and _known(row.cells, record_heads()) >= 2
            and not any(map(is_number, row.cells))
        ):
            return at
    for at, row in enumerate(rows[:_LOOKED_AT]):
        named = [cell for cell in row.cells if cell.strip()]
        if len(row.cells) >= usual - 1 and len(named) > 1:
            return at if not any(map(is_number, named)) and len(set(named)) == len(named) else -1
    return -1


def _usual_width(rows: Sequence[Line]) -> int:
    widths = [len(row.cells) for row in rows if any(row.cells)]
    return max(set(widths), key=widths.count) if widths else 0


def _known(cells: Sequence[str], heads: Collection[str] = ()) -> int:
    """How many cells are heads that a book knows, along holes when nothing else is said."""
    among = heads or known_heads()
    return sum(key(cell) in among or key(cell.partition("(")[0]) in among for cell in cells if cell)


def _filled(head: list[str], above: Sequence[str]) -> list[str]:
    """A head whose empty cells take the words that stand above them, as where cells were merged downwards."""
    if sum(1 for cell in above if cell.strip()) < 2:
        return head
    return [cell or (above[i].strip() if i < len(above) else "") for i, cell in enumerate(head)]


def _is_units(cells: Sequence[str]) -> bool:
    """Whether a row holds nothing but units."""
    said = [cell for cell in cells if cell.strip()]
    return bool(said) and sum(map(is_unit, said)) >= max(1, len(said) - 1) and not any(map(is_number, said))


def _said(rows: Sequence[Line]) -> tuple[str, ...]:
    """The words of some rows, one piece of text each."""
    lines = (" ".join(cell.strip() for cell in row.cells if cell.strip()) for row in rows)
    return tuple(line for line in lines if line and not line.lower().startswith("sep="))
