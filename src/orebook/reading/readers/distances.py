"""Distances: how far and in which direction things lie from towns, zones and holes, and how long lines are.

>>> from orebook.reading.read import read_text
>>> text = "The Blue Fox property is located 42 kilometres southwest of Elkton, British Columbia."
>>> reading = read_text("note.txt", text)
>>> [(str(fact.figure), fact.about["place"]) for fact in reading.facts]
[('42 km', 'Elkton, British Columbia')]
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from orebook.ground.fact import Record, Words
from orebook.ground.figure import Figure
from orebook.reading.drilling import holes
from orebook.reading.language.quantities import Quantity
from orebook.reading.patterns import Pattern
from orebook.reading.readers import cues
from orebook.reading.release import Release, Sentence

ORDER = 69

_STOP = (
    r"(?=\s?[,.;:()\[\]]|\s(?:in|and|which|that|where|on|to|is|was|were|near|with|along|via|through"
    r"|has|have|at|as|by|within|for|but|while|although|from)\b|$)"
)
_PLACE = (
    r"(?P<place>(?:the\s(?:\w+\s){0,2}?)?(?-i:(?:[A-Z][\w'’-]{0,40}|[A-Z]\.|St\.)(?:\s(?:(?:de|du|la|le"
    r"|del|of)\s)?[A-Z0-9][\w'’-]{0,40}){0,5})"
    r"(?:,\s(?-i:[A-Z][\w'’-]{0,40}(?:\s[A-Z][\w'’-]{0,40}){0,2}))?(?:\s(?:zone|target|mine|property|project|deposit))?"
    r"|(?:the|its|our|a)\s[\w'’-]+(?:\s[\w'’-]+){0,9}?)" + _STOP
)
_TOWARDS = Pattern(
    rf"[\s-]?(?:directly\s|due\s|to\sthe\s|further\s)?(?P<bearing>{cues.BEARING})(?:\sand\s"
    rf"(?:[\w-]+\s){{0,3}}?(?P<also>behind|ahead|below|above)|"
    rf"\s(?:of\s)?and\s[\w ]{{0,20}}?\sof,?)?\s?(?:of|from)?\s{_PLACE}",
    re.IGNORECASE,
)
_AWAY = Pattern(
    rf"(?:\saway|\sby\s(?:paved\s|all-weather\s)?(?:road|air|rail|highway)|\sdrive"
    rf"|\salong\sstrike)?\s(?P<of>from|of)\s{_PLACE}",
    re.IGNORECASE,
)
_LIES = Pattern(
    r"(?:located|situated|lies?|only|just|within|less than|is|are|approximately|about|some)\s$", re.IGNORECASE
)
_WHO = Pattern(
    r"(?P<place>(?-i:[A-Z][\w'’-]{0,40}(?:\s[A-Z0-9][\w'’-]{0,40}){0,4})),\s(?:which|that)\s(?:is|are|lies"
    r"|was)\s(?:located\s|situated\s)?$"
)
_ONE = Pattern(
    r"(?P<sign>\b(?:about|approximately|roughly|within|less than|over)\s)?\b(?P<number>a|an?\shalf"
    r"|half an?)\s(?P<unit>kilomet(?:re|er)|mile|met(?:re|er))\b",
    re.IGNORECASE,
)
_LINE = Pattern(
    r"[\s-](?:long\s)?(?P<what>(?:[\w-]+\s){0,3}?(?:line|road|pipeline|railway|conveyor|highway"
    r"|corridor))\s(?:from\s(?P<place>[^.;,]{3,80}?)(?=[.;,]|\sis\b|\swill\b|$))",
    re.IGNORECASE,
)
_NOT_PLACES = Pattern(
    r"(?:the\s)?(?:surface|depth|total|hole|drill\s?hole|collar|interval|core|true|mineralization"
    r"|strike|north|south|east|west|year|company|same)\b",
    re.IGNORECASE,
)
_SECTION = Pattern(r"\b[Ss]ections?\s(?P<name>\d{2,6}\+?\d{0,3}\s?[NSEW])\b")
_SIGNS = {"about": "~", "approximately": "~", "roughly": "~", "within": "<", "less than": "<", "over": ">", "": ""}


def records(release: Release) -> Iterator[Record]:
    """Every distance with its bearing and place, every length of a line, and every section of a local grid."""
    for sentence in cues.prose(release):
        yield from _sections(release, sentence)
        subject: dict[str, str] = {}
        for quantity in (*_counted_one(sentence), *sentence.quantities):
            found = _understood(sentence, quantity)
            if found:
                measure, about = found
                facts = cues.figures(release, sentence.text, quantity, measure)
                subject = subject or _subject(release, sentence, quantity.start)
                yield release.record("distance", facts, **subject, **about, **_hole(sentence, quantity.start))


def _understood(sentence: Sentence, quantity: Quantity) -> tuple[str, dict[str, str]] | None:
    """Measure and place of a quantity that is a distance, or the length of a line."""
    if quantity.unit in ("km", "m", "mi", "ft"):
        return _line(sentence, quantity) or _distance(sentence, quantity)
    return None if quantity.unit or quantity.is_range else _without_unit(sentence, quantity)


def _sections(release: Release, sentence: Sentence) -> Iterator[Record]:
    for section in _SECTION.finditer(sentence.plain):
        start, end = section.span("name")
        words = Words(section["name"].replace(" ", ""), "name")
        fact = release.fact("places.section", words, sentence.text, start, end)
        yield release.record("distance", [fact], **_subject(release, sentence, start), **_hole(sentence, start))


def _distance(sentence: Sentence, quantity: Quantity) -> tuple[str, dict[str, str]] | None:
    """Distance and bearing from a place, or a plain distance from one."""
    plain = sentence.plain
    measure = "places.distance" if quantity.unit in ("km", "mi") else "places.offset"
    towards = _TOWARDS.match(plain, quantity.end)
    if towards and _is_place(towards["place"]) and (" of" in towards[0] or " from" in towards[0] or towards["also"]):
        return measure, {"bearing": _bearing(towards["bearing"]), "place": _place(towards["place"])}
    away = _AWAY.match(plain, quantity.end)
    lead = plain[max(0, quantity.start - 120) : quantity.start]
    lies = (
        _LIES.search(lead)
        or " away" in (away[0] if away else "")
        or (away and away["of"] == "from" and measure == "places.distance")
    )
    if (
        not away
        or not lies
        or not _is_place(away["place"])
        or (away["of"] == "of" and not re.search(r"within\s$", lead))
    ):
        return None
    who = _WHO.search(re.sub(r"(?:within|about|approximately|some|only|just)\s$", "", lead))
    return measure, {"place": who["place"] if who else _place(away["place"])}


def _without_unit(sentence: Sentence, quantity: Quantity) -> tuple[str, dict[str, str]] | None:
    """A number with a bearing from a place, and no unit: kept as it stands, for a rule to remark on."""
    towards = _TOWARDS.match(sentence.plain, quantity.end)
    value = quantity.figure.value
    if not towards or len(towards["bearing"]) < 4 or " of" not in towards[0] or value < 10 or 1900 <= value <= 2100:
        return None
    return "places.offset", {"bearing": _bearing(towards["bearing"]), "place": _place(towards["place"])}


def _line(sentence: Sentence, quantity: Quantity) -> tuple[str, dict[str, str]] | None:
    found = _LINE.match(sentence.plain, quantity.end)
    return (
        ("places.length", {"what": " ".join(found["what"].split()), "place": found["place"].strip()}) if found else None
    )


def _counted_one(sentence: Sentence) -> Iterator[Quantity]:
    """ "A kilometre" and "half a mile", where no digit and no number word stands."""
    for found in _ONE.finditer(sentence.plain):
        unit = {"k": "km", "mi": "mi"}.get(
            found["unit"][:1].lower() if found["unit"][:1] in "kK" else found["unit"][:2].lower(), "m"
        )
        value = Decimal("0.5") if "half" in found["number"].lower() else Decimal(1)
        figure = Figure(value, unit, _SIGNS[(found["sign"] or "").strip().lower()])
        start = found.start("number")
        yield Quantity((figure,), start, found.end(), start, found.end("number"), spelled=True)


def _is_place(place: str) -> bool:
    return not _NOT_PLACES.match(place)


def _place(words: str) -> str:
    return " ".join(words.split()).strip(" ,")


def _bearing(words: str) -> str:
    return " ".join(words.lower().split()).removeprefix("due ") if len(words) > 3 else words.upper()


def _subject(release: Release, sentence: Sentence, at: int) -> dict[str, str]:
    """What lies there: named before the distance; what is named behind it is the place that it lies from."""
    return release.about(sentence.block, sentence.text.slice(0, at), at)


def _hole(sentence: Sentence, at: int) -> dict[str, str]:
    """The hole that the sentence speaks of before a place."""
    before = holes.find(sentence.plain, max(0, at - 160), at)
    return {"hole": before[-1][2]} if before else {}
