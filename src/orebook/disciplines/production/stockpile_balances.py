"""Stockpile balances: opening and what came in less what went out is the closing stock, in tonnes, metal and grade.

What goes out without a grade has that of the pile, by weighted average; or, where the site says so, that of the oldest
tonnes (first in, first out). A survey is compared, never adopted in silence.
"""

from collections import deque
from collections.abc import Sequence
from typing import Any, Literal, NamedTuple

import polars as pl

from orebook.ground.metals import MetalColumn, metal_column

Method = Literal["average", "fifo"]

OPENING, IN, OUT, SURVEY = KINDS = ("opening", "in", "out", "survey")
"""What a move may be; on one day an opening comes first, then what came in, then what went out, then a survey."""


class StockBalances(NamedTuple):
    """The pile after every move, and every survey beside the pile as it was kept."""

    moves: pl.DataFrame
    surveys: pl.DataFrame


def stockpile_balances(moves: pl.DataFrame, method: Method = "average") -> StockBalances:
    """Each stockpile after each of its moves: ``stock_t``, and the grade of every metal.

    An opening states what lies there and begins the account anew. Where a grade is not told of what came in, the grade
    of the pile is missing until an opening tells it or the pile is empty. Rows without mine, stockpile, day or a known
    kind are left out. Raises ``ValueError`` for a method that does not exist.

    >>> from datetime import date
    >>> moves = pl.DataFrame({"mine": "A", "stockpile": "low", "day": [date(2011, 1, 1), date(2011, 1, 5)],
    ...     "kind": ["in", "out"], "tonnes_t": [100.0, 40.0], "cu_pct": [0.3, None]})
    >>> stockpile_balances(moves).moves.select("stock_t", "cu_pct stock").rows()
    [(100.0, 0.3), (60.0, 0.3)]
    """
    if method not in ("average", "fifo"):
        raise ValueError(f"a stockpile is kept by average or fifo, not by {method!r}")
    metals = [one for one in filter(None, map(metal_column, moves.columns)) if one.kind == "grade" and not one.part]
    frame = moves if "row" in moves.columns else moves.with_row_index("row")
    order = pl.col("kind").replace_strict(dict(zip(KINDS, range(4), strict=True)), default=None, return_dtype=pl.Int64)
    frame = frame.with_columns(order=order).drop_nulls(["mine", "stockpile", "day", "order", "tonnes_t"])
    frame = frame.sort("mine", "stockpile", "day", "order", "tonnes_t", *(one.column for one in metals))
    stocks = _tonnes(frame)
    for metal in metals:
        stocks = stocks.with_columns(_grades(stocks, metal, method))
    kept = stocks.drop("order")
    surveys = kept.filter(pl.col("kind") == SURVEY)
    return StockBalances(
        kept.filter(pl.col("kind") != SURVEY),
        surveys.select(
            "mine", "stockpile", "day", surveyed_t=pl.col("tonnes_t"), kept_t=pl.col("stock_t"),
            difference_t=pl.col("tonnes_t") - pl.col("stock_t"), row=pl.col("row").cast(pl.Int64),
        ),
    )  # fmt: skip


def _tonnes(frame: pl.DataFrame) -> pl.DataFrame:
    """The tonnes on each pile after each move; an opening begins the account anew."""
    pile, began = ["mine", "stockpile"], pl.col("kind") == OPENING
    signed = (
        pl.when(pl.col("kind").is_in([IN, OPENING]))
        .then(pl.col("tonnes_t"))
        .when(pl.col("kind") == OUT)
        .then(-pl.col("tonnes_t"))
        .otherwise(0.0)
    )
    run = began.cum_sum().over(pile)
    counted = frame.with_columns(account=run, signed=signed)
    return counted.with_columns(stock_t=pl.col("signed").cum_sum().over([*pile, "account"]))


def _grades(frame: pl.DataFrame, metal: MetalColumn, method: Method) -> pl.Series:
    """The grade of each pile after each move."""
    walk = _by_average if method == "average" else _by_age
    found: list[float | None] = []
    for pile in frame.partition_by(["mine", "stockpile"], maintain_order=True):
        found += walk(pile["kind"].to_list(), pile["tonnes_t"].to_list(), pile[metal.column].to_list())
    return pl.Series(f"{metal.column} stock", found, pl.Float64)


def _by_average(kinds: Sequence[str], tonnes: Sequence[float], grades: Sequence[float | None]) -> list[float | None]:
    stock, grade, found = 0.0, None, []
    for kind, moved, said in zip(kinds, tonnes, grades, strict=True):
        if kind == OPENING:
            stock, grade = moved, said
        elif kind == IN:
            known = stock == 0.0 or grade is not None
            mixed = stock * (grade or 0.0) + moved * (said or 0.0)
            stock += moved
            grade = mixed / stock if known and (said is not None or moved == 0.0) and stock > 0.0 else None
        elif kind == OUT:
            metal = None if grade is None else stock * grade - moved * (grade if said is None else said)
            stock -= moved
            grade = None if metal is None or stock <= NOTHING else metal / stock
            stock = 0.0 if abs(stock) <= NOTHING else stock
        found.append(grade)
    return found


NOTHING = 1e-6
"""A pile below a gram is empty."""


def _by_age(kinds: Sequence[str], tonnes: Sequence[float], grades: Sequence[float | None]) -> list[float | None]:
    """The oldest tonnes go out first, with their own grade."""
    layers: deque[list[Any]] = deque()
    found: list[float | None] = []
    for kind, moved, said in zip(kinds, tonnes, grades, strict=True):
        if kind == OPENING:
            layers = deque([[moved, said]])
        elif kind == IN:
            layers.append([moved, said])
        elif kind == OUT:
            left = moved
            while left > NOTHING and layers:
                taken = min(left, layers[0][0])
                layers[0][0] -= taken
                left -= taken
                if layers[0][0] <= NOTHING:
                    layers.popleft()
        stock = sum(layer[0] for layer in layers)
        known = stock > NOTHING and all(layer[1] is not None for layer in layers)
        found.append(sum(layer[0] * layer[1] for layer in layers) / stock if known else None)
    return found


def stockpile_periods(balances: StockBalances, periods: pl.DataFrame) -> pl.DataFrame:
    """For each pile and period: opening, in, out and closing tonnes, the closing grades, and the last survey.

    ``opening_t + in_t − out_t + restated_t = closing_t``, where ``restated_t`` is what openings inside the period put
    the account off by.
    """
    moves = balances.moves
    pile, common = ["mine", "stockpile"], periods.filter(pl.col("mine").is_null() & (pl.col("kind") != "since start"))
    grades = [name for name in moves.columns if name.endswith(" stock")]
    spans = moves.group_by(pile).agg(pl.col("day").min().alias("first"), pl.col("day").max().alias("last_move"))
    every = spans.join(common.drop("mine"), how="cross").filter(
        pl.col("first") <= pl.col("end"), pl.col("last_move") >= pl.col("start")
    )
    days = moves.group_by([*pile, "day"], maintain_order=True).agg(
        pl.col("stock_t", *grades).last(),
        *((pl.when(pl.col("kind") == each).then(pl.col("tonnes_t")).sum()).alias(each) for each in (IN, OUT)),
    )
    total = (pl.col(each).cum_sum().over(pile).alias(f"{each} so far") for each in (IN, OUT))
    days = days.with_columns(total).sort("day")
    closing = _as_of(every.with_columns(at=pl.col("end")), days)
    opening = _as_of(every.with_columns(at=pl.col("start").dt.offset_by("-1d")), days)
    keys = [*pile, "kind", "period"]
    before = opening.select(
        *keys,
        opening_t=pl.col("stock_t").fill_null(0.0),
        **{f"{each} before": pl.col(f"{each} so far") for each in (IN, OUT)},
    )
    both = closing.join(before, on=keys).with_columns(
        **{f"{each}_t": pl.col(f"{each} so far") - pl.col(f"{each} before").fill_null(0.0) for each in (IN, OUT)}
    )
    surveys = balances.surveys.sort("day").select(*pile, "day", "surveyed_t", "difference_t", surveyed=pl.col("day"))
    looked = both.sort("end").join_asof(
        surveys.drop("day").with_columns(day=pl.col("surveyed")).sort("day"),
        left_on="end", right_on="day", by=pile, strategy="backward", check_sortedness=False,
    )  # fmt: skip
    fresh = pl.col("surveyed") >= pl.col("start")
    out = looked.with_columns(pl.when(fresh).then(pl.col("surveyed", "surveyed_t", "difference_t")))
    closing_t = pl.col("stock_t")
    return out.select(
        *pile, "kind", "period", from_day=pl.col("start"), to_day=pl.col("end"), opening_t=pl.col("opening_t"),
        in_t=pl.col("in_t"), out_t=pl.col("out_t"),
        restated_t=closing_t - pl.col("opening_t") - pl.col("in_t") + pl.col("out_t"), closing_t=closing_t,
        surveyed="surveyed", surveyed_t="surveyed_t", difference_t="difference_t",
        **{name.removesuffix(" stock"): pl.col(name) for name in grades},
    ).sort(*pile, "from_day", "to_day")  # fmt: skip


def _as_of(every: pl.DataFrame, days: pl.DataFrame) -> pl.DataFrame:
    """Each pile and period with the pile as it lay at a day."""
    return every.sort("at").join_asof(
        days, left_on="at", right_on="day", by=["mine", "stockpile"], strategy="backward", check_sortedness=False
    )
