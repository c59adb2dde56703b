"""Paths of holes: published vectors, real holes, the wrong answers of others, and laws that hold for every hole."""

from itertools import pairwise
from math import inf, pi
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orebook.disciplines.drilling.surveying.path import NoDirectionError, Paths, desurvey
from orebook.disciplines.drilling.surveying.survey_quality import compare_methods, doglegs
from orebook.maths import arcs
from orebook.maths.directions import angles_between, unit_vectors

Station = tuple[float, float, float]

unhurried = settings(deadline=None, max_examples=50)
"""Kernels are compiled when they first run: no example has to hurry."""


def collars(
    *holes: str, depth: float | None = None, origin: tuple[float, float, float] = (0.0, 0.0, 0.0)
) -> pl.DataFrame:
    """Collars at one place, without directions."""
    east, north, up = origin
    return pl.DataFrame(
        {"hole": holes, "easting_m": east, "northing_m": north, "elevation_m": up, "depth_m": depth},
        schema_overrides={"depth_m": pl.Float64},
    )


def surveys(**holes: list[Station]) -> pl.DataFrame:
    """A survey table from stations (depth, azimuth, dip) of holes."""
    rows = [(hole, *station) for hole, stations in holes.items() for station in stations]
    return pl.DataFrame(rows, schema=["hole", "depth_m", "azimuth_deg", "dip_deg"], orient="row")


def path(*stations: Station) -> Paths:
    """The path of one hole from the origin."""
    return desurvey(collars("A"), surveys(A=list(stations)))


def at(paths: Paths, *depths: float) -> list[tuple[float, ...]]:
    """Easting, northing, elevation, azimuth and dip of the hole A at depths."""
    table = paths.at(pl.DataFrame({"hole": ["A"] * len(depths), "depth_m": depths}), outside="extend")
    return table.select("easting_m", "northing_m", "elevation_m", "azimuth_deg", "dip_deg").rows()


VECTORS: dict[str, tuple[list[Station], float, tuple[float, float, float, float, float]]] = {
    "MC1 middle": ([(0, 20, -75), (100, 45, -65)], 50, (7.09364828, 12.91309949, -47.75219145, 35.550375, -70.412058)),
    "MC1 end": ([(0, 20, -75), (100, 45, -65)], 100, (19.45077375, 27.21832857, -94.01234323, 45, -65)),
    "MC2 middle": ([(0, 0, -60), (30, 0, -50)], 15, (0, 8.05693701, -12.64685782, 0, -55)),
    "MC2 end": ([(0, 0, -60), (30, 0, -50)], 30, (0, 17.18546123, -24.54338221, 0, -50)),
    "MC3 middle": ([(0, 350, -60), (30, 10, -60)], 15, (-0.65159108, 7.40472113, -13.02320497, 0, -60.378348)),
    "MC3 end": ([(0, 350, -60), (30, 10, -60)], 30, (0, 14.80944227, -26.04640994, 10, -60)),
    "MC4 middle": ([(0, 90, -90), (30, 90, -80)], 15, (0.65408322, 0, -14.98096866, 90, -85)),
    "MC4 end": ([(0, 90, -90), (30, 90, -80)], 30, (2.61135490, 0, -29.84792310, 90, -80)),
    "MC5 middle": ([(0, 0, -90), (100, 90, 0)], 50, (18.64616143, 0, -45.01581581, 90, -45)),
    "MC5 end": ([(0, 0, -90), (100, 90, 0)], 100, (63.66197724, 0, -63.66197724, 90, 0)),
    "MC6": ([(0, 123.4, -56.7), (50, 123.4, -56.7)], 50, (22.91752632, -15.11132436, -41.79036807, 123.4, -56.7)),
    "MC7": ([(0, 100, -60), (30, 100.0000001, -60)], 30, (14.7721163, -2.6047227, -25.9807621, 100.0000001, -60)),
    "MC8 middle": ([(0, 0, -60), (30, 170, -60)], 15, (0.38422870, 3.87094728, -14.31141872, 85, -87.119341)),
    "MC8 end": ([(0, 0, -60), (30, 170, -60)], 30, (1.43480305, 0.12552900, -28.62283745, 170, -60)),
    "MC9": ([(0, 200, 30), (30, 210, 35)], 30, (-10.61248111, -22.90389253, 16.14299642, 210, 35)),
    "MC10 above": ([(6, 250, -70), (36, 256, -66)], 3, (-0.964181, -0.350933, -2.819078, 250, -70)),
    "MC10 last": ([(6, 250, -70), (36, 256, -66)], 36, (-12.674824, -3.934235, -33.451561, 256, -66)),
    "MC10 below": ([(6, 250, -70), (36, 256, -66)], 50, (-18.199991, -5.311814, -46.241197, 256, -66)),
    "MC11": ([(0, 90, -60)], 100, (50, 0, -86.602540, 90, -60)),
}
"""Handbook 3.7: stations, depth, and easting, northing, elevation, azimuth and dip there."""


@pytest.mark.parametrize("name", VECTORS)
def test_published_vectors(name: str) -> None:
    """Positions and directions on the arc are those of the handbook, to the digits that it prints."""
    stations, depth, expected = VECTORS[name]
    found = at(path(*stations), depth)[0]
    assert found[:3] == pytest.approx(expected[:3], abs=6e-7)
    assert found[3:] == pytest.approx(expected[3:], abs=6e-7)


def test_a_cardinal_direction_is_exact() -> None:
    """A hole due east does not drift north by a rounding, and a vertical hole stays above its collar."""
    assert at(path((0, 90, -60)), 100)[0][1] == 0.0
    assert at(path((0, 37, -90)), 1234.5)[0] == (0.0, 0.0, -1234.5, 0.0, -90.0)


NODES, WEIGHTS = np.polynomial.legendre.leggauss(24)


def turned(one: np.ndarray, other: np.ndarray, share: np.ndarray) -> np.ndarray:
    """Directions between two directions by spherical interpolation, one a row."""
    angle = float(np.radians(angles_between(one, other)))
    if angle < 1e-6:
        return one + np.outer(share, other - one)
    return (np.outer(np.sin((1 - share) * angle), one) + np.outer(np.sin(share * angle), other)) / np.sin(angle)


def integrated(stations: list[Station], depth: float) -> tuple[np.ndarray, np.ndarray]:
    """Position and direction at a depth by quadrature of the direction, interpolated from station to station."""
    knots = [(at, unit_vectors(azimuth, dip)) for at, azimuth, dip in stations]
    knots = [(0.0, knots[0][1]), *knots] if knots[0][0] > 0 else knots
    place, direction = np.zeros(3), knots[0][1]
    for (start, one), (end, other) in pairwise([*knots, (inf, knots[-1][1])]):
        reach = min(depth, end) - start
        if reach <= 0:
            break
        place = place + WEIGHTS @ turned(one, other, (NODES + 1) / 2 * reach / (end - start)) * reach / 2
        direction = turned(one, other, np.array([reach / (end - start)]))[0]
    return place, direction


angle = st.floats(0, 360).map(lambda value: round(value, 3))
dip = st.floats(-90, 90).map(lambda value: round(value, 3))
spacing = st.integers(1, 100_000).map(lambda value: value / 1000)


@st.composite
def holes(draw: st.DrawFn, steepest_turn: float = 170.0) -> list[Station]:
    """Stations of any hole that does not turn right round."""
    depth, found = draw(st.sampled_from([0.0, 6.0])), [(0.0, draw(angle), draw(dip))]
    found[0] = (depth, *found[0][1:])
    for _ in range(draw(st.integers(0, 5))):
        depth = round(depth + draw(spacing), 3)
        station = (depth, draw(angle), draw(dip))
        if angles_between(unit_vectors(*found[-1][1:]), unit_vectors(*station[1:])) < steepest_turn:
            found.append(station)
    return found


share = st.floats(0, 1.3)


@unhurried
@given(holes(), share)
def test_quadrature_of_the_direction_agrees(stations: list[Station], part: float) -> None:
    """Position and direction are those of quadrature and spherical interpolation, to a billionth of the depth."""
    depth = stations[-1][0] * part
    found, (place, direction) = at(path(*stations), depth)[0], integrated(stations, depth)
    assert found[:3] == pytest.approx(tuple(place), abs=1e-9 * (1 + depth))
    assert tuple(unit_vectors(*found[3:])) == pytest.approx(tuple(direction), abs=1e-9)


@unhurried
@given(holes(), share, st.floats(-720, 720))
def test_a_turned_survey_is_a_turned_path(stations: list[Station], part: float, turn: float) -> None:
    """Adding an angle to every azimuth turns the path about the vertical through its collar by that angle."""
    depth = stations[-1][0] * part
    turned = [(d, (a + turn) % 360, s) for d, a, s in stations]
    (east, north, up, *_), (east2, north2, up2, *_) = at(path(*stations), depth)[0], at(path(*turned), depth)[0]
    angle = np.radians(turn)
    there = (east * np.cos(angle) + north * np.sin(angle), north * np.cos(angle) - east * np.sin(angle), up)
    assert (east2, north2, up2) == pytest.approx(there, abs=1e-8 * (1 + depth))


@unhurried
@given(holes())
def test_the_path_is_as_long_as_the_depth(stations: list[Station]) -> None:
    """Summed along the path, small chords come to the depth; no chord is longer than the depth between its ends."""
    depth = stations[-1][0] + 10
    points = np.array(at(path(*stations), *np.linspace(0, depth, 4001)))[:, :3]
    chords = np.linalg.norm(np.diff(points, axis=0), axis=1)
    assert chords.max() <= depth / 4000 + 1e-9
    assert chords.sum() == pytest.approx(depth, rel=2e-3)


@unhurried
@given(holes(), share)
def test_a_hole_drilled_backwards_is_the_same_hole(stations: list[Station], part: float) -> None:
    """From the end, with opposite directions and depths counted back, every arc runs through the same points."""
    if stations[0][0] > 0:
        stations = [(0.0, *stations[0][1:]), *stations]
    end = stations[-1][0]
    back = [(end - d, (a + 180) % 360, -s) for d, a, s in reversed(stations)]
    last = at(path(*stations), end)[0]
    depth = min(part, 1.0) * end
    there = at(path(*back), depth)[0]
    moved = tuple(a + b for a, b in zip(last[:3], there[:3], strict=True))
    assert moved == pytest.approx(at(path(*stations), end - depth)[0][:3], abs=1e-8 * (1 + end))


@unhurried
@given(st.floats(0, pi**2))
def test_the_parts_of_sine_and_cosine(x: float) -> None:
    """The series and the functions that replace it agree with sine and cosine to the last digits."""
    s, c = arcs.sine_and_cosine_parts(x)
    root = np.sqrt(x)
    assert s * root == pytest.approx(np.sin(root), abs=4e-16)
    assert 1 - c * x == pytest.approx(np.cos(root), abs=8e-16)


def babbitt(shared: Path, name: str, **columns: str) -> pl.DataFrame:
    """A table of the Babbitt holes in the columns of a book in feet; ids are text."""
    table = pl.read_csv(
        shared / "data/drillholes/babbitt" / name, schema_overrides={"BHID": pl.String}, infer_schema_length=None
    )
    return table.select(pl.col("BHID").alias("hole"), **{new: pl.col(old) for new, old in columns.items()})


@pytest.fixture(scope="module")
def real(shared: Path) -> Paths:
    """The paths of the 399 Babbitt holes: feet, dips positive down in the file."""
    tops = babbitt(shared, "collar.csv", easting_ft="XCOLLAR", northing_ft="YCOLLAR", elevation_ft="ZCOLLAR")
    turns = babbitt(shared, "survey.csv", depth_ft="AT", azimuth_deg="AZ", dip_deg="DIP")
    return desurvey(tops, turns.with_columns(-pl.col("dip_deg")))


REAL = [
    ("B1-299", 1034, (2301049.910, 421700.212, 583.391)),
    ("B1-299", 2068, (2301160.220, 421389.124, -393.487)),
    ("B1-119", 1021.5, (2302281.489, 419517.330, 582.954)),
    ("B1-119", 2043, (2302011.967, 419641.256, -392.192)),
    ("B1-409", 984.5, (2299648.145, 417747.774, 641.464)),
    ("B1-409", 1969, (2299485.489, 417808.094, -326.289)),
]


@pytest.mark.parametrize(("hole", "depth", "expected"), REAL)
def test_babbitt_positions(real: Paths, hole: str, depth: float, expected: tuple[float, ...]) -> None:
    """Samples of real holes in feet lie where the handbook says, to the thousandth of a foot."""
    found = real.at(pl.DataFrame({"hole": [hole], "depth_ft": [depth]}))
    assert found.select("easting_ft", "northing_ft", "elevation_ft").row(0) == pytest.approx(expected, abs=6e-4)


def test_babbitt_middles(real: Paths, shared: Path) -> None:
    """The mean of all 35,616 interval middles is the handbook's, and every interval has a place."""
    found = real.middles(babbitt(shared, "assay.csv", from_ft="FROM", to_ft="TO"))
    assert found.height == 35_616 and found["remark"].null_count() == 35_616
    means = found.select(pl.mean("easting_ft", "northing_ft", "elevation_ft")).row(0)
    assert means == pytest.approx((2_297_973.01, 420_065.755, 671.290), abs=6e-3)


def test_babbitt_turns(shared: Path) -> None:
    """The doglegs of B1-299 add up to 47.01 degrees; the sharpest is 16.9; the severest turns 32 degrees in 100 ft."""
    turns = babbitt(shared, "survey.csv", depth_ft="AT", azimuth_deg="AZ", dip_deg="DIP")
    found = doglegs(turns.with_columns(-pl.col("dip_deg")))
    assert found.filter(hole="B1-299")["dogleg_deg"].sum() == pytest.approx(47.01, abs=6e-3)
    assert found["dogleg_deg"].max() == pytest.approx(16.9, abs=0.06)
    assert found.filter(hole="B1-046", from_ft=12.5)["severity_deg_per_100ft"].item() == pytest.approx(32.0)
    assert found["severity_deg_per_100ft"].max() == pytest.approx(32.0)


def test_babbitt_by_quadrature(real: Paths, shared: Path) -> None:
    """At the last station of every real hole the sum of arcs agrees with quadrature to 1e-8 ft."""
    turns = babbitt(shared, "survey.csv", depth_ft="AT", azimuth_deg="AZ", dip_deg="DIP")
    tops = babbitt(shared, "collar.csv", easting_ft="XCOLLAR", northing_ft="YCOLLAR", elevation_ft="ZCOLLAR")
    last = turns.group_by("hole").agg(pl.max("depth_ft").cast(pl.Float64)).sort("hole")
    found = real.at(last).join(tops, on="hole", suffix="_top")
    stations = turns.sort("hole", "depth_ft").partition_by("hole", as_dict=True)
    for hole, depth, *places in found.drop("azimuth_deg", "dip_deg", "remark").iter_rows():
        rows = [(at, azimuth, -dip) for _, at, azimuth, dip in stations[(hole,)].iter_rows()]
        place, _ = integrated(rows, depth)
        assert np.array(places[:3]) - np.array(places[3:]) == pytest.approx(place, abs=1e-8)


def test_forrestania_is_told_in_full(shared: Path) -> None:
    """Of 144 stations two repeat a depth; 7 holes begin below 0; the 28 holes without a survey are listed."""
    folder = shared / "data/drillholes/forrestania"
    tops = pl.read_csv(folder / "collar.csv", infer_schema_length=None)
    tops = tops.rename({"hole_ID": "hole", "x": "easting_m", "y": "northing_m", "z": "elevation_m"})
    turns = pl.read_csv(folder / "survey.csv", infer_schema_length=None)
    turns = turns.rename({"hole_ID": "hole", "depth": "depth_m", "azimuth": "azimuth_deg", "dip": "dip_deg"})
    with pytest.raises(NoDirectionError, match="28 of 100 holes have neither"):
        desurvey(tops, turns)
    paths = desurvey(tops, turns, no_survey="collar")
    assert paths.left_out.height == 28 and len(paths) == 72
    assert paths.dropped["reason"].to_list() == ["depth twice, same direction"] * 2
    assert paths.basis["stations"].sum() + paths.dropped.height == turns.height == 144
    assert (paths.basis["first_m"] > 0).sum() == 7
    upright = desurvey(tops, turns, no_survey="vertical")
    assert upright.basis["basis"].value_counts().sort("basis").rows() == [("surveys", 72), ("vertical", 28)]


def test_a_point_between_stations_lies_on_the_arc() -> None:
    """Half way along a turn of ten degrees the hole is not half way along the chord, but 0.654 m beside it (RG6)."""
    (*middle, _, _), (*end, _, _) = at(path((0, 0, -60), (30, 0, -50)), 15, 30)
    assert np.linalg.norm(np.array(middle) - np.array(end) / 2) == pytest.approx(0.654, abs=6e-4)


def test_a_vertical_hole_stays_above_one_point() -> None:
    """Every metre of a vertical hole has the coordinates of its collar, and lies deeper than the one before (RG11)."""
    found = desurvey(collars("A", origin=(7.0, 9.0, 50.0), depth=20.0), surveys(A=[(0, 45, -90)])).trace(1.0)
    assert found["easting_m"].unique().to_list() == [7.0] and found["northing_m"].unique().to_list() == [9.0]
    assert found["elevation_m"].to_list() == [50.0 - depth for depth in range(21)]


@pytest.mark.parametrize("depth", [0.0, 6.0, 500.0])
def test_one_station_at_any_depth_is_a_straight_hole(depth: float) -> None:
    """A hole with one survey, wherever it was made, is straight from its collar on (RG13)."""
    assert at(path((depth, 90, -60)), 100)[0] == pytest.approx((50, 0, -86.6025404, 90, -60))


@unhurried
@given(holes())
def test_depth_nought_is_the_collar(stations: list[Station]) -> None:
    """At depth 0 a hole is exactly at its collar and points like its first station (RG14)."""
    origin = (440870.0, 6133665.0, 540.0)
    paths = desurvey(collars("A", origin=origin), surveys(A=stations))
    found = at(paths, 0)[0]
    assert found[:3] == origin
    assert tuple(unit_vectors(*found[3:])) == pytest.approx(tuple(unit_vectors(*stations[0][1:])), abs=1e-12)


def test_the_order_of_columns_means_nothing() -> None:
    """A survey table with dip before azimuth gives the same hole (RG15)."""
    table = surveys(A=[(0, 20, -75), (100, 45, -65)])
    turned = table.select("dip_deg", "azimuth_deg", "hole", "depth_m")
    assert at(desurvey(collars("A"), turned), 70) == at(desurvey(collars("A"), table), 70)


@pytest.mark.parametrize(("apart", "expected"), [(0.0, 0.0), (1e-7, 1e-7), (179.0, 179.0), (180.0, 180.0)])
def test_the_smallest_and_the_widest_turn_keep_their_digits(apart: float, expected: float) -> None:
    """Equal directions turn by nothing, directions 1e-7 degrees apart by 1e-7 degrees; never by NaN (RG16)."""
    found = angles_between(unit_vectors(0.0, 0.0), unit_vectors(apart, 0.0))
    assert float(found) == pytest.approx(expected, rel=1e-7, abs=0.0)


def test_whole_numbers_are_depths() -> None:
    """Depths, angles and coordinates stored as integers serve as well (RG22)."""
    table = surveys(A=[(0, 20, -75), (100, 45, -65)])
    whole = table.cast({"depth_m": pl.Int32, "azimuth_deg": pl.Int16, "dip_deg": pl.Int16})
    tops = collars("A").cast({"easting_m": pl.Int64, "northing_m": pl.Int64})
    rows = pl.DataFrame({"hole": ["A"], "from_m": [40], "to_m": [60]})
    (found,) = desurvey(tops, whole).middles(rows).rows()
    assert found[4:] == (*at(desurvey(collars("A"), table), 50)[0], None)


def random_table(size: int) -> pl.DataFrame:
    """Intervals of three holes, and of one that is nowhere, in no order."""
    rng = np.random.default_rng(3)
    start = rng.uniform(0, 120, size).round(2)
    return pl.DataFrame({"hole": rng.choice(["A", "B", "C", "X"], size), "from_m": start, "to_m": start + 1.5})


def three() -> Paths:
    """Three holes from different collars."""
    tops = pl.concat(
        [collars(hole, origin=(place * 50.0, 7.0, 300.0), depth=110.0) for place, hole in enumerate("ABC")]
    )
    return desurvey(tops, surveys(A=[(0, 20, -75), (60, 45, -65)], B=[(6, 350, -60), (90, 10, -50)], C=[(30, 80, 40)]))


def test_a_hole_is_the_same_through_every_table() -> None:
    """Positions depend on hole and depth alone: not on the table, its order, or its other rows (RG10, RG23)."""
    paths, table = three(), random_table(500)
    whole = paths.middles(table)
    again = pl.concat([paths.middles(table[row]) for row in range(0, 500, 7)])
    assert again.equals(whole.gather_every(7))
    points = table.select("hole", depth_m=(pl.col("from_m") + pl.col("to_m")) / 2).sort("depth_m")
    sideways = paths.at(points).sort("hole", "depth_m")
    assert sideways.equals(whole.select(sideways.columns).sort("hole", "depth_m"))


def test_ends_are_the_positions_of_from_and_to() -> None:
    """What a thickness is taken from are the places of both ends; a remark on either is a remark on the interval."""
    paths, table = three(), random_table(300)
    found = paths.ends(table)
    for end in ("from", "to"):
        placed = paths.at(table.select("hole", depth_m=pl.col(f"{end}_m")))
        for name in ("easting", "northing", "elevation"):
            assert found[f"{name}_{end}_m"].equals(placed[f"{name}_m"], check_names=False)
    said = found.filter(pl.col("to_m") > 110.0005, pl.col("hole") != "X")["remark"].unique().to_list()
    assert said == ["beyond the end of the hole"]


def test_what_is_not_on_a_hole_is_said() -> None:
    """Above the collar, beyond the end, without a depth or without a hole: no place, and a remark; none is lost."""
    paths = desurvey(collars("A", depth=100.0), surveys(A=[(0, 90, -60)]))
    rows = [("A", -0.5), ("A", 100.0004), ("A", 100.001), ("A", None), ("X", 5.0), (None, 5.0)]
    table = pl.DataFrame(rows, schema={"hole": pl.String, "depth_m": pl.Float64}, orient="row")
    found = paths.at(table)
    beyond, above = "beyond the end of the hole", "above the collar"
    assert found["remark"].to_list() == [above, None, beyond, "no depth", "no path", "no path"]
    assert found["easting_m"].is_null().to_list() == [True, False, True, True, True, True]
    assert found["azimuth_deg"].is_null().to_list() == [True, False, True, True, True, True]
    extended = paths.at(table, outside="extend")
    assert extended["remark"].equals(found["remark"])
    assert extended["easting_m"].to_list()[:3] == pytest.approx([-0.25, 50.0002, 50.0005])
    assert extended["azimuth_deg"].to_list() == [90.0, 90.0, 90.0, None, None, None]


def test_the_end_of_a_hole_is_where_its_depth_says() -> None:
    """A hole without a depth has no known end, and that is said."""
    tops = pl.concat([collars("A", depth=100.0), collars("B")])
    found = desurvey(tops, surveys(A=[(0, 90, -60)], B=[(0, 90, -60)])).end_of_hole()
    assert found["remark"].to_list() == [None, "no depth"]
    assert found["easting_m"].to_list() == [pytest.approx(50.0), None]


def test_a_collar_without_elevation_gives_a_path_in_plan() -> None:
    """Nothing is invented: where the elevation of a collar is missing, those along its hole are."""
    tops = collars("A").drop("elevation_m")
    found = desurvey(tops, surveys(A=[(0, 90, -60)])).at(pl.DataFrame({"hole": ["A"], "depth_m": [100.0]}))
    assert found.row(0)[2:] == (pytest.approx(50.0), 0.0, None, 90.0, pytest.approx(-60.0), None)


DOUBTFUL = [
    (("A", None, 10.0, -60.0), "no depth"),
    (("A", -1.0, 10.0, -60.0), "depth above the collar"),
    (("A", 10.0, None, -60.0), "no azimuth"),
    (("A", 10.0, 10.0, None), "no dip"),
    (("A", 10.0, 361.0, -60.0), "azimuth outside 0 to 360"),
    (("A", 10.0, -1.0, -60.0), "azimuth outside 0 to 360"),
    (("A", 10.0, 10.0, 91.0), "dip outside -90 to 90"),
    (("A", float("nan"), 10.0, -60.0), "no depth"),
    (("A", 0.0004, 10.0, -60.0), "depth twice, same direction"),
    (("A", 0.0, 11.0, -60.0), "depth twice, other direction"),
    (("X", 10.0, 10.0, -60.0), "no collar"),
    ((None, 10.0, 10.0, -60.0), "no hole"),
]


@pytest.mark.parametrize(("row", "reason"), DOUBTFUL)
def test_a_station_that_cannot_be_used_is_listed(row: tuple[object, ...], reason: str) -> None:
    """A station that is out of bounds or incomplete is dropped with its row and its reason; the others serve."""
    table = pl.DataFrame(
        [("A", 0.0, 10.0, -60.0), row, ("A", 30.0, 20.0, -50.0)], schema=surveys(A=[]).columns, orient="row"
    )
    paths = desurvey(collars("A"), table)
    assert paths.dropped.select("row", "reason").rows() == [(1, reason)]
    assert at(paths, 40) == at(path((0, 10, -60), (30, 20, -50)), 40)


def test_a_vertical_station_needs_no_azimuth_and_360_is_0() -> None:
    """A plumb hole is logged without an azimuth, and north is written as 360: both are directions."""
    table = pl.DataFrame(
        {"hole": ["A", "A"], "depth_m": [0.0, 30.0], "azimuth_deg": [None, 360.0], "dip_deg": [-90, -80]}
    )
    assert at(desurvey(collars("A"), table), 30) == at(path((0, 0, -90), (30, 0, -80)), 30)


def directed(**holes: tuple[float | None, float | None]) -> pl.DataFrame:
    """Collars with azimuth and dip."""
    rows = [(hole, 0.0, 0.0, 0.0, *angles) for hole, angles in holes.items()]
    names = ["hole", "easting_m", "northing_m", "elevation_m", "azimuth_deg", "dip_deg"]
    return pl.DataFrame(rows, schema=dict.fromkeys(names, pl.Float64) | {"hole": pl.String}, orient="row")


@pytest.mark.parametrize(
    ("no_survey", "expected", "left_out"),
    [
        ("collar", {"A": "surveys", "B": "collar"}, {"C": "no survey and no direction at the collar"}),
        ("vertical", {"A": "surveys", "B": "collar", "C": "vertical"}, {}),
        ("leave_out", {"A": "surveys"}, {"B": "no survey", "C": "no survey"}),
    ],
)
def test_holes_without_a_survey(no_survey: str, expected: dict[str, str], left_out: dict[str, str]) -> None:
    """The direction at the collar serves; what has none is left out or drawn vertical, as asked, and always listed."""
    tops, table = directed(A=(0.0, -45.0), B=(90.0, -60.0), C=(10.0, None)), surveys(A=[(0, 90, -60)], C=[(0, 0, 95)])
    paths = desurvey(tops, table, no_survey=no_survey)  # type: ignore[arg-type]
    assert dict(paths.basis.select("hole", "basis").rows()) == expected
    assert dict(paths.left_out.select("hole", "reason").rows()) == left_out
    ends = paths.at(pl.DataFrame({"hole": ["A", "B", "C"], "depth_m": [100.0] * 3}))
    assert ends["remark"].to_list() == [None if hole in expected else "no path" for hole in "ABC"]
    with pytest.raises(NoDirectionError, match=r"1 of 3 holes .*: C; add them, or say no_survey="):
        desurvey(tops, table)


def test_collars_that_stand_for_no_hole_are_listed() -> None:
    """A hole twice in the same words is one hole; in other words it is none, and neither is one without a place."""
    tops = pl.DataFrame(
        {
            "hole": ["A", "A", "B", "B", "C", None],
            "easting_m": [1.0, 1.0, 2.0, 3.0, None, 4.0],
            "northing_m": [0.0] * 6,
            "azimuth_deg": 0.0,
            "dip_deg": -90.0,
        }
    )
    paths = desurvey(tops, None)
    assert paths.names.to_list() == ["A"]
    reasons = [(1, "the same collar again"), *[(row, "two different collars") for row in (2, 3)]]
    reasons += [(4, "no easting or northing"), (5, "no hole")]
    assert paths.left_out.select("row", "reason").rows() == reasons


def test_stations_that_point_opposite_ways_have_no_arc() -> None:
    """No circle joins a direction and its opposite: such a hole is left out, unless the method needs no arc."""
    stations: list[Station] = [(0, 20, -60), (30, 200, 60)]
    tops, table = collars("A", "B"), surveys(A=stations, B=[(0, 20, -60)])
    paths = desurvey(tops, table)
    assert paths.left_out.rows() == [(None, "A", "two stations in a row point opposite ways")]
    assert paths.names.to_list() == ["B"]
    assert desurvey(tops, table, method="raw_tangent").names.to_list() == ["A", "B"]


def test_other_methods_are_what_their_names_say() -> None:
    """Raw tangent keeps the upper direction, balanced the mean of both, midpoint changes half way between stations."""
    tops, table = collars("A"), surveys(A=[(0, 0, -90), (10, 90, 0), (20, 90, 0)])

    def places(method: str) -> list[tuple[float, ...]]:
        return [found[:3] for found in at(desurvey(tops, table, method=method), 5, 10, 20, 30)]  # type: ignore[arg-type]

    assert places("raw_tangent") == [(0, 0, -5), (0, 0, -10), (10, 0, -10), (20, 0, -10)]
    assert places("balanced_tangent") == [(2.5, 0, -2.5), (5, 0, -5), (15, 0, -5), (25, 0, -5)]
    assert places("midpoint_tangent") == [(0, 0, -5), (5, 0, -5), (15, 0, -5), (25, 0, -5)]


def test_methods_agree_on_a_straight_hole_and_differ_on_a_bent_one(real: Paths, shared: Path) -> None:
    """On a straight hole all methods are one; on real holes the raw tangent is metres off, the balanced one is not."""
    straight = compare_methods(collars("A", depth=90.0), surveys(A=[(0, 10, -60), (50, 10, -60)]))
    assert straight["greatest_m"].to_list() == pytest.approx([0.0] * 3, abs=1e-12)
    tops = babbitt(shared, "collar.csv", easting_ft="XCOLLAR", northing_ft="YCOLLAR", elevation_ft="ZCOLLAR")
    turns = babbitt(shared, "survey.csv", depth_ft="AT", azimuth_deg="AZ", dip_deg="DIP")
    found = compare_methods(tops, turns.with_columns(-pl.col("dip_deg")))
    assert found.height == 3 * len(real)
    worst = dict(found.group_by("method").agg(pl.max("greatest_ft")).rows())
    assert worst["raw_tangent"] > 30 > worst["balanced_tangent"] >= worst["midpoint_tangent"] * 0.3
    # stations agree between the balanced and the midpoint method: both end where the other does
    ends = found.pivot("method", index="hole", values="end_ft")
    assert ends["balanced_tangent"].to_list() == pytest.approx(ends["midpoint_tangent"].to_list(), abs=1e-6)


def test_units_are_not_mixed() -> None:
    """Feet along paths in metres, or a survey in feet of a collar in metres, is refused in words."""
    feet = surveys(A=[(0, 0, -60)]).rename({"depth_m": "depth_ft"})
    with pytest.raises(ValueError, match="collars in m and surveys in ft"):
        desurvey(collars("A"), feet)
    with pytest.raises(ValueError, match="depths in ft along paths in m"):
        path((0, 0, -60)).at(feet)


def test_a_trace_has_every_station_and_the_end() -> None:
    """Points for drawing stand at each step, at each station and at the end, once each, and none beyond."""
    paths = desurvey(collars("A", depth=75.0), surveys(A=[(6, 0, -60), (30, 10, -50), (80, 20, -40)]))
    assert paths.trace(20.0)["depth_m"].to_list() == [0.0, 6.0, 20.0, 30.0, 40.0, 60.0, 75.0]
    with pytest.raises(ValueError, match="a length above 0"):
        paths.trace(0.0)


def test_a_programme_without_holes_has_no_paths() -> None:
    """Empty tables give no paths and no error, and every sample then has none."""
    paths = desurvey(collars().cast({"hole": pl.String}), surveys(A=[]))
    assert len(paths) == 0 and paths.trace(1.0).is_empty() and paths.end_of_hole().is_empty()
    assert paths.at(pl.DataFrame({"hole": ["A"], "depth_m": [1.0]}))["remark"].to_list() == ["no path"]
