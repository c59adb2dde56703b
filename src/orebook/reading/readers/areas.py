"""Areas: hectares, claims and mines of a property or a company, and the royalties on them.

>>> from orebook.reading.read import read_text
>>> text = "The project covers 4,200 hectares in 18 mineral claims and is subject to a 2% NSR royalty."
>>> reading = read_text("note.txt", text)
>>> [str(fact.figure) for fact in reading.facts]
['4,200 ha', '18 claim', '2 %']
"""

from collections.abc import Iterator

from orebook.ground.fact import Fact, Record
from orebook.reading.readers import cues
from orebook.reading.release import Release

ORDER = 70


def records(release: Release) -> Iterator[Record]:
    """Every area, count of claims or mines, and royalty; mines are counted for the issuer."""
    for record in cues.read(release, "areas"):
        if record.get("tenure.mines"):
            yield release.record(record.kind, [_of_issuer(fact, release.issuer) for fact in record.facts])
        else:
            yield record


def _of_issuer(fact: Fact, issuer: str) -> Fact:
    return Fact(fact.measure, fact.figure, {"company": issuer, "place": fact.about.get("place", "")}, fact.source)
