"""Formulas of metal equivalents as a release prints them: a ratio of two metals, or a sum with coefficients."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from orebook.checks.digits import MEASURED, Digits, fits
from orebook.checks.estimates import estimates
from orebook.checks.intercepts import intercepts, mouthful
from orebook.checks.memo import per_reading
from orebook.checks.places import places
from orebook.disciplines.assaying.equivalents import equivalent_grade
from orebook.ground.fact import Fact
from orebook.ground.range import Range
from orebook.ground.source import Source
from orebook.reading.patterns import Pattern
from orebook.reading.reading import Reading

_METAL = r"(?:silver|gold|Ag|Au)"
_TO = r"\s?(?::|/|-|–|to|-to-)\s?"
_RATIOS = (
    Pattern(rf"(?P<n>\d{{2,3}}(?:\.\d{{1,2}})?)\s?(?::|to)\s?1\s{_METAL}{_TO}{_METAL}\b", re.IGNORECASE),
    Pattern(
        rf"\b{_METAL}{_TO}{_METAL}\s(?:price\s|metal\s|value\s)?(?:equivalent\s)?ratio(?:\s(?:of|at|is|was|=))?"
        r"\s(?:1\s?:\s?)?(?P<n>\d{2,3}(?:\.\d{1,2})?)(?![\d%])",
        re.IGNORECASE,
    ),
)
_FORMULA = Pattern(r"\b(?P<eq>[A-Z][A-Za-z0-9]{0,6}?)[ -]?(?:Eq|EQ|eq)\b\.?[^=+;\n]{0,20}=\s?(?P<terms>[^=;\n]{3,200})")
_UNIT = r"(?:\s?[(\[]?(?:g/t|gpt|ppm|%)[)\]]?)?"
_N = r"\d{1,6}(?:\.\d{1,8})?"
_TERMS = (
    Pattern(rf"[(\[\s]*(?P<metal>[A-Z][A-Za-z0-9]{{0,5}}){_UNIT}[)\]\s]*(?:(?P<op>[×x*/÷])\s?(?P<n>{_N}))?[)\]\s]*"),
    Pattern(rf"[(\[\s]*(?P<n>{_N})\s?(?P<op>[×x*])\s?(?P<metal>[A-Z][A-Za-z0-9]{{0,5}}){_UNIT}[)\]\s]*"),
)
_END = Pattern(r"[,;.](?!\d)|\b(?:where|using|with|based|assum|and|at|for)\b")


_FITTING = 2
"""A formula that fewer rows follow was not read rightly, or is not the one in use."""


@dataclass(frozen=True)
class Formula:
    """An equivalent as a sum: for each metal the number that its grade is multiplied by, and where that stands."""

    metal: str
    factors: dict[str, Decimal]
    source: Source
    said: str


@per_reading
def formulas(reading: Reading) -> list[Formula]:
    """Every formula of an equivalent that a document prints whole, in the order of its patterns."""
    found: list[Formula] = []
    for pattern in _RATIOS:
        for place in places(reading, pattern, hints=("gold", "au"), tail=True):
            if "eq" in place.block.plain.lower():
                found.extend(_of_ratio(Decimal(place.match["n"]), place.source))
    for place in places(reading, _FORMULA, hints=("eq",), tail=True):
        factors = parsed(place.match["terms"])
        if place.match["eq"] in factors:
            said = f"{place.match['eq']}Eq = {' '.join(place.match['terms'].split())[:60]}"
            found.append(Formula(place.match["eq"], factors, place.source, said))
    return found


def _of_ratio(ratio: Decimal, source: Source) -> list[Formula]:
    """The two formulas that a ratio of silver to gold stands for; gold is always the dearer."""
    one = Decimal(1)
    return [
        Formula("Au", {"Au": one, "Ag": one / ratio}, source, f"Au + Ag / {ratio}"),
        Formula("Ag", {"Ag": one, "Au": ratio}, source, f"Ag + Au x {ratio}"),
    ]


def parsed(terms: str) -> dict[str, Decimal]:
    """The factors of the terms of a printed sum; nothing when one of them is more than a metal and a number.

    >>> {metal: str(factor) for metal, factor in parsed("Cu (%) + 0.6 x Au (g/t) + (Ag g/t / 80), where").items()}
    {'Cu': '1', 'Au': '0.6', 'Ag': '0.0125'}
    >>> parsed("Au + Ag x price of silver x recovery")
    {}
    """
    end = _END.search(terms)
    factors: dict[str, Decimal] = {}
    for term in (terms[: end.start()] if end else terms).split("+"):
        match = next((found for pattern in _TERMS if (found := pattern.fullmatch(term))), None)
        number = Decimal(match["n"]) if match and match["n"] else Decimal(1)
        if match is None or not number or match["metal"] in factors:
            return {}
        factors[match["metal"]] = 1 / number if match["op"] in ("/", "÷") else number
    return factors if len(factors) > 1 else {}


@dataclass(frozen=True)
class OffFormula:
    """A row whose equivalent none of the printed formulas gives: its name, its grades, the formulas that were tried."""

    name: str
    grades: dict[str, Fact]
    formulas: list[Formula]


@per_reading
def off_formula(reading: Reading) -> list[OffFormula]:
    """Intervals and estimates whose equivalent is off the formula that most others follow."""
    by_metal: dict[str, list[Formula]] = defaultdict(list)
    for formula in formulas(reading):
        by_metal[formula.metal].append(formula)
    fitting = 0
    missing: list[OffFormula] = []
    for name, grades in _rows(reading) if by_metal else ():
        for metal, choices in by_metal.items():
            usable = [one for one in choices if _usable(one, grades)]
            if usable and any(fits(computed(one, grades), grades[f"{metal}Eq"].number, MEASURED) for one in usable):
                fitting += 1
            elif usable:
                missing.append(OffFormula(name, grades, usable))
    return missing if fitting >= _FITTING and fitting > len(missing) else []


def _rows(reading: Reading) -> Iterator[tuple[str, dict[str, Fact]]]:
    """Everything that has grades: intervals and estimates, with their names."""
    for one in intercepts(reading):
        yield mouthful(one), one.grades
    for estimate in estimates(reading):
        yield estimate.said(), estimate.grades


def _usable(formula: Formula, grades: dict[str, Fact]) -> bool:
    """Whether a row prints the equivalent and the metals of a formula, and no other metal."""
    metals = {name for name in grades if not name.endswith("Eq")}
    return f"{formula.metal}Eq" in grades and metals == set(formula.factors)


def computed(formula: Formula, grades: dict[str, Fact]) -> Callable[[Digits], Range]:
    """The equivalent by a formula, from the digits of the grades as they are printed; in the unit of the equivalent."""
    unit = grades[f"{formula.metal}Eq"].number.unit

    def made(read: Digits) -> Range:
        def bare(metal: str) -> Range:
            values = read(grades[metal].number)
            return Range(values.low, values.high)

        others = [(bare(metal), Range.exact(factor)) for metal, factor in formula.factors.items()]
        first, rest = others[0], others[1:]
        whole = equivalent_grade(first[0] * first[1], rest)
        return Range(whole.low, whole.high, unit)

    return made
