"""True thickness against the length along the hole."""

from collections.abc import Iterator

from orebook.checks.intercepts import intercepts, mouthful
from orebook.checks.rule import Remark, remark, rule
from orebook.checks.saying import figure
from orebook.ground.range import Range
from orebook.reading.reading import Reading


@rule("F112", on="records", basis="geometry", catalogue="EX224")
def thickness_exceeds_length(reading: Reading) -> Iterator[Remark]:
    """A true thickness is greater than the length along the hole.

    What it does:
    Compares the two lengths of each interval. Thickness square to a zone is the shortest way through it, so no hole
    can be shorter than that.

    Why it matters:
    The two columns are exchanged, or one of them is mistyped.

    Flagged:

        Penny Silver drills the Alder vein

        | Hole | From (m) | To (m) | Interval (m) | True Width (m) | Ag (g/t) |
        |---|---|---|---|---|---|
        | AV-31 | 140.0 | 144.0 | 4.0 | 5.1 | 312 |

    Fine:

        Penny Silver drills the Alder vein

        | Hole | From (m) | To (m) | Interval (m) | True Width (m) | Ag (g/t) |
        |---|---|---|---|---|---|
        | AV-31 | 140.0 | 144.0 | 4.0 | 3.1 | 312 |

    Help:
    Check which of the two is measured along the core.
    """
    for one in intercepts(reading):
        if one.thickness is None or one.length is None:
            continue
        along, square = one.depth(one.length).range(), one.depth(one.thickness)
        if square.range().to(along.unit).low > along.high:
            text = f"{mouthful(one)}: a true thickness of {figure(square)} is more than {figure(one.depth(one.length))}"
            most = Range(0, along.high, along.unit)
            yield remark("error", f"{text} along the hole", [one.thickness, one.length], most)
