"""Quarter: what a release on the results of a period is told: figures, sentences and tables of the book."""

from collections.abc import Collection, Iterator
from typing import Any

from orebook.book.making import Done
from orebook.book.problems import BookError
from orebook.desk.drafting.asked import Asked
from orebook.desk.drafting.company import company_words
from orebook.desk.printing import pages, parts_of, quarter_making, wanted
from orebook.reports.drawings.charts import printed_drawing
from orebook.reports.drawings.svg import Drawing
from orebook.reports.layouts import LayoutError
from orebook.reports.printed import Printed
from orebook.reports.quarter.charts import CHARTS
from orebook.reports.quarter.desks import Desk, desk
from orebook.reports.quarter.labels import label
from orebook.reports.quarter.pages import SECTIONS
from orebook.reports.quarter.tables import is_money
from orebook.reports.quarter.writing import currency_words
from orebook.reports.release.composing import Source
from orebook.reports.said import Said

OWN = ("caution",)
"""Sections that a release says in its own templates."""

_TOLD_FIRST = ("revenues", "net_income", "operating_cash_flow", "adjusted_net_income", "cash_flow")
"""Measures of the company that come first, those of the statements before the company's own."""


def needs(asked: Asked, there: Collection[str]) -> list[str]:
    """The results of which the draft is told, by the tables of the book."""
    found = list(wanted("quarter", there))
    if not found:
        asked.notes.append("the book has no mill sheets, accounts or anything else of a quarter")
    return found


def source(asked: Asked, done: Done) -> Source:
    """What a release on a quarter is told of a book, from what was made of it."""
    parts = parts_of(done.made, done)
    at = desk(parts, quarter_making(done, asked.period))
    guidance = parts.get("production_guidance")
    words: dict[str, Any] = {
        **company_words(asked.book, done.settings, asked.day),
        "period": at.speaker.periods.now.words,
        "period_before": at.speaker.periods.before.words,
        "last_day": at.last_day,
        "currency": _currency(at),
        "highlights": list(_highlights(at)),
        "guidance": guidance is not None and bool(guidance.height),
        "sections": [name for name in SECTIONS if name not in OWN],
    }
    label_ = at.speaker.periods.now.label
    return Source(
        asked.doc,
        "quarter",
        parts,
        lambda name: _page(name, at, done, label_),
        lambda name, of: _chart(name, of, at, done),
        words,
        label_,
    )


def _page(name: str, at: Desk, done: Done, period: str) -> Printed:
    """A section of a quarter, or a page by its name."""
    if name in SECTIONS:
        return at.making.printed(list(SECTIONS[name](at)))
    try:
        found = pages(name, done, period)[0]
    except (KeyError, BookError, IndexError, StopIteration) as problem:
        raise LayoutError(f"nothing of the name {name!r} can be printed here: {problem}") from None
    if not isinstance(found, Printed):
        raise LayoutError(f"{name} is a table of the book, not a page")
    return found


def _chart(name: str, of: str, at: Desk, done: Done) -> Drawing | None:
    """A chart by its name: production, recovery, bridge, hedges, guidance, earn_ins; nothing where there is none."""
    if name not in CHARTS or of:
        raise LayoutError(f"no drawing is called {f'{name} of {of}' if of else name!r}; there are {', '.join(CHARTS)}")
    chart = CHARTS[name](at.parts, at.speaker.periods.now.period, done.settings.issuer)
    return None if chart is None else printed_drawing(chart)


def _currency(at: Desk) -> str:
    """In which currency amounts are told; nothing where there is none."""
    found = next((amount.unit for amount in at.speaker.figures if is_money(amount.unit)), "")
    return currency_words(found) if found else ""


def _highlights(at: Desk) -> Iterator[Said]:
    """Yield what a reader wants to know first, each with the same of the year before."""
    speaker = at.speaker
    for name in _TOLD_FIRST:
        now, before = speaker.pair(f"finance.{name}")
        if now is None:
            continue
        slots: dict[str, str | Said] = {"label": _label(name, now.value), "now": speaker.size(now)}
        slots["own"] = speaker.phrase("highlights", "own") if label(f"finance.{name}").defined else ""
        state = "alone"
        if before is not None:
            words = _label(name, before.value)
            state = "both" if words == slots["label"] else "turned"
            slots |= {"before": speaker.size(before), "label_before": words[:1].lower() + words[1:]}
        yield speaker.say("highlights", state, **slots)


def _label(name: str, value: float) -> str:
    """What an amount is called on its side of nothing."""
    found = label(f"finance.{name}")
    return found.loss if value < 0 and found.loss else found.words
