"""Wishes: what somebody wants to see drawn of the holes of a book, and the drawing that answers it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Literal

from orebook.book.problems import BookError
from orebook.desk.answer import AskedWronglyError, did_you_mean
from orebook.desk.drawing.holes_in_space import HolesInSpace
from orebook.desk.drawing.lines import ALL_HOLES, along_strike, line_through, named_sections
from orebook.desk.drawing.pierced import Pierced, pierced, plane_along
from orebook.desk.drawing.sites import inset_of, located
from orebook.disciplines.drilling.surveying.sections import Section
from orebook.reports.drawings.grade_classes import GradeClasses, proposed
from orebook.reports.drawings.long_section import LongSection
from orebook.reports.drawings.plan import Level, plan
from orebook.reports.drawings.section import SectionPicture
from orebook.reports.drawings.strip_log import strip_log
from orebook.reports.drawings.svg import Drawing

What = Literal["plan", "section", "long", "log", "locator"]

_HALF_WIDTH = {"m": 25.0, "ft": 80.0}
"""How far to either side a section reaches where nobody says it."""


@dataclass(frozen=True, slots=True)
class WhichBlocks:
    """Which blocks are shown: by which column of grades, of which model, from which cut-off on, at which elevation.

    Nothing of it has a default: without a cut-off all blocks are shown.
    """

    grade: str = ""
    model: str = ""
    cutoff: float | None = None
    level: float | None = None


def which_blocks(said: Sequence[str]) -> WhichBlocks:
    """Which blocks some words ask for.

    Raises ``AskedWronglyError`` for words that ask for nothing.

    >>> which_blocks(["cutoff=0.5,level=300"])
    WhichBlocks(grade='', model='', cutoff=0.5, level=300.0)
    """
    found: dict[str, str] = {}
    for one in (part for each in said for part in each.split(",")):
        key, equals, value = one.partition("=")
        if not equals or key.strip() not in ("grade", "model", "cutoff", "level"):
            raise AskedWronglyError(f"--blocks {one}: write cutoff=GRADE, level=ELEVATION, grade=COLUMN or model=NAME")
        found[key.strip()] = value.strip()
    return WhichBlocks(
        found.get("grade", ""), found.get("model", ""), _number(found, "cutoff"), _number(found, "level")
    )


def _number(found: Mapping[str, str], key: str) -> float | None:
    if key not in found:
        return None
    try:
        number = float(found[key])
    except ValueError:
        number = float("nan")
    if not isfinite(number):
        raise AskedWronglyError(f"--blocks {key}={found[key]}: {found[key]!r} is no number")
    return number


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be drawn: of which hole or section, which grades, between which bounds, how large.

    Raises ``AskedWronglyError`` for sizes that no drawing has.
    """

    what: What
    hole: str = ""
    section: str = ""
    azimuth: float | None = None
    within: float | None = None
    grades: Sequence[str] = ()
    bounds: Sequence[float] = ()
    blocks: WhichBlocks = WhichBlocks()
    exaggeration: float = 1.0
    width: float = 1180.0
    height: float = 800.0
    name: str = ""
    product: bool = False
    reach: tuple[float, float, float, float] | None = None
    join: float | None = None

    def __post_init__(self) -> None:
        if not (200 <= self.width <= 10_000 and 200 <= self.height <= 10_000):
            raise AskedWronglyError("width and height of a drawing are 200 to 10,000 pixels")
        if not 0.1 <= self.exaggeration <= 100:
            raise AskedWronglyError("--exaggeration is from 0.1 to 100 times")
        if self.within is not None and not 0 < self.within < 1e6:
            raise AskedWronglyError("--within is a length above nought")
        if self.join is not None and not 0 < self.join <= 1e6:
            raise AskedWronglyError("--join is a length above nought: how far apart the holes may be")
        if self.join is not None and self.what not in ("section", "long"):
            raise AskedWronglyError("--join is for a section; leave it out or draw a section")
        if self.blocks.level is not None and self.what != "plan":
            raise AskedWronglyError("--blocks level=… is for a plan; leave it out or draw a plan")

    def drawn(self, seen: HolesInSpace) -> Drawing:
        """The drawing.

        Raises ``AskedWronglyError`` for a hole, a section or bounds that cannot be, and ``BookError`` for a book
        without holes.
        """
        if self.what == "log":
            return self._log(seen)
        if self.what == "long":
            return self._long(seen)
        if self.what == "locator":
            return located(seen, self.name, self.within or 0.0, self.width, self.height).draw()
        line = self.line(seen) if self.hole or self.section or self.what == "section" else None
        if self.what == "plan" or line is None:
            return self._plan(seen, line)
        return self.through(seen, line)

    def _plan(self, seen: HolesInSpace, line: Section | None) -> Drawing:
        """The map, with the blocks of a level where one is asked for."""
        return plan(
            seen.collars,
            seen.points,
            spoken_of=line,
            outlines=seen.outlines,
            level=self._level(seen),
            grid_name=seen.bench.settings.crs,
            width=self.width,
            height=self.height,
            source=seen.source,
            inset=inset_of(seen),
        )

    def _level(self, seen: HolesInSpace) -> Level | None:
        """The blocks of the level that was asked for."""
        if self.blocks.level is None:
            return None
        grade = seen.block_grade(self.blocks.grade, self.grades[0] if self.grades else seen.grade())
        if not grade or seen.blocks is None:
            raise AskedWronglyError("no blocks with such grades lie in this book; say --blocks grade=COLUMN")
        return Level(self.blocks.level, seen.blocks, grade, self._classes(seen, grade), self.blocks.cutoff)

    def _classes(self, seen: HolesInSpace, grade: str) -> GradeClasses:
        try:
            return seen.classes(grade, self.bounds)
        except ValueError as problem:
            raise AskedWronglyError(f"--bound: {problem}") from None

    def through(self, seen: HolesInSpace, line: Section, called: str = "") -> Drawing:
        """The section along a line; ``called`` names the drawing where it is another than the line."""
        grade = seen.grade(self.grades[0] if self.grades else "")
        of_blocks = seen.block_grade(self.blocks.grade, grade)
        return SectionPicture(
            line,
            seen.points,
            self._classes(seen, grade or of_blocks),
            grade,
            blocks=seen.blocks,
            block_grade=of_blocks,
            cutoff=self.blocks.cutoff,
            topography=seen.topography,
            collars=seen.collars,
            outlines=seen.outlines,
            source=seen.source,
            samples=seen.samples,
            intervals=seen.placed_labels,
            domains=seen.domains,
            exaggeration=self.exaggeration,
            width=self.width,
            height=self.height,
            reach=self.reach,
            called=called,
            join=self.join,
        ).draw()

    def _long(self, seen: HolesInSpace) -> Drawing:
        """The long section of a zone, or of all holes where no zone was logged or they are asked for."""
        if self.name == ALL_HOLES or (not self.name and seen.domains is None):
            line = along_strike(seen.collars, seen.points, half_width=self.within, azimuth=self.azimuth)
            return self.through(seen, line, f"Long section of {ALL_HOLES}")
        grade = seen.grade(self.grades[0] if self.grades else "")
        found = pierced(seen, self.name, grade, product=self.product)
        return self.along(seen, found, plane_along(seen, found, self.azimuth, self.within or 0.0))

    def along(self, seen: HolesInSpace, found: Pierced, plane: Section) -> Drawing:
        """The long section of a zone on a plane: where holes pierced it, before the blocks that the plane cuts.

        Grade times thickness has no classes in common with blocks, so that none are drawn beside it.
        """
        grade = seen.grade(self.grades[0] if self.grades else "")
        of_blocks = "" if self.product else seen.block_grade(self.blocks.grade, grade)
        return LongSection(
            found.zone,
            plane,
            found.table,
            self.classes_of(found),
            found.measured,
            seen.points if plane.half_width else None,
            seen.topography,
            seen.outlines,
            self.exaggeration,
            self.width,
            self.height,
            seen.source,
            seen.blocks if of_blocks else None,
            of_blocks,
            self.blocks.cutoff,
            self.reach,
        ).draw()

    def classes_of(self, found: Pierced) -> GradeClasses:
        """The classes of what a long section shows: between the bounds that are asked for, or as they tell it apart."""
        if not self.bounds:
            return proposed(found.table["value"].drop_nulls().to_numpy(), found.label, found.unit)
        try:
            return GradeClasses(tuple(self.bounds), found.label, found.unit)
        except ValueError as problem:
            raise AskedWronglyError(f"--bound: {problem}") from None

    def line(self, seen: HolesInSpace) -> Section:
        """The line of the section that was asked for."""
        half_width = self.within or _HALF_WIDTH[seen.unit]
        if self.hole:
            azimuth = self.azimuth
            return line_through(seen.collars, self.hole, azimuth=azimuth, half_width=half_width, points=seen.points)
        known = {each.name: each for each in named_sections(seen.collars, seen.points, half_width=half_width)}
        if not self.section:
            named = f", or --section NAME of {', '.join(list(known)[:8])}" if known else ""
            raise AskedWronglyError(f"a section runs somewhere: say --hole HOLE{named}")
        if self.section not in known:
            instead = did_you_mean(self.section, known) or f"; the collars name {', '.join(known) or 'none'}"
            raise AskedWronglyError(f"no section is called {self.section!r}{instead}")
        found = known[self.section]
        if self.azimuth is None:
            return found
        return Section(found.name, found.easting, found.northing, self.azimuth, half_width)

    def _log(self, seen: HolesInSpace) -> Drawing:
        """The log of a hole."""
        hole, holes = self.hole, seen.collars["hole"].to_list()
        if not hole:
            raise AskedWronglyError("a log is of one hole: say --hole HOLE")
        if hole not in holes:
            instead = did_you_mean(hole, holes) or f"; there are {', '.join(holes[:8])}"
            raise AskedWronglyError(f"no hole is called {hole!r}{instead}")
        key = f"depth_{seen.unit}"
        own = seen.collars.filter(seen.collars["hole"] == hole)
        try:
            return strip_log(
                hole,
                assays=seen.core,
                grades=[seen.grade(each) for each in self.grades] or seen.grades[:2],
                lithology=seen.bench.table("lithology"),
                domains=seen.bench.table("domains"),
                intervals=seen.labelled,
                recoveries=seen.bench.table("recoveries"),
                structures=seen.bench.table("structures"),
                source=seen.source,
                depth=own[key][0] if key in own.columns else None,
                height=self.height,
            )
        except ValueError as problem:
            raise BookError(str(problem)) from None
