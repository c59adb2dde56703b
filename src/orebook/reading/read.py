"""Reading a document from its first byte to its facts."""

import re
from bisect import bisect_right, insort
from collections.abc import Iterable, Iterator
from datetime import date

from orebook.ground.fact import Fact, Record, Words
from orebook.ground.period import Period, months_ended
from orebook.ground.source import Document
from orebook.ground.telling import counted
from orebook.reading import formats
from orebook.reading.drilling.gaps import mark_gaps
from orebook.reading.drilling.hole_names import settle_names
from orebook.reading.in_english import in_english
from orebook.reading.language.dates import dates
from orebook.reading.language.issuer import issuer_and_tickers
from orebook.reading.language.subjects import find_subjects
from orebook.reading.layout import Block, Layout
from orebook.reading.patterns import begin_document, note
from orebook.reading.precision import settle
from orebook.reading.readers import readers
from orebook.reading.reading import Reading
from orebook.reading.release import Release, declared_currency
from orebook.reading.resolve import resolve
from orebook.reading.restated import mark_restated

_LONGEST_PARAGRAPH = 1_000_000
_DATELINE = 600
_NEAR_THE_TOP = 90
"""How far into a block the date of the release may stand: anywhere in a dateline, near the start of another block."""
_OPENING = 12
"""How far into a line of a letterhead its date may stand: behind the name of a weekday."""
_RESULTS = re.compile(
    r"\b(?:results?|earnings|report|reports|profit|loss|quarterly|half-year(?:ly)?|interim)\b", re.IGNORECASE
)
_HALF_YEAR = 6
_LATEST_RESULTS = 120
"""Results are told so many days after their period at the latest."""
_SENT_LATER = 10
"""So many days after its date a release may be put on a page."""


def read_bytes(name: str, data: bytes) -> Reading:
    """Read a document as it lies in a file.

    Raises ``formats.UnreadableError`` where there is nothing to read.
    """
    return read_document(formats.open_document(name, data))


def read_text(name: str, text: str) -> Reading:
    """Read a document that is text already.

    >>> reading = read_text("note.txt", "Hole NX-07 cut 12.0 m grading 1.50 g/t gold.")
    >>> [(fact.measure, str(fact.figure)) for fact in reading.facts if fact.about.get("analyte") == "Au"]
    [('drilling.grade', '1.50 g/t')]
    """
    return read_bytes(name, text.encode("utf-8"))


def read_document(document: Document) -> Reading:
    """Lay a document out, resolve what rules it, and let every reader read.

    Raises ``formats.UnreadableError`` for a paragraph that no person would read: over a million characters.
    """
    every_reader = readers()  # before the first document begins, so that it gains by what their patterns need
    begin_document()
    own = formats.layout(document)
    layout = in_english(own)
    _readable(layout)
    for block in layout.blocks:
        note(block.plain)
    release = understand(layout)
    release.in_english = layout is not own
    taken = _Taken()
    records: list[Record] = []
    for records_of in counted(every_reader, "kinds of facts are read"):
        found = list(records_of(release))
        fresh = [record for record in found if taken.keep(record)]
        for record in fresh:
            taken.add(record)
        records.extend(fresh)
    records.sort(key=lambda record: (record.source.start, record.source.end))
    settle(records, release.layout)
    settle_names(records)
    resolve(records, release)
    mark_restated(records)
    mark_gaps(records)
    day = release.day.label if release.day else ""
    context = {
        "issuer": release.issuer,
        "date": day,
        "currency": release.currency,
        "tickers": ",".join(release.tickers),
    }
    return Reading(document, release.layout, records, context)


def _readable(layout: Layout) -> None:
    """Refuse what is no release: text that has lost all its line breaks."""
    for block in layout.blocks:
        if len(block.plain) > _LONGEST_PARAGRAPH:
            line = layout.document.line(block.text.start)
            raise formats.UnreadableError(
                f"one paragraph of {len(block.plain):,} characters without a line break",
                f"{layout.document.name}:{line}",
                "give the text with its line breaks, or a part of it",
            )


def understand(layout: Layout) -> Release:
    """What rules the whole document: issuer, date, periods, currency, subjects."""
    issuer, tickers, dateline = issuer_and_tickers(layout)
    heads = [block for block in layout.blocks if block.table is None and block.kind != "front"]
    title = next((block for block in heads if block.kind == "title"), None)
    day = _day(dateline, heads, layout)
    return Release(
        document=layout.document,
        layout=layout,
        title=title.text if title else None,
        issuer=issuer,
        tickers=tickers,
        day=day,
        periods=_periods(title, heads, day),
        currency=_currency(layout),
        subjects=find_subjects(layout, issuer),
    )


def _day(dateline: Block | None, heads: list[Block], layout: Layout) -> Period | None:
    """The date of the release: in the dateline, else the first whole day near the top, else in the front matter.

    A day near the top that is not that of the front matter, give or take what lies between two time zones and a
    weekend, is of something that the release speaks of. A day deep in the dateline gives way to one that opens a line
    above it, as letterheads have it.
    """
    front = [block for block in layout.blocks if block.kind == "front"]
    sent = next(_days((block, _DATELINE) for block in front), None)
    near = _days([(block, _NEAR_THE_TOP) for block in heads[:15]])
    if dateline and (said := next(_days([(dateline, _DATELINE)]), None)):
        if next(_days([(dateline, _NEAR_THE_TOP)]), None) is None:
            above = [block for block in heads[:15] if block.text.start < dateline.text.start]
            return next(_days((block, _OPENING) for block in above), said)
        return said
    return next((day for day in near if sent is None or abs((day.start - sent.start).days) <= _SENT_LATER), sent)


def _days(places: Iterable[tuple[Block, int]]) -> Iterator[Period]:
    """The whole days that blocks name in their first letters."""
    for block, reach in places:
        for when in dates(block.plain[:_DATELINE]):
            if when.period.days == 1 and when.whole and when.start < reach and when.kind in ("date", "as of"):
                yield when.period


def _periods(title: Block | None, heads: list[Block], day: Period | None) -> tuple[Period, ...]:
    """The periods that a release reports, the shortest first."""
    year = day.start.year if day else None
    for block in ([title] if title else []) + heads[:12]:
        said = [
            when.period
            for when in dates(block.plain, year=year)
            if when.kind == "period" and 85 <= when.period.days <= 366
        ]
        before = [period for period in said if day is None or period.end <= day.end]
        if before and not (title is not None and block is title and len(before[0].label) == 4):
            latest = max(period.end for period in before)
            return tuple(sorted({p for p in before if p.end == latest}, key=lambda period: period.days))
    return _fiscal(title, day)


def _fiscal(title: Block | None, day: Period | None) -> tuple[Period, ...]:
    """The period of results that a title names by half or quarter of a year which had not ended: that of a fiscal year.

    "1H25 results" of February 2025 are of the half that ended in December 2024, half a year before.
    """
    if title is None or day is None or not _RESULTS.search(title.plain):
        return ()
    for when in dates(title.plain, year=day.start.year):
        if when.whole and when.period.end > day.end and 85 <= when.period.days <= 190:
            whole = when.period.end.year * 12 + when.period.end.month - 1 - _HALF_YEAR
            shifted = months_ended(date(whole // 12, whole % 12 + 1, 1), round(when.period.days / 30.4))
            if shifted.end <= day.end and (day.end - shifted.end).days <= _LATEST_RESULTS:
                return (shifted,)
    return ()


def _currency(layout: Layout) -> str:
    """What a bare dollar means, if the document says so anywhere."""
    for block in layout.blocks:
        if block.table is None:
            found = declared_currency(block.plain)
        else:
            table = block.table
            words = " ".join(word for column in table.header for word in column)
            notes = " ".join(note.plain for note in table.notes)
            caption = table.caption.plain if table.caption else ""
            found = declared_currency(f"{caption} {words} {notes}")
        if found != "$":
            return found
    return "$"


class _Taken:
    """Which stretches of the document earlier readers have understood."""

    def __init__(self) -> None:
        self._spans: list[tuple[int, int]] = []

    def _free(self, fact: Fact) -> bool:
        place = bisect_right(self._spans, (fact.source.end - 1, 1 << 62))
        return all(end <= fact.source.start for _, end in self._spans[max(0, place - 3) : place])

    def keep(self, record: Record) -> bool:
        """Leave a record only the facts that nobody had before; whether any is left."""
        record.facts = [fact for fact in record.facts if self._free(fact)]
        return bool(record.facts)

    def add(self, record: Record) -> None:
        """Remember what a record understood."""
        for fact in record.facts:
            if fact.source.end > fact.source.start and not _is_text(fact):
                insort(self._spans, (fact.source.start, fact.source.end))


def _is_text(fact: Fact) -> bool:
    """Whether a fact is a stretch of text, such as a title, in which others may find figures."""
    return isinstance(fact.figure, Words) and fact.figure.unit == "text"
