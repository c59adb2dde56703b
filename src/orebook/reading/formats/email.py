"""E-mail: messages as EML files, with what hangs on them."""

import re
from importlib import import_module

from orebook.ground.source import Document
from orebook.reading import formats
from orebook.reading.layout import Block, Layout
from orebook.reading.paged.bundle import Bundle, moved
from orebook.reading.text import inline

_SUFFIXES = (".eml",)
_HEAD = re.compile(rb"(?:[A-Za-z][A-Za-z0-9-]{0,60}:[^\n]{0,2000}\r?\n(?:[ \t][^\n]{0,2000}\r?\n){0,60}){2,200}")
_SURE = re.compile(rb"^(?:mime-version|message-id|received|return-path|delivered-to):", re.IGNORECASE | re.MULTILINE)


def recognises(name: str, head: bytes) -> bool:
    """Whether a file is a message: by its name, or by lines at its top that only mail has.

    >>> recognises("a", b"To: b@c\\nMessage-ID: <1@b>\\n\\nWords"), recognises("a", b"Date: May 4\\nTo: all\\n")
    (True, False)
    """
    top = _HEAD.match(head)
    return name.lower().endswith(_SUFFIXES) or bool(top and _SURE.search(top[0]))


def opened(name: str, data: bytes) -> Document:
    """The document that a message is; only whoever reads one loads what it takes.

    Raises ``UnreadableError`` for a message without words.
    """
    document: Document = import_module("orebook.reading.mail.message").opened(name, data)
    return document


def read(document: Document) -> Layout:
    """The blocks of body and attachments, each as its own format lays them out; the head is front matter.

    The subject is the title where nothing else is one.
    """
    if not isinstance(document, Bundle):
        return formats.formats()["text"].read(document)
    found: list[Block] = []
    for piece in document.pieces[1:]:
        found += [moved(block, piece.start) for block in formats.layout(piece.document).blocks]
    head = len(document.pieces[0].document.text)
    subject = document.text.find("Subject: ", 0, head)
    front = [Block("front", inline(document.text, 0, head, markup=False), part="head")]
    if subject >= 0 and not any(block.kind == "title" for block in found):
        front.append(Block("title", inline(document.text, subject + len("Subject: "), head, markup=False), part="head"))
    return Layout(document, [*front, *found])
