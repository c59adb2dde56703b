"""What several rules work out of one reading is worked out once and kept with the reading."""

from collections.abc import Callable
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
