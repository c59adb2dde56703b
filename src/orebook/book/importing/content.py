"""Content: what the cells of a column look like, where its head says nothing or might say the wrong thing."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from orebook.book.files import LINE, RawTable
from orebook.book.files._shape import is_number
from orebook.book.importing.values import tokens

MOST = 0.9
"""Share of cells that have to look like it before a column is taken for something by its content."""

_SHOWN = 3
_APART, _ROWS = 2, 200
"""How far apart the two columns of an interval may stand, and how many rows are looked at for it."""


@dataclass(frozen=True)
class Look:
    """The cells of a column in the sample: all of them, the numbers among them, and the first with their lines."""

    cells: tuple[str, ...]
    numbers: tuple[float | None, ...]
    rows: tuple[tuple[int, str], ...]

    @cached_property
    def filled(self) -> int:
        """How many cells are not empty."""
        return sum(bool(cell) for cell in self.cells)

    @cached_property
    def number_share(self) -> float:
        """The share of numbers and limits among the cells that are not empty; 1 where all are."""
        return sum(is_number(cell) for cell in self.cells) / self.filled if self.filled else 1.0

    @cached_property
    def number_or_token_share(self) -> float:
        """The share of numbers, limits and words for no value among the cells that are not empty."""
        known = sum(is_number(cell) or cell.lower() in tokens() for cell in self.cells if cell)
        return known / self.filled if self.filled else 1.0

    def share(self, low: float, high: float) -> float:
        """The share of cells that are numbers within two limits."""
        held = [number for number in self.numbers if number is not None and low <= number <= high]
        return len(held) / self.filled if self.filled else 0.0


def looks(raw: RawTable) -> list[Look]:
    """How each column of a raw table looks in its sample."""
    lines = raw.sample[LINE].to_list()
    found = []
    for at in range(len(raw.header)):
        cells = [(cell or "").strip() for cell in raw.sample[str(at)].to_list()]
        rows = [(line, cell) for line, cell in zip(lines, cells, strict=True) if cell and line is not None]
        found.append(Look(tuple(cells), tuple(_number(cell, raw.decimal) for cell in cells), tuple(rows[:_SHOWN])))
    return found


def _number(cell: str, decimal: str) -> float | None:
    if not is_number(cell) or cell[:1] in "<>":
        return None
    try:
        return float(cell.replace(",", ".") if decimal == "," else cell)
    except ValueError:
        return None


def guess(
    missing: Sequence[str],
    free: Collection[int],
    columns: Sequence[Look],
    holes: Collection[str],
    named: Mapping[str, int],
) -> Mapping[str, tuple[int, str]]:
    """Columns of a table that no head names, found by their cells: the number of the column and the reason.

    ``missing`` are required columns, ``free`` the columns of the file that mean nothing yet, ``holes`` the names of
    holes that are known already, ``named`` the columns that heads name. Coordinates are never told by their content:
    nothing tells east from north.
    """
    found: dict[str, tuple[int, str]] = {}
    left = [at for at in free if columns[at].filled]
    if "hole" in missing and (told := _hole(left, columns, holes)):
        found["hole"] = told
        left = [at for at in left if at != told[0]]
    firsts, seconds = ([named[end]] if end in named else left for end in ("from", "to"))
    ends = [end for end in ("from", "to") if end in missing]
    if ends and (pair := _interval(firsts, seconds, columns)):
        found |= {end: (at, pair[2]) for end, at in zip(("from", "to"), pair[:2], strict=True) if end in ends}
        left = [at for at in left if at not in pair[:2]]
    if "azimuth" in missing and "dip" in missing and (pair := _direction(left, columns)):
        first, second, why = pair
        found["azimuth"], found["dip"] = (first, why), (second, why)
    return found


def _hole(free: Sequence[int], columns: Sequence[Look], holes: Collection[str]) -> tuple[int, str] | None:
    """The column whose cells are names of known holes."""
    for at in free:
        look = columns[at]
        known = sum(cell in holes for cell in look.cells if cell)
        if known >= MOST * look.filled:
            return at, f"{known} of {look.filled} cells are names of holes that are known"
    return None


def _interval(firsts: Sequence[int], seconds: Sequence[int], columns: Sequence[Look]) -> tuple[int, int, str] | None:
    """Two columns of numbers of which the second is the greater and begins where the next row's first does."""
    for first in (at for at in firsts if columns[at].number_share >= MOST):
        for second in (at for at in seconds if 0 < abs(at - first) <= _APART and columns[at].number_share >= MOST):
            pairs = list(zip(columns[first].numbers[:_ROWS], columns[second].numbers[:_ROWS], strict=True))
            both = [(low, high) for low, high in pairs if low is not None and high is not None]
            rising = sum(low < high for low, high in both)
            touching = sum(one[1] == other[0] for one, other in pairwise(both))
            if len(both) > 1 and rising >= MOST * len(both) and touching >= 0.5 * (len(both) - 1):
                said = f"smaller than the next in {rising} of {len(both)} rows, and rows touch in {touching}"
                return first, second, said
    return None


def _direction(free: Sequence[int], columns: Sequence[Look]) -> tuple[int, int, str] | None:
    """One column of numbers from 0 to 360 that goes above 90, and one from -90 to 90."""
    azimuths = [at for at in free if columns[at].share(0, 360) >= MOST and columns[at].share(90.001, 360) > 0.1]
    dips = [at for at in free if columns[at].share(-90, 90) >= MOST and columns[at].share(-90, 90) == 1.0]
    if len(azimuths) == 1 and len(dips) == 1 and azimuths != dips:
        return azimuths[0], dips[0], "the only numbers within the limits of a direction"
    return None


def exchanged(first: Look, second: Look) -> str:
    """What is odd about two columns of depths whose first should be the smaller; nothing when all is well."""
    pairs = zip(first.numbers, second.numbers, strict=True)
    both = [(low, high) for low, high in pairs if low is not None and high is not None]
    falling = sum(low > high for low, high in both)
    return f"from lies deeper than to in {falling} of {len(both)} rows" if falling > 0.5 * len(both) else ""
