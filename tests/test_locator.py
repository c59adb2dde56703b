"""Locator maps: the property, the way from the nearest town, names that do not meet, and whose data they are."""

import re
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orebook.desk.drawing.sites import nearest, towns_around
from orebook.disciplines.tenure.gazetteer import towns_named
from orebook.faces.cli import main
from orebook.reports.drawings.locator import Locator, Place, Way
from orebook.reports.drawings.placing import Box
from orebook.reports.drawings.svg import Drawing, width_of
from orebook.reports.drawings.world import Looking, clipped, inside

SVG = "{http://www.w3.org/2000/svg}"
HARROW = Place("Harrow Lake", -79.4544, 49.4623)


def as_tree(drawing: Drawing) -> ElementTree.Element:
    """A drawing as a reader of XML sees it."""
    return ElementTree.fromstring(drawing.svg())


def named(drawing: Drawing) -> list[tuple[str, Box]]:
    """The names on a map with about the boxes that they take."""
    found = []
    for each in as_tree(drawing).iter(f"{SVG}text"):
        classes = str(each.get("class"))
        if "halo" in classes and ("ink" in classes or "accent" in classes):
            said = "".join(each.itertext())
            x, y, wide = float(each.get("x", "0")), float(each.get("y", "0")), 0.8 * width_of(said, 11)
            left = x - wide if classes.endswith("end") else x
            found.append((said, Box(left, y - 8, left + wide, y + 1)))
    return found


def test_distances_and_directions_from_the_middle_are_true() -> None:
    """A degree of latitude is 111.2 km up; the other side of 180 degrees is near (sphere of 6,371 km)."""
    assert np.allclose(Looking(0.0, 0.0).km([0.0, 1.0], [1.0, 0.0]), [[0.0, 111.195], [111.195, 0.0]], atol=1e-3)
    east, north = Looking(179.5, -17.0).km(-179.5, -17.0)
    assert 100 < float(east) < 110 and abs(float(north)) < 1
    ways = [np.hypot(*Looking(-79.0, 49.0).km(lon, lat)) for lon, lat in ((-80.0, 52.0), (100.0, -49.0))]
    assert 330 < ways[0] < 345 and ways[1] > 19_900


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.floats(-9, 9), st.floats(-9, 9)), min_size=3, max_size=12))
def test_a_ring_is_clipped_to_its_window(corners: list[tuple[float, float]]) -> None:
    """What is left of a ring lies in the window, and a ring that lies in it stays as it is."""
    low, high = np.array([-2.0, -3.0]), np.array([4.0, 5.0])
    ring = np.array(corners)
    found = clipped(ring, low, high)
    assert not len(found) or ((found >= low - 1e-9).all() and (found <= high + 1e-9).all())
    held = np.clip(ring, low, high)
    assert clipped(held, low, high).tolist() == held.tolist()


def test_a_line_is_cut_into_the_stretches_within_a_window() -> None:
    """A border that leaves and comes back is two lines, each with the point before and after."""
    line = np.array([[x, 0.0] for x in (0, 1, 9, 9, 9, 1, 0)], dtype=float)
    parts = list(inside(line, np.array([-1.0, -1.0]), np.array([2.0, 1.0])))
    assert [len(each) for each in parts] == [3, 3]


@pytest.mark.parametrize(
    ("longitude", "latitude"), [(-79.45, 49.46), (178.4, -17.9), (-179.9, 66.9), (-3.7, 40.4), (-70.0, -30.0), (0, 84)]
)
def test_every_corner_of_the_world_has_a_map(longitude: float, latitude: float) -> None:
    """A map is well-formed, of some size, the same each time, and has land where there is some."""
    site = Place("Site", longitude, latitude)
    towns = towns_around(site)
    locator = Locator(site, towns, nearest(site, towns), credit="Towns: GeoNames (CC BY 4.0).")
    drawn = locator.draw()
    assert as_tree(drawn).tag.endswith("svg") and drawn.svg() == locator.draw().svg()
    assert "Natural Earth" in drawn.caption and "GeoNames" in drawn.caption
    assert latitude > 80 or 'class="land ' in drawn.body
    assert len(drawn.svg()) < 400_000


def test_the_nearest_town_is_always_named() -> None:
    """The way is said from the nearest town by distance and point of the compass, and that town has its name."""
    towns = towns_around(HARROW)
    way = nearest(HARROW, towns)
    assert way is not None and way.town.name == "Normétal" and way.said == "52 km N of"
    for wide, high in ((900, 700), (480, 400), (300, 260)):
        names = [said for said, _ in named(Locator(HARROW, towns, way, width=wide, height=high).draw())]
        assert "Normétal" in names and any(each.startswith("Harrow") for each in names)


@settings(deadline=None, max_examples=30)
@given(
    st.lists(st.tuples(st.floats(-81, -78), st.floats(48.5, 50.5), st.integers(0, 90_000)), max_size=30),
    st.integers(260, 900),
)
def test_names_do_not_meet_and_stay_on_the_map(rows: list[tuple[float, float, int]], wide: int) -> None:
    """However towns lie, no name lies over another, none runs off the edge, and the property has its name."""
    towns = [Place(f"Town {number}", *row) for number, row in enumerate(rows)]
    drawn = Locator(HARROW, towns, nearest(HARROW, towns), width=wide, height=400).draw()
    names = named(drawn)
    assert not any(one.meets(other) for (_, one), (_, other) in combinations(names, 2))
    assert all(box.within(Box(0, 0, wide, 400)) for _, box in names)
    assert any(said.startswith("Harrow") for said, _ in names)


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "A & B", "' onload='x"])
def test_names_of_places_are_words(name: str) -> None:
    """A property or town may be called anything: the map stays well-formed and the name stays text."""
    town = Place(name, -79.3, 49.2)
    tree = as_tree(Locator(HARROW._replace(name=name), [town], Way(town, "5 km N of")).draw())
    assert not [each for each in tree.iter() if each.tag.endswith("script")]
    assert not [key for each in tree.iter() for key in each.attrib if key.startswith("on")]


def test_the_gazetteer_is_quick_and_whole() -> None:
    """The towns that ship have 234,908 rows less none; a name in another case is found."""
    assert towns_named(["kamloops"])["town"].unique().to_list() == ["Kamloops"]
    assert len(towns_named(["London"], smallest=15000)) >= 2


def test_where_a_book_lies(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """book.toml says where a property lies; without that the collars do, and a local grid says nothing."""
    book = tmp_path / "book"
    words = ["new", str(book), "--issuer", "K Ltd.", "--crs", "local", "--property", "Hob", "--property", "Tor"]
    target = str(tmp_path / "map.svg")
    for asked in (words, ["draw", "locator", "--book", str(book), "-o", target]):
        with pytest.raises(SystemExit) as left:
            main(asked)
    assert left.value.code == 2 and "write longitude and latitude" in capsys.readouterr().err
    settings_file = book / "book.toml"
    said = settings_file.read_text(encoding="utf-8")
    placed = 'name = "Hob"\nlongitude = -79.45\nlatitude = 49.46\n'
    settings_file.write_text(said.replace('name = "Hob"\n', placed), encoding="utf-8")
    with pytest.raises(SystemExit) as left:
        main(["draw", "locator", "--book", str(book), "-o", target])
    assert left.value.code == 0
    assert re.search("Hob: 5\\d km [NW]+ of Normétal, straight.", Path(target).read_text(encoding="utf-8"))
    with pytest.raises(SystemExit) as left:
        main(["draw", "locator", "--name", "Hobb", "--book", str(book), "-o", target])
    assert left.value.code == 2 and "did you mean 'Hob'" in capsys.readouterr().err


def test_waters_and_provinces_stand_where_they_are_not_seen_to_be_elsewhere() -> None:
    """From afar a map of Lake Superior has lakes, rivers, provinces and a border; near by only what is known finely."""
    far, near = (Locator(Place("Site", -88.5, 48.2), half_km=km).draw().body for km in (500.0, 45.0))
    for kind in ("coast", "lake", "river", "province", "border"):
        assert re.search(rf'class="[^"]*\b{kind}"', far), kind
        assert bool(re.search(rf'class="[^"]*\b{kind}"', near)) is (kind in ("coast", "border")), kind


def test_the_borders_of_provinces_are_not_those_of_countries() -> None:
    """The 49th parallel between Alberta and Montana is one line, not two."""
    body = Locator(Place("Site", -112.0, 49.0), half_km=80.0).draw().body
    assert "-line border" in body and "-line province" not in body
