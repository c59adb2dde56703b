"""Findings as SARIF 2.1.0, the format of code-scanning pages.

Every rule is declared, not only those that spoke, so that such a page can close what is mended. Columns and offsets
count characters.
"""

from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import PurePath
from urllib.parse import quote

from orebook import __version__
from orebook.checks import catalogue
from orebook.ground.finding import Finding
from orebook.ground.source import Document, Source
from orebook.reports.paper import Paper
from orebook.reports.results import Checked, Suppressed
from orebook.reports.shapes import Shape, as_json, help_for
from orebook.reports.standing import named, places_of, sites
from orebook.reports.trouble import Trouble


def page(results: Iterable[Checked | Trouble], paper: Paper) -> Iterator[str]:
    """Yield the log with its one run."""
    codes = sorted(catalogue())
    troubles: list[Trouble] = []
    shapes: list[Shape] = []
    for result in results:
        if isinstance(result, Trouble):
            troubles.append(result)
            continue
        shapes += [_result(found, result.document, codes) for found in result.findings]
        shapes += [_suppressed(found, result.document, codes) for found in result.suppressed]
    run: Shape = {
        "tool": {"driver": _driver(codes)},
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(troubles)],
        "results": shapes,
    }
    yield as_json({"version": "2.1.0", "runs": [run]}, 1) + "\n"


def _driver(codes: list[str]) -> Shape:
    rules = [catalogue()[code] for code in codes]
    return {
        "name": "orebook",
        "semanticVersion": __version__,
        "rules": [
            {
                "id": rule.code,
                "name": rule.name,
                "shortDescription": {"text": rule.title},
                "fullDescription": {"text": rule.title},
                "help": {"text": help_for(rule.code) or rule.title, "markdown": rule.page},
                "properties": {"basis": rule.basis},
            }
            for rule in rules
        ],
    }


def _invocation(troubles: list[Trouble]) -> Shape:
    """What could not be used, as notifications."""
    notifications: list[Shape] = [
        {"level": "error", "message": {"text": str(trouble)}, "locations": [{"physicalLocation": _file(trouble.where)}]}
        for trouble in troubles
    ]
    return {"executionSuccessful": not troubles, "toolExecutionNotifications": notifications}


def _result(found: Finding, document: Document, codes: list[str]) -> Shape:
    first, *others = found.sources or (document.source(0, 0),)
    related = [{"id": number, **_location(source, document)} for number, source in enumerate(others, 1)]
    shape: Shape = {
        "ruleId": found.code,
        "level": found.grade,
        "message": {"text": found.message},
        "locations": [_location(first, document)],
        "partialFingerprints": {"orebook/v1": _fingerprint(found, document)},
    }
    if found.assisted:
        shape["properties"] = {"assisted": True}
    if found.code in codes:
        shape["ruleIndex"] = codes.index(found.code)
    return shape | ({"relatedLocations": related} if related else {})


def _suppressed(suppressed: Suppressed, document: Document, codes: list[str]) -> Shape:
    reasons = [{"kind": "external", "justification": suppressed.reason}]
    return _result(suppressed.finding, document, codes) | {"suppressions": reasons}


def _location(source: Source, document: Document) -> Shape:
    if not document.text or source.doc != document.name:  # a row of a table of a book, or another release
        region: Shape = {"startLine": max(source.line, 1), "snippet": {"text": source.quote}}
        return {"physicalLocation": {**_file(source.doc), "region": region}}
    places = places_of(document, source)
    if places:  # lines of our own text are nothing that the reader of the file has
        spot: Shape = {"name": named(places), "kind": "page" if places[0].page else "part"}
        more: Shape = {"places": sites(places), "charOffset": source.start, "charLength": source.end - source.start}
        return {
            "physicalLocation": _file(document.name),
            "logicalLocations": [spot],
            "message": {"text": source.quote},
            "properties": more,
        }
    last = max(source.start, source.end - 1)
    region = {
        "startLine": source.line,
        "startColumn": document.column(source.start),
        "endLine": document.line(last),
        "endColumn": document.column(last) + (source.end > source.start),
        "charOffset": source.start,
        "charLength": source.end - source.start,
        "snippet": {"text": source.quote},
    }
    return {"physicalLocation": {**_file(document.name), "region": region}}


def _file(name: str) -> Shape:
    path = PurePath(name)
    uri = path.as_uri() if path.is_absolute() else quote(path.as_posix(), errors="surrogateescape")
    return {"artifactLocation": {"uri": uri}}


def _fingerprint(found: Finding, document: Document) -> str:
    """The same for the same finding when lines are added above it."""
    words = "\0".join((found.code, PurePath(document.name).as_posix(), *(source.quote for source in found.sources)))
    return sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:32]
