"""Tenure: who holds what on a day, options with what is due next, milestones, permits, royalties, places."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

import polars as pl
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from orebook.book.making import Done
from orebook.desk.leafing import Whole
from orebook.desk.printing import pages
from orebook.faces.web.making import done_on
from orebook.faces.web.page import Page
from orebook.faces.web.pages.tables import Cell, Column, cells_of, columns_of
from orebook.faces.web.printed import Block, blocks
from orebook.faces.web.shelf import Shelf
from orebook.faces.web.showing import shelf_of, show
from orebook.reports.printed import Printed

OPTIONS = "options"

SECTIONS = (
    ("Who holds what", ("interests_now", "interests_changes")),
    ("Joint ventures", ("interests_parties", "interests_ventures", "interests_dilution")),
    ("Options and earn-ins", ("earn_ins_now", "earn_ins_terms", "earn_ins_costs", "earn_ins_spent")),
    ("Milestones", ("milestones", "milestones_slippage", "milestones_conflicts")),
    ("Permits", ("permits_now", "permits_blocked")),
    ("Royalties", ("royalties_now", "royalties_burdens", "royalties_kept")),
    ("Properties and places", ("tenure", "tenure_distances", "tenure_near")),
    ("Claims", ("tenure_claims", "tenure_renewals")),
)
"""What is shown under which heading: parts of results, those that are empty are passed over."""

CAPTIONS = {
    "interests_now": "Interests on the day",
    "interests_changes": "Every change of them",
    "interests_parties": "Who takes part, and with how much from when on",
    "interests_ventures": "Who runs them, and what was agreed for calls that are not paid",
    "interests_dilution": "What calls made of the interests",
    "earn_ins_now": "State on the day, and what is due next",
    "earn_ins_terms": "What each stage asks for",
    "earn_ins_costs": "What each stage adds and costs",
    "earn_ins_spent": "What was spent",
    "milestones": "As they were last told by the day",
    "milestones_slippage": "How their dates moved",
    "milestones_conflicts": "What two documents say otherwise",
    "permits_now": "As they stand on the day",
    "permits_blocked": "What waits for them",
    "royalties_now": "As they stand on the day",
    "royalties_burdens": "Together on each property",
    "royalties_kept": "What each holder keeps after them",
    "tenure": "Properties",
    "tenure_distances": "Distances as stated, beside those between the points",
    "tenure_near": "Towns near by",
    "tenure_claims": "Claims, licences and leases",
    "tenure_renewals": "What comes due",
}


_THREES = 10_000
"""From here on digits stand in threes; years and depths do not."""

_MANY = 12
"""Tables with more rows than this are folded."""


class Shown(NamedTuple):
    """A table of a section: its caption, columns and rows."""

    caption: str
    name: str
    columns: list[Column]
    rows: list[list[Cell]]


def tenure(request: Request) -> Response:
    """What is held and agreed, as it stood on a day."""
    shelf, day = shelf_of(request), request.query_params.get("on", "").strip()
    done = done_on(shelf, day)
    told = _day(done)
    stands = day or told
    sections = [(title, list(_shown(shelf, done, parts, stands))) for title, parts in SECTIONS]
    said = {
        "day": stands,
        "known": [each for each in _days(shelf) if each != stands],
        "sections": [(title, shown) for title, shown in sections if shown],
        "options": list(_options(done)),
        "many": _MANY,
        "wrong": {name: words for name, words in done.wrong.items() if "does not have" not in words},
        "remarks": [words for one in done.made.values() for words in one.remarks if not words.startswith("as of")],
    }
    return show(request, "tenure.html", said)


def _shown(shelf: Shelf, done: Done, parts: tuple[str, ...], day: str) -> Iterator[Shown]:
    """Yield tables with rows, without the columns in which nothing stands."""
    frames = {name: frame for one in done.made.values() for name, frame in one.parts.items()}
    for name in parts:
        frame = frames.get(name, pl.DataFrame())
        if not frame.height:
            continue
        frame = frame.with_columns(pl.selectors.float().fill_nan(None))
        said = [each for each in frame.columns if frame[each].null_count() < frame.height]
        whole = Whole(name, frame.select(said))
        columns = columns_of(whole, shelf.book.settings.length)
        rows = [_short(cells_of(row, columns, name, on=day), columns) for row in whole.frame.iter_rows(named=True)]
        yield Shown(CAPTIONS[name], name, columns, rows)


def _short(cells: list[Cell], columns: list[Column]) -> list[Cell]:
    """Cells whose numbers are told in passing."""
    told = zip(columns, cells, strict=True)
    return [Cell(short(cell.text), cell.why) if column.number else cell for column, cell in told]


def short(number: str) -> str:
    """A number as people read it in passing: two decimals at most, large ones in threes; a click tells all its digits.

    >>> short("54.5454545454545"), short("14000000"), short("2011"), short("<0.125"), short("unknown")
    ('54.55', '14,000,000', '2011', '<0.12', 'unknown')
    """
    sign, digits = (number[0], number[1:]) if number[:1] in ("<", ">") else ("", number)
    try:
        value = round(Decimal(digits), 2)
    except InvalidOperation:
        return number
    said = f"{value:,.2f}" if abs(value) >= _THREES else f"{value:.2f}"
    return sign + (said.rstrip("0").rstrip(".") if "." in said else said)


def _options(done: Done) -> Iterator[Block]:
    """Yield each option in sentences."""
    if "earn_ins" in done.made:
        for page in pages(OPTIONS, done):
            if isinstance(page, Printed):
                yield from blocks(page)


def _day(done: Done) -> str:
    """The day on which all stands, as the results say it."""
    said = (words for one in done.made.values() for words in one.remarks if words.startswith("as of "))
    return next(said, "")[6:16]


def _days(shelf: Shelf) -> list[str]:
    """The days from which on something is held otherwise, the last first."""
    frame = shelf.kept("interest days", lambda book: book.table("interests"))
    days = [] if frame is None else frame["from_day"].drop_nulls().unique().sort(descending=True).to_list()
    return [day.isoformat() for day in days if isinstance(day, date)][:40]


_TABLES = ("interests", "earn_ins", "milestone_dates", "permits", "royalties", "distances", "claims_held")


def _there(shelf: Shelf) -> bool:
    return bool(set(_TABLES) & set(shelf.book.tables()))


PAGE = Page("/tenure", "Tenure", 60, (Route("/tenure", tenure),), _there)
