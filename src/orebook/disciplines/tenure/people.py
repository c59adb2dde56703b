"""People: who answers for technical work, with which credentials and in which relation, on the day it was published.

A qualified person is a person, not a firm; has a professional standing in a body that registers them; and stands in a
relation to the issuer that is said. Technical documents that lack one of these are listed with what is lacking.
"""

import csv
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import polars as pl

from orebook.disciplines.tenure.columns import Types, listed, shaped

PERSON: Types = {
    "person": pl.String,
    "credentials": pl.String,
    "body": pl.String,
    "registration": pl.String,
    "role": pl.String,
    "relation": pl.String,
    "firm": pl.String,
    "from_day": pl.Date,
    "to_day": pl.Date,
    "document": pl.String,
}
"""The columns of ``persons``: a row for each person and stretch of days in which all of it held."""

DOCUMENT: Types = {
    "document": pl.String,
    "kind": pl.String,
    "title": pl.String,
    "property": pl.String,
    "published_day": pl.Date,
    "as_of_day": pl.Date,
    "technical": pl.String,
    "persons": pl.String,
    "supersedes": pl.String,
    "cites": pl.String,
    "filed_with": pl.String,
}
"""The columns of ``documents``: ``persons`` answer for it, ``supersedes`` and ``cites`` name other documents."""

RELATIONS = ("independent", "employee", "officer", "director", "consultant")
"""How somebody may stand to the issuer."""

_LACKS = {
    "document": pl.String,
    "kind": pl.String,
    "published_day": pl.Date,
    "person": pl.String,
    "lacks": pl.String,
}


@cache
def registering() -> Mapping[str, bool]:
    """For each credential, by its small letters, whether a body registers whoever has it; degrees are none.

    >>> registering()["pgeo"], registering()["phd"]
    (True, False)
    """
    return {_letters(row["credential"]): row["body"] == "yes" for row in _rows("credentials.csv")}


@cache
def technical_kinds() -> Mapping[str, str]:
    """For each kind of document whether it is technical: ``yes``, ``no``, or ``maybe`` where its row has to say so.

    >>> technical_kinds()["technical report"], technical_kinds()["news release"]
    ('yes', 'maybe')
    """
    return {row["kind"]: row["technical"] for row in _rows("document_kinds.csv")}


def _rows(name: str) -> list[dict[str, str]]:
    text = files("orebook.disciplines.tenure").joinpath(name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def _letters(said: str) -> str:
    return "".join(letter for letter in said.casefold() if letter.isalnum())


def is_registered(credentials: str | None) -> bool:
    """Whether among some credentials is one whose holder a professional body registers.

    >>> is_registered("M.Sc., P.Geo."), is_registered("P. Eng."), is_registered("Ph.D."), is_registered(None)
    (True, True, False, False)
    """
    known = registering()
    return any(known.get(_letters(each), False) for each in (credentials or "").replace(";", ",").split(","))


def persons_on(persons: pl.DataFrame, day: date) -> pl.DataFrame:
    """Each person as they stood on a day: the row whose days hold it, the last of several."""
    rows = shaped(persons, PERSON).drop_nulls("person")
    begun = pl.col("from_day").is_null() | (pl.col("from_day") <= day)
    going = pl.col("to_day").is_null() | (pl.col("to_day") >= day)
    order = ["person", "from_day", "to_day", "credentials", "role"]
    there = rows.filter(begun & going).sort(order, nulls_last=False)
    return there.group_by("person", maintain_order=True).last()


def is_technical(row: Mapping[str, Any]) -> bool:
    """Whether somebody has to answer for a document: by its kind, or where that leaves it open by its own word."""
    kind = technical_kinds().get((row["kind"] or "").casefold(), "maybe")
    return kind == "yes" or (kind == "maybe" and (row["technical"] or "").casefold() in ("yes", "true"))


def unanswered(documents: pl.DataFrame, persons: pl.DataFrame) -> pl.DataFrame:
    """What technical documents lack: nobody named, nobody of that name known, or a person without what they need.

    ``lacks`` is one of ``person``, ``known person``, ``credentials``, ``registration`` and ``relation``. Source: NI
    43-101 ss. 1.1 and 3.1; catalogue codes QP101, QP102, QP104, QP106.

    >>> held = pl.DataFrame({"document": ["R1"], "kind": ["technical report"], "published_day": ["2011-11-22"]})
    >>> unanswered(held, pl.DataFrame())["lacks"].to_list()
    ['person']
    """
    rows: list[tuple[object, ...]] = []
    for row in shaped(documents, DOCUMENT).drop_nulls("document").sort("published_day", "document").to_dicts():
        if is_technical(row):
            rows += [
                (row["document"], row["kind"], row["published_day"], who, what) for who, what in _lacks(row, persons)
            ]
    return pl.DataFrame(rows, _LACKS, orient="row")


def _lacks(row: Mapping[str, Any], persons: pl.DataFrame) -> Sequence[tuple[str | None, str]]:
    names = listed(row["persons"])
    if not names:
        return [(None, "person")]
    there = persons_on(persons, row["published_day"] or date.max)
    known = {each["person"].casefold(): each for each in there.to_dicts()}
    found: list[tuple[str | None, str]] = []
    for name in names:
        who = known.get(name.casefold())
        if who is None:
            found.append((name, "known person"))
            continue
        wants = {
            "credentials": is_registered(who["credentials"]),
            "registration": who["body"],
            "relation": who["relation"],
        }
        found += [(name, what) for what, there_ in wants.items() if not there_]
    return found


def statement_parts(documents: pl.DataFrame, persons: pl.DataFrame) -> pl.DataFrame:
    """Who answers for each technical document, with credentials, role, relation and firm on its day.

    What a release says of its qualified person is made of these parts; nothing that is not known is added.
    """
    rows: list[dict[str, object]] = []
    for row in shaped(documents, DOCUMENT).drop_nulls("document").sort("published_day", "document").to_dicts():
        if is_technical(row):
            there = {
                each["person"].casefold(): each
                for each in persons_on(persons, row["published_day"] or date.max).to_dicts()
            }
            for name in listed(row["persons"]):
                who = there.get(name.casefold(), {})
                rows.append({**{key: who.get(key) for key in PERSON}, **_of(row), "person": name})
    names: Types = {"document": pl.String, "published_day": pl.Date, **{key: PERSON[key] for key in _SAID}}
    return pl.DataFrame([{key: each[key] for key in names} for each in rows], dict(names))


_SAID = ("person", "credentials", "body", "registration", "role", "relation", "firm")


def _of(row: Mapping[str, Any]) -> dict[str, object]:
    return {"document": row["document"], "published_day": row["published_day"]}
