"""Inputs from elsewhere: memory, archives and object storage through fsspec, read as if they lay in a folder."""

import os
import zipfile
from pathlib import Path

import pytest

import many
from orebook.desk.inputs import Input, gather, opened
from orebook.desk.read import read
from orebook.desk.remote import is_remote
from orebook.reports.results import Facts
from orebook.reports.trouble import Trouble

fsspec = pytest.importorskip("fsspec")


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    """Five small releases."""
    return many.releases(tmp_path / "in", 5)


@pytest.fixture
def archive(docs: Path, tmp_path: Path) -> Path:
    """The same in a zip file, with a hidden file and a picture beside them."""
    with zipfile.ZipFile(tmp_path / "releases.zip", "w") as file:
        for each in sorted(docs.iterdir()):
            file.write(each, f"2025/{each.name}")
        file.writestr("2025/.hidden.md", "words")
        file.writestr("2025/map.png", b"\x89PNG")
    return tmp_path / "releases.zip"


@pytest.fixture
def memory(docs: Path) -> str:
    """The same in the memory of this process."""
    store = fsspec.filesystem("memory")
    store.pipe({f"/box/{each.name}": each.read_bytes() for each in docs.iterdir()})
    return "memory://box"


def names(*asked: object) -> list[str]:
    """The last parts of the names of the documents that are meant."""
    return [os.path.basename(item.name.partition("::")[0]) for item in gather([str(each) for each in asked])]  # type: ignore[union-attr]  # noqa: PTH119


FIVE = [f"{number:04}.md" for number in range(5)]


def test_folders_files_and_patterns(archive: Path, memory: str, docs: Path) -> None:
    """A URL means a file, a folder without hidden files and pictures, or a pattern, as a path does."""
    assert names(f"zip://::{archive}") == names(f"zip://2025::{archive}") == names(memory) == FIVE
    assert names(f"zip://2025/*3.md::{archive}") == names(f"{memory}/*3.md") == FIVE[3:4]
    assert names(f"zip://2025/0001.md::{archive}") == names(f"{memory}/0001.md") == FIVE[1:2]
    assert names(f"file://{docs}") == FIVE
    assert names(memory, memory, f"{memory}/0001.md") == FIVE


def test_what_is_read_there_is_what_is_read_here(archive: Path, memory: str, docs: Path) -> None:
    """The facts are the same from a folder, an archive and memory, by one process and by two."""
    here = [result.facts for result in read([str(docs)]).results if isinstance(result, Facts)]
    for url in (f"zip://::{archive}", memory):
        for jobs in (1, 2):
            there = [result for result in read([url], jobs=jobs).results if isinstance(result, Facts)]
            assert [[fact.source[1:] for fact in one.facts] for one in there] == [
                [fact.source[1:] for fact in facts] for facts in here
            ]
            assert all(is_remote(one.doc) for one in there)


def test_a_folder_grows_from_an_archive(archive: Path, docs: Path, tmp_path: Path) -> None:
    """What came from an archive is in the folder by its content, from wherever it comes again."""
    into = f"{tmp_path}/facts/"
    for asked, said in ((f"zip://::{archive}", "5 read"), (f"zip://::{archive}", "5 skipped"), (docs, "5 skipped")):
        answer = read([str(asked)], into=into)
        list(answer.results)
        assert said in answer.notes[0]


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("memory://nowhere", "no such file"),
        ("memory://nowhere/*.md", "no document"),
        ("zip://::/no/such.zip", "no such file"),
        ("nothing://here", "nothing"),
        ("s3://bucket/key.md", "s3"),
        ("zip://::{text}", "zip"),
    ],
)
def test_what_cannot_be_had_is_one_line(url: str, said: str, docs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A store without a library, a broken archive, a name that leads nowhere: trouble that says why."""
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    (found,) = gather([url.replace("{text}", str(docs / "0001.md"))])
    trouble = found if isinstance(found, Trouble) else opened(found)
    assert isinstance(trouble, Trouble) and said in str(trouble).lower() and "\n" not in str(trouble)


def test_without_the_library_it_is_said(docs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The line names the extra that brings it."""
    monkeypatch.setitem(__import__("sys").modules, "fsspec", None)
    (trouble,) = gather([f"file://{docs}"])
    assert isinstance(trouble, Trouble) and "orebook[remote]" in str(trouble)


def test_a_server_is_asked_for_nothing_but_what_was_named() -> None:
    """A page is fetched when it is read, by its name alone; nothing is listed."""
    (item,) = gather(["https://localhost:1/releases/"])
    assert isinstance(item, Input) and item.data is None and item.name == "https://localhost:1/releases/"


def test_a_folder_of_images_alone_says_how_to_read_them(tmp_path: Path) -> None:
    """Images are passed over in folders; somebody whose folder holds nothing but scans is told what to do."""
    for name in ("page-1.png", "page-2.JPG"):
        (tmp_path / name).write_bytes(b"\x89PNG")
    (trouble,) = gather([str(tmp_path)])
    assert isinstance(trouble, Trouble)
    assert "no document in this folder, but 2 images" in str(trouble)
    assert "name those to read" in str(trouble)
