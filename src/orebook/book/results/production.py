"""Production: what each mine made in every period, and the company's share of it."""

from collections.abc import Mapping

import polars as pl

from orebook.book.bench import Bench, Made
from orebook.disciplines.production.mill_figures import MillFigures, mill_figures


def make(bench: Bench) -> Made:
    """Ore, throughput, grades, recoveries and metal of every mine by month, quarter, half, nine months and year.

    On the 100 % basis and, with the table ``interests``, attributable; each mine, each ore source, and all together.
    """
    made = mill_made(bench)
    remarks = []
    if made.left_out.height:
        remarks.append(f"{made.left_out.height} rows of the mill sheet left out; see production_left_out")
    if short := made.figures.filter(pl.col("coverage") < 1.0).select("subject", "period").unique().height:
        remarks.append(f"{short} periods lack days; see coverage")
    said = bench.said("production")
    parts = {"production": made.figures, "production_left_out": made.left_out, "production_sums": made.sums}
    settings = {"production": dict(said), "fiscal_year_end": bench.settings.fiscal_year_end}
    return Made(parts, settings, tuple(remarks))


def mill_made(bench: Bench) -> MillFigures:
    """The figures of the mill sheet, made once for all results."""
    return bench.once("mill", _mill_made)


def _mill_made(bench: Bench) -> MillFigures:
    mill, said = bench.need("mill", "figures of production"), bench.said("production")
    counted_in = said.get("counted_in", {})
    try:
        return mill_figures(
            mill,
            company=company(bench),
            interests=bench.table("interests"),
            year_end=bench.settings.fiscal_year_end,
            counted_in={str(k): str(v) for k, v in counted_in.items()} if isinstance(counted_in, Mapping) else {},
        )
    except ValueError as problem:
        raise bench.wrong("results.production", str(problem)) from None


def company(bench: Bench) -> str:
    """The company whose share is attributable: ``results.production.holder``, else the issuer."""
    return str(bench.said("production").get("holder", bench.settings.issuer))
