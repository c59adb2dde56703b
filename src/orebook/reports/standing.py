"""Standing: where on the pages or in which part of a file something stands, for people, programs and rows."""

from collections.abc import Sequence
from hashlib import sha256

from orebook.ground.source import Box, Document, Place, Source

Shape = dict[str, object]


PLACED = ("page", "left", "top", "right", "bottom", "part", "origin")
"""The columns of a flat row that say where something stands."""


def sites(places: Sequence[Place]) -> list[Shape]:
    """Places as plain objects for JSON; what a format does not have is left out.

    >>> sites([Place(3, Box(72, 90.04, 200.5, 104)), Place(0, None, "paragraph 12")])
    [{'page': 3, 'box': [72, 90.04, 200.5, 104], 'origin': 'native'}, {'part': 'paragraph 12', 'origin': 'native'}]
    """
    found: list[Shape] = []
    for place in places:
        shape: Shape = {}
        if place.page:
            shape["page"] = place.page
        if place.box is not None:
            shape["box"] = [round(edge, 2) for edge in place.box]
        if place.where:
            shape["part"] = place.where
        found.append(shape | {"origin": place.origin})
    return found


def named(places: Sequence[Place]) -> str:
    """What people call the first of some places; nothing where there is none.

    >>> [named([place]) for place in (Place(3), Place(0, None, "paragraph 7"), Place(2, None, "attachment a.pdf"))]
    ['page 3', 'paragraph 7', 'attachment a.pdf, page 2']
    """
    if not places:
        return ""
    first = places[0]
    return ", ".join(filter(None, (first.where, f"page {first.page}" if first.page else "")))


def columns(places: Sequence[Place]) -> Shape:
    """The first page, box and part as cells of a flat row, and whose the letters are."""
    if not places:
        return {}
    first, others = places[0], (place.origin for place in places if place.origin != "native")
    box: Shape = {key: round(edge, 2) for key, edge in first.box._asdict().items()} if first.box else {}
    return {"page": first.page or None, **box, "part": first.where or None, "origin": next(others, "native")}


def text_sha256(document: Document) -> str:
    """What tells a text from any other: the SHA-256 of its UTF-8, half characters as they were decoded.

    >>> text_sha256(Document("a.txt", "ore"))[:16]
    'f8bd17bea0e948bb'
    """
    return sha256(document.text.encode("utf-8", "surrogatepass")).hexdigest()


def places_of(document: Document, source: Source) -> tuple[Place, ...]:
    """The places of a source in a document; none for a source of another, or of a table."""
    if not document.text or source.doc != document.name:
        return ()
    return document.places(source.start, source.end)


def area(box: Box) -> str:
    """A box as media fragments write it: left, top, width and height.

    >>> area(Box(72, 90, 200.5, 104))
    'xywh=72,90,128.5,14'
    """
    numbers = (box.left, box.top, box.right - box.left, box.bottom - box.top)
    return "xywh=" + ",".join(f"{round(number, 2):g}" for number in numbers)
