"""Archives: zip files that are the same, byte for byte, whenever they are made."""

from collections.abc import Iterable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The first day that a zip file knows."""


def archive(files: Iterable[tuple[str, bytes]]) -> bytes:
    """A zip file with these names and contents, without a time of day.

    >>> archive([("a.txt", b"ore")]) == archive([("a.txt", b"ore")])
    True
    """
    whole = BytesIO()
    with ZipFile(whole, "w", ZIP_DEFLATED) as packed:
        for name, data in files:
            entry = ZipInfo(name, _EPOCH)
            entry.compress_type = ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            packed.writestr(entry, data)
    return whole.getvalue()


def settled(data: bytes) -> bytes:
    """A zip file with the same contents in the same order, its times taken out."""
    with ZipFile(BytesIO(data)) as packed:
        return archive((name, packed.read(name)) for name in packed.namelist())
