"""Terms: what a contract says about payment, and which of it is in force for a lot.

A row of the table of terms is one term of one contract: ``term`` (the words of ``terms.csv``), ``metal`` where it is
about one, ``value`` and ``unit``, for terms by steps ``above``, ``upto`` and ``each`` in ``step_unit``, and what has to
be said in words in ``says``. ``from_day`` is the day of shipment from which it counts, until the same term is given
anew: charges that are agreed each year are rows of each year.
"""

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

import polars as pl

COLUMNS: dict[str, type[pl.DataType]] = {
    "contract": pl.String,
    "term": pl.String,
    "metal": pl.String,
    "from_day": pl.Date,
    "says": pl.String,
    "value": pl.Float64,
    "unit": pl.String,
    "above": pl.Float64,
    "upto": pl.Float64,
    "each": pl.Float64,
    "step_unit": pl.String,
}
"""Columns of the table of terms."""


@cache
def kinds() -> dict[str, dict[str, str]]:
    """Every term by its word, with what it needs: a metal, words, a unit of value, steps.

    >>> kinds()["payable"]["value"], kinds()["splitting_limit"]["metal"], list(kinds())[0]
    ('%', 'yes', 'price')
    """
    text = files("orebook.disciplines.sales").joinpath("terms.csv").read_text(encoding="utf-8")
    return {row["term"]: row for row in csv.DictReader(text.splitlines())}


LARGEST = 1e12
"""A number beyond this is none of the trade: nobody ships or owes so much."""

DAYS = (date(1900, 1, 1), date(2200, 1, 1))
"""Days before and after these are slips of a pen."""


def with_columns(frame: pl.DataFrame, columns: dict[str, type[pl.DataType]]) -> pl.DataFrame:
    """A table with all of some columns in their types; what it does not have is empty.

    Numbers and days that nothing can be counted with are empty as well, so that what rests on them is not made.

    >>> with_columns(pl.DataFrame({"value": [80.0, float("inf")]}), {"value": pl.Float64, "unit": pl.String}).rows()
    [(80.0, None), (None, None)]
    """
    return frame.select(_column(frame, name, kind).alias(name) for name, kind in columns.items())


def _column(frame: pl.DataFrame, name: str, kind: type[pl.DataType]) -> pl.Expr:
    column = (pl.col(name) if name in frame.columns else pl.lit(None)).cast(kind)
    if kind == pl.Float64:
        return pl.when(column.is_finite() & (column.abs() <= LARGEST)).then(column)
    return pl.when(column.is_between(*DAYS)).then(column) if kind == pl.Date else column


@dataclass(frozen=True)
class InForce:
    """The terms that are in force for lots: of each lot the version of its contract, and the rows of each version."""

    lots: pl.DataFrame
    rows: pl.DataFrame

    def of(self, *terms: str) -> pl.DataFrame:
        """The rows of some terms, in every version."""
        return self.rows.filter(pl.col("term").is_in(terms))

    def value(self, term: str) -> pl.DataFrame:
        """A plain value of a term by version, named after it."""
        return self.of(term).select("version", pl.col("value").alias(term)).unique("version", keep="last")


def in_force(lots: pl.DataFrame, terms: pl.DataFrame) -> InForce:
    """The terms of each lot on its day of shipment.

    ``lots`` has ``lot``, ``contract`` and ``shipped_day``. A term counts from its ``from_day``, or always when it has
    none, until rows of the same term and metal begin later; all rows of one day belong together.

    >>> from datetime import date
    >>> terms = pl.DataFrame({"contract": ["K", "K"], "term": "treatment_charge", "value": [80.0, 60.0],
    ...     "unit": "USD/dmt", "from_day": [None, date(2012, 1, 1)]})
    >>> lots = pl.DataFrame({"lot": ["a", "b"], "contract": "K", "shipped_day": [date(2011, 9, 9), date(2012, 1, 1)]})
    >>> found = in_force(lots, terms)
    >>> found.lots.join(found.value("treatment_charge"), on="version")["treatment_charge"].to_list()
    [80.0, 60.0]
    """
    said = with_columns(terms, COLUMNS).with_columns(pl.col("from_day").fill_null(pl.date(1, 1, 1)))
    begins = said.select("contract", begins="from_day").unique().sort("begins")
    placed = (
        lots.select("lot", "contract", "shipped_day")
        .sort("shipped_day")
        .join_asof(begins, left_on="shipped_day", right_on="begins", by="contract", check_sortedness=False)
    )
    versions = (
        placed.select("contract", "begins").unique().drop_nulls().sort("contract", "begins").with_row_index("version")
    )
    rows = (
        versions.join(said, on="contract", nulls_equal=True)
        .filter(pl.col("from_day") <= pl.col("begins"))
        .filter(pl.col("from_day") == pl.col("from_day").max().over("version", "term", "metal"))
        .sort("version", "term", "metal", "above", nulls_last=False)
        .drop("begins", "from_day")
    )
    known = placed.join(versions, on=["contract", "begins"], how="left").select("lot", "version")
    return InForce(lots.select("lot").join(known, on="lot", how="left", maintain_order="left"), rows)
