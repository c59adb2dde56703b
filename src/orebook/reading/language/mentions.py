"""Mentions: where a sentence names a measure of the vocabulary.

>>> [(m.measure, m.words) for m in mentions("Revenues rose while all-in sustaining costs fell", ("finance",))]
[('finance.revenues', 'Revenues'), ('finance.aisc', 'all-in sustaining costs')]
"""

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from orebook.ground import units
from orebook.reading.heads.columns import vocabulary
from orebook.reading.language.alternation import either
from orebook.reading.patterns import Pattern

_AFTER = r"(?:\s?\((?:loss(?:es)?|earnings|income|gain|c[13]|aisc|irr|npv|lom|capex|opex|ebitda)\))?"
_NOT_ITSELF = Pattern(
    r"\b(?:impact (?:of|on)|effect (?:of|on)|adjustments? to|change in|changes in|contribution (?:to|from)|"
    r"exposed to|definition of|reconciliation of|"
    r"recognition of|calculation of|per cent of|percent of|(?<![A-Z]\d)(?<![A-Z]\d\d)% of)\s(?:\S+\s){0,3}$",
    re.IGNORECASE,
)
_PER = Pattern(
    r"(?:\s(?:of|for) (?:copper|gold|silver|zinc|nickel|lead))?\sper (?P<below>(?:short )?ton|tonne|ounce|oz|"
    r"pound|lb)s?(?:\s(?:of )?(?:copper|gold|silver|zinc|nickel|lead|AuEq|AgEq))?(?:\ssold)?(?!\w)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A measure that is named: which, with which words, where; ``per`` the mass that "cash cost per ounce" is for."""

    measure: str
    words: str
    start: int
    end: int
    per: str = ""


@cache
def _spoken(tables: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    forms: dict[str, list[str]] = {}
    for table in tables:
        for column in vocabulary(table):
            for form in column.spoken:
                if form.lower() in _label_only():
                    continue
                known = forms.setdefault(form.lower().replace("-", " "), [])
                if column.measure not in known:
                    known.append(column.measure)
    return {form: tuple(found) for form, found in forms.items()}


@cache
def _label_only() -> frozenset[str]:
    """Words that name a measure as the label of a row but say too little in a sentence."""
    text = files("orebook.reading").joinpath("words", "label_only.csv").read_text(encoding="utf-8")
    return frozenset(row["form"] for row in csv.DictReader(text.splitlines()))


@cache
def _pattern(tables: tuple[str, ...]) -> Pattern:
    forms = either((form for form in _spoken(tables) if len(form) > 1), r"[\s-]")
    return Pattern(
        rf"(?<![\w-])(?=[a-z&])(?P<form>{forms})"
        rf"(?:(?<=npv)\s?\(?\d{{1,2}}(?:\.\d{{1,2}})?\s?%?\)?|(?:\d(?:,\d){{0,3}})?(?![\w]|-(?!based)[a-z]){_AFTER})"
    )


def _small(plain: str) -> str:
    """A text in small letters, as long as it was."""
    small = plain.lower()
    return small if len(small) == len(plain) else "".join(c.lower() if len(c.lower()) == 1 else c for c in plain)


def mentions(plain: str, tables: tuple[str, ...]) -> list[Mention]:
    """Every measure that a text names, in order; of two readings the longer words win."""
    found = []
    for match in _pattern(tables).finditer(_small(plain)):
        form = " ".join(match["form"].replace("-", " ").split())
        if not _NOT_ITSELF.search(plain[max(0, match.start() - 60) : match.start()]) and not _only_paid(
            form, plain, match
        ):
            per = _PER.match(plain, match.end())
            end, below = (per.end(), units.spoken().get(per["below"].lower(), "")) if per else (match.end(), "")
            words = plain[match.start() : match.end("form")]
            found += [Mention(measure, words, match.start(), end, below) for measure in _spoken(tables)[form]]
    return found


def _only_paid(form: str, plain: str, match: re.Match[str]) -> bool:
    """Whether "cash" is how something is paid, not what a company has; or exploration what an option asks for."""
    if form == "cash":
        behind, before = plain[match.end() : match.end() + 60], plain[max(0, match.start() - 120) : match.start()]
        if re.search(r"\bin $", before):
            return _is_payment(before, behind)
        return not re.match(
            r"(?: (?:of|was|were|at|is|on hand|totall?ed|position|balance|stood|amounted|increased|"
            r"decreased|rose|fell|reached)\b|[,.;)]|$)",
            behind,
        )
    if form.startswith("exploration exp"):
        return re.search(r"\b(?:earn|option|incur\w*|acquire)\b", plain, re.IGNORECASE) is not None
    return False


_PAID = Pattern(
    r"\b(?P<paid>pay(?:s|ing|ment|ments|able)?|paid|consideration|purchase|acquir\w*|bought|buy|sold|sell|sale|settle\w*|"
    r"option|offer|receiv\w*|exchange)\b|"
    r"\b(?P<held>ha[sd]|have|having|holds?|held|with|ended|remains?|total\w*|there (?:is|was))\b",
    re.IGNORECASE,
)


def _is_payment(before: str, behind: str) -> bool:
    """Whether an amount "in cash" is the price of something: paid, or joined by shares."""
    if re.match(r",? (?:and|plus) (?:the issu\w+ of )?[\d,.]+ (?:million )?(?:common |ordinary )?shares", behind):
        return True
    said = list(_PAID.finditer(before))
    return bool(said) and said[-1].lastgroup == "paid"
