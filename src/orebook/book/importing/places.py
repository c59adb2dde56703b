"""Places: coordinates of a file brought into the grid of the book."""

from collections.abc import Mapping

import numpy as np
import polars as pl

from orebook.book.importing.columns import Column
from orebook.book.importing.declared import Declared
from orebook.maths import geodesy

_DECIMALS = 3


def project(columns: Mapping[str, Column], declared: Declared) -> tuple[str, ...]:
    """Turn easting and northing from the grid or degrees of the file into the grid of the book, to the millimetre.

    What cannot be turned is bad. Gives what should be said about it. Raises ``CrsError`` for a grid that is not known.
    """
    east, north = columns.get("easting"), columns.get("northing")
    if not declared.coordinates or east is None or north is None:
        return ()
    before = east.values.to_numpy(), north.values.to_numpy()
    found = geodesy.moved(declared.coordinates, declared.crs, *before)
    there = east.values.is_not_null() & north.values.is_not_null()
    lost = there & pl.Series(~(np.isfinite(found[0]) & np.isfinite(found[1])))
    if lost.any():
        why = pl.Series([f"cannot be projected to {declared.crs}"]).new_from_index(0, len(lost))
        east.bad = why.zip_with(
            lost, east.bad if east.bad is not None else why.clear().extend_constant(None, len(lost))
        )
    for column, values in zip((east, north), found, strict=True):
        column.values = pl.Series(values).round(_DECIMALS).fill_nan(None).rename(column.values.name)
    return (f"coordinates were turned from {declared.coordinates} into {declared.crs}",)
