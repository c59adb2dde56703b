"""Open a book in the browser: map, sections, quarter, checked releases, tables, and why each number is so."""

import webbrowser

from orebook.book.folder import find
from orebook.desk.answer import AskedWronglyError
from orebook.desk.crew.limits import Limits
from orebook.faces.web.serving import Served, serving

LOOPBACK = ("127.0.0.1", "localhost", "::1")
"""Addresses that only this machine reaches."""


def serve(
    book: str = "",
    *,
    port: int = 8790,
    host: str = "127.0.0.1",
    token: str = "",
    read_only: bool = False,
    open_browser: bool = False,
    upload_limit: int = 200,
    time_limit: int | None = None,
    memory_limit: int | None = None,
    wait: int = 10,
) -> None:
    """Open a book in the browser, on this machine alone unless a host is named; it works without any network.

    Pages show what the book holds and what follows from it; a click on a number tells why it is what it is. Files are
    added and releases checked by dropping them on a page. Who reaches the server from another machine has to bring the
    token. Ctrl-C ends it; whatever was confirmed by then is in the book.

    Options:
        book (FOLDER): The book; the nearest from here upwards when it is not said.
        port (N): The port to listen on; 0 takes a free one.
        host (ADDRESS): The address to listen on; any but the loopback address needs a token.
        token (WORDS): What another machine has to bring; made up and shown when a host is named without one.
        read_only: Offer nothing that changes the book.
        open_browser: Open the page in the browser of this machine.
        upload_limit (MB): So large a dropped file may be.
        time_limit (SECONDS): So long one document may take; 300 when not given, 0 for no limit.
        memory_limit (MB): So much memory the process that reads one may hold; 2048 when not given, 0 for no limit.
        wait (N): So many seconds to wait while another process writes the book.

    Examples:
        orebook serve examples/two-mines/book
        orebook serve kestrel --port 0 --open-browser
        orebook serve kestrel --host 0.0.0.0 --token "a long word that nobody guesses"
    """
    if not 0 <= port < 65536:
        raise AskedWronglyError(f"--port: {port} is no port; give 0 to 65535")
    if not 1 <= upload_limit <= 100_000:
        raise AskedWronglyError("--upload-limit is 1 to 100,000 MB")
    target = find(book, wait)
    limits = Limits.asked(time_limit, memory_limit)
    served = Served(target, host, port, token, read_only, upload_limit * 1_000_000, host in LOOPBACK, limits)
    with serving(served) as address:
        if open_browser:
            webbrowser.open(address)
