"""Zones joined from hole to hole: only neighbours, only where nothing speaks against it, never without being asked."""

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from orebook.disciplines.drilling.surveying.sections import Section
from orebook.reports.drawings.corridor import Cut
from orebook.reports.drawings.grade_classes import GradeClasses
from orebook.reports.drawings.section import SectionPicture
from orebook.reports.drawings.zones_drawn import joined

Row = tuple[str, float, float, float, float]


def zone(*rows: Row) -> pl.DataFrame:
    """Intervals of a zone in a section: hole, and along and height of both ends."""
    names = ["hole", "along_from", "up_from", "along_to", "up_to"]
    return pl.DataFrame(list(rows), names, orient="row").with_columns(
        pl.lit("Z").alias("grade"), pl.lit(1.0).alias("from"), pl.lit(5.0).alias("to")
    )


A, B, C = ("A", 0.0, 90.0, 0.0, 86.0), ("B", 30.0, 80.0, 30.0, 75.0), ("C", 60.0, 70.0, 60.0, 64.0)


def pairs(cut: pl.DataFrame, apart: float, *traces: Cut) -> list[tuple[str, str]]:
    """The holes between which a zone is joined, each pair in the order of its names."""
    return sorted(tuple(sorted(each.holes)) for each in joined(cut, traces, apart))  # type: ignore[misc]


def test_neighbours_are_joined_and_no_others() -> None:
    """Three holes in a row have two shapes; one that is further away than was said has none."""
    assert pairs(zone(C, A, B), 40.0) == [("A", "B"), ("B", "C")]
    assert pairs(zone(C, A, B), 20.0) == [] == pairs(zone(A), 40.0)


def test_nothing_is_joined_past_a_hole_that_misses_the_zone() -> None:
    """A hole that runs between two and has nothing of the zone there keeps them apart; one beside them does not."""
    through = Cut("X", [(15.0, 100.0), (15.0, 60.0)])
    assert pairs(zone(A, B), 40.0, through) == []
    assert pairs(zone(A, B), 40.0, Cut("X", [(15.0, 100.0), (15.0, 95.0)])) == [("A", "B")]


def test_a_hole_that_cuts_a_zone_twice_is_left_to_a_person() -> None:
    """How a zone lies that a hole cuts twice is not to be seen from the holes."""
    again = ("B", 31.0, 60.0, 31.0, 55.0)
    assert pairs(zone(A, B, again, C), 90.0) == []


def test_edges_do_not_cross_whichever_way_holes_run() -> None:
    """A hole that was drilled upwards through the zone is joined hanging wall to hanging wall."""
    up = ("B", 30.0, 75.0, 30.0, 80.0)
    (shape,) = joined(zone(A, up), [], 40.0)
    assert set(shape.corners[:2]) in ({(0.0, 90.0), (30.0, 80.0)}, {(0.0, 86.0), (30.0, 75.0)})


@settings(deadline=None, max_examples=60)
@given(
    st.lists(
        st.tuples(st.floats(0, 300), st.floats(0, 200), st.floats(1, 20)), max_size=12, unique_by=lambda at: at[0]
    ),
    st.floats(1, 200),
)
def test_a_shape_never_reaches_further_than_was_said(places: list[tuple[float, float, float]], apart: float) -> None:
    """However a zone is cut, there are fewer shapes than holes, each hole has two at most, and none is too long."""
    cut = zone(*((f"H{at}", x, up, x, up - long) for at, (x, up, long) in enumerate(places)))
    found = joined(cut, [], apart)
    assert len(found) <= max(len(places) - 1, 0)
    for each in found:
        ends = [places[int(hole[1:])] for hole in each.holes]
        middles = [(x, up - long / 2) for x, up, long in ends]
        assert sum((a - b) ** 2 for a, b in zip(*middles, strict=True)) <= (apart * 1.001) ** 2
    held = [hole for each in found for hole in each.holes]
    assert all(held.count(hole) <= 2 for hole in held)


def test_a_section_joins_only_when_it_is_asked() -> None:
    """Without a length zones are bands along the holes; with one the drawing says how they were joined."""
    rows = [("A", 10.0 * at, 0.0, 0.0, 100.0 - 10 * at) for at in range(5)]
    rows += [("B", 10.0 * at, 30.0, 0.0, 100.0 - 10 * at) for at in range(5)]
    points = pl.DataFrame(rows, ["hole", "depth_m", "easting_m", "northing_m", "elevation_m"], orient="row")
    ends = {"from_easting_m": [0.0, 30.0], "from_northing_m": 0.0, "from_elevation_m": [90.0, 80.0]}
    ends |= {"to_easting_m": [0.0, 30.0], "to_northing_m": 0.0, "to_elevation_m": [85.0, 74.0]}
    domains = pl.DataFrame({"hole": ["A", "B"], "from_m": [10.0, 20.0], "to_m": [15.0, 26.0], "zone": "<Z>", **ends})
    line = Section("0N", easting=0.0, northing=0.0, azimuth=90.0, half_width=20.0)
    drawn = {
        join: SectionPicture(line, points, GradeClasses((1.0,)), domains=domains, join=join).draw()
        for join in (None, 10.0, 40.0)
    }
    assert [each.body.count("domain joined") for each in drawn.values()] == [0, 0, 1]
    assert "No zone could be joined" in drawn[10.0].caption and "joined straight" in drawn[40.0].caption
    assert "oined" not in drawn[None].caption and "<Z>" not in drawn[40.0].body and "&lt;Z&gt;" in drawn[40.0].body
