"""Hole view: what the page of a hole shows: its collar and surveys, its log, its intersections, its samples."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from orebook.desk.answer import AskedWronglyError, did_you_mean
from orebook.desk.drawing.holes_in_space import HolesInSpace, spoken
from orebook.desk.drawing.wishes import Wish
from orebook.faces.web.shelf import Shelf
from orebook.faces.web.space.held import Held, held
from orebook.faces.web.space.hole_rows import shown_columns, value_said
from orebook.faces.web.space.section_view import shown_grades
from orebook.ground.schema import ABOVE, BELOW, ORIGIN, TOKEN, grades
from orebook.reports.drawings.svg import Drawing

_PAGE = 50
"""So many samples stand on one page."""

_PIXELS = 5.0
_LOW, _HIGH = 700.0, 2400.0
"""A log has so many pixels for a metre, and is at least and at most so high."""


@dataclass(frozen=True)
class Rows:
    """A table of words: its heads, which of them hold numbers, and its rows."""

    heads: Sequence[str]
    numbers: Sequence[bool]
    rows: Sequence[Sequence[str]]
    found: int = 0
    page: int = 1

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return max(1, -(-self.found // _PAGE))


@dataclass(frozen=True)
class HoleView:
    """A hole as its page shows it, with the one before and the next in the order of the collars."""

    held: Held
    hole: str
    row: Mapping[str, object]
    before: str
    after: str

    @property
    def seen(self) -> HolesInSpace:
        """The holes."""
        return self.held.seen

    @property
    def facts(self) -> list[tuple[str, str]]:
        """What the collar says, and where the hole ends."""
        found = [
            (each.head, value_said(each.name, self.row[each.name]))
            for each in shown_columns(self.seen)
            if each.name in self.row and each.name != "hole" and self.row[each.name] is not None
        ]
        return [*found, *self._end()]

    def _end(self) -> list[tuple[str, str]]:
        """Where the last point of the trace lies."""
        unit = self.seen.unit
        own = self.seen.points.filter(pl.col("hole") == self.hole).sort(f"depth_{unit}").tail(1)
        if not own.height:
            return [("course", "has no direction, so it is on no drawing")]
        east, north, up, deep = own.select(
            f"{name}_{unit}" for name in ("easting", "northing", "elevation", "depth")
        ).row(0)
        if None in (east, north):
            return []
        height = "" if up is None else f", elevation {up:,.1f}"
        return [("trace ends at", f"{east:,.1f} E, {north:,.1f} N{height} ({deep:,.2f} {unit} down the hole)")]

    def log(self, grade: str = "") -> Drawing | None:
        """The log; nothing where no table says anything of the hole."""
        if not any(self._has(name) for name in _LOGGED):
            return None
        unit = self.seen.unit
        ends = [self.rows_of(name)[f"to_{unit}"].cast(pl.Float64).alias("to") for name in _LOGGED if self._has(name)]
        deep = pl.concat(ends).fill_nan(None).max() or 0.0
        assert isinstance(deep, float)
        high = min(max(deep * _PIXELS * (1.0 if unit == "m" else 0.3048), _LOW), _HIGH)
        chosen = tuple(each for each in dict.fromkeys((grade, *self.seen.grades)) if each)[:2]
        with self.held.lock:
            return Wish("log", hole=self.hole, grades=chosen, height=high).drawn(self.seen)

    def _has(self, table: str) -> bool:
        return self.rows_of(table).height > 0

    def rows_of(self, table: str) -> pl.DataFrame:
        """The rows of the hole in a table of the book; without columns where there is none."""
        found = self.seen.bench.table(table)
        if found is None or "hole" not in found.columns:
            return pl.DataFrame()
        return found.filter(pl.col("hole") == self.hole).drop("row", "hole", *ORIGIN, strict=False)

    def surveys(self) -> Rows:
        """The surveys by depth."""
        own = self.rows_of("surveys")
        return said(own.sort(f"depth_{self.seen.unit}") if own.height else own)

    def intersections(self) -> tuple[list[str], list[dict[str, object]]]:
        """The heads of the grades, and the significant intersections from above to below."""
        unit, seen = self.seen.unit, self.seen
        if seen.labelled is None:
            return [], []
        own = seen.labelled.filter(pl.col("hole") == self.hole).sort(f"from_{unit}", "level")
        shown = shown_grades(seen, own.columns)
        rows = [
            {
                "from": row[f"from_{unit}"],
                "to": row[f"to_{unit}"],
                "length": row[f"length_{unit}"],
                "level": int(row["level"] or 0),
                "relation": row["relation"] or "",
                "rule": row["rule"],
                "grades": [row[name] for name in shown],
            }
            for row in own.iter_rows(named=True)
        ]
        return [" ".join(reversed(spoken(name))) for name in shown], rows

    def assays(self, page: int) -> Rows:
        """A page of the samples by depth; values below detection or over the range stand with their sign."""
        own = self.rows_of("assays")
        if not own.height:
            return said(own)
        own = own.sort(f"from_{self.seen.unit}", maintain_order=True, nulls_last=True)
        page = min(max(page, 1), -(-own.height // _PAGE))
        return said(own.slice((page - 1) * _PAGE, _PAGE), found=own.height, page=page)


_LOGGED = ("assays", "lithology", "domains")


def said(table: pl.DataFrame, *, found: int = 0, page: int = 1) -> Rows:
    """A table in words, empty columns left out, the companions of a grade written with it.

    >>> rows = {"from_m": [0.0, 1.0], "au_gpt": [0.05, 2.5], "au_gpt_below": [True, False], "note": [None, None]}
    >>> said(pl.DataFrame(rows)).rows
    [['0', '<0.05'], ['1', '2.5']]
    """
    known = set(grades(table.columns))
    companions = {f"{name}{end}" for name in known for end in (BELOW, ABOVE, TOKEN)}
    kept = [name for name in table.columns if name not in companions and table[name].null_count() < table.height]
    heads = [", ".join(filter(None, spoken(name))) if name in known else _head(name) for name in kept]
    rows = [[_cell(row, name, name in known) for name in kept] for row in table.iter_rows(named=True)]
    return Rows(heads, [table[name].dtype.is_numeric() for name in kept], rows, found or table.height, page)


def _head(column: str) -> str:
    name, _, unit = column.rpartition("_")
    units = {"m": "m", "ft": "ft", "deg": "°"}
    return f"{name}, {units[unit]}" if name and unit in units else column.replace("_", " ")


def _cell(row: Mapping[str, object], name: str, grade: bool) -> str:
    value = row[name]
    if not grade:
        return f"{value:.6g}" if isinstance(value, float) else value_said("", value)
    if value is None:
        return str(row.get(f"{name}{TOKEN}") or "")
    sign = "<" if row.get(f"{name}{BELOW}") else ">" if row.get(f"{name}{ABOVE}") else ""
    return f"{sign}{value:.6g}"


def hole_view(shelf: Shelf, hole: str) -> HoleView:
    """The hole that is asked for.

    Raises ``AskedWronglyError`` for one that is not there.
    """
    one = held(shelf)
    names = one.seen.collars["hole"].to_list()
    if hole not in names:
        instead = did_you_mean(hole, names) or f"; there are {', '.join(names[:5])}{' …' if len(names) > 5 else ''}"
        raise AskedWronglyError(f"no hole is called {hole!r}{instead}")
    at = names.index(hole)
    row = one.seen.collars.row(at, named=True)
    return HoleView(one, hole, row, names[at - 1] if at else "", names[at + 1] if at + 1 < len(names) else "")
