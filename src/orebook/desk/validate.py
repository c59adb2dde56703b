"""Validate a book: which rows of its tables cannot be, which are ambiguous, and what to do about them."""

from collections.abc import Sequence
from pathlib import PurePath

from orebook.book.folder import Book, find
from orebook.book.journal import broken
from orebook.book.problems import SettingsError
from orebook.book.settings import BookSettings
from orebook.checks.table_rule import Tables
from orebook.checks.tables import check_tables
from orebook.desk.answer import Answer, AskedWronglyError
from orebook.desk.settings import FailOn, codes
from orebook.ground.finding import Finding
from orebook.ground.source import Document
from orebook.reports.results import Checked

SHOWN_AS = ("findings",)
CHANGES = False


def validate(
    *,
    book: str = "",
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    fail_on: FailOn = "error",
    most: int = 20,
    wait: int = 10,
) -> Answer[Checked]:
    """Validate the tables of a book: overlaps, gaps, orphans, impossible values, and whatever else a rule knows.

    Every row is looked at by every rule (orebook rule T lists them). An error is a row that cannot be, a warning is
    ambiguous, a note is worth a look. Nothing is changed. The place of a finding is the file of the table and the line
    in it. What is measured by (the steepest bend, the longest sample) can be set in [validate] of book.toml.

    The journal is looked at as well: a step that was edited or taken away is said.

    Exit status: 0 when nothing reaches the grade of --fail-on, 1 when something does, 2 when the book cannot be read.

    Options:
        book (FOLDER): The book; the nearest from here upwards when it is not said.
        select (CODES): Only these rules; a beginning such as T3 selects all that begin so; several with commas.
        ignore (CODES): All but these rules.
        fail_on: The grade from which findings make the exit status 1.
        most (N): So many single findings of one rule; one more finding counts the others.
        wait (N): So many seconds to wait while another process writes the book.

    Examples:
        orebook validate
        orebook validate --book kestrel --select T3
        orebook validate --format csv -o findings.csv --most 100000
    """
    if most < 1:
        raise AskedWronglyError("--most is less than one; ask for at least one finding of a rule")
    chosen, left = codes("--select", select), codes("--ignore", ignore)
    found = find(book, wait)
    return Answer(
        "findings",
        (_checked(one, chosen, left, fail_on, most) for one in (found,)),
        notes=[f"journal: {problem}" for problem in broken(found.folder)],
        what="tables",
    )


def _checked(book: Book, chosen: Sequence[str], left: Sequence[str], fail_on: FailOn, most: int) -> Checked:
    with book.still():
        tables = opened(book)
    findings = check_tables(tables, chosen, left, most=most)
    failed = fail_on != "never" and any(finding.at_least(fail_on) for finding in findings)
    return Checked(Document(book.folder.as_posix(), ""), tuple(_placed(book, findings)), (), failed)


def opened(book: Book) -> Tables:
    """The tables of a book as rules look at them."""
    settings, files = book.settings, book.tables()
    frames = {name: frame for name in files if (frame := book.table(name)) is not None}
    names = {name: file.relative_to(book.folder).as_posix() for name, file in files.items()}
    reference = "" if settings.azimuth == "unknown" else settings.azimuth
    try:
        return Tables(frames, settings.length, settings.crs, reference, names, settings.validate, _said(settings))
    except ValueError as problem:
        raise SettingsError(f"{settings.file}: validate: {problem}") from None


def _said(settings: BookSettings) -> dict[str, object]:
    """What rules on ledgers have to know of ``book.toml``."""
    currency = settings.result("statements").get("currency", "")
    return {"fiscal_year_end": settings.fiscal_year_end, "currency": currency, "lines": settings.lines}


def _placed(book: Book, findings: Sequence[Finding]) -> list[Finding]:
    """Findings whose places can be opened from here."""
    folder = PurePath(book.folder)
    return [
        each._replace(sources=tuple(one._replace(doc=(folder / one.doc).as_posix()) for one in each.sources))
        for each in findings
    ]
