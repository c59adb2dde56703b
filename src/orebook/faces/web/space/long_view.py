"""Long view: what the page of a long section shows: all holes along their strike, or where holes pierced a zone."""

from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import ClassVar

import numpy as np
import polars as pl

from orebook.book.folder import Book
from orebook.book.problems import BookError
from orebook.desk.answer import AskedWronglyError, did_you_mean
from orebook.desk.drawing.holes_in_space import HolesInSpace
from orebook.desk.drawing.lines import ALL_HOLES as EVERY_HOLE
from orebook.desk.drawing.lines import along_strike
from orebook.desk.drawing.pierced import Pierced, pierced, plane_along
from orebook.desk.drawing.wishes import Wish
from orebook.faces.web.shelf import Shelf
from orebook.faces.web.space.asked import ALL_HOLES, HOLE, NAME, PRODUCT, ZONE, Asked
from orebook.faces.web.space.held import HALF_WIDTH, Held, Lines, held
from orebook.faces.web.space.section_view import Option, SectionView, graded
from orebook.reports.drawings.grade_classes import GradeClasses, proposed, spoken
from orebook.reports.drawings.histogram import histogram
from orebook.reports.drawings.svg import Drawing


@dataclass(frozen=True)
class LongView(SectionView):
    """A long section of all holes: they are seen square to a line along their strike."""

    path: ClassVar[str] = "/sections/long"
    known: ClassVar[str] = "long section"

    @property
    def show(self) -> str:
        """What it shows, in the words of an address."""
        return ALL_HOLES

    @property
    def name(self) -> str:
        """What the section is called."""
        return f"Long section of {EVERY_HOLE}"

    @property
    def on_the_map(self) -> str:
        """The address of the map with the line of it."""
        return Asked(line=self.place, within=self.line.half_width or HALF_WIDTH[self.seen.unit]).address("/map")

    def drawn(self, wish: Wish) -> Drawing:
        """What a wish for it gives."""
        return wish.through(self.seen, self.line, self.name)

    def neighbours(self) -> tuple[str, str]:
        """The addresses of the long section before this one and after it; empty where there is none."""
        known = ["", *(each.line for group in self.options() for each in group), ""]
        at = known.index(self.show)
        before, after = (
            self.asked.address(self.path, show=show, line="", azimuth=None, reach=None, within=None) if show else ""
            for show in (known[at - 1], known[at + 1])
        )
        return before, after

    def options(self) -> tuple[list[Option], list[Option]]:
        """What can be shown: all holes, and the zones."""
        first = [Option(ALL_HOLES, EVERY_HOLE, self.show == ALL_HOLES)]
        return first, [Option(f"{ZONE}{each}", each, self.show == f"{ZONE}{each}") for each in zones(self.seen)]


@dataclass(frozen=True)
class ZoneView(LongView):
    """A long section of a zone: the points where holes pierced it, on a plane along it."""

    of_zone: ClassVar[bool] = True
    found: Pierced

    @property
    def show(self) -> str:
        """What it shows, in the words of an address."""
        return f"{ZONE}{self.found.zone}"

    @property
    def name(self) -> str:
        """What the section is called."""
        return f"Long section of {self.found.zone}"

    @property
    def told(self) -> str:
        """How one looks at it."""
        near = f", traces within {self.line.half_width:g} {self.seen.unit}" if self.line.half_width else ""
        return f"where holes pierced it, looking {self.looking}{near}"

    def drawn(self, wish: Wish) -> Drawing:
        """What a wish for it gives."""
        return wish.along(self.seen, self.found, self.line)

    @property
    def block_grade(self) -> str:
        """The column of grades of the blocks; none beside grade times thickness."""
        return "" if self.asked.by == PRODUCT else super().block_grade

    @cached_property
    def grades(self) -> np.ndarray:
        """The values of the points."""
        return self.found.table["value"].cast(pl.Float64).fill_null(float("nan")).to_numpy()

    def spread(self) -> Drawing:
        """How the values of the points are spread."""
        return histogram(self.grades, self.classes, of="intersections")

    def summary(self) -> list[tuple[str, str]]:
        """What is shown, in a few words."""
        table = self.found.table
        said = [("intersections", f"{table.height:,}"), ("holes", f"{table['hole'].n_unique():,}")]
        known = table.filter(pl.col("value").is_not_null() & pl.col("value").is_not_nan())
        if known.height:
            best = known.sort("value", descending=True).row(0, named=True)
            label = " ".join(filter(None, (self.classes.unit, self.classes.label)))
            said.append(("richest", f"{best['hole']}, {best['value']:.4g} {label}"))
        if without := table.height - known.height:
            said.append(("without a grade", f"{without:,}"))
        thick = table.sort("thick", descending=True, nulls_last=True).row(0, named=True)
        return [*said, ("thickest", f"{thick['hole']}, {thick['thick']:.1f} {self.seen.unit}")]

    def intervals(self) -> tuple[list[str], list[dict[str, object]]]:
        """The heads of what is told of the intersections, and they by hole."""
        unit, found, graded_by = self.seen.unit, self.found, self.grade in self.found.table.columns
        told = {f"{unit} true": "thick"} if found.true else {}
        told |= {" ".join(reversed(spoken(self.grade))): self.grade} if graded_by else {}
        told |= {f"{found.unit} {found.label}": "value"} if self.asked.by == PRODUCT else {}
        rows = []
        for row in found.table.sort("hole", f"from_{unit}").iter_rows(named=True):
            start, end = row[f"from_{unit}"], row[f"to_{unit}"]
            said = {"hole": row["hole"], "from": start, "to": end, "length": end - start, "level": 0}
            rows.append({**said, "grades": [row[name] for name in told.values()]})
        return list(told), rows


def zones(seen: HolesInSpace) -> list[str]:
    """The zones that holes pierced."""
    if seen.domains is None:
        return []
    return [str(each) for each in seen.domains["zone"].drop_nulls().unique().sort().to_list()]


def long_view(shelf: Shelf, asked: Asked) -> LongView:
    """The long section that is asked for; of the zone that was pierced most often where none is, else of all holes.

    Raises ``AskedWronglyError`` and ``BookError`` for a zone, a plane, a grade or bounds that cannot be.
    """
    one = held(shelf, asked.model)
    known = zones(one.seen)
    show = asked.show or (f"{ZONE}{_most_pierced(one.seen, known)}" if known else ALL_HOLES)
    if show == ALL_HOLES:
        return _of_all(one, asked)
    zone = show.removeprefix(ZONE)
    if not show.startswith(ZONE) or zone not in known:
        raise AskedWronglyError(f"no zone is called {zone!r}{did_you_mean(zone, known)}")
    if asked.by not in ("", PRODUCT):
        raise AskedWronglyError(f"by: {asked.by!r} is nothing to colour points by; write {PRODUCT}, or leave it out")
    try:
        return _of_zone(shelf, one, asked, zone)
    except BookError:
        if asked.show:
            raise
        return _of_all(one, asked)  # a zone that nobody asked for, of which nothing can be placed


def _most_pierced(seen: HolesInSpace, known: list[str]) -> str:
    """The zone with most stretches of holes in it, the first of them by name."""
    assert seen.domains is not None  # its zones are known
    counts = dict(seen.domains["zone"].cast(pl.String).value_counts().iter_rows())
    return max(known, key=lambda each: counts.get(each, 0))


def _of_all(one: Held, asked: Asked) -> LongView:
    """The long section of all holes."""
    seen, place = one.seen, _place(asked)
    line = along_strike(
        seen.collars,
        seen.points,
        half_width=asked.within,
        azimuth=_azimuth(asked),
        through=None if place is None else place[:2],
    )
    return LongView(one, asked, line, Lines((), ()), *graded(seen, asked))


def _of_zone(shelf: Shelf, one: Held, asked: Asked, zone: str) -> ZoneView:
    """The long section of a zone."""
    seen, place = one.seen, _place(asked)
    grade, _, cutoff = graded(seen, asked)
    found = shelf.kept(("pierced", zone, grade, asked.by), partial(_pierced, seen, zone, grade, asked.by))
    plane = plane_along(seen, found, _azimuth(asked), asked.within or 0.0)
    if place is not None:
        plane = replace(plane, easting=place[0], northing=place[1])
    if asked.bounds:
        classes = GradeClasses(asked.bounds, found.label, found.unit)
    else:
        classes = proposed(found.table["value"].drop_nulls().to_numpy(), found.label, found.unit)
    return ZoneView(one, asked, plane, Lines((), ()), grade, classes, cutoff, found)


def _place(asked: Asked) -> tuple[float, float, float] | None:
    """Easting, northing and azimuth of the line that is asked for; nothing where none is."""
    if asked.line.startswith((HOLE, NAME)):
        raise AskedWronglyError("line: a long section runs along easting,northing,azimuth, or as the holes lie")
    return asked.place()


def _azimuth(asked: Asked) -> float | None:
    """The direction that is asked for, by itself or with a line."""
    place = _place(asked)
    if asked.azimuth is not None:
        return asked.azimuth % 360.0
    return None if place is None else place[2]


def _pierced(seen: HolesInSpace, zone: str, grade: str, by: str, _: Book) -> Pierced:
    return pierced(seen, zone, grade, product=by == PRODUCT)
