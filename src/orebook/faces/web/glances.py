"""Glances: the small charts of the first page: drilling by time, samples by certificate, production by quarter."""

from collections.abc import Iterator
from typing import NamedTuple

import polars as pl

from orebook.book.folder import Book
from orebook.faces.web.making import page_done
from orebook.faces.web.shelf import Shelf
from orebook.reports.charted import Chart
from orebook.reports.drawings.small_columns import small_columns
from orebook.reports.drawings.svg import Drawing
from orebook.reports.drilling.progress import drilled_chart, samples_chart
from orebook.reports.quarter.charts import production_chart
from orebook.reports.quarter.periods import PeriodAskedError, asked

_METALS = 3
"""Of so many metals the production is shown."""


class Glance(NamedTuple):
    """A small chart: what it shows, the page that tells more, the columns, and what is said of them."""

    title: str
    page: str
    drawing: Drawing
    said: str


def of_drilling(book: Book) -> list[Glance]:
    """The charts of holes and samples that the book allows."""
    collars, assays = book.table("collars"), book.table("assays")
    charts: list[tuple[Chart | None, str]] = []
    if collars is not None:
        charts.append((drilled_chart(collars, book.settings.length), "/holes"))
    if assays is not None:
        charts.append((samples_chart(assays), "/tables/assays"))
    return [glance for chart, page in charts if chart is not None for glance in _glances(chart, page)]


def of_production(shelf: Shelf) -> list[Glance]:
    """The charts of what mines produced in the quarters up to the last whole one."""
    done = page_done(shelf, "quarter")
    parts: dict[str, pl.DataFrame] = {name: frame for one in done.made.values() for name, frame in one.parts.items()}
    if "production" not in parts:
        return []
    try:
        chart = production_chart(parts, asked("", parts), shelf.book.settings.issuer)
    except PeriodAskedError:  # nothing tells of a whole quarter yet
        return []
    return [] if chart is None else list(_glances(chart, "/quarter"))[:_METALS]


def _glances(chart: Chart, page: str) -> Iterator[Glance]:
    """Yield each panel of a chart, the first with what is said of all."""
    for at, panel in enumerate(chart.panels):
        yield Glance(panel.title, page, small_columns(panel), chart.caption if at == 0 else "")
