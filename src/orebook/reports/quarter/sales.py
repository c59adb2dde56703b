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
    if not now:
        yield speaker.say("shipments", "none")
    elif len(now) == 1 and now[0].value == 1:
        shipment = _shipments(speaker, now[0])
        yield speaker.say("shipments", "one", shipments=shipment, subject=now[0].said("subject"))
    else:
        total = sum(each.value for each in now)
        words = speaker.phrase("shipments", "noun" if total != 1 else "noun_one", count=count_words(total))
        yield speaker.say("shipments", "several", shipments=words, parts=_parts(speaker, now))
    if speaker.figures.rows.get((MEASURE, periods.before.label)):
        if before:
            yield speaker.say("shipments", "before", parts=_parts(speaker, before))
        else:
            yield speaker.say("shipments", "before_none")
    yield speaker.say("shipments", "timing")


def _shipped(speaker: Speaker, period: str) -> list[Amount]:
    """The shipments of each mine; a mine without one is left out, as is the sum of all."""
    found = speaker.figures.all(MEASURE, period)
    mines = [each for each in found if each.said("subject") not in ("", speaker.company)]
    return [each for each in mines or found if each.value]


def _parts(speaker: Speaker, amounts: Sequence[Amount]) -> Said:
    return listed(
        speaker.phrase("shipments", "subject", count=_shipments(speaker, each), subject=each.said("subject"))
        for each in amounts
    )


def _shipments(speaker: Speaker, amount: Amount) -> Said:
    name = "noun_one" if amount.value == 1 else "noun"
    return speaker.phrase("shipments", name, count=Said.amount(count_words(amount.value), amount))
