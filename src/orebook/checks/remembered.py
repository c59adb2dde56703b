"""Remembered: what is kept of a release, so that later ones can be checked against it without reading it again.

Kept are the records whose figures meet those of other releases, each with its row or sentence; who speaks, and when; a
sketch of the whole text, by which copies are known; and what the release says of earlier ones (``sayings``).
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256

from orebook.checks.copies import Sketch, sketch
from orebook.checks.issuers import Issuer
from orebook.checks.memo import per_reading
from orebook.checks.places import block_at
from orebook.checks.sayings import Saying, former_names, sayings
from orebook.ground.fact import Fact, Record
from orebook.ground.period import Period
from orebook.reading.drilling.hole_names import bare
from orebook.reading.language.sentences import spans
from orebook.reading.reading import Reading

KINDS = frozenset(
    {
        "drill_intercept", "drill_collar", "drill_no_significant", "resource", "reserve", "resource_change",
        "production", "financial", "milestone", "permit", "ownership", "earn_in", "distance",
    }
)  # fmt: skip
"""Kinds of records that are kept; of records of the document only the papers that it names."""

HOLE = "hole"
"""Under this and its name one looks for what was told of a hole."""

_ROOM = 400
"""So many characters of a row or a sentence are kept."""


@dataclass(slots=True, eq=False)
class Kept(Record):
    """A record as it is kept: with the row or the sentence that says it."""

    around: str = ""


@dataclass(frozen=True, eq=False)
class Remembered:
    """What is kept of one release. ``day`` is empty where the release bears no date."""

    doc: str
    digest: str
    issuer: Issuer
    day: str
    words: int
    sketch: Sketch
    records: tuple[Kept, ...]
    sayings: tuple[Saying, ...] = ()
    _kinds: dict[str, list[Kept]] = field(default_factory=dict, repr=False)

    @property
    def date(self) -> date | None:
        """The date of the release."""
        return Period.parse(self.day).start if self.day else None

    def of(self, *kinds: str) -> list[Kept]:
        """The records of these kinds."""
        if not self._kinds:
            for record in self.records:
                self._kinds.setdefault(record.kind, []).append(record)
        return [record for kind in kinds for record in self._kinds.get(kind, [])]

    def said(self, kind: str) -> Iterator[Saying]:
        """What the release says of that kind."""
        return (one for one in self.sayings if one.kind == kind)


def remember(reading: Reading) -> Remembered:
    """What is to be kept of a reading."""
    context, text = reading.context, reading.document.text
    tickers = filter(None, context.get("tickers", "").split(","))
    printed = (str(fact.figure) for record in reading.of("document") for fact in record.all("document.ticker"))
    issuer = Issuer.of(context.get("issuer", ""), (*tickers, *printed), former_names(reading))
    return Remembered(
        reading.document.name,
        sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        issuer,
        context.get("date", ""),
        text.count(" ") + text.count("\n") + 1,
        sketch(text),
        tuple(_kept(reading, record) for record in reading.records if _wanted(record)),
        tuple(sayings(reading)),
    )


def _wanted(record: Record) -> bool:
    return record.kind in KINDS or (record.kind == "document" and record.get("document.reference") is not None)


def _kept(reading: Reading, record: Record) -> Kept:
    facts = [Fact(one.measure, one.figure, {**record.about, **one.about}, one.source) for one in record.facts]
    return Kept(record.kind, dict(record.about), facts, record.source, around=_around(reading, record))


def _around(reading: Reading, record: Record) -> str:
    """The row or the sentence that says a record, on one line."""
    source, text = record.source, reading.document.text
    number = block_at(reading, source)
    block = reading.layout.blocks[number] if number >= 0 else None
    if block is not None and block.table is None:
        sentences = _sentences(reading).setdefault(number, [])
        if not sentences:
            sentences.extend((block.text.span(start, end)[0], start, end) for start, end in spans(block.plain))
        at = max(bisect_right(sentences, (source.start, 1 << 62, 0)) - 1, 0)
        if sentences:
            return " ".join(block.plain[slice(*sentences[at][1:])].split())[:_ROOM]
    first, _ = reading.document.line_span(source.line)
    _, last = reading.document.line_span(reading.document.line(max(source.start, source.end - 1)))
    return " ".join(text[first : min(last, first + 2 * _ROOM)].split())[:_ROOM]


@per_reading
def _sentences(reading: Reading) -> dict[int, list[tuple[int, int, int]]]:  # noqa: ARG001 - one for each reading
    """The sentences of blocks that were asked for: where they begin in the document, and their ends in the block."""
    return {}


def hole_of(record: Record) -> str:
    """The hole of a record, as holes are compared: its letters and numbers without zeros in front."""
    return bare(record.about.get("hole", ""))


def meets(record: Record) -> str:
    """Under what a kept record is looked up: records that do not share this are never put beside each other.

    >>> from orebook.ground.source import Source
    >>> meets(Record("drill_collar", {"hole": "KR-24-007"}, [], Source("a.md", 1, 0, 0, "")))
    'hole KR/24/7'
    """
    if record.kind.startswith("drill_"):
        return f"{HOLE} {hole_of(record)}"
    if record.kind in ("production", "financial"):
        return next((f"{fact.measure} {fact.about.get('period', '')}" for fact in record.facts), record.kind)
    return record.kind
