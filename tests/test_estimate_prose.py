"""Estimates in sentences, in the turns of phrase of the trade: what is read of each, and that nothing is added."""

import pytest

from orebook.ground.fact import Record
from orebook.reading.read import read_bytes

HEAD = """\
Birkrigg Gold Reports on the Stainton Project

Perth, Western Australia - 14 March 2023 - Birkrigg Gold Limited (ASX: BKG) reports on its Stainton gold project.

"""

Said = list[tuple[str, str]]
"""Category and figures of each estimate."""

SENTENCES: list[tuple[str, Said]] = [
    (
        "Stainton hosts an Inferred Mineral Resource of 12.4 Mt grading 1.2 g/t Au for 480,000 oz.",
        [("Inferred", "12.4 Mt; 1.2 g/t Au; 480,000 oz Au")],
    ),
    (
        "Of the tonnage, 53.7 Mt are categorised as Indicated and 21.2 Mt as Inferred.",
        [("Indicated", "53.7 Mt"), ("Inferred", "21.2 Mt")],
    ),
    (
        "The Mineral Resource stands at 22.56Mt, totalling 1.1 million ounces of gold.",
        [("", "22.56 Mt; 1.1 Moz Au")],
    ),
    (
        "The project hosts 2.1 Moz (M&I) and 1.4 Moz Inferred.",
        [("Measured and Indicated", "2.1 Moz Au"), ("Inferred", "1.4 Moz Au")],
    ),
    (
        "The Ore Reserve is 8.6 Mt at 1.7 g/t gold containing 470,000 ounces.",
        [("", "8.6 Mt; 1.7 g/t Au; 470,000 oz Au")],
    ),
    (
        "Measured and Indicated Resources total 31.0 Mt averaging 1.05 g/t Au for 1.05 Moz of contained gold.",
        [("Measured and Indicated", "31.0 Mt; 1.05 g/t Au; 1.05 Moz Au")],
    ),
    (
        "Mineral Resources now comprise 4.2 million tonnes at 2.3 g/t gold for 311,000 ounces in the "
        "Indicated category "
        "and 6.0 million tonnes at 1.9 g/t gold for 366,000 ounces in the Inferred category.",
        [
            ("Indicated", "4.2 Mt; 2.3 g/t Au; 311,000 oz Au"),
            ("Inferred", "6.0 Mt; 1.9 g/t Au; 366,000 oz Au"),
        ],
    ),
    (
        "The maiden resource contains 356,000 ounces of gold (5.8 Mt at 1.9 g/t), all in the Inferred category.",
        [("Inferred", "356,000 oz Au; 5.8 Mt; 1.9 g/t Au")],
    ),
    (
        "Proven and Probable Reserves of 14.9 Mt grading 1.44 g/t Au (690 koz) support a mine life of nine years.",
        [("Proved and Probable", "14.9 Mt; 1.44 g/t Au; 690 koz Au")],
    ),
    (
        "Total Mineral Resources of 19.7Mt @ 1.8g/t Au for 1.14Moz include Indicated Resources of 11.3Mt @ "
        "1.9g/t Au for "
        "690koz.",
        [("Total", "19.7 Mt; 1.8 g/t Au; 1.14 Moz Au"), ("Indicated", "11.3 Mt; 1.9 g/t Au; 690 koz Au")],
    ),
    (
        "Inferred Resources: 3.3 Mt at 0.9 g/t Au (95,000 oz); Indicated Resources: 7.7 Mt at 1.1 g/t Au (272,000 oz).",
        [("Inferred", "3.3 Mt; 0.9 g/t Au; 95,000 oz Au"), ("Indicated", "7.7 Mt; 1.1 g/t Au; 272,000 oz Au")],
    ),
    (
        "The Indicated Resource contains 845,000 oz gold within 23.9 Mt at an average grade of 1.10 g/t.",
        [("Indicated", "845,000 oz Au; 23.9 Mt; 1.10 g/t Au")],
    ),
    (
        "Stainton has an estimated 640,000 ounces of gold in Indicated Resources (10.5 million tonnes "
        "grading 1.9 g/t) and "
        "210,000 ounces in Inferred Resources (4.1 million tonnes grading 1.6 g/t).",
        [
            ("Indicated", "640,000 oz Au; 10.5 Mt; 1.9 g/t Au"),
            ("Inferred", "210,000 oz Au; 4.1 Mt; 1.6 g/t Au"),
        ],
    ),
    (
        "At Hoad the estimate is 66 Mt at 0.62 g/t gold containing 1.32 million ounces, of which 41 Mt are "
        "classified as "
        "indicated.",
        [("", "66 Mt; 0.62 g/t Au; 1.32 Moz Au"), ("Indicated", "41 Mt")],
    ),
    (
        "The JORC (2012) compliant resource is 2.6Mt at 3.1g/t for 259koz of gold.",
        [("", "2.6 Mt; 3.1 g/t Au; 259 koz Au")],
    ),
    (
        "Stainton lies within 5 km of the 1.3Moz Winster Gold Mine.",
        [("", "1.3 Moz Au")],
    ),
    (
        "Ore will go to the 140,000 ounces per year Winster Gold Mine.",
        [],
    ),
    (
        "The stockpile was trucked to the mill, where 1.2 Mt at 1.4 g/t were processed in the quarter.",
        [],
    ),
    (
        "A total of 13.0 million tonnes at 2.1 g/t gold is to be milled over nine years.",
        [],
    ),
    (
        "Drilling returned 12 m at 3.4 g/t Au outside the Inferred Resource.",
        [],
    ),
    (
        "Since 2019 the mine has produced 1.3 million ounces of gold.",
        [],
    ),
    (
        "Measured Resources of 1.9 Mt at 1.6 g/t Au, Indicated Resources of 4.4 Mt at 1.4 g/t Au and "
        "Inferred Resources of "
        "2.8 Mt at 1.2 g/t Au have been estimated.",
        [("Measured", "1.9 Mt; 1.6 g/t Au"), ("Indicated", "4.4 Mt; 1.4 g/t Au"), ("Inferred", "2.8 Mt; 1.2 g/t Au")],
    ),
    (
        "The updated estimate comprises an Indicated Mineral Resource of 310,000 ounces gold and an Inferred Mineral "
        "Resource of 150,000 ounces gold.",
        [("Indicated", "310,000 oz Au"), ("Inferred", "150,000 oz Au")],
    ),
    (
        "Resources of 1.35 million ounces (27.1 Mt at 1.55 g/t Au) have been defined, 62% of which are Indicated.",
        [("", "1.35 Moz Au; 27.1 Mt; 1.55 g/t Au")],
    ),
    (
        "The deposit contains 9.4 million tonnes of Probable Reserves at a grade of 1.3 g/t Au.",
        [("Probable", "9.4 Mt; 1.3 g/t Au")],
    ),
    (
        "Approximately 85% of the 1.2 million ounce resource is in the Indicated category.",
        [("", "1.2 million oz Au")],
    ),
    (
        "An Inferred Resource of approximately 7 million tonnes grading 1.0 g/t gold, for 225,000 contained "
        "ounces, was "
        "announced.",
        [("Inferred", "~7 Mt; 1.0 g/t Au; 225,000 oz Au")],
    ),
    (
        "Ore Reserves increased 12% to 1.05 million ounces after depletion of 140,000 ounces.",
        [("", "1.05 Moz Au")],
    ),
]


def estimates(sentence: str) -> Said:
    """The estimates that are read in a sentence of a release."""
    return [
        _short(one)
        for one in read_bytes("note.txt", (HEAD + sentence + "\n").encode()).records
        if one.kind in ("resource", "reserve")
    ]


def _short(record: Record) -> tuple[str, str]:
    figures = [f"{fact.figure} {fact.about.get('analyte', '')}".strip() for fact in record.facts]
    return record.about.get("category", ""), "; ".join(figures)


@pytest.mark.parametrize(("sentence", "said"), SENTENCES)
def test_sentence(sentence: str, said: Said) -> None:
    """Each estimate of the sentence is read with its category, its tonnes, its grade and its metal, and "
    "nothing else."""
    assert estimates(sentence) == said
