"""Add files to a book: collars, surveys, assays and logs, mill sheets, lots and accounts, as they are kept."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal

from orebook.book.adding import Added, Ask, Known, mapping_lines, read
from orebook.book.adding import add as added
from orebook.book.folder import Book, find
from orebook.book.importing.convert import Imported
from orebook.book.importing.declared import Declared
from orebook.book.importing.mapping import OpenQuestionsError
from orebook.book.problems import BookError
from orebook.desk.answer import Answer, AskedWronglyError, did_you_mean
from orebook.ground.schema import tables
from orebook.reading.formats import UnreadableError
from orebook.reports.results import Told
from orebook.reports.trouble import Trouble

SHOWN_AS = ("told",)
CHANGES = True


def add(
    files: Sequence[str],
    *,
    book: str = "",
    table: str = "",
    column: Sequence[str] = (),
    declare: Sequence[str] = (),
    value: Sequence[str] = (),
    unit: str = "",
    sheet: str = "",
    header: int | None = None,
    others: Literal["leave", "keep"] = "leave",
    known: Known | None = None,
    dry_run: bool = False,
    wait: int = 10,
) -> Answer[Told | Trouble]:
    """Add files of collars, surveys, assays, lithology, mill sheets, lots, accounts and more to a book.

    CSV, TSV and XLSX are read as Leapfrog, Datamine, Surpac, Micromine and MX Deposit export them, and as mines and
    accountants keep them. Which table a file is and which column is which is recognised by names and content; every
    guess is shown and remembered in the book. What a file does not say and a person has to (the sign of dips, a unit)
    is asked for. Rows in are rows kept plus rows rejected, each with its cell and reason, in journal/.

    Options:
        files: Files to add, each in one step of its own.
        book (FOLDER): The book; the nearest from here upwards when it is not said.
        table (TABLE): What the files are: collars, surveys, assays, lithology …; recognised when it is not said.
        column (HEAD=NAME): Which column a head is, such as CU=cu_pct; HEAD=leave leaves it out, HEAD=keep keeps it as
            text; several with commas.
        declare (KEY=VALUE): What the file means: length=ft, dip=positive_down, azimuth=magnetic, decimal=comma,
            dates=dmy, dashes=zero, rows=months, negatives=below, missing=-99|-999, coordinates=EPSG:4326; several
            with commas.
        value (NAME=WORDS): What holds in every row of a file without holes, mine=Copper Hill; several with commas.
        unit (UNIT): Unit of grades whose heads name none, such as ppm.
        sheet (NAME): Sheet of a workbook.
        header (LINE): Line of the heads; 0 when there is none.
        others: What becomes of columns that mean nothing to the book.
        known: What becomes of rows of holes, or records, that the table has already.
        dry_run: Show what would be done and change nothing.
        wait (N): So many seconds to wait while another process writes the book.

    Examples:
        orebook add collar.csv survey.csv assay.csv --declare dip=negative_down
        orebook add export.xlsx --sheet Assays --column CU=cu_pct --dry-run
        orebook add assays-2026.csv --known replace
    """
    ask = asked(table, column, declare, value, unit=unit, sheet=sheet, header=header, others=others, known=known)
    target = find(book, wait)
    return Answer("told", _each(target, [Path(file) for file in files], ask, dry_run=dry_run), tuple(files))


def asked(
    table: str = "",
    column: Sequence[str] = (),
    declare: Sequence[str] = (),
    value: Sequence[str] = (),
    *,
    unit: str = "",
    sheet: str = "",
    header: int | None = None,
    others: Literal["leave", "keep"] = "leave",
    known: Known | None = None,
) -> Ask:
    """How files are to be taken, from the words of a person: pairs as the options of the verb have them.

    Raises ``AskedWronglyError`` for words that mean nothing.
    """
    _refuse(table, header)
    return Ask(
        table=table,
        columns=_pairs("--column", column),
        declared=_declared(_pairs("--declare", declare)),
        values=_pairs("--value", value),
        sheet=sheet,
        header=header,
        unit=unit,
        others=others,
        known=known,
    )


def _refuse(table: str, header: int | None) -> None:
    """Refuse a table that no book has, and a line that no file has."""
    if table and table not in tables():
        instead = did_you_mean(table, tables()) or f"; the tables are {', '.join(tables())}"
        raise AskedWronglyError(f"--table: a book has no table {table!r}{instead}")
    if header is not None and header < 0:
        raise AskedWronglyError(f"--header: there is no line {header}; lines count from 1, and 0 says there is no head")


def _each(book: Book, files: Sequence[Path], ask: Ask, *, dry_run: bool) -> Iterator[Told | Trouble]:
    for file in files:
        try:
            if dry_run:
                _, imported, recalled = read(book, file, ask)
                yield _told(file, Added(imported, recalled))
            else:
                yield _told(file, added(book, file, ask))
        except OpenQuestionsError as problem:
            for question in problem.questions:
                guess = f" (it looks like {question.guess})" if question.guess else ""
                yield Trouble(question.where, f"{question.what}{guess}", question.instead)
        except UnreadableError as problem:
            yield Trouble(problem.where, problem.what, problem.instead)
        except (BookError, ValueError) as problem:
            yield Trouble(*_parted(file, str(problem)), "")


def _parted(file: Path, words: str) -> tuple[str, str]:
    """A message as its place and what is said of it."""
    where, _, what = words.partition(": ")
    return (where, what) if where == str(file) or where == file.name else (str(file), words)


def _told(file: Path, done: Added) -> Told:
    imported = done.imported
    lines = [str(imported.report), f"  taken for {imported.mapping.table}: {imported.mapping.why}"]
    if done.recalled:
        lines.append(f"  columns and declarations as in {done.recalled}")
    lines += [f"  {line}" for line in mapping_lines(imported.mapping)]
    if said := imported.declared.record():
        lines.append("  declared: " + ", ".join(f"{key}={_plain(value)}" for key, value in said.items()))
    lines += [f"  {remark}" for remark in (*imported.report.remarks, *_notable(imported))]
    for row in imported.rejected.head(10).iter_rows(named=True):
        lines.append(f"  rejected: {row['cell']} {row['head']!r} {row['value']!r}: {row['reason']}")
    if imported.rejected.height > 10:
        lines.append(f"  … and {imported.rejected.height - 10:,} more rejected cells, in journal/")
    if done.step:
        more = f", {done.replaced:,} replaced" if done.replaced else ""
        more += f", {done.skipped:,} skipped" if done.skipped else ""
        lines.append(f"  {imported.mapping.table} has {done.rows:,} rows now{more}; step {done.step} of the journal")
    else:
        lines.append("  nothing was written")
    return Told(str(file), tuple(lines), _data(done))


def _plain(value: object) -> str:
    return "|".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


_NOTABLE = {
    "below": "below detection",
    "above": "over the limit",
    "tokens": "words for no value",
    "negative": "negative in the file",
    "coded": "numbers that stand for no value",
    "snapped": "rounded to a thousandth, which takes noise away",
}
"""What the columns of a report on an import say, in words."""


def _notable(imported: Imported) -> Iterator[str]:
    """What the values of the columns hold besides numbers."""
    for row in imported.report.columns.iter_rows(named=True):
        found = [f"{row[kind]:,} {words}" for kind, words in _NOTABLE.items() if row.get(kind)]
        if found:
            yield f"{row['column']}: {', '.join(found)}"


def _data(done: Added) -> Mapping[str, object]:
    imported = done.imported
    report = imported.report
    return {
        "table": imported.mapping.table,
        "rows": report.rows,
        "kept": report.kept,
        "rejected": report.rejected,
        "reasons": dict(report.reasons),
        "mapping": imported.mapping.frame().to_dicts(),
        "declared": imported.declared.record(),
        "rejected_cells": imported.rejected.to_dicts(),
        "step": done.step,
        "rows_now": done.rows,
        "replaced": done.replaced,
        "skipped": done.skipped,
    }


def _pairs(option: str, words: Sequence[str]) -> dict[str, str]:
    found = {}
    for word in words:
        key, equals, value = word.rpartition("=")
        if not equals or not key.strip() or (not value.strip() and key.strip() not in ("missing", "tokens")):
            pair = {"--declare": "KEY=VALUE", "--value": "NAME=WORDS"}.get(option, "HEAD=NAME")
            raise AskedWronglyError(f"{option} {word!r} is no pair; write {pair}")
        found[key.strip()] = value.strip()
    return found


def _declared(said: Mapping[str, str]) -> Declared:
    """What was declared, as words."""
    known = (
        "length",
        "dip",
        "azimuth",
        "crs",
        "coordinates",
        "decimal",
        "dates",
        "dashes",
        "rows",
        "negatives",
        "missing",
        "tokens",
        "fractions",
        "confirmed",
    )
    record: dict[str, object] = {}
    for key, value in said.items():
        if key not in known:
            instead = did_you_mean(key, known) or f"; the keys are {', '.join(known)}"
            raise AskedWronglyError(f"--declare: nothing is called {key!r}{instead}")
        record[key] = _value(key, value)
    try:
        return Declared.recalled(record)
    except ValueError as problem:
        raise AskedWronglyError(f"--declare: {problem}") from None


def _value(key: str, value: str) -> object:
    """A declaration as its kind: lists are parted by a bar."""
    if key == "missing":
        try:
            return [] if value in ("", "none") else [float(number) for number in value.split("|")]
        except ValueError:
            raise AskedWronglyError(f"--declare missing={value}: write numbers with a bar between them") from None
    if key == "decimal":  # a comma would part two declarations
        return {"comma": ",", "point": "."}.get(value, value)
    return value.split("|") if key in ("tokens", "fractions", "confirmed") else value
