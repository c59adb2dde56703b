"""File formats: one file each, found by being in this folder; each says what it recognises and reads it to a layout."""

from collections.abc import Callable
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import NamedTuple, Protocol

from orebook.ground.one_line import one_line
from orebook.ground.source import Document
from orebook.reading.layout import Layout

LIMIT = 64 * 1024 * 1024
"""Larger files are refused unless the caller allows them (bytes)."""

_HEAD = 4096
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)


class UnreadableError(ValueError):
    """A file that cannot be read as a document: what is wrong, where, and what to give instead.

    >>> str(UnreadableError("the file is empty", "a.txt", "give a text, Markdown or HTML file"))
    'a.txt: the file is empty; give a text, Markdown or HTML file'
    """

    def __init__(self, what: str, where: str, instead: str) -> None:
        what, instead = one_line(what), one_line(instead)
        super().__init__(f"{where}: {what}; {instead}")
        self.what, self.where, self.instead = what, where, instead


class Format(Protocol):
    """What every format offers.

    A format of files that are no text has ``opened`` as well: from the name and the bytes of a file to a document whose
    text it writes itself; its ``recognises`` is asked with the first bytes of the file as they are. Files with one of
    its ``ENDINGS`` (``(".pdf",)``) are found in folders; without any they are read only when they are named. ``NAMED``
    are the endings that nothing else bears: a file of such a name that is none of it came damaged, or is the page of an
    error that was kept in its place.
    """

    __name__: str
    recognises: Callable[[str, bytes], bool]
    read: Callable[[Document], Layout]


class Decoded(NamedTuple):
    """The text of a file, how it was encoded, and what one should know about the guess."""

    text: str
    encoding: str
    remark: str = ""


@cache
def formats() -> dict[str, Format]:
    """Every format by its name, the most particular first.

    >>> {"html", "markdown", "pdf", "text"} <= formats().keys()
    True
    """
    found: dict[str, Format] = {}
    for module in iter_modules(__path__):
        if not module.name.startswith("_"):
            found[module.name] = import_module(f"{__name__}.{module.name}")
    return dict(sorted(found.items(), key=lambda item: item[0] == "text"))


def open_document(name: str, data: bytes, *, limit: int = LIMIT) -> Document:
    """Turn the bytes of a file into a document.

    UTF-8 and UTF-16 are known by their form; anything else is taken for Windows-1252, the old habit of the trade.
    Raises ``UnreadableError`` for a file that is empty, too large or no text.

    >>> open_document("note.md", "# Grüße".encode()).format
    'markdown'
    """
    if len(data) > limit:
        raise _too_large(name, len(data), limit)
    head = data[:_HEAD]
    for form in formats().values():
        if hasattr(form, "opened") and form.recognises(name, head):
            document: Document = form.opened(name, data)
            return document
    decoded = decode(name, data, limit=limit)
    _as_named(name)
    head = decoded.text[:_HEAD].encode("utf-8", "replace")
    known = next((key for key, form in formats().items() if form.recognises(name, head)), "text")
    return Document(name, decoded.text, known)


def layout(document: Document) -> Layout:
    """The blocks of a document, by the format that it was opened as."""
    form = formats().get(document.format) or formats()["text"]
    return form.read(document)


def decode(name: str, data: bytes, *, limit: int = LIMIT) -> Decoded:
    """Decode a file and say how.

    >>> decode("a.txt", b"Qu\\xe9bec").remark
    'not UTF-8; read as Windows-1252'
    """
    if len(data) > limit:
        raise _too_large(name, len(data), limit)
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return Decoded(_text(name, data[len(mark) :], encoding), encoding)
    if data.startswith(b"%PDF-"):
        raise UnreadableError("a PDF file", name, "give its text, or the release as text, Markdown or HTML")
    if b"\x00" in data[: 64 * 1024]:
        raise UnreadableError("the file is binary", name, "give a text, Markdown or HTML file")
    try:
        return Decoded(_full(name, data.decode("utf-8")), "utf-8")
    except UnicodeDecodeError:
        return Decoded(_guessed(name, data), "cp1252", "not UTF-8; read as Windows-1252")


def _as_named(name: str) -> None:
    """Refuse a text that bears the name of what is none: whoever named it so meant another file."""
    ending = name[name.rfind(".") :].lower() if "." in name else ""
    if any(ending in getattr(form, "NAMED", ()) for form in formats().values()):
        raise UnreadableError(
            f"named as a {ending[1:].upper()} file and holds plain text", name, "fetch it again, or name it rightly"
        )


def _too_large(name: str, size: int, limit: int) -> UnreadableError:
    return UnreadableError(
        f"the file has {size:,} bytes, more than the limit of {limit:,}", name, "split it or raise the limit"
    )


def _text(name: str, data: bytes, encoding: str) -> str:
    try:
        return _full(name, data.decode(encoding))
    except UnicodeDecodeError as problem:
        raise UnreadableError(
            f"the file says it is {encoding.upper()} and is not, at byte {problem.start:,}", name, "save it as UTF-8"
        ) from None


def _full(name: str, text: str) -> str:
    if not text.strip():
        raise UnreadableError("the file is empty", name, "give a text, Markdown or HTML file")
    return text


def _guessed(name: str, data: bytes) -> str:
    """Windows-1252, whose five empty places and control characters betray what is no text."""
    sample = data[: 64 * 1024]
    odd = sum(byte < 32 and byte not in (9, 10, 11, 12, 13, 26, 27) for byte in sample)
    if odd > 0.02 * len(sample):
        raise UnreadableError("the file is binary", name, "give a text, Markdown or HTML file")
    return data.decode("cp1252", "replace")
