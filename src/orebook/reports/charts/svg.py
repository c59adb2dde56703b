"""Charts as SVG: lines that stay sharp at any size."""

from collections.abc import Iterable, Iterator

from orebook.reports.charted import Chart
from orebook.reports.paper import Paper
from orebook.reports.plotting import plotted
from orebook.reports.trouble import Trouble

BINARY = True
"""The page is bytes: it goes to a file or into a pipe, not on a terminal."""


def page(results: Iterable[Chart | Trouble], paper: Paper) -> Iterator[bytes]:
    """Yield all charts as one picture."""
    yield plotted([result for result in results if isinstance(result, Chart)], "svg")
