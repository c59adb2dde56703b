"""Workings: how far declines, drifts and shafts reach, by how much they were extended, levels and benches.

>>> from orebook.reading.read import read_text
>>> text = "The North decline was extended by 210 metres to a total length of 1,400 metres."
>>> reading = read_text("note.txt", text)
>>> [(str(fact.figure), fact.about["working"]) for fact in reading.facts]
[('210 m', 'North decline'), ('1,400 m', 'North decline')]
"""

from collections.abc import Iterator
from decimal import Decimal

from orebook.ground.fact import Fact, Record
from orebook.reading.readers import cues
from orebook.reading.release import Release, Sentence

ORDER = 70

_NAMES = (
    *("decline", "incline", "ramp", "drift", "adit", "tunnel", "shaft", "portal", "cross", "raise", "drive", "winze"),
    *("gallery", "level", "bench", "development"),
)
_EARLIER = ("past", "previous", "historic", "prior", "original", "existing")


def records(release: Release) -> Iterator[Record]:
    """The workings of each sentence; a total length belongs to the working that the sentence names before it."""
    rows = cues.table("workings")
    for sentence in cues.prose(release, *_NAMES):
        named: str = ""
        for place, quantity in enumerate(sentence.quantities):
            found = cues.fact_of(release, sentence, place, rows)
            if not found or _a_year(quantity.figure.value, quantity.unit):
                continue
            cue, facts = found
            named = facts[0].about.get("working", named)
            about = release.about(sentence.block, sentence.text, quantity.start)
            yield release.record(
                cue.kind, facts, **about, **cues.said_in(sentence), **_state(sentence, facts[0], named)
            )


def _a_year(value: Decimal, unit: str) -> bool:
    return not unit and 1950 <= value <= 2050


def _state(sentence: Sentence, fact: Fact, named: str) -> dict[str, str]:
    """Which working a length is of, and whether it is said of the time before an extension."""
    if fact.measure == "plan.bench" and len(sentence.dates) == 1:
        return {"period": sentence.dates[0].period.label}
    if fact.measure not in ("plan.working_length", "plan.extension"):
        return {}
    words = sentence.plain[:120].lower()
    before = fact.measure == "plan.working_length" and any(word in words for word in _EARLIER)
    return {"working": named, "state": fact.about.get("state", "before" if before else "")}
