"""Findings as the commands by which a workflow marks lines of a change."""

from collections.abc import Iterable, Iterator

from orebook.ground.finding import Finding
from orebook.ground.source import Document
from orebook.reports.paper import Paper, shown
from orebook.reports.results import Checked
from orebook.reports.standing import named, places_of
from orebook.reports.trouble import Trouble

_COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}


def page(results: Iterable[Checked | Trouble], paper: Paper) -> Iterator[str]:
    """Yield a command for each finding, and one for each document that could not be used."""
    for result in results:
        if isinstance(result, Trouble):
            yield f"::error file={_property(result.where)},title=unusable::{_data(str(result))}\n"
            continue
        for finding in result.findings:
            yield _command(finding, result.document)


def _command(finding: Finding, document: Document) -> str:
    first = finding.sources[0] if finding.sources else document.source(0, 0)
    column = document.column(first.start)
    place = {"file": document.name if document.text else first.doc}
    standing = named(places_of(document, first))
    if not standing:
        place |= {"line": str(first.line), "col": str(column)}
        if "\n" not in first.quote:
            place["endColumn"] = str(column + len(first.quote))
    place["title"] = finding.code
    said = ",".join(f"{key}={_property(value)}" for key, value in place.items())
    message = f"{standing}: {finding.message}" if standing else finding.message
    message += " (a figure that a model proposed takes part)" if finding.assisted else ""
    return f"::{_COMMANDS[finding.grade]} {said}::{_data(message)}\n"


def _data(words: str) -> str:
    """Words that end no command and begin no other, and hold nothing that whoever shows the log would obey."""
    return shown(words.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A"))


def _property(words: str) -> str:
    return _data(words).replace(":", "%3A").replace(",", "%2C")
