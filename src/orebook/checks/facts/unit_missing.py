"""Numbers without their unit."""

import re
from collections.abc import Iterator

from orebook.checks.places import places
from orebook.checks.rule import Remark, remark, rule
from orebook.reading.patterns import Pattern
from orebook.reading.reading import Reading

_NUMBER = r"(?<![\w.,$€£%/-])(?P<number>\d{1,3}(?:,\d{3})+|\d{1,6})(?P<part>\.\d+)?"
_SIDE = r"(?:north|south|east|west)(?:-?(?:north|south|east|west)){0,2}(?:ern|erly|ward|wards)?"
_DISTANCE = Pattern(rf"{_NUMBER} (?:due )?(?P<side>{_SIDE})\s(?:of|from)\b", re.IGNORECASE)
_INTERCEPT = Pattern(rf"{_NUMBER}\s?@\s?(?=\d)")
_NAMED = Pattern(
    r"(?:highway|hwy|route|road|lot|block|section|level|line|zone|hole|phase|claim|area|target|vein|no\.?|number|#|unit"
    r"|concession|range|township|row|figure|table|drillhole)\s$",
    re.IGNORECASE,
)
_PROPER = Pattern(r"(?:[A-Z][\w-]*|[A-Z]+-?)\s$")


@rule("F603", on="document", basis="a quantity has a unit")
def unit_missing(reading: Reading) -> Iterator[Remark]:
    """A distance or a length stands without its unit.

    What it does:
    Looks for numbers right before a direction ("410 north of") and right before an intercept's "@" that have no unit.
    Numbers that belong to a name (Highway 16, Section 450) and years are left alone.

    Why it matters:
    Metres or feet, metres or kilometres: the reader has to guess.

    Flagged:

        Merlin Gold maps new targets

        The second drill pad stands 410 north of the Merlin shaft.

        ----

        Merlin Gold drills the Merlin zone

        Hole MZ-07: 18.3 @ 2.65 g/t Au from 44 m.

    Fine:

        Merlin Gold maps new targets

        The second drill pad stands 410 m north of the Merlin shaft, along Highway 16 east of the river, drilled in 2019
        west of the lake.

    Help:
    Write the unit behind the number.
    """
    for place in places(reading, _DISTANCE, hints=("north", "south", "east", "west")):
        lead = place.block.plain[max(0, place.match.start() - 30) : place.match.start()]
        if not _is_year(place.match) and not _NAMED.search(lead) and not _PROPER.search(lead):
            text = f'"{place.match[0]}" gives a distance without a unit'
            yield remark("warning", text, [place.source])
    for place in places(reading, _INTERCEPT, hints=("@",)):
        text = f'"{place.match[0].strip()}" gives a length without a unit'
        yield remark("warning", text, [place.source])


def _is_year(match: re.Match[str]) -> bool:
    return not match["part"] and len(match["number"]) == 4 and match["number"][:2] in ("18", "19", "20")
