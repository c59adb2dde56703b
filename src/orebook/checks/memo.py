"""What several rules work out of one reading is worked out once and kept with the reading."""

from collections.abc import Callable, Hashable, Iterable, Iterator
from functools import wraps
from typing import TypeVar, cast

from orebook.reading.reading import Reading

T = TypeVar("T")


def per_reading(function: Callable[[Reading], T]) -> Callable[[Reading], T]:
    """Keep the result of a function of a reading with that reading, as a cached property would.

    The function must not be asked before the reading is whole.
    """
    key = f"{function.__module__}.{function.__qualname__}"

    @wraps(function)
    def kept(reading: Reading) -> T:
        memory = vars(reading)
        if key not in memory:
            memory[key] = function(reading)
        return cast(T, memory[key])

    return kept


_OF_DOCUMENT, _SHARED = "of the document", "shared"


def per_document(function: Callable[[Reading], T]) -> Callable[[Reading], T]:
    """Keep what a function works out of the words and the layout alone, whatever figures are read in them."""
    key = f"{function.__module__}.{function.__qualname__}"

    @wraps(function)
    def kept(reading: Reading) -> T:
        memory = vars(reading).setdefault(_OF_DOCUMENT, {})
        if key not in memory:
            memory[key] = function(reading)
        return cast(T, memory[key])

    return kept


def share(reading: Reading, other: Reading) -> None:
    """Let another reading of the same document have what was worked out of its words and layout."""
    vars(other)[_OF_DOCUMENT] = vars(reading).setdefault(_OF_DOCUMENT, {})
    vars(other)[_OF_DOCUMENT][_SHARED] = True


def shared(reading: Reading, key: Hashable, make: Callable[[], Iterator[T]]) -> Iterable[T]:
    """What a look at the words yields: worked out whole once where several readings share it, else as it is needed."""
    memory = vars(reading).get(_OF_DOCUMENT, {})
    if not memory.get(_SHARED):
        return make()
    if key not in memory:
        memory[key] = list(make())
    return cast("list[T]", memory[key])
