"""Units said: the unit of lengths that the heads of a file name, and coordinates that are degrees by name."""

from collections.abc import Iterable, Sequence

from orebook.book.files import RawTable
from orebook.book.importing.heads import PLAIN_UNITS, Head, key
from orebook.book.importing.mapping import Match
from orebook.ground.schema import Schema

_DEGREES = {"longitude", "latitude", "lon", "lat", "long"}


def length_said(kind: Schema, matches: Iterable[Match], raw: RawTable, heads: Sequence[Head]) -> tuple[str, str]:
    """The unit of lengths that heads or the row of units name, and what is odd when they name two."""
    lengths = {column.name for column in kind.columns if column.unit == "m"}
    said: dict[str, str] = {}
    for match in matches:
        if match.column in lengths:
            below = PLAIN_UNITS.get(raw.units[match.index].strip("()[] .").lower(), "")
            unit = heads[match.index].unit or below
            if unit in ("m", "ft"):
                said.setdefault(unit, match.head)
    if len(said) > 1:
        return "", " and ".join(f"the head {head!r} says {unit}" for unit, head in said.items())
    return next(iter(said), ""), ""


def degrees_said(matches: Iterable[Match]) -> bool:
    """Whether the coordinates are longitude and latitude by their heads."""
    return any(match.column in ("easting", "northing") and key(match.head) in _DEGREES for match in matches)
