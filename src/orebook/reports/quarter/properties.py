"""Properties in sentences: what the company owns of each on the last day of the period, and where it lies."""

from collections.abc import Iterator
from datetime import date

import polars as pl

from orebook.reports.printed import Address
from orebook.reports.quarter.figures import Amount, Parts
from orebook.reports.quarter.prose import Speaker
from orebook.reports.quarter.said import Said
from orebook.reports.rounding import as_is

INTERESTS = "interests_spans"
PLACES = "tenure_distances"
_POSITION = "position of the row"
_ALL = 100.0


def held(parts: Parts, day: date, company: str) -> dict[str, Amount]:
    """The company's interest in each property on a day, in percent, with its address."""
    if INTERESTS not in parts:
        return {}
    spans = parts[INTERESTS].with_row_index(_POSITION)
    kept = spans.filter(
        pl.col("holder") == company,
        pl.col("from_day") <= day,
        pl.col("to_day").is_null() | (pl.col("to_day") >= day),
        pl.col("interest_pct").is_not_null(),
    )
    return {
        row["property"]: Amount(row["interest_pct"], "%", row, Address(INTERESTS, row[_POSITION], "interest_pct"))
        for row in kept.iter_rows(named=True)
    }


def interest_words(amount: Amount) -> str:
    """An interest as it is written.

    >>> interest_words(Amount(50.0, "%", {}, Address("interests_spans", 0, "interest_pct")))
    '50%'
    """
    return f"{as_is(amount.value)}%"


def shared(amount: Amount | None) -> bool:
    """Whether somebody else has a part of it."""
    return amount is not None and amount.value < _ALL


def property_sentences(name: str, speaker: Speaker, parts: Parts, owned: Amount | None) -> Iterator[Said]:
    """What the company owns of a property that it shares, and where the property lies as it was said."""
    if owned is not None and shared(owned):
        yield speaker.say("interest", "one", property=name, interest=Said.amount(interest_words(owned), owned))
    if PLACES in parts:
        said = parts[PLACES].filter(pl.col("property") == name)
        for row in said.tail(1).iter_rows(named=True):
            if row.get("distance") and row.get("direction"):
                where = {"distance": str(row["distance"]), "direction": str(row["direction"]), "town": _town(row)}
                yield speaker.say("place", "line", property=name, **where)


def _town(row: dict[str, object]) -> str:
    return f"{row['town']}, {row['region']}" if row.get("region") else str(row["town"])
