"""Pages: what formats of tables share: results as printed pages, footnotes with their numbers, names for sheets."""

import re
from collections.abc import Iterable, Iterator, Sequence

from orebook.reports.printed import Printed, PrintedTable, Sheet
from orebook.reports.sheets import seen
from orebook.reports.trouble import Trouble

Result = Printed | Sheet | Trouble


def pages(results: Iterable[Result], *, most: int) -> Iterator[Printed]:
    """Yield every result as a printed page; of a stored table the first ``most`` rows."""
    for result in results:
        if isinstance(result, Sheet):
            yield seen(result, most=most)
        elif isinstance(result, Printed):
            yield result


def notes(table: PrintedTable) -> list[str]:
    """The footnotes as they stand below a table: numbered, or with the word Note when there is one only.

    >>> notes(PrintedTable("t", "", (), (), ("Grades are uncut.", "Core lengths.")))
    ['1. Grades are uncut.', '2. Core lengths.']
    """
    if len(table.footnotes) == 1 and not table.marked:
        return [f"Note: {table.footnotes[0]}"]
    return [f"{number}. {words}" for number, words in enumerate(table.footnotes, 1)]


def names(wanted: Sequence[str], *, most: int = 31) -> list[str]:
    """Names for the sheets of a workbook: no sign that it refuses, none too long, none twice.

    >>> names(["a/b", "a:b", "a-b"])
    ['a-b', 'a-b 2', 'a-b 3']
    """
    found: list[str] = []
    for each in wanted:
        plain = re.sub(r"[\[\]:*?/\\]", "-", each).strip("' ")[:most] or "table"
        name, number = plain, 1
        while name.lower() in {other.lower() for other in found}:
            number += 1
            name = f"{plain[: most - len(str(number)) - 1]} {number}"
        found.append(name)
    return found
