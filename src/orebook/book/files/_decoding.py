"""Decoding: the bytes of a table as UTF-8 with one kind of line end, and what had to be done for it."""

import codecs
from typing import NamedTuple

from orebook.book.files._content import Content, OnDisk, whole
from orebook.book.files._seen import Seen, seen
from orebook.reading.formats import UnreadableError

_MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_UTF8 = b"\xef\xbb\xbf"
_SIGNS = (
    (b"%PDF-", "a PDF file"),
    (b"PAR1", "a Parquet file"),
    (b"PK\x03\x04", "a zip archive and no workbook that can be opened"),
    (b"\xd0\xcf\x11\xe0", "an old Office file and no workbook that can be opened"),
    (b"SQLite format 3", "an SQLite database or GeoPackage"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"{\\rtf", "a rich-text document"),
)
_PAGE = (b"<!doctype html", b"<html", b"<table", b"<?xml")
INSTEAD = "give the table as CSV, TSV or XLSX"
_PART = 8 * 1024 * 1024
_HEAD = 64 * 1024
_LOST = "\N{REPLACEMENT CHARACTER}".encode()
_FEW = 4
"""Bytes of nothing that a damaged text may have; a file of two bytes a letter has more in its head alone."""


class Decoded(NamedTuple):
    """A table as UTF-8 whose lines end with LF or CR-LF, its encoding, what one should know, and what stands in it."""

    data: Content
    encoding: str
    remarks: tuple[str, ...]
    seen: Seen


def decode(name: str, data: Content) -> Decoded:
    """The bytes of a table as UTF-8, known by its marks and its form; anything else is Windows-1252.

    Raises ``UnreadableError`` for a file that is empty or no text.

    >>> decode("a.csv", "Trou,Qualité".encode("utf-16")).encoding, decode("a.csv", b"Qualit\\xe9").data
    ('utf-16-le', b'Qualit\\xc3\\xa9')
    """
    if isinstance(data, bytes) and (not data or data.isspace()):
        raise UnreadableError("the file is empty", name, INSTEAD)
    found = seen(data)
    if isinstance(data, OnDisk):
        if _is_plain(data, found):
            return Decoded(data, "utf-8", (), found)
        data = whole(data)
    text, encoding, remarks = _decoded(name, data, found)
    if text.endswith(b"\x1a"):
        text = text.rstrip(b"\x1a")
    text, ends = _line_ends(text, found if text is data else seen(text))
    return Decoded(text, encoding, (*remarks, *ends), found if text is data else seen(text))


def _is_plain(data: OnDisk, found: Seen) -> bool:
    """Whether a file is text in which nothing has to be changed."""
    head = data[:_HEAD]
    usual = found.ascii and not (found.noughts or found.returns or found.quotes)
    return usual and not head.isspace() and not sign_of(head[:512]) and data[-1:] != b"\x1a"


def sign_of(head: bytes) -> str:
    """What a file is that is no text, told by its first bytes; nothing when they do not tell.

    >>> sign_of(b"%PDF-1.7")
    'a PDF file'
    """
    known = next((what for sign, what in _SIGNS if head.startswith(sign)), "")
    return known or ("a web page" if head[:512].lstrip().lower().startswith(_PAGE) else "")


def _decoded(name: str, data: bytes, found: Seen) -> tuple[bytes, str, tuple[str, ...]]:
    if data.startswith(_UTF8):
        return _utf8(name, data[len(_UTF8) :], False, ("starts with a byte-order mark",))
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _wide(name, data[len(mark) :], encoding)
    if what := sign_of(data[:512]):
        raise UnreadableError(what, name, INSTEAD)
    left = data.rstrip(b"\x00") if data.endswith(b"\x00\x00\x00\x00") else data
    noughts = left[:_HEAD].count(0)
    if noughts > 0.01 * len(left[:_HEAD]) and noughts > _FEW:
        return _wide(name, data, _wide_without_mark(name, data[:_HEAD]))
    if not found.noughts:
        return _utf8(name, data, found.ascii, ())
    remarks = (f"{len(data) - len(left):,} bytes of nothing at the end",) if len(left) < len(data) else ()
    inside = left.count(0)
    return _utf8(name, left, False, (*remarks, f"{inside:,} bytes of nothing amid the text") if inside else remarks)


def _utf8(name: str, data: bytes, plain: bool, remarks: tuple[str, ...]) -> tuple[bytes, str, tuple[str, ...]]:
    """UTF-8 if all of it is, else Windows-1252."""
    if plain or data.isascii() or _is_utf8(data):
        return data, "utf-8", remarks
    odd = sum(byte < 32 and byte not in b"\t\n\x0b\x0c\r\x1a" for byte in data[:_HEAD])
    if odd > 0.02 * len(data[:_HEAD]):
        raise UnreadableError("the file is binary", name, INSTEAD)
    text, said = _legacy(data)
    return text, "cp1252", (*remarks, *said)


def _legacy(data: bytes) -> tuple[bytes, tuple[str, ...]]:
    """Windows-1252 as UTF-8; where some lines are UTF-8 and some are not, each line as what it is.

    >>> _legacy("a,é\\n".encode() + "b,è\\n".encode("cp1252"))[0].decode()
    'a,é\\nb,è\\n'
    """
    lines = data.split(b"\n")
    plain = [not line.isascii() and _is_utf8(line) for line in lines]
    text = b"\n".join(
        line if own or line.isascii() else line.decode("cp1252", "replace").encode()
        for line, own in zip(lines, plain, strict=True)
    )
    said = ["not UTF-8; read as Windows-1252"]
    if any(plain):
        said = [f"{sum(plain):,} lines are UTF-8 and others are not, which were read as Windows-1252"]
    if lost := text.count(_LOST) - data.count(_LOST):
        said.append(f"{lost:,} letters of another encoding could not be read; save the file as UTF-8")
    return text, tuple(said)


def _is_utf8(data: bytes) -> bool:
    """Whether all of it is UTF-8, looked at part by part so that no second copy is made."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    view = memoryview(data)
    try:
        for start in range(0, len(data), _PART):
            decoder.decode(view[start : start + _PART], final=start + _PART >= len(data))
    except UnicodeDecodeError:
        return False
    return True


def _wide(name: str, data: bytes, encoding: str) -> tuple[bytes, str, tuple[str, ...]]:
    try:
        return data.decode(encoding).encode(), encoding, ()
    except UnicodeDecodeError as problem:
        what = f"the file says it is {encoding.upper()} and is not, at byte {problem.start:,}"
        raise UnreadableError(what, name, "save it as UTF-8") from None


def _wide_without_mark(name: str, head: bytes) -> str:
    """UTF-16 without its mark: every other byte of a plain table is nought."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    most = 0.4 * len(head) / 2
    if odd > most and even < most / 10:
        return "utf-16-le"
    if even > most and odd < most / 10:
        return "utf-16-be"
    raise UnreadableError("the file is binary", name, INSTEAD)


def _line_ends(data: bytes, found: Seen) -> tuple[bytes, tuple[str, ...]]:
    """Lines that end with LF or CR-LF; the lone CR of an old Mac becomes LF where nothing is quoted."""
    if not found.returns:
        return data, ()
    returns, both = data.count(b"\r"), data.count(b"\r\n")
    if returns > both and ((both == 0 and data.find(b"\n") < 0) or data.find(b'"') < 0):
        plain = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        return plain, (f"{returns - both:,} lines end with a lone CR",)
    feeds = data.count(b"\n")
    if both and feeds > both:
        return data, (f"line ends are mixed: {both:,} CR-LF and {feeds - both:,} LF",)
    return data, ()
