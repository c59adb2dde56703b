"""The table of composites: means over bins, those that stand on enough samples, and those that are not given."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import polars as pl

from orebook.disciplines.drilling.compositing.averaging import (
    DENSITY,
    Averaging,
    Variables,
    Weighed,
    cut_report,
    grade_columns,
    summed,
    variables,
    with_density,
)
from orebook.disciplines.drilling.lines import Line
from orebook.maths import bin_sums, bins

SHORT, NOT_ASSAYED, THIN = "short tail", "not assayed", "coverage under the minimum"
"""Why a grade is not given."""


@dataclass(frozen=True, slots=True)
class Composites:
    """Composites with all that was left out on the way.

    ``table`` has a row for each composite: hole, from, to, the domain if there are any, the number of samples that it
    meets, and for each analyte the grade, its coverage (0 to 1), assayed length and number of samples with a value.
    ``rejected`` has a row for each composite and analyte whose grade is not given, with its grade and the ``reason``:
    what was made is what the table has and what is rejected. ``dropped`` are the samples that were not used, with the
    reason; ``cut`` says what the top-cuts took away.
    """

    table: pl.DataFrame
    rejected: pl.DataFrame
    dropped: pl.DataFrame
    cut: pl.DataFrame


def composites_in(
    samples: Weighed,
    into: bins.Bins,
    domain: pl.Series | None,
    of: Sequence[str],
    averaging: Averaging,
    least: float,
    *,
    every: Literal["kept", ""] = "",
) -> Composites:
    """The bins as composites: those with a grade, and the grades that are not given."""
    if not 0.0 <= least <= 1.0:
        raise ValueError(f"a minimum coverage of {least} is no share; give 0 to 1")
    kinds = with_density(variables(samples.line, of, averaging), samples)
    held = summed(samples, kinds, into, asked=len(of), least=least, every=every == "kept")
    told = None if domain is None else domain.filter(pl.Series((held.state == bin_sums.TOLD).any(axis=0)))
    columns = _head(samples.line, held, told)
    for number, column in enumerate(of):
        whole = not np.isnan(held.mean[number]).any()
        columns += grade_columns(column, samples.line.unit, kinds, held, whole=whole)
    if len(samples.density):
        columns += [pl.Series(name, held.mean[kinds[name, ""]]).fill_nan(None) for name in DENSITY]
    rejected = _rejected(samples, kinds, into, domain, of, held.state)
    return Composites(pl.DataFrame(columns), rejected, samples.samples.dropped, cut_report(samples.line, averaging))


def _head(line: Line, held: bin_sums.Held, domain: pl.Series | None) -> list[pl.Series]:
    """The columns that say which stretch of which hole a row is."""
    low, high = line.depths
    return [
        line.holes.names.gather(pl.Series(held.line)).alias("hole"),
        pl.Series(low, held.low),
        pl.Series(high, held.high),
        *([] if domain is None else [domain]),
        pl.Series("samples", held.stretches),
    ]


def _rejected(
    samples: Weighed,
    kinds: Variables,
    into: bins.Bins,
    domain: pl.Series | None,
    of: Sequence[str],
    state: bins.Codes,
) -> pl.DataFrame:
    """A row for each bin and column whose grade is not given, though there are samples."""
    refused = state[0] == bin_sums.REFUSED
    for each in state[1:]:
        refused |= each == bin_sums.REFUSED
    rows = np.flatnonzero(refused)
    starts = np.searchsorted(rows, into.starts).astype(np.int64)
    left = bins.plain_bins(starts, into.low[rows], into.high[rows], np.diff(starts))
    held = summed(samples, kinds, left, asked=len(of))
    head = pl.DataFrame(_head(samples.line, held, None if domain is None else domain.gather(rows))).drop("samples")
    parts = []
    for number, column in enumerate(of):
        here = np.flatnonzero(state[number, rows] == bin_sums.REFUSED)
        none = held.length[number, here] == 0.0
        why = np.where(into.short[rows[here]] > 0, SHORT, np.where(none, NOT_ASSAYED, THIN))
        parts.append(
            head[pl.Series(here)].with_columns(
                pl.lit(column).alias("column"),
                pl.Series("grade", held.mean[number, here]).fill_nan(None),
                pl.Series("coverage", held.share[number, here]),
                pl.Series(f"assayed_{samples.line.unit}", held.length[number, here]),
                pl.Series("reason", why.tolist(), dtype=pl.String),
            )
        )
    return pl.concat(parts)
