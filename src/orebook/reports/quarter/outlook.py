"""The outlook: guidance with what came so far, what is planned, and the caution on both."""

from collections.abc import Iterator

from orebook.reports.printed import Passage
from orebook.reports.quarter.ahead import caution, outlook_sentences
from orebook.reports.quarter.desks import Desk, Part
from orebook.reports.quarter.earn_ins import looks_ahead
from orebook.reports.quarter.guidance import Guided, guided, met
from orebook.reports.quarter.guidance_table import guidance_tables
from orebook.reports.quarter.guidance_words import guidance_sentences, met_sentences
from orebook.reports.quarter.properties import shared
from orebook.reports.quarter.said import Said


def outlook(at: Desk) -> Iterator[Part]:
    """Guidance as a table and in sentences, then what is planned, each sentence by itself, marked as looking forward.

    Guidance for a period that ends with the one that is reported is held against what came of it.
    """
    told = _guided(at)
    over = met(at.parts, at.speaker.figures, at.speaker.periods, at.making.fiscal_year_end)
    past = list(met_sentences(at.speaker, over, _shared(at)))
    ahead = [*guidance_sentences(at.speaker, told, _shared(at)), *outlook_sentences(at.speaker, at.parts)]
    if not ahead and not past:
        return
    yield at.heading("outlook")
    yield from _bullets(past)
    if ahead:
        yield at.speaker.say("outlook", "remark").passage()
    layout, captions = at.making.table("outlook"), at.speaker.group("captions")
    yield from guidance_tables(told, layout, captions, at.speaker.company)
    yield from _bullets(ahead)


def cautions(at: Desk) -> Iterator[Part]:
    """The caution, where something on the page looks forward."""
    told = _guided(at)
    ahead = looks_ahead(at.speaker, at.parts)
    if told or ahead or any(True for _ in outlook_sentences(at.speaker, at.parts)):
        yield at.heading("caution")
        yield from (said.passage() for said in caution(at.speaker, guidance=bool(told)))


def _guided(at: Desk) -> list[Guided]:
    return guided(at.parts, at.speaker.figures, at.speaker.periods, at.making.fiscal_year_end)


def _shared(at: Desk) -> set[str]:
    """The mines of which others hold a part."""
    return {name for name, share in at.held().items() if shared(share)}


def _bullets(sentences: list[Said]) -> Iterator[Passage]:
    yield from (Passage(said.text, "bullet", said.figures) for said in sentences)
