"""Holes whose results are said to have been reported before, in the table of new results."""

import re
from collections.abc import Iterator

from orebook.checks.intercepts import intercepts
from orebook.checks.places import places
from orebook.checks.rule import Remark, remark, rule
from orebook.checks.saying import listed
from orebook.ground.fact import Record
from orebook.reading.drilling import holes
from orebook.reading.patterns import Pattern
from orebook.reading.reading import Reading

_BEFORE = Pattern(
    r"\b(?:assays?(?:\sresults)?|results)\s(?:for|from|of)\s(?:holes?\s)?(?P<holes>[A-Z][^.;()]{4,120}?)\s"
    r"(?:(?:were|was|have\sbeen|had\sbeen)\s)?(?:previously|already)\s(?:reported|announced|released)\b"
)
_NUMBER = re.compile(r"(?<![\w.-])\d{1,4}(?![\w.-])")
_DIGITS = re.compile(r"\d{1,5}$")
_MOST = 40


@rule("F134", on="document", basis="two statements")
def reported_before_and_again(reading: Reading) -> Iterator[Remark]:
    """A hole whose results are said to have been reported before stands among the new results.

    What it does:
    Reads notes such as "assay results for QX287, 288 and 293 previously reported". Where two or more of these holes
    have no row in the tables of results and one has, the note or the table has the wrong hole. Notes of which all holes
    have rows explain the table, and are fine.

    Why it matters:
    One hole is counted as new that is not, and another hole is nowhere.

    Flagged:

        Syke Copper drills Lapwing Moor

        | Hole | From (m) | To (m) | Interval (m) | Cu (%) |
        |---|---|---|---|---|
        | LM214 | 20.0 | 31.0 | 11.0 | 0.52 |
        | LM215 | 45.0 | 60.0 | 15.0 | 0.71 |
        | LM217 | 12.0 | 19.0 | 7.0 | 0.44 |

        Note: assay results for LM211, 212 and 215 previously reported.

    Fine:

        Syke Copper drills Lapwing Moor

        | Hole | From (m) | To (m) | Interval (m) | Cu (%) |
        |---|---|---|---|---|
        | LM214 | 20.0 | 31.0 | 11.0 | 0.52 |
        | LM215 | 45.0 | 60.0 | 15.0 | 0.71 |
        | LM217 | 12.0 | 19.0 | 7.0 | 0.44 |

        Note: assay results for LM211, 212 and 216 previously reported.

    Help:
    Compare the note with the table, hole by hole.
    """
    rows: dict[str, Record] = {}
    for one in intercepts(reading):
        if one.record.about.get("place") == "table" and one.record.about.get("context") == "announced":
            rows.setdefault(one.hole, one.record)
    for place in places(reading, _BEFORE, hints=("previously", "already"), tail=True) if rows else ():
        named = _named(place.match["holes"])
        again = [name for name in named if name in rows]
        if again and len(named) - len(again) > max(1, len(again)):
            text = f"{listed(again)} is said to have been reported before, and has rows among the new results"
            yield remark("warning", text, [place.source, *(rows[name].source for name in again)])


def _named(words: str) -> list[str]:
    """The holes of a list; bare numbers have the letters of the hole before them."""
    names = [(end, name) for _, end, name in holes.find(words)]
    digits = _DIGITS.search(names[0][1]) if names else None
    if digits is None:
        return []
    end, first = names[0]
    bare = [number[0] for number in _NUMBER.finditer(words, end) if len(number[0]) == len(digits[0])]
    said = [*(name for _, name in names), *(f"{first[: digits.start()]}{number}" for number in bare)]
    return list(dict.fromkeys(said))[:_MOST]
