"""A drawing as a page of PDF: its lines stay lines, its words stay words."""

from collections.abc import Iterable, Iterator

from orebook.reports.paper import Paper
from orebook.reports.pictures import Picture, set_in_type
from orebook.reports.traced import only
from orebook.reports.trouble import Trouble

BINARY = True
"""The page is bytes: it goes to a file or into a pipe, not on a terminal."""


def page(results: Iterable[Picture | Trouble], paper: Paper) -> Iterator[bytes]:
    """Yield the whole file."""
    found = only(results, "a page of one drawing")
    if found is not None:
        yield set_in_type(found, "pdf")
