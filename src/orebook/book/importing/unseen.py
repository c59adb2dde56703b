"""Columns that were empty where a file was looked at first: what they hold further down is kept, or said to be left."""

from dataclasses import replace

from orebook.book.files import LINE, Loaded
from orebook.book.importing.mapping import EMPTY, KEPT_IF_ANY, ColumnMapping, Match


def unseen(mapping: ColumnMapping) -> tuple[Match, ...]:
    """The columns that stay behind of which nothing is known but that they were empty where they were looked at."""
    return tuple(match for match in mapping.left() if match.why == EMPTY)


def without_empty(mapping: ColumnMapping, loaded: Loaded) -> ColumnMapping:
    """A mapping without the columns that would be kept and hold nothing at all."""
    none = {match.index for match in mapping.taken() if match.why == KEPT_IF_ANY and _held(match, loaded) == 0}
    matches = (
        replace(match, column="", how="none", why=EMPTY) if match.index in none else match for match in mapping.matches
    )
    return replace(mapping, matches=tuple(matches))


def remark(match: Match, loaded: Loaded) -> str:
    """What is said of a column that looked empty and is not; nothing where it is.

    >>> import polars as pl
    >>> found = Loaded(pl.DataFrame({LINE: [2, 3], "4": [None, "faulted"]}), pl.DataFrame(), 0)
    >>> remark(Match(4, "E", "", "none", EMPTY), found)
    "the column 'E' means nothing to a book and was left out: 1 cell holds something, first 'faulted' on line 3"
    """
    held = _held(match, loaded)
    if not held:
        return ""
    line, cell = loaded.frame.select(LINE, str(match.index)).drop_nulls().row(0)
    said = f"{held:,} {'cell holds' if held == 1 else 'cells hold'} something, first {str(cell)!r} on line {line}"
    return f"the column {match.head!r} means nothing to a book and was left out: {said}"


def _held(match: Match, loaded: Loaded) -> int:
    cells = loaded.frame[str(match.index)]
    return len(cells) - cells.null_count()
