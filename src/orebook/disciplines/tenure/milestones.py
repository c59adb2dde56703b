"""Milestones: what is to happen when, how sure the day is, how it slipped, and what has to come before.

Rows of ``milestone_dates`` are sayings: on the day ``said_on`` a document said that a milestone of a property is
``planned``, ``done`` or ``cancelled``, and ``date`` in words or as a label. A later saying does not undo an earlier
one; it is put beside it. ``after`` names what a milestone waits for (other milestones or permits of the property),
``takes_d`` how many days at least it takes from then.

Every ``date`` is an interval of days. What is planned cannot lie before the day on which it was planned.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

import polars as pl

from orebook.disciplines.tenure.columns import Types, beside, listed, shaped
from orebook.ground.when import WhenError, days_after, when
from orebook.maths.precedence import along, circle

SAYING: Types = {
    "property": pl.String,
    "milestone": pl.String,
    "said_on": pl.Date,
    "status": pl.String,
    "date": pl.String,
    "after": pl.String,
    "takes_d": pl.Float64,
    "document": pl.String,
}
"""The columns of ``milestone_dates``."""

DONE, PLANNED, CANCELLED = "done", "planned", "cancelled"
STATUSES = (PLANNED, DONE, CANCELLED)

_SPAN = {"earliest_day": pl.Date, "latest_day": pl.Date, "precision_d": pl.Int64, "unreadable": pl.String}
_KEY = ["property", "milestone"]


def days_of(said: str | None, said_on: date | None, *, planned: bool, south: bool = False) -> dict[str, Any]:
    """The first and the last day that a ``date`` can mean, how many days that is, or why it means none.

    >>> days_of("early 2012", date(2011, 11, 14), planned=True)["precision_d"]
    91
    >>> days_of("in 2011", date(2011, 11, 14), planned=True)["earliest_day"]
    datetime.date(2011, 11, 14)
    """
    nothing = {"earliest_day": None, "latest_day": None, "precision_d": None, "unreadable": None}
    if not said:
        return nothing
    try:
        meant = when(said, said_on=said_on, south=south)
    except WhenError as problem:
        return {**nothing, "unreadable": str(problem)}
    first = None if meant.start == date.min else meant.start
    last = None if meant.end == date.max else meant.end
    if planned and said_on is not None and (last is None or said_on <= last):
        first = max(first or said_on, said_on)
    length = (last - first).days + 1 if first is not None and last is not None else None
    return {"earliest_day": first, "latest_day": last, "precision_d": length, "unreadable": None}


def sayings(rows: pl.DataFrame, *, south: bool = False, keep: Sequence[str] = ()) -> pl.DataFrame:
    """Every saying with the days that it means: ``earliest_day``, ``latest_day``, ``precision_d``, ``unreadable``.

    ``south`` turns the seasons for properties south of the equator; ``keep`` are further columns that stay.

    >>> said = {"property": "Heron", "milestone": "first gold", "said_on": "2011-11-14", "status": "planned",
    ...         "date": ["early 2012"]}
    >>> sayings(pl.DataFrame(said)).select("earliest_day", "latest_day").row(0)
    (datetime.date(2012, 1, 1), datetime.date(2012, 3, 31))
    """
    known = beside(shaped(rows, SAYING), rows, keep).drop_nulls(_KEY).with_columns(pl.col("status").str.to_lowercase())
    spans = [
        days_of(row["date"], row["said_on"], planned=row["status"] == PLANNED, south=south) for row in known.to_dicts()
    ]
    made = pl.concat([known, pl.DataFrame(spans, _SPAN, orient="row")], how="horizontal")
    return made.sort(*_KEY, "said_on", "latest_day", "date", "status", nulls_last=False)


def standing(said: pl.DataFrame, day: date) -> pl.DataFrame:
    """Each milestone as the last saying up to a day has it; ``overdue_d`` days past its last day, if it is not done.

    ``said`` are sayings with their days. Where two of one day differ, ``conflicts`` says so, and the one stands that
    ends last.
    """
    known = said.filter(pl.col("said_on").is_null() | (pl.col("said_on") <= day))
    last = known.group_by(_KEY, maintain_order=True).last()
    late = (pl.lit(day) - pl.col("latest_day")).dt.total_days()
    overdue = pl.when((pl.col("status") == PLANNED) & (late > 0)).then(late).alias("overdue_d")
    return last.with_columns(overdue).sort(_KEY)


def conflicts(said: pl.DataFrame) -> pl.DataFrame:
    """Sayings of one day about one milestone that have no day in common, each beside the one before it.

    >>> rows = {"property": "Heron", "milestone": "first gold", "said_on": "2011-11-14", "status": "planned",
    ...         "date": ["Q1 2012", "Q2 2012"]}
    >>> conflicts(sayings(pl.DataFrame(rows))).select("date", "date_other").rows()
    [('Q2 2012', 'Q1 2012')]
    """
    groups = [*_KEY, "said_on"]
    other = {name: pl.col(name).shift(1).over(groups).alias(f"{name}_other") for name in ("date", "latest_day")}
    pairs = said.drop_nulls("said_on").with_columns(*other.values())
    apart = pairs.filter(pl.col("earliest_day") > pl.col("latest_day_other"))
    return apart.select(*groups, "date", "date_other", "document")


def slippage(said: pl.DataFrame) -> pl.DataFrame:
    """Each saying of a milestone beside the one before: by how many days its last day moved, and what that means.

    ``moved`` is ``later`` or ``sooner`` where the two have no day in common, ``wider``, ``narrower``, ``same`` or
    ``shifted`` where they have, ``reached`` when it was done within what was said, ``reached late`` or ``reached
    early`` when not, and ``cancelled``. Days are later positive.

    >>> rows = {"property": "Heron", "milestone": "first gold", "said_on": ["2011-05-01", "2011-11-14"],
    ...         "status": "planned", "date": ["Q4 2011", "early 2012"]}
    >>> slippage(sayings(pl.DataFrame(rows))).select("moved", "slip_d").rows()
    [('later', 91)]
    """
    before = {name: pl.col(name).shift(1).over(_KEY).alias(f"{name}_before") for name in _MOVED}
    pairs = said.with_columns(*before.values()).filter(pl.col("said_on_before").is_not_null())
    slip = (pl.col("latest_day") - pl.col("latest_day_before")).dt.total_days().alias("slip_d")
    early = (pl.col("earliest_day") - pl.col("earliest_day_before")).dt.total_days().alias("earliest_moved_d")
    columns = [*_KEY, "said_on_before", "date_before", "said_on", "date", "status", "slip_d", "earliest_moved_d"]
    return pairs.with_columns(slip, early).with_columns(_moved()).select(*columns, "moved", "document")


_MOVED = ("said_on", "date", "status", "earliest_day", "latest_day")


def _moved() -> pl.Expr:
    """What one saying makes of the one before."""
    first, last = pl.col("earliest_day"), pl.col("latest_day")
    first_before, last_before = pl.col("earliest_day_before"), pl.col("latest_day_before")
    later, sooner = first > last_before, last < first_before
    done = pl.col("status") == DONE
    word = (
        pl.when(pl.col("status") == CANCELLED).then(pl.lit("cancelled"))
        .when(done & later).then(pl.lit("reached late"))
        .when(done & sooner).then(pl.lit("reached early"))
        .when(done & last.is_not_null() & last_before.is_not_null()).then(pl.lit("reached"))
        .when(later).then(pl.lit("later"))
        .when(sooner).then(pl.lit("sooner"))
        .when((last == last_before) & (first == first_before)).then(pl.lit("same"))
        .when((last <= last_before) & (first >= first_before)).then(pl.lit("narrower"))
        .when((last >= last_before) & (first <= first_before)).then(pl.lit("wider"))
        .when(last.is_not_null() & last_before.is_not_null()).then(pl.lit("shifted"))
    )  # fmt: skip
    return word.alias("moved")


class Waiting(NamedTuple):
    """A milestone in a chain: the days that it is said to lie in, what it waits for, and how long it takes at least."""

    earliest: date | None
    latest: date | None
    after: tuple[str, ...]
    takes: int
    done: bool


def chains(stood: pl.DataFrame, permits: pl.DataFrame | None = None) -> pl.DataFrame:
    """For each milestone what it waits for, the earliest day that the chain allows, and whether that day was said.

    ``stood`` are milestones as they stand, ``permits`` permits as they stand with ``permit``, ``earliest_day`` and
    ``latest_day``. ``possible_day`` is the later of its own first day and that of all it waits for plus ``takes_d``;
    ``by`` is what holds it up; ``short_d`` by how many days the last day that was said lies before it (a conflict).
    ``unknown`` are names that nobody dates. ``circle`` names a circle; nothing of its property is then dated.
    """
    rows: list[tuple[object, ...]] = []
    for (land,), some in stood.group_by("property", maintain_order=True):
        known = {row["milestone"]: _waiting(row) for row in some.to_dicts()}
        if permits is not None and permits.height:
            for row in permits.filter(pl.col("property") == land).to_dicts():
                known.setdefault(row["permit"], Waiting(row["earliest_day"], row["latest_day"], (), 0, False))
        rows += _chained(str(land), known, set(some["milestone"].to_list()))
    return pl.DataFrame(rows, _CHAIN, orient="row")


_CHAIN = {
    "property": pl.String,
    "milestone": pl.String,
    "waits_for": pl.String,
    "earliest_day": pl.Date,
    "latest_day": pl.Date,
    "possible_day": pl.Date,
    "by": pl.String,
    "short_d": pl.Int64,
    "unknown": pl.String,
    "circle": pl.String,
}


def _waiting(row: Mapping[str, Any]) -> Waiting:
    takes = int(row["takes_d"] or 0)
    return Waiting(row["earliest_day"], row["latest_day"], listed(row["after"]), takes, row["status"] == DONE)


def _chained(land: str, known: Mapping[str, Waiting], names: set[str]) -> list[tuple[object, ...]]:
    waits = {name: [each for each in one.after if each in known] for name, one in known.items()}
    round_ = circle(waits)
    days = {} if round_ else along(waits, lambda name, before: _possible(known[name], waits[name], before))
    rows: list[tuple[object, ...]] = []
    for name in sorted(names):
        one = known[name]
        possible, by = days.get(name, (None, ""))
        short = (possible - one.latest).days if possible and one.latest and possible > one.latest else None
        missing = [each for each in one.after if each not in known]
        rows.append(
            (
                *(land, name, " | ".join(one.after) or None, one.earliest, one.latest, possible, by or None, short),
                *(" | ".join(missing) or None, " → ".join(round_) if name in round_ else None),
            )
        )
    return rows


def _possible(one: Waiting, after: list[str], before: Mapping[str, tuple[date | None, str]]) -> tuple[date | None, str]:
    """The earliest day of a milestone through what it waits for, and which of those holds it up."""
    if one.done:
        return one.earliest, ""
    day, by = one.earliest, ""
    for name in after:
        other = before[name][0]
        if other is not None:
            least = days_after(other, one.takes)
            if day is None or least > day:
                day, by = least, name
    return day, by


def order_of(said: pl.DataFrame) -> pl.DataFrame:
    """How milestones that wait for another lie to it: ``after``, ``perhaps after`` or ``before`` it, by their days.

    ``after`` holds on every reading of the words, ``before`` on every reading against what was said.
    """
    waits = said.select("property", "milestone", "earliest_day", "latest_day", pl.col("after").alias("names"))
    names = pl.col("names").str.replace_all(";", "|").str.split("|").list.eval(pl.element().str.strip_chars())
    each = waits.with_columns(names.alias("other")).explode("other").drop_nulls("other").filter(pl.col("other") != "")
    others = said.select(
        "property",
        pl.col("milestone").alias("other"),
        pl.col("earliest_day").alias("other_earliest_day"),
        pl.col("latest_day").alias("other_latest_day"),
    )
    pairs = each.join(others, on=["property", "other"], how="inner")
    known = pl.col("earliest_day").is_not_null() & pl.col("other_latest_day").is_not_null()
    word = (
        pl.when(pl.col("latest_day") < pl.col("other_earliest_day")).then(pl.lit("before"))
        .when(known & (pl.col("earliest_day") >= pl.col("other_latest_day"))).then(pl.lit("after"))
        .otherwise(pl.lit("perhaps after"))
    )  # fmt: skip
    return pairs.select(*_KEY, "other", word.alias("lies")).sort(*_KEY, "other")
