"""What was done, for programs."""

from collections.abc import Iterable, Iterator

from orebook.reports.paper import Paper
from orebook.reports.results import Told
from orebook.reports.shapes import VERSION, Shape, as_json, trouble
from orebook.reports.trouble import Trouble


def page(results: Iterable[Told | Trouble], paper: Paper) -> Iterator[str]:
    """Yield one object with everything that was done, and what could not be used."""
    done: list[Shape] = []
    troubles: list[Shape] = []
    for result in results:
        if isinstance(result, Trouble):
            troubles.append(trouble(result))
        else:
            done.append({"doc": result.doc, "lines": list(result.lines), **result.data})
    whole = {"schema_version": VERSION, "done": done, "troubles": troubles}
    yield as_json(whole, 1, str) + "\n"
