"""Traces as LAS 2.0 logs: a file for each hole with the numbers of its intervals, all in one zip file.

A row of a log holds from its depth to the depth in the curve ``TO``. Logs hold numbers only, and one row at a depth:
columns of words and intervals that lie in others (``level`` above nought) stay behind, which each log says. A hole
without intervals has the points of its trace instead; one without either has no log.
"""

import re
from collections.abc import Iterable, Iterator
from io import StringIO
from typing import Any

import numpy as np
import polars as pl

from orebook.ground.needs import need
from orebook.ground.schema import unit_of
from orebook.reports.archives import archive
from orebook.reports.drilling.heads import symbol
from orebook.reports.pages import names as unlike
from orebook.reports.paper import Paper
from orebook.reports.traced import Traces, attributes, only
from orebook.reports.trouble import Trouble

BINARY = True
"""The page is bytes: it goes to a file or into a pipe, not on a terminal."""

_NULL = -999.25
_LONGEST = 120

Log = Any
"""A log of the library, which has no types."""


def page(results: Iterable[Traces | Trouble], paper: Paper) -> Iterator[bytes]:
    """Yield the whole zip file at once."""
    found = only(results, "a set of logs")
    if found is None:
        return
    library = need("lasio", extra="exchange")
    intervals, points = _apart(found.intervals), _apart(found.points)
    holes = [str(hole) for hole in found.collars["hole"].unique(maintain_order=True).to_list()]
    holes = [hole for hole in holes if hole in intervals or hole in points]
    files = unlike(holes, most=_LONGEST)
    logs = zip(files, holes, strict=True)
    yield archive(
        (f"{file}.las", _written(library, found, hole, intervals.get(hole), points.get(hole)).encode("utf-8"))
        for file, hole in logs
    )


def _apart(table: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """The rows of each hole."""
    if not table.height:
        return {}
    return {str(hole): rows for (hole,), rows in table.partition_by("hole", as_dict=True).items()}


def _written(library: Log, found: Traces, hole: str, within: pl.DataFrame | None, along: pl.DataFrame | None) -> str:
    """The log of one hole: its intervals, or the points of its trace where it has none."""
    log = library.LASFile()
    _header(library, log, found, hole)
    depth = found.depth_unit
    if within is not None:
        _curves(log, within, f"from_{depth}", depth)
    elif along is not None:
        _curves(log, along, f"depth_{depth}", depth)
    out = StringIO()
    log.write(out, version=2, fmt="%.15g", STEP=0.0)
    return out.getvalue()


def _header(library: Log, log: Log, found: Traces, hole: str) -> None:
    header = library.HeaderItem
    log.well["NULL"].value = _NULL
    log.well["WELL"].value = hole
    log.well["COMP"] = header("COMP", value=found.doc)
    log.params["CRS"] = header("CRS", value=found.crs or "not named", descr="Grid of the coordinates")
    for name, value in _collar(found, hole):
        log.params[name] = header(name, unit=found.unit, value=value, descr="Collar")


def _curves(log: Log, table: pl.DataFrame, key: str, depth: str) -> None:
    """Add the depth and the other numbers as curves, and say what stays behind."""
    kept = table.filter(pl.col("level").fill_null(0) == 0) if "level" in table.columns else table
    kept = kept.sort(key)
    columns = attributes(kept, but=("level", "hole"))
    log.append_curve("DEPT", _numbers(kept[key]), unit=symbol(depth).upper(), descr="Depth along the hole")
    for column in columns:
        if column.dtype.is_numeric() and column.name != key:
            log.append_curve(_mnemonic(column.name), _numbers(column), unit=symbol(unit_of(column.name)))
    said = [f"A row holds from its depth to the depth in TO_{depth.upper()}."] if key.startswith("from") else []
    if parts := table.height - kept.height:
        said.append(f"Left out: {parts} within other intervals.")
    if words := [column.name for column in columns if not column.dtype.is_numeric()]:
        said.append(f"Left out: columns of words ({', '.join(words)}).")
    log.other = "\n".join(said)


def _collar(found: Traces, hole: str) -> Iterator[tuple[str, float]]:
    row = found.collars.filter(pl.col("hole") == hole).row(0, named=True)
    for name in ("easting", "northing", "elevation"):
        yield name.upper(), float(row[f"{name}_{found.unit}"])


def _numbers(column: pl.Series) -> np.ndarray[Any, np.dtype[np.float64]]:
    return column.cast(pl.Float64).fill_null(float("nan")).to_numpy()


def _mnemonic(name: str) -> str:
    """The name of a curve.

    >>> _mnemonic("au_gpt"), _mnemonic("treo+y_pct")
    ('AU_GPT', 'TREO_Y_PCT')
    """
    return re.sub(r"[^A-Z0-9_]", "_", name.upper())
