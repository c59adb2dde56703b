"""Company: what a release says of the company, its people, laboratories and contacts, as far as the book says it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import polars as pl

from orebook.book.folder import Book
from orebook.book.settings import BookSettings
from orebook.disciplines.tenure.people import persons_on
from orebook.reports.quarter.periods import day_words

_VENTURE = ("tsxv", "tsx-v", "tsx.v", "tsx venture")
"""How tickers of an exchange begin that wants to be told not to answer for a release."""

_STANDING = {
    "independent": "independent of the company",
    "employee": "an employee of the company",
    "officer": "an officer of the company",
    "director": "a director of the company",
    "consultant": "a consultant to the company",
}


def company_words(book: Book, settings: BookSettings, day: date | None) -> dict[str, Any]:
    """What every release says, by the names under which templates know it; nothing where nobody has said it."""
    said = settings.release
    text = {
        name: str(said.get(name, "")).strip()
        for name in ("place", "about", "sampling", "control_results", "verification", "website")
    }
    return {
        **text,
        "company": settings.issuer,
        "ticker": settings.ticker,
        "day": day_words(day) if day else "",
        "property": _property(settings),
        "guidance": False,
        "reviewed": said.get("reviewed") is True,
        "persons": _persons(book, settings, day),
        "contacts": [_texts(each, ("name", "role", "phone", "email")) for each in settings.contacts],
        "laboratories": [_texts(each, _LABORATORY) for each in settings.laboratories],
        "venture": settings.ticker.lower().startswith(_VENTURE),
    }


_LABORATORY = ("name", "place", "relation", "accreditation", "preparation", "methods")


def _texts(said: Mapping[str, Any], keys: tuple[str, ...]) -> dict[str, str]:
    return {key: str(said.get(key, "")).strip() for key in keys}


def _property(settings: BookSettings) -> str:
    """The property that a release is about: the one that is said, or the only one."""
    said = str(settings.release.get("property", "")).strip()
    if said or len(settings.properties) != 1:
        return said
    return settings.properties[0].name


def _persons(book: Book, settings: BookSettings, day: date | None) -> list[dict[str, str]]:
    """The qualified persons whom ``book.toml`` names, as the table of persons knows them on the day."""
    names = settings.release.get("qualified_persons", [])
    table = book.table("persons")
    rows = persons_on(table if table is not None else pl.DataFrame(), day or date.max).to_dicts()
    known = {str(row["person"]).casefold(): row for row in rows}
    found = []
    for name in names if isinstance(names, list) else []:
        row = known.get(str(name).casefold(), {})
        told = {key: str(row.get(key) or "") for key in ("credentials", "role", "firm", "relation")}
        standing = _STANDING.get(told["relation"].lower(), told["relation"])
        found.append({"person": str(name), "standing": standing, **told})
    return found
