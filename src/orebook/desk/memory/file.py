"""A memory in one Parquet file: easy to carry about, read and written whole."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import polars as pl

from orebook.checks.remembered import Remembered
from orebook.desk.answer import AskedWronglyError
from orebook.desk.memory import rows


class OneFile:
    """What was said, all in one list."""

    def __init__(self, releases: list[Remembered]) -> None:
        self._releases = {release.doc: release for release in releases}

    def add(self, releases: list[Remembered]) -> None:
        """Remember releases, each in the place of what was remembered of the document with its name."""
        self._releases |= {release.doc: release for release in releases}

    def all(self) -> list[Remembered]:
        """Everything that is remembered."""
        return list(self._releases.values())


@contextmanager
def opened(file: Path) -> Iterator[OneFile]:
    """A memory to look at and to add to; it is written when the block ends well.

    Raises ``AskedWronglyError`` where it cannot be read or written.
    """
    try:
        memory = OneFile(rows.releases(pl.read_parquet(file)) if file.exists() else [])
        yield memory
        fresh = file.with_name(f".{file.name}.part")
        rows.table(memory.all()).write_parquet(fresh)
        fresh.replace(file)
    except (OSError, pl.exceptions.PolarsError) as problem:
        said = (getattr(problem, "strerror", None) or str(problem)).lower()
        raise AskedWronglyError(f"{file}: cannot be used as a memory: {said}") from None
