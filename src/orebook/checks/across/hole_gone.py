"""Holes that a later table of all holes leaves out."""

from collections.abc import Iterator

from orebook.checks.across_rule import Family, across_rule, when
from orebook.checks.remembered import Kept, Remembered, hole_of
from orebook.checks.rule import Remark, remark

_MOST_OF_THEM = 0.75
_FEW = 5
_SHOWN = 8
_KINDS = (("drill_collar", "collars"), ("drill_intercept", "results"))


@across_rule("A105", basis="count", catalogue="EX213")
def hole_gone(family: Family) -> Iterator[Remark]:
    """A hole of an earlier table is missing from a later table that holds the others.

    What it does:
    Where a table of collars or of results holds at least three quarters of the holes of the last such table, five or
    more, and others besides or in their place, names those that it leaves out.

    Why it matters:
    A table that goes on from release to release is read as the table of all holes. One that drops out of it was lost,
    renamed, or not good enough.

    Flagged:

        May 6, 2024 - Holm Copper Corp. (TSXV: HLM) has drilled Linn Bank.

        | Hole | Easting | Northing | Elevation (m) | Dip | Azimuth | Depth (m) |
        |---|---|---|---|---|---|---|
        | LN-24-01 | 512,340 | 6,120,450 | 410 | -60 | 140 | 328.9 |
        | LN-24-02 | 512,380 | 6,120,470 | 411 | -60 | 140 | 300.0 |
        | LN-24-03 | 512,410 | 6,120,490 | 411 | -55 | 140 | 255.2 |
        | LN-24-04 | 512,440 | 6,120,500 | 412 | -60 | 140 | 280.0 |
        | LN-24-05 | 512,470 | 6,120,530 | 412 | -60 | 140 | 301.3 |
        | LN-24-06 | 512,500 | 6,120,540 | 413 | -60 | 140 | 240.0 |
        ====
        September 9, 2024 - Holm Copper Corp. (TSXV: HLM) has drilled Linn Bank.

        | Hole | Easting | Northing | Elevation (m) | Dip | Azimuth | Depth (m) |
        |---|---|---|---|---|---|---|
        | LN-24-01 | 512,340 | 6,120,450 | 410 | -60 | 140 | 328.9 |
        | LN-24-02 | 512,380 | 6,120,470 | 411 | -60 | 140 | 300.0 |
        | LN-24-03 | 512,410 | 6,120,490 | 411 | -55 | 140 | 255.2 |
        | LN-24-05 | 512,470 | 6,120,530 | 412 | -60 | 140 | 301.3 |
        | LN-24-06 | 512,500 | 6,120,540 | 413 | -60 | 140 | 240.0 |
        | LN-24-07 | 512,530 | 6,120,560 | 413 | -60 | 140 | 288.8 |

    Fine:

        May 6, 2024 - Holm Copper Corp. (TSXV: HLM) has drilled Linn Bank.

        | Hole | Easting | Northing | Elevation (m) | Dip | Azimuth | Depth (m) |
        |---|---|---|---|---|---|---|
        | LN-24-01 | 512,340 | 6,120,450 | 410 | -60 | 140 | 328.9 |
        | LN-24-02 | 512,380 | 6,120,470 | 411 | -60 | 140 | 300.0 |
        | LN-24-03 | 512,410 | 6,120,490 | 411 | -55 | 140 | 255.2 |
        ====
        September 9, 2024 - Holm Copper Corp. (TSXV: HLM) has drilled Linn Bank.

        | Hole | Easting | Northing | Elevation (m) | Dip | Azimuth | Depth (m) |
        |---|---|---|---|---|---|---|
        | LN-24-06 | 512,500 | 6,120,540 | 413 | -60 | 140 | 240.0 |
        | LN-24-07 | 512,530 | 6,120,560 | 413 | -60 | 140 | 288.8 |

    Help:
    Say why a hole is no longer in the table: abandoned, drilled anew under another name, without a result.
    """
    for kind, what in _KINDS:
        yield from _followed(family, kind, what)


def _followed(family: Family, kind: str, what: str) -> Iterator[Remark]:
    """Each table of a kind beside the last."""
    last: tuple[Remembered, dict[str, Kept]] | None = None
    for release in family.dated:
        listed = _listed(release, kind)
        if len(listed) < _FEW:
            continue
        if last is not None and (gone := _gone(listed, last[1], release)):
            names = ", ".join(record.about["hole"] for record in gone[:_SHOWN])
            text = f"{names}: in the table of {what} in {when(last[0])}; not in this one, which has the others"
            first = next(iter(listed.values()))
            yield remark("note", text, [first.source, *(record.source for record in gone[:_SHOWN])])
        last = release, listed


def _listed(release: Remembered, kind: str) -> dict[str, Kept]:
    """The holes in tables of a kind."""
    found: dict[str, Kept] = {}
    for record in release.of(kind):
        if record.about.get("place") == "table" and record.about.get("hole"):
            found.setdefault(hole_of(record), record)
    return found


def _gone(now: dict[str, Kept], before: dict[str, Kept], release: Remembered) -> list[Kept]:
    """Holes of the table before that are not in this one, nor anywhere in the release, if it has most of the others."""
    shared = now.keys() & before.keys()
    if len(shared) < _FEW or len(shared) < _MOST_OF_THEM * len(before):
        return []
    named = {hole_of(record) for record in release.of("drill_intercept", "drill_collar", "drill_no_significant")}
    return [record for hole, record in before.items() if hole not in now and hole not in named]
