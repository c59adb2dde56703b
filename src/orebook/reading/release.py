"""A release: a document with what rules all of it: who speaks, when, in which currency, about which properties."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar, cast

from orebook.ground import units
from orebook.ground.fact import Fact, Record, Words
from orebook.ground.figure import Figure
from orebook.ground.period import Period
from orebook.ground.source import Document, Source
from orebook.reading.language.dates import When, dates
from orebook.reading.language.quantities import Quantity, quantities
from orebook.reading.language.sentences import sentences
from orebook.reading.language.subjects import Subjects
from orebook.reading.layout import Block, Layout
from orebook.reading.patterns import Pattern, note
from orebook.reading.text import Text, inline

Found = TypeVar("Found")


@dataclass(slots=True)
class Sentence:
    """A sentence with its block, its quantities and its dates; places count from its own first letter."""

    text: Text
    block: Block
    at: int
    quantities: list[Quantity] = field(default_factory=list)
    dates: list[When] = field(default_factory=list)
    plain: str = ""
    """The words of the sentence."""
    small: str = ""
    """The words in small letters, for a quick look."""

    def __post_init__(self) -> None:
        self.plain = self.text.plain
        self.small = self.plain.lower()


@dataclass
class Release:
    """What the readers are given.

    ``periods`` are those that the release reports (``2011-Q3``, ``2011-9M``), the shortest first; ``currency`` what a
    bare dollar means (``$`` when nothing says it); ``day`` the date of the release.
    """

    document: Document
    layout: Layout
    title: Text | None
    issuer: str
    tickers: tuple[str, ...]
    day: Period | None
    periods: tuple[Period, ...]
    currency: str
    subjects: Subjects
    in_english: bool = False
    """Whether the layout is in English and the document is not: what is quoted is told in the document's own words."""
    _sentences: list[Sentence] = field(default_factory=list)
    _found: dict[str, object] = field(default_factory=dict)

    @property
    def year(self) -> int | None:
        """The year of the release."""
        return self.day.start.year if self.day else (self.periods[0].end.year if self.periods else None)

    def sentences(self) -> list[Sentence]:
        """Every sentence of the prose, without boilerplate; quantities that are part of a date are left out."""
        if not self._sentences:
            self._sentences = [one for block in self.layout.prose() for one in self._of_block(block)]
        return self._sentences

    def sentences_of(self, block: Block) -> Iterator[Sentence]:
        """The sentences of one block, boilerplate or not."""
        return self._of_block(block)

    def _of_block(self, block: Block) -> Iterator[Sentence]:
        for text in sentences(block.text):
            note(text.plain)
            when = dates(text.plain, year=self.year)
            said = [q for q in quantities(text.plain) if not _inside(q, when)]
            named = said if self.currency != "$" else as_named(said)
            yield Sentence(text, block, 0, [self.in_currency(q) for q in named], when)

    def once(self, name: str, find: Callable[[], Found]) -> Found:
        """What several readers ask of the whole document, looked for once."""
        if name not in self._found:
            self._found[name] = find()
        return cast("Found", self._found[name])

    def in_currency(self, quantity: Quantity) -> Quantity:
        """The same quantity, a bare dollar made the dollar of the release."""
        cents = quantity.unit.startswith("¢")
        currency = self.currency if self.currency != "$" or not cents else self.once("cents", self._currency_of_cents)
        return _of_currency(quantity, currency)

    def _currency_of_cents(self) -> str:
        """The currency whose hundredths a release counts that is no dollar: rand, by its listing or its money."""
        return (
            "ZAR" if any(_RAND.search(block.plain[:3000]) for block in self.layout.blocks if not block.table) else "$"
        )

    def source(self, text: Text, start: int, end: int) -> Source:
        """Where ``text.plain[start:end]`` stands in the document."""
        return self.document.source(*text.span(start, end))

    def fact(self, measure: str, figure: Figure | Words, text: Text, start: int, end: int, **about: str) -> Fact:
        """A fact that ``text.plain[start:end]`` says."""
        said = {key: value for key, value in about.items() if value}
        if self.in_english and isinstance(figure, Words) and figure.value == text.plain[start:end]:
            own = inline(self.document.text, *text.span(start, end)).plain
            figure = figure._replace(value=" ".join(own.split()))
        return Fact(measure, figure, said, self.source(text, start, end))

    def record(self, kind: str, facts: list[Fact], **about: str) -> Record:
        """Facts said together, about the same things; each fact is told what the record is about."""
        shared = {key: value for key, value in about.items() if value}
        whole = [Fact(f.measure, f.figure, {**shared, **f.about}, f.source) for f in facts]
        start, end = min(f.source.start for f in facts), max(f.source.end for f in facts)
        return Record(kind, shared, whole, self.document.source(start, end))

    def about(self, block: Block, text: Text | None = None, at: int = 0) -> dict[str, str]:
        """What a place in the text is about: property or mine and zone, from the sentence, its block, its section."""
        return self.subjects.about(block, text, at)


def _of_currency(quantity: Quantity, currency: str) -> Quantity:
    if currency == "$" or not quantity.unit.startswith(("$", "¢")):
        return quantity
    unit = currency + (" cent" if quantity.unit[0] == "¢" else "") + quantity.unit[1:]
    figures = tuple(Figure(f.value, unit, f.sign) for f in quantity.figures)
    return Quantity(
        figures, quantity.start, quantity.end, quantity.number_start, quantity.number_end,
        quantity.noun, quantity.analyte, quantity.analyte_end, quantity.spelled,
    )  # fmt: skip


def as_named(quantities: list[Quantity]) -> list[Quantity]:
    """The quantities of a sentence, a bare dollar behind one with a name made the same: amounts apart from prices.

    >>> from orebook.reading.language.quantities import quantities as read
    >>> [q.unit for q in as_named(read("A$25 million, with a contingency of $5 million, at US$90/t and $80/t"))]
    ['AUD million', 'AUD million', 'USD/t', 'USD/t']
    """
    named: dict[tuple[tuple[str, int], ...], set[str]] = {}
    found = []
    for quantity in quantities:
        known = units.unit(quantity.unit) if quantity.unit and units.known(quantity.unit) else None
        if known is not None and known.money:
            kind = tuple(("money" if base.startswith("money:") else base, power) for base, power in known.dimension)
            before = named.setdefault(kind, set())
            if known.money != "$":
                before.add(known.money)
            elif len(before) == 1:
                quantity = _of_currency(quantity, next(iter(before)))
        found.append(quantity)
    return found


def _inside(quantity: Quantity, when: list[When]) -> bool:
    """Whether a number is part of a date; dates stand in order and share no letters, but may share a phrase."""
    at = bisect_right(when, quantity.number_start, key=lambda one: one.start)
    return any(w.start <= quantity.number_start and quantity.number_end <= w.end for w in when[max(0, at - 3) : at])


_RAND = Pattern(r"\bJSE\b|\bZAR\b|\bSouth African rand\b|\bR\d{1,3}(?: \d{3})+\b")
_CURRENCY = Pattern(
    r"(?:(?P<CAD>CDN\$|C\$|CAD\b|Cdn\$|Canadian (?:dollars|funds))"
    r"|(?P<USD>US\$|USD\b|U\.S\. dollars|US dollars|United States dollars)"
    r"|(?P<AUD>A\$|AUD\b|Australian dollars))(?!\s?[\d.]*\d)"
)
_SAID_IN = Pattern(
    r"(?:thousands|millions|expressed|stated|reported in|are in|amounts are|figures are|\bin)(?: of)?(?: the)?"
    r"(?: lawful currency of)?\s?$|"
    r"\b(?:currency|dollars?|(?:dollar|monetary|money) (?:amounts|figures|values)|amounts|figures|[“\"]?\$[”\"]?)"
    r"(?: \([^()]{1,12}\))?"
    r"(?: (?:in|of|used|throughout|signs?|references?|this|the|release|announcement|report|study)){0,6} "
    r"(?:is|are|means?|refers? to)(?: to| in)?(?: the)?(?: lawful currency of)?\s?$",
    re.IGNORECASE,
)
_SIGN_BEHIND = Pattern(r"\s?\((?:all )?[“”\"']{1,2}\$[“”\"']{1,2}\)")
"""The sign that a name of money is given: 'US dollars ("$")'."""


def declared_currency(plain: str) -> str:
    """The currency that a text says its bare dollars are, or ``$``.

    >>> declared_currency("(unaudited) in thousands of CDN$ except per share amounts")
    'CAD'
    >>> declared_currency("Dollars are Australian dollars unless noted."), declared_currency("Costs are US$45 million")
    ('AUD', '$')
    """
    for found in _CURRENCY.finditer(plain):
        before = plain[max(0, found.start() - 80) : found.start()]
        if _SAID_IN.search(before) or _SIGN_BEHIND.match(plain, found.end()):
            return found.lastgroup or "$"
    return "$"


_MONEY_UNITS = Pattern(r"\b(?P<scale>thousands|millions|000'?s|'000s?)\b", re.IGNORECASE)


def declared_scale(plain: str) -> str:
    """The scale in which a caption or a head says that its amounts are printed.

    >>> declared_scale("(unaudited) in thousands of CDN$ except per share amounts")
    'thousand'
    """
    found = _MONEY_UNITS.search(plain)
    if not found:
        return ""
    return "million" if found["scale"].lower() == "millions" else "thousand"
