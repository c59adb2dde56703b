"""PDF: objects and streams of small files."""

from collections.abc import Iterator
from random import Random

from fuzz.contract import read_soundly
from fuzz.mutators import objects
from fuzz.seeds import known
from fuzz.targets import Mutate
from pdf_paper import Paper

LONGEST = 60_000
WORDS = known("pdf")


def seeds() -> Iterator[bytes]:
    """Prose, tables with borders and without, turned pages, hidden words, fonts with letters of their own, rules."""
    rows = [["Hole", "From", "Au"], ["A-1", "10.0", "1.25"], ["A-2", "22.5", "0.80"]]
    paper = Paper()
    page = paper.page()
    page.prose(72, 80, ["Hole NX-07 cut 12.0 m grading 1.50 g/t gold.", "We drilled the northern part."])
    page.rows(150, rows, [72, 200, 300])
    yield paper.data()
    page.grid([66, 150, 205, 305], [138, 154, 170, 186])
    paper.page(turned=90).words(72, 100, "turned words 1.5 m", turn=1)
    yield paper.data()
    hidden = Paper()
    hidden.page().hidden(72, 100, "We drilled 12.0 m")
    yield hidden.data()
    told = Paper(letters={code: chr(code + 1) for code in range(33, 127)})
    told.page().words(72, 100, "Hole A-1 cut 12.0 m", font="U")
    told.page().box(60, 90, 300, 120, 0.9)
    yield told.data()
    yield Paper([], {}).data()


def mutated(data: bytes, most: int, chance: Random, mutate: Mutate) -> bytes:
    """The words of objects mostly, sometimes bytes."""
    return mutate(data, most) if chance.random() < 0.15 else objects(data, most, chance, WORDS)[:most]


def once(data: bytes) -> None:
    """A file is read, checked and shown."""
    read_soundly("a.pdf", data)
