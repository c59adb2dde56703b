"""Held: the holes of the book in space, laid once for all pages and browsers, and the lines that sections run along."""

from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from threading import RLock, Thread

import polars as pl

from orebook.book.folder import Book
from orebook.book.problems import BookError
from orebook.book.results.intercepts import profile_of
from orebook.book.store import file_of
from orebook.desk.answer import AskedWronglyError
from orebook.desk.drawing.holes_in_space import HolesInSpace, holes_in_space
from orebook.desk.drawing.lines import named_sections, sections_across
from orebook.disciplines.drilling.surveying.sections import Section
from orebook.faces.web.shelf import Shelf
from orebook.ground.needs import MissingError

HALF_WIDTH = {"m": 25.0, "ft": 80.0}
"""How far to either side a section reaches until somebody says otherwise, in the unit of the book."""


@dataclass
class Held:
    """The holes of a book, its block models, and a lock for what is drawn of them: one after the other is quicker."""

    seen: HolesInSpace
    models: tuple[str, ...] = ()
    lock: RLock = field(default_factory=RLock)


@dataclass(frozen=True)
class Lines:
    """The sections of a book: those that the collars name, and those side by side through all collars."""

    named: tuple[Section, ...]
    across: tuple[Section, ...]


def has_holes(shelf: Shelf) -> bool:
    """Whether the book has collars."""
    return file_of(shelf.book.folder, "collars") is not None


def begins(shelf: Shelf) -> None:
    """Begin to lay the holes while nobody asks yet; whoever asks meanwhile waits for the rest of it only.

    What is wrong with them is said to who asks.
    """

    def lay() -> None:
        with suppress(BookError, AskedWronglyError, MissingError):
            if has_holes(shelf):
                held(shelf)

    Thread(target=lay, name="orebook-holes", daemon=True).start()


def held(shelf: Shelf, model: str = "") -> Held:
    """The holes of the book with one of its block models, the first where none is said.

    All that drawings share is worked out before the first of them is answered. Raises ``BookError`` for a model that
    is not there.
    """
    first = shelf.kept("holes in space", partial(_laid, ""))
    if not model or model == first.seen.model or (len(first.models) == 1 and model == first.models[0]):
        return first
    return shelf.kept(("holes in space", model), partial(_laid, model))


def _laid(model: str, book: Book) -> Held:
    with book.still():
        seen = holes_in_space(book, model)
        models = _models(seen.bench.table("blocks"))
        if len(models) > 1 and not model:
            seen = replace(seen, model=models[0])
        for part in ("points", "samples", "domains", "grades", "placed_labels", "blocks", "outlines", "topography"):
            getattr(seen, part)
    return Held(seen, models)


def _models(blocks: pl.DataFrame | None) -> tuple[str, ...]:
    """The names of the block models of a book."""
    if blocks is None or "model" not in blocks.columns:
        return ()
    return tuple(blocks["model"].drop_nulls().unique().sort().to_list())


def lines(shelf: Shelf, half_width: float, azimuth: float | None = None) -> Lines:
    """The sections of the book at a width, in a direction or along the mean course of the holes."""
    turned = None if azimuth is None else round(azimuth % 360.0, 2)
    return shelf.kept(("lines", half_width, turned), partial(_lines, held(shelf).seen, half_width, turned))


def _lines(seen: HolesInSpace, half_width: float, azimuth: float | None, _: Book) -> Lines:
    return Lines(
        tuple(named_sections(seen.collars, seen.points, half_width=half_width)),
        tuple(sections_across(seen.collars, seen.points, half_width=half_width, azimuth=azimuth)),
    )


def cutoff_of_the_rules(seen: HolesInSpace, grade: str) -> float | None:
    """The cut-off that the rules of the book have for a grade; nothing where they have none for it."""
    if seen.labelled is None:
        return None
    try:
        first = profile_of(seen.bench.settings)[0]
    except BookError:
        return None
    return first.cutoff if first.on == grade else None
