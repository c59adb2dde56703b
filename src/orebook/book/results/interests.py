"""Interests: who holds how much of each property on a day, how that came about, and what calls made of it."""

from datetime import date

import polars as pl

from orebook.book.bench import Bench, Made
from orebook.book.rests import Rest, rests
from orebook.book.tenures import differences, figures, interests, told_until
from orebook.disciplines.tenure.columns import shaped
from orebook.disciplines.tenure.dilution import VENTURE, dilution_line
from orebook.disciplines.tenure.interest_days import interest_changes, interest_on, interest_spans, wholes
from orebook.disciplines.tenure.ventures import venture_parties, venture_terms


def make(bench: Bench) -> Made:
    """Interests on a day, from one day to another, their sums and changes, and joint ventures with their parties."""
    day, why = told_until(bench, "interests")
    rows = interests(bench)
    held = interest_on(rows, day)
    tidy = figures(
        held,
        day,
        measure=pl.lit("tenure.interest"),
        subject=pl.col("property"),
        value=pl.col("interest_pct"),
        unit=pl.lit("%"),
        holder=pl.col("holder"),
    )
    parts = {
        "interests_now": held,
        "interests_spans": interest_spans(rows),
        "interests_whole": wholes(rows),
        "interests_changes": interest_changes(rows),
        "interests_figures": tidy,
        "interests_figures_rests": rests(
            Rest(
                "tenure.interest",
                "interests",
                ("interest_pct",),
                same={"property": "subject", "holder": "holder"},
                days=("from_day",),
                span="until",
                how="last",
            )
        ),
    }
    ventures = bench.table("joint_ventures")
    if (parties := venture_parties(rows, ventures, day)).height:
        parts["interests_parties"] = parties
    if ventures is not None and (terms := venture_terms(ventures, day)).height:
        parts["interests_ventures"] = terms
    if (line := _diluted(bench, rows, day)).height:
        parts["interests_dilution"] = line
    return Made(parts, {"interests": dict(bench.said("interests"))}, (why, *differences(bench)))


def _diluted(bench: Bench, rows: pl.DataFrame, day: date) -> pl.DataFrame:
    """What the calls of every joint venture until a day made of the interests that its parties began with."""
    ventures, calls = bench.table("joint_ventures"), bench.table("cash_calls")
    if ventures is None or calls is None:
        return pl.DataFrame()
    begun = shaped(ventures, VENTURE).drop_nulls(["property", "from_day"])
    before = {
        name: dict(interest_on(rows, first).filter(pl.col("property") == name).select("holder", "interest_pct").rows())
        for name, first in begun.select("property", "from_day").rows()
    }
    known = {name: held for name, held in before.items() if None not in held.values()}
    line = dilution_line(ventures, calls, known)
    return line.filter(pl.col("day") <= day) if line.height else line
