"""Phrases: quantities that no special reader took, known by the words beside them; a row of a table a measure.

>>> from orebook.reading.read import read_text
>>> reading = read_text("note.txt", "An exchange rate of 0.75 was assumed.")
>>> [str(fact.figure) for fact in reading.facts]
['0.75']
"""

from collections.abc import Iterable

from orebook.ground.fact import Record
from orebook.reading.readers import cues
from orebook.reading.release import Release

ORDER = 90

_HINTS = (
    *("mill", "plant", "crush", "motor", "generator", "compressor", "power", "concentrator", "facility", "capacity"),
    *(
        "throughput",
        "recover",
        "extraction",
        "leach",
        "stockpile",
        "shipment",
        "life",
        "lom",
        "exchange rate",
        "sell",
        "sold",
        "sale",
    ),
)


def records(release: Release) -> Iterable[Record]:
    """Every quantity that a row of ``words/phrases.csv`` knows."""
    return cues.read(release, "phrases", cues.prose(release, *_HINTS))
