"""Grades of more than there is."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.table_rule import Faults, Tables, table_rule
from orebook.checks.table_saying import value
from orebook.checks.table_values import assayed, values


@table_rule("T401", on="values", basis="a part is no more than the whole")
def grade_above_whole(tables: Tables) -> Iterator[Faults]:
    """A grade is more than the whole sample.

    What it does:
    Compares each grade with the whole in its unit: 100 %, 1,000,000 ppm or g/t, 29,166.7 oz/ton and so on. Equivalents
    are left out, because they are no share of the rock.

    Why it matters:
    The column is in another unit than it says, a decimal point was lost, or the number is a code.

    Flagged:

        collars
        hole,easting_m,northing_m
        CL20037,1000.0,2000.0

        assays
        hole,from_m,to_m,cu_pct
        CL20037,10.0,12.0,1200.0

    Fine:

        collars
        hole,easting_m,northing_m
        CL20037,1000.0,2000.0

        assays
        hole,from_m,to_m,cu_ppm
        CL20037,10.0,12.0,1200.0

    Help:
    Compare with the certificate; a column in ppm is called so (``cu_ppm``).
    """
    for one in assayed(tables):
        if not one.is_sum:
            whole = 100.0 / one.percent
            over = values(tables, one.column) > whole * (1.0 + 1e-9)
            rows = pl.DataFrame({"line": over.arg_true() + 2, "value": values(tables, one.column).filter(over)})
            text = f"{{}} {one.unit} of {one.formula or one.name} are more than the whole, {value(whole)} {one.unit}"
            yield Faults(
                "error",
                rows,
                lambda row, text=text: text.format(value(row["value"])),  # type: ignore[misc]
                {"assays": "line"},
                (one.column,),
            )
