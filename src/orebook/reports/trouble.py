"""Trouble: what was given and cannot be used, in one line."""

from typing import NamedTuple


class Trouble(NamedTuple):
    """Something given that cannot be used: where, what is wrong with it, and what to do instead.

    >>> str(Trouble("core.xyz", "no such file", "look at the spelling of the path"))
    'core.xyz: no such file; look at the spelling of the path'
    """

    where: str
    what: str
    instead: str

    def __str__(self) -> str:
        return " ".join("; ".join(filter(None, (f"{self.where}: {self.what}", self.instead))).split())
