"""A small endpoint on this machine that answers as a test wants: right, wrong, huge, slow, busy, from elsewhere."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

RELEASE = """# Fern Hollow Gold Reports Third Quarter

Kettlewick, British Columbia, October 3, 2024 - Fern Hollow Gold Corp. (TSXV: FERN) reports on its Fern Hollow mine.

In the third quarter of 2024 the mill put through 412,000 tonnes of rock. Bars that left the site held 9,120 ounces of
gold. The main lens was seen over a good 14.5 m in hole FH-24-07, with 3.21 g/t gold in it, and the outlay came to
US$1,150 per ounce.

Hole FH-24-08 intersected 8.0 m grading 2.10 g/t gold.
"""


def fact(quote: str, measure: str, value: object, **more: object) -> dict[str, object]:
    """A proposal about the first passage."""
    return {"passage": "p1", "quote": quote, "measure": measure, "value": value, **more}


RIGHT = [
    fact(
        "412,000 tonnes of rock",
        "milling.ore_milled",
        "412,000",
        unit="tonnes",
        about={"mine": "Fern Hollow", "period": "2024-Q3"},
    ),
    fact("9,120 ounces of gold", "milling.metal_sold", "9,120", unit="oz", about={"analyte": "gold"}),
    fact("a good 14.5 m in hole", "drilling.length", "14.5", unit="m", about={"hole": "FH-24-07"}, row="1"),
    fact("3.21 g/t gold", "drilling.grade", 3.21, unit="g/t", about={"hole": "FH-24-07", "analyte": "Au"}, row="1"),
]
"""Proposals that the release above bears out."""


def completion(content: object) -> bytes:
    """The answer of an endpoint whose model says that."""
    return json.dumps({"choices": [{"message": {"role": "assistant", "content": content}}]}).encode()


def facts(*proposals: object) -> str:
    """What a model says that proposes these facts."""
    return json.dumps({"facts": proposals})


class Call(BaseHTTPRequestHandler):
    """One request, and how it is answered."""

    server: "_Server"

    def do_POST(self) -> None:
        """Note the request, and behave as the test wants."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.endpoint.calls.append({"path": self.path, "headers": dict(self.headers), **json.loads(body)})
        self.server.endpoint.behave(self)

    def give(self, body: bytes, status: int = 200, **headers: str) -> None:
        """Send an answer."""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@dataclass
class Endpoint:
    """What a test asks of the endpoint: its address, and what it was sent."""

    url: str
    behave: Callable[[Call], None]
    calls: list[dict[str, Any]] = field(default_factory=list)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    endpoint: Endpoint

    def handle_error(self, *_: object) -> None:
        """Whoever asked has gone; nobody minds."""


@contextmanager
def endpoint(behave: Callable[[Call], None]) -> Iterator[Endpoint]:
    """An endpoint that behaves like that, as long as a test needs it."""
    server = _Server(("127.0.0.1", 0), Call)
    server.endpoint = Endpoint(f"http://127.0.0.1:{server.server_address[1]}", behave)
    running = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    running.start()
    try:
        yield server.endpoint
    finally:
        server.shutdown()
        server.server_close()
        running.join()


def saying(content: object) -> Callable[[Call], None]:
    """Answers always the same."""
    return lambda call: call.give(completion(content))
