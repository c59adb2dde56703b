"""Leach: what lies on each leach pad at the end of every month, and what is still to come out of it."""

from datetime import date, timedelta

import polars as pl

from orebook.book.bench import Bench, Made
from orebook.checks.table_saying import some
from orebook.disciplines.production.heap_leach import lifts_placed, pad_inventory
from orebook.disciplines.production.pad_figures import pad_figures
from orebook.ground.fiscal import reporting_periods


def make(bench: Bench) -> Made:
    """Metal placed, extractable, extracted by the curves, recovered and still recoverable, by pad and month end.

    ``until`` under ``[results.leach]`` is the last day to look ahead to; without it the last day that the book tells.
    """
    lifts, said = bench.need("leach_lifts", "inventories of leach pads"), bench.said("leach")
    curves, metal = bench.table("leach_curves"), bench.table("leach_metal")
    placed = lifts_placed(lifts)
    days = _days(placed["placed_day"], metal, said.get("until"))
    try:
        pads = pad_inventory(lifts, days, curves=curves, metal=metal)
    except ValueError as problem:
        raise bench.wrong("results.leach", str(problem)) from None
    over = pads.filter(pl.col("recovered") > pl.col("extractable")).select("pad", "day")
    named = some([f"{pad} {day}" for pad, day in over.unique().sort("pad", "day").rows()], most=4)
    remarks = [f"more metal was recovered than can ever come out: {named}; see leach_pads"] if over.height else []
    parts = {"leach": pad_figures(pads), "leach_pads": pads, "leach_lifts": placed}
    return Made(parts, {"leach": dict(said)}, tuple(remarks))


def _days(placed: pl.Series, metal: pl.DataFrame | None, until: object) -> list[date]:
    """The ends of all months from the first lift on, the days that were counted, and the last day."""
    told = [*placed.drop_nulls().to_list(), *([] if metal is None else metal["day"].drop_nulls().to_list())]
    if isinstance(until, date):
        told.append(until)
    if not placed.drop_nulls().len():
        return []
    first, last = min(placed.drop_nulls()), max(told)
    ends = {each.period.end for each in reporting_periods(first, last) if each.kind == "month"}
    counted = set() if metal is None else set(metal["day"].drop_nulls().to_list())
    return sorted(day for day in {*ends, *counted, last} if first <= day <= last + timedelta(days=31))
