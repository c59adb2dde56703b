"""Sampling: how many samples, control samples, targets and kilometres of traverse.

>>> from orebook.reading.read import read_text
>>> reading = read_text("note.txt", "A total of 512 core samples and 24 QA-QC samples were sent.")
>>> [str(fact.figure) for fact in reading.facts]
['512 sample', '24 sample']
"""

from collections.abc import Iterator

from orebook.ground.fact import Record
from orebook.reading.readers import cues
from orebook.reading.release import Release

ORDER = 70


def records(release: Release) -> Iterator[Record]:
    """Every count of samples and targets, and every length walked; a footnote mark before "samples" is no count."""
    for record in cues.read(release, "sampling", cues.prose(release, "sample", "target", "traverse")):
        first = record.facts[0]
        marked = first.source.quote.startswith("1 ") and first.source.quote.endswith("s")
        if not marked:
            yield record
