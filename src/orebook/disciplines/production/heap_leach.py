"""Heap leach: what was placed on a pad, how much of it will ever come out, how much has come by each day.

The recovery curve of a lift is ``r(t) = U·(1 − e^{−(t − t₀)/τ})`` after a lag ``t₀``, or a table by days under leach or
by solution applied to a tonne. Tonnes may be metric or short, grades in any unit.
"""

from collections.abc import Sequence
from datetime import date

import numpy as np
import polars as pl
from numpy.typing import NDArray

from orebook.disciplines.production.sheet_metals import mass_ratio, metal_factor
from orebook.ground.metals import MetalColumn, metal_column

Numbers = NDArray[np.float64]

RECOVERED, CARBON, SOLUTION, BULLION = STATES = ("recovered", "carbon", "solution", "bullion")
"""Where metal may be that left the ore: all of it, and of it on carbon, in solution, or poured."""


def recovered_share(days: Numbers, lag: Numbers, tau: Numbers) -> Numbers:
    """The share of the ultimate recovery that has come out so many days after placing.

    Nothing before the lag is over. Source: definition of a first-order curve.

    >>> recovered_share(np.array([5.0, 40.0]), np.array([10.0, 10.0]), np.array([30.0, 30.0])).round(4).tolist()
    [0.0, 0.6321]
    """
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        share = -np.expm1(-(days - lag) / tau)
    found: Numbers = np.where(days > lag, np.where(tau > 0.0, share, 1.0), 0.0)
    return found


def lifts_placed(lifts: pl.DataFrame) -> pl.DataFrame:
    """Each lift with its dry tonnes and the metal placed, by metal and in its unit.

    Rows without pad, lift, day or tonnes are left out. A row for each metal of each lift: ``metal``, ``grade`` in the
    ``grade_unit`` of g/t or percent, ``unit`` and ``placed``, and ``extractable``, the part that will ever come out.

    >>> lift = pl.DataFrame({"pad": "P", "lift": "1", "placed_day": [date(2011, 10, 1)], "tonnes_st": [28000.0],
    ...     "au_ozpst": [0.1], "ultimate_recovery_pct": [70.0]})
    >>> [round(each, 3) for each in lifts_placed(lift).select("tonnes_t", "grade", "placed", "extractable").row(0)]
    [25401.173, 3.429, 2800.0, 1960.0]
    """
    lacking = dict.fromkeys(("tonnes_t", "tonnes_st", "ultimate_recovery_pct", "lag_d", "tau_d"), pl.Float64)
    kinds = lacking | {"curve": pl.String}
    frame = lifts.with_columns(
        pl.lit(None, kind).alias(name) for name, kind in kinds.items() if name not in lifts.columns
    )
    if "row" not in frame.columns:
        frame = frame.with_row_index("row")
    tonnes = pl.coalesce("tonnes_t", pl.col("tonnes_st") * mass_ratio("ton", "t"))
    frame = frame.with_columns(tonnes_t=tonnes).drop_nulls(["pad", "lift", "placed_day", "tonnes_t"])
    metals: dict[str, list[MetalColumn]] = {}
    for one in filter(None, map(metal_column, lifts.columns)):
        if one.kind == "grade" and not one.part:
            metals.setdefault(one.symbol, []).append(one)
    kept = ("pad", "lift", "placed_day", "tonnes_t", "ultimate_recovery_pct", "lag_d", "tau_d", "curve", "row")
    made = [frame.select(*kept, *_metal(symbol, columns)) for symbol, columns in metals.items()]
    shape = {"metal": pl.String, "grade": pl.Float64, "grade_unit": pl.String, "unit": pl.String, "placed": pl.Float64}
    empty = frame.select(kept).clear().with_columns(pl.lit(None, kind).alias(name) for name, kind in shape.items())
    placed = pl.concat([empty, *made]).filter(pl.col("placed").is_not_null())
    return placed.with_columns(extractable=pl.col("placed") * pl.col("ultimate_recovery_pct") / 100.0)


def _metal(symbol: str, columns: Sequence[MetalColumn]) -> list[pl.Expr]:
    precious = columns[0].unit != "%" and columns[0].unit != "lb/ton"
    unit, grade_unit = ("oz", "g/t") if precious else ("lb", "%")
    scale = metal_factor(grade_unit, "g")
    grade = pl.coalesce(pl.col(one.column) * (metal_factor(one.unit, "g") / scale) for one in columns)
    placed = pl.col("tonnes_t") * grade * metal_factor(grade_unit, unit)
    said = {"metal": symbol, "grade_unit": grade_unit, "unit": unit}
    return [
        pl.lit(said["metal"]).alias("metal"),
        grade.alias("grade"),
        pl.lit(said["grade_unit"]).alias("grade_unit"),
        pl.lit(said["unit"]).alias("unit"),
        placed.alias("placed"),
    ]


def pad_inventory(
    lifts: pl.DataFrame, days: Sequence[date], *, curves: pl.DataFrame | None = None, metal: pl.DataFrame | None = None
) -> pl.DataFrame:
    """The metal of each pad at the end of each day, by where it is.

    ``placed``; ``extractable``, what will ever come out; ``extracted``, what the curves say has come out;
    ``recovered``, ``carbon``, ``solution`` and ``bullion`` as they were last counted, with ``counted``, the day;
    ``recoverable``, what is still to come of the extractable: Σ(placed·U) less recovered; ``behind``, what the curves
    promised and is not recovered. Raises ``ValueError`` for a curve that no row draws. Source: definitions.
    """
    placed = lifts_placed(lifts)
    every = placed.join(pl.DataFrame({"day": list(days)}, {"day": pl.Date}), how="cross")
    every = every.filter(pl.col("day") >= pl.col("placed_day"))
    every = every.with_columns(share=_shares(every, curves, metal)).with_columns(
        extracted=pl.col("extractable") * pl.col("share")
    )
    keys = ["pad", "metal", "unit", "day"]
    sums = every.group_by(keys).agg(
        pl.col("tonnes_t").sum(),
        pl.col("placed").sum(),
        _whole("extractable"),
        _whole("extracted"),
    )
    states = _counted(sums.select(keys), metal)
    both = sums.join(states, on=["pad", "metal", "unit", "day"], how="left")
    gone = pl.col(RECOVERED).fill_null(0.0)
    return both.with_columns(recoverable=pl.col("extractable") - gone, behind=pl.col("extracted") - gone).sort(keys)


def _whole(name: str) -> pl.Expr:
    """A sum that is missing where one of its parts is."""
    return pl.when(pl.col(name).is_not_null().all()).then(pl.col(name).sum()).alias(name)


def _shares(every: pl.DataFrame, curves: pl.DataFrame | None, metal: pl.DataFrame | None) -> pl.Series:
    """The share of the ultimate recovery of each lift at each day: by its curve, else by lag and time constant."""
    days = every.select((pl.col("day") - pl.col("placed_day")).dt.total_days()).to_series().to_numpy().astype(float)
    lag = every["lag_d"].fill_null(0.0).to_numpy()
    share = recovered_share(days, lag, every["tau_d"].to_numpy().astype(float))
    share = np.where(every["tau_d"].is_null().to_numpy(), np.nan, share)
    for name in every["curve"].drop_nulls().unique().sort():
        on = (every["curve"] == name).fill_null(value=False).to_numpy()
        drawn = None if curves is None else curves.filter(pl.col("curve") == name)
        if drawn is None or not drawn.height:
            raise ValueError(f"no row of leach_curves draws the curve {name!r}")
        if "days_d" in drawn.columns and drawn["days_d"].is_not_null().all():
            share[on] = _along(drawn, "days_d", days[on])
        else:
            share[on] = _along(drawn, "solution_ratio", _ratios(every.filter(pl.Series(on)), metal))
    return pl.Series("share", share).fill_nan(None)


def _along(drawn: pl.DataFrame, by: str, at: Numbers) -> Numbers:
    """A curve between its points, from nothing at its beginning, level after its end."""
    points = drawn.drop_nulls([by, "recovery_pct"]).sort(by)
    x, y = points[by].to_numpy(), points["recovery_pct"].to_numpy() / 100.0
    found: Numbers = np.interp(at, np.concatenate([[0.0], x]), np.concatenate([[0.0], y]))
    return found


def _ratios(every: pl.DataFrame, metal: pl.DataFrame | None) -> Numbers:
    """Solution that a pad was given since a lift was placed, by the tonnes that lie on the pad."""
    if metal is None or "solution_t" not in metal.columns:
        return np.full(every.height, np.nan)
    found = np.full(every.height, np.nan)
    number = pl.Expr.to_physical
    for (pad,), told in metal.drop_nulls(["pad", "day", "solution_t"]).group_by("pad"):
        some = told.group_by("day").agg(pl.col("solution_t").max()).sort("day")
        x, y = some["day"].to_physical().to_numpy().astype(float), some["solution_t"].to_numpy()
        on = (every["pad"] == pad).to_numpy()
        part = every.filter(pl.Series(on)).select(
            number(pl.col("day")), number(pl.col("placed_day")), "pad", "lift", "tonnes_t"
        )
        given = np.interp(part["day"].to_numpy(), x, y) - np.interp(part["placed_day"].to_numpy(), x, y, left=0.0)
        lain = part.select(pl.col("tonnes_t").sum().over("day", "pad")).to_series().to_numpy()
        found[on] = given / lain
    return found


def _counted(at: pl.DataFrame, metal: pl.DataFrame | None) -> pl.DataFrame:
    """The metal of each pad by state as last counted before the end of each day."""
    empty = at.with_columns(pl.lit(None, pl.Float64).alias(state) for state in STATES)
    if metal is None:
        return empty.with_columns(counted=pl.lit(None, pl.Date))
    masses = [one for one in filter(None, map(metal_column, metal.columns)) if one.kind == "mass" and not one.part]
    told = [
        metal.select("pad", "state", metal=pl.lit(one.symbol), when="day", mass=pl.col(one.column), of=pl.lit(one.unit))
        for one in masses
    ]
    if not told:
        return empty.with_columns(counted=pl.lit(None, pl.Date))
    rows = pl.concat(told).drop_nulls(["pad", "state", "when", "mass"])
    ratio = pl.struct("of", "unit").map_elements(
        lambda pair: mass_ratio(pair["of"], pair["unit"]), return_dtype=pl.Float64
    )
    rows = rows.join(at.select("pad", "metal", "unit").unique(), on=["pad", "metal"]).with_columns(
        mass=pl.col("mass") * ratio
    )
    wide = at
    for state in STATES:
        one = (
            rows.filter(pl.col("state") == state)
            .sort("when")
            .select("pad", "metal", "when", pl.col("mass").alias(state))
        )
        met = wide.sort("day").join_asof(
            one, left_on="day", right_on="when", by=["pad", "metal"], strategy="backward", check_sortedness=False
        )
        wide = met.rename({"when": "counted"}) if state == RECOVERED else met.drop("when")
    return wide
