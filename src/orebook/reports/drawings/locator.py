"""Locator: where a property lies: coasts, borders and towns around it, with the way from the nearest town."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import cos, radians
from typing import NamedTuple

import numpy as np

from orebook.reports.drawings.country import country, sea
from orebook.reports.drawings.furniture import LINE, Frame, foot, north_arrow, scale_bar, wrapped
from orebook.reports.drawings.placing import Box, Taken, Wanted, along, beside
from orebook.reports.drawings.scales import Scale, decimals_of, nice_step
from orebook.reports.drawings.svg import Drawing, line, num, path, text, width_of, words
from orebook.reports.drawings.world import CREDIT, Looking

_MARGIN, _BELOW = 12.0, 26.0
_MOST_TOWNS = 40
_KM_OF_DEGREE = 111.2
_LEAST_KM, _MOST_KM = 40.0, 900.0
_APART = 26.0
"""Towns that are nearer to one another than so many pixels are one on the map: the larger."""


class Place(NamedTuple):
    """A place on the map in degrees on WGS 84, and how many people live there, or nought."""

    name: str
    longitude: float
    latitude: float
    people: int = 0


class Way(NamedTuple):
    """The way from a town to the property, as it is said: ``52 km NNW of``."""

    town: Place
    said: str


@dataclass(frozen=True)
class Locator:
    """What a locator map shows: the property in its middle, others of the company, towns, and the way from one of them.

    ``half_km`` is how far the map reaches to the nearer side; where it is not said, as far as tells the place by towns.
    ``credit`` names whose towns they are.
    """

    site: Place
    towns: Sequence[Place] = ()
    way: Way | None = None
    others: Sequence[Place] = ()
    half_km: float = 0.0
    width: float = 700.0
    height: float = 560.0
    credit: str = ""
    source: str = ""

    @cached_property
    def looking(self) -> Looking:
        """The look on the property."""
        return Looking(self.site.longitude, self.site.latitude)

    @cached_property
    def reach(self) -> float:
        """How far the map reaches to its nearer side, in kilometres."""
        if self.half_km > 0:
            return self.half_km
        away = sorted(self._away(each) for each in self.towns if each.people >= 5_000)
        nearest = self._away(self.way.town) if self.way is not None else 0.0
        wanted = max(away[2] if len(away) > 2 else away[-1] if away else 0.0, nearest * 1.6)
        return min(max(wanted * 1.15, _LEAST_KM), _MOST_KM)

    def draw(self) -> Drawing:
        """The map as a drawing.

        >>> town = Place("Normétal", -79.3735, 49.0014, 900)
        >>> drawn = Locator(Place("Harrow Lake", -79.4544, 49.4623), [town], Way(town, "52 km NNW of")).draw()
        >>> drawn.title, "52 km NNW of Normétal" in drawn.caption
        ('Location of Harrow Lake', True)
        """
        inner = self.width - 2 * _MARGIN
        lines = wrapped(" ".join(self._said), inner)
        frame = self._frame(self.height - _BELOW - LINE * (len(lines) + 0.25))
        room = frame.room
        parts = [frame.clip("locator-room")]
        parts.append(f'<g clip-path="url(#locator-room)">{sea(room)}<g class="moved">{country(self.looking, frame)}')
        parts += [*self._graticule(frame), *self._way_line(frame), "</g></g>"]
        parts += [self._marks(frame), frame.border(), *self._degrees(frame)]
        bar, _ = scale_bar(room.right - 10, room.bottom - 10, frame.across.per_unit, "km")
        parts += [bar, north_arrow(room.right - 20, room.top + 46), foot(lines, _MARGIN, self.height)]
        return Drawing(f"Location of {self.site.name}", self.width, self.height, "".join(parts), " ".join(self._said))

    def inset(self) -> str:
        """The map alone, small, for the corner of another: land, borders and the place."""
        left, top, right, bottom = 0.0, 0.0, self.width, self.height
        scale = min(self.width, self.height) / 2 / self.reach
        half = self.width / 2 / scale, self.height / 2 / scale
        frame = Frame(Scale(-half[0], half[0], left, right), Scale(-half[1], half[1], bottom, top))
        mark = f'<circle class="accent" cx="{num(self.width / 2)}" cy="{num(self.height / 2)}" r="4"/>'
        ground = sea(frame.room) + country(self.looking, frame)
        clip = f'{frame.clip("inset-room")}<g clip-path="url(#inset-room)">{ground}</g>'
        return f'<g class="inset">{clip}{mark}{frame.border()}</g>'

    @property
    def _said(self) -> list[str]:
        """What is said below the map."""
        said = []
        if self.way is not None:
            said.append(f"{self.site.name}: {self.way.said} {self.way.town.name}, straight.")
        said.append("Distances and directions from the property are true; north is true north.")
        credits = f"{CREDIT} {self.credit}".strip()
        return [*said, credits, *([self.source] if self.source else [])]

    def _frame(self, bottom: float) -> Frame:
        """The frame in kilometres from the property."""
        inner = self.width - 2 * _MARGIN, bottom - _MARGIN
        per_km = min(inner) / 2 / self.reach
        halves = [room / per_km / 2 for room in inner]
        return Frame(
            Scale(-halves[0], halves[0], _MARGIN, self.width - _MARGIN), Scale(-halves[1], halves[1], bottom, _MARGIN)
        )

    def _away(self, place: Place) -> float:
        east, north = self.looking.km(place.longitude, place.latitude)
        return float(np.hypot(east, north))

    def _pixel(self, frame: Frame, place: Place) -> tuple[float, float]:
        east, north = self.looking.km(place.longitude, place.latitude)
        return frame.across(float(east)), frame.up(float(north))

    def _lines(self, frame: Frame) -> Iterator[tuple[str, list[tuple[float, float]]]]:
        """Yield the lines of whole degrees, or parts of one: what each is called, and its pixels."""
        low, high = self.looking.window(float(np.hypot(frame.across.high, frame.up.high)))
        narrow = max(cos(radians(self.site.latitude)), 0.05)
        for axis, half, sides in ((0, frame.across.high / narrow, "EW"), (1, frame.up.high, "NS")):
            step = nice_step(2.0 * half / _KM_OF_DEGREE, 5)
            other = np.linspace(low[1 - axis], high[1 - axis], 60)
            for value in (np.arange(np.ceil(low[axis] / step), np.floor(high[axis] / step) + 1) * step).tolist():
                held = np.full(60, value)
                east, north = self.looking.km(held, other) if axis == 0 else self.looking.km(other, held)
                pixels = [(frame.across(x), frame.up(y)) for x, y in zip(east.tolist(), north.tolist(), strict=True)]
                yield _degree((value + 180.0) % 360.0 - 180.0 if axis == 0 else value, sides, step), pixels

    def _graticule(self, frame: Frame) -> list[str]:
        return [path("".join(line(pixels) for _, pixels in self._lines(frame)), "grid-line graticule", 1)]

    def _degrees(self, frame: Frame) -> list[str]:
        """The degrees where their lines meet the foot and the left side of the map."""
        room = frame.room
        found, until = [], room.left
        for said, pixels in self._lines(frame):
            if said[-1] in "EW":
                x = _crossing([(y, x) for x, y in pixels], room.bottom)
                wide = width_of(said, 10)
                if x is not None and until + wide / 2 <= x <= room.right - wide / 2:
                    found.append(words(x, room.bottom + 13, said, "quiet small middle"))
                    until = x + wide / 2 + 8
            else:
                y = _crossing(pixels, room.left)
                if y is not None and room.top + 14 < y < room.bottom - 6:
                    found.append(words(room.left + 4, y - 3, said, "quiet small halo"))
        return found

    def _way_line(self, frame: Frame) -> list[str]:
        if self.way is None:
            return []
        ends = [self._pixel(frame, self.way.town), self._pixel(frame, self.site)]
        return [path(line(ends), "accent-line way", 1.2, ' stroke-dasharray="5 3"')]

    def _shown(self, frame: Frame) -> list[Place]:
        """The towns that may have room: that of the way, then the largest that are not too near to others."""
        room = frame.room
        first = [self.way.town] if self.way is not None else []
        rest = sorted((each for each in self.towns if each not in first), key=lambda each: -each.people)
        held: list[Place] = []
        pixels: list[tuple[float, float]] = []
        for each in [*first, *rest]:
            x, y = self._pixel(frame, each)
            inside = room.left + 6 < x < room.right - 6 and room.top + 6 < y < room.bottom - 6
            if inside and (each in first or all(abs(x - a) + abs(y - b) > _APART for a, b in pixels)):
                held.append(each)
                pixels.append((x, y))
            if len(held) >= _MOST_TOWNS:
                break
        return held

    def _called(self, site: tuple[float, float], room: Box, taken: Taken) -> list[str]:
        """The name of the property with the way to it, or as much of the name as has room."""
        full = [f"{self.site.name}, {self.way.said} {self.way.town.name}"] if self.way is not None else []
        short = [self.site.name[:most].rstrip() + "…" for most in (24, 12, 6) if len(self.site.name) > most]
        for said in (*full, self.site.name, *short):
            label = Wanted(*site, width_of(said, 13.5), 18)
            if found := _names([(self.site, said)], [label], room, taken, "accent strong", 120.0, dots=False):
                return found
        return []

    def _marks(self, frame: Frame) -> str:
        """The property, others and the towns, with their names; a town whose name has no room is left out."""
        room = frame.room
        site = self._pixel(frame, self.site)
        inside = Box(room.left + 3, room.top + 3, room.right - 3, room.bottom - 3)
        taken = Taken([Box(room.right - 36, room.top, room.right, room.top + 52)])
        taken.add(Box(room.right - 140, room.bottom - 36, room.right, room.bottom))
        taken.add(Box(site[0] - 9, site[1] - 10, site[0] + 9, site[1] + 8))
        others = [(each, self._pixel(frame, each)) for each in self.others]
        towns = [(each, self._pixel(frame, each)) for each in self._shown(frame)]
        for _, (x, y) in (*others, *towns):
            taken.add(Box(x - 4, y - 4, x + 4, y + 4))
        if self.way is not None:
            taken.add_all(along([[site, self._pixel(frame, self.way.town)]], 8.0))
        parts = self._called(site, inside, taken)
        wanted = [Wanted(x, y, width_of(each.name, 11.5), 14) for each, (x, y) in others]
        parts += _names(
            [(each, each.name) for each, _ in others], wanted, inside, taken, "accent small", 60.0, dots=False
        )
        first = 1 if self.way is not None else 0
        for part, reach in ((towns[:first], 200.0), (towns[first:], 16.0)):
            wanted = [Wanted(x, y, width_of(each.name, 11), 13) for each, (x, y) in part]
            parts += _names([(each, each.name) for each, _ in part], wanted, inside, taken, "ink small", reach)
        parts += [_triangle(*at, 4.0) for _, at in others] + [_triangle(*site, 8.0)]
        return "".join(parts)


def _triangle(x: float, y: float, size: float) -> str:
    """The sign of a property."""
    corners = [(x, y - size), (x + size * 0.87, y + size * 0.6), (x - size * 0.87, y + size * 0.6)]
    return f'<path class="accent site" d="{line(corners, close=True)}"/>'


def _names(
    places: Sequence[tuple[Place, str]],
    wanted: Sequence[Wanted],
    room: Box,
    taken: Taken,
    classes: str,
    reach: float,
    *,
    dots: bool = True,
) -> list[str]:
    """Places with their names, towns with a dot; one whose name has no room is left out."""
    parts = []
    for (place, said), label, box in zip(places, wanted, beside(wanted, room, taken, reach=reach), strict=True):
        if box is None:
            continue
        right = box.left >= label.x
        at = box.left if right else box.right
        if abs(at - label.x) > 12 or abs((box.top + box.bottom) / 2 - label.y) > 10:
            parts.append(path(line([(label.x, label.y), (at, (box.top + box.bottom) / 2)]), "quiet-line leader", 0.7))
        if dots:
            people = f": {place.people:,} people" if place.people else ""
            title = f"<title>{text(place.name + people)}</title>"
            parts.append(f'<circle class="ink town" cx="{num(label.x)}" cy="{num(label.y)}" r="2.3">{title}</circle>')
        parts.append(words(at, box.bottom - 3, said, f"{classes} halo{'' if right else ' end'}"))
    return parts


def _degree(value: float, sides: str, step: float) -> str:
    """A degree as maps write it.

    >>> _degree(-79.5, "EW", 0.5), _degree(49.0, "NS", 1.0)
    ('79.5° W', '49° N')
    """
    said = f"{abs(value):.{decimals_of(step)}f}°"
    return f"{said} {sides[0] if value >= 0 else sides[1]}"


def _crossing(pixels: Sequence[tuple[float, float]], at: float) -> float | None:
    """Where a line first meets a place across, the other coordinate of that."""
    for (x, y), (to_x, to_y) in pairwise(pixels):
        if (x - at) * (to_x - at) <= 0 and x != to_x:
            return y + (to_y - y) * (at - x) / (to_x - x)
    return None
