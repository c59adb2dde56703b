"""The financial summary: revenues, income, cash flow and what a share has of them, in up to four columns."""

from collections.abc import Mapping, Sequence

from orebook.reports.printed import PrintedTable
from orebook.reports.quarter.figures import Amount, Figures
from orebook.reports.quarter.labels import label
from orebook.reports.quarter.layouts import RowLayout, TableLayout
from orebook.reports.quarter.periods import Reported
from orebook.reports.quarter.tables import Line, figure_table, is_money, with_basis
from orebook.reports.quarter.writing import currency_words
from orebook.reports.sentences import fill

USUAL = tuple(
    RowLayout(name)
    for name in (
        "revenues",
        "mine_income",
        "net_income",
        "net_income_per_share",
        "adjusted_net_income",
        "adjusted_net_income_per_share",
        "cash_flow",
        "cash_flow_per_share",
    )
)
"""Rows that are printed when the layout names none."""

BASES = ("basic", "before tax")
"""Which of several figures of one measure are taken: of per-share figures the basic one, of gains those before tax."""


def summary_table(
    figures: Figures,
    periods: Reported,
    layout: TableLayout,
    templates: Mapping[str, str],
    *,
    definitions: Mapping[str, str],
    company: str = "",
    name: str = "summary",
) -> PrintedTable:
    """The table of the financial summary; the amounts in thousands or millions, those per share in cents.

    ``templates`` are the captions: ``summary`` for a table with per-share rows, ``amounts`` for one without.
    """
    spans = periods.columns(layout.periods)
    lines = [_line(row, figures, [span.label for span in spans], company) for row in layout.rows or USUAL]
    shown = [amount for line in lines for amount in line.amounts if amount is not None]
    per_share = any(amount.unit.endswith("/share") for amount in shown)
    caption = money_caption(layout, shown, templates, "summary" if per_share else "amounts")
    return figure_table(
        name, lines, spans, layout, caption=caption, definitions=definitions, restated=templates["restated"]
    )


def money_caption(layout: TableLayout, shown: Sequence[Amount], templates: Mapping[str, str], which: str) -> str:
    """In which currency and scale the amounts of a table are told, and whether anybody audited them."""
    currency = next((amount.unit for amount in shown if is_money(amount.unit)), "")
    if not currency:
        return ""
    scale = "" if layout.scale == "one" else templates[layout.scale]
    words = fill(templates[which], scale=scale, currency=currency_words(currency))
    words = words[:1].upper() + words[1:]
    return f"{words}; {templates['unaudited']}" if layout.unaudited else words


def _line(row: RowLayout, figures: Figures, labels: Sequence[str], company: str) -> Line:
    measure = row.measure("finance")
    amounts = tuple(one(figures, measure, each, company) for each in labels)
    words = row.head
    if words is None:
        words = label(measure).said(amount.value for amount in amounts if amount is not None)
        words = with_basis(words, amounts)
    return Line(words, measure, amounts, row)


def one(figures: Figures, measure: str, period: str, company: str = "") -> Amount | None:
    """The figure of the company: where several subjects have one, that of the company itself."""
    found = figures.get(measure, period, bases=BASES, subject=company, metal=None) if company else None
    return found or figures.get(measure, period, bases=BASES, subject=None, metal=None)
