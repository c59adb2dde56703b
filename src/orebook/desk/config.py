"""Configuration files: the nearest ``orebook.toml``, or ``[tool.orebook]`` in ``pyproject.toml``, upwards.

Paths in it are anchored at its folder, so that a document gets the same answer from wherever it is asked.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import get_args

from orebook.checks import catalogue
from orebook.desk.answer import AskedWronglyError, did_you_mean
from orebook.desk.settings import FailOn, Settings, Suppression, absolute, codes

FILE = "orebook.toml"
PROJECT = "pyproject.toml"

_KEYS = ("select", "ignore", "fail_on", "suppress")
_SUPPRESS_KEYS = ("code", "reason", "path", "contains")

Table = Mapping[str, object]
"""A table of a TOML file, of which nothing is known yet."""


def settings_for(name: str, known: dict[Path, Settings]) -> Settings:
    """The settings for a document: those of the nearest configuration from its folder upwards, or none.

    ``known`` remembers what was found for each folder.
    """
    passed: list[Path] = []
    found: Settings | None = None
    own = absolute(name).parent
    for folder in (own, *own.parents):
        found = known.get(folder) or _in_folder(folder)
        passed.append(folder)
        if found is not None:
            break
    settings = found or Settings(own)
    known.update(dict.fromkeys(passed, settings))
    return settings


def _in_folder(folder: Path) -> Settings | None:
    """The settings that lie in a folder, if there are some."""
    if (folder / FILE).is_file():
        return read_settings(folder / FILE)
    project = folder / PROJECT
    if project.is_file() and "orebook" in _table(_toml(project), "tool", project):
        return read_settings(project)
    return None


def read_settings(file: Path) -> Settings:
    """The settings in a file.

    Raises ``AskedWronglyError`` when it cannot be read or says something that means nothing: what, where, what instead.
    """
    table = _toml(file)
    if file.name == PROJECT:
        table = _table(_table(table, "tool", file), "orebook", file)
    _only(table, _KEYS, file)
    return Settings(
        folder=absolute(str(file)).parent,
        select=codes(f"{file}: select", _words(table, "select", file)),
        ignore=codes(f"{file}: ignore", _words(table, "ignore", file)),
        fail_on=_fail_on(table.get("fail_on", "error"), file),
        suppress=tuple(_suppressions(table.get("suppress", []), file)),
    )


def _toml(file: Path) -> Table:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as problem:
        raise AskedWronglyError(f"{file}: cannot be read: {(problem.strerror or str(problem)).lower()}") from None
    except (ValueError, RecursionError) as problem:  # also numbers that are too long, and brackets in brackets
        raise AskedWronglyError(f"{file}: this is not TOML: {problem}") from None


def _table(table: Table, key: str, file: Path) -> Table:
    """A table in a table; an empty one when there is none."""
    found = table.get(key, {})
    if not isinstance(found, Mapping):
        raise AskedWronglyError(f"{file}: {key} is not a table; write [{key}] above its keys")
    return found


def _only(table: Table, keys: Sequence[str], where: object) -> None:
    """Refuse keys that mean nothing."""
    for key in table:
        if key not in keys:
            raise AskedWronglyError(
                f"{where}: unknown key {key!r}{did_you_mean(key, keys) or f'; the keys are {_listed(keys)}'}"
            )


def _listed(words: Iterable[str]) -> str:
    return ", ".join(words)


def _words(table: Table, key: str, file: Path) -> list[str]:
    words = table.get(key, [])
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        raise AskedWronglyError(f'{file}: {key} is not a list of codes; write {key} = ["F101"]')
    return words


def _fail_on(said: object, file: Path) -> FailOn:
    for grade in get_args(FailOn):
        if said == grade:
            return grade  # type: ignore[no-any-return]  # get_args knows no types; the comparison has just shown it
    raise AskedWronglyError(f"{file}: fail_on is {said!r}; write one of {_listed(get_args(FailOn))}")


def _suppressions(entries: object, file: Path) -> Iterable[Suppression]:
    """Yield each suppression with its place in the file."""
    if not isinstance(entries, list) or not all(isinstance(entry, Mapping) for entry in entries):
        raise AskedWronglyError(f"{file}: suppress is not a list of tables; write [[suppress]] above each")
    lines = _lines_of_tables(file)
    for number, entry in enumerate(entries):
        where = f"{file}:{lines[number]}" if len(lines) == len(entries) else f"{file}: suppression {number + 1}"
        yield _suppression(entry, where)


def _suppression(entry: Table, where: str) -> Suppression:
    _only(entry, _SUPPRESS_KEYS, where)
    for key, said in entry.items():
        if not isinstance(said, str) or not said.strip():
            raise AskedWronglyError(f"{where}: {key} is {said!r}; write some words in quotation marks")
    said = {key: str(entry.get(key, "")) for key in _SUPPRESS_KEYS}
    for key, why in (("code", "say which rule it silences"), ("reason", "say why the finding may stay")):
        if not said[key]:
            raise AskedWronglyError(f"{where}: a suppression needs a {key}; {why}")
    if said["code"] not in catalogue():
        raise AskedWronglyError(
            f"{where}: no rule has the code {said['code']!r}{did_you_mean(said['code'], catalogue())}"
        )
    return Suppression(**said, where=where)


def _lines_of_tables(file: Path) -> list[int]:
    """The lines at which suppressions begin."""
    lines = file.read_text(encoding="utf-8").splitlines()
    return [number for number, line in enumerate(lines, 1) if re.match(r"\s*\[\[\s*[\w. ]*suppress\s*\]\]", line)]
