"""Sheet stretches: rows of a sheet laid along the calendar, so that no day of a mine and source counts twice.

Daily, monthly, quarterly and year-to-date rows may stand in one sheet. A row that shorter ones fill is their sum, told
twice; one that they fill but for a single stretch gives that stretch: the fourth quarter is the year less nine months.
Rows that cut across one another are left out, and are told. Each amount is laid by the rows that tell it.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from orebook.maths.printed import printed_step
from orebook.maths.stretches import TakenApart, take_apart

WHO = ("mine", "source")

SPREAD = " spread"
"""What is put behind the name of an amount for how far a derived one may be off, by the digits it was made from."""

TWICE = "another row has the same days and other figures"
ACROSS = "it shares days with other rows that it neither holds whole nor lies in"

Numbers = NDArray[np.float64]
Days = NDArray[np.int64]

_EPOCH = date(1970, 1, 1).toordinal()


class Laid(NamedTuple):
    """Rows that share no day with another of their mine and source, sums that shorter rows made, and what was left out.

    ``rows`` has ``derived``: what a stretch was made from, where no row says it. ``sums`` has, for each ``amount`` of a
    ``row`` that shorter ones fill, its ``value`` and theirs together (``of_parts``,
    of so many ``parts``). ``left_out`` has ``row``, ``why``.
    """

    rows: pl.DataFrame
    sums: pl.DataFrame
    left_out: pl.DataFrame


def lay(rows: pl.DataFrame, amounts: Sequence[str], who: Sequence[str] = WHO) -> Laid:
    """Lay the rows of a sheet along the calendar; ``amounts`` are the columns that can be taken from one another.

    ``rows`` has ``row``, ``from_day`` and ``to_day`` and the columns ``who``, each of whose values is laid by itself.
    An amount of a derived stretch has its spread beside it (``… spread``): half a printed digit of each row that it was
    made from. Source: catalogue code PR1001.

    >>> from datetime import date
    >>> sheet = pl.DataFrame({"mine": "A", "source": None, "from_day": [date(2011, 1, 1)] * 2,
    ...     "to_day": [date(2011, 12, 31), date(2011, 9, 30)], "row": [0, 1], "ore_t": [100.0, 71.0]},
    ...     schema_overrides={"source": pl.String})
    >>> lay(sheet, ["ore_t"]).rows.sort("from_day").select("from_day", "ore_t", "ore_t spread", "derived").rows()[1]
    (datetime.date(2011, 10, 1), 29.0, 1.0, '2011-01-01/2011-12-31 less 2011-01-01/2011-09-30')
    """
    spreads = [pl.lit(None, pl.Float64).alias(f"{name}{SPREAD}") for name in amounts]
    kept = [*who, "from_day", "to_day", "row", *amounts]
    plain = rows.select(kept).with_columns(*spreads, derived=pl.lit(None, pl.String))
    keys = [*who, "from_day", "to_day"]
    ordered = plain.sort(keys)
    low, high = pl.col("from_day"), pl.col("to_day")
    met = (low <= high.cum_max().shift(1)).over(list(who), order_by=["from_day", "to_day"]).fill_null(value=False)
    messy = ordered.filter(met).select(who).unique()
    if not messy.height:
        return Laid(_with_days(ordered), _no_sums(), _nothing_left())
    parts = [ordered.join(messy, on=list(who), how="anti", nulls_equal=True)]
    sums, left = [_no_sums()], [_nothing_left()]
    for group in ordered.join(messy, on=list(who), how="semi", nulls_equal=True).partition_by(list(who)):
        one = _laid(group, amounts)
        parts.append(one.rows.with_columns(pl.lit(group[name][0], group[name].dtype).alias(name) for name in who))
        sums.append(one.sums)
        left.append(one.left_out)
    laid = pl.concat([part.select(plain.columns) for part in parts], how="vertical_relaxed")
    return Laid(_with_days(laid.sort(keys)), pl.concat(sums).sort("row"), pl.concat(left).unique().sort("row"))


def _with_days(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.with_columns(days=((pl.col("to_day") - pl.col("from_day")).dt.total_days() + 1).cast(pl.Float64))


def _no_sums() -> pl.DataFrame:
    kinds = {"row": pl.Int64, "from_day": pl.Date, "to_day": pl.Date, "amount": pl.String}
    return pl.DataFrame(schema=kinds | {"value": pl.Float64, "of_parts": pl.Float64, "parts": pl.Int64})


def _nothing_left() -> pl.DataFrame:
    return pl.DataFrame(schema={"row": pl.Int64, "why": pl.String})


def _laid(group: pl.DataFrame, amounts: Sequence[str]) -> Laid:
    """The rows of one mine and source, amounts that the same rows tell at a time."""
    numbers = group.select(amounts).cast(pl.Float64).to_numpy()
    alike: dict[bytes, list[int]] = {}
    for at, known in enumerate(np.isfinite(numbers).T):
        if known.any():
            alike.setdefault(known.tobytes(), []).append(at)
    found = [_of_some(group, numbers[:, which], [amounts[at] for at in which]) for which in alike.values()]
    if not found:
        return Laid(group.clear(), _no_sums(), _nothing_left())
    rows = pl.concat([one.rows for one in found], how="diagonal")
    values = [name for name in rows.columns if name not in ("from_day", "to_day", "derived")]
    # a row that tells several amounts in several ways is still one row
    joined = rows.group_by("from_day", "to_day").agg(
        *(pl.col(name).drop_nulls().first() for name in values), pl.col("derived").drop_nulls().sort().first()
    )
    lacking = [pl.lit(None, pl.Float64).alias(name) for name in group.columns if name not in joined.columns]
    return Laid(
        joined.with_columns(lacking),
        pl.concat([one.sums for one in found]),
        pl.concat([one.left_out for one in found]),
    )


def _of_some(group: pl.DataFrame, numbers: Numbers, names: Sequence[str]) -> Laid:
    """The rows that tell some amounts, taken apart; all of them tell all of these."""
    known = np.flatnonzero(np.isfinite(numbers[:, 0]))
    stretches = group.select("from_day", "to_day", "row")[known]
    numbers = numbers[known]
    kept, twice = _once(stretches, numbers)
    stretches, numbers, left = stretches[kept], numbers[kept], stretches[twice]
    low, high = _places(stretches["from_day"]), _places(stretches["to_day"])
    found = take_apart(low.tolist(), high.tolist())
    made = np.empty((len(found.pieces), len(names)))
    for at, piece in enumerate(found.pieces):
        made[at] = numbers[piece.whole] - made[list(piece.parts)].sum(axis=0)
    spread = _spreads(found, numbers)
    ends = [(_day(piece.low), _day(piece.high)) for piece in found.pieces]
    said = [_said(low, high, ends, piece.whole, piece.parts) for piece in found.pieces]
    columns: dict[str, Any] = {
        "from_day": pl.Series([start for start, _ in ends], dtype=pl.Date),
        "to_day": pl.Series([end for _, end in ends], dtype=pl.Date),
        "row": stretches["row"][[piece.whole for piece in found.pieces]],
        "derived": pl.Series(said, dtype=pl.String),
    }
    columns |= {name: made[:, at] for at, name in enumerate(names)}
    columns |= {f"{name}{SPREAD}": pl.Series(spread[:, at]).fill_nan(None) for at, name in enumerate(names)}
    out = [_told(left, TWICE), _told(stretches[list(found.crossing)], ACROSS)]
    return Laid(pl.DataFrame(columns), _sums(stretches, found, numbers, made, names), pl.concat(out))


def _once(stretches: pl.DataFrame, numbers: Numbers) -> tuple[list[int], list[int]]:
    """Rows to keep, and rows whose days another one has with other figures; of rows that are alike the first stays."""
    seen: dict[tuple[Any, Any], list[int]] = {}
    for at, stretch in enumerate(stretches.select("from_day", "to_day").iter_rows()):
        seen.setdefault(stretch, []).append(at)
    kept = [which[0] for which in seen.values() if all((numbers[which[0]] == numbers[at]).all() for at in which)]
    staying = {(stretches["from_day"][at], stretches["to_day"][at]) for at in kept}
    return kept, [at for stretch, which in seen.items() if stretch not in staying for at in which]


def _sums(
    stretches: pl.DataFrame, found: TakenApart, numbers: Numbers, made: Numbers, names: Sequence[str]
) -> pl.DataFrame:
    """Each amount of a row that pieces fill, beside the sum of those."""
    whole = [at for at, _ in found.filled]
    parts = np.array([made[list(which)].sum(axis=0) for _, which in found.filled]).reshape(-1, len(names))
    many = pl.Series([len(which) for _, which in found.filled], dtype=pl.Int64)
    rows = stretches[whole].select(pl.col("row").cast(pl.Int64), "from_day", "to_day")
    listed = [
        rows.with_columns(
            amount=pl.lit(name), value=pl.Series(numbers[whole, at]), of_parts=pl.Series(parts[:, at]), parts=many
        )
        for at, name in enumerate(names)
    ]
    return pl.concat([_no_sums(), *listed])


def _told(rows: pl.DataFrame, why: str) -> pl.DataFrame:
    return rows.select(pl.col("row").cast(pl.Int64), why=pl.lit(why))


def _places(days: pl.Series) -> Days:
    return days.to_physical().cast(pl.Int64).to_numpy()


def _day(place: int) -> date:
    return date.fromordinal(place + _EPOCH)


def _spreads(found: TakenApart, numbers: Numbers) -> Numbers:
    """How far each amount of a derived piece may be off; nothing for what a row says itself."""
    half = np.array([printed_step(column) / 2.0 for column in numbers.T])
    reach = np.empty((len(found.pieces), len(half)))
    for at, piece in enumerate(found.pieces):
        reach[at] = half + reach[list(piece.parts)].sum(axis=0)
    derived = np.array([bool(piece.parts) for piece in found.pieces], dtype=bool)
    return np.where(derived[:, None] & (half > 0.0), reach, np.nan)


def _said(low: Days, high: Days, ends: Sequence[tuple[date, date]], whole: int, parts: Sequence[int]) -> str | None:
    """What was taken from what, in days; parts that follow one another are told as one."""
    if not parts:
        return None
    runs: list[tuple[date, date]] = []
    for start, end in (ends[part] for part in parts):
        if runs and (start - runs[-1][1]).days == 1:
            runs[-1] = (runs[-1][0], end)
        else:
            runs.append((start, end))
    less = " and ".join(f"{start}/{end}" for start, end in runs)
    return f"{_day(int(low[whole]))}/{_day(int(high[whole]))} less {less}"
