"""Rooms: what every room of pages offers: pages by their names, the results that each is made of, and how."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

import polars as pl

from orebook.reports.printed import Printed

Parts = Mapping[str, pl.DataFrame]
"""The parts of results by their names, unrounded."""

Making = TypeVar("Making")


@dataclass(frozen=True, slots=True)
class Page(Generic[Making]):
    """A page: the results that it needs, how it is made of them, and the results that it tells of where there are any.

    ``also`` says for each such result which table the book has to have for it.
    """

    needs: tuple[str, ...]
    make: Callable[[Parts, Making], Printed]
    also: Mapping[str, str] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """What it is, in one sentence."""
        return (self.make.__doc__ or "").partition("\n")[0]
