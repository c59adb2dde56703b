"""Holes that the text calls vertical, against their dips in the table."""

from collections.abc import Iterator

from orebook.checks.places import places, source
from orebook.checks.rule import Remark, remark, rule
from orebook.checks.saying import figure
from orebook.ground.fact import Fact
from orebook.ground.figure import Figure
from orebook.reading.patterns import Pattern
from orebook.reading.reading import Reading

_VERTICAL = Pattern(r"\bvertical\s(?:[A-Za-z]{2,12}\s){0,2}holes?,?\s\(?(?P<hole>[A-Z0-9]{1,8}[A-Z0-9-]{0,12}\d)\b")


@rule("F126", on="records", basis="geometry of a hole", catalogue="EX202")
def vertical_hole_inclined(reading: Reading) -> Iterator[Remark]:
    """A hole is called vertical, and the table of collars gives it another dip than 90 degrees.

    What it does:
    Looks for holes that a sentence calls vertical by name, and compares with their dips.

    Why it matters:
    The dip says where the intercept is. A section drawn with the wrong one misses the zone.

    Flagged:

        Ingle Gold completes drilling at Rook Fell

        The programme included one vertical hole (RF-02) to test the intrusion.

        | Hole ID | Easting | Northing | RL | Azimuth | Dip | Depth (m) |
        |---|---|---|---|---|---|---|
        | RF-01 | 412340 | 6171220 | 310 | 90 | -60 | 181.0 |
        | RF-02 | 412380 | 6171260 | 312 | 90 | -60 | 202.5 |

    Fine:

        Ingle Gold completes drilling at Rook Fell

        The programme included one vertical hole (RF-02) to test the intrusion.

        | Hole ID | Easting | Northing | RL | Azimuth | Dip | Depth (m) |
        |---|---|---|---|---|---|---|
        | RF-01 | 412340 | 6171220 | 310 | 90 | -60 | 181.0 |
        | RF-02 | 412380 | 6171260 | 312 | 0 | -90 | 202.5 |

    Help:
    Compare with the survey of the hole.
    """
    dips: dict[str, Fact] = {}
    for record in reading.of("drill_collar"):
        dip = record.get("collars.dip")
        if dip is not None and isinstance(dip.figure, Figure):
            dips.setdefault(record.about.get("hole", ""), dip)
    for place in places(reading, _VERTICAL, hints=("vertical",)) if dips else ():
        dip = dips.get(place.match["hole"])
        if dip is not None and abs(dip.number.value) < 85:
            text = f"{place.match['hole']} is called vertical here; its dip in the table is {figure(dip.number)}"
            yield remark("error", text, [source(reading, place.block, *place.match.span()), dip])
