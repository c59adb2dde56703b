"""Positions: metal that is sold and not yet priced, at which price it stands in the books, and what a change would do.

These are the figures that a report gives beside its provisional sales: pounds still open, average provisional price,
sensitivity.
"""

import polars as pl

from orebook.disciplines.sales.measures import cents
from orebook.disciplines.sales.pricing import kept_by_buyer
from orebook.disciplines.sales.settling import Sold


def open_metal(sold: Sold, shift_pct: float | None = None) -> pl.DataFrame:
    """The metal of each lot whose price is open at each end of a period.

    ``payable_g`` by the quantities known then, ``first`` and ``now`` the prices by gram at which it was sold and at
    which it stands in the books. With ``shift_pct`` also ``shift``: what the lot would gain, in cents, were the price
    so many percent higher, price participation included.

    Source: catalogue code FN1107.
    """
    keys = ["lot", "metal"]
    stages = {stage: sold.payable.filter(pl.col("stage") == stage) for stage in ("provisional", "final")}
    found = sold.priced.closings.filter(pl.col("is_open")).join(
        sold.lots.select("lot", "mine", "price_currency", "quantity_day"), on="lot"
    )
    for stage, frame in stages.items():
        found = found.join(frame.select(*keys, pl.col("payable_g").alias(stage)), on=keys, how="left")
    ended = pl.col("quantity_day") <= pl.col("closing")
    found = found.with_columns(payable_g=pl.when(ended).then("final").otherwise("provisional").fill_null(0))
    if shift_pct is not None:
        moved = found.with_columns(moved=pl.col("now") * (1 + shift_pct / 100))
        moved = moved.with_columns(net_moved=pl.col("moved") - kept_by_buyer(moved, sold.terms, "moved"))
        found = moved.with_columns(shift=cents(pl.col("payable_g") * (pl.col("net_moved") - pl.col("net_now"))))
    columns = [
        "closing",
        "mine",
        "lot",
        "metal",
        "price",
        "price_currency",
        "qp_start",
        "qp_end",
        "payable_g",
        "first",
        "now",
    ]
    more = [] if shift_pct is None else ["shift"]
    return found.select(*columns, "priced_by", "priced_on", *more).sort("closing", "lot", "metal")


def average_prices(positions: pl.DataFrame, by: list[str]) -> pl.DataFrame:
    """Open metal with its average provisional prices, weighted by metal: as it was sold, and as it stands in the books.

    >>> open_ = pl.DataFrame({"metal": "Cu", "payable_g": [50.1, 25.4], "first": 4.3, "now": [4.27, 4.28]})
    >>> average_prices(open_, ["metal"]).rows()[0][:2], round(average_prices(open_, ["metal"])["now"].item(), 4)
    (('Cu', 75.5), 4.2734)
    """
    weighted = [(pl.col(name) * pl.col("payable_g")).sum() / pl.col("payable_g").sum() for name in ("first", "now")]
    shift = [pl.col("shift").sum()] if "shift" in positions.columns else []
    return positions.group_by(by, maintain_order=True).agg(
        pl.col("payable_g").sum(), weighted[0].alias("first"), weighted[1].alias("now"), *shift
    )
