"""In turns: readers of documents that read the same files one after another, and what CPU seconds they take."""

import importlib.util
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

Document = tuple[str, bytes]
Reader = Callable[[str, bytes], object]


def files(given: Sequence[str], beside: Path, ending: str) -> list[Document]:
    """The files of some folders with an ending, in memory; those beside the checkout where none is given."""
    found: list[Path] = []
    for path in map(Path, given or [str(beside)]):
        found += sorted(path.rglob(f"*{ending}")) if path.is_dir() else [path]
    if not found:
        sys.exit(f"no {ending[1:].upper()} file there")
    return [(path.name, path.read_bytes()) for path in found]


def installed(ours: Mapping[str, Reader], others: Mapping[str, tuple[str, Reader]]) -> dict[str, Reader]:
    """Our readers, and those of others that are installed; of the rest it is said that they are left out."""
    readers = dict(ours)
    for name, (module, reader) in others.items():
        if importlib.util.find_spec(module):
            readers[name] = reader
        else:
            print(f"{module} is not installed: left out", file=sys.stderr)
    return readers


def spent(readers: Mapping[str, Reader], some: Sequence[Document], rounds: int) -> dict[str, list[float]]:
    """The CPU seconds of every turn of each reader over all files, after one file to warm up."""
    for reader in readers.values():
        reader(*some[0])
    took: dict[str, list[float]] = {name: [] for name in readers}
    for _ in range(rounds):
        for name, reader in readers.items():
            begin = time.process_time()
            for file, data in some:
                reader(file, data)
            took[name].append(time.process_time() - begin)
    return took
