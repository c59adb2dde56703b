"""Tables of places: block models, outlines and points of the ground come into a book by their usual heads."""

from pathlib import Path
from typing import Any

import polars as pl
import pytest

from orebook.book.adding import Ask, add
from orebook.book.files import read_bytes
from orebook.book.folder import begin
from orebook.book.importing.convert import Imported, convert
from orebook.book.importing.declared import Declared
from orebook.book.importing.mapping import OpenQuestionsError
from orebook.book.importing.recognise import recognise

LOCAL = Declared(crs="local", length="m")


def taken(text: str, declared: Declared | None = None, **asked: Any) -> Imported:
    """A text table taken in."""
    raw = read_bytes("a.csv", text.encode())
    return convert(raw, recognise(raw, **asked), declared or Declared(crs="EPSG:32617"))


@pytest.mark.parametrize(
    "heads",
    [
        "XC,YC,ZC,XINC,YINC,ZINC",
        "X centre,Y centre,Z centre,X size,Y size,Z size",
        "x,y,z,dim_x,dim_y,dim_z",
        "Easting,Northing,RL,DX,DY,DZ",
        "centroid_x,centroid_y,centroid_z,xlength,ylength,zlength",
        "X (m),Y (m),Z (m),dx (m),dy (m),dz (m)",
    ],
)
def test_the_heads_of_block_models(heads: str) -> None:
    """Middles and sizes are found by the heads that the common systems write; grades, class and density beside them."""
    found = taken(f"{heads},Density,Class,Rock,Au_gpt,Cu %\n612007.5,5480005,420,15,10,4,2.75,Indicated,QV,0.5,0.05\n")
    assert found.mapping.table == "blocks"
    assert found.table.columns == [
        *("easting_m", "northing_m", "elevation_m", "dx_m", "dy_m", "dz_m"),
        *("density_tpm3", "category", "domain", "au_gpt", "cu_pct", "origin_row"),
    ]


def test_sizes_that_hold_for_all_blocks_are_given() -> None:
    """A model without sizes is asked for them, and takes one that holds in every row."""
    text = "IJK,XC,YC,ZC,Au\n1,2.5,2.5,27.5,0.93\n2,7.5,2.5,27.5,0.81\n"
    with pytest.raises(OpenQuestionsError) as stopped:
        taken(text, LOCAL)
    assert {each.key for each in stopped.value.questions} == {"column:dx", "column:dy", "column:dz"}
    found = taken(text, LOCAL, unit="g/t", values={"dx": "5", "dy": "5", "dz": "5"})
    assert found.table.select("block", "easting_m", "dx_m", "au_gpt").rows() == [
        ("1", 2.5, 5, 0.93),
        ("2", 7.5, 5, 0.81),
    ]


def test_sizes_in_feet_in_a_metric_book() -> None:
    """A head that says feet is believed."""
    found = taken("XC,YC,ZC,dx (ft),dy (ft),dz (ft),Au_gpt\n1,2,3,10,10,10,1\n")
    assert found.table.select("dx_m", "easting_m").row(0) == (pytest.approx(3.048), 1.0)


def test_points_of_the_ground_and_outlines() -> None:
    """Points with a height and nothing else are the ground; named points without one are outlines, in their order."""
    assert taken("X,Y,Z\n1,2,3\n2,3,4\n", LOCAL).mapping.table == "topography"
    found = taken("Name,Kind,X,Y\nB,claim,9,9\nB,claim,0,9\nA,zone,5,5\n", LOCAL)
    assert found.mapping.table == "outlines"
    assert found.table["outline"].to_list() == ["B", "B", "A"]


def test_holes_stay_holes() -> None:
    """A table of collars is no table of points, and one of composites with their places is none of blocks."""
    assert taken("Hole,X,Y,Z,Depth\nA,1,2,3,50\n", LOCAL).mapping.table == "collars"
    raw = read_bytes("a.csv", b"BHID,FROM,TO,Au_gpt,x,y,z\nA,0,1,0.5,1,2,3\nA,1,2,0.5,1,2,2\n")
    assert recognise(raw).table == "assays"


def test_corners_without_numbers_keep_their_order(tmp_path: Path) -> None:
    """An outline comes into the book as it was drawn, and a later file replaces an outline as a whole."""
    book = begin(tmp_path / "book", issuer="K Ltd.", crs="local")
    (tmp_path / "one.csv").write_text("name,x,y\nPit,0,9\nPit,7,3\nPit,4,1\nArm,5,5\n")
    (tmp_path / "two.csv").write_text("name,x,y\nPit,1,1\nPit,2,2\n")
    ask = Ask(declared=Declared(length="m"), known="replace")
    add(book, tmp_path / "one.csv", ask)
    assert _corners(book.table("outlines")) == [("Arm", 5, 5), ("Pit", 0, 9), ("Pit", 7, 3), ("Pit", 4, 1)]
    add(book, tmp_path / "two.csv", ask)
    assert _corners(book.table("outlines")) == [("Arm", 5, 5), ("Pit", 1, 1), ("Pit", 2, 2)]


def _corners(table: pl.DataFrame | None) -> list[tuple[str, float, float]]:
    assert table is not None
    return list(table.select("outline", "easting_m", "northing_m").iter_rows())
