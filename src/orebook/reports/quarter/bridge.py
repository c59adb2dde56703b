"""Bridges: from the line of a statement to a measure of the company's own, item by item, in up to four columns."""

from collections.abc import Iterator, Mapping, Sequence

import polars as pl

from orebook.reports.printed import Address, PrintedTable
from orebook.reports.quarter.figures import Amount
from orebook.reports.quarter.layouts import TableLayout
from orebook.reports.quarter.periods import Reported
from orebook.reports.quarter.summary import money_caption
from orebook.reports.quarter.tables import Line, figure_table


def bridge_table(
    steps: pl.DataFrame,
    measure: str,
    label: str,
    periods: Reported,
    layout: TableLayout,
    templates: Mapping[str, str],
    *,
    company: str,
    part: str = "measures_bridges",
) -> PrintedTable:
    """The reconciliation of one measure: its start, every item after tax, the measure.

    ``steps`` has ``measure``, ``subject``, ``step``, ``kind``, ``item``, ``period``, ``value`` and ``unit``, as the
    result ``measures`` keeps them.
    """
    spans = periods.columns(layout.periods)
    labels = [span.label for span in spans]
    indexed = steps.with_row_index("position of the row")
    kept = indexed.filter(pl.col("measure") == measure, pl.col("subject") == company, pl.col("period").is_in(labels))
    lines = list(_lines(kept, labels, part, templates["net_of_tax"]))
    shown = [amount for line in lines for amount in line.amounts if amount is not None]
    caption = templates["bridge"].format(
        label=label, caption=_small(money_caption(layout, shown, templates, "amounts"))
    )
    return figure_table(f"bridge {measure}", lines, spans, layout, caption=caption, restated=templates["restated"])


def _small(words: str) -> str:
    return words[:1].lower() + words[1:]


def _lines(kept: pl.DataFrame, labels: Sequence[str], part: str, net: str) -> Iterator[Line]:
    """Yield a line for each step, in their order; one with a tax effect says that it is net of it."""
    for (_, item), some in kept.sort("step").group_by("step", "item", maintain_order=True):
        found = {row["period"]: row for row in some.iter_rows(named=True)}
        amounts = tuple(_amount(found.get(label), part) for label in labels)
        kind = str(some["kind"][0])
        taxed = (
            kind not in ("start", "result") and "tax" in some.columns and bool((some["tax"].fill_null(0) != 0).any())
        )
        words = net.format(item=item) if taxed else str(item)
        yield Line(words, "", amounts, None, "total" if kind == "result" else "row")


def _amount(row: Mapping[str, object] | None, part: str) -> Amount | None:
    if row is None or row["value"] is None:
        return None
    address = Address(part, int(str(row["position of the row"])), "value")
    return Amount(float(str(row["value"])), str(row["unit"]), row, address)


def bridges_of(steps: pl.DataFrame, company: str) -> list[str]:
    """The measures of the company that have items between start and result, in their order."""
    own = steps.filter(pl.col("subject") == company)
    several = own.group_by("measure", maintain_order=True).agg(pl.col("step").n_unique().alias("steps"))
    return several.filter(pl.col("steps") > 2)["measure"].to_list()
