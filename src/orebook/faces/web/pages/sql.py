"""SQL: a question to the tables and results of the book, answered as a table."""

from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from orebook.book.cache import Answered
from orebook.book.problems import BookError
from orebook.desk.answer import AskedWronglyError
from orebook.desk.ask import held
from orebook.faces.web.downloads import MOST_CELLS, TABLES, download, offered
from orebook.faces.web.page import Page
from orebook.faces.web.pages.tables import worded
from orebook.faces.web.showing import shelf_of, show
from orebook.reports.printed import Sheet

SECONDS = 20.0
"""So long may a question take."""

SHOWN, TAKEN = 1000, 2_000_000
"""So many rows of an answer are shown, and so many taken along."""

_LONGEST = 20_000


def asked(request: Request) -> Response:
    """The page, with the answer where something was asked."""
    sql = request.query_params.get("sql", "").strip()
    tables = shelf_of(request).kept("held", held).columns()
    said: dict[str, object] = {"sql": sql, "tables": tables, "answer": None, "problem": "", "worded": worded}
    said |= {"forms": [(form, title, f"/sql/as.{form}?{urlencode({'sql': sql})}") for form, title in offered(TABLES)]}
    said |= {"examples": _examples(tables), "shown_rows": SHOWN, "taken_rows": TAKEN}
    if sql:
        try:
            said["answer"] = _answer(request, sql, SHOWN)
        except (BookError, AskedWronglyError) as problem:
            said["problem"] = str(problem)
    return show(request, "sql.html", said, part="answer")


def _answer(request: Request, sql: str, most: int) -> Answered:
    if len(sql) > _LONGEST:
        raise AskedWronglyError(f"the question has {len(sql):,} letters; at most {_LONGEST:,} are read")
    return shelf_of(request).kept("held", held).ask(sql, seconds=SECONDS, most=most)


def _examples(tables: dict[str, list[tuple[str, str]]]) -> list[str]:
    """Questions that this book can answer."""
    found = ["show tables"]
    for name, columns in list(tables.items())[:2]:
        first = columns[0][0]
        found.append(f'select "{first}", count(*) as n from "{name}" group by "{first}" order by n desc')
    return found


def taken(request: Request) -> Response:
    """The answer as a file."""
    form = request.path_params["form"]
    found = _answer(request, request.query_params.get("sql", "").strip(), TAKEN)
    if found.more:
        raise AskedWronglyError(f"the answer has more than {TAKEN:,} rows; ask for less, or orebook ask -o FILE")
    if form == "xlsx" and found.rows.height * found.rows.width > MOST_CELLS:
        raise AskedWronglyError(f"{found.rows.height:,} rows are too many for a workbook; take CSV or Parquet")
    return download([Sheet("answer", found.rows)], form, "answer")


PAGE = Page("/sql", "SQL", 90, (Route("/sql", asked), Route("/sql/as.{form}", taken)))
