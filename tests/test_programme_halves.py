"""Drill programmes that a page break has parted from their labels: read where subtotals prove them, else left."""

from orebook.ground.figure import Figure
from orebook.reading.read import read_bytes

NOTE = """\
Thornbank Salt Explores the Pans

Perth, Western Australia - 14 March 2023 - Thornbank Salt Limited (ASX: TBS) has drilled the pans.

Holes of the project

Pan\tYear\tMethod\tHoles\tMetres
North\t2021\tAuger\t12\t20.40
North\t2021\tSonic\t9\t31.75
Subtotal\t\t\t21\t52.15
South\t2021\tAuger\t8\t14.10

Thornbank Salt Limited 14

17\t44.32
25\t58.42
North\t31\t50.05
14\t38.20
45\t88.25

Sonic

Subtotal

What the holes cut is told below.
"""


def programmes(text: str) -> list[str]:
    """Holes and metres of every row."""
    return [
        " ".join(str(fact.figure) for fact in record.facts if isinstance(fact.figure, Figure))
        for record in read_bytes("note.txt", text.encode()).records
        if record.kind == "drill_program"
    ]


def test_rows_of_the_lower_half_are_read() -> None:
    """Numbers that have lost heads and labels go on with a programme when its subtotals go on in them."""
    assert programmes(NOTE) == [
        "12 hole 20.40 m",
        "9 hole 31.75 m",
        "21 hole 52.15 m",
        "8 hole 14.10 m",
        "17 hole 44.32 m",
        "25 hole 58.42 m",
        "31 hole 50.05 m",
        "14 hole 38.20 m",
        "45 hole 88.25 m",
    ]


def test_numbers_that_prove_nothing_are_left() -> None:
    """Two numbers in a row are no programme where they add up to nothing."""
    wrong = NOTE.replace("25\t58.42", "26\t58.42").replace("45\t88.25", "45\t89.25")
    assert programmes(wrong) == ["12 hole 20.40 m", "9 hole 31.75 m", "21 hole 52.15 m", "8 hole 14.10 m"]
