"""Rows of assays that stand twice under two names."""

from collections import defaultdict
from collections.abc import Iterator

from orebook.checks.digits import significant
from orebook.checks.intercepts import plain
from orebook.checks.rule import Remark, remark, rule
from orebook.checks.saying import fact, listed
from orebook.ground.fact import Fact, Record
from orebook.reading.reading import Reading

_DIGITS = 9
"""So many digits together do not agree by chance."""
_KINDS = ("drill_intercept", "surface_sample")
_NAMES = ("hole", "sample", "label", "from")


@rule("F127", on="records", basis="two samples are not one", catalogue="EX226")
def assays_repeated(reading: Reading) -> Iterator[Remark]:
    """Two samples or intervals have the same assays, digit for digit.

    What it does:
    Looks for rows of tables with three or more grades that another row, under another name or depth, repeats in all
    digits. Rows whose grades have nine digits or more between them do not agree by chance. An interval that is its own
    include is left alone.

    Why it matters:
    One of the rows was copied, and the sample behind it is not in the table.

    Flagged:

        Syke Copper drills Lapwing Moor

        | Hole | From (m) | To (m) | Interval (m) | Cu (%) | Au (g/t) | Ag (g/t) |
        |---|---|---|---|---|---|---|
        | LM-01 | 20.0 | 31.0 | 11.0 | 0.523 | 0.317 | 14.65 |
        | LM-02 | 45.0 | 60.0 | 15.0 | 0.523 | 0.317 | 14.65 |

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
