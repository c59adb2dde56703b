"""Pages of a quarter: the tables and paragraphs of a quarterly release, each from tidy tables of unrounded figures."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from orebook.reports.printed import Passage, Printed, PrintedTable
from orebook.reports.quarter.figures import Figures
from orebook.reports.quarter.layouts import PageLayout, TableLayout, page_layout, table_layout
from orebook.reports.quarter.periods import asked, day_words, reported
from orebook.reports.quarter.production import metal_sentences, mines, production_table, throughput_sentence
from orebook.reports.quarter.prose import Speaker
from orebook.reports.quarter.results import (
    capital_sentences,
    cash_flow_sentence,
    derivative_sentences,
    income_sentences,
    liquidity_sentences,
    revaluation_sentence,
    revenue_sentence,
)
from orebook.reports.quarter.said import Said, joined
from orebook.reports.quarter.sales import shipment_sentences
from orebook.reports.quarter.summary import summary_table
from orebook.reports.quarter.tables import is_money
from orebook.reports.room import Page, Parts
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
        return page_layout(self.said.get("quarter", {}), tuple(SECTIONS))

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


def _paragraph(sentences: Iterator[Said]) -> Iterator[Passage]:
    """Sentences as one paragraph; none where nothing is said."""
    said = joined(sentences)
    if said.text:
        yield said.passage()


def _results(at: Desk) -> Iterator[Part]:
    """The financial summary, and what is to be said of it."""
    speaker = at.speaker
    table = _summary(at)
    if table.rows:
        yield at.heading("results")
        yield table
    for some in (revenue_sentence, shipment_sentences, revaluation_sentence, income_sentences):
        yield from _paragraph(some(speaker))


def _summary(at: Desk) -> PrintedTable:
    speaker = at.speaker
    return summary_table(
        speaker.figures,
        speaker.periods,
        at.making.table("summary"),
        speaker.group("captions"),
        definitions=speaker.group("definitions"),
        company=speaker.company,
    )


def _derivatives(at: Desk) -> Iterator[Part]:
    yield from _headed(at, "derivatives", derivative_sentences(at.speaker))


def _cash(at: Desk) -> Iterator[Part]:
    passages = [
        *_paragraph(cash_flow_sentence(at.speaker)),
        *_paragraph(capital_sentences(at.speaker)),
        *_paragraph(liquidity_sentences(at.speaker, at.last_day)),
    ]
    if passages:
        yield at.heading("cash_flow")
        yield from passages


def _headed(at: Desk, name: str, sentences: Iterator[Said]) -> Iterator[Part]:
    passages = list(_paragraph(sentences))
    if passages:
        yield at.heading(name)
        yield from passages


def _production(at: Desk) -> Iterator[Part]:
    """Every mine under its heading: its table, then what is to be said of it."""
    for mine in mines(at.speaker):
        yield at.heading("mine", mine=mine)
        yield production_table(mine, at.speaker, _mine_layout(at.making, mine), interest=_interest(at, mine))
        yield from _paragraph(
            said for some in (throughput_sentence, metal_sentences) for said in some(mine, at.speaker)
        )


def _mine_layout(making: Making, mine: str) -> TableLayout:
    """The layout of a mine: that of all mines, and over it what is said under the name of this one."""
    said = dict(making.said.get("production", {}))
    own = said.pop("mines", {}).get(mine, {})
    return table_layout({**said, **own})


def _interest(at: Desk, mine: str) -> str:
    """The company's share of a mine at the end of the period as it is written; nothing where it owns all."""
    label = at.speaker.periods.now.label
    found = at.speaker.figures.get("tenure.interest", label, subject=mine)
    return "" if found is None or found.value >= 100 else f"{found.value:g}%"


SECTIONS: Mapping[str, Callable[[Desk], Iterator[Part]]] = {
    "results": _results,
    "derivatives": _derivatives,
    "cash_flow": _cash,
    "production": _production,
}
"""What a page of a quarter may hold, in the order in which it stands when the layout says nothing."""


def quarter_page(parts: Parts, making: Making) -> Printed:
    """A quarterly release from the book: financial summary, what happened, production by mine, outlook."""
    at = desk(parts, making)
    layout = making.page()
    title = layout.title or at.speaker.phrase("captions", "title", company=making.company).text
    sections = layout.parts or tuple(SECTIONS)
    return making.printed([Passage(title, "title"), *(part for name in sections for part in SECTIONS[name](at))])


def summary_page(parts: Parts, making: Making) -> Printed:
    """The financial summary: revenues, income and cash flow in four columns, with what a share has of them."""
    return making.printed([_summary(desk(parts, making))])


def production_page(parts: Parts, making: Making) -> Printed:
    """Production of each mine: ore, grades, recoveries and metal, beside the same period of the year before."""
    return making.printed(list(_production(desk(parts, making))))


_ALSO = {"production": "mill"}

PAGES: Mapping[str, Page[Making]] = {
    "quarter": Page((), quarter_page, _ALSO),
}
"""Every page by its name."""
