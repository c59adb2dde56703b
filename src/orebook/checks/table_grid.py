"""Where collars lie: against one another, and against the area in which their grid holds."""

from dataclasses import dataclass

import polars as pl

from orebook.checks.table_rule import Tables
from orebook.checks.table_views import numbers
from orebook.ground.needs import MissingError
from orebook.maths.geodesy import CrsError, area_of_use, axis_unit, is_projected, lonlat

LOCAL = "local"
"""What is declared for a grid that belongs to no country."""

NEAR_DEG = 3.0
"""A grid is used for a stretch beyond its area, in degrees; half a zone, where a project crosses its edge."""

_LEAST = 5
"""So many collars make a crowd."""

_WIDTHS = 3.0
_ROOM_M, _ROOM_DEG = 1000.0, 0.02
"""The crowd is the middle eight tenths; so many of its widths, and at least so much room, are left around it."""

_MOST = 0.9
"""Where this share of the collars is so, the table is so."""


@dataclass(frozen=True)
class Grid:
    """A grid that was declared: ``trouble`` says why nothing can be said of it, ``note`` why it was not looked at."""

    projected: bool = False
    unit: str = ""
    trouble: str = ""
    note: str = ""

    @property
    def known(self) -> bool:
        """Whether places can be compared with it."""
        return bool(self.unit)


def grid(tables: Tables) -> Grid:
    """What is known of the declared grid; nothing of a local one or of none."""

    def make() -> Grid:
        crs = tables.crs.strip()
        if not crs or crs.lower() == LOCAL:
            return Grid()
        try:
            area_of_use(crs)
            return Grid(is_projected(crs), axis_unit(crs))
        except MissingError as problem:
            return Grid(note=str(problem))
        except CrsError as problem:
            return Grid(trouble=str(problem))

    return tables.kept("grid", make)


def places(tables: Tables) -> pl.DataFrame:
    """Each collar with coordinates: ``line``, ``hole``, ``east``, ``north``, and what is odd about it.

    At most one is true: ``degrees`` (it is given in longitude and latitude), ``exchanged`` (northing stands for
    easting), ``outside`` (beyond the area of its grid; ``near`` if only just), ``far`` (away from the crowd).
    ``inside`` is whether it lies in the area of its grid, ``longitude`` and ``latitude`` are known where a grid is.
    """

    def make() -> pl.DataFrame:
        keys = [tables.key("easting"), tables.key("northing")]
        view = (
            numbers(tables, "collars", *keys).drop_nulls(keys).rename(dict(zip(keys, ("east", "north"), strict=True)))
        )
        view = view.with_columns(degrees=_in_degrees(view))
        view = _against_grid(tables, view)
        inside, turned = _in_crowd(tables, view)
        view = view.with_columns(exchanged=~pl.col("degrees") & (pl.col("exchanged") | (turned & ~inside)))
        outside = ~pl.col("inside") & ~pl.col("degrees") & ~pl.col("exchanged")
        far = ~inside & ~pl.col("degrees") & ~pl.col("exchanged") & pl.col("inside")
        return view.with_columns(outside=outside, far=far)

    return tables.kept("places", make)


def all_degrees(view: pl.DataFrame) -> bool:
    """Whether a whole table is given in degrees."""
    return view.height > 0 and view["degrees"].sum() >= _MOST * view.height


def _in_degrees(view: pl.DataFrame) -> pl.Series:
    """Whether each collar looks like longitude and latitude: small enough, and finer than a metre is ever divided."""
    fine = pl.any_horizontal(
        (pl.col(name) * 1000.0 - (pl.col(name) * 1000.0).round()).abs() > 1e-4 for name in ("east", "north")
    )
    small = (pl.col("east").abs() <= 180.0) & (pl.col("north").abs() <= 90.0)
    found = view.select((small & fine).alias("degrees"))["degrees"]
    away = view.select(pl.max_horizontal(pl.col("east").abs().median(), pl.col("north").abs().median()))
    scattered = view.height > 0 and float(away.item() or 0.0) <= 1000.0 and found.sum() < _MOST * view.height
    return found & False if scattered else found


def _against_grid(tables: Tables, view: pl.DataFrame) -> pl.DataFrame:
    """Each collar with longitude and latitude, whether it lies ``inside`` the area, and whether only when turned."""
    nothing = pl.lit(None, pl.Float64)
    if not (grid(tables).known and grid(tables).projected and view.height):
        always = pl.lit(value=True)
        return view.with_columns(longitude=nothing, latitude=nothing, inside=always, near=always, exchanged=~always)
    area = area_of_use(tables.crs.strip())
    east, north = view["east"].to_numpy(), view["north"].to_numpy()
    longitude, latitude = lonlat(tables.crs.strip(), east, north)
    inside = area.holds(longitude, latitude)
    near = area.wider(NEAR_DEG).holds(longitude, latitude)
    turned = area.holds(*lonlat(tables.crs.strip(), north, east))
    return view.with_columns(
        longitude=pl.Series(longitude),
        latitude=pl.Series(latitude),
        inside=pl.Series(inside),
        near=pl.Series(near),
        exchanged=pl.Series(turned & ~near),
    )


def crowd_ends(values: pl.Series) -> tuple[float, float]:
    """The ends of the middle eight tenths of some values; of five values or more, one that stands apart is outside.

    >>> crowd_ends(pl.Series([1.0, 2.0, 3.0, 4.0, 900.0]))
    (2.0, 4.0)
    """
    low, high = values.quantile(0.1, "higher"), values.quantile(0.9, "lower")
    return float(low or 0.0), float(high or 0.0)


def _in_crowd(tables: Tables, view: pl.DataFrame) -> tuple[pl.Series, pl.Series]:
    """Whether each collar lies where most others do, and whether it would with easting and northing exchanged."""
    crowd = view if all_degrees(view) else view.filter(~pl.col("degrees"))
    always = pl.Series("inside", [], dtype=pl.Boolean).extend_constant(value=True, n=view.height)
    if crowd.height < _LEAST:
        return always, ~always
    room = _ROOM_DEG if all_degrees(view) else tables.in_unit(_ROOM_M)
    ends: dict[str, tuple[float, float]] = {}
    for name in ("east", "north"):
        low, high = crowd_ends(crowd[name])
        margin = _WIDTHS * (high - low) + room
        ends[name] = (low - margin, high + margin)
    straight = view.select(pl.all_horizontal(pl.col(name).is_between(*ends[name]) for name in ends))[:, 0]
    turned = view.select(pl.col("north").is_between(*ends["east"]) & pl.col("east").is_between(*ends["north"]))[:, 0]
    if (turned & straight).sum() > 0:
        turned = ~always
    return straight.alias("inside"), turned
