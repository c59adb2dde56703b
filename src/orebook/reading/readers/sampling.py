"""Sampling: how many samples, control samples, targets and kilometres of traverse."""

from collections.abc import Iterable

from orebook.ground.fact import Record
from orebook.reading.readers import cues
from orebook.reading.release import Release

ORDER = 70


def records(release: Release) -> Iterable[Record]:
    """Every count of samples and targets, and every length walked."""
    return cues.read(release, "sampling")
