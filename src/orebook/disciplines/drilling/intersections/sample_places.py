"""Sample places: where samples begin and end in height or across a zone, for least lengths that are measured so."""

import polars as pl

from orebook.disciplines.drilling.surveying.path import Paths
from orebook.ground.schema import length_unit
from orebook.maths.planes import normals


def with_heights(samples: pl.DataFrame, paths: Paths) -> pl.DataFrame:
    """Samples with the heights of their ends, which a rule set with ``min_length_basis`` ``vertical`` needs.

    The columns are ``elevation_from_m`` and ``elevation_to_m`` (``_ft`` in a book in feet); a hole without a path has
    none.

    >>> from orebook.disciplines.drilling.surveying.path import desurvey
    >>> collars = pl.DataFrame({"hole": ["A"], "easting_m": [0.0], "northing_m": [0.0], "elevation_m": [100.0],
    ...     "azimuth_deg": [0.0], "dip_deg": [-30.0]})
    >>> surveys = pl.DataFrame({"hole": ["A"], "depth_m": [0.0], "azimuth_deg": [0.0], "dip_deg": [-30.0]})
    >>> samples = pl.DataFrame({"hole": ["A"], "from_m": [10.0], "to_m": [20.0], "au_gpt": [1.0]})
    >>> with_heights(samples, desurvey(collars, surveys))["elevation_from_m", "elevation_to_m"].row(0)
    (95.0, 90.0)
    """
    ends = paths.ends(samples, of=("elevation",))
    unit = length_unit(samples.columns, "from", "to")
    return samples.with_columns(ends[f"elevation_from_{unit}"], ends[f"elevation_to_{unit}"])


def with_places_across(
    samples: pl.DataFrame, paths: Paths, *, dip_deg: float, dip_direction_deg: float
) -> pl.DataFrame:
    """Samples with the places of their ends along the normal of a plane, for ``min_length_basis`` ``true``.

    The columns are ``across_from_m`` and ``across_to_m``: the position times the upward normal of the plane, whose dip
    is from 0 to 90 degrees and whose dip direction counts clockwise from grid north. The difference of two is the
    distance square to the plane. Source: section 6.1 of the drilling handbook.

    >>> from orebook.disciplines.drilling.surveying.path import desurvey
    >>> collars = pl.DataFrame({"hole": ["A"], "easting_m": [0.0], "northing_m": [0.0], "elevation_m": [0.0]})
    >>> surveys = pl.DataFrame({"hole": ["A"], "depth_m": [0.0], "azimuth_deg": [0.0], "dip_deg": [-90.0]})
    >>> samples = pl.DataFrame({"hole": ["A"], "from_m": [0.0], "to_m": [10.0], "au_gpt": [1.0]})
    >>> placed = with_places_across(samples, desurvey(collars, surveys), dip_deg=60, dip_direction_deg=90)
    >>> round(placed["across_from_m"].item() - placed["across_to_m"].item(), 6)
    5.0
    """
    axes = ("easting", "northing", "elevation")
    ends = paths.ends(samples, of=axes)
    unit = length_unit(samples.columns, "from", "to")
    normal = normals([dip_deg], [dip_direction_deg])[0].tolist()

    def across(end: str) -> pl.Expr:
        parts = [pl.col(f"{axis}_{end}_{unit}") * part for axis, part in zip(axes, normal, strict=True)]
        return pl.sum_horizontal(parts, ignore_nulls=False).alias(f"across_{end}_{unit}")

    return samples.with_columns(ends.select(across("from"), across("to")))
