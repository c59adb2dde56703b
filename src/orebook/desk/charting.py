"""Charting: pictures of what was made."""

from collections.abc import Iterator, Sequence

from orebook.book.folder import Book
from orebook.book.making import make
from orebook.book.problems import BookError
from orebook.desk.answer import AskedWronglyError
from orebook.reports.drawings.charts import chart_drawing
from orebook.reports.pictures import Picture
from orebook.reports.quarter.charts import CHARTS
from orebook.reports.quarter.periods import PeriodAskedError, asked

ALL = "charts"
"""All of them on one sheet."""

_ONE = "chart_"
_NEEDS = {"production": ("production", "mill"), "recovery": ("production", "mill")}
_NEEDS |= {"bridge": ("measures", "ledger"), "hedges": ("hedges", "hedges"), "guidance": ("production", "guidance")}
_NEEDS |= {"earn_ins": ("earn_ins", "earn_ins")}
"""The result that a chart is drawn from, and the table that the book has to have for it."""


def names() -> dict[str, str]:
    """Every chart by the name it is asked for, with its one sentence."""
    each = {f"{_ONE}{name}": (draw.__doc__ or "").partition("\n")[0] for name, draw in CHARTS.items()}
    return {ALL: "All charts that the book allows, one below the other.", **each}


def drawn(target: Book, wanted: Sequence[str], period: str, *, record: bool = True) -> Iterator[Picture]:
    """Yield one picture with charts of a period of a book, the last whole quarter where none is said.

    Raises ``BookError`` where there is nothing to draw.
    """
    chosen = list(CHARTS) if ALL in wanted else [name.removeprefix(_ONE) for name in wanted]
    there = target.tables()
    needed = [result for result, table in map(_NEEDS.__getitem__, chosen) if table in there]
    if not needed:
        raise BookError(f"{target.folder}: {' and '.join(wanted)}: the book has none of the tables that this needs")
    done = make(target, list(dict.fromkeys(needed)), record=record)
    parts = {name: frame for made in done.made.values() for name, frame in made.parts.items()}
    try:
        shown = asked(period, {name: frame for name, frame in parts.items() if not name.startswith("earn_ins")})
    except PeriodAskedError as problem:
        raise AskedWronglyError(f"--period {period}: {problem}" if period else str(problem)) from None
    found = (CHARTS[name](parts, shown, done.settings.issuer) for name in chosen)
    charts = [chart for chart in found if chart is not None]
    if not charts:
        raise BookError(f"{target.folder}: nothing is known of {shown.label} that could be drawn")
    yield Picture(target.folder.name, chart_drawing(charts))
