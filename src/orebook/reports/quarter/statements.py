"""Statements as they are printed: income, cash flows and financial position, line by line, in up to four columns."""

from collections.abc import Iterator, Mapping

import polars as pl

from orebook.reports.printed import Address, PrintedTable
from orebook.reports.quarter.figures import Amount
from orebook.reports.quarter.layouts import TableLayout
from orebook.reports.quarter.periods import Reported, Span, day_words
from orebook.reports.quarter.summary import money_caption
from orebook.reports.quarter.tables import Line, figure_table
from orebook.reports.sentences import fill

ORDER = ("income", "cash", "position")
"""The statements in the order in which they are printed."""


def statement_tables(
    frame: pl.DataFrame,
    periods: Reported,
    layout: TableLayout,
    templates: Mapping[str, str],
    *,
    company: str,
    part: str = "statements",
) -> Iterator[PrintedTable]:
    """Yield a table for each statement that is there.

    A statement of financial position has a column for the end of the period and one for that of the year before.
    """
    indexed = frame.with_row_index("position of the row").filter(pl.col("subject") == company)
    for statement in ORDER:
        spans = periods.columns(layout.periods)
        if statement == "position":
            spans = [_at_end(span) for span in (periods.now, periods.before)]
        labels = [span.label for span in spans]
        kept = indexed.filter(pl.col("statement") == statement, pl.col("period").is_in(labels))
        if not kept.height:
            continue
        lines = [
            Line(str(label), "", tuple(_amount(some, each, part) for each in labels))
            for (_, label), some in kept.group_by("line", "label", maintain_order=True)
        ]
        shown = [amount for line in lines for amount in line.amounts if amount is not None]
        money = money_caption(layout, shown, templates, "amounts")
        words = fill(templates["statements"], statement=templates[statement], caption=money[:1].lower() + money[1:])
        yield figure_table(
            f"statement {statement}", lines, spans, layout, caption=words, restated=templates["restated"]
        )


def _at_end(span: Span) -> Span:
    """The last day of a period as the head of a column."""
    return Span(span.period, day_words(span.period.end), span.words)


def _amount(some: pl.DataFrame, label: str, part: str) -> Amount | None:
    found = some.filter(pl.col("period") == label)
    if not found.height:
        return None
    row = found.row(0, named=True)
    return Amount(float(row["value"]), str(row["unit"]), row, Address(part, int(row["position of the row"]), "value"))
