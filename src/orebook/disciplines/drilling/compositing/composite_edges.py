"""Edges of composites: where they begin and end down each hole, by length, by domain, by the samples, or as given."""

from dataclasses import replace
from typing import Literal, get_args

import numpy as np
import polars as pl

from orebook.disciplines.drilling.compositing.averaging import chosen
from orebook.disciplines.drilling.compositing.domains import (
    Domains,
    Runs,
    domain_column,
    in_domains,
    runs_of_domains,
    runs_of_samples,
    whole_holes,
)
from orebook.disciplines.drilling.flat import floats
from orebook.disciplines.drilling.lines import SCALE, Line
from orebook.ground.schema import length_unit
from orebook.maths import bins
from orebook.maths.bins import Ints
from orebook.maths.partition import partition

Origin = Literal["hole", "first_sample", "domain"]


def thousandths_of(name: str, length: float) -> int:
    """A length in whole thousandths; raises ``ValueError`` for one that is not above nought or finer than that.

    >>> thousandths_of("length", 1.524)
    1524
    """
    if not 0.0 < length * SCALE < bins.MOST:
        raise ValueError(f"{name} is {length}; it has to be above nought")
    whole = round(length * SCALE)
    if abs(whole - length * SCALE) > 1e-6 * SCALE:
        raise ValueError(f"{name} {length} is finer than a thousandth; choose {max(whole, 1) / SCALE:g}")
    return whole


def runs_from(line: Line, domains: Domains, step: int, origin: str) -> Runs:
    """The runs that composites are made in, and where their lengths are counted from."""
    chosen("origin", origin, get_args(Origin))
    if origin == "domain" and domains is None:
        raise ValueError("an origin at the top of each domain needs domains; choose hole or first_sample")
    runs = all_runs(line, domains)
    if origin == "domain":
        return runs
    first = line.low[line.holes.starts[:-1]]
    anchor = np.repeat(np.zeros_like(first) if origin == "hole" else first, np.diff(runs.starts))
    low = runs.low if domains is not None else anchor + (runs.low - anchor) // step * step
    return replace(runs, low=low, anchor=anchor)


def all_runs(line: Line, domains: Domains) -> Runs:
    if domains is None:
        return whole_holes(line)
    if isinstance(domains, str):
        _, code, _ = in_domains(line, domains)
        return runs_of_samples(line, code, gaps=False)
    return runs_of_domains(line, domains)


def optimal_bins(samples: Line, domains: Domains, limits: list[int]) -> tuple[bins.Bins, Runs]:
    """Bins of optimal length, and the runs that they lie in."""
    line, code = samples, pl.repeat(None, len(samples), dtype=pl.String, eager=True)
    if domains is not None:
        line, code, _ = in_domains(samples, domains)
    runs = runs_of_samples(line, code, gaps=True)
    shortest, target, longest = limits
    cuts = np.append(runs.first, len(line))
    first, run = partition(cuts, line.low, line.high, target=target, shortest=shortest, longest=longest)
    high = line.high[np.append(first[1:], len(line))[: len(first)] - 1]
    low = line.low[first]
    again = np.flatnonzero(run[1:] == run[:-1]) + 1
    low[again] = high[again - 1]
    starts = np.searchsorted(first, line.holes.starts).astype(np.int64)
    return bins.plain_bins(starts, low, high, np.bincount(run, minlength=len(runs.low))), runs


def given_bins(line: Line, intervals: pl.DataFrame) -> tuple[bins.Bins, Ints]:
    """Intervals as bins on the holes of a line, and the bin of each interval; -1 where its hole has no samples."""
    unit = length_unit(intervals.columns, "from", "to")
    if unit != line.unit:
        raise ValueError(f"the samples count in {line.unit}, the intervals in {unit}; convert one of them")
    low, high = floats(intervals[f"from_{unit}"]), floats(intervals[f"to_{unit}"])
    places = pl.DataFrame({"hole": line.holes.names, "place": np.arange(len(line.holes))})
    named = intervals.select(pl.col("hole").cast(pl.String)).join(places, on="hole", how="left", maintain_order="left")
    hole = floats(named["place"])
    sound = np.isfinite(hole) & (np.maximum(np.abs(low), np.abs(high)) * SCALE < bins.MOST)
    sound[sound] &= np.rint(low[sound] * SCALE) < np.rint(high[sound] * SCALE)
    row = np.flatnonzero(sound)
    whole = (
        hole[row].astype(np.int64),
        np.rint(low[row] * SCALE).astype(np.int64),
        np.rint(high[row] * SCALE).astype(np.int64),
    )
    order = np.lexsort((whole[2], whole[1], whole[0]))
    place, a, b = (array[order] for array in whole)
    starts = np.searchsorted(place, np.arange(len(line.holes) + 1)).astype(np.int64)
    where = np.full(len(low), -1, dtype=np.int64)
    where[row[order]] = np.arange(len(order))
    return bins.plain_bins(starts, a, b, np.diff(starts)), where


def domain_of(runs: Runs, into: bins.Bins, domains: Domains) -> pl.Series | None:
    """The domain of each bin."""
    if domains is None or runs.code is None:
        return None
    name = domains if isinstance(domains, str) else domain_column(domains)
    return runs.code.gather(np.repeat(np.arange(len(into.many)), into.many)).alias(name)
