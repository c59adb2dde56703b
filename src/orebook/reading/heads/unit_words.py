"""Unit words: the unit that a label, a head or a caption gives for the figures below it.

>>> unit_in("Copper (000's tonnes)"), unit_in("Sales volumes (in thousands of tons)"), unit_in("Gold (oz)")
('kt', 'kton', 'oz')
>>> unit_in("Operating cost ($/t ore)"), unit_in("in thousands of CDN$ except per share amounts")
('$/t', 'CAD')
>>> [unit_in(said) for said in ("Gold - ounces", "Copper - 000's pounds", "Tons milled", "AISC per silver oz sold")]
['oz', 'klb', 'ton', '$/oz']
>>> unit_in("Copper (Ibs)"), unit_in("Gold (k0z)")
('lb', 'koz')
>>> unit_in("Grade % - copper"), unit_in("Cash cost (C1) (per lb)"), unit_in("Tonnes (million)"), unit_in("Net income")
('%', '$/lb', 'Mt', '')
"""

import re
from functools import lru_cache

from orebook.ground import units
from orebook.reading.language import analytes
from orebook.reading.patterns import Pattern

_SCALE = Pattern(
    r"^(?:in |of )?(?P<scale>thousands?|millions?|billions?|000'?s|'000'?s?|000|M(?=\s))\s?(?:of )?(?P<rest>.*)$"
    r"|^(?P<rest2>.+?) (?:in |x )?\(?(?P<scale2>thousands?|millions?|billions?|000'?s|'000'?s?|x ?1,?000)\)?$",
    re.IGNORECASE,
)
_MISREAD = Pattern(r"(?<![\w/])([kKM]?)(Ibs?|0z)\b")
"""How recognition of letters sees pounds and ounces; no unit is written so."""
_BRACKET = Pattern(r"\(([^()]{1,60})\)")
_WORDS = {
    "thousand": "thousand",
    "000": "thousand",
    "million": "million",
    "m": "million",
    "billion": "billion",
    "x1000": "thousand",
}
_SHORT = {"thousand": "k", "million": "M", "billion": "B"}
_BASES = {
    "t": ("kt", "Mt", "Gt"),
    "ton": ("kton", "Mton", ""),
    "oz": ("koz", "Moz", "Boz"),
    "lb": ("klb", "Mlb", "Blb"),
    "g": ("kg", "t", ""),
}
_PER = Pattern(r"(?:^|\b)(?:US?\$|C\$|A\$|\$|cents )?\s?per (?P<below>[a-z ]{1,24})$", re.IGNORECASE)
_EXCEPT = Pattern(r",?\s(?:except|unless|other than)\b", re.IGNORECASE)
_OF_METAL = Pattern(r"(?P<unit>[^()]{2,24}) of [A-Za-z]{1,12}(?: [A-Za-z]{1,12})?")
_LINKING = frozenset("per of and or in to from unless except other with at below above".split())
_PER_WORD = Pattern(r"\bper\s(?P<below>[A-Za-z-]{1,14}(?:\s[A-Za-z-]{1,14}){0,3})")
_WORDED = Pattern(
    r"(?<![\w/])(?P<scale>(?:thousands?|millions?)(?: of)? |'?000'?s?\s)?"
    r"(?P<base>(?:dry |wet )?(?:metric )?(?:tonnes|tons)|ounces|pounds|oz|lbs)(?![\w/])",
    re.IGNORECASE,
)
_OF_MONEY = Pattern(
    r"(?P<money>(?:US|C|A|CDN|Cdn|NZ|AU|CA|R)?\$|USD|CAD|AUD|NZD|EUR|GBP|SEK|NOK|DKK|ZAR|BRL|CNY|€|£|R(?=m$|m\b|bn|/|\s))"
    r"\s?(?P<scale>M|m|k|'?000'?s?|millions?|thousands?|"
    r"billions?|bn?)?(?:(?:\s?/\s?|\sper\s|\s(?=p\.?a\b))(?P<below>[A-Za-z0-9]{1,12})(?:\s(?:[A-Z][A-Z0-9]{1,5}|each|wet|dry|mined|milled|processed"
    r"|product|\((?:wet|dry)))?)?(?:\seach)?"
)
_CODE = Pattern(r"\b(?P<code>US|A|C|NZ)(?:UD|SD|AD|ZD|D)\s?\$")
_YEARLY = dict.fromkeys(("a", "yr", "pa", "annum"), "year")
_QUALIFIED = Pattern(
    r"^(?:dry|wet|contained|payable|recovered|troy|produced|metric|fine|short)\s+(?=[a-z])", re.IGNORECASE
)


@lru_cache(maxsize=4096)
def unit_in(words: str) -> str:
    """The unit that some words of a table name, or nothing; the last brackets first, then the words themselves.

    Money without a currency is ``$``: the release says which dollar.
    """
    said = _EXCEPT.split(words[:300].replace("’", "'"), maxsplit=1)[0].strip()
    said = _MISREAD.sub(lambda found: f"{found[1]}{'oz' if found[2] == '0z' else found[2].replace('I', 'l')}", said)
    for inside in reversed(_BRACKET.findall(said)):
        if found := unit_of(inside) or unit_of(inside.partition(",")[0]):
            below = _per_word(_BRACKET.sub(" ", said)) if found in units.currencies() else ""
            return f"{found}{below[1:]}" if below else found
        if found := _with_product(inside):
            return found
        if (scaled := _scale_of(inside)) and (base := _base_of(_BRACKET.sub(" ", said))):
            return _scaled(base, scaled)
    outside = " ".join(_BRACKET.sub(" ", said).split())
    return _infix(outside)


def _infix(words: str) -> str:
    """A unit among the words of a label: ``Grade g/t - gold``, ``Ore milled, kt``, ``cost per ounce``."""
    if per := _PER.search(words):
        return unit_of(per[0]) or _per_word(words)
    if found := _per_word(words):
        return found
    parts = re.split(r"\s[-–—]\s|,\s|:\s?|\s(?=%)", words)
    for part in (*parts[1:], *(parts[0].split()[-1:] if parts[0].split() else [])):
        if re.search(r"[%/$]|\b(?:t|oz|kt|koz|Moz|Mt|lbs?|Mlb|g|ppm|m|km|tpd|dmt|wmt)$", part) and (
            found := unit_of(part)
        ):
            return found
    if worded := next((found for part in parts[1:] if _is_heavy(found := unit_of(part))), ""):
        return worded
    symbol = re.search(r"(?<![\w/])(%|g/t|ppm|kt|koz|Moz|Mlbs?|kg/t|oz/ton|t/d)(?![\w/])", words)
    if symbol:
        return unit_of(symbol[1])
    worded_in = _WORDED.search(words)
    return unit_of(f"{worded_in['scale'] or ''}{worded_in['base']}") if worded_in else ""


def _with_product(inside: str) -> str:
    """A unit with what it is of behind it: ``$/t ore``, ``koz AuEq``, ``000s ounces of gold``."""
    if (of := _OF_METAL.fullmatch(inside.strip())) and _is_heavy(found := unit_of(of["unit"])):
        return found
    first, _, rest = inside.strip().partition(" ")
    if first == "%" and analytes.analyte(rest):
        return first
    if not re.fullmatch(r"[A-Za-z]{1,12}(?: [A-Za-z]{1,12})?", rest) or rest.split()[0].lower() in _LINKING:
        return ""
    found = unit_of(first)
    return found if found and ("/" in found or _is_heavy(found)) else ""


def _is_heavy(unit: str) -> bool:
    """Whether a unit is one of mass."""
    return bool(unit) and units.unit(unit).dimension == (("mass", 1),)


def _per_word(words: str) -> str:
    """What a cost or price is for, with words between: ``per payable silver oz``; nothing where none is said."""
    found = _PER_WORD.search(words)
    for word in found["below"].split() if found else ():
        unit = units.spoken().get(word.lower(), "")
        if unit and units.unit(unit).dimension in ((("mass", 1),), (("volume", 1),), (("share", 1),)):
            return f"$/{unit}"
    return ""


def unit_of(words: str) -> str:
    """The unit that these words are, from the first to the last, or nothing.

    >>> [unit_of(said) for said in ("in thousands of tons", "US$/oz", "'000 oz", "M Lbs", "US$ million", "copper")]
    ['kton', 'USD/oz', 'koz', 'Mlb', 'USD million', '']
    >>> [unit_of(said) for said in ("AUD $M", "AUD $/ t", "A$ M/a", "A$ / t HPA", "$/t (wet)", "$ each")]
    ['AUD million', 'AUD/t', 'AUD million/year', 'AUD/t', '$/t', '$']
    """
    said = " ".join(words[:80].split()).strip(" .,:;()")
    return _unit_of(_CODE.sub(lambda found: f"{found['code']}$", said) if "$" in said else said)


@lru_cache(maxsize=4096)
def _unit_of(said: str) -> str:
    if not said:
        return ""
    spoken = units.spoken()
    if found := spoken.get(said) or spoken.get(said.lower()):
        return found
    if money := _OF_MONEY.fullmatch(said):
        return _money(money["money"], money["scale"] or "", money["below"] or "")
    if per := _PER.fullmatch(said):
        return _money(said[: per.start("below")].replace("per", "").strip() or "$", "", per["below"])
    if scaled := _SCALE.match(said):
        below = (scaled["rest"] or scaled["rest2"] or "").strip(" ()")
        base = "t" if below == "T" else _unit_of(below)
        if base:
            return _scaled(base, _scale_of(scaled["scale"] or scaled["scale2"]))
    bare = _QUALIFIED.sub("", said)
    if bare != said:
        return _unit_of(bare)
    return ""


def _scale_of(words: str) -> str:
    """Thousand, million or billion, when the words are nothing else."""
    said = words.lower().strip().removeprefix("in ").replace("'", "").replace(",", "").replace(" ", "").rstrip("s")
    return _WORDS.get(said, "")


def _scaled(base: str, scale: str) -> str:
    """A unit and its scale under the name that the trade has for both."""
    if not scale:
        return base
    if base in _BASES and (found := _BASES[base][list(_SHORT).index(scale)]):
        return found
    for name in (f"{base} {scale}", f"{scale} {base}"):
        if units.known(name):
            return name if units.unit(base).money else f"{scale} {base}"
    return base


def _money(symbol: str, scale: str, below: str) -> str:
    """Money with its scale, and what a price is for."""
    code = next((code for code, forms in units.currencies().items() if symbol in forms or symbol == code), "")
    code = code or ("ZAR" if symbol == "R" else "")
    word = {"m": "million", "k": "thousand", "b": "billion", "bn": "billion"}.get(scale.lower()) or _scale_of(scale)
    name = f"{code} {word}".strip() if code else ""
    if name and below:
        bottom = _YEARLY.get(below) or units.spoken().get(below) or units.spoken().get(below.lower().strip(), "")
        name = f"{name}/{bottom}" if bottom else ""
    return name if name and units.known(name) else ""


def _base_of(words: str) -> str:
    """The unit of mass that a label names somewhere: ``Tonnes processed``."""
    worded = _WORDED.search(words)
    return _last_word(words) or (unit_of(worded["base"]) if worded else "")


def _last_word(words: str) -> str:
    """The unit that the last word of a label is: ``Tonnes (million)``."""
    last = words.split()[-1:] or [""]
    return unit_of(last[0]) if last[0].isalpha() else ""
