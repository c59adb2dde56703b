"""Drafts: a release as it is going to be sent, part by part, with every number that it places and its address."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from orebook.reports.drawings.svg import Drawing
from orebook.reports.itself import Itself
from orebook.reports.printed import Address, Passage, PrintedCell, PrintedTable, Spoken, Value


@dataclass(frozen=True, slots=True)
class Plate:
    """A picture on the page, with its caption: ``name`` is what templates call it."""

    name: str
    caption: str
    drawing: Drawing


Part = PrintedTable | Passage | Plate

FORWARD = "\u2020"
"""The sign behind what looks ahead."""


class Number(NamedTuple):
    """A number that was placed: its name in the draft, its words as printed, its value, and the address of that.

    ``part`` is the position of the part in the draft, ``place`` where in it: the row and column of a table and the
    first and last letter in its cell, or the first and last letter of a passage. ``where`` says it for people;
    ``forward`` whether what it says looks forward.
    """

    name: str
    printed: str
    value: Value
    address: Address
    part: int
    place: tuple[int, ...]
    where: str
    forward: bool = False


@dataclass(frozen=True)
class Draft(Itself):
    """A release before anybody has edited it.

    ``doc`` names it, ``unfinished`` are the things that only a person can say and nobody has said yet, ``about`` what
    the row of each address says, by which it is found again when rows have moved. ``made`` says from which steps of the
    journal its numbers are, ``kind`` which draft it is, ``period`` of which period, where it is of one.
    """

    doc: str
    kind: str
    parts: tuple[Part, ...]
    title: str = ""
    unfinished: tuple[str, ...] = ()
    made: tuple[tuple[str, int], ...] = ()
    period: str = ""
    book: str = ""
    about: dict[Address, dict[str, object]] = field(default_factory=dict)
    remark: str = ""
    failed: bool = False

    def numbers(self) -> Iterator[Number]:
        """Yield every number that was placed, in the order in which it is read."""
        count = 0
        for at, part in enumerate(self.parts):
            found = _in_passage(part, at) if isinstance(part, Passage) else ()
            found = _in_table(part, at) if isinstance(part, PrintedTable) else found
            for each in found:
                count += 1
                yield each._replace(name=f"n{count}")

    def plates(self) -> list[Plate]:
        """The pictures, in their order."""
        return [part for part in self.parts if isinstance(part, Plate)]


def unparted(part: Passage) -> str:
    """Words whose numbers are not parted from their units at the end of a line.

    >>> unparted(Passage("over 29.1 m.", figures=(Spoken(5, 11, 29.14, Address("intercepts", 0, "length_m")),)))
    'over 29.1\\xa0m.'
    """
    text = part.text
    for each in part.figures:
        text = text[: each.start] + text[each.start : each.end].replace(" ", "\u00a0") + text[each.end :]
    return text


def _in_passage(part: Passage, at: int) -> Iterator[Number]:
    for each in sorted(part.figures, key=lambda figure: figure.start):
        words = part.text[each.start : each.end]
        if any(letter.isalnum() for letter in words):
            where = f"{part.kind}: {_cut(part.text)}"
            yield Number("", words, each.value, each.address, at, (each.start, each.end), where, part.forward)


def _in_table(part: PrintedTable, at: int) -> Iterator[Number]:
    for row, line in enumerate(part.rows):
        named = ", ".join(cell.text for cell in line.cells[:3] if cell.text)
        for column, (head, cell) in enumerate(zip(part.columns, line.cells, strict=False)):
            where = f"{part.caption or part.name}, {head.head}: {named}"
            for each in _figures(cell):
                words = cell.text[each.start : each.end]
                place = (row, column, each.start, each.end)
                yield Number("", words, each.value, each.address, at, place, where, part.caption.endswith(FORWARD))


def _figures(cell: PrintedCell) -> Sequence[Spoken]:
    """The numbers of a cell that have addresses."""
    is_number = isinstance(cell.value, int | float) and not isinstance(cell.value, bool)
    if cell.figures or cell.address is None or not is_number or not cell.text:
        return cell.figures
    return (Spoken(0, len(cell.text), cell.value, cell.address),)


def _cut(words: str, most: int = 60) -> str:
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"
