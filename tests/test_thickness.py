"""True thickness: published vectors, bent holes, doubt, planes chosen, oriented core; peers' wrong answers kept."""

from math import atan2, cos, degrees, radians, sin

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from orebook.disciplines.drilling.surveying.path import desurvey
from orebook.disciplines.drilling.zones.attitudes import (
    core_from_plane,
    dip_direction,
    plane_from_core,
    strike,
    towards,
    with_attitudes,
)
from orebook.disciplines.drilling.zones.core_angles import core_angle, crossing
from orebook.disciplines.drilling.zones.thickness import with_true_thickness
from orebook.disciplines.drilling.zones.zone_planes import with_planes
from orebook.disciplines.drilling.zones.zone_thickness import with_zone_thickness
from orebook.ground.range import Range
from orebook.maths.angles import arcsine, cosine, sine
from orebook.maths.directions import unit_vectors
from orebook.maths.planes import NoPlaneError, attitudes, fitted, mean_plane, normals

# Ten metres of hole: azimuth, dip; plane dip towards; thickness, core angle, cone at 5 degrees, sigma for 5 and 10.
VECTORS = {
    "TT1": (90, -60, 30, 270, "10.0000", "90.000", "9.9619", "10.0000", "0.0000"),
    "TT2": (90, -60, 30, 90, "5.0000", "30.000", "4.2262", "5.7358", "0.7557"),
    "TT3": (0, -90, 0, 123, "10.0000", "90.000", "9.9619", "10.0000", "0.0000"),
    "TT4": (0, -90, 90, 123, "0.0000", "0.000", "0.0000", "0.8716", "0.8727"),
    "TT5": (90, -60, 45, 270, "9.6593", "75.000", "9.3969", "9.8481", "0.2259"),
    "TT6": (45, -50, 70, 200, "8.0943", "54.041", "7.5517", "8.5753", "0.6363"),
    "TT7": (180, -55, 65, 350, "8.5813", "59.107", "8.1011", "8.9961", "0.4669"),
    "TT8": (270, 30, 80, 90, "7.6604", "50.000", "7.0711", "8.1915", "0.5609"),
    "TT9": (10, -60, 60, 100, "4.3301", "25.659", "3.5280", "5.0993", "0.9998"),
}

angle = st.floats(0, 359.9)
hole_dip = st.floats(-88.5, 88.5)
plane_dip = st.floats(0.5, 89.5)


def pierced(azimuth: float, dip: float, steep: float, direction: float, length: float = 10.0) -> dict[str, float]:
    """An interval of a straight hole, and the plane that it goes through."""
    along = unit_vectors(float(azimuth), float(dip)) * length
    ends = dict(zip(("easting_to_m", "northing_to_m", "elevation_to_m"), along.tolist(), strict=True))
    start = {"from_m": 0.0, "to_m": length, "easting_from_m": 0.0, "northing_from_m": 0.0, "elevation_from_m": 0.0}
    return start | ends | {"plane_dip_deg": float(steep), "plane_dip_direction_deg": float(direction)}


@pytest.mark.parametrize("name", VECTORS)
def test_published_vectors(name: str) -> None:
    """Thickness, core angle, cone bounds and first-order error agree to the printed digits; so does the closed form."""
    azimuth, dip, steep, direction, thickness, angle, low, high, error = VECTORS[name]
    row = pierced(azimuth, dip, steep, direction)
    row |= {"plane_dip_error_deg": 5.0, "plane_dip_direction_error_deg": 10.0}
    found = with_true_thickness(pl.DataFrame([row]), tolerance_deg=5.0).row(0, named=True)
    assert f"{10 * crossing(float(azimuth), float(dip), float(steep), float(direction)):.4f}" == thickness
    assert f"{found['core_angle_deg']:.3f}" == angle
    assert f"{found['true_thickness_low_m']:.4f}" == low
    assert f"{found['true_thickness_high_m']:.4f}" == high
    assert f"{found['true_thickness_error_m']:.4f}" == error
    value = found["true_thickness_m"]
    assert (f"{value:.4f}" == thickness) if value is not None else angle == "0.000"


def test_low_angles_warn_and_refuse() -> None:
    """Under 30 degrees a thickness is flagged, under 10 there is no single value; the limits themselves are fine."""
    steep = pl.DataFrame([pierced(0, -90, 90 - angle, 0) for angle in (30.0, 29.9, 10.0, 9.9)])
    found = with_true_thickness(steep, tolerance_deg=5.0)
    assert found["true_thickness_status"].to_list() == ["computed", "low angle", "low angle", "along the zone"]
    last = found.row(3, named=True)
    assert last["true_thickness_m"] is None
    assert last["true_thickness_low_m"] < 10 * sin(radians(9.9)) < last["true_thickness_high_m"]


def test_the_sign_of_a_dip_is_ours() -> None:
    """RG5: hole 090/−60 through 30→270 is square to it, through 30→090 at thirty degrees; never the other way round."""
    rows = pl.DataFrame([pierced(90, -60, 30, 270), pierced(90, -60, 30, 90)])
    found = with_true_thickness(rows, tolerance_deg=5.0)
    assert found["true_thickness_m"].to_list() == pytest.approx([10.0, 5.0])
    assert found["true_thickness_status"].to_list() == ["computed", "computed"]


BENT = pl.DataFrame({"hole": ["MC2"], "easting_m": [0.0], "northing_m": [0.0], "elevation_m": [0.0]})
BENT_SURVEYS = pl.DataFrame(
    {"hole": ["MC2"] * 2, "depth_m": [0.0, 30.0], "azimuth_deg": [0.0] * 2, "dip_deg": [-60.0, -50.0]}
)
DIPPING = pl.DataFrame({"zone": ["Z"], "dip_deg": [60.0], "dip_direction_deg": [180.0]})


def test_a_bent_hole_is_measured_between_its_ends() -> None:
    """TT10 and TT11: the line between the ends is exact; the tangents at collar and middle are both wrong."""
    table = pl.DataFrame({"hole": ["MC2"] * 2, "from_m": [0.0, 10.0], "to_m": [30.0, 20.0], "zone": ["Z"] * 2})
    paths = desurvey(BENT, BENT_SURVEYS)
    found = with_zone_thickness(table, paths, tolerance_deg=5.0, within=0.0, zones=DIPPING)
    assert [f"{value:.6f}" for value in found["true_thickness_m"]] == ["27.154737", "9.061800"]
    assert f"{30 * crossing(0.0, -60.0, 60.0, 180.0):.6f}" == "25.980762"
    assert f"{30 * crossing(0.0, -55.0, 60.0, 180.0):.6f}" == "27.189234"


def test_what_a_geologist_gave_stays() -> None:
    """A thickness that is given keeps its value and its status; a missing plane or path says so."""
    rows = [pierced(90, -60, 45, 270), pierced(90, -60, 45, 270), pierced(90, -60, 45, 270), pierced(90, -60, 45, 270)]
    table = pl.DataFrame(rows).with_columns(
        true_thickness_m=pl.Series([6.8, 7.0, None, None]),
        true_thickness_status=pl.Series(["estimated", None, None, None]),
        plane_dip_deg=pl.Series([45.0, 45.0, None, 45.0]),
        easting_to_m=pl.Series([5.0, 5.0, 5.0, None]),
    )
    found = with_true_thickness(table, tolerance_deg=5.0)
    assert found["true_thickness_m"].to_list() == [6.8, 7.0, None, None]
    assert found["true_thickness_status"].to_list() == ["estimated", "given", "no plane", "no path"]
    assert found["true_thickness_low_m"].to_list() == [None] * 4
    assert found["core_angle_deg"][0] == pytest.approx(core_angle(0.68))


def test_an_interval_that_goes_backwards_has_no_thickness() -> None:
    """An interval that ends where it begins, or before, or is not known, has none and says so."""
    rows = pl.DataFrame([pierced(90, -60, 45, 270)] * 3).with_columns(to_m=pl.Series([0.0, -5.0, None]))
    found = with_true_thickness(rows, tolerance_deg=5.0)
    assert found["true_thickness_status"].to_list() == ["no length"] * 3
    assert found["true_thickness_m"].null_count() == found["core_angle_deg"].null_count() == 3


def test_tables_without_rows() -> None:
    """No interval has no plane and no thickness, and all the columns that others have."""
    none = pl.DataFrame(schema={"hole": pl.String, "from_m": pl.Float64, "to_m": pl.Float64, "zone": pl.String})
    found = with_true_thickness(with_planes(none, within=0.0), tolerance_deg=5.0)
    assert found.height == 0 and {"plane_basis", "true_thickness_m", "core_angle_deg"} < set(found.columns)


def test_feet_stay_feet() -> None:
    """A book in feet has its thickness in feet."""
    table = pl.DataFrame([pierced(90, -60, 30, 90)]).rename(lambda name: name.replace("_m", "_ft"))
    assert with_true_thickness(table, tolerance_deg=5.0)["true_thickness_ft"].to_list() == pytest.approx([5.0])


@given(angle, hole_dip, plane_dip, angle)
def test_closed_form_and_vectors_agree(azimuth: float, dip: float, steep: float, direction: float) -> None:
    """The closed form, the product of vectors and the table give one number; it is never more than the length."""
    row = pierced(azimuth, dip, steep, direction)
    found = with_true_thickness(pl.DataFrame([row]), tolerance_deg=4.0).row(0, named=True)
    ratio = crossing(azimuth, dip, steep, direction)
    assert ratio <= 1.0 + 1e-12
    assert ratio == pytest.approx(abs(float(unit_vectors(azimuth, dip) @ normals(steep, direction))), abs=1e-12)
    assert found["core_angle_deg"] == pytest.approx(degrees(np.arcsin(min(1.0, ratio))), abs=1e-6)
    assert found["true_thickness_low_m"] - 1e-6 <= 10 * ratio <= found["true_thickness_high_m"] + 1e-6


@given(angle, st.floats(-80, 80), st.floats(5, 85), angle)
def test_first_order_is_the_derivative(azimuth: float, dip: float, steep: float, direction: float) -> None:
    """The error is what small turns of plane and hole do to the thickness, taken one by one and added as squares."""
    row = pierced(azimuth, dip, steep, direction)
    row |= {"plane_dip_error_deg": 2.0, "plane_dip_direction_error_deg": 3.0}
    found = with_true_thickness(
        pl.DataFrame([row]), tolerance_deg=5.0, hole_azimuth_error_deg=1.0, hole_dip_error_deg=0.5
    )
    step = 1e-4

    def signed(a: float, d: float, s: float, t: float) -> float:
        return float(10 * unit_vectors(a, d) @ normals(s, t))

    here = (azimuth, dip, steep, direction)
    turns = np.eye(4) * step
    slopes = [(signed(*(here + turn)) - signed(*(here - turn))) / (2 * step) for turn in turns]
    expected = np.sqrt(np.sum((np.array(slopes) * [1.0, 0.5, 2.0, 3.0]) ** 2))
    assert found["true_thickness_error_m"][0] == pytest.approx(expected, rel=1e-5, abs=1e-7)


def seen_in_core(axis: np.ndarray, bottom: np.ndarray, steep: float, direction: float) -> tuple[float, float]:
    """Alpha and beta read off a drawn core: where a plane cuts its skin, point after point, farthest down the hole."""
    normal = normals(steep, direction)
    side = np.cross(axis, bottom)
    turns = np.radians(np.arange(0.0, 360.0, 0.01))
    skin = np.outer(np.cos(turns), bottom) + np.outer(np.sin(turns), side)
    down = -(skin @ normal) / (axis @ normal)
    lowest = int(np.argmax(down))
    return degrees(atan2(2.0, down.max() - down.min())), degrees(turns[lowest])


@pytest.mark.parametrize(
    ("azimuth", "dip", "steep", "direction"),
    [
        (0, -60, 30, 0),
        (90, -45, 60, 200),
        (215, -70, 80, 30),
        (305, -50, 28.5, 315),
        (10, 35, 70, 100),
        (180, -10, 15, 90),
    ],
)
def test_oriented_core_against_a_drawn_core(azimuth: float, dip: float, steep: float, direction: float) -> None:
    """Alpha and beta of a plane are those that one reads off the skin of a drawn core; and they give the plane back."""
    axis = unit_vectors(float(azimuth), float(dip))
    low = np.array([0.0, 0.0, -1.0]) + axis[2] * axis
    bottom = low / np.linalg.norm(low)
    alpha, beta = (float(value[0]) for value in core_from_plane(steep, direction, azimuth, dip, line="bottom"))
    drawn_alpha, drawn_beta = seen_in_core(axis, bottom, steep, direction)
    assert alpha == pytest.approx(drawn_alpha, abs=1e-3)
    assert (beta - drawn_beta + 180) % 360 - 180 == pytest.approx(0.0, abs=0.02)
    back = plane_from_core(alpha, beta, azimuth, dip, line="bottom")
    assert [float(value[0]) for value in back] == pytest.approx([steep, direction])


def test_oriented_core_vectors() -> None:
    """Cases that can be checked by hand: a hole 090/−60 whose core shows a plane square to it, level, and upright."""
    square = plane_from_core(90.0, 77.0, 90.0, -60.0, line="bottom")
    assert [round(float(value[0]), 6) for value in square] == [30.0, 270.0]
    level = core_from_plane(0.0, 0.0, 90.0, -60.0, line="bottom")
    assert [round(float(value[0]), 6) for value in level] == [60.0, 180.0]
    upright = core_from_plane(90.0, 90.0, 90.0, -60.0, line="bottom")
    assert [round(float(value[0]), 6) for value in upright] == [30.0, 0.0]
    assert float(core_from_plane(90.0, 90.0, 90.0, -60.0, line="top")[1][0]) == pytest.approx(180.0)


@given(angle, hole_dip, st.floats(1, 89), angle, st.sampled_from(["bottom", "top"]))
def test_oriented_core_there_and_back(azimuth: float, dip: float, alpha: float, beta: float, line: str) -> None:
    """From alpha and beta to the plane and back gives alpha and beta; the angle to the axis is alpha."""
    steep, direction = plane_from_core(alpha, beta, azimuth, dip, line=line)  # type: ignore[arg-type]
    again = core_from_plane(steep, direction, azimuth, dip, line=line)  # type: ignore[arg-type]
    assert float(again[0][0]) == pytest.approx(alpha, abs=1e-6)
    turn = radians(float(again[1][0]) - beta)
    assert (cos(turn), sin(turn)) == pytest.approx((1.0, 0.0), abs=1e-6)
    assert crossing(azimuth, dip, float(steep[0]), float(direction[0])) == pytest.approx(sin(radians(alpha)), abs=1e-9)


def test_structures_say_where_their_attitude_comes_from() -> None:
    """Given angles stay; alpha and beta are turned where the hole has a direction and a bottom; the rest says why."""
    table = pl.DataFrame(
        {
            "hole": ["A"] * 5,
            "depth_m": [1.0, 2.0, 3.0, 4.0, 5.0],
            "dip_deg": [45.0, None, None, None, None],
            "dip_direction_deg": [10.0, None, None, None, None],
            "alpha_deg": [10.0, 60.0, None, 60.0, 60.0],
            "beta_deg": [10.0, 0.0, 20.0, 0.0, 0.0],
        }
    )
    found = with_attitudes(
        table,
        azimuth=pl.Series([90.0, 90.0, 90.0, None, 90.0]),
        dip=pl.Series([-60.0, -60.0, -60.0, None, -89.6]),
        line="bottom",
    )
    assert found["attitude_basis"].to_list() == ["measured", "oriented core", "no angles", "no direction", "steep hole"]
    assert found["dip_deg"].round(6).to_list() == [45.0, 60.0, None, None, None]
    with pytest.raises(ValueError, match="'bottom' or the 'top'"):
        plane_from_core(1.0, 1.0, 0.0, -60.0, line="left")  # type: ignore[arg-type]


def intercepts(points: list[tuple[str, float, float, float]], zone: str = "Z") -> pl.DataFrame:
    """One-metre intervals in upright holes around points."""
    return pl.DataFrame(
        {
            "hole": [hole for hole, *_ in points],
            "zone": [zone] * len(points),
            "from_m": [100.0 - up - 0.5 for *_, up in points],
            "to_m": [100.0 - up + 0.5 for *_, up in points],
            **{f"easting_{end}_m": [east for _, east, _, _ in points] for end in ("from", "to")},
            **{f"northing_{end}_m": [north for _, _, north, _ in points] for end in ("from", "to")},
            "elevation_from_m": [up + 0.5 for *_, up in points],
            "elevation_to_m": [up - 0.5 for *_, up in points],
        }
    )


def on_plane(steep: float, direction: float, *places: tuple[float, float]) -> list[tuple[str, float, float, float]]:
    """Points of a plane through the origin above some places."""
    normal = normals(steep, direction)
    return [
        (f"H{place}", east, north, float(-(normal[0] * east + normal[1] * north) / normal[2]))
        for place, (east, north) in enumerate(places)
    ]


PLACES = ((0.0, 0.0), (50.0, 10.0), (-20.0, 60.0), (40.0, -45.0), (5.0, 33.0))


def test_the_best_known_plane_is_taken() -> None:
    """Structures in the interval before the nearest, before the plane of the zone, before a fitted one; all say it."""
    table = intercepts(on_plane(40.0, 120.0, *PLACES))
    fitted_only = with_planes(table, within=0.0)
    assert set(fitted_only["plane_basis"]) == {"fitted"}
    assert fitted_only["plane_dip_deg"].to_list() == pytest.approx([40.0] * 5)
    assert fitted_only["plane_dip_direction_deg"].to_list() == pytest.approx([120.0] * 5)
    zones = pl.DataFrame(
        {"zone": ["Z"], "aliases": [None], "dip_deg": [35.0], "dip_direction_deg": [125.0], "basis": ["mapped"]}
    )
    middle = 100.0 - on_plane(40.0, 120.0, PLACES[1])[0][3]
    structures = pl.DataFrame(
        {
            "hole": ["H1", "H1", "H2", "H3"],
            "depth_m": [middle - 0.1, middle + 0.1, table["to_m"][2] + 2.0, table["to_m"][3] + 2.0],
            "zone": [None, "z", "Z", "another"],
            "dip_deg": [38.0, 42.0, 50.0, 50.0],
            "dip_direction_deg": [120.0, 120.0, 120.0, 120.0],
        }
    )
    found = with_planes(table, within=3.0, zones=zones, structures=structures)
    assert found["plane_basis"].to_list() == ["zone", "structures", "nearest structure", "zone", "zone"]
    assert found["plane_dip_deg"].to_list() == pytest.approx([35.0, 40.0, 50.0, 35.0, 35.0])
    assert found["plane_dip_error_deg"][1] == pytest.approx(2.0, rel=1e-3)
    assert found["plane_remark"][2].endswith("2 m away")
    assert with_planes(table, within=1.9, zones=zones, structures=structures)["plane_basis"][2] == "zone"


def test_no_plane_is_said_with_its_reason() -> None:
    """Two holes, points on a line, and intervals of no zone have no plane, and say why."""
    two = with_planes(intercepts(on_plane(40.0, 120.0, *PLACES[:2])), within=0.0)
    assert two["plane_basis"].to_list() == ["none"] * 2 and "2 of the 3 holes" in two["plane_remark"][0]
    line = with_planes(intercepts(on_plane(40.0, 120.0, (0, 0), (10, 10), (30, 30), (40, 40))), within=0.0)
    assert "nearly on a line" in line["plane_remark"][0]
    nameless = with_planes(intercepts(on_plane(40.0, 120.0, *PLACES)).drop("zone"), within=0.0)
    assert nameless["plane_remark"][0] == "the interval names no zone"
    assert nameless["plane_dip_deg"].null_count() == 5
    thick = with_true_thickness(nameless, tolerance_deg=5.0)
    assert set(thick["true_thickness_status"]) == {"no plane"}


@given(st.floats(1, 89), angle)
def test_a_made_plane_is_found_again(steep: float, direction: float) -> None:
    """Points made on a plane give that plane, whatever its attitude; normals and attitudes are each other's inverse."""
    across, along = np.array([cos(radians(direction)), -sin(radians(direction)), 0.0]), normals(steep, direction)
    down = np.cross(along, across)
    points = np.array([a * across + b * down for a, b in PLACES])
    plane = fitted(points + np.array([440000.0, 6133000.0, 500.0]))
    assert abs(float(normals(plane.dip, plane.direction) @ along)) == pytest.approx(1.0, abs=1e-9)
    dip, towards_ = attitudes(normals([steep], [direction]))
    assert float(dip[0]) == pytest.approx(steep) and (float(towards_[0]) - direction + 180) % 360 == pytest.approx(
        180.0
    )


def test_scatter_makes_doubt() -> None:
    """Made planes with scatter are off by what the fit says: its errors are those of many trials."""
    rng = np.random.default_rng(7)
    places = rng.uniform(-100, 100, (30, 2))
    rise = np.tan(np.radians(35.0))
    trials = []
    for _ in range(300):
        off = rng.normal(0, 3.0, 30) / np.cos(np.radians(35.0))
        up = -places[:, 0] * rise + off
        trials.append(fitted(np.column_stack([places, up])))
    dips = np.array([plane.dip for plane in trials])
    directions = np.array([plane.direction for plane in trials])
    assert np.std(dips) == pytest.approx(np.mean([plane.dip_error for plane in trials]), rel=0.15)
    assert np.std(directions) == pytest.approx(np.mean([plane.direction_error for plane in trials]), rel=0.15)


def test_points_that_make_no_plane_are_refused() -> None:
    """Too few, on a line, one twice, in a ball, without a coordinate: each is refused with its reason."""
    ball = [[1, 0, 0], [-1, 0, 0], [0, 1, 0], [0, -1, 0], [0, 0, 1], [0, 0, -1]]
    for points, words in (
        ([[0, 0, 0], [1, 1, 1]], "2 points make no plane"),
        ([[0, 0, 0], [1, 1, 1], [2, 2, 2]], "nearly on a line"),
        ([[5, 5, 5]] * 4, "nearly on a line"),
        (ball, "in no plane"),
        ([[0, 0, 0], [1, 0, 0], [0, 1, float("nan")]], "without all three"),
    ):
        with pytest.raises(NoPlaneError, match=words):
            fitted(points)
    with pytest.raises(NoPlaneError, match="lie every way"):
        mean_plane([0.0, 90.0, 90.0], [0.0, 0.0, 90.0])


@given(st.floats(-720, 720), st.floats(0, 400))
def test_ranges_of_angles_enclose(start: float, width: float) -> None:
    """Sine and cosine of a range hold those of every angle in it, crest and trough included."""
    whole = Range(repr(start), repr(start + width), "degree")
    for share in (0.0, 0.25, 0.5, 0.77, 1.0):
        at = start + share * width
        for function in (sine, cosine):
            found = function(whole)
            assert float(found.low) - 1e-12 <= function(at) <= float(found.high) + 1e-12
            assert -1 <= found.low <= found.high <= 1
    if width >= 360:
        assert (cosine(whole).low, cosine(whole).high) == (-1, 1)


def test_angles_of_columns() -> None:
    """The formulas with angles fill a column with what they give for numbers, and arcsine undoes sine."""
    table = pl.DataFrame({"a": [10.0, 45.0, 123.4], "d": [-60.0, -50.0, 30.0]})
    made = table.select(ratio=crossing(pl.col("a"), pl.col("d"), pl.lit(70.0), pl.lit(200.0)))["ratio"].to_list()
    assert made == pytest.approx([crossing(a, d, 70.0, 200.0) for a, d in table.rows()])
    assert table.select(arcsine(sine(pl.col("d"))))["d"].to_list() == pytest.approx([-60.0, -50.0, 30.0])
    assert arcsine(2.0) == 90.0


def test_strike_and_words() -> None:
    """Strike and dip direction undo each other by the right-hand rule; the winds are sixteen."""
    assert [dip_direction(strike(float(value))) for value in range(0, 360, 45)] == list(range(0, 360, 45))
    assert towards("northwest") == towards("NW") == towards("north-west") == 315.0
    with pytest.raises(ValueError, match="sixteen winds"):
        towards("upwards")
