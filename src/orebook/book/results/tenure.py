"""Tenure: where each property lies, what is held of its ground and until when, and what the company owns of it."""

from datetime import date

import polars as pl

from orebook.book.bench import Bench, Made
from orebook.book.tenures import figures, interests, sites, told_until
from orebook.disciplines.tenure.claims import claims_on, grounds, renewals
from orebook.disciplines.tenure.columns import shaped
from orebook.disciplines.tenure.gazetteer import CREDIT, SMALLEST, towns_named, towns_near
from orebook.disciplines.tenure.interest_days import interest_on
from orebook.disciplines.tenure.places import DISTANCE, STRAIGHT, TOWN, distances, nearest_towns

_EMPTY = pl.DataFrame()


def make(bench: Bench) -> Made:
    """Properties with place, interest and ground; stated distances beside straight ones; claims and what they cost."""
    day, why = told_until(bench, "tenure")
    where = sites(bench)
    towns = _towns(bench, where)
    near = nearest_towns(where, towns)
    stood = claims_on(_table(bench, "claims_held"), day)
    ground = grounds(stood)
    stated = distances(_table(bench, "distances"), where, towns)
    parts = {
        "tenure": _summary(bench, near, ground, interest_on(interests(bench), day)),
        "tenure_distances": stated,
        "tenure_near": near,
        "tenure_claims": stood,
        "tenure_renewals": renewals(stood),
        "tenure_figures": _figures(ground, day),
    }
    credit = (f"towns by {CREDIT}",) if (towns["document"] == CREDIT).any() else ()
    return Made(parts, {"tenure": dict(bench.said("tenure"))}, (why, *credit, *_doubtful(stated)))


def _doubtful(stated: pl.DataFrame) -> list[str]:
    """Stated distances that cannot be, or are not what they are said to be."""
    found = []
    for row in stated.drop_nulls(["fits", "straight_km"]).iter_rows(named=True):
        where = f"{row['property']}: {row['distance']} from {row['town']}"
        if row["fits"] == "shorter":
            found.append(f"{where} is less than the straight line of {row['straight_km']:.1f} km")
        elif row["fits"] == "longer" and (row["basis"] or "").casefold() == STRAIGHT:
            found.append(f"{where} is said to be straight; the straight line has {row['straight_km']:.1f} km")
    return found


def _table(bench: Bench, name: str) -> pl.DataFrame:
    found = bench.table(name)
    return found if found is not None else _EMPTY


def _towns(bench: Bench, where: pl.DataFrame) -> pl.DataFrame:
    """The towns of the book, and where it asks for a gazetteer those that it names or that are near."""
    own = shaped(_table(bench, "towns"), TOWN)
    said = bench.said("tenure")
    if not said.get("gazetteer", False):
        return own
    smallest = said.get("smallest_town", SMALLEST[0])
    if smallest not in SMALLEST:
        among = ", ".join(map(str, SMALLEST))
        raise bench.wrong("results.tenure.smallest_town", f"is {smallest!r}; write one of {among}")
    named = set(shaped(_table(bench, "distances"), DISTANCE)["town"].drop_nulls()) - set(own["town"])
    found = [towns_named(named, country=str(said.get("country", "")), smallest=int(str(smallest)))]
    points = where.drop_nulls(["longitude_deg", "latitude_deg"]).select("longitude_deg", "latitude_deg").rows()
    found += [towns_near(*point, smallest=int(str(smallest))) for point in points]
    known = {name.casefold() for name in own["town"].drop_nulls()}
    more = shaped(pl.concat(found), TOWN).unique(maintain_order=True)
    return pl.concat([own, more.filter(~pl.col("town").str.to_lowercase().is_in(list(known)))])


def _summary(bench: Bench, near: pl.DataFrame, ground: pl.DataFrame, held: pl.DataFrame) -> pl.DataFrame:
    """One row for each property: what book.toml says, the nearest town, the company's interest, its ground."""
    known = pl.DataFrame(
        [(one.name, one.place or None, one.operator or None) for one in bench.settings.properties],
        {"property": pl.String, "place": pl.String, "operator": pl.String},
        orient="row",
    )
    others = pl.concat([ground["property"], held["property"]]).unique().sort()
    rest = (
        others.filter(~others.is_in(known["property"].implode()))
        .to_frame()
        .with_columns(pl.lit(None, pl.String).alias("place"), pl.lit(None, pl.String).alias("operator"))
    )
    own = held.filter(pl.col("holder") == bench.settings.issuer).select("property", "interest_pct", "kind")
    first = near.unique("property", keep="first", maintain_order=True)
    first = first.select("property", pl.col("town").alias("nearest_town"), "straight_km", "point")
    table = pl.concat([known, rest.select(known.columns)])
    for each in (own, first, ground):
        table = table.join(each, on="property", how="left", maintain_order="left")
    return table


def _figures(ground: pl.DataFrame, day: date) -> pl.DataFrame:
    """Areas and claims as tidy figures."""
    units = {"area": ("area_ha", "ha"), "claims": ("claims", "claim")}
    return pl.concat(
        figures(
            ground,
            day,
            measure=pl.lit(f"tenure.{measure}"),
            subject=pl.col("property"),
            value=pl.col(column),
            unit=pl.lit(unit),
        )
        for measure, (column, unit) in units.items()
    )
