"""Drawings: everything in its place, nothing over another, nothing that a name could do to a page."""

import re
from dataclasses import replace
from itertools import combinations, pairwise
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orebook.disciplines.drilling.surveying.sections import Section
from orebook.faces.cli import main
from orebook.reports.drawings import blocks_in_space
from orebook.reports.drawings.blocks_in_space import BlocksInSpace, Slice
from orebook.reports.drawings.corridor import cut_samples, cut_traces
from orebook.reports.drawings.grade_classes import GradeClasses, proposed
from orebook.reports.drawings.ground_line import ground_line
from orebook.reports.drawings.long_section import LongSection, along_points
from orebook.reports.drawings.outlines import Outline, crossed, outlines_of
from orebook.reports.drawings.placing import Box, Wanted, beside, spread
from orebook.reports.drawings.plan import Level, plan
from orebook.reports.drawings.scales import Scale, round_numbers
from orebook.reports.drawings.section import SectionPicture
from orebook.reports.drawings.strip_log import strip_log
from orebook.reports.drawings.svg import Drawing, colours, num, width_of

EAST_WEST = Section("0N", easting=0.0, northing=0.0, azimuth=90.0, half_width=20.0)
SVG = "{http://www.w3.org/2000/svg}"
EXAMPLES = Path(__file__).parents[1] / "examples"


def holes(*tracks: tuple[str, list[tuple[float, float, float]]]) -> pl.DataFrame:
    """Points along holes, ten metres of depth apart."""
    rows = [(hole, 10.0 * at, *point) for hole, points in tracks for at, point in enumerate(points)]
    return pl.DataFrame(rows, ["hole", "depth_m", "easting_m", "northing_m", "elevation_m"], orient="row")


def asked_of(words: list[str]) -> object:
    """The status with which the command line leaves."""
    with pytest.raises(SystemExit) as left:
        main(words)
    return left.value.code


def as_tree(drawing: Drawing) -> ElementTree.Element:
    """A drawing as a reader of XML sees it."""
    return ElementTree.fromstring(drawing.svg())


def said(drawing: Drawing) -> list[str]:
    """All words of a drawing."""
    return ["".join(each.itertext()) for each in as_tree(drawing).iter("{http://www.w3.org/2000/svg}text")]


@settings(deadline=None)
@given(st.integers(0, 10_000), st.floats(0, 360), st.booleans())
def test_a_cut_looks_at_all_blocks_that_it_meets(seed: int, azimuth: float, alike: bool) -> None:
    """Neighbours in the table that are passed over together hold no block of the cut, in whatever order they stand."""
    rng = np.random.default_rng(seed)
    places = dict(zip(("easting_m", "northing_m", "elevation_m"), rng.uniform(0, 100, (3, 60)).round(1), strict=True))
    sizes = rng.uniform(1, 12, (3, 60)).round(1)
    sides = {f"d{axis}_m": np.full(60, each[0]) if alike else each for axis, each in zip("xyz", sizes, strict=True)}
    table = pl.DataFrame({**places, **sides, "au_gpt": rng.uniform(0, 5, 60)}).sort("easting_m" if alike else "dx_m")
    line = Section("cut", *rng.uniform(0, 100, 2).tolist(), azimuth, 10.0)
    found = []
    for together in (4, 1000):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(blocks_in_space, "_TOGETHER", together)
            blocks = BlocksInSpace.of(table)
            cuts = blocks.section(line, "au_gpt", 0.5), blocks.level(50.0, "au_gpt")
            found.append([each.tolist() for cut in cuts for each in (cut.left, cut.right, cut.below, cut.grade)])
    assert found[0] == found[1]


@settings(deadline=None)
@given(st.lists(st.floats(0, 500), max_size=40), st.floats(1, 30))
def test_spread_keeps_order_and_distance(wanted: list[float], apart: float) -> None:
    """Names above a section stand in the order of their holes and apart from one another, within the frame."""
    placed = spread(wanted, apart, 0.0, 500.0)
    assert len(placed) == len(wanted)
    assert all(-1e-6 <= each <= 500 + 1e-6 for each in placed)
    order = sorted(range(len(wanted)), key=lambda at: wanted[at])
    gap = min(apart, 500.0 / max(len(wanted) - 1, 1))
    assert all(placed[after] - placed[before] >= gap - 1e-6 for before, after in pairwise(order))


@settings(deadline=None)
@given(st.lists(st.tuples(st.floats(0, 400), st.floats(0, 300), st.floats(10, 120)), max_size=25))
def test_no_label_lies_over_another(points: list[tuple[float, float, float]]) -> None:
    """Labels that are placed do not meet, and stay within the frame; one without room is left out, not squeezed in."""
    room = Box(0, 0, 400, 300)
    placed = [each for each in beside([Wanted(x, y, wide, 14) for x, y, wide in points], room) if each is not None]
    assert not any(one.meets(other) for one, other in combinations(placed, 2))
    assert all(each.within(room) for each in placed)


@settings(deadline=None)
@given(st.floats(-1e6, 1e6), st.floats(0.01, 1e6), st.integers(2, 12))
def test_round_numbers_are_few_and_inside(low: float, span: float, most: int) -> None:
    """The lines of a grid lie between the ends of its scale, and are not more than were asked for."""
    found = list(round_numbers(low, low + span, most))
    assert len(found) <= most + 1
    assert all(low - span * 1e-6 <= each <= low + span * (1 + 1e-6) for each in found)


def test_a_scale_turns_numbers_into_pixels() -> None:
    """Up on a section is up on the page."""
    up = Scale(300.0, 400.0, 500.0, 100.0)
    assert up(300.0) == 500.0 and up(400.0) == 100.0 and up(350.0) == 300.0


def test_a_trace_is_cut_where_it_leaves_the_corridor() -> None:
    """A hole that runs out of the corridor ends on its edge; one that crosses it between two points is seen."""
    leaving = holes(("A", [(0.0, 0.0, 100.0), (0.0, 40.0, 60.0)]))
    assert cut_traces(leaving, EAST_WEST) == [("A", [(0.0, 100.0), (0.0, 80.0)])]
    crossing = holes(("B", [(5.0, -60.0, 100.0), (5.0, 60.0, 40.0)]))
    ((hole, line),) = cut_traces(crossing, EAST_WEST)
    assert hole == "B" and line == [(5.0, pytest.approx(80.0)), (5.0, pytest.approx(60.0))]
    beside_it = holes(("C", [(5.0, 21.0, 100.0), (5.0, 60.0, 40.0)]))
    assert cut_traces(beside_it, EAST_WEST) == []


def test_a_hole_that_comes_back_has_two_pieces() -> None:
    """A hole that leaves the corridor and enters it again is drawn twice, not across what lies outside."""
    back = holes(("A", [(0.0, 0.0, 100.0), (10.0, 60.0, 80.0), (20.0, 60.0, 60.0), (30.0, 0.0, 40.0)]))
    assert [len(line) for _, line in cut_traces(back, EAST_WEST)] == [2, 2]


@pytest.mark.parametrize("dip", [(0.0, 0.0, -1.0), (0.0, 0.0, 1.0), (1.0, 0.0, 0.0), (0.5, 0.0, -0.8)])
def test_every_direction_of_drilling_is_seen(dip: tuple[float, float, float]) -> None:
    """Vertical, upward, horizontal and inclined holes all have a trace with some length."""
    far = [(dip[0] * 10 * at, dip[1] * 10 * at, 100 + dip[2] * 10 * at) for at in range(5)]
    drawn = SectionPicture(EAST_WEST, holes(("A", far)), GradeClasses((1.0,))).draw()
    (trace,) = re.findall(r'class="ink-line trace"[^>]* d="M([^"]+)"', drawn.body)
    assert len(set(trace.split("L"))) == 5


def test_bars_stand_where_the_samples_are() -> None:
    """A sample lies between its depths along the trace, and its bar has the colour of its class."""
    points = holes(("A", [(0.0, 0.0, 100.0), (0.0, 0.0, 90.0)]))
    ends = {f"{end}_{axis}_m": [0.0] for end in ("from", "to") for axis in ("easting", "northing")}
    samples = pl.DataFrame(
        {
            "hole": ["A"],
            "from_m": [2.0],
            "to_m": [4.0],
            "au_gpt": [5.0],
            **ends,
            "from_elevation_m": [98.0],
            "to_elevation_m": [96.0],
        }
    )
    cut = cut_samples(samples, EAST_WEST, "au_gpt")
    assert cut.row(0) == ("A", 2.0, 4.0, 5.0, 0.0, 98.0, 0.0, 96.0)
    classes = GradeClasses((1.0, 3.0), "Au", "g/t")
    drawn = SectionPicture(EAST_WEST, points, classes, "au_gpt", samples=samples).draw()
    assert '<g data-hole="A"><path class="bar class5" data-each="2 4 5" d="M' in drawn.body
    assert "looking 000°" in " ".join(said(drawn)) and "no exaggeration" in " ".join(said(drawn))


def model(*rows: tuple[float, float, float, float]) -> BlocksInSpace:
    """Blocks of 10 by 10 by 4 metres: easting, northing, elevation, gold."""
    table = pl.DataFrame(rows, ["easting_m", "northing_m", "elevation_m", "au_gpt"], orient="row")
    return BlocksInSpace.of(table.with_columns(dx_m=10.0, dy_m=10.0, dz_m=4.0))


def edges(cut: Slice) -> list[tuple[float, ...]]:
    """Left, right, below, above and grade of each rectangle."""
    columns = (cut.left, cut.right, cut.below, cut.above, cut.grade)
    return [tuple(round(float(value), 9) for value in row) for row in zip(*columns, strict=True)]


def test_blocks_are_cut_by_the_plane() -> None:
    """A block shows on a section whose plane cuts it, as wide as it is cut; a level is seen from above."""
    blocks = model((5.0, 4.0, 50.0, 1.0), (5.0, 14.0, 50.0, 2.0))
    assert edges(blocks.section(EAST_WEST, "au_gpt")) == [(0.0, 10.0, 48.0, 52.0, 1.0)]
    assert edges(blocks.section(EAST_WEST, "au_gpt", 1.5)) == []
    assert edges(blocks.level(51.0, "au_gpt", 2.0)) == [(0.0, 10.0, 9.0, 19.0, 2.0)]
    assert edges(blocks.level(52.0, "au_gpt")) == []


@settings(deadline=None, max_examples=40)
@given(st.floats(0, 360), st.floats(-60, 60), st.floats(-60, 60))
def test_a_section_aslant_cuts_blocks_without_gaps(azimuth: float, east: float, north: float) -> None:
    """However a section runs through a whole model, its blocks cover the way of the plane through it, once."""
    places = [(10.0 * x, 10.0 * y, 0.0, 1.0) for x in range(-9, 10) for y in range(-9, 10)]
    cut = model(*places).section(Section("", east, north, azimuth, 5.0), "au_gpt")
    order = np.argsort(cut.left)
    left, right = cut.left[order], cut.right[order]
    assert np.allclose(left[1:], right[:-1], atol=1e-6)
    (joined,) = [each for each in cut.by_class(GradeClasses((0.5,))) if len(each)]
    assert joined.shape == (1, 4) and joined[0, 1] - joined[0, 0] >= 190 / 2**0.5 - abs(east) - abs(north)


def test_the_ground_comes_from_points_else_from_collars() -> None:
    """A plane of points gives the plane; without points collars are joined, and the drawing says so."""
    grid = [(10.0 * x, 10.0 * y, 100.0 + x - 2.0 * y) for x in range(21) for y in range(-5, 6)]
    names = ["easting_m", "northing_m", "elevation_m"]
    found = ground_line(EAST_WEST, 0, 200, topography=pl.DataFrame(grid, names, orient="row"), collars=None)
    assert found is not None
    assert all(height == pytest.approx(100 + along / 10, abs=1e-4) for along, height in found.lines[0])
    collars = pl.DataFrame({"hole": ["A", "B", "C"], names[0]: [0, 50, 9], names[1]: [0, 5, 99], names[2]: [9, 8, 7]})
    joined = ground_line(EAST_WEST, 0, 200, topography=None, collars=collars)
    assert joined is not None and joined.basis == "collars" and joined.lines == [[(0, 9), (50, 8)]]
    below = ground_line(EAST_WEST, 0, 200, topography=None, collars=collars.with_columns(station=pl.lit("Drift 2")))
    assert below is None


def test_a_plan_shows_outlines_and_a_level_of_blocks() -> None:
    """Outlines have their names, a kind has its line, and what is far off does not make the holes small."""
    corners = [("Pit & co", "pit", x, y) for x, y in ((-50, -50), (60, -50), (60, 60), (-50, 60))]
    corners += [("Far", "claim", x, y) for x, y in ((9e5, 9e5), (9e5, 8e5), (8e5, 8e5))]
    table = pl.DataFrame(corners, ["outline", "kind", "easting_m", "northing_m"], orient="row")
    collars = pl.DataFrame({"hole": ["A", "B"], "easting_m": [0.0, 40.0], "northing_m": [0.0, 9.0]})
    classes = GradeClasses((0.5,), "Au", "g/t")
    level = Level(50.0, model((5.0, 4.0, 50.0, 1.0)), "au_gpt", classes, 0.7)
    drawn = plan(collars, outlines=outlines_of(table), level=level)
    assert "Pit & co" in said(drawn) and "Far" not in said(drawn)
    assert "Blocks from 0.7 g/t Au on at elevation 50 m" in drawn.caption
    assert 'class="blocks class5"' in drawn.body and 'class="ink-line outline"' in drawn.body
    circles = [float(each) for each in re.findall(r'<circle[^>]*cx="([^"]+)"', drawn.body)]
    assert max(circles) - min(circles) > 40


@settings(deadline=None)
@given(st.lists(st.floats(0, 1e4, allow_nan=False), max_size=200))
def test_proposed_classes_are_a_key(grades: list[float]) -> None:
    """Whatever the grades are, there are one to five rising bounds, and every grade has one class."""
    classes = proposed(grades)
    assert 1 <= len(classes.bounds) <= 5
    assert set(classes.of(np.array(grades)).tolist()) <= set(range(len(classes.bounds) + 1))
    assert len(classes.said()) == len(classes.bounds) + 1


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", 'K"1', "K&1", "K\x001", "]]>", "É-1", "' onload='x"])
def test_names_are_words_and_never_markup(name: str) -> None:
    """A hole may be called anything: the drawing stays well-formed and the name stays text."""
    collars = pl.DataFrame({"hole": [name], "easting_m": [0.0], "northing_m": [0.0], "elevation_m": [100.0]})
    points = holes((name, [(0.0, 0.0, 100.0), (0.0, 0.0, 50.0)]))
    rows = pl.DataFrame(
        {"hole": [name], "from_m": [0.0], "to_m": [5.0], "rock": [name], "zone": [name], "label": [name]}
    )
    log = strip_log(name, lithology=rows, domains=rows, intervals=rows)
    for drawn in (plan(collars, points), SectionPicture(EAST_WEST, points, GradeClasses((1.0,))).draw(), log):
        tree = as_tree(drawn)
        assert not [each for each in tree.iter() if each.tag.endswith("script")]
        assert not [key for each in tree.iter() for key in each.attrib if key.startswith("on")]
        assert name.replace("\x00", "") in " ".join(said(drawn))


def test_a_plan_says_what_it_leaves_out() -> None:
    """Holes without coordinates are counted; a plan of nothing is a plan all the same."""
    collars = pl.DataFrame({"hole": ["A", "B"], "easting_m": [0.0, None], "northing_m": [0.0, 5.0]})
    assert plan(collars).caption.startswith("1 hole without coordinates is not on the map.")
    assert "Plan of 0 holes" in plan(collars.clear()).svg()


def test_a_section_names_the_outlines_that_it_crosses() -> None:
    """A section runs in and out of a ring as often as its line does; roads and rivers have no inside."""
    ring = tuple((x, y) for x, y in ((0, -9), (30, -9), (30, 9), (20, 9), (20, -3), (10, -3), (10, 9), (0, 9)))
    found = crossed([Outline("U", "zone", (ring,)), Outline("R", "road", (ring,))], EAST_WEST, 0.0, 25.0)
    assert [(each.low, each.high) for each in found] == [(0.0, 10.0), (20.0, 25.0)]
    points = holes(("A", [(0.0, 0.0, 100.0), (30.0, 0.0, 50.0)]))
    drawn = SectionPicture(EAST_WEST, points, GradeClasses((1.0,)), outlines=[Outline("U", "zone", (ring,))]).draw()
    assert said(drawn).count("U") == 2


def pierce_points(*rows: tuple[str, float, float, float, float | None]) -> pl.DataFrame:
    """Points where holes pierced a zone: hole, easting, northing, elevation, grade."""
    names = ["hole", "easting_m", "northing_m", "elevation_m", "value"]
    return pl.DataFrame(rows, names, orient="row").with_columns(label=pl.lit("5.0 m @ 1.00 g/t Au"))


def test_a_long_section_shows_every_intersection_with_a_place() -> None:
    """Each has a dot in the colour of its class; one without a grade is white, one without a place is counted."""
    rows = [("A", 0.0, 0.0, 90.0, 0.2), ("B", 3.0, 80.0, 60.0, 5.0), ("C", 0.0, 50.0, 40.0, None)]
    table = pl.concat([pierce_points(*rows), pierce_points(("D", 0.0, 0.0, 0.0, 1.0)).with_columns(easting_m=None)])
    plane = along_points("Z", pierce_points(*rows), None, 0.0)
    drawn = LongSection("Z", plane, table, GradeClasses((1.0,), "Au", "g/t")).draw()
    assert sorted(re.findall(r'<circle class="(\w+) pierced"', drawn.body)) == ["class0", "class5", "paper"]
    assert "1 without a place left out." in drawn.caption and {"A", "B", "C"} <= set(said(drawn))


@settings(deadline=None, max_examples=40)
@given(st.floats(-50, 50), st.floats(0, 60), st.floats(20, 200))
def test_points_of_a_long_section_stay_where_they_are_from_near(left: float, bottom: float, wide: float) -> None:
    """Over whatever reach, a point lies where the axes say; blocks that the plane cuts stand behind."""
    table = pierce_points(("A", 0.0, 10.0, 90.0, 0.2), ("B", 3.0, 80.0, 60.0, 5.0))
    plane = Section("Z", 0.0, 0.0, 0.0, 0.0)
    reach = (left, left + wide, bottom, bottom + wide / 2)
    held = model((4.0, 5.0, 50.0, 1.0), (4.0, 15.0, 50.0, 2.0))
    picture = LongSection("Z", plane, table, GradeClasses((1.0,)), blocks=held, block_grade="au_gpt", reach=reach)
    drawn = replace(picture, cutoff=1.5).draw()
    room, over = (
        [float(each) for each in found.split(",")]
        for found in re.findall(r'data-(?:room|reach)="([^"]+)"', drawn.body)[:2]
    )
    for x, y in re.findall(r'pierced" cx="([^"]+)" cy="([^"]+)"', drawn.body):
        along = over[0] + (float(x) - room[0]) / (room[2] - room[0]) * (over[1] - over[0])
        up = over[3] - (float(y) - room[1]) / (room[3] - room[1]) * (over[3] - over[2])
        assert min(abs(along - at) + abs(up - height) for at, height in ((10, 90), (80, 60))) < 0.01 * wide
    assert "Blocks cut by the plane from 1.5" in drawn.caption
    assert len(picture.cut or ()) == 2


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(st.floats(0, 300), st.floats(0, 200), st.floats(0, 9)), min_size=2, max_size=30))
def test_labels_of_a_long_section_do_not_meet(points: list[tuple[float, float, float]]) -> None:
    """However the intersections lie, labels stand apart, within the frame, and those without room are counted."""
    table = pierce_points(*((f"H{at}", 0.0, x, up, grade) for at, (x, up, grade) in enumerate(points)))
    drawn = LongSection("Z", EAST_WEST, table, GradeClasses((1.0,)), width=500, height=400).draw()
    (group,) = [each for each in as_tree(drawn).iter(f"{SVG}g") if each.get("class") == "labels"]
    shown = [each for each in group.iter(f"{SVG}text") if "strong" in str(each.get("class"))]
    tops = [(float(each.get("x", "0")), float(each.get("y", "0")), "end" in str(each.get("class"))) for each in shown]
    boxes = [Box(x - 14 * end, y - 10, x + 14 * (not end), y + 2) for x, y, end in tops]
    assert not any(one.meets(other) for one, other in combinations(boxes, 2))
    left = re.search(r"(\d+) labels? left out", drawn.caption)
    assert len(shown) + (int(left[1]) if left else 0) == len(points)
    assert all(0 <= x <= 500 and 0 <= y <= drawn.height for x, y, _ in tops)


def test_a_log_marks_what_is_below_detection_and_what_has_no_value() -> None:
    """A limit is an open bar, a sample without a value and a gap are grey, and the foot says so; nothing is nought."""
    rows = {"hole": ["A"] * 4, "from_m": [0.0, 2.0, 4.0, 8.0], "to_m": [2.0, 4.0, 6.0, 9.0]}
    assays = pl.DataFrame({**rows, "au_gpt": [1.0, 0.01, None, 2.0], "au_gpt_below": [False, True, False, False]})
    drawn = strip_log("A", assays=assays, grades=["au_gpt"])
    assert drawn.body.count('class="bar class4"') == 2 and drawn.body.count('class="quiet-line below"') == 1
    assert drawn.body.count('class="plain none"') == 1 and "2 to 4 m: &lt;0.01" in drawn.body
    assert "below detection" in drawn.caption and "Grey is without a value" in drawn.caption
    plain = strip_log("A", assays=assays.head(1), grades=["au_gpt"])
    assert "below detection" not in plain.caption and "Grey" not in plain.caption


def test_a_log_shows_recovery_and_structures() -> None:
    """Recovery and RQD are runs of per cent; a plane stands at its angle to the axis of the core."""
    runs = pl.DataFrame(
        {
            "hole": ["A"] * 2,
            "from_m": [0.0, 3.0],
            "to_m": [3.0, 6.0],
            "recovery_pct": [98.0, None],
            "rqd_pct": [5.0, 7.0],
        }
    )
    planes = pl.DataFrame(
        {"hole": ["A", "A"], "depth_m": [2.0, 4.0], "kind": ["vein", None], "alpha_deg": [90.0, None]}
    )
    drawn = strip_log("A", recoveries=runs, structures=planes)
    assert drawn.body.count(' run"') == 3 and drawn.body.count('line structure"') == 1
    assert {"vein 90°", "plane", "Recovery, RQD %", "Structures"} <= set(said(drawn))


@settings(deadline=None, max_examples=40)
@given(st.lists(st.text("abcdefgh ", min_size=1, max_size=14), min_size=1, max_size=25))
def test_heads_and_words_of_a_log_stand_in_their_columns(rocks: list[str]) -> None:
    """However many rocks, words of a column stand in their order, within the log, and no head runs into the next."""
    depths = [float(at) for at in range(len(rocks))]
    rows = pl.DataFrame(
        {"hole": ["A"] * len(rocks), "from_m": depths, "to_m": [at + 1 for at in depths], "rock": rocks}
    )
    zones = rows.rename({"rock": "zone"})
    runs = rows.select("hole", "from_m", "to_m", recovery_pct=pl.lit(90.0), rqd_pct=pl.lit(50.0))
    drawn = strip_log("A", lithology=rows, domains=zones, recoveries=runs, height=500)
    heads = [each for each in as_tree(drawn).iter(f"{SVG}text") if each.get("class") == "ink small strong"]
    ends = [(float(each.get("x", "0")), width_of("".join(each.itertext()), 11)) for each in heads]
    assert all(x + wide <= after + 1 for (x, wide), (after, _) in pairwise(ends))
    ys = [float(each.get("y", "0")) for each in as_tree(drawn).iter(f"{SVG}text")]
    assert all(0 <= y <= drawn.height for y in ys)


def test_all_colours_have_two_grounds() -> None:
    """Every colour is a colour on a light and on a dark ground."""
    assert all(re.fullmatch("#[0-9a-f]{6}", each) for both in colours().values() for each in both)


def test_numbers_of_pixels_are_short() -> None:
    """No drawing holds a number that is longer than can be seen, nor one in powers of ten."""
    assert [num(each) for each in (1e-9, 1 / 3, 1e6)] == ["0", "0.33", "1000000"]


@pytest.mark.parametrize(
    "asked",
    [
        ("plan",),
        ("section", "--hole", "CL20037"),
        ("section", "--section", "450N"),
        ("log", "--hole", "CL20037"),
        ("long",),
        ("long", "--name", "all holes", "--within", "400"),
    ],
)
def test_an_example_book_is_drawn(asked: tuple[str, ...], tmp_path: Path) -> None:
    """Each drawing of an example book is well-formed SVG, the same each time, and becomes PDF and PNG."""
    book = EXAMPLES / "crater-lake" / "book"
    files = [tmp_path / each for each in ("one.svg", "two.svg", "print.pdf", "print.png")]
    for file in files:
        assert asked_of(["draw", *asked, "--book", str(book), "-o", str(file)]) == 0
    assert files[0].read_bytes() == files[1].read_bytes()
    assert ElementTree.parse(files[0]).getroot().tag.endswith("svg")
    assert files[2].read_bytes()[:5] == b"%PDF-" and files[3].read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (("section",), "say --hole"),
        (("section", "--hole", "CL2003"), "no hole"),
        (("section", "--section", "451N"), "did you mean '450N'"),
        (("log",), "say --hole"),
        (("long", "--name", "TH"), "say --name ZONE, one of TG"),
        (("log", "--hole", "CL20037", "--grade", "xx_ppm"), "no column of grades"),
        (("section", "--hole", "CL20037", "--bound", "3", "--bound", "1"), "rising"),
        (("plan", "--width", "5"), "200 to 10,000"),
        (("section", "--hole", "CL20037", "--within", "0"), "above nought"),
        (("section", "--hole", "CL20037", "--join", "-5"), "how far apart"),
        (("plan", "--join", "50"), "is for a section"),
        (("section", "--hole", "CL20037", "--blocks", "cutoff=rich"), "no number"),
        (("section", "--hole", "CL20037", "--blocks", "rich"), "write cutoff=GRADE"),
        (("section", "--hole", "CL20037", "--blocks", "level=5"), "is for a plan"),
        (("section", "--hole", "CL20037", "--blocks", "grade=au_gpt"), "has no blocks"),
        (("plan", "--blocks", "level=5"), "no blocks with such grades"),
    ],
)
def test_what_cannot_be_drawn_is_said(asked: tuple[str, ...], words: str, capsys: pytest.CaptureFixture[str]) -> None:
    """What was asked wrongly is answered in one line that says what instead."""
    assert asked_of(["draw", *asked, "--book", str(EXAMPLES / "crater-lake" / "book")]) == 2
    assert words in capsys.readouterr().err


def test_a_hole_without_direction_is_told_and_the_others_drawn(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A drawing shows the holes that have a course and says which have none; a log needs no course at all."""
    (tmp_path / "collars.csv").write_text(
        "hole,easting_m,northing_m,elevation_m,azimuth_deg,dip_deg,depth_m\nA,0,0,100,90,-60,50\nB,20,0,100,,,50\n"
    )
    (tmp_path / "assays.csv").write_text("hole,from_m,to_m,au_gpt\nA,0,2,0.5\nB,0,2,1.5\n")
    book = str(tmp_path / "book")
    assert asked_of(["new", book, "--issuer", "K Ltd.", "--crs", "local"]) == 0
    files = [str(tmp_path / f"{name}.csv") for name in ("collars", "assays")]
    assert asked_of(["add", *files, "--book", book, "--declare", "dip=negative_down,azimuth=grid"]) == 0
    capsys.readouterr()
    for asked in (("plan",), ("section", "--hole", "A")):
        assert asked_of(["draw", *asked, "--book", book, "-o", str(tmp_path / "one.svg")]) == 0
        assert "1 hole has no direction and no trace: B" in capsys.readouterr().err
    assert asked_of(["draw", "log", "--hole", "B", "--book", book, "-o", str(tmp_path / "log.svg")]) == 0
    assert asked_of(["draw", "section", "--hole", "B", "--book", book]) == 2
    assert "say --azimuth" in capsys.readouterr().err


@pytest.mark.parametrize(
    "asked", ["plan", "section --hole A", "section --section 1N", "long", "log --hole A", "locator"]
)
def test_an_empty_book_says_what_it_lacks(asked: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A book without tables is answered in one line, and nothing is written."""
    book = str(tmp_path / "book")
    assert asked_of(["new", book, "--issuer", "K Ltd.", "--crs", "EPSG:26920"]) == 0
    capsys.readouterr()
    target = tmp_path / "one.svg"
    assert asked_of(["draw", *asked.split(), "--book", book, "-o", str(target)]) == 2
    told = capsys.readouterr().err
    assert len(told.strip().splitlines()) == 1 and ("need" in told or "nothing says where" in told)
    assert not target.exists()


def test_a_book_without_zones_has_a_long_section_of_all_holes(tmp_path: Path) -> None:
    """Every hole is seen square to the mean course of them, as far to either side as they reach."""
    rows = "A,0,0,100,90,-60,50\nB,20,40,100,90,-60,80"
    (tmp_path / "collars.csv").write_text(
        f"hole,easting_m,northing_m,elevation_m,azimuth_deg,dip_deg,depth_m\n{rows}\n"
    )
    book, drawn = str(tmp_path / "book"), tmp_path / "long.svg"
    assert asked_of(["new", book, "--issuer", "K Ltd.", "--crs", "local"]) == 0
    declared = ["--declare", "dip=negative_down,azimuth=grid"]
    assert asked_of(["add", str(tmp_path / "collars.csv"), "--book", book, *declared]) == 0
    assert asked_of(["draw", "long", "--book", book, "-o", str(drawn)]) == 0
    words = drawn.read_text()
    assert "<title>Long section of all holes, looking 270°</title>" in words
    assert words.count(" trace") == 2 and "holes within 50 m" in words


def test_ground_joins_no_collar_underground() -> None:
    """Holes that rise or run level begin underground; the ground does not come down to them."""
    names = ["hole", "easting_m", "northing_m", "elevation_m", "dip_deg"]
    rows = [("A", 0, 0, 100, -60), ("B", 50, 0, 101, None), ("C", 20, 0, 30, 45), ("D", 30, 0, 40, 0)]
    collars = pl.DataFrame(rows, names, orient="row")
    found = ground_line(EAST_WEST, 0, 60, topography=None, collars=collars)
    assert found is not None and found.lines == [[(0, 100), (50, 101)]]
