"""Rows of assays that stand twice under two names."""

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise, takewhile

from orebook.checks.digits import significant
from orebook.checks.intercepts import plain
from orebook.checks.rule import Remark, remark, rule
from orebook.checks.sample_rows import run_on_tables
from orebook.checks.saying import fact, listed
from orebook.ground.fact import Fact, Record
from orebook.ground.figure import Figure
from orebook.reading.drilling.stream_columns import in_order
from orebook.reading.drilling.streams import Stream
from orebook.reading.reading import Reading

_DIGITS = 9
"""So many digits together do not agree by chance."""
_DIP = re.compile(r"[-–−]\d{2}(?:\.\d)?")
_MANY = 12
_ROW = 5
_KINDS = ("drill_intercept", "surface_sample")
_NAMES = ("hole", "sample", "label", "from")


@rule("F127", on="records", basis="two samples are not one", catalogue="EX226")
def assays_repeated(reading: Reading) -> Iterator[Remark]:
    """Two samples or intervals have the same assays, digit for digit.

    What it does:
    Looks for rows of tables with three or more grades that another row, under another name or depth, repeats in all
    digits. Rows whose grades have nine digits or more between them do not agree by chance. An interval that is its own
    include is left alone. In a table that ran together into one line, two names in a row whose last five or more
    figures are the same, with twelve digits between them.

    Why it matters:
    One of the rows was copied, and the sample behind it is not in the table.

    Flagged:

        Syke Copper drills Lapwing Moor

        | Hole | From (m) | To (m) | Interval (m) | Cu (%) | Au (g/t) | Ag (g/t) |
        |---|---|---|---|---|---|---|
        | LM-01 | 20.0 | 31.0 | 11.0 | 0.523 | 0.317 | 14.65 |
        | LM-02 | 45.0 | 60.0 | 15.0 | 0.523 | 0.317 | 14.65 |
        ----
        Syke Copper samples Lapwing Moor

        Table 1: rock chips. Sample Easting Northing Ag Co Cu Ni Pb Zn (ppm) LM001 526111 8061230 31 14.2 88200 9.1 96
        31.5 LM002 526140 8061255 31 14.2 88200 9.1 96 31.5 LM003 526160 8061281 4 3.1 2210 5.2 12 40.7

    Fine:

        Syke Copper drills Lapwing Moor

        | Hole | From (m) | To (m) | Interval (m) | Cu (%) | Au (g/t) | Ag (g/t) |
        |---|---|---|---|---|---|---|
        | LM-01 | 20.0 | 31.0 | 11.0 | 0.523 | 0.317 | 14.65 |
        | LM-02 | 45.0 | 60.0 | 15.0 | 0.631 | 0.317 | 14.65 |

    Help:
    Take the row from the certificate of the laboratory again.
    """
    rows: dict[tuple[str, ...], list[tuple[Record, list[Fact]]]] = defaultdict(list)
    for record in reading.of(*_KINDS):
        grades = [one for one in record.facts if one.measure.endswith(".grade") and plain(one) and one.number.value]
        telling = sum(significant(one.number) for one in grades) >= _DIGITS
        if record.about.get("place") == "table" and len(grades) > 2 and telling:
            key = sorted(f"{one.about.get('analyte', '')} {one.number.digits} {one.number.unit}" for one in grades)
            rows[tuple(key)].append((record, grades))
    for same in rows.values():
        for record, grades in same[1:]:
            first, others = same[0]
            if _differ(first, record) and record.parent is not first and first.parent is not record:
                text = f"{_named(first)} and {_named(record)} have the same assays: {listed(map(fact, others[:4]))}"
                yield remark("warning", text, [*grades, *others])
    yield from _in_streams(reading)


def _in_streams(reading: Reading) -> Iterator[Remark]:
    """Rows of a table that ran together, one after the other, which end alike and do not begin alike."""
    for stream in run_on_tables(reading):
        for one, other in pairwise(stream.groups) if not _of_collars(stream) else ():
            rows = [[token.said for token in group.runs[0].tokens] for group in (one, other)]
            same = _ending(*rows)
            digits = sum(significant(Figure(_number(said))) for said in same)
            apart = one.hole.said != other.hole.said and len(rows[0]) == len(rows[1]) > len(same)
            if apart and len(same) >= _ROW and digits >= _MANY and not any(_DIP.fullmatch(said) for said in same):
                spans = [stream.text.span(group.hole.start, group.runs[0].tokens[-1].end) for group in (other, one)]
                text = f"{one.hole.said} and {other.hole.said} have the same figures: {listed(same)}"
                yield remark("warning", text, [reading.document.source(*span) for span in spans])


def _of_collars(stream: Stream) -> bool:
    return bool({role.name for role in in_order(stream, "collars")} & {"dip", "azimuth", "depth"})


def _ending(one: list[str], other: list[str]) -> list[str]:
    """The numbers in which two rows end alike."""
    pairs = takewhile(lambda pair: pair[0] == pair[1], zip(reversed(one), reversed(other), strict=False))
    return [said for said, _ in pairs][::-1]


def _number(said: str) -> Decimal:
    bare = said.strip("<>≥≤-–−").replace(",", "")
    return Decimal(bare) if bare.replace(".", "", 1).isdigit() else Decimal(0)


def _differ(one: Record, other: Record) -> bool:
    """Whether two rows are of two samples: another hole, or another length or depth in one."""
    if one.about.get("hole", "") == other.about.get("hole", "") and one.about.get("hole"):
        return _depth(one) != _depth(other)
    return any(one.about.get(name, "") != other.about.get(name, "") for name in _NAMES)


def _depth(record: Record) -> tuple[str, str]:
    return record.about.get("from", ""), record.about.get("to", "")


def _named(record: Record) -> str:
    return " ".join(filter(None, (record.about.get(name, "") for name in _NAMES[:2]))) or record.about.get(
        "label", "one"
    )
