"""Messages: from the bytes of an e-mail to a document of its head, its body and its attachments."""

import email
from collections.abc import Iterator
from contextlib import suppress
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from typing import NamedTuple

from orebook.ground.source import Document
from orebook.reading.formats import UnreadableError, decode, open_document
from orebook.reading.paged.bundle import Bundle, bundle
from orebook.reading.paged.document import PagedDocument

_HEAD = ("From", "To", "Date", "Subject")
_BODIES = ("text/html", "text/plain")
"""The ways in which a message says the same, the best first."""

_ENDINGS = {"text/html": ".html", "text/markdown": ".md", "application/pdf": ".pdf", "message/rfc822": ".eml"}
_DEEPEST = 8
_MOST = 1000
_LONGEST_LINE = 20_000
"""Characters of a line of the head: decoding takes time with their square."""
_INSTEAD = "save the message as EML anew, or give its text and its attachments as files"
_BY_THE_WAY = (
    "text/calendar",
    "text/x-vcard",
    "text/vcard",
    "application/pgp-signature",
    "application/pkcs7-signature",
)


class Attached(NamedTuple):
    """A file that hangs on a message."""

    name: str
    data: bytes


def opened(name: str, data: bytes) -> Bundle:
    """The document that a message is: head, body, and every attachment read by its own format.

    Of a body that is there twice the page is read, not the plain text. What cannot be read is remarked.
    Raises ``UnreadableError`` for a message without words.
    """
    try:
        message = email.message_from_bytes(data)
        return _Opening(name).document(message)
    except RecursionError:
        raise UnreadableError("parts within parts without end", name, _INSTEAD) from None


class _Opening:
    """The opening of one message."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.bodies: list[Document] = []
        self.attached: list[Attached] = []
        self.remarks: list[str] = []
        self.pictures = 0
        self.count = 0

    def document(self, message: Message) -> Bundle:
        """Head, body and attachments as one document."""
        self._take(message, 0)
        found = [("head", Document(self.name, _head(message), "text"))]
        found += [("body", body) for body in self.bodies]
        found += list(self._read())
        if self.pictures:
            self.remarks.append(f"{self.pictures:,} pictures were not read")
        if len(found) == 1:
            what = "no words in the message" + (f" ({'; '.join(self.remarks)})" if self.remarks else "")
            raise UnreadableError(what, self.name, _INSTEAD)
        return bundle(self.name, "email", found, self.remarks)

    def _take(self, part: Message, depth: int) -> None:
        """Sort a part of the message: another layer, a body, an attachment, or something by the way."""
        kind = part.get_content_type()
        self.count += 1
        if depth > _DEEPEST or self.count > _MOST:
            raise UnreadableError("more parts than a message needs", self.name, _INSTEAD)
        if kind == "message/rfc822":
            try:
                self.attached.extend(Attached(_named(part, kind), inner.as_bytes()) for inner in _parts(part))
            except (ValueError, LookupError, MessageError):
                self.remarks.append("a message that is attached is damaged and was not read")
        elif kind == "multipart/alternative":
            self._choose(_parts(part), depth)
        elif kind in ("application/pkcs7-mime", "multipart/encrypted"):
            self.remarks.append("a part is encrypted and was not read")
        elif part.is_multipart():
            for inner in _parts(part):
                self._take(inner, depth + 1)
        elif kind in _BODIES and not part.get_filename() and part.get_content_disposition() != "attachment":
            self._say(part, kind)
        elif kind.startswith("image/"):
            self.pictures += 1
        elif kind not in _BY_THE_WAY and not kind.startswith("message/"):
            self.attached.append(Attached(_named(part, kind), _bytes(part)))

    def _choose(self, ways: list[Message], depth: int) -> None:
        """Of the ways to say the same the best that has words; a later one is better than an earlier."""
        before = len(self.bodies)
        ways.reverse()
        ways.sort(key=lambda way: way.get_content_type() == "text/plain")
        for part in ways:
            self._take(part, depth + 1)
            if len(self.bodies) > before:
                return

    def _say(self, part: Message, kind: str) -> None:
        text = _words(self.name, part)
        if text.strip():
            self.bodies.append(Document(self.name, text, "html" if kind == "text/html" else "text"))

    def _read(self) -> Iterator[tuple[str, Document]]:
        """Yield the attachments as documents; one that cannot be read is remarked."""
        for file in self.attached:
            try:
                document = open_document(file.name, file.data)
            except UnreadableError as problem:
                self.remarks.append(f"attachment {problem}")
                continue
            if isinstance(document, PagedDocument):
                self.remarks += [f"attachment {file.name}: {remark}" for remark in document.remarks]
            yield f"attachment {file.name}", document


def _parts(part: Message) -> list[Message]:
    inside = part.get_payload()
    return [inner for inner in inside if isinstance(inner, Message)] if isinstance(inside, list) else []


def _head(message: Message) -> str:
    """The lines at the head of the message that people look at."""
    lines = (f"{name}: {_decoded(str(message[name]))}" for name in _HEAD if message[name])
    return "\n".join(lines)


def _decoded(words: str) -> str:
    """The words of a line of the head, on one line, its letters decoded; a line that nobody writes stays as it is."""
    if len(words) <= _LONGEST_LINE:
        with suppress(ValueError, LookupError, MessageError):
            words = str(make_header(decode_header(words)))
    return " ".join(words.encode("utf-8", "replace").decode("utf-8").split())


def _named(part: Message, kind: str) -> str:
    """What an attachment is called, without any path; by its kind when it has no name."""
    said = _decoded(part.get_filename() or "").replace("\\", "/").rpartition("/")[2]
    return said or f"unnamed{_ENDINGS.get(kind, '')}"


def _bytes(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _words(name: str, part: Message) -> str:
    """The words of a part, by the encoding that it names, else by how they look."""
    data = _bytes(part)
    if not data.strip():
        return ""
    try:
        return data.decode(part.get_content_charset() or "utf-8")
    except (LookupError, UnicodeDecodeError):
        return decode(name, data).text
