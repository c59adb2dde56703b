"""Rules: the catalogue of what is looked for, and the page of each rule with what it flags and what is fine."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from orebook.checks import Rule, catalogue
from orebook.checks.rule import HEADINGS
from orebook.faces.web.page import Page
from orebook.faces.web.shelf import Shelf
from orebook.faces.web.showing import show

KINDS = {"A": "Across releases", "D": "Documents", "F": "Figures", "T": "Tables of the book"}
"""What the rules look at whose codes begin with that letter."""


def rules(request: Request) -> Response:
    """Every rule with its sentence, those with some words where words are asked for."""
    words = request.query_params.get("q", "").casefold().split()
    found: dict[str, list[Rule]] = {name: [] for name in KINDS.values()}
    for code, rule in catalogue().items():
        page = f"{code} {rule.name} {rule.title} {rule.basis}".casefold()
        if all(word in page for word in words):
            found.setdefault(KINDS.get(code[:1], code[:1]), []).append(rule)
    count = sum(map(len, found.values()))
    said = {"found": found, "count": count, "q": request.query_params.get("q", "")}
    return show(request, "rules.html", said, part="list")


def one(request: Request) -> Response:
    """The page of a rule."""
    code = request.path_params["code"]
    rule = catalogue().get(code)
    if rule is None:
        if code.upper() in catalogue():
            return RedirectResponse(f"/rules/{code.upper()}", 303)
        raise HTTPException(404)
    return show(request, "rule.html", {"rule": rule, "parts": parts(rule)})


def parts(rule: Rule) -> list[tuple[str, list[str], list[str]]]:
    """What stands under each heading of a rule's page: its paragraphs, and its examples.

    >>> [(name, len(said), len(shown)) for name, said, shown in parts(catalogue()["F101"])][:3]
    [('What it does', 1, 0), ('Why it matters', 1, 0), ('Flagged', 0, 2)]
    """
    found = []
    for heading in HEADINGS:
        examples = rule.examples(heading) if heading in ("Flagged", "Fine") else []
        words = [] if examples else [" ".join(part.split()) for part in rule.section(heading).split("\n\n")]
        if examples or any(words):
            found.append((heading, words, examples))
    return found


def _aside(_: Shelf) -> bool:
    return False


PAGE = Page("/rules", "Rules", 75, (Route("/rules", rules), Route("/rules/{code}", one)), _aside)
