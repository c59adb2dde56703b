"""Traces as a GeoPackage: layers of collars, traces and intervals, each line with the depth along the hole as measure.

The grid is part of the file; a book that names none gets a message, not a guess. The same holes give the same bytes.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from struct import pack
from tempfile import TemporaryDirectory
from types import ModuleType

import numpy as np
import polars as pl
from numpy.typing import NDArray

from orebook.ground.needs import need
from orebook.reports.paper import Paper
from orebook.reports.traced import (
    Lines,
    MissingGridError,
    Traces,
    attributes,
    collar_points,
    interval_lines,
    only,
    trace_lines,
)
from orebook.reports.trouble import Trouble

BINARY = True
"""The page is bytes: it goes to a file or into a pipe, not on a terminal."""

_POINT_Z, _LINE_ZM = 1001, 3002
"""Kinds of geometry in well-known binary."""

_RESERVED = ("fid", "geom")
_EPOCH = "2000-01-01T00:00:00.000Z"


def page(results: Iterable[Traces | Trouble], paper: Paper) -> Iterator[bytes]:
    """Yield the whole file at once.

    Raises ``MissingGridError`` when the book does not name its grid, or one that nobody knows.
    """
    found = only(results, "a GeoPackage")
    if found is not None:
        yield _packed(found, found.grid())


def _packed(found: Traces, crs: str) -> bytes:
    library = need("pyogrio", extra="geo")
    names, lines = trace_lines(found)
    depths = [float(lines.line(at)[-1, 3]) for at in range(len(lines))]
    holes = pl.DataFrame({"hole": names, f"depth_{found.depth_unit}": depths}, schema_overrides={"hole": pl.String})
    with TemporaryDirectory() as folder:
        file = Path(folder) / "holes.gpkg"
        library.set_gdal_config_options({"OGR_CURRENT_DATE": _EPOCH})
        try:
            _layer(library, file, "collars", _points(found), attributes(found.collars), crs)
            _layer(library, file, "traces", _lines(lines), attributes(holes), crs)
            if found.intervals.height:
                _layer(library, file, "intervals", _lines(interval_lines(found)), attributes(found.intervals), crs)
        except library.errors.CRSError:
            raise MissingGridError(
                f"{found.doc}: no grid is called {crs!r}; give an EPSG code such as EPSG:26920"
            ) from None
        finally:
            library.set_gdal_config_options({"OGR_CURRENT_DATE": None})
        _measured(file)
        return file.read_bytes()


def _points(found: Traces) -> list[bytes]:
    head = pack("<BI", 1, _POINT_Z)
    return [head + row.tobytes() for row in collar_points(found).astype("<f8")]


def _lines(lines: Lines) -> list[bytes]:
    points, starts = lines.points.astype("<f8"), lines.starts.tolist()
    return [pack("<BII", 1, _LINE_ZM, last - first) + points[first:last].tobytes() for first, last in pairwise(starts)]


def _layer(
    library: ModuleType, file: Path, name: str, shapes: Sequence[bytes], columns: Sequence[pl.Series], crs: str
) -> None:
    """Write a layer: a shape and its attributes for each row."""
    geometry = np.empty(len(shapes), dtype=object)
    geometry[:] = shapes
    library.raw.write(
        file,
        geometry=geometry,
        field_data=[_array(column) for column in columns],
        fields=[_free(column.name) for column in columns],
        field_mask=[_mask(column) for column in columns],
        layer=name,
        driver="GPKG",
        geometry_type="2.5D Point" if name == "collars" else "Unknown",
        crs=crs,
        append=file.exists(),
    )


def _free(name: str) -> str:
    """A name that the format does not need for itself."""
    return f"{name}_" if name.lower() in _RESERVED else name


def _array(column: pl.Series) -> NDArray[np.generic]:
    if column.dtype == pl.String:
        return np.array(column.to_list(), dtype=object)
    if column.dtype == pl.Boolean:
        return column.fill_null(value=False).to_numpy()
    if column.dtype.is_integer():
        return column.cast(pl.Int64).fill_null(0).to_numpy()
    return column.cast(pl.Float64).fill_null(float("nan")).to_numpy()


def _mask(column: pl.Series) -> NDArray[np.bool_] | None:
    """Where a column of whole numbers or of true and false has no value; other types say it themselves."""
    whole = column.dtype == pl.Boolean or column.dtype.is_integer()
    return column.is_null().to_numpy() if whole and column.null_count() else None


def _measured(file: Path) -> None:
    """Say of the layers of lines what they are: lines with elevations and measures; the library has no word for it."""
    book = sqlite3.connect(file)
    with book:
        book.execute(
            "UPDATE gpkg_geometry_columns SET geometry_type_name = 'LINESTRING', z = 1, m = 1 "
            "WHERE table_name IN ('traces', 'intervals')"
        )
    book.close()
