"""Units of a drill log that overlap."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from orebook.checks.memo import per_document
from orebook.checks.rule import Remark, remark, rule
from orebook.checks.saying import number
from orebook.ground.range import Range
from orebook.ground.source import Source
from orebook.reading.reading import Reading

_DEPTH = r"(\d{1,4}(?:\.\d{1,2})?)"
_ROW = re.compile(
    rf"(?<![\w.,+-]){_DEPTH}[\s|]{{1,5}}{_DEPTH}[\s|]{{1,5}}{_DEPTH}(?![\w.,%])(?=[\s|]{{1,4}}[A-Za-z][a-z&]{{1,20}}[\s,;/|&])"
)
_WORDS = re.compile(r"[^\d]{3,120}")
_FEWEST = 6
"""A log has at least so many units in one piece."""


class _Unit(NamedTuple):
    """One row of a log: from, to, and where it stands."""

    start: Decimal
    end: Decimal
    source: Source


@rule("F133", on="document", basis="geometry of a hole", catalogue="EX221")
def log_intervals_overlap(reading: Reading) -> Iterator[Remark]:
    """Two units of a drill log overlap.

    What it does:
    Finds logs by their rows: beginning, end, the difference of both, and words. In a log each unit begins where the one
    before ends; where two of three units do and one begins before the end of the unit above it and ends below it, one
    of the two depths is wrong. A unit that lies wholly in the one above may be a vein in its host rock.

    Why it matters:
    The same metre of core cannot be two rocks. Thicknesses that are added from such a log are too large.

    Flagged:

        Ingle Gold logs Rook Fell

        Log of RF-07: 0 8 8 cover 8 29 21 altered granite 29 33 4 quartz vein 33 61 28 altered granite 58 70 12
        silicified zone 70 79 9 mafic dyke 79 96 17 altered granite 96 101 5 quartz vein

    Fine:

        Ingle Gold logs Rook Fell

        Log of RF-07: 0 8 8 cover 8 29 21 altered granite 29 33 4 quartz vein 33 61 28 altered granite 61 70 9
        silicified zone 64 66 2 quartz vein 70 79 9 mafic dyke 79 96 17 altered granite 96 101 5 quartz vein

    Help:
    Compare both depths with the log, and the thickness with them.
    """
    for log in _logs(reading):
        pairs = list(pairwise(log))
        joined = sum(above.end == below.start for above, below in pairs)
        if len(log) < _FEWEST or joined * 3 < len(pairs) * 2:
            continue
        for above, below in pairs:
            if above.start < below.start < above.end < below.end:
                text = (
                    f"a unit of the log begins at {number(below.start)} m;"
                    f" the one above it ends at {number(above.end)} m"
                )
                yield remark("warning", text, [below.source, above.source], Range.exact(above.end, "m"))


@per_document
def _logs(reading: Reading) -> list[list[_Unit]]:
    """Rows that follow one another with nothing but words between; a hole begins anew at nought."""
    found, log = list[list[_Unit]](), list[_Unit]()
    text, reach = reading.document.text, 0
    for match in _ROW.finditer(text):
        start, end, length = (Decimal(said) for said in match.groups())
        if end - start != length or not length:
            continue
        unit = _Unit(start, end, reading.document.source(*match.span()))
        if log and (start < log[-1].start or not _WORDS.fullmatch(text, reach, match.start())):
            found.append(log)
            log = []
        log.append(unit)
        reach = match.end()
    return [*found, log] if log else found
