"""Geometry: how far zones reach, how thick they are and how they lie.

>>> from orebook.reading.read import read_text
>>> text = "The Heron zone extends 620 metres in an east-west direction and dips at 40° to the south."
>>> reading = read_text("note.txt", text)
>>> [(str(fact.figure), fact.about["direction"]) for fact in reading.facts]
[('620 m', 'east-west'), ('40 degree', 'south')]
"""

from collections.abc import Iterator

from orebook.ground.fact import Record
from orebook.reading.patterns import Pattern
from orebook.reading.readers import cues
from orebook.reading.release import Release, Sentence

ORDER = 70


_THIS_ZONE = Pattern(
    r"\b(?:this|the|the total)\s(?:[a-z][\w-]*\s){0,2}?(?:zone|package|horizon|deposit|structure|vein"
    r"|body|lens|system)\b"
)
_BACK = 6
"""So many sentences back the zone may be named that "this zone" means."""


def records(release: Release) -> Iterator[Record]:
    """Extents, thicknesses, depths and dips; a length beside a grade is an interval, and is not read here."""
    sentences = cues.prose(release)
    for place, sentence in enumerate(sentences):
        if _graded(sentence):
            continue
        for record in cues.read(release, "geometry", [sentence]):
            zone = _meant(release, sentences, place)
            if zone:
                yield release.record(record.kind, record.facts, **{**record.about, **zone})
            else:
                yield record


def _meant(release: Release, sentences: list[Sentence], place: int) -> dict[str, str]:
    """The zone that "this zone" or "the mineralized package" means: the last one that was named before."""
    if not _THIS_ZONE.search(sentences[place].plain):
        return {}
    for earlier in reversed(sentences[max(0, place - _BACK) : place]):
        named = release.subjects.mentions(earlier.plain)
        zone = next((subject.name for _, _, subject in named if subject.kind == "zone"), "")
        if zone:
            return {"zone": zone}
    return {}


def _graded(sentence: Sentence) -> bool:
    return any(quantity.analyte and quantity.fraction for quantity in sentence.quantities)
