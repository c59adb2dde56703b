"""World: coasts, borders, provinces, rivers and lakes as they look from a point, offline.

``world.parquet`` is boiled down from Natural Earth (public domain) by ``tools/map_data.py``. A map looks straight down
on its middle: distances and directions from there are true (azimuthal equidistant on a sphere).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

CREDIT = "Map: Natural Earth."
AREAS = frozenset(("land", "lake"))
"""The kinds of lines that are rings around something; borders, provinces and rivers are lines."""

COARSE = frozenset(("lake", "province", "river"))
"""The kinds that are kept at 1:50 million, on which a bend can lie a kilometre or two from where it is."""

_DEGREES = 1_000.0
_RADIUS_KM = 6371.0088
"""The mean radius of the earth."""

_POLE = 89.0


class Shape(NamedTuple):
    """A line of the world: its kind, its points in degrees, and their bounds."""

    kind: str
    points: Floats
    low: Floats
    high: Floats


@cache
def shapes() -> tuple[Shape, ...]:
    """Every line of the world: ``land`` and ``lake`` are rings, ``border``, ``province`` and ``river`` are lines."""
    table = pl.read_parquet(BytesIO(files(__package__).joinpath("world.parquet").read_bytes()))
    ends = table["line"].rle_id().to_numpy()
    starts = np.flatnonzero(np.concatenate(([True], ends[1:] != ends[:-1])))
    kinds = table["kind"].gather(starts).to_list()
    steps = table.select("east", "north").cast(pl.Int64).to_numpy()
    sums = np.cumsum(steps, axis=0)
    before = sums[starts] - steps[starts]
    points = (sums - np.repeat(before, np.diff([*starts, len(steps)]), axis=0)) / _DEGREES
    low, high = (side.reduceat(points, starts, axis=0) for side in (np.minimum, np.maximum))
    return tuple(Shape(*each) for each in zip(kinds, np.split(points, starts[1:]), low, high, strict=True))


@cache
def bounds() -> tuple[Floats, Floats]:
    """The least and the greatest degrees of every line of the world."""
    return np.array([each.low for each in shapes()]), np.array([each.high for each in shapes()])


@dataclass(frozen=True, slots=True)
class Looking:
    """A look straight down on a point of the earth, in degrees on WGS 84.

    >>> east, north = Looking(-79.5, 49.5).km([-79.5, -79.5], [49.5, 50.5])
    >>> [round(float(each), 3) for each in (*east, *north)]
    [0.0, 0.0, 0.0, 111.195]
    """

    longitude: float
    latitude: float

    def km(self, longitude: ArrayLike, latitude: ArrayLike) -> tuple[Floats, Floats]:
        """Kilometres to the east and north of the middle of the map, true along every line through it."""
        turn, up = np.radians(np.asarray(longitude) - self.longitude), np.radians(np.asarray(latitude))
        middle = np.radians(self.latitude)
        cosine = np.sin(middle) * np.sin(up) + np.cos(middle) * np.cos(up) * np.cos(turn)
        away = np.arccos(np.clip(cosine, -1.0, 1.0))
        scale = np.where(away < 1e-9, 1.0, away / np.maximum(np.sin(away), 1e-12)) * _RADIUS_KM
        east = scale * np.cos(up) * np.sin(turn)
        return east, scale * (np.cos(middle) * np.sin(up) - np.sin(middle) * np.cos(up) * np.cos(turn))

    def window(self, km: float) -> tuple[Floats, Floats]:
        """Degrees west and south, east and north that hold all within so many kilometres."""
        up = np.degrees(km / _RADIUS_KM) * 1.02
        steepest = min(abs(self.latitude) + up, _POLE)
        across = min(up / np.cos(np.radians(steepest)), 179.0)
        low = np.array([self.longitude - across, max(self.latitude - up, -90.0)])
        return low, np.array([self.longitude + across, min(self.latitude + up, 90.0)])

    def seen(self, km: float) -> Iterator[tuple[str, Floats]]:
        """Yield the lines of the world within so many kilometres, and a little beyond: their kind, and kilometres."""
        low, high = self.window(km)
        turns = np.array([[-360.0, 0.0], [0.0, 0.0], [360.0, 0.0]])
        least, most = (edges[:, None] + turns for edges in bounds())
        near = ~((most < low) | (least > high)).any(axis=2)
        whole = ((least >= low) & (most <= high)).all(axis=2)
        found: list[tuple[str, Floats]] = []
        for number, turn in np.argwhere(near).tolist():
            shape = shapes()[number]
            points = shape.points + turns[turn]
            if whole[number, turn]:
                parts: Iterable[Floats] = [points]
            else:
                parts = [clipped(points, low, high)] if shape.kind in AREAS else inside(points, low, high)
            found += [(shape.kind, each) for each in parts if len(each) > 1]
        if found:
            degrees = np.concatenate([each for _, each in found])
            ends = np.cumsum([len(each) for _, each in found])[:-1]
            km_each = np.split(np.column_stack(self.km(degrees[:, 0], degrees[:, 1])), ends)
            yield from zip((kind for kind, _ in found), km_each, strict=True)


def clipped(ring: Floats, low: Floats, high: Floats) -> Floats:
    """What of a ring lies within a rectangle, edge by edge (Sutherland and Hodgman).

    >>> square = np.array([[0.0, 0.0], [4.0, 0.0], [4.0, 4.0], [0.0, 4.0]])
    >>> clipped(square, np.array([1.0, -9.0]), np.array([2.0, 9.0])).tolist()
    [[1.0, 0.0], [2.0, 0.0], [2.0, 4.0], [1.0, 4.0]]
    """
    for axis in (0, 1):
        for bound, side in ((low[axis], 1.0), (high[axis], -1.0)):
            if not len(ring):
                return ring
            ring = _edge(ring, axis, bound, side)
    return ring


def _edge(ring: Floats, axis: int, bound: float, side: float) -> Floats:
    """What of a ring lies on one side of a line."""
    away = (ring[:, axis] - bound) * side
    kept = away >= 0
    if kept.all():
        return ring
    after = np.roll(away, -1)
    crosses = kept != (after >= 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(crosses, away / (away - after), 0.0)[:, None]
    cut = ring + (np.roll(ring, -1, axis=0) - ring) * share
    both = np.stack([ring, cut], axis=1).reshape(-1, 2)
    found: Floats = both[np.stack([kept, crosses], axis=1).reshape(-1)]
    return found


def inside(line: Floats, low: Floats, high: Floats) -> Iterator[Floats]:
    """Yield the stretches of a line within a rectangle, each with the point before and the point after."""
    held: NDArray[np.bool_] = np.asarray(((line >= low) & (line <= high)).all(axis=1))
    wide = held.copy()
    wide[1:] |= held[:-1]
    wide[:-1] |= held[1:]
    edges = np.flatnonzero(np.diff(np.concatenate(([False], wide, [False])).astype(np.int8)))
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        yield line[start:end]
