"""What the rules on tables look at: rows with their line, their hole as a number, and depths in whole thousandths.

Names of holes are turned into numbers once for all tables, so that rows of millions are compared, sorted and joined by
numbers. Depths are whole thousandths of their unit, so that touching, gaps and ends are decided exactly.
"""

import polars as pl

from orebook.checks.table_rule import Tables
from orebook.disciplines.drilling.controls import control_kind
from orebook.ground.schema import schema

INTERVALS = ("assays", "lithology", "domains", "densities", "recoveries")
"""The tables whose rows are intervals along holes."""

STATIONS = ("surveys", "structures")
"""The tables whose rows are depths along holes."""

ALONG = (*STATIONS, *INTERVALS)
"""All tables whose rows lie in a hole."""


def number(column: str) -> pl.Expr:
    """A column of numbers; what is no number, or none that is finite, is missing."""
    value = pl.col(column).cast(pl.Float64, strict=False)
    return pl.when(value.is_finite()).then(value).alias(column)


def thousandths(column: str) -> pl.Expr:
    """A column of depths in whole thousandths of their unit.

    >>> pl.DataFrame({"from_m": [2.6, None, 142.50999]}).select(thousandths("from_m"))["from_m"].to_list()
    [2600, None, 142510]
    """
    return (number(column) * 1000.0).round().cast(pl.Int64, strict=False)


def numbers(tables: Tables, table: str, *columns: str) -> pl.DataFrame:
    """Some columns of a table as numbers, with ``line`` and ``hole``; columns that it does not have are empty."""
    frame = tables.frame(table)
    made = [number(column) if column in frame.columns else pl.lit(None, pl.Float64).alias(column) for column in columns]
    name = pl.col("hole").cast(pl.String) if "hole" in frame.columns else pl.lit(None, pl.String).alias("hole")
    return frame.select(_line(frame.height), name, *made)


def _line(height: int) -> pl.Series:
    """The line of each row in its file: the heads are line 1."""
    return pl.int_range(2, height + 2, dtype=pl.UInt32, eager=True).alias("line")


def names(tables: Tables) -> pl.Series:
    """The name of every hole that any table speaks of, sorted; the number of a hole is its place here."""

    def make() -> pl.Series:
        found = [_heads(tables, table)[0] for table in ("collars", *ALONG) if tables.has(table, "hole")]
        every = pl.concat(found) if found else pl.Series(dtype=pl.String)
        return every.unique().drop_nulls().sort().alias("name")

    return tables.kept("names", make)


def _heads(tables: Tables, table: str) -> tuple[pl.Series, pl.Series]:
    """The names of a table without immediate repetition, blank ones missing, and for each row which of them it has."""

    def make() -> tuple[pl.Series, pl.Series]:
        column = tables.frame(table)["hole"].cast(pl.String)
        runs = column.rle_id()
        first = runs.diff().fill_null(1) != 0
        heads = column.filter(first)
        blank = heads.str.strip_chars() == ""
        return heads.set(blank.fill_null(value=False), None), runs

    return tables.kept(f"heads {table}", make)


def holes(tables: Tables, table: str) -> pl.Series:
    """The number of the hole of each row of a table; missing where no hole is named."""

    def make() -> pl.Series:
        if not tables.has(table, "hole"):
            return pl.Series("at", [None] * tables.frame(table).height, dtype=pl.UInt32)
        heads, runs = _heads(tables, table)
        numbered = heads.cast(pl.Enum(names(tables))).to_physical().cast(pl.UInt32)
        return numbered.gather(runs).alias("at")

    return tables.kept(f"holes {table}", make)


def holes_of(tables: Tables, table: str) -> pl.DataFrame:
    """The rows of a table that name a hole: ``line`` and ``at``."""
    at = holes(tables, table)
    return pl.DataFrame([_line(len(at)), at]).drop_nulls("at")


def name_of(tables: Tables, frame: pl.DataFrame) -> pl.DataFrame:
    """A frame with the name of each hole beside its number."""
    return frame.with_columns(names(tables).gather(frame["at"]).alias("hole"))


def rows(tables: Tables, table: str) -> pl.DataFrame:
    """The rows of a table along holes, by hole and depth: ``line``, ``at`` (its hole), and the depths in thousandths.

    Intervals have ``from`` and ``to``, stations ``depth``. Rows without a hole or a depth, intervals that run
    backwards, and rows of control samples are left out; other rules speak of them.
    """

    def make() -> pl.DataFrame:
        depths = [each for each in schema(table).order if each != "hole"]
        keys = [tables.key(each) for each in depths]
        if not tables.has(table, "hole", *keys):
            empty = {"line": pl.UInt32, "at": pl.UInt32} | dict.fromkeys(depths, pl.Int64)
            return pl.DataFrame(schema=empty)
        frame = tables.frame(table)
        made = [thousandths(key).alias(each) for key, each in zip(keys, depths, strict=True)]
        view = frame.select(_line(frame.height), holes(tables, table), *made)
        kept = pl.all_horizontal(pl.col("at", *depths).is_not_null())
        if "from" in depths:
            kept &= pl.col("from") < pl.col("to")
        if table == "assays" and "type" in frame.columns:
            kept &= ~control(frame)
        return _in_order(view.filter(kept), ["at", *depths])

    return tables.kept(f"rows {table}", make)


def raw(tables: Tables, table: str) -> pl.DataFrame:
    """The rows of a table of intervals as they stand: ``line``, ``from``, ``to``; control samples are left out."""
    keys = [tables.key("from"), tables.key("to")]
    if not tables.has(table, *keys):
        return pl.DataFrame(schema={"line": pl.UInt32, "from": pl.Int64, "to": pl.Int64})
    frame = tables.frame(table)
    view = frame.select(_line(frame.height), thousandths(keys[0]).alias("from"), thousandths(keys[1]).alias("to"))
    return view.filter(~control(frame)) if table == "assays" else view


def control(frame: pl.DataFrame) -> pl.Series:
    """Whether each row of assays is a control sample, as its column ``type`` says."""
    if "type" not in frame.columns:
        return pl.Series("type", [], dtype=pl.Boolean).extend_constant(value=False, n=frame.height)
    return frame.select(control_kind(pl.col("type")).is_not_null())["type"]


def _in_order(view: pl.DataFrame, order: list[str]) -> pl.DataFrame:
    """A view sorted; looking whether it is so already is much cheaper than sorting."""
    hole, depth = order[:2]
    steps = view.select(hole=pl.col(hole).cast(pl.Int64).diff().fill_null(1), depth=pl.col(depth).diff().fill_null(0))
    strictly = (
        view.height < 2
        or not steps.select(((pl.col("hole") < 0) | ((pl.col("hole") == 0) & (pl.col("depth") <= 0))).any()).item()
    )
    return view if strictly else view.sort(order, maintain_order=True)


def collars(tables: Tables) -> pl.DataFrame:
    """One row for each hole of the table of collars: ``at``, ``line`` of its first row, ``depth`` (the greatest)."""

    def make() -> pl.DataFrame:
        frame, key = tables.frame("collars"), tables.key("depth")
        depth = thousandths(key).alias("depth") if key in frame.columns else pl.lit(None, pl.Int64).alias("depth")
        view = frame.select(_line(frame.height), holes(tables, "collars"), depth).drop_nulls("at")
        return view.group_by("at").agg(pl.col("line").min(), pl.col("depth").max()).sort("at")

    return tables.kept("collars", make)


def deepest(tables: Tables, table: str) -> pl.DataFrame:
    """For each hole of a table: ``at``, the greatest depth as ``deepest``, its ``line``, and the number of ``rows``."""

    def make() -> pl.DataFrame:
        view = rows(tables, table)
        last = "to" if "to" in view.columns else "depth"
        line = pl.col("line").get(pl.col(last).arg_max()).cast(pl.UInt32)
        return view.group_by("at").agg(pl.col(last).max().alias("deepest"), line, pl.len().alias("rows")).sort("at")

    return tables.kept(f"deepest {table}", make)
