"""Names of the rows of a stream: which category and which deposit each is of, told by its label and those above it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from orebook.reading.estimating.estimates import category_in, place_in
from orebook.reading.heads.labels import without_notes
from orebook.reading.language import analytes


@dataclass(slots=True)
class Naming:
    """What was named last while the rows of a table are read from the top.

    >>> naming = Naming()
    >>> [naming.of(label, [Decimal(t)]) for label, t in (("Heron Measured", 3), ("Indicated", 5), ("Total", 8))]
    [('Measured', 'Heron'), ('Indicated', 'Heron'), ('Total', 'Heron')]
    >>> [naming.of(label, [Decimal(t)]) for label, t in (("Teal Inferred", 2), ("Total", 10))]
    [('Inferred', 'Teal'), ('Total', 'Total')]
    """

    deposit: str = ""
    category: str = ""
    tonnes: list[Decimal] = field(default_factory=list)

    def of(self, label: str, tonnes: Sequence[Decimal]) -> tuple[str, str]:
        """Category and deposit of a row with this label and these tonnes."""
        label = " ".join(
            word for word in label.split() if len(word.strip(".,")) > 1 or word in "&+–-/IP" or word.isdigit()
        )
        category, name = category_in(label), _name(label)
        total = label.lower().startswith(("total", "grand total", "all "))
        if category in ("Total", "Subtotal") or (total and not category):
            return category or "Total", name or self._of_total(tonnes)
        if " and " in category:
            return category, name or (self._of_total(()) if total else self.deposit)
        if total:
            return category, name or self._of_total(tonnes)
        if name and name != self.deposit:
            self.deposit, self.tonnes = name, []
        self.category = category or self.category
        self.tonnes += tonnes[:1]
        return self.category, self.deposit

    def _of_total(self, tonnes: Sequence[Decimal]) -> str:
        """Of what a total is: of the deposit above where its tonnes add up to it, else of everything."""
        here = self.deposit
        if here and len(self.tonnes) > 1 and tonnes and abs(sum(self.tonnes) - tonnes[0]) * 100 <= tonnes[0]:
            return here
        return "Total" if here else ""


def _name(label: str) -> str:
    """The deposit in a label, dashes and words that come twice left out; a metal alone is none."""
    said = place_in(without_notes(label))
    words = dict.fromkeys(word for word in said.split() if word.strip("-–—"))
    return "" if analytes.analyte(said) else without_notes(" ".join(words))
