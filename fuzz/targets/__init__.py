"""Targets: one file for each kind of input, found by being in this folder.

``once(data)`` does with some bytes what orebook would do and asks whether what must hold did hold: a refusal is one of
our own errors in one line, anything else that comes out is a crash. ``seeds()`` are inputs to begin with, ``WORDS``
what such files are made of, ``mutated`` makes another of one, ``LONGEST`` bytes are the most.
"""

from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from pkgutil import iter_modules
from random import Random
from typing import Protocol

Mutate = Callable[[bytes, int], bytes]
"""The mutation of the engine: other bytes, so many at most."""


class Target(Protocol):
    """What every target offers."""

    WORDS: Sequence[str]
    LONGEST: int

    def seeds(self) -> Iterator[bytes]:
        """Inputs to begin with."""

    def once(self, data: bytes) -> None:
        """Try one input."""

    def mutated(self, data: bytes, most: int, chance: Random, mutate: Mutate) -> bytes:
        """Another input that is made of one."""


def names() -> list[str]:
    """The names of all targets."""
    return sorted(module.name for module in iter_modules(__path__))


def target(name: str) -> Target:
    """The target of a name."""
    found: Target = import_module(f"{__name__}.{name}")  # type: ignore[assignment]
    return found
