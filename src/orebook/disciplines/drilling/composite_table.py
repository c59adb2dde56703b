"""The table of composites: means over bins, those that stand on enough samples, and those that are not given."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import polars as pl
from numpy.typing import NDArray

from orebook.disciplines.drilling.averaging import (
    Averaging,
    Weighed,
    cut_report,
    densities_in,
    grade_columns,
    summed,
    variables,
)
from orebook.disciplines.drilling.lines import SCALE, Line
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
    line, kinds = samples.line, variables(samples.line, of, averaging)
    found = summed(samples, kinds, into)
    passed = bin_sums.accepted(into, found, asked=len(of), least=least)
    good = passed.good
    kept = bin_sums.kept(into, found, passed, owner=kinds.owner, every=every == "kept", scale=float(SCALE))
    low, high = line.depths

    def here(column: pl.Series) -> pl.Series:
        return column if every == "kept" else column.filter(pl.Series(good.any(axis=0)))

    columns = [
        line.holes.names.gather(pl.Series(kept.line)).alias("hole"),
        pl.Series(low, kept.low),
        pl.Series(high, kept.high),
        *([] if domain is None else [here(domain)]),
        pl.Series("samples", kept.stretches),
    ]
    for column, accepted in zip(of, good, strict=True):
        columns += grade_columns(column, line.unit, kinds, kept, whole=int(accepted.sum()) == len(kept.low))
    columns += [here(column) for column in densities_in(samples, into)]
    rejected = _rejected(line, domain, of, found, into, good)
    return Composites(pl.DataFrame(columns), rejected, samples.samples.dropped, cut_report(line, averaging))


def _rejected(
    line: Line,
    domain: pl.Series | None,
    of: Sequence[str],
    found: bin_sums.Sums,
    into: bins.Bins,
    good: NDArray[np.bool_],
) -> pl.DataFrame:
    """A row for each bin and column whose grade is not given, though there are samples."""
    low, high = line.depths
    parts = []
    for number, column in enumerate(of):
        rows = np.flatnonzero(~good[number] & (found.stretches > 0))
        assayed = found.length[number][rows]
        why = np.where(into.short[rows] > 0, SHORT, np.where(assayed == 0, NOT_ASSAYED, THIN))
        parts.append(
            pl.DataFrame(
                [
                    line.holes.names.gather(np.searchsorted(into.starts, rows, side="right") - 1).alias("hole"),
                    pl.Series(low, into.low[rows] / float(SCALE)),
                    pl.Series(high, into.high[rows] / float(SCALE)),
                    *([] if domain is None else [domain.gather(rows)]),
                    pl.Series("column", [column] * len(rows), dtype=pl.String),
                    pl.Series("grade", found.mean[number][rows]).fill_nan(None),
                    pl.Series("coverage", assayed / (into.high - into.low)[rows]),
                    pl.Series(f"assayed_{line.unit}", assayed / float(SCALE)),
                    pl.Series("reason", why.tolist(), dtype=pl.String),
                ]
            )
        )
    return pl.concat(parts)
