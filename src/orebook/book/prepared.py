"""Prepared: what most results begin with: holes laid through the ground, and samples with their derived columns."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import cast, get_args

import polars as pl

from orebook.book.bench import Bench
from orebook.disciplines.assaying.definitions import DefinitionError
from orebook.disciplines.assaying.definitions import definitions as known_definitions
from orebook.disciplines.assaying.derived import derived
from orebook.disciplines.assaying.deriving import with_derived
from orebook.disciplines.assaying.quotients import QUOTIENTS, quotients
from orebook.disciplines.drilling.controls import control_kind
from orebook.disciplines.drilling.surveying.north import to_grid_north
from orebook.disciplines.drilling.surveying.path import Method, NoDirectionError, NoSurvey, Paths, desurvey
from orebook.disciplines.drilling.surveying.survey_choice import choose_surveys
from orebook.ground.schema import ORIGIN
from orebook.maths.geodesy import CrsError

_DESURVEY = "desurvey"


def laid_paths(bench: Bench) -> Paths:
    """The paths of the book's holes, laid once for all results.

    Azimuths are turned to grid north where ``space.azimuth`` says another, and the surveys of each depth chosen by
    ``desurvey.ranking``. Raises ``BookError`` and ``SettingsError`` with what is missing, and what instead.
    """
    return bench.once("paths", _paths)


def _paths(bench: Bench) -> Paths:
    settings = bench.settings
    collars, surveys = bench.need("collars", "paths of holes"), bench.table("surveys")
    said = settings.desurvey
    method = _one_of(bench, "method", str(said.get("method", "minimum_curvature")), get_args(Method))
    no_survey = _one_of(bench, "no_survey", str(said.get("no_survey", "error")), get_args(NoSurvey))
    try:
        if surveys is not None:
            surveys = _chosen(bench, _turned(bench, surveys, collars))
        turned = _turned_collars(bench, collars)
        return desurvey(turned, surveys, method=cast(Method, method), no_survey=cast(NoSurvey, no_survey))
    except NoDirectionError as problem:
        raise bench.wrong(_DESURVEY, str(problem)) from None
    except (CrsError, ValueError) as problem:
        raise bench.wrong("space", str(problem)) from None


def _turned(bench: Bench, surveys: pl.DataFrame, collars: pl.DataFrame) -> pl.DataFrame:
    """Surveys with azimuths from grid north."""
    settings = bench.settings
    if settings.azimuth in ("grid", "unknown"):
        return surveys
    if not settings.crs:
        raise bench.wrong("space.crs", f"azimuths from {settings.azimuth} north are turned to a grid; write its code")
    undated = settings.desurvey.get("undated")
    day = undated if isinstance(undated, date) else None
    found = to_grid_north(surveys, collars, reference=settings.azimuth, crs=settings.crs, undated=day)
    bench.unturned = pl.concat([bench.unturned, found.unturned], how="diagonal_relaxed")
    return found.surveys


def _turned_collars(bench: Bench, collars: pl.DataFrame) -> pl.DataFrame:
    """Collars whose azimuths, where they have some, are counted from grid north like those of the surveys."""
    if bench.settings.azimuth in ("grid", "unknown") or not {"azimuth_deg", "dip_deg"} <= set(collars.columns):
        return collars
    day = pl.col("started") if "started" in collars.columns else pl.lit(None, pl.String)
    depth = pl.lit(0.0).alias(f"depth_{bench.settings.length}")
    pointed = collars.filter(pl.col("azimuth_deg").is_not_null())
    stations = pointed.select("row", "hole", depth, "azimuth_deg", "dip_deg", day.alias("date"))
    turned = _turned(bench, stations, collars).select("row", pl.col("azimuth_deg").alias("turned"))
    joined = collars.join(turned, on="row", how="left", maintain_order="left")
    return joined.with_columns(azimuth_deg=pl.col("turned")).drop("turned")


def _chosen(bench: Bench, surveys: pl.DataFrame) -> pl.DataFrame:
    """The surveys that serve, by the ranking of their methods."""
    settings = bench.settings
    if "ranking" not in settings.desurvey:
        return surveys
    return choose_surveys(surveys, words(settings.desurvey, "ranking")).surveys


def _one_of(bench: Bench, key: str, said: str, among: tuple[str, ...]) -> str:
    if said not in among:
        raise bench.wrong(f"desurvey.{key}", f"{said!r} means nothing here; write one of {', '.join(among)}")
    return said


def samples(bench: Bench) -> pl.DataFrame:
    """The samples of the book with every derived column that ``book.toml`` defines under ``derive``."""
    return bench.once("samples", _samples)


def _samples(bench: Bench) -> pl.DataFrame:
    assays = bench.need("assays", "grades")
    try:
        return with_derived(assays, bench.settings.derive)
    except DefinitionError as problem:
        raise bench.wrong("derive", str(problem).removeprefix("derive.")) from None


def core_samples(bench: Bench) -> pl.DataFrame:
    """The samples that are pieces of a hole, with every derived column."""
    return core(samples(bench))


def core(assays: pl.DataFrame) -> pl.DataFrame:
    """The rows of a table of assays that are pieces of a hole: without standards, blanks and duplicates."""
    return assays.filter(control_kind(pl.col("type")).is_null()) if "type" in assays.columns else assays


def averaged(bench: Bench, asked: Sequence[str], table: pl.DataFrame, where: str) -> list[str]:
    """The columns to average for those that are asked for: part and whole of each share or ratio in its place.

    Raises ``SettingsError`` for one that the samples do not have.
    """
    known = known_definitions(bench.settings.derive)
    quotient = {name: one.columns for name, one in known.items() if one.kind in QUOTIENTS}
    wanted = [column for one in asked for column in quotient.get(one, (one,))]
    unit = bench.settings.length
    other = ("row", "hole", f"from_{unit}", f"to_{unit}", *ORIGIN)
    there = [name for name, kind in table.schema.items() if kind.is_numeric() and name not in other]
    if lacking := [column for column in wanted if column not in there]:
        what = "cannot be averaged" if lacking[0] in table.columns else "is no column of the samples"
        raise bench.wrong(where, f"{lacking[0]} {what}; there are {', '.join(there)}")
    return list(dict.fromkeys(wanted))


def averages(bench: Bench, asked: Sequence[str]) -> dict[str, object]:
    """The definitions to apply to averages: all but the shares and ratios that nobody asked for."""
    known = known_definitions(bench.settings.derive)
    derive = bench.settings.derive.items()
    return {name: said for name, said in derive if name in asked or known[name].kind not in QUOTIENTS}


def definitions(bench: Bench) -> list[dict[str, str]]:
    """What each derived column means: its name, kind and label, and its definition as it is printed."""
    assays = bench.need("assays", "grades")
    made = (*derived(bench.settings.derive, assays.columns), *quotients(bench.settings.derive))
    return [{"name": one.name, "kind": one.kind, "label": one.label, "said": one.said} for one in made]


def words(said: Mapping[str, object], key: str) -> list[str]:
    """A list of words in ``book.toml``; empty when it is not there."""
    found = said.get(key, [])
    return [str(word) for word in found] if isinstance(found, list) else [str(found)]


def number(bench: Bench, said: Mapping[str, object], key: str, where: str, default: float | None = None) -> float:
    """A number in ``book.toml``.

    Raises ``SettingsError`` when it is missing and there is no default.
    """
    found = said.get(key, default)
    if not isinstance(found, int | float):
        raise bench.wrong(f"{where}.{key}", "is missing; a qualified person has to choose it")
    return float(found)
