"""The polars way: expressions, windows, as-of joins, groups."""

import numpy as np
import polars as pl

from bench_set import BenchSet
from peers import loop_way, whole_way
from peers.numpy_way import Arrays

CUTOFF, LEAST, WASTE = 0.5, 2.0, 3.0
NOISE = 1e-9
REACH = 1e5
"""More than the depth of any hole."""

MANY = 2**20
"""More than the bins of any hole."""

STEPS = 1e11
"""Steps of a running sum in one unit of it."""

PLACE = ("easting_m", "northing_m", "elevation_m")


def prepare(tables: BenchSet) -> BenchSet:
    """The tables as they are; this is not timed."""
    return tables


def stations(tables: BenchSet) -> pl.LazyFrame:
    """Of each station: its direction ``t``, the normal ``n`` of its arc, the arc's curvature ``k``, its place ``p``."""
    azimuth, dip = pl.col("azimuth_deg").radians(), pl.col("dip_deg").radians()
    frame = tables.surveys.lazy().with_columns(
        t0=dip.cos() * azimuth.sin(), t1=dip.cos() * azimuth.cos(), t2=dip.sin(), station=pl.col("depth_m")
    )
    following = [pl.col(f"t{axis}").shift(-1).over("hole").alias(f"s{axis}") for axis in range(3)]
    frame = frame.with_columns(*following, length=pl.col("depth_m").shift(-1).over("hole") - pl.col("depth_m"))
    apart = sum((pl.col(f"s{axis}") - pl.col(f"t{axis}")) ** 2 for axis in range(3)).sqrt()
    together = sum((pl.col(f"s{axis}") + pl.col(f"t{axis}")) ** 2 for axis in range(3)).sqrt()
    frame = frame.with_columns(beta=(2.0 * pl.arctan2(apart, together)).fill_null(0.0))
    beta = pl.col("beta")
    straight = beta < 1e-9
    factor = pl.when(straight).then(1.0).otherwise(2.0 * (beta / 2.0).tan() / beta)
    step = [
        (pl.col("length") / 2.0 * factor * (pl.col(f"t{axis}") + pl.col(f"s{axis}"))).fill_null(0.0).alias(f"d{axis}")
        for axis in range(3)
    ]
    normal = [
        pl.when(straight).then(0.0).otherwise((pl.col(f"s{axis}") - pl.col(f"t{axis}") * beta.cos()) / beta.sin())
        for axis in range(3)
    ]
    curvature = pl.when(straight).then(0.0).otherwise(beta / pl.col("length"))
    frame = frame.with_columns(*step, *(each.alias(f"n{axis}") for axis, each in enumerate(normal)), k=curvature)
    frame = frame.join(tables.collars.lazy().select("hole", *PLACE), on="hole", maintain_order="left")
    laid = [
        (pl.col(name) + (pl.col(f"d{axis}").cum_sum() - pl.col(f"d{axis}")).over("hole")).alias(f"p{axis}")
        for axis, name in enumerate(PLACE)
    ]
    parts = [f"{part}{axis}" for part in "tn" for axis in range(3)]
    return frame.select("hole", "depth_m", "station", "k", *parts, *laid)


def desurvey(tables: BenchSet) -> pl.DataFrame:
    """East, north and up of the middle of each sample: the station above it by an as-of join, then the arc."""
    samples = tables.assays.lazy().select("hole", "from_m", "to_m", depth_m=(pl.col("from_m") + pl.col("to_m")) / 2.0)
    joined = samples.join_asof(stations(tables), on="depth_m", by="hole", strategy="backward", check_sortedness=False)
    return _placed(joined).collect()


def _placed(joined: pl.LazyFrame) -> pl.LazyFrame:
    d, k = pl.col("depth_m") - pl.col("station"), pl.col("k")
    frame = joined.with_columns(
        along=pl.when(k > 0.0).then((d * k).sin() / k).otherwise(d),
        aside=pl.when(k > 0.0).then((1.0 - (d * k).cos()) / k).otherwise(0.0),
    )
    places = [
        (pl.col(f"p{axis}") + pl.col("along") * pl.col(f"t{axis}") + pl.col("aside") * pl.col(f"n{axis}")).alias(name)
        for axis, name in enumerate(PLACE)
    ]
    return frame.select("hole", "from_m", "to_m", "depth_m", *places)


def desurvey_by_key(tables: BenchSet) -> pl.DataFrame:
    """The same without an as-of join: hole and depth as one sorted number, and a search for each station only."""
    laid = stations(tables).collect()
    numbers = tables.collars.select("hole").with_row_index("number")
    middle = (pl.col("from_m") + pl.col("to_m")) / 2.0
    samples = tables.assays.select("hole", "from_m", "to_m", middle.alias("depth_m"))
    key = samples.select(pl.col("hole").rle_id() * REACH + pl.col("depth_m"))[:, 0]
    wanted = laid.select("hole", "depth_m").join(numbers, on="hole", maintain_order="left")
    at = key.search_sorted(wanted.select(pl.col("number") * REACH + pl.col("depth_m"))[:, 0])
    counts = at.to_frame("at").select((pl.col("at").shift(-1, fill_value=samples.height) - pl.col("at")).alias("count"))
    used = laid.with_columns(counts).filter(pl.col("count") > 0)
    row = used.select(pl.int_range(pl.len()).repeat_by("count").explode())[:, 0]
    beside = used.drop("hole", "depth_m", "count")[row]
    return _placed(pl.concat([samples, beside], how="horizontal").lazy()).collect()


def composites(tables: BenchSet, of: tuple[str, ...], length: float) -> pl.DataFrame:
    """Hole, from, to, and for each variable grade and assayed length, of composites with at least half assayed.

    Each sample stands once for each bin that it touches. Hole and bin are one number, which rises from row to row; so
    told, polars takes the rows of a bin as a slice.
    """
    first = (pl.col("from_m") / length).floor().cast(pl.Int64)
    last = (pl.col("to_m") / length).ceil().cast(pl.Int64)
    low = pl.col("bin") * length
    overlap = pl.min_horizontal("to_m", low + length) - pl.max_horizontal("from_m", low)
    pieces = (
        tables.assays.lazy()
        .select("from_m", "to_m", *of, number=pl.col("hole").rle_id().cast(pl.Int64), bin=pl.int_ranges(first, last))
        .explode("bin")
        .select((pl.col("number") * MANY + pl.col("bin")).alias("key").set_sorted(), "to_m", *of, w=overlap)
    )
    return _averaged(pieces, of, length, tables.collars["hole"])


def composites_in_turns(tables: BenchSet, of: tuple[str, ...], length: float) -> pl.DataFrame:
    """The same without lists: one frame for the first bin of each sample, one for the second, and so on."""
    first = (pl.col("from_m") / length).floor().cast(pl.Int64)
    count = (pl.col("to_m") / length).ceil().cast(pl.Int64) - first
    number = pl.col("hole").rle_id().cast(pl.Int64)
    samples = tables.assays.select("from_m", "to_m", *of, number=number, bin=first, count=count)
    parts = []
    for turn in range(samples["count"].max()):
        part = samples.lazy() if turn == 0 else samples.lazy().filter(pl.col("count") > turn)
        here = pl.col("bin") + turn
        overlap = pl.min_horizontal("to_m", (here + 1) * length) - pl.max_horizontal("from_m", here * length)
        parts.append(part.select((pl.col("number") * MANY + here).alias("key"), "to_m", *of, w=overlap))
    return _averaged(pl.concat(parts), of, length, tables.collars["hole"])


def _averaged(pieces: pl.LazyFrame, of: tuple[str, ...], length: float, names: pl.Series) -> pl.DataFrame:
    """The sums of each bin."""
    w = pl.col("w")
    pieces = pieces.with_columns(
        *((pl.col(name) * w).alias(name) for name in of),
        *((w * pl.col(name).is_not_null()).alias(f"{name}_assayed_m") for name in of),
    )
    sums = [pl.col(each).sum() for name in of for each in (name, f"{name}_assayed_m")]
    grouped = pieces.group_by("key").agg(*sums, end=pl.col("to_m").max())
    return _graded(grouped, of, length, names).sort("hole", "from_m").collect()


def _graded(sums: pl.LazyFrame, of: tuple[str, ...], length: float, names: pl.Series) -> pl.LazyFrame:
    """Bins that are assayed by half, with their grades."""
    low = pl.col("key") % MANY * length
    whole = pl.min_horizontal(pl.col("end"), low + length) - low
    enough = [pl.col(f"{name}_assayed_m") >= 0.5 * whole - NOISE for name in of]
    grades = [
        pl.when(good).then(pl.col(name) / pl.col(f"{name}_assayed_m")).alias(name)
        for name, good in zip(of, enough, strict=True)
    ]
    columns = [each for name in of for each in (name, f"{name}_assayed_m")]
    hole = pl.lit(names).gather(pl.col("key") // MANY)
    return (
        sums.filter(pl.any_horizontal(enough))
        .with_columns(*grades, hole=hole, from_m=low, to_m=low + whole)
        .select("hole", "from_m", "to_m", *columns)
    )


def composites_by_differences(tables: BenchSet, of: tuple[str, ...], length: float) -> pl.DataFrame:
    """The same without groups: running sums of the pieces, and the difference from the end of one bin to the next.

    The sums run in whole steps of 1e-11, since two large sums of floats would differ by more than the pieces between
    them allow.
    """
    first = (pl.col("from_m") / length).floor().cast(pl.Int64)
    last = (pl.col("to_m") / length).ceil().cast(pl.Int64)
    low = pl.col("bin") * length
    overlap = pl.min_horizontal("to_m", low + length) - pl.max_horizontal("from_m", low)
    sums = [
        (each * STEPS).round().cast(pl.Int64).cum_sum()
        for name in of
        for each in (
            (pl.col(name) * pl.col("w")).fill_null(0.0),
            (pl.col("w") * pl.col(name).is_not_null()).alias(f"{name}_assayed_m"),
        )
    ]
    columns = [each for name in of for each in (name, f"{name}_assayed_m")]
    return (
        tables.assays.lazy()
        .select("from_m", "to_m", *of, number=pl.col("hole").rle_id().cast(pl.Int64), bin=pl.int_ranges(first, last))
        .explode("bin")
        .with_columns(w=overlap)
        .select((pl.col("number") * MANY + pl.col("bin")).alias("key"), pl.col("to_m").alias("end"), *sums)
        .filter(pl.col("key") != pl.col("key").shift(-1, fill_value=-1))
        .with_columns((pl.col(each) - pl.col(each).shift(1, fill_value=0)) / STEPS for each in columns)
        .pipe(_graded, of, length, tables.collars["hole"])
        .collect()
    )


def runs(tables: BenchSet) -> pl.DataFrame:
    """Runs of samples at the cut-off that are long enough, without dilution: hole, from, to, length, metal."""
    ore = tables.assays.lazy().select("hole", "from_m", "to_m", "au_gpt").filter(pl.col("au_gpt") >= CUTOFF)
    apart = (pl.col("from_m") != pl.col("to_m").shift()) | (pl.col("hole") != pl.col("hole").shift())
    length = pl.col("to_m") - pl.col("from_m")
    return (
        ore.with_columns(run=apart.fill_null(value=True).cum_sum().set_sorted(), metal=length * pl.col("au_gpt"))
        .group_by("run", maintain_order=True)
        .agg(pl.col("hole", "from_m").first(), pl.col("to_m").last(), pl.col("metal").sum())
        .select("hole", "from_m", "to_m", "metal", length_m=length)
        .filter(pl.col("length_m") >= LEAST - NOISE)
        .collect()
    )


def merged(tables: BenchSet) -> pl.DataFrame:
    """Runs joined over waste of at most 3 m while the mean stays at the cut-off: hole, from, to, length, metal.

    First all runs that such waste joins, where the mean of the whole is high enough. Of the others, neighbours are
    joined pair by pair as long as a pair has the mean, from the top of each chain of pairs. What it does not do: look
    for the best of all choices (a pair is never taken apart again, three that would do together are not found when no
    two of them do), and give the same from the bottom.
    """
    whole, parts = _islands(tables)
    while True:
        can = (pl.col("island") == pl.col("island").shift(-1)) & (
            pl.col("high").shift(-1) - pl.col("low") >= CUTOFF * (pl.col("to_m").shift(-1) - pl.col("from_m")) - NOISE
        )
        parts = parts.with_columns(can=can.fill_null(value=False))
        if not parts["can"].any():
            break
        parts = parts.with_columns(chain=pl.col("can").rle_id())
        turn = (pl.int_range(pl.len()).over("chain") % 2 == 0) & pl.col("can")
        parts = parts.with_columns(joins=turn)
        parts = parts.with_columns(
            pl.when("joins").then(pl.col(each).shift(-1)).otherwise(pl.col(each)).alias(each)
            for each in ("to_m", "high")
        ).filter(~pl.col("joins").shift(1, fill_value=False))
    columns = ["hole", "from_m", "to_m", "low", "high"]
    length = pl.col("to_m") - pl.col("from_m")
    return (
        pl.concat([whole.select(columns), parts.select(columns)])
        .select("hole", "from_m", "to_m", metal=pl.col("high") - pl.col("low"), length_m=length)
        .filter(pl.col("length_m") >= LEAST - NOISE)
        .sort("hole", "from_m")
    )


def _islands(tables: BenchSet) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Islands that are rich enough as a whole, and the runs of the others, with the running metal at both ends."""
    length = pl.col("to_m") - pl.col("from_m")
    held = length * pl.col("au_gpt").fill_null(0.0)
    gap = (pl.col("from_m") != pl.col("to_m").shift()) | (pl.col("hole") != pl.col("hole").shift())
    ore = (
        tables.assays.lazy()
        .select(
            "hole", "from_m", "to_m", "au_gpt", low=held.cum_sum() - held, high=held.cum_sum(), stretch=gap.cum_sum()
        )
        .filter(pl.col("au_gpt") >= CUTOFF)
    )
    apart = (pl.col("from_m") != pl.col("to_m").shift()) | (pl.col("stretch") != pl.col("stretch").shift())
    ends = [pl.col("hole", "from_m", "low").first(), pl.col("to_m", "high").last()]
    run = ore.with_columns(run=apart.fill_null(value=True).cum_sum().set_sorted()).group_by("run", maintain_order=True)
    found = run.agg(*ends, pl.col("stretch").first())
    far = (pl.col("from_m") - pl.col("to_m").shift() > WASTE + NOISE) | (pl.col("stretch") != pl.col("stretch").shift())
    found = found.with_columns(island=far.fill_null(value=True).cum_sum().set_sorted()).collect()
    islands = found.lazy().group_by("island", maintain_order=True).agg(*ends)
    rich = pl.col("high") - pl.col("low") >= CUTOFF * length - NOISE
    islands = islands.with_columns(rich=rich).collect()
    poor = islands.select(pl.col("island").filter(~pl.col("rich")))
    return islands.filter("rich"), found.join(poor, on="island", how="semi", maintain_order="left")


def looped(tables: BenchSet) -> pl.DataFrame:
    """The best intersections, by a function of plain Python for each hole."""
    groups = tables.assays.select("hole", "from_m", "to_m", "au_gpt").group_by("hole", maintain_order=True)
    return groups.map_groups(loop_way.of_group)


def whole_intersections(tables: BenchSet) -> pl.DataFrame:
    """The best intersections with all columns, by arrays in lock step."""
    return pl.DataFrame(whole_way.intersections(_arrays(tables, "au_gpt")))


def whole_composites(tables: BenchSet, of: tuple[str, ...], length: float) -> pl.DataFrame:
    """Composites with all columns, by arrays, and a frame of those that are not given."""
    found, rejected = whole_way.composites(_arrays(tables, *of), of, length)
    pl.DataFrame(rejected)
    return pl.DataFrame(found)


def whole_desurvey(tables: BenchSet) -> pl.DataFrame:
    """Places with remarks: what ``desurvey_by_key`` finds, none beyond the end of a hole."""
    hole = tables.assays["hole"].to_physical()
    beyond = pl.col("depth_m").round(3) > pl.col("end").round(3)
    remark = pl.when(beyond).then(pl.lit("beyond the end of the hole")).alias("remark")
    places = [pl.when(~beyond).then(pl.col(name)).alias(name) for name in PLACE]
    placed = desurvey_by_key(tables).with_columns(tables.collars["depth_m"].gather(hole).alias("end"))
    return placed.with_columns(*places, remark).drop("end")


def _arrays(tables: BenchSet, *grades: str) -> Arrays:
    """The samples as arrays, whose holes are the numbers of an Enum."""
    none = np.empty((3, 0))
    hole, start, end = tables.assays["hole"].to_physical(), tables.assays["from_m"], tables.assays["to_m"]
    values = {name: tables.assays[name].fill_null(float("nan")).to_numpy() for name in grades}
    return Arrays(none, none[0], none, hole.to_numpy(), start.to_numpy(), end.to_numpy(), values)
