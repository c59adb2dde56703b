"""Guidance: what was said in advance beside what came: inside, above or below, and what is left to do."""

import polars as pl

from orebook.disciplines.production.sheet_metals import mass_ratio
from orebook.ground import units
from orebook.ground.period import Period

ADDS = ("mass", "count", "length", "volume")
"""What is measured by amounts that add up from day to day; all else are ratios."""


def against_guidance(guidance: pl.DataFrame, figures: pl.DataFrame, company: str) -> pl.DataFrame:
    """Each line of guidance beside the figure of its period, as far as the period has gone.

    ``actual`` is the figure of the longest stretch from the first day of the period that is told whole, in the unit of
    the guidance; ``until`` its last day, ``elapsed`` the share of the days that it covers. ``state`` is ``in``,
    ``above`` or ``below`` where the period is over, else how the pace of an amount, or a ratio as it stands, compares.
    ``low_left`` and ``high_left`` are what an amount still needs to reach either end, ``low_pro_rata`` and
    ``high_pro_rata`` what the days so far would have brought. Guidance of a period that no label tells is left out.
    """
    said = _lines(guidance, company)
    told = figures.filter(pl.col("coverage") > 1.0 - 1e-9, pl.col("source").is_null())
    told = told.select("measure", "subject", "metal", "basis", "from_day", "to_day", actual="value", actual_unit="unit")
    met = said.join(told, on=["measure", "subject", "metal", "basis", "from_day"], how="left", nulls_equal=True)
    met = met.filter(pl.col("to_day").is_null() | (pl.col("to_day") <= pl.col("last_day")))
    last = met.sort("to_day", nulls_last=False).group_by("line", maintain_order=True).last().sort("line")
    factor = pl.struct("actual_unit", "unit").map_elements(_factor, return_dtype=pl.Float64, skip_nulls=False)
    last = last.with_columns(actual=pl.col("actual") * factor)
    days = (pl.col("last_day") - pl.col("from_day")).dt.total_days() + 1
    done = ((pl.col("to_day") - pl.col("from_day")).dt.total_days() + 1) / days
    scale = pl.when(pl.col("adds")).then(pl.col("elapsed")).otherwise(1.0)
    paced = last.with_columns(elapsed=done).with_columns(
        low_pro_rata=pl.when("adds").then(pl.col("low") * scale),
        high_pro_rata=pl.when("adds").then(pl.col("high") * scale),
    )
    state = (
        pl.when(pl.col("actual") < pl.col("low") * scale)
        .then(pl.lit("below"))
        .when(pl.col("actual") > pl.col("high") * scale)
        .then(pl.lit("above"))
        .when(pl.col("actual").is_not_null())
        .then(pl.lit("in"))
    )
    left = {f"{end}_left": pl.when("adds").then(pl.col(end) - pl.col("actual")) for end in ("low", "high")}
    ordered = paced.with_columns(state=state, until=pl.col("to_day"), over=pl.col("elapsed") >= 1.0, **left)
    return ordered.drop("to_day", "line", "adds", "actual_unit").sort(
        "subject", "measure", "metal", "from_day", "said_on"
    )


def _lines(guidance: pl.DataFrame, company: str) -> pl.DataFrame:
    """Lines of guidance with the days of their periods and both ends; later ones do not wipe out earlier ones."""
    lacking = {"said_on": pl.Date, "document": pl.String, "basis": pl.String, "mine": pl.String, "metal": pl.String}
    empty = (pl.lit(None, kind).alias(name) for name, kind in lacking.items() if name not in guidance.columns)
    frame = guidance.with_columns(empty).with_columns(
        subject=pl.col("mine").fill_null(company),
        basis=pl.col("basis").fill_null("100%"),
        low=pl.coalesce("low", "high"),
        high=pl.coalesce("high", "low"),
    )
    spans = {label: _days(label) for label in frame["period"].drop_nulls().unique()}
    first = {label: span.start for label, span in spans.items() if span}
    last = {label: span.end for label, span in spans.items() if span}
    adds = {unit: _adds(unit) for unit in frame["unit"].drop_nulls().unique()}
    dated = frame.with_row_index("line").with_columns(
        from_day=pl.col("period").replace_strict(first, default=None, return_dtype=pl.Date),
        last_day=pl.col("period").replace_strict(last, default=None, return_dtype=pl.Date),
        adds=pl.col("unit").replace_strict(adds, default=False, return_dtype=pl.Boolean),
    )
    names = ("line", "subject", "measure", "metal", "basis", "period", "from_day", "last_day", "low", "high", "unit")
    return dated.filter(pl.col("from_day").is_not_null()).select(*names, "adds", "said_on", "document")


def _days(label: str) -> Period | None:
    try:
        return Period.parse(label)
    except ValueError:
        return None


def _adds(unit: str) -> bool:
    row = units.rows().get(unit)
    return row is not None and row.dimension in ADDS


def _factor(both: dict[str, str | None]) -> float | None:
    """How many of the unit of the guidance make one of the figure's; nothing where they measure different things."""
    mine, theirs = both["actual_unit"], both["unit"]
    if mine is None or theirs is None or not (units.known(mine) and units.known(theirs)):
        return None
    try:
        return mass_ratio(mine, theirs)
    except units.IncompatibleUnitsError:
        return None
