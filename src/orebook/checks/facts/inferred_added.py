"""Inferred resources added to other categories."""

from collections import defaultdict
from collections.abc import Iterator

from orebook.checks.digits import alike, fits
from orebook.checks.estimates import Estimate, estimates
from orebook.checks.places import block_at
from orebook.checks.rule import Remark, remark, rule
from orebook.checks.saying import added, figure
from orebook.disciplines.resource.statement import total_tonnes
from orebook.ground.fact import Fact
from orebook.reading.reading import Reading


@rule("F204", on="records", basis="NI 43-101 s. 2.2(c), in the Canadian profile", catalogue="MR304")
def inferred_added(reading: Reading) -> Iterator[Remark]:
    """A total adds inferred resources to another category.

    What it does:
    Looks for a total whose tonnes are those of inferred and of another category together. It is a note, said once for a
    table; a document that names the JORC Code and not NI 43-101 is left alone, because that code allows it.

    Why it matters:
    Inferred resources are a guess of another kind; in the Canadian profile they stand alone.

    Flagged:

        Hazel Gold updates the Birk Crag resource

        | Category | Tonnes (Mt) | Grade (g/t Au) |
        |---|---|---|
        | Indicated | 10.0 | 1.50 |
        | Inferred | 4.0 | 1.10 |
        | Total | 14.0 | 1.39 |

    Fine:

        Hazel Gold updates the Birk Crag resource

        | Category | Tonnes (Mt) | Grade (g/t Au) |
        |---|---|---|
        | Indicated | 10.0 | 1.50 |
        | Inferred | 4.0 | 1.10 |

    Help:
    Give inferred resources on a line of their own.
    """
    if _of_jorc(reading):
        return
    groups: dict[tuple[int, str], list[Estimate]] = defaultdict(list)
    for one in estimates(reading):
        if one.record.kind == "resource":
            groups[block_at(reading, one.record.source), one.deposit].append(one)
    seen: set[int] = set()
    for (table, _), rows in groups.items():
        inferred = [one.tonnes for one in rows if one.category.lower() == "inferred" and one.tonnes]
        others = [one.tonnes for one in rows if one.category.lower() in ("measured", "indicated") and one.tonnes]
        totals = [one.tonnes for one in rows if one.category.lower() == "total" and one.tonnes]
        if len(inferred) == 1 and others and len(totals) == 1 and table not in seen:
            for noticed in _compared(totals[0], [*others, *inferred]):
                seen.add(table)
                yield noticed


def _of_jorc(reading: Reading) -> bool:
    said = [block.plain for block in reading.layout.blocks if block.table is None]
    return any("JORC" in words for words in said) and not any("43-101" in words for words in said)


def _compared(total: Fact, parts: list[Fact]) -> Iterator[Remark]:
    if not all(alike(part.number, total.number) for part in parts):
        return
    if fits(lambda read: total_tonnes([read(part.number) for part in parts]), total.number):
        text = f"{figure(total.number)} is {added(parts)}: inferred resources are added to another category"
        yield remark("note", text, [total, *parts])
