"""OpenAPI: what can be asked over HTTP, described in the words of the manuals (OpenAPI 3.1)."""

from collections.abc import Mapping
from typing import Any, cast

from orebook import __version__
from orebook.faces.asking.offered import description, offered, schema, shapes, summary
from orebook.faces.asking.reply import MEDIA
from orebook.faces.asking.terms import Terms
from orebook.faces.manual import Manual

ROOT = "/api/v1"

_PROBLEM = {
    "type": "object",
    "description": "What cannot be, and what can be instead (RFC 9457).",
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
    },
    "required": ["type", "title", "status", "detail"],
}
_ANSWER = {
    "type": "object",
    "properties": {
        "schema_version": {"type": "integer"},
        "status": {"enum": [0, 1, 2], "description": "0 nothing, 1 something was found, 2 something could not be used"},
        "notes": {"type": "array", "items": {"type": "string"}},
        "left_out": {"type": "array", "items": {"type": "object"}, "description": "Lists of which not all is given."},
    },
    "required": ["schema_version", "status", "notes"],
}


def described(reading: Terms, changing: Terms | None, *, token: bool = False) -> dict[str, Any]:
    """The whole description; ``changing`` are the terms for what changes the book, where that is allowed."""
    paths: dict[str, dict[str, Any]] = {}
    for name, page in offered(reading).items():
        paths.setdefault(f"{ROOT}/{name}", {})["get"] = _get(name, page, reading)
    for name, page in posted(changing).items() if changing is not None else ():
        paths.setdefault(f"{ROOT}/{name}", {})["post"] = _post(name, page, cast(Terms, changing))
    security: dict[str, Any] = {"security": [{"token": []}]} if token else {}
    schemes: dict[str, Any] = {"securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}} if token else {}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Orebook",
            "version": __version__,
            "description": "The verbs of orebook for one book. Files are named from the folder of the book.",
        },
        "paths": paths,
        "components": {"schemas": {"Problem": _PROBLEM, "Answer": _ANSWER}, **schemes},
        **security,
    }


def posted(terms: Terms) -> dict[str, Manual]:
    """The verbs that change this book, or can be asked to write something."""
    return {
        name: page
        for name, page in offered(terms).items()
        if (page.changes or page.changing) and any(choice.name == "book" for choice in page.choices)
    }


def _get(name: str, page: Manual, terms: Terms) -> dict[str, Any]:
    taken = cast("Mapping[str, Any]", schema(page, terms))
    parameters = [
        {
            "name": each,
            "in": "query",
            "required": each in taken["required"],
            "description": said["description"],
            "schema": {key: value for key, value in said.items() if key != "description"},
        }
        for each, said in taken["properties"].items()
    ]
    return {**_common(name, page, terms), "operationId": name, "parameters": parameters}


def _post(name: str, page: Manual, terms: Terms) -> dict[str, Any]:
    body = {"required": True, "content": {MEDIA["json"]: {"schema": schema(page, terms)}}}
    return {**_common(name, page, terms), "operationId": f"{name}_for_good", "requestBody": body}


def _common(name: str, page: Manual, terms: Terms) -> dict[str, Any]:
    """What both ways to ask a verb share."""
    forms = {MEDIA.get(form, "text/plain") for form in shapes(page) if form != "json"}
    content: dict[str, Any] = {form: {} for form in sorted(forms)}
    content[MEDIA["json"]] = {"schema": {"$ref": "#/components/schemas/Answer"}}
    problem = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {
        "summary": summary(name, page, terms),
        "description": description(name, page, terms),
        "responses": {
            "200": {"description": "The answer.", "content": content},
            "304": {"description": "The book is as it was when this was asked before."},
            "default": {"description": "What cannot be.", "content": problem},
        },
    }
