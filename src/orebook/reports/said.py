"""Said: words with the figures that stand in them, so that a number in a sentence leads back as one in a table does."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from string import Formatter
from typing import Protocol

from orebook.reports.layouts import LayoutError
from orebook.reports.printed import Address, Passage, Spoken, Value


class Amount(Protocol):
    """A number with its address, as results hold it."""

    @property
    def value(self) -> Value:
        """The number, unrounded."""

    @property
    def address(self) -> Address:
        """Where it stands."""


@dataclass(frozen=True, slots=True)
class Said:
    """Words, and the figures in them with their places."""

    text: str
    figures: tuple[Spoken, ...] = ()

    @classmethod
    def amount(cls, text: str, amount: Amount) -> "Said":
        """The words of one figure."""
        return cls(text, (Spoken(0, len(text), amount.value, amount.address),))

    @classmethod
    def number(cls, text: str, value: Value, address: Address) -> "Said":
        """The words of one number: its value, and where that stands."""
        return cls(text, (Spoken(0, len(text), value, address),))

    def sentence(self) -> "Said":
        """The words with a capital letter at their beginning."""
        return Said(self.text[:1].upper() + self.text[1:], self.figures)

    def passage(self) -> Passage:
        """The words as a paragraph."""
        return Passage(self.text, figures=self.figures)


def filled(words: str, slots: Mapping[str, "str | Said"]) -> Said:
    """A template with its braces filled; the figures of what fills them keep their places.

    Raises ``LayoutError`` for a brace that nothing fills.

    >>> filled("Revenues were {now}.", {"now": "$5 million"}).text
    'Revenues were $5 million.'
    """
    text, figures = "", []
    for before, name, _, _ in Formatter().parse(words):
        text += before
        if name is None:
            continue
        if name not in slots:
            raise LayoutError(f"the sentence {words!r} has {{{name}}}, which is none of {', '.join(sorted(slots))}")
        slot = slots[name]
        said = slot if isinstance(slot, Said) else Said(slot)
        figures += [each.shifted(len(text)) for each in said.figures]
        text += said.text
    return Said(text, tuple(figures))


def joined(parts: Iterable[Said], between: str = " ") -> Said:
    """Sentences one after the other."""
    text, figures = "", []
    for part in parts:
        text += between if text else ""
        figures += [each.shifted(len(text)) for each in part.figures]
        text += part.text
    return Said(text, tuple(figures))


def listed(parts: Iterable[Said]) -> Said:
    """Words as a list: ``a, b and c``."""
    found = list(parts)
    if len(found) < 2:
        return found[0] if found else Said("")
    return joined([joined(found[:-1], ", "), found[-1]], " and ")
