"""Section: a vertical cut through the ground: traces, bars of grade, zones, blocks, the surface, and what was cut."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate, pairwise

import numpy as np
import polars as pl
from numpy.typing import NDArray

from orebook.disciplines.drilling.surveying.sections import Section
from orebook.ground.schema import length_unit
from orebook.maths.numerals import written
from orebook.reports.drawings import behind
from orebook.reports.drawings.bars import BAR, bars
from orebook.reports.drawings.blocks_in_space import BlocksInSpace, Slice
from orebook.reports.drawings.clipping import Point, clipped, seen_first
from orebook.reports.drawings.corridor import Cut, cut_samples, cut_traces
from orebook.reports.drawings.furniture import LINE, Frame, foot, grid, scale_bar, within, wrapped
from orebook.reports.drawings.grade_classes import GradeClasses
from orebook.reports.drawings.ground_line import GroundLine, ground_line
from orebook.reports.drawings.outlines import Crossed, Outline, crossed, lanes
from orebook.reports.drawings.placing import Box, Wanted, along, beside_first, spread
from orebook.reports.drawings.scales import Scale
from orebook.reports.drawings.svg import Drawing, box, line, path, text, width_of, words
from orebook.reports.drawings.zones_drawn import Shape, bands, joined, shapes

_LEFT, _RIGHT, _AXIS = 66.0, 18.0, 24.0
_NAMES_APART = 12.0
"""Names of holes stand at least so many pixels apart."""

_NAME = 190.0
"""The longest name of a hole, in pixels."""

_WITH_BARS = np.array([0.0, -BAR / 2, BAR, 2.0])
"""How much wider than a trace is what labels keep off: bars stand to its right."""


@dataclass(frozen=True)
class SectionPicture:
    """What a section shows, in the grid of the book; what is not there is left out.

    ``points`` are hole, depth, easting, northing and elevation along each hole; ``samples`` intervals with the
    positions of both ends and the column ``grade``; ``intervals`` those to be labelled, with ``label`` and the depths;
    ``domains`` intervals with ``zone``. ``blocks`` are drawn in the colours of the same classes by their own column
    ``block_grade`` (that of the samples where it is not said), those below ``cutoff`` left out where one is chosen.
    ``topography`` are points of the ground; without any, the ground joins the ``collars``. ``outlines`` through which
    the section runs are named at its foot. ``exaggeration`` stretches heights; ``source`` is said below; ``reach``
    are the edges (left, right, bottom, top) to look at, where it is not all; ``called`` names the drawing where it is
    not a section of that line. ``join`` is how far apart neighbouring holes may be between which zones are joined.
    """

    section: Section
    points: pl.DataFrame
    classes: GradeClasses
    grade: str = ""
    samples: pl.DataFrame | None = None
    intervals: pl.DataFrame | None = None
    domains: pl.DataFrame | None = None
    blocks: BlocksInSpace | None = None
    block_grade: str = ""
    cutoff: float | None = None
    topography: pl.DataFrame | None = None
    collars: pl.DataFrame | None = None
    outlines: Sequence[Outline] = ()
    exaggeration: float = 1.0
    width: float = 1180.0
    height: float = 640.0
    most_labels: int = 12
    source: str = ""
    reach: tuple[float, float, float, float] | None = field(default=None)
    called: str = ""
    join: float | None = None

    @cached_property
    def unit(self) -> str:
        """The unit of coordinates."""
        return length_unit(self.points.columns, "easting", "northing")

    @cached_property
    def traces(self) -> list[Cut]:
        """The pieces of traces that lie in the section, in their order along it."""
        return cut_traces(self.points, self.section)

    @cached_property
    def _points(self) -> NDArray[np.float64]:
        """All points of the traces, one trace after the other."""
        return np.array([point for each in self.traces for point in each.line]).reshape(-1, 2)

    @cached_property
    def cut(self) -> Slice | None:
        """The blocks that the section cuts; nothing without blocks, or without a grade of them."""
        grade = self.block_grade or self.grade
        if self.blocks is None or grade not in self.blocks.grades:
            return None
        found = self.blocks.section(self.section, grade, self.cutoff)
        return found if len(found) else None

    @property
    def looking(self) -> str:
        """The direction in which one looks, square to the section."""
        return f"looking {(self.section.azimuth - 90.0) % 360.0:03.0f}°"

    @property
    def title(self) -> str:
        """What the drawing is called."""
        return f"{self.called or f'Section {self.section.name}'}, {self.looking}"

    def draw(self) -> Drawing:
        """The section as a drawing.

        >>> line = Section("500N", easting=0.0, northing=500.0, azimuth=90.0, half_width=25.0)
        >>> hole = pl.DataFrame({"hole": ["K-1", "K-1"], "depth_m": [0.0, 100.0], "easting_m": [0.0, 50.0],
        ...     "northing_m": [500.0, 500.0], "elevation_m": [400.0, 313.4]})
        >>> SectionPicture(line, hole, GradeClasses((1.0,))).draw().title
        'Section 500N, looking 000°'
        """
        if not self.traces and self.cut is None:
            none = f"No hole within {self.section.half_width:g} {self.unit} of this section"
            lines = wrapped(none, self.width - 40)
            said = [words(self.width / 2, 60 + 16 * at, each, "quiet middle") for at, each in enumerate(lines)]
            return Drawing(self.title, self.width, 120, "".join(said))
        frame, height = self._frame()
        ground = self._ground(frame)
        pixels = self._pixels(frame)
        at = [(x, y) for x, y in pixels.tolist()]
        traces = [at[begin:end] for begin, end in pairwise(self._ends)]
        names = self._names(frame, traces)
        parts = [frame.clip("section-room"), grid(frame, "", f" {self.unit}", self._ticks)]
        parts.append('<g clip-path="url(#section-room)"><g class="moved">')
        if self.cut is not None:
            parts += behind.blocks(frame, self.cut, self.classes)
        parts += [behind.surface(frame, ground), *self._domains(frame), *self._bars(frame), *self._traces(pixels)]
        parts += ["</g></g>", names, self._labels(frame, traces), frame.border(), self._edges(frame)]
        parts.append(lanes(frame, self._crossings, frame.room.bottom + _AXIS))
        said = self._said(ground)
        parts.append(self._foot(said, height))
        return Drawing(self.title, self.width, height, "".join(parts), self._caption(said))

    @property
    def _ticks(self) -> tuple[int, int]:
        """At most so many lines of the grid across and up."""
        return max(2, int((self.width - _LEFT - _RIGHT) / 100)), 7

    def _reach(self) -> tuple[float, float, float, float]:
        """Least and greatest distance along the section, least and greatest height."""
        if self.reach is not None:
            return self.reach
        if self.traces:
            (low, bottom), (high, top) = self._points.min(axis=0).tolist(), self._points.max(axis=0).tolist()
            return low, high, bottom, top
        cut = self.cut
        assert cut is not None  # without traces or blocks nothing is drawn
        return float(cut.left.min()), float(cut.right.max()), float(cut.below.min()), float(cut.above.max())

    def _frame(self) -> tuple[Frame, float]:
        """The frame that holds the traces, and how high the drawing is: heights and lengths share one scale."""
        low, high, bottom, top = self._reach()
        inner = self.width - _LEFT - _RIGHT
        kinds = {each.kind for each in self._crossings}
        below = _AXIS + LINE * (len(kinds) + self._foot_rows + 0.5)
        spread_along, rise = (
            max(high - low, 1.0) * 1.06 + 20.0,
            (max(top - bottom, 1.0) * 1.08 + 12.0) * self.exaggeration,
        )
        head = self._head
        room = max(self.height - head - below, 120.0)
        if self.reach is not None:
            shown = Box(_LEFT, head, self.width - _RIGHT, head + room)
            return within(self.reach, shown, self.exaggeration), head + room + below
        per_unit = min(inner / spread_along, room / rise)
        half, middle = inner / per_unit / 2, (low + high) / 2
        high_enough = max(rise * per_unit, 160.0)
        up = high_enough / per_unit / self.exaggeration
        ceiling = (top + bottom) / 2 + up / 2
        return Frame(
            Scale(middle - half, middle + half, _LEFT, self.width - _RIGHT),
            Scale(ceiling - up, ceiling, head + high_enough, head),
        ), head + high_enough + below

    @cached_property
    def _foot_rows(self) -> int:
        """How many rows the key and the words below the frame take."""
        inner = self.width - _LEFT - _RIGHT
        ground = GroundLine((), "collars" if self.topography is None else "topography")
        rows = len(wrapped(" ".join(self._said(ground)), inner))
        return rows + (self.classes.key(0, 0, inner)[1] if self._has_grades else 0)

    @property
    def _has_grades(self) -> bool:
        return bool(self.grade or self.block_grade) and (self.samples is not None or self.cut is not None)

    def _ground(self, frame: Frame) -> GroundLine | None:
        ends = frame.across.low, frame.across.high
        return ground_line(self.section, *ends, topography=self.topography, collars=self.collars)

    @cached_property
    def _crossings(self) -> list[Crossed]:
        """Where the section runs through outlines, as far as its holes reach."""
        return crossed(self.outlines, self.section, *self._reach()[:2])

    @cached_property
    def _head(self) -> float:
        """The room above the frame for the names of holes, which stand aslant."""
        return self._longest * 0.85 + 26.0

    @cached_property
    def _longest(self) -> float:
        """The longest name above the frame, in pixels."""
        return min(max((width_of(each.hole, 11.5) for each in self.traces), default=0.0), _NAME)

    @cached_property
    def _ends(self) -> list[int]:
        """Where the points of each trace begin, and where those of the last end."""
        return list(accumulate((len(each.line) for each in self.traces), initial=0))

    def _pixels(self, frame: Frame) -> NDArray[np.float64]:
        """All points of the traces in pixels."""
        across, up = frame.across, frame.up
        x = across.start + (self._points[:, 0] - across.low) * across.per_unit
        return np.column_stack([x, up.start + (self._points[:, 1] - up.low) * up.per_unit])

    def _traces(self, pixels: NDArray[np.float64]) -> list[str]:
        paths = written("L# #", pixels, places=2, begins=self._ends[:-1]) if self.traces else []
        return [
            path(f"M{d[1:]}", "ink-line trace", 1.1, f' data-hole="{text(each.hole)}"')
            for each, d in zip(self.traces, paths, strict=True)
        ]

    @property
    def _most_names(self) -> int:
        """So many names have room above the frame."""
        return int((self.width - _LEFT - _RIGHT - 6) / _NAMES_APART)

    def _names(self, frame: Frame, lines: Sequence[Sequence[Point]]) -> str:
        """The name of each hole above the frame, with a leader to where it enters.

        Where there is no room for all, those that run furthest in the section are named.
        """
        heads: dict[str, tuple[float, float]] = {}
        lengths: dict[str, float] = {}
        for each, at in zip(self.traces, lines, strict=True):
            if (head := seen_first(at, frame.room)) is not None:
                heads.setdefault(each.hole, head)
            (x, y), (to_x, to_y) = each.line[0], each.line[-1]
            lengths[each.hole] = lengths.get(each.hole, 0.0) + abs(to_x - x) + abs(to_y - y)
        low, high = frame.room.left, min(frame.room.right - 6, self.width - 4 - self._longest * 0.53)
        kept = set(sorted(heads, key=lambda hole: -lengths[hole])[: self._most_names])
        shown = [(hole, *head) for hole, head in heads.items() if hole in kept]
        parts, top = [], frame.room.top
        for (hole, x, y), over in zip(shown, spread([each[1] for each in shown], 13.0, low, high), strict=True):
            near = y - top < 90
            line_to = line([(over, top - 4), (x, y)]) if near else line([(over, top - 4), (x, top + 6), (x, y)])
            dashed = "" if near else ' stroke-dasharray="2 4"'
            parts.append(path(line_to, "quiet-line leader", 0.6, dashed))
            parts.append(words(over, top - 7, _short(hole), "ink small strong", -58))
        return f'<g class="names">{"".join(parts)}</g>'

    def _bars(self, frame: Frame) -> list[str]:
        """A bar beside the trace for each sample, as long and coloured as its grade says."""
        if self.samples is None or not self.grade:
            return []
        return bars(frame, cut_samples(self.samples, self.section, self.grade), self.classes)

    @cached_property
    def _zones(self) -> pl.DataFrame | None:
        """The intervals of zones in the section; nothing where none was logged."""
        return cut_samples(self.domains, self.section, "zone") if self.domains is not None else None

    @cached_property
    def _joined(self) -> list[Shape]:
        """Zones from hole to hole, where that is asked for."""
        return joined(self._zones, self.traces, self.join) if self._zones is not None and self.join else []

    def _domains(self, frame: Frame) -> list[str]:
        """Zones along the traces, and between them where that is asked for."""
        return [*shapes(frame, self._joined), *(bands(frame, self._zones) if self._zones is not None else [])]

    def _labels(self, frame: Frame, lines: Sequence[Sequence[Point]]) -> str:
        """The labels of the intervals that count most, none over another, with leaders to the intervals."""
        if self.intervals is None or not self.intervals.height:
            return ""
        most = min(self.most_labels, max(3, int(self.width / 95))) if self.reach is None else 200
        cut = cut_samples(self.intervals, self.section, "label").head(most)
        rows = list(cut.select("along_from", "up_from", "along_to", "up_to", "grade", "hole", "from", "to").iter_rows())
        whole = [((frame.across(row[0]), frame.up(row[1])), (frame.across(row[2]), frame.up(row[3]))) for row in rows]
        shown = [(row, clipped(*each, frame.room)) for row, each in zip(rows, whole, strict=True)]
        rows, ends = [row for row, part in shown if part], [part for _, part in shown if part]
        labels = [
            Wanted((a[0] + b[0]) / 2, (a[1] + b[1]) / 2, width_of(str(row[4]), 11.5) + 8, 18)
            for row, (a, b) in zip(rows, ends, strict=True)
        ]
        traces = along(lines, 12.0) + _WITH_BARS
        room = Box(frame.room.left + 4, frame.room.top + 4, frame.room.right - 4, frame.room.bottom - 26)
        parts = []
        placed = beside_first(labels, room, traces)
        for row, (a, b), label, place in zip(rows, ends, labels, placed, strict=True):
            own = f' stroke-opacity="0.75" data-hole="{text(row[5])}" data-from="{row[6]:g}" data-to="{row[7]:g}"'
            parts.append(path(line([a, b]), "ink-line interval", 3.2, own))
            if place is None:
                continue
            foot = place.left if place.left >= label.x else place.right
            parts.append(
                path(line([(label.x, label.y), (foot, (place.top + place.bottom) / 2)]), "quiet-line leader", 0.8)
            )
            parts.append(
                box(
                    place.left,
                    place.top,
                    place.right - place.left,
                    place.bottom - place.top,
                    "paper label",
                    ' rx="3" fill-opacity="0.92"',
                )
            )
            parts.append(words(place.left + 4, place.bottom - 5, row[4], "ink small strong"))
        return f'<g class="labels">{"".join(parts)}</g>'

    def _edges(self, frame: Frame) -> str:
        """The scale bar, and which way each end of the section lies."""
        room, azimuth = frame.room, self.section.azimuth % 360.0
        left, right = (f"{(azimuth + turn) % 360:03.0f}°" for turn in (180.0, 0.0))
        bar, _ = scale_bar(room.right - 10, room.bottom - 10, frame.across.per_unit, self.unit)
        ends = words(room.left + 6, room.top + 16, left, "quiet small halo")
        return ends + words(room.right - 6, room.top + 16, right, "quiet small end halo") + bar

    def _said(self, ground: GroundLine | None) -> list[str]:
        """What is said below: the axes, what is shown and how, and from what it was drawn."""
        azimuth = self.section.azimuth % 360.0
        stretched = f"heights × {self.exaggeration:g}" if self.exaggeration != 1.0 else "no exaggeration"
        wide = f"{self.section.half_width:g} {self.unit}"
        said = [f"Distances in {self.unit} along {azimuth:03.0f}°, holes within {wide}, {self.looking}, {stretched}."]
        if self.cut is not None:
            label = " ".join(filter(None, (self.classes.unit, self.classes.label)))
            least = f" from {self.cutoff:g} {label} on" if self.cutoff is not None else ""
            said.append(f"Blocks cut by the plane{least}.")
        if ground is not None:
            said.append("Ground from topography." if ground.basis == "topography" else "Ground drawn through collars.")
        if self.join and self._zones is not None:
            how = f"Zones joined straight between holes up to {self.join:g} {self.unit} apart; no model of the ground."
            none = f"No zone could be joined between holes up to {self.join:g} {self.unit} apart."
            said.append(how if self._joined else none)
        if left := max(len({each.hole for each in self.traces}) - self._most_names, 0):
            said.append(f"{left} {'name' if left == 1 else 'names'} left out for want of room.")
        return [*said, *([self.source] if self.source else [])]

    def _foot(self, said: Sequence[str], height: float) -> str:
        """The key of the grades, and the words below it."""
        inner = self.width - _LEFT - _RIGHT
        lines = wrapped(" ".join(said), inner)
        parts = [foot(lines, _LEFT, height)]
        if self._has_grades:
            _, rows = self.classes.key(0, 0, inner)
            parts.append(self.classes.key(_LEFT, height - 8 - LINE * (len(lines) + rows - 1), inner)[0])
        return "".join(parts)

    def _caption(self, said: Sequence[str]) -> str:
        holes = len({each.hole for each in self.traces})
        wide = f"{2 * self.section.half_width:g} {self.unit}"
        return " ".join([f"{holes} {'hole' if holes == 1 else 'holes'} in a corridor {wide} wide.", *said])


def _short(hole: str) -> str:
    """A name cut to the room that is above the frame."""
    most = int(_NAME / width_of("x", 11))
    return hole if len(hole) <= most else f"{hole[: most - 1]}…"


def intersection_labels(intervals: pl.DataFrame, grades: Mapping[str, tuple[str, int]], *, on: str) -> pl.DataFrame:
    """Intervals with ``label`` for a section, the one with most grade times length first.

    ``grades`` gives for a column what stands behind its number and its decimals, ``on`` orders.

    >>> table = pl.DataFrame({"hole": ["K-1"], "from_m": [3.0], "to_m": [15.5], "au_gpt": [1.2345]})
    >>> intersection_labels(table, {"au_gpt": ("g/t Au", 2)}, on="au_gpt")["label"].to_list()
    ['12.5 m @ 1.23 g/t Au']
    """
    unit = length_unit(intervals.columns, "from", "to")
    long = pl.col(f"to_{unit}") - pl.col(f"from_{unit}")
    rows = intervals.with_columns(long=long).sort(pl.col("long") * pl.col(on), descending=True, nulls_last=True)
    labels = []
    for row in rows.iter_rows(named=True):
        said = [f"{row[name]:.{places}f} {words}" for name, (words, places) in grades.items() if row[name] is not None]
        labels.append(f"{row['long']:.1f} {unit} @ {', '.join(said)}" if said else f"{row['long']:.1f} {unit}")
    return rows.with_columns(label=pl.Series(labels, dtype=pl.String)).drop("long")
