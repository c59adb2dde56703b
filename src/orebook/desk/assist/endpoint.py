"""The client of an OpenAI-compatible endpoint: one request, one answer, within limits of time and size.

Whatever the other side does becomes an ``UnansweredError`` in words of ours: nothing of what it sends is repeated,
since it may echo a key. Redirects are not followed, so that neither key nor release can be led elsewhere. This machine
is asked directly, any other by the proxies that the environment names.
"""

import json
import time
from collections.abc import Callable
from http.client import HTTPException, HTTPResponse, responses
from threading import Thread
from typing import Any, NoReturn
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import (
    BaseHandler,
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
)

from orebook.desk.assist.address import is_loopback, key
from orebook.reading.assist.report import UnansweredError

_MOST_BYTES = 1024 * 1024
_PIECE = 64 * 1024
_LONGEST_PAUSE_S = 20.0
_PAUSE_S = 1.0
_BUSY = 429
_REDIRECTS = range(300, 400)
_FAULTS = range(500, 600)
_UNUSUAL_OPTION = (400, 422)
"""How servers refuse an option that their model does not have."""


def ask(url: str, model: str, instruction: str, passages: str, seconds: float) -> str:
    """The words that a model answers.

    Asks once more after a pause where the endpoint is busy or has a fault, and without options where it refuses them.
    Raises ``UnansweredError`` where no answer comes within so many seconds.
    """
    until = time.monotonic() + seconds
    messages = [{"role": "system", "content": instruction}, {"role": "user", "content": passages}]
    body: dict[str, object] = {"model": model, "messages": messages}
    options: dict[str, object] = {"temperature": 0, "stream": False}
    again = True
    while True:
        status, answer, pause = _within(until, seconds, lambda said: _post(url, said, until), {**body, **options})
        if status == 200:
            return _content(answer)
        if status in _UNUSUAL_OPTION and options:
            options = {}
        elif (status == _BUSY or status in _FAULTS) and again and time.monotonic() + pause < until:
            again = False
            time.sleep(pause)
        elif status in _REDIRECTS:
            raise UnansweredError(f"the endpoint leads elsewhere ({status}), which is not followed")
        else:
            raise UnansweredError(f"the endpoint answers {status} {responses.get(status, '')}".rstrip())


Posted = tuple[int, bytes, float]
"""The status, the answer, and for how many seconds to wait before asking again."""


def _within(
    until: float, seconds: float, post: Callable[[dict[str, object]], Posted], body: dict[str, object]
) -> Posted:
    """What a request brings, no later than the limit.

    It waits in a thread of its own: neither looking up a name nor a server that sends a letter a minute can be told to
    end in time. What it brings later is not looked at.
    """
    found: list[Posted | UnansweredError] = []

    def work() -> None:
        try:
            found.append(post(body))
        except UnansweredError as problem:
            found.append(problem)
        except Exception as problem:  # what it says may hold the key or the address
            found.append(UnansweredError(f"the endpoint could not be asked ({type(problem).__name__})"))

    waiting = Thread(target=work, daemon=True)
    waiting.start()
    waiting.join(max(until - time.monotonic(), 0))
    if not found:
        raise UnansweredError(f"no answer within {seconds:g} s")
    if isinstance(found[0], UnansweredError):
        raise found[0]
    return found[0]


def _post(url: str, body: dict[str, object], until: float) -> Posted:
    headers = {"Content-Type": "application/json", "Accept": "application/json", "Accept-Encoding": "identity"}
    if secret := key():
        headers["Authorization"] = f"Bearer {secret}"
    request = Request(url, json.dumps(body).encode(), headers, method="POST")
    left = max(until - time.monotonic(), 0.001)
    try:
        with _opener(url).open(request, timeout=left) as answer:
            return 200, _read(answer, until), 0
    except HTTPError as problem:
        with problem:
            return problem.code, b"", _pause(problem.headers)
    except TimeoutError:
        raise UnansweredError("no answer in time") from None
    except URLError as problem:
        raise UnansweredError(f"the endpoint cannot be reached ({_reason(problem.reason)})") from None
    except (HTTPException, OSError, ValueError) as problem:
        raise UnansweredError(f"the endpoint broke off ({type(problem).__name__})") from None


def _opener(url: str) -> OpenerDirector:
    """Who opens addresses: of the web only, and this machine without a proxy."""
    opener = OpenerDirector()
    proxies = ProxyHandler({}) if is_loopback(urlsplit(url).hostname or "") else ProxyHandler()
    handlers: list[BaseHandler] = [
        proxies, HTTPHandler(), HTTPSHandler(), HTTPDefaultErrorHandler(), HTTPErrorProcessor()
    ]  # fmt: skip
    for handler in handlers:
        opener.add_handler(handler)
    return opener


def _read(answer: HTTPResponse, until: float) -> bytes:
    """An answer up to its end, within the limits of size and time."""
    pieces: list[bytes] = []
    size = 0
    while piece := answer.read1(_PIECE):
        pieces.append(piece)
        size += len(piece)
        if size > _MOST_BYTES:
            raise UnansweredError(f"the endpoint answers more than {_MOST_BYTES // 1024**2} MiB")
        if time.monotonic() > until:
            raise UnansweredError("no answer in time")
    return b"".join(pieces)


def _pause(headers: Any) -> float:
    """For how many seconds a busy endpoint asks to be left alone, as far as that is bearable."""
    said = str(headers.get("Retry-After", "") if headers is not None else "")
    return min(float(said), _LONGEST_PAUSE_S) if said.isascii() and said.isdigit() else _PAUSE_S


def _reason(reason: object) -> str:
    """Why there is no connection, in the words of the system."""
    said = getattr(reason, "strerror", None)
    return str(said).lower() if said else type(reason).__name__


def _content(answer: bytes) -> str:
    """The words of the first choice of an answer.

    Raises ``UnansweredError`` for an answer in another form.
    """
    try:
        content = json.loads(answer)["choices"][0]["message"]["content"]
    except (ValueError, KeyError, IndexError, TypeError, RecursionError):
        _foreign()
    if isinstance(content, list):  # in parts, of which those of text count
        content = "".join(str(part.get("text", "")) for part in content if isinstance(part, dict))
    return content if isinstance(content, str) else _foreign()


def _foreign() -> NoReturn:
    raise UnansweredError("the endpoint answers in another form than that of chat completions")
