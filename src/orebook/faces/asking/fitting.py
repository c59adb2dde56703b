"""Fitting: an object cut to a size, and what was left out of it, told."""

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from orebook.desk.answer import AskedWronglyError

_ROOM = 300
"""So many characters what was left out may take."""
_ROUNDS = 30


class LeftOut(NamedTuple):
    """A list of which only the beginning is there: where it stands, how many are shown, and of how many."""

    of: str
    shown: int
    all: int

    def __str__(self) -> str:
        return f"only the first {self.shown:,} of {self.all:,} {self.of} are given; ask for less, or for one part"


def fitted(whole: dict[str, Any], most: int) -> tuple[dict[str, Any], list[LeftOut]]:
    """An object that has at most so many characters as JSON: of its longest lists only the beginning is kept.

    What was left out stands in it as ``left_out``. Raises ``AskedWronglyError`` where no list can be cut.

    >>> shape, left = fitted({"rows": list(range(1000))}, 1000)
    >>> len(shape["rows"]) < 250, shape["left_out"][0]["all"], str(left[0])[:14]
    (True, 1000, 'only the first')
    """
    sizes: dict[str, LeftOut] = {}
    for _ in range(_ROUNDS):
        size = len(json.dumps(whole, ensure_ascii=False))
        if size <= most - (_ROOM if sizes else 0):
            break
        longest = max(_lists(whole, ""), key=lambda found: len(found[1]), default=None)
        if longest is None or len(longest[1]) < 2:
            break
        name, items = longest
        before = sizes[name].all if name in sizes else len(items)
        kept = max(int(len(items) * 0.8 * (most - _ROOM) / size), 0)
        del items[min(kept, len(items) - 1) :]
        sizes[name] = LeftOut(name, len(items), before)
    if sizes:
        whole["left_out"] = [each._asdict() for each in sizes.values()]
    if (size := len(json.dumps(whole, ensure_ascii=False))) > most:
        raise AskedWronglyError(
            f"the answer has {size:,} characters, and at most {most:,} are given; ask for less of it"
        )
    return whole, list(sizes.values())


def _lists(found: object, name: str) -> Iterator[tuple[str, list[Any]]]:
    """Yield every list with where it stands."""
    if isinstance(found, dict):
        for key, value in found.items():
            yield from _lists(value, f"{name}.{key}" if name else key)
    elif isinstance(found, list):
        yield name, found
        for number, value in enumerate(found):
            if isinstance(value, dict | list):
                yield from _lists(value, f"{name}[{number}]")
