"""Averaging: what a sample weighs in a mean along the hole, and what becomes of values that are missing or too high.

For a stretch of hole and one analyte the mean is ``Σ w·g ÷ Σ w`` over the samples that have a value, with the overlap
of sample and stretch as the weight ``w``, or the overlap times the density. Beside each mean stand the length that was
assayed, its share of the stretch (the coverage) and the number of samples with a value.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, get_args

import numpy as np
import polars as pl

from orebook.disciplines.drilling.flat import Floats, floats
from orebook.disciplines.drilling.lines import SCALE, Line
from orebook.ground.schema import ABOVE, BELOW
from orebook.maths import bin_sums, bins
from orebook.maths.bins import Ints
from orebook.maths.room import copied

Weights = Literal["length", "density"]
Missing = Literal["leave_out", "zero"]
MissingDensity = Literal["error", "drop", "assign"]

DENSITY = ("density_tpm3", "density_measured_share")
"""The mean density of what was sampled, and the share of its length of which it was measured, not assigned."""

VALUE, LOWER, UNCUT = "", "_lower", "_uncut"
"""What is averaged of a column, as what is put behind its name; ``BELOW`` and ``ABOVE`` are shares of its length."""


def chosen(name: str, word: str, words: Sequence[str]) -> None:
    """Raises ``ValueError`` for a word that is none of those to choose from."""
    if word not in words:
        raise ValueError(f"{name} is {word!r}; choose {', '.join(words)}")


@dataclass(frozen=True, slots=True)
class Averaging:
    """How samples are averaged.

    ``weights`` are ``length`` or ``density``: length times density. A row without a value adds neither metal nor weight
    (``leave_out``), or counts as nought where that is asked for (``zero``); what no row covers never counts.
    ``top_cut`` are the grades above which a value counts as that grade, by column.

    A stretch with values and without density stops the work (``error``), is left out of the mean (``drop``), or has the
    ``assigned_density`` of its domain (``assign``); a domain of that name, ``""`` for what lies in none.

    >>> Averaging(missing="nought")
    Traceback (most recent call last):
        ...
    ValueError: missing is 'nought'; choose leave_out, zero
    """

    weights: Weights = "length"
    missing: Missing = "leave_out"
    top_cut: Mapping[str, float] = field(default_factory=dict)
    missing_density: MissingDensity = "error"
    assigned_density: Mapping[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Words that mean nothing here are refused."""
        said = {"weights": Weights, "missing": Missing, "missing_density": MissingDensity}
        for name, words in said.items():
            chosen(name, getattr(self, name), get_args(words))
        for column, cut in self.top_cut.items():
            if not cut > 0:
                raise ValueError(f"the top-cut of {column} is {cut}; it has to be above nought")


BY_LENGTH = Averaging()
"""Length weights, missing values left out, no top-cut."""


@dataclass(frozen=True, slots=True)
class Variables:
    """What is averaged: a row of ``values`` for each column and kind, first the grades in the order of the columns.

    ``owner`` is the row of the grades that a row belongs to.
    """

    of: tuple[tuple[str, str], ...]
    values: Floats
    caps: Floats
    owner: Ints

    def __getitem__(self, key: tuple[str, str]) -> int:
        return self.of.index(key)


def variables(line: Line, of: Sequence[str], averaging: Averaging) -> Variables:
    """What has to be averaged for some columns of grades: the grades, and what their companions tell.

    Raises ``ValueError`` for a column that is not there or holds no numbers, and for a top-cut of another column.
    """
    _usable(line.table, of, averaging)
    extra: list[tuple[str, str, Floats]] = []
    for column in of:
        value = None
        for kind in (BELOW, ABOVE):
            name = column + kind
            if name in line.table.columns and line.table[name].any():
                value = floats(line.table[column]) if value is None else value
                flag = line.table[name].fill_null(value=False).to_numpy()
                extra.append((column, kind, np.where(np.isnan(value), np.nan, flag)))
                if kind == BELOW:
                    extra.append((column, LOWER, np.where(flag, 0.0, value)))
        if column in averaging.top_cut:
            extra.append((column, UNCUT, floats(line.table[column])))
    names = [(column, VALUE) for column in of] + [(column, kind) for column, kind, _ in extra]
    values = _matrix(line.table, of)
    if extra:
        values = np.vstack([values, *(array for _, _, array in extra)])
    if averaging.missing == "zero":
        values = np.nan_to_num(values, copy=True, nan=0.0)
    cut = [averaging.top_cut.get(column, np.inf) if kind in (VALUE, LOWER) else np.inf for column, kind in names]
    owner = np.array([of.index(column) for column, _ in names], dtype=np.int64)
    return Variables(tuple(names), values, np.array(cut, dtype=np.float64), owner)


def _usable(table: pl.DataFrame, of: Sequence[str], averaging: Averaging) -> None:
    if not of:
        raise ValueError("no column to average; name at least one in of")
    for column in of:
        if column not in table.columns:
            raise ValueError(f"no column {column}; the columns are {', '.join(table.columns)}")
        if not (table[column].dtype.is_numeric() or table[column].dtype == pl.Null):
            raise ValueError(f"{column} holds {table[column].dtype}, not numbers; read it as numbers first")
    if len(set(of)) < len(of):
        raise ValueError(f"a column stands twice in {', '.join(of)}; name each once")
    strange = [column for column in averaging.top_cut if column not in of]
    if strange:
        raise ValueError(f"top-cut of {', '.join(strange)}, which is not averaged; add it to of")


def _matrix(table: pl.DataFrame, of: Sequence[str]) -> Floats:
    """The columns as rows of one array, copied once."""
    if len(of) == 1:
        return floats(table[of[0]]).reshape(1, -1)
    values = np.empty((len(of), table.height))
    for row, column in zip(values, of, strict=True):
        copied(bins.still(floats(table[column])), row)
    return values


@dataclass(frozen=True, slots=True)
class Weighed:
    """Samples ready to be averaged: as they stand, and as a line of parts that have one density each.

    For length weights the two are one, and ``density`` is empty. ``measured`` is 1 where the density was measured, 0
    where it was assigned.
    """

    samples: Line
    line: Line
    density: Floats
    measured: Floats


def with_density(kinds: Variables, samples: Weighed) -> Variables:
    """The same and, for density weights, the density itself and whether it was measured, both by length."""
    if not len(samples.density):
        return kinds
    values = np.vstack([kinds.values, samples.density, samples.measured])
    caps = np.append(kinds.caps, [np.inf, np.inf])
    owner = np.append(kinds.owner, [bin_sums.NO_OWNER] * 2)
    return Variables((*kinds.of, *((name, "") for name in DENSITY)), values, caps, owner)


def summed(
    samples: Weighed, kinds: Variables, into: bins.Bins, *, asked: int = 1, least: float = 0.0, every: bool = True
) -> bin_sums.Held:
    """What bins hold of each variable, for the bins in which one of the first ``asked`` has enough, or for all."""
    line = samples.line
    rows = np.empty(0, dtype=np.int64) if line.rows is None else line.rows
    weighted = np.array([len(samples.density) > 0 and own >= 0 for own in kinds.owner], dtype=np.bool_)
    return bin_sums.held(
        bin_sums.Stretches(line.holes.starts, line.low, line.high, rows, samples.density),
        bin_sums.Kinds(kinds.values, kinds.caps, weighted, kinds.owner),
        into,
        asked=asked,
        least=least,
        every=every,
        scale=float(SCALE),
    )


def grade_columns(column: str, unit: str, kinds: Variables, kept: bin_sums.Held, *, whole: bool) -> list[pl.Series]:
    """The columns of one analyte: its mean and what says how far to trust it; ``whole`` where none is missing.

    Where samples below detection take part, ``_lower`` takes them as nought and ``_upper`` as their limit; ``_below``
    says that there is nothing else. ``_above`` says that a sample was over the range of its method, so that the mean is
    a minimum.
    """
    here = kinds[column, VALUE]

    def mean(kind: str, name: str) -> pl.Series:
        return pl.Series(name, kept.mean[kinds[column, kind]], nan_to_null=not whole)

    columns = [mean(VALUE, column)]
    if (column, LOWER) in kinds.of:
        columns += [mean(LOWER, f"{column}_lower"), columns[0].alias(f"{column}_upper")]
        columns.append(pl.Series(column + BELOW, kept.mean[kinds[column, BELOW]] == 1.0))
    if (column, ABOVE) in kinds.of:
        columns.append(pl.Series(column + ABOVE, kept.mean[kinds[column, ABOVE]] > 0.0))
    if (column, UNCUT) in kinds.of:
        columns.append(mean(UNCUT, f"{column}_uncut"))
    return [
        *columns,
        pl.Series(f"{column}_coverage", kept.share[here]),
        pl.Series(f"{column}_assayed_{unit}", kept.length[here]),
        pl.Series(f"{column}_samples", kept.number[here]),
    ]


def cut_report(line: Line, averaging: Averaging) -> pl.DataFrame:
    """What top-cuts do to the samples: how many are cut, over what length, and how much metal (grade × length) goes.

    Shares of metal are of the uncut length-weighted metal of the column.
    """
    unit = line.unit
    rows = []
    lengths = (line.high - line.low) / float(SCALE) if averaging.top_cut else np.empty(0)
    for column, cut in averaging.top_cut.items():
        values = floats(line.table[column])
        over = values > cut
        metal = float(np.nansum(values * lengths))
        removed = float(((values - cut) * lengths)[over].sum())
        whole = len(np.unique(line.rows[over])) if line.rows is not None else int(over.sum())
        rows.append((column, float(cut), whole, float(lengths[over].sum()), removed, removed / metal if metal else 0.0))
    names = ["column", "top_cut", "samples", f"length_{unit}", f"metal_removed_{unit}", "share_of_metal"]
    types = [pl.String, pl.Float64, pl.Int64, pl.Float64, pl.Float64, pl.Float64]
    return pl.DataFrame(rows, schema=dict(zip(names, types, strict=True)), orient="row")
