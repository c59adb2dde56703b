"""Earn-ins as data: the moves of their machine, what counts towards which term, and agreements out of tables.

An agreement is a row of ``earn_ins``; its stages, what each asks for, how the earners divide what they earn, and what
happened are tables of their own. Events are dated facts; nothing of them is ever changed, a correction is a new row.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

import polars as pl

from orebook.disciplines.tenure.columns import Types, listed, shaped

AGREEMENT: Types = {
    "earn_in": pl.String,
    "property": pl.String,
    "owner": pl.String,
    "earner": pl.String,
    "signed_day": pl.Date,
    "start_day": pl.Date,
    "currency": pl.String,
    "operator": pl.String,
    "document": pl.String,
}
STAGE: Types = {"earn_in": pl.String, "stage": pl.Int64, "interest_pct": pl.Float64, "elect_months": pl.Int64}
TERM: Types = {
    "earn_in": pl.String,
    "stage": pl.Int64,
    "term": pl.String,
    "kind": pl.String,
    "amount": pl.Float64,
    "currency": pl.String,
    "what": pl.String,
    "by_day": pl.Date,
    "months": pl.Int64,
    "counted": pl.String,
    "cure_days": pl.Int64,
    "binding": pl.String,
    "either": pl.String,
}
PARTY: Types = {"earn_in": pl.String, "stage": pl.Int64, "holder": pl.String, "interest_pct": pl.Float64}
EVENT: Types = {
    "earn_in": pl.String,
    "day": pl.Date,
    "event": pl.String,
    "stage": pl.Int64,
    "amount": pl.Float64,
    "currency": pl.String,
    "what": pl.String,
    "until_day": pl.Date,
    "status": pl.String,
    "document": pl.String,
}

COUNTED = ("start", "stage", "year")
"""From where a term counts: all since the start, since its stage began, or in the twelve months up to its day."""

BINDING = ("option", "commitment")
"""What a term is: something that the earner may do to go on, or something that they owe in any case."""

PLANNED = "planned"


class Move(NamedTuple):
    """A row of the machine: which state an event makes of which, in the same stage or the next, if a guard lets it."""

    state: str
    event: str
    becomes: str
    stage: str
    guard: str


class Counting(NamedTuple):
    """What counts towards a kind of term: amounts that are added up, or something of that name; and by which events."""

    adds: bool
    events: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """What a stage asks for by a day: spending, cash, shares, a study, an approval or a notice.

    ``months`` count from the start of the agreement, or of the stage where ``counted`` is ``stage``. Terms with one
    name in ``either`` are alternatives: one of them is enough.
    """

    stage: int
    name: str
    kind: str
    amount: float | None = None
    currency: str = ""
    what: str = ""
    by_day: date | None = None
    months: int | None = None
    counted: str = ""
    cure_days: int = 0
    binding: str = ""
    either: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to an agreement, or is planned to; ``stage`` is the one that it is about, if said."""

    day: date
    kind: str
    amount: float | None = None
    currency: str = ""
    what: str = ""
    until: date | None = None
    planned: bool = False
    document: str = ""
    stage: int | None = None


@dataclass(frozen=True, slots=True)
class Agreement:
    """An earn-in: who may earn what of which property from whom, in stages, and what each stage asks for.

    ``land`` is the property, ``stages`` are the points of interest that each stage adds, by its number, ``windows`` how
    many months after the stage before each may be taken on; ``splits`` who of several earners holds what after a
    stage, where that is stated.
    """

    name: str
    land: str
    owner: str
    earner: str
    start: date | None
    signed: date | None = None
    currency: str = ""
    operator: str = ""
    stages: Mapping[int, float | None] = field(default_factory=dict)
    windows: Mapping[int, int] = field(default_factory=dict)
    terms: tuple[Term, ...] = ()
    splits: Mapping[int, Mapping[str, float]] = field(default_factory=dict)
    document: str = ""

    @property
    def members(self) -> tuple[str, ...]:
        """The earners by their names, where the agreement says how they divide what they earn."""
        return tuple(dict.fromkeys(holder for split in self.splits.values() for holder in split))

    def of_stage(self, stage: int) -> tuple[Term, ...]:
        """What a stage asks for."""
        return tuple(term for term in self.terms if term.stage == stage)


@cache
def moves() -> tuple[Move, ...]:
    """The machine of every earn-in: which event leads from which state to which.

    >>> [move.becomes for move in moves() if move.state == "vested"]
    ['elected', 'vested', 'joint venture', 'terminated']
    """
    names = Move._fields
    return tuple(Move(*(row[name] for name in names)) for row in _rows("earn_in_moves.csv"))


@cache
def countings() -> Mapping[str, Counting]:
    """What counts towards each kind of term.

    >>> countings()["contribution"].events
    ('spent', 'paid_in_lieu', 'contributed')
    """
    return {row["kind"]: Counting(row["counts"] != "what", listed(row["events"])) for row in _rows("earn_in_facts.csv")}


@cache
def events_known() -> frozenset[str]:
    """Every word that the column ``event`` may hold.

    >>> sorted(events_known())[:4]
    ['approved', 'contributed', 'convert', 'dilute']
    """
    facts = {event for counting in countings().values() for event in counting.events}
    return frozenset(facts | {move.event for move in moves()} - {"lapse"})


def _rows(name: str) -> list[dict[str, str]]:
    text = files("orebook.disciplines.tenure").joinpath(name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def agreements(
    earn_ins: pl.DataFrame,
    stages: pl.DataFrame,
    terms: pl.DataFrame | None = None,
    parties: pl.DataFrame | None = None,
) -> dict[str, Agreement]:
    """The agreements of a book by their names, each with its stages, terms and splits.

    Rows without the name of an agreement, and stages and terms without a number, are left out; of two rows for one
    agreement or stage the first stands.

    >>> row = pl.DataFrame({"earn_in": ["Hob"], "property": ["Hob Lake"], "owner": ["Tor"], "earner": ["Ness"]})
    >>> stage = pl.DataFrame({"earn_in": ["Hob", "Hob"], "stage": [1, 2], "interest_pct": [35.0, 15.0]})
    >>> agreements(row, stage)["Hob"].stages
    {1: 35.0, 2: 15.0}
    """
    known = shaped(earn_ins, AGREEMENT).drop_nulls("earn_in").unique("earn_in", keep="first", maintain_order=True)
    steps = _by_name(stages, STAGE)
    asked = _by_name(terms, TERM)
    splits = _by_name(parties, PARTY)
    return {
        row["earn_in"]: _agreement(row, *(each.get(row["earn_in"], []) for each in (steps, asked, splits)))
        for row in known.to_dicts()
    }


def _by_name(frame: pl.DataFrame | None, types: Types) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    if frame is not None:
        for row in shaped(frame, types).drop_nulls(["earn_in", "stage"]).to_dicts():
            found.setdefault(row["earn_in"], []).append(row)
    return found


def _agreement(
    row: Mapping[str, Any],
    stages: list[dict[str, Any]],
    terms: list[dict[str, Any]],
    splits: list[dict[str, Any]],
) -> Agreement:
    points: dict[int, float | None] = {}
    windows: dict[int, int] = {}
    for stage in sorted(stages, key=lambda each: int(each["stage"])):
        points.setdefault(stage["stage"], stage["interest_pct"])
        if stage["elect_months"] is not None:
            windows.setdefault(stage["stage"], stage["elect_months"])
    shares: dict[int, dict[str, float]] = {}
    for each in splits:
        if each["holder"] and each["interest_pct"] is not None:
            shares.setdefault(each["stage"], {}).setdefault(each["holder"], each["interest_pct"])
    text = {name: row[name] or "" for name in ("owner", "earner", "currency", "operator", "document")}
    return Agreement(
        name=row["earn_in"],
        land=row["property"] or "",
        signed=row["signed_day"],
        start=row["start_day"] or row["signed_day"],
        stages=points,
        windows=windows,
        terms=tuple(_term(each, number) for number, each in enumerate(terms, 1)),
        splits=shares,
        **text,
    )


def _term(row: Mapping[str, Any], number: int) -> Term:
    text = {name: (row[name] or "").strip() for name in ("currency", "what", "either")}
    words = {name: (row[name] or "").casefold() for name in ("kind", "counted", "binding")}
    return Term(
        stage=row["stage"],
        name=row["term"] or f"{row['what'] or words['kind'] or 'term'} ({number})",
        amount=row["amount"],
        by_day=row["by_day"],
        months=row["months"],
        cure_days=row["cure_days"] or 0,
        **text,
        **words,
    )


def events_of(events: pl.DataFrame, *, planned: bool = False) -> dict[str, tuple[Event, ...]]:
    """What happened to each agreement, by day; with ``planned`` also what is planned to.

    The order of rows means nothing: within a day events are put in order by what they are.

    >>> rows = {"earn_in": "Hob", "day": ["2011-05-01", "2010-02-01"], "event": "spent", "amount": [2.0, 1.0]}
    >>> [event.amount for event in events_of(pl.DataFrame(rows))["Hob"]]
    [1.0, 2.0]
    """
    found: dict[str, list[Event]] = {}
    rows = shaped(events, EVENT).drop_nulls(["earn_in", "day", "event"])
    for row in rows.to_dicts():
        event = _event(row)
        if planned or not event.planned:
            found.setdefault(row["earn_in"], []).append(event)
    return {name: tuple(sorted(some, key=_place)) for name, some in found.items()}


def _event(row: Mapping[str, Any]) -> Event:
    return Event(
        day=row["day"],
        kind=row["event"].casefold().replace(" ", "_"),
        amount=row["amount"],
        currency=row["currency"] or "",
        what=row["what"] or "",
        until=row["until_day"],
        planned=(row["status"] or "").casefold() == PLANNED,
        document=row["document"] or "",
        stage=row["stage"],
    )


def _place(event: Event) -> tuple[date, bool, str, int, str, float, date]:
    amount = 0.0 if event.amount is None else event.amount
    return event.day, event.planned, event.kind, event.stage or 0, event.what, amount, event.until or date.min
