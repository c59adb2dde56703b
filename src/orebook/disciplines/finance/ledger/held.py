"""The ledger as it can be used: every volume of the books, balanced, and all that was left out with its row.

>>> accounts = pl.DataFrame({"account": ["1000", "4000"], "kind": ["asset", "income"], "line": ["cash", "revenues"]})
>>> days = {"from_day": ["2011-07-01"] * 2, "to_day": ["2011-09-30"] * 2, "currency": ["CAD"] * 2}
>>> ledger = pl.DataFrame({"account": ["1000", "4000"], **days, "amount": [500.0, -400.0]})
>>> held(accounts, ledger).left_out.select("account", "row", "amount", "why").rows()
[('1000', 0, 100.0, 'does not balance')]
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from orebook.disciplines.finance.ledger.balancing import Fault, as_date, balanced, suspect
from orebook.disciplines.finance.ledger.cents import PER_UNIT
from orebook.disciplines.finance.ledger.chart import Chart, chart_of_accounts
from orebook.disciplines.finance.ledger.postings import Postings, day_column, postings
from orebook.disciplines.finance.ledger.spans import ALWAYS
from orebook.disciplines.finance.ledger.statement_lines import StatementLine
from orebook.disciplines.finance.ledger.stretches import Volume, series_of, volumes

LEFT_OUT: Mapping[str, type[pl.DataType]] = {
    "entity": pl.String,
    "currency": pl.String,
    "version": pl.String,
    "from_day": pl.Date,
    "to_day": pl.Date,
    "account": pl.String,
    "row": pl.Int64,
    "amount": pl.Float64,
    "why": pl.String,
}
"""What is said of each stretch that is not used: whose books, when, which row, by how much it is out, and why."""


@dataclass(frozen=True)
class Held:
    """A ledger that can be counted on.

    ``series`` are accounts at mines by number, ``volumes`` the books without what was left out, ``left_out`` that.
    """

    chart: Chart
    series: pl.DataFrame
    volumes: tuple[Volume, ...]
    left_out: pl.DataFrame


def held(
    accounts: pl.DataFrame,
    ledger: pl.DataFrame,
    *,
    year_end: int = 12,
    lines: Mapping[str, StatementLine] | None = None,
    known: date | None = None,
) -> Held:
    """Read accounts and ledger; ``known`` leaves out what was published after a day."""
    chart = chart_of_accounts(accounts, lines)
    told = ledger.with_row_index("row").cast({"row": pl.Int64}) if "row" not in ledger.columns else ledger
    if known is not None and "published_on" in told.columns:
        published = told.select(day_column("published_on", told))["published_on"]
        told = told.filter((published <= known).fill_null(value=True))
    read = postings(told, chart)
    series = series_of(read.kept, chart)
    good: list[Volume] = []
    rows: list[tuple[object, ...]] = []
    for volume in volumes(read.kept, series, chart):
        used, faults = balanced(volume, _refused(read, volume), year_end)
        good.append(used)
        rows += _told(faults, volume, read)
    left = pl.DataFrame(rows, dict(LEFT_OUT), orient="row").unique(maintain_order=True)
    return Held(chart, series, tuple(good), pl.concat([left, _unread(read)]))


def _refused(read: Postings, volume: Volume) -> Iterator[tuple[int, int, str]]:
    """Stretches of a volume with a row that could not be read."""
    mine = pl.col("entity") == volume.entity
    if not volume.said:
        mine &= (pl.col("currency") == volume.currency) | (pl.col("currency") == "")
    else:
        mine &= pl.col("account") == volume.said
    rows = read.refused.filter(mine & pl.col("end").is_not_null())
    yield from rows.select("start", "end", "why").iter_rows()


def _told(faults: list[Fault], volume: Volume, read: Postings) -> Iterator[tuple[object, ...]]:
    """What is said of the faults of a volume that have no row of their own."""
    for fault in faults:
        if not fault.out:
            continue
        version = pl.col("version").is_null()
        if volume.version is not None:
            version |= pl.col("version") == volume.version
        rows = read.kept.filter(
            (pl.col("entity") == volume.entity)
            & (pl.col("currency") == volume.currency)
            & (pl.col("end") == fault.end)
            & version
        )
        if fault.start != ALWAYS:
            rows = rows.filter(pl.col("start") == fault.start)
        row = suspect(rows, fault.out)
        account = rows.filter(pl.col("row") == row)["account"][0] if row is not None else ""
        start = None if fault.start == ALWAYS else as_date(fault.start)
        ends = start, as_date(fault.end - 1)
        yield volume.entity, volume.currency, volume.version, *ends, account, row, fault.out / PER_UNIT, fault.why


def _unread(read: Postings) -> pl.DataFrame:
    """The rows that could not be read, each with its reason."""
    return read.refused.select(
        "entity",
        "currency",
        pl.when(pl.col("version") != "").then(pl.col("version")).alias("version"),
        "from_day",
        "to_day",
        "account",
        "row",
        pl.col("amount").cast(pl.Float64, strict=False),
        "why",
    )
