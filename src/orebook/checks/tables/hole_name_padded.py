"""Names of holes with blanks around them."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.table_rule import Faults, Row, Tables, table_rule
from orebook.checks.table_saying import many
from orebook.checks.table_views import ALONG, holes_of, name_of


@table_rule("T105", on="tables", basis="one hole has one name")
def hole_name_padded(tables: Tables) -> Iterator[Faults]:
    """The name of a hole begins or ends with a blank, or holds one that cannot be seen.

    What it does:
    Looks at the first and last character of each name, and for tabs, line breaks and blanks of no width inside.

    Why it matters:
    Nobody sees the blank, and no other table has it: the rows of the hole find no collar.

    Flagged:

        collars
        hole,easting_m,northing_m
        "CL20037 ",1000.0,2000.0

    Fine:

        collars
        hole,easting_m,northing_m
        CL 20037,1000.0,2000.0

    Help:
    Take the blanks away in the file or when it is imported.
    """
    for table in ("collars", *ALONG):
        if tables.has(table, "hole"):
            first = holes_of(tables, table).group_by("at").agg(pl.col("line").min(), pl.len().alias("rows"))
            odd = pl.col("hole").str.contains(r"^\s|\s$|[\t\r\n\x{00A0}\x{200B}\x{FEFF}]")
            yield Faults("warning", name_of(tables, first).filter(odd).sort("line"), _say, {table: "line"})


def _say(row: Row) -> str:
    return f"the name {row['hole']!r} holds blanks that cannot be seen, in {many(row['rows'], 'row')}"
