"""What tests of pages share: one browser for all of them, and the example books opened by real servers."""

from collections.abc import Iterator
from typing import Any

import pytest

from book_runs import example
from browsing import browser, looking, served


@pytest.fixture(scope="session")
def chrome() -> Iterator[Any]:
    """One browser for all tests of a process."""
    with browser() as found:
        yield found


@pytest.fixture(scope="session")
def two_mines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the book of two mines, of which nothing was made yet."""
    book = example("two-mines", tmp_path_factory.mktemp("served") / "book")
    with served(book, read_only=True) as address:
        yield address


@pytest.fixture(scope="session")
def crater_lake(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the book of Crater Lake, of which nothing was made yet."""
    book = example("crater-lake", tmp_path_factory.mktemp("served") / "book")
    with served(book, read_only=True) as address:
        yield address


@pytest.fixture
def mines(chrome: Any, two_mines: str) -> Iterator[Any]:
    """A window on the book of two mines."""
    with looking(chrome, two_mines) as look:
        yield look


@pytest.fixture
def holes(chrome: Any, crater_lake: str) -> Iterator[Any]:
    """A window on the book of Crater Lake."""
    with looking(chrome, crater_lake) as look:
        yield look
