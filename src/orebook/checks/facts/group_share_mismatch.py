"""Shares of a group of analytes."""

from collections.abc import Iterator

from orebook.checks.digits import MEASURED, alike, fits
from orebook.checks.intercepts import Intercept, intercepts, mouthful, plain
from orebook.checks.rule import Remark, remark, rule
from orebook.checks.saying import between, fact
from orebook.disciplines.assaying.groups import part_of_group
from orebook.ground.fact import Fact
from orebook.reading.reading import Reading


@rule("F109", on="records", basis="arithmetic", catalogue="EQ705")
def group_share_mismatch(reading: Reading) -> Iterator[Remark]:
    """The share of a group does not fit the grades of the part and of the whole.

    What it does:
    Where an interval prints the grade of a group such as TREO, a part of it such as MREO, and the share of that part,
    multiplies group by share and compares with the part.

    Why it matters:
    The share carries the value of a rare earth deposit; one of the three columns is mistyped or has another base.

    Flagged:

        Lanthe Rare Metals drills Bracken Lake

        | Hole | From (m) | To (m) | Interval (m) | TREO (%) | MREO (%) | Magnet REO (% of TREO) |
        |---|---|---|---|---|---|---|
        | BL-05 | 12.0 | 30.0 | 18.0 | 0.400 | 0.140 | 25.0 |

    Fine:

        Lanthe Rare Metals drills Bracken Lake

        | Hole | From (m) | To (m) | Interval (m) | TREO (%) | MREO (%) | Magnet REO (% of TREO) |
        |---|---|---|---|---|---|---|
        | BL-05 | 12.0 | 30.0 | 18.0 | 0.400 | 0.100 | 25.0 |

    Help:
    Name the base of the share in the header and compute it from the printed analytes.
    """
    for one in intercepts(reading):
        group = [name for name in one.grades if name.startswith("TREO")]
        for share in one.record.all("drilling.share"):
            part = one.grades.get(share.about.get("analyte", ""))
            if part is not None and len(group) == 1 and plain(share):
                whole = one.grades[group[0]]
                if part is not whole and alike(part.number, whole.number) and share.number.unit == "%":
                    yield from _compared(one, whole, part, share)


def _compared(one: Intercept, whole: Fact, part: Fact, share: Fact) -> Iterator[Remark]:
    if not fits(lambda read: part_of_group(read(whole.number), read(share.number)), part.number, MEASURED):
        implied = part_of_group(whole.number.range(), share.number.range()).to(part.number.unit or "1")
        text = (
            f"{mouthful(one)}: {fact(share)} of {fact(whole)} is {between(implied, step=part.number.step)};"
            f" {fact(part)} stands here"
        )
        yield remark("error", text, [part, whole, share], implied)
