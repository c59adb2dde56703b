"""Significant intersections: the handbook's vectors, real holes, and the lists that belong to a complete result."""

from typing import Any

import numpy as np
import polars as pl
import pytest

from orebook.disciplines.drilling.intersections.choosing import TooLargeError
from orebook.disciplines.drilling.intersections.intercepts import Intercepts, significant_intercepts
from orebook.disciplines.drilling.intersections.rule_presets import presets
from orebook.disciplines.drilling.intersections.rule_sets import RuleSet, RuleSetError, profile, rule_set
from orebook.disciplines.drilling.intersections.sample_places import with_heights, with_places_across
from orebook.disciplines.drilling.intersections.sample_rows import UnfitSamplesError
from orebook.disciplines.drilling.intersections.sensitivity import Grid, sensitivity
from orebook.disciplines.drilling.surveying.path import desurvey
from test_intercept_laws import COPPER, NICKEL, babbitt, forrestania

Row = tuple[float, float, float]


def rule(**options: Any) -> RuleSet:
    """A rule set for gold; the cut-off 10, a least length of 1 m and waste up to 3 m where nothing else is said."""
    usual = {"name": "zone", "on": "au_gpt", "cutoff": 10, "top_cut": None, "min_length": 1, "max_waste_run": 3}
    return RuleSet(**{**usual, **options})


def hole(*grades: float | None, **more: Any) -> pl.DataFrame:
    """One hole of samples of one metre."""
    count = len(grades)
    data = {
        "hole": ["A"] * count,
        "from_m": [float(k) for k in range(count)],
        "to_m": [k + 1.0 for k in range(count)],
        "au_gpt": list(grades),
    }
    return pl.DataFrame({**data, **more}, schema_overrides={"au_gpt": pl.Float64})


def found(samples: pl.DataFrame, *rules: RuleSet, **more: Any) -> list[Row]:
    """From, to and grade of every intersection."""
    table = significant_intercepts(samples, rules, **more).intervals
    return [(a, b, round(g, 4)) for a, b, g in table.select("from_m", "to_m", "au_gpt").iter_rows()]


VECTORS = [
    ("IN1", [10, 0, 0, 12, 30], {}, [(0, 5, 10.4)]),
    ("IN2", [10, 0, 15, 30, 12, 0, 15], {}, [(0, 7, 11.7143)]),
    ("IN3", [10, 0, 15, 30, 12, 0, 15], {"objective": "excess"}, [(2, 5, 19), (6, 7, 15)]),
    ("IN4", [0, 30, 0, 0, 30, 0], {"max_waste_run": 2.0}, [(1, 5, 15)]),
    ("IN5", [0, 30, 0, 0, 30, 0], {"max_waste_run": 1.99}, [(1, 2, 30), (4, 5, 30)]),
    ("IN6", [20, 0, 0, 20], {}, [(0, 4, 10)]),
    ("IN7", [20, 0, 0, 19], {}, [(0, 1, 20), (3, 4, 19)]),
    ("IN8", [20, 0, 0, 20, 0, 0, 20], {"max_waste_run": 2, "max_waste_total": 2}, [(0, 1, 20), (3, 7, 10)]),
    (
        "IN9 forbid",
        [30, 0, 0, 20, 20, 0, 0, 30],
        {"min_length": 2, "max_waste_run": 2, "max_waste_total": 2},
        [(0, 5, 14)],
    ),
    (
        "IN9 allow",
        [30, 0, 0, 20, 20, 0, 0, 30],
        {"min_length": 2, "max_waste_run": 2, "max_waste_total": 2, "touching": "allow"},
        [(0, 4, 12.5), (4, 8, 12.5)],
    ),
    ("IN10", [30, 20, 5, 5], {}, [(0, 2, 25)]),
    ("IN11 none", [0, 90, 0], {"min_length": 3}, []),
    ("IN11 short", [0, 90, 0], {"min_length": 3, "short_high_metal": 30}, [(1, 2, 90)]),
    ("IN11 too poor", [0, 29, 0], {"min_length": 3, "short_high_metal": 30}, []),
    ("IN12 metal", [30, 0, 30], {"max_waste_run": 2}, [(0, 3, 20)]),
    ("IN12 excess", [30, 0, 30], {"max_waste_run": 2, "objective": "excess"}, [(0, 1, 30), (2, 3, 30)]),
    ("IN13 metal", [10, 30, 10], {}, [(0, 3, 16.6667)]),
    ("IN13 excess", [10, 30, 10], {"objective": "excess"}, [(1, 2, 30)]),
    ("IN14 zero", [5, None, 5], {"cutoff": 1, "max_waste_run": 2}, [(0, 3, 3.3333)]),
    ("IN14 break", [5, None, 5], {"cutoff": 1, "missing_sample": "break"}, [(0, 1, 5), (2, 3, 5)]),
    ("IN14 exclude", [5, None, 5], {"cutoff": 1, "missing_sample": "exclude"}, [(0, 3, 5)]),
    ("lone high sample", [0, 30, 0], {"min_length": 2}, []),
    ("average falls below", [20, 0, 0, 0, 20], {}, [(0, 1, 20), (4, 5, 20)]),
    ("missing at either end", [None, 20, 20, None], {}, [(1, 3, 20)]),
    ("one sample", [20], {}, [(0, 1, 20)]),
    ("one poor sample", [2], {}, []),
    ("no assay", [None, None], {}, []),
    ("top-cut in the mean only", [500, 500], {"top_cut": 30}, [(0, 2, 30)]),
    ("top-cut below cut-off, mean only", [12, 12], {"top_cut": 9, "min_average": "none"}, [(0, 2, 9)]),
    ("top-cut below cut-off, mean only, average asked", [12, 12], {"top_cut": 9}, []),
    (
        "top-cut below cut-off, first",
        [12, 12],
        {"top_cut": 9, "min_average": "none", "top_cut_stage": "before_classification"},
        [],
    ),
    ("only above", [10, 11, 10], {"cutoff_op": "gt"}, [(1, 2, 11)]),
    ("grade x thickness floor", [0, 14, 14, 0], {"min_length": 4, "short_high_metal": 28}, [(1, 3, 14)]),
    ("poor waste", [30, 1, 30, 4, 30], {"min_waste_grade": 2}, [(0, 1, 30), (2, 5, 21.3333)]),
    ("longest", [30, 30, 30, 30, 30], {"max_length": 2}, [(0, 2, 30), (3, 5, 30)]),
    ("longest metres", [10, 5, 12, 0, 14], {"objective": "length", "cutoff": 9}, [(0, 3, 9), (4, 5, 14)]),
]


@pytest.mark.parametrize(("grades", "options", "expected"), [v[1:] for v in VECTORS], ids=[v[0] for v in VECTORS])
def test_vectors(grades: list[float | None], options: dict[str, Any], expected: list[Row]) -> None:
    """The vectors of the handbook, section 6.7, give the intervals that stand there."""
    assert found(hole(*grades), rule(**options)) == expected


@pytest.mark.parametrize(
    ("direction", "one", "two"),
    [
        ("down", [(0, 1, 10), (3, 5, 21)], [(0, 1, 10), (2, 7, 14.4)]),
        ("up", [(0, 5, 10.4)], [(0, 5, 13.4), (6, 7, 15)]),
    ],
)
def test_greedy_passes_repeat_legacy_answers(direction: str, one: list[Row], two: list[Row]) -> None:
    """IN1 and IN2 by greedy passes have an answer for each end, as the handbook says; the exact one has one (RG17)."""
    assert found(hole(10, 0, 0, 12, 30), rule(direction=direction)) == one
    assert found(hole(10, 0, 15, 30, 12, 0, 15), rule(direction=direction)) == two
    for grades, best in (((10, 0, 0, 12, 30), 10.4), ((10, 0, 15, 30, 12, 0, 15), 11.7143)):
        for way in (grades, grades[::-1]):
            assert found(hole(*way), rule()) == [(0, len(way), best)]


def test_both_directions_keep_the_richer() -> None:
    """Of the two greedy passes the one with more metal is kept, the upper of equal ones."""
    assert found(hole(10, 1, 1, 12, 30), rule(direction="down")) == [(0, 1, 10), (3, 5, 21)]
    assert found(hole(10, 1, 1, 12, 30), rule(direction="both_richer")) == [(0, 5, 10.8)]
    assert found(hole(10, 0, 0, 12, 30), rule(direction="both_richer")) == [(0, 1, 10), (3, 5, 21)]


def test_a_running_mean_may_end_on_waste() -> None:
    """A running mean goes on while it stays high enough; it ends on ore, or where it stands if that is asked for."""
    running = {"direction": "down", "cutoff_on": "running_mean"}
    assert found(hole(20, 20, 1, 1, 1), rule(**running)) == [(0, 2, 20)]
    assert found(hole(20, 20, 1, 1, 1), rule(**running, start_end="on_any")) == [(0, 4, 10.5)]


@pytest.mark.parametrize(
    ("gap", "expected"), [("break", [(0, 1, 5), (2, 3, 5)]), ("zero", [(0, 3, 3.3333)]), ("exclude", [(0, 3, 5)])]
)
def test_gaps(gap: str, expected: list[Row]) -> None:
    """IN15: depth without a sample ends an intersection, counts as no grade, or is left out, and its length is said."""
    samples = pl.DataFrame({"hole": ["A", "A"], "from_m": [0.0, 2.0], "to_m": [1.0, 3.0], "au_gpt": [5.0, 5.0]})
    result = significant_intercepts(samples, rule(cutoff=1, gap=gap))
    assert found(samples, rule(cutoff=1, gap=gap)) == expected
    assert result.intervals["not_assayed_m"].sum() == (0 if gap == "break" else 1)


def test_what_is_left_out_is_said_and_limited() -> None:
    """IN14: missing samples that are left out are told by length, and an intersection mostly unknown is refused."""
    result = significant_intercepts(hole(5, None, 5), rule(cutoff=1, missing_sample="exclude")).intervals
    assert result.select("length_m", "not_assayed_m", "au_gpt_assayed_m", "waste_m").row(0) == (3, 1, 2, 1)
    strict = rule(cutoff=1, missing_sample="exclude", min_coverage=0.7)
    assert found(hole(5, None, 5), strict) == [(0, 1, 5), (2, 3, 5)]


def test_lengths_are_whole_numbers() -> None:
    """IN16 (RG18): 4.6 less 2.6 is two metres, though floating point says a little less."""
    samples = pl.DataFrame({"hole": ["A"], "from_m": [2.6], "to_m": [4.6], "au_gpt": [10.0]})
    assert found(samples, rule(min_length=2)) == [(2.6, 4.6, 10)]


@pytest.mark.parametrize(("limit", "count"), [(2.0, 1), (1.99, 2)])
def test_dilution_at_its_limit(limit: float, count: int) -> None:
    """Waste exactly at the limit is let pass, 0.01 m more is not, whatever the depths look like in floating point."""
    depths = [100.1, 101.3, 103.3, 104.9]
    samples = pl.DataFrame({"hole": ["A"] * 3, "from_m": depths[:-1], "to_m": depths[1:], "au_gpt": [30.0, 0.0, 30.0]})
    assert len(found(samples, rule(max_waste_run=limit))) == count


def test_below_detection_never_qualifies() -> None:
    """IN17: a limit of 0.5 above a cut-off of 0.3 does not pass, is listed, and counts by the view that was chosen."""
    samples = hole(2.0, 0.5, 2.0, au_gpt_below=[False, True, False])
    for view, mean in (("half", 1.4167), ("zero", 1.3333), ("full", 1.5)):
        low = rule(cutoff=0.3, bdl_view=view)
        result = significant_intercepts(samples, low)
        row = result.intervals.row(0, named=True)
        assert (round(row["au_gpt"], 4), row["has_below"]) == (mean, True)
        assert (round(row["au_gpt_lower"], 4), round(row["au_gpt_upper"], 4)) == (1.3333, 1.5)
    assert result.noted["remark"].to_list() == ["detection limit above cut-off"]
    alone = hole(0.5, 0.5, au_gpt_below=[True, True])
    assert found(alone, rule(cutoff=0.3)) == []


def test_over_the_limit_is_marked() -> None:
    """IN18: a value over range joins its neighbours, counts at the limit, and marks the mean as a minimum."""
    samples = hole(12.0, 10.0, 8.0, au_gpt_above=[None, True, None])
    row = significant_intercepts(samples, rule(cutoff=5)).intervals.row(0, named=True)
    assert (row["from_m"], row["to_m"], row["au_gpt"], row["has_above"]) == (0, 3, 10, True)


def test_the_result_of_the_over_limit_method_replaces_it() -> None:
    """Once the ore-grade result stands in the column, nothing is marked."""
    row = significant_intercepts(hole(12.0, 31.0, 8.0), rule(cutoff=5)).intervals.row(0, named=True)
    assert (row["au_gpt"], row["has_above"]) == (17, False)


def test_a_value_below_nought_is_no_value() -> None:
    """A code such as -99 that the import let through never enters a mean, and is noted."""
    result = significant_intercepts(hole(20.0, -99.0, 20.0), rule())
    assert result.intervals["au_gpt"].to_list() == [pytest.approx(40 / 3)]
    assert result.intervals["not_assayed_m"].to_list() == [1.0]
    assert result.noted["remark"].to_list() == ["below nought, taken as no value"]


def test_control_samples_and_overlaps_are_left_out_and_listed() -> None:
    """Standards, blanks and duplicates are no piece of the hole; an overlapping row counts once; each is listed."""
    samples = pl.DataFrame(
        {
            "hole": ["A", "A", "A", "A", "A", "A", "A", None],
            "from_m": [0.0, 1.0, 1.0, None, None, 1.5, 2.0, 0.0],
            "to_m": [1.0, 2.0, 2.0, None, None, 2.5, 3.0, 1.0],
            "au_gpt": [20.0, 20.0, 90.0, 3.0, 0.0, 50.0, 20.0, 7.0],
            "type": ["Original", "", "Field Duplicate", "STD", "blank", None, "core", None],
        }
    )
    result = significant_intercepts(samples, rule())
    assert found(samples, rule()) == [(0, 3, 20)]
    assert dict(zip(*result.dropped.select("row", "reason").to_dict(as_series=False).values(), strict=True)) == {
        2: "duplicate",
        3: "standard",
        4: "blank",
        5: "overlaps the row above",
        7: "no hole",
    }
    assert result.dropped.height + int(result.holes["samples"].sum()) == samples.height


def test_rows_are_named_by_their_place() -> None:
    """The first and last row of an interval are places in the table as it was given, in whatever order."""
    samples = hole(0.0, 20.0, 30.0, 0.0)[[3, 1, 0, 2]]
    row = significant_intercepts(samples, rule()).intervals.row(0, named=True)
    assert (row["first_row"], row["last_row"]) == (1, 3)
    assert samples[row["first_row"], "au_gpt"] == 20.0


def test_what_an_interval_holds() -> None:
    """Metal, waste, the richest sample and the grade without it are sums over the samples of an interval."""
    row = significant_intercepts(hole(10, 2, 48), rule()).intervals.row(0, named=True)
    assert row["metal"] == 60.0
    assert (row["waste_m"], row["waste_au_gpt"]) == (1, 2)
    assert (row["best_share"], row["au_gpt_without_best"]) == (0.8, 6)


def test_carried_grades_have_their_own_coverage() -> None:
    """A carried grade is averaged over its own assayed length; missing ones count as nought only where that is said."""
    samples = hole(20.0, 20.0, 20.0, ag_gpt=[6.0, None, 12.0])
    row = significant_intercepts(samples, rule(), carry=["au_gpt", "ag_gpt"]).intervals.row(0, named=True)
    assert (row["ag_gpt"], row["ag_gpt_assayed_m"], row["ag_gpt_coverage"]) == (9, 2, pytest.approx(2 / 3))
    row = significant_intercepts(samples, rule(), carry={"ag_gpt": "zero"}).intervals.row(0, named=True)
    assert (row["ag_gpt"], row["ag_gpt_assayed_m"]) == (6, 2)


def test_carried_grades_below_detection_and_over_range() -> None:
    """A carried mean says when all of it is below detection, how far that may matter, and when it is a minimum."""
    samples = hole(
        20.0, 20.0, ag_gpt=[1.0, 3.0], ag_gpt_below=[True, None], cu_pct=[0.2, 0.4], cu_pct_above=[False, True]
    )
    row = significant_intercepts(samples, rule(), carry=["ag_gpt", "cu_pct"]).intervals.row(0, named=True)
    assert (row["ag_gpt"], row["ag_gpt_lower"], row["ag_gpt_upper"], row["ag_gpt_below"]) == (1.75, 1.5, 2.0, False)
    assert row["cu_pct_above"]


def test_density_weighs_metal_and_mean() -> None:
    """With density the mean is Σ g·l·ρ ÷ Σ l·ρ; a sample without density is an error that names it."""
    samples = hole(20.0, 40.0, density_tpm3=[4.0, 2.0])
    row = significant_intercepts(samples, rule(weights="length_density")).intervals.row(0, named=True)
    assert (row["au_gpt"], row["metal"], row["length_m"]) == (pytest.approx(160 / 6), 160, 2)
    bare = hole(20.0, 40.0, density_tpm3=[4.0, None])
    with pytest.raises(UnfitSamplesError, match=r"1 samples have no density_tpm3, the first A from 1 to 2 m"):
        significant_intercepts(bare, rule(weights="length_density"))


def test_lengths_in_height_and_across_the_zone() -> None:
    """The least length may be measured in height, or across the zone, from the places of the ends of the samples."""
    samples = hole(20.0, 20.0, 20.0, elevation_from_m=[100.0, 99.5, 99.0], elevation_to_m=[99.5, 99.0, 98.5])
    assert found(samples, rule(min_length=1.5, min_length_basis="vertical")) == [(0, 3, 20)]
    assert found(samples, rule(min_length=1.6, min_length_basis="vertical")) == []
    with pytest.raises(UnfitSamplesError, match="no column across_from_m"):
        significant_intercepts(samples, rule(min_length_basis="true"))


def test_true_length_from_the_paths_of_the_holes() -> None:
    """A vertical hole through a zone that dips at 60 degrees is half as thick across as it is long."""
    collars = pl.DataFrame({"hole": ["A"], "easting_m": [5.0], "northing_m": [7.0], "elevation_m": [100.0]})
    surveys = pl.DataFrame({"hole": ["A"], "depth_m": [0.0], "azimuth_deg": [0.0], "dip_deg": [-90.0]})
    paths = desurvey(collars, surveys)
    samples = with_heights(hole(20.0, 20.0, 20.0, 0.0, 20.0), paths)
    samples = with_places_across(samples, paths, dip_deg=60.0, dip_direction_deg=123.0)
    assert found(samples, rule(min_length=1.5, min_length_basis="true", max_waste_run=0)) == [(0, 3, 20)]
    assert found(samples, rule(min_length=1.501, min_length_basis="true", max_waste_run=0)) == []
    assert found(samples, rule(min_length=3, min_length_basis="vertical", max_waste_run=0)) == [(0, 3, 20)]


def test_domains_break() -> None:
    """A change of a column that breaks ends an intersection; two missing names are one domain."""
    samples = hole(20.0, 20.0, 20.0, 20.0, zone=["a", "b", None, None])
    assert [row[:2] for row in found(samples, rule(breaks=("zone",)))] == [(0, 1), (1, 2), (2, 4)]


def test_missing_samples_may_be_an_error() -> None:
    """Who says that every sample must have a value is told how many have none, and where the first is."""
    with pytest.raises(UnfitSamplesError, match="1 samples have no value of au_gpt, the first A from 1 to 2 m"):
        significant_intercepts(hole(5, None, 5), rule(missing_sample="error"))


def lists() -> Intercepts:
    """Five holes, each in another state."""
    samples = pl.DataFrame(
        {
            "hole": ["A", "A", "B", "C", "E"],
            "from_m": [10.0, 11.0, 0.0, 0.0, 0.0],
            "to_m": [11.0, 12.0, 5.0, 5.0, 1.0],
            "au_gpt": [20.0, None, 2.0, None, 9.0],
        }
    )
    collars = pl.DataFrame(
        {
            "hole": ["A", "B", "C", "D"],
            "depth_m": [50.0, 5.0, 5.0, 90.0],
            "status": ["completed", "completed", "completed", "results pending"],
        }
    )
    return significant_intercepts(samples, rule(), collars=collars)


def test_every_hole_has_its_state() -> None:
    """Holes with intersections, without, not assayed and pending are told apart, also one that no collar has."""
    result = lists()
    assert result.holes.select("hole", "state", "collared").rows() == [
        ("A", "intersections", True),
        ("B", "no significant intersection", True),
        ("C", "not assayed", True),
        ("D", "pending", True),
        ("E", "no significant intersection", False),
    ]
    assert result.without.select("hole", "best_from_m", "best_au_gpt").rows() == [("B", 0, 2), ("E", 0, 9)]
    assert result.partly_assayed.select("hole", "assayed_m", "not_assayed_m", "assayed_share").rows() == [
        ("A", 1, 49, 0.02)
    ]
    assert result.pending.select("hole", "reach_m", "status").rows() == [("D", 90, "results pending")]
    assert result.unassayed["hole"].to_list() == ["C"]


@pytest.mark.parametrize(
    ("grades", "options", "expected"),
    [
        ([0, 30, 0], {"min_length": 2}, [(1, 2, "min_length")]),
        ([0, 29, 0], {"min_length": 3, "short_high_metal": 30}, [(1, 2, "short_high_metal")]),
        ([12, 0, 12], {"min_length": 3}, [(0, 3, "min_average")]),
        ([30, 0, 30], {"min_length": 3, "max_waste_total": 0.5}, [(0, 3, "max_waste_total")]),
        ([30, 30, 30], {"max_length": 1}, [(1, 2, "objective")]),
        ([30, 30], {}, []),
    ],
)
def test_candidates_say_which_rule_kept_them_out(
    grades: list[float], options: dict[str, Any], expected: list[tuple[float, float, str]]
) -> None:
    """A stretch at the cut-off that is no intersection is listed with the option that kept it out."""
    rejected = significant_intercepts(hole(*grades), rule(**options)).rejected
    assert rejected.select("from_m", "to_m", "rejected_by").rows() == expected


def test_samples_at_the_cutoff_are_in_an_interval_or_in_a_candidate(shared: Any) -> None:
    """On real holes every sample that qualifies lies in exactly one intersection or rejected candidate."""
    for table, used in ((babbitt(shared), COPPER), (forrestania(shared), NICKEL)):
        result = significant_intercepts(table, used)
        grade = result.rows.table[used.on].fill_null(0.0).to_numpy()
        place = {row: k for k, row in enumerate(result.rows.numbered(np.arange(len(result.rows))).tolist())}
        times = np.zeros(len(grade), dtype=np.int64)
        for part in (result.intervals, result.rejected):
            for first, last in part.select("first_row", "last_row").iter_rows():
                times[place[first] : place[last] + 1] += 1
        assert times.max() == 1
        assert (times[np.rint(grade * 1e6) >= round(used.cutoff * 1e6)] == 1).all()


@pytest.mark.parametrize(
    ("options", "count", "length", "metal"),
    [
        ({}, 1015, 110_989.0, 62_809.32),
        ({"max_waste_total": 40}, 1098, 110_077.7, 62_665.10),
        ({"max_waste_run": 0}, 1510, 88_294.5, 55_739.84),
        ({"objective": "excess"}, 1666, 97_073.7, 59_705.7),
    ],
)
def test_babbitt(shared: Any, options: dict[str, Any], count: int, length: float, metal: float) -> None:
    """Babbitt, copper from 0.3 %: count, feet and metal of the handbook under four rule sets."""
    table = significant_intercepts(babbitt(shared), RuleSet(**{**_options(COPPER), **options})).intervals
    assert table.height == count
    assert (round(table["length_ft"].sum(), 1), round(table["metal"].sum(), 2)) == (length, metal)


def _options(used: RuleSet) -> dict[str, Any]:
    return {name: getattr(used, name) for name in RuleSet.__dataclass_fields__}


def test_babbitts_richest(shared: Any) -> None:
    """The five intersections of Babbitt with most metal, and every hole of its collars in a list."""
    collars = pl.read_csv(shared / "data/drillholes/babbitt/collar.csv", schema_overrides={"BHID": pl.String})
    result = significant_intercepts(babbitt(shared), COPPER, collars=collars.rename({"BHID": "hole"}))
    best = result.intervals.sort("metal", descending=True).head(5)
    assert best.select("hole", "from_ft", "to_ft", pl.col("cu_pct").round(5)).rows() == [
        ("B1-116", 1645.0, 1711.8, 8.14945),
        ("B1-159", 1365.0, 1904.0, 0.79718),
        ("B1-146", 1375.0, 1896.5, 0.80038),
        ("B1-150", 1446.0, 1926.0, 0.8336),
        ("B1-124", 1394.0, 1854.0, 0.8563),
    ]
    assert result.holes.height == 399
    assert set(result.holes["hole"]) == set(collars["BHID"])


def test_forrestania(shared: Any) -> None:
    """Forrestania, nickel from 4,000 ppm: 16 intersections, three of them by name, and the two overlaps listed."""
    result = significant_intercepts(forrestania(shared), NICKEL)
    table = result.intervals
    assert (table.height, round(table["length_m"].sum(), 2), round(table["metal"].sum())) == (16, 40.86, 224_940)
    best = table.sort("metal", descending=True).head(3)
    assert best.select("hole", "from_m", "to_m", pl.col("ni_ppm").round(2)).rows() == [
        ("WLL006", 27.0, 35.0, 4948.75),
        ("NMD180", 153.78, 157.8, 6856.87),
        ("BSD025", 302.3, 306.45, 5878.31),
    ]
    assert result.dropped["hole"].to_list() == ["NH12-01", "NH12-02"]


def test_greed_on_real_holes(shared: Any) -> None:
    """On Babbitt greedy passes differ from each other and hold no more in any hole; on Forrestania nothing differs."""
    exact = significant_intercepts(babbitt(shared), COPPER).intervals
    down, up = (
        significant_intercepts(babbitt(shared), RuleSet(**{**_options(COPPER), "direction": way})).intervals
        for way in ("down", "up")
    )
    key = ["hole", "from_ft", "to_ft"]
    assert down.join(up, on=key, how="anti").height > 50
    for greedy in (down, up):
        both = (
            exact.group_by("hole")
            .agg(pl.col("metal").sum())
            .join(greedy.group_by("hole").agg(pl.col("metal").sum()), on="hole", how="full", suffix="_greedy")
        )
        assert (both["metal"].fill_null(0.0) >= both["metal_greedy"].fill_null(0.0) - 1e-9).all()
        assert exact["metal"].sum() > greedy["metal"].sum() * 1.002
    nickel = [
        significant_intercepts(forrestania(shared), RuleSet(**{**_options(NICKEL), "direction": way})).intervals
        for way in ("none", "down", "up")
    ]
    assert nickel[0].equals(nickel[1]) and nickel[0].equals(nickel[2])


def test_nothing_in_nothing_out() -> None:
    """A table without rows, and one without a hole in the collars, give empty lists with all columns."""
    empty = significant_intercepts(hole().clear(), rule(), collars=pl.DataFrame({"hole": ["X"]}))
    assert empty.intervals.height == empty.rejected.height == empty.noted.height == 0
    assert empty.intervals.columns == significant_intercepts(hole(20.0), rule()).intervals.columns
    assert empty.holes.select("hole", "state").rows() == [("X", "pending")]


def test_limits_out_of_reach_are_no_limits() -> None:
    """A limit far beyond every hole is no limit, however large it is written."""
    far = rule(top_cut=1e15, max_length=1e18, max_waste_total=1e18, short_high_metal=1e18)
    assert found(hole(20, 0, 0, 20), far) == [(0, 4, 10)]


def test_impossible_grades_are_refused() -> None:
    """A grade so great that sums would no longer be exact is a wrong unit or a code, and is named."""
    with pytest.raises(TooLargeError, match="au_gpt reaches 1e"):
        significant_intercepts(hole(1e18, 2.0), rule())


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"cuttoff": 1}, "did you mean 'cutoff'"),
        ({"cutoff": "ten"}, "cutoff is 'ten'; write a number from 0 up"),
        ({"cutoff": True}, "cutoff is True"),
        ({"cutoff": -1}, "cutoff is -1"),
        ({"objective": "metals"}, "write 'metal' or 'excess' or 'length'; did you mean 'metal'?"),
        ({"breaks": "zone"}, "a list of column names"),
        ({"cutoff_on": "running_mean"}, "depends on the end it starts from"),
        ({"start_end": "on_any"}, "belongs to cutoff_on"),
        ({"max_length": 0.5}, "below min_length"),
        ({"min_coverage": 50}, "a share from 0 to 1"),
        ({"preset": "leapfrog"}, "no preset 'leapfrog'"),
        ({"preset": "geosoft"}, "asks for min_average, min_waste_grade"),
        ({"on": 7}, "on is 7; write a text"),
    ],
)
def test_bad_options_say_what_instead(said: dict[str, object], message: str) -> None:
    """What a rule set cannot mean is refused with the place, the reason and a cure."""
    table = {"on": "au_gpt", "cutoff": 1, "top_cut": "none", "min_length": 2, "max_waste_run": 3}
    with pytest.raises(RuleSetError, match=r"book.toml: rule set 'bulk'") as caught:
        rule_set({**table, **said}, name="bulk", where="book.toml")
    assert message in str(caught.value)


@pytest.mark.parametrize("missing", ["on", "cutoff", "top_cut", "min_length", "max_waste_run"])
def test_what_must_be_chosen_has_no_default(missing: str) -> None:
    """A rule set without a choice that belongs to a qualified person is refused by name."""
    table = {"on": "au_gpt", "cutoff": 1, "top_cut": "none", "min_length": 2, "max_waste_run": 3}
    del table[missing]
    with pytest.raises(RuleSetError, match=f"{missing} is missing"):
        rule_set(table, name="bulk")


@pytest.mark.parametrize("name", sorted(presets()))
def test_presets_bring_no_amounts(name: str) -> None:
    """A preset sets only words of existing options, asks for what it lacks, and says what it cannot repeat."""
    one = presets()[name]
    amounts = {"on", "cutoff", "top_cut", "min_length", "max_waste_run", "max_waste_total", "max_length"}
    amounts |= {"short_high_metal", "min_waste_grade", "min_coverage"}
    assert not amounts & set(one.sets)
    assert all(isinstance(said, str) for said in one.sets.values())
    assert one.cannot and one.manner and one.basis
    asked = {"on": "au_gpt", "cutoff": 1, "top_cut": "none", "min_length": 2, "max_waste_run": 3}
    made = rule_set({**asked, **dict.fromkeys(one.asks, 1.0), "preset": name}, name=name)
    assert all(getattr(made, key) == said for key, said in one.sets.items())
    assert (
        rule_set({**asked, "preset": name, **dict.fromkeys(one.asks, 1.0), "gap": "exclude"}, name="x").gap == "exclude"
    )


def test_a_rule_set_is_said_in_full() -> None:
    """Every option is said, also those at their defaults, with what always holds; the fingerprint follows each."""
    one, two = rule(), rule(max_waste_run=2)
    assert set(one.said()) >= set(RuleSet.__dataclass_fields__)
    assert one.fingerprint() != two.fingerprint()
    assert one.fingerprint() == rule(name="other", cutoff=10.0).fingerprint()


def test_a_profile_rises() -> None:
    """Cut-offs rise from level to level, by one grade, under different names."""
    assert len(profile([rule(name="a"), rule(name="b", cutoff=20)])) == 2
    for second, message in (
        (rule(name="b"), "cut-off 10"),
        (rule(name="b", on="cu_pct", cutoff=20), "decides by cu_pct"),
        (rule(cutoff=20), "share a name"),
    ):
        with pytest.raises(RuleSetError, match=message):
            profile([rule(), second])


def test_a_headline_that_stands_and_one_that_falls() -> None:
    """A solid interval is one in every run; one held together by waste falls apart, and the option is named."""
    solid = sensitivity(significant_intercepts(hole(0, 40, 40, 40, 0), rule())).headlines.row(0, named=True)
    assert (solid["one_share"], solid["lost_share"], solid["moved_by"]) == (1, 0, "")
    assert (solid["least_length_m"], solid["most_length_m"]) == (3, 3)
    loose = sensitivity(significant_intercepts(hole(40, 0, 0, 40), rule(max_waste_run=2)))
    row = loose.headlines.row(0, named=True)
    assert row["moved_by"] == "max_waste_run"
    assert 0 < row["one_share"] < 1
    assert (row["least_metal"], row["most_metal"]) == (40, 80)
    assert loose.runs.height == len(Grid().rule_sets(rule(max_waste_run=2)))
    with pytest.raises(ValueError, match="no interval 9"):
        sensitivity(significant_intercepts(hole(40, 40), rule()), ids=[9])
