"""Units said: the unit of each length of a file, by its head, its grid or what was declared; degrees by name."""

from collections.abc import Iterable, Sequence

from orebook.book.files import RawTable
from orebook.book.importing.declared import Declared
from orebook.book.importing.heads import PLAIN_UNITS, Head, key
from orebook.book.importing.mapping import ColumnMapping, Match
from orebook.ground.needs import MissingError
from orebook.ground.schema import LENGTHS, PLACE, schema
from orebook.maths import geodesy

COORDINATES = ("easting", "northing", "elevation")
LOCAL = "local"
"""What to declare for coordinates of a grid that no register knows."""

_DEGREES = {"longitude", "latitude", "lon", "lat", "long"}


def unit_said(raw: RawTable, heads: Sequence[Head], at: int) -> str:
    """The unit of lengths that a head or its cell in the row of units names, or nothing.

    >>> from orebook.book.files import read_bytes
    >>> from orebook.book.importing.heads import head
    >>> raw = read_bytes("a.csv", b"Hole,From (ft),To,Au\\n,,m,ppm\\nA,0,1,2\\n")
    >>> [unit_said(raw, [head(each) for each in raw.header], at) for at in range(4)]
    ['', 'ft', 'm', '']
    """
    found = heads[at].unit or PLAIN_UNITS.get(raw.units[at].strip("()[] .").lower(), "")
    return found if found in LENGTHS else ""


def length_said(table: str, matches: Iterable[Match]) -> tuple[str, str]:
    """The unit of depths that the heads name, and what is odd when they name two."""
    lengths = {column.name for column in schema(table).columns if column.unit == "m"} - set(COORDINATES)
    said: dict[str, str] = {}
    for match in matches:
        if match.column in lengths and match.unit:
            said.setdefault(match.unit, match.head)
    if len(said) > 1:
        return "", " and ".join(f"the head {head!r} says {unit}" for unit, head in said.items())
    return next(iter(said), ""), ""


def degrees_said(matches: Iterable[Match]) -> bool:
    """Whether the coordinates are longitude and latitude by their heads."""
    return any(match.column in ("easting", "northing") and key(match.head) in _DEGREES for match in matches)


def length_units(mapping: ColumnMapping, declared: Declared) -> dict[str, str]:
    """The unit in which the file has each of its lengths, empty where nobody said.

    Depths are in the unit that their heads say or that was declared; coordinates in the unit of their own heads, else
    of their grid, else as depths are. The sizes of what has its place in the grid are in its unit where nobody says
    another.
    """
    lengths = {column.name for column in schema(mapping.table).columns if column.unit == "m"}
    depths = declared.length or mapping.said_length
    grid = _grid_unit(declared) if any(match.column in COORDINATES for match in mapping.taken()) else ""
    found = {}
    for match in mapping.taken():
        if match.column in COORDINATES and match.column in lengths:
            found[match.column] = match.unit or grid or depths
        elif match.column in lengths:
            found[match.column] = depths or (grid if schema(mapping.table).rows == PLACE else "")
    return found


def _grid_unit(declared: Declared) -> str:
    """What the grid of the coordinates counts in, when it is in the register and the register can be read."""
    if not declared.crs or declared.crs == LOCAL:
        return ""
    try:
        unit = geodesy.axis_unit(declared.crs)
    except MissingError:
        return ""
    return unit if unit in LENGTHS else ""
