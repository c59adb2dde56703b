"""Production: what each mine made in every period, and the company's share of it."""

from collections.abc import Iterator, Mapping

import polars as pl

from orebook.book.bench import Bench, Made
from orebook.book.mill_rests import guidance_rests, mill_rests
from orebook.book.prepared import words
from orebook.book.tenures import company
from orebook.checks.table_saying import do, many, some
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
    return Made(parts, said, tuple(_remarks(figures, left, company(bench))))


def _remarks(figures: pl.DataFrame, left: pl.DataFrame, whole: str) -> Iterator[str]:
    if left.height:
        lines = some([f"line {row + 2} of {table}" for table, row in left.select("table", "row").rows()], most=3)
        yield f"{many(left.height, 'row')} left out ({lines}); see production_left_out"
    if short := _short(figures, whole):
        listed = f"{do(len(short), 'lacks', 'lack')} days: {some(short, most=4)}"
        yield f"{many(len(short), 'period')} {listed}; see coverage of production"


def _short(figures: pl.DataFrame, whole: str) -> list[str]:
    """The shortest periods of each mine of whose days the sheet tells some and not all, between its first and last."""
    ore = figures.filter(
        pl.col("measure").is_in(["milling.ore_milled", "milling.ore_mined"]), pl.col("subject") != whole,
        pl.col("source").is_null(), pl.col("kind") != "since start",
    )  # fmt: skip
    days = (pl.col("to_day") - pl.col("from_day")).dt.total_days()
    last = pl.col("to_day").filter(pl.col("coverage") >= 1.0).max().over("subject")
    short = ore.with_columns(days=days, last=last).filter(pl.col("coverage") < 1.0, pl.col("to_day") <= pl.col("last"))
    shortest = short.filter(pl.col("kind") == pl.col("kind").sort_by("days").first().over("subject"))
    return [f"{mine} {label}" for mine, label, _ in shortest.select("subject", "period", "from_day").unique().sort(
        "subject", "from_day").rows()]  # fmt: skip


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
