"""Depths with digits that no tape measure has."""

from collections.abc import Iterator

from orebook.checks.rule import Remark, remark
from orebook.checks.table_rule import Tables, table_rule
from orebook.checks.table_saying import do, many
from orebook.checks.table_views import ALONG, number


@table_rule("T310", on="intervals", basis="decimal digits")
def depth_with_noise(tables: Tables) -> Iterator[Remark]:
    """Depths carry more than three decimals.

    What it does:
    Counts, in each column of depths, the values that are not a whole number of thousandths.

    Why it matters:
    142.50999 is 142.51 after a journey through a number of single precision. Ends that should touch no longer do, in
    programs that compare them as they are.

    Flagged:

        collars
        hole,easting_m,northing_m
        BD048,1000.0,2000.0

        assays
        hole,from_m,to_m,ni_ppm
        BD048,141.0,142.50999,169
        BD048,142.50999,143.50999,126

    Fine:

        collars
        hole,easting_m,northing_m
        BD048,1000.0,2000.0

        assays
        hole,from_m,to_m,ni_ppm
        BD048,141.0,142.51,169
        BD048,142.51,143.51,126

    Help:
    Nothing needs to be done here, where depths are compared in thousandths; round them before they go elsewhere.
    """
    for table in ("collars", *ALONG):
        for column in (tables.key(name) for name in ("depth", "from", "to")):
            if tables.has(table, column):
                frame = tables.frame(table)
                scaled = frame.select(number(column) * 1000.0).to_series()
                off = (scaled - scaled.round()).abs() > 1e-5 * (scaled.abs() * 1e-6 + 1.0)
                noisy = (off & scaled.is_finite()).arg_true()  # one that is no depth has no decimals either
                if len(noisy):
                    shown = frame[column][noisy[0]]
                    count = f"{many(len(noisy), 'value')} of {column} {do(len(noisy), 'has', 'have')}"
                    text = f"{count} more than three decimals, such as {shown}"
                    yield remark("note", text, [tables.source(table, int(noisy[0]) + 2)])
