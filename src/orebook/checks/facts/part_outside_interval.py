"""Parts that do not lie in the interval that is said to include them."""

from collections.abc import Iterator

from orebook.checks.digits import nearest
from orebook.checks.intercepts import Intercept, families, mouthful, strays
from orebook.checks.rule import Remark, remark, rule
from orebook.ground.fact import Fact
from orebook.reading.reading import Reading


@rule("F102", on="records", basis="geometry of a hole", catalogue="EX221")
def part_outside_interval(reading: Reading) -> Iterator[Remark]:
    """An included interval is longer than the interval that includes it, or lies outside it.

    What it does:
    Compares the depths of each included interval with those of its parent, and its length with the parent's. An end
    that is not printed is taken from beginning and length.

    Why it matters:
    A part that is not inside its whole shows that a depth was mistyped or that rows of two holes were mixed; both
    change what the drilling found.

    Flagged:

        Tarn Copper reports drilling at Long Beck

        | Hole | From (m) | To (m) | Interval (m) | Cu (%) |
        |---|---|---|---|---|
        | LB-21 | 40.0 | 75.0 | 35.0 | 0.62 |
        | including | 62.0 | 79.0 | 17.0 | 0.95 |

    Fine:

        Tarn Copper reports drilling at Long Beck

        | Hole | From (m) | To (m) | Interval (m) | Cu (%) |
        |---|---|---|---|---|
        | LB-21 | 40.0 | 75.0 | 35.0 | 0.62 |
        | including | 62.0 | 75.0 | 13.0 | 0.95 |

    Help:
    Check hole, depths and order of the rows; where two composites with other cut-offs overlap, say so instead of
    "including".
    """
    tied = [(parent, part) for parent, parts in families(reading) for part in parts]
    for parent, part in (*tied, *strays(reading)):
        yield from _outside(parent, part)


def _outside(parent: Intercept, part: Intercept) -> Iterator[Remark]:
    whole, inside = parent.bounds(nearest), part.bounds(nearest)
    places: list[Fact] = [fact for fact in (part.start, part.end, part.length, parent.start, parent.end) if fact]
    if whole is not None and inside is not None and (inside[0].high < whole[0].low or inside[1].low > whole[1].high):
        apart = inside[1].high <= whole[0].low or inside[0].low >= whole[1].high
        grade = "warning" if apart and part.record.about.get("place") == "table" else "error"
        text = f"{mouthful(part)} does not lie within {parent.said()}, which is said to include it"
        yield remark(grade, text, places)
    elif parent.length is not None and part.length is not None:
        long, short = part.depth(part.length).range(), parent.depth(parent.length).range()
        if long.low > short.to(long.unit).high:
            text = f"{mouthful(part)} is longer than {parent.said()}, which is said to include it"
            yield remark("error", text, [part.length, parent.length], short)
