"""Places: paths that were named from outside, followed to where they lead, and refused where that is elsewhere."""

import os
from collections.abc import Iterator
from glob import glob, has_magic
from pathlib import Path, PurePath

from orebook.desk.answer import AskedWronglyError
from orebook.desk.remote import is_remote
from orebook.faces.asking.terms import Terms

_MOST = 10_000
"""So many files a pattern may mean."""


def place(said: str, terms: Terms) -> str:
    """A file or folder that was named, from the folder, as a path that can be opened.

    Raises ``AskedWronglyError`` for what lies elsewhere, for addresses of other machines and for standard input; it
    does not tell whether there is anything.
    """
    if said == "-" or is_remote(said):
        raise AskedWronglyError(f"{said!r}: only files of this folder can be named here")
    try:
        found = (terms.folder / said).resolve()
    except (OSError, ValueError, RuntimeError):
        raise AskedWronglyError(f"{said[:200]!r} is no path") from None
    if not terms.holds(found):
        raise AskedWronglyError(f"{said[:200]!r} is outside of the folder that may be looked into; name a place in it")
    return str(found)


def places(said: str, terms: Terms) -> list[str]:
    """The paths that one word means: a file, a folder whose files all lie inside, or the files of a pattern.

    Raises ``AskedWronglyError`` as ``place`` does, also for links that lead elsewhere.
    """
    if has_magic(said) and not is_remote(said) and not _is_there(said, terms):
        return [place(match, terms) for match in _matches(said, terms)]
    found = place(said, terms)
    for link in _links(Path(found)):
        place(link, terms)
    return [found]


def _is_there(said: str, terms: Terms) -> bool:
    try:
        return (terms.folder / said).exists()
    except (OSError, ValueError):
        return False


def _matches(said: str, terms: Terms) -> list[str]:
    """The files of a pattern; the folders before its first sign have to lie inside."""
    parts = PurePath(said).parts
    fixed = next(number for number, part in enumerate(parts) if has_magic(part))
    place(str(PurePath(*parts[:fixed])), terms)
    if ".." in parts[fixed:]:
        raise AskedWronglyError(f"{said[:200]!r}: a pattern does not go upwards")
    found = sorted(glob(said, root_dir=terms.folder, recursive=True))  # noqa: PTH207 - Path.glob takes no absolute one
    if not found:
        raise AskedWronglyError(f"{said[:200]!r}: no file matches this pattern; ** goes through folders, * through one")
    if len(found) > _MOST:
        raise AskedWronglyError(f"{said[:200]!r} means {len(found):,} files; at most {_MOST:,} are taken at once")
    return found


def _links(folder: Path) -> Iterator[str]:
    """Yield every link below a folder."""
    if folder.is_dir():
        for where, folders, files in os.walk(folder):
            yield from (each for name in (*folders, *files) if os.path.islink(each := os.path.join(where, name)))  # noqa: PTH114, PTH118
