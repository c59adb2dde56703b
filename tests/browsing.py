"""Browsing: a book opened by a real server, and a real browser that looks at its pages and tells on them."""

import http.client
import os
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import uvicorn

from orebook.book.folder import find
from orebook.faces.web.application import application
from orebook.faces.web.serving import opened
from orebook.faces.web.shelf import Shelf

EXAMPLES = Path(__file__).parents[1] / "examples"
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1440, "height": 900}
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

_FLAGS = (
    "--no-sandbox --disable-quic --no-first-run --disable-background-networking --disable-component-update "
    "--disable-sync --use-gl=angle --use-angle=swiftshader --enable-unsafe-swiftshader"
).split()


def chromium() -> str:
    """Where the browser of this machine is; a test that needs one is left out where there is none."""
    named = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    found = named or shutil.which("google-chrome") or ""
    if not found:
        pytest.skip("no Chromium on this machine; CHROMIUM names one")
    return found


@contextmanager
def served(book: Path, **said: Any) -> Iterator[str]:
    """The address of a server that has a book open; it ends with the block."""
    door = opened("127.0.0.1", 0)
    port = door.getsockname()[1]
    hosts = frozenset({f"127.0.0.1:{port}"})
    token = said.pop("token", "")
    app = application(Shelf(find(str(book)), **said), hosts=hosts, token=token)
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False, lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [door]}, daemon=True)
    thread.start()
    for _ in range(500):
        if server.started:
            break
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(10)
        door.close()


def got(address: str, path: str) -> tuple[int, str, bytes]:
    """Status, kind and content of what a server answers; the first drawing of a machine compiles what lays holes."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=600)
    connection.request("GET", path)
    answer = connection.getresponse()
    found = answer.status, answer.getheader("content-type", "").partition(";")[0], answer.read()
    connection.close()
    return found


_SETTLED = """() => new Promise(done => { const look = () => document.querySelector(".htmx-request")
  ? setTimeout(look, 20) : requestAnimationFrame(() => setTimeout(done, 60)); requestAnimationFrame(look); })"""


def went(page: Any, pattern: Any) -> None:
    """Wait until the address of a page is another, and until what belongs to it has come into the page.

    The address is changed before the part of the page is: who looks at once may still see the one before.
    """
    page.wait_for_url(pattern)
    page.evaluate(_SETTLED)


@dataclass
class Look:
    """A page that was opened, with everything that it did wrong so far: ``wrong`` holds errors and calls outside."""

    page: Any
    address: str
    wrong: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", lambda said: self.wrong.append(said.text) if said.type == "error" else None)
        self.page.on("pageerror", lambda problem: self.wrong.append(str(problem)))
        self.page.on("request", self._asked)

    def _asked(self, request: Any) -> None:
        if urlsplit(request.url).scheme not in ("data", "blob") and not request.url.startswith(self.address):
            self.wrong.append(f"asks outside: {request.url}")

    def open(self, path: str) -> "Look":
        """Open a page of the book and wait until it is quiet, and until what it is made of was made."""
        self.page.goto(f"{self.address}{path}", wait_until="networkidle")
        working = self.page.locator("section.work[aria-busy=true]:not(.notes)")
        if working.count():
            working.first.wait_for(state="detached", timeout=120_000)
            self.page.wait_for_load_state("networkidle")
        return self

    def violations(self) -> list[str]:
        """What axe finds against WCAG A and AA, a line each."""
        from axe_playwright_python.sync_playwright import Axe

        found = Axe().run(self.page, options={"runOnly": {"type": "tag", "values": WCAG}})
        return [
            f"{each['id']}: {node['html'][:120]}" for each in found.response["violations"] for node in each["nodes"]
        ]

    def shot(self, name: str) -> None:
        """A picture of the whole page, where OREBOOK_SHOTS names a folder for it."""
        folder = os.environ.get("OREBOOK_SHOTS")
        if folder:
            Path(folder).mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)

    def is_good(self, name: str) -> None:
        """Nothing went wrong, nothing was asked outside, axe is content on light and on dark ground."""
        for scheme in ("light", "dark"):
            self.page.emulate_media(color_scheme=scheme)
            self.shot(f"{name}-{scheme}")
            assert not self.violations(), (name, scheme)
        self.page.emulate_media(color_scheme="light")
        assert not self.wrong, name


@contextmanager
def browser() -> Iterator[Any]:
    """A headless browser."""
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as started:
        found = started.chromium.launch(executable_path=chromium(), args=_FLAGS)
        try:
            yield found
        finally:
            found.close()


@contextmanager
def looking(found: Any, address: str, size: dict[str, int] = DESK) -> Iterator[Look]:
    """A new window of a browser on an address."""
    context = found.new_context(viewport=size, reduced_motion="reduce")
    try:
        yield Look(context.new_page(), address)
    finally:
        context.close()
