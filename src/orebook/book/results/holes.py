"""Holes: every collar with its direction, its end, how it got its path, and how much of it was sampled."""

import polars as pl

from orebook.book.bench import Bench, Made
from orebook.book.prepared import core, laid_paths
from orebook.book.rests import Rest, rests
from orebook.disciplines.drilling.programmes import programme_figures, programmes
from orebook.disciplines.drilling.surveying.path import Paths
from orebook.ground.schema import ORIGIN


def make(bench: Bench) -> Made:
    """The collars of the book, with what follows from surveys and samples beside what was written down."""
    collars = bench.need("collars", "holes")
    paths = laid_paths(bench)
    table = collars.join(_from_paths(paths), on="hole", how="left", maintain_order="left")
    table = _pointed(table)
    assays = bench.table("assays")
    if assays is not None:
        table = table.join(_sampled(core(assays), paths.unit), on="hole", how="left", maintain_order="left")
    parts = {"holes": table.drop(*ORIGIN, strict=False)}
    if f"depth_{paths.unit}" in table.columns and table.height:
        parts["holes_programmes"] = programme_figures(programmes(table))
        parts["holes_programmes_rests"] = rests(_rest(paths.unit))
    return Made(parts, {"desurvey": dict(bench.settings.desurvey)})


def _rest(unit: str) -> Rest:
    """What the totals rest on: the collars of each programme, those of all for the total."""
    columns = (f"depth_{unit}", "station", "started", "ended")
    words = "holes counted, depths added, each hole by one rig from its first to its last day"
    return Rest("", "collars", columns, same={"programme": "programme?"}, words=words)


def _from_paths(paths: Paths) -> pl.DataFrame:
    """For each hole its direction at the collar, where it ends, and on what that rests."""
    unit = paths.unit
    start = paths.at(pl.DataFrame({"hole": paths.names, f"depth_{unit}": [0.0] * len(paths)}), outside="extend")
    end = paths.end_of_hole()
    columns = {
        "hole": paths.names,
        "start_azimuth_deg": start["azimuth_deg"],
        "start_dip_deg": start["dip_deg"],
        **{f"end_{each}_{unit}": end[f"{each}_{unit}"] for each in ("easting", "northing", "elevation")},
        "end_azimuth_deg": end["azimuth_deg"],
        "end_dip_deg": end["dip_deg"],
        f"vertical_depth_{unit}": start[f"elevation_{unit}"] - end[f"elevation_{unit}"],
        "direction_from": paths.basis["basis"],
        "stations": paths.basis["stations"],
    }
    return pl.DataFrame(columns)


def _pointed(table: pl.DataFrame) -> pl.DataFrame:
    """The direction that was written down at the collar, where there is none the one that the surveys begin with."""
    for name in ("azimuth_deg", "dip_deg"):
        start = pl.col(f"start_{name}")
        own = pl.coalesce(name, start) if name in table.columns else start
        table = table.with_columns(own.alias(name))
    return table.drop("start_azimuth_deg", "start_dip_deg")


def _sampled(assays: pl.DataFrame, unit: str) -> pl.DataFrame:
    """The length of samples in each hole, and how many."""
    length = (pl.col(f"to_{unit}") - pl.col(f"from_{unit}")).sum().alias(f"sampled_{unit}")
    return assays.group_by("hole").agg(length, pl.len().alias("samples"))
