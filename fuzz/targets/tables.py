"""Tables for a book: CSV, TSV and text with other marks."""

from collections.abc import Iterable, Iterator

from fuzz.contract import refusing
from fuzz.mutators import text_mutator
from fuzz.seeds import files, known
from orebook.book.files import read_bytes
from orebook.book.importing.convert import convert
from orebook.book.importing.declared import Declared
from orebook.book.importing.mapping import OpenQuestionsError, Question
from orebook.book.importing.recognise import recognise

LONGEST = 60_000
WORDS = known("tables")
mutated = text_mutator(WORDS)


def seeds() -> Iterator[bytes]:
    """Samples of every oddity, and the damaged tables of the example mine."""
    yield from files("tests/table_samples", ".csv", ".tsv", ".txt", most=8_000)
    for data in files("examples/small-mine", ".csv", ".tsv", most=40_000):
        yield b"".join(data.splitlines(keepends=True)[:30])


def once(data: bytes) -> None:
    """A file becomes a table and a list of what was rejected; rows in are rows kept and rows rejected."""
    taken_in("a.csv", data)


def taken_in(name: str, data: bytes) -> None:
    """Take a file in as far as it goes without asking anybody."""
    with refusing():
        raw = read_bytes(name, data)
        _asked(recognise(raw).questions)
        for length in ("m", "ft"):
            mapping = recognise(raw, length=length, unit="ppm", others="keep")
            declared = Declared.recalled({"dip": "negative_down", "azimuth": "grid", "coordinates": "EPSG:26909"})
            try:
                got = convert(raw, mapping, declared)
            except OpenQuestionsError as open_still:
                _asked(open_still.questions)
                continue
            assert got.report.rows == got.table.height + got.rejected["origin_row"].n_unique()
            assert got.report.kept == got.table.height


def _asked(questions: Iterable[Question]) -> None:
    for question in questions:
        assert "\n" not in str(question).strip(), f"a question of several lines: {question}"
