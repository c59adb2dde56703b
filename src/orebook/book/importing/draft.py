"""Draft: a raw table taken for one table of a book: what fits, and what has to be asked."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from orebook.book.files import RawTable, letters
from orebook.book.importing.amounts import amount
from orebook.book.importing.content import Look
from orebook.book.importing.heads import Head
from orebook.book.importing.mapping import Match, Question
from orebook.book.importing.measured_heads import measured, money_of, per
from orebook.book.importing.stand_ins import stands_for
from orebook.book.importing.units_said import unit_said
from orebook.ground.schema import Schema

_NO_LETTERS = re.compile(r"[^a-z]+")

_IN_NAME = {
    "collar": "collars",
    "survey": "surveys",
    "assay": "assays",
    "lith": "lithology",
    "geol": "lithology",
    "domain": "domains",
    "dens": "densities",
    "sg": "densities",
    "recov": "recoveries",
    "rqd": "recoveries",
    "struct": "structures",
    "zone": "zones",
}
"""What the name of a file or sheet says about the table in it."""


@dataclass
class Draft:
    """A raw table taken for one table of a book: what fits, and what has to be asked."""

    raw: RawTable
    kind: Schema
    heads: list[Head]
    looks: list[Look]
    found: dict[int, Match] = field(default_factory=dict)
    questions: list[Question] = field(default_factory=list)
    profile: str = ""
    asked: bool = False
    values: Mapping[str, str] = field(default_factory=dict)

    def take(self, at: int, column: str, how: str, why: str) -> None:
        unit = unit_said(self.raw, self.heads, at)
        if self.kind.is_record:
            unit = measured(self.raw.header[at], self.raw.units[at]).unit
        self.found[at] = Match(at, self.raw.heads()[at], column, how, why, self.looks[at].rows, unit)

    def ask(self, key: str, what: str, instead: str, guess: str = "") -> None:
        self.questions.append(Question(key, self.raw.name, what, instead, guess))

    def has(self, column: str) -> bool:
        return column in self.values or any(match.column == column for match in self.found.values())

    def makes(self, column: str) -> bool:
        """Whether a column of records can be made from others of the file."""
        if not self.kind.is_record:
            return False
        served = (name for name, columns in stands_for(self.kind).items() if column in columns)
        if column == "unit" and any(per(match.unit) for match in self.found.values() if match.column):
            return True
        return any(self.has(name) for name in served) or (column == "currency" and self.says_currency())

    def says_currency(self) -> bool:
        """Whether the heads of amounts or their first cells name a currency."""
        amounts = [each for each in self.kind.columns if each.type == "number" and not each.unit]
        names = {each.name for each in amounts} | set(stands_for(self.kind))
        for match in self.found.values():
            if match.column in names:
                known = {money_of(match.unit), *(amount(cell).currency for _, cell in match.rows)}
                if known - {"", "$"}:
                    return True
        return False

    def free(self) -> list[int]:
        return [at for at in range(len(self.heads)) if at not in self.found]

    def missing(self) -> list[str]:
        needed = (column.name for column in self.kind.columns if column.required)
        return [name for name in needed if not self.has(name) and not self.makes(name)]

    def score(self, name: str) -> int:
        """How well it fits: columns that are taken, and the name of the file."""
        taken = sum(bool(match.column) and match.how != "kept" for match in self.found.values())
        taken += sum(question.key.startswith("unit:") for question in self.questions)
        taken += sum(match.how == "given" and bool(match.column) for match in self.found.values())
        hinted = any(table == self.kind.name and word in name for word, table in _IN_NAME.items())
        hinted |= self.kind.is_record and set(self.kind.name.split("_")) <= set(_NO_LETTERS.split(name))
        return 2 * taken + 3 * hinted


def told(draft: Draft, at: int) -> str:
    """A head in a message, with the letter of its column where two columns have it."""
    return repr(draft.raw.heads()[at]) + (f" (column {letters(at)})" if twice(draft, at) else "")


def plain(draft: Draft, at: int) -> str:
    """How to name a column in an answer: by its head, or by its letter where two columns have it."""
    return f"column {letters(at)}" if twice(draft, at) else draft.raw.heads()[at]


def twice(draft: Draft, at: int) -> bool:
    heads = draft.raw.heads()
    return heads.count(heads[at]) > 1
