"""Geophysics: line spacings, lengths of lines, and when surveys were made.

>>> from orebook.reading.read import read_text
>>> text = "A magnetic survey at 100-m line spacings, covering 85 line-km, was completed in June 2025."
>>> reading = read_text("note.txt", text)
>>> [str(fact.figure) for fact in reading.facts]
['100 m', '85 line-km', '2025-06']
"""

import re
from collections.abc import Iterator

from orebook.ground.fact import Record, Words
from orebook.reading.language.dates import When
from orebook.reading.patterns import Pattern
from orebook.reading.readers import cues
from orebook.reading.release import Release, Sentence

ORDER = 68

_SURVEY = Pattern(
    r"(?<![\w-])(?:(?-i:[A-Z][\w-]*)\s(?:\d{1,3}\s)?){0,2}(?:geophysical|magnetic|aeromagnetic|IP"
    r"|induced polari[sz]ation|VTEM|ZTEM|EM"
    r"|gravity|seismic|radiometric|magnetometer|resistivity|MT|AMT|LiDAR|airborne|downhole"
    r"|drone)(?:[\w/() -]{0,40}?)\ssurveys?\b",
    re.IGNORECASE,
)
_SURVEY_ALONE = Pattern(r"^(?:the|this)\ssurvey\b", re.IGNORECASE)
_MADE = Pattern(
    r"\b(?:complet\w+|conduct\w+|flown|undertaken|carried out|perform\w+|commenc\w+|acquir\w+|made"
    r"|in)\b",
    re.IGNORECASE,
)


def records(release: Release) -> Iterator[Record]:
    """Lines of surveys, and the date of each survey that is said to have been made."""
    yield from cues.read(release, "geophysics", cues.prose(release, "line", "survey"))
    for sentence in cues.prose(release, "survey"):
        survey = _SURVEY.search(sentence.plain) or _SURVEY_ALONE.search(sentence.plain)
        for when in sentence.dates if survey else ():
            if survey and when.kind in ("date", "period") and _near(sentence, survey, when):
                about = release.about(sentence.block, sentence.text, when.start)
                name = re.sub(r"^(?:an?|the|this)\s", "", survey[0], flags=re.IGNORECASE)
                words = Words(when.period.label, "date")
                fact = release.fact("geophysics.date", words, sentence.text, when.start, when.end, survey=name)
                yield release.record("geophysics", [fact], **about, **cues.said_in(sentence))


def _near(sentence: Sentence, survey: re.Match[str], when: When) -> bool:
    """Whether a date and a survey stand in one clause, with a word for its making between or beside them."""
    start, end = min(survey.start(), when.start), max(survey.end(), when.end)
    between = sentence.plain[start : min(len(sentence.plain), end + 60)]
    return end - start < 160 and ";" not in between and bool(_MADE.search(between))
