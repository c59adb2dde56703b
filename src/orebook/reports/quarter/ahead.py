"""Ahead: events after the period, and what is planned, marked as the forward-looking information that it is."""

from collections.abc import Iterator

import polars as pl

from orebook.ground.period import Period
from orebook.reports.printed import Address
from orebook.reports.quarter.figures import Amount, Parts
from orebook.reports.quarter.periods import span
from orebook.reports.quarter.prose import Speaker
from orebook.reports.quarter.said import Said

EVENTS, MILESTONES = "later_events", "milestones"
_POSITION = "position of the row"
_BY = ("by ", "before ", "in ", "this ", "next ", "at ", "during ")


def event_sentences(speaker: Speaker, parts: Parts, day: str) -> Iterator[Said]:
    """What happened after the period and before the next one ended, each outside the figures of the period."""
    if EVENTS not in parts:
        return
    label = speaker.periods.now.label
    rows = parts[EVENTS].with_row_index(_POSITION).filter(pl.col("after") == label)
    for row in rows.iter_rows(named=True):
        title = str(row["title"])
        title = title[:1].lower() + title[1:]
        if row["amount"] is None:
            yield speaker.say("events", "line", day=day, title=title)
        else:
            amount = Amount(row["amount"], str(row["currency"] or ""), row, Address(EVENTS, row[_POSITION], "amount"))
            yield speaker.say("events", "amount", day=day, title=title, amount=speaker.size(amount))
        if row.get("conditions"):
            yield speaker.say("events", "conditions", conditions=str(row["conditions"]))
        if row.get("falls_in") != label:
            yield speaker.say("events", "note")


def outlook_sentences(speaker: Speaker, parts: Parts) -> Iterator[Said]:
    """What is planned at the end of the period, in the order of its days."""
    if MILESTONES not in parts:
        return
    end = speaker.periods.now.period.end
    frame = parts[MILESTONES].filter(pl.col("status") == "planned")
    if "latest_day" in frame.columns:
        frame = frame.filter(pl.col("latest_day").is_null() | (pl.col("latest_day") > end)).sort(
            "latest_day", nulls_last=True, maintain_order=True
        )
    for row in frame.iter_rows(named=True):
        milestone = str(row["milestone"])
        when, plain = when_words(str(row["date"]))
        yield speaker.say(
            "outlook",
            "planned" if plain else "planned_by",
            property=str(row["property"]),
            milestone=milestone[:1].lower() + milestone[1:],
            when=when,
        )


def when_words(said: str) -> tuple[str, bool]:
    """A date of any precision as a sentence says it, and whether a preposition belongs before it.

    >>> when_words("2012-early"), when_words("2011-Q4"), when_words("2012"), when_words("by year end")
    (('early 2012', True), ('the fourth quarter of 2011', True), ('2012', True), ('by year end', False))
    """
    if said.lower().startswith(_BY):
        return said, False
    for part in ("early", "mid", "late"):
        year, bar, ending = said.partition(f"-{part}")
        if bar and not ending and year.isdecimal():
            return f"{part} {year}", True
    try:
        return span(Period.parse(said)).words, True
    except ValueError:
        return said, True


def caution(speaker: Speaker, *, guidance: bool = False) -> Iterator[Said]:
    """The caution on forward-looking information: what it is, what it rests on, what it is for, when it is updated."""
    yield speaker.say("caution", "what")
    yield speaker.say("caution", "risks")
    if guidance:
        yield speaker.say("caution", "guidance")
    yield speaker.say("caution", "update")
