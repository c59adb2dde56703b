"""Names of holes that look like numbers among names that do not."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.table_ids import spellings
from orebook.checks.table_rule import Faults, Row, Tables, table_rule

_FEW = 0.5
"""Where more of the names than this are numbers, numbers are how holes are named here."""


@table_rule("T106", on="collars", basis="names are text")
def hole_name_of_digits(tables: Tables) -> Iterator[Faults]:
    """The name of a hole is a number, while the other holes have letters in theirs.

    What it does:
    Looks for names of digits alone, where fewer than half of the names are so.

    Why it matters:
    A spreadsheet turns ``007`` into ``7`` and ``2E10`` into a number; a prefix may have been lost. Programs that guess
    the type of a column fail on such a mixture.

    Flagged:

        collars
        hole,easting_m,northing_m
        34873,1000.0,2000.0
        B1-001,1000.0,2050.0
        B1-002,1000.0,2100.0

    Fine:

        collars
        hole,easting_m,northing_m
        B1-001,1000.0,2050.0
        B1-002,1000.0,2100.0

    Help:
    Compare with the drill log; give the name its prefix if it lost one, and keep the column as text.
    """
    spelled = spellings(tables)
    digits = spelled.filter(pl.col("hole").str.contains(r"^\s*\d+(?:\.\d+)?\s*$"))
    if digits.height < _FEW * spelled.height:
        yield Faults("note", digits.sort("line"), _say, {"collars": "line"})


def _say(row: Row) -> str:
    return f"the name {row['hole']} is a number; the other holes have letters in theirs"
