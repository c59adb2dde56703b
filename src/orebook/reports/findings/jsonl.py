"""Findings as JSON, one object a line."""

from collections.abc import Iterable, Iterator

from orebook.reports.paper import Paper
from orebook.reports.results import Checked
from orebook.reports.shapes import finding, line
from orebook.reports.standing import text_sha256
from orebook.reports.trouble import Trouble


def page(results: Iterable[Checked | Trouble], paper: Paper) -> Iterator[str]:
    """Yield a line for each finding."""
    for result in results:
        if isinstance(result, Checked):
            known = text_sha256(result.document) if result.findings and result.document.text else ""
            for found in result.findings:
                yield line(finding(result.document, found, known))
