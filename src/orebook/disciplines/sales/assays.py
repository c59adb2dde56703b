"""Assays of a lot: what the seller found, what the buyer found, and what counts between them.

A lot has two states of its quantities: provisional, as the seller weighed and assayed it at shipment, and final, by the
weights at the other end and by exchanged assays. Where seller and buyer lie within the splitting limit of the contract
their mean is final; else an umpire decides, in the way that the contract says.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import polars as pl

from orebook.disciplines.sales.formulas import dry_mass
from orebook.disciplines.sales.measures import GRAMS_A_TONNE, fraction, looked_up
from orebook.disciplines.sales.terms import InForce

GRAMS_AN_OUNCE = 31.1034768

PARTIES = ("seller", "buyer", "umpire", "agreed")

MIDDLE, MEAN_WITH_NEARER = "middle", "mean with nearer"
"""What an umpire decides: the middle of the three results, or the mean of his and the nearer of the others."""


class Grades(NamedTuple):
    """A column of grades: its name, the metal, and what one of its unit is as a fraction."""

    column: str
    metal: str
    fraction: float


def split(seller: pl.Expr, buyer: pl.Expr, umpire: pl.Expr, limit: pl.Expr, decides: pl.Expr) -> pl.Expr:
    """The assay that counts between two parties; nothing while it is not decided.

    Source: usual exchange of assays; the middle of three is the umpire's result where it lies between those of the
    parties, else that of the party nearer to it.

    >>> frame = pl.DataFrame({"s": [24.1, 24.5, 24.5, 24.5], "b": 24.0, "u": [None, 24.1, 23.8, 24.1],
    ...     "limit": 0.2, "decides": ["middle", "middle", "middle", "mean with nearer"]})
    >>> frame.select(split(*map(pl.col, ("s", "b", "u", "limit", "decides"))).round(4)).to_series().to_list()
    [24.05, 24.1, 24.0, 24.05]
    """
    mean = (seller + buyer) / 2
    nearer = pl.when((umpire - seller).abs() < (umpire - buyer).abs()).then(seller).otherwise(buyer)
    middle = pl.max_horizontal(
        pl.min_horizontal(seller, buyer), pl.min_horizontal(pl.max_horizontal(seller, buyer), umpire)
    )
    umpired = pl.when(decides == MIDDLE).then(middle).when(decides == MEAN_WITH_NEARER).then((umpire + nearer) / 2)
    # limits are printed decimals: a difference of 0.2 in floats must not be a hair above a limit of 0.2
    within = (seller - buyer).abs() <= limit * (1 + 1e-9)
    return pl.when(within | (seller == buyer)).then(mean).when(umpire.is_not_null()).then(umpired)


def long_grades(frame: pl.DataFrame, keys: Sequence[str], columns: Sequence[Grades]) -> pl.DataFrame:
    """Grades of a wide table, one to a row, as fractions of the dry mass: keys, ``metal``, ``grade``."""
    there = [each for each in columns if each.column in frame.columns]
    parts = [
        frame.select(*keys, metal=pl.lit(each.metal), grade=pl.col(each.column).cast(pl.Float64) * each.fraction)
        for each in there
    ]
    empty = frame.select(*keys, metal=pl.lit("", pl.String), grade=pl.lit(None, pl.Float64)).clear()
    return pl.concat([empty, *parts]).drop_nulls("grade")


def masses(frame: pl.DataFrame) -> pl.DataFrame:
    """Wet and dry mass in grams of rows with ``wet_t`` and ``moisture_pct``, or ``weight_oz`` for bars of metal."""
    wet = pl.coalesce(_number(frame, "wet_t") * GRAMS_A_TONNE, _number(frame, "weight_oz") * GRAMS_AN_OUNCE)
    moisture = _number(frame, "moisture_pct").fill_null(0) / 100
    dry = pl.coalesce(_number(frame, "dry_t") * GRAMS_A_TONNE, dry_mass(wet, moisture))
    return frame.with_columns(wet_g=pl.coalesce(wet, dry), dry_g=dry)


def _number(frame: pl.DataFrame, name: str) -> pl.Expr:
    return pl.col(name).cast(pl.Float64) if name in frame.columns else pl.lit(None, pl.Float64)


def final_assays(provisional: pl.DataFrame, exchanged: pl.DataFrame, terms: InForce) -> pl.DataFrame:
    """The assays that count at the end, for each lot and metal, and the day on which they were all there.

    ``provisional`` are the seller's: ``lot``, ``metal``, ``grade``. ``exchanged`` has ``lot``, ``day``, ``party``,
    ``metal`` and ``grade``; a later result of a party takes the place of an earlier one. ``grade`` of the answer is
    empty where it is not decided yet; what nobody but the seller assayed stays, without a day.
    """
    latest = exchanged.sort("day").group_by("lot", "metal", "party").agg(pl.col("grade").last(), pl.col("day").last())
    wide = provisional.select("lot", "metal", first="grade")
    for party in PARTIES:
        found = latest.filter(pl.col("party") == party).select("lot", "metal", grade="grade", day="day")
        wide = wide.join(
            found.rename({"grade": party, "day": f"{party}_day"}), on=["lot", "metal"], how="full", coalesce=True
        )
    ruled = wide.join(terms.lots, on="lot", how="left").join(_limits(terms), on=["version", "metal"], how="left")
    ruled = ruled.join(_decides(terms), on="version", how="left")
    seller = pl.coalesce("seller", "first")
    decided = split(seller, pl.col("buyer"), pl.col("umpire"), pl.col("limit"), pl.col("decides"))
    days = pl.max_horizontal(*(f"{party}_day" for party in PARTIES))
    return ruled.select(
        "lot",
        "metal",
        grade=pl.when(days.is_null()).then(pl.col("first")).otherwise(pl.coalesce("agreed", decided)),
        day=days,
    )


def _limits(terms: InForce) -> pl.DataFrame:
    by_unit = looked_up("unit", fraction, pl.Float64)
    found = terms.of("splitting_limit").select("version", "metal", limit=pl.col("value") * by_unit)
    return found.unique(["version", "metal"], keep="last")


def _decides(terms: InForce) -> pl.DataFrame:
    return terms.of("umpire").select("version", decides="says").unique("version", keep="last")


def quantities(
    lots: pl.DataFrame, events: pl.DataFrame, columns: Sequence[Grades], terms: InForce
) -> Mapping[str, pl.DataFrame]:
    """Provisional and final quantities of lots.

    ``masses`` has for each ``lot`` and ``stage`` (``provisional``, ``final``) the mass in grams, wet, dry, and dry
    after the weighing franchise; ``grades`` the grade of each metal; ``days`` the day from which the final ones count,
    for lots whose weights or assays came and are decided. ``undecided`` are assays beyond the splitting limit without
    an umpire, and those for which the contract has no limit.
    """
    weighed = masses(lots).select("lot", "wet_g", "dry_g")
    provisional = long_grades(lots, ["lot"], columns)
    assayed = events.filter(pl.col("kind") == "assays").with_columns(pl.col("party").fill_null("agreed"))
    final = final_assays(provisional, long_grades(assayed, ["lot", "day", "party"], columns), terms)
    undecided = final.filter(pl.col("grade").is_null() & pl.col("day").is_not_null())
    scales = masses(events.filter(pl.col("kind") == "weights")).drop_nulls("dry_g").sort("day")
    weights = scales.group_by("lot").agg(pl.col("wet_g", "dry_g", "day").last())
    days = (
        pl.concat([final.select("lot", "day"), weights.select("lot", "day")])
        .drop_nulls("day")
        .group_by("lot")
        .agg(pl.col("day").max())
        .join(undecided.select("lot").unique(), on="lot", how="anti")
        .rename({"day": "quantity_day"})
    )
    weighed_again = lots.select("lot").join(weights, on="lot").select("lot", "wet_g", "dry_g")
    at_end = pl.concat([weighed_again, weighed.join(weighed_again, on="lot", how="anti")])
    return {
        "masses": _after_franchise(_staged(weighed, at_end, days), terms),
        "grades": _staged(provisional, final.select("lot", "metal", "grade"), days),
        "days": days,
        "undecided": undecided,
    }


def _staged(first: pl.DataFrame, last: pl.DataFrame, days: pl.DataFrame) -> pl.DataFrame:
    """Both stages under one another; a lot whose quantities are not final has but the first."""
    ended = last.join(days.select("lot"), on="lot", how="semi").select(first.columns)
    return pl.concat([first.with_columns(stage=pl.lit("provisional")), ended.with_columns(stage=pl.lit("final"))])


def _after_franchise(weighed: pl.DataFrame, terms: InForce) -> pl.DataFrame:
    taken = terms.lots.join(terms.value("franchise"), on="version", how="left").select("lot", "version", "franchise")
    kept = 1 - pl.col("franchise").fill_null(0) / 100
    return weighed.join(taken, on="lot", how="left").with_columns(paid_g=pl.col("dry_g") * kept).drop("franchise")
