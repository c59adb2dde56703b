"""Columns of streams: which number of a row is what, when the words of the head have lost their places.

The head is taken in the order of its words if that bears the depths out (interval = to - from). Else the columns that
broke out of the order are put wherever all rows, and what the prose says of the same intervals, allow; if more than one
place is left, nothing is read.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import permutations

from orebook.ground import units
from orebook.reading.drilling.streams import Stream, above
from orebook.reading.heads.columns import ColumnRole, spoken_in
from orebook.reading.patterns import Pattern

Row = Sequence[Decimal | None]
Known = Mapping[tuple[Decimal, Decimal], Mapping[str, Decimal]]
"""What the prose says: the grades of an interval by its from and length."""

_SLACK = Decimal("0.11")
_BRACKETED = Pattern(r"\(([^()]{1,8})\)|(?<=_)(ppm|ppb|pct)")


def in_order(stream: Stream, table: str) -> list[ColumnRole]:
    """The columns of numbers that the head names, in its order; a head said side by side counts once."""
    named = [role for role in spoken_in(stream.head, table) if role.name not in ("hole", "")]
    if named and table == "collars" and named[-1].name in {role.name for role in named[:-1]}:
        named.pop()  # the first row begins with a place such as North
    for size in range(1, len(named) // 2 + 1):
        if len(named) % size == 0 and named == named[:size] * (len(named) // size):
            return named[:size]
    return named


_BARE_UNITS = Pattern(r"(?:\s*\((?:m|ft|deg\.?|degrees?|°)\)){1,8}\s*$", re.IGNORECASE)
_ANGLES = ("collars.dip", "collars.azimuth")


def of_collars(stream: Stream, width: int) -> list[ColumnRole]:
    """The columns of a stream of collars, also where the upper line of the head ran off before the lower one.

    What the lower line leaves without a name has its unit there: of the names above, the one with that unit is meant.
    """
    named = in_order(stream, "collars")
    if len(named) == width:
        return named
    higher = [role for role in spoken_in(above(stream, 70), "collars") if role.name not in ("hole", "")]
    loose = [role for role in dict.fromkeys(higher) if role.name not in {one.name for one in named}]
    if not named and len(loose) == width:
        return loose
    bare = _BARE_UNITS.search(stream.head)
    for unit in re.findall(r"\((\w)", bare[0].lower()) if bare else ():
        fitting = [role for role in loose if (role.measure in _ANGLES) == (unit == "d")]
        if len(fitting) == 1:
            named.append(fitting[0])
            loose.remove(fitting[0])
    return named if len(named) == width else []


def of_intercepts(stream: Stream, rows: Sequence[Row], known: Known) -> list[ColumnRole]:
    """The columns of a stream of intercepts, or nothing when they cannot be told."""
    width = len(rows[0]) if rows else 0
    placed = in_order(stream, "drilling")
    if len(placed) == width and _bears_out(placed, rows):
        return with_units(stream, placed)
    loose = [role for role in placed if role.name == "length"]
    firm = [role for role in placed if role.name != "length"]
    if len(placed) != width:
        loose += [role for role in spoken_in(above(stream), "drilling") if role.name not in ("hole", "from", "to", "")]
    if len(firm) + len(loose) != width or len(loose) > 3:
        return []
    possible = [columns for columns in _arrangements(firm, loose) if _bears_out(columns, rows)]
    if len(possible) > 1:
        possible = [columns for columns in possible if _agrees(columns, rows, known)]
    return with_units(stream, possible[0]) if len(possible) == 1 else []


def _arrangements(firm: list[ColumnRole], loose: list[ColumnRole]) -> Iterator[list[ColumnRole]]:
    """Every order in which the firm columns keep theirs."""
    width = len(firm) + len(loose)
    for places in permutations(range(width), len(loose)):
        columns: list[ColumnRole | None] = [None] * width
        for place, role in zip(places, loose, strict=True):
            columns[place] = role
        rest = iter(firm)
        yield [role or next(rest) for role in columns]


def _bears_out(columns: Sequence[ColumnRole], rows: Sequence[Row]) -> bool:
    """Whether from, to and interval agree in nearly all rows, and depths rise."""
    names = [role.name for role in columns]
    if names.count("from") != 1 or names.count("to") != 1:
        return False
    begin, end = names.index("from"), names.index("to")
    size = names.index("length") if "length" in names else None
    good = whole = 0
    for row in rows:
        low, high = row[begin], row[end]
        long = row[size] if size is not None else None
        if low is None or high is None:
            continue
        whole += 1
        good += low < high and (long is None or abs(high - low - long) <= _SLACK)
    return whole > 0 and good >= whole * Decimal("0.9") and good >= min(whole, 3)


def _agrees(columns: Sequence[ColumnRole], rows: Sequence[Row], known: Known) -> bool:
    """Whether the grades are those that the prose gives for the same intervals, and it gives some."""
    names = [role.name for role in columns]
    begin, size = names.index("from"), names.index("length") if "length" in names else None
    checked = 0
    for row in rows:
        low, long = row[begin], row[size] if size is not None else None
        said = known.get((low, long)) if low is not None and long is not None else None
        for role, value in zip(columns, row, strict=True) if said else ():
            if said and role.analyte in said and value is not None:
                if not rounds_to(value, said[role.analyte]):
                    return False
                checked += 1
            elif said and role.analyte and len(said) > 1 and value in said.values():
                return False  # another column holds what the prose says of this analyte
    return checked > 1


def rounds_to(value: Decimal, said: Decimal) -> bool:
    """Whether a figure is another one in finer digits.

    >>> rounds_to(Decimal("1.27"), Decimal("1.3")), rounds_to(Decimal("1.2"), Decimal("1.3"))
    (True, False)
    """
    exponent = said.as_tuple().exponent
    step = Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)
    return abs(value - said) <= step / 2


def with_units(stream: Stream, columns: list[ColumnRole]) -> list[ColumnRole]:
    """Give the one unit of grade that stands alone in the head to the one column without a unit."""
    said = [units.spoken().get(one or other, "") for one, other in _BRACKETED.findall(f"{above(stream)} {stream.head}")]
    shares = [unit for unit in said if unit and not units.unit(unit).dimension]
    for role in columns:
        if role.name == "grade" and role.unit in shares:
            shares.remove(role.unit)
    bare = [role for role in columns if role.name == "grade" and not role.unit]
    if len(bare) == 1 and len(shares) == 1:
        return [replace(role, unit=shares[0]) if role is bare[0] else role for role in columns]
    return columns
