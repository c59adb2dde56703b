"""Hole names in two spellings."""

from collections import defaultdict
from collections.abc import Iterator

from orebook.checks.rule import Remark, remark, rule
from orebook.checks.saying import listed
from orebook.ground.fact import Record
from orebook.reading.patterns import Pattern
from orebook.reading.reading import Reading

_PIECES = Pattern(r"[A-Z]+|\d+")

_SHOWN = 6


@rule("F117", on="records", basis="one hole has one name", catalogue="LX1502")
def hole_spelled_twice(reading: Reading) -> Iterator[Remark]:
    """The name of one hole is spelled in two ways.

    What it does:
    Compares names without their blanks, hyphens and leading zeros: ``CT-007`` and ``CT07`` are one hole. Several such
    holes are one note.

    Why it matters:
    Whoever joins results to collars by name loses the hole that is spelled otherwise.

    Flagged:

        Knowe Gold drills Curlew Top

        Hole CT07 returned 12.0 m grading 1.90 g/t Au from 30.0 m.

        | Hole | From (m) | To (m) | Interval (m) | Au (g/t) |
        |---|---|---|---|---|
        | CT-007 | 30.0 | 42.0 | 12.0 | 1.90 |

    Fine:

        Knowe Gold drills Curlew Top

        Hole CT-007 returned 12.0 m grading 1.90 g/t Au from 30.0 m.

        | Hole | From (m) | To (m) | Interval (m) | Au (g/t) |
        |---|---|---|---|---|
        | CT-007 | 30.0 | 42.0 | 12.0 | 1.90 |

    Help:
    Use the name of the table of collars everywhere.
    """
    spelled: dict[str, dict[str, Record]] = defaultdict(dict)
    for record in reading.of("drill_intercept", "drill_collar", "drill_no_significant"):
        if hole := record.about.get("hole_as_printed", record.about.get("hole", "")):
            spelled[_bare(hole)].setdefault(hole, record)
    twice = [ways for ways in spelled.values() if len(ways) > 1]
    if twice:
        more = f"; so have {len(twice) - 1} others" if len(twice) > 1 else ""
        text = f"one hole, {len(twice[0])} spellings: {listed(twice[0])}{more}"
        yield remark("note", text, [record for ways in twice[:_SHOWN] for record in ways.values()])


def _bare(hole: str) -> str:
    """The letters and numbers of a name, without what people change."""
    return "/".join(piece.lstrip("0") or "0" for piece in _PIECES.findall(hole.upper()))
