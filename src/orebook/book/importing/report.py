"""Report: what came in, what was kept, what was rejected and why, and what was read in another way than it stands."""

from dataclasses import dataclass

import polars as pl

REJECTED = {
    "origin_row": pl.Int64,
    "cell": pl.String,
    "head": pl.String,
    "value": pl.String,
    "reason": pl.String,
}
"""Columns of the table of rejected cells; ``cell`` is its address, ``head`` empty for a whole row."""

COLUMNS = {
    "column": pl.String,
    "head": pl.String,
    "values": pl.Int64,
    "missing": pl.Int64,
    "below": pl.Int64,
    "above": pl.Int64,
    "tokens": pl.Int64,
    "negative": pl.Int64,
    "coded": pl.Int64,
    "snapped": pl.Int64,
}
"""Columns of the table of columns: how many rows have a value or none, how many of the values are limits, how many
cells hold a word for no value, were negative as they stood, held a code, or lost noise beyond a thousandth."""


@dataclass(frozen=True)
class Report:
    """What became of the rows of a file. ``rows`` is always ``kept`` plus ``rejected``; ``blank`` rows hold no cell.

    ``reasons`` counts rejected rows by their first reason, ``columns`` tells of each column, ``remarks`` are what one
    should know.
    """

    file: str
    table: str
    rows: int
    kept: int
    rejected: int
    blank: int
    reasons: tuple[tuple[str, int], ...]
    columns: pl.DataFrame
    remarks: tuple[str, ...]

    def __str__(self) -> str:
        """The sum in one line: rows in = kept + rejected.

        >>> str(Report("a.csv", "assays", 104, 99, 5, 0, (("no number", 5),), pl.DataFrame(), ()))
        'a.csv: 104 rows in = 99 kept as assays + 5 rejected (no number: 5)'
        """
        why = ", ".join(f"{reason}: {count:,}" for reason, count in self.reasons)
        counted = f"{self.rows:,} rows in = {self.kept:,} kept as {self.table} + {self.rejected:,} rejected"
        return f"{self.file}: {counted}{f' ({why})' if why else ''}"

    def column(self, name: str) -> dict[str, int | str]:
        """What the report says of one column of the book."""
        return self.columns.row(by_predicate=pl.col("column") == name, named=True)
