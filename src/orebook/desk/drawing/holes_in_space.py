"""Holes in space: what every drawing of the ground begins with, worked out once for all drawings of a book."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import polars as pl

from orebook.book.bench import Bench
from orebook.book.folder import Book
from orebook.book.journal import steps
from orebook.book.prepared import core_samples, laid_paths, words
from orebook.book.problems import BookError
from orebook.book.results.intercepts import sought
from orebook.disciplines.drilling.surveying.path import Paths
from orebook.ground.schema import grades as grade_columns
from orebook.reports.drawings.blocks_in_space import BlocksInSpace
from orebook.reports.drawings.grade_classes import GradeClasses, proposed
from orebook.reports.drawings.grade_classes import spoken as spoken
from orebook.reports.drawings.outlines import Outline, outlines_of
from orebook.reports.drawings.section import intersection_labels
from orebook.reports.drilling.heads import head, symbol

_STEP = {"m": 10.0, "ft": 30.0}
"""How far apart the points of a trace are, in the unit of the book."""

_DECIMALS = 2
_FEW = 5


@dataclass
class HolesInSpace:
    """The holes of a book as drawings need them, in its grid and its unit of lengths.

    ``bench`` holds the tables; what is not there is nothing. ``source`` says below a drawing what it was made from,
    ``model`` names the block model where the book has several.
    """

    bench: Bench
    remarks: list[str] = field(default_factory=list)
    source: str = ""
    model: str = ""
    _classes: dict[str, GradeClasses] = field(default_factory=dict, init=False, repr=False)

    @property
    def unit(self) -> str:
        """The unit of lengths."""
        return self.bench.settings.length

    @cached_property
    def collars(self) -> pl.DataFrame:
        """One row for each hole."""
        return self.bench.need("collars", "drawings").drop("row")

    @cached_property
    def paths(self) -> Paths:
        """The courses of the holes; those without a direction are left out and told, where the book does not say more.

        A result stops at such holes, because what it says of all would be wrong; a drawing shows the others.
        """
        said = self.bench.settings.desurvey
        if "no_survey" in said:
            return laid_paths(self.bench)
        leaving = replace(self.bench.settings, desurvey={**said, "no_survey": "collar"})
        paths = laid_paths(Bench(leaving, self.bench.open))
        if without := sorted(set(self.collars["hole"].to_list()) - set(paths.names.to_list())):
            count = "hole has" if len(without) == 1 else "holes have"
            some = ", ".join(without[:_FEW]) + (" …" if len(without) > _FEW else "")
            self.remarks.append(f"{len(without)} {count} no direction and no trace: {some}")
        return paths

    @cached_property
    def points(self) -> pl.DataFrame:
        """Points along every hole."""
        return self.paths.trace(_STEP[self.unit])

    @cached_property
    def core(self) -> pl.DataFrame | None:
        """The samples along the holes."""
        return None if self.bench.table("assays") is None else core_samples(self.bench).drop("row")

    @cached_property
    def samples(self) -> pl.DataFrame | None:
        """The samples with the positions of both ends."""
        return None if self.core is None else self.placed(self.core)

    @cached_property
    def domains(self) -> pl.DataFrame | None:
        """The stretches of holes that lie in zones, with the positions of both ends."""
        table = self.bench.table("domains")
        return None if table is None else self.placed(table.drop("row"))

    def placed(self, table: pl.DataFrame) -> pl.DataFrame:
        """Intervals with the positions of both ends: ``from_easting_m`` and so on."""
        ends = self.paths.ends(table)
        axes = ("easting", "northing", "elevation")
        names = {f"{axis}_{end}_{self.unit}": f"{end}_{axis}_{self.unit}" for axis in axes for end in ("from", "to")}
        return table.with_columns(ends[old].alias(new) for old, new in names.items())

    @cached_property
    def blocks(self) -> BlocksInSpace | None:
        """The block model; nothing where the book has none.

        Raises ``BookError`` where it has several, which cannot be drawn over one another.
        """
        table = self.bench.table("blocks")
        if table is None or not table.height:
            return None
        models = [] if "model" not in table.columns else table["model"].drop_nulls().unique().sort().to_list()
        if self.model and self.model not in models:
            raise BookError(
                f"there is no block model {self.model!r}; there are {', '.join(models[:8]) or 'none named'}"
            )
        if len(models) > 1 and not self.model:
            raise BookError(f"the book has the block models {', '.join(models[:8])}; say --blocks model={models[0]}")
        return BlocksInSpace.of(table.filter(pl.col("model") == self.model) if self.model else table)

    def block_grade(self, asked: str, grade: str) -> str:
        """The column of grades of the blocks: the one that is asked for, else that of the samples, if they have it.

        Raises ``BookError`` for one that the blocks do not have.
        """
        held = self.blocks
        if held is None:
            if asked:
                raise BookError("this book has no blocks; orebook add FILE brings a block model")
            return ""
        if asked and asked not in held.grades:
            raise BookError(f"{asked} is no grade of the blocks; they have {', '.join(held.grades) or 'none'}")
        if not asked and grade not in held.grades:
            if held.grades:
                said = (
                    f"blocks have {', '.join(held.grades)} and no {grade or 'grade'}; --blocks grade=COLUMN shows one"
                )
                self.remarks.append(said)
            return ""
        return asked or grade

    @cached_property
    def outlines(self) -> list[Outline]:
        """Claims, zones, targets, pits, roads and whatever else lies on the map."""
        return outlines_of(self.bench.table("outlines"))

    @cached_property
    def topography(self) -> pl.DataFrame | None:
        """Points of the ground."""
        table = self.bench.table("topography")
        return table if table is not None and table.height else None

    @cached_property
    def grades(self) -> list[str]:
        """The columns of grades that drawings may show: those of the rules first, then the others of the samples."""
        settings = self.bench.settings
        carried = words(settings.result("intercepts"), "carry")
        there = [] if self.core is None else grade_columns(self.core.columns)
        first = [name for name in carried if name in there]
        return list(dict.fromkeys([*first, *there]))

    def grade(self, asked: str = "") -> str:
        """The column of grades to show: the one that is asked for, else the first.

        Raises ``BookError`` for one that the samples do not have.
        """
        if asked and asked not in self.grades:
            raise BookError(f"{asked} is no column of grades; there are {', '.join(self.grades) or 'none'}")
        return asked or next(iter(self.grades), "")

    def classes(self, grade: str, bounds: Sequence[float] = ()) -> GradeClasses:
        """The classes of a grade: between the bounds that are given, or as they tell the grades of the book apart."""
        if bounds:
            return GradeClasses(tuple(bounds), *spoken(grade))
        if grade not in self._classes:
            self._classes[grade] = self._proposed(grade)
        return self._classes[grade]

    def _proposed(self, grade: str) -> GradeClasses:
        """The classes that tell the grades of the book apart."""
        label, unit = spoken(grade)
        if self.core is not None and grade in self.core.columns:
            return proposed(self.core[grade].drop_nulls().to_numpy(), label, unit)
        held = self.bench.table("blocks") is not None and self.blocks
        return proposed(held.grades[grade] if held and grade in held.grades else [], label, unit)

    @cached_property
    def labelled(self) -> pl.DataFrame | None:
        """The significant intersections with their labels; nothing where the book has no rules for them."""
        if not words(self.bench.settings.result("intercepts"), "rules") or self.core is None:
            return None
        found = sought(self.bench)
        table = found.intervals
        shown = [name for name in words(self.bench.settings.result("intercepts"), "carry") if name in table.columns]
        on = found.profile[0].on
        heads = {name: head(name) for name in (shown or [on])[:2]}
        names = {
            name: (f"{symbol(one.unit)} {one.words}", _DECIMALS if one.decimals is None else one.decimals)
            for name, one in heads.items()
        }
        return intersection_labels(table, names, on=on)

    @cached_property
    def placed_labels(self) -> pl.DataFrame | None:
        """The labelled intersections with the positions of both ends."""
        if self.labelled is None or not self.labelled.height:
            return None
        unit = self.unit
        return self.placed(self.labelled.select("hole", f"from_{unit}", f"to_{unit}", "label"))


def holes_in_space(book: Book, model: str = "") -> HolesInSpace:
    """The holes of a book, from its tables as they stand."""
    done = [step for step in steps(book.folder) if step.writes]
    day = f", as of {done[-1].at[:10]} (step {done[-1].number} of its journal)" if done else ""
    source = f"Source: book of {book.settings.issuer.rstrip('.')}{day}."
    return HolesInSpace(Bench(book.settings, book.table), source=source, model=model)
