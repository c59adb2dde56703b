"""Plan: where the holes lie on the map: collars, traces, zones, the lines of sections, with grid, scale and north."""

from collections.abc import Mapping, Sequence
from math import cos, radians, sin

import numpy as np
import polars as pl

from orebook.disciplines.drilling.surveying.sections import Section
from orebook.ground.schema import length_unit
from orebook.reports.drawings.furniture import Frame, grid, north_arrow, scale_bar
from orebook.reports.drawings.holes import by_hole, hole_label
from orebook.reports.drawings.placing import Box, Wanted, along, beside
from orebook.reports.drawings.scales import Scale
from orebook.reports.drawings.svg import Drawing, line, num, path, text, width_of, words

_LEFT, _TOP, _RIGHT, _BOTTOM = 76.0, 16.0, 16.0, 46.0
_NEAR = 45.0
"""So many pixels from its collar a name may stand; one without room there is left out, and is told on the dot."""

_FEW = 120
"""Where there are more holes than this, not every one has its name beside it."""


def plan(
    collars: pl.DataFrame,
    points: pl.DataFrame | None = None,
    *,
    sections: Sequence[Section] = (),
    spoken_of: Section | None = None,
    areas: pl.DataFrame | None = None,
    grid_name: str = "",
    width: float = 900.0,
    height: float = 700.0,
    names: bool = True,
) -> Drawing:
    """A map of the collars, in the grid of their coordinates, with the traces of the holes seen from above.

    ``collars`` have hole, easting and northing; ``points`` those and a depth, along each hole. ``sections`` are drawn
    as lines, ``spoken_of`` as the strip that it is, with its holes picked out. ``areas`` (name, easting, northing) are
    outlines of zones or targets, point by point. ``grid_name`` says the grid below. Raises ``MissingColumnError`` for
    tables without coordinates.

    >>> table = pl.DataFrame({"hole": ["K-1", "K-2"], "easting_m": [100.0, 300.0], "northing_m": [50.0, 90.0]})
    >>> drawn = plan(table)
    >>> drawn.title, "K-2" in drawn.body
    ('Plan of 2 holes', True)
    """
    unit = length_unit(collars.columns, "easting", "northing")
    axes = (f"easting_{unit}", f"northing_{unit}")
    placed = collars.drop_nulls(list(axes))
    below = points.drop_nulls(list(axes)) if points is not None else None
    shown = [table.select(axes) for table in (placed, below, areas) if table is not None and table.height]
    frame = _frame(pl.concat(shown) if shown else pl.DataFrame(schema=dict.fromkeys(axes, pl.Float64)), width, height)
    room = frame.room
    inside = _inside(placed, spoken_of)
    parts = [frame.clip("plan-room"), grid(frame, " E", " N"), '<g clip-path="url(#plan-room)"><g class="moved">']
    if spoken_of is not None:
        parts.append(_strip(frame, spoken_of))
    parts += [_section_line(frame, each) for each in sections]
    parts += _areas(frame, areas, axes)
    tracks = (
        {} if below is None else {hole: _pixels(frame, each, axes) for hole, each in by_hole(below, f"depth_{unit}")}
    )
    parts += [path(line(each), "ink-line trace", 1, f' data-hole="{text(hole)}"') for hole, each in tracks.items()]
    parts += _collars(frame, placed, inside, axes)
    parts.append("</g></g>")
    said = f"Grid: {grid_name}" if grid_name else "Grid not named"
    said += f". Coordinates in {'feet' if unit == 'ft' else 'metres'}."
    if names:
        named, left = _names(frame, placed, inside, axes, tracks)
        parts.append(named)
        said += f" {left:,} {'name' if left == 1 else 'names'} left out for want of room." if left else ""
    bar, _ = scale_bar(room.right - 10, room.bottom - 10, frame.across.per_unit, unit)
    parts += [frame.border(), bar, north_arrow(room.right - 20, room.top + 46)]
    parts.append(words(room.left, height - 8, said, "quiet small"))
    count = placed["hole"].n_unique()
    return Drawing(f"Plan of {count:,} holes", width, height, "".join(parts), _caption(placed, collars))


def _frame(shown: pl.DataFrame, width: float, height: float) -> Frame:
    """The frame that holds all points, one metre as long to the east as to the north."""
    east, north = (column.to_numpy() for column in shown.get_columns())
    if not len(east):
        east, north = np.array([0.0, 100.0]), np.array([0.0, 100.0])
    inner = (width - _LEFT - _RIGHT, height - _TOP - _BOTTOM)
    spans = [max(float(np.ptp(each)), 1.0) * 1.12 + 10.0 for each in (east, north)]
    per_unit = min(inner[0] / spans[0], inner[1] / spans[1])
    middles = [float(each.min() + each.max()) / 2 for each in (east, north)]
    halves = [room / per_unit / 2 for room in inner]
    return Frame(
        Scale(middles[0] - halves[0], middles[0] + halves[0], _LEFT, width - _RIGHT),
        Scale(middles[1] - halves[1], middles[1] + halves[1], height - _BOTTOM, _TOP),
    )


def _pixels(frame: Frame, table: pl.DataFrame, axes: tuple[str, str]) -> list[tuple[float, float]]:
    return [(frame.across(east), frame.up(north)) for east, north in table.select(axes).iter_rows()]


def _inside(collars: pl.DataFrame, section: Section | None) -> list[bool]:
    if section is None:
        return [True] * collars.height
    return section.project(collars)["on_section"].to_list()


def _collars(frame: Frame, collars: pl.DataFrame, inside: list[bool], axes: tuple[str, str]) -> list[str]:
    """A dot for each collar; those of the section that is spoken of are picked out."""
    found = []
    for (hole, east, north), on in zip(collars.select("hole", *axes).iter_rows(), inside, strict=True):
        size, role = ("3.2", "accent") if on else ("2.2", "plain")
        place = f'cx="{num(frame.across(east))}" cy="{num(frame.up(north))}" r="{size}"'
        found.append(
            f'<circle class="collar {role}" {place} data-hole="{text(hole)}"><title>{text(hole)}</title></circle>'
        )
    return found


def _names(
    frame: Frame,
    collars: pl.DataFrame,
    inside: list[bool],
    axes: tuple[str, str],
    tracks: Mapping[str, list[tuple[float, float]]],
) -> tuple[str, int]:
    """The names of holes beside their collars and off the traces, where there is room, and how many are left out."""
    rows = [row for row, on in zip(collars.select("hole", *axes).iter_rows(), inside, strict=True) if on]
    if len(rows) > 4 * _FEW:
        return "", len(rows)
    labels = [Wanted(frame.across(east), frame.up(north), width_of(str(hole), 11), 13) for hole, east, north in rows]
    dots = [Box(label.x - 3, label.y - 3, label.x + 3, label.y + 3) for label in labels]
    lines = [each for track in tracks.values() for each in along(track)] if len(rows) <= _FEW else []
    placed = beside(labels, frame.room, [*dots, *lines] if len(rows) <= _FEW else (), reach=_NEAR)
    said = [hole_label(str(row[0]), label, at) for row, label, at in zip(rows, labels, placed, strict=True) if at]
    return f'<g class="names">{"".join(said)}</g>', len(rows) - len(said)


def _section_line(frame: Frame, section: Section) -> str:
    """The line of a section across the map, with its name."""
    far = (frame.across.high - frame.across.low) + (frame.up.high - frame.up.low)
    east, north = sin(radians(section.azimuth)), cos(radians(section.azimuth))
    ends = [(section.easting + side * far * east, section.northing + side * far * north) for side in (-1, 1)]
    d = line([(frame.across(x), frame.up(y)) for x, y in ends])
    return path(d, "accent-line section-line", 1, f' stroke-dasharray="6 4" data-section="{text(section.name)}"')


def _strip(frame: Frame, section: Section) -> str:
    """The strip of ground that a section shows."""
    far = (frame.across.high - frame.across.low) + (frame.up.high - frame.up.low)
    east, north = sin(radians(section.azimuth)), cos(radians(section.azimuth))
    corners = []
    for side, end in ((-1, -1), (1, -1), (1, 1), (-1, 1)):
        x = section.easting + end * far * east + side * section.half_width * north
        y = section.northing + end * far * north - side * section.half_width * east
        corners.append((frame.across(x), frame.up(y)))
    return f'<path class="accent strip" fill-opacity="0.16" d="{line(corners, close=True)}"/>'


def _areas(frame: Frame, areas: pl.DataFrame | None, axes: tuple[str, str]) -> list[str]:
    """The outlines of zones or targets, each with its name in its middle."""
    found: list[str] = []
    for (name,), table in areas.group_by("name", maintain_order=True) if areas is not None else ():
        pixels = _pixels(frame, table, axes)
        middle = tuple(sum(each) / len(pixels) for each in zip(*pixels, strict=True))
        outline = line(pixels, close=True)
        found.append(f'<path class="zone" fill-opacity="0.14" d="{outline}"/>{path(outline, "zone-line", 1.2)}')
        found.append(words(middle[0], middle[1], name, "zone small middle halo"))
    return found


def _caption(placed: pl.DataFrame, collars: pl.DataFrame) -> str:
    left = collars.height - placed.height
    if not left:
        return ""
    holes, are = ("hole", "is") if left == 1 else ("holes", "are")
    return f"{left:,} {holes} without coordinates {are} not on the map."
