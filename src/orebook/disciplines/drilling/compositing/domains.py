"""Domains: runs of a hole that belong together, and hard boundaries between them."""

from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from orebook.disciplines.drilling.flat import holes
from orebook.disciplines.drilling.lines import SCALE, TOUCH, Line, crossed, laid, part, same_unit, taken
from orebook.ground.schema import LENGTHS, ORIGIN
from orebook.maths.bins import Ints, Places

Domains = pl.DataFrame | str | None
"""A table of domains (hole, from, to, zone), the column of the samples that says the domain, or none."""


@dataclass(frozen=True, slots=True)
class Runs:
    """Runs of the holes of a line, none across a contact: hole ``k`` has ``starts[k]`` to ``starts[k + 1]``.

    ``anchor`` is where the bins of a run are counted from; ``code`` the domain of each run, none without domains;
    ``first`` the row of the line with which a run begins.
    """

    starts: Ints
    low: Places
    high: Places
    anchor: Places
    code: pl.Series | None
    first: Ints


def domain_column(domains: pl.DataFrame) -> str:
    """The column of a table that names the domain: ``zone``, else the only one beside hole and depths.

    >>> domain_column(pl.DataFrame(schema=["hole", "from_m", "to_m", "rock"]))
    'rock'
    """
    if "zone" in domains.columns:
        return "zone"
    depths = {f"{end}_{unit}" for end in ("from", "to") for unit in LENGTHS}
    rest = [name for name in domains.columns if name not in ("hole", *ORIGIN, *depths)]
    if len(rest) != 1:
        raise ValueError(f"no column zone among {', '.join(domains.columns)}; call the column of the domains zone")
    return rest[0]


def in_domains(line: Line, domains: pl.DataFrame | str) -> tuple[Line, pl.Series, Ints]:
    """A line cut at the contacts of domains, the domain of each part, and the row of the line that it is a part of."""
    if isinstance(domains, str):
        return line, _codes(line, domains), np.arange(len(line))
    other = _laid(line, domains)
    pieces, rows, others = crossed(line, other)
    where = rows >= 0
    code = other.table.select(pl.col(domain_column(domains)).cast(pl.String))
    return part(line, rows, pieces, where), taken(code, others[where]).to_series(), rows[where]


def _codes(line: Line, column: str) -> pl.Series:
    if column not in line.table.columns:
        raise ValueError(f"no column {column}; the columns are {', '.join(line.table.columns)}")
    return line.table[column].cast(pl.String)


def _laid(line: Line, domains: pl.DataFrame) -> Line:
    other = laid(domains, by=[domain_column(domains)])
    same_unit(samples=line, domains=other)
    return other


def whole_holes(line: Line) -> Runs:
    """Each hole as one run, from its first sample to the end of its last."""
    starts = line.holes.starts
    low, high = line.low[starts[:-1]], line.high[starts[1:] - 1]
    return Runs(np.arange(len(line.holes) + 1), low, high, low, None, starts[:-1])


def runs_of_samples(line: Line, code: pl.Series, *, gaps: bool) -> Runs:
    """Runs of samples that follow one another in one domain; with ``gaps``, none across a stretch without samples."""
    begin = np.zeros(len(line), dtype=np.bool_)
    begin[line.holes.starts[:-1]] = True
    begin[1:] |= np.diff(code.rle_id().to_numpy().astype(np.int64)) != 0
    if gaps:
        begin[1:] |= line.low[1:] - line.high[:-1] > TOUCH
    first = np.flatnonzero(begin)
    last = np.append(first[1:], len(line))[: len(first)] - 1
    starts = np.searchsorted(first, line.holes.starts).astype(np.int64)
    low = line.low[first]
    return Runs(starts, low, line.high[last], low, code.gather(first), first)


def runs_of_domains(line: Line, domains: pl.DataFrame) -> Runs:
    """Runs of a hole by a table of domains, from the top of the hole to the end of its last sample.

    Intervals of one domain that touch are one run; what lies in no domain is a run of its own, with no code.
    """
    whole = whole_holes(line)
    low = np.minimum(whole.low, 0)
    extent = pl.DataFrame(
        {"hole": line.holes.names, line.depths[0]: low / float(SCALE), line.depths[1]: whole.high / float(SCALE)}
    )
    stretch = replace(line, table=extent, holes=holes(extent), low=low, high=whole.high, rows=None)
    pieces, code, _ = in_domains(stretch, domains)
    return runs_of_samples(pieces, code, gaps=False)
