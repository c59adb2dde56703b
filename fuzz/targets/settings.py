"""Settings: book.toml and orebook.toml, and the rules, layouts and definitions in them."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from fuzz.contract import refusing
from fuzz.mutators import text_mutator
from fuzz.seeds import files, known
from orebook.book.problems import BookError
from orebook.book.settings import read_settings
from orebook.desk import config
from orebook.desk.answer import AskedWronglyError

LONGEST = 20_000
WORDS = known("settings")
mutated = text_mutator(WORDS)
_FOLDER = Path(tempfile.mkdtemp(prefix="fuzz-settings-"))


def seeds() -> Iterator[bytes]:
    """The settings of the example books, in the order of their tables, and a configuration."""
    for data in files("examples", ".toml"):
        yield data
        parts = data.split(b"\n\n")
        yield from (b'[issuer]\nname = "x"\n' + part for part in parts)
    yield b'select = ["F"]\nfail_on = "warning"\n[[suppress]]\ncode = "F101"\nreason = "known"\npath = "a*.md"\n'


def once(data: bytes) -> None:
    """Settings are read or refused in one line that says what, where and what instead."""
    book, own = _FOLDER / "book.toml", _FOLDER / "orebook.toml"
    book.write_bytes(data)
    own.write_bytes(data)
    with refusing(BookError):
        read_settings(book)
    with refusing(AskedWronglyError):
        config.read_settings(own)
