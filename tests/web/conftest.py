"""What tests of pages share: one browser for all of them, and the example books opened by real servers."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from book_runs import example
from browsing import browser, got, looking, served


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


@pytest.fixture(scope="session")
def with_blocks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the small mine with 600 blocks and a little ground."""
    book = example("small-mine", tmp_path_factory.mktemp("space") / "book")
    east, north, up = (each.ravel() for each in np.meshgrid(np.arange(10), np.arange(10), np.arange(6), indexing="ij"))
    lines = ["easting_m,northing_m,elevation_m,dx_m,dy_m,dz_m,au_gpt"]
    for x, y, z in zip(east, north, up, strict=True):
        lines.append(f"{412200 + 10 * x},{7105050 + 10 * y},{300 + 10 * z},10,10,10,{x / 2}")
    (book / "tables" / "blocks.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    ground = [f"{412150 + 25 * x},{7104950 + 25 * y},{420 + x}" for x in range(8) for y in range(14)]
    (book / "tables" / "topography.csv").write_text(
        "\n".join(["easting_m,northing_m,elevation_m", *ground]) + "\n", encoding="utf-8"
    )
    with served(book, read_only=True) as address:
        assert got(address, "/map")[0] == 200
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
