"""Analyte columns: the columns of a file that hold grades, by what their heads say, and what stands beside them."""

from collections.abc import Mapping

from orebook.book.importing.beside import beside
from orebook.book.importing.content import Look
from orebook.book.importing.draft import Draft, plain, told
from orebook.book.importing.heads import analyte, grade_unit
from orebook.book.importing.mapping import BESIDE
from orebook.book.importing.metal_heads import metal_head

_LETTERS = ("B", "C", "F", "I", "N")
"""Elements whose symbols head columns of every kind; they are analytes only where a unit stands beside them."""


def take_companions(draft: Draft) -> None:
    """Columns of a book that stand beside a grade: below or above a limit, the word for no value."""
    for at in draft.free():
        said = draft.raw.header[at].strip()
        grade, _ = beside(said)
        if grade and grade in draft.raw.header:
            draft.take(at, said, BESIDE, f"stands beside {grade}")


def take_metals(draft: Draft) -> None:
    """Columns of metals that say their unit: grades, recoveries, masses."""
    first: dict[str, int] = {}
    for at in draft.free():
        column = metal_head(draft.raw.header[at], draft.raw.units[at])
        if not column:
            continue
        if draft.has(column):
            _ask_which(draft, first, at, column)
            continue
        first[column] = at
        draft.take(at, column, "name", f"the head names {column}")


def take_analytes(draft: Draft, unit: str) -> None:
    """Columns of grades: an analyte, its unit, and the method between."""
    first: dict[str, int] = {}
    for at in draft.free():
        said = analyte(draft.raw.header[at], draft.raw.units[at])
        if said is None or (not said.unit and not _is_likely(said.symbol, draft.looks[at])):
            continue
        head = draft.raw.heads()[at]
        if not said.unit and not unit:
            name = (said._replace(unit="%").column(), said._replace(unit="ppm").column())
            if draft.kind.metals:
                name = (name[0], f"{name[0].removesuffix('_pct')}_lb")
            what = f"the head {head!r} names no unit"
            draft.ask(f"unit:{head}", what, f"say --column {head}={name[0]} or --column {head}={name[1]}")
            draft.take(at, "", "none", f"{said.symbol} without a unit")
            continue
        column = said.column() if said.unit else said._replace(unit=grade_unit(unit)).column()
        if column in first or draft.has(column):
            _ask_which(draft, first, at, column)
            continue
        first[column] = at
        how = f"the head names {said.symbol} in {said.unit}" if said.unit else f"the head names {said.symbol}"
        draft.take(at, column, "name", how + (f" by {said.method}" if said.method else ""))


def _ask_which(draft: Draft, first: Mapping[str, int], at: int, column: str) -> None:
    """Ask which of two columns it is, unless one of them was given."""
    rival = first.get(column, next((i for i, match in draft.found.items() if match.column == column), at))
    if draft.found[rival].how != "given":
        what = f"{told(draft, rival)} and {told(draft, at)} both claim to be {column}"
        example = f"{plain(draft, rival)}={column} and {plain(draft, at)}=leave"
        draft.ask(f"column:{column}", what, f"say which it is, such as {example}")
    draft.take(at, "", "none", f"{told(draft, rival)} is {column}")


def _is_likely(symbol: str, look: Look) -> bool:
    """Whether a head without a unit is an analyte: numbers stand below it, and it is more than a letter of the ABC."""
    return symbol not in _LETTERS and look.number_or_token_share >= 0.5
