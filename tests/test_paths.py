"""Paths of holes: published vectors, real holes, the wrong answers of others, and laws that hold for every hole."""

from itertools import pairwise
from math import inf, pi
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orebook.disciplines.drilling.path import NoDirectionError, Paths, desurvey
from orebook.disciplines.drilling.survey_quality import compare_methods, doglegs
from orebook.maths import arcs
from orebook.maths.directions import angles_between, unit_vectors

Station = tuple[float, float, float]

unhurried = settings(deadline=None)
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
    """The doglegs of B1-299 add up to 47.01 degrees; the sharpest of all is 16.9; none exceeds 10 degrees in 30 m."""
    turns = babbitt(shared, "survey.csv", depth_ft="AT", azimuth_deg="AZ", dip_deg="DIP")
    found = doglegs(turns.with_columns(-pl.col("dip_deg")))
    assert found.filter(hole="B1-299")["dogleg_deg"].sum() == pytest.approx(47.01, abs=6e-3)
    assert found["dogleg_deg"].max() == pytest.approx(16.9, abs=0.06)
    assert found["severity_deg_per_100ft"].max() < 10 * 100 / (30 / 0.3048)


def test_babbitt_by_quadrature(real: Paths, shared: Path) -> None:
    """At the last station of every real hole the sum of arcs agrees with quadrature to 1e-8 ft."""
    turns = babbitt(shared, "survey.csv", depth_ft="AT", azimuth_deg="AZ", dip_deg="DIP")
    tops = babbitt(shared, "collar.csv", easting_ft="XCOLLAR", northing_ft="YCOLLAR", elevation_ft="ZCOLLAR")
    origins = {hole: np.array(place) for hole, *place in tops.iter_rows()}
    for (hole,), stations in turns.sort("hole", "depth_ft").group_by("hole", maintain_order=True):
        rows = [(at, azimuth, -dip) for _, at, azimuth, dip in stations.iter_rows()]
        last = float(rows[-1][0])
        found = real.at(pl.DataFrame({"hole": [hole], "depth_ft": [last]}))
        place, _ = integrated(rows, last)
        there = np.array(found.select("easting_ft", "northing_ft", "elevation_ft").row(0)) - origins[str(hole)]
        assert np.abs(there - place).max() < 1e-8
