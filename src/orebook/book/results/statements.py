"""Statements of income, financial position and cash flows for every period, as they stand and as first reported."""

import polars as pl

from orebook.book.bench import Bench, Made
from orebook.book.ledgers import Accounts, accounts
from orebook.book.rests import Rest, rests
from orebook.disciplines.finance.assertions import missed_assertions
from orebook.disciplines.finance.ledger.sums import Sums
from orebook.disciplines.finance.statement_parts import statement_parts
from orebook.disciplines.finance.statements import restatements, statements, unknown_periods

_FEW = 3


def make(bench: Bench) -> Made:
    """Statements of all periods that the ledger knows; periods that it does not know are listed with the reason."""
    found = accounts(bench)
    current, first = _drawn(found, found.current), _drawn(found, found.first)
    unknown = unknown_periods(found.current, found.periods, found.held.left_out)
    asserted = bench.table("balances")
    parts = {
        "statements": current,
        "statements_restated": restatements(current, first),
        "statements_unknown": unknown,
        "statements_left_out": found.held.left_out,
        "statements_accounts": found.held.chart.faults,
    }
    if asserted is not None:
        parts["statements_missed"] = missed_assertions(found.held, asserted)
    parts["statements_parts"] = statement_parts(
        found.current, found.periods, found.lines, company=found.company, currency=found.currency
    )
    same = {"line": "line", "period": "period", "subject": "subject"}
    parts["statements_rests"] = rests(
        Rest(
            "", "statements_parts", ("value",), same=same, span="any", how="sum", words="lines and accounts of the line"
        )
    )
    parts["statements_parts_rests"] = rests(
        Rest(
            "",
            "ledger",
            ("amount", "debit", "credit"),
            same={"account": "part"},
            words="in the ledger debits are positive",
        )
    )
    settings: dict[str, object] = {
        "currency": found.currency,
        "framework": found.framework,
        "fiscal_year_end": bench.settings.fiscal_year_end,
        "statements": dict(bench.said("statements")),
        "lines": dict(bench.settings.lines),
        "entities": dict(bench.settings.entities),
    }
    return Made(parts, settings, tuple(_remarks(found, parts)))


def _drawn(found: Accounts, of: Sums) -> pl.DataFrame:
    """Statements of some sums."""
    return statements(
        of,
        found.periods,
        found.lines,
        company=found.company,
        currency=found.currency,
        basis=found.framework or "statement",
    )


def _remarks(found: Accounts, parts: dict[str, pl.DataFrame]) -> list[str]:
    """What one should know: what was left out, what is restated, what no statement of cash flows can be made of."""
    remarks = []
    left = parts["statements_left_out"]
    if left.height:
        first = left.row(0, named=True)
        remarks.append(f"{left.height} rows or balances left out; the first: account {first['account']} {first['why']}")
    if (faults := parts["statements_accounts"]).height:
        remarks.append(f"{faults.height} accounts left out; the first: {faults['account'][0]} {faults['why'][0]}")
    if (missed := parts.get("statements_missed", pl.DataFrame())).height:
        remarks.append(f"{missed.height} asserted balances are not met")
    if without := found.held.chart.without_cash_line:
        listed = ", ".join(without[:_FEW])
        remarks.append(f"no statement of cash flows: {len(without)} accounts have no cash_line ({listed} …)")
    again = parts["statements_restated"]["period"].unique().sort().to_list()
    if again:
        remarks.append(f"restated: {', '.join(again[:_FEW])}{' …' if len(again) > _FEW else ''}")
    lacking = dict.fromkeys((rate.currency, rate.kind) for rate in found.current.without_rate)
    return [*remarks, *(_lacking(currency, kind) for currency, kind in lacking)]


def _lacking(name: str, kind: str) -> str:
    """What is lacking of a currency, or of an entity."""
    if kind == "interest":
        return f"the table interests tells nothing that the company holds of {name} in some periods"
    return f"no {kind} rate of {name} for some periods"
