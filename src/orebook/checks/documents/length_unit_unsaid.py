"""Length columns of one table with and without a unit."""

import re
from collections.abc import Iterator

from orebook.checks.places import block_at
from orebook.checks.rule import Remark, remark, rule
from orebook.checks.saying import listed
from orebook.ground.fact import Fact
from orebook.reading.patterns import Pattern
from orebook.reading.reading import Reading

_LENGTHS = ("drilling.from", "drilling.to", "drilling.length", "drilling.true_thickness")
_UNIT = Pattern(r"\(\s?(?:m|ft|metres|meters|feet)\s?\)|\b(?:m|metres|meters|ft|feet)\b", re.IGNORECASE)


@rule("D109", on="facts", basis="a column has a unit", catalogue="MR320")
def length_unit_unsaid(reading: Reading) -> Iterator[Remark]:
    """Some length columns of a table have a unit in their head and others have none.

    What it does:
    Looks at the heads of depths, lengths and true thicknesses of each table of intervals.

    Why it matters:
    One unit for all is likely, and not said.

    Flagged:

        | Hole | From | To | Interval (m) | Cu (%) |
        |---|---|---|---|---|
        | LN-04 | 120.0 | 160.0 | 40.0 | 0.58 |

    Fine:

        | Hole | From (m) | To (m) | Interval (m) | Cu (%) |
        |---|---|---|---|---|
        | LN-04 | 120.0 | 160.0 | 40.0 | 0.58 |

    Help:
    Put the unit into every head, or once over the table.
    """
    tables: dict[int, dict[str, Fact]] = {}
    for fact in reading.facts:
        if fact.measure in _LENGTHS and fact.about.get("place") == "table" and fact.about.get("column"):
            heads = tables.setdefault(block_at(reading, fact.source), {})
            heads.setdefault(fact.about["column"], fact)
    for heads in tables.values():
        bare = {head: fact for head, fact in heads.items() if not _UNIT.search(head)}
        if bare and len(bare) < len(heads):
            text = f"no unit in the head of {listed(dict.fromkeys(bare))}; other lengths of the table have one"
            yield remark("note", text, bare.values())
