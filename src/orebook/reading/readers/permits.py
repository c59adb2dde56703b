"""Permits: what was applied for, granted or is awaited, and when.

>>> from orebook.reading.read import read_text
>>> reading = read_text("note.txt", "The mining permit for the Kestrel mine is expected in March 2026.")
>>> [(str(fact.figure), fact.about["status"]) for fact in reading.facts]
[('2026-03', 'expected')]
"""

import re
from collections.abc import Iterator

from orebook.ground.fact import Record, Words
from orebook.reading.patterns import Pattern
from orebook.reading.readers import cues
from orebook.reading.readers.times import times
from orebook.reading.release import Release, Sentence

ORDER = 65

_NEAR = 4000

_PERMIT = Pattern(
    r"\b(?:permits?|licen[cs]es?|mining leases?|environmental (?:assessments?|approvals?|clearances?"
    r"|certificates?)|water rights|authori[sz]ations?)\b",
    re.IGNORECASE,
)
_ABOUT_PERMIT = Pattern(r"\b(?:amendments?|applications?|approvals?)\b", re.IGNORECASE)
_EXPECTED = (
    r"\b(?:(?:is|are|was|were)\s(?:\w+\s)?)?(?:expected|anticipated|scheduled|targeted)\b|\b(?:expects|anticipates)\b"
)
_SUBMITTED = r"\b(?:submitted|filed|lodged|applied for)\b"
_GRANTED = r"\b(?:granted|approved|issued|received|obtained|secured|awarded|renewed|extended)\b"
_STATUS = tuple(
    (status, Pattern(pattern, re.IGNORECASE))
    for status, pattern in (("expected", _EXPECTED), ("submitted", _SUBMITTED), ("granted", _GRANTED))
)
_DOUBTFUL = Pattern(r"\b(?:could|may|might|not|never|no|if|can|once|until|must|should)\b[\w\s]{0,12}$", re.IGNORECASE)
_TO_COME = Pattern(r"\b(?:will|to) (?:be )?$|\bbeing $", re.IGNORECASE)
_NOT_PERMITS = Pattern(
    r"\b(?:agreement|exchange approval|shareholder|warrants?|private placement|shares? issued"
    r"|software|QP|qualified person|competent person)\b",
    re.IGNORECASE,
)


def records(release: Release) -> Iterator[Record]:
    """A record for each sentence that says what became of a permit or when it is awaited."""
    nouns = (
        "permit",
        "licen",
        "lease",
        "environmental",
        "water right",
        "authori",
        "amendment",
        "applicatio",
        "approval",
    )
    for sentence in cues.prose(release, *nouns):
        noun = _subject(sentence)
        if not noun or _NOT_PERMITS.search(sentence.plain):
            continue
        for status, pattern in _STATUS:
            verb = pattern.search(sentence.plain, max(0, noun.start() - 60), noun.end() + 60)
            if verb:
                lead = sentence.plain[max(0, verb.start() - 24) : verb.start()]
                if not _DOUBTFUL.search(lead):
                    yield _record(release, sentence, noun, verb, "expected" if _TO_COME.search(lead) else status)
                break


def _subject(sentence: Sentence) -> re.Match[str] | None:
    """The permit that a sentence speaks of; an amendment counts where its paragraph speaks of a permit."""
    if found := _PERMIT.search(sentence.plain):
        return found
    return _ABOUT_PERMIT.search(sentence.plain) if _PERMIT.search(sentence.block.plain[:_NEAR]) else None


def _record(release: Release, sentence: Sentence, noun: re.Match[str], verb: re.Match[str], status: str) -> Record:
    """With a date behind the verb the date is the fact, without one the verb."""
    start = max(noun.end(), verb.end())
    when = next(
        (one for one in times(release, sentence) if verb.end() <= one.start < start + 90 and one.kind != "since"), None
    )
    about = {**release.about(sentence.block, sentence.text, noun.start()), **cues.said_in(sentence)}
    about |= {"status": status, "what": noun[0].lower()}
    if when:
        words, place = Words(when.period.label, "date"), (when.start, when.end)
    else:
        words, place = Words(status, "text"), verb.span()
    return release.record("permit", [release.fact("tenure.permit", words, sentence.text, *place)], **about)
