"""Stockpiles: what lies on each pile after every move and at the end of every period, against its surveys."""

from typing import cast, get_args

import polars as pl

from orebook.book.bench import Bench, Made
from orebook.checks.table_saying import many, some
from orebook.disciplines.production.period_sums import periods_of
from orebook.disciplines.production.stockpile_balances import NOTHING, Method, stockpile_balances, stockpile_periods
from orebook.disciplines.production.tidy_stocks import stock_figures


def make(bench: Bench) -> Made:
    """Opening, in, out and closing stock of every pile by period, with grades; the piles after each move; surveys.

    Grades go by weighted average; ``method = "fifo"`` under ``[results.stockpiles]`` lets the oldest tonnes out first.
    """
    moves, said = bench.need("stock_moves", "balances of stockpiles"), bench.said("stockpiles")
    method = stock_method(bench)
    try:
        made = stockpile_balances(moves, method)
        days = made.moves.select("mine", from_day=pl.col("day"), to_day=pl.col("day"))
        periods = stockpile_periods(made, periods_of(days, bench.settings.fiscal_year_end))
    except ValueError as problem:
        raise bench.wrong("results.stockpiles", str(problem)) from None
    parts = {
        "stockpiles": stock_figures(periods),
        "stockpiles_balances": periods,
        "stockpiles_moves": made.moves,
        "stockpiles_surveys": made.surveys,
    }
    below = made.moves.filter(pl.col("stock_t") < -NOTHING).select("mine", "stockpile", "day").rows()
    named = some([f"{mine} {pile} {day}" for mine, pile, day in below], most=4)
    remarks = [f"{many(len(below), 'move')} leave less than nothing: {named}; see stockpiles_moves"] if below else []
    settings = {"stockpiles": {**said, "method": method}, "fiscal_year_end": bench.settings.fiscal_year_end}
    return Made(parts, settings, tuple(remarks))


def stock_method(bench: Bench) -> Method:
    """How piles are kept: by average, or ``method`` under ``[results.stockpiles]``.

    Raises ``SettingsError`` for a method that does not exist.
    """
    said = str(bench.said("stockpiles").get("method", "average"))
    if said not in get_args(Method):
        raise bench.wrong("results.stockpiles.method", f"a stockpile is kept by average or fifo, not by {said!r}")
    return cast(Method, said)
