"""Remote files: what a URL names in object storage, in an archive or on a server.

This is the one door to fsspec (extra ``remote``). Nothing is fetched that nobody named.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from orebook.ground.needs import MissingError, need

_URL = re.compile(r"[a-z][a-z0-9+.-]{1,30}://|[a-z][a-z0-9+.-]{1,30}::")
_STAMPS = ("ETag", "etag", "md5Hash", "CRC", "mtime", "LastModified", "last_modified", "updated", "created")
"""What stores tell of a file that changes with its content."""

_SERVERS = ("http", "https")
"""Servers list no folders: only the file that was named is taken from them."""

_OURS_ALONE = ("memory",)
"""What lies in the memory of this process has to be taken along."""


class RemoteError(OSError):
    """What a URL names cannot be had; the message says why."""


class RemoteFile(NamedTuple):
    """A file that a URL names, or that was found below it; ``named`` says which. ``stamp`` changes with its content."""

    url: str
    named: bool
    size: int = 0
    stamp: str = ""
    data: bytes | None = None


def is_remote(path: str) -> bool:
    """Whether this is a URL and no path.

    >>> is_remote("s3://bucket/releases/"), is_remote("zip://*.html::releases.zip"), is_remote("C:/releases")
    (True, True, False)
    """
    return _URL.match(path) is not None


def listed(url: str) -> list[RemoteFile]:
    """The files that a URL means: one, all below a folder without the hidden ones, or those of a pattern, by name.

    Raises ``RemoteError`` where there is none or the store refuses.
    """
    protocol, _, rest = url.partition("://")[0], *url.partition("::")[1:]
    if protocol in _SERVERS:
        return [RemoteFile(url, named=True)]
    try:
        store, path = _store(url)
        found, named = _below(store, path)
        files = [
            RemoteFile(
                f"{protocol}://{name.lstrip('/') if rest else name}" + (f"::{rest}" if rest else ""),
                named,
                int(told.get("size") or 0),
                _stamp(told),
                store.cat_file(name) if protocol in _OURS_ALONE else None,
            )
            for name, told in sorted(found.items())
        ]
    except RemoteError:
        raise
    except Exception as problem:  # each store has exceptions of its own
        raise RemoteError(_words(problem)) from None
    return files


def content(url: str, most: int) -> bytes:
    """The bytes of a file, so many at most.

    Raises ``RemoteError`` where it cannot be had.
    """
    try:
        store, path = _store(url)
        with store.open(path, "rb") as file:
            data = file.read(most)
    except RemoteError:
        raise
    except Exception as problem:  # each store has exceptions of its own
        raise RemoteError(_words(problem)) from None
    return bytes(data)


def _store(url: str) -> tuple[Any, str]:
    """The store that a URL leads to, and the path in it."""
    try:
        fsspec = need("fsspec", extra="remote")
    except MissingError as problem:
        raise RemoteError(str(problem)) from None
    first, _, rest = url.partition("::")
    protocol, is_whole, path = first.partition("://")
    if rest and is_whole:
        return _archive(f"{protocol}://::{rest}"), path
    store, path = fsspec.core.url_to_fs(url)
    return store, str(path)


@lru_cache(maxsize=2)
def _archive(url: str) -> Any:
    """An archive, kept open for the other files in it."""
    return need("fsspec", extra="remote").core.url_to_fs(url)[0]


def _below(store: Any, path: str) -> tuple[Mapping[str, Mapping[str, Any]], bool]:
    """Files by their paths with what the store tells of them, and whether they were named one by one."""
    if any(letter in path for letter in "*?["):
        found = store.glob(path, detail=True)
        return {name: told for name, told in found.items() if told.get("type") == "file"}, True
    if store.isfile(path):
        return {path: store.info(path)}, True
    if not store.isdir(path):
        raise RemoteError("no such file or folder")
    return {name: told for name, told in store.find(path, detail=True).items() if not _is_hidden(name, path)}, False


def _is_hidden(name: str, folder: str) -> bool:
    return any(part.startswith(".") for part in name.removeprefix(folder).split("/"))


def _stamp(told: Mapping[str, Any]) -> str:
    known: Iterator[object] = (told[key] for key in _STAMPS if told.get(key))
    first = next(known, None)
    return f"{told.get('size')}.{first}" if first is not None else ""


def _words(problem: Exception) -> str:
    """Why the store refused, in one line."""
    if isinstance(problem, FileNotFoundError):
        return "no such file or folder"
    if isinstance(problem, ImportError):
        return f"this store needs a library of its own: {problem}"
    return " ".join((str(problem) or type(problem).__name__).split())[:300]
