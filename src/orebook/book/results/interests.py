"""Interests: who holds how much of each property on a day, how that came about, and what calls made of it."""

import polars as pl

from orebook.book.bench import Bench, Made
from orebook.book.rests import Rest, rests
from orebook.book.tenures import differences, figures, interests, told_until
from orebook.disciplines.tenure.columns import shaped
from orebook.disciplines.tenure.dilution import VENTURE, dilution_line
from orebook.disciplines.tenure.interest_days import interest_changes, interest_on, interest_spans, wholes


def make(bench: Bench) -> Made:
    """Interests on a day, from one day to another, their sums, their changes, and the dilution line of each venture."""
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
    if (line := _diluted(bench, rows)).height:
        parts["interests_dilution"] = line
    return Made(parts, {"interests": dict(bench.said("interests"))}, (why, *differences(bench)))


def _diluted(bench: Bench, rows: pl.DataFrame) -> pl.DataFrame:
    """What the calls of every joint venture made of the interests that its parties began with."""
    ventures, calls = bench.table("joint_ventures"), bench.table("cash_calls")
    if ventures is None or calls is None:
        return pl.DataFrame()
    begun = shaped(ventures, VENTURE).drop_nulls(["property", "from_day"])
    before = {
        name: dict(interest_on(rows, day).filter(pl.col("property") == name).select("holder", "interest_pct").rows())
        for name, day in begun.select("property", "from_day").rows()
    }
    known = {name: held for name, held in before.items() if None not in held.values()}
    return dilution_line(ventures, calls, known)
