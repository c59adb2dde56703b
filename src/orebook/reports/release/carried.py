"""Carried: the register of a draft within a Word document, so that it goes where the document goes and is edited.

Word keeps it as data of the document, which no page shows; to take it out before a document is sent on, its own
inspection of documents has a place for that ("custom XML data").
"""

import re
from xml.sax.saxutils import escape

from orebook.reading.docx.archive import Archive
from orebook.reading.docx.xml import parsed
from orebook.reading.formats import UnreadableError
from orebook.reports.release.register import Register, read_register

NAME = "urn:orebook:register:1"
"""What the element is called that holds a register."""

CARRYING = (".docx", ".docm")
"""The endings of documents that can carry one."""

_NEVER = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML can hold."""

_FOLDER, _LARGEST = "customXml/item", 40_000_000


def as_xml(register: Register) -> bytes:
    """A register as a part of a Word document."""
    said = escape(_NEVER.sub("\ufffd", register.json()))
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<register xmlns="{NAME}">{said}</register>'.encode()


def carried(name: str, data: bytes) -> Register | None:
    """The register that a Word document carries, whoever has saved it since; nothing where it has none.

    >>> carried("release.docx", b"no document") is None
    True
    """
    if not name.lower().endswith(CARRYING):
        return None
    try:
        archive = Archive(name, data)
        for part in archive.names():
            if part.startswith(_FOLDER) and part.endswith(".xml") and "Props" not in part:
                said = archive.part(part) or b""
                if NAME.encode() in said and len(said) <= _LARGEST:
                    return read_register(parsed(part, said).text or "")
    except (UnreadableError, ValueError, TypeError, KeyError):
        return None
    return None
