"""Permits: in which state each application is, until when an answer is expected, and what waits for it.

Rows of ``permits`` are sayings, as those of milestones are: on the day ``said_on`` a permit was in a ``state``;
``date`` is the day of it, or for one that is awaited the day on which it is expected, as exactly as it was said.
``blocks`` names the milestones of the property that cannot be before it.
"""

import csv
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from importlib.resources import files

import polars as pl

from orebook.disciplines.tenure.columns import Types, beside, listed, shaped
from orebook.disciplines.tenure.milestones import days_of

PERMIT: Types = {
    "property": pl.String,
    "permit": pl.String,
    "said_on": pl.Date,
    "state": pl.String,
    "date": pl.String,
    "expires_day": pl.Date,
    "blocks": pl.String,
    "document": pl.String,
}
"""The columns of ``permits``."""

AWAITED, HELD, OVER = "awaited", "held", "over"

_SPAN = {"earliest_day": pl.Date, "latest_day": pl.Date, "precision_d": pl.Int64, "unreadable": pl.String}
_KEY = ["property", "permit"]


@cache
def permit_states() -> Mapping[str, str]:
    """Whether each state of a permit means that it is awaited, held or over.

    >>> permit_states()["applied"], permit_states()["amended"]
    ('awaited', 'held')
    """
    text = files("orebook.disciplines.tenure").joinpath("permit_states.csv").read_text(encoding="utf-8")
    return {row["state"]: row["standing"] for row in csv.DictReader(text.splitlines())}


def permit_sayings(rows: pl.DataFrame, *, south: bool = False, keep: Sequence[str] = ()) -> pl.DataFrame:
    """Every saying about a permit, with what its state means and the days that its ``date`` means.

    ``keep`` are further columns that stay.

    >>> said = {"property": "Heron", "permit": "amendment", "said_on": "2011-11-14", "state": "applied",
    ...         "date": ["in 2011"]}
    >>> permit_sayings(pl.DataFrame(said)).select("standing", "earliest_day", "latest_day").row(0)
    ('awaited', datetime.date(2011, 11, 14), datetime.date(2011, 12, 31))
    """
    known = beside(shaped(rows, PERMIT), rows, keep).drop_nulls(_KEY).with_columns(pl.col("state").str.to_lowercase())
    standing = pl.col("state").replace_strict(permit_states(), default=None, return_dtype=pl.String).alias("standing")
    known = known.with_columns(standing)
    spans = [
        days_of(row["date"], row["said_on"], planned=row["standing"] == AWAITED, south=south)
        for row in known.to_dicts()
    ]
    made = pl.concat([known, pl.DataFrame(spans, _SPAN, orient="row")], how="horizontal")
    return made.sort(*_KEY, "said_on", "latest_day", "state", nulls_last=False)


def permits_on(said: pl.DataFrame, day: date) -> pl.DataFrame:
    """Each permit as the last saying up to a day has it, with ``overdue_d`` and ``days_to_expiry``.

    ``overdue_d`` counts the days since the last day on which one that is awaited was expected; a permit that is held
    is ``over`` from the day after it expires.
    """
    known = said.filter(pl.col("said_on").is_null() | (pl.col("said_on") <= day))
    last = known.group_by(_KEY, maintain_order=True).last()
    gone = (pl.col("standing") == HELD) & (pl.col("expires_day") < day)
    late = (pl.lit(day) - pl.col("latest_day")).dt.total_days()
    left = (pl.col("expires_day") - pl.lit(day)).dt.total_days().alias("days_to_expiry")
    return last.with_columns(
        pl.when(gone).then(pl.lit(OVER)).otherwise("standing").alias("standing"),
        pl.when((pl.col("standing") == AWAITED) & (late > 0)).then(late).alias("overdue_d"),
        left,
    ).sort(_KEY)


def blocked(stood: pl.DataFrame, milestones: pl.DataFrame | None = None) -> pl.DataFrame:
    """What each permit that is not held keeps from happening: a row for each permit and milestone.

    ``stood`` are permits as they stand. Besides what a permit ``blocks``, milestones whose ``after`` names it.
    """
    open_ = stood.filter(pl.col("standing").fill_null(AWAITED) != HELD)
    rows = [(row["property"], row["permit"], name) for row in open_.to_dicts() for name in listed(row["blocks"])]
    names = set(open_.select("property", "permit").rows())
    for row in milestones.to_dicts() if milestones is not None else []:
        rows += [
            (row["property"], name, row["milestone"])
            for name in listed(row["after"])
            if (row["property"], name) in names
        ]
    held = pl.DataFrame(rows, {**dict.fromkeys(_KEY, pl.String), "milestone": pl.String}, orient="row").unique()
    days = open_.select(*_KEY, "state", "standing", "earliest_day", "latest_day", "overdue_d")
    return held.join(days, on=_KEY, how="left").sort(*_KEY, "milestone")


def with_permits(milestones: pl.DataFrame, stood: pl.DataFrame) -> pl.DataFrame:
    """Milestones that wait, besides what their own rows say, for the permits that name them under ``blocks``."""
    waits: dict[tuple[str, str], list[str]] = {}
    for row in stood.to_dicts():
        for name in listed(row["blocks"]):
            waits.setdefault((row["property"], name), []).append(row["permit"])
    after = [
        " | ".join(dict.fromkeys((*listed(row["after"]), *waits.get((row["property"], row["milestone"]), ())))) or None
        for row in milestones.to_dicts()
    ]
    return milestones.with_columns(pl.Series("after", after, dtype=pl.String))
