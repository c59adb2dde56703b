"""Wishes: what somebody wants to see drawn of the holes of a book, and the drawing that answers it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from orebook.book.problems import BookError
from orebook.desk.answer import AskedWronglyError, did_you_mean
from orebook.desk.drawing.holes_in_space import HolesInSpace
from orebook.desk.drawing.lines import line_through, named_sections
from orebook.disciplines.drilling.surveying.sections import Section
from orebook.reports.drawings.plan import plan
from orebook.reports.drawings.section import SectionPicture
from orebook.reports.drawings.strip_log import strip_log
from orebook.reports.drawings.svg import Drawing

What = Literal["plan", "section", "log"]

_HALF_WIDTH = {"m": 25.0, "ft": 80.0}
"""How far to either side a section reaches where nobody says it."""


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
    exaggeration: float = 1.0
    width: float = 1180.0
    height: float = 800.0

    def __post_init__(self) -> None:
        if not (200 <= self.width <= 10_000 and 200 <= self.height <= 10_000):
            raise AskedWronglyError("width and height of a drawing are 200 to 10,000 pixels")
        if not 0.1 <= self.exaggeration <= 100:
            raise AskedWronglyError("--exaggeration is from 0.1 to 100 times")
        if self.within is not None and not 0 < self.within < 1e6:
            raise AskedWronglyError("--within is a length above nought")

    def drawn(self, seen: HolesInSpace) -> Drawing:
        """The drawing.

        Raises ``AskedWronglyError`` for a hole, a section or bounds that cannot be, and ``BookError`` for a book
        without holes.
        """
        if self.what == "log":
            return self._log(seen)
        line = self.line(seen) if self.hole or self.section or self.what == "section" else None
        if self.what == "plan" or line is None:
            crs = seen.bench.settings.crs
            high, wide = self.height, self.width
            return plan(seen.collars, seen.points, spoken_of=line, grid_name=crs, width=wide, height=high)
        return self.through(seen, line)

    def through(self, seen: HolesInSpace, line: Section) -> Drawing:
        """The section along a line."""
        grade = seen.grade(self.grades[0] if self.grades else "")
        try:
            classes = seen.classes(grade, self.bounds)
        except ValueError as problem:
            raise AskedWronglyError(f"--bound: {problem}") from None
        return SectionPicture(
            line,
            seen.points,
            classes,
            grade,
            samples=seen.samples,
            intervals=seen.placed_labels,
            domains=seen.domains,
            exaggeration=self.exaggeration,
            width=self.width,
            height=self.height,
        ).draw()

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
                depth=own[key][0] if key in own.columns else None,
                height=self.height,
            )
        except ValueError as problem:
            raise BookError(str(problem)) from None
