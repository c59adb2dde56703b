"""Facts as W3C Web Annotations: each quoted with the words around it, counted in characters, and boxed on its page.

https://www.w3.org/TR/annotation-model/. A viewer finds the quote by its words (``TextQuoteSelector``), a program by its
characters in the text whose SHA-256 is given (``TextPositionSelector``), a PDF viewer by page (RFC 3778) and box in
points (Media Fragments).
"""

from collections.abc import Iterable, Iterator
from itertools import zip_longest

from orebook.ground.fact import GRAMMAR, Fact, Words
from orebook.ground.source import Place
from orebook.reports.paper import Paper
from orebook.reports.results import Facts, Stand
from orebook.reports.shapes import Shape, as_json
from orebook.reports.standing import area, named
from orebook.reports.trouble import Trouble

_MODEL = "http://www.w3.org/ns/anno.jsonld"
_OURS = {"orebook": "urn:orebook:", "sha256": "orebook:sha256", "textSha256": "orebook:textSha256"}
_PAGES = "http://tools.ietf.org/rfc/rfc3778"
_BOXES = "http://www.w3.org/TR/media-frags/"


def page(results: Iterable[Facts | Trouble], paper: Paper) -> Iterator[str]:
    """Yield a page of annotations, one for each fact."""
    head = {"@context": [_MODEL, _OURS], "type": "AnnotationPage"}
    yield as_json(head)[:-1] + ', "items": ['
    begun = False
    for result in results:
        if isinstance(result, Facts):
            for number, (fact, stand) in enumerate(zip_longest(result.facts, result.stands), 1):
                shape = _annotation(result, number, fact, stand)
                yield (",\n" if begun else "\n") + as_json(shape)
                begun = True
    yield "\n]}\n"


def _annotation(result: Facts, number: int, fact: Fact, stand: Stand | None) -> Shape:
    told: Shape = {"type": "Annotation"}
    if result.head.text_sha256:
        told["id"] = f"urn:orebook:{result.head.text_sha256}:{number}"
    places = stand.places if stand is not None else ()
    return told | {
        "motivation": "identifying",
        "body": list(_bodies(fact, places)),
        "target": {"source": _source(result), "selector": _selectors(fact, stand, places)},
    }


def _bodies(fact: Fact, places: tuple[Place, ...]) -> Iterator[Shape]:
    """Yield what is said of the quote: the measure as a tag, the figure with its meaning, the part for people."""
    figure = fact.figure
    said = " ".join(filter(None, (figure.sign, figure.digits, "" if isinstance(figure, Words) else figure.unit)))
    about = "; ".join(f"{key}: {value}" for key, value in fact.about.items() if value)
    yield {"type": "TextualBody", "purpose": "tagging", "value": fact.measure}
    yield {"type": "TextualBody", "purpose": "describing", "value": f"{said} ({about})" if about else said}
    if fact.read_by != GRAMMAR:
        yield {"type": "TextualBody", "purpose": "classifying", "value": f"read by {fact.read_by}"}
    if places and places[0].where:
        yield {"type": "TextualBody", "purpose": "describing", "value": named(places)}


def _source(result: Facts) -> Shape:
    head = {"sha256": result.head.sha256, "textSha256": result.head.text_sha256}
    return {"id": result.doc, "type": "Text", **{key: value for key, value in head.items() if value}}


def _selectors(fact: Fact, stand: Stand | None, places: tuple[Place, ...]) -> list[Shape]:
    source = fact.source
    quote: Shape = {"type": "TextQuoteSelector", "exact": source.quote}
    if stand is not None:
        quote |= {"prefix": stand.before, "suffix": stand.after}
    found: list[Shape] = [quote, {"type": "TextPositionSelector", "start": source.start, "end": source.end}]
    return found + [_on_page(place) for place in places if place.page]


def _on_page(place: Place) -> Shape:
    """The page, and on it the box."""
    found: Shape = {"type": "FragmentSelector", "conformsTo": _PAGES, "value": f"page={place.page}"}
    if place.box is not None:
        found["refinedBy"] = {"type": "FragmentSelector", "conformsTo": _BOXES, "value": area(place.box)}
    return found
