"""Addresses of endpoints, and what the environment says of the way there: key, time, and whether it is safe.

Unpublished releases are worth money, and a key is one. So everything travels encrypted, unless it stays on this machine
or the person who runs it has said that the way is safe (``OREBOOK_ASSIST_INSECURE=1``): a property of a network, not of
one command, hence in the environment beside the key.
"""

import os
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

from orebook.desk.answer import AskedWronglyError

KEY, SECONDS, INSECURE = "OREBOOK_ASSIST_KEY", "OREBOOK_ASSIST_SECONDS", "OREBOOK_ASSIST_INSECURE"
_USUAL_S = 120.0
"""So long all requests about one document may take: less than the document itself."""

_COMPLETIONS = "/chat/completions"


def address(url: str) -> str:
    """The whole address of chat completions, from it or from the address of the service.

    Raises ``AskedWronglyError`` for what is no address, for one with a name and password in it, and for ``http`` to
    another machine.

    >>> address("http://localhost:8080"), address("https://models.example/v1/")
    ('http://localhost:8080/v1/chat/completions', 'https://models.example/v1/chat/completions')
    >>> address("http://models.example/v1")
    Traceback (most recent call last):
        ...
    orebook.desk.answer.AskedWronglyError: http://models.example would carry releases and key in the clear; use https...
    """
    parts = _parts(url)
    shown = f"{parts.scheme}://{parts.hostname}"
    if parts.username is not None or parts.password is not None:
        raise AskedWronglyError(f"a name or password in the address of {shown}; a key goes into {KEY}")
    if parts.scheme == "http" and not is_loopback(parts.hostname or "") and os.environ.get(INSECURE) != "1":
        raise AskedWronglyError(
            f"{shown} would carry releases and key in the clear; use https, or set {INSECURE}=1 where the way is safe"
        )
    path = parts.path.rstrip("/")
    whole = path if path.endswith(_COMPLETIONS) else f"{path or '/v1'}{_COMPLETIONS}"
    return parts._replace(path=whole, fragment="").geturl()


def _parts(url: str) -> SplitResult:
    instead = "write it as https://host/v1 or http://localhost:8080"
    try:
        parts = urlsplit(url)
        is_whole = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_whole = False
    if not is_whole or any(letter.isspace() or not letter.isprintable() for letter in url) or not url.isascii():
        raise AskedWronglyError(f"--assist is no address of an endpoint; {instead}")
    return parts


def is_loopback(host: str) -> bool:
    """Whether a host is this machine itself.

    >>> [is_loopback(host) for host in ("localhost", "127.0.0.1", "::1", "10.0.0.5", "localhost.example")]
    [True, True, True, False, False]
    """
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def key() -> str:
    """The key that the environment holds, or nothing.

    Raises ``AskedWronglyError`` for one that cannot be sent; it is not repeated.
    """
    found = os.environ.get(KEY, "").strip()
    if not found.isascii() or not found.isprintable() or " " in found:
        raise AskedWronglyError(f"{KEY} holds letters that no key has")
    return found


def seconds() -> float:
    """For how many seconds one document may be asked about.

    Raises ``AskedWronglyError`` where the environment says something else than a number above nought.
    """
    said = os.environ.get(SECONDS, "")
    try:
        found = float(said) if said else _USUAL_S
    except ValueError:
        found = 0.0
    if not 0 < found <= 86_400:
        raise AskedWronglyError(f"{SECONDS} is {said!r}; write a number of seconds above nought")
    return found
