"""One thing that was completed at two times."""

import re
from collections.abc import Iterator

from orebook.checks.places import source
from orebook.checks.rule import Remark, remark, rule
from orebook.ground.period import Period
from orebook.ground.source import Source
from orebook.reading.language.dates import dates
from orebook.reading.language.sentences import spans
from orebook.reading.layout import Block
from orebook.reading.patterns import Pattern
from orebook.reading.reading import Reading

_THING = Pattern(
    r"\b(?:[\w-]{1,24} )?(?:survey|program(?:me)?|study|estimate|assessment|campaign|offering|placement"
    r"|acquisition|test)\b",
    re.IGNORECASE,
)
_NEAR = 500
_DONE = Pattern(r"\b(?:completed|finished|concluded|closed)\b", re.IGNORECASE)
_AHEAD = Pattern(r"\b(?:will|expected|planned|scheduled|anticipated|to be)\b", re.IGNORECASE)


@rule("D111", on="document", basis="calendar")
def completed_twice(reading: Reading) -> Iterator[Remark]:
    """One survey or programme is said to have been completed at two times.

    What it does:
    Looks in one paragraph for two sentences that say of the same kind of thing that it was completed, with dates that
    share no day.

    Why it matters:
    One of the two is the start, or a phase of it; the reader cannot tell.

    Flagged:

        Lanthe Rare Metals surveys Bracken Lake

        In early May 2019 a gravity survey of 80 stations was completed. After repairs to the meter the survey was
        completed on July 3, 2019.

    Fine:

        Lanthe Rare Metals surveys Bracken Lake

        In early May 2019 a gravity survey of 80 stations was started. After repairs to the meter the survey was
        completed on July 3, 2019.

    Help:
    Say started, or name the phase.
    """
    year = reading.context.get("date", "")[:4]
    for block in reading.layout.prose():
        if "complet" in block.plain or "finished" in block.plain or "closed" in block.plain:
            yield from _of_block(reading, block, int(year) if year.isdigit() else None)


def _of_block(reading: Reading, block: Block, year: int | None) -> Iterator[Remark]:
    said: dict[str, tuple[Period, Source]] = {}
    for start, end in spans(block.plain):
        words = block.plain[start:end]
        thing, done = _THING.search(words), _DONE.search(words)
        if thing is None or done is None or _AHEAD.search(words):
            continue
        when = [one for one in dates(words, year=year) if one.kind != "year" and one.period.days < 60]
        if len(when) != 1:
            continue
        name = thing[0].lower().split()[-1]
        place = source(reading, block, start + when[0].start, start + when[0].end)
        near = name in said and place.start - said[name][1].end < _NEAR
        if near and not said[name][0].overlaps(when[0].period):
            first = said[name]
            text = f"the {name} was completed {place.quote} here and {first[1].quote} before"
            yield remark("warning", text, [place, first[1]])
        said[name] = (when[0].period, place)
