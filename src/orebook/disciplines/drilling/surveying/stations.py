"""Stations: the measurements of a hole's direction that can be used, and those that cannot, each with its reason."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from orebook.disciplines.drilling.flat import Floats, Holes, Ints, floats, holes, sorted_by_hole
from orebook.ground.schema import MissingColumnError, length_unit
from orebook.maths.directions import unit_vectors


@dataclass(frozen=True, slots=True)
class Stations:
    """Usable stations, hole after hole by depth, and those that were dropped.

    Hole ``k`` has the stations ``starts[k]`` to ``starts[k + 1]``; ``rows`` says in which row of the table each stood.
    ``dropped`` has the columns row, hole, depth, azimuth, dip and reason; every row of the table is in one of the two.
    """

    names: pl.Series
    starts: Ints
    rows: Ints
    depths: Floats
    azimuths: Floats
    dips: Floats
    dropped: pl.DataFrame
    unit: str

    def __len__(self) -> int:
        return len(self.depths)

    def directions(self) -> Floats:
        """Unit vectors (east, north, up) of the stations, one a row."""
        return unit_vectors(self.azimuths, self.dips)


def usable_stations(surveys: pl.DataFrame, holes_known: pl.Series | None = None) -> Stations:
    """The stations of a survey table that can be used; the others are listed with the reason.

    A station needs a hole, a depth of at least 0, a dip of -90 to 90 and an azimuth of 0 to 360 degrees; a vertical one
    needs no azimuth. Of two at one depth (to a thousandth) the one that stands first is used. A column ``chosen``, as
    survey choice makes it, leaves out what was not chosen. With ``holes_known``, stations of other holes are dropped.

    >>> table = pl.DataFrame({"hole": ["A", "A", "A"], "depth_m": [0, 30, 30], "azimuth_deg": [10, 12, 400],
    ...     "dip_deg": [-60, -60, -60]})
    >>> found = usable_stations(table)
    >>> found.depths.tolist(), found.dropped["row", "reason"].rows()
    ([0.0, 30.0], [(2, 'azimuth outside 0 to 360')])
    """
    unit = length_unit(surveys.columns, "depth")
    depth = f"depth_{unit}"
    table = _read(surveys, depth)
    if holes_known is not None and holes(table).names.is_in(holes_known.implode()).all():
        holes_known = None
    table = table.with_columns(_reason(table.columns, depth, holes_known).alias("reason")).drop("chosen", strict=False)
    dropped = table.filter(pl.col("reason").is_not_null())
    usable = sorted_by_hole(table.filter(pl.col("reason").is_null()) if dropped.height else table, depth)
    found = holes(usable)
    if _twice(found, floats(usable[depth])):
        usable, again = _once(usable, depth)
        dropped, found = pl.concat([dropped, again]), holes(usable)
    return Stations(
        found.names,
        found.starts,
        usable["row"].to_numpy(),
        floats(usable[depth]),
        floats(usable["azimuth_deg"].fill_null(0.0)),
        floats(usable["dip_deg"]),
        dropped.sort("row"),
        unit,
    )


def _twice(found: Holes, depths: Floats) -> bool:
    """Whether some hole has two stations at one depth, to a thousandth."""
    same = np.diff(np.rint(depths * 1000.0)) == 0.0
    same[found.starts[1:-1] - 1] = False
    return bool(same.any())


def _once(usable: pl.DataFrame, depth: str) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Stations at depths of their own, and those at a depth that has one, with the reason."""
    same = (pl.col("hole") == pl.col("hole").shift()) & (_thousandths(depth) == _thousandths(depth).shift())
    turned = (pl.col("azimuth_deg") != pl.col("azimuth_deg").shift()) | (pl.col("dip_deg") != pl.col("dip_deg").shift())
    twice = (
        pl.when(turned).then(pl.lit("depth twice, other direction")).otherwise(pl.lit("depth twice, same direction"))
    )
    usable = usable.with_columns(pl.when(same.fill_null(value=False)).then(twice).alias("reason"))
    return usable.filter(pl.col("reason").is_null()), usable.filter(pl.col("reason").is_not_null())


def faults(surveys: pl.DataFrame) -> pl.Series:
    """Why each row of a survey table cannot be used for itself, or nothing; two at one depth are not looked for.

    >>> faults(pl.DataFrame({"hole": ["A"], "depth_m": [-1.0], "azimuth_deg": [0.0], "dip_deg": [0.0]})).to_list()
    ['depth above the collar']
    """
    depth = f"depth_{length_unit(surveys.columns, 'depth')}"
    table = _read(surveys, depth)
    return table.select(_reason(table.columns, depth, None).alias("reason"))["reason"]


def no_stations(unit: str) -> Stations:
    """What a programme without any survey has.

    >>> len(no_stations("m"))
    0
    """
    numbers = (f"depth_{unit}", "azimuth_deg", "dip_deg")
    return usable_stations(pl.DataFrame(schema={"hole": pl.String} | dict.fromkeys(numbers, pl.Float64)))


def _read(surveys: pl.DataFrame, depth: str) -> pl.DataFrame:
    """The columns that count, as numbers; what is no number is missing."""
    wanted = ["hole", depth, "azimuth_deg", "dip_deg"]
    if missing := [name for name in wanted if name not in surveys.columns]:
        said = ", ".join(surveys.columns)
        raise MissingColumnError(f"surveys have no column {' and none '.join(missing)}; the columns are {said}")
    numbers = [_number(name).alias(name) for name in wanted[1:]]
    chosen = [pl.col("chosen")] if "chosen" in surveys.columns else []
    return surveys.select(pl.int_range(pl.len()).alias("row"), pl.col("hole").cast(pl.String), *numbers, *chosen)


def _number(column: str) -> pl.Expr:
    number = pl.col(column).cast(pl.Float64, strict=False)
    return pl.when(number.is_finite()).then(number)


def _thousandths(depth: str) -> pl.Expr:
    return (pl.col(depth) * 1000.0).round().cast(pl.Int64)


def _reason(columns: list[str], depth: str, holes_known: pl.Series | None) -> pl.Expr:
    """Why a station cannot be used, or nothing."""
    hole, at, azimuth, dip = pl.col("hole"), pl.col(depth), pl.col("azimuth_deg"), pl.col("dip_deg")
    faults = [
        (hole.is_null() | (hole == ""), "no hole"),
        (at.is_null(), "no depth"),
        (at < 0, "depth above the collar"),
        (dip.is_null(), "no dip"),
        (dip.abs() > 90, "dip outside -90 to 90"),
        (azimuth.is_null() & (dip.abs() != 90), "no azimuth"),
        (~azimuth.is_between(0, 360), "azimuth outside 0 to 360"),
    ]
    if holes_known is not None:
        faults.insert(1, (~hole.is_in(holes_known.implode()), "no collar"))
    if "chosen" in columns:
        faults.insert(0, (~pl.col("chosen").fill_null(value=False), "not chosen"))
    return pl.coalesce([pl.when(fault).then(pl.lit(reason)) for fault, reason in faults])
