"""Chart of accounts: what each account is, in which line of the statements it stands, and which measures it enters.

Columns of ``accounts``: ``account``, ``name``, ``kind``, ``line`` (of the statement of income or of financial
position), ``cash_line`` (of the statement of cash flows, for what is not cash), ``tags`` (words, ``|`` between them)
and ``mine``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

from orebook.disciplines.finance.ledger.statement_lines import StatementLine, usual_lines

STOCKS = ("asset", "liability", "equity")
"""Kinds of accounts that have a balance at a day."""

FLOWS = ("income", "expense")
"""Kinds of accounts that run over a period."""

SAID = ("line", "quantity")
"""Kinds outside double entry: a line as a statement gives it, and a quantity such as ounces sold."""

KINDS = (*STOCKS, *FLOWS, *SAID)

CASH = "cash"
"""The line of financial position whose accounts are cash."""

_COLUMNS = ("account", "name", "kind", "line", "cash_line", "tags", "mine")
_STATEMENTS = {"position": STOCKS, "income": FLOWS}


@dataclass(frozen=True)
class Chart:
    """Accounts that can be used, and what is the matter with the others.

    ``accounts`` has one row for each account with the columns above; ``faults`` has ``row``, ``account`` and ``why``.
    """

    accounts: pl.DataFrame
    faults: pl.DataFrame
    lines: Mapping[str, StatementLine] = field(default_factory=usual_lines)

    @property
    def without_cash_line(self) -> list[str]:
        """Accounts of financial position that are not cash and stand in no line of the statement of cash flows."""
        stocks = self.accounts.filter(pl.col("kind").is_in(STOCKS) & (pl.col("line") != CASH))
        return stocks.filter(pl.col("cash_line") == "")["account"].to_list()


def chart_of_accounts(accounts: pl.DataFrame, lines: Mapping[str, StatementLine] | None = None) -> Chart:
    """Read a table of accounts. An account with a fault is left out, and what is posted to it with it.

    >>> given = {"account": ["4000", "4000"], "kind": ["income", "income"], "line": ["revenues", "revenue"]}
    >>> found = chart_of_accounts(pl.DataFrame(given))
    >>> found.accounts.height, found.faults["why"].to_list()
    (1, ['stands twice', 'revenue is no line of a statement'])
    """
    known = usual_lines() if lines is None else lines
    table = _told(accounts).with_columns(why=_why(known))
    twice = pl.col("account").is_duplicated() & ~pl.col("account").is_first_distinct()
    again = table.filter(twice).select("row", "account", why=pl.lit("stands twice"))
    faults = pl.concat([again, table.filter(pl.col("why") != "").select("row", "account", "why")])
    kept = table.filter((pl.col("why") == "") & ~twice).select(_COLUMNS)
    return Chart(kept, faults.sort("row", maintain_order=True), known)


def _told(accounts: pl.DataFrame) -> pl.DataFrame:
    """A table of accounts with every column, as trimmed text, and the position of each row."""
    made = [
        (
            pl.col(name).cast(pl.String).str.strip_chars().fill_null("") if name in accounts.columns else pl.lit("")
        ).alias(name)
        for name in _COLUMNS
    ]
    if "row" in accounts.columns:
        return accounts.select(pl.col("row").cast(pl.Int64), *made)
    return accounts.select(made).with_row_index("row").cast({"row": pl.Int64})


def _why(lines: Mapping[str, StatementLine]) -> pl.Expr:
    """What is the matter with an account, in words; nothing for a good one."""
    kind, line, cash = pl.col("kind"), pl.col("line"), pl.col("cash_line")
    statement = line.replace_strict({name: one.statement for name, one in lines.items()}, default="")
    cash_lines = [name for name, one in lines.items() if one.statement == "cash"]
    wrong = pl.lit("")
    for name, kinds in _STATEMENTS.items():
        misplaced = kind.is_in(kinds) & (statement != name)
        said = pl.format("{} stands in the statement of {}, where no {} belongs", line, statement, kind)
        wrong = pl.when(misplaced).then(said).otherwise(wrong)
    needs = kind.is_in([*STOCKS, *FLOWS, "line"])
    return (
        pl.when(pl.col("account") == "")
        .then(pl.lit("has no number"))
        .when(kind == "")
        .then(pl.lit("has no kind"))
        .when(~kind.is_in(KINDS))
        .then(pl.format("{} is no kind of account; there are {}", kind, pl.lit(", ".join(KINDS))))
        .when(needs & (line == ""))
        .then(pl.lit("stands in no line of a statement"))
        .when(needs & (statement == ""))
        .then(pl.format("{} is no line of a statement", line))
        .when((cash != "") & ~cash.is_in(cash_lines))
        .then(pl.format("{} is no line of the statement of cash flows", cash))
        .otherwise(wrong)
        .alias("why")
    )
