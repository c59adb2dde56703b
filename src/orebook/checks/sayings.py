"""Sayings: what a release says of other releases: what is pending, what is new, what was restated, who is called what.

A figure that changed without a word is a finding; one that changed with a word is a restatement. So the words are read.
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from orebook.checks import estimates_before
from orebook.checks.places import Place, places, source
from orebook.ground.source import Source
from orebook.reading.drilling import holes
from orebook.reading.language.dates import dates
from orebook.reading.patterns import Pattern
from orebook.reading.reading import Reading


class Saying(NamedTuple):
    """One thing that a release says of others: of which kind, of what, and where."""

    kind: str
    about: str
    source: Source


_PENDING = Pattern(
    r"\b(?:(?:results?|assays?)\b[^.;()]{0,120}?\b(?:pending|awaited|outstanding|expected|yet to be received)\b"
    r"|(?:pending|awaiting|await|outstanding)\b[^.;]{0,60}?\b(?:results?|assays?)\b)",
    re.IGNORECASE,
)
_NEW = Pattern(
    r"\bnew(?:ly reported|ly received)?\s(?:drill(?:ing)?\s|assay\s|drill-?hole\s)?"
    r"(?:results?|assays?|holes?|intercepts?|intersections?)\b",
    re.IGNORECASE,
)
_RESTATED = Pattern(
    r"\b(?<!amended and )(?<!amends and )(?:re-?stat(?:ed|ement|es|ing)(?! (?:agreement|option|articles|bylaws|terms))"
    r"|correct(?:s|ed|ion|ing)\b(?=[^.;]{0,80}\b(?:release|results?|intervals?|grades?|tables?|figures?|numbers?|errors?"
    r"|collars?|lengths?|depths?|azimuths?|previous\w*)\b)|reclassif\w+|clerical|typographical"
    r"|adjusted (?:prior|previous|comparative))",
    re.IGNORECASE,
)
_MEASURED_ANEW = Pattern(r"\bre-?(?:assay|sampl|split|survey|calculat)\w*", re.IGNORECASE)
_UPDATED = Pattern(
    r"\b(?:updat\w+|new|maiden|initial|inaugural|first[- ]ever|revis\w+|increas\w*|upgrad\w+|grow\w*|expan\w+|doubl\w+"
    r"|larger)\b"
    r"[^.;]{0,80}?\b(?:mineral\s|ore\s)?(?:resources?|reserves?|MRE|estimates?)\b"
    r"|\b(?:resources?|reserves?|MRE|estimates?)\b[^.;]{0,60}?"
    r"\b(?:updat\w+|increas\w*|revis\w+|upgrad\w+|grow\w*|expan\w+)\b",
    re.IGNORECASE,
)
_GUIDED = Pattern(
    r"\b(?:(?:updat|revis|rais|lower|increas|reduc|narrow|widen|withdr|suspend|maintain|reaffirm|reiterat|adjust|chang)\w*"
    r"[^.;]{0,60}?\b(?:guidance|outlook|forecast)|(?:guidance|outlook|forecast)\b[^.;]{0,80}?\b(?:updat|revis|rais|lower"
    r"|increas|reduc|narrow|widen|withdr|suspend|adjust|chang|previous|prior|from)\w*)",
    re.IGNORECASE,
)
_SPLIT = Pattern(
    r"\b(?:share|stock)\s(?:consolidation|split|subdivision)\b|\bconsolidat\w+\b[^.;]{0,60}\bshares\b"
    r"|\b(?:post|pre)-(?:consolidation|split)\b",
    re.IGNORECASE,
)
_CALLED = Pattern(
    r"\b(?:formerly|previously)\s(?:known as\s|named\s|called\s)?[\"“'(]{0,2}(?P<name>[A-Z][^()\"”',;.]{2,60}?"
    r"(?:\s(?:Ltd|Limited|Inc|Corp|Corporation|plc|N\.?L|Company)\b\.?))"
    r"|\bchang(?:e|ed|es|ing)\s(?:its|the Company's|the)\s(?:corporate\s|company\s)?name\sfrom\s[\"“']?"
    r"(?P<name2>[A-Z][^()\"”',;]{2,60}?)[\"”']?\sto\s"
)
_PAPER = Pattern(
    r"\b(?:technical report|NI 43-101)\b[^.;]{0,140}?\b(?:dated|effective date of)\s(?P<date>[^.;)]{8,20})",
    re.IGNORECASE,
)
_SHORT = Pattern(
    r"\b(?P<name>(?:[A-Z][\w'’-]{1,24}\s(?:of\s|and\s|&\s)?){2,6}?[A-Z][\w'’-]{1,24})"
    r"(?:\s(?:Pte|Pty|Ltd|Limited|Inc|Corp|Corporation|plc|LLC|Co)\b\.?,?){0,3}\s?"
    r"\((?:the\s)?[\"“'‘]?(?P<short>[A-Z]{3,6})[\"”'’]?\)"
)
_BODY = Pattern(
    r"\b(?:Holdings?|Group|Capital|Partners|Investments?|Resources|Minerals|Metals|Mining|Company|Corporation|Corp|Inc|Ltd"
    r"|Limited|Industries|Fund|Bank|Pte|Pty|plc|LLC)\b(?=[^(]{0,24}\()"
)
_RELEASE = Pattern(r"release|announce", re.IGNORECASE)
_SAID = (
    ("restated", _RESTATED, ("stat", "correct", "classif", "cleric", "typogr", "adjusted")),
    ("updated", _UPDATED, ("resource", "reserve", "mre", "estimate")),
    ("guided", _GUIDED, ("guidance", "outlook", "forecast")),
    ("split", _SPLIT, ("consolidation", "split", "subdivision", "consolidat")),
)  # fmt: skip
_SOON = 4
_NEAR = 40
_LISTED = 160
_LIST = Pattern(
    r"(?:[^.;()]{0,25}?\b(?:for|from|of|in|include|includes|including|are)\b)?[^.;()]{0,25}(?:[A-Z]+[\w-]*\d\w*[\s,&]*(?:and\s)?(?:holes?\s)?){0,12}"
)
_BRACKET = Pattern(r"\s?[(:–-]\s?")
_MOST = 12
"""So many sayings of one kind are kept of a release."""


def sayings(reading: Reading) -> Iterator[Saying]:
    """Everything that a release says of others, kind after kind, in the order of the document."""
    yield from _of_holes(reading, "pending", _PENDING, ("pending", "await", "outstanding", "expected", "received"))
    yield from _of_holes(reading, "new", _NEW, ("new",))
    for kind, pattern, hints in _SAID:
        for place in islice(places(reading, pattern, hints=hints), _MOST):
            about = "head" if kind == "updated" and _heads(place) else ""
            yield Saying(kind, about or _holes(place.around), place.source)
    yield from _papers(reading)
    yield from islice(_named(reading), _MOST)
    for category, figure, where in islice(estimates_before.before(reading), _MOST):
        yield Saying("estimate before", f"{category}|{figure.value}|{figure.unit}", where)
    for figure, where in islice(estimates_before.shares(reading), 1):
        yield Saying("shares", f"{figure.value}", where)
    for place in islice(places(reading, _MEASURED_ANEW, hints=("assay", "sampl", "split", "surv", "calc")), _MOST):
        if named := _holes(place.around):  # without a hole it is a word of the quality control
            yield Saying("restated", named, place.source)


def _papers(reading: Reading) -> Iterator[Saying]:
    """Technical reports that are named by a whole date, also in the last pages; each date once."""
    seen: set[str] = set()
    for place in places(reading, _PAPER, hints=("dated", "effective date"), tail=True):
        if _RELEASE.search(place.match[0]):
            continue
        for when in dates(place.match["date"])[:1]:
            if when.whole and when.period.days == 1 and when.start < _SOON and when.period.label not in seen:
                seen.add(when.period.label)
                start = place.match.start("date")
                where = source(reading, place.block, start + when.start, start + when.end)
                yield Saying("paper", when.period.label, where)


def _named(reading: Reading) -> Iterator[Saying]:
    """Companies that are named whole and by their first letters: "Fell Tarn Holdings (FTH)"; each once."""
    seen: set[str] = set()
    for place in places(reading, _SHORT, hints=("(",)):
        words, letters = place.match["name"].split(), place.match["short"]
        if not _BODY.search(place.match[0]):
            continue  # methods and studies have short names, too, and several long ones
        telling = [word for word in words if word[0].isupper()]
        name = " ".join(telling[-len(letters) :])
        if len(telling) >= len(letters) and "".join(word[0] for word in name.split()) == letters and name not in seen:
            seen.add(name)
            start = place.match.start("name") + place.match["name"].rfind(telling[-len(letters)])
            yield Saying("named", name, source(reading, place.block, start, place.match.end("name")))


def _holes(words: str) -> str:
    return " ".join(name for *_, name in holes.find(words))


def _of_holes(reading: Reading, kind: str, pattern: Pattern, hints: tuple[str, ...]) -> Iterator[Saying]:
    """Words of a kind with the holes that stand in them, right behind them, or before them in front of a bracket."""
    seen: set[str] = set()
    for place in places(reading, pattern, hints=hints):
        plain, start, end = place.block.plain, place.match.start(), place.match.end()
        named = holes.find(plain[max(0, start - _NEAR) : end + _LISTED])
        begin = max(0, start - _NEAR)
        for first, last, name in named:
            inside = start <= first + begin < end
            behind = end <= first + begin and _LIST.fullmatch(plain, end, first + begin)
            before = last + begin <= start and _BRACKET.fullmatch(plain, last + begin, start)
            if (inside or behind or before) and name not in seen:
                seen.add(name)
                yield Saying(kind, name, place.source)


def _heads(place: Place) -> bool:
    """Whether a place is in the headline or in the blocks below it that say what the release is about."""
    return place.block.kind == "title" or place.block.part == "head"


def former_names(reading: Reading) -> list[str]:
    """What the issuer was called before, as far as the release says so beside the issuer's own name."""
    issuer = reading.context.get("issuer", "")
    own = " ".join(issuer.split()[:2]).rstrip(",.")
    found = []
    for place in (
        places(reading, _CALLED, hints=("formerly", "previously", "name from")) if len(own) > _NEAR // 10 else ()
    ):
        before = place.block.plain[max(0, place.match.start() - 120) : place.match.start()]
        if own in before:
            found.append(place.match["name"] or place.match["name2"])
    return found
