"""Proof: a draft as somebody reads it before it is sent: what the rules notice in it, part by part."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from orebook import checks
from orebook.desk.check import sorted_out
from orebook.desk.settings import Settings
from orebook.ground.finding import GRADES, Finding
from orebook.reading.read import read_bytes
from orebook.reports.drafts.md import pieces
from orebook.reports.release.draft import Draft
from orebook.reports.release.register import Register, register_of


@dataclass(frozen=True)
class Proof:
    """A draft with the findings of the rules in its text.

    ``begins`` are the places at which the parts of the draft begin in that text; ``notes`` is what there is to say of
    how the draft was made.
    """

    draft: Draft
    findings: tuple[Finding, ...]
    begins: tuple[int, ...]
    notes: tuple[str, ...] = ()

    def parts(self, finding: Finding) -> list[int]:
        """The numbers of the parts of which a finding speaks."""
        starts = (source.start for source in finding.sources)
        return list(dict.fromkeys(max(bisect_right(self.begins, start) - 1, 0) for start in starts))

    def counts(self) -> dict[str, int]:
        """How many findings there are of each grade, the gravest first."""
        return {grade: sum(each.grade == grade for each in self.findings) for grade in reversed(GRADES)}

    @cached_property
    def register(self) -> Register:
        """The register of the draft, for documents that are made of it."""
        return register_of(self.draft)


def proofread(draft: Draft, settings: Settings, notes: Sequence[str] = ()) -> Proof:
    """A draft read as it would be released, and checked under some settings."""
    texts = list(pieces(draft))
    reading = read_bytes(f"{draft.doc}.md", "".join(texts).encode("utf-8"))
    found = checks.check(reading, settings.select, settings.ignore)
    kept = sorted_out(settings, reading.document, found).findings
    begins = tuple(accumulate((len(text) for text in texts[:-1]), initial=0)) if texts else (0,)
    return Proof(draft, kept, begins, tuple(notes))
