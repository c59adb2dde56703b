"""Laboratories: who analysed the samples, and by which methods.

>>> from orebook.reading.read import read_text
>>> reading = read_text("note.txt", "Samples were analysed at Northern Light Laboratories Ltd. in Elkton.")
>>> [str(fact.figure) for fact in reading.facts]
['Northern Light Laboratories Ltd.']
"""

import csv
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from orebook.ground.fact import Record, Words
from orebook.reading.patterns import Pattern
from orebook.reading.readers import cues
from orebook.reading.release import Release, Sentence

ORDER = 8

_WORDS = Path(__file__).parent.parent / "words"
_CALLED = (
    r"(?:[A-Z][\w'’&.-]*\s(?:(?:of|de|and|&)\s)?){1,5}?(?:Laborator(?:y|ies|io)|Labs?|Assayers?"
    r"|Analytical|Geochemistry|Geochemical|Metallurgy|University|(?=&\sAssociates))"
    r"(?:\s(?:Services|Laborator(?:y|ies)|Assayers?|Metallurgy|Testing|Engineering)){0,2}(?:\s(?:Ltd"
    r"|Inc|Pty|LLC|Corp|Limited|S\.A|Group)\.?){0,2}"
)
_AT = Pattern(
    rf"\b(?:at|by|to|with|from|through)\s(?:the\s)?(?P<name>{_CALLED}|University\sof\s[A-Z]\w+"
    rf"|(?:[A-Z][\w'’.-]*,?\s){{1,4}}&\sAssociates)(?![\w])"
)
_PACKAGE = Pattern(
    r"\b(?:analytical |assay )?(?:package|method|code)s?\s[\"“](?P<name>[\w/-]{2,24})[\"”]"
    r"|\b(?P<code>(?:ME|Au|AU|Ag|FA|AA|ICP|OG|GRA|PGM|SCR)-[A-Z]{0,6}\d{1,3}[a-z]?)\b"
)


@cache
def _named(table: str) -> Pattern:
    """Every name of a list, the longest first."""
    with (_WORDS / f"{table}.csv").open(encoding="utf-8", newline="") as lines:
        names = sorted((row["name"] for row in csv.DictReader(lines)), key=len, reverse=True)
    either = "|".join(re.escape(name).replace(r"\ ", r"[\s-]") for name in names)
    return Pattern(rf"(?<![\w-])(?:{either})(?![\w])", re.IGNORECASE if table == "methods" else 0)


def records(release: Release) -> Iterator[Record]:
    """Every laboratory once for each sentence that says that it worked, and every method."""
    for sentence in cues.prose(
        release, "analy", "assay", "sampl", "metallurg", "test", "prepar", "geochem", "mineralogical"
    ):
        for measure, found in _found(sentence):
            start, end = found
            words = Words(sentence.plain[start:end], "name")
            fact = release.fact(measure, words, sentence.text, start, end)
            about = release.about(sentence.block, sentence.text, start)
            yield release.record("laboratory", [fact], **about, **cues.said_in(sentence))


def _found(sentence: Sentence) -> Iterator[tuple[str, tuple[int, int]]]:
    plain = sentence.plain
    called = [found.span("name") for found in _AT.finditer(plain)]
    listed = [found.span() for found in _named("laboratories").finditer(plain)]
    for span in called + [one for one in listed if not any(one[0] < end and start < one[1] for start, end in called)]:
        yield "sampling.laboratory", span
    for found in _named("methods").finditer(plain):
        yield "sampling.method", found.span()
    for code in _PACKAGE.finditer(plain):
        yield "sampling.method", code.span("name" if code["name"] else "code")
