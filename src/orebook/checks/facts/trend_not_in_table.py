"""Trends that the text states against the rows of the table."""

import re
from collections.abc import Iterator

from orebook.checks.intercepts import Intercept, by_hole, intercepts
from orebook.checks.places import Place, places
from orebook.checks.rule import Remark, remark, rule
from orebook.checks.saying import listed
from orebook.ground.fact import Fact
from orebook.maths.ranks import rank_correlation
from orebook.reading.language import analytes
from orebook.reading.patterns import Pattern
from orebook.reading.reading import Reading

_TREND = Pattern(
    r"\b(?:increas(?:e|es|ed|ing)|ris(?:e|es|ing)|improv(?:e|es|ing))\b[^.;]{0,80}?"
    r"\b(?:at|with|to) (?:increasing )?depth\b",
    re.IGNORECASE,
)
_LEAST = 3


@rule("F119", on="document", basis="rank correlation")
def trend_not_in_table(reading: Reading) -> Iterator[Remark]:
    """Grades are said to rise with depth, and the table does not show it.

    What it does:
    Where the text says that the grades of an analyte increase with depth, compares the ranks of the grades with the
    ranks of the depths in each hole with three or more intervals. Other holes may show the trend, so this is a note.

    Why it matters:
    A reader looks for the trend in the table beside the sentence.

    Flagged:

        Lanthe Rare Metals drills Bracken Lake

        On this section scandium grades improve with depth.

        | Hole | From (m) | To (m) | Interval (m) | Sc (ppm) |
        |---|---|---|---|---|
        | BL-09 | 20.0 | 31.0 | 11.0 | 190 |
        | BL-09 | 45.0 | 60.0 | 15.0 | 170 |
        | BL-09 | 88.0 | 95.0 | 7.0 | 150 |

    Fine:

        Lanthe Rare Metals drills Bracken Lake

        On this section scandium grades improve with depth.

        | Hole | From (m) | To (m) | Interval (m) | Sc (ppm) |
        |---|---|---|---|---|
        | BL-09 | 20.0 | 31.0 | 11.0 | 150 |
        | BL-09 | 45.0 | 60.0 | 15.0 | 170 |
        | BL-09 | 88.0 | 95.0 | 7.0 | 190 |

    Help:
    Name the holes that show the trend.
    """
    holes = by_hole(one for one in intercepts(reading) if one.record.parent is None)
    for place in places(reading, _TREND, hints=("depth",)):
        said = [symbol for _, _, symbol in analytes.find(place.around)]
        for analyte in dict.fromkeys(said):
            rows = [_row(hole, analyte) for hole in holes.values()]
            long = [row for row in rows if len(row) >= _LEAST]
            if long and all(_falls(row) for row in long):
                yield _remark(place, analyte, long)


def _row(hole: list[Intercept], analyte: str) -> list[tuple[Fact, Fact]]:
    """Depth and grade of the intervals of one hole in the table."""
    found: dict[str, tuple[Fact, Fact]] = {}
    for one in hole:
        if one.start is not None and analyte in one.grades and one.record.about.get("place") == "table":
            found.setdefault(one.start.figure.digits, (one.start, one.grades[analyte]))
    return list(found.values())


def _falls(row: list[tuple[Fact, Fact]]) -> bool:
    depths = [float(depth.number.value) for depth, _ in row]
    return rank_correlation(depths, [float(grade.number.value) for _, grade in row]) <= 0


def _remark(place: Place, analyte: str, rows: list[list[tuple[Fact, Fact]]]) -> Remark:
    grades = [grade for _, grade in sorted(rows[0], key=lambda pair: pair[0].number.value)]
    figures = listed(grade.figure.digits for grade in grades)
    hole = grades[0].about.get("hole", "the table")
    text = f"{analyte} by depth in {hole} is {figures}: the table does not show the rise that stands here"
    return remark("note", text, [place.source, *grades])
