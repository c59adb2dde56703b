"""Numbers of holes against their running numbers."""

import re
from collections import defaultdict
from collections.abc import Iterator

from orebook.checks.places import places, source
from orebook.checks.rule import Remark, remark, rule
from orebook.checks.saying import figure
from orebook.ground.fact import Record
from orebook.ground.figure import Figure
from orebook.reading.language.quantities import quantities
from orebook.reading.patterns import Pattern
from orebook.reading.reading import Reading

_RUNNING = Pattern(r"([A-Z]{1,8})[- ]?(?:\d{2}[- ])?(\d{2,4})", re.IGNORECASE)

_COUNT = r"\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_SPAN = Pattern(
    rf"\b(?P<count>{_COUNT})[ -](?:[A-Za-z]{{2,12}} ){{0,2}}[Hh]oles?\b(?! \()[^.;()]{{0,40}}"
    r"\((?P<series>[A-Z]{2,8}-?(?:\d\d-)?)(?P<first>\d{2,4})\s?(?:-|–|to)\s?(?:(?P=series))?(?P<last>\d{2,4})\)"
)
_LONGEST = 200
_ACCOUNTED = Pattern(
    r"\b(?:numbers?|holes?)\b[^.;]{0,80}?\b(?:(?:was|were) (?:not (?:used|drilled)|abandoned|lost|skipped)|not used)\b"
    r"|\b[Nn]o (?:drill ?)?hole (?:has|bears|carries) the numbers?\b"
)
"""What accounts for a number without a hole."""


@rule("F118", on="records", basis="count", catalogue="EX213")
def hole_numbers_exceed_count(reading: Reading) -> Iterator[Remark]:
    """The running numbers of the holes span a little more than the number of holes that is given.

    What it does:
    Takes the lowest and the highest running number among the holes of one series with results or collars, and
    compares the span with the number of holes in the text, where the two are nearly the same. Where a sentence gives
    a number of holes and their first and last number ("the eight-hole program (KH041-049)"), the two must agree: a
    warning. A text that says which number was not used has accounted for it.

    Why it matters:
    A number that was never drilled, an abandoned hole, or a hole that is not counted: a reader who keeps the list
    asks which.

    Flagged:

        Syke Copper drills Lapwing Moor

        The programme of 10 drill holes is complete.

        | Hole | From (m) | To (m) | Interval (m) | Cu (%) |
        |---|---|---|---|---|
        | LM-21-001 | 20.0 | 31.0 | 11.0 | 0.52 |
        | LM-21-011 | 45.0 | 60.0 | 15.0 | 0.71 |
        ----
        Syke Copper drills Lapwing Moor

        The eight-hole RC program (KH041-049) was completed in May.

    Fine:

        Syke Copper drills Lapwing Moor

        The programme of 11 drill holes is complete.

        | Hole | From (m) | To (m) | Interval (m) | Cu (%) |
        |---|---|---|---|---|
        | LM-21-001 | 20.0 | 31.0 | 11.0 | 0.52 |
        | LM-21-011 | 45.0 | 60.0 | 15.0 | 0.71 |
        ----
        Syke Copper drills Lapwing Moor

        The programme of 10 drill holes is complete. No hole has the number LM-21-007.

        | Hole | From (m) | To (m) | Interval (m) | Cu (%) |
        |---|---|---|---|---|
        | LM-21-001 | 20.0 | 31.0 | 11.0 | 0.52 |
        | LM-21-011 | 45.0 | 60.0 | 15.0 | 0.71 |

    Help:
    Say which numbers were abandoned or not used.
    """
    yield from _in_a_sentence(reading)
    if next(places(reading, _ACCOUNTED, hints=("number", "hole")), None) is not None:
        return
    yield from _in_a_programme(reading, _series(reading))


def _in_a_programme(reading: Reading, series: dict[str, dict[int, Record]]) -> Iterator[Remark]:
    """Numbers of holes of a programme against the running numbers of the holes with results."""
    for record in reading.of("drill_program"):
        count = record.get("programmes.holes")
        if count is None or not isinstance(count.figure, Figure) or count.figure.sign or count.figure.value < 5:
            continue
        if record.about.get("context", "announced") != "announced":
            continue
        for numbered in series.values():
            low, high = min(numbered), max(numbered)
            span = high - low + 1
            holes = int(count.figure.value)
            if len(numbered) > 1 and holes < span <= holes + max(1, holes // 20):
                text = (
                    f"{numbered[low].about['hole']} to {numbered[high].about['hole']} span {span} numbers,"
                    f" {figure(count.figure)} stand here: at least {span - holes} is not accounted for"
                )
                yield remark("note", text, [count, numbered[low], numbered[high]])


def _in_a_sentence(reading: Reading) -> Iterator[Remark]:
    """Numbers of holes with their first and last name in parentheses."""
    for place in places(reading, _SPAN, hints=("hole",)):
        said = quantities(f"{place.match['count']} holes")
        span = int(place.match["last"]) - int(place.match["first"]) + 1
        if len(said) == 1 and 1 < span < _LONGEST and said[0].figure.value != span and not said[0].figure.sign:
            names = f"{place.match['series']}{place.match['first']} to {place.match['last']}"
            text = f"{names} are {span} numbers; {figure(said[0].figure)} stand here"
            yield remark("warning", text, [source(reading, place.block, *place.match.span())])


def _series(reading: Reading) -> dict[str, dict[int, Record]]:
    """Holes with results or with a collar by the letters of their name and their running number."""
    series: dict[str, dict[int, Record]] = defaultdict(dict)
    for record in (*reading.of("drill_intercept"), *reading.of("drill_collar")):
        if found := _RUNNING.fullmatch(record.about.get("hole", "")):
            series[found[1].upper()].setdefault(int(found[2]), record)
    return series
