"""Results: what the desk answers for one document, ready to be shown.

``remark`` is what one should know about how the document was read, if there is something.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from orebook.ground.fact import Fact, Record
from orebook.ground.finding import Finding
from orebook.ground.source import Document


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
    remark: str = ""

    @property
    def doc(self) -> str:
        """The name of the document."""
        return self.document.name


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts that one document says, in its order."""

    doc: str
    facts: tuple[Fact, ...]
    remark: str = ""
    failed: bool = False


@dataclass(frozen=True, slots=True)
class Records:
    """The records that one document holds, in its order."""

    doc: str
    records: tuple[Record, ...]
    remark: str = ""
    failed: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """What was done, for people as lines and for programs as an object."""

    doc: str
    lines: tuple[str, ...]
    data: Mapping[str, object] = field(default_factory=dict)
    remark: str = ""
    failed: bool = False
