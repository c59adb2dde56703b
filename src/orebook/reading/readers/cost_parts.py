"""Costs of a study in parts, told in prose: what each part of the works takes of the capital or the operating cost.

>>> from orebook.reading.read import read_text
>>> reading = read_text("note.txt", "Tern announces a PEA for Dipper\\n\\nOperating costs are $30 per tonne milled: "
...     "mining $14/t, milling $11/t and administration $5/t.")
>>> [(str(fact.figure), fact.about.get("part", "")) for fact in reading.facts if fact.measure.startswith("economics.")]
[('30 $/t', ''), ('14 $/t', 'mining'), ('11 $/t', 'milling'), ('5 $/t', 'administration')]
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from orebook.ground import units
from orebook.ground.fact import Record
from orebook.ground.figure import Figure
from orebook.reading.heads.unit_words import unit_in
from orebook.reading.language.announced import announces_study
from orebook.reading.language.quantities import Quantity
from orebook.reading.language.said_about import place_of, readable, study_of, subject_of
from orebook.reading.patterns import Pattern
from orebook.reading.release import Release, Sentence

ORDER = 57

_OPERATING = Pattern(r"\b(?:operating (?:costs?|expenditures?|expenses)|opex)\b", re.IGNORECASE)
_CAPITAL = Pattern(r"\b(?:capital|capex)\b", re.IGNORECASE)
_OPENS = Pattern(
    r"\b(?:compris(?:es?|ing|ed of)|consist(?:s|ing)? of|made up of|of which|split into|divided into)\s"
    r"|:\s(?=[A-Za-z$€£\d])",
    re.IGNORECASE,
)
_FOLLOWS = Pattern(r":\s?$")
_BEHIND = Pattern(
    r"\s?(?:(?:is|are|was|were|will be|falls?|goes?|relates?) )?(?:for|of|in|on|to)\s(?:the |a )?"
    r"(?P<part>[a-zA-Z][\w&'’/-]*(?: (?!and\b|plus\b)[\w&'’/-]+| and (?![A-Z]{0,3}[$€£\d])[\w&'’/-]+){0,6})"
    r"(?=[,;.]|$|\s(?:and|plus)\s[A-Z]{0,3}[$€£\d])"
)
_NAME = Pattern(
    r"(?:[\s,;]|and |plus )*(?P<part>[A-Za-z][\w&'’/-]*(?: [\w&'’/-]+){0,6}?)(?: costs?)?"
    r"(?:\s?[:–-]|,| (?:at|of|is|are|being))?(?: (?:at|of))?\s?(?P<sign>about |approximately )?$"
)
_NO_PART = Pattern(
    r"\b(?:total|all|rise|fall|change|credits?|price|prices|from|than|which|includes?|including|is|are|was|were|"
    r"years?|tonnes?|ounces?)\b",
    re.IGNORECASE,
)
_BULLET = Pattern(r"\W{0,4}(?P<part>[A-Z][\w&'’/ -]{1,50}?)(?: costs?)?\s?(?::|–|-|of)\s?(?:about |approximately )?$")
_CAUSE = Pattern(r"\b(?:contingenc(?:y|ies))\b", re.IGNORECASE)
_CENTRE = Pattern(
    r"\b(?P<part>(?:(?:open[- ]pit|underground|ore|waste) )?mining|processing|milling|"
    r"(?:general and |site )?administration|"
    r"G&A|haulage|transport|tailings|refining)(?: costs?)?(?: (?:are|is|of|at|averages?|averaging))?(?: about)?\s$",
    re.IGNORECASE,
)
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class _Whole:
    """What is split: operating cost or capital, how much in all if it is said, and the unit of bare numbers."""

    operating: bool
    amount: Quantity | None
    unit: str


def records(release: Release) -> Iterator[Record]:
    """The parts of the costs of a study: kind ``economics``."""
    if not announces_study(release):
        return
    opened: _Whole | None = None
    for sentence in readable(release.sentences()):
        if opened and (item := _item(sentence, opened)):
            yield _part(release, sentence, *item, opened)
            continue
        opened = None
        opens = next(iter(_OPENS.finditer(sentence.plain)), None)
        whole = _whole(sentence, opens.start() if opens else len(sentence.plain)) or _unit_costs(sentence)
        if whole is None:
            continue
        listed = _listed(sentence, whole, opens.end()) if opens else []
        listed = listed if len(listed) >= _FEWEST else _centres(sentence, whole)
        if len(listed) >= _FEWEST:
            yield from _sum(release, sentence, whole)
            for quantity, name in listed:
                yield _part(release, sentence, quantity, name, whole)
        elif _FOLLOWS.search(sentence.plain):
            opened = whole
            yield from _sum(release, sentence, whole)


def _whole(sentence: Sentence, end: int) -> _Whole | None:
    """The cost that is split, named before the list."""
    plain = sentence.plain[:end]
    named = [(found.start(), kind) for kind, pattern in ((True, _OPERATING), (False, _CAPITAL))
             for found in pattern.finditer(plain)]  # fmt: skip
    if not named:
        return None
    start, operating = max(named)
    amounts = [q for q in sentence.quantities if start < q.start < end and _money(q)]
    fitting = [q for q in amounts if _is_price(q.unit) == operating]
    unit = fitting[0].unit if fitting else unit_in(plain[start:])
    unit = unit if unit and units.known(unit) and bool(units.unit(unit).money) else ""
    return _Whole(operating, fitting[0] if fitting else None, unit)


def _unit_costs(sentence: Sentence) -> _Whole | None:
    """A sentence that names no whole but cost after cost: "Mining costs are $38/t and processing costs $22/t"."""
    priced = [q for q in sentence.quantities if _is_price(q.unit) and _CENTRE.search(sentence.plain[: q.start][-60:])]
    return _Whole(True, None, priced[0].unit) if len(priced) >= _FEWEST else None


def _centres(sentence: Sentence, whole: _Whole) -> list[tuple[Quantity, str]]:
    """Costs of a tonne, each behind the name of its cost centre."""
    if not whole.operating or whole.amount is not None:
        return []
    said = [(q, _CENTRE.search(sentence.plain[: q.start][-60:])) for q in sentence.quantities if q.unit == whole.unit]
    return [(quantity, found["part"]) for quantity, found in said if found]


def _is_price(unit: str) -> bool:
    """Whether a unit is money for a mass."""
    return bool(unit) and units.known(unit) and dict(units.unit(unit).dimension).get("mass") == -1


def _listed(sentence: Sentence, whole: _Whole, begin: int) -> list[tuple[Quantity, str]]:
    """The parts behind the opening words: "$9 million for roads", or "roads $9 million"."""
    plain = sentence.plain
    quantities = [q for q in sentence.quantities if q.start >= begin and _counts(q, whole)]
    if not quantities:
        return []
    behind = not plain[begin : quantities[0].start].strip()
    found, last = [], begin
    for quantity in quantities:
        said = _BEHIND.match(plain, quantity.end) if behind else _NAME.match(plain[last : quantity.start])
        if said is None or _NO_PART.search(said["part"]):
            break
        last = quantity.end
        found.append((quantity, said["part"]))
    return found


def _counts(quantity: Quantity, whole: _Whole) -> bool:
    """Whether a figure may be a part of the whole: its money, or a bare number in its unit; not more than it."""
    if quantity.is_range or not (_money(quantity) or (not quantity.unit and whole.unit and whole.amount is None)):
        return False
    if whole.amount is None:
        return True
    if _money(quantity) != _money(whole.amount):
        return False
    return quantity.unit != whole.unit or quantity.figure.value <= whole.amount.figure.value


def _money(quantity: Quantity) -> str:
    """The money of a figure, or nothing."""
    return units.unit(quantity.unit).money if quantity.unit and units.known(quantity.unit) else ""


def _item(sentence: Sentence, whole: _Whole) -> tuple[Quantity, str] | None:
    """A part that is a bullet of its own below the sentence that opens the list: "Mining: US$118/t"."""
    quantity = sentence.quantities[0]
    if sentence.block.kind != "bullet" or len(sentence.quantities) > 1 or not _counts(quantity, whole):
        return None
    before = _BULLET.fullmatch(sentence.plain[: quantity.start])
    if before is None or _NO_PART.search(before["part"]):
        return None
    return quantity, before["part"].strip()


def _sum(release: Release, sentence: Sentence, whole: _Whole) -> Iterator[Record]:
    """The operating cost in all, said before its parts."""
    if whole.operating and whole.amount:
        yield _record(release, sentence, whole.amount, "economics.operating_cost", whole.unit, "operating cost", "")


def _part(release: Release, sentence: Sentence, quantity: Quantity, name: str, whole: _Whole) -> Record:
    unit = quantity.unit
    if not unit or (whole.operating and not _is_price(unit) and unit == whole.unit.partition("/")[0]):
        unit = whole.unit
    if whole.operating:
        return _record(release, sentence, quantity, _operating(unit), unit, f"operating cost, {name}", name)
    measure = "economics.contingency" if _CAUSE.search(name) else "economics.capital_part"
    return _record(release, sentence, quantity, measure, unit, f"capital, {name}", name)


def _operating(unit: str) -> str:
    """The measure of a part of the operating cost: a cost per tonne, or another line."""
    return "economics.operating_cost" if _is_price(unit) else "economics.line"


def _record(
    release: Release, sentence: Sentence, quantity: Quantity, measure: str, unit: str, label: str, part: str
) -> Record:
    figure = quantity.figure
    told = Figure(figure.value, unit or figure.unit, figure.sign)
    fact = release.fact(measure, told, sentence.text, quantity.start, quantity.end)
    return release.record(
        "economics",
        [fact],
        **subject_of(release, sentence, quantity.start),
        part=part,
        label=label,
        study=study_of(sentence),
        place=place_of(sentence),
        context="study",
    )
