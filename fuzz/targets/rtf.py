"""RTF."""

from collections.abc import Iterator

from fuzz.contract import read_soundly
from fuzz.mutators import text_mutator
from fuzz.seeds import known

LONGEST = 60_000
WORDS = known("rtf")
mutated = text_mutator(WORDS)


def seeds() -> Iterator[bytes]:
    """Words, tables, notes and signs."""
    head, row = rb"{\rtf1\ansi\ansicpg1252 ", rb"\trowd\cellx2000\cellx4000\intbl "
    yield head + rb"\pard Hole NX-1 cut 12.0 m grading 1.50 g/t gold.\par We go on.\par}"
    cells = row + rb"Hole\cell Au (g/t)\cell\row" + row + rb"A-1\cell 1.50\cell\row"
    yield head + rb"Table 1\par " + cells + rb"\pard After.\par}"
    merged = rb"\trowd\clmgf\cellx1000\clmrg\cellx2000\clvmgf\cellx3000 A\cell\cell B\cell\row"
    yield head + merged + rb"\trowd\cellx1000\cellx2000\clvmrg\cellx3000 1\cell 2\cell\cell\row}"
    yield (
        head
        + rb"{\b Drilling Results}\par {\fonttbl{\f0 Arial;}}words{\footnote\pard note 1.5 m\par} 12{\super 2}\par}"
    )
    yield head + rb"{\*\generator x}{\info{\title t}}\outlinelevel0 Head\par \u8364? \'e9 \v hidden\v0 words\par}"
    yield head + rb"{\pict 00ff}{\field{\*\fldinst X}{\fldrslt 3.5}}\par}"


def once(data: bytes) -> None:
    """A file is read, checked and shown."""
    read_soundly("a.rtf", data if data.lstrip().startswith(rb"{\rtf") else rb"{\rtf1 " + data)
