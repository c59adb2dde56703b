"""Notebook: the verbs from Python, for notebooks and scripts, with answers that show themselves.

>>> ask_verb("rule", "F101")[0].name
'interval-length-mismatch'
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import polars as pl

from orebook.book.folder import find
from orebook.desk.answer import Answer, AskedWronglyError, did_you_mean
from orebook.desk.make import everything
from orebook.faces.manual import Choice, doors, manual, module, verbs
from orebook.faces.output import format_of, formats, to_file
from orebook.reports.notebook import together
from orebook.reports.paper import Paper
from orebook.reports.trouble import Trouble

_FOR_PEOPLE = ("text", "table", "md")
_BOOK, _MAKE, _DRY = "book", "make", "dry_run"


@dataclass(frozen=True)
class Asked:
    """What a verb answered: its results, which show themselves in a notebook, and what there is to say beside them.

    ``kind`` is the folder of ``reports`` whose formats can show them.
    """

    kind: str
    results: tuple[Any, ...]
    notes: tuple[str, ...] = ()

    def __iter__(self) -> Iterator[Any]:
        return iter(self.results)

    def __len__(self) -> int:
        return len(self.results)

    def __getitem__(self, number: int) -> Any:
        return self.results[number]

    @property
    def troubles(self) -> tuple[Trouble, ...]:
        """What was given and could not be used."""
        return tuple(result for result in self.results if isinstance(result, Trouble))

    def frame(self) -> pl.DataFrame:
        """The results as a data frame: a stored table as it is, else a row for each cell, fact or finding.

        Raises ``AskedWronglyError`` for what is no table.
        """
        there = formats(self.kind)
        form = next((form for form in ("parquet", "csv") if form in there), None)
        if form is None:
            raise AskedWronglyError(f"{self.kind} are no table; their formats are {', '.join(there)}")
        read: Callable[[BytesIO], pl.DataFrame] = pl.read_parquet if form == "parquet" else pl.read_csv
        return read(BytesIO(self.page(form)))

    def page(self, form: str) -> bytes:
        """The results in a format, as a file holds them.

        Raises ``AskedWronglyError`` for one that they do not have.
        """
        if form not in formats(self.kind):
            raise AskedWronglyError(f"{self.kind} have no format {form!r}; there are {', '.join(formats(self.kind))}")
        chunks: Iterable[str | bytes] = module(f"orebook.reports.{self.kind}.{form}").page(iter(self.results), Paper())
        return b"".join(chunk if isinstance(chunk, bytes) else chunk.encode() for chunk in chunks)

    def save(self, file: str | Path) -> Path:
        """Write the results into a file, in the format that its ending names; whole or not at all.

        Raises ``AskedWronglyError`` for an ending that they do not have.
        """
        target = Path(file)
        form = format_of(target, self.kind)
        if not form:
            endings = ", ".join(f".{each}" for each in formats(self.kind))
            raise AskedWronglyError(f"{self.kind} have no format for {target.name}; the endings are {endings}")
        to_file([self.page(form)], target)
        return target

    def __str__(self) -> str:
        form = next((form for form in _FOR_PEOPLE if form in formats(self.kind)), "")
        said = self.page(form).decode().rstrip() if form else ", ".join(type(each).__name__ for each in self.results)
        return "\n".join([said, *self.notes])

    __repr__ = __str__

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> Mapping[str, str]:  # noqa: ARG002
        """All results as notebooks show them."""
        return {"text/html": together(self.results, self.notes), "text/plain": str(self)}


def ask_verb(verb: str, *given: Any, **said: Any) -> Asked:
    """Ask a verb as the command line does, with the choices of its manual as arguments, and wait for its answer.

    Raises ``AskedWronglyError`` and ``BookError`` as the verb does.
    """
    page = manual(verb)
    placed = [choice for choice in page.choices if choice.asked]
    if len(given) > len(placed):
        raise AskedWronglyError(f"{verb} takes {len(placed)} without a name; the others are named, such as book=…")
    named = dict(zip((choice.name for choice in placed), given, strict=False)) | said
    known = {choice.name: choice for choice in page.choices}
    for name in named:
        if name not in known:
            instead = did_you_mean(name, known) or f"; there are {', '.join(known)}"
            raise AskedWronglyError(f"{verb} has no {name!r}{instead}")
    for choice in placed:
        if choice.required and choice.name not in named:
            raise AskedWronglyError(f"{verb} wants {choice.name}: {choice.help}")
    answer = page.verb(**{name: _as_asked(known[name], value) for name, value in named.items()})
    if not isinstance(answer, Answer):
        raise TypeError(f"{verb} gave no answer")
    results = tuple(answer.results)
    return Asked(answer.shown_as, results, tuple(answer.notes))


def _as_asked(choice: Choice, value: Any) -> Any:
    """A value as the verb takes it: one word stands for a list of one, a path for its name."""
    if choice.kind == "file":
        return Path(value)
    if choice.kind in ("words", "measures"):
        several: list[Any] = [value] if isinstance(value, str | Path | int | float) else list(value)
        return [str(each) for each in several] if choice.kind == "words" else [float(each) for each in several]
    return str(value) if choice.kind == "word" else value


@dataclass(frozen=True)
class OpenBook:
    """A book that was opened: the verbs that a book can be asked, and every result by its name.

    A result that is asked for by its name is only looked at; ``make`` records it in the book as well.
    """

    folder: Path

    def __getattr__(self, name: str) -> Callable[..., Asked]:
        if name in verbs() and name not in doors() and any(each.name == _BOOK for each in manual(name).choices):
            return self._of_verb(name)
        if not name.startswith("_") and name in everything(find(str(self.folder)).settings):
            return self._of_result(name)
        raise AttributeError(f"a book has nothing called {name!r}{did_you_mean(name, dir(self))}")

    def _of_verb(self, name: str) -> Callable[..., Asked]:
        def asked(*given: Any, **said: Any) -> Asked:
            return ask_verb(name, *given, **{_BOOK: str(self.folder), **said})

        asked.__name__, asked.__doc__ = name, manual(name).verb.__doc__
        return asked

    def _of_result(self, name: str) -> Callable[..., Asked]:
        def looked(**said: Any) -> Asked:
            return ask_verb(_MAKE, [name], **{_BOOK: str(self.folder), _DRY: True, **said})

        looked.__name__, looked.__doc__ = name, everything().get(name, name)
        return looked

    def __dir__(self) -> list[str]:
        asked = [each for each in verbs() if each not in doors()]
        return sorted({"folder", *asked, *everything(find(str(self.folder)).settings)})


def open_book(folder: str | Path = "") -> OpenBook:
    """The book in a folder, or the nearest from here upwards.

    Raises ``NoBookError`` where there is none.
    """
    return OpenBook(find(str(folder)).folder)


def __getattr__(name: str) -> Callable[..., Asked]:
    """A verb of the desk as a function."""
    if name in verbs() and name not in doors():

        def asked(*given: Any, **said: Any) -> Asked:
            return ask_verb(name, *given, **said)

        asked.__name__, asked.__doc__ = name, manual(name).verb.__doc__
        return asked
    raise AttributeError(f"module 'orebook' has no attribute {name!r}")
