"""Conversions: factors from an element to its oxide, equal units, and what a group of analytes is made of.

>>> from orebook.reading.read import read_text
>>> reading = read_text("note.txt", "1 ppm Li equals 2.153 ppm Li2O. TREO includes oxides of La, Ce, Pr and Nd.")
>>> [(str(fact.figure), fact.about["analyte"]) for fact in reading.facts]
[('2.153', 'Li2O'), ('La,Ce,Pr,Nd', 'TREO')]
"""

import re
from collections.abc import Iterator

from orebook.ground.fact import Record, Words
from orebook.ground.figure import Figure
from orebook.reading.language import analytes
from orebook.reading.patterns import Pattern
from orebook.reading.readers import cues
from orebook.reading.release import Release, Sentence

ORDER = 28

_EQUALS = Pattern(
    r"(?:\s(?:metal|element|oxide))?\s?(?:=|equals|equal to|is equal to|is equivalent to|is)\s?", re.IGNORECASE
)
_FACTOR = Pattern(
    r"(?:multipl(?:y|ied|ying)(?:\s\w+){0,3}?\sby(?:\sa)?(?:\s(?:conversion\s)?factor(?:\sof)?)?"
    r"|conversion factor(?:\sof|:)?|factor of)\s?$",
    re.IGNORECASE,
)
_CONTENTS = Pattern(
    r"\s(?:grades?\s)?(?:includes?|comprises?|consists? of|is (?:defined as )?the sum of|=|means"
    r"|refers to)\s(?:the\s)?(?:(?:total|sum)\s(?:of\s)?)?(?:the\s)?(?P<oxides>oxides of\s)?"
    r"(?P<list>.{5,200}?)"
    r"(?=\sas\sa|[.;]|$|\)(?:\s|$))",
    re.IGNORECASE,
)


def records(release: Release) -> Iterator[Record]:
    """Every factor and every list of constituents."""
    for sentence in cues.prose(release):
        yield from _equalities(release, sentence)
        yield from _factors(release, sentence)
    for sentence in cues.prose(release, "includ", "compris", "consist", "sum of", "=", "means", "refers to"):
        yield from _constituents(release, sentence)


def _equalities(release: Release, sentence: Sentence) -> Iterator[Record]:
    """ "1 ppm of Sc metal equals 1.5338 ppm scandium oxide"; "1 g/t equals 1 ppm"."""
    for one, other in zip(sentence.quantities, sentence.quantities[1:], strict=False):
        end = max(one.end, one.analyte_end)
        equals = _EQUALS.fullmatch(sentence.plain, end, other.start)
        if not equals or one.figure.value != 1 or not one.unit or not other.unit or one.is_range or other.is_range:
            continue
        about = (
            {"analyte": other.analyte, "from": one.analyte} if other.analyte else {"from": one.unit, "to": other.unit}
        )
        figure = Figure(other.figure.value, "", other.figure.sign)
        fact = release.fact("sampling.conversion", figure, sentence.text, other.start, other.end)
        yield release.record("assumption", [fact], **about, **cues.said_in(sentence))


def _factors(release: Release, sentence: Sentence) -> Iterator[Record]:
    """ "Li to Li2O: multiply by 2.153"."""
    for quantity in sentence.quantities:
        if (
            quantity.unit
            or quantity.is_range
            or not _FACTOR.search(sentence.plain[max(0, quantity.start - 60) : quantity.start])
        ):
            continue
        named = analytes.find(sentence.plain, max(0, quantity.start - 100), min(len(sentence.plain), quantity.end + 40))
        symbols = list(dict.fromkeys(symbol for _, _, symbol in named))
        if len(symbols) == 2:
            plain = sorted(symbols, key=len)
            fact = release.fact("sampling.conversion", quantity.figure, sentence.text, quantity.start, quantity.end)
            yield release.record("assumption", [fact], analyte=plain[1], **{"from": plain[0]}, **cues.said_in(sentence))


def _constituents(release: Release, sentence: Sentence) -> Iterator[Record]:
    """ "TREO includes oxides of La, Ce and Pr": at least three analytes behind a group."""
    for start, end, group in analytes.find(sentence.plain):
        found = _CONTENTS.match(sentence.plain, end + (sentence.plain[end : end + 1] == "s"))
        if not found:
            continue
        parts = list(dict.fromkeys(symbol for _, _, symbol in analytes.find(found["list"]) if symbol != group))
        if len(parts) < 3:
            continue
        words = Words(",".join(parts), "text")
        fact = release.fact("sampling.constituents", words, sentence.text, start, found.end("list"))
        yield release.record("assumption", [fact], analyte=group, **cues.said_in(sentence))
