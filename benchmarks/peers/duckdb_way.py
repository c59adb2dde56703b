"""The DuckDB way: one SQL statement a task, over tables in memory whose holes are an enumeration, into a table."""

from pathlib import Path

import duckdb

from bench_set import BenchSet

Connection = duckdb.DuckDBPyConnection

CUTOFF, LEAST, WASTE, NOISE = 0.5, 2.0, 3.0, 1e-9
PLACE = ("easting_m", "northing_m", "elevation_m")


def prepare(folder: Path, holes: int) -> Connection:
    """The tables of the set in a database in memory; this is not timed. ``holes`` is how many of them."""
    base = duckdb.connect()
    collars = f"(select * from read_parquet('{folder}/collars.parquet') order by hole limit {holes})"
    base.execute(f"create type hole_name as enum (select hole from {collars} order by hole)")
    for name in BenchSet._fields:
        if name == "collars":
            source = collars
        else:
            source = f"(select * from read_parquet('{folder}/{name}.parquet') where hole in (select hole from collars))"
        depth = {"collars": "hole", "surveys": "hole, depth_m", "assays": "hole, from_m"}[name]
        base.execute(
            f"create table {name} as select hole::hole_name as hole, * exclude (hole) from {source} order by {depth}"
        )
    return base


STATIONS = """
with pointed as (
    select hole, depth_m, cos(radians(dip_deg)) * sin(radians(azimuth_deg)) t0,
        cos(radians(dip_deg)) * cos(radians(azimuth_deg)) t1, sin(radians(dip_deg)) t2 from surveys
), paired as (
    select *, lead(depth_m) over w - depth_m as length, lead(t0) over w s0, lead(t1) over w s1, lead(t2) over w s2
    from pointed window w as (partition by hole order by depth_m)
), turned as (
    select *, coalesce(2 * atan2(sqrt((s0 - t0) ** 2 + (s1 - t1) ** 2 + (s2 - t2) ** 2),
        sqrt((s0 + t0) ** 2 + (s1 + t1) ** 2 + (s2 + t2) ** 2)), 0) beta from paired
), stepped as (
    select *, case when beta < 1e-9 then 1 else 2 * tan(beta / 2) / beta end * length / 2 f,
        case when beta < 1e-9 then 0 else beta / length end k,
        case when beta < 1e-9 then 0 else (s0 - t0 * cos(beta)) / sin(beta) end n0,
        case when beta < 1e-9 then 0 else (s1 - t1 * cos(beta)) / sin(beta) end n1,
        case when beta < 1e-9 then 0 else (s2 - t2 * cos(beta)) / sin(beta) end n2 from turned
), stations as (
    select hole, stepped.depth_m, k, t0, t1, t2, n0, n1, n2,
        easting_m + coalesce(sum(f * (t0 + s0)) over w, 0) p0,
        northing_m + coalesce(sum(f * (t1 + s1)) over w, 0) p1,
        elevation_m + coalesce(sum(f * (t2 + s2)) over w, 0) p2
    from stepped join collars using (hole)
    window w as (partition by hole order by stepped.depth_m rows between unbounded preceding and 1 preceding)
)
"""


def desurvey(base: Connection) -> None:
    """East, north and up of the middle of each sample, into the table ``found``: an as-of join, then the arc."""
    base.execute(
        f"""create or replace temp table found as {STATIONS}
        , placed as (
            select a.hole, a.from_m, a.to_m, s.*  exclude (hole, depth_m), (a.from_m + a.to_m) / 2 - s.depth_m d
            from assays a asof join stations s on a.hole = s.hole and (a.from_m + a.to_m) / 2 >= s.depth_m
        ), arcs as (
            select *, case when k > 0 then sin(d * k) / k else d end u,
                case when k > 0 then (1 - cos(d * k)) / k else 0 end v from placed
        )
        select hole, from_m, to_m, p0 + u * t0 + v * n0 easting_m, p1 + u * t1 + v * n1 northing_m,
            p2 + u * t2 + v * n2 elevation_m from arcs"""
    )


def composites(base: Connection, of: tuple[str, ...], length: float) -> None:
    """Hole, from, to, and for each variable grade and assayed length, of composites with at least half assayed."""
    columns = ", ".join(of)
    sums = ", ".join(
        f"sum({name} * w) {name}, coalesce(sum(w) filter ({name} is not null), 0) {name}_assayed_m" for name in of
    )
    enough = [f"{name}_assayed_m >= 0.5 * whole - {NOISE}" for name in of]
    graded = ", ".join(
        f"case when {good} then {name} / {name}_assayed_m end {name}, {name}_assayed_m"
        for name, good in zip(of, enough, strict=True)
    )
    base.execute(
        f"""create or replace temp table found as
        with touched as (
            select hole, from_m, to_m, {columns},
                unnest(range((from_m / {length})::integer_floor, ceil(to_m / {length})::integer)) bin from assays
        ), pieces as (
            select hole, bin, to_m, {columns},
                least(to_m, (bin + 1) * {length}) - greatest(from_m, bin * {length}) w from touched
        ), sums as (select hole, bin, least(max(to_m), (bin + 1) * {length}) - bin * {length} whole, {sums}
            from pieces group by hole, bin)
        select hole, bin * {length} from_m, bin * {length} + whole to_m, {graded} from sums where {" or ".join(enough)}
        """.replace(f"(from_m / {length})::integer_floor", f"floor(from_m / {length})::integer")
    )


def composites_in_turns(base: Connection, of: tuple[str, ...], length: float) -> None:
    """The same without lists: one select for the first bin of each sample, one for the second, and so on."""
    columns = ", ".join(of)
    sums = ", ".join(
        f"sum({name} * w) {name}, coalesce(sum(w) filter ({name} is not null), 0) {name}_assayed_m" for name in of
    )
    enough = [f"{name}_assayed_m >= 0.5 * whole - {NOISE}" for name in of]
    graded = ", ".join(
        f"case when {good} then {name} / {name}_assayed_m end {name}, {name}_assayed_m"
        for name, good in zip(of, enough, strict=True)
    )
    count = f"ceil(to_m / {length})::integer - floor(from_m / {length})::integer"
    most = base.execute(f"select max({count}) from assays").fetchall()[0][0]
    parts = " union all ".join(
        f"select hole, floor(from_m / {length})::integer + {turn} as bin, from_m, to_m, {columns} from assays"
        + (f" where {count} > {turn}" if turn else "")
        for turn in range(most)
    )
    base.execute(
        f"""create or replace temp table found as
        with touched as ({parts}), pieces as (
            select hole, bin, to_m, {columns},
                least(to_m, (bin + 1) * {length}) - greatest(from_m, bin * {length}) w from touched
        ), sums as (select hole, bin, least(max(to_m), (bin + 1) * {length}) - bin * {length} whole, {sums}
            from pieces group by hole, bin)
        select hole, bin * {length} from_m, bin * {length} + whole to_m, {graded} from sums where {" or ".join(enough)}
        """
    )


def runs(base: Connection) -> None:
    """Runs of samples at the cut-off that are long enough, without dilution: hole, from, to, length, metal."""
    base.execute(
        f"""create or replace temp table found as
        with ore as (select hole, from_m, to_m, au_gpt * (to_m - from_m) metal from assays where au_gpt >= {CUTOFF}),
        marked as (
            select *, from_m is distinct from lag(to_m) over (partition by hole order by from_m) as head from ore
        ), numbered as (
            select *, count(*) filter (head) over (partition by hole order by from_m rows unbounded preceding) run
            from marked
        )
        select hole, min(from_m) from_m, max(to_m) to_m, max(to_m) - min(from_m) length_m, sum(metal) metal
        from numbered group by hole, run having max(to_m) - min(from_m) >= {LEAST - NOISE}"""
    )


def merged(base: Connection) -> None:
    """Runs joined over waste of at most 3 m while the mean stays at the cut-off: hole, from, to, length, metal.

    First all runs that such waste joins, where the mean of the whole is high enough. Of the others, neighbours are
    joined pair by pair as long as a pair has the mean, from the top of each chain of pairs; one statement a round. What
    it does not do: look for the best of all choices, and give the same from the bottom.
    """
    base.execute(
        f"""create or replace temp table parts as
        with held as (
            select hole, from_m, to_m, au_gpt,
                coalesce(au_gpt, 0) * (to_m - from_m) metal, from_m is distinct from lag(to_m) over w gap
            from assays window w as (partition by hole order by from_m)
        ), summed as (
            select *, sum(metal) over w high, count(*) filter (gap) over w stretch
            from held window w as (partition by hole order by from_m rows unbounded preceding)
        ), ore as (select *, high - metal low from summed where au_gpt >= {CUTOFF}),
        marked as (
            select *, from_m is distinct from lag(to_m) over w or stretch <> lag(stretch) over w head
            from ore window w as (partition by hole order by from_m)
        ), numbered as (
            select *, count(*) filter (head) over (partition by hole order by from_m rows unbounded preceding) run
            from marked
        ), found as (
            select hole, min(from_m) from_m, max(to_m) to_m, min(low) low, max(high) high, min(stretch) stretch
            from numbered group by hole, run
        ), far as (
            select *, coalesce(
                from_m - lag(to_m) over w > {WASTE + NOISE} or stretch <> lag(stretch) over w, true) apart
            from found window w as (partition by hole order by from_m)
        )
        select * exclude (stretch, apart),
            count(*) filter (apart) over (partition by hole order by from_m rows unbounded preceding) island
        from far"""
    )
    base.execute(
        f"""create or replace temp table whole as
        select hole, island, min(from_m) from_m, max(to_m) to_m, min(low) low, max(high) high,
            max(high) - min(low) >= {CUTOFF} * (max(to_m) - min(from_m)) - {NOISE} rich
        from parts group by hole, island"""
    )
    base.execute(
        """create or replace temp table parts as
        select p.* from parts p semi join (from whole where not rich) w on p.hole = w.hole and p.island = w.island"""
    )
    while _joined_pairs(base):
        pass
    base.execute(
        f"""create or replace temp table found as
        select hole, from_m, to_m, to_m - from_m length_m, high - low metal from (
            select hole, from_m, to_m, low, high from whole where rich
            union all select hole, from_m, to_m, low, high from parts
        ) where to_m - from_m >= {LEAST - NOISE}"""
    )


def _joined_pairs(base: Connection) -> bool:
    """Join pairs of neighbours once; whether there were any."""
    base.execute(
        f"""create or replace temp table pairs as
        with looked as (
            select *, lead(to_m) over w next_to, lead(high) over w next_high
            from parts window w as (partition by hole, island order by from_m)
        ), able as (
            select *, coalesce(next_high - low >= {CUTOFF} * (next_to - from_m) - {NOISE}, false) can,
                row_number() over (partition by hole, island order by from_m) turn from looked
        )
        select *, can and (turn - max(case when not can then turn else 0 end)
            over (partition by hole, island order by from_m rows unbounded preceding)) % 2 = 1 joins from able"""
    )
    if not base.execute("select bool_or(can) from pairs").fetchall()[0][0]:
        return False
    base.execute(
        """create or replace temp table parts as
        select hole, from_m, if(joins, next_to, to_m) to_m, low, if(joins, next_high, high) high, island
        from (select *, lag(joins, 1, false) over (partition by hole, island order by from_m) gone from pairs)
        where not gone"""
    )
    return True
