"""Placed numbers: what a document prints of a number of a book, beside the number that the book has.

A page that was drafted from a book says the unrounded value and its address itself, in an element ``data`` around the
printed words; for other documents the register of the draft says it.
"""

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

from orebook.ground.source import Document

_DATA = re.compile(
    r'<data(?: id="[^"<>]{0,40}")? value="(?P<value>[^"<>]{1,60})" data-address="(?P<address>[^"<>]{1,200})"\s?>'
    r"(?P<said>[^<>]{0,200})</data>"
)


class Placed(NamedTuple):
    """A number of a book in a document: where it stands, what the book has, and where in the book.

    ``drafted`` are the words that the draft printed, empty where nobody kept them; ``value`` is nothing where the book
    has no such number any more. ``gone`` says that the words are no longer there; the place is where they stood. ``of``
    is what the book has the numbers of, where the document tells them of something else.
    """

    start: int
    end: int
    value: float | None
    address: str
    drafted: str = ""
    was: float | None = None
    gone: str = ""
    of: str = ""


def placed_by_itself(document: Document) -> Iterator[Placed]:
    """Yield the numbers of a page that says itself where they are from.

    >>> page = '<p><data id="n1" value="29.14" data-address="intercepts[0].length_m">29.1 m</data></p>'
    >>> [(page[each.start : each.end], each.value) for each in placed_by_itself(Document("a.html", page, "html"))]
    [('29.1 m', 29.14)]
    """
    if document.format != "html" or "data-address" not in document.text:
        return
    for found in _DATA.finditer(document.text):
        try:
            value = float(unescape(found["value"]))
        except ValueError:
            continue
        gone = "" if found["said"].strip() else "taken out"
        yield Placed(*found.span("said"), value, unescape(found["address"]), was=value, gone=gone)
