"""The contract: what may come out of orebook, whatever goes in."""

import csv
import io
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from zlib import crc32

from orebook.checks import check
from orebook.desk.inputs import Opened
from orebook.desk.said import facts_of, records_of
from orebook.ground.needs import MissingError
from orebook.reading.formats import UnreadableError
from orebook.reading.read import read_bytes
from orebook.reading.reading import Reading
from orebook.reports.facts import annotations, table
from orebook.reports.facts import csv as facts_csv
from orebook.reports.facts import json as facts_json
from orebook.reports.findings import github, sarif, text
from orebook.reports.findings import json as findings_json
from orebook.reports.paper import Paper
from orebook.reports.records import jsonl as records_jsonl
from orebook.reports.results import Checked
from soundness import sound

_SHOWN = 4
"""Of so many inputs one is shown in every way; showing takes longer than reading."""
_OBEYED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200e\u200f]")
"""What a terminal would obey, and what turns the direction of a line."""


_MOVES = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


@contextmanager
def refusing(*others: type[Exception]) -> Iterator[None]:
    """Only our own refusals may come out, and each in one line."""
    try:
        yield
    except (UnreadableError, MissingError, *others) as refusal:
        words = str(refusal)
        assert words.strip(), "a refusal that says nothing"
        assert "\n" not in words.strip(), f"a refusal of several lines: {words!r}"


def read_soundly(name: str, data: bytes) -> None:
    """Read a document: it is refused, or all that is said of it stands where it is said to."""
    with refusing():
        reading = read_bytes(name, data)
        sound(reading)
        if crc32(data) % _SHOWN == 0:
            shown_safely(reading)


def shown_safely(reading: Reading) -> None:
    """What is printed of a document holds nothing that a terminal obeys, and what programs read can be read."""
    document, paper = reading.document, Paper(width=100)
    opened = Opened(reading, "", "0" * 64)
    facts = facts_of(opened)
    checked = Checked(document, tuple(check(reading)), (), 0)
    for page in (table.page([facts], paper), text.page([checked], paper)):
        found = _OBEYED.search("".join(page))
        assert found is None, f"printed: {found[0]!r}"
    for form in (annotations, facts_json):
        _strict("".join(form.page([facts], paper)))
    for form in (sarif, findings_json):
        _strict("".join(form.page([checked], paper)))
    for line in records_jsonl.page([records_of(opened)], paper):
        _strict(line)
    rows = list(csv.reader(io.StringIO("".join(facts_csv.page([facts], paper)), newline="")))
    assert all(len(row) == len(rows[0]) for row in rows), "a row of another width"
    assert not any(map(_MOVES.search, (cell for row in rows for cell in row))), "a cell that a terminal obeys"
    assert not any(cell.startswith(("=", "@")) for row in rows for cell in row), "a cell that is a formula"
    for line in "".join(github.page([checked], paper)).splitlines():
        assert line.startswith("::"), "a line that is no command"


def _strict(words: str) -> None:
    """JSON as the standard has it, without numbers that are none."""

    def none(constant: str) -> None:
        raise AssertionError(f"{constant} in JSON")

    json.loads(words, parse_constant=none)
