"""Pages that are written as programs."""

from collections.abc import Iterator

from fuzz.contract import read_soundly
from fuzz.mutators import text_mutator
from fuzz.seeds import known, texts

LONGEST = 60_000
WORDS = known("jsx", "html", "text")
mutated = text_mutator(WORDS)


def seeds() -> Iterator[bytes]:
    """Invented pages."""
    return texts(".tsx", ".jsx")


def once(data: bytes) -> None:
    """A page is read, checked and shown."""
    read_soundly("a.tsx", data)
