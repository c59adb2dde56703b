"""QA/QC: which kinds of control samples were used.

>>> from orebook.reading.read import read_text
>>> reading = read_text("note.txt", "Standards, blanks and duplicates were inserted into each batch of samples.")
>>> [str(fact.figure) for fact in reading.facts]
['standards,blanks,duplicates']
"""

import re
from collections.abc import Iterator

from orebook.ground.fact import Record, Words
from orebook.reading.patterns import Pattern
from orebook.reading.readers import cues
from orebook.reading.release import Release

ORDER = 67

_STANDARDS = (
    r"\b(?:(?:certified )?reference materials?|CRMs?|(?:certified )?(?:reference )?(?<!industry )(?<!industry-)"
    r"standards?"
    r"(?!\s(?:practice|operating|procedure|method|deviation|protocol|conforming)))\b"
)
_DUPLICATES = r"\b(?:duplicates?|replicates?|check assays?|umpire (?:assays?|samples?))\b"
_KINDS = tuple(
    (kind, Pattern(pattern, re.IGNORECASE))
    for kind, pattern in (("standards", _STANDARDS), ("blanks", r"\bblanks?\b"), ("duplicates", _DUPLICATES))
)
_CONTROL = Pattern(r"\bQA\b|QA/QC|quality|insert|control|sampl|batch|protocol", re.IGNORECASE)


def records(release: Release) -> Iterator[Record]:
    """A record for each sentence that names two kinds of control samples or more."""
    for sentence in cues.prose(release, "standard", "blank", "duplicate", "crm", "reference material"):
        found = [(kind, match) for kind, pattern in _KINDS if (match := pattern.search(sentence.plain))]
        if len(found) < 2 or not _CONTROL.search(sentence.plain):
            continue
        start, end = min(match.start() for _, match in found), max(match.end() for _, match in found)
        words = Words(",".join(kind for kind, _ in found), "text")
        facts = [release.fact("sampling.control_types", words, sentence.text, start, end)] if end - start < 200 else []
        if facts:
            about = release.about(sentence.block, sentence.text, start)
            yield release.record("qaqc", facts, **about, **cues.said_in(sentence))
