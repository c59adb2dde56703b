"""Large table files: what is read from a file that stays on disk is what is read from its bytes."""

import os
from collections.abc import Callable
from hashlib import sha256
from io import FileIO
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from orebook.book import store
from orebook.book.files import RawTable, _content, read_bytes, read_table
from orebook.book.files._content import OnDisk, content, whole
from orebook.book.importing.columns import changes
from orebook.book.importing.convert import Imported, convert
from orebook.book.importing.declared import Declared
from orebook.book.importing.recognise import recognise
from orebook.reading.formats import UnreadableError

HEAD = "Hole,From (m),To (m),Au_gpt\n"
ROWS = "".join(f"KR-{at // 50:04},{at % 50},{at % 50 + 1},{at % 997 / 100}\n" for at in range(12_000))
LATE = {
    "nothing": "",
    "a last line without its end": "KR-X,1,2,3",
    "a last cell that is empty": "KR-X,1,2,\nKR-X,2,3,1\n",
    "a row too short": "KR-X,1,2\nKR-X,2,3,1\n",
    "a row too long": "KR-X,1,2,3,4\nKR-X,2,3,1\n",
    "a row too short beside one too long": "KR-X,1,2\nKR-X,2,3,1,5\n",
    "an empty line": "KR-X,1,2,3\n\nKR-X,2,3,1\n",
    "delimiters alone": "KR-X,1,2,3\n,,,\nKR-X,2,3,1\n",
    "a quoted cell": 'KR-X,1,2,3\n"KR,Y",2,3,1\n',
    "a quote for inches": 'KR-X,1,2,3\nKR 5",2,3,1\n',
    "a limit of detection": "KR-X,1,2,<0.01\nKR-X,2,3,>10\n",
    "a word": "KR-X,1,2,NSS\nKR-X,2,x,1\n",
    "no finite number": "KR-X,1,2,inf\nKR-X,2,3,1\n",
    "noise of a depth": "KR-X,1.0000001,2,3\n",
    "other line ends": "KR-X,1,2,3\r\nKR-X,2,3,1\r\n",
    "a lone return": "KR-X,1,2,3\rKR-X,2,3,1\n",
    "letters of UTF-8": "Forêt,1,2,3\n",
    "bytes of nothing": "KR-X,1,2,3\n" + "\0" * 10,
    "the sign of an end": "KR-X,1,2,3\n\x1a",
    "the head again": HEAD + "total,0,5,1\n",
}


def taken(raw: RawTable) -> Imported:
    """A raw table as assays, with a decimal point."""
    return convert(raw, recognise(raw, table="assays", length="m"), Declared(length="m", decimal="."))


def on_disk(path: Path, data: bytes, monkeypatch: pytest.MonkeyPatch) -> OnDisk:
    """A file that is left on disk, however small."""
    path.write_bytes(data)
    monkeypatch.setattr(_content, "_LARGE", 1)
    monkeypatch.setattr(_content, "_PIECE", 50_000)
    found = content(path, "a.csv")
    assert isinstance(found, OnDisk)
    return found


@pytest.mark.parametrize("late", LATE)
def test_a_file_on_disk_is_read_as_its_bytes_are(late: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever stands behind the part by which a file is judged, nothing differs from the file that is held."""
    data = (HEAD + ROWS + LATE[late]).encode()
    assert len(on_disk(tmp_path / "a.csv", data, monkeypatch)) == len(data)
    one, other = read_table(tmp_path / "a.csv", name="a.csv"), read_bytes("a.csv", data)
    assert one.sha256 == other.sha256 == sha256(data).hexdigest()
    assert (one.encoding, one.delimiter, one.decimal, one.size, one.remarks) == (
        other.encoding,
        other.delimiter,
        other.decimal,
        other.size,
        other.remarks,
    )
    assert one.sample.equals(other.sample)
    got, held = taken(one), taken(other)
    assert got.table.equals(held.table)
    assert got.rejected.equals(held.rejected)
    assert (got.report.reasons, got.report.remarks, got.report.blank) == (
        held.report.reasons,
        held.report.remarks,
        held.report.blank,
    )
    assert got.report.columns.equals(held.report.columns)
    assert got.report.rows == got.report.kept + got.report.rejected == held.report.rows


@pytest.mark.parametrize("head", [b"\xef\xbb\xbfHole", b'"Hole"', b"Hole\r", b"Hol\xe9", b"Hole\0", b"Hole<"])
def test_a_file_that_begins_otherwise_is_held(head: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A mark, a quote, a return, a letter that is not ASCII: all bytes will be wanted, and are read at once."""
    (tmp_path / "a.csv").write_bytes(head + b",From\nA,1\n")
    monkeypatch.setattr(_content, "_LARGE", 1)
    assert content(tmp_path / "a.csv", "a.csv") == head + b",From\nA,1\n"


def test_a_slice_of_a_file_on_disk_is_the_slice_of_its_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Slices from either end, empty ones, and those that reach beyond the end."""
    data = (HEAD + ROWS).encode()
    held = on_disk(tmp_path / "a.csv", data, monkeypatch)
    for where in (slice(0, 10), slice(-1, None), slice(5, 5), slice(9, 3), slice(100, 10**9), slice(None)):
        assert held[where] == data[where]
    assert b"".join(map(bytes, held.parts())) == data
    assert whole(held) == data


def _more(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"KR-X,1,2,3\n")


def _as_long(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"KR-0001,1,", b"KR-0001,9,"))
    os.utime(path, ns=(1, 1))


def _another(path: Path) -> None:
    path.with_suffix(".new").write_bytes(path.read_bytes())
    path.with_suffix(".new").replace(path)


@pytest.mark.parametrize("change", [_more, _as_long, _another])
def test_a_file_that_changes_while_it_is_read_is_refused(
    change: Callable[[Path], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was judged, fingerprinted and read is one file, or nothing is taken in."""
    on_disk(tmp_path / "a.csv", (HEAD + ROWS).encode(), monkeypatch)
    raw = read_table(tmp_path / "a.csv")
    assert raw.sha256
    change(tmp_path / "a.csv")
    with pytest.raises(UnreadableError, match="changed while it was read"):
        taken(raw)


def test_a_file_that_is_gone_is_said_to_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that is deleted amid its reading is trouble with its name, as one that never was."""
    on_disk(tmp_path / "a.csv", (HEAD + ROWS).encode(), monkeypatch)
    raw = read_table(tmp_path / "a.csv")
    assert raw.sha256
    (tmp_path / "a.csv").unlink()
    with pytest.raises(UnreadableError, match="no such file"):
        taken(raw)


@given(st.lists(st.lists(st.sampled_from([None, "A", "B"]), max_size=4), min_size=1, max_size=4))
def test_changes_do_not_depend_on_how_a_column_lies(parts: list[list[str | None]]) -> None:
    """A column in several pieces of memory has the changes of the same column in one piece."""
    column = pl.concat([pl.Series(part, dtype=pl.String) for part in parts], rechunk=False)
    cells = [cell for part in parts for cell in part]
    said = [cell for at, cell in enumerate(cells) if not at or cell != cells[at - 1]]
    assert changes(column).to_list() == changes(column.rechunk()).to_list() == said


@given(st.lists(st.tuples(st.sampled_from("AB"), st.integers(0, 3), st.integers(0, 3)), max_size=12), st.integers(1, 4))
def test_order_is_judged_across_slices(rows: list[tuple[str, int, int]], together: int) -> None:
    """Rows that stand in order are told from others wherever the slices end in which they are looked at."""
    frame = pl.DataFrame(rows, schema={"hole": pl.String, "from_m": pl.Float64, "to_m": pl.Float64}, orient="row")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(store, "_ROWS", together)
        assert store._stands_in_order(frame, frame.columns) is (rows == sorted(rows))


def test_a_disk_that_gives_less_than_asked_for_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A slice is whole even where each reading stops after some bytes."""

    class Slow(FileIO):
        def read(self, size: int | None = -1, /) -> bytes | Any:
            return super().read(min(size, 999) if size is not None and size > 0 else size)

    data = (HEAD + ROWS).encode()
    held = on_disk(tmp_path / "a.csv", data, monkeypatch)
    monkeypatch.setattr(_content, "FileIO", Slow)
    assert held[100:40_000] == data[100:40_000]
