"""Facts as a flat table."""

from collections.abc import Iterable, Iterator

from orebook.reports.paper import Paper
from orebook.reports.results import Facts
from orebook.reports.rows import csv_lines, fact_row
from orebook.reports.trouble import Trouble


def page(results: Iterable[Facts | Trouble], paper: Paper) -> Iterator[str]:
    """Yield the header and a row for each fact."""
    read = (result for result in results if isinstance(result, Facts))
    return csv_lines("fact_row", (fact_row(result.doc, said) for result in read for said in result.facts))
