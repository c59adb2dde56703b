"""Results: what the desk answers for one document, ready to be shown."""

from dataclasses import dataclass
from typing import NamedTuple

from orebook.ground.fact import Fact, Record
from orebook.ground.finding import Finding
from orebook.ground.source import Document


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


class Suppressed(NamedTuple):
    """A finding that the configuration asks not to show, the reason that is written there, and where it is written."""

    finding: Finding
    reason: str
    where: str


@dataclass(frozen=True, slots=True)
class Checked:
    """A document and what the rules noticed in it; ``failed`` says whether something reaches the grade that fails."""

    document: Document
    findings: tuple[Finding, ...]
    suppressed: tuple[Suppressed, ...] = ()
    failed: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts that one document says, in its order."""

    doc: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Records:
    """The records that one document holds, in its order."""

    doc: str
    records: tuple[Record, ...]
