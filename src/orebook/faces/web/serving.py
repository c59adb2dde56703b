"""Serving: a book opened at an address of this machine until somebody ends it."""

import errno
import secrets
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

import uvicorn
from starlette.types import ASGIApp

from orebook.book.folder import Book
from orebook.desk.answer import AskedWronglyError
from orebook.desk.crew.crew import staying
from orebook.desk.crew.limits import Limits
from orebook.faces.web.application import application
from orebook.faces.web.guard import Guard
from orebook.faces.web.page import all_pages
from orebook.faces.web.shelf import Shelf


@dataclass(frozen=True)
class Served:
    """What is to be served, and where; ``loopback`` says that only this machine reaches the address.

    ``limits`` are what a document may cost that is read.
    """

    book: Book
    host: str
    port: int
    token: str
    read_only: bool
    upload_limit: int
    loopback: bool
    limits: Limits = field(default_factory=Limits)


@contextmanager
def serving(served: Served) -> Iterator[str]:
    """Yield the address once it is open; serve until somebody ends it when the block is left.

    Raises ``AskedWronglyError`` for an address that cannot be had.
    """
    if not served.loopback and not served.token:
        served = replace(served, token=secrets.token_urlsafe(18))
    door = opened(served.host, served.port)
    port = door.getsockname()[1]
    shelf = Shelf(served.book, served.read_only, served.upload_limit, served.limits)
    hosts = _own_names(port) if served.loopback else frozenset()
    app = application(shelf, hosts=hosts, token=served.token)
    name = f"[{served.host}]" if ":" in served.host else served.host
    address = f"http://{name}:{port}/" + (f"?token={served.token}" if served.token else "")
    print(f"orebook: {shelf.name} is open at {address} (Ctrl-C ends it)", file=sys.stderr, flush=True)
    if not served.loopback:
        print(
            "orebook: the way there is not encrypted; beyond a trusted network put a proxy with TLS before it",
            file=sys.stderr,
            flush=True,
        )
    settings = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False, lifespan="off")
    try:
        with staying():
            for page in all_pages():
                page.begins(shelf)
            yield address
            uvicorn.Server(settings).run(sockets=[door])
    finally:
        door.close()


def running(app: ASGIApp, port: int, most: int = 4_000_000) -> None:
    """Serve another application on the loopback address, behind the same guard, until somebody ends it.

    Raises ``AskedWronglyError`` for a port that cannot be had.
    """
    door = opened("127.0.0.1", port)
    port = door.getsockname()[1]
    print(f"orebook: answers at http://127.0.0.1:{port}/mcp (Ctrl-C ends it)", file=sys.stderr, flush=True)
    guarded = Guard(app, hosts=_own_names(port), most=most)
    settings = uvicorn.Config(guarded, log_level="warning", access_log=False, server_header=False)
    try:
        uvicorn.Server(settings).run(sockets=[door])
    finally:
        door.close()


def _own_names(port: int) -> frozenset[str]:
    """The names under which this machine asks itself."""
    return frozenset(f"{name}:{port}" for name in ("127.0.0.1", "localhost", "[::1]"))


def opened(host: str, port: int) -> socket.socket:
    """A socket that listens there.

    Raises ``AskedWronglyError`` where the address is taken, or is none of this machine.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # The protocol is named: only then does asyncio send small answers at once, and not 40 ms later.
    door = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        door.bind((host, port))
        door.listen(128)
    except OSError as problem:
        door.close()
        reason = (problem.strerror or str(problem)).lower()
        taken = problem.errno in (errno.EADDRINUSE, errno.EACCES)
        instead = "--port 0 takes a free one" if taken else "name an address of this machine with --host"
        raise AskedWronglyError(f"cannot listen on {host}:{port}: {reason}; {instead}") from None
    return door
