"""Statement lines: which lines a statement has, on which side each is printed, and of which subtotals it is a part.

The usual lines stand in ``statement_lines.csv`` with the names of the IFRS taxonomy; a company adds its own or puts one
under another subtotal. Sums are made of debits and credits as they were posted; the side only says which of the two is
printed without a minus.
"""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

STATEMENTS = ("income", "position", "cash")
"""The statements: of income, of financial position, of cash flows."""

SIDES: Mapping[str, int] = {"debit": 1, "credit": -1}
"""By what a sum of debits is multiplied to be printed."""


@dataclass(frozen=True, slots=True)
class StatementLine:
    """A line of a statement.

    ``part_of`` are the subtotals that it enters, ``measure`` the word of the vocabulary, ``element`` the name in the
    IFRS taxonomy; either may be empty.
    """

    name: str
    statement: str
    side: str
    part_of: tuple[str, ...]
    measure: str
    element: str
    label: str

    @property
    def sign(self) -> int:
        """By what a sum of debits is multiplied to be printed in this line."""
        return SIDES[self.side]


class LineError(ValueError):
    """A line that cannot be used: which one, which key, what instead."""


@cache
def usual_lines() -> Mapping[str, StatementLine]:
    """The lines that every company may use.

    >>> usual_lines()["net_income"].element, usual_lines()["cost_of_sales"].side
    ('ProfitLoss', 'debit')
    """
    text = files("orebook.disciplines.finance.ledger").joinpath("statement_lines.csv").read_text(encoding="utf-8")
    return {row["line"]: _line(row["line"], row) for row in csv.DictReader(text.splitlines())}


def _line(name: str, said: Mapping[str, object], usual: StatementLine | None = None) -> StatementLine:
    def text(key: str, otherwise: str = "") -> str:
        return str(said.get(key, otherwise))

    parts = said.get("part_of", usual.part_of if usual else ())
    above = tuple(filter(None, parts.split("|"))) if isinstance(parts, str) else tuple(map(str, _texts(name, parts)))
    found = StatementLine(
        name,
        text("statement", usual.statement if usual else ""),
        text("side", usual.side if usual else ""),
        above,
        text("measure", usual.measure if usual else ""),
        text("element", usual.element if usual else ""),
        text("label", usual.label if usual else name),
    )
    for key, value, known in (("statement", found.statement, STATEMENTS), ("side", found.side, tuple(SIDES))):
        if value not in known:
            raise LineError(f"lines.{name}: {key} is {value!r}; write one of {', '.join(known)}")
    return found


def _texts(name: str, said: object) -> Iterable[object]:
    if not isinstance(said, list | tuple):
        raise LineError(f"lines.{name}: part_of is {said!r}; write a list of lines")
    return said


def statement_lines(own: Mapping[str, object] | None = None) -> dict[str, StatementLine]:
    """The usual lines with those of a company over them, as ``[lines.NAME]`` of its book says.

    Raises ``LineError`` for a line that lacks something, is part of one that does not exist, or of itself.

    >>> statement_lines({"smelter_income": {"statement": "income", "side": "credit", "part_of": ["mine_income"]}})[
    ...     "smelter_income"].part_of
    ('mine_income',)
    >>> statement_lines({"rent": {"statement": "income", "side": "left"}})
    Traceback (most recent call last):
        ...
    orebook.disciplines.finance.ledger.statement_lines.LineError: lines.rent: side is 'left'; write one of debit, credit
    """
    found = dict(usual_lines())
    for name, said in (own or {}).items():
        if not isinstance(said, Mapping):
            raise LineError(f"lines.{name}: not a table; write [lines.{name}] above its keys")
        found[name] = _line(name, said, found.get(name))
    for line in found.values():
        for above in line.part_of:
            if above not in found:
                raise LineError(f"lines.{line.name}: part_of names {above!r}, which is no line")
        if line.name in _above(line.name, found):
            raise LineError(f"lines.{line.name}: is part of itself by way of {', '.join(line.part_of)}")
    return found


def _above(name: str, lines: Mapping[str, StatementLine]) -> set[str]:
    """All subtotals that a line enters, by whatever way, each once."""
    found: set[str] = set()
    left = list(lines[name].part_of)
    while left:
        if (one := left.pop()) not in found:
            found.add(one)
            left += lines[one].part_of
    return found


def entered(name: str, lines: Mapping[str, StatementLine]) -> tuple[str, ...]:
    """A line and all subtotals that it enters, each once.

    >>> sorted(entered("short_term_debt", usual_lines()))[:3]
    ['current_liabilities', 'debt', 'liabilities_and_equity']
    """
    return name, *sorted(_above(name, lines))
