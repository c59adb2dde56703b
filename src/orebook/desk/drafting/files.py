"""Files of a draft: documents, pictures and the register, each written whole, and no edit of anybody written over."""

import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from orebook.book.problems import BookError, UnwritableError
from orebook.ground.needs import MissingError
from orebook.reading.formats import UnreadableError
from orebook.reports.drawings.svg import Drawing
from orebook.reports.paper import Paper
from orebook.reports.release.draft import Draft
from orebook.reports.release.files import REGISTER, picture_name
from orebook.reports.release.register import Register, beside, fingerprint, read_register, register_of

FORMS = ("md", "html", "docx", "pdf")
"""What a folder of drafts holds."""

_SHOWN = 6


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


def _stem(draft: Draft) -> str:
    return f"{draft.kind}-{draft.period}" if draft.period else draft.kind


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
        places = [[each.start, each.end] for each in beside(fresh, name, data)]
        documents[name] = {"sha256": fingerprint(data), "before": old, "places": places}
    return replace(fresh, documents=documents)


def _written(folder: Path, found: Mapping[str, bytes], register: Path, kept: Register, draft: Draft) -> list[Path]:
    """Write everything: pictures first, then the register, then the documents that it tells of."""
    files = {folder / name: data for name, data in _pictures(draft, found).items()}
    files[register] = kept.json().encode("utf-8")
    files |= {folder / name: data for name, data in found.items()}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for file, data in files.items():
            _whole(file, data)
    except OSError as problem:
        where = problem.filename or folder
        raise UnwritableError(f"{where}: cannot be written: {(problem.strerror or str(problem)).lower()}") from None
    return list(files)


def _pictures(draft: Draft, found: Mapping[str, bytes]) -> dict[str, bytes]:
    """The pictures that lie beside a document in Markdown."""
    if not any(name.endswith(".md") for name in found):
        return {}
    drawings: Sequence[Drawing] = [plate.drawing for plate in draft.plates()]
    return {picture_name(draft.doc, at): drawing.svg().encode() for at, drawing in enumerate(drawings, 1)}


def _whole(file: Path, data: bytes) -> None:
    """Write a file that is there whole or, when anything goes wrong, stays as it was."""
    fresh = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        with fresh.open("xb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        fresh.replace(file)
    except BaseException:
        with suppress(OSError):
            fresh.unlink()
        raise
