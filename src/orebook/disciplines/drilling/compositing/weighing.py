"""Weighing: samples with the density that each part of them has, measured or assigned to its domain."""

import numpy as np
import polars as pl

from orebook.disciplines.drilling.compositing.averaging import Averaging, Weighed
from orebook.disciplines.drilling.compositing.domains import Domains, in_domains
from orebook.disciplines.drilling.flat import Floats, floats
from orebook.disciplines.drilling.lines import Line, crossed, laid, part, same_unit

Densities = pl.DataFrame | str | None
"""A table of densities (hole, from, to, density), the column of the samples that has them, or nothing."""

COLUMN = "density_tpm3"


class MissingDensityError(ValueError):
    """Samples that are to be weighed by density and have none."""


def weighed(
    samples: pl.DataFrame, of: list[str], averaging: Averaging, densities: Densities, domains: Domains
) -> Weighed:
    """Samples laid down each hole, with their densities where these are weights.

    A table of densities is met at its own boundaries: a sample over two densities counts with both. Raises
    ``ValueError`` for densities that are not used, or not given, and ``MissingDensityError``.
    """
    line = plain = laid(samples, by=[column for column in of if column in samples.columns])
    if averaging.weights == "length":
        if densities is not None:
            raise ValueError("densities are given and not used; say weights='density', or leave them out")
        return Weighed(line, line, np.empty(0), np.empty(0))
    if densities is None:
        raise ValueError("weights by density need densities: a table of them, or the column of the samples")
    if isinstance(densities, str):
        if densities not in samples.columns:
            raise ValueError(f"no column {densities}; the columns are {', '.join(samples.columns)}")
        density = floats(line.table[densities])
    else:
        line, density = _over(line, densities)
    density = np.where(density > 0.0, density, np.nan)
    measured = np.where(np.isnan(density), np.nan, 1.0)
    if averaging.missing_density == "assign" and np.isnan(density).any():
        line, density, measured = _assigned(line, density, averaging, domains)
    if averaging.missing_density != "drop":
        _complete(line, density, of, averaging)
    return Weighed(plain, line, density, measured)


def _over(line: Line, densities: pl.DataFrame) -> tuple[Line, Floats]:
    """Samples cut at the boundaries of a table of densities, and the density of each part."""
    if COLUMN not in densities.columns:
        raise ValueError(f"no column {COLUMN} in the densities; the columns are {', '.join(densities.columns)}")
    other = laid(densities, by=[COLUMN])
    same_unit(samples=line, densities=other)
    pieces, rows, others = crossed(line, other)
    where = rows >= 0
    values = np.append(floats(other.table[COLUMN]), np.nan)
    return part(line, rows, pieces, where), values[others[where]]


def _assigned(line: Line, density: Floats, averaging: Averaging, domains: Domains) -> tuple[Line, Floats, Floats]:
    """Densities of domains where none was measured."""
    if domains is None:
        raise ValueError("assigned densities need domains: a table of them, or the column of the samples")
    line, code, rows = in_domains(line, domains)
    density = density[rows]
    known = {name or "": value for name, value in averaging.assigned_density.items()}
    given = code.fill_null("").replace_strict(known, default=None, return_dtype=pl.Float64)
    missing = np.isnan(density)
    density = np.where(missing, floats(given), density)
    return line, density, np.where(np.isnan(density), np.nan, np.where(missing, 0.0, 1.0))


def _complete(line: Line, density: Floats, of: list[str], averaging: Averaging) -> None:
    valued = np.zeros(len(line), dtype=np.bool_)
    for column in of:
        valued |= np.isfinite(floats(line.table[column])) if averaging.missing == "leave_out" else True
    bare = np.flatnonzero(valued & np.isnan(density))
    if len(bare):
        row = line.table.row(int(bare[0]), named=True)
        low, high = line.depths
        raise MissingDensityError(
            f"{len(bare)} stretches with values have no density, the first {row['hole']} from {row[low]:g} to "
            f"{row[high]:g} {line.unit}; say missing_density='drop', or 'assign' with assigned_density"
        )
