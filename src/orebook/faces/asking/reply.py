"""Reply: a verb asked from outside, and what it answers: an object for programs, some words, or a file."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

from orebook.desk.answer import Answer, AskedWronglyError
from orebook.faces.asking.fitting import LeftOut, fitted
from orebook.faces.asking.given import given, shape_of
from orebook.faces.asking.terms import Terms
from orebook.faces.manual import Manual, module
from orebook.faces.output import formats
from orebook.reports.paper import Paper
from orebook.reports.shapes import VERSION
from orebook.reports.trouble import Trouble

_FOUND, _UNUSABLE = 1, 2
_PREFERRED = ("json", "picture", "md", "csv", "text")
_FOR_PEOPLE = ("text", "table", "md")
_WORDS = 2_000
"""So many characters of the page for people stand beside an object."""

MEDIA: Mapping[str, str] = {
    "json": "application/json",
    "jsonl": "application/x-ndjson",
    "sarif": "application/sarif+json",
    "csv": "text/csv; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "svg": "image/svg+xml",
    "png": "image/png",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
    "gpkg": "application/geopackage+sqlite3",
    "dxf": "image/vnd.dxf",
}
"""What the formats are called in the world; a format that is not here is plain words or bytes."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a verb answered.

    ``status`` is what the command line would leave with: 0 nothing, 1 something was found, 2 something could not be
    used. ``shape`` is the object for programs, where the format is JSON; ``content`` the page in any other format,
    which ``media`` names. ``words`` are a few lines for people.
    """

    status: int
    media: str
    shape: dict[str, Any] | None = None
    content: str | bytes = ""
    words: str = ""
    notes: tuple[str, ...] = ()
    form: str = "json"


@dataclass(slots=True)
class _Heard:
    """The results of a verb, and what they say beside their page."""

    results: list[object] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    status: int = 0

    def take(self, results: Iterable[object]) -> None:
        for result in results:
            self.results.append(result)
            if isinstance(result, Trouble):
                self.status = _UNUSABLE
                self.remarks.append(str(result))
                continue
            if getattr(result, "failed", False):
                self.status = max(self.status, _FOUND)
            if remark := getattr(result, "remark", ""):
                self.remarks.append(f"{getattr(result, 'doc', '')}: {remark}")


def reply(page: Manual, said: Mapping[str, object], terms: Terms) -> Reply:
    """Ask a verb on these terms and wait for its whole answer.

    Raises ``AskedWronglyError``, ``BookError`` and ``MissingError`` as the verb does.
    """
    wanted = shape_of(page, said)
    answer = page.verb(**given(page, said, terms))
    if not isinstance(answer, Answer):
        raise TypeError(f"{page.verb.__name__} gave no answer")
    heard = _Heard()
    heard.take(answer.results)
    form = wanted or _usual(answer.shown_as, terms)
    shown = _format(answer.shown_as, form)
    notes = tuple(terms.hidden(note) for note in (*heard.remarks, *answer.notes))
    if form != "json":
        return _as_page(shown, form, heard, notes, terms)
    whole = json.loads(terms.hidden(_joined(shown, heard.results)), parse_constant=_no_number)
    shape, left = fitted(_told(whole, heard.status, notes), terms.most)
    words = _few(answer.shown_as, heard.results, notes, left, terms)
    return Reply(heard.status, MEDIA["json"], shape, words=words, notes=notes)


def _told(whole: Mapping[str, Any], status: int, notes: Sequence[str]) -> dict[str, Any]:
    """An object for programs with how it went; every one has a version."""
    return {"schema_version": VERSION, **whole, "status": status, "notes": list(notes)}


def _no_number(_: str) -> None:
    """What stands for a number that is none: JSON has no such thing."""


def _usual(kind: str, terms: Terms) -> str:
    """The format in which a kind of result is given when none is asked for."""
    there = formats(kind)
    wanted = (terms.picture if form == "picture" else form for form in _PREFERRED)
    return next((form for form in wanted if form in there), there[0])


def _format(kind: str, form: str) -> ModuleType:
    if form not in formats(kind):
        raise AskedWronglyError(f"{kind} cannot be shown as {form}; their formats are {', '.join(formats(kind))}")
    return module(f"orebook.reports.{kind}.{form}")


def _chunks(shown: ModuleType, results: Iterable[object]) -> Iterator[str | bytes]:
    yield from shown.page(iter(list(results)), Paper(width=120))


def _joined(shown: ModuleType, results: Iterable[object]) -> str:
    return "".join(chunk if isinstance(chunk, str) else chunk.decode() for chunk in _chunks(shown, results))


def _as_page(shown: ModuleType, form: str, heard: _Heard, notes: tuple[str, ...], terms: Terms) -> Reply:
    """The answer as a page or a file. One that is too large is refused: half a file is none."""
    parts = [chunk if isinstance(chunk, bytes) else chunk.encode() for chunk in _chunks(shown, heard.results)]
    content = b"".join(parts)
    if len(content) > terms.most:
        raise AskedWronglyError(
            f"the answer has {len(content):,} bytes as {form}, and at most {terms.most:,} are given; ask for less of it"
        )
    media = MEDIA.get(form, "application/octet-stream" if getattr(shown, "BINARY", False) else "text/plain")
    is_text = media.startswith("text/") or form in ("svg", "jsonl", "sarif")
    said = terms.hidden(content.decode("utf-8", "backslashreplace")) if is_text else content
    return Reply(heard.status, media, content=said, words="\n".join(notes), notes=notes, form=form)


def _few(kind: str, results: Sequence[object], notes: Sequence[str], left: Sequence[LeftOut], terms: Terms) -> str:
    """The beginning of the page for people, what there is to say beside it, and what was left out."""
    form = next((form for form in _FOR_PEOPLE if form in formats(kind)), "")
    page = terms.hidden(_joined(_format(kind, form), results)).strip() if form else ""
    if len(page) > _WORDS:
        page = page[:_WORDS].rpartition("\n")[0] + "\n…"
    return "\n".join(filter(None, (page, *notes, *map(str, left))))
