"""Outlines on drawings: claims, zones, targets, pits, roads, waters on the map, and where a section crosses them."""

import csv
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise
from math import cos, radians, sin
from typing import NamedTuple

import polars as pl

from orebook.disciplines.drilling.surveying.sections import Section
from orebook.ground.schema import length_unit
from orebook.reports.drawings.furniture import LINE, Frame
from orebook.reports.drawings.placing import Taken, Wanted, around
from orebook.reports.drawings.svg import box, line, num, path, text, width_of, words

Point = tuple[float, float]


class Kind(NamedTuple):
    """How outlines of a kind look: colour, how dense the filling is, the line, and whether it returns to its start."""

    role: str
    fill: float
    width: float
    dash: str
    closed: bool


class Outline(NamedTuple):
    """An outline: its name, its kind, and the corners (easting, northing) of each of its parts."""

    name: str
    kind: str
    parts: tuple[tuple[Point, ...], ...]

    @property
    def style(self) -> Kind:
        """How it looks."""
        known = kinds()
        return known.get(self.kind.strip().lower(), known[""])


@cache
def kinds() -> dict[str, Kind]:
    """Every kind of outlines by its name; the empty one is for all others.

    >>> kinds()["claim"].role, kinds()["road"].closed
    ('quiet', False)
    """
    lines = files(__package__).joinpath("outline_kinds.csv").read_text(encoding="utf-8").splitlines()
    return {
        row["kind"]: Kind(row["role"], float(row["fill"]), float(row["width"]), row["dash"], row["closed"] == "yes")
        for row in csv.DictReader(lines)
    }


def outlines_of(table: pl.DataFrame | None) -> list[Outline]:
    """The outlines of a table in their order; corners without a place are left out.

    >>> rows = {"outline": ["A", "A"], "easting_m": [0.0, 9.0], "northing_m": [0.0, 5.0]}
    >>> outlines_of(pl.DataFrame(rows))
    [Outline(name='A', kind='', parts=(((0.0, 0.0), (9.0, 5.0)),))]
    """
    if table is None or not table.height:
        return []
    unit = length_unit(table.columns, "easting", "northing")
    places = [f"easting_{unit}", f"northing_{unit}"]
    extra = [name for name in ("kind", "part") if name in table.columns]
    found: dict[tuple[str, str], dict[object, list[Point]]] = {}
    for row in table.drop_nulls([*places, "outline"]).select("outline", *places, *extra).iter_rows(named=True):
        key = (str(row["outline"]), str(row.get("kind") or ""))
        found.setdefault(key, {}).setdefault(row.get("part"), []).append((row[places[0]], row[places[1]]))
    return [
        Outline(name, kind, tuple(tuple(corners) for corners in parts.values()))
        for (name, kind), parts in found.items()
    ]


def drawn(frame: Frame, outlines: Sequence[Outline]) -> Iterator[str]:
    """Yield the lines of outlines on a map, those with a filling first."""
    for each in sorted(outlines, key=lambda one: -one.style.fill):
        style = each.style
        d = "".join(
            line([(frame.across(x), frame.up(y)) for x, y in corners], close=style.closed) for corners in each.parts
        )
        title = f"<title>{text(f'{each.kind}: {each.name}' if each.kind else each.name)}</title>"
        if style.fill:
            yield f'<path class="{style.role}" fill-opacity="{style.fill}" fill-rule="evenodd" d="{d}"/>'
        dash = f' stroke-dasharray="{style.dash}"' if style.dash else ""
        yield f"<g>{path(d, f'{style.role}-line outline', style.width, dash)}{title}</g>"


def named(frame: Frame, outlines: Sequence[Outline], taken: Taken) -> tuple[str, int]:
    """The names of outlines in or beside them, where nothing lies, else over it, and how many found no room.

    No name stands over another. What is placed is taken of the drawing.
    """
    parts, left, names = [], 0, Taken()
    for each in outlines:
        inside = _middle(frame, each)
        if inside is None or not each.name:
            continue
        wide = width_of(each.name, 11) + 4
        wanted = Wanted(*inside, wide, 14)
        place = around(wanted, frame.room, taken) or around(wanted, frame.room, names)
        if place is None:
            left += 1
            continue
        taken.add(place)
        names.add(place)
        role = "ink" if each.style.role in ("river", "ink") else each.style.role
        parts.append(words((place.left + place.right) / 2, place.bottom - 3, each.name, f"{role} small middle halo"))
    return f'<g class="names">{"".join(parts)}</g>', left


def _middle(frame: Frame, outline: Outline) -> Point | None:
    """Where the name of an outline wants to stand, in pixels: in the middle of what the frame holds, or on its line."""
    room = frame.room
    points = [(frame.across(x), frame.up(y)) for corners in outline.parts for x, y in corners]
    if not outline.style.closed:
        held = [each for each in points if room.left <= each[0] <= room.right and room.top <= each[1] <= room.bottom]
        return held[len(held) // 2] if held else None
    low, high = min(x for x, _ in points), max(x for x, _ in points)
    top, bottom = min(y for _, y in points), max(y for _, y in points)
    if low > room.right or high < room.left or top > room.bottom or bottom < room.top:
        return None
    x = (max(low, room.left) + min(high, room.right)) / 2
    return x, (max(top, room.top) + min(bottom, room.bottom)) / 2


class Crossed(NamedTuple):
    """A stretch of a section that runs through an outline."""

    name: str
    kind: str
    low: float
    high: float


def crossed(outlines: Sequence[Outline], section: Section, low: float, high: float) -> list[Crossed]:
    """The stretches of a section that lie within closed outlines, between two distances along it.

    >>> line = Section("0N", easting=0.0, northing=0.0, azimuth=90.0, half_width=10.0)
    >>> square = Outline("A", "zone", (((2.0, -1.0), (5.0, -1.0), (5.0, 1.0), (2.0, 1.0)),))
    >>> crossed([square], line, 0.0, 4.0)
    [Crossed(name='A', kind='zone', low=2.0, high=4.0)]
    """
    east, north = sin(radians(section.azimuth)), cos(radians(section.azimuth))
    found = []
    for each in outlines:
        if not each.style.closed:
            continue
        cuts = sorted(cut for corners in each.parts for cut in _cuts(corners, section, east, north))
        for begin, end in zip(cuts[::2], cuts[1::2], strict=False):
            if begin < high and end > low:
                found.append(Crossed(each.name, each.kind, max(begin, low), min(end, high)))
    return found


def _cuts(corners: Sequence[Point], section: Section, east: float, north: float) -> Iterator[float]:
    """Where the edges of a ring cross the line of a section."""
    placed = []
    for x, y in (*corners, corners[0]):
        run, rise = x - section.easting, y - section.northing
        placed.append((run * east + rise * north, run * north - rise * east))
    for (along, offset), (to_along, to_offset) in pairwise(placed):
        if (offset < 0) != (to_offset < 0):
            yield along + (to_along - along) * offset / (offset - to_offset)


def lanes(frame: Frame, stretches: Sequence[Crossed], y: float) -> str:
    """Stretches within outlines as bars below a frame, a row for each kind, the first at ``y``, each with its name."""
    room, parts = frame.room, []
    for row, kind in enumerate(dict.fromkeys(each.kind for each in stretches)):
        top = y + LINE * row
        parts.append(words(room.left - 6, top + 11, kind or "outline", "quiet small end"))
        until = room.left
        own = sorted((each for each in stretches if each.kind == kind), key=lambda one: one.low)
        for number, each in enumerate(own):
            left, right = frame.across(each.low), frame.across(each.high)
            role, wide = Outline(each.name, kind, ()).style.role, width_of(each.name, 11)
            title = f"<title>{text(f'{each.name}, {each.low:,.0f} to {each.high:,.0f}')}</title>"
            bar = box(left, top + 1, max(right - left, 1), LINE - 3, role, ' fill-opacity="0.22"')
            parts.append(f"<g>{bar}{path(f'M{num(left)} {num(top)}v{num(LINE - 1)}', f'{role}-line', 1.2)}{title}</g>")
            free = frame.across(own[number + 1].low) if number + 1 < len(own) else room.right
            at = max(left + 4, until) if right - left >= wide + 8 else max(right + 4, until)
            if at + wide <= free:
                parts.append(words(at, top + 11, each.name, "ink small"))
                until = at + wide + 4
    return f'<g class="lanes">{"".join(parts)}</g>'
