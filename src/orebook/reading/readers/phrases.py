"""Phrases: quantities that no special reader took, known by the words beside them; a row of a table a measure."""

from collections.abc import Iterable

from orebook.ground.fact import Record
from orebook.reading.readers import cues
from orebook.reading.release import Release

ORDER = 90


def records(release: Release) -> Iterable[Record]:
    """Every quantity that a row of ``words/phrases.csv`` knows."""
    return cues.read(release, "phrases")
