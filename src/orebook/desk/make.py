"""Make results from a book: intersections, composites, paths, tables and sentences fit to print, files for others."""

from collections.abc import Iterator, Sequence

import polars as pl

from orebook.book.folder import Book, find
from orebook.book.making import Done
from orebook.book.making import make as made
from orebook.book.problems import BookError
from orebook.book.settings import BookSettings
from orebook.desk import charting
from orebook.desk.answer import Answer, AskedWronglyError, did_you_mean
from orebook.desk.printing import layouts, names, of_a_period, pages, wanted
from orebook.desk.tracing import TRACES, traced
from orebook.ground.period import Period
from orebook.reports.pictures import Picture
from orebook.reports.printed import Printed, Sheet
from orebook.reports.traced import Traces

SHOWN_AS = ("tables", "traces", "drawn")
CHANGES = True


def make(
    result: Sequence[str] = (), *, period: str = "", dry_run: bool = False, book: str = "", wait: int = 10
) -> Answer[Printed | Sheet | Traces | Picture]:
    """Make results from the tables of a book, write them into it, and print them in the company's layout.

    Each result is kept unrounded in results/, with a step of the journal that says from which rows, under which
    settings and by which code it was made; it is rounded only where it is printed. Rules come from [rules] and
    [results] of book.toml, layouts from [print]. Without a name everything that can be made is listed.

    intercepts, holes, programme, highlights and drilling (all of them) are pages; composites and paths are tables;
    traces is a file for other programs: GeoPackage, OMF, DXF, LAS or CSV by the ending of -o. quarter is a quarterly
    release, production and the like are parts of it; charts are pictures, SVG, PDF or PNG by the ending of -o.

    Options:
        result: What to make, one or several.
        period (LABEL): The period that a page is about, such as 2011-Q3; the last whole quarter when it is not said.
        dry_run: Show what would come out and write nothing into the book.
        book (FOLDER): The book; the nearest from here upwards when it is not said.
        wait (N): So many seconds to wait while another process writes the book.

    Examples:
        orebook make drilling --book kestrel
        orebook make intercepts --format docx -o table-1.docx
        orebook make composites -o composites.parquet
        orebook make traces -o holes.gpkg
        orebook make quarter --period 2011-Q3 -o release.docx
        orebook make charts --period 2011-Q3 -o charts.svg
    """
    if not result:
        listed = everything(find(book).settings if book else None)
        frame = pl.DataFrame(list(listed.items()), ["result", "what"], orient="row")
        return Answer("tables", iter([Sheet("what can be made", frame)]))
    target = find(book, wait)
    known = everything(target.settings)
    for name in result:
        if name not in known:
            instead = did_you_mean(name, known) or f"; there are {', '.join(known)}"
            raise AskedWronglyError(f"nothing is called {name!r}{instead}")
    if any(name in charting.names() for name in result):
        if not all(name in charting.names() for name in result):
            raise AskedWronglyError("charts are a picture of their own; ask for them without other results")
        return Answer("drawn", charting.drawn(target, result, period, record=not dry_run), what=", ".join(result))
    _refuse_no_period(period)
    if period and not any(map(of_a_period, result)):
        raise AskedWronglyError(f"{' and '.join(result)} is about no period; leave --period {period} out")
    answer: Answer[Printed | Sheet | Traces | Picture]
    if TRACES in result:
        if len(result) > 1:
            raise AskedWronglyError("traces go into a file of their own; ask for them alone")
        return Answer("traces", (traced(one) for one in (target,)), what=TRACES)
    answer = Answer("tables", iter(()), what=", ".join(result))
    answer.results = _made(target, result, period, answer.notes, record=not dry_run)
    return answer


def _refuse_no_period(label: str) -> None:
    """Refuse what is no period before anything is made.

    Raises ``AskedWronglyError``.
    """
    try:
        if label:
            Period.parse(label)
    except ValueError as problem:
        raise AskedWronglyError(f"--period: {problem}") from None


def _made(
    target: Book, names: Sequence[str], period: str, notes: list[str], *, record: bool
) -> Iterator[Printed | Sheet]:
    """Make what was asked for, and yield its pages; notes say where the journal tells of it.

    The pages come first: a layout that cannot be followed leaves the book as it was.
    """
    layouts(target.settings)
    names = tuple(dict.fromkeys(names))
    printed: list[Printed | Sheet] = []
    there = target.tables()
    needed = list(dict.fromkeys(one for name in names for one in wanted(name, there)))
    if not needed:
        raise BookError(f"{target.folder}: {' and '.join(names)}: the book has none of the tables that this is made of")

    def look(done: Done) -> None:
        printed.extend(page for name in names for page in pages(name, done, period))

    done = made(target, needed, look=look, record=record)
    if done.unrecorded:
        notes.append(f"{done.unrecorded}; the result is not recorded")
    notes += [f"{name}: step {number} of the journal" for name, number in done.steps.items()]
    yield from printed


def everything(settings: BookSettings | None = None) -> dict[str, str]:
    """Everything that can be made, with its one sentence."""
    return {**names(settings), **charting.names(), TRACES: "Holes in space, for other programs."}
