"""Pages of a quarter: the tables and paragraphs of a quarterly release, each from tidy tables of unrounded figures."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

import polars as pl

from orebook.reports.printed import Passage, Printed, PrintedTable
from orebook.reports.quarter.ahead import event_sentences
from orebook.reports.quarter.bridge import bridge_table, bridges_of
from orebook.reports.quarter.desks import Desk, Making, Part, desk, headed, paragraph
from orebook.reports.quarter.earn_ins import earn_in_sentences
from orebook.reports.quarter.labels import label
from orebook.reports.quarter.layouts import TableLayout, table_layout
from orebook.reports.quarter.outlook import cautions, outlook
from orebook.reports.quarter.periods import PeriodAskedError, why_unknown
from orebook.reports.quarter.production import metal_sentences, mines, production_table, throughput_sentence
from orebook.reports.quarter.properties import interest_words, property_sentences, shared
from orebook.reports.quarter.results import (
    capital_sentences,
    cash_flow_sentence,
    derivative_sentences,
    income_sentences,
    liquidity_sentences,
    revaluation_sentence,
    revenue_sentence,
)
from orebook.reports.quarter.said import joined
from orebook.reports.quarter.sales import shipment_sentences
from orebook.reports.quarter.statements import statement_tables
from orebook.reports.quarter.summary import summary_table
from orebook.reports.quarter.writing import currency_words
from orebook.reports.room import Page, Parts
from orebook.reports.sentences import grouped


def _with_currency(at: Desk, parts: Sequence[Part]) -> list[Part]:
    """The parts of a page, and where only sentences tell money, in front of them in which currency."""
    money = at.speaker.money
    words = currency_words(money.currency)
    told = any(isinstance(part, PrintedTable) and words in part.caption for part in parts)
    sign = re.compile(rf"(?<![A-Z]){re.escape(money.sign)}\d")
    spoken = any(isinstance(part, Passage) and sign.search(part.text) for part in parts)
    if told or not spoken or not money.currency:
        return list(parts)
    return [at.speaker.say("captions", "currency", currency=words).passage(), *parts]


def _results(at: Desk) -> Iterator[Part]:
    """The financial summary, and what is to be said of it."""
    speaker = at.speaker
    table = _summary(at)
    if table.rows:
        yield at.heading("results")
        yield table
    for some in (revenue_sentence, shipment_sentences, revaluation_sentence, income_sentences):
        yield from paragraph(some(speaker))


def _summary(at: Desk) -> PrintedTable:
    speaker = at.speaker
    return summary_table(
        speaker.figures,
        speaker.periods,
        at.making.table("summary"),
        speaker.group("captions"),
        definitions=_definitions(at),
        company=speaker.company,
    )


_SLOTS = ("identification", "not_standardised", "composition", "usefulness", "comparable")


def _definitions(at: Desk) -> dict[str, str]:
    """The note of each measure: as the book defines the measure, else in our words, else in those of the company."""
    found = dict(at.speaker.group("definitions"))
    words = at.parts.get("measures_words")
    for row in () if words is None else words.filter(~pl.col("missing")).sort("name").partition_by("measure"):
        told = dict(row.select("slot", "text").rows())
        said = " ".join(told[slot] for slot in _SLOTS if slot in told)
        found[label(str(row["measure"][0])).defined or str(row["name"][0])] = said
    return {**found, **grouped(at.making.own or {}, "definitions")}


def _bridges(at: Desk) -> Iterator[Part]:
    """The reconciliation of every measure that has items between start and result."""
    steps = at.parts.get("measures_bridges")
    names = [] if steps is None else bridges_of(steps, at.making.company)
    if steps is None or not names:
        return
    yield at.heading("bridge")
    words = at.parts["measures_words"]
    for name in names:
        said = dict(words.select("name", "label").unique().rows()).get(name, name)
        layout = at.making.table("measures")
        captions = at.speaker.group("captions")
        company = at.making.company
        yield bridge_table(steps, name, said, at.speaker.periods, layout, captions, company=company)


def _statements(at: Desk) -> Iterator[Part]:
    """The statements line by line."""
    frame = at.parts.get("statements")
    if frame is not None:
        layout, captions = at.making.table("statements"), at.speaker.group("captions")
        yield from statement_tables(frame, at.speaker.periods, layout, captions, company=at.making.company)


def _derivatives(at: Desk) -> Iterator[Part]:
    yield from headed(at, "derivatives", derivative_sentences(at.speaker))


def _cash(at: Desk) -> Iterator[Part]:
    passages = [
        *paragraph(cash_flow_sentence(at.speaker)),
        *paragraph(capital_sentences(at.speaker)),
        *paragraph(liquidity_sentences(at.speaker, at.last_day)),
    ]
    if passages:
        yield at.heading("cash_flow")
        yield from passages


def _production(at: Desk) -> Iterator[Part]:
    """Every mine under its heading: its table, then what is to be said of it."""
    owned = at.held()
    for mine in mines(at.speaker):
        share = owned.get(mine)
        words = interest_words(share) if share is not None and shared(share) else ""
        yield at.heading("mine", mine=mine)
        yield production_table(mine, at.speaker, _mine_layout(at.making, mine), interest=words)
        told = (throughput_sentence(mine, at.speaker), metal_sentences(mine, at.speaker, shared=bool(words)))
        yield from paragraph(said for some in told for said in some)
        yield from paragraph(property_sentences(mine, at.speaker, at.parts, share))


def _properties(at: Desk) -> Iterator[Part]:
    """What is owned of properties that are no mines, and where they lie."""
    owned, known = at.held(), set(mines(at.speaker))
    said = [
        passage
        for name in sorted({*owned, *_placed(at)} - known)
        for passage in paragraph(property_sentences(name, at.speaker, at.parts, owned.get(name)))
    ]
    if said:
        yield at.heading("properties")
        yield from said


def _earn_ins(at: Desk) -> Iterator[Part]:
    """Every option that ran in the period, a paragraph for each."""
    found = [joined(said).passage() for said in earn_in_sentences(at.speaker, at.parts)]
    if found:
        yield at.heading("earn_ins")
        yield from found


def _placed(at: Desk) -> list[str]:
    places = at.parts.get("tenure_distances")
    return [] if places is None else places["property"].drop_nulls().to_list()


def _events(at: Desk) -> Iterator[Part]:
    yield from headed(at, "events", event_sentences(at.speaker, at.parts, at.last_day))


def _mine_layout(making: Making, mine: str) -> TableLayout:
    """The layout of a mine: that of all mines, and over it what is said under the name of this one."""
    said = dict(making.said.get("production", {}))
    own = said.pop("mines", {}).get(mine, {})
    return table_layout({**said, **own})


SECTIONS: Mapping[str, Callable[[Desk], Iterator[Part]]] = {
    "results": _results,
    "bridge": _bridges,
    "derivatives": _derivatives,
    "cash_flow": _cash,
    "events": _events,
    "production": _production,
    "properties": _properties,
    "earn_ins": _earn_ins,
    "outlook": outlook,
    "caution": cautions,
}
"""What a page of a quarter may hold, in the order in which it stands when the layout says nothing."""


def quarter_page(parts: Parts, making: Making) -> Printed:
    """A quarterly release from the book: financial summary, what happened, production by mine, outlook."""
    at = desk(parts, making)
    layout = making.page()
    title = layout.title or at.speaker.phrase("captions", "title", company=making.company).text
    sections = layout.parts or tuple(SECTIONS)
    body = [part for name in sections for part in SECTIONS[name](at)]
    if not body:
        period = at.speaker.periods.now.period
        raise PeriodAskedError(f"nothing is known of {period.label}{why_unknown(period, parts)}")
    return making.printed([Passage(title, "title"), *_with_currency(at, body)])


def production_page(parts: Parts, making: Making) -> Printed:
    """Production of each mine: ore, grades, recoveries and metal, beside the same period of the year before."""
    return making.printed(list(_production(desk(parts, making))))


def statements_page(parts: Parts, making: Making) -> Printed:
    """Statements of income, cash flows and financial position in up to four columns."""
    return making.printed(list(_statements(desk(parts, making))))


def measures_page(parts: Parts, making: Making) -> Printed:
    """The financial summary, and how each measure of the company's own follows from the statements."""
    at = desk(parts, making)
    return making.printed([_summary(at), *_bridges(at)])


def sales_page(parts: Parts, making: Making) -> Printed:
    """Shipments of concentrate and what the price did to those that are not settled, in sentences."""
    at = desk(parts, making)
    some = (shipment_sentences, revaluation_sentence)
    return making.printed(_with_currency(at, [part for each in some for part in paragraph(each(at.speaker))]))


def hedges_page(parts: Parts, making: Making) -> Printed:
    """Gains and losses on derivatives, realized and unrealized, in sentences."""
    at = desk(parts, making)
    return making.printed(_with_currency(at, list(paragraph(derivative_sentences(at.speaker)))))


def outlook_page(parts: Parts, making: Making) -> Printed:
    """Guidance with what came so far, what is planned, and the caution on forward-looking information."""
    at = desk(parts, making)
    return making.printed(_with_currency(at, [*outlook(at), *cautions(at)]))


def capital_page(parts: Parts, making: Making) -> Printed:
    """Capital expenditures and what paid for them, in sentences."""
    at = desk(parts, making)
    return making.printed(_with_currency(at, list(paragraph(capital_sentences(at.speaker)))))


_TABLES = {
    "statements": "ledger",
    "measures": "ledger",
    "shares": "share_events",
    "sales": "lots",
    "hedges": "hedges",
    "capital": "capital",
    "later_events": "later_events",
    "production": "mill",
    "interests": "interests",
    "tenure": "distances",
    "earn_ins": "earn_ins",
    "milestones": "milestone_dates",
}
"""The results that a quarter is told from, each with the table that the book has to have for it."""

_OUTLOOK = {"production": "guidance", "interests": "interests", "milestones": "milestone_dates"}

PAGES: Mapping[str, Page[Making]] = {
    "quarter": Page((), quarter_page, _TABLES),
    "production": Page(("production",), production_page, {"interests": "interests", "tenure": "distances"}),
    "statements": Page(("statements",), statements_page),
    "measures": Page(("statements", "measures"), measures_page, {"shares": "share_events"}),
    "sales": Page(("sales",), sales_page),
    "hedges": Page(("hedges",), hedges_page),
    "capital": Page(("capital",), capital_page),
    "outlook": Page((), outlook_page, _OUTLOOK),
}
"""Every page by its name."""
