"""Received at the mill: what the mill measured of its feed, and what the stockpiles before it have grown by.

Whatever leaves the pit is fed to the mill or put on a stockpile. So what the mill received from the pit in a period is

    received = mill feed + in − out

of the piles between pit and mill, in tonnes and in metal: the feed, more by what they have grown, less by what they
have shrunk. What an opening restates was never moved, and does not count. Source: definition; the factor F2 of H. M.
Parker, Reconciliation principles for the mining industry, Mining Technology 121 (2012) 160–176.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from orebook.disciplines.production.mill_amounts import mill_amounts
from orebook.disciplines.production.period_sums import KNOWN, by_stretch, in_months, sums_by_period
from orebook.disciplines.production.sheet_metals import SheetMetal, metal_factor
from orebook.disciplines.production.sheet_stretches import lay
from orebook.disciplines.production.stockpile_balances import IN, NOTHING, OPENING, OUT, Method, stockpile_balances
from orebook.ground.metals import MetalColumn, metal_column


@dataclass(frozen=True, slots=True)
class MillSide:
    """What a mill fed and what the stockpiles before it did.

    ``between`` are the stockpiles that lie between pit and mill; all that have moves where nobody says, none where it
    is empty. ``method`` is how piles are kept: by weighted average, or the oldest tonnes first.
    """

    mill: pl.DataFrame
    moves: pl.DataFrame | None = None
    between: Sequence[str] | None = None
    method: Method = "average"


def received_at_mill(side: MillSide, periods: pl.DataFrame, grades: Sequence[MetalColumn]) -> pl.DataFrame:
    """What each mill received from its pit in each period: ``tonnes_t``, and each metal as tonnes times grade.

    ``periods`` are those of ``sums_by_period``; ``grades`` are the columns of grades whose units are wanted. Only
    periods are made of which the feed of every day is told and all moves are known: none before the first opening of a
    pile, none after the month of the last row of the piles of a mine. A metal of which a grade is missing is missing.

    >>> from datetime import date
    >>> mill = pl.DataFrame({"mine": "A", "from_day": [date(2011, 1, 1)], "to_day": [date(2011, 1, 31)],
    ...     "ore_t": [100.0], "cu_pct": [0.5]})
    >>> moves = pl.DataFrame({"mine": "A", "stockpile": "ROM", "day": [date(2011, 1, 1), date(2011, 1, 9)],
    ...     "kind": ["opening", "out"], "tonnes_t": [50.0, 30.0], "cu_pct": [0.4, None]})
    >>> month = pl.DataFrame({"kind": "month", "period": "2011-01", "start": [date(2011, 1, 1)],
    ...     "end": [date(2011, 1, 31)], "year": 2011, "number": 1, "mine": pl.Series([None], dtype=pl.String)})
    >>> made = received_at_mill(MillSide(mill, moves), month, [metal_column("cu_pct")])
    >>> made.select("tonnes_t", pl.col("cu_pct").round(6)).row(0)
    (70.0, 38.0)
    """
    fed, names = _fed(side.mill, periods, grades), ["tonnes_t", *(one.column for one in grades)]
    steps, known = _between(side)
    seen = fed.join(known, on="mine").filter(pl.col("start") >= pl.col("since"), pl.col("end") <= pl.col("until"))
    grown = _grown(seen.select("mine", "start", "end").unique(), _steps(steps, side.method, grades), names)
    both = seen.join(grown, on=["mine", "start", "end"], how="left")
    nothing = pl.when(pl.col("moves").is_null()).then(0.0)
    sums = (pl.col(name) + nothing.otherwise(pl.col(f"{name} grown")).alias(name) for name in names)
    return both.with_columns(sums).select(fed.columns)


def _fed(mill: pl.DataFrame, periods: pl.DataFrame, grades: Sequence[MetalColumn]) -> pl.DataFrame:
    """Ore fed in each period whose days are all told, and grade times tonnes of each metal."""
    amounts = mill_amounts(mill)
    names = ["ore_t", *(f"{metal.symbol} fed" for metal in amounts.metals)]
    laid = lay(amounts.rows, names).rows
    sums = sums_by_period(in_months(by_stretch(laid, names, ["mine"]), names, ["mine"]), periods, names, ["mine"])
    whole = sums.filter((pl.col(f"ore_t{KNOWN}") - pl.col("days")).abs() < 0.5)
    own = {metal.symbol: metal for metal in amounts.metals}
    return whole.select(
        "mine", "kind", "period", "start", "end", "days", tonnes_t="ore_t", **{f"tonnes_t{KNOWN}": f"ore_t{KNOWN}"},
        **{one.column: _in_unit(one, own.get(one.symbol)) for one in grades},
        **{f"{one.column}{KNOWN}": _days(own.get(one.symbol)) for one in grades},
    )  # fmt: skip


def _in_unit(wanted: MetalColumn, metal: SheetMetal | None) -> pl.Expr:
    """The metal that was fed as tonnes times grade in the unit that is wanted; nothing where the sheet lacks it."""
    if metal is None:
        return pl.lit(None, pl.Float64)
    return pl.col(f"{metal.symbol} fed") / metal_factor(wanted.unit, metal.unit)


def _days(metal: SheetMetal | None) -> pl.Expr:
    return pl.lit(0.0) if metal is None else pl.col(f"{metal.symbol} fed{KNOWN}")


def _between(side: MillSide) -> tuple[pl.DataFrame | None, pl.DataFrame]:
    """Moves of the piles between pit and mill; and for each mine of which days all of them are known."""
    if side.between is not None and not len(side.between):
        mines = side.mill.select("mine").drop_nulls().unique()
        return None, mines.with_columns(since=pl.lit(date.min), until=pl.lit(date.max))
    if side.moves is None:
        return None, pl.DataFrame(schema={"mine": pl.String, "since": pl.Date, "until": pl.Date})
    told = side.moves.drop_nulls(["mine", "stockpile", "day", "kind"])
    if side.between is not None:
        told = told.filter(pl.col("stockpile").is_in(list(side.between)))
    opened = pl.col("day").filter(pl.col("kind") == OPENING).min()
    piles = told.group_by("mine", "stockpile").agg(
        first=pl.col("day").min(), last=pl.col("day").max(), opened=pl.when(opened == pl.col("day").min()).then(opened)
    )
    known = piles.group_by("mine").agg(
        since=pl.max_horizontal(pl.col("first").min().dt.month_start(), pl.col("opened").max()),
        until=pl.col("last").max().dt.month_end(),
    )
    return told, known


def _steps(moves: pl.DataFrame | None, method: Method, grades: Sequence[MetalColumn]) -> pl.DataFrame:
    """What each move added to the piles of its mine: tonnes, and each metal; missing where a grade is."""
    names = ["tonnes_t", *(one.column for one in grades)]
    if moves is None:
        return pl.DataFrame(schema={"mine": pl.String, "day": pl.Date} | dict.fromkeys(names, pl.Float64))
    piles = stockpile_balances(moves, method).moves
    own = {
        one.symbol: one
        for one in filter(None, map(metal_column, moves.columns))
        if one.kind == "grade" and not one.part
    }
    signed = pl.when(pl.col("kind") == IN).then(pl.col("tonnes_t")).otherwise(-pl.col("tonnes_t"))
    metals = {one.column: _metal_moved(one, own.get(one.symbol)) for one in grades}
    made = piles.select("mine", "day", "kind", tonnes_t=signed, **metals)
    return made.filter(pl.col("kind").is_in([IN, OUT])).drop("kind")


def _metal_moved(wanted: MetalColumn, own: MetalColumn | None) -> pl.Expr:
    """By how much a move changed tonnes times grade of its pile."""
    if own is None:
        return pl.lit(None, pl.Float64)
    held = pl.when(pl.col("stock_t").abs() <= NOTHING).then(0.0).otherwise(
        pl.col("stock_t") * pl.col(f"{own.column} stock")
    )  # fmt: skip
    before = held.shift(1).over("mine", "stockpile", "account")
    ratio = metal_factor(own.unit, "g") / metal_factor(wanted.unit, "g")
    began = pl.int_range(pl.len()).over("mine", "stockpile", "account") == 0
    return (held - pl.when(began).then(0.0).otherwise(before)) * ratio


def _grown(spans: pl.DataFrame, steps: pl.DataFrame, names: Sequence[str]) -> pl.DataFrame:
    """What the piles of each mine have grown by in each span, and by how many moves."""
    met = steps.join_where(
        spans.rename({"mine": "of"}),
        pl.col("mine") == pl.col("of"),
        pl.col("day") >= pl.col("start"),
        pl.col("day") <= pl.col("end"),
    )
    sums = (pl.when(pl.col(name).is_not_null().all()).then(pl.col(name).sum()).alias(f"{name} grown") for name in names)
    return met.group_by("mine", "start", "end").agg(*sums, moves=pl.len())
