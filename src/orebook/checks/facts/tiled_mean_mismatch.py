"""Intervals whose parts cover them from end to end."""

from collections.abc import Iterator

from orebook.checks.digits import MEASURED, Digits, alike, fits
from orebook.checks.intercepts import Intercept, families, mouthful
from orebook.checks.rule import Remark, remark, rule
from orebook.checks.saying import between, fact, listed
from orebook.ground.range import Range, weighted_mean
from orebook.reading.reading import Reading


@rule("F106", on="records", basis="arithmetic", catalogue="EX223")
def tiled_mean_mismatch(reading: Reading) -> Iterator[Remark]:
    """Parts that cover an interval from end to end do not give its grade.

    What it does:
    Where the included intervals follow one another without a gap from the beginning of the parent to its end, the
    grade of the parent is their mean by length, and is compared with it.

    Why it matters:
    There is nothing else in the interval, so its grade is fixed by its parts.

    Flagged:

        Harl Zinc drills Moss Beck

        | Hole | From (m) | To (m) | Interval (m) | Zn (%) |
        |---|---|---|---|---|
        | MB-04 | 50.0 | 60.0 | 10.0 | 8.00 |
        | including | 50.0 | 54.0 | 4.0 | 5.00 |
        | including | 54.0 | 60.0 | 6.0 | 9.00 |

    Fine:

        Harl Zinc drills Moss Beck

        | Hole | From (m) | To (m) | Interval (m) | Zn (%) |
        |---|---|---|---|---|
        | MB-04 | 50.0 | 60.0 | 10.0 | 7.40 |
        | including | 50.0 | 54.0 | 4.0 | 5.00 |
        | including | 54.0 | 60.0 | 6.0 | 9.00 |

    Help:
    Composite the parent again; weight by length.
    """
    for parent, parts in families(reading):
        tiles = _tiles(parent, parts)
        if len(tiles) > 1:
            for analyte in parent.grades:
                yield from _compared(parent, tiles, analyte)


def _tiles(parent: Intercept, parts: list[Intercept]) -> list[Intercept]:
    """The parts in order, if each begins where the one before ends and together they are the parent."""
    if parent.start is None or parent.end is None:
        return []
    placed = sorted(((part.start.number.value, part) for part in parts if part.start), key=lambda row: row[0])
    at, tiles = parent.start.number.value, []
    for start, part in placed:
        if part.end is None or part.length is None or start != at:
            return []
        at = part.end.number.value
        tiles.append(part)
    return tiles if at == parent.end.number.value else []


def _compared(parent: Intercept, tiles: list[Intercept], analyte: str) -> Iterator[Remark]:
    whole = parent.grades[analyte]
    graded = [part for part in tiles if analyte in part.grades and alike(part.grades[analyte].number, whole.number)]
    if len(graded) < len(tiles):
        return

    def mean(read: Digits) -> Range:
        lengths = [read(part.depth(part.length)) for part in tiles if part.length]
        return weighted_mean([read(part.grades[analyte].number) for part in tiles], lengths)

    if not fits(mean, whole.number, MEASURED):
        implied = mean(MEASURED[0]).to(whole.number.unit or "1")
        words = listed(f"{part.said()} at {fact(part.grades[analyte])}" for part in tiles)
        text = (
            f"{mouthful(parent)} is made of {words}, together {between(implied, step=whole.number.step)};"
            f" {fact(whole)} stands here"
        )
        yield remark("error", text, [whole, *(part.grades[analyte] for part in tiles)], implied)
