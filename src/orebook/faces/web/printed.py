"""Printed pages for the browser: every cell and every figure in a sentence with the address that tells why it is so."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple
from urllib.parse import urlencode

from orebook.reports.pages import notes
from orebook.reports.printed import Align, Passage, Printed, PrintedRow, PrintedTable, filled


class Piece(NamedTuple):
    """Words, and the way to what stands behind them; none where nothing does."""

    text: str
    why: str = ""


class Cell(NamedTuple):
    """A cell: its words, where they stand in it, how many columns it takes, and the way to what stands behind it."""

    text: str
    align: Align
    span: int
    why: str


class Row(NamedTuple):
    """A row with its kind and depth."""

    kind: str
    depth: int
    cells: list[Cell]


class Block(NamedTuple):
    """Something on the page: a title, heading or paragraph, a list, or a table."""

    kind: str
    pieces: Sequence[list[Piece]] = ()
    table: PrintedTable | None = None
    rows: Sequence[Row] = ()
    notes: Sequence[str] = ()


def way(at: object, text: str = "", *, recorded: bool = False, on: str = "") -> str:
    """The address of the page that tells why a number is so.

    ``recorded`` asks for it as it was written in the book, ``on`` as it stood on a day.

    >>> way("intercepts[0].au_gpt", "1.25")
    '/why?at=intercepts%5B0%5D.au_gpt&said=1.25'
    """
    said = {"at": str(at), "said": text, "recorded": "1" if recorded else "", "on": on}
    return f"/why?{urlencode({name: value for name, value in said.items() if value})}"


def blocks(printed: Printed) -> Iterator[Block]:
    """Yield what stands on a page; bullets that follow one another are one list."""
    bullets: list[list[Piece]] = []
    for part in printed.parts:
        if isinstance(part, Passage) and part.kind == "bullet":
            bullets.append(pieces(part))
            continue
        if bullets:
            yield Block("list", bullets)
            bullets = []
        if isinstance(part, Passage):
            yield Block(part.kind, [pieces(part)])
        else:
            yield Block("table", table=part, rows=[_row(row, part) for row in part.rows], notes=notes(part))
    if bullets:
        yield Block("list", bullets)


def pieces(passage: Passage) -> list[Piece]:
    """The words of a passage, its figures apart.

    >>> from orebook.reports.printed import Address, Spoken
    >>> [piece.text for piece in pieces(Passage("12 holes.", figures=(Spoken(0, 2, 12, Address("holes", 0, "n")),)))]
    ['12', ' holes.']
    """
    found, at = [], 0
    for figure in sorted(passage.figures, key=lambda figure: figure.start):
        if figure.start < at:
            continue
        words = passage.text[figure.start : figure.end]
        found += [Piece(passage.text[at : figure.start]), Piece(words, way(figure.address, words))]
        at = figure.end
    return [piece for piece in (*found, Piece(passage.text[at:])) if piece.text]


def _row(row: PrintedRow, table: PrintedTable) -> Row:
    width = len(table.columns)
    given = row.cells if row.kind == "words" else filled(row, width)
    last = len(given) - 1
    cells = []
    for at, (cell, column) in enumerate(zip(given, table.columns, strict=False)):
        span = width - last if row.kind == "words" and at == last else 1
        why = way(cell.address, cell.text) if cell.address is not None and cell.text else ""
        cells.append(Cell(cell.text, "left" if span > 1 else column.align, span, why))
    return Row(row.kind, row.depth, cells)
