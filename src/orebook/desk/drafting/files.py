"""Files of a draft: documents, pictures and the register, each written whole, and no edit of anybody written over."""

import os
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

from orebook.book import lock
from orebook.book.change import Change, finish
from orebook.book.folder import Book
from orebook.book.problems import BookError, UnwritableError
from orebook.ground.needs import MissingError
from orebook.reading.formats import UnreadableError
from orebook.reports.archives import archive
from orebook.reports.drawings.svg import Drawing
from orebook.reports.paper import Paper
from orebook.reports.release.draft import Draft
from orebook.reports.release.files import REGISTER, picture_name
from orebook.reports.release.register import Register, beside, fingerprint, read_register, register_of

FORMS = ("md", "html", "docx", "pdf")
"""What a folder of drafts holds."""

PENDING = ".pending"
"""The ending of the folder in which the files of a draft wait for one another."""

_SHOWN = 6


def stored(book: Book, draft: Draft, into: str, *, force: bool, notes: list[str]) -> list[Path]:
    """Write a draft of a book while nobody else writes one of it. Where the book cannot be written nobody does."""
    with ExitStack() as held:
        with suppress(OSError):
            held.enter_context(lock.writing(book.folder, "draft", book.wait_s))
        return write(draft, into, force=force, notes=notes)


def write(draft: Draft, into: str, *, force: bool, notes: list[str]) -> list[Path]:
    """Write a draft into a file, or in every format into a folder; the files that were written.

    ``notes`` take what could not be written. Raises ``BookError`` for a document that somebody has edited since, with
    what differs, and for what cannot be written.
    """
    is_folder = into.endswith(("/", os.sep)) or Path(into).is_dir()
    folder = Path(into) if is_folder else Path(into).parent
    stem = _stem(draft) if is_folder else Path(into).stem
    named = replace(draft, doc=stem)
    names = (
        {form: f"{stem}.{form}" for form in FORMS} if is_folder else {Path(into).suffix[1:].lower(): Path(into).name}
    )
    _begun(folder, named)
    found: dict[str, bytes] = {}
    for form, name in names.items():
        try:
            found[name] = as_bytes(named, form)
        except MissingError as problem:
            if not is_folder:
                raise
            notes.append(f"{name} is not written: {problem}")
    register = folder / f"{stem}{REGISTER}"
    before = _known(register)
    if not force and before is not None:
        _spare(folder, found, before)
    elif not force:
        _spare_strangers(folder, found)
    return _written(folder, found, register, _registered(register_of(named), before, folder, found), named)


def _begun(folder: Path, draft: Draft) -> None:
    """Have the folder there, with what was cut off in it finished or thrown away."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise UnwritableError(f"{folder}: cannot be written: {(problem.strerror or str(problem)).lower()}") from None
    finish(folder, _pending(draft))


def _stem(draft: Draft) -> str:
    return f"{draft.kind}-{draft.period}" if draft.period else draft.kind


def packed(draft: Draft) -> bytes:
    """A draft in every format with its pictures and its register, as one file.

    Raises ``MissingError`` where a library is not there.
    """
    named = replace(draft, doc=_stem(draft))
    found = {f"{named.doc}.{form}": as_bytes(named, form) for form in FORMS}
    register = register_of(named)
    kept = replace(register, documents={name: _placed(register, name, data) for name, data in found.items()})
    files = {**_pictures(named, found), f"{named.doc}{REGISTER}": kept.json().encode("utf-8"), **found}
    return archive(files.items())


def as_bytes(draft: Draft, form: str) -> bytes:
    """A draft in a format.

    Raises ``MissingError`` where a library is not there.
    """
    pieces = import_module(f"orebook.reports.drafts.{form}").page([draft], Paper())
    return b"".join(piece if isinstance(piece, bytes) else piece.encode("utf-8") for piece in pieces)


def _known(file: Path) -> Register | None:
    """The register that lies there, if it is one."""
    try:
        return read_register(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _spare(folder: Path, found: Mapping[str, bytes], before: Register) -> None:
    """Refuse to write over what somebody has edited."""
    for name, data in found.items():
        file = folder / name
        there = file.read_bytes() if file.is_file() else data
        if there != data and not before.wrote(name, there):
            raise BookError(f"{file} was edited since it was drafted: {_edits(before, name, there)}; {_AGAIN}")


_AGAIN = "write to another file, or over it with --force"


def _edits(before: Register, name: str, data: bytes) -> str:
    """What differs between a document and what was drafted, in a few words."""
    try:
        numbers = beside(before, name, data)
        text = import_module("orebook.reading.formats").open_document(name, data).text
    except UnreadableError:
        return "it cannot be read as a document any more"
    changed = [
        f"{each.drafted} is gone" if each.gone else f"{each.drafted} is now {text[each.start : each.end]}"
        for each in numbers
        if each.gone or _plain(text[each.start : each.end]) != _plain(each.drafted)
    ]
    more = f" and {len(changed) - _SHOWN} more" if len(changed) > _SHOWN else ""
    return "; ".join(changed[:_SHOWN]) + more if changed else "its words are others, its numbers are the same"


def _plain(words: str) -> str:
    return " ".join(words.split())


def _spare_strangers(folder: Path, found: Mapping[str, bytes]) -> None:
    """Refuse to write over a document of which no register tells."""
    for name, data in found.items():
        file = folder / name
        if file.exists() and file.read_bytes() != data:
            raise BookError(f"{file} is there, and no register tells that it is a draft; {_AGAIN}")


def _registered(fresh: Register, before: Register | None, folder: Path, found: Mapping[str, bytes]) -> Register:
    """The register with the documents that are written now, and those of before that still say the same numbers."""
    same = before is not None and before.lines == fresh.lines and before.numbers == fresh.numbers
    documents = dict(before.documents) if before is not None and same else {}
    for name, data in found.items():
        file = folder / name
        old = fingerprint(file.read_bytes()) if file.is_file() else ""
        documents[name] = {**_placed(fresh, name, data), "before": old}
    return replace(fresh, documents=documents)


def _placed(register: Register, name: str, data: bytes) -> dict[str, Any]:
    """What a register says of a document: its fingerprint, and where each number stands in it."""
    places = [[each.start, each.end] for each in beside(register, name, data)]
    return {"sha256": fingerprint(data), "places": places}


def _written(folder: Path, found: Mapping[str, bytes], register: Path, kept: Register, draft: Draft) -> list[Path]:
    """Write everything at once: pictures, the register, and the documents that it tells of.

    Whoever is killed or finds the disk full leaves all of it as it was, or all of it new. What was cut off between is
    finished when the same is drafted again.
    """
    files = _pictures(draft, found)
    files |= {register.name: kept.json().encode("utf-8"), **found}
    change = Change(folder, _pending(draft))
    try:
        for name, data in files.items():
            change.write(name, data)
        change.commit()
    except BaseException:
        change.forget()
        raise
    return [folder / name for name in files]


def _pending(draft: Draft) -> str:
    """The folder in which the files of a draft wait until all of them are there."""
    return f".{draft.doc}{PENDING}"


def _pictures(draft: Draft, found: Mapping[str, bytes]) -> dict[str, bytes]:
    """The pictures that lie beside a document in Markdown."""
    if not any(name.endswith(".md") for name in found):
        return {}
    drawings: Sequence[Drawing] = [plate.drawing for plate in draft.plates()]
    return {picture_name(draft.doc, at): drawing.svg().encode() for at, drawing in enumerate(drawings, 1)}
