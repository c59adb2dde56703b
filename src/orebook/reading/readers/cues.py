"""Cues: words that stand right before or behind a quantity and say what it measures.

Each table ``words/<name>.csv`` teaches one kind of thing, a row a measure: the dimension of the unit, a pattern that
must end right before the quantity (words such as "about" are skipped), one that must begin right behind it (for counted
things: behind the number), one that the clause must hold and one that it must not hold, and what the fact is about
(``key=value``; named groups of the patterns are keys too). A quantity that no row knows stays unread.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from orebook.ground.fact import Fact, Record
from orebook.reading.language import analytes
from orebook.reading.language.quantities import Quantity
from orebook.reading.patterns import Hints, Pattern
from orebook.reading.release import Release, Sentence
from orebook.reading.text import Text

_WORDS = Path(__file__).parent.parent / "words"

BEARING = (
    r"(?:due\s)?(?:(?i:north|south|east|west)(?:[- ]?(?i:north|south|east|west)){0,2}(?i:erly|ern)?"
    r"|(?-i:[NS][NS]?[EW]|[EW][NS][EW]|[NSEW]))(?!\w)"
)
"""A direction of the compass, in words or as initials."""

NAME = r"(?-i:[A-Z][\w'’.&-]*(?:\s(?:(?:de|du|la|le|of|and|&)\s)?[A-Z0-9][\w'’.&-]*){0,5})"
"""A name: words with capitals."""

WORKING = (
    r"(?:decline|incline|ramp|drift|adit|tunnel|shaft|portal|cross-?cut|raise|drive|winze|gallery"
    r"|exploration drift)"
)
"""What is driven into rock."""

_MACROS = {
    "{bearing}": BEARING,
    "{name}": NAME,
    "{working}": WORKING,
    "{words}": r"(?:[\w/'&-]+,?\s){0,4}?",
    "{phrase}": r"[\w/'&-]+(?:\s[\w/'&-]+){0,5}",
    "{zone}": r"(?:mineralization|mineralisation|zones?|system|structures?|veins?|horizon|bod(?:y|ies)|trends?"
    r"|corridor|anomal(?:y|ies)|deposit|package|lens|reef|unit|dyke|dike|footprint|feature|target"
    r"|area)",
    "{analyte}": rf"(?P<analyte>(?-i:{analytes.pattern()}))",
    "{is}": r"(?:is|are|was|were|has been|have been|of|to|at|averages?|averaging|totals?|totall?ing)",
}
_SIGN_WORDS = Pattern(
    r"(?:\b(?:approximately|approx\.?|about|roughly|around|some|nearly|almost|up to|as much as"
    r"|as many as|as high as"
    r"|at least|more than|greater than|in excess of|exceeding|less than|fewer than|over|within|an? estimated"
    r"|(?:a )?maximum(?: of)?|(?:a )?minimum(?: of)?|c\.|ca\.)|[~<>≈±≥≤]|[<>]=)\s?$",
    re.IGNORECASE,
)
_JOINER = Pattern(r"\s?(?:,|and|or|,\s?and|by|x|×|&|to)?\s?(?:approximately|about|up to|over)?\s?", re.IGNORECASE)
_A_SENTENCE = 3000
_CHAIN = 4
"""So many quantities may be joined before or behind one whose words they share."""


@dataclass(frozen=True)
class Cue:
    """One row: which words make a quantity a fact."""

    kind: str
    measure: str
    dimension: str
    before: Pattern | None
    after: Pattern | None
    needs: Pattern | None
    unless: Pattern | None
    about: tuple[tuple[str, str], ...]


class Cues:
    """The rows of a table, ready to be asked by the unit of a quantity.

    Most quantities have no cue before them; one pattern that joins all of a unit's cues says so at once.
    """

    def __init__(self, rows: Iterable[Cue]) -> None:
        self._rows = tuple(rows)
        self._fitting: dict[str, tuple[Cue, ...]] = {}
        self._leads: dict[str, Pattern | None] = {}

    def __iter__(self) -> Iterator[Cue]:
        return iter(self._rows)

    def fitting(self, quantity: Quantity) -> tuple[Cue, ...]:
        """The rows whose dimension a quantity has, in order."""
        if quantity.unit not in self._fitting:
            rows = tuple(cue for cue in self._rows if measures(quantity, cue.dimension))
            written = "|".join(_NAMED_GROUP.sub("(?:", cue.before.pattern) for cue in rows if cue.before)
            self._fitting[quantity.unit] = rows
            self._leads[quantity.unit] = Pattern(written, re.IGNORECASE) if written else None
        return self._fitting[quantity.unit]

    def lead(self, quantity: Quantity) -> Pattern | None:
        """One pattern for all words that may stand before a quantity of this unit."""
        return self._leads[quantity.unit]


_NAMED_GROUP = Pattern(r"\(\?P<\w+>")


@cache
def table(name: str) -> Cues:
    """The rows of ``words/<name>.csv``, in order: the first that fits a quantity reads it."""
    with (_WORDS / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return Cues(_cue(row) for row in csv.DictReader(lines))


def _cue(row: dict[str, str]) -> Cue:
    pairs = (part.partition("=") for part in row["about"].split("|") if part)
    return Cue(
        row["kind"],
        row["measure"],
        row["dimension"],
        _pattern(row["before"], r"(?:{})\s?$"),
        _pattern(row["after"], r",?[\s-]?(?:{})"),
        _pattern(row["needs"], r"(?<!\w)(?:{})"),
        _pattern(row["unless"], r"(?<!\w)(?:{})"),
        tuple((key, value) for key, _, value in pairs),
    )


def _pattern(written: str, frame: str) -> Pattern | None:
    if not written:
        return None
    for macro, pattern in _MACROS.items():
        written = written.replace(macro, pattern)
    return Pattern(frame.replace("{}", written), re.IGNORECASE)


def prose(release: Release, *hints: str) -> list[Sentence]:
    """The sentences that are worth reading: those that hold one of the hints (in small letters), if any are given.

    What is longer than any sentence is a table that nobody saw, and is left out.
    """
    short = release.once("sentences that are no tables", lambda: [one for one in release.sentences() if _is_short(one)])
    if not hints:
        return short
    wanted = _hints(hints)
    return [sentence for sentence in short if wanted.within(sentence.plain, sentence.small)]


def _is_short(sentence: Sentence) -> bool:
    return len(sentence.plain) < _A_SENTENCE


@cache
def _hints(words: tuple[str, ...]) -> Hints:
    return Hints(words)


def read(release: Release, name: str, sentences: Iterable[Sentence] | None = None) -> Iterator[Record]:
    """A record for every quantity of the prose, or of some sentences, that a row of that table knows."""
    rows = table(name)
    for sentence in prose(release) if sentences is None else sentences:
        for place, quantity in enumerate(sentence.quantities):
            found = fact_of(release, sentence, place, rows)
            if found:
                cue, facts = found
                about = {**release.about(sentence.block, sentence.text, quantity.start), **said_in(sentence)}
                yield release.record(cue.kind, facts, **about)


def fact_of(release: Release, sentence: Sentence, place: int, rows: Cues) -> tuple[Cue, list[Fact]] | None:
    """The first row that knows a quantity of a sentence, and the facts that it makes of it.

    Words beside the quantity itself come first; then those beside a quantity that it is joined to ("of 65 m and 40 m").
    """
    quantity = sentence.quantities[place]
    plain = sentence.plain
    fitting = [cue for cue in rows.fitting(quantity) if cue.before is None or not cue.before.is_barred_by(plain)]
    lead = rows.lead(quantity)
    for joined in (False, True) if fitting else ():
        led = lead is not None and any(_before(lead, plain, at) for at in _starts(sentence, place, joined))
        for cue in fitting:
            if cue.before and not led:
                continue
            about = _fits(cue, sentence, place, joined=joined)
            if about is not None:
                return cue, figures(release, sentence.text, quantity, cue.measure, **about)
    return None


def figures(release: Release, text: Text, quantity: Quantity, measure: str, **about: str) -> list[Fact]:
    """The fact of a quantity; of a range two, the low and the high end, each with its own digits."""
    if not quantity.is_range:
        return [release.fact(measure, quantity.figure, text, quantity.start, quantity.end, **about)]
    low, high = quantity.figures
    digits = text.plain[quantity.number_start : quantity.number_end]
    ends = re.split(r"\s?(?:–|—|-|~|\bto\b|\band\b)\s?", digits, maxsplit=1)
    first = quantity.number_start + len(ends[0])
    last = quantity.number_end - len(ends[-1])
    return [
        release.fact(measure, low, text, quantity.start, first, **{**about, "bound": "low"}),
        release.fact(measure, high, text, last, quantity.end, **{**about, "bound": "high"}),
    ]


def said_in(sentence: Sentence) -> dict[str, str]:
    """In what kind of block a sentence stands."""
    places = {"bullet": "bullet", "title": "headline", "heading": "headline", "caption": "caption", "note": "note"}
    return {"place": places.get(sentence.block.kind, "text")}


def measures(quantity: Quantity, dimension: str) -> bool:
    """Whether a quantity has a dimension: a base, a unit by name, ``money``, ``fraction``, ``none`` for a bare number.

    Several may be given with a bar between: ``t/d|t/year``.
    """
    return any(_measures(quantity, one) for one in dimension.split("|"))


def _measures(quantity: Quantity, dimension: str) -> bool:
    if dimension == "none":
        return not quantity.unit
    if dimension == "money":
        return quantity.money
    if dimension == "fraction":
        return quantity.fraction
    return quantity.unit == dimension or quantity.measures(dimension)


def _fits(cue: Cue, sentence: Sentence, place: int, *, joined: bool) -> dict[str, str] | None:
    """What the fact is about when the words around a quantity are the ones of a row."""
    quantity = sentence.quantities[place]
    about = {"analyte": quantity.analyte, **dict(cue.about)}
    if cue.before:
        found = next(
            (m for at in _starts(sentence, place, joined) if (m := _before(cue.before, sentence.plain, at))), None
        )
        if not found:
            return None
        about |= _groups(found)
    if cue.after:
        found = next((m for at in _ends(sentence, place, joined) if (m := cue.after.match(sentence.plain, at))), None)
        if not found:
            return None
        about |= _groups(found)
    around = clause(sentence.plain, quantity.start, quantity.end) if cue.needs or cue.unless else ""
    if (cue.needs and not cue.needs.search(around)) or (cue.unless and cue.unless.search(around)):
        return None
    return about


def _groups(found: re.Match[str]) -> dict[str, str]:
    """What the named groups of a pattern say; an analyte by its symbol."""
    said = {key: " ".join(value.split()) for key, value in found.groupdict().items() if value}
    if "analyte" in said:
        said["analyte"] = analytes.analyte(said["analyte"])
    return said


def _before(pattern: Pattern, plain: str, at: int) -> re.Match[str] | None:
    """The pattern right before a place; words that widen or open the figure stand between."""
    lead = plain[max(0, at - 110) : at]
    for _ in range(3):
        if found := pattern.search(lead):
            return found
        widened = _SIGN_WORDS.search(lead)
        if not widened:
            return None
        lead = lead[: widened.start()]
    return None


def _starts(sentence: Sentence, place: int, joined: bool) -> Iterator[int]:
    """Where a quantity begins, and (``joined``) where quantities begin that it is joined to."""
    here = sentence.quantities[place]
    yield here.start
    for earlier in reversed(sentence.quantities[max(0, place - _CHAIN) : place]) if joined else ():
        if earlier.unit not in (here.unit, "") or not _JOINER.fullmatch(sentence.plain, earlier.end, here.start):
            return
        yield earlier.start
        here = earlier


def _ends(sentence: Sentence, place: int, joined: bool) -> Iterator[int]:
    """Where a quantity ends (a count: its number), and (``joined``) where quantities end that are joined to it."""
    here = sentence.quantities[place]
    yield here.number_end if here.noun else here.end
    for later in sentence.quantities[place + 1 : place + 1 + _CHAIN] if joined and not here.noun else ():
        if later.unit not in (here.unit, "") or not _JOINER.fullmatch(sentence.plain, here.end, later.start):
            return
        yield later.end
        here = later


def clause(plain: str, start: int, end: int) -> str:
    """The clause around a stretch: up to a semicolon, a full stop in parentheses, or 160 characters."""
    before, after = plain[max(0, start - 160) : start], plain[end : end + 160]
    return before[before.rfind(";") + 1 :] + plain[start:end] + after.partition(";")[0]
