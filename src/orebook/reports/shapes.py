"""Shapes: what programs are given, as plain objects for JSON. ``shapes.csv`` describes every field.

``VERSION`` rises when a field changes its meaning or goes away; new fields may come without it.
"""

import csv
import json
import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from functools import cache
from importlib.resources import files

from orebook.checks import Rule, catalogue
from orebook.ground.fact import GRAMMAR, Fact, Record
from orebook.ground.finding import Finding
from orebook.ground.range import Range
from orebook.ground.source import Document, Place, Source
from orebook.reading.assist.report import Report
from orebook.reading.records import as_key
from orebook.reports.results import NO_HEAD, Head, Stand
from orebook.reports.standing import places_of, sites
from orebook.reports.trouble import Trouble

VERSION = 1

Shape = dict[str, object]


def fact(doc: str, fact: Fact, head: Head = NO_HEAD, stand: Stand | None = None) -> Shape:
    """One fact, its value with the digits that were printed."""
    return {
        "schema_version": VERSION,
        "doc": doc,
        **hashes(head),
        "measure": fact.measure,
        "value": fact.figure.digits,
        "unit": fact.figure.unit,
        "sign": fact.figure.sign,
        "about": dict(fact.about),
        **({"read_by": fact.read_by} if fact.read_by != GRAMMAR else {}),
        "source": place(fact.source, *stood(stand)),
    }


def finding(document: Document, finding: Finding, text_sha256: str = "") -> Shape:
    """One finding with all its places, the one to mend first."""
    doc = document.name
    return {
        "schema_version": VERSION,
        "doc": doc,
        **({"text_sha256": text_sha256} if text_sha256 else {}),
        "code": finding.code,
        "grade": finding.grade,
        "message": finding.message,
        "sources": [
            place(source, *placed(document, source)) | ({"doc": source.doc} if source.doc != doc else {})
            for source in finding.sources
        ],
        "expected": None if finding.expected is None else expected(finding.expected),
        "basis": finding.basis,
        **({"assisted": True} if finding.assisted else {}),
        "help": help_for(finding.code),
    }


def record(doc: str, record: Record, head: Head = NO_HEAD, stand: Stand | None = None) -> Shape:
    """One assembled record under the names of its kind."""
    return {"schema_version": VERSION, "doc": doc, **hashes(head), **as_key(record), **_where(*stood(stand))}


def rule(rule: Rule) -> Shape:
    """One rule with its page."""
    return {
        "code": rule.code,
        "name": rule.name,
        "title": rule.title,
        "basis": rule.basis,
        "on": rule.on,
        "since": rule.since,
        "help": help_for(rule.code),
        "page": rule.page,
    }


def trouble(trouble: Trouble) -> Shape:
    """Something given that could not be used."""
    return {"where": trouble.where, "what": trouble.what, "instead": trouble.instead}


def assist(doc: str, report: Report) -> Shape:
    """What came of asking a model about one document, every proposal that was refused with why."""
    return {
        "doc": doc,
        "passages": report.passages,
        "left": report.left,
        "answers": report.answers,
        "odd": report.odd,
        "proposed": report.proposed,
        "accepted": report.accepted,
        "refused": [one._asdict() for one in report.refused],
        "problem": report.problem,
    }


def place(source: Source, places: Sequence[Place] = (), sure: float = 1.0) -> Shape:
    """A stretch of a document, in characters of its text, and on its pages where it has some."""
    said: Shape = {"line": source.line, "start": source.start, "end": source.end, "quote": source.quote}
    return said | _where(places, sure)


def _where(places: Sequence[Place], sure: float) -> Shape:
    """The places on pages or in parts; nothing where the text is the file."""
    found: Shape = {"places": sites(places)} if places else {}
    return found | ({"sure": round(sure, 3)} if sure < 1 else {})


def stood(stand: Stand | None) -> tuple[Sequence[Place], float]:
    """The places of a fact or record, and how sure its letters are."""
    return ((), 1.0) if stand is None else (stand.places, stand.sure)


def placed(document: Document, source: Source) -> tuple[Sequence[Place], float]:
    """The places of a source in a document, and how sure its letters are."""
    places = places_of(document, source)
    return places, document.sure(source.start, source.end) if places else 1.0


def hashes(head: Head) -> Shape:
    """What tells the document and its text from all others, as far as it is known."""
    return {key: said for key, said in (("sha256", head.sha256), ("text_sha256", head.text_sha256)) if said}


def expected(range_: Range) -> Shape:
    """The values that would agree; an open end is null.

    >>> expected(Range("478.21453888888888888", "Infinity", "koz"))
    {'low': '478.214538888888', 'high': None, 'unit': 'koz'}
    """
    low, high = _end(range_.low, ROUND_FLOOR), _end(range_.high, ROUND_CEILING)
    return {"low": low, "high": high, "unit": range_.unit}


def _end(value: Decimal, rounding: str) -> str | None:
    """An end of a range: at most fifteen digits, rounded outwards; nothing when the range is open there."""
    if not value.is_finite():
        return None
    finest = value.adjusted() - 14
    if value and finest > int(value.as_tuple().exponent):
        value = value.quantize(Decimal(1).scaleb(finest), rounding=rounding)
    return f"{value.normalize():f}"


@cache
def help_for(code: str) -> str:
    """What a rule's page says to do instead, on one line; nothing for an unknown code."""
    rule = catalogue().get(code)
    return " ".join(rule.section("Help").split()) if rule else ""


_OBEYED = re.compile("[\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")
"""What JSON allows in a string and a terminal obeys."""


def as_json(shape: object, indent: int | None = None, default: Callable[[object], str] | None = None) -> str:
    """A shape as JSON in its own letters; what a terminal would obey is written by its number.

    A number that is none is null: JSON has no other word for it.

    >>> as_json({"grade": float("nan")})
    '{"grade": null}'
    >>> as_json({"hole": "É-1\\x9b2J\\u202e"})
    '{"hole": "É-1\\\\u009b2J\\\\u202e"}'
    """
    try:
        said = json.dumps(shape, ensure_ascii=False, indent=indent, default=default, allow_nan=False)
    except ValueError:
        said = json.dumps(_finite(shape), ensure_ascii=False, indent=indent, default=default)
    return _OBEYED.sub(lambda found: f"\\u{ord(found[0]):04x}", said)


def _finite(shape: object) -> object:
    """A shape with nothing in the place of numbers that are none."""
    if isinstance(shape, float):
        return shape if math.isfinite(shape) else None
    if isinstance(shape, Mapping):
        return {key: _finite(value) for key, value in shape.items()}
    return [_finite(value) for value in shape] if isinstance(shape, list | tuple) else shape


def line(shape: Shape) -> str:
    """A shape as one line of JSON."""
    return as_json(shape) + "\n"


def array(
    name: str, shapes: Iterable[Shape], troubles: list[Shape], assists: Sequence[Shape] | None = None
) -> Iterator[str]:
    """Yield one JSON object: all the shapes under a name, what could not be used, and what came of assistance.

    ``troubles`` and ``assists`` are looked at when the shapes have come to their end.
    """
    yield f'{{"schema_version": {VERSION}, "{name}": ['
    for number, shape in enumerate(shapes):
        yield (",\n" if number else "\n") + as_json(shape)
    told = f', "assist": {as_json(assists)}' if assists else ""
    yield f'\n], "troubles": {as_json(troubles)}{told}}}\n'


@cache
def fields() -> list[dict[str, str]]:
    """Every field of every shape, as ``shapes.csv`` describes it."""
    table = files("orebook.reports").joinpath("shapes.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(table.splitlines()))
