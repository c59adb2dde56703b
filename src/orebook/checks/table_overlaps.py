"""Intervals that share a piece of a hole: which they are, and which of them can be mended without a person."""

import polars as pl

from orebook.checks.table_rule import Tables
from orebook.checks.table_views import number, rows
from orebook.ground.schema import grades, schema

_COVERED = 0.95
_AGREES = 0.05
"""A long interval goes for shorter ones that cover so much of it and whose mean is so near."""


def overlaps(tables: Tables, table: str) -> pl.DataFrame:
    """Intervals that begin above the deepest end before them, beside the interval that reaches so deep.

    ``kind`` is ``touch`` (less than the setting ``touching_m``), ``alike`` (rows with the same values), ``again`` (the
    same ends, other values or another certificate), ``finer`` (the other is covered by shorter ones with the same
    mean), ``nested`` (zones), or ``both``. ``lines`` are this row and the other.
    """

    def make() -> pl.DataFrame:
        view = rows(tables, table)
        found = _pairs(view)
        touch = round(tables.in_unit(tables.setting("touching_m")) * 1000.0)
        shared = pl.min_horizontal("to", "other_to") - pl.col("from")
        found = found.with_columns(shared=shared, lines=pl.concat_list("line", "other_line"))
        same = (pl.col("from") == pl.col("other_from")) & (pl.col("to") == pl.col("other_to"))
        covered = (
            pl.col("other_line").is_in(_covered(tables, found).implode()) if table == "assays" else pl.lit(value=False)
        )
        kind = (
            pl.when(pl.col("shared") < touch)
            .then(pl.lit("touch"))
            .when(same & _alike(tables, table, found))
            .then(pl.lit("alike"))
            .when(same & pl.lit(table == "assays"))
            .then(pl.lit("again"))
            .when(covered)
            .then(pl.lit("finer"))
            .when(pl.lit(table == "domains"))
            .then(pl.lit("nested"))
            .otherwise(pl.lit("both"))
        )
        return found.with_columns(kind=kind)

    return tables.kept(f"overlaps {table}", make)


def _pairs(view: pl.DataFrame) -> pl.DataFrame:
    """Each row that begins above the deepest end before it in its hole, beside the row that reaches so deep."""
    reach = view.select(
        "line",
        "at",
        "from",
        "to",
        same=(pl.col("at") == pl.col("at").shift(1)).fill_null(value=False),
        above=pl.col("to").shift(1),
    )
    if not reach.height or not _any_before(reach):
        empty = {"other_line": pl.UInt32, "other_from": pl.Int64, "other_to": pl.Int64}
        return view.clear().with_columns(pl.lit(None, kind).alias(name) for name, kind in empty.items())
    suspects = view.join(_holes_with(reach), on="at", how="semi", maintain_order="left")
    other = ("line", "from", "to")
    deepest = pl.col("to").cum_max().over("at")
    suspects = suspects.with_columns(
        owner=pl.when(pl.col("to") == deepest).then(pl.int_range(pl.len())).otherwise(None)
    )
    suspects = suspects.with_columns(owner=pl.col("owner").forward_fill().shift(1).over("at"))
    known = suspects.filter(pl.col("owner").is_not_null())
    others = suspects[known["owner"]].select(pl.col(name).alias(f"other_{name}") for name in other)
    pairs = pl.concat([known.drop("owner"), others], how="horizontal")
    return pairs.filter(pl.col("from") < pl.col("other_to"))


def _any_before(reach: pl.DataFrame) -> bool:
    return bool(reach.select((pl.col("same") & (pl.col("from") < pl.col("above"))).any()).item())


def _holes_with(reach: pl.DataFrame) -> pl.DataFrame:
    """The holes in which some row begins above the end of the row before it: only there can any overlap be."""
    return reach.filter(pl.col("same") & (pl.col("from") < pl.col("above"))).select("at").unique()


def _alike(tables: Tables, table: str, found: pl.DataFrame) -> pl.Series:
    """Whether the two rows of each pair have the same values in every column but the sample's number."""
    frame = tables.frame(table).select(pl.exclude("origin_step", "origin_row", "sample"))
    ours, theirs = frame[found["line"] - 2], frame[found["other_line"] - 2]
    same = [ours[name].eq_missing(theirs[name]) for name in frame.columns]
    return pl.DataFrame(same).select(pl.all_horizontal(pl.all()))[:, 0] if same and found.height else _none(found)


def _none(found: pl.DataFrame) -> pl.Series:
    return pl.Series("alike", [], dtype=pl.Boolean).extend_constant(value=False, n=found.height)


def _covered(tables: Tables, found: pl.DataFrame) -> pl.Series:
    """The lines of long intervals that shorter ones cover, whose mean agrees in every grade."""
    above = found.filter(pl.col("other_from") <= pl.col("from"), pl.col("other_to") >= pl.col("to"))
    under = found.filter(pl.col("from") <= pl.col("other_from"), pl.col("to") >= pl.col("other_to"))
    long = pl.concat(
        [
            above.select("at", line="other_line", first="other_from", last="other_to"),
            under.select("at", "line", first="from", last="to"),
        ]
    ).unique("line")
    if not long.height:
        return pl.Series(dtype=pl.UInt32)
    frame = tables.frame("assays")
    measured = [name for name in grades(frame.columns) if name not in schema("assays").keys(tables.length)]
    parts = rows(tables, "assays").join(long.rename({"line": "whole"}), on="at")
    parts = parts.filter(
        pl.col("line") != pl.col("whole"), pl.col("from") >= pl.col("first"), pl.col("to") <= pl.col("last")
    )
    length = (pl.col("to") - pl.col("from")).alias("length")
    parts = pl.concat([parts, frame[parts["line"] - 2].select(number(name) for name in measured)], how="horizontal")
    means = (
        parts.with_columns(length)
        .group_by("whole", "first", "last")
        .agg(
            pl.col("length").sum(),
            *(
                (pl.col(name) * pl.col("length")).sum() / pl.col("length").filter(pl.col(name).is_not_null()).sum()
                for name in measured
            ),
        )
    )
    whole = frame[means["whole"] - 2].select(number(name).alias(f"{name} whole") for name in measured)
    both = pl.concat([means, whole], how="horizontal")
    near = [
        ((pl.col(name) - pl.col(f"{name} whole")).abs() <= _AGREES * pl.col(f"{name} whole").abs()).fill_null(
            pl.col(name).is_null() & pl.col(f"{name} whole").is_null()
        )
        for name in measured
    ]
    enough = pl.col("length") >= _COVERED * (pl.col("last") - pl.col("first"))
    return both.filter(pl.all_horizontal(enough, *near))["whole"]
