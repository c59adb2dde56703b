"""Rules on tables: T1 collars, T2 surveys, T3 intervals, T4 values, T5 several tables side by side, T7 sales."""

from collections.abc import Iterable

from orebook.checks import wanted
from orebook.checks.table_rule import MOST, TableRule, Tables
from orebook.ground.finding import Finding
from orebook.ground.schema import tables as known_tables

__all__ = ["Tables", "check_tables"]


def check_tables(
    tables: Tables, select: Iterable[str] = (), ignore: Iterable[str] = (), most: int = MOST
) -> list[Finding]:
    """All that the rules on tables notice in a book, table after table and row after row.

    ``select`` and ``ignore`` are codes or their beginnings: ``T3`` is every rule on intervals. A rule gives at most
    ``most`` single findings and then one that counts the others. Raises ``ValueError`` when ``most`` is negative.
    """
    if most < 0:
        raise ValueError(f"at most {most} findings of a rule is no number of findings; write 0 or more")
    rules = (each for each in wanted("T", select, ignore) if isinstance(each, TableRule))
    findings = dict.fromkeys(finding for each in rules for finding in each(tables, most))
    files = {tables.file(table): number for number, table in enumerate(known_tables())}

    def place(finding: Finding) -> tuple[int, int, str]:
        first = finding.sources[0]
        return files.get(first.doc, len(files)), first.line, finding.code

    return sorted(findings, key=place)
