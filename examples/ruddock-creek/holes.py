"""The 76 holes of Ruddock Creek, SIMULATED: where they begin, how they run, what they meet, and how long they are.

Each hole with published intervals gets the direction in which the zone's plane makes their published true thickness of
their lengths; the others go to places within the published extents.
"""

import math
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np
import simulation as sim
from numpy.random import Generator

NUMBERS = [number for number in range(33, 110) if number != 73]
"""76 holes in a span of 77 numbers: one was not used."""

METRES = 141_334
"""What all holes add up to, in decimetres."""

DIP, TOWARDS = 28.5, 315.0
NORMAL = sim.upwards(DIP, TOWARDS)
EXTENT_EAST, EXTENT_NORTH = 450.0, 500.0
ORIGIN = (368_700.0, 5_736_950.0, 1_640.0)
"""South-west corner of the zone's extents, and the height of its plane in their middle."""


@dataclass(frozen=True)
class Interval:
    """A published interval: depths in centimetres, thickness in metres, grades in hundredths of a per cent.

    Grades are those before rounding: where the published sum is not the sum of the published addends, they lie off the
    middle of what rounds to the addends. ``local`` says that a plane measured in the core, not that of the zone,
    gives the thickness.
    """

    start: int
    end: int
    thickness: float
    zn: float
    pb: float
    local: bool = False


@dataclass(frozen=True)
class Station:
    """A place underground that holes are drilled from: metres east and north of the origin and square off the zone."""

    name: str
    east: float
    north: float
    off: float


STATIONS = [
    Station("DS-1", 405.0, 30.0, 7.0),
    Station("DS-2", 395.0, 45.0, 23.0),
    Station("DS-3", 360.0, 110.0, 33.0),
    Station("DS-4", 320.0, 180.0, 42.0),
    Station("DS-5", 265.0, 235.0, 56.0),
    Station("DS-6", 205.0, 285.0, 75.0),
    Station("DS-7", 160.0, 345.0, 108.0),
]

PUBLISHED: dict[int, tuple[str, float, list[Interval]]] = {
    # number: station, azimuth at the collar, intervals
    33: ("DS-5", 10.0, [Interval(6980, 7830, 6.8, 1075, 208), Interval(13620, 14260, 5.2, 1083, 226)]),
    38: ("DS-3", 250.0, [Interval(5500, 6110, 3.8, 1675, 382), Interval(14490, 14870, 3.5, 925, 180, local=True)]),
    55: ("DS-5", 230.0, [Interval(7740, 8060, 2.3, 2005, 392)]),
    57: ("DS-6", 225.0, [Interval(12180, 13250, 6.2, 1248, 200), Interval(13450, 13550, 0.6, 1403, 335)]),
    58: ("DS-2", 170.0, [Interval(4030, 4840, 4.2, 1519.7, 330.65)]),
    59: ("DS-6", 150.0, [Interval(9370, 10050, 5.8, 1613, 334), Interval(16080, 16350, 2.0, 1411, 296, local=True)]),
    61: ("DS-6", 30.0, [Interval(10990, 11730, 4.8, 1300, 247)]),
    65: ("DS-3", 130.0, [Interval(3240, 3980, 6.8, 1509, 300)]),
    71: ("DS-4", 110.0, [Interval(4200, 4600, 3.6, 1082, 236), Interval(4800, 4960, 1.5, 1372, 351)]),
    83: ("DS-3", 90.0, [Interval(5510, 6660, 5.9, 1164.35, 234.35), Interval(8420, 10080, 8.4, 1443, 227)]),
    89: ("DS-5", 75.0, [Interval(7890, 8660, 4.8, 1187, 217)]),
    92: ("DS-4", 200.0, [Interval(5090, 5380, 2.4, 1542.35, 363.35)]),
    99: ("DS-1", 135.0, [Interval(610, 850, 2.3, 1445, 312)]),
    100: ("DS-7", 10.0, [Interval(22070, 22600, 2.5, 1941, 299)]),
    109: ("DS-7", 229.0, [Interval(24880, 25800, 4.0, 1180, 193)]),
}

WEST, EAST, SOUTH, NORTH = 109, 83, 58, 100
"""Holes whose intervals lie farthest out: their collars are moved by the last metres to the published extents."""


@dataclass
class Hole:
    """A hole: relative coordinates of its collar, its surveys, its length and what it met of the zone."""

    number: int
    station: Station
    collar: sim.Vector
    path: list[sim.Station]
    depth: int
    intervals: list[Interval] = field(default_factory=list)
    zone: list[tuple[int, int]] = field(default_factory=list)
    started: date = date(2010, 11, 25)
    ended: date = date(2010, 11, 25)

    @property
    def name(self) -> str:
        """The hole's name, with the year in which it began."""
        return f"EUG-{10 if self.number <= 37 else 11}-{self.number:03d}"

    def at(self, depth: float) -> sim.Vector:
        """A point of the hole, in metres from the origin."""
        step = sim.displaced(self.path, depth)
        return self.collar[0] + step[0], self.collar[1] + step[1], self.collar[2] + step[2]


# --- Geometry ---


def plane_height(east: float, north: float) -> float:
    """Height of the zone's plane, relative to the origin."""
    slope = math.tan(math.radians(DIP))
    down = (east - EXTENT_EAST / 2) * sim.towards(TOWARDS, 0)[0] + (north - EXTENT_NORTH / 2) * sim.towards(TOWARDS, 0)[
        1
    ]
    return -slope * down


def collar_of(station: Station, azimuth: float) -> sim.Vector:
    """A collar in the wall of the station, on the side to which the hole goes."""
    out = sim.towards(azimuth, 0)
    east, north = station.east + 2.2 * out[0], station.north + 2.2 * out[1]
    height = plane_height(station.east, station.north) + station.off / NORMAL[2]
    return east, north, height


def thickness(path: list[sim.Station], interval: Interval, normal: sim.Vector = NORMAL) -> float:
    """How far the ends of an interval lie apart square to a plane."""
    return abs(sim.dot(sim.between(path, interval.start / 100, interval.end / 100), normal))


def aimed(rng: Generator, depth: float, azimuth: float, intervals: list[Interval]) -> list[sim.Station]:
    """A hole of that azimuth, going down through the zone, whose true thicknesses print as published."""
    for _ in range(100):
        path = _nearest(sim.wandering(rng, depth, every=20.0, azimuth=0.15, dip=0.12), azimuth, intervals)
        if path and all(abs(thickness(path, each) - each.thickness) < 0.047 for each in intervals if not each.local):
            return path
    raise ValueError(f"no hole towards {azimuth} gives these thicknesses")


def _nearest(relative: list[sim.Station], azimuth: float, intervals: list[Interval]) -> list[sim.Station]:
    """The first dip from which a wandering hole comes nearest to the published thicknesses."""
    best, chosen = 1.0, []
    for tenths in range(-890, 300):
        path = sim.pointed(relative, azimuth, tenths / 10)
        if sim.dot(sim.towards(*path[0][1:]), NORMAL) > -0.1:
            continue
        off = max(abs(thickness(path, each) - each.thickness) for each in intervals if not each.local)
        if off < best - 1e-9:
            best, chosen = off, path
    return chosen


def known_holes(rng: Generator) -> list[Hole]:
    """The holes with published intervals."""
    stations = {station.name: station for station in STATIONS}
    found = []
    for number, (name, azimuth, intervals) in PUBLISHED.items():
        tail = int(rng.integers(120, 420))
        depth = intervals[-1].end // 10 + tail
        path = aimed(rng, depth / 10, azimuth, intervals)
        zone = [(each.start, each.end) for each in intervals]
        if zone[-1][0] - zone[0][1] == 200:
            zone = [(zone[0][0], zone[-1][1])]
        found.append(Hole(number, stations[name], collar_of(stations[name], azimuth), path, depth, intervals, zone))
    return found


def spread_out(holes: list[Hole]) -> None:
    """Move the four outermost collars so that the middles of their intervals span the published extents."""
    by_number = {hole.number: hole for hole in holes}
    for number, axis, wanted, outermost in [
        (WEST, 0, 0.0, min),
        (EAST, 0, EXTENT_EAST, max),
        (SOUTH, 1, 0.0, min),
        (NORTH, 1, EXTENT_NORTH, max),
    ]:
        hole = by_number[number]
        here = outermost(hole.at((a + b) / 200)[axis] for a, b in hole.zone)
        collar = list(hole.collar)
        collar[axis] += wanted - here
        hole.collar = (collar[0], collar[1], collar[2])
    for hole in holes:
        hole.collar = (round(hole.collar[0], 3), round(hole.collar[1], 3), round(hole.collar[2], 3))


def other_hole(rng: Generator, number: int, station: Station) -> Hole:
    """A hole to somewhere in the zone, well inside its extents, without anything to report."""
    while True:
        east, north = float(rng.uniform(15, EXTENT_EAST - 15)), float(rng.uniform(15, EXTENT_NORTH - 15))
        reach = math.hypot(east - station.east, north - station.north)
        far = math.degrees(math.atan2(reach, station.off))
        if reach > 290 or far > 72:
            continue
        azimuth = round(math.degrees(math.atan2(east - station.east, north - station.north)) % 360, 1) % 360
        collar = collar_of(station, azimuth)
        collar = (round(collar[0], 3), round(collar[1], 3), round(collar[2], 3))
        drop = plane_height(east, north) + float(rng.normal(0, 2.5)) - collar[2]
        dip = round(math.degrees(math.atan2(drop, math.hypot(east - collar[0], north - collar[1]))), 1)
        if dip > 25:
            continue
        path = sim.pointed(sim.wandering(rng, 320.0, every=20.0, azimuth=0.3, dip=0.2), azimuth, dip)
        hole = Hole(number, station, collar, path, 3200)
        met = meets_plane(hole)
        if met and all(12 < part < wide - 12 for part, wide in zip(hole.at(met)[:2], (450, 500), strict=True)):
            wide = int(rng.integers(12, 48))
            middle = round(met * 10)
            hole.zone = [((middle - wide // 2) * 10, (middle - wide // 2 + wide) * 10)]
            return hole


def meets_plane(hole: Hole) -> float:
    """The depth at which a hole goes through the plane of the zone, or nothing."""

    def above(depth: float) -> float:
        east, north, height = hole.at(depth)
        return height - plane_height(east, north)

    low, high = 4.0, 300.0
    if above(low) <= 0 or above(high) >= 0:
        return 0.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if above(middle) > 0 else (low, middle)
    return low


def programme(rng: Generator) -> list[Hole]:
    """All holes by number, with lengths that add up to the published metres, and their days."""
    holes = known_holes(rng)
    spread_out(holes)
    left = [number for number in NUMBERS if number not in PUBLISHED]
    order = [STATIONS[k % len(STATIONS)] for k in range(len(left))]
    order.sort(key=lambda station: -station.off)
    holes += [other_hole(rng, number, station) for number, station in zip(left, _mixed(rng, order), strict=True)]
    holes.sort(key=lambda hole: hole.number)
    _lengthen(rng, [hole for hole in holes if not hole.intervals], METRES - sum(h.depth for h in holes if h.intervals))
    for hole in holes:
        hole.path = [station for station in hole.path if not station[0] or station[0] <= hole.depth / 10 - 5]
    _days(holes)
    return holes


def _mixed(rng: Generator, stations: list[Station]) -> list[Station]:
    """The stations in runs of a few holes each, as rigs are moved."""
    runs = [stations[k : k + 4] for k in range(0, len(stations), 4)]
    return [station for k in rng.permutation(len(runs)) for station in runs[k]]


def _lengthen(rng: Generator, holes: list[Hole], metres: int) -> None:
    """End each hole some way below the zone, so that all add up to so many decimetres."""
    least = [hole.zone[-1][1] // 10 + 80 for hole in holes]
    share = rng.uniform(0.4, 1.6, len(holes))
    spare = metres - sum(least)
    if not 100 * len(holes) < spare < 900 * len(holes):
        raise ValueError(f"{spare / len(holes) / 10} m below the zone on average is not likely")
    more = np.floor(share / share.sum() * spare).astype(int)
    more[0] += spare - int(more.sum())
    for hole, shortest, extra in zip(holes, least, more, strict=True):
        hole.depth = shortest + int(extra)


def _days(holes: list[Hole]) -> None:
    """Days of drilling: from late November 2010 to July 2011, with a rest over the turn of the year."""
    for first, last, group in [
        (date(2010, 11, 25), date(2010, 12, 17), [hole for hole in holes if hole.number <= 37]),
        (date(2011, 1, 10), date(2011, 7, 19), [hole for hole in holes if hole.number > 37]),
    ]:
        total, drilled = sum(hole.depth for hole in group), 0
        for hole in group:
            hole.started = first + timedelta(drilled * (last - first).days // total)
            drilled += hole.depth
            hole.ended = first + timedelta(drilled * (last - first).days // total)
