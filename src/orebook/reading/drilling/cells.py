"""Cells that speak: intervals with grades inside one cell of a table."""

from orebook.reading.drilling.mentions import Mention, mentions
from orebook.reading.drilling.pieces import pieces
from orebook.reading.language.quantities import quantities
from orebook.reading.patterns import Pattern
from orebook.reading.text import Text

_INTERVAL = Pattern(r"@|\bat\b|\bover\b|\bgrading\b")


def said_in(text: Text) -> list[Mention]:
    """The intervals with grades that one cell names.

    >>> from orebook.reading.text import inline
    >>> cell = inline("incl. 2 m @ 14.2 g/t Au", 0, 23)
    >>> [str(mention.length.figure) for mention in said_in(cell)]
    ['2 m']
    """
    plain = text.plain
    return mentions(plain, pieces(plain, quantities(plain))) if _INTERVAL.search(plain) else []
