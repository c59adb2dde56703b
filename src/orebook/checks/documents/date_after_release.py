"""Dates of what has happened that lie after the date of the release."""

import re
from collections.abc import Iterator
from datetime import timedelta

from orebook.checks.places import source
from orebook.checks.rule import Remark, remark, rule
from orebook.ground.period import Period
from orebook.reading.dates import dates
from orebook.reading.layout import Block
from orebook.reading.reading import Reading

_PAST = re.compile(
    r"\b(?:announce[ds]?|announcement|dated|released?|reported|completed|commenced|published|filed|issued|effective|received"
    r"|acquired|granted|ended|as (?:of|at))\b[^.;]{0,50}$",
    re.IGNORECASE,
)
_FUTURE = re.compile(
    r"\b(?:will|expect\w*|plan\w*|schedul\w*|anticipat\w*|until|by|before|expir\w*|due|target\w*|forecast\w*"
    r"|guidance|matur\w*|propos\w*|intend\w*|subject to|upcoming|to be|no later than|ending|should|may|could)\b",
    re.IGNORECASE,
)
_SLACK = timedelta(days=2)


@rule("D102", on="document", basis="calendar")
def date_after_release(reading: Reading) -> Iterator[Remark]:
    """Something that has happened is dated after the release itself.

    What it does:
    Looks for whole dates behind words such as "announced", "dated", "completed" that lie after the date of the
    release, in clauses without a word that looks ahead. Two days are allowed: wires work in other time zones.

    Why it matters:
    A year or a month is mistyped, and with it which announcement or period is meant.

    Flagged:

        Perth, 4 June 2021 - Knowe Gold Limited (ASX: KNW) reports drilling.

        The resource was announced on 22 October 2021.

    Fine:

        Perth, 4 June 2021 - Knowe Gold Limited (ASX: KNW) reports drilling.

        The resource was announced on 22 October 2020. Results will be reported by 22 October 2021.

    Help:
    Check year and month against the announcement.
    """
    try:
        day = Period.parse(reading.context.get("date", ""))
    except ValueError:
        return
    for block in reading.layout.prose():
        if any(str(day.end.year + more) in block.plain for more in (0, 1, 2)):
            yield from _of_block(reading, block, day)


def _of_block(reading: Reading, block: Block, day: Period) -> Iterator[Remark]:
    for when in dates(block.plain):
        late = when.period.days == 1 and when.whole and when.period.start > day.end + _SLACK
        if not late or when.period.start.year > day.end.year + 2:
            continue
        clause = block.plain[max(0, when.start - 120) : when.start]
        clause = re.split(r"[.;]\s", clause)[-1]
        if _PAST.search(clause) and not _FUTURE.search(clause):
            text = f"{block.plain[when.start : when.end]} lies after the release, which is dated {day.label}"
            yield remark("warning", text, [source(reading, block, when.start, when.end)])
