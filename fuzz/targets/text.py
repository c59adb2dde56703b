"""Plain text."""

from collections.abc import Iterator

from fuzz.contract import read_soundly
from fuzz.mutators import text_mutator
from fuzz.seeds import known, texts

LONGEST = 60_000
WORDS = known("text")
mutated = text_mutator(WORDS)


def seeds() -> Iterator[bytes]:
    """Samples and invented releases."""
    return texts(".txt")


def once(data: bytes) -> None:
    """A text is read, checked and shown."""
    read_soundly("a.txt", data)
