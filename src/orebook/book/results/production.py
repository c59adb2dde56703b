"""Production: what each mine made in every period, and the company's share of it."""

from collections.abc import Iterator, Mapping

import polars as pl

from orebook.book.bench import Bench, Made
from orebook.book.mill_rests import guidance_rests, mill_rests
from orebook.book.prepared import words
from orebook.book.tenures import company
from orebook.disciplines.production.comparing import compared, factors
from orebook.disciplines.production.guidance import against_guidance
from orebook.disciplines.production.mill_figures import MillFigures, mill_figures
from orebook.disciplines.production.mined_figures import MinedFigures, mined_figures


def make(bench: Bench) -> Made:
    """Ore, throughput, grades, recoveries and metal of every mine by month, quarter, half, nine months and year.

    On the 100 % basis and, with the table ``interests``, attributable; each mine, each ore source, and all together;
    with ``mined`` also ore and waste that left the mine. Beside it the year before, the factors of each change, and
    guidance against what came.
    """
    made, mined = mill_made(bench), _mined(bench)
    figures = pl.concat([made.figures, mined.figures]) if mined else made.figures
    left = made.left_out.with_columns(table=pl.lit("mill"))
    if mined:
        left = pl.concat([left, mined.left_out.with_columns(table=pl.lit("mined"))])
    parts = {
        "production": figures,
        "production_compared": compared(figures),
        "production_factors": factors(figures),
        "production_left_out": left,
        "production_sums": made.sums,
        "production_rests": mill_rests(),
    }
    guidance = bench.table("guidance")
    if guidance is not None:
        parts["production_guidance"] = against_guidance(guidance, figures, company(bench))
        parts["production_guidance_rests"] = guidance_rests()
    said = {"production": dict(bench.said("production")), "fiscal_year_end": bench.settings.fiscal_year_end}
    return Made(parts, said, tuple(_remarks(figures, left)))


def _remarks(figures: pl.DataFrame, left: pl.DataFrame) -> Iterator[str]:
    if left.height:
        yield f"{left.height} rows left out; see production_left_out"
    if short := figures.filter(pl.col("coverage") < 1.0).select("subject", "period").unique().height:
        yield f"{short} periods lack days; see coverage"


def _mined(bench: Bench) -> MinedFigures | None:
    mined, waste = bench.table("mined"), words(bench.said("production"), "waste")
    if mined is None:
        return None
    try:
        return mined_figures(mined, year_end=bench.settings.fiscal_year_end, waste=waste or None)
    except ValueError as problem:
        raise bench.wrong("issuer.fiscal_year_end", str(problem)) from None


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
