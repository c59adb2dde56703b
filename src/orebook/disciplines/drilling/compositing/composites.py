"""Composites: samples averaged over lengths of hole that are alike, and over any other lengths.

A composite's grade is ``Σ w·g ÷ Σ w`` over the samples that have a value, so that metal is conserved: grade times
assayed length, added up, is what the samples hold less what is listed as rejected. Depths are along the hole, in metres
or feet as the table counts, and every length is decided in whole thousandths.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal, get_args

import numpy as np
import polars as pl

from orebook.disciplines.drilling.compositing.averaging import BY_LENGTH, Averaging, chosen
from orebook.disciplines.drilling.compositing.composite_edges import (
    Origin,
    all_runs,
    domain_of,
    given_bins,
    optimal_bins,
    runs_from,
    thousandths_of,
)
from orebook.disciplines.drilling.compositing.composite_table import Composites, composites_in
from orebook.disciplines.drilling.compositing.domains import Domains
from orebook.disciplines.drilling.compositing.weighing import Densities, weighed
from orebook.disciplines.drilling.intervals import metal_length
from orebook.disciplines.drilling.lines import SCALE, taken
from orebook.ground.schema import length_unit
from orebook.maths import bins

Tail = Literal["keep", "full", "discard", "add_to_previous", "distribute"]


def composite(
    samples: pl.DataFrame,
    *,
    of: Sequence[str],
    length: float,
    origin: Origin | None = None,
    tail: Tail = "keep",
    minimum_coverage: float = 0.5,
    domains: Domains = None,
    densities: Densities = None,
    averaging: Averaging = BY_LENGTH,
) -> Composites:
    """Composites of one length down each hole; a sample across a boundary counts on each side by its length there.

    Lengths are counted from the top of the hole, its first sample, or the top of each domain (``origin``; by default
    the domain where there are domains, else the hole). With ``domains`` no composite lies across a contact. A last
    piece shorter than ``length`` stays (``keep``), counts as long as the others, its end not covered (``full``), is
    rejected (``discard``), lengthens its predecessor (``add_to_previous``), or its length is shared out among all of
    its run (``distribute``). A grade whose coverage is under the minimum is not given, and is listed.

    >>> samples = pl.DataFrame({"hole": ["A", "A"], "from_m": [0.0, 0.5], "to_m": [0.5, 2.0], "au_gpt": [10.0, 0.0]})
    >>> composite(samples, of=["au_gpt"], length=2.0).table.row(0)
    ('A', 0.0, 2.0, 2, 2.5, 1.0, 2.0, 2)
    """
    chosen("tail", tail, get_args(Tail))
    step = thousandths_of("length", length)
    ready = weighed(samples, list(of), averaging, densities, domains)
    runs = runs_from(ready.samples, domains, step, origin or ("hole" if domains is None else "domain"))
    if tail == "full" and domains is not None:
        raise ValueError("a full tail would lie across the contact of a domain; choose keep, add_to_previous, ...")
    code = get_args(Tail).index(tail)
    into = bins.equal_bins(runs.starts, runs.low, runs.high, runs.anchor, length=step, tail=code)
    return composites_in(ready, into, domain_of(runs, into, domains), of, averaging, minimum_coverage)


def composite_runs(
    samples: pl.DataFrame,
    *,
    of: Sequence[str],
    minimum_coverage: float = 0.5,
    domains: Domains = None,
    densities: Densities = None,
    averaging: Averaging = BY_LENGTH,
) -> Composites:
    """One composite for each hole, or for each run of it through a domain.

    >>> samples = pl.DataFrame({"hole": ["A", "A"], "from_m": [0.0, 2.0], "to_m": [2.0, 3.0], "au_gpt": [1.0, 4.0]})
    >>> composite_runs(samples, of=["au_gpt"]).table["au_gpt"].to_list()
    [2.0]
    """
    ready = weighed(samples, list(of), averaging, densities, domains)
    runs = all_runs(ready.samples, domains)
    into = bins.plain_bins(runs.starts, runs.low, runs.high, np.ones(len(runs.low), dtype=np.int64))
    return composites_in(ready, into, domain_of(runs, into, domains), of, averaging, minimum_coverage)


def composite_optimal(
    samples: pl.DataFrame,
    *,
    of: Sequence[str],
    target: float,
    shortest: float,
    longest: float,
    minimum_coverage: float = 0.5,
    domains: Domains = None,
    densities: Densities = None,
    averaging: Averaging = BY_LENGTH,
) -> Composites:
    """Composites that end where samples end and whose lengths are nearest to a target, by least squares.

    No composite lies across a contact or a gap without samples. Where a run cannot be cut into lengths between
    ``shortest`` and ``longest``, as few composites as possible lie outside (a single long sample, a short run); the
    column ``within_limits`` tells. Found exactly; ``orebook.maths.partition`` has the order of ties.

    >>> samples = pl.DataFrame({"hole": ["A"] * 4, "from_m": [0.0, 1.5, 2.5, 3.0], "to_m": [1.5, 2.5, 3.0, 4.0],
    ...     "au_gpt": [1.0, 2.0, 3.0, 4.0]})
    >>> found = composite_optimal(samples, of=["au_gpt"], target=2.0, shortest=1.0, longest=3.0)
    >>> found.table["to_m"].to_list()
    [2.5, 4.0]
    """
    limits = [thousandths_of(*each) for each in (("shortest", shortest), ("target", target), ("longest", longest))]
    if limits != sorted(limits):
        raise ValueError(f"shortest {shortest}, target {target}, longest {longest}; give them in this order of size")
    ready = weighed(samples, list(of), averaging, densities, domains)
    into, runs = optimal_bins(ready.samples, domains, limits)
    found = composites_in(ready, into, domain_of(runs, into, domains), of, averaging, minimum_coverage)
    low, high = ready.samples.depths
    lengths = ((pl.col(high) - pl.col(low)) * SCALE).round().cast(pl.Int64)
    return replace(found, table=found.table.with_columns(within_limits=lengths.is_between(limits[0], limits[2])))


def interval_means(
    samples: pl.DataFrame,
    intervals: pl.DataFrame,
    *,
    of: Sequence[str],
    minimum_coverage: float = 0.0,
    domains: Domains = None,
    densities: Densities = None,
    averaging: Averaging = BY_LENGTH,
) -> Composites:
    """Grades of given intervals, exactly: a row for each, in their order, with the means beside its own columns.

    Intervals may overlap, lie in one another and begin anywhere. One without samples has no grade and a coverage of
    nought. Serves intersections, benches, and steps of true thickness. ``domains`` only say where assigned densities
    hold.

    >>> samples = pl.DataFrame({"hole": ["A", "A"], "from_m": [0.0, 2.0], "to_m": [2.0, 3.0], "au_gpt": [1.0, 4.0]})
    >>> intervals = pl.DataFrame({"hole": ["A", "A"], "from_m": [1.0, 0.0], "to_m": [3.0, 2.5]})
    >>> interval_means(samples, intervals, of=["au_gpt"]).table["au_gpt"].to_list()
    [2.5, 1.6]
    """
    ready = weighed(samples, list(of), averaging, densities, domains)
    into, order = given_bins(ready.line, intervals)
    found = composites_in(ready, into, None, of, averaging, minimum_coverage, every="kept")
    means = found.table.drop("hole", *ready.samples.depths)
    clash = sorted(set(means.columns) & set(intervals.columns))
    if clash:
        raise ValueError(
            f"the intervals have columns {', '.join(clash)} already; leave them out or call them otherwise"
        )
    table = pl.concat([intervals, taken(means, order)], how="horizontal")
    low, high = (pl.col(name) for name in ready.samples.depths)
    told = [f"{each}_{what}" for each in of for what in ("coverage", f"assayed_{ready.samples.unit}", "samples")]
    nothing = pl.col("samples", *told).fill_null(0)
    return replace(
        found, table=table.with_columns(pl.when(high > low).then(nothing).otherwise(pl.col("samples", *told)))
    )


def with_metal(table: pl.DataFrame, *, of: Sequence[str]) -> pl.DataFrame:
    """A table of composites with grade times assayed length beside each grade: ``au_gpt_x_m`` in gram-metres.

    >>> table = pl.DataFrame({"from_m": [0.0], "to_m": [2.0], "au_gpt": [3.0], "au_gpt_assayed_m": [1.5]})
    >>> with_metal(table, of=["au_gpt"])["au_gpt_x_m"].to_list()
    [4.5]
    """
    unit = length_unit(table.columns, "from", "to")
    metal = [metal_length(pl.col(f"{each}_assayed_{unit}"), pl.col(each)).alias(f"{each}_x_{unit}") for each in of]
    return table.with_columns(metal)
