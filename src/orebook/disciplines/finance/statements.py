"""Statements: income, financial position and cash flows of every reporting period, as tidy figures.

Nothing is rounded: an amount is whole cents of the currency of the report. A period of which the books do not know the
whole has no statement; it is listed with the reason.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import numpy as np
import polars as pl

from orebook.disciplines.finance.figures import Told, figures
from orebook.disciplines.finance.ledger.balancing import EPOCH, as_date
from orebook.disciplines.finance.ledger.cents import Ints
from orebook.disciplines.finance.ledger.running import NoRate
from orebook.disciplines.finance.ledger.spans import ALWAYS
from orebook.disciplines.finance.ledger.statement_lines import StatementLine
from orebook.disciplines.finance.ledger.stretches import Bools
from orebook.disciplines.finance.ledger.sums import COMPANY, Sums
from orebook.ground.fiscal import Reported

ANY_LINE = "finance.line"
"""The measure of a line that has no word of its own in the vocabulary."""


def bounds(periods: Sequence[Reported]) -> tuple[Ints, Ints]:
    """The days on which periods begin, and the days after they end."""
    starts = [(each.period.start - EPOCH).days for each in periods]
    ends = [(each.period.end - EPOCH).days + 1 for each in periods]
    return np.array(starts, np.int64), np.array(ends, np.int64)


def statements(
    sums: Sums,
    periods: Sequence[Reported],
    lines: Mapping[str, StatementLine],
    *,
    company: str,
    currency: str,
    basis: str,
) -> pl.DataFrame:
    """Every line of every statement for every period that is known, in the order of the lines.

    Lines of income are given for each mine besides. Lines are printed on their own side: costs and assets as debits,
    income, liabilities and what brought cash as credits.
    """
    found: list[Told] = []
    for name, line in lines.items():
        for mine in (COMPANY, *(sums.mines if line.statement == "income" else ())):
            if (mine, name) not in sums.lines and (mine, name) not in sums.said:
                continue
            cents, known = sums.line(name, line.statement, mine)
            fixed = {
                "measure": line.measure or ANY_LINE,
                "subject": mine or company,
                "basis": basis,
                "unit": currency,
                "statement": line.statement,
                "line": name,
                "label": line.label,
                "element": line.element or None,
            }
            found.append(Told(fixed, cents * line.sign, known, *versions(sums, line.statement)))
    return figures(found, periods)


def versions(sums: Sums, statement: str) -> tuple[Ints, Bools]:
    """For each period the day of its last publication and whether it is restated, by statement."""
    always = np.full(len(sums.starts), ALWAYS, np.int64)
    return sums.published.get(statement, always), sums.restated.get(statement, sums.unknown())


def restatements(current: pl.DataFrame, first: pl.DataFrame) -> pl.DataFrame:
    """Figures as first reported and as they stand now, side by side, where a period was published again.

    ``change`` is what the restatement did to a figure; it may be nought.
    """
    key = ["measure", "subject", "statement", "line", "label", "period", "from_day", "to_day", "unit"]
    again = current.filter("restated").select(*key, restated="value", restated_on="version", cents="cents")
    before = first.select(*key, as_reported="value", reported_on="version", before="cents")
    joined = again.join(before, on=key, how="left", maintain_order="left")
    change = ((pl.col("cents") - pl.col("before")) / 100).alias("change")
    return joined.select(*key, "as_reported", "reported_on", "restated", "restated_on", change)


def unknown_periods(sums: Sums, periods: Sequence[Reported], left_out: pl.DataFrame) -> pl.DataFrame:
    """Periods without a statement: ``period``, ``statement`` and ``why``."""
    reasons = list(_reasons(sums, left_out))
    told = []
    for statement, known in sums.known.items():
        for place in np.flatnonzero(~known):
            period = periods[int(place)].period
            why = [said for start, end, said in reasons if start <= period.end and period.start <= end]
            told.append((period.label, period.start, period.end, statement, "; ".join(dict.fromkeys(why)) or _ABSENT))
    columns = {"period": pl.String, "from_day": pl.Date, "to_day": pl.Date, "statement": pl.String, "why": pl.String}
    return pl.DataFrame(told, columns, orient="row")


_ABSENT = "the ledger does not know the whole period"


def _lacking(rate: NoRate) -> str:
    """What is lacking of a currency or of an entity."""
    if rate.kind == "interest":
        return f"no interest in {rate.currency} is told of these days"
    return f"no {rate.kind} rate of {rate.currency}"


def _reasons(sums: Sums, left_out: pl.DataFrame) -> Iterator[tuple[date, date, str]]:
    """What stands against statements, with the days that it is about."""
    for row in left_out.iter_rows(named=True):
        if row["to_day"] is not None:
            out = f" by {row['amount']:,.2f} {row['currency']}" if row["why"] == "does not balance" else ""
            place = f"row {row['row'] + 1}, account {row['account']}" if row["row"] is not None else "the ledger"
            yield row["from_day"] or row["to_day"], row["to_day"], f"{place}: {row['why']}{out}"
    for rate in sums.without_rate:
        yield as_date(rate.start), as_date(rate.end - 1), _lacking(rate)
