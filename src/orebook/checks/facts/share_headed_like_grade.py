"""Shares in columns whose head reads like a grade."""

from collections.abc import Iterator

from orebook.checks.places import block_at
from orebook.checks.rule import Remark, remark, rule
from orebook.ground.fact import Fact
from orebook.reading.reading import Reading

_SHARE_WORDS = ("share", " of ", "/", "ratio", "proportion", "distribution", "portion", "percent of")


@rule("F120", on="facts", basis="a head says what a column holds", catalogue="MR320")
def share_headed_like_grade(reading: Reading) -> Iterator[Remark]:
    """A share of a group has a head that reads like a grade.

    What it does:
    Looks for columns that hold a share of a group of analytes while their head names an analyte and a percent sign
    only.

    Why it matters:
    Beside columns in percent of the rock, 24 % reads as a grade of 24 %.

    Flagged:

        Lanthe Rare Metals drills Bracken Lake

        | Hole | From (m) | To (m) | Interval (m) | TREO (%) | Magnet REO (%) |
        |---|---|---|---|---|---|
        | BL-05 | 12.0 | 30.0 | 18.0 | 0.400 | 25.0 |

    Fine:

        Lanthe Rare Metals drills Bracken Lake

        | Hole | From (m) | To (m) | Interval (m) | TREO (%) | Magnet REO share of TREO (%) |
        |---|---|---|---|---|---|
        | BL-05 | 12.0 | 30.0 | 18.0 | 0.400 | 25.0 |

    Help:
    Write the base into the head: "Magnet REO, % of TREO".
    """
    seen: dict[tuple[int, str], Fact] = {}
    for fact in reading.facts:
        if fact.measure == "drilling.share" and fact.about.get("place") == "table":
            seen.setdefault((block_at(reading, fact.source), fact.about.get("column", "")), fact)
    for (_, head), fact in seen.items():
        if "%" in head and not any(word in head.lower() for word in _SHARE_WORDS):
            text = f'the column "{head}" holds shares of a group; its head reads like a grade in percent of the rock'
            yield remark("note", text, [fact])
