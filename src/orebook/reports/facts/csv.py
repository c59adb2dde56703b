"""Facts as a flat table."""

from collections.abc import Iterable, Iterator
from itertools import zip_longest

from orebook.reports.paper import Paper
from orebook.reports.results import Facts
from orebook.reports.rows import csv_lines, fact_row
from orebook.reports.trouble import Trouble


def page(results: Iterable[Facts | Trouble], paper: Paper) -> Iterator[str]:
    """Yield the header and a row for each fact."""
    read = (result for result in results if isinstance(result, Facts))
    said = ((result.doc, *one) for result in read for one in zip_longest(result.facts, result.stands))
    return csv_lines("fact_row", (fact_row(doc, fact, stand) for doc, fact, stand in said))
