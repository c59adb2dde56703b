"""Archives: the parts of a file that is a ZIP archive, taken out only as far as they are wanted and believed."""

import zlib
from io import BytesIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from orebook.reading.formats import UnreadableError

LARGEST_PART = 256 * 1024 * 1024
"""A part that unpacks to more is not read (bytes)."""

LARGEST_WHOLE = 2 * LARGEST_PART
"""Of all parts together no more is read."""

_MOST_PARTS = 20_000
_SMALL = 1024 * 1024
_DENSEST = 300
"""So many times its packed size a part may have once it is large: text and tables reach sixty, bombs a thousand."""

_BROKEN = (BadZipFile, NotImplementedError, RuntimeError, zlib.error, EOFError, OSError, ValueError)
_INSTEAD = "save it anew as DOCX, or give it as text or PDF"


class Archive:
    """The parts of one file by their names.

    Raises ``UnreadableError`` for what is damaged, locked or made to fill the memory.
    """

    def __init__(self, name: str, data: bytes) -> None:
        self._name = name
        try:
            self._zip = ZipFile(BytesIO(data))
        except _BROKEN:
            raise UnreadableError("the file is damaged", name, _INSTEAD) from None
        entries = self._zip.infolist()
        if len(entries) > _MOST_PARTS:
            raise UnreadableError(f"the file has {len(entries):,} parts", name, _INSTEAD)
        self._read = 0
        self._entries = {entry.filename.replace("\\", "/").lstrip("/"): entry for entry in entries}

    def names(self) -> list[str]:
        """The names of all parts, in the order of the file."""
        return list(self._entries)

    def part(self, name: str) -> bytes | None:
        """The bytes of a part; nothing when there is no such part."""
        reading = self.reading(name)
        return None if reading is None else reading.more()

    def reading(self, name: str) -> "Reading | None":
        """A part that is to be read piece by piece; nothing when there is no such part."""
        entry = self._entries.get(name)
        if entry is None:
            return None
        where = f"{self._name}, part {name}"
        if entry.flag_bits & 1:
            raise UnreadableError("the part is locked with a password", where, "save it without a password")
        self._weigh(entry, where)
        return Reading(self._zip, entry, where)

    def _weigh(self, entry: ZipInfo, where: str) -> None:
        """Refuse a part by the size that it says it has; what it holds beyond that is never read."""
        size, packed = entry.file_size, max(entry.compress_size, 1)
        self._read += size
        if size > LARGEST_PART or self._read > LARGEST_WHOLE or (size > _SMALL and size > _DENSEST * packed):
            what = f"{packed:,} bytes that unpack to {size:,}: more than a document needs"
            raise UnreadableError(what, where, _INSTEAD)


class Reading:
    """A part while it is read."""

    def __init__(self, archive: ZipFile, entry: ZipInfo, where: str) -> None:
        self._where = where
        try:
            self._file = archive.open(entry)
        except _BROKEN:
            raise self._damaged() from None

    def more(self, size: int = -1) -> bytes:
        """The next bytes, or all that are left; none at the end."""
        try:
            return self._file.read(size)
        except _BROKEN:
            raise self._damaged() from None

    def _damaged(self) -> UnreadableError:
        return UnreadableError("the part is damaged", self._where, _INSTEAD)
