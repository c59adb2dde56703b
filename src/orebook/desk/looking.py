"""Looking: a document read once, with all that was understood of it, what the rules notice, and what is kept of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from orebook import checks
from orebook.checks.agreeing import agreeing
from orebook.checks.documents.number_off_book import number_off_book
from orebook.checks.documents.number_taken_out import number_taken_out
from orebook.checks.remembered import remember
from orebook.desk.check import sorted_out
from orebook.desk.inputs import Input, opened
from orebook.desk.settings import Settings
from orebook.ground.source import Source
from orebook.reading.formats import layout
from orebook.reading.layout import Layout
from orebook.reading.placed import Placed
from orebook.reading.reading import Reading
from orebook.reports.results import Checked
from orebook.reports.trouble import Trouble

ON_BOOK = (number_off_book, number_taken_out)
"""The rules that put the numbers of a document beside those of a book."""


@dataclass(frozen=True, slots=True)
class Looked:
    """A document that was read and checked.

    ``layout`` is that of the document in its own language; ``checked`` holds what is kept of it beside the findings, so
    that others can be put beside it.
    """

    reading: Reading
    layout: Layout
    checked: Checked
    sha256: str


_last: dict[tuple[str, str], Reading] = {}
"""The document that this process looked at last, by its place and stamp: what is asked next is mostly about it."""


def look(settings: Settings, item: Input) -> Looked | Trouble:
    """Read a document and check it under some settings; one that cannot be read is trouble, never an exception."""
    read = opened(item)
    if isinstance(read, Trouble):
        return read
    _last.clear()
    if item.stamp:
        _last[item.place, item.stamp] = read.reading
    document = read.reading.document
    found = sorted_out(settings, document, checks.check(read.reading, settings.select, settings.ignore))
    checked = replace(found, remark=read.remark, remembered=remember(read.reading))
    return Looked(read.reading, layout(document), checked, read.sha256)


def beside_book(looked: Looked, settings: Settings, placed: Sequence[Placed]) -> Looked:
    """The same with where its numbers lead in a book, and with what the rules notice of them there."""
    reading = replace(looked.reading, placed=tuple(placed))
    codes = {rule.code for rule in ON_BOOK}
    found = [each for rule in ON_BOOK if settings.looks_for(rule.code) for each in rule(reading)]
    more, before = sorted_out(settings, reading.document, found), looked.checked
    kept = [each for each in before.findings if each.code not in codes]
    silenced = [each for each in before.suppressed if each.finding.code not in codes]
    checked = replace(
        before,
        findings=tuple(checks.in_order([*kept, *more.findings])),
        suppressed=(*silenced, *more.suppressed),
        failed=before.failed or more.failed,
    )
    return replace(looked, reading=reading, checked=checked)


def agreed(item: Input) -> frozenset[Source] | Trouble:
    """The places of the figures of a document that rules compare with others and find to agree."""
    reading = _again(item)
    return reading if isinstance(reading, Trouble) else agreeing(reading)


class Placing(Protocol):
    """What is known of documents beside a book."""

    def placed(self, name: str, reading: Reading) -> list[Placed]:
        """The numbers of a document that lead to the book."""


def placed(known: Placing, item: Input) -> tuple[Placed, ...] | Trouble:
    """Where the numbers of a document lead in the book."""
    reading = _again(item)
    return reading if isinstance(reading, Trouble) else tuple(known.placed(item.place or item.name, reading))


def _again(item: Input) -> Reading | Trouble:
    """A document as it was read last, or read once more."""
    if item.stamp and (reading := _last.get((item.place, item.stamp))) is not None:
        return reading
    read = opened(item)
    return read if isinstance(read, Trouble) else read.reading
