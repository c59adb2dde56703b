"""Totals of statements against their rows."""

from collections.abc import Iterator

from orebook.checks.digits import alike, fits
from orebook.checks.estimates import Sum, sums
from orebook.checks.rule import Remark, remark, rule
from orebook.checks.saying import added, between, figure
from orebook.disciplines.resource.statement import total_tonnes
from orebook.ground.fact import Fact
from orebook.reading.reading import Reading


@rule("F202", on="records", basis="arithmetic", catalogue="MR313")
def estimate_total_mismatch(reading: Reading) -> Iterator[Remark]:
    """The total of a resource or reserve statement is not the sum of its rows.

    What it does:
    Adds tonnes and metal of measured and indicated, of proven and probable, and of the deposits above a total row. A
    total that is made before rounding may miss its rows by half a digit for each of them; more is a disagreement.

    Why it matters:
    The total is what is quoted. If it does not come from its rows, a row was changed and the total was not.

    Flagged:

        Hazel Gold updates the Birk Crag resource

        | Category | Tonnes (Mt) | Grade (g/t Au) | Contained Gold (koz) |
        |---|---|---|---|
        | Measured | 4.2 | 1.61 | 217 |
        | Indicated | 10.3 | 1.50 | 497 |
        | Measured and Indicated | 15.4 | 1.53 | 714 |

    Fine:

        Hazel Gold updates the Birk Crag resource

        | Category | Tonnes (Mt) | Grade (g/t Au) | Contained Gold (koz) |
        |---|---|---|---|
        | Measured | 4.2 | 1.61 | 217 |
        | Indicated | 10.3 | 1.50 | 497 |
        | Measured and Indicated | 14.6 | 1.53 | 714 |

    Help:
    Add unrounded rows and round the total once; "totals may not add due to rounding" covers the last digit only.
    """
    for one in sums(reading):
        yield from _compared(one, one.total.tonnes, [part.tonnes for part in one.parts], "")
        for analyte, metal in one.total.metals.items():
            yield from _compared(one, metal, [part.metals.get(analyte) for part in one.parts], analyte)


def _compared(one: Sum, total: Fact | None, parts: list[Fact | None], what: str) -> Iterator[Remark]:
    there = [part for part in parts if part is not None and total is not None and alike(part.number, total.number)]
    if total is None or len(there) < len(parts):
        return
    said = total.number
    if not fits(lambda read: total_tonnes([read(part.number) for part in there]), said):
        implied = total_tonnes([part.number.range() for part in there]).to(said.unit or "1")
        text = (
            f"{one.total.said()}: {added(there)} make {between(implied, step=said.step)}"
            f"{f' {what}' if what else ''}; {figure(said)} stands here"
        )
        yield remark("error", text, [total, *there], implied)
