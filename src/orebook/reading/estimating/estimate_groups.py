"""Estimates in a sentence: which tonnage, grades and metal belong together, and which category is theirs.

>>> from orebook.reading.language.quantities import quantities
>>> said = "4.0 Mt at 1.5 g/t Au for 193 koz (Indicated 3.0 Mt at 1.6 g/t Au; Inferred 1.0 Mt at 1.2 g/t Au)"
>>> [(str(group.tonnes.figure), category) for group, category in categorised(said, quantities(said))]
[('4.0 Mt', ''), ('3.0 Mt', 'Indicated'), ('1.0 Mt', 'Inferred')]
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from orebook.ground.figure import Figure
from orebook.reading.estimating.estimates import category_in, category_pattern
from orebook.reading.heads.unit_words import unit_of
from orebook.reading.language import analytes
from orebook.reading.language.quantities import Quantity
from orebook.reading.patterns import Pattern

_JOIN = Pattern(
    r"^[\s,;:()\[\]@–-]*(?:(?:at|grading|averaging|with|of|and|for|containing|contained|totall?ing|contains?|a|an|"
    r"the|average|grade|grades|head|fully|diluted|mined|mineralized|"
    r"estimated|approximately|about|in|plus|total|metal|per|tonne|also|or|to|is|are|representing|comprising|"
    r"including|its|equivalent|resources?|mineral|ore|gold|silver|copper|material|"
    r"in-situ|insitu|recovered|reserves?|within|hosting|using|assuming|which|contain|attributable)\b[\s,;:()\[\]@–-]*)*$",
    re.IGNORECASE,
)
_ORE = Pattern(
    r"\s?(?:of )?(?:ore|material|mineraliz\w+|mineralis\w+|rock)?\s?(?:at|@|grading|averaging|with|containing|\()"
)
_ORE_UNITS = ("t", "kt", "Mt", "Gt", "ton", "kton", "Mton", "dmt", "thousand t", "million t", "billion t")
_GRADE_UNITS = ("g/t", "ppm", "oz/ton", "kg/t", "oz/t")
_CATEGORY_BEHIND = Pattern(
    r"\W{0,3}(?:\([^()]{0,120}\)\W{0,2})?(?:(?:(?:are|is|was|were|being|now|all|entirely|both|wholly)\s){0,2}"
    r"(?:(?:categori[sz]ed|classified|classed|reported)\s)?(?P<in>in (?:the )?|of |as )|(?:all |entirely )?)"
    r"(?:a |an |the )?"
)
_LEADS_ON = Pattern(
    r"\s*(?:(?:mineral|ore|resources?|reserves?|category|estimate|material)\s*){0,4}"
    r"(?:of|at|is|are|:|–|-|=|total\w*)?\s*(?:an?\s)?(?:approximately |about |some |~)?",
    re.IGNORECASE,
)
_OPENS = Pattern(r"[(:;,–—]")
_SAME = Pattern(
    r"[\s,;(]*(?:up |down |and compares |compared )?(?:to|from|versus|vs\.?|against|previously|compared (?:with|to)|"
    r"with|instead of)\s(?:the )?(?:previous(?:ly)? |earlier |last year's )?(?:estimate(?: of)? )?(?:approximately )?",
    re.IGNORECASE,
)
"""What stands between the new figures of an estimate and its old ones."""


@dataclass(slots=True)
class Estimate:
    """Quantities that are one estimate."""

    tonnes: Quantity | None = None
    grades: list[Quantity] = field(default_factory=list)
    metals: list[Quantity] = field(default_factory=list)

    @property
    def parts(self) -> list[Quantity]:
        """All its quantities, in order."""
        every = [*([self.tonnes] if self.tonnes else []), *self.grades, *self.metals]
        return sorted(every, key=lambda quantity: quantity.start)

    @property
    def start(self) -> int:
        """Where its first figure begins."""
        return self.parts[0].start

    @property
    def end(self) -> int:
        """Where the last of its figures and metals ends."""
        return max(max(q.end, q.analyte_end) for q in self.parts)


def categorised(plain: str, found: list[Quantity]) -> Iterator[tuple[Estimate, str]]:
    """The groups of a sentence that may be estimates, each with its category or nothing."""
    groups = groups_of(plain, found)
    last, before = 0, ""
    for at, group in enumerate(groups):
        following = groups[at + 1].start if at + 1 < len(groups) else len(plain)
        category, end = _category(plain, last, group, following)
        if at and category in ("", "Total") and _SAME.fullmatch(plain[groups[at - 1].end : group.start]):
            category = before
        before = category
        yield group, category
        last = max(group.end, end)


def groups_of(plain: str, found: list[Quantity]) -> list[Estimate]:
    """Quantities of mass and grade that stand together, cut where a new tonnage or the same metal begins."""
    groups: list[Estimate] = []
    open_group: Estimate | None = None
    for quantity in (_with_metal(plain, _weighed(plain, one)) for one in found):
        role = _role(plain, quantity)
        if not role or quantity.is_range:
            open_group = None
            continue
        joined = open_group is not None and _together(plain, open_group, quantity)
        if not joined or open_group is None or _begins(open_group, quantity, role):
            open_group = Estimate()
            groups.append(open_group)
        if role == "tonnes":
            open_group.tonnes = quantity
        else:
            (open_group.grades if role == "grade" else open_group.metals).append(quantity)
    return groups


_CONTAINED = Pattern(r"\s(?:of\s)?(?:contained|in[- ]situ|payable)\s(?:metal\s)?", re.IGNORECASE)


_CONTAINED_UNIT = Pattern(
    r"\s(?:contained|in[- ]situ|payable|recoverable)\s(?P<unit>ounces|oz|koz|Moz|pounds|lbs|tonnes)\b", re.IGNORECASE
)
_WITHIN = Pattern(r"\bwithin\s$", re.IGNORECASE)


def _weighed(plain: str, quantity: Quantity) -> Quantity:
    """A count of "contained ounces" is a mass; "within 24 Mt" bounds no tonnage, it says where the metal is."""
    unit = _CONTAINED_UNIT.match(plain, quantity.end) if not (quantity.unit or quantity.noun) else None
    if unit:
        figures = tuple(Figure(f.value, unit_of(unit["unit"]), f.sign) for f in quantity.figures)
        return replace(quantity, figures=figures, end=unit.end())
    if quantity.measures("mass") and _WITHIN.search(plain[max(0, quantity.number_start - 8) : quantity.number_start]):
        figures = tuple(Figure(f.value, f.unit) for f in quantity.figures)
        return replace(quantity, figures=figures, start=quantity.number_start)
    return quantity


def _with_metal(plain: str, quantity: Quantity) -> Quantity:
    """A mass with the metal that stands behind a word more: "310,000 tonnes of contained TREO"."""
    if quantity.analyte or not quantity.measures("mass"):
        return quantity
    between = _CONTAINED.match(plain, quantity.end)
    named = analytes.find(plain, between.end(), between.end() + 30) if between else []
    if not between or not named or named[0][0] != between.end():
        return quantity
    return replace(quantity, analyte=named[0][2], analyte_end=named[0][1])


def _role(plain: str, quantity: Quantity) -> str:
    """Tonnes, grade or metal: a mass with a metal is metal, one in tonnes is tonnes."""
    if quantity.measures("mass"):
        if quantity.unit.split()[-1] in ("oz", "koz", "Moz", "Boz", "lb", "klb", "Mlb", "Blb"):
            return "metal"
        ore = quantity.unit in _ORE_UNITS and _ORE.match(plain[quantity.end : quantity.end + 30])
        return "metal" if quantity.analyte and not ore else "tonnes" if quantity.unit in _ORE_UNITS else ""
    if quantity.unit == "mg/L":
        return "grade"
    named = quantity.analyte or quantity.unit in _GRADE_UNITS
    return "grade" if quantity.fraction and named else ""


def _begins(group: Estimate, quantity: Quantity, role: str) -> bool:
    """Whether a quantity starts another estimate: a second tonnage, a metal or grade said already."""
    if role == "tonnes":
        return group.tonnes is not None or bool(group.grades and group.metals)
    said = group.grades if role == "grade" else group.metals
    if role == "metal" and said and not quantity.analyte:
        return True
    return any(one.analyte == quantity.analyte for one in said)


def _together(plain: str, group: Estimate, quantity: Quantity) -> bool:
    between = plain[group.end : quantity.start]
    return len(between) < 90 and _JOIN.match(category_pattern().sub(" ", _without_metals(between))) is not None


def _without_metals(words: str) -> str:
    for start, end, _ in reversed(analytes.find(words)):
        words = f"{words[:start]} {words[end:]}"
    return words


def _category(plain: str, last: int, group: Estimate, following: int) -> tuple[str, int]:
    """The category beside an estimate, and where it ends: within it, behind it ("in Indicated"), or just before it."""
    inside = category_in(plain[group.start : group.end])
    if inside and len(group.parts) > 1:
        return inside, 0
    behind = _CATEGORY_BEHIND.match(plain, group.end, following)
    after = category_pattern().match(plain, behind.end(), following) if behind else None
    if after and behind and not behind["in"] and _of_next(plain, group.end, after, following):
        after = None
    before = list(category_pattern().finditer(plain, last, group.start))
    while len(before) > 1 and category_in(before[-1][0]) == "Total" and before[-1].start() - before[-2].end() < 40:
        before.pop()  # "Inferred Resources total 5 Mt"
    near = bool(before) and not re.search(r"[.;]", plain[before[-1].end() : group.start])
    if after and behind and (behind["in"] or not near or category_in(before[-1][0]) == "Total"):
        return category_in(after[0]), after.end()
    return (category_in(before[-1][0]), 0) if near else ("", 0)


def _of_next(plain: str, end: int, category: re.Match[str], following: int) -> bool:
    """Whether a category behind an estimate leads the next one: "(Indicated 3 Mt; Inferred 1 Mt)"."""
    opened = _OPENS.search(plain, end, category.start())
    return bool(opened) and following < len(plain) and bool(_LEADS_ON.fullmatch(plain, category.end(), following))


def in_tonnes_of_ore(plain: str, quantity: Quantity) -> Quantity:
    """Tonnages written "60.4mt" or "110 MT" are millions of tonnes in an estimate, not metric tonnes."""
    written = plain[quantity.number_end : quantity.end].strip()
    if written in ("mt", "MT", "mT") and quantity.unit == "t" and quantity.figure.value < 5000:
        return replace(quantity, figures=tuple(Figure(f.value, "Mt", f.sign) for f in quantity.figures))
    return quantity
