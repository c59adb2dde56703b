"""Terms: what a derived column is made of, and what is known of the columns that it is made from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from orebook.disciplines.assaying.columns import Assay, assay, held_by, subscripted
from orebook.disciplines.assaying.definitions import Definition
from orebook.disciplines.assaying.worth import rounded


@dataclass(frozen=True)
class Term:
    """A column and what it is multiplied by, exactly; ``member`` is what it stands for in a group."""

    column: str
    factor: Fraction
    member: str = ""


@dataclass(frozen=True)
class Derived:
    """A column that is made from others, with everything that its making rests on.

    ``terms`` add up to it; for ``first_of`` they stand best first, for ``share`` and ``ratio`` they are the two.
    ``missing`` are members of a group for which the table has no column. ``holds`` are the elements that it counts.
    ``said`` is the definition as a report prints it; whoever keeps lineage keeps this.
    """

    name: str
    kind: str
    analyte: str
    label: str
    unit: str
    terms: tuple[Term, ...]
    holds: frozenset[str]
    said: str
    missing: tuple[str, ...] = ()
    partial: bool = False


@dataclass
class Columns:
    """What is known of the columns while definitions are worked through: those of the table, and those made so far."""

    raw: tuple[str, ...]
    made: dict[str, Derived] = field(default_factory=dict)

    def __contains__(self, column: str) -> bool:
        return column in self.raw or column in self.made

    def assay(self, column: str) -> Assay:
        """What a column holds; one that was made, what its definition says."""
        made = self.made.get(column)
        return Assay(column, made.analyte, "", made.unit) if made else assay(column)

    def holds(self, column: str) -> frozenset[str]:
        """The elements that a column counts."""
        made = self.made.get(column)
        return made.holds if made else held_by(assay(column).analyte)

    def label(self, column: str) -> str:
        """How a formula names a column."""
        made = self.made.get(column)
        return f"{made.label} ({made.unit})" if made else assay(column).label


def made(
    one: Definition,
    known: Columns,
    analyte: str,
    terms: Sequence[Term],
    *,
    said: str = "",
    members: frozenset[str] | None = None,
    missing: tuple[str, ...] = (),
) -> Derived:
    """A derived column of terms; ``said`` is its line behind the label where that is not the sum of its terms."""
    label = one.text("label", subscripted(analyte))
    holds = members if members is not None else frozenset().union(*(known.holds(term.column) for term in terms))
    head = f"{label} ({one.unit})"
    line = f"{head}{said}" if said else f"{head} = {added(terms, known)}"
    partial = one.kind == "group" and one.text("missing", "refuse") == "partial"
    return Derived(one.name, one.kind, analyte, label, one.unit, tuple(terms), holds, line, missing, partial)


def added(terms: Iterable[Term], known: Columns) -> str:
    """Terms as a formula prints them."""
    return " + ".join(
        known.label(term.column) + ("" if term.factor == 1 else f" × {_factor(term.factor)}") for term in terms
    )


def _factor(value: Fraction) -> str:
    """A factor as it was stated, or with six digits."""
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    plain = f"{exact.normalize():f}"
    return plain if len(plain) <= 9 else rounded(value, 6)


def refuse_twice(one: Definition, known: Columns, columns: Sequence[str]) -> None:
    """Refuse to count an element twice."""
    seen: dict[str, str] = {}
    for column in columns:
        for element in sorted(known.holds(column)):
            if element in seen:
                raise one.wrong(
                    one.kind,
                    f"{seen[element]} and {column} both hold {element}; count it once, or use first_of for methods",
                )
            seen[element] = column
