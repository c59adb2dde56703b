"""Quarter: the tables and sentences of a quarterly release, every figure leading to its rows, with charts."""

from collections.abc import Iterator
from typing import NamedTuple

import polars as pl
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from orebook.desk.answer import AskedWronglyError
from orebook.desk.printing import PAGES as PRINTED_PAGES
from orebook.desk.printing import names, pages, wanted
from orebook.faces.web.downloads import PAGES, download, offered
from orebook.faces.web.making import page_done
from orebook.faces.web.page import Page
from orebook.faces.web.printed import blocks
from orebook.faces.web.shelf import Shelf
from orebook.faces.web.showing import shelf_of, show
from orebook.ground.period import Period
from orebook.reports.drawings.charts import chart_drawing
from orebook.reports.drawings.svg import Drawing
from orebook.reports.printed import Printed
from orebook.reports.quarter.charts import CHARTS
from orebook.reports.quarter.pages import PAGES as OF_A_QUARTER
from orebook.reports.quarter.periods import PeriodAskedError, asked, quarters, span

QUARTER = "quarter"


class Drawn(NamedTuple):
    """A chart of the quarter: its name, what it shows, and the drawing."""

    name: str
    title: str
    drawing: Drawing


def quarter(request: Request) -> Response:
    """A page of the quarter: all of it, or one of its parts."""
    shelf, label = shelf_of(request), request.query_params.get("period", "")
    part = _part(request)
    done = page_done(shelf, QUARTER)
    known = [each.label for each in quarters(_parts(shelf))]
    period = _period(shelf, label)
    printed = shelf.kept(("printed", part, period.label), lambda _: _printed(shelf, part, period.label))
    at = known.index(period.label) if period.label in known else None
    said = {
        "blocks": list(blocks(printed)),
        "period": period,
        "words": span(period, done.settings.fiscal_year_end).words,
        "known": known[::-1],
        "before": known[at - 1] if at else "",
        "after": known[at + 1] if at is not None and at + 1 < len(known) else "",
        "part": part,
        "parts": list(_parts_offered(shelf)),
        "charts": shelf.kept(("charts", period.label), lambda _: _charts(shelf, period)) if part == QUARTER else [],
        "forms": [
            (form, title, f"/quarter/as.{form}?period={period.label}&part={part}") for form, title in offered(PAGES)
        ],
        "remark": printed.remark,
    }
    return show(request, "quarter.html", said)


def _part(request: Request) -> str:
    """Which page of the quarter is asked for.

    Raises ``AskedWronglyError`` for one that is not there.
    """
    said = request.query_params.get("part", "") or QUARTER
    if said not in OF_A_QUARTER:
        raise AskedWronglyError(f"the quarter has no part {said!r}; there are {', '.join(OF_A_QUARTER)}")
    return said


def _parts(shelf: Shelf) -> dict[str, pl.DataFrame]:
    made = page_done(shelf, QUARTER).made.values()
    return {name: frame for one in made for name, frame in one.parts.items()}


def _period(shelf: Shelf, label: str) -> Period:
    try:
        return asked(label, _parts(shelf))
    except PeriodAskedError as problem:
        raise AskedWronglyError(str(problem)) from None


def _parts_offered(shelf: Shelf) -> Iterator[tuple[str, str]]:
    """Yield the pages of the quarter that the book can make, with a sentence."""
    said = names()
    made = page_done(shelf, QUARTER).made
    for name in OF_A_QUARTER:
        if set(PRINTED_PAGES[name].needs) <= set(made):
            yield name, said[name]


def _printed(shelf: Shelf, part: str, label: str) -> Printed:
    done = page_done(shelf, QUARTER) if part == QUARTER else page_done(shelf, part)
    found = pages(part, done, label)[0]
    assert isinstance(found, Printed)
    return found


def _charts(shelf: Shelf, period: Period) -> list[Drawn]:
    """The charts that the book allows."""
    parts, issuer = _parts(shelf), shelf.book.settings.issuer
    found = ((name, draw(parts, period, issuer)) for name, draw in CHARTS.items())
    return [Drawn(name, chart.title, chart_drawing([chart])) for name, chart in found if chart is not None]


def taken(request: Request) -> Response:
    """The page as a file."""
    shelf, part = shelf_of(request), _part(request)
    period = _period(shelf, request.query_params.get("period", ""))
    printed = shelf.kept(("printed", part, period.label), lambda _: _printed(shelf, part, period.label))
    return download([printed], request.path_params["form"], f"{part}-{period.label}")


def _there(shelf: Shelf) -> bool:
    return bool(wanted(QUARTER, shelf.book.tables()))


PAGE = Page(
    "/quarter",
    "Quarter",
    50,
    (
        Route("/quarter", quarter),
        Route("/quarter/as.{form}", taken),
    ),
    _there,
)
