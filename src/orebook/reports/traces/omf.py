"""Traces as an Open Mining Format 1 project: collars as points, traces and intervals as lines with values.

The format has no drill holes, so a segment of a line carries the name of its hole. The same holes give the same bytes.
"""

import warnings
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import numpy as np
import polars as pl
from numpy.typing import NDArray

from orebook.ground.needs import need
from orebook.reports.paper import Paper
from orebook.reports.traced import Lines, Traces, attributes, collar_points, interval_lines, only, trace_lines
from orebook.reports.trouble import Trouble

BINARY = True
"""The page is bytes: it goes to a file or into a pipe, not on a terminal."""

_EPOCH = datetime(2000, 1, 1)
_UNITS = {"m": "meters", "ft": "feet"}

_COLOURS = {"collars": (27, 27, 27), "traces": (120, 120, 120), "intervals": (196, 78, 42)}

Model = Any
"""A part of a project of the library, which has no types."""


def page(results: Iterable[Traces | Trouble], paper: Paper) -> Iterator[bytes]:
    """Yield the whole file at once."""
    found = only(results, "an OMF project")
    if found is not None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # of the library, which is older than its own libraries
            yield _packed(need("omf", extra="exchange"), found)


def _packed(omf: ModuleType, found: Traces) -> bytes:
    names, lines = trace_lines(found)
    elements = [_collars(omf, found)] if found.collars.height else []
    if len(lines):
        elements.append(_lines(omf, "traces", lines, [pl.Series("hole", names, dtype=pl.String)]))
    if found.intervals.height:
        elements.append(_lines(omf, "intervals", interval_lines(found), attributes(found.intervals)))
    project = omf.Project(
        name=found.doc,
        description=f"Coordinates: {found.crs or 'grid not named'}; depths along the hole in {found.depth_unit}",
        author="Orebook",
        units=_UNITS.get(found.unit, found.unit),
        elements=elements,
    )
    _settle(project)
    with TemporaryDirectory() as folder:
        file = Path(folder) / "holes.omf"
        omf.OMFWriter(project, str(file))
        return file.read_bytes()


def _collars(omf: ModuleType, found: Traces) -> Model:
    points = collar_points(found)
    return omf.PointSetElement(
        name="collars",
        subtype="collar",
        color=_COLOURS["collars"],
        geometry=omf.PointSetGeometry(vertices=points),
        data=[_data(omf, column, np.arange(len(points)), "vertices") for column in attributes(found.collars)],
    )


def _lines(omf: ModuleType, name: str, lines: Lines, columns: Sequence[pl.Series]) -> Model:
    """Lines as segments, each with the values of its line and the depths of its ends."""
    pairs, owner = lines.pairs()
    depth = pl.Series("depth", lines.points[:, 3])
    return omf.LineSetElement(
        name=name,
        subtype="borehole",
        color=_COLOURS[name],
        geometry=omf.LineSetGeometry(vertices=lines.points[:, :3], segments=pairs),
        data=[
            *(_data(omf, column, owner, "segments") for column in columns),
            _data(omf, depth, np.arange(len(depth)), "vertices"),
        ],
    )


def _data(omf: ModuleType, column: pl.Series, rows: NDArray[np.int64], location: str) -> Model:
    """A column as data of an element: numbers, or words where it is none."""
    if column.dtype.is_numeric():
        values = column.cast(pl.Float64).fill_null(float("nan")).to_numpy()[rows]
        return omf.ScalarData(name=column.name, location=location, array=omf.ScalarArray(np.ascontiguousarray(values)))
    said = ["" if value is None else str(value) for value in column.to_list()]
    return omf.StringData(name=column.name, location=location, array=omf.StringArray([said[row] for row in rows]))


def _settle(project: Model) -> None:
    """Give every part of a project a name and days that are the same each time."""
    for number, part in enumerate(_parts(project)):
        part._backend["uid"] = uuid5(NAMESPACE_URL, f"orebook/{number}")
        part._backend["date_created"] = part._backend["date_modified"] = _EPOCH


def _parts(model: Model) -> Iterator[Model]:
    """Yield a part and all parts in it that have names of their own."""
    yield model
    for name in sorted(model._props):
        held = getattr(model, name)
        for each in held if isinstance(held, list | tuple) else (held,):
            if hasattr(each, "_backend") and hasattr(each, "uid"):
                yield from _parts(each)
