"""Mill figures: what a mill sheet says of every period: ore, throughput, availability, grades, recoveries, metal.

Amounts are added, ratios made of sums; nothing is averaged twice. For each mine, each ore source of it, and all mines
together; on the 100 % basis and as a company's share by its interest on every day.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import polars as pl

from orebook.disciplines.production.holdings_by_day import mean_interest
from orebook.disciplines.production.mill_amounts import OF_METAL, mass_pull, mill_amounts, two_product_recovery
from orebook.disciplines.production.period_sums import KNOWN, by_stretch, in_months, periods_of, sums_by_period
from orebook.disciplines.production.rates import throughput
from orebook.disciplines.production.sheet_metals import SheetMetal, mass_ratio, metal_factor
from orebook.disciplines.production.sheet_stretches import SPREAD, lay
from orebook.disciplines.production.tidy_figures import SHARE, WHOLE, Measured, figures

BY_SOURCE = ("mine", "source")
HOURS = ("operating_h", "available_h")
"""Amounts that nobody holds a share of."""


class MillFigures(NamedTuple):
    """Figures of mills by period, sums that the sheet tells twice beside their parts, and rows that were left out."""

    figures: pl.DataFrame
    sums: pl.DataFrame
    left_out: pl.DataFrame


def mill_figures(
    mill: pl.DataFrame,
    *,
    company: str,
    interests: pl.DataFrame | None = None,
    year_end: str = "12-31",
    counted_in: Mapping[str, str] | None = None,
) -> MillFigures:
    """All figures of a mill sheet for each period that has a row: tidy, unrounded, each with its coverage.

    ``company`` is the holder whose share is attributable and under whose name all mines are added up. ``counted_in`` is
    the unit of each metal. A period with a missing day has a coverage below one; throughput is by the days that are
    covered. Raises ``ValueError`` for a fiscal year that does not end with a month, or a unit that is no mass. Source:
    catalogue codes PR1001 to PR1010.

    >>> from datetime import date
    >>> sheet = pl.DataFrame({"mine": "Kestrel", "from_day": [date(2011, 1, 1)], "to_day": [date(2011, 9, 30)],
    ...     "ore_t": [273000.0], "cu_pct": [0.5], "cu_lb": [2407447.9]})
    >>> made = mill_figures(sheet, company="C").figures
    >>> made.filter(pl.col("subject") == "Kestrel", pl.col("measure") == "milling.throughput")["value"][0]
    1000.0
    """
    amounts = mill_amounts(mill, counted_in)
    laid = lay(amounts.rows, amounts.columns)
    periods = periods_of(laid.rows, year_end)
    sums = pl.concat(_all_sums(laid.rows, amounts.columns, periods, company, interests), how="diagonal")
    return MillFigures(figures(sums, _measures(amounts.metals)), laid.sums, laid.left_out)


def _all_sums(
    rows: pl.DataFrame, names: Sequence[str], periods: pl.DataFrame, company: str, interests: pl.DataFrame | None
) -> Iterator[pl.DataFrame]:
    """Yield sums of mines, of sources where a mine has several, and of all mines, on both bases."""
    bases = {WHOLE: rows}
    if interests is not None:
        bases[SHARE] = _shares(rows, names, mean_interest(rows, interests, company))
    several = rows.group_by("mine").agg(pl.col("source").n_unique() > 1).filter("source").select("mine")
    for basis, part in bases.items():
        mines = in_months(by_stretch(part, names, ["mine"]), names, ["mine"])
        yield _named(sums_by_period(mines, periods, names, ["mine"]), basis, pl.col("mine"), pl.lit(None, pl.String))
        if basis == WHOLE and several.height:
            fed = part.join(several, on="mine").with_columns(pl.col("source").fill_null("not said"))
            sources = in_months(by_stretch(fed, names, BY_SOURCE), names, BY_SOURCE)
            made = sums_by_period(sources, periods, names, BY_SOURCE)
            yield _named(made, basis, pl.col("mine"), pl.col("source"))
        yield _named(_together(mines, periods, names), basis, pl.lit(company), pl.lit(None, pl.String))


def _shares(rows: pl.DataFrame, names: Sequence[str], interest: pl.Series) -> pl.DataFrame:
    """A company's share of the amounts of each row; hours are nobody's."""
    share = pl.lit(interest)
    spreads = [name for name in rows.columns if name.endswith(SPREAD)]
    owned = (pl.col(name) * share for name in (*names, *spreads) if name not in HOURS)
    return rows.with_columns(*owned, *_no_hours(names))


def _no_hours(names: Sequence[str]) -> list[pl.Expr]:
    return [pl.lit(None, pl.Float64).alias(name) for name in names if name in HOURS]


def _together(mines: pl.DataFrame, periods: pl.DataFrame, names: Sequence[str]) -> pl.DataFrame:
    """All mines added up; hours of several mills make no sum. The days are those of all mines together."""
    summed = sums_by_period(mines.with_columns(_no_hours(names)), periods, names, [])
    counted = _mines_in(mines.select("mine", "since", "until"), periods)
    joined = summed.join(counted, on=["kind", "period"], how="left")
    return joined.with_columns(days=pl.col("days") * pl.col("mines"))


def _mines_in(there: pl.DataFrame, periods: pl.DataFrame) -> pl.DataFrame:
    """How many mines have a row that shares a day with each period."""
    common = periods.filter(pl.col("mine").is_null()).select("kind", "period", "start", "end")
    met = there.join_where(common, pl.col("since") <= pl.col("end"), pl.col("until") >= pl.col("start"))
    return met.group_by("kind", "period").agg(pl.col("mine").n_unique().alias("mines"))


def _named(sums: pl.DataFrame, basis: str, subject: pl.Expr, source: pl.Expr) -> pl.DataFrame:
    mines = pl.col("mines").cast(pl.Int64) if "mines" in sums.columns else pl.lit(1, pl.Int64)
    ratios = pl.lit(basis == WHOLE or "mines" in sums.columns)  # a share of a mine has the grades of the mine
    return sums.with_columns(subject=subject, source=source, basis=pl.lit(basis), mines=mines, ratios=ratios)


def _measures(metals: Sequence[SheetMetal]) -> Iterator[Measured]:
    yield from _plain_measures()
    for metal in metals:
        yield from _metal_measures(metal)


def _plain_measures() -> Iterator[Measured]:
    ore, run, ready, made = (pl.col(name) for name in ("ore_t", "operating_h", "available_h", "concentrate_t"))
    days = pl.col(f"ore_t{KNOWN}") / pl.col("mines")
    yield Measured("milling.ore_milled", ore, "t", ("ore_t",), spread="ore_t")
    yield Measured("milling.throughput", throughput(ore, days), "t/d", ("ore_t",), how="calendar days")
    both = ("ore_t", "operating_h")
    operating = _where_alike(*both, throughput(ore, run / 24.0))
    yield Measured("milling.throughput_operating", operating, "t/d", both, how="operating days", ratio=True)
    yield Measured("milling.operating_time", run, "h", ("operating_h",))
    calendar = 24.0 * pl.col(f"available_h{KNOWN}")
    said = "available ÷ calendar hours"
    yield Measured("milling.availability", 100.0 * ready / calendar, "%", ("available_h",), how=said)
    both = ("operating_h", "available_h")
    used = _where_alike(*both, 100.0 * run / ready)
    yield Measured("milling.utilisation", used, "%", both, how="operating ÷ available hours")
    yield Measured("milling.concentrate", made, "t", ("concentrate_t",), spread="concentrate_t")
    both = ("ore_t", "concentrate_t")
    yield Measured("milling.mass_pull", _where_alike(*both, 100.0 * made / ore), "%", both, ratio=True)


def _where_alike(one: str, other: str, ratio: pl.Expr) -> pl.Expr:
    """A ratio only where both of its amounts are told for the same days."""
    return pl.when(pl.col(f"{one}{KNOWN}") == pl.col(f"{other}{KNOWN}")).then(ratio)


def _metal_measures(metal: SheetMetal) -> Iterator[Measured]:
    name, unit, grades = metal.symbol, metal.unit, metal.grade_unit
    of = {each: f"{name} {each}" for each in OF_METAL}
    fed, made = pl.col(of["fed"]), pl.col(of["made"])
    head = fed / (pl.col(of["fed ore"]) * metal_factor(grades, unit))
    yield Measured("milling.head_grade", head, grades, (of["fed"],), name, ratio=True)
    yield Measured("milling.metal_in_feed", fed, unit, (of["fed"],), name)
    share = 100.0 * pl.col(of["made known"]) / pl.col(of["fed known"])
    said = "metal made ÷ metal in the feed"
    yield Measured("milling.recovery", share, "%", (of["made known"], of["fed known"]), name, said, ratio=True)
    yield Measured("milling.metal_produced", made, unit, (of["made"],), name, spread=of["made"])
    per_tonne = _where_alike("ore_t", of["made"], made * mass_ratio(unit, "g") / pl.col("ore_t"))
    yield Measured("milling.yield", per_tonne, "g/t", (of["made"],), name, ratio=True)
    rich, poor = pl.col(of["conc"]) / pl.col(of["conc t"]), pl.col(of["tails"]) / pl.col(of["tails t"])
    if metal.concentrate:
        yield Measured("milling.concentrate_grade", rich, grades, (of["conc"],), name, ratio=True)
    if metal.tailings:
        yield Measured("milling.tailings_grade", poor, grades, (of["tails"],), name, ratio=True)
    if metal.concentrate and metal.tailings:
        feed, of_test, said = pl.col(of["head"]) / pl.col(of["test t"]), (of["head"],), "by assays alone"
        tested = 100.0 * two_product_recovery(feed, rich, poor)
        yield Measured("milling.two_product_recovery", tested, "%", of_test, name, said, ratio=True)
        pull = 100.0 * mass_pull(feed, rich, poor)
        yield Measured("milling.two_product_pull", pull, "%", of_test, name, said, ratio=True)
