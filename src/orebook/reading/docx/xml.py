"""XML: the elements of a part of a file, without anything that a document type could bring in."""

from collections.abc import Iterator
from functools import cache
from io import BytesIO
from typing import Any, Protocol

from orebook.reading.formats import UnreadableError

_LARGE = 16 * 1024 * 1024
"""Of larger parts the elements are read one after the other and dropped, so that their memory does not grow."""

_SAME = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)
"""The names that the strict form of the standard has for the same things."""

_CAREFUL = {"resolve_entities": False, "no_network": True, "remove_comments": True, "remove_pis": True}
_INSTEAD = "save it anew as DOCX, or give it as text or PDF"


class Element(Protocol):
    """What is used of an element."""

    tag: str
    text: str | None

    def get(self, name: str) -> str | None:
        """The value of an attribute."""

    def find(self, path: str) -> "Element | None":
        """The first child of a name."""

    def iter(self, *tags: str) -> Iterator["Element"]:
        """The elements of these names at any depth."""

    def getparent(self) -> "Element | None":
        """The element around."""

    def __iter__(self) -> Iterator["Element"]:
        """The children in order."""

    def __len__(self) -> int:
        """How many children there are."""

    def __getitem__(self, at: int) -> "Element":
        """One child."""


def parsed(where: str, data: bytes) -> Element:
    """The outermost element of a part.

    Raises ``UnreadableError`` for what is no XML, and for XML that declares a document type: no word processor writes
    one, and its entities can fill the memory or read other files.

    >>> [child.tag for child in parsed("a.xml", b"<a><b/></a>")]
    ['b']
    >>> parsed("a.xml", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>")
    Traceback (most recent call last):
        ...
    orebook.reading.formats.UnreadableError: a.xml: the XML declares a document type; save it anew ...
    """
    etree = _library()
    data = _plain(where, data)
    try:
        root: Element = etree.fromstring(data, _parser())
    except etree.XMLSyntaxError as problem:
        raise _damaged(where, problem) from None
    _refuse_types(where, root)
    return root


def children(where: str, data: bytes, inside: str) -> Iterator[Element]:
    """Yield the children of the first element of a name; each is to be used before the next is asked for.

    >>> [child.tag for child in children("a.xml", b"<a><b><c/><d/></b></a>", "b")]
    ['c', 'd']
    """
    if len(data) <= _LARGE:
        yield from next(parsed(where, data).iter(inside), ())
        return
    etree = _library()
    data = _plain(where, data)
    try:
        first = True
        for _, element in etree.iterparse(BytesIO(data), events=("end",), **_CAREFUL):
            around = element.getparent()
            if around is None or around.tag != inside:
                continue
            if first:
                _refuse_types(where, element)
            first = False
            yield element
            element.clear()
            while element.getprevious() is not None:
                del around[0]
    except etree.XMLSyntaxError as problem:
        raise _damaged(where, problem) from None


@cache
def _library() -> Any:
    """The XML library; it takes thirty thousandths of a second to load, so only whoever reads such a file waits."""
    from lxml import etree

    return etree


@cache
def _parser() -> Any:
    return _library().XMLParser(**_CAREFUL)


def _plain(where: str, data: bytes) -> bytes:
    """A part without a document type, its names those of the usual form of the standard.

    Few parts have the sign that every declaration begins with, and one sign is looked for twenty times as fast.
    """
    if b"!" in data and b"<!DOCTYPE" in data:
        raise UnreadableError("the XML declares a document type", where, _INSTEAD)
    if b"http://purl.oclc.org/ooxml/" in data[:8192]:
        for strict, usual in _SAME:
            data = data.replace(strict, usual)
    return data


def _refuse_types(where: str, element: Any) -> None:
    """Refuse a document type in whatever encoding."""
    if element.getroottree().docinfo.doctype:
        raise UnreadableError("the XML declares a document type", where, _INSTEAD)


def _damaged(where: str, problem: Exception) -> UnreadableError:
    words = " ".join(str(problem).split())[:120].lower()
    return UnreadableError(f"the XML is damaged ({words})", where, _INSTEAD)
