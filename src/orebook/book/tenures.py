"""Tenures: what several results share about who holds what: interests of the book, its properties, its day.

Interests stand in the table ``interests``. What ``book.toml`` says under ``[[properties]]`` counts for a property that
the table does not speak of, from its ``as_of`` on; where both speak the table holds, and what differs is said.
"""

from datetime import date

import polars as pl

from orebook.book.bench import Bench
from orebook.disciplines.tenure.columns import shaped
from orebook.disciplines.tenure.interest_days import HELD, interest_on
from orebook.disciplines.tenure.knowing import last_day
from orebook.disciplines.tenure.places import SITE
from orebook.ground.tidy import tidy

_HAIR = 1e-9


def interests(bench: Bench) -> pl.DataFrame:
    """All interests by date that the book holds: rows of the table, and of ``book.toml`` where the table is silent."""
    table = bench.table("interests")
    rows = shaped(table if table is not None else pl.DataFrame(), HELD)
    spoken = set(rows["property"].to_list())
    said = [row for row in _said(bench) if row[0] not in spoken]
    return pl.concat([rows, pl.DataFrame(said, dict(HELD), orient="row")])


def company(bench: Bench) -> str:
    """The company whose share is attributable: ``results.production.holder``, else the issuer."""
    return str(bench.said("production").get("holder", bench.settings.issuer))


def _said(bench: Bench) -> list[tuple[object, ...]]:
    """Interests that ``book.toml`` tells of, each from the day for which they are told."""
    settings = bench.settings
    found: list[tuple[object, ...]] = []
    for one in settings.properties:
        if one.as_of is not None:
            own = {} if one.interest is None else {settings.issuer: one.interest}
            shares = {**own, **one.holders}
            found += [(one.name, holder, one.as_of, float(share), None, None) for holder, share in shares.items()]
    return found


def differences(bench: Bench) -> tuple[str, ...]:
    """Where the table of interests and ``book.toml`` do not agree on a day, and interests of a day that is not said."""
    table = bench.table("interests")
    rows = shaped(table if table is not None else pl.DataFrame(), HELD)
    spoken = set(rows["property"].to_list())
    found = [
        f"{one.name}: book.toml tells interests of no day; write as_of, or rows of the table interests"
        for one in bench.settings.properties
        if one.as_of is None and one.name not in spoken and (one.interest is not None or one.holders)
    ]
    for name, holder, day, share, *_ in _said(bench):
        if name in spoken and isinstance(day, date) and isinstance(share, float):
            held = interest_on(rows, day).filter(pl.col("property") == name, pl.col("holder") == holder)
            known = held["interest_pct"][0] if held.height else 0.0
            if known is None or abs(known - share) > _HAIR:
                other = "nothing that can be told" if known is None else f"{known:g} per cent"
                found.append(
                    f"{name}: book.toml says that {holder} holds {share:g} per cent on {day}, the table {other}"
                )
    return tuple(found)


def sites(bench: Bench) -> pl.DataFrame:
    """The properties with the points that ``book.toml`` gives them."""
    rows = [(one.name, one.longitude, one.latitude, one.extent_km) for one in bench.settings.properties]
    return pl.DataFrame(rows, dict(SITE), orient="row")


def told_until(bench: Bench, result: str) -> tuple[date, str]:
    """The day for which a result is made, and where it comes from: what ``book.toml`` says, or the last the book knows.

    No clock is read: a book makes the same results whenever it is asked. Raises ``SettingsError`` where nothing says
    a day.
    """
    said = bench.said(result).get("as_of")
    if isinstance(said, date):
        return said, f"as of {said}, as results.{result}.as_of says"
    day = last_day(bench.table)
    if day is None:
        raise bench.wrong(f"results.{result}", "no table says a day; write as_of = 2026-06-30")
    return day, f"as of {day}, the last day that the book tells of; results.{result}.as_of sets another"


FIGURES = tidy(holder=pl.String, stage=pl.Int64)
"""The columns of tidy figures of tenure."""


def figures(rows: pl.DataFrame, day: date, **said: pl.Expr) -> pl.DataFrame:
    """Tidy figures of a day out of a table: each column as an expression over it, what is not said missing."""
    days = {"period": pl.lit(day.isoformat()), "from_day": pl.lit(day), "to_day": pl.lit(day)}
    told = {**days, **said}
    return rows.select(told.get(name, pl.lit(None)).cast(kind).alias(name) for name, kind in FIGURES.items())
