"""Findings as one JSON object, with what could not be used."""

from collections.abc import Iterable, Iterator

from orebook.reports.paper import Paper
from orebook.reports.results import Checked
from orebook.reports.shapes import Shape, array, assist, finding, trouble
from orebook.reports.standing import text_sha256
from orebook.reports.trouble import Trouble


def page(results: Iterable[Checked | Trouble], paper: Paper) -> Iterator[str]:
    """Yield the object piece by piece."""
    troubles: list[Shape] = []
    assists: list[Shape] = []
    return array("findings", _findings(results, troubles, assists), troubles, assists)


def _findings(results: Iterable[Checked | Trouble], troubles: list[Shape], assists: list[Shape]) -> Iterator[Shape]:
    for result in results:
        if isinstance(result, Trouble):
            troubles.append(trouble(result))
            continue
        assists += [] if result.assist is None else [assist(result.doc, result.assist)]
        known = text_sha256(result.document) if result.findings and result.document.text else ""
        yield from (finding(result.document, found, known) for found in result.findings)
