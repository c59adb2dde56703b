"""Desks: a page of a quarter while it is written: whose it is, for which period, the numbers, and who speaks."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from orebook.reports.printed import Passage, Printed, PrintedTable
from orebook.reports.quarter.figures import Amount, Figures
from orebook.reports.quarter.layouts import PARTS, PageLayout, TableLayout, page_layout, table_layout
from orebook.reports.quarter.periods import asked, day_words, reported
from orebook.reports.quarter.properties import held
from orebook.reports.quarter.prose import Speaker
from orebook.reports.quarter.said import Said, joined
from orebook.reports.quarter.tables import is_money
from orebook.reports.room import Parts
from orebook.reports.sentences import Templates

Part = PrintedTable | Passage


@dataclass(frozen=True)
class Making:
    """What a page has to know beside its numbers: whose it is, for which period, and how the company prints.

    ``said`` is the table ``print`` of ``book.toml``, ``period`` a label or nothing for the last whole quarter.
    """

    doc: str
    said: Mapping[str, Any] = field(default_factory=dict)
    company: str = ""
    fiscal_year_end: str = "12-31"
    period: str = ""
    remark: str = ""
    own: Templates | None = None

    def table(self, name: str, **usual: object) -> TableLayout:
        """The layout of a table: what is said under its name, over what is usual for it."""
        return table_layout({**usual, **self.said.get(name, {})})

    def page(self) -> PageLayout:
        """The layout of the paragraphs."""
        return page_layout(self.said.get("quarter", {}), PARTS)

    def printed(self, parts: Sequence[Part]) -> Printed:
        """A page of these parts."""
        return Printed(self.doc, tuple(parts), remark=self.remark)


@dataclass(frozen=True)
class Desk:
    """A page that is being written: the speaker, the layouts, and the parts of the results."""

    making: Making
    speaker: Speaker
    parts: Parts

    @property
    def last_day(self) -> str:
        """The last day of the period, in words."""
        return day_words(self.speaker.periods.now.period.end)

    def held(self) -> dict[str, Amount]:
        """The company's interest in each property on the last day of the period."""
        return held(self.parts, self.speaker.periods.now.period.end, self.making.company)

    def heading(self, name: str, **slots: str) -> Passage:
        """A heading."""
        return Passage(self.speaker.say("headings", name, **slots).text, "heading")


def desk(parts: Parts, making: Making) -> Desk:
    """The figures of the period that was asked for, and who speaks of them."""
    periods = reported(asked(making.period, parts), making.fiscal_year_end)
    figures = Figures.of(parts, periods.labels())
    layout = making.page()
    currency = next((amount.unit for amount in figures if is_money(amount.unit)), "")
    speaker = Speaker(figures, periods, layout.money(currency), layout.name, making.company, making.own)
    return Desk(making, speaker, parts)


def paragraph(sentences: Iterator[Said]) -> Iterator[Passage]:
    """Sentences as one paragraph; none where nothing is said."""
    said = joined(sentences)
    if said.text:
        yield said.passage()


def headed(at: Desk, name: str, sentences: Iterator[Said]) -> Iterator[Part]:
    """Sentences as one paragraph under a heading; nothing where nothing is said."""
    passages = list(paragraph(sentences))
    if passages:
        yield at.heading(name)
        yield from passages
