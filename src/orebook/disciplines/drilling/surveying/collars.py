"""Collars: where holes begin, how they point there and how long they are, as far as a table says so."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from orebook.disciplines.drilling.flat import Floats, floats
from orebook.ground.schema import length_unit

COORDINATES = ("easting", "northing", "elevation")


@dataclass(frozen=True, slots=True)
class Collars:
    """Holes in order of their names, one row each; what a table does not say is NaN.

    ``origins`` are easting, northing and elevation; ``azimuths`` and ``dips`` are there for both or for neither.
    ``left_out`` has the columns row, hole and reason for the rows that stand for no hole of their own.
    """

    names: pl.Series
    origins: Floats
    azimuths: Floats
    dips: Floats
    lengths: Floats
    left_out: pl.DataFrame
    unit: str

    def __len__(self) -> int:
        return len(self.names)

    def at(self, kept: pl.Series) -> "Collars":
        """The same of some holes: a Boolean for each."""
        mask = kept.to_numpy()
        parts = (self.origins[mask], self.azimuths[mask], self.dips[mask], self.lengths[mask])
        return Collars(self.names.filter(kept), *parts, self.left_out, self.unit)


def usable_collars(collars: pl.DataFrame) -> Collars:
    """The holes of a collar table that have a place; the other rows are listed with the reason.

    A hole needs a name, an easting and a northing; its elevation may be missing. Rows that repeat a hole word for word
    are left out; a hole with two different places, directions or lengths is left out altogether: nobody could say
    which is meant. A direction that is out of bounds counts as none; a vertical one needs no azimuth.

    >>> table = pl.DataFrame({"hole": ["B", "A", "B"], "easting_m": [0, 5, 1], "northing_m": [0, 5, 1]})
    >>> found = usable_collars(table)
    >>> found.names.to_list(), found.origins.tolist(), found.left_out["reason"].unique().to_list()
    (['A'], [[5.0, 5.0, nan]], ['two different collars'])
    """
    unit = length_unit(collars.columns, "easting", "northing")
    wanted = {name: f"{name}_{unit}" for name in (*COORDINATES, "depth")} | {"azimuth": "azimuth_deg", "dip": "dip_deg"}
    table = collars.select(
        pl.int_range(pl.len()).alias("row"),
        pl.col("hole").cast(pl.String),
        *(_number(column, collars.columns).alias(name) for name, column in wanted.items()),
    )
    numbers = list(wanted)
    faults = [
        pl.when(pl.col("hole").is_null() | (pl.col("hole") == "")).then(pl.lit("no hole")),
        pl.when(pl.col("easting").is_null() | pl.col("northing").is_null()).then(pl.lit("no easting or northing")),
    ]
    if table["hole"].n_unique() < table.height:
        first = pl.struct(numbers).first().over("hole")
        faults += [
            pl.when((pl.struct(numbers).ne_missing(first)).any().over("hole")).then(pl.lit("two different collars")),
            pl.when(pl.col("row") != pl.col("row").first().over("hole")).then(pl.lit("the same collar again")),
        ]
    table = table.with_columns(pl.coalesce(faults).alias("reason")).sort("hole", maintain_order=True)
    left_out = table.filter(pl.col("reason").is_not_null()).select("row", "hole", "reason").sort("row")
    kept = table.filter(pl.col("reason").is_null())
    azimuths, dips = _direction(floats(kept["azimuth"]), floats(kept["dip"]))
    origins = np.stack([floats(kept[name]) for name in COORDINATES], axis=1)
    return Collars(kept["hole"], origins, azimuths, dips, floats(kept["depth"]), left_out, unit)


def _number(column: str, columns: list[str]) -> pl.Expr:
    if column not in columns:
        return pl.lit(None, dtype=pl.Float64)
    number = pl.col(column).cast(pl.Float64, strict=False)
    return pl.when(number.is_finite()).then(number)


def _direction(azimuths: Floats, dips: Floats) -> tuple[Floats, Floats]:
    """Both angles where both can be used, else NaN for both."""
    azimuths = np.where(np.isnan(azimuths) & (np.abs(dips) == 90.0), 0.0, azimuths)
    usable = (azimuths >= 0.0) & (azimuths <= 360.0) & (np.abs(dips) <= 90.0)
    return np.where(usable, azimuths, np.nan), np.where(usable, dips, np.nan)
