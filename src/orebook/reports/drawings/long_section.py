"""Long section: a vertical plane along a zone, with the points where holes pierced it and what they cut there."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl

from orebook.disciplines.drilling.surveying.sections import Section
from orebook.ground.schema import length_unit
from orebook.reports.drawings import behind
from orebook.reports.drawings.blocks_in_space import BlocksInSpace, Slice
from orebook.reports.drawings.corridor import cut_traces
from orebook.reports.drawings.furniture import LINE, Frame, foot, grid, scale_bar, within, wrapped
from orebook.reports.drawings.grade_classes import GradeClasses
from orebook.reports.drawings.ground_line import GroundLine, ground_line
from orebook.reports.drawings.outlines import Crossed, Outline, crossed, lanes
from orebook.reports.drawings.placing import Box, Taken, Wanted, beside
from orebook.reports.drawings.scales import Scale
from orebook.reports.drawings.svg import Drawing, line, num, path, text, width_of, words

_LEFT, _RIGHT, _TOP, _AXIS = 66.0, 18.0, 18.0, 24.0
_DOT = 5.0
_NEAR = 60.0
"""So many pixels from its dot a label may stand."""

_NEAR_GROUND = 50.0
"""Ground so far above the points is shown, in the unit of the book, however near to one another the points lie."""


@dataclass(frozen=True)
class LongSection:
    """What a long section shows: the points where holes pierced a zone, seen square to a vertical plane along it.

    ``pierced`` has hole, easting, northing and elevation of the middle of each intersection, ``value`` (a grade, or a
    grade times thickness, of ``classes``) and ``label``; ``plane`` is the line of the plane, whose half width is how
    far from it the traces of ``points`` are drawn, none for nought. ``measured`` says what the value is and how it was
    measured. ``blocks`` that the plane cuts are drawn in the colours of the same classes by their column
    ``block_grade``, those below ``cutoff`` left out where one is chosen. ``reach`` are the edges (left, right, bottom,
    top) to look at, where it is not all.
    """

    zone: str
    plane: Section
    pierced: pl.DataFrame
    classes: GradeClasses
    measured: str = ""
    points: pl.DataFrame | None = None
    topography: pl.DataFrame | None = None
    outlines: Sequence[Outline] = ()
    exaggeration: float = 1.0
    width: float = 1180.0
    height: float = 640.0
    source: str = ""
    blocks: BlocksInSpace | None = None
    block_grade: str = ""
    cutoff: float | None = None
    reach: tuple[float, float, float, float] | None = None

    @cached_property
    def unit(self) -> str:
        """The unit of coordinates."""
        return length_unit(self.pierced.columns, "easting", "northing", "elevation")

    @cached_property
    def placed(self) -> pl.DataFrame:
        """The pierce points with ``along`` and ``up``, those that count most first; all of them have a place."""
        unit = self.unit
        whole = self.pierced.drop_nulls([f"{axis}_{unit}" for axis in ("easting", "northing", "elevation")])
        found = self.plane.project(whole)
        named = found.with_columns(along=pl.col(f"along_{unit}"), up=pl.col(f"elevation_{unit}"))
        return named.sort(pl.col("value").fill_nan(None), "hole", descending=[True, False], nulls_last=True)

    @cached_property
    def cut(self) -> Slice | None:
        """The blocks that the plane cuts; nothing without blocks, or without a grade of them."""
        if self.blocks is None or self.block_grade not in self.blocks.grades:
            return None
        found = self.blocks.section(self.plane, self.block_grade, self.cutoff)
        return found if len(found) else None

    def draw(self) -> Drawing:
        """The long section as a drawing.

        >>> plane = Section("Z", easting=0.0, northing=0.0, azimuth=0.0, half_width=0.0)
        >>> rows = {"hole": ["A"], "easting_m": [4.0], "northing_m": [10.0], "elevation_m": [300.0], "value": [2.0],
        ...     "label": ["5.0 m @ 2.00 g/t Au"]}
        >>> drawn = LongSection("Z", plane, pl.DataFrame(rows), GradeClasses((1.0,))).draw()
        >>> drawn.title, "5.0 m @ 2.00 g/t Au" in drawn.body
        ('Long section of Z, looking 270°', True)
        """
        inner = self.width - _LEFT - _RIGHT
        told = None if self.topography is None else GroundLine((), "topography")
        lines = wrapped(" ".join(self._said(99, told)), inner)
        key = self.classes.key(0, 0, inner)[1]
        kinds = {each.kind for each in self._crossings}
        below = _AXIS + LINE * (len(kinds) + len(lines) + key + 0.5)
        frame = self._frame(self.height - _TOP - below)
        height = frame.room.bottom + below
        labels, left = self._labels(frame)
        ticks, ground = (max(2, int(inner / 100)), 7), self._seen(frame)
        parts = [frame.clip("long-room"), grid(frame, "", f" {self.unit}", ticks)]
        parts.append('<g clip-path="url(#long-room)"><g class="moved">')
        if self.cut is not None:
            parts += behind.blocks(frame, self.cut, self.classes)
        parts += [behind.surface(frame, ground), *self._traces(frame), *self._dots(frame), "</g></g>"]
        parts += [labels, frame.border(), self._edges(frame)]
        parts.append(lanes(frame, self._crossings, frame.room.bottom + _AXIS))
        said = self._said(left, ground)
        lines = wrapped(" ".join(said), inner)
        parts += [foot(lines, _LEFT, height)]
        parts.append(self.classes.key(_LEFT, height - 8 - LINE * (len(lines) + key - 1), inner)[0])
        title = f"Long section of {self.zone}, looking {(self.plane.azimuth - 90.0) % 360.0:03.0f}°"
        return Drawing(title, self.width, height, "".join(parts), " ".join(said))

    @cached_property
    def _ends(self) -> tuple[float, float, float, float]:
        """Least and greatest distance along the plane, least and greatest height."""
        if self.reach is not None:
            return self.reach
        along, up = self.placed["along"].to_numpy(), self.placed["up"].to_numpy()
        low, high, bottom, top = float(along.min()), float(along.max()), float(up.min()), float(up.max())
        ground = ground_line(self.plane, low, high, topography=self.topography, collars=None)
        surface = max((height for each in ground.lines for _, height in each), default=top) if ground else top
        near = surface - top <= max(top - bottom, high - low, _NEAR_GROUND)
        return low, high, bottom, max(top, surface) if near else top

    @cached_property
    def _crossings(self) -> list[Crossed]:
        low, high = self._ends[:2]
        return crossed(self.outlines, self.plane, low, high)

    def _frame(self, room: float) -> Frame:
        """The frame that holds all points and some labels, one metre as long along as up unless it is stretched."""
        low, high, bottom, top = self._ends
        inner, room = self.width - _LEFT - _RIGHT, max(room, 120.0)
        if self.reach is not None:
            return within(self.reach, Box(_LEFT, _TOP, self.width - _RIGHT, _TOP + room), self.exaggeration)
        wide, rise = max(high - low, 20.0) * 1.2 + 20.0, (max(top - bottom, 20.0) * 1.25 + 20.0) * self.exaggeration
        per_unit = min(inner / wide, room / rise)
        half, middle, high_enough = inner / per_unit / 2, (low + high) / 2, max(rise * per_unit, 200.0)
        up = high_enough / per_unit / self.exaggeration
        ceiling = (top + bottom) / 2 + up / 2
        return Frame(
            Scale(middle - half, middle + half, _LEFT, self.width - _RIGHT),
            Scale(ceiling - up, ceiling, _TOP + high_enough, _TOP),
        )

    def _seen(self, frame: Frame) -> GroundLine | None:
        """The line of the ground as far as the frame shows it; nothing where it lies above or below all of it."""
        across, up = frame.across, frame.up
        found = ground_line(self.plane, across.low, across.high, topography=self.topography, collars=None)
        seen = found is not None and any(up.low <= height <= up.high for each in found.lines for _, height in each)
        return found if seen else None

    def _traces(self, frame: Frame) -> list[str]:
        """The traces of the holes that run near the plane."""
        if self.points is None or self.plane.half_width <= 0:
            return []
        return [
            path(line([(frame.across(x), frame.up(y)) for x, y in each.line]), "plain-line trace", 1)
            for each in cut_traces(self.points, self.plane)
        ]

    def _dots(self, frame: Frame) -> list[str]:
        """A dot for each pierce point, coloured by its class, the richest above."""
        found = []
        which = self.classes.of(self.placed["value"].cast(pl.Float64).fill_null(float("nan")).to_numpy())
        rows = self._rows()
        for (hole, along, up, label), number, own in reversed(
            list(zip(rows, which.tolist(), self._depths(), strict=True))
        ):
            role = self.classes.colour(number) if number >= 0 else "paper"
            place = f'cx="{num(frame.across(along))}" cy="{num(frame.up(up))}" r="{num(_DOT)}"'
            title = f"<title>{text(f'{hole}: {label}')}</title>"
            ring = f'<circle class="ink-line" {place} stroke-width="0.8"/>'
            found.append(
                f'<g data-hole="{text(hole)}"{own}><circle class="{role} pierced" {place}>{title}</circle>{ring}</g>'
            )
        return found

    def _labels(self, frame: Frame) -> tuple[str, int]:
        """Hole and intersection beside each dot, or the hole alone, none over another, and how many found no room."""
        room = frame.room
        rows = [(str(hole), frame.across(along), frame.up(up), str(label)) for hole, along, up, label in self._rows()]
        rows = [row for row in rows if room.left <= row[1] <= room.right and room.top <= row[2] <= room.bottom]
        taken = Taken(Box(x - _DOT - 2, y - _DOT - 2, x + _DOT + 2, y + _DOT + 2) for _, x, y, _ in rows)
        taken.add(Box(room.right - 140, room.bottom - 34, room.right, room.bottom))
        for x in (room.left, room.right - 44):
            taken.add(Box(x, room.top, x + 44, room.top + 22))
        inside = Box(room.left + 3, room.top + 3, room.right - 3, room.bottom - 3)
        parts: list[str] = []
        for high in (28.0, 14.0):  # those without room for two lines may have it for one
            wanted = [Wanted(x, y, _wide(hole, label if high > 14 else ""), high) for hole, x, y, label in rows]
            places = beside(wanted, inside, taken, reach=_NEAR)
            for (hole, x, y, label), place in zip(rows, places, strict=True):
                if place is not None:
                    parts.append(_label((x, y), place, hole, label if high > 14 else ""))
            rows = [row for row, place in zip(rows, places, strict=True) if place is None]
        return f'<g class="labels">{"".join(parts)}</g>', len(rows)

    def _rows(self) -> list[tuple[str, float, float, str]]:
        return list(self.placed.select("hole", "along", "up", "label").iter_rows())

    def _depths(self) -> list[str]:
        """Of each pierce point the depths between which it lies and its value, for a page that tells of them."""
        columns = [f"from_{self.unit}", f"to_{self.unit}", "value"]
        if not set(columns) <= set(self.placed.columns):
            return [""] * self.placed.height
        found = []
        for start, end, value in self.placed.select(columns).iter_rows():
            said = f' data-from="{start:g}" data-to="{end:g}"'
            found.append(said if value is None else f'{said} data-grade="{value:.4g}"')
        return found

    def _edges(self, frame: Frame) -> str:
        """The scale bar, and which way each end of the plane lies."""
        room, azimuth = frame.room, self.plane.azimuth % 360.0
        bar, _ = scale_bar(room.right - 10, room.bottom - 10, frame.across.per_unit, self.unit)
        left, right = (f"{(azimuth + turn) % 360:03.0f}°" for turn in (180.0, 0.0))
        ends = words(room.left + 6, room.top + 16, left, "quiet small halo")
        return ends + words(room.right - 6, room.top + 16, right, "quiet small end halo") + bar

    def _said(self, left: int, ground: GroundLine | None) -> list[str]:
        """What is said below."""
        count, azimuth = self.placed.height, self.plane.azimuth % 360.0
        stretched = f"heights × {self.exaggeration:g}" if self.exaggeration != 1.0 else "no exaggeration"
        points = "1 intersection" if count == 1 else f"{count:,} intersections"
        middle = "its middle" if count == 1 else "their middles"
        said = [f"Pierce points: {points} of {self.zone} at {middle}, on a vertical plane along {azimuth:03.0f}°"]
        said[0] += f", distances in {self.unit}, {stretched}."
        said += [f"Colours: {self.measured}."] if self.measured else []
        if self.points is not None and self.plane.half_width > 0:
            said.append(f"Traces within {self.plane.half_width:g} {self.unit} of the plane.")
        if self.cut is not None:
            label = " ".join(filter(None, (self.classes.unit, self.classes.label)))
            said.append(
                f"Blocks cut by the plane{f' from {self.cutoff:g} {label} on' if self.cutoff is not None else ''}."
            )
        said += ["Ground from topography."] if ground is not None else []
        if lost := self.pierced.height - count:
            said.append(f"{lost} without a place left out.")
        if left:
            said.append(f"{left} {'label' if left == 1 else 'labels'} left out for want of room.")
        return [*said, *([self.source] if self.source else [])]


def _wide(hole: str, label: str) -> float:
    """How wide a label is, in pixels."""
    return max(width_of(hole, 11.5), width_of(label, 11)) + 4


def _label(dot: tuple[float, float], place: Box, hole: str, label: str) -> str:
    """A label in its box, with a leader where it stands away from its dot."""
    x, y = dot
    right = place.left >= x
    at, end = (place.left, "") if right else (place.right, " end")
    said = words(at, place.top + 11, hole, f"ink small strong halo{end}")
    said += words(at, place.top + 24, label, f"ink small halo{end}") if label else ""
    if abs(at - x) <= 14 and place.top <= y <= place.bottom:
        return said
    return path(line([(x, y), (at, (place.top + place.bottom) / 2)]), "quiet-line leader", 0.7) + said


def along_points(name: str, points: pl.DataFrame, azimuth: float | None, half_width: float) -> Section:
    """The vertical plane through the middle of some points, along an azimuth, else as they lie on the map.

    Of the two directions the one from 000° to below 180° is taken, so that one looks to the north, or to the west.
    Raises ``ValueError`` for points that all lie in one place, where no azimuth is said.

    >>> points = pl.DataFrame({"easting_m": [0.0, 0.0], "northing_m": [0.0, 100.0]})
    >>> along_points("Z", points, None, 0.0).azimuth
    0.0
    """
    unit = length_unit(points.columns, "easting", "northing")
    east, north = points[f"easting_{unit}"].to_numpy(), points[f"northing_{unit}"].to_numpy()
    middle = float(east.mean()), float(north.mean())
    if azimuth is None:
        run, rise = east - middle[0], north - middle[1]
        if max(np.ptp(east), np.ptp(north)) < 1.0:
            raise ValueError("the points lie in one place")
        angle = 0.5 * np.degrees(np.arctan2(2.0 * (run * rise).sum(), (rise * rise).sum() - (run * run).sum()))
        azimuth = float(angle % 180.0)
    return Section(name, middle[0], middle[1], azimuth, half_width)
