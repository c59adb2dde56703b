"""Plan: where the holes lie on the map: collars, traces, outlines, sections, blocks of a level, grid, scale, north."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import cos, radians, sin

import numpy as np
import polars as pl
from numpy.typing import NDArray

from orebook.disciplines.drilling.surveying.sections import Section
from orebook.ground.schema import length_unit
from orebook.maths.numerals import written
from orebook.reports.drawings import behind
from orebook.reports.drawings.blocks_in_space import BlocksInSpace
from orebook.reports.drawings.furniture import LINE, Frame, foot, grid, north_arrow, scale_bar, within, wrapped
from orebook.reports.drawings.grade_classes import GradeClasses
from orebook.reports.drawings.holes import hole_label
from orebook.reports.drawings.outlines import Outline, drawn, named
from orebook.reports.drawings.placing import Box, Taken, Wanted, along, beside
from orebook.reports.drawings.scales import Scale
from orebook.reports.drawings.svg import Drawing, line, num, path, text, width_of

_LEFT, _TOP, _RIGHT, _AXIS = 76.0, 16.0, 16.0, 24.0
_NEAR = 45.0
"""So many pixels from its collar a name may stand; one without room there is left out, and is told on the dot."""

_FEW = 120
"""Where there are more holes than this, not every one has its name beside it."""

INSET = (150.0, 110.0)
"""How wide and high the small map in a corner is, in pixels."""

_WIDER = 3.0
"""A map grows to so many times the ground of its holes for the sake of outlines; what lies further out is cut off."""


@dataclass(frozen=True, slots=True)
class Level:
    """The blocks at an elevation that a plan shows: by which grade, in which classes, from which cut-off on."""

    elevation: float
    blocks: BlocksInSpace
    grade: str
    classes: GradeClasses
    cutoff: float | None = None

    @property
    def said(self) -> str:
        """What is said of them below the map."""
        label = " ".join(filter(None, (self.classes.unit, self.classes.label)))
        least = f" from {self.cutoff:g} {label} on" if self.cutoff is not None else ""
        return f"Blocks{least} at elevation {self.elevation:,g} {self.blocks.unit}."


def plan(
    collars: pl.DataFrame,
    points: pl.DataFrame | None = None,
    *,
    sections: Sequence[Section] = (),
    spoken_of: Section | None = None,
    outlines: Sequence[Outline] = (),
    level: Level | None = None,
    grid_name: str = "",
    width: float = 900.0,
    height: float = 700.0,
    names: bool = True,
    source: str = "",
    reach: tuple[float, float, float, float] | None = None,
    inset: str = "",
) -> Drawing:
    """A map of the collars, in the grid of their coordinates, with the traces of the holes seen from above.

    ``collars`` have hole, easting and northing; ``points`` those and a depth, along each hole. ``sections`` are drawn
    as lines, ``spoken_of`` as the strip that it is, with its holes picked out. ``outlines`` are claims, zones, targets
    and whatever else lies on the map, ``level`` the blocks at an elevation. ``grid_name`` says the grid below,
    ``source`` what it was drawn from; ``inset`` is a small map of the size ``INSET`` for a corner without holes;
    ``reach`` are the edges (west, east, south, north) to look at, where it is not all. Raises ``MissingColumnError``
    for tables without coordinates.

    >>> table = pl.DataFrame({"hole": ["K-1", "K-2"], "easting_m": [100.0, 300.0], "northing_m": [50.0, 90.0]})
    >>> drawn = plan(table)
    >>> drawn.title, "K-2" in drawn.body
    ('Plan of 2 holes', True)
    """
    unit = length_unit(collars.columns, "easting", "northing")
    axes = (f"easting_{unit}", f"northing_{unit}")
    placed = collars.drop_nulls(list(axes))
    below = points.drop_nulls(list(axes)) if points is not None else None
    said = [f"Grid: {grid_name}." if grid_name else "Grid not named."]
    said += [f"Coordinates in {'feet' if unit == 'ft' else 'metres'}.", *([level.said] if level is not None else [])]
    told, classes = [source] if source else [], level.classes if level is not None else None
    rows = _foot([*said, f"{placed.height:,} names left out for want of room.", *told], classes, width, height)[1]
    frame = _frame(_shown(placed, below, outlines, axes), width, height - _AXIS - LINE * (rows + 0.5))
    frame = frame if reach is None else within(reach, frame.room)
    room = frame.room
    traces, tracks = ([], {}) if below is None else _tracks(frame, below, unit)
    inside = _inside(placed, spoken_of)
    parts = [frame.clip("plan-room"), grid(frame, " E", " N", _ticks(frame))]
    parts += ['<g clip-path="url(#plan-room)"><g class="moved">', *_ground(frame, level, outlines, spoken_of, sections)]
    parts += traces
    parts += [*_collars(frame, placed, inside, axes), "</g></g>"]
    corner = _corner(frame, placed, axes, tracks, outlines) if inset else None
    parts.append(f'<g transform="translate({num(corner.left)} {num(corner.top)})">{inset}</g>' if corner else "")
    if names:
        written, left = _names(frame, placed, inside, axes, tracks, outlines, corner)
        parts.append(written)
        said += [f"{left:,} {'name' if left == 1 else 'names'} left out for want of room."] if left else []
    bar, _ = scale_bar(room.right - 10, room.bottom - 10, frame.across.per_unit, unit)
    parts += [frame.border(), bar, north_arrow(room.right - 20, room.top + 46)]
    parts.append(_foot([*said, *told], classes, width, height)[0])
    return Drawing(_title(placed), width, height, "".join(parts), " ".join([*_missing(placed, collars), *said, *told]))


def _title(placed: pl.DataFrame) -> str:
    """What a map is called."""
    count = placed["hole"].n_unique()
    return f"Plan of {count:,} {'hole' if count == 1 else 'holes'}"


def _ground(
    frame: Frame,
    level: Level | None,
    outlines: Sequence[Outline],
    spoken_of: Section | None,
    sections: Sequence[Section],
) -> list[str]:
    """What lies below the holes: blocks of a level, outlines, the strip of a section and the lines of others."""
    parts: list[str] = []
    if level is not None:
        parts += behind.blocks(frame, level.blocks.level(level.elevation, level.grade, level.cutoff), level.classes)
    parts += [*drawn(frame, outlines), *([_strip(frame, spoken_of)] if spoken_of is not None else [])]
    return [*parts, *(_section_line(frame, each) for each in sections)]


def _foot(said: Sequence[str], classes: GradeClasses | None, width: float, height: float) -> tuple[str, int]:
    """The words below the map under the key of the grades, and how many rows they take."""
    inner = width - _LEFT - _RIGHT
    lines = wrapped(" ".join(said), inner)
    if classes is None:
        return foot(lines, _LEFT, height), len(lines)
    rows = classes.key(0, 0, inner)[1]
    key = classes.key(_LEFT, height - 8 - LINE * (len(lines) + rows - 1), inner)[0]
    return key + foot(lines, _LEFT, height), len(lines) + rows


def _ticks(frame: Frame) -> tuple[int, int]:
    """At most so many lines of the grid to the east and to the north."""
    room = frame.room
    return max(2, int((room.right - room.left) / 100)), max(2, int((room.bottom - room.top) / 70))


def _shown(
    placed: pl.DataFrame, below: pl.DataFrame | None, outlines: Sequence[Outline], axes: tuple[str, str]
) -> np.ndarray:
    """The corners of what the map has to hold: all holes, and of the outlines what lies not too far from them."""
    holes = [table.select(axes).to_numpy() for table in (placed, below) if table is not None and table.height]
    corners = np.array([point for each in outlines for part in each.parts for point in part]).reshape(-1, 2)
    if not holes:
        return corners
    held = np.concatenate(holes)
    low, high = held.min(axis=0), held.max(axis=0)
    more = np.maximum((high - low).max(), 100.0) * (_WIDER - 1.0) / 2.0
    return np.concatenate([held, np.clip(corners, low - more, high + more)])


def _tracks(frame: Frame, points: pl.DataFrame, unit: str) -> tuple[list[str], dict[str, NDArray[np.float64]]]:
    """The traces as paths, and their points in pixels by hole."""
    placed = points.sort("hole", f"depth_{unit}")
    across = frame.across.start + (placed[f"easting_{unit}"].to_numpy() - frame.across.low) * frame.across.per_unit
    up = frame.up.start + (placed[f"northing_{unit}"].to_numpy() - frame.up.low) * frame.up.per_unit
    pixels = np.column_stack([across, up]).round(1)
    if not len(pixels):
        return [], {}
    begins = np.flatnonzero(np.diff(placed["hole"].rle_id().to_numpy(), prepend=-1))
    names = [str(hole) for hole in placed["hole"].gather(begins).to_list()]
    written_all = zip(names, written("L# #", pixels, begins=begins), strict=True)
    paths = [path(f"M{d[1:]}", "ink-line trace", 1, f' data-hole="{text(hole)}"') for hole, d in written_all]
    return paths, dict(zip(names, np.split(pixels, begins[1:]), strict=True))


def _frame(shown: np.ndarray, width: float, bottom: float) -> Frame:
    """The frame that holds all points, one metre as long to the east as to the north."""
    east, north = shown.T if len(shown) else np.array([[0.0, 100.0], [0.0, 100.0]])
    inner = (width - _LEFT - _RIGHT, bottom - _TOP)
    spans = [max(float(np.ptp(each)), 1.0) * 1.12 + 10.0 for each in (east, north)]
    per_unit = min(inner[0] / spans[0], inner[1] / spans[1])
    middles = [float(each.min() + each.max()) / 2 for each in (east, north)]
    halves = [room / per_unit / 2 for room in inner]
    return Frame(
        Scale(middles[0] - halves[0], middles[0] + halves[0], _LEFT, width - _RIGHT),
        Scale(middles[1] - halves[1], middles[1] + halves[1], bottom, _TOP),
    )


def _inside(collars: pl.DataFrame, section: Section | None) -> list[bool]:
    if section is None:
        return [True] * collars.height
    return section.project(collars)["on_section"].to_list()


def _collars(frame: Frame, collars: pl.DataFrame, inside: list[bool], axes: tuple[str, str]) -> list[str]:
    """A dot for each collar; those of the section that is spoken of are picked out."""
    large = "3.2" if sum(inside) <= _FEW else "2.4"
    found = []
    for (hole, east, north), on in zip(collars.select("hole", *axes).iter_rows(), inside, strict=True):
        size, role = (large, "accent") if on else ("2.2", "plain")
        place, said = f'cx="{num(frame.across(east))}" cy="{num(frame.up(north))}" r="{size}"', text(hole)
        found.append(f'<circle class="collar {role}" {place} data-hole="{said}"><title>{said}</title></circle>')
    return found


def _names(
    frame: Frame,
    collars: pl.DataFrame,
    inside: list[bool],
    axes: tuple[str, str],
    tracks: Mapping[str, NDArray[np.float64]],
    outlines: Sequence[Outline],
    corner: Box | None,
) -> tuple[str, int]:
    """The names of outlines, and of holes beside their collars and off the traces, and how many found no room."""
    rows = [row for row, on in zip(collars.select("hole", *axes).iter_rows(), inside, strict=True) if on]
    rows = [row for row in rows if _shows(frame, row[1], row[2])]
    labels = [
        Wanted(frame.across(east), frame.up(north), width_of(str(hole), 11) + 4, 13) for hole, east, north in rows
    ]
    taken = Taken(Box(label.x - 3, label.y - 3, label.x + 3, label.y + 3) for label in labels)
    for each in (*_furniture(frame), *([corner] if corner else [])):
        taken.add(each)
    if len(rows) <= _FEW:
        taken.add_all(along(tracks.values(), 8.0))
    said, left = named(frame, outlines, taken)
    if len(rows) > 4 * _FEW:
        return said, left + len(rows)
    places = beside(labels, frame.room, taken, reach=_NEAR)
    names = [hole_label(str(row[0]), label, at) for row, label, at in zip(rows, labels, places, strict=True) if at]
    return f'{said}<g class="names">{"".join(names)}</g>', left + len(rows) - len(names)


def _corner(
    frame: Frame,
    collars: pl.DataFrame,
    axes: tuple[str, str],
    tracks: Mapping[str, NDArray[np.float64]],
    outlines: Sequence[Outline],
) -> Box | None:
    """A corner of the map without holes and outlines that has room for the small map; nothing where there is none."""
    room, (wide, high) = frame.room, INSET
    if room.right - room.left < 2.5 * wide or room.bottom - room.top < 2.5 * high:
        return None
    dots = [(frame.across(east), frame.up(north)) for east, north in collars.select(axes).iter_rows()]
    points = np.concatenate([np.array(dots).reshape(-1, 2), *tracks.values()])
    taken = Taken(np.hstack([points - 4.0, points + 4.0]))
    parts = (part for each in outlines for part in each.parts)
    taken.add_all(along(([(frame.across(east), frame.up(north)) for east, north in part] for part in parts), 20.0))
    for x, y in (
        (room.left + 8, room.top + 8),
        (room.left + 8, room.bottom - high - 8),
        (room.right - wide - 44, room.top + 8),
        (room.right - wide - 8, room.bottom - high - 40),
    ):
        if taken.leaves(box := Box(x, y, x + wide, y + high)):
            return box
    return None


def _furniture(frame: Frame) -> tuple[Box, Box]:
    """Where the arrow to the north and the scale bar stand."""
    room = frame.room
    north = Box(room.right - 34, room.top + 4, room.right - 6, room.top + 50)
    return north, Box(room.right - 136, room.bottom - 32, room.right - 4, room.bottom - 4)


def _shows(frame: Frame, east: float, north: float) -> bool:
    """Whether a place lies within the frame."""
    room, x, y = frame.room, frame.across(east), frame.up(north)
    return room.left <= x <= room.right and room.top <= y <= room.bottom


def _section_line(frame: Frame, section: Section) -> str:
    """The line of a section across the map, with its name."""
    far = (frame.across.high - frame.across.low) + (frame.up.high - frame.up.low)
    east, north = sin(radians(section.azimuth)), cos(radians(section.azimuth))
    ends = [(section.easting + side * far * east, section.northing + side * far * north) for side in (-1, 1)]
    d = line([(frame.across(x), frame.up(y)) for x, y in ends])
    own = f' stroke-dasharray="6 4" data-section="{text(section.name)}"'
    return f"<g>{path(d, 'accent-line section-line', 1, own)}<title>{text(f'Section {section.name}')}</title></g>"


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


def _missing(placed: pl.DataFrame, collars: pl.DataFrame) -> list[str]:
    """What is said of holes that are not on the map."""
    left = collars.height - placed.height
    if not left:
        return []
    holes, are = ("hole", "is") if left == 1 else ("holes", "are")
    return [f"{left:,} {holes} without coordinates {are} not on the map."]
