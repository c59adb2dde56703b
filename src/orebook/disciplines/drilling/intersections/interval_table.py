"""The table of intersections before they are nested: what each holds, in the units of the samples."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

import numpy as np
import polars as pl

from orebook.disciplines.drilling.flat import Floats, floats
from orebook.disciplines.drilling.intersections.choosing import VIEW, Numbers, choose, numbers, scale_for
from orebook.disciplines.drilling.intersections.interval_sums import (
    ALL_BELOW,
    ANY_ABOVE,
    ASSAYED,
    BELOW_FULL,
    BELOW_METAL,
    BELOW_SAMPLES,
    BEST_METAL,
    BEST_WEIGHT,
    CARRIED_LENGTH,
    LENGTH,
    LOWER,
    MEAN,
    METAL,
    UNCUT,
    UPPER,
    WASTE,
    WASTE_METAL,
    WASTE_WEIGHT,
    WEIGHT,
    Carried,
    any_of,
    carried_means,
    interval_sums,
)
from orebook.disciplines.drilling.intersections.pieces import STEPS, Samples
from orebook.disciplines.drilling.intersections.rule_sets import RuleSet
from orebook.disciplines.drilling.intersections.sample_rows import SampleRows, arrays, flags
from orebook.ground.schema import ABOVE, BELOW
from orebook.maths.bins import still
from orebook.maths.chains import Ints

MissingCarried = Literal["leave_out", "zero"]
"""What a carried grade does where a sample has no value: not count, or count as no grade."""

Carry = Mapping[str, MissingCarried]


def carried_along(carry: Sequence[str] | Carry, on: str, columns: Sequence[str]) -> dict[str, MissingCarried]:
    """Columns to be carried, each with its rule for missing values; raises ``ValueError`` for one that is not there.

    >>> carried_along(["ag_gpt"], "au_gpt", ["au_gpt", "ag_gpt"])
    {'ag_gpt': 'leave_out'}
    """
    asked: dict[str, MissingCarried] = dict(carry) if isinstance(carry, Mapping) else dict.fromkeys(carry, "leave_out")
    for column, rule in asked.items():
        if column not in columns:
            raise ValueError(f"no column {column} to carry; the columns are {', '.join(columns)}")
        if rule not in get_args(MissingCarried):
            raise ValueError(f"{column}: a missing value is {rule!r}; choose {', '.join(get_args(MissingCarried))}")
    return {column: rule for column, rule in asked.items() if column != on}


@dataclass(frozen=True, slots=True)
class Ruled:
    """A rule set with the samples as it sees them, and both in whole numbers."""

    rule: RuleSet
    samples: Samples
    numbers: Numbers
    scale: float

    def chosen(self, begins: Ints, ends: Ints) -> tuple[Ints, Ints, Ints]:
        """The stretch, the first and the last sample of each intersection."""
        found = choose(begins, ends, self.samples, self.numbers)
        return found.row, found.first, found.last


def ruled(rows: SampleRows, rule: RuleSet) -> Ruled:
    """A rule set made ready for some samples."""
    samples = arrays(rows, rule)
    starts = rows.holes.starts
    reach = int((rows.high[starts[1:] - 1] - rows.low[starts[:-1]]).max()) if len(rows) else 0
    scale = scale_for(samples, rule, reach)
    return Ruled(rule, samples, numbers(rule, scale, dense=rule.weights == "length_density"), scale)


@dataclass(frozen=True, slots=True)
class Held:
    """Intersections by their first and last sample, with what they hold."""

    first: Ints
    last: Ints
    sums: Ints


def held(ready: Ruled, first: Ints, last: Ints) -> Held:
    """What intersections hold of the grade that chose them."""
    one, two = still(first, np.int64), still(last, np.int64)
    return Held(one, two, interval_sums(ready.samples, one, two, ready.numbers.terms))


def quotient(above: Floats | Ints, below: Floats | Ints) -> Floats:
    """One array by another; NaN where that is nought."""
    with np.errstate(divide="ignore", invalid="ignore"):
        shares: Floats = np.true_divide(above, below)
    shares[below == 0] = np.nan
    return shares


def interval_columns(rows: SampleRows, ready: Ruled, what: Held, carry: Carry) -> pl.DataFrame:
    """The columns of intersections that one rule set found, those that need no other intersection."""
    unit, on, sums, scale = rows.unit, ready.rule.on, what.sums, ready.scale
    hole = np.searchsorted(rows.holes.starts, what.first, side="right") - 1
    length = sums[LENGTH] / STEPS
    metal = sums[METAL] / (scale * STEPS * ready.numbers.terms.dense)
    data: dict[str, object] = {
        "hole": rows.holes.names.gather(hole),
        f"from_{unit}": rows.low[what.first] / STEPS,
        f"to_{unit}": rows.high[what.last] / STEPS,
        f"length_{unit}": length,
        on: quotient(sums[METAL], sums[WEIGHT]) / scale,
        **_deciding_extra(ready, what),
        f"{on}_coverage": quotient(sums[ASSAYED], sums[LENGTH]),
        f"{on}_assayed_{unit}": sums[ASSAYED] / STEPS,
    }
    for column, missing in carry.items():
        data |= _carried(rows, ready, what, column, missing)
    data |= {
        "metal": metal,
        f"waste_{unit}": sums[WASTE] / STEPS,
        f"waste_{on}": quotient(sums[WASTE_METAL], sums[WASTE_WEIGHT]) / scale,
        f"not_assayed_{unit}": (sums[LENGTH] - sums[ASSAYED]) / STEPS,
        "best_share": quotient(sums[BEST_METAL], sums[METAL]),
        f"{on}_without_best": quotient(sums[METAL] - sums[BEST_METAL], sums[WEIGHT] - sums[BEST_WEIGHT]) / scale,
        "has_below": sums[BELOW_SAMPLES] > 0,
        "has_above": any_of(still(flags(rows.table, on + ABOVE)), what.first, what.last),
        "samples": what.last - what.first + 1,
        "first_row": rows.numbered(what.first),
        "last_row": rows.numbered(what.last),
    }
    return pl.DataFrame([_column(name, values) for name, values in data.items()])


def _column(name: str, values: Any) -> pl.Series:
    """A column of a table; NaN becomes missing."""
    return values.alias(name) if isinstance(values, pl.Series) else pl.Series(name, values, nan_to_null=True)


def _deciding_extra(ready: Ruled, what: Held) -> dict[str, object]:
    """The mean without the top-cut, and the means with values below detection as nought and as their limit."""
    on, sums, scale = ready.rule.on, what.sums, ready.scale
    data: dict[str, object] = {}
    if ready.rule.top_cut is not None:
        data[f"{on}_uncut"] = quotient(sums[UNCUT], sums[WEIGHT]) / scale
    if ready.samples.below.size:
        low = sums[METAL] - sums[BELOW_METAL]
        data[f"{on}_lower"] = quotient(low, sums[WEIGHT]) / scale
        data[f"{on}_upper"] = quotient(low + sums[BELOW_FULL], sums[WEIGHT]) / scale
    return data


def _carried(rows: SampleRows, ready: Ruled, what: Held, column: str, missing: MissingCarried) -> dict[str, object]:
    """The columns of one grade that is carried along, with its own coverage."""
    below, above = flags(rows.table, column + BELOW), flags(rows.table, column + ABOVE)
    grade = still(floats(rows.table[column]), np.float64)
    low, high = still(rows.low, np.int32), still(rows.high, np.int32)
    carried = Carried(grade, still(below), still(above), VIEW[ready.rule.bdl_view], int(missing == "zero"))
    found = carried_means(low, high, ready.samples.density, carried, what.first, what.last)
    data: dict[str, object] = {column: found[:, MEAN]}
    if below.size:
        data |= {f"{column}_lower": found[:, LOWER], f"{column}_upper": found[:, UPPER]}
        data[column + BELOW] = found[:, ALL_BELOW] > 0
    if above.size:
        data[column + ABOVE] = found[:, ANY_ABOVE] > 0
    data[f"{column}_coverage"] = quotient(found[:, CARRIED_LENGTH] * STEPS, what.sums[LENGTH])
    data[f"{column}_assayed_{rows.unit}"] = found[:, CARRIED_LENGTH]
    return data
