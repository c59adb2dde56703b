"""Findings: what a rule noticed."""

from typing import NamedTuple

from orebook.ground.range import Range
from orebook.ground.source import Source

GRADES = ("note", "warning", "error")
"""From the mildest: look at this; this is ambiguous; no reading of the printed digits can hold."""


class Finding(NamedTuple):
    """One remark by one rule.

    ``sources`` are all the places that take part, the one to mend first; ``expected`` is the range that would agree;
    ``basis`` is what the rule rests on: arithmetic, geometry, or a clause; ``assisted`` says that one of the facts was
    proposed by a model, so that the finding is a warning at most.
    """

    code: str
    grade: str
    message: str
    sources: tuple[Source, ...]
    expected: Range | None
    basis: str
    assisted: bool = False

    def at_least(self, grade: str) -> bool:
        """Whether the finding is as grave as that grade, or graver.

        >>> Finding("F000", "warning", "", (), None, "").at_least("error")
        False
        """
        return GRADES.index(self.grade) >= GRADES.index(grade)
