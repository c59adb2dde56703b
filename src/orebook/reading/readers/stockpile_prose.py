"""Stockpiles and recoveries in testwork, as sentences say them."""

import re
from collections.abc import Iterator

from orebook.ground.fact import Fact, Record
from orebook.reading.language import analytes
from orebook.reading.language.quantities import Quantity
from orebook.reading.language.said_about import place_of, readable, subject_of
from orebook.reading.patterns import Pattern
from orebook.reading.release import Release, Sentence

ORDER = 44

_STOCKPILE = Pattern(r"\bstockpile[sd]?\b", re.IGNORECASE)
_AT = Pattern(
    r"^\s?(?:of [a-z ]{2,30} )?(?:at|grading|averaging|with an? (?:average )?grade of|containing)(?: a grade of|"
    r" an average grade of)?(?: approximately| about)?\s$",
    re.IGNORECASE,
)
_TEST = Pattern(
    r"\b(?:test-?work|test(?:s|ing)?|metallurg\w+|leach\w*|flotation|column|concentrate|study|process\w*)\b",
    re.IGNORECASE,
)
_RECOVERY = Pattern(
    r"\b(?P<metal>[A-Za-z]+)?\s?(?:recover(?:y|ies)|extractions?)(?: rates?)?(?: (?:of|was|were|is|are|averaged|"
    r"averaging|to|at|up|from|exceeding|over|approximately|about))*\s?$",
    re.IGNORECASE,
)
_RECOVERED = Pattern(
    r"^\s?(?:of (?:the )?)?(?P<metal>gold|silver|copper|zinc|lead|nickel|scandium|cobalt|lithium|"
    r"[A-Z][a-z]?)\s(?:recover(?:y|ies|ed)|extraction|reporting to (?:the )?concentrate|(?:was |is |"
    r"were )?recovered)\b",
    re.IGNORECASE,
)
_LEACHED = Pattern(r"^\s(?:of )?(?:[a-z]+ )?(?:leach\w*|cyanid\w+)", re.IGNORECASE)

_OPERATING = Pattern(
    r"\b(?:quarter|ore (?:milled|processed|treated|crushed|throughput)|throughput|head grades?|"
    r"tonnes (?:were )?(?:milled|processed|treated)|(?:mill|plant|concentrator) (?:ran|treated|processed|operated)|"
    r"[1-4]Q\d\d|Q[1-4] (?:20)?\d\d)\b",
    re.IGNORECASE,
)
_TESTED = Pattern(r"\b(?:test-?work|test(?:s|ing|ed)?|metallurg\w+|column|study)\b", re.IGNORECASE)


def records(release: Release) -> Iterator[Record]:
    """Stockpiles (kind ``stockpile``) and recoveries of tests (kind ``metallurgy``)."""
    for sentence in readable(release.sentences()):
        if not sentence.quantities:
            continue
        if _STOCKPILE.search(sentence.plain):
            yield from _stockpiles(release, sentence)
        operating = _OPERATING.search(sentence.plain) and not _TESTED.search(sentence.plain)
        if _TEST.search(sentence.plain) and not operating:
            yield from _recoveries(release, sentence)


def _stockpiles(release: Release, sentence: Sentence) -> Iterator[Record]:
    """A tonnage with its grade in a sentence about a stockpile."""
    for tonnes, grade in zip(sentence.quantities, sentence.quantities[1:], strict=False):
        joint = sentence.plain[tonnes.end : grade.start]
        if tonnes.measures("mass") and grade.fraction and _AT.match(joint):
            facts = [
                _fact(release, sentence, "stockpiles.tonnes", tonnes, ""),
                _fact(release, sentence, "stockpiles.grade", grade, grade.analyte),
            ]
            about = subject_of(release, sentence, tonnes.start)
            yield release.record("stockpile", facts, **about, place=place_of(sentence), context="announced")


def _recoveries(release: Release, sentence: Sentence) -> Iterator[Record]:
    plain = sentence.plain
    for quantity in sentence.quantities:
        if quantity.unit != "%":
            continue
        metal = _metal(plain, quantity)
        if metal is None:
            continue
        facts = [_fact(release, sentence, "metallurgy.recovery", quantity, metal)]
        facts += [
            _fact(release, sentence, "metallurgy.days", time, "")
            for time in sentence.quantities
            if time.measures("time") and time.start > quantity.end and _LEACHED.match(plain[time.end :])
        ]
        about = subject_of(release, sentence, quantity.start)
        yield release.record("metallurgy", facts, **about, place=place_of(sentence), context="announced")


def _metal(plain: str, quantity: Quantity) -> str | None:
    """The metal of a recovery, empty where it is not said; nothing when the share is not a recovery."""
    before = _RECOVERY.search(plain[max(0, quantity.start - 80) : quantity.start])
    if before:
        return analytes.analyte(before["metal"] or "") or quantity.analyte
    after = _RECOVERED.match(plain[quantity.end :])
    return analytes.analyte(after["metal"]) if after else None


def _fact(release: Release, sentence: Sentence, measure: str, quantity: Quantity, analyte: str) -> Fact:
    return release.fact(measure, quantity.figure, sentence.text, quantity.start, quantity.end, analyte=analyte)
