"""Survey quality: how sharply holes turn, how much the method of desurveying matters, and how well ends are known."""

from collections.abc import Mapping

import polars as pl

from orebook.book.bench import Bench, Made
from orebook.book.keys import Table
from orebook.book.prepared import laid_paths, number
from orebook.disciplines.drilling.surveying.path import NoSurvey
from orebook.disciplines.drilling.surveying.position_errors import AngleErrors, SurveyErrors, position_errors
from orebook.disciplines.drilling.surveying.survey_quality import compare_methods, doglegs

_WHERE = "results.survey_quality"


def make(bench: Bench) -> Made:
    """Doglegs between stations, distances between methods, and one-sigma ellipsoids where errors are stated."""
    said = bench.said("survey_quality")
    surveys = bench.need("surveys", "doglegs")
    paths = laid_paths(bench)
    holding: NoSurvey = "collar" if bench.settings.desurvey.get("no_survey", "error") == "error" else "leave_out"
    parts = {
        "survey_quality": doglegs(surveys),
        "survey_quality_methods": compare_methods(bench.need("collars", "paths"), surveys, no_survey=holding),
    }
    if isinstance(errors := said.get("errors"), Mapping):
        ends = paths.end_of_hole().select("hole", f"depth_{paths.unit}").drop_nulls()
        parts["survey_quality_errors"] = position_errors(paths, ends, _errors(bench, errors))
    return Made(parts, {"survey_quality": dict(said), "desurvey": dict(bench.settings.desurvey)}, _remarks(parts))


def _errors(bench: Bench, said: Table) -> SurveyErrors:
    """What is said about the errors of surveys; none of it has a default, for only the surveyor knows."""
    where = f"{_WHERE}.errors"
    return SurveyErrors(
        random=_angles(bench, said.get("random"), f"{where}.random"),
        systematic=_angles(bench, said.get("systematic"), f"{where}.systematic"),
        depth=number(bench, said, "depth_share", where, 0.0),
        plan=number(bench, said, "plan", where, 0.0),
        height=number(bench, said, "height", where, 0.0),
    )


def _angles(bench: Bench, said: object, where: str) -> AngleErrors:
    if not isinstance(said, Mapping):
        raise bench.wrong(where, "is missing; write { azimuth_deg = …, dip_deg = … }, standard deviations in degrees")
    sideways = number(bench, said, "sideways_deg", where, 0.0)
    return AngleErrors(number(bench, said, "azimuth_deg", where), number(bench, said, "dip_deg", where), sideways)


def _remarks(parts: Mapping[str, pl.DataFrame]) -> tuple[str, ...]:
    return tuple(f"orebook ask 'from {name}'" for name in list(parts)[1:])
