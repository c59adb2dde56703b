"""Printing: what was made, as pages in the company's layout."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

import polars as pl

from orebook.book.folder import Book
from orebook.book.making import Done, like
from orebook.book.making import made as looked_at
from orebook.book.problems import BookError, SettingsError
from orebook.book.results import results
from orebook.book.settings import BookSettings
from orebook.desk.answer import AskedWronglyError, did_you_mean
from orebook.reports.drilling import pages as drilling
from orebook.reports.drilling.parameters import parameters
from orebook.reports.layouts import MOST_DECIMALS, LayoutError
from orebook.reports.printed import Printed, Sheet
from orebook.reports.quarter import desks
from orebook.reports.quarter import pages as quarter
from orebook.reports.quarter.periods import PeriodAskedError
from orebook.reports.room import Page
from orebook.reports.tenure import options

_SENTENCES = "sentences"
_LISTS = ("columns", "grades")

PAGES: Mapping[str, Page[Any]] = {**drilling.PAGES, **quarter.PAGES, **options.PAGES}
"""Every page of every room by its name."""


def wanted(name: str, there: Collection[str] = ()) -> tuple[str, ...]:
    """The results that a page of that name is made of, with those it tells of where the book has their tables.

    ``there`` are the tables of the book. A further result of the book has the page of the one that it is like.
    """
    if name not in PAGES:
        return (name,)
    page = PAGES[name]
    also = (result for result, table in page.also.items() if table in there)
    return (*page.needs, *also)


def needed(name: str) -> tuple[str, ...]:
    """The results without which there is no such page."""
    return PAGES[name].needs if name in PAGES else (name,)


def made_of(book: Book, name: str) -> Done:
    """What a page is made of, made of the book for a look at it; nothing is written.

    Raises ``BookError`` where the book has none of the tables, or one of the results cannot be made.
    """
    names = wanted(name, book.tables())
    if not names:
        raise BookError(f"{book.folder}: {name}: the book has none of the tables that this is made of")
    return looked_at(book, names)


def of_a_period(name: str) -> bool:
    """Whether a page is about a period that can be named."""
    return name in quarter.PAGES


def names(settings: BookSettings | None = None) -> dict[str, str]:
    """Everything that can be made, with its one sentence; of a book also what is there besides."""
    found = {name: result.title for name, result in results().items()}
    found |= {name: page.title for name, page in PAGES.items()}
    more = [] if settings is None else [name for name in settings.results if name not in results()]
    found |= {name: f"Another table of {like(settings, name)}." for name in more if settings is not None}
    return dict(sorted(found.items()))


def pages(name: str, done: Done, period: str = "") -> list[Printed | Sheet]:
    """The pages of something that was made: in the company's layout, or as the plain table that it is.

    ``period`` is the label of the period that a page of a quarter is about; its own choice when nothing is said.
    Raises ``SettingsError`` for a layout that cannot be followed, ``AskedWronglyError`` for a period of which the book
    knows nothing.
    """
    made = [result for result in (wanted(name, _tables_of(name)) if name in PAGES else (name,)) if result in done.made]
    alike = name if name in PAGES else like(done.settings, name)
    parts = parts_of(made, done)
    remark = "; ".join(dict.fromkeys(remark for result in made for remark in done.made[result].remarks))
    if alike not in PAGES:
        first, frame = next(iter(parts.items()))
        return [Sheet(first, frame, remark)]
    try:
        if alike in quarter.PAGES:
            return [quarter.PAGES[alike].make(parts, _quarter(name, done, period, remark))]
        if alike in options.PAGES:
            own = layouts(done.settings).get(_SENTENCES)
            return [options.PAGES[alike].make(parts, options.Making(name, remark, own))]
        return [PAGES[alike].make(parts, _drilling(name, alike, done, remark))]
    except PeriodAskedError as problem:
        why = f" ({remark})" if remark else ""
        raise AskedWronglyError(f"--period {period}: {problem}" if period else f"{name}: {problem}{why}") from None
    except LayoutError as problem:
        raise SettingsError(f"{done.settings.file}: print.{name}: {problem}") from None


def parts_of(made: Iterable[str], done: Done) -> dict[str, pl.DataFrame]:
    """The parts of some results; those of a further one under the names of the one that it is like."""
    parts: dict[str, pl.DataFrame] = {}
    for result in made:
        plain = like(done.settings, result)
        parts |= {plain + part.removeprefix(result): frame for part, frame in done.made[result].parts.items()}
    return parts


def drilling_making(done: Done) -> drilling.Making:
    """How the company prints what it drilled."""
    return _drilling("drilling", "drilling", done, "")


def quarter_making(done: Done, period: str) -> desks.Making:
    """How the company prints a quarter."""
    return _quarter("quarter", done, period, "")


def _tables_of(name: str) -> Collection[str]:
    """All tables that a page asks for."""
    return set(PAGES[name].also.values())


def _quarter(name: str, done: Done, period: str, remark: str) -> desks.Making:
    said = layouts(done.settings)
    return desks.Making(
        doc=name,
        said=said,
        company=done.settings.issuer,
        fiscal_year_end=done.settings.fiscal_year_end,
        period=period,
        remark=remark,
        own=said.get(_SENTENCES),
    )


def _drilling(name: str, alike: str, done: Done, remark: str) -> drilling.Making:
    settings = done.settings
    results_ = wanted(name)
    rules: list[Mapping[str, Any]] = [
        rule for result in results_ for rule in _list(done.made[result].settings.get("rules"))
    ]
    cut = next((result for result in results_ if like(settings, result) == "intercepts"), "intercepts")
    carry = settings.result(cut).get("carry", [])
    said: dict[str, Any] = {**layouts(settings), "carried": [carry] if isinstance(carry, str) else carry}
    if name != alike:  # a further table has a layout of its own, else that of the one it is like
        said |= {alike: said.get(name, said.get(alike, {}))}
    return drilling.Making(
        doc=name,
        name=cut,
        said=said,
        rules=rules,
        derived=[one for result in results_ for one in _list(done.made[result].settings.get("derived"))],
        length=settings.length,
        desurvey=str(settings.desurvey.get("method", "minimum_curvature")),
        parameters=parameters(rules),
        remark=remark,
        own=said.get(_SENTENCES),
    )


def layouts(settings: BookSettings) -> dict[str, Mapping[str, Any]]:
    """What ``book.toml`` says under ``print``, lists where lists belong.

    Raises ``SettingsError`` for what is no layout, or is of nothing that can be printed.
    """
    known = (*names(settings), _SENTENCES)
    found: dict[str, Mapping[str, Any]] = {}
    for name, said in settings.print.items():
        where = f"{settings.file}: print.{name}"
        if name not in known:
            raise SettingsError(f"{where}: nothing of that name is printed{did_you_mean(name, known)}")
        if not isinstance(said, Mapping):
            raise SettingsError(f"{where} is {said!r}; write [print.{name}] above its keys")
        lists = {key: [said[key]] if isinstance(said[key], str) else said[key] for key in _LISTS if key in said}
        for key, value in lists.items():
            if not isinstance(value, list):
                raise SettingsError(f"{where}.{key} is {value!r}; write a list")
        decimals = said.get("decimals", 0)
        if not isinstance(decimals, int) or not 0 <= decimals <= MOST_DECIMALS:
            raise SettingsError(f"{where}.decimals is {decimals!r}; write a number from 0 to {MOST_DECIMALS}")
        found[name] = {**said, **(lists if name != _SENTENCES else {})}
    return found


def _list(found: object) -> list[Any]:
    return found if isinstance(found, list) else []
