"""Dates of what has happened that lie after the date of the release."""

import re
from collections.abc import Iterator
from datetime import timedelta

from orebook.checks.places import Place, places, source
from orebook.checks.rule import Remark, remark, rule
from orebook.ground.period import Period
from orebook.reading.language.dates import dates
from orebook.reading.patterns import Pattern
from orebook.reading.reading import Reading

_DONE = Pattern(
    r"\b(?:announce[ds]?|announcement|dated|released?|reported|completed|commenced|published|filed|issued|effective|received"
    r"|acquired|granted|ended|as (?:of|at))\b",
    re.IGNORECASE,
)
_FUTURE = Pattern(
    r"\b(?:will|expect\w*|plan\w*|schedul\w*|anticipat\w*|until|by|before|expir\w*|due|target\w*|forecast\w*"
    r"|guidance|matur\w*|propos\w*|intend\w*|subject to|upcoming|to be|no later than|ending|should|may|could)\b",
    re.IGNORECASE,
)
_SLACK = timedelta(days=2)
_LEAD = 160


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
    years = re.compile(rf"\b(?:{'|'.join(str(day.end.year + more) for more in (0, 1, 2))})\b")
    for place in places(reading, years, hints=tuple(str(day.end.year + more) for more in (0, 1, 2))):
        yield from _late(reading, place, day)


def _late(reading: Reading, place: Place, day: Period) -> Iterator[Remark]:
    """Yield the remark, if the date that ends with this year is past by its words and to come by the day."""
    plain = place.block.plain
    begin = max(0, place.match.start() - _LEAD)
    lead = re.split(r"[.;]\s", plain[begin : place.match.start()])[-1]
    if not _DONE.search(lead) or _FUTURE.search(lead):
        return
    for when in dates(plain[begin : place.match.end()]):
        start, end = begin + when.start, begin + when.end
        late = when.period.days == 1 and when.whole and when.period.start > day.end + _SLACK
        if late and end == place.match.end() and _DONE.search(plain[max(0, start - 60) : start]):
            text = f"{plain[start:end]} lies after the release, which is dated {day.label}"
            yield remark("warning", text, [source(reading, place.block, start, end)])
