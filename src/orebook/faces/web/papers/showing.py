"""Showing a document: its page, with what was asked to be seen of it."""

from collections.abc import Mapping, Sequence

from starlette.requests import Request
from starlette.responses import Response

from orebook.desk.looking import Looked
from orebook.faces.web.papers.beside import Beside
from orebook.faces.web.papers.library import Held, Library, with_others
from orebook.faces.web.papers.sheet import FactShown, FindingShown, Links, Sheet, sheet
from orebook.faces.web.showing import made_once, show
from orebook.ground.finding import GRADES

_MOST_FACTS = 4000
"""So many facts stand in the list beside a document at once; a search finds the others."""


def document_page(
    request: Request,
    looked: Looked,
    held: Held,
    library: Library,
    listed: Mapping[str, Held],
    links: Links,
    more: Mapping[str, object],
    beside: Beside | None,
) -> Response:
    """The page of a document that was read, its figures put ``beside`` the book unless that was done already."""
    looked, note, putting = (looked, "", None) if beside is None else beside.put(looked, held, request.url.path)
    others = library.across(held, listed)
    survey = None if others is not None else library.survey(request.url.path)
    looked = with_others(looked, held.stamp[2], others) if others else looked
    asked = request.query_params
    at = asked.get("at", "")
    start = int(at) if at.isdecimal() and len(at) <= 9 else -1
    agreed = library.agreed(held)
    pointed = (start, _end(looked, start)) if start >= 0 else None
    state = held.item.name, held.stamp, looked.checked.findings, agreed, pointed, looked.reading.placed
    laid, article, rows = library.laid(state, lambda: _laid(sheet(looked, links, pointed, agreed or frozenset())))
    context = looked.reading.context
    words = asked.get("q", "")
    found = _found(laid.facts, words)
    if words:
        rows = _rows(laid.facts if len(laid.facts) <= _MOST_FACTS else found, found)
    said = {
        "held": held,
        "sheet": laid,
        "checked": looked.checked,
        "issuer": context.get("issuer", ""),
        "day": context.get("date", ""),
        "wanted": _wanted(laid.findings, asked.getlist("grade"), asked.get("rule", "")),
        "grades": asked.getlist("grade"),
        "rule": asked.get("rule", ""),
        "rules": sorted({finding.said.code for finding in laid.findings}),
        "article": article,
        "rows": rows,
        "found": len(found),
        "listed": min(len(laid.facts), _MOST_FACTS),
        "q": words,
        "survey": survey,
        "putting": putting,
        "note": note,
        "agreed": None if agreed is None else sum(fact.agrees for fact in laid.facts),
        "path": request.url.path,
        "all_grades": tuple(reversed(GRADES)),
    }
    return show(request, "release.html", {"file": None, "beside": None, **said, **more})


def _laid(laid: Sheet) -> tuple[Sheet, str, str]:
    """A document laid out, its article and the rows of its facts as they stand in every page of it."""
    return laid, made_once("_article.html", {"sheet": laid}), _rows(laid.facts, laid.facts)


def _rows(facts: Sequence[FactShown], found: Sequence[FactShown]) -> str:
    """The rows of facts, those hidden that were not asked for."""
    shown = {fact.number for fact in found}
    return made_once("_facts.html", {"facts": facts[:_MOST_FACTS], "found": shown})


def _end(looked: Looked, start: int) -> int:
    """Where a stretch ends that another document points at: with its fact, or with its word."""
    text = looked.reading.document.text
    for fact in looked.reading.facts:
        if fact.source.start == start:
            return fact.source.end
    return min((place for place in (text.find(sign, start) for sign in " \n|") if place > start), default=len(text))


def _wanted(findings: Sequence[FindingShown], grades: Sequence[str], rule: str) -> set[int]:
    """The numbers of the findings of these grades by that rule."""
    return {
        finding.number
        for finding in findings
        if (not grades or finding.said.grade in grades) and (not rule or finding.said.code == rule)
    }


def _found(facts: Sequence[FactShown], words: str) -> list[FactShown]:
    """Facts that hold all of some words."""
    wanted = words.casefold().split()
    return [fact for fact in facts if all(word in fact.words for word in wanted)]
