"""Units behind a number: its scale, its unit and what it is per, the currency before it, the thing that it counts.

>>> text = "17.6 million pounds per year of copper"
>>> unit_behind(text, "", 4, len(text))
('Mlb/year', 28, '', 'Cu', 38)
>>> text = "45 diamond drill holes"
>>> unit_behind(text, "", 2, len(text))
('hole', 22, 'diamond drill holes', '', 0)
"""

import re
from collections.abc import Iterable
from functools import cache

from orebook.ground import units
from orebook.reading.language import analytes
from orebook.reading.language.alternation import either
from orebook.reading.patterns import Pattern

CURRENCY = "|".join(
    re.escape(symbol)
    for symbol in sorted(
        (
            s
            for code, forms in units.currencies().items()
            for s in forms
            if not s.islower() and (" " not in s or s.endswith("$")) and s != "US"
        ),
        key=len,
        reverse=True,
    )
)
RAND = r"R(?=\d{1,3}(?: \d{3})+\b|\d[\d.,]{0,9}\s?(?:million|billion|bn\b|/|per\s))"
"""Rand, written with an R that many other things begin with: only before thousands, a scale or what a price is for."""
CURRENCY_STARTS = "".join(sorted({symbol.removeprefix("\\")[0] for symbol in CURRENCY.split("|")} | {"R"}))
"""The first letters of all currencies: what a quick look at a place looks for."""

_BLANK = Pattern(r"\s")
_GAP = Pattern(r"[\s-]?")
_CODE_BEHIND = Pattern(r"\s?\(?(CAD|USD|AUD|CDN|US)\b\)?")
_SCALE = Pattern(
    r"[\s-]?(?P<scale>thousand|million|billion|trillion)\b|\s?(?P<letter>[MmBbKk]n?|MM)(?![\w/²³])", re.IGNORECASE
)
_LETTERS = {"m": "million", "mm": "million", "b": "billion", "bn": "billion", "mn": "million", "k": "thousand"}
_PER = Pattern(
    r"\s?(?:(?:/|\bper\s)(?:(?:payable|paid|attributable|saleable|produced|sold|silver|gold|copper|nickel|zinc|lead|uranium"
    r"|AgEq|AuEq|CuEq|[2-7]E|[2-7]?PGM|equivalent)\s){1,3}(?=(?:oz|ounce|lb|pound|tonne|ton|GEO|t\b))"
    r"|/|\bper\b|\ban?\b|\beach\b)\s?",
    re.IGNORECASE,
)


@cache
def unit_pattern() -> Pattern:
    forms = [form for form in units.spoken() if form]
    symbols = [
        f for f in forms if units.rows()[units.spoken()[f]].symbols and f in units.rows()[units.spoken()[f]].symbols
    ]
    words = [f for f in forms if f not in symbols]
    return Pattern(
        rf"(?:(?P<symbol>{_longest(symbols)})|(?P<word>(?i:{_longest(map(str.lower, words))})))"
        r"(?:(?![A-Za-z]|\^?[23]\b|-\d|(?<=a year)\s(?:ago|earlier|before|later)\b)|(?<=\d%)(?=[a-z])"
        r"|(?=(?:Au|Ag|Cu|Zn|Pb|Ni|Co|Sn|Li2O|U3O8|TREO|MREO|Pd|Pt)(?:Eq)?\b)"
        r"|(?<=\dm)(?=(?:and|at|in|from|of|with|incl|including|true)\b))"
    )


def _longest(forms: Iterable[str]) -> str:
    """An expression for the longest form that stands there; a hyphen may stand for a blank."""
    return either(forms, r"[\s-]")


@cache
def _count_pattern() -> Pattern:
    """Up to four words that end in a counted noun: "diamond drill holes", "new channel samples"."""
    nouns = [word for row in units.rows().values() if row.dimension == "count" for word in row.words]
    return Pattern(
        r"[\s-](?P<noun>(?:[A-Za-z]{2,14}-){0,3}?"
        rf"(?:(?!and\b|of\b|in\b|to\b|from\b|per\b|the\b|for\b|at\b)[A-Za-z][\w/&'-]{{0,40}},?\s){{0,4}}?"
        rf"(?P<counted>(?i:{_longest(map(str.lower, nouns))})))(?![\w])"
    )


@cache
def _counted() -> dict[str, str]:
    return {word.lower(): row.name for row in units.rows().values() if row.dimension == "count" for word in row.words}


@cache
def _analyte_next() -> Pattern:
    return Pattern(rf"\s?(?:(?:grade )?of\s|in\s)?\(?(?P<analyte>{analytes.pattern()})")


def is_glued(plain: str, at: int, stop: int) -> bool:
    """Whether a unit, a scale or a hyphen with a unit stands right behind the digits."""
    return bool(
        unit_pattern().match(plain, at, stop)
        or (
            re.match(r"-(?=[A-Za-z])", plain[at : at + 2])
            and (
                unit_pattern().match(plain, at + 1, stop)
                or _count_pattern().match(plain, at, stop)
                or _SCALE.match(plain, at, stop)
            )
        )
        or _SCALE.match(plain, at, stop)
    )


def unit_behind(plain: str, currency: str, at: int, stop: int) -> tuple[str, int, str, str, int]:
    """Unit, end, counted noun, analyte and its end, for a number that ends at ``at``."""
    if currency:
        unit, end = _money(plain, currency, at, stop)
        return unit, end, "", "", 0
    scale, scaled = "", at
    if found := _SCALE.match(plain, at, stop):
        word = found["scale"]
        if word:
            scale, scaled = word.lower(), found.end()
    gap = _GAP.match(plain, scaled)
    after = gap.end() if gap else scaled
    if inside := _INSIDE.match(plain, after, stop):  # "0.031 oz Au/ton"
        said = f"oz/{_PER_WEIGHT[inside['per']]}" if inside["ounce"] else "g/t"
        return said, inside.end(), "", analytes.analyte(inside["analyte"]), inside.end()
    unit, end = _measured(plain, scale, at, after, stop)
    if unit:
        return (unit, end, "", *(_analyte(plain, end, stop) if unit != "%" else _analyte_of_share(plain, end, stop)))
    if kind := _WHOSE.match(plain, after, stop):  # "5.2 million payable pounds"
        unit, end = _measured(plain, scale, at, kind.end(), stop)
        if unit and units.unit(unit).dimension == (("mass", 1),):
            unit = _SCALED_MASS.get(unit, unit)
            return (unit, end, "", *_analyte(plain, end, stop))
        after = kind.end()
    between = _analyte_next().match(plain, after, stop) or _GLUED.match(plain, after, stop)
    if between:  # "8.23 Au g/t"
        glued = between.re is _GLUED.compiled()
        behind, finish = _measured(plain, scale, at, between.end() + (0 if glued else 1), stop)
        if behind:
            return behind, finish, "", analytes.analyte(between["analyte"]), finish
    if counted := _count_pattern().match(plain, scaled, stop):
        said = " ".join(counted["counted"].lower().split())
        name = _counted().get(said) or _counted()[said.replace("-", " ")]
        return f"{scale} {name}".strip(), counted.end(), counted["noun"], "", 0
    if words := _currency_word(plain, after, stop):
        code, end = words
        return (*_per(plain, f"{code} {scale}".strip(), end, stop), "", "", 0)
    return "", scaled if scale else at, "", "", 0


_SCALED_MASS = {
    f"{scale} {base}": f"{letter}{base}"
    for scale, letter in (("thousand", "k"), ("million", "M"))
    for base in ("oz", "lb", "t")
}
_WHOSE = Pattern(r"(?:(?:attributable|payable|saleable|refined|recovered|recoverable|contained|additional)\s){1,2}")
"""What may stand between a number and its unit of mass: whose it is, or in which state."""


def _analyte_of_share(plain: str, end: int, stop: int) -> tuple[str, int]:
    """The metal of a percentage: "91% for copper" as well as "0.58% copper"."""
    found = _analyte(plain, end, stop)
    if not found[0] and (link := re.compile(r"\sfor(?=\s)").match(plain, end, stop)):
        found = _analyte(plain, link.end(), stop)
    return found


def _measured(plain: str, scale: str, at: int, after: int, stop: int) -> tuple[str, int]:
    """A measuring unit at ``after``, with the scale word before it and what it is per."""
    space = _BLANK.match(plain, at)
    if scale:
        found = unit_pattern().match(plain, (space.end() if space else at), stop)
        if found and (name := unit_name(found)) and found.end() > after:
            return _per(plain, name, found.end(), stop)
    found = unit_pattern().match(plain, after, stop)
    if not found:
        return "", at
    name = unit_name(found)
    if units.unit(name).counted:
        return "", at
    if scale:
        if not units.known(f"{scale} {name}"):
            return "", at
        name = f"{scale} {name}"
    return _per(plain, name, found.end(), stop)


def unit_name(found: re.Match[str]) -> str:
    if found["symbol"]:
        written = found["symbol"]
        return units.spoken().get(written) or units.spoken().get(written.replace("-", " "), "")
    said = " ".join(found["word"].lower().split())
    return units.spoken().get(said) or units.spoken().get(said.replace("-", " "), "")


def _per(plain: str, name: str, end: int, stop: int) -> tuple[str, int]:
    """Join "per tonne", "/t", "per year" to a unit, when such a unit can be."""
    per = _PER.match(plain, end, stop)
    if not per:
        return name, end
    below = unit_pattern().match(plain, per.end(), stop) or _count_unit(plain, per.end(), stop)
    if not below:
        return name, end
    bottom = unit_name(below) if "symbol" in below.re.groupindex else _counted()[below[0].lower()]
    joined = f"{name}/{bottom}"
    link = plain[end : per.end()].strip().lower()
    a_time = units.known(bottom) and units.unit(bottom).dimension == (("time", 1),)
    if not units.known(joined):
        return name, end
    price = bottom in ("oz", "lb", "t", "ton") and name in units.currencies()  # "$1,450 an ounce"
    if link in ("a", "an") and not price and (not a_time or _AGO.match(plain, below.end())):
        return name, end
    return joined, below.end()


_AGO = Pattern(r"\s(?:ago|earlier|before|later)\b")


@cache
def _analyte_again() -> Pattern:
    """An analyte in parentheses: "gold (Au)"."""
    return Pattern(rf"\s?\((?P<symbol>{analytes.pattern()})\)")


@cache
def _count_word() -> Pattern:
    return Pattern(rf"(?i:{_longest([word for word in _counted() if not word.endswith('s')])})(?!\w)")


def _count_unit(plain: str, at: int, stop: int) -> re.Match[str] | None:
    return _count_word().match(plain, at, stop)


def _money(plain: str, symbol: str, at: int, stop: int) -> tuple[str, int]:
    """The unit of an amount: currency, scale, and what a price is for."""
    code = "ZAR" if symbol == "R" else _currency_codes()[symbol]
    end, scale = at, ""
    if found := _SCALE.match(plain, at, stop):
        scale = (found["scale"] or _LETTERS.get((found["letter"] or "").lower(), "")).lower()
        end = found.end() if scale else at
    name = f"{code} {scale}".strip()
    if found_code := _CODE_BEHIND.match(plain, end, stop):
        name = f"{_currency_codes().get(found_code[1], 'USD')} {scale}".strip() if code == "$" else name
        end = found_code.end() if code == "$" else end
    return _per(plain, name, end, stop)


@cache
def _currency_codes() -> dict[str, str]:
    return {form: code for code, forms in units.currencies().items() for form in forms}


def _currency_word(plain: str, at: int, stop: int) -> tuple[str, int] | None:
    words = _currency_words().match(plain, at, stop)
    return (_currency_codes_lower()[words[0].lower()], words.end()) if words else None


@cache
def _currency_codes_lower() -> dict[str, str]:
    return {form.lower(): code for form, code in _currency_codes().items()}


@cache
def _currency_words() -> Pattern:
    forms = [form for form in _currency_codes() if form[:1].isalpha() and (form.islower() or " " in form)]
    return Pattern(rf"(?i:{_longest(forms)})(?!\w)")


_INSIDE = Pattern(
    r"(?:(?P<ounce>oz|ounces?)|g|grams?|grammes?)\.?[ -]?(?:of )?(?P<analyte>Au|Ag|Pt|Pd|AuEq|AgEq"
    r"|(?i:gold|silver|platinum"
    r"|palladium)(?: equivalent)?) ?(?:/|per) ?(?P<per>metric ton|tonne|short ton|ton|t|st)(?![A-Za-z])"
)
"""An analyte in the middle of its unit: "1.2 oz Au/ton", "3.1 grams gold per tonne"."""
_PER_WEIGHT = {"tonne": "t", "metric ton": "t", "t": "t", "ton": "ton", "short ton": "ton", "st": "ton"}
_GLUED = Pattern(r"(?P<analyte>Au|Ag|Pt|Pd)(?=g/t|gpt|ppm|ppb)")
"""A symbol that lost the blank before its unit: "8.23 Aug/t"."""
_SAID_AGAIN = Pattern(r"\s?\((?:g/t|gpt|%|ppm|ppb|oz/t|opt)\)(?=\s(?:of\s)?\w)")
"""The unit once more in brackets before the analyte: "grams per tonne (g/t) of gold"."""


def _analyte(plain: str, end: int, stop: int) -> tuple[str, int]:
    again = _SAID_AGAIN.match(plain, end, stop)
    found = _analyte_next().match(plain, again.end() if again else end, stop)
    if not found:
        return "", 0
    name, finish = analytes.analyte(found["analyte"]), found.end()
    again = _analyte_again().match(plain, finish, stop)
    return (analytes.analyte(again["symbol"]), again.end()) if again else (name, finish)
