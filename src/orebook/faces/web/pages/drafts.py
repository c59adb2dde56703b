"""Drafts: the next release as the book has it, its findings beside it, and an edited one put beside the book."""

from collections.abc import Mapping
from datetime import date
from io import BytesIO
from urllib.parse import quote, urlencode

import polars as pl
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from orebook.book.problems import BookError
from orebook.desk.answer import AskedWronglyError, did_you_mean
from orebook.desk.drafting.against import DRAFTS
from orebook.desk.drafting.files import as_bytes, packed, stored
from orebook.desk.inputs import Input
from orebook.desk.looking import Looked
from orebook.desk.printing import wanted as needed
from orebook.faces.web.making import page_done
from orebook.faces.web.page import Page
from orebook.faces.web.pages.dropped import drops_of
from orebook.faces.web.pages.releases import library_of
from orebook.faces.web.pages.works import waiting
from orebook.faces.web.papers.compared import beside, comparing
from orebook.faces.web.papers.drafted import Wanted, proof_in, proof_of, waited
from orebook.faces.web.papers.library import held_at
from orebook.faces.web.papers.showing import document_page
from orebook.faces.web.printed import blocks
from orebook.faces.web.shelf import Shelf
from orebook.faces.web.showing import shelf_of, show
from orebook.faces.web.works import Work
from orebook.reports.quarter.periods import PeriodAskedError, asked, quarters
from orebook.reports.release.files import REGISTER
from orebook.reports.shapes import help_for
from orebook.reports.trouble import Trouble

_SOON_S = 1.2
_KINDS: Mapping[str, str] = {"drilling": "Drill results", "quarter": "Results of a quarter"}
_MEDIA = {
    "md": "text/markdown; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "json": "application/json",
    "zip": "application/zip",
}
_NAMES = {"docx": "Word", "pdf": "PDF", "html": "HTML", "md": "Markdown", "json": "Register", "zip": "All of it (ZIP)"}


def drafts(request: Request) -> Response:
    """The draft that is asked for, or the wait for it."""
    shelf = shelf_of(request)
    wanted = _wanted(shelf, request.query_params)
    work = _made(shelf, wanted)
    if work.state == "running":
        return waiting(request, work)
    proof = proof_in(work)
    findings = [(number, each, proof.parts(each), help_for(each.code)) for number, each in enumerate(proof.findings, 1)]
    marks: dict[int, list[int]] = {}
    for number, _, parts, _ in findings:
        for part in parts:
            marks.setdefault(part, []).append(number)
    said = {
        "wanted": wanted,
        "kinds": [(name, title) for name, title in _KINDS.items() if name in _there(shelf)],
        "periods": _periods(shelf)[::-1] if "quarter" in _there(shelf) else [],
        "draft": proof.draft,
        "blocks": list(blocks(proof.draft)),
        "numbers": sum(1 for _ in proof.draft.numbers()),
        "findings": findings,
        "marks": marks,
        "grades": {number: each.grade for number, each, _, _ in findings},
        "counts": proof.counts(),
        "notes": proof.notes,
        "forms": [(title, f"/drafts/as.{form}?{urlencode(wanted.said)}") for form, title in _NAMES.items()],
        "written": request.query_params.get("written", ""),
    }
    return show(request, "drafts.html", said)


def _wanted(shelf: Shelf, said: Mapping[str, str]) -> Wanted:
    """Which draft is meant.

    Raises ``AskedWronglyError`` for one that the book cannot have, and for what is no period or day.
    """
    there = _there(shelf)
    what = said.get("what", "") or next(iter(there), "")
    if what not in there:
        instead = did_you_mean(what, there) or f"; there are {', '.join(there)}" if there else ""
        raise AskedWronglyError(f"this book has no draft of {what or 'a release'!r}{instead}")
    day, period = said.get("day", ""), said.get("period", "") if what == "quarter" else ""
    try:
        day = date.fromisoformat(day).isoformat() if day else ""
    except ValueError:
        raise AskedWronglyError(f"{day!r} is no day; write one such as 2011-11-14") from None
    if what == "quarter":
        try:
            period = asked(period, _parts(shelf)).label
        except PeriodAskedError as problem:
            raise AskedWronglyError(str(problem)) from None
    return Wanted(what, period, day)


def _there(shelf: Shelf) -> list[str]:
    """The drafts that the tables of the book allow."""
    tables = shelf.book.tables()
    found = ["drilling"] if {"collars", "assays"} & set(tables) else []
    return found + (["quarter"] if needed("quarter", tables) else [])


def _parts(shelf: Shelf) -> dict[str, pl.DataFrame]:
    return {name: frame for one in page_done(shelf, "quarter").made.values() for name, frame in one.parts.items()}


def _periods(shelf: Shelf) -> list[str]:
    return [each.label for each in quarters(_parts(shelf))]


def _link(wanted: Wanted) -> str:
    return f"/drafts?{urlencode(wanted.said)}"


def _made(shelf: Shelf, wanted: Wanted) -> Work:
    """The work that makes a draft, which is mostly done in a moment."""
    work = proof_of(shelf, wanted, _link(wanted))
    shelf.works.wait(work, _SOON_S)
    return work


def taken(request: Request) -> Response:
    """The draft as a file to keep, its register, or everything together."""
    shelf, form = shelf_of(request), request.path_params["form"]
    if form not in _MEDIA:
        raise AskedWronglyError(f"a draft is not written as {form!r}; there are {', '.join(_MEDIA)}")
    wanted = _wanted(shelf, request.query_params)
    proof = waited(shelf, wanted, _link(wanted))
    stem = f"{wanted.what}-{wanted.period}" if wanted.period else wanted.what
    name = f"{stem}{REGISTER}" if form == "json" else f"{stem}.{form}"
    if form == "json":
        body = proof.register.json().encode("utf-8")
    else:
        body = packed(proof.draft) if form == "zip" else as_bytes(proof.draft, form)
    kept = f"attachment; filename*=UTF-8''{quote(name)}"
    return Response(body, media_type=_MEDIA[form], headers={"Content-Disposition": kept})


async def check(request: Request) -> Response:
    """Take an edited draft, as a file or as text, and go to the page that puts it beside the book."""
    shelf = shelf_of(request)
    async with request.form(max_files=1, max_fields=8, max_part_size=shelf.upload_limit) as form:
        file, text = form.get("file"), str(form.get("text", ""))
        said = {name: str(form.get(name, "")) for name in Wanted._fields if form.get(name)}
        if isinstance(file, UploadFile) and file.filename:
            taken = await run_in_threadpool(drops_of(shelf).put, file.filename, file.file)
        elif text.strip():
            taken = await run_in_threadpool(drops_of(shelf).put, "edited.md", BytesIO(text.encode("utf-8")))
        else:
            raise AskedWronglyError("nothing was given; choose the edited file, or put its text into the field")
    return RedirectResponse(f"/drafts/edited/{taken.key}?{urlencode(said)}", 303)


def edited(request: Request) -> Response:
    """An edited draft: which of its numbers are not those of the book any more, in their place."""
    shelf = shelf_of(request)
    file = drops_of(shelf).get(request.path_params["key"])
    if file is None:
        raise HTTPException(404)
    wanted = _wanted(shelf, request.query_params)
    library = library_of(shelf)
    held = held_at(file.name, Input(file.name, place=str(file.path)), as_if=library.folder / file.name)
    if held is None:
        raise HTTPException(404)
    work = comparing(shelf, file, held, wanted, f"{request.url.path}?{request.url.query}", _link(wanted))
    shelf.works.wait(work, _SOON_S)
    if work.state == "running":
        return waiting(request, work)
    if work.state == "failed":
        raise BookError(work.problem)
    if isinstance(work.result, Trouble):
        trouble = {"title": f"{file.name} cannot be read", "words": f"{work.result.what}; {work.result.instead}"}
        return show(request, "problem.html", trouble, status=422)
    looked: Looked = work.result
    more = {"beside": beside(looked, _title(wanted), _link(wanted))}
    return document_page(request, looked, held, library, library.listed(), lambda _: "", more, None)


def _title(wanted: Wanted) -> str:
    return f"{_KINDS[wanted.what].lower()} {wanted.period}".strip()


async def write(request: Request) -> Response:
    """Write the draft into the folder ``drafts`` of the book."""
    shelf = shelf_of(request)
    if shelf.read_only:
        raise HTTPException(403, "This server changes nothing: it was started with --read-only.")
    async with request.form(max_files=0, max_fields=8) as form:
        said = {name: str(form.get(name, "")) for name in Wanted._fields}
    return await run_in_threadpool(_write, shelf, said)


def _write(shelf: Shelf, said: Mapping[str, str]) -> Response:
    wanted = _wanted(shelf, said)
    proof = waited(shelf, wanted, _link(wanted))
    notes: list[str] = []
    files = stored(shelf.book, proof.draft, f"{shelf.book.folder / DRAFTS}/", force=False, notes=notes)
    told = {**wanted.said, "written": str(len(files))}
    return RedirectResponse(f"/drafts?{urlencode(told)}", 303)


PAGE = Page(
    "/drafts",
    "Drafts",
    65,
    (
        Route("/drafts", drafts),
        Route("/drafts/as.{form}", taken),
        Route("/drafts/check", check, methods=["POST"]),
        Route("/drafts/edited/{key}", edited),
        Route("/drafts/write", write, methods=["POST"]),
    ),
    lambda shelf: bool(_there(shelf)),
)
