"""What a rule is: a look at a reading or at tables, with its page, its basis and its examples in one place."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from inspect import cleandoc
from itertools import takewhile
from textwrap import dedent
from typing import Any, NamedTuple

from orebook.ground.fact import Fact, Record
from orebook.ground.finding import GRADES, Finding
from orebook.ground.range import Range
from orebook.ground.source import Source
from orebook.reading.reading import Reading

SUBJECTS = ("facts", "records", "document")
"""What a rule on documents may look at: single facts, records, or the whole document with its words."""

HEADINGS = ("What it does", "Why it matters", "Flagged", "Fine", "Help")
"""The headings of a rule's page, in order."""

_BETWEEN = "----"


class Remark(NamedTuple):
    """What a rule noticed, before its code and basis are put to it."""

    grade: str
    message: str
    sources: tuple[Source, ...]
    expected: Range | None = None


Look = Callable[[Reading], Iterator[Remark]]


def remark(grade: str, message: str, places: Iterable[Fact | Record | Source], expected: Range | None = None) -> Remark:
    """Remark on some places, the one to mend first; facts and records stand for where they were said.

    Raises ``ValueError`` for a grade that does not exist.
    """
    if grade not in GRADES:
        raise ValueError(f"a remark has no grade {grade!r}; the grades are {', '.join(GRADES)}")
    sources = tuple(dict.fromkeys(place if isinstance(place, Source) else place.source for place in places))
    return Remark(grade, message, sources, expected)


@dataclass(frozen=True)
class Rule:
    """A look at one kind of thing, with a code, a basis, a page and examples.

    ``basis`` is what the rule rests on (arithmetic, geometry, or a clause), ``catalogue`` the code under which a
    general catalogue of disclosure checks knows it, ``since`` the version since which it is stable, or ``preview``.
    What ``look`` is given is a reading for rules on documents, the tables of a book for rules on tables.
    """

    code: str
    on: str
    basis: str
    look: Callable[[Any], Iterator[Any]]
    catalogue: str = ""
    since: str = "preview"

    @property
    def name(self) -> str:
        """The name of the fault, with hyphens."""
        return self.look.__name__.replace("_", "-")

    @property
    def doc(self) -> str:
        """What the rule's function says of itself."""
        return cleandoc(self.look.__doc__ or "")

    @property
    def title(self) -> str:
        """The first line of the page: the fault in one sentence."""
        return self.doc.partition("\n")[0]

    def __call__(self, seen: Any) -> Iterator[Finding]:
        """Yield a finding for each thing that the rule notices in what it is shown."""
        for noticed in self.look(seen):
            yield Finding(self.code, noticed.grade, noticed.message, noticed.sources, noticed.expected, self.basis)

    def section(self, heading: str) -> str:
        """What stands under a heading of the page, or nothing."""
        lines = self.doc.splitlines()
        if f"{heading}:" not in lines:
            return ""
        others = {f"{other}:" for other in HEADINGS}
        below = takewhile(lambda line: line not in others, lines[lines.index(f"{heading}:") + 1 :])
        return "\n".join(below).strip("\n")

    def examples(self, heading: str) -> list[str]:
        """The releases under ``Flagged`` or ``Fine``: indented blocks, a line of four hyphens between two."""
        parts: list[list[str]] = [[]]
        for line in dedent(self.section(heading)).splitlines():
            if line == _BETWEEN:
                parts.append([])
            else:
                parts[-1].append(line)
        return [text for text in ("\n".join(part).strip("\n") for part in parts) if text]

    @property
    def help(self) -> str:
        """What to do instead, on one line."""
        return " ".join(self.section("Help").split())

    @property
    def page(self) -> str:
        """The page of the rule as Markdown: what it does, why, what is flagged, what is fine, what instead."""
        lines = [f"# {self.code} {self.name}", "", self.title, "", f"Basis: {self.basis}. Looks at: {self.on}."]
        lines.append(f"Since: {self.since}." + (f" Catalogue: {self.catalogue}." if self.catalogue else ""))
        for heading in HEADINGS:
            lines += ["", f"## {heading}", ""]
            if heading in ("Flagged", "Fine"):
                for example in self.examples(heading):
                    lines += ["```text", example, "```", ""]
                lines.pop()
            else:
                lines.append(self.section(heading))
        return "\n".join(lines) + "\n"


def rule(code: str, *, on: str, basis: str, catalogue: str = "", since: str = "preview") -> Callable[[Look], Rule]:
    """Make a rule of a function that looks at a reading and yields what it notices."""
    if on not in SUBJECTS:
        raise ValueError(f"{code}: a rule looks at {', '.join(SUBJECTS)}, not at {on!r}")
    return lambda look: Rule(code, on, basis, look, catalogue, since)
