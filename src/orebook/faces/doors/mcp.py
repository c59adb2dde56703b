"""Offer the verbs to agents: a server of the Model Context Protocol, read-only unless changes are allowed."""

import os
from pathlib import Path

from orebook.book.folder import find
from orebook.desk.answer import AskedWronglyError
from orebook.desk.crew.crew import staying
from orebook.desk.crew.limits import Limits
from orebook.faces.agents import over_http, over_pipes
from orebook.faces.asking.terms import MOST, Terms
from orebook.faces.web.serving import running

_LEAST = 1_000


def mcp(
    *,
    book: str = "",
    folder: Path | None = None,
    allow_changes: bool = False,
    port: int | None = None,
    most: int = MOST,
    time_limit: int | None = None,
    memory_limit: int | None = None,
) -> None:
    """Offer the verbs as tools to an agent that speaks the Model Context Protocol (MCP).

    The agent's program starts this one and talks to it over standard input and output; with --port it answers at
    http://127.0.0.1:PORT/mcp, for programs of this machine alone. Every verb is a tool with its manual and a JSON
    Schema of what can be asked; answers are JSON with schema_version, and some words. Rules, tables, measures and
    manuals can be read as resources.

    Nothing is changed unless --allow-changes is said: make computes without recording, add shows what it would do, and
    tools that could only write are not offered. Files are taken from the folder and the book alone. No other machine is
    asked for anything.

    Options:
        book (FOLDER): The book that is meant when a question names none.
        folder (FOLDER): The folder that may be looked into; the current one when it is not said.
        allow_changes: Offer what changes books and writes files, too.
        port (N): Answer over HTTP on this port of the loopback address; 0 takes a free one.
        most (N): So many characters an answer may have; what is left out is told.
        time_limit (SECONDS): So long one document may take; 300 when not given, 0 for no limit.
        memory_limit (MB): So much memory the process that reads one may hold; 2048 when not given, 0 for no limit.

    Examples:
        orebook mcp --book kestrel
        orebook mcp --folder releases
        orebook mcp --book kestrel --allow-changes
        orebook mcp --book kestrel --port 8791
    """
    if most < _LEAST:
        raise AskedWronglyError(f"--most is at least {_LEAST:,} characters")
    if port is not None and not 0 <= port < 65536:
        raise AskedWronglyError(f"--port: {port} is no port; give 0 to 65535")
    limits = Limits.asked(time_limit, memory_limit)
    here = folder or Path.cwd()
    if not here.is_dir():
        raise AskedWronglyError(f"--folder: {here} is no folder")
    terms = Terms(here, find(book).folder if book else None, allow_changes, most, "png", limits=limits)
    os.chdir(terms.folder)  # what a document or a name means is the same for every question
    with staying():
        if port is None:
            over_pipes(terms)
        else:
            running(over_http(terms), port)
