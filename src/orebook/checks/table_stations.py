"""Stations of surveys in order, each beside the one above it."""

import polars as pl

from orebook.checks.table_angles import turn
from orebook.checks.table_rule import FOOT_M, Tables
from orebook.checks.table_views import number, rows

_STEEP = 10.0
"""Dips nearer to level than this may change their sign by themselves, in degrees."""

_VERTICAL = 80.0
"""Of holes steeper than this the azimuth may turn round by itself, in degrees."""


def stations(tables: Tables) -> pl.DataFrame:
    """Usable stations by hole and depth: ``line``, ``at``, ``depth``, ``azimuth``, ``dip``, ``method``, ``date``.

    Usable are those with a depth of nought or more and a direction that can be; vertical ones need no azimuth.
    """

    def make() -> pl.DataFrame:
        frame, view = tables.frame("surveys"), rows(tables, "surveys")
        said = frame.with_columns(  # a constant alone would be one row
            _of(frame, "azimuth_deg", number("azimuth_deg"), pl.lit(None, pl.Float64)).alias("azimuth"),
            _of(frame, "dip_deg", number("dip_deg"), pl.lit(None, pl.Float64)).alias("dip"),
            _of(frame, "method", pl.col("method").cast(pl.String).fill_null(""), pl.lit("")).alias("method"),
            _of(frame, "date", pl.col("date").cast(pl.String).fill_null(""), pl.lit("")).alias("date"),
        ).select("azimuth", "dip", "method", "date")
        if not view.height:
            return pl.concat([view, said.clear()], how="horizontal")
        view = pl.concat([view, said[view["line"] - 2]], how="horizontal")
        vertical = pl.col("dip").abs() == 90.0
        view = view.with_columns(azimuth=pl.when(vertical).then(pl.col("azimuth").fill_null(0.0)).otherwise("azimuth"))
        usable = pl.col("azimuth").is_between(0.0, 360.0) & pl.col("dip").is_between(-90.0, 90.0)
        return view.filter(usable & (pl.col("depth") >= 0))

    return tables.kept("stations", make)


def _of(frame: pl.DataFrame, column: str, found: pl.Expr, missing: pl.Expr) -> pl.Expr:
    return found if column in frame.columns else missing


def against_hole(tables: Tables) -> pl.DataFrame:
    """Stations whose dip has a sign against its hole and fits when it is turned; ``middle`` is the dip of the hole."""

    def make() -> pl.DataFrame:
        middle = pl.col("dip").median().over("at")
        view = stations(tables).with_columns(middle=middle)
        against = (pl.col("dip") * pl.col("middle") < 0.0) & (pl.min_horizontal(pl.col("dip", "middle").abs()) > _STEEP)
        fits = (pl.col("dip") + pl.col("middle")).abs() < (pl.col("dip") - pl.col("middle")).abs()
        return view.filter(against & fits)

    return tables.kept("against hole", make)


def courses(tables: Tables) -> pl.DataFrame:
    """Stretches between neighbouring stations of one hole and method, with ``turn``, and that over 30 m (``dogleg``).

    Columns of ``stations`` are those of the lower end, with ``_above`` those of the upper one; ``lines`` are both
    lines. Stations that other rules speak of (two at one depth, a sign against the hole) are left out.
    """

    def make() -> pl.DataFrame:
        view = stations(tables).join(against_hole(tables).select("line"), on="line", how="anti", maintain_order="left")
        if view["method"].n_unique() > 1:
            view = view.sort("at", "method", "depth", maintain_order=True)
        first = (pl.struct("at", "method", "depth") != pl.struct("at", "method", "depth").shift(1)).fill_null(
            value=True
        )
        view = view.filter(first)
        pairs = view.with_columns(
            pl.col(column).shift(1).alias(f"{column}_above")
            for column in ("at", "line", "depth", "azimuth", "dip", "method")
        )
        pairs = pairs.filter(pl.col("at") == pl.col("at_above"), pl.col("method") == pl.col("method_above"))
        turned = turn(pairs, "azimuth", "dip", "azimuth_above", "dip_above")
        course_m = (pl.col("depth") - pl.col("depth_above")) / 1000.0 * (1.0 if tables.length == "m" else FOOT_M)
        return pairs.with_columns(turned, lines=pl.concat_list("line", "line_above")).with_columns(
            dogleg=pl.col("turn") * 30.0 / course_m
        )

    return tables.kept("courses", make)


def turned_round(tables: Tables) -> pl.Expr:
    """Whether the azimuth of a course turns round, although the hole is not nearly vertical."""
    apart = (pl.col("azimuth") - pl.col("azimuth_above")).abs()
    apart = pl.min_horizontal(apart, 360.0 - apart)
    slanted = pl.max_horizontal(pl.col("dip", "dip_above").abs()) < _VERTICAL
    return (apart >= tables.setting("turned_round_deg")) & slanted
