"""Carried: the register of a draft within a Word document, so that it goes where the document goes and is edited.

Word keeps it as data of the document, which no page shows. A document goes to lawyers and to the wire, so that what it
carries has no digit that is not printed: values are those of the words. Addresses go along; who does not want that
takes them out by Word's own inspection of documents ("custom XML data").
"""

import re
from dataclasses import replace
from math import floor, log10
from xml.sax.saxutils import escape

from orebook.reading.docx.archive import Archive
from orebook.reading.docx.xml import parsed
from orebook.reading.formats import UnreadableError
from orebook.reports.release.register import Kept, Register, read_register

NAME = "urn:orebook:register:1"
"""What the element is called that holds a register."""

CARRYING = (".docx", ".docm")
"""The endings of documents that can carry one."""

_NEVER = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML can hold."""

_DIGITS = re.compile(r"\d[\d,]*(?:\.\d+)?")

_FOLDER, _LARGEST = "customXml/item", 40_000_000


def as_xml(register: Register) -> bytes:
    """A register as a part of a Word document."""
    shown = replace(register, numbers=tuple(replace(each, value=as_printed(each)) for each in register.numbers))
    said = escape(_NEVER.sub("\ufffd", shown.json()))
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<register xmlns="{NAME}">{said}</register>'.encode()


def as_printed(kept: Kept) -> float:
    """The value of a number as far as its words tell it: their digits, in ones, thousands, millions or hundredths.

    >>> number = Kept("n1", "69,409", 69_409_339.67, "statements[6].value", 0, 0)
    >>> as_printed(number), as_printed(replace(number, printed="$(69.4) million"))
    (69409000.0, 69400000.0)
    """
    found = _DIGITS.search(kept.printed)
    digits = abs(float(found[0].replace(",", ""))) if found else 0.0
    if not found or not digits or not kept.value:
        return 0.0
    half = 0.5 * 10.0 ** -len(found[0].partition(".")[2])
    scale = 10.0 ** round(log10(abs(kept.value) / digits))
    if abs(abs(kept.value) / scale - digits) <= half * (1 + 1e-9):
        return digits * scale * (1 if kept.value > 0 else -1)
    many = len(found[0].replace(",", "").replace(".", "").lstrip("0"))
    return round(kept.value, many - 1 - floor(log10(abs(kept.value))))


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
