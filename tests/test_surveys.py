"""Surveys: which of several counts, and how far their errors move a hole, by two ways that agree."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orebook.disciplines.drilling.surveying.path import desurvey
from orebook.disciplines.drilling.surveying.position_errors import (
    AngleErrors,
    SurveyErrors,
    covariances,
    position_errors,
)
from orebook.disciplines.drilling.surveying.survey_choice import choose_surveys
from orebook.disciplines.drilling.surveying.survey_quality import sharp_doglegs

COLLAR = pl.DataFrame({"hole": ["A"], "easting_m": [10.0], "northing_m": [20.0], "elevation_m": [30.0]})
NOTHING = AngleErrors(0.0, 0.0)


def measured(*rows: tuple[object, ...]) -> pl.DataFrame:
    """Surveys of the hole A: depth, method, date."""
    table = [("A", depth, 10.0, -60.0, method, day) for depth, method, day in rows]
    return pl.DataFrame(table, schema=["hole", "depth_m", "azimuth_deg", "dip_deg", "method", "date"], orient="row")


def stretches(table: pl.DataFrame, *ranking: str, gap: float | None = None) -> list[tuple[object, ...]]:
    """Method, from, to and number of stations of the stretches of the hole A."""
    return [row[1:] for row in choose_surveys(table, ranking, gap=gap).ranges.rows()]


SEVERAL = [(depth, "single-shot", None) for depth in (0.0, 30.0, 60.0, 90.0, 120.0, 150.0)]
SEVERAL += [(depth, "gyro", None) for depth in (25.0, 50.0, 110.0)]


def test_the_best_method_counts_where_it_measured() -> None:
    """A gyro from 25 to 110 m replaces the single shots there, and these serve above and below it."""
    table = measured(*SEVERAL)
    expected = [("single-shot", 0.0, 0.0, 1), ("gyro", 25.0, 110.0, 3), ("single-shot", 120.0, 150.0, 2)]
    assert stretches(table, "gyro", "single-shot") == expected
    assert stretches(table, "single-shot", "gyro") == [("single-shot", 0.0, 150.0, 6)]
    assert stretches(table, "gyro") == [("gyro", 25.0, 110.0, 3)]


def test_a_gap_of_the_better_method_is_filled() -> None:
    """Between two gyro stations further apart than the gap that is allowed, the single shots serve."""
    expected = [
        ("single-shot", 0.0, 0.0, 1),
        ("gyro", 25.0, 50.0, 2),
        ("single-shot", 60.0, 90.0, 2),
        ("gyro", 110.0, 110.0, 1),
        ("single-shot", 120.0, 150.0, 2),
    ]
    assert stretches(measured(*SEVERAL), "gyro", "single-shot", gap=59.0) == expected
    assert stretches(measured(*SEVERAL), "gyro", "single-shot", gap=60.0)[1] == ("gyro", 25.0, 110.0, 3)


def test_every_row_says_whether_it_counts() -> None:
    """Rows are kept with the reason why they do not count; planned directions never do; the later of two days does."""
    table = measured(
        (0.0, "Gyro", "2020-08-01"), (0.0, "gyro ", "2020-08-09"), (10.0, "planned", None), (0.0, "acid", None)
    )
    found = choose_surveys(table, ["gyro", "acid"]).surveys
    assert found.drop("chosen", "why_not").equals(table)
    said = ["measured again at this depth", None, "method not in the ranking", "covered by gyro"]
    assert found["why_not"].to_list() == said
    assert found["chosen"].to_list() == [reason is None for reason in said]


def test_a_broken_station_covers_nothing() -> None:
    """A gyro station without a dip does not count, and does not keep another method from counting."""
    table = measured((0.0, "gyro", None), (90.0, "gyro", None), (90.0, "acid", None))
    table = table.with_columns(dip_deg=pl.when(pl.int_range(pl.len()) == 1).then(None).otherwise(pl.col("dip_deg")))
    found = choose_surveys(table, ["gyro", "acid"])
    assert found.surveys["why_not"].to_list() == [None, "no dip", None]


def test_desurveying_takes_what_was_chosen() -> None:
    """The choice goes straight into desurveying, which lists what was not chosen."""
    chosen = choose_surveys(measured(*SEVERAL), ["gyro", "single-shot"]).surveys
    paths = desurvey(COLLAR, chosen)
    assert paths.basis["stations"].item() == 6
    assert paths.dropped["reason"].to_list() == ["not chosen"] * 3


@pytest.mark.parametrize("ranking", [[], ["gyro", "Gyro "]])
def test_a_ranking_names_each_method_once(ranking: list[str]) -> None:
    """An empty ranking, or a method twice, is refused."""
    with pytest.raises(ValueError, match="names each method once"):
        choose_surveys(measured(*SEVERAL), ranking)


def test_sharp_turns_are_listed() -> None:
    """Above the limit, the sharpest first."""
    table = pl.DataFrame({"hole": "A", "depth_m": [0, 30, 60, 90], "azimuth_deg": 0, "dip_deg": [-60, -45, -40, -20]})
    assert sharp_doglegs(table, limit=10.0)["from_m"].to_list() == [60.0, 0.0]


angle = st.floats(0, 360)
stations = st.lists(st.tuples(angle, st.floats(-85, 60), st.floats(5, 60)), min_size=1, max_size=5)


def by_differences(rows: list[tuple[float, float, float]], depth: float, errors: SurveyErrors) -> np.ndarray:
    """Covariance by turning one angle after the other and desurveying anew."""

    def place(turned: list[tuple[float, float, float]], *, stretched: float = 0.0) -> np.ndarray:
        table = pl.DataFrame(turned, schema=["depth_m", "azimuth_deg", "dip_deg"], orient="row")
        table = table.select(pl.lit("A").alias("hole"), pl.all()).with_columns(pl.col("depth_m") * (1 + stretched))
        at = pl.DataFrame({"hole": ["A"], "depth_m": [depth * (1 + stretched)]})
        return np.array(desurvey(COLLAR, table).at(at).row(0)[2:5])

    def difference(change: list[tuple[float, float]]) -> np.ndarray:
        step = 1e-3
        ends = []
        for sign in (step, -step):
            moved = [
                (d, (a + sign * da) % 360, s + sign * ds) for (d, a, s), (da, ds) in zip(rows, change, strict=True)
            ]
            ends.append(place(moved))
        return (ends[0] - ends[1]) / (2 * step)

    found = np.diag([errors.plan**2, errors.plan**2, errors.height**2])
    nothing, own, common = [(0.0, 0.0)] * len(rows), errors.random, errors.systematic
    for way, sigma, shared in (((1.0, 0.0), own.azimuth, common.azimuth), ((0.0, 1.0), own.dip, common.dip)):
        for turned in range(len(rows)):
            effect = difference([*nothing[:turned], way, *nothing[turned + 1 :]])
            found = found + np.outer(effect, effect) * sigma**2
        effect = difference([way] * len(rows))
        found = found + np.outer(effect, effect) * shared**2
    effect = (place(rows, stretched=1e-6) - place(rows, stretched=-1e-6)) / 2e-6
    return found + np.outer(effect, effect) * errors.depth**2


@settings(deadline=None, max_examples=5)
@given(stations, st.sampled_from([0.0, 6.0]), st.floats(0.0, 1.4))
def test_the_walk_agrees_with_differences_of_whole_holes(
    drawn: list[tuple[float, float, float]], first: float, share: float
) -> None:
    """One walk down the hole gives the covariance that desurveying it anew for every turned angle gives."""
    depths = first + np.concatenate([[0.0], np.cumsum([length for *_, length in drawn])])
    rows = [(float(depth), a, s) for depth, (a, s, _) in zip(depths, drawn, strict=False)]
    errors = SurveyErrors(AngleErrors(1.0, 0.5), AngleErrors(0.7, 0.3), depth=0.002, plan=0.5, height=0.8)
    table = pl.DataFrame(
        [("A", *row) for row in rows], schema=["hole", "depth_m", "azimuth_deg", "dip_deg"], orient="row"
    )
    depth = float(depths[-1]) * share
    found = covariances(desurvey(COLLAR, table), pl.DataFrame({"hole": ["A"], "depth_m": [depth]}), errors)[0]
    assert found == pytest.approx(by_differences(rows, depth, errors), rel=1e-4, abs=1e-6 * (1 + depth))


def test_errors_of_a_straight_hole_add_as_they_should() -> None:
    """Equal stations weigh their half courses: variances add at random, and a common error grows with the depth."""
    stations = pl.DataFrame({"hole": "A", "depth_m": [0.0, 50.0, 100.0], "azimuth_deg": 0.0, "dip_deg": 0.0})
    paths, at = desurvey(COLLAR, stations), pl.DataFrame({"hole": ["A"], "depth_m": [100.0]})
    one = np.radians(1.0)
    random = position_errors(paths, at, SurveyErrors(AngleErrors(1.0, 0.0), NOTHING))
    assert random["sigma_easting_m"].item() == pytest.approx(one * np.sqrt(25**2 + 50**2 + 25**2))
    common = position_errors(paths, at, SurveyErrors(NOTHING, AngleErrors(1.0, 0.0)))
    assert common["sigma_easting_m"].item() == pytest.approx(one * 100)
    assert common.select("long_axis_m", "middle_axis_m", "short_axis_m").row(0) == pytest.approx((one * 100, 0, 0))
    assert common["long_axis_azimuth_deg"].item() % 180 == pytest.approx(90)


def test_a_vertical_hole_is_uncertain_to_all_sides() -> None:
    """The azimuth of a vertical hole means nothing; what it leans by, along and sideways, makes its circle."""
    paths = desurvey(COLLAR, pl.DataFrame({"hole": ["A"], "depth_m": [0.0], "azimuth_deg": [0.0], "dip_deg": [-90.0]}))
    errors = SurveyErrors(NOTHING, AngleErrors(5.0, 1.0, sideways=1.0))
    found = position_errors(paths, pl.DataFrame({"hole": ["A", "A", "X"], "depth_m": [100.0, -1.0, 5.0]}), errors)
    sigmas = found.select("sigma_easting_m", "sigma_northing_m", "sigma_elevation_m").row(0)
    assert sigmas == pytest.approx((np.radians(100), np.radians(100), 0.0))
    assert found["long_axis_m"].is_null().to_list() == [False, True, True]
    assert found["remark"].to_list() == [None, "above the collar", "no path"]


def test_errors_at_random_scatter_as_computed() -> None:
    """Ten thousand holes with stations turned at random end in a cloud with the covariance that was computed."""
    rng, count = np.random.default_rng(5), 10_000
    depths, azimuths, dips = np.array([6.0, 60.0, 120.0]), np.array([20.0, 30.0, 45.0]), np.array([-60.0, -55.0, -52.0])
    errors = SurveyErrors(AngleErrors(1.0, 0.5), AngleErrors(0.8, 0.4))

    def scattered(angles: np.ndarray, own: float, common: float) -> np.ndarray:
        return (angles + rng.normal(0, own, (count, 3)) + rng.normal(0, common, (count, 1))).ravel()

    names = pl.Series([f"{number:05d}" for number in range(count)])
    table = pl.DataFrame(
        {
            "hole": names.gather(np.repeat(np.arange(count), 3)),
            "depth_m": np.tile(depths, count),
            "azimuth_deg": scattered(azimuths, 1.0, 0.8) % 360,
            "dip_deg": scattered(dips, 0.5, 0.4),
        }
    )
    tops = pl.DataFrame({"hole": names, "easting_m": 0.0, "northing_m": 0.0, "elevation_m": 0.0})
    cloud = desurvey(tops, table).at(pl.DataFrame({"hole": names, "depth_m": 150.0})).select(pl.nth(2, 3, 4)).to_numpy()
    true = pl.DataFrame({"hole": "A", "depth_m": depths, "azimuth_deg": azimuths, "dip_deg": dips})
    found = covariances(desurvey(COLLAR, true), pl.DataFrame({"hole": ["A"], "depth_m": [150.0]}), errors)[0]
    assert np.cov(cloud.T) == pytest.approx(found, rel=0.06, abs=0.06)


def test_errors_need_arcs() -> None:
    """Paths of another method are refused with what to do instead."""
    paths = desurvey(COLLAR, measured((0.0, "gyro", None)), method="raw_tangent")
    with pytest.raises(ValueError, match="minimum curvature, not for raw_tangent"):
        covariances(paths, pl.DataFrame({"hole": ["A"], "depth_m": [1.0]}), SurveyErrors(NOTHING, NOTHING))
