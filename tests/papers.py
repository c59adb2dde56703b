"""Papers: a book with releases in its folder, and what a server answers about them once it has read them."""

import http.client
import shutil
import time
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from book_runs import example
from browsing import EXAMPLES
from orebook.checks import catalogue

HOSTILE = """# Brannoch Gold <script>window.stolen = 1</script> drills Kestrel Hill

Kestrel Hill, ON - May 6, 2024 - Brannoch Gold Corp. (TSXV: BRN) says "><img src=x onerror="window.stolen = 1"> and.

[A link](javascript:window.stolen=1) and ]]> and {{ 7 * 7 }} and <b onclick="window.stolen = 1">words</b> stand here.

| Hole <script>window.stolen = 1</script> | From (m) | To (m) | Interval (m) | Au (g/t) |
|---|---|---|---|---|
| KH-"><script>window.stolen = 1</script> | 100.0 | 112.0 | 14.0 | 2.10 |
| KH-08 | 55.0 | 61.5 | 6.5 | 1.85 |
"""


def book_with_releases(folder: Path) -> Path:
    """A copy of an example book with releases: those of the examples, two that contradict, and a hostile one."""
    book = folder / "book"
    example("small-mine", book)
    shutil.copytree(EXAMPLES / "releases", book / "releases")
    first, second = catalogue()["A101"].examples("Flagged")[0].split("\n====\n")
    (book / "releases" / "linn may.md").write_text(first, encoding="utf-8")
    (book / "releases" / "linn-september.md").write_text(second, encoding="utf-8")
    (book / "releases" / "old").mkdir()
    (book / "releases" / "old" / "hostile.md").write_text(HOSTILE, encoding="utf-8")
    (book / "releases" / "nothing.md").write_text("", encoding="utf-8")
    return book


def answered(address: str, path: str, seconds: float = 60, refused: int = 200) -> str:
    """What a page says once whatever it waited for has been done; ``refused`` is the status of one that says no."""
    until = time.monotonic() + seconds
    while True:
        status, words, headers = asked(address, path)
        if status == 303:
            return answered(address, headers["location"].partition("#")[0], seconds, refused)
        if status != 202 and "aria-busy" not in words and "are being read" not in words:
            assert status == refused, words
            return words
        assert time.monotonic() < until, words
        time.sleep(0.1)


def asked(
    address: str, path: str, method: str = "GET", body: bytes | None = None, **headers: str
) -> tuple[int, str, dict[str, str]]:
    """The status, the words and the headers of what a server answers."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
    connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    found = answer.status, answer.read().decode("utf-8"), {k.lower(): v for k, v in answer.getheaders()}
    connection.close()
    return found


def sent(
    address: str, name: str, content: bytes, *, chunked: bool = False, **headers: str
) -> tuple[int, str, dict[str, str]]:
    """What a server answers to a file that is given to it."""
    edge = "edge-of-the-part"
    begin = f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    body = begin.encode() + content + f"\r\n--{edge}--\r\n".encode()
    headers["Content_Type"] = f"multipart/form-data; boundary={edge}"
    return asked(address, "/dropped", "POST", iter([body]) if chunked else body, **headers)  # type: ignore[arg-type]


def posted(address: str, path: str, said: dict[str, str], **headers: str) -> tuple[int, str, dict[str, str]]:
    """What a server answers to a form."""
    headers["Content_Type"] = "application/x-www-form-urlencoded"
    return asked(address, path, "POST", urlencode(said).encode(), **headers)
