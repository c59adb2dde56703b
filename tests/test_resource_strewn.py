"""Pages on which tables were read across one another: what arithmetic proves is read, and noise is not."""

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from orebook.ground.fact import Record
from orebook.reading.estimating.stream_words import words_of
from orebook.reading.estimating.strewn_blocks import blocks
from orebook.reading.read import read_text
from orebook.reading.text import inline

PAGE = (
    "Cawston Metals Mineral Resources as at 30 June 2023 Class Copper Gold Tonnes Class ification % g/t Copper tonnes "
    "Gold ounces Sampling Fresh Measured 2,310,000 1.12 0.41 Samples were taken each metre by Fresh Indicated "
    "5,860,000 0.97 0.36 2 riffle splitter. Holes Fresh Inferred 3,440,000 0.81 0.29 are surveyed by gyroscope Total "
    "Fresh 11,610,000 0.95 0.35 110,600 130,300 every 30 metres. Measured Oxide Gold 1,450,000 2.40 Recoveries were "
    "Oxide Gold 1.90 above 95 Indicated 2,760,000 Oxide Gold 1.60 Inferred 980,000 Total Oxide Gold 5,190,000 1.98 "
    "330,900 3 Announced before "
)
"""Two tables and a column of prose beside them, read across; the grades of the second have fallen from their rows."""

UNITS = {"t", "kt", "Mt", "oz", "koz"}


def rows(text: str) -> list[tuple[str, str, str]]:
    """Deposit, category and figures of each estimate."""
    return [_row(one) for one in read_text("page.txt", text).records if one.kind in ("resource", "reserve")]


def _row(record: Record) -> tuple[str, str, str]:
    figures = [f"{fact.figure} {fact.about.get('analyte', '')}".strip() for fact in record.facts]
    return record.about.get("deposit", ""), record.about.get("category", ""), "; ".join(figures)


def test_what_arithmetic_proves_is_read() -> None:
    """Tonnes that add up, grades that weigh and metal that is made tie rows together in whatever order they stand."""
    assert rows(PAGE) == [
        ("Fresh", "Measured", "2,310,000 t; 1.12 % Cu; 0.41 g/t Au"),
        ("Fresh", "Indicated", "5,860,000 t; 0.97 % Cu; 0.36 g/t Au"),
        ("Fresh", "Inferred", "3,440,000 t; 0.81 % Cu; 0.29 g/t Au"),
        ("Fresh", "Total", "11,610,000 t; 0.95 % Cu; 0.35 g/t Au; 110,600 t Cu; 130,300 oz Au"),
        ("Oxide", "Measured", "1,450,000 t; 2.40 g/t Au"),
        ("Oxide", "Indicated", "2,760,000 t; 1.90 g/t Au"),
        ("Oxide", "Inferred", "980,000 t; 1.60 g/t Au"),
        ("Oxide", "Total", "5,190,000 t; 1.98 g/t Au; 330,900 oz Au"),
    ]


def test_what_does_not_add_up_is_left() -> None:
    """One wrong digit in a tonnage, and its block is not read; the other is."""
    assert [row[1:] for row in rows(PAGE.replace("5,860,000", "5,880,000"))] == [
        ("Measured", "1,450,000 t; 2.40 g/t Au"),
        ("Indicated", "2,760,000 t; 1.90 g/t Au"),
        ("Inferred", "980,000 t; 1.60 g/t Au"),
        ("Total", "5,190,000 t; 1.98 g/t Au; 330,900 oz Au"),
    ]


def test_two_ways_are_none() -> None:
    """Where the grades that fell out may be dealt in two ways, the block is left."""
    even = PAGE.replace("1.90", "1.92").replace("980,000", "2,760,000").replace("5,190,000", "6,970,000")
    assert [row for row in rows(even) if "2,760,000" in row[2]] == []


def _noise(seed: int) -> str:
    """A page of rows whose numbers have nothing to do with one another."""
    random = Random(seed)
    said = ["Mineral Resources Copper Cobalt Gold Tonnes % g/t (Mt) (kt) (Koz) ounces"]
    thousands = random.random() < 0.5
    for _ in range(random.randrange(6, 30)):
        count = random.randrange(1, 4)
        said.append(random.choice(["Measured", "Indicated", "Inferred", "Total", "Proved", "Probable"]))
        said.append(
            f"{random.randrange(100, 99_999) * 1000:,}" if thousands else f"{10 ** random.uniform(-0.5, 3):.1f}"
        )
        said += [f"{10 ** random.uniform(-1.3, 1):.2f}" for _ in range(count)]
        metals = count if random.random() < 0.5 else 0
        said += [f"{int(10 ** random.uniform(2, 6.5)) // 100 * 100:,}" for _ in range(metals)]
    return " ".join(said)


@settings(max_examples=200, deadline=None)
@given(st.integers(min_value=0))
def test_noise_is_not_read(seed: int) -> None:
    """Numbers without meaning hardly ever make a block: of forty thousand such pages none did."""
    page = _noise(seed)
    assert blocks(words_of(inline(page, 0, len(page))), UNITS) == []
