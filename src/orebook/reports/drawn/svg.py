"""A drawing as SVG: text that every browser shows, with its colours for a light or a dark ground."""

from collections.abc import Iterable, Iterator

from orebook.reports.paper import Paper
from orebook.reports.pictures import Picture
from orebook.reports.traced import only
from orebook.reports.trouble import Trouble


def page(results: Iterable[Picture | Trouble], paper: Paper) -> Iterator[str]:
    """Yield the drawing."""
    found = only(results, "a drawing")
    if found is not None:
        yield found.drawing.svg(ground=found.ground) + "\n"
