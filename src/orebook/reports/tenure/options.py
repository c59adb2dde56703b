"""Options in sentences: who may earn what for how much, where that stands on a day, and who holds what then."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from orebook.reports.printed import Address, Passage, Printed, Spoken
from orebook.reports.quarter.periods import day_words
from orebook.reports.quarter.writing import currency_words
from orebook.reports.room import Page, Parts
from orebook.reports.rounding import as_is
from orebook.reports.said import Said, filled, joined
from orebook.reports.sentences import Templates, sought, templates

_ROOM = "orebook.reports.tenure"
_GROUP = "options"
_ROW = "position of the row"
_MILLION = 1_000_000.0
_DOLLARS = "dollars"
"""A dollar that the agreement does not name stays without a country."""


@dataclass(frozen=True)
class Making:
    """What the page has to know beside its numbers: its name, remarks, and the sentences of the company."""

    doc: str
    remark: str = ""
    own: Templates | None = None

    def say(self, name: str, **slots: "str | Said") -> Said:
        """A sentence with its braces filled."""
        return filled(sought((self.own or {}, templates(_ROOM)), _GROUP, name), slots)


def options_page(parts: Parts, making: Making) -> Printed:
    """Each earn-in in sentences: stages and money, state and next term, and who holds what."""
    now = parts["earn_ins_now"]
    passages: list[Passage] = []
    for row in now.with_row_index(_ROW).to_dicts():
        passages.append(Passage(f"{row['property']}", "heading"))
        passages.append(joined(_sentences(row, parts, making)).passage())
    return Printed(making.doc, tuple(passages), remark=making.remark)


def _sentences(row: Mapping[str, Any], parts: Parts, making: Making) -> Iterator[Said]:
    stages = _rows(parts, "earn_ins_costs", row["earn_in"])
    terms = _rows(parts, "earn_ins_terms", row["earn_in"])
    said: dict[str, str | Said] = {name: str(row[name]) for name in ("earner", "owner", "property")}
    if stages and stages[-1]["held_after_pct"] is not None:
        whole = _number(stages[-1], "earn_ins_costs", "held_after_pct")
        yield making.say(_nature(terms), interest=whole, **said)
    for stage in stages:
        yield from _stage(stage, making)
    day = _day(parts)
    if day is not None:
        yield making.say("state", day=day_words(day), stage=str(row["stage"] or "–"), state=row["state"])
    yield from _next(terms, making)
    yield from _held(row, parts, making)


def _nature(terms: list[dict[str, Any]]) -> str:
    """Whether the terms are options, commitments, or nobody said which."""
    kinds = {term["binding"] for term in terms}
    if kinds <= {"option", "commitment"} and kinds:
        return "option" if "option" in kinds else "commitment"
    return "unsaid"


def _stage(stage: Mapping[str, Any], making: Making) -> Iterator[Said]:
    if not stage["interest_pct"] or stage["held_after_pct"] is None:
        return
    slots: dict[str, str | Said] = {
        "stage": str(stage["stage"]),
        "interest": _number(stage, "earn_ins_costs", "interest_pct"),
        "after": _number(stage, "earn_ins_costs", "held_after_pct"),
    }
    if stage["spending"]:
        yield making.say("stage", spending=_money(stage, "earn_ins_costs", "spending"), **slots)
    else:
        yield making.say("stage_without_money", **slots)


def _next(terms: list[dict[str, Any]], making: Making) -> Iterator[Said]:
    for term in terms:
        if not term["next"]:
            continue
        slots: dict[str, str | Said] = {"due": day_words(term["due_day"]), "term": term["term"]}
        slots["days"] = _number(term, "earn_ins_terms", "days_left")
        if term["currency"]:
            money = {name: _money(term, "earn_ins_terms", name) for name in ("needed", "done", "shortfall")}
            yield making.say("next", **slots, **money)
        else:
            yield making.say("next_thing", **slots)


def _held(row: Mapping[str, Any], parts: Parts, making: Making) -> Iterator[Said]:
    """Who held what on the day: the last interests that had begun by then."""
    held = [each for each in _rows(parts, "earn_ins_interests", row["earn_in"]) if each["interest_pct"]]
    last = max((each["from_day"] for each in held), default=None)
    names = [
        making.say("holder", holder=each["holder"], interest=_number(each, "earn_ins_interests", "interest_pct"))
        for each in held
        if each["from_day"] == last
    ]
    if names:
        yield making.say("held", property=row["property"], holders=joined(names, ", "))
    if any(each["basis"] == "presumed" for each in held):
        yield making.say("presumed", owner=row["owner"])


def _day(parts: Parts) -> date | None:
    """The day for which the figures were made."""
    days = parts["earn_ins_figures"]["to_day"]
    found = days.max() if days.len() else None
    return found if isinstance(found, date) else None


def _rows(parts: Parts, name: str, earn_in: str) -> list[dict[str, Any]]:
    return parts[name].with_row_index(_ROW).filter(pl.col("earn_in") == earn_in).to_dicts()


def _number(row: Mapping[str, Any], part: str, column: str) -> Said:
    return _spoken(as_is(row[column]), row, part, column)


def _money(row: Mapping[str, Any], part: str, column: str) -> Said:
    """An amount with its currency by name; one that is no named dollar stays a dollar."""
    value = float(row[column])
    amount = f"{as_is(value / _MILLION)} million" if abs(value) >= _MILLION else as_is(value, thousands=",")
    words = _DOLLARS if row["currency"] == "$" else currency_words(row["currency"]) if row["currency"] else ""
    return _spoken(f"{amount} {words}".rstrip(), row, part, column)


def _spoken(text: str, row: Mapping[str, Any], part: str, column: str) -> Said:
    return Said(text, (Spoken(0, len(text), row[column], Address(part, row[_ROW], column)),))


PAGES: Mapping[str, Page[Making]] = {"options": Page(("earn_ins",), options_page)}
"""Every page of tenure by its name."""
