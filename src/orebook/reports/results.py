"""Results: what the desk answers for one document, ready to be shown.

``remark`` is what one should know about how the document was read, if there is something; ``assist`` what came of
asking a model what was missed, where one was asked.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from orebook.checks.remembered import Remembered
from orebook.ground.fact import Fact, Record
from orebook.ground.finding import Finding
from orebook.ground.source import Document, Place
from orebook.reading.assist.report import Report
from orebook.reports.itself import Itself


class Suppressed(NamedTuple):
    """A finding that the configuration asks not to show, the reason that is written there, and where it is written."""

    finding: Finding
    reason: str
    where: str


@dataclass(frozen=True, slots=True)
class Checked(Itself):
    """A document and what the rules noticed in it; ``failed`` says whether something reaches the grade that fails.

    ``again`` says that the document was answered for before and this is what it shares with others; ``remembered`` is
    what is kept of it so that others can be put beside it.
    """

    document: Document
    findings: tuple[Finding, ...]
    suppressed: tuple[Suppressed, ...] = ()
    failed: bool = False
    remark: str = ""
    again: bool = False
    remembered: Remembered | None = None
    assist: Report | None = None

    @property
    def doc(self) -> str:
        """The name of the document."""
        return self.document.name


class Head(NamedTuple):
    """What rules a whole document: the SHA-256 of its bytes and of its text, who issued it, and its date."""

    sha256: str = ""
    issuer: str = ""
    date: str = ""
    text_sha256: str = ""


NO_HEAD = Head()


class Stand(NamedTuple):
    """Where a fact or record stands: the number of its record in the document, from one, the kind, and its places.

    ``sure`` says how sure it is that these are the letters, 1 where nobody had to recognise them. ``before`` and
    ``after`` are some of the words around it.
    """

    record: int
    kind: str
    places: tuple[Place, ...] = ()
    sure: float = 1.0
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Facts(Itself):
    """The facts that one document says, in its order; ``stands`` has an entry for each, or none at all."""

    doc: str
    facts: tuple[Fact, ...]
    remark: str = ""
    failed: bool = False
    head: Head = NO_HEAD
    stands: tuple[Stand, ...] = ()
    assist: Report | None = None


@dataclass(frozen=True, slots=True)
class Records(Itself):
    """The records that one document holds, in its order; ``stands`` has an entry for each, or none at all."""

    doc: str
    records: tuple[Record, ...]
    remark: str = ""
    failed: bool = False
    head: Head = NO_HEAD
    stands: tuple[Stand, ...] = ()
    assist: Report | None = None


@dataclass(frozen=True, slots=True)
class Stored:
    """A document that was dealt with and whose facts are where they belong; there is nothing to show of it."""

    doc: str
    failed: bool = False
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Told(Itself):
    """What was done, for people as lines and for programs as an object."""

    doc: str
    lines: tuple[str, ...]
    data: Mapping[str, object] = field(default_factory=dict)
    remark: str = ""
    failed: bool = False
