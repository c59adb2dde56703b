"""The polars way: expressions, windows, as-of joins, groups."""

import polars as pl
from bench_set import BenchSet

CUTOFF, LEAST, WASTE = 0.5, 2.0, 3.0
NOISE = 1e-9
PLACE = ("easting_m", "northing_m", "elevation_m")


def prepare(tables: BenchSet) -> BenchSet:
    """The tables as they are; this is not timed."""
    return tables


def stations(tables: BenchSet) -> pl.LazyFrame:
    """Of each station: its direction ``t``, the normal ``n`` of the arc that leaves it, its curvature ``k``, its place."""
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
    joined = samples.join_asof(
        stations(tables), on="depth_m", by="hole", strategy="backward", check_sortedness=False
    )
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
    key = samples.select(pl.col("hole").rle_id() * 1e5 + pl.col("depth_m"))[:, 0]
    wanted = laid.select("hole", "depth_m").join(numbers, on="hole", maintain_order="left")
    at = key.search_sorted(wanted.select(pl.col("number") * 1e5 + pl.col("depth_m"))[:, 0])
    turn = pl.Series([0], dtype=pl.UInt32).new_from_index(0, samples.height).scatter(at.filter(at < samples.height), 1)
    row = turn.cum_sum() - 1
    return _placed(pl.concat([samples, laid.drop("hole", "depth_m")[row]], how="horizontal").lazy()).collect()


def composites(tables: BenchSet, of: tuple[str, ...], length: float) -> pl.DataFrame:
    """Hole, from, to, and for each variable grade and assayed length, of composites with at least half assayed.

    Each sample once for each bin that it touches, one frame for the first of them, one for the second, and so on; the
    bins then stand as groups.
    """
    first = (pl.col("from_m") / length).floor().cast(pl.Int32)
    count = (pl.col("to_m") / length).ceil().cast(pl.Int32) - first
    samples = tables.assays.select("hole", "from_m", "to_m", *of, bin=first, count=count)
    parts = []
    for turn in range(samples["count"].max()):
        part = samples.lazy() if turn == 0 else samples.lazy().filter(pl.col("count") > turn)
        here = (pl.col("bin") + turn).cast(pl.Int32)
        low = here * length
        overlap = pl.min_horizontal("to_m", low + length) - pl.max_horizontal("from_m", low)
        parts.append(part.select("hole", here.alias("bin"), overlap.alias("w"), "to_m", *of))
    return _averaged(pl.concat(parts), of, length).collect()


def composites_exploded(tables: BenchSet, of: tuple[str, ...], length: float) -> pl.DataFrame:
    """The same with a list of bins for each sample, exploded."""
    first = (pl.col("from_m") / length).floor().cast(pl.Int32)
    last = (pl.col("to_m") / length).ceil().cast(pl.Int32)
    low = pl.col("bin") * length
    overlap = pl.min_horizontal("to_m", low + length) - pl.max_horizontal("from_m", low)
    pieces = (
        tables.assays.lazy()
        .select("hole", "from_m", "to_m", *of, bin=pl.int_ranges(first, last, dtype=pl.Int32))
        .explode("bin")
        .select("hole", "bin", "to_m", *of, w=overlap)
    )
    return _averaged(pieces, of, length).collect()


def _averaged(pieces: pl.LazyFrame, of: tuple[str, ...], length: float) -> pl.LazyFrame:
    metal = [(pl.col(name) * pl.col("w")).sum().alias(name) for name in of]
    assayed = [pl.col("w").filter(pl.col(name).is_not_null()).sum().alias(f"{name}_assayed_m") for name in of]
    grouped = pieces.group_by("hole", "bin").agg(*metal, *assayed, end=pl.col("to_m").max())
    low = pl.col("bin") * length
    whole = pl.min_horizontal(pl.col("end"), low + length) - low
    enough = [pl.col(f"{name}_assayed_m") >= 0.5 * whole - NOISE for name in of]
    grades = [
        pl.when(good).then(pl.col(name) / pl.col(f"{name}_assayed_m")).alias(name)
        for name, good in zip(of, enough, strict=True)
    ]
    columns = [each for name in of for each in (name, f"{name}_assayed_m")]
    return (
        grouped.filter(pl.any_horizontal(enough))
        .with_columns(*grades, from_m=low, to_m=low + whole)
        .select("hole", "from_m", "to_m", *columns)
        .sort("hole", "from_m")
    )


def runs(tables: BenchSet) -> pl.DataFrame:
    """Runs of samples at the cut-off that are long enough, without dilution: hole, from, to, length, metal."""
    return _runs(tables).filter(pl.col("length") >= LEAST - NOISE).collect()


def _runs(tables: BenchSet) -> pl.LazyFrame:
    ore = tables.assays.lazy().select("hole", "from_m", "to_m", "au_gpt").filter(pl.col("au_gpt") >= CUTOFF)
    apart = (pl.col("from_m") != pl.col("to_m").shift()) | (pl.col("hole") != pl.col("hole").shift())
    length = pl.col("to_m") - pl.col("from_m")
    run = apart.fill_null(value=True).cum_sum()
    return (
        ore.with_columns(run=run, length=length, metal=length * pl.col("au_gpt"))
        .group_by("run", maintain_order=True)
        .agg(
            pl.col("hole").first(),
            pl.col("from_m").first(),
            pl.col("to_m").last(),
            pl.col("length").sum(),
            pl.col("metal").sum(),
        )
        .drop("run")
    )
