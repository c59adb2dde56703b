"""Section view: what the page of a section shows: its line and neighbours, the drawing, grades and intersections."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import ClassVar

import numpy as np
import polars as pl

from orebook.desk.answer import AskedWronglyError, did_you_mean
from orebook.desk.drawing.holes_in_space import HolesInSpace
from orebook.desk.drawing.lines import line_through
from orebook.desk.drawing.wishes import WhichBlocks, Wish
from orebook.disciplines.drilling.surveying.sections import Section
from orebook.faces.web.shelf import Shelf
from orebook.faces.web.space.asked import HOLE, NAME, PRODUCT, Asked, line_of
from orebook.faces.web.space.held import HALF_WIDTH, Held, Lines, cutoff_of_the_rules, held, lines
from orebook.ground.schema import length_unit
from orebook.reports.drawings.corridor import cut_samples
from orebook.reports.drawings.grade_classes import GradeClasses, spoken
from orebook.reports.drawings.histogram import histogram
from orebook.reports.drawings.plan import plan
from orebook.reports.drawings.svg import Drawing

_WIDTH, _HEIGHT = 1180.0, 760.0

LAYERS = (
    ("names", "names of holes"),
    ("traces", "traces"),
    ("bars", "grades"),
    ("labels", "intersections"),
    ("blocks", "blocks"),
    ("domains", "zones"),
    ("ground", "ground"),
)
"""What can be hidden of a drawing that has it: its name, and what it is called."""

_SAME = 0.02
"""Directions within so many degrees are one; so are lines within so many parts of a half width."""


@dataclass(frozen=True)
class Option:
    """A line that can be chosen: its words in an address, what it is called, whether it is the one that is shown."""

    line: str
    said: str
    here: bool


@dataclass(frozen=True)
class SectionView:
    """A section as its page shows it. ``lines`` are all that can be chosen, ``asked`` is what the address says.

    ``path`` is where its page lies, ``known`` which drawing it is for what keeps drawings, ``of_zone`` whether it shows
    where holes pierced a zone.
    """

    path: ClassVar[str] = "/sections"
    known: ClassVar[str] = "section"
    of_zone: ClassVar[bool] = False

    held: Held
    asked: Asked
    line: Section
    lines: Lines
    grade: str
    classes: GradeClasses
    cutoff: float | None

    @property
    def seen(self) -> HolesInSpace:
        """The holes."""
        return self.held.seen

    @staticmethod
    def bounds_said(bounds: Sequence[float]) -> str:
        """Bounds as people write them."""
        return ", ".join(f"{each:g}" for each in bounds)

    @staticmethod
    def spoken(grade: str) -> str:
        """A column of grades as people call it."""
        name, unit = spoken(grade)
        return f"{name}, {unit}" if unit else name

    @property
    def looking(self) -> str:
        """The direction in which one looks."""
        return f"{(self.line.azimuth - 90.0) % 360.0:03.0f}°"

    @property
    def name(self) -> str:
        """What the section is called."""
        return f"Section {self.line.name}"

    @property
    def show(self) -> str:
        """What a long section shows, in the words of an address; nothing for a section across."""
        return ""

    @property
    def told(self) -> str:
        """How one looks at it."""
        return f"looking {self.looking}, within {self.line.half_width:g} {self.seen.unit}"

    @property
    def place(self) -> str:
        """The words of the line in an address."""
        return words_of(self.line)

    @property
    def turned(self) -> str:
        """The address of the same section, looked at from the other side."""
        line = line_of(self.line.easting, self.line.northing, self.line.azimuth + 180.0)
        return self.asked.address(self.path, line=line, azimuth=None, reach=None)

    @property
    def on_the_map(self) -> str:
        """The address of the map with it."""
        return Asked(line=self.asked.line, within=self.line.half_width).address("/map")

    def drawing(self) -> Drawing:
        """The section."""
        with self.held.lock:
            remarks = list(self.seen.remarks)
            made = self.drawn(self.wish)
            self.seen.remarks[:] = remarks  # what a drawing remarks stands on the page already, as a choice
            return made

    def drawn(self, wish: Wish) -> Drawing:
        """What a wish for it gives."""
        return wish.through(self.seen, self.line)

    @property
    def wish(self) -> Wish:
        """What is asked, as drawings are wished for."""
        asked = self.asked
        return Wish(
            "section",
            grades=(self.grade,) if self.grade else (),
            bounds=asked.bounds,
            blocks=WhichBlocks(self.block_grade, cutoff=asked.cutoff),
            exaggeration=asked.times,
            width=_WIDTH,
            height=_HEIGHT,
            reach=asked.reach,
            product=asked.by == PRODUCT,
            join=asked.join,
        )

    @property
    def block_grade(self) -> str:
        """The column of grades of the blocks: the one that is asked for, else that of the samples if they have it."""
        blocks = self.seen.blocks
        if blocks is None:
            return ""
        return self.asked.blocks or (self.grade if self.grade in blocks.grades else "")

    def inset(self) -> Drawing:
        """Where the section runs on the map."""
        with self.held.lock:
            return plan(
                self.seen.collars,
                None,
                sections=[self.line] if self.show else (),
                spoken_of=self.line if self.line.half_width else None,
                grid_name=self.seen.bench.settings.crs,
                width=380,
                height=300,
                names=False,
            )

    @cached_property
    def grades(self) -> np.ndarray:
        """The grades of the samples in the corridor."""
        if self.seen.samples is None or not self.grade:
            return np.array([])
        return cut_samples(self.seen.samples, self.line, self.grade)["grade"].cast(pl.Float64).to_numpy()

    def spread(self) -> Drawing:
        """How the grades in the corridor are spread."""
        return histogram(self.grades, self.classes, cutoff=self.cutoff)

    def summary(self) -> list[tuple[str, str]]:
        """What lies in the corridor, in a few words."""
        grades, unit = self.grades, " ".join(filter(None, (self.classes.unit, self.classes.label)))
        holes = int(self.line.project(self.seen.collars.drop_nulls(self.axes))["on_section"].sum())
        said = [("collars in the corridor", f"{holes:,}"), ("samples in the corridor", f"{len(grades):,}")]
        if len(grades):
            said.append(("richest sample", f"{np.nanmax(grades):.4g} {unit}"))
            if self.cutoff is not None:
                above = int((grades >= self.cutoff).sum())
                said.append((f"at or above {self.cutoff:g} {unit}", f"{above:,} ({100.0 * above / len(grades):.1f} %)"))
        return said

    @property
    def axes(self) -> list[str]:
        """The columns of coordinates of the collars."""
        unit = length_unit(self.seen.collars.columns, "easting", "northing")
        return [f"easting_{unit}", f"northing_{unit}"]

    def neighbours(self) -> tuple[str, str]:
        """The addresses of the sections before this one and after it; empty where there is none."""
        before, after = (
            self.asked.address(self.path, line=line, azimuth=None, reach=None) if line else ""
            for line in self._neighbours()
        )
        return before, after

    def _neighbours(self) -> tuple[str, str]:
        """The words of the lines before this one and after it; empty where there is none."""
        if self.asked.line.startswith(NAME):
            names = ["", *(f"{NAME}{each.name}" for each in self.lines.named), ""]
            at = names.index(f"{NAME}{self.line.name}")
            return names[at - 1], names[at + 1]
        own, least = _offset(self.line, self.line.azimuth), self.line.half_width * (1.0 + _SAME)
        far = {_offset(each, self.line.azimuth) - own: each for each in self.lines.across}
        before = max((away for away in far if away < -least), default=None)
        after = min((away for away in far if away > least), default=None)
        return words_of(far[before]) if before is not None else "", words_of(far[after]) if after is not None else ""

    def options(self) -> tuple[list[Option], list[Option]]:
        """The lines that can be chosen: those that the collars name, and those side by side."""
        named = self.asked.line.startswith(NAME)
        first = [
            Option(f"{NAME}{each.name}", each.name, named and each.name == self.line.name) for each in self.lines.named
        ]
        across = [Option(words_of(each), each.name, not named and _same(each, self.line)) for each in self.lines.across]
        return first, across

    def intervals(self) -> tuple[list[str], list[dict[str, object]]]:
        """The heads of the grades, and the intersections of the corridor in their order."""
        seen = self.seen
        if seen.placed_labels is None or seen.labelled is None:
            return [], []
        unit = seen.unit
        cut = cut_samples(seen.placed_labels, self.line, "label").select("hole", "from", "to")
        whole = seen.labelled.rename({f"from_{unit}": "from", f"to_{unit}": "to"})
        rows = cut.join(whole, on=["hole", "from", "to"], how="left", maintain_order="left")
        shown = shown_grades(seen, rows.columns)
        return [" ".join(reversed(spoken(name))) for name in shown], [
            {
                "hole": row["hole"],
                "from": row["from"],
                "to": row["to"],
                "length": row["to"] - row["from"],
                "level": int(row.get("level") or 0),
                "grades": [row[name] for name in shown],
            }
            for row in rows.sort("hole", "from", "level" if "level" in rows.columns else "to").iter_rows(named=True)
        ]


def shown_grades(seen: HolesInSpace, columns: Sequence[str]) -> list[str]:
    """The grades of intersections that a narrow table has room for: the first of those that the book shows."""
    return [name for name in seen.grades if name in columns][:2]


def words_of(line: Section) -> str:
    """A line in the words of an address."""
    return line_of(line.easting, line.northing, line.azimuth)


def section_view(shelf: Shelf, asked: Asked) -> SectionView:
    """The section that is asked for; the one with most collars where none is.

    Raises ``AskedWronglyError`` and ``BookError`` for a line, a grade or bounds that cannot be.
    """
    one = held(shelf, asked.model)
    seen = one.seen
    half_width = asked.within or HALF_WIDTH[seen.unit]
    chosen = lines(shelf, half_width)
    line = _line(seen, asked, chosen, half_width)
    if line is None:
        line = chosen.named[0] if chosen.named else _fullest(seen, chosen.across)
        asked = replace(asked, line=f"{NAME}{line.name}" if chosen.named else words_of(line))
    if not asked.line.startswith(NAME):
        same = [each for each in chosen.across if _same(each, line)]
        if not same and chosen.across and abs(_turn(chosen.across[0].azimuth, line.azimuth)) > _SAME:
            chosen = replace(chosen, across=lines(shelf, half_width, line.azimuth).across)
            same = [each for each in chosen.across if _same(each, line)]
        line = same[0] if same and not asked.line.startswith(HOLE) else line
    return SectionView(one, asked, line, chosen, *graded(seen, asked))


def graded(seen: HolesInSpace, asked: Asked) -> tuple[str, GradeClasses, float | None]:
    """The grade that is asked for, its classes, and its cut-off: the one that is typed, else that of the rules.

    Raises ``BookError`` and ``AskedWronglyError`` for a grade or bounds that cannot be.
    """
    grade = seen.grade(asked.grade)
    try:
        classes = seen.classes(grade, asked.bounds)
    except ValueError as problem:
        raise AskedWronglyError(f"bounds: {problem}") from None
    return grade, classes, asked.cutoff if asked.cutoff is not None else cutoff_of_the_rules(seen, grade)


def _line(seen: HolesInSpace, asked: Asked, chosen: Lines, half_width: float) -> Section | None:
    """The line that an address names."""
    said, azimuth = asked.line, asked.azimuth
    if said.startswith(HOLE):
        hole, holes = said.removeprefix(HOLE), seen.collars["hole"].to_list()
        if hole not in holes:
            raise AskedWronglyError(f"no hole is called {hole!r}{did_you_mean(hole, holes)}")
        return line_through(seen.collars, hole, azimuth=azimuth, half_width=half_width, points=seen.points)
    if said.startswith(NAME):
        name, known = said.removeprefix(NAME), {each.name: each for each in chosen.named}
        if name not in known:
            raise AskedWronglyError(f"no section is called {name!r}{did_you_mean(name, known)}")
        return known[name] if azimuth is None else replace(known[name], azimuth=azimuth % 360.0)
    place = asked.place()
    if place is None:
        return None
    east, north, along = place
    name = f"at {east:,.0f} E {north:,.0f} N"
    return Section(name, east, north, along if azimuth is None else azimuth % 360.0, half_width)


def _fullest(seen: HolesInSpace, across: Sequence[Section]) -> Section:
    """The section with most collars, the first of them."""
    if not across:
        raise AskedWronglyError("no collar of this book has coordinates, so no section runs through one")
    unit = length_unit(seen.collars.columns, "easting", "northing")
    placed = seen.collars.drop_nulls([f"easting_{unit}", f"northing_{unit}"])
    counts = [int(each.project(placed)["on_section"].sum()) for each in across]
    return across[int(np.argmax(counts))]


def _turn(one: float, other: float) -> float:
    """Degrees from one direction to another, the short way."""
    return (other - one + 180.0) % 360.0 - 180.0


def _offset(line: Section, azimuth: float) -> float:
    """How far a line lies to the right of the origin of the grid, looking along a direction."""
    angle = np.radians(azimuth)
    return float(line.easting * np.cos(angle) - line.northing * np.sin(angle))


def _same(one: Section, other: Section) -> bool:
    """Whether two lines run the same way over the same ground."""
    if abs(_turn(one.azimuth, other.azimuth)) > _SAME:
        return False
    return abs(_offset(one, one.azimuth) - _offset(other, one.azimuth)) < _SAME * one.half_width
