"""Against: documents beside the book that they were drafted from: where their numbers lead, and what is there now."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl

from orebook.book.folder import Book, find
from orebook.book.lineage import address
from orebook.book.making import Done, made
from orebook.book.problems import BookError
from orebook.book.results import results
from orebook.book.settings import BookSettings
from orebook.desk.drafting.by_facts import Sayings, known_for, placed_by_facts
from orebook.desk.drafting.rows import found
from orebook.desk.printing import parts_of
from orebook.reading.placed import Placed, placed_by_itself
from orebook.reading.reading import Reading
from orebook.reading.tokens import lines_of
from orebook.reports.release.carried import CARRYING, carried
from orebook.reports.release.files import REGISTER
from orebook.reports.release.register import Kept, Register, placed_in, read_register

DRAFTS = "drafts"
"""The folder of a book in which registers are looked for beside that of the document."""


@dataclass(frozen=True)
class Against:
    """Registers by the names of documents, what the book has now at each address, and what a draft of it would say.

    The last is for documents without a register: what they say of the same thing is compared fact by fact. So are those
    that were ``supposed`` to be edits of a draft, when most of its numbers are not there.
    """

    registers: Mapping[str, Register] = field(default_factory=dict)
    values: Mapping[str, float | None] = field(default_factory=dict)
    facts: Sayings | None = None
    supposed: bool = False

    def placed(self, name: str, reading: Reading) -> list[Placed]:
        """The numbers of a document that lead to the book, with what the book has now."""
        register = self.registers.get(name)
        if register is not None:
            found = [self._now(each) for each in placed_in(register, lines_of(reading.layout))]
            if not self.supposed or 2 * sum(each.gone != "" for each in found) <= len(found):
                return found
        own = [self._now(each) for each in placed_by_itself(reading.document)]
        if own or self.facts is None:
            return own
        return list(placed_by_facts(reading, known_for(reading, self.facts.of)))

    @property
    def says(self) -> bool:
        """Whether there is anything to compare documents with."""
        return bool(self.registers or (self.facts is not None and self.facts.of("").facts))

    def _now(self, placed: Placed) -> Placed:
        return placed._replace(value=self.values.get(placed.address, placed.value))


def against(book: str, names: Iterable[str], notes: list[str]) -> Against:
    """What is known of some documents beside a book.

    Raises ``BookError`` where there is no book.
    """
    target = find(book)
    return beside_book(target, names, notes, Sayings(target.folder))


def beside_book(target: Book, names: Iterable[str], notes: list[str], sayings: Sayings) -> Against:
    """What is known of some documents beside a book that is open; ``sayings`` are what drafts of it would say."""
    asked = list(names)
    registers = {name: known for name in asked if (known := _register(target, name)) is not None}
    kept = {each.address: each for register in registers.values() for each in register.numbers}
    try:
        values = dict(_values(target, kept))
        facts = sayings if len(registers) < len(asked) else None
        if facts is not None:
            facts.of("")
    except BookError as problem:
        notes.append(f"not compared with the book: {problem}")
        return Against()
    return Against(registers, values, facts)


def against_draft(book: Book, name: str, data: bytes, drafted: Register) -> Against:
    """What is known of an edited document beside a draft of a book as it is now.

    The document is put beside the text from which it was edited where that is known: a register of its name lies in the
    folder ``drafts`` of the book, or it carries one; else beside the draft of now, if it looks like an edit of that.
    """
    own = _register(book, str(book.folder / DRAFTS / Path(name).name)) or carried(name, data)
    register = own or drafted
    known = {each.address: each for each in drafted.numbers}
    others = {each.address: each for each in register.numbers if each.about != _about(known, each.address)}
    values: dict[str, float | None] = {each.address: each.value for each in drafted.numbers}
    facts = Sayings(book.folder) if own is None else None
    return Against({name: register}, {**values, **dict(_values(book, others))}, facts, supposed=own is None)


def _about(known: Mapping[str, Kept], address: str) -> Mapping[str, Any] | None:
    return known[address].about if address in known else None


def _register(book: Book, name: str) -> Register | None:
    """The register beside a document, that of a draft of the book under the same name, or the one that it carries."""
    file = Path(name)
    for place in (file.parent / f"{file.stem}{REGISTER}", book.folder / DRAFTS / f"{file.stem}{REGISTER}"):
        try:
            return read_register(place.read_text(encoding="utf-8"))
        except (OSError, ValueError, TypeError, KeyError):
            continue
    try:
        return carried(name, file.read_bytes()) if file.suffix.lower() in CARRYING else None
    except OSError:
        return None


def _values(book: Book, kept: Mapping[str, Kept]) -> Iterator[tuple[str, float | None]]:
    """Yield every address with the value that the book has there now; nothing where the row is gone."""
    if not kept:
        return
    parts = _parts(book, {each.partition("[")[0] for each in kept})
    for said, each in kept.items():
        where = address(said)
        frame = parts.get(where.part) if where else None
        if where is None or frame is None or not set(where.columns) <= set(frame.columns):
            yield said, None
            continue
        row = found(frame, where.row, each.about)
        value = None if row is None else where.value(frame.row(row, named=True))
        yield said, float(value) if isinstance(value, int | float) else None


def _parts(book: Book, names: Iterable[str]) -> dict[str, pl.DataFrame]:
    """The parts of results of these names, as the tables of the book are now."""
    settings = book.settings
    needed = sorted({result for name in names if (result := _result_of(name, settings))})
    done: Done = made(book, needed)
    own = {part: frame for one in done.made.values() for part, frame in one.parts.items()}
    return {**parts_of(needed, done), **own}


def _result_of(part: str, settings: BookSettings) -> str:
    """The result of which this is a part."""
    known = [name for name in (*results(), *settings.results) if part == name or part.startswith(f"{name}_")]
    return max(known, key=len, default="")
