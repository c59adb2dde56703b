"""Reference: what one has to know to ask well: rules, tables, measures and manuals, as pages with an address each."""

import csv
import json
from collections.abc import Callable, Iterator
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from orebook.checks import catalogue
from orebook.desk.answer import AskedWronglyError
from orebook.faces.asking.offered import description, offered, schema
from orebook.faces.asking.terms import Terms
from orebook.ground.schema import Schema, tables
from orebook.ground.schema import schema as table_schema
from orebook.reports.shapes import VERSION, as_json

SCHEME = "orebook://"


class Entry(NamedTuple):
    """A page of the reference: its address, its name, what it is, in which form it comes, and how it is made."""

    address: str
    name: str
    about: str
    media: str
    made: Callable[[], str]


def entries(terms: Terms) -> Iterator[Entry]:
    """Yield every page that is offered on these terms."""
    yield Entry(f"{SCHEME}rules", "rules", "Every rule: code, name, fault, basis.", "application/json", _rules)
    yield Entry(f"{SCHEME}tables", "tables", "Every table that a book may have.", "application/json", _tables)
    yield Entry(f"{SCHEME}measures", "measures", "The vocabulary of measures.", "application/json", _measures)
    for name in offered(terms):
        yield Entry(f"{SCHEME}manual/{name}", name, f"The manual of {name}.", "text/markdown", _manual(name, terms))
    for table in tables():
        about = table_schema(table).description
        yield Entry(f"{SCHEME}tables/{table}", table, about, "application/json", _table(table))
    for code, rule in catalogue().items():
        yield Entry(f"{SCHEME}rules/{code}", f"{code} {rule.name}", rule.title, "text/markdown", _rule(code))


def read(address: str, terms: Terms) -> Entry:
    """The page at an address.

    Raises ``AskedWronglyError`` where there is none.
    """
    for entry in entries(terms):
        if entry.address == address:
            return entry
    raise AskedWronglyError(
        f"there is nothing at {address[:200]!r}; {SCHEME}rules, {SCHEME}tables and others are listed"
    )


def _rules() -> str:
    rules = [
        {"code": each.code, "name": each.name, "title": each.title, "basis": each.basis, "on": each.on}
        for each in catalogue().values()
    ]
    return as_json({"schema_version": VERSION, "rules": rules})


def _rule(code: str) -> Callable[[], str]:
    return lambda: catalogue()[code].page


def _tables() -> str:
    found = [{"name": name, "description": table_schema(name).description} for name in tables()]
    return as_json({"schema_version": VERSION, "tables": found})


def _table(name: str) -> Callable[[], str]:
    return lambda: as_json({"schema_version": VERSION, **_fields(table_schema(name))})


def _fields(found: Schema) -> dict[str, object]:
    """A table as Table Schema (Frictionless) names its parts, for a book that counts in metres."""
    kinds = {"text": "string", "number": "number", "day": "date"}
    fields = [
        {
            "name": column.key(),
            "type": kinds.get(column.type, column.type),
            "unit": column.unit,
            "description": column.description,
            "constraints": {"required": column.required},
        }
        for column in found.columns
    ]
    more = {"analytes": found.analytes, "metals": found.metals}
    return {"name": found.name, "description": found.description, "fields": fields, "order": list(found.order), **more}


@cache
def _measures() -> str:
    found = []
    for file in sorted(files("orebook.ground").joinpath("tables").iterdir(), key=lambda each: each.name):
        for row in csv.DictReader(file.read_text(encoding="utf-8").splitlines()):
            spoken = [word for word in row["spoken"].split("|") if word]
            measure = f"{file.name.removesuffix('.csv')}.{row['column']}"
            found.append({"measure": measure, "unit": row["unit"], "what": row["description"], "spoken": spoken})
    return as_json({"schema_version": VERSION, "measures": found})


def _manual(name: str, terms: Terms) -> Callable[[], str]:
    def made() -> str:
        page = offered(terms)[name]
        asked = json.dumps(schema(page, terms), indent=2, ensure_ascii=False)
        return f"# {name}\n\n{description(name, page, terms)}\n\nWhat can be asked:\n\n```json\n{asked}\n```\n"

    return made
