"""Images: their decoding, and of few of them the reading."""

import io
import struct
import zlib
from collections.abc import Iterator
from random import Random

from PIL import Image

from fuzz.contract import read_soundly
from fuzz.seeds import known
from fuzz.targets import Mutate
from orebook.reading.scanned.pictures import BrokenPictureError, pictures

LONGEST = 60_000
WORDS = known("image")


def seeds() -> Iterator[bytes]:
    """Small pictures of every kind and mode that is taken."""
    for mode in ("1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I;16", "F"):
        image = Image.new(mode, (13, 7))
        for form in ("PNG", "JPEG", "TIFF"):
            file = io.BytesIO()
            try:
                image.save(file, form, dpi=(204, 98))
            except (OSError, KeyError, ValueError):
                continue
            yield file.getvalue()
    file = io.BytesIO()
    Image.new("L", (5, 5)).save(file, "TIFF", save_all=True, append_images=[Image.new("1", (9, 9))])
    yield file.getvalue()


def mutated(data: bytes, most: int, chance: Random, mutate: Mutate) -> bytes:
    """Bytes, with the sums of the parts of a PNG made to fit again; without that hardly any would be opened."""
    changed = mutate(data, most)
    return _summed(changed) if changed.startswith(b"\x89PNG") and chance.random() < 0.9 else changed


def _summed(data: bytes) -> bytes:
    out, at = data[:8], 8
    while at + 12 <= len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        kind, inside = data[at + 4 : at + 8], data[at + 8 : at + 8 + min(length, len(data))]
        out += struct.pack(">I", len(inside)) + kind + inside + struct.pack(">I", zlib.crc32(kind + inside))
        at += 12 + len(inside)
    return out


def once(data: bytes) -> None:
    """A picture is taken in or refused; one in forty, and small, is read with all its letters."""
    try:
        for number, page in enumerate(pictures(data)):
            assert page.grey.ndim == 2 and page.width > 0 and page.height > 0
            if number > 3:
                break
    except BrokenPictureError as refusal:
        assert "\n" not in str(refusal)
        return
    if zlib.crc32(data) % 40 == 0:
        read_soundly("a.png", data)
