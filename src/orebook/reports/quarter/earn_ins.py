"""Earn-ins in sentences: what was spent in the period, what each party holds at its end, and what is due next."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl

from orebook.reports.printed import Address
from orebook.reports.quarter.figures import Amount, Parts
from orebook.reports.quarter.periods import day_words
from orebook.reports.quarter.properties import interest_words
from orebook.reports.quarter.prose import Speaker
from orebook.reports.quarter.said import Said, listed
from orebook.reports.rounding import as_is

STANDS, SPENT, HELD = "earn_ins_stands", "earn_ins_spent", "earn_ins_interests"
_POSITION = "position of the row"
_MILLION = 1_000_000
_BARE = "$"
"""A dollar that the agreement does not name stays without a country."""

_VOWEL = re.compile(r"8|1[18](?!\d)")
"""Numbers whose names begin with a vowel, up to a hundred."""

_OVER = ("terminated", "lapsed")

Row = Mapping[str, Any]


def earn_in_sentences(speaker: Speaker, parts: Parts) -> Iterator[list[Said]]:
    """Yield the sentences of each agreement that ran in the period: spending, holders, what is due next."""
    for row in _standing(speaker, parts):
        said = [*_spent(speaker, parts, row), *_held(speaker, parts, row), *_next(speaker, row)]
        if said:
            yield said


def looks_ahead(speaker: Speaker, parts: Parts) -> bool:
    """Whether something that is due is told of an agreement."""
    return any(True for row in _standing(speaker, parts) for _ in _next(speaker, row))


def _standing(speaker: Speaker, parts: Parts) -> Iterator[Row]:
    """Yield how each agreement stood at the end of the period; those that had ended before it are left out."""
    if STANDS not in parts:
        return
    period = speaker.periods.now.period
    for row in parts[STANDS].with_row_index(_POSITION).filter(pl.col("day") == period.end).iter_rows(named=True):
        if row["state"] not in _OVER or row["since"] >= period.start:
            yield row


def _spent(speaker: Speaker, parts: Parts, row: Row) -> Iterator[Said]:
    """Yield what was spent in the period, and since the agreement began; each currency by itself."""
    if SPENT not in parts:
        return
    now = speaker.periods.now
    paid = parts[SPENT].with_row_index(_POSITION).filter(pl.col("earn_in") == row["earn_in"])
    first = paid.filter(pl.col("to_day") == now.period.end).sort("from_day").head(1)["from_day"]
    for (currency,), some in paid.group_by("currency", maintain_order=True):
        rows = some.filter(pl.col("to_day") == now.period.end).to_dicts()
        total = next((each for each in rows if len(first) and each["from_day"] == first[0]), None)
        amount = next((each for each in rows if each["period"] == now.label), None)
        if total is None:
            continue
        slots = {"property": row["property"], "total": _money(speaker, total, SPENT, "amount", currency)}
        if amount is None:
            yield speaker.say("earn_ins", "unspent", **slots)
        else:
            which = "spent" if amount["amount"] < total["amount"] else "spent_first"
            spent = _money(speaker, amount, SPENT, "amount", currency)
            yield speaker.say("earn_ins", which, amount=spent, **slots)


def _held(speaker: Speaker, parts: Parts, row: Row) -> Iterator[Said]:
    """Yield who held what at the end of the period; the owner's part may be presumed, and then it is said."""
    if HELD not in parts:
        return
    known = parts[HELD].with_row_index(_POSITION).filter(pl.col("earn_in") == row["earn_in"], ~pl.col("planned"))
    known = known.filter(pl.col("from_day") <= row["day"])
    last = known.filter(pl.col("from_day") == pl.col("from_day").max(), pl.col("interest_pct").fill_null(0) != 0)
    names = [
        speaker.phrase(
            "earn_ins", "holder", holder=each["holder"], interest=Said.amount(interest_words(amount), amount)
        )
        for each in last.iter_rows(named=True)
        for amount in (Amount(each["interest_pct"], "%", each, Address(HELD, each[_POSITION], "interest_pct")),)
    ]
    if names:
        day = day_words(row["day"])
        yield speaker.say("earn_ins", "held", day=day, property=row["property"], holders=listed(names))
    if (last["basis"] == "presumed").any():
        yield speaker.say("earn_ins", "presumed", owner=row["owner"])


def _next(speaker: Speaker, row: Row) -> Iterator[Said]:
    """Yield what is due first of the stage that runs, or that the agreement has ended."""
    slots: dict[str, str | Said] = {"property": row["property"], "earner": row["earner"], "owner": row["owner"]}
    if row["state"] in _OVER:
        yield speaker.say("earn_ins", "ended", since=day_words(row["since"]), **slots)
        return
    if row["due_day"] is None:
        return
    slots |= {"due": day_words(row["due_day"]), "day": day_words(row["day"]), "term": str(row["term"])}
    slots["interest"] = _points(speaker, row)
    if row["currency"] is None or row["needed"] is None:
        yield speaker.say("earn_ins", "due_thing", **slots)
        return
    names = ("needed", "done", "shortfall")
    money: dict[str, str | Said] = {name: _money(speaker, row, STANDS, name, row["currency"]) for name in names}
    which = "due_commitment" if row["binding"] == "commitment" else "due"
    yield speaker.say("earn_ins", which if row["shortfall"] else f"{which}_done", **slots, **money)
    if row["currency"] == _BARE:
        yield speaker.say("earn_ins", "bare")


def _points(speaker: Speaker, row: Row) -> Said:
    """What the stage that runs adds."""
    slots = {"property": row["property"], "stage": str(row["stage"])}
    if row["adds_pct"] is None:
        return speaker.phrase("earn_ins", "adds_unsaid", **slots)
    amount = Amount(row["adds_pct"], "%", row, Address(STANDS, row[_POSITION], "adds_pct"))
    words = interest_words(amount)
    article = "an" if _VOWEL.match(words) else "a"
    return speaker.phrase("earn_ins", "adds", article=article, points=Said.amount(words, amount), **slots)


def _money(speaker: Speaker, row: Row, part: str, column: str, currency: object) -> Said:
    """An amount as the page tells money; one in a dollar without a country in words, as it was said."""
    value = float(row[column])
    amount = Amount(value, str(currency or ""), row, Address(part, row[_POSITION], column))
    if currency and currency != _BARE:
        return speaker.size(amount)
    large = abs(value) >= _MILLION
    digits = f"{as_is(value / _MILLION)} million" if large else as_is(value, thousands=",")
    return Said.amount(f"{digits} dollars" if currency else digits, amount)
