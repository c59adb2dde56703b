"""Sales in sentences: how many shipments of concentrate were sold in the period and in that of the year before."""

from collections.abc import Iterator, Sequence

from orebook.reports.quarter.figures import Amount
from orebook.reports.quarter.prose import Speaker
from orebook.reports.quarter.said import Said, listed
from orebook.reports.quarter.writing import count_words

MEASURE = "sales.shipments"


def shipment_sentences(speaker: Speaker) -> Iterator[Said]:
    """The shipments of each mine in the period, then those of the year before, then why they matter."""
    periods = speaker.periods
    if not speaker.figures.rows.get((MEASURE, periods.now.label)):
        return
    now, before = (_shipped(speaker, span.label) for span in (periods.now, periods.before))
    if now:
        yield speaker.say("shipments", _number(now, "one", "several"), parts=_parts(speaker, now))
    else:
        yield speaker.say("shipments", "none")
    if before:
        yield speaker.say("shipments", _number(before, "before_one", "before"), parts=_parts(speaker, before))
    elif now and speaker.figures.rows.get((MEASURE, periods.before.label)):
        yield speaker.say("shipments", "before_none")
    yield speaker.say("shipments", "timing")


def _number(amounts: Sequence[Amount], one: str, several: str) -> str:
    """Which template fits a list of shipments: that of a single one, or that of several."""
    return one if sum(each.value for each in amounts) == 1 else several


def _shipped(speaker: Speaker, period: str) -> list[Amount]:
    """The shipments of each mine; a mine without one is left out, as is the sum of all."""
    found = speaker.figures.all(MEASURE, period)
    mines = [each for each in found if each.said("subject") not in ("", speaker.company)]
    return [each for each in mines or found if each.value]


def _parts(speaker: Speaker, amounts: Sequence[Amount]) -> Said:
    """The shipments of each mine, in words."""
    return listed(
        speaker.phrase(
            "shipments",
            "company" if each.said("subject") in ("", speaker.company) else "subject",
            count=_shipments(speaker, each),
            subject=each.said("subject"),
        )
        for each in amounts
    )


def _shipments(speaker: Speaker, amount: Amount) -> Said:
    name = "noun_one" if amount.value == 1 else "noun"
    return speaker.phrase("shipments", name, count=Said.amount(count_words(amount.value), amount))
