"""What a sentence is about: its mine or property, where it stands, whether it looks back, plans or studies.

Readers of prose share these, so that a production figure and an economic one of one sentence say the same.
"""

import re
from collections.abc import Iterable, Iterator

from orebook.reading import analytes
from orebook.reading.mentions import Mention
from orebook.reading.quantities import Quantity
from orebook.reading.release import Release, Sentence

PLANNED = re.compile(
    r"\b(?:guid(?:ance|ing)|expect(?:s|ed|ing)?|forecasts?|outlook|anticipate[ds]?|budget(?:ed)?|target(?:s|ed|"
    r"ing)?|projected|planned|plans|will|would|could|"
    r"is estimated to|are estimated to|to produce|per year|annual|life of mine|life-of-mine|LOM)\b",
    re.IGNORECASE,
)
STUDIES = (
    ("preliminary economic assessment", re.compile(r"\bpreliminary economic assessment|\bPEA\b", re.IGNORECASE)),
    ("pre-feasibility study", re.compile(r"\bpre-?feasibility|\bPFS\b", re.IGNORECASE)),
    ("scoping study", re.compile(r"\bscoping study|\bOptimised Scoping\b", re.IGNORECASE)),
    ("feasibility study", re.compile(r"\bfeasibility study|\b[DB]FS\b|\bfeasibility\b", re.IGNORECASE)),
    ("mine plan", re.compile(r"\b(?:mine|[A-Z][A-Za-z]{1,20}) plan\b")),
    ("technical report", re.compile(r"\btechnical report\b", re.IGNORECASE)),
)
_LEADING = re.compile(
    r"\W{0,4}(?P<name>[A-Z][a-z][\w'-]*(?: (?:[A-Z][\w'-]+|de|la)){0,3}) "
    r"(?:mine )?(?:reported|is|was|produced|delivered|continue[ds]?|achieved|had|recorded|contributed|sold|has|"
    r"generated|milled)\b"
)
_NO_NAMES = frozenset(
    "production revenue revenues management ore it this he she there what throughput grade recovery total".split()
)
_KINDS = {"bullet": "bullet", "title": "headline", "heading": "headline", "caption": "caption"}
_TAX = re.compile(r"\b(?P<when>pre|after|post)[- ]tax\b", re.IGNORECASE)


LONGEST = 6000
"""No sentence is longer; what is, is a table that has lost its shape."""


def readable(sentences: Iterable[Sentence]) -> Iterator[Sentence]:
    """The sentences with figures that a person could have written."""
    for sentence in sentences:
        if sentence.quantities and len(sentence.plain) <= LONGEST:
            yield sentence


def place_of(sentence: Sentence) -> str:
    """Where a sentence stands: text, bullet, headline or caption."""
    return _KINDS.get(sentence.block.kind, "text")


def subject_of(release: Release, sentence: Sentence, at: int) -> dict[str, str]:
    """The mine or property, and zone, at a place of a sentence; else the name with which it or its bullet begins."""
    about = release.about(sentence.block, sentence.text, at)
    leading = _leading(sentence.plain, release)
    if leading and not any(start < at for start, _, _ in release.subjects.mentions(sentence.plain)):
        return {"mine": leading}
    if "mine" in about or "property" in about:
        return about
    named = _leading(sentence.block.plain, release) if sentence.block.kind == "bullet" else ""
    return {**about, "mine": named} if named else about


def _leading(plain: str, release: Release) -> str:
    """The name that is the subject of a sentence, unless it is the company or a metal."""
    found = _LEADING.match(plain)
    name = found["name"] if found else ""
    company = release.issuer.lower().startswith(name.lower()) or name.lower() in release.issuer.lower()
    metal = any(len(word) > 2 and analytes.analyte(word) for word in name.split())
    return "" if not name or company or metal or name.lower() in _NO_NAMES else name


def study_of(sentence: Sentence) -> str:
    """The kind of study that a sentence, or else its block or section, names."""
    for said in (sentence.plain, sentence.block.plain[:2000], sentence.block.section):
        for name, pattern in STUDIES:
            if pattern.search(said):
                return name
    return ""


def tax_of(plain: str, start: int, end: int) -> str:
    """``after-tax`` or ``pre-tax``, when it is said beside a figure.

    >>> tax_of("a post-tax NPV of A$9.5 million", 11, 31)
    'after-tax'
    """
    found = list(_TAX.finditer(plain, max(0, start - 60), min(len(plain), end + 30)))
    if not found:
        return ""
    nearest = min(found, key=lambda match: abs(match.start() - start))
    return "pre-tax" if nearest["when"].lower() == "pre" else "after-tax"


def analyte_of(plain: str, mention: Mention, quantity: Quantity) -> str:
    """The metal of a figure: named with it, else just before its measure: "copper production of 10 t"."""
    if quantity.analyte:
        return quantity.analyte
    named = analytes.find(plain, max(0, mention.start - 30), mention.start) if mention.end <= quantity.start else []
    if named and not re.search(r"[,;.()]", plain[named[-1][1] : mention.start]):
        return named[-1][2]
    if re.search(r"\d", plain[mention.end : quantity.start]):
        return ""
    inside = analytes.find(plain, mention.start, quantity.start)
    return inside[0][2] if len(inside) == 1 else ""


_MASS = re.compile(
    r"\d\s?[\w'-]{0,12}\s?(?:oz|ounces|tonnes|tons|pounds|lbs?|[mk]?tpa|kozpa|[MmKk][Tt]|t)\b", re.IGNORECASE
)
_NOT_READ = re.compile(
    r"forward[- ]looking|no assurance|cautionary|risks? and uncertaint|for (?:further|more) information|"
    r"disclaimer|securities act|e-?mail|accepts responsibility",
    re.IGNORECASE,
)


def company_sentences(release: Release) -> Iterator[Sentence]:
    """The sentences behind the release that say what the company has; boilerplate, but older figures stand there."""
    for block in release.layout.blocks:
        if (
            block.table is None
            and block.part == "tail"
            and _MASS.search(block.plain)
            and not _NOT_READ.search(block.plain[:600])
        ):
            yield from readable(release.sentences_of(block))
