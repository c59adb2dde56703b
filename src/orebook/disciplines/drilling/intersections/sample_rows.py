"""Sample rows: which rows of a table of assays are samples of the hole, and those rows as arrays for a rule set.

Standards, blanks and duplicates are no new piece of the hole; rows without depths, or over other rows, cannot be used.
Each is listed with its reason, so that rows given are rows used and rows left out.
"""

from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from orebook.disciplines.drilling.controls import control_kind
from orebook.disciplines.drilling.flat import Floats, Holes, floats, holes
from orebook.disciplines.drilling.intersections.pieces import Places, Samples
from orebook.disciplines.drilling.intersections.rule_sets import RuleSet
from orebook.disciplines.drilling.lines import laid
from orebook.ground.schema import BELOW, length_unit
from orebook.maths.bins import still
from orebook.maths.chains import Ints

ROW = "row of the samples"
"""The column that carries the number of each row on the way; nobody has one of that name."""

_NO_ENDS: Floats = np.empty(0)

_PLACES = {"vertical": "elevation", "true": "across"}
"""What the columns of the places of a sample's ends begin with, for each basis of the least length."""


class UnfitSamplesError(ValueError):
    """Samples to which a rule set cannot be applied: what they lack, where first, and what to do."""


@dataclass(frozen=True, slots=True)
class SampleRows:
    """Samples hole after hole in order of depth, none over another.

    ``low`` and ``high`` are depths in thousandths of ``unit``, ``order`` the number of each row in the table as it was
    given, or nothing where they are the same. ``dropped`` are the rows that are not used, with the reason; ``given``
    are all holes of the table.
    """

    table: pl.DataFrame
    unit: str
    holes: Holes
    low: Places
    high: Places
    order: Ints | None
    dropped: pl.DataFrame
    given: pl.Series

    def __len__(self) -> int:
        return len(self.low)

    def numbered(self, samples: Ints) -> Ints:
        """The rows that some samples have in the table as it was given."""
        return samples if self.order is None else self.order[samples]

    def of_holes(self, names: pl.Series) -> "SampleRows":
        """The samples of some holes."""
        wanted = self.table["hole"].is_in(names.implode())
        keep = np.flatnonzero(wanted.to_numpy())
        table, order = self.table.filter(wanted), self.numbered(keep)
        return replace(self, table=table, holes=holes(table), low=self.low[keep], high=self.high[keep], order=order)


def sample_rows(samples: pl.DataFrame, on: str) -> SampleRows:
    """The rows of a table of assays that are samples of the hole; of rows over one interval one with a value.

    Raises ``ValueError`` for a table without the columns ``hole``, from, to and ``on``.

    >>> table = pl.DataFrame({"hole": ["A", "A"], "from_m": [0.0, 1.0], "to_m": [1.0, 2.0], "au_gpt": [1.0, None],
    ...     "type": ["", "Field duplicate"]})
    >>> sample_rows(table, "au_gpt").dropped["reason"].to_list()
    ['duplicate']
    """
    listed = ", ".join(samples.columns)
    if "hole" not in samples.columns:
        raise ValueError(f"no column hole; the columns are {listed}")
    if on not in samples.columns:
        raise ValueError(f"no column {on}, by which the rule set decides; the columns are {listed}")
    if not (samples[on].dtype.is_numeric() or samples[on].dtype == pl.Null):
        raise ValueError(f"{on} holds {samples[on].dtype}, not numbers; import it as grades first")
    table = _typed(samples)
    if "type" not in samples.columns and not table["hole"].null_count():
        line = laid(table, by=[on])
        if not line.dropped.height:
            none = line.dropped.select(pl.lit(0, dtype=pl.Int64).alias("row"), "hole", *line.depths, "reason")
            return SampleRows(line.table, line.unit, line.holes, line.low, line.high, line.rows, none, line.holes.names)
    return _sorted_out(table, on)


def _sorted_out(table: pl.DataFrame, on: str) -> SampleRows:
    """The same where some rows cannot be used."""
    kept, controls = _apart(table.with_columns(pl.Series(ROW, np.arange(table.height, dtype=np.int64))))
    line = laid(kept, by=[on])
    columns = [pl.col(ROW).alias("row"), "hole", *line.depths, "reason"]
    dropped = pl.concat([part.select(columns) for part in (controls, line.dropped)]).sort("row")
    row = line.table[ROW].to_numpy()
    names = table["hole"].drop_nulls().unique()
    return SampleRows(line.table.drop(ROW), line.unit, line.holes, line.low, line.high, row, dropped, names)


def _typed(samples: pl.DataFrame) -> pl.DataFrame:
    """The samples with holes as text and depths as numbers."""
    unit = length_unit(samples.columns, "from", "to")
    kinds = {"hole": pl.String, f"from_{unit}": pl.Float64, f"to_{unit}": pl.Float64}
    cast = [pl.col(name).cast(kind) for name, kind in kinds.items() if samples.schema[name] != kind]
    return samples.with_columns(cast) if cast else samples


def _apart(samples: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Samples of the hole, and the samples of quality control with their kind as the reason."""
    if "type" not in samples.columns:
        return samples, samples.clear().with_columns(pl.lit(None, dtype=pl.String).alias("reason"))
    marked = samples.with_columns(control_kind(pl.col("type")).alias("reason"))
    return marked.filter(pl.col("reason").is_null()).drop("reason"), marked.filter(pl.col("reason").is_not_null())


def arrays(rows: SampleRows, rule: RuleSet) -> Samples:
    """The samples as a rule set sees them, one array for each property.

    Raises ``UnfitSamplesError`` where it asks for something that some of them lack.
    """
    grade = floats(rows.table[rule.on])
    if rule.missing_sample == "error":
        _complete(
            rows, ~(grade >= 0.0), f"no value of {rule.on}", "write missing_sample = 'zero', 'break' or 'exclude'"
        )
    near, far = _ends(rows, rule)
    below, density, split = flags(rows.table, rule.on + BELOW), _density(rows, rule, grade), _splits(rows, rule)
    columns = (rows.low, rows.high, grade, below, density, split, near, far)
    return Samples(*(still(column) for column in columns))


def flags(table: pl.DataFrame, column: str) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """A column of true and false as an array, missing as false; none where there is no such column or all is false."""
    if column not in table.columns or not table[column].any():
        return np.empty(0, dtype=np.bool_)
    return table[column].fill_null(value=False).to_numpy().astype(np.bool_)


def _complete(rows: SampleRows, bare: np.ndarray[tuple[int], np.dtype[np.bool_]], lack: str, instead: str) -> None:
    """Raises ``UnfitSamplesError`` when some samples lack something."""
    where = np.flatnonzero(bare)
    if not len(where):
        return
    first = rows.table.row(int(where[0]), named=True)
    at = f"{first['hole']} from {rows.low[where[0]] / 1000:g} to {rows.high[where[0]] / 1000:g} {rows.unit}"
    raise UnfitSamplesError(f"{len(where)} samples have {lack}, the first {at}; {instead}")


def _density(rows: SampleRows, rule: RuleSet, grade: Floats) -> Floats:
    """The density of each sample where it weighs; a sample that does not count needs none."""
    if rule.weights == "length":
        return _NO_ENDS
    if rule.density not in rows.table.columns:
        raise UnfitSamplesError(f"no column {rule.density} to weigh by; add densities, or write weights = 'length'")
    density = floats(rows.table[rule.density])
    counts = (grade >= 0.0) | (rule.missing_sample == "zero")
    instead = "fill it in by domain, or write weights = 'length'"
    _complete(rows, counts & ~(density > 0.0), f"no {rule.density}", instead)
    return np.where(density > 0.0, density, 0.0)


def _splits(rows: SampleRows, rule: RuleSet) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Where a column that breaks changes from one sample to the next."""
    for column in rule.breaks:
        if column not in rows.table.columns:
            raise UnfitSamplesError(f"no column {column} to break on; the columns are {', '.join(rows.table.columns)}")
    if not rule.breaks:
        return np.empty(0, dtype=np.bool_)
    changes = [pl.col(column).ne_missing(pl.col(column).shift()) for column in rule.breaks]
    return rows.table.select(pl.any_horizontal(changes)).to_series().to_numpy().astype(np.bool_)


def _ends(rows: SampleRows, rule: RuleSet) -> tuple[Floats, Floats]:
    """The places of the ends of each sample in height or across the zone, where the least length is measured so."""
    if rule.min_length_basis == "downhole":
        return _NO_ENDS, _NO_ENDS
    names = [f"{_PLACES[rule.min_length_basis]}_{end}_{rows.unit}" for end in ("from", "to")]
    places = []
    for name in names:
        if name not in rows.table.columns:
            raise UnfitSamplesError(
                f"no column {name}, which min_length_basis = {rule.min_length_basis!r} needs; "
                "see orebook.disciplines.drilling.intersections.sample_places, or write 'downhole'"
            )
        places.append(floats(rows.table[name]))
        _complete(
            rows, np.isnan(places[-1]), f"no {name}", "desurvey their holes, or write min_length_basis = 'downhole'"
        )
    return places[0], places[1]
