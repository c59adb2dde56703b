"""The tutorial is true: every command in it runs in order, and answers what stands below it."""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from contextlib import chdir, redirect_stderr, redirect_stdout, suppress
from io import BytesIO, TextIOWrapper
from pathlib import Path
from shutil import copytree
from typing import NamedTuple

import pytest

from orebook.faces.cli import main

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "tutorial.md"

_PART = re.compile(
    r"<!-- (?P<kind>append|edit): (?P<file>[\w./-]+)(?:: (?P<old>.+?) -> (?P<new>.+?))? -->"
    r"|^```(?P<form>\w+)\n(?P<words>.*?)^```$",
    re.DOTALL | re.MULTILINE,
)


class Asked(NamedTuple):
    """A command and what stands below it."""

    words: str
    answer: str


def commands(block: str) -> Iterator[Asked]:
    """Yield every command of a block with its answer."""
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        words, _, answer = part.partition("\n")
        yield Asked(words, answer.rstrip("\n"))


def answered(words: str, here: Path) -> str:
    """What the command line answers, on both streams."""
    out = TextIOWrapper(BytesIO(), encoding="utf-8", write_through=True)
    with chdir(here), redirect_stdout(out), redirect_stderr(out), suppress(SystemExit):
        main(shlex.split(words)[1:])
    return "\n".join(line.rstrip() for line in out.buffer.getvalue().decode().rstrip().splitlines())


def says(answer: str, shown: str) -> bool:
    """Whether an answer is what is shown, where … stands for anything."""
    wanted = "".join(".*" if part == "…" else re.escape(part) for part in re.split("(…)", shown))
    return re.fullmatch(wanted, answer, re.DOTALL) is not None


def test_the_tutorial_runs_as_it_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From the files to a checked release, command by command; what is to be edited is edited."""
    monkeypatch.setenv("COLUMNS", "100")
    copytree(ROOT / "examples" / "small-mine", tmp_path / "orebook" / "examples" / "small-mine")
    here, adding, count = tmp_path, "", 0
    for part in _PART.finditer(PAGE.read_text(encoding="utf-8")):
        if part["kind"] == "append":
            adding = part["file"]
        elif part["kind"] == "edit":
            file = tmp_path / part["file"]
            before = file.read_text(encoding="utf-8")
            assert before.count(part["old"]) == 1, part["old"]
            file.write_text(before.replace(part["old"], part["new"]), encoding="utf-8")
        elif part["form"] == "toml" and adding:
            with (tmp_path / adding).open("a", encoding="utf-8") as book:
                book.write(f"\n{part['words']}")
            adding = ""
        elif part["form"] == "console":
            for asked in commands(part["words"]):
                count += 1
                if asked.words.startswith("cd "):
                    here = here / asked.words.removeprefix("cd ")
                elif asked.words.startswith("cp -r "):
                    old, new = asked.words.split()[2:]
                    copytree(here / old, here / new)
                else:
                    assert asked.words.startswith("orebook "), asked.words
                    answer = answered(asked.words, here)
                    assert says(answer, asked.answer), f"{asked.words}\n{answer}"
    assert count > 15
    for made in ("section.svg", "plan.svg", "release.md", "facts.csv"):
        assert (tmp_path / "hobthrush" / made).stat().st_size > 1000


def test_what_is_served_in_the_tutorial_opens(tmp_path: Path) -> None:
    """The command that opens a book in the browser starts from inside of one."""
    copytree(ROOT / "examples" / "small-mine" / "book", tmp_path / "hobthrush")
    (line,) = re.findall(r"^```sh\n(orebook serve.*)\n```$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    command = [sys.executable, "-m", *shlex.split(line), "--port", "0"]
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    with subprocess.Popen(command, cwd=tmp_path / "hobthrush", env=env, stderr=subprocess.PIPE, text=True) as server:
        try:
            assert server.stderr is not None
            assert "is open at http://127.0.0.1:" in server.stderr.readline()
        finally:
            server.terminate()
