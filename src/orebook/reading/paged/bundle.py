"""Bundles: a document made of several documents, such as a message with its attachments, one text after the other."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from orebook.ground.source import Document, Place
from orebook.reading.layout import Block, Cell, Row, Table
from orebook.reading.paged.document import PagedDocument
from orebook.reading.text import Text


class Piece(NamedTuple):
    """One of the documents: what people call it, where its text begins in that of the bundle, and itself."""

    name: str
    start: int
    document: Document


@dataclass(frozen=True)
class Bundle(PagedDocument):
    """Documents in one: every stretch knows in which of them it stands, and where in that one."""

    pieces: tuple[Piece, ...] = ()

    def places(self, start: int, end: int) -> tuple[Place, ...]:
        """The places of a stretch, each with the name of the piece that it stands in.

        >>> parts = [("body", Document("", "One.")), ("attachment a.txt", Document("", "Two."))]
        >>> whole = bundle("a.eml", "email", parts)
        >>> [place.where for place in whole.places(0, 4)], [place.where for place in whole.places(6, 10)]
        (['body'], ['attachment a.txt'])
        """
        found: list[Place] = []
        for piece, first, last in self._within(start, end):
            inner = piece.document.places(first, last)
            found += [
                place._replace(where=", ".join(filter(None, (piece.name, place.where))))
                for place in inner or (Place(0),)
            ]
        return tuple(found)

    def sure(self, start: int, end: int) -> float:
        """How sure it is that these are the letters of a stretch."""
        return min((piece.document.sure(first, last) for piece, first, last in self._within(start, end)), default=1.0)

    def _within(self, start: int, end: int) -> Iterator[tuple[Piece, int, int]]:
        """Yield the pieces that a stretch touches, and which part of each."""
        for piece in self.pieces:
            first, last = max(start - piece.start, 0), min(end - piece.start, len(piece.document.text))
            if first < last or first == last == start - piece.start == end - piece.start:
                yield piece, first, last


def bundle(name: str, form: str, documents: Sequence[tuple[str, Document]], remarks: Sequence[str] = ()) -> Bundle:
    """The bundle of some documents, each with what people call it; a blank line parts their texts."""
    pieces: list[Piece] = []
    texts: list[str] = []
    size = 0
    for called, document in documents:
        pieces.append(Piece(called, size, document))
        texts.append(document.text)
        size += len(document.text) + 2
    return Bundle(name, "\n\n".join(texts), form, remarks=tuple(remarks), pieces=tuple(pieces))


def moved(block: Block, offset: int) -> Block:
    """A block of one of the documents as one of the bundle."""
    table = block.table
    return replace(block, text=_text(block.text, offset), table=None if table is None else _table(table, offset))


def _table(table: Table, offset: int) -> Table:
    return replace(
        table,
        rows=tuple(_row(row, offset) for row in table.rows),
        header_rows=tuple(_row(row, offset) for row in table.header_rows),
        start=table.start + offset,
        end=table.end + offset,
        caption=None if table.caption is None else _text(table.caption, offset),
        notes=tuple(_text(note, offset) for note in table.notes),
    )


def _row(row: Row, offset: int) -> Row:
    return Row(tuple(Cell(_text(cell.text, offset), cell.column, cell.span) for cell in row.cells))


def _text(text: Text, offset: int) -> Text:
    return Text(text.plain, text.starts, tuple(origin + offset for origin in text.origins), text.lengths)
