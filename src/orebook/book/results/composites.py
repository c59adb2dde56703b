"""Composites: samples averaged over equal lengths, over domains or over whole holes."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from orebook.book.bench import Bench, Made
from orebook.book.prepared import averaged, averages, core_samples, number, words
from orebook.disciplines.assaying.deriving import after_averaging
from orebook.disciplines.drilling.compositing.averaging import Averaging
from orebook.disciplines.drilling.compositing.composite_table import Composites
from orebook.disciplines.drilling.compositing.composites import composite, composite_optimal, composite_runs

_KINDS = ("length", "domain", "hole", "optimal")

_NO_GRADE = 1e15
"""A number beyond this is no grade in any unit, and sums of such overflow."""


def make(bench: Bench) -> Made:
    """Composites as ``[results.composites]`` says: of what, over which length, from where, with which tail."""
    return further(bench, "composites")


def further(bench: Bench, name: str) -> Made:
    """Further composites of the book; ``name`` is the table under ``[results]`` that says ``like = "composites"``."""
    said, where = bench.said(name), f"results.{name}"
    table = core_samples(bench)
    asked = words(said, "of")
    if not asked:
        raise bench.wrong(f"{where}.of", 'is missing; write the columns to average: of = ["au_gpt"]')
    of = averaged(bench, asked, table, f"{where}.of")
    _refuse_codes(bench, where, table, of)
    domains = bench.need("domains", "composites by domain") if said.get("by_domain", False) else None
    densities = bench.need("densities", "weights by density") if said.get("weights") == "density" else None
    try:
        made = _composites(bench, where, said, table, of, domains, densities)
    except ValueError as problem:
        raise bench.wrong(where, str(problem)) from None
    parts = {
        name: after_averaging(made.table, averages(bench, asked)),
        f"{name}_rejected": made.rejected,
        f"{name}_dropped": made.dropped,
        f"{name}_cut": made.cut,
    }
    remarks = [f"{part.height} rows in {key}" for key, part in list(parts.items())[1:] if part.height]
    return Made(parts, {"composites": dict(said), "derive": dict(bench.settings.derive)}, tuple(remarks))


def _refuse_codes(bench: Bench, where: str, table: pl.DataFrame, of: list[str]) -> None:
    """Refuse numbers that are no grades in any unit, and would make every mean nonsense."""
    for column in of:
        most = table[column].abs().max()
        if isinstance(most, float) and most > _NO_GRADE:
            raise bench.wrong(where, f"{column} reaches {most:g}, which is no grade; look for a wrong unit or a code")


def _composites(
    bench: Bench,
    where: str,
    said: Mapping[str, object],
    table: pl.DataFrame,
    of: list[str],
    domains: pl.DataFrame | None,
    densities: pl.DataFrame | None,
) -> Composites:
    kind = str(said.get("kind", "length"))
    rest: dict[str, Any] = {
        "of": of,
        "domains": domains,
        "densities": densities,
        "minimum_coverage": number(bench, said, "minimum_coverage", where, 0.5),
        "averaging": _averaging(said),
    }
    if kind == "length":
        more = {key: said[key] for key in ("origin", "tail") if key in said}
        return composite(table, length=number(bench, said, "length", where), **rest, **more)  # type: ignore[arg-type]
    if kind == "optimal":
        ends = {key: number(bench, said, key, where) for key in ("shortest", "longest")}
        return composite_optimal(table, target=number(bench, said, "length", where), **(rest | ends))
    if kind == "domain" and domains is None:
        rest["domains"] = bench.need("domains", "composites by domain")
    if kind not in _KINDS:
        raise ValueError(f"kind is {kind!r}; write one of {', '.join(_KINDS)}")
    return composite_runs(table, **rest)


def _averaging(said: Mapping[str, object]) -> Averaging:
    """How samples are averaged; what is not said is as usual."""
    keys = ("weights", "missing", "top_cut", "missing_density", "assigned_density")
    return Averaging(**{key: said[key] for key in keys if key in said})  # type: ignore[arg-type]
