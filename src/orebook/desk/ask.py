"""Ask a book a question in SQL: its tables and results by their names."""

from orebook.book.cache import PROPERTIES, Source
from orebook.book.cache import ask as answered
from orebook.book.folder import Book, find
from orebook.book.settings import FILE
from orebook.desk.answer import Answer, AskedWronglyError
from orebook.desk.asking.apart import Apart
from orebook.reports.printed import Sheet

SHOWN_AS = ("tables",)
CHANGES = False

_MOST = 100_000
"""So many rows an answer has whose time is bounded."""


def ask(sql: str, *, seconds: int | None = None, book: str = "", wait: int = 10) -> Answer[Sheet]:
    """Ask a book a question in SQL and print the answer.

    Every table of the book (collars, surveys, assays …) and every result that was made (intercepts, composites …) can
    be named, and so can the properties that book.toml tells of. The question is put to a DuckDB file that is made from
    the plain files and kept in cache/; it may be deleted at any time. A question changes nothing and sees nothing
    outside the book.

    Options:
        sql: The question, in quotation marks.
        seconds (N): So long may the answer take, in bounded memory and of at most 100,000 rows; all is as it needs when
            this is not said.
        book (FOLDER): The book; the nearest from here upwards when it is not said.
        wait (N): So many seconds to wait while another process writes the book.

    Examples:
        orebook ask "select hole, depth_m from collars order by depth_m desc"
        orebook ask "select hole, count(*) n from assays group by hole" --book kestrel --format csv
        orebook ask "show tables"
    """
    if seconds is not None and seconds < 1:
        raise AskedWronglyError("--seconds is less than one")
    found = find(book, wait)
    answer: Answer[Sheet] = Answer("tables", iter(()), what="the cache")
    answer.results = (_answer(one, sql, answer.notes, seconds) for one in (found,))
    return answer


def _answer(book: Book, sql: str, notes: list[str], seconds: int | None) -> Sheet:
    if seconds is not None:  # nothing but the tables as they stand, in bounded memory
        found = held(book).ask(sql, seconds=seconds, most=_MOST)
        notes.extend([f"only the first {_MOST:,} rows are given; ask for less at once"] if found.more else [])
        return Sheet("answer", found.rows)
    with book.still():
        return Sheet("answer", answered(book.folder, sources(book), book.settings.length, sql, notes.append))


def sources(book: Book) -> list[Source]:
    """Every table and every result of a book, as a question may name them."""
    found = [Source(name, file) for name, file in (book.results() | book.tables()).items()]
    return [*found, Source(PROPERTIES, book.folder / FILE)] if book.settings.properties else found


def held(book: Book) -> Apart:
    """The tables and results of a book as they stand now, held in memory for whoever asks often."""
    return Apart(sources(book), book.settings.length, book.still)
