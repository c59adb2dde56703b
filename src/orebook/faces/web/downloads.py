"""Downloads: results as a file to keep, in the formats that the command line writes."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple
from urllib.parse import quote

from starlette.responses import Response

from orebook.desk.answer import AskedWronglyError
from orebook.reports.pages import Result
from orebook.reports.paper import Paper
from orebook.reports.tables import csv, docx, html, json, md, parquet, xlsx


class Form(NamedTuple):
    """A format of files: how it is called, its media type, and what writes it."""

    title: str
    media: str
    page: Callable[[Iterable[Result], Paper], Iterator[str] | Iterator[bytes]]


_OFFICE = "application/vnd.openxmlformats-officedocument"
FORMS: Mapping[str, Form] = {
    "csv": Form("CSV", "text/csv; charset=utf-8", csv.page),
    "xlsx": Form("Excel", f"{_OFFICE}.spreadsheetml.sheet", xlsx.page),
    "parquet": Form("Parquet", "application/vnd.apache.parquet", parquet.page),
    "json": Form("JSON", "application/json", json.page),
    "docx": Form("Word", f"{_OFFICE}.wordprocessingml.document", docx.page),
    "html": Form("HTML", "text/html; charset=utf-8", html.page),
    "md": Form("Markdown", "text/markdown; charset=utf-8", md.page),
}
TABLES, PAGES = ("csv", "xlsx", "parquet", "json"), ("docx", "xlsx", "html", "md", "csv", "json")
"""The formats in which a table is offered, and a printed page."""

MOST_CELLS = 5_000_000
"""A workbook of more cells takes minutes and more memory than a page should ask for."""


def offered(names: Iterable[str]) -> list[tuple[str, str]]:
    """The endings of formats with their names."""
    return [(name, FORMS[name].title) for name in names]


def download(results: list[Result], form: str, name: str) -> Response:
    """Results as a file of that name, which the browser keeps and does not show.

    Raises ``AskedWronglyError`` for a format that is not there, and ``MissingError`` where its library is not.
    """
    if form not in FORMS:
        raise AskedWronglyError(f"nothing is written as {form!r}; there are {', '.join(FORMS)}")
    chunks = FORMS[form].page(results, Paper())
    body = b"".join(chunk.encode() if isinstance(chunk, str) else chunk for chunk in chunks)
    plain = "".join(char if char.isalnum() or char in "-_" else "-" for char in name) or "table"
    named = f"attachment; filename*=UTF-8''{quote(f'{plain}.{form}')}"
    return Response(body, media_type=FORMS[form].media, headers={"Content-Disposition": named})
