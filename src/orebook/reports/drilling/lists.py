"""Lists: holes that hold nothing and holes that wait, named in a sentence so that none is forgotten."""

from collections.abc import Sequence

from orebook.checks.saying import listed
from orebook.reports.drilling.sentences import Templates, fill, template


def sentence(kind: str, holes: Sequence[str], own: Templates | None = None) -> str:
    """A sentence that names holes: ``barren`` without a significant intersection, ``pending`` without assays yet.

    >>> sentence("barren", ["A-1", "A-2", "A-3"]), sentence("pending", ["A-4"])
    ('No significant intersections in holes A-1, A-2 and A-3.', 'Assays are pending for hole A-4.')
    """
    name = f"{kind}_one" if len(holes) == 1 else kind
    return fill(template("lists", name, own), holes=listed(holes))
