"""Orebook: from drill core to news release, every number computed, traced and checked.

A **figure** is a number as it was said. A **fact** is a figure with its meaning and its place. A **table** is rows of
one kind. A **finding** is what a rule noticed. A **book** is a folder that holds them all.

From Python, ``orebook.open(folder)`` opens a book, and every verb is a function: ``orebook.check("release.md")``. Their
answers show themselves in notebooks; what they need is loaded when they are asked.
"""

from importlib import import_module
from pathlib import Path
from typing import Any

__version__ = "0.1.0"

_DESK = Path(__file__).parent / "desk"


def __getattr__(name: str) -> Any:
    """The verbs, and the way to open a book."""
    if name != "open" and not (_DESK / f"{name}.py").is_file():
        raise AttributeError(f"module 'orebook' has no attribute {name!r}")
    door = import_module("orebook.faces.notebook")
    return door.open_book if name == "open" else getattr(door, name)
