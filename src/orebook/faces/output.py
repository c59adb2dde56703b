"""Output: which format an answer takes, and how it reaches a terminal, a pipe or a file whole or not at all."""

import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

_FOLDER = Path(__file__).parents[1] / "reports"


def formats(kind: str) -> list[str]:
    """The formats that can show a kind of result, in the order of the alphabet.

    >>> formats("rules")
    ['json', 'md', 'text']
    """
    return sorted(file.stem for file in (_FOLDER / kind).glob("*.py") if file.stem != "__init__")


def format_of(file: Path | None, kind: str) -> str:
    """The format that the ending of a file asks for, or nothing.

    >>> format_of(Path("facts.csv"), "facts"), format_of(Path("facts.log"), "facts")
    ('csv', '')
    """
    ending = file.suffix.removeprefix(".").lower() if file else ""
    return ending if ending in formats(kind) else ""


def means_another(file: Path) -> bool:
    """Whether the ending of a file is that of a format in which something else is shown: a workbook, a data frame.

    >>> means_another(Path("facts.xlsx")), means_another(Path("facts.log"))
    (True, False)
    """
    return any(format_of(file, folder.name) for folder in _FOLDER.iterdir() if folder.is_dir())


def on_terminal() -> bool:
    """Whether somebody is looking at standard output."""
    return sys.stdout is not None and sys.stdout.isatty()


def to_terminal(chunks: Iterable[str | bytes]) -> None:
    """Write to standard output, as UTF-8 whatever the system thinks; each chunk as soon as it is there."""
    if sys.stdout is None:
        raise OSError("there is no standard output; name a file with --output")
    out = sys.stdout.buffer
    for chunk in chunks:
        out.write(_bytes(chunk))
        if on_terminal():
            out.flush()
    out.flush()


def to_file(chunks: Iterable[str | bytes], file: Path) -> None:
    """Write a file that is there whole or, when anything goes wrong, stays as it was.

    A new file beside it is written, brought to the disk and given the name. Devices and pipes are written directly.
    """
    if file.exists() and not file.is_file():
        with file.open("wb") as out:
            out.writelines(map(_bytes, chunks))
        return
    target = file.resolve()
    fresh = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with fresh.open("xb") as out:
            out.writelines(map(_bytes, chunks))
            out.flush()
            os.fsync(out.fileno())
        if target.exists():
            fresh.chmod(target.stat().st_mode)
        fresh.replace(target)
    except BaseException:
        with suppress(OSError):
            fresh.unlink()
        raise


def _bytes(chunk: str | bytes) -> bytes:
    return chunk if isinstance(chunk, bytes) else chunk.encode("utf-8", "backslashreplace")
