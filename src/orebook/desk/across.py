"""Across releases: what the documents of a run are remembered by, and what they say of one another."""

import json
import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple, Protocol, cast

from orebook.book.problems import NoBookError
from orebook.book.settings import FILE
from orebook.checks.across_rule import Family
from orebook.checks.families import check_family, families
from orebook.checks.remembered import Remembered, remember
from orebook.desk.answer import AskedWronglyError
from orebook.desk.inputs import Input, gather, opened
from orebook.desk.work import Hands, Job, each
from orebook.ground.finding import Finding
from orebook.reports.results import Checked
from orebook.reports.trouble import Trouble

RELEASES, CACHE = "releases", "cache"
"""The folder of a book with its releases, and that with what can be made again."""
_SEEN = "seen.json"
_SHOWN = 5
_MANY = 2000
"""More documents than this are kept in a folder until all are read, so that memory does not grow with them."""

Answers = Callable[[str, Sequence[Finding]], Checked | Trouble | None]
"""Makes the answer for one document of what was noticed in it across releases."""


class _Keeper(Protocol):
    def take(self, release: Remembered, *, fresh: str) -> None: ...

    def groups(self) -> Iterator[list[Remembered]]: ...


class _InHand:
    """Keeps releases as they are."""

    def __init__(self) -> None:
        self._releases: dict[str, Remembered] = {}

    def take(self, release: Remembered, *, fresh: str) -> None:  # noqa: ARG002 - all are kept alike
        """Keep a release."""
        self._releases[release.doc] = release

    def groups(self) -> Iterator[list[Remembered]]:
        """Yield all releases."""
        yield list(self._releases.values())


@contextmanager
def _keeper(place: Path | None, documents: int) -> Iterator[_Keeper]:
    """Whoever keeps the releases; data frames are loaded only for a memory, or where there are many."""
    if place is None and documents <= _MANY:
        yield _InHand()
        return
    with TemporaryDirectory() as folder:
        keeper = import_module("orebook.desk.memory.keepers").keeper
        with cast("AbstractContextManager[_Keeper]", keeper(place or Path(folder) / "memory")) as found:
            yield found


class Beside(NamedTuple):
    """What releases are put beside: a memory, and the folder of the releases of before that it is filled from."""

    memory: Path
    releases: Path | None = None


def beside(book: str, memory: Path | None, *, must: bool = True) -> Beside | None:
    """What was asked for: a memory, or a book; in a book that has releases it is that book.

    ``must`` says that a book without releases is of no use.

    Raises ``AskedWronglyError`` for both at once.
    """
    if memory is not None and book:
        raise AskedWronglyError("--book and --memory at once; a book has a memory of its own")
    if memory is not None:
        return Beside(memory)
    here = Path.cwd()
    folder = next((place for place in (here, *here.parents) if (place / FILE).is_file()), None)
    if book:
        folder = import_module("orebook.book.folder").find(book).folder  # loads data frames
    releases = folder / RELEASES if folder else None
    if folder is None or releases is None or not releases.is_dir():
        if book and must:
            raise NoBookError(f"{folder}: this book has no folder {RELEASES}; put the releases of before into one")
        return None
    return Beside(folder / CACHE / "releases", releases)


def across_releases(asked: Beside | None, items: Sequence[Input], hands: Hands, notes: list[str]) -> "Across":
    """Put some inputs side by side, and beside what was asked for."""
    if asked is None or asked.releases is None:
        return Across(None if asked is None else asked.memory, notes=notes)
    return Across(asked.memory, partial(_of_before, asked, {item.place for item in items}, hands, notes), notes)


def _of_before(asked: Beside, places: set[str], hands: Hands, notes: list[str]) -> Iterator[Remembered]:
    """The releases of a book that are not known yet, or have changed, and are not among those that are checked."""
    seen = asked.memory / _SEEN
    known: dict[str, str] = json.loads(seen.read_text(encoding="utf-8")) if seen.is_file() else {}
    found = [item for item in gather([str(asked.releases)]) if isinstance(item, Input) and item.place not in places]
    fresh = [item for item in found if not item.stamp or known.get(item.name) != item.stamp]
    for item, result in zip(fresh, each([Job(item, _remembered) for item in fresh], hands), strict=True):
        if isinstance(result, Trouble):
            notes.append(str(result))
            continue
        known[item.name] = item.stamp
        yield result
    seen.parent.mkdir(parents=True, exist_ok=True)
    seen.write_text(json.dumps(known, ensure_ascii=False, indent=0), encoding="utf-8")


def _remembered(item: Input) -> Remembered | Trouble:
    read = opened(item)
    return read if isinstance(read, Trouble) else remember(read.reading)


@dataclass(slots=True)
class Across:
    """What is to be put side by side: the documents of this run and, where there is one, a memory.

    ``place`` is a folder, or a file that ends in ``.parquet``; ``earlier`` yields releases that are put beside the
    others and are not checked themselves; ``notes`` take what there is to say.
    """

    place: Path | None = None
    earlier: Callable[[], Iterable[Remembered]] = tuple
    notes: list[str] = field(default_factory=list)

    def watch(
        self, results: Iterable[Checked | Trouble], documents: int, answer: Answers
    ) -> Iterator[Checked | Trouble]:
        """Yield every result as it comes; then, for documents that others contradict, an answer each."""
        fresh: dict[str, None] = {}
        with _keeper(self.place, documents) as keeper:
            for release in self.earlier():
                keeper.take(release, fresh="earlier")
            for result in results:
                if isinstance(result, Checked) and result.remembered is not None:
                    fresh[result.doc] = None
                    keeper.take(result.remembered, fresh="new")
                    result = replace(result, remembered=None)
                yield result
            for doc, findings in self._noticed(keeper, fresh).items():
                told = answer(doc, findings)
                if told is not None:
                    yield told

    def _noticed(self, keeper: _Keeper, fresh: Mapping[str, None]) -> Mapping[str, list[Finding]]:
        """What the rules notice in the documents of this run, by document."""
        found: dict[str, list[Finding]] = defaultdict(list)
        copies: dict[str, str] = {}
        strangers: dict[str, int] = defaultdict(int)
        groups, met = 0, self.place is not None
        for some in keeper.groups():
            groups += 1
            known = families(some, fresh)
            met = met or bool(known.families or known.copies)
            copies |= {copy: first for copy, first in known.copies.items() if copy in fresh}
            for name in known.strangers:
                strangers[name] += name in fresh
            for family in known.families:
                for doc, findings in self._of_family(family).items():
                    found[doc] += findings
        alone = [name for name, times in strangers.items() if times == groups]
        self._say(copies, alone if met and len(fresh) > 1 else [])
        return found

    def _of_family(self, family: Family) -> Mapping[str, list[Finding]]:
        """What the rules notice in one family. What goes wrong inside orebook costs this family only."""
        if not family.fresh:
            return {}
        try:
            return check_family(family)
        except Exception as problem:
            if os.environ.get("OREBOOK_TRACEBACK"):
                raise
            names = ", ".join(sorted(family.fresh)[:_SHOWN])
            what = f"a fault of orebook: {type(problem).__name__}: {problem}"
            self.notes.append(
                f"{names}: not compared with one another: {what}; OREBOOK_TRACEBACK=1 shows where it happened"
            )
            return {}

    def _say(self, copies: Mapping[str, str], strangers: Sequence[str]) -> None:
        """Say which documents are copies, and which could be put beside no other though others met."""
        self.notes += [f"{copy}: a copy of {first}, so not compared with others" for copy, first in copies.items()]
        if strangers:
            more = f" and {len(strangers) - _SHOWN} others" if len(strangers) > _SHOWN else ""
            verb = "names" if len(strangers) == 1 else "name"
            names = ", ".join(strangers[:_SHOWN])
            self.notes.append(f"{names}{more}: {verb} no issuer, so compared with no other release")
