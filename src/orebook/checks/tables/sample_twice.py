"""Numbers of samples that occur twice."""

from collections.abc import Iterator

import numpy as np
import polars as pl

from orebook.checks.table_rule import Faults, Row, Tables, table_rule
from orebook.checks.table_saying import many, some
from orebook.checks.table_views import holes, names, thousandths


@table_rule("T309", on="intervals", basis="one number is on one bag")
def sample_twice(tables: Tables) -> Iterator[Faults]:
    """Two intervals have the same sample number.

    What it does:
    Compares the sample numbers of all rows of assays. Rows of one and the same interval are no fault here. Where the
    certificates differ it is a warning, because laboratories and years may count anew; else an error.

    Why it matters:
    The laboratory answers by sample number. With two bags of one number nobody knows whose grade it is.

    Flagged:

        collars
        hole,easting_m,northing_m
        CL20037,1000.0,2000.0

        assays
        hole,from_m,to_m,sample,cu_pct
        CL20037,10.0,12.0,E551201,0.12
        CL20037,12.0,14.0,E551201,0.20

    Fine:

        collars
        hole,easting_m,northing_m
        CL20037,1000.0,2000.0

        assays
        hole,from_m,to_m,sample,cu_pct
        CL20037,10.0,12.0,E551201,0.12
        CL20037,12.0,14.0,E551202,0.20

    Help:
    Compare with the sample sheet and the certificate.
    """
    ends = [tables.key("from"), tables.key("to")]
    if not tables.has("assays", "hole", "sample", *ends):
        return
    groups = _groups(tables, ends)

    def say(row: Row) -> str:
        known = [names(tables)[at] for at in row["at"] if at is not None]
        return f"sample {row['sample']} is {many(row['places'], 'interval')} of {some(known)}; one bag is one interval"

    apart = pl.col("batches") == pl.col("line").list.len()
    yield Faults("error", groups.filter(~apart), say, {"assays": "line"}, ("sample",))
    yield Faults("warning", groups.filter(apart), say, {"assays": "line"}, ("sample", "certificate"))


def _repeated(numbers: pl.Series) -> pl.Series:
    """Whether each number may occur again: equal ones have equal hashes, and those of millions are quickly sorted."""
    hashes = numbers.hash()
    in_order = np.sort(hashes.to_numpy())
    again = in_order[1:][in_order[1:] == in_order[:-1]]
    return hashes.is_in(pl.Series(np.unique(again), dtype=pl.UInt64).implode())


def _groups(tables: Tables, ends: list[str]) -> pl.DataFrame:
    """Sample numbers of several intervals: their lines, their holes, how many intervals and certificates."""
    frame = tables.frame("assays")
    number = pl.col("sample").cast(pl.String).str.strip_chars()
    certificate = pl.col("certificate").cast(pl.String) if "certificate" in frame.columns else pl.lit(None, pl.String)
    view = frame.select(number, certificate.alias("certificate"), *(thousandths(end) for end in ends))
    again = _repeated(view["sample"]) & view["sample"].is_not_null() & (view["sample"] != "")
    view = view.with_columns(holes(tables, "assays"), pl.int_range(2, pl.len() + 2, dtype=pl.UInt32).alias("line"))
    return (
        view.filter(again)
        .group_by("sample")
        .agg(
            pl.col("line").sort(),
            pl.col("at").unique(maintain_order=True),
            places=pl.struct("at", *ends).n_unique(),
            batches=pl.col("certificate").n_unique(),
        )
        .filter(pl.col("places") > 1)
        .sort(pl.col("line").list.first())
    )
