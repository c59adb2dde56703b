"""Survey choice: which of several surveys of a hole counts at which depth, by a ranking of the methods."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from orebook.disciplines.drilling.flat import Ints, thousandths
from orebook.disciplines.drilling.surveying.stations import faults
from orebook.ground.schema import length_unit


@dataclass(frozen=True, slots=True)
class SurveyChoice:
    """Surveys with the column ``chosen``, and which method counts where.

    ``surveys`` has every row that came, with ``chosen`` and ``why_not`` (nothing for a row that is chosen); desurveying
    takes the rows that are chosen. ``ranges`` has one row for each stretch of a hole that one method decides: hole,
    method, depth of its first and last station there (from, to) and their number.
    """

    surveys: pl.DataFrame
    ranges: pl.DataFrame


def choose_surveys(surveys: pl.DataFrame, ranking: Sequence[str], *, gap: float | None = None) -> SurveyChoice:
    """The surveys that count, where holes were surveyed by several methods.

    ``ranking`` names the methods, the best first; an empty name stands for rows without a method. In each hole the best
    method counts from its first to its last station, the next best above and below that, and so on. With ``gap``, in
    the unit of the depths, a better method does not cover a stretch between two of its stations that are further apart.
    A method that the ranking does not name (``planned``, say) never counts. Of two measurements by one method at one
    depth the later date counts. No row is lost; the columns ``chosen`` and ``why_not`` say what became of it. Raises
    ``ValueError`` for an empty ranking, or one that names a method twice. Source: handbook 3.5.

    >>> table = pl.DataFrame({"hole": ["A"] * 4, "depth_m": [0, 50, 100, 150], "azimuth_deg": [10, 12, 13, 15],
    ...     "dip_deg": [-60] * 4, "method": ["single-shot", "gyro", "gyro", "single-shot"]})
    >>> chosen = choose_surveys(table, ["gyro", "single-shot"])
    >>> chosen.ranges.rows()
    [('A', 'single-shot', 0.0, 0.0, 1), ('A', 'gyro', 50.0, 100.0, 2), ('A', 'single-shot', 150.0, 150.0, 1)]
    """
    names = [_name(method) for method in ranking]
    if not names or len({*names}) < len(names):
        raise ValueError("a ranking names each method once, the best first, and at least one")
    depth = f"depth_{length_unit(surveys.columns, 'depth')}"
    table = _ranked(surveys, names, depth)
    reach = np.inf if gap is None else round(gap * 1000)
    table = table.with_columns(pl.Series("covered", _best(table, len(names), reach)))
    better = pl.when(pl.col("covered") < pl.col("rank")).then(pl.lit("covered by ") + _named(ranking, "covered"))
    why_not = pl.coalesce("reason", better).alias("why_not")
    table = table.with_columns(why_not, _named(ranking, "rank").alias("method")).sort("row")
    chosen = table.select(pl.col("why_not").is_null().alias("chosen"), "why_not")
    return SurveyChoice(surveys.with_columns(chosen), _ranges(table.filter(pl.col("why_not").is_null()), depth))


def _name(method: str) -> str:
    return method.strip().casefold()


def _named(ranking: Sequence[str], rank: str) -> pl.Expr:
    words = {place: method or "no method" for place, method in enumerate(ranking)}
    return pl.col(rank).replace_strict(words, default=None, return_dtype=pl.String)


def _ranked(surveys: pl.DataFrame, names: list[str], depth: str) -> pl.DataFrame:
    """Rows by hole, rank and depth, with the reason why one cannot count whatever the others are."""
    method = pl.col("method").cast(pl.String).str.strip_chars().str.to_lowercase().fill_null("")
    said = method if "method" in surveys.columns else pl.lit("")
    ranks = dict(zip(names, range(len(names)), strict=True))
    table = surveys.select(
        pl.int_range(pl.len()).alias("row"),
        pl.col("hole").cast(pl.String),
        pl.col(depth).cast(pl.Float64, strict=False),
        said.replace_strict(ranks, default=None, return_dtype=pl.Int64).alias("rank"),
        (pl.col("date").cast(pl.String) if "date" in surveys.columns else pl.lit(None, dtype=pl.String)).alias("date"),
        faults(surveys).alias("fault"),
    )
    unranked = pl.when(pl.col("rank").is_null()).then(pl.lit("method not in the ranking"))
    table = table.with_columns(pl.coalesce("fault", unranked).alias("reason"))
    table = table.with_columns(pl.Series("at", thousandths(table[depth].fill_null(0.0))))
    table = table.with_columns(pl.col("reason").is_not_null().alias("unfit"))
    table = table.sort("hole", "rank", "at", "unfit", "date", descending=[False] * 4 + [True], nulls_last=True)
    same = [pl.col(name) == pl.col(name).shift() for name in ("hole", "rank", "at")]
    first = pl.col("reason").is_null() & ~pl.all_horizontal(same).fill_null(value=False)
    again = pl.when(~first).then(pl.lit("measured again at this depth"))
    return table.with_columns(pl.coalesce("reason", again).alias("reason"))


def _best(table: pl.DataFrame, ranks: int, reach: float) -> Ints:
    """The best rank whose stations cover each row; two further apart than ``reach`` do not cover what is between."""
    far = 1 << 40  # more thousandths than any hole is long
    hole = table["hole"].rank("dense").fill_null(0).to_numpy().astype(np.int64)
    places, rank = hole * far + table["at"].to_numpy(), table["rank"].fill_null(-1).to_numpy()
    usable, found = table["reason"].is_null().to_numpy(), np.full(table.height, ranks)
    for each in reversed(range(ranks)):
        own = places[usable & (rank == each)]
        broken = np.diff(own) > min(reach, far // 2)
        starts, ends = own[np.append(True, broken)[: len(own)]], own[np.append(broken, True)[: len(own)]]
        if len(own):
            before = np.searchsorted(starts, places, side="right") - 1
            found[(before >= 0) & (places <= ends[before])] = each
    return found


def _ranges(used: pl.DataFrame, depth: str) -> pl.DataFrame:
    """Stretches of holes that one method decides."""
    unit = depth.removeprefix("depth_")
    used = used.sort("hole", "at")
    stretch = used.select(pl.struct("hole", "rank").rle_id().alias("stretch"))["stretch"]
    grouped = used.with_columns(stretch).group_by("stretch", maintain_order=True)
    columns = [pl.col("hole").first(), pl.col("method").first(), pl.col(depth).first().alias(f"from_{unit}")]
    return grouped.agg(
        *columns, pl.col(depth).last().alias(f"to_{unit}"), pl.len().cast(pl.Int64).alias("stations")
    ).drop("stretch")
