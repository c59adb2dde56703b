"""Formulas of metal equivalents as a release prints them: a ratio of two metals, or a sum with coefficients."""

import re
from dataclasses import dataclass
from decimal import Decimal

from orebook.checks.memo import per_reading
from orebook.checks.places import places
from orebook.ground.source import Source
from orebook.reading.reading import Reading

_METAL = r"(?:silver|gold|Ag|Au)"
_TO = r"\s?(?::|/|-|–|to|-to-)\s?"
_RATIOS = (
    re.compile(rf"(?P<n>\d{{2,3}}(?:\.\d{{1,2}})?)\s?(?::|to)\s?1\s{_METAL}{_TO}{_METAL}\b", re.IGNORECASE),
    re.compile(
        rf"\b{_METAL}{_TO}{_METAL}\s(?:price\s|metal\s|value\s)?(?:equivalent\s)?ratio(?:\s(?:of|at|is|was|=))?"
        r"\s(?:1\s?:\s?)?(?P<n>\d{2,3}(?:\.\d{1,2})?)(?![\d%])",
        re.IGNORECASE,
    ),
)
_FORMULA = re.compile(
    r"\b(?P<eq>[A-Z][A-Za-z0-9]{0,6}?)[ -]?(?:Eq|EQ|eq)\b\.?[^=+;\n]{0,20}=\s?(?P<terms>[^=;\n]{3,200})"
)
_UNIT = r"(?:\s?[(\[]?(?:g/t|gpt|ppm|%)[)\]]?)?"
_N = r"\d{1,6}(?:\.\d{1,8})?"
_TERMS = (
    re.compile(rf"[(\[\s]*(?P<metal>[A-Z][A-Za-z0-9]{{0,5}}){_UNIT}[)\]\s]*(?:(?P<op>[×x*/÷])\s?(?P<n>{_N}))?[)\]\s]*"),
    re.compile(rf"[(\[\s]*(?P<n>{_N})\s?(?P<op>[×x*])\s?(?P<metal>[A-Z][A-Za-z0-9]{{0,5}}){_UNIT}[)\]\s]*"),
)
_END = re.compile(r"[,;.](?!\d)|\b(?:where|using|with|based|assum|and|at|for)\b")


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
