"""Findings as a flat table."""

from collections.abc import Iterable, Iterator

from orebook.reports.paper import Paper
from orebook.reports.results import Checked
from orebook.reports.rows import csv_lines, finding_row
from orebook.reports.trouble import Trouble


def page(results: Iterable[Checked | Trouble], paper: Paper) -> Iterator[str]:
    """Yield the header and a row for each finding."""
    checked = (result for result in results if isinstance(result, Checked))
    rows = (finding_row(result.document, found) for result in checked for found in result.findings)
    return csv_lines("finding_row", rows)
