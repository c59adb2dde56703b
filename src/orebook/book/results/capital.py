"""Capital expenditures by project, kind, mine and source of funds, for every period."""

import polars as pl

from orebook.book.bench import Bench, Made
from orebook.book.ledgers import fiscal_month
from orebook.book.rests import Rest, rests
from orebook.disciplines.finance.capital import ALL, BY_KIND, BY_PROJECT, FUNDING, capital_figures
from orebook.disciplines.finance.ledger.postings import in_these_years
from orebook.ground.fiscal import reporting_periods


def make(bench: Bench) -> Made:
    """What was spent in every period from the first day of the table to the last."""
    fiscal_month(bench)
    held = bench.need("capital", "capital expenditures")
    capital = held.filter(in_these_years("from_day") & in_these_years("to_day"))
    currency = _currency(bench, capital)
    first, last = capital.select(pl.col("from_day").min(), pl.col("to_day").max()).row(0)
    periods = reporting_periods(first, last, bench.settings.fiscal_year_end) if first and last else ()
    found = capital_figures(capital, periods, company=bench.settings.issuer, currency=currency)
    left = held.height - capital.filter(pl.col("currency") == currency).height
    remarks = (f"{left} rows in other currencies than {currency} or of impossible years are left out",) if left else ()
    parts = {
        "capital": found,
        "capital_rests": rests(
            *(
                Rest(measure, "capital", ("amount",), same={column: "subject"}, how="sum")
                for measure, column in ((BY_KIND, "kind"), (BY_PROJECT, "project"), (FUNDING, "funding"))
            ),
            Rest(ALL, "capital", ("amount",), how="sum"),
        ),
    }
    return Made(parts, {"currency": currency, "fiscal_year_end": bench.settings.fiscal_year_end}, remarks)


def _currency(bench: Bench, capital: pl.DataFrame) -> str:
    """The currency of the figures: said, or the only one of the table."""
    said = bench.said("capital").get("currency") or bench.said("statements").get("currency")
    there = capital["currency"].drop_nulls().unique().sort().to_list()
    if not said and len(there) != 1:
        raise bench.wrong(
            "results.capital.currency", f"the table is in {', '.join(there) or 'none'}; write one of them"
        )
    return str(said or there[0])
