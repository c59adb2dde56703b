"""Reports on assistance: what was asked and proposed, what the document bore out, and why the rest was refused."""

from collections import Counter
from dataclasses import dataclass, replace
from typing import NamedTuple


class UnansweredError(RuntimeError):
    """No answer could be had; the message says why, in words that name no secret."""


class Proposal(NamedTuple):
    """What a model says that a passage states.

    ``value`` and ``unit`` are as the model gives them and only compared; ``about`` is what the figure is said to be
    about; figures with the same ``row`` of one passage were said together.
    """

    passage: str
    quote: str
    measure: str
    value: str
    unit: str = ""
    about: tuple[tuple[str, str], ...] = ()
    row: str = ""


class Refused(NamedTuple):
    """A proposal that does not count: what of it was understood, why not, and what the reason hangs on.

    ``why`` is one of a few phrases, so that refusals can be counted; ``what`` is the word or figure that is amiss.
    """

    measure: str
    value: str
    quote: str
    why: str
    what: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """What came of asking about one document: passages asked about and left, proposals accepted and refused.

    ``odd`` counts answers that were no answer in the form that was asked for; ``problem`` says why there was none.
    """

    passages: int = 0
    left: int = 0
    answers: int = 0
    odd: int = 0
    accepted: int = 0
    refused: tuple[Refused, ...] = ()
    problem: str = ""

    @property
    def proposed(self) -> int:
        """How many proposals there were: those accepted and those refused."""
        return self.accepted + len(self.refused)

    def __add__(self, other: "Report") -> "Report":
        """Both together, refusals in order; the first problem stands for all."""
        return replace(
            self,
            passages=self.passages + other.passages,
            left=self.left + other.left,
            answers=self.answers + other.answers,
            odd=self.odd + other.odd,
            accepted=self.accepted + other.accepted,
            refused=self.refused + other.refused,
            problem=self.problem or other.problem,
        )

    def __str__(self) -> str:
        """One line for people.

        >>> str(Report(3, 0, 1, 0, 2, (Refused("drilling.length", "5", "5 m", "the figure is read already"),)))
        '3 passages asked about: 3 proposals, 2 accepted, 1 refused (1 the figure is read already)'
        >>> str(Report(2, 0, 0, problem="no answer within 60 s"))
        '2 passages, no answer within 60 s'
        """
        if not self.passages and not self.left:
            return "nothing to ask about"
        asked = _many(self.passages, "passage")
        parts = [asked + (f", {self.problem}" if self.problem and not self.answers else " asked about")]
        if self.answers:
            said = [f"{_many(self.proposed, 'proposal')}, {self.accepted:,} accepted"]
            why = Counter(one.why for one in self.refused)
            counts = ", ".join(f"{count:,} {reason}" for reason, count in why.most_common())
            said += [f"{len(self.refused):,} refused ({counts})"] if self.refused else []
            parts[0] += f": {', '.join(said)}"
            parts += [self.problem] if self.problem else []
        parts += [f"{_many(self.odd, 'answer')} in another form"] if self.odd else []
        parts += [f"{_many(self.left, 'passage')} too many, not asked about"] if self.left else []
        return "; ".join(parts)


def _many(count: int, thing: str) -> str:
    return f"{count:,} {thing}{'' if count == 1 else 's'}"
