"""Printed pages for the browser: every cell and every figure in a sentence with the address that tells why it is so."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from urllib.parse import urlencode

from orebook.reports.pages import notes
from orebook.reports.printed import Align, Passage, Printed, PrintedRow, PrintedTable, Spoken, filled
from orebook.reports.release.draft import Draft, Plate

_GAP = re.compile(r"(\[to be completed: [^\[\]]{1,400}\])")
"""What only a person can say and nobody has said yet."""


class Piece(NamedTuple):
    """Words, and the way to what stands behind them; none where nothing does. A ``gap`` is for a person to fill."""

    text: str
    why: str = ""
    gap: bool = False


class Cell(NamedTuple):
    """A cell: its words, where they stand in it, how many columns it takes, and the way to what stands behind it.

    One of several numbers has them as ``pieces``.
    """

    text: str
    align: Align
    span: int
    why: str
    pieces: Sequence[Piece] = ()


class Row(NamedTuple):
    """A row with its kind and depth."""

    kind: str
    depth: int
    cells: list[Cell]


class Block(NamedTuple):
    """Something on the page: a title, heading or paragraph, a list, a table, or a picture.

    ``at`` is the number of the part of the page that it is, the first one of a list.
    """

    kind: str
    pieces: Sequence[list[Piece]] = ()
    table: PrintedTable | None = None
    rows: Sequence[Row] = ()
    notes: Sequence[str] = ()
    plate: Plate | None = None
    at: int = 0


def way(at: object, text: str = "", *, recorded: bool = False, on: str = "") -> str:
    """The address of the page that tells why a number is so.

    ``recorded`` asks for it as it was written in the book, ``on`` as it stood on a day.

    >>> way("intercepts[0].au_gpt", "1.25")
    '/why?at=intercepts%5B0%5D.au_gpt&said=1.25'
    """
    said = {"at": str(at), "said": text, "recorded": "1" if recorded else "", "on": on}
    return f"/why?{urlencode({name: value for name, value in said.items() if value})}"


def blocks(printed: Printed | Draft) -> Iterator[Block]:
    """Yield what stands on a page; bullets that follow one another are one list."""
    bullets: list[list[Piece]] = []
    for at, part in enumerate(printed.parts):
        if isinstance(part, Passage) and part.kind == "bullet":
            bullets.append(pieces(part))
            continue
        if bullets:
            yield Block("list", bullets, at=at - len(bullets))
            bullets = []
        if isinstance(part, Passage):
            yield Block(part.kind, [pieces(part)], at=at)
        elif isinstance(part, Plate):
            yield Block("plate", plate=part, at=at)
        else:
            yield Block("table", table=part, rows=[_row(row, part) for row in part.rows], notes=notes(part), at=at)
    if bullets:
        yield Block("list", bullets, at=len(printed.parts) - len(bullets))


def pieces(passage: Passage) -> list[Piece]:
    """The words of a passage, its figures apart.

    >>> from orebook.reports.printed import Address, Spoken
    >>> [piece.text for piece in pieces(Passage("12 holes.", figures=(Spoken(0, 2, 12, Address("holes", 0, "n")),)))]
    ['12', ' holes.']
    """
    return _pieces(passage.text, passage.figures)


def _pieces(text: str, figures: Sequence[Spoken]) -> list[Piece]:
    """Words, the figures in them and the gaps that are to be filled apart."""
    found, at = [], 0
    for figure in sorted(figures, key=lambda figure: figure.start):
        if figure.start < at:
            continue
        words = text[figure.start : figure.end]
        found += [*_gaps(text[at : figure.start]), Piece(words, way(figure.address, words))]
        at = figure.end
    return [piece for piece in (*found, *_gaps(text[at:])) if piece.text]


def _gaps(words: str) -> Iterator[Piece]:
    """Yield words, what is to be completed in them apart."""
    for at, each in enumerate(_GAP.split(words)):
        yield Piece(each, gap=at % 2 == 1)


def _row(row: PrintedRow, table: PrintedTable) -> Row:
    width = len(table.columns)
    given = row.cells if row.kind == "words" else filled(row, width)
    last = len(given) - 1
    cells = []
    for at, (cell, column) in enumerate(zip(given, table.columns, strict=False)):
        span = width - last if row.kind == "words" and at == last else 1
        why = way(cell.address, cell.text) if cell.address is not None and cell.text else ""
        several = _pieces(cell.text, cell.figures) if cell.figures else ()
        cells.append(Cell(cell.text, "left" if span > 1 else column.align, span, why, several))
    return Row(row.kind, row.depth, cells)
