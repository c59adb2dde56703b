"""Drilling: what a release on drill results is told: intervals, holes, samples, and the drawings of the ground."""

from collections.abc import Collection, Mapping
from typing import Any

import polars as pl

from orebook.book.bench import Bench
from orebook.book.folder import Book
from orebook.book.making import Done
from orebook.book.problems import BookError
from orebook.desk.answer import AskedWronglyError
from orebook.desk.drafting.asked import Asked
from orebook.desk.drafting.company import company_words
from orebook.desk.drawing.holes_in_space import HolesInSpace
from orebook.desk.drawing.wishes import Wish
from orebook.desk.printing import drilling_making, pages, parts_of
from orebook.reports.drawings.svg import Drawing
from orebook.reports.drilling.pages import highlights_page, richest_intervals
from orebook.reports.layouts import LayoutError
from orebook.reports.printed import Address, Passage, Printed
from orebook.reports.release.composing import Source
from orebook.reports.said import Said, joined, listed

_NEEDS: Mapping[str, str] = {"holes": "collars", "intercepts": "assays", "sampling": "assays"}

_SECTIONS = 2
"""So many sections are drawn when nobody says which: through the holes of the richest intervals."""

_WIDTH, _HEIGHT = 800.0, 500.0
"""How large a drawing is in pixels: its letters are read on paper that is narrower than a screen."""


def needs(asked: Asked, there: Collection[str]) -> list[str]:
    """The results of which the draft is told, by the tables of the book."""
    found = [name for name, table in _NEEDS.items() if table in there]
    if "intercepts" in found and "rules" not in asked.book.settings.result("intercepts"):
        found.remove("intercepts")
        asked.notes.append("no rules of intersections in book.toml: the draft has no table of them")
    return found


def source(asked: Asked, done: Done) -> Source:
    """What a release on drill results is told of a book, from what was made of it."""
    parts = parts_of(done.made, done)
    drawn = _Drawn(asked.book, asked.notes)
    return Source(
        asked.doc,
        "drilling",
        parts,
        lambda name: _page(name, done),
        drawn.drawing,
        {
            **company_words(asked.book, done.settings, asked.day),
            **_intervals(parts, done),
            "several_programmes": _several(parts),
            "assayed": _assayed(parts.get("sampling")),
            "sections": _sections(parts, done),
            "crs": _grid(done),
        },
    )


def _page(name: str, done: Done) -> Printed:
    """A page by its name."""
    try:
        found = pages(name, done)[0]
    except (KeyError, BookError) as problem:
        raise LayoutError(f"nothing of the name {name!r} can be printed here: {problem}") from None
    if not isinstance(found, Printed):
        raise LayoutError(f"{name} is a table of the book, not a page")
    return found


def _intervals(parts: Mapping[str, pl.DataFrame], done: Done) -> dict[str, Any]:
    """The intervals as sentences and in words, the richest first."""
    if "intercepts" not in parts or not parts["intercepts"].height:
        return {"best": [], "highlights": []}
    making = drilling_making(done)
    best = richest_intervals(parts, making)
    said: dict[int | str, Said] = {}
    for part in highlights_page(parts, making).parts:
        if isinstance(part, Passage) and part.kind == "bullet" and part.figures:
            said[part.figures[0].address.row] = Said(part.text, part.figures)
    order = [_row(each) for each in best]
    sentences = [said[row] for row in order if row in said]
    return {"best": best, "highlights": [_ended(each) for each in sentences]}


def _row(words: Mapping[str, "str | Said"]) -> int | str:
    """The row of the book that an interval is."""
    figures = [figure for each in words.values() if isinstance(each, Said) for figure in each.figures]
    return figures[0].address.row if figures else -1


def _ended(said: Said) -> Said:
    """A sentence that ends with a point."""
    return said if said.text.endswith(".") else joined([said, Said(".")], "")


def _several(parts: Mapping[str, pl.DataFrame]) -> bool:
    found = parts.get("holes_programmes")
    return found is not None and found.height > 1


_CONTROLS = {"standard": "standards", "blank": "blanks", "duplicate": "duplicates"}


def _assayed(table: pl.DataFrame | None) -> dict[str, Said]:
    """How many samples there are, and how many controls, in words."""
    if table is None or not table.height:
        return {}
    rows = table.with_row_index("at").to_dicts()
    core = next((row for row in rows if row["kind"] == "core"), None)
    if core is None:
        return {}
    controls = [
        joined([_count(row, "samples"), Said(_CONTROLS[row["kind"]] if row["samples"] > 1 else row["kind"])])
        for row in rows
        if row["kind"] in _CONTROLS
    ]
    return {"samples": _count(core, "samples"), "holes": _count(core, "holes"), "controls": listed(controls)}


def _count(row: Mapping[str, Any], column: str) -> Said:
    return Said.number(f"{row[column]:,}", row[column], Address("sampling", row["at"], column))


def _sections(parts: Mapping[str, pl.DataFrame], done: Done) -> list[dict[str, str]]:
    """The sections to draw: those that book.toml names, or through the holes of the richest intervals."""
    said = done.settings.release.get("sections")
    if isinstance(said, list):
        return [{"of": str(each), "caption": f"Section {each}"} for each in said]
    if "intercepts" not in parts or not parts["intercepts"].height:
        return []
    best = richest_intervals(parts, drilling_making(done))
    holes = list(dict.fromkeys(str(each["hole"]) for each in best))[:_SECTIONS]
    return [{"of": hole, "caption": f"Section through hole {hole}"} for hole in holes]


def _grid(done: Done) -> str:
    crs = done.settings.crs
    return f"Coordinates are on the grid {crs}." if crs else ""


class _Drawn:
    """The drawings that a release asks for; what cannot be drawn is told, and left out."""

    def __init__(self, book: Book, notes: list[str]) -> None:
        self.book, self.notes = book, notes
        self.seen: HolesInSpace | None = None

    def drawing(self, name: str, of: str) -> Drawing | None:
        """The plan, a section through a hole or along a named one, or the log of a hole."""
        if name not in ("plan", "section", "log"):
            raise LayoutError(f"no drawing is called {name!r}; there are plan, section and log")
        try:
            return self._drawn(name, of)
        except (BookError, AskedWronglyError, ValueError) as problem:
            self.notes.append(f"{name}{f' {of}' if of else ''} is not drawn: {problem}")
            return None

    def _drawn(self, name: str, of: str) -> Drawing:
        with self.book.still():
            if self.seen is None:
                self.seen = HolesInSpace(Bench(self.book.settings, self.book.table), self.notes)
            holes = self.seen.collars["hole"].to_list()
            hole = of if of in holes else ""
            if name == "plan":
                return Wish("plan", width=_WIDTH, height=_HEIGHT).drawn(self.seen)
            if name == "log":
                return Wish("log", hole=of, width=_WIDTH, height=_HEIGHT).drawn(self.seen)
            wish = Wish("section", hole=hole, section="" if hole else of, width=_WIDTH, height=_HEIGHT)
            return wish.drawn(self.seen)
