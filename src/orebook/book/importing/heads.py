"""Heads: what the head of a column says, whatever its case, bars, brackets and units.

>>> head("FromDepth"), head("hole_ID"), head("Depth (ft)"), head("FROM_M")
(Head(key='fromdepth', unit=''), Head(key='holeid', unit=''), Head(key='depth', unit='ft'), Head(key='from', unit='m'))
"""

import re
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from orebook.ground import units
from orebook.ground.schema import GRADE_UNITS
from orebook.reading.language.analytes import names

_BRACKETS = re.compile(r"[(\[{]([^()\[\]{}]{0,40})[)\]}]")
_NOT_WORD = re.compile(r"[^a-z0-9%+/]+")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z][a-z])|(?<=[a-z])(?=[A-Z]{2})")
_LENGTHS = {"m": "m", "metres": "m", "meters": "m", "metre": "m", "meter": "m", "mts": "m", "mtrs": "m"}
_FEET = {"ft": "ft", "feet": "ft", "foot": "ft"}
_ANGLES = {"deg": "degree", "degs": "degree", "degrees": "degree", "°": "degree"}
PLAIN_UNITS = {**_LENGTHS, **_FEET, **_ANGLES}
"""Units of lengths and angles as heads write them, in small letters."""

_GRADES = {
    "%": "%", "pct": "%", "perc": "%", "percent": "%", "wt%": "%", "pc": "%", "per cent": "%",
    "ppm": "ppm", "mg/kg": "ppm", "ppb": "ppb", "g/t": "g/t", "gpt": "g/t", "g_t": "g/t", "gt": "g/t", "g t": "g/t",
    "gms/t": "g/t", "gm/t": "g/t", "grams/tonne": "g/t", "oz/ton": "oz/ton", "opt": "oz/ton", "oz/st": "oz/ton",
    "ozpst": "oz/ton", "oz/t": "oz/t", "ozpt": "oz/t", "kg/t": "kg/t", "kgpt": "kg/t", "lb/ton": "lb/ton",
}  # fmt: skip


class Head(NamedTuple):
    """A head without its case and signs, and the unit of length or angle that it names."""

    key: str
    unit: str


class Analyte(NamedTuple):
    """What a head of grades says: the symbol, the method between, and the unit; either may be empty.

    >>> analyte("Au_FA50_gpt").column()
    'au_fa50_gpt'
    """

    symbol: str
    method: str
    unit: str

    def column(self) -> str:
        """The name of the column in a book."""
        suffix = units.rows()[self.unit].suffix
        return "_".join(filter(None, (_letters(self.symbol), _letters(self.method), suffix)))


def _letters(words: str) -> str:
    return re.sub(r"[^a-z0-9]", "", words.lower())


def key(words: str) -> str:
    """The letters and digits of a head.

    >>> key("Hole_ID"), key("From depth")
    ('holeid', 'fromdepth')
    """
    return re.sub(r"[\W_]", "", words.lower())


def parted(words: str) -> str:
    """The words of a head that were written in one, with blanks between them.

    >>> parted("GeologyComment"), parted("XCOLLAR")
    ('Geology Comment', 'XCOLLAR')
    """
    return _CAMEL.sub(" ", words)


def head(words: str) -> Head:
    """What the head of a column says, and the unit of length or angle in it."""
    said = words.strip()
    unit = ""
    for inside in _BRACKETS.findall(said):
        unit = unit or PLAIN_UNITS.get(inside.strip().lower().rstrip("."), "")
    said = _BRACKETS.sub(" ", said)
    parts = [part for part in re.split(r"[\s_.,;:\-]+", _CAMEL.sub(" ", said)) if part]
    if len(parts) > 1 and not unit and parts[-1].lower() in PLAIN_UNITS and not _is_axis(parts):
        unit = PLAIN_UNITS[parts.pop().lower()]
    return Head(key(" ".join(parts)), unit)


def _is_axis(parts: list[str]) -> bool:
    """Whether the last word belongs to the name: ``m E`` names an axis, ``E m`` a unit."""
    return len(parts) == 2 and parts[0].lower() in ("m", "me", "mn") and parts[1].lower() == "m"


@cache
def _symbols() -> dict[str, str]:
    """Analytes by every name in small letters; a symbol before a word."""
    known: dict[str, str] = {}
    for name, symbol in names().items():
        if name != "or":
            known.setdefault(name.lower().replace(" ", ""), symbol)
    more = files(__package__).joinpath("more_analytes.csv").read_text(encoding="utf-8").split()[1:]
    for symbol in (*more, *dict.fromkeys(names().values())):
        known[symbol.lower()] = symbol
    return known


@cache
def analyte(words: str, below: str = "") -> Analyte | None:
    """What a head of grades says, or nothing when it names no analyte. ``below`` is its cell in a row of units.

    >>> analyte("ME-ICP61 Cu ppm"), analyte("Zn_%"), analyte("CU"), analyte("CU", "%").column()
    (Analyte(symbol='Cu', method='ME-ICP61', unit='ppm'), Analyte(symbol='Zn', method='', unit='%'),
     Analyte(symbol='Cu', method='', unit=''), 'cu_pct')
    >>> analyte("Sc2O3 (ppm)").column(), analyte("TREO+Y %").column(), analyte("Au-AA25 Au g/t").column()
    ('sc2o3_ppm', 'treoy_pct', 'au_aa25_gpt')
    >>> analyte("From"), analyte("Comment")
    (None, None)
    """
    parts = _parts(words)
    unit = grade_unit(below)
    found = [unit_at for part in parts if (unit_at := grade_unit(part))]
    unit = found[-1] if found else unit
    rest = [part for part in parts if not grade_unit(part)]
    whole = _symbols().get("".join(rest).lower())
    if whole:
        return Analyte(whole, "", unit)
    for at, part in enumerate(rest):
        if symbol := _symbols().get(part.lower()):
            return Analyte(symbol, _method(symbol, rest[:at] + rest[at + 1 :]), unit)
    for at, part in enumerate(rest):
        symbol, tail, stuck = _split(part)
        if symbol and (at == 0 or unit or stuck):
            return Analyte(symbol, _method(symbol, [tail, *rest[:at], *rest[at + 1 :]]), stuck or unit)
    return None


def _method(symbol: str, parts: list[str]) -> str:
    """The method among the other words of a head, without the symbol that laboratories put before it."""
    said = " ".join(filter(None, parts))
    first, dash, rest = said.partition("-")
    return rest if dash and _symbols().get(first.lower()) == symbol else said


def _parts(words: str) -> list[str]:
    said = re.sub(r"[()\[\]{},;:]", " ", words.strip()).replace("\n", " ")
    said = re.sub(r"(?i)\bg[_ ]t\b|_g_t\b", " g/t ", said)
    said = re.sub(r"(?i)\bper cent\b", "%", said)
    said = re.sub(r"(?<=[A-Za-z0-9])%", " %", said.replace("wt%", "%").replace("wt %", "%"))
    return [part for part in re.split(r"[\s_]+", said) if part and part not in ("-", "/")]


def _split(part: str) -> tuple[str, str, str]:
    """A symbol with a method, a number or a unit stuck to it: ``Au-AA25``, ``Au1``, ``CuPct``."""
    first, dash, rest = part.partition("-")
    if dash and (symbol := _symbols().get(first.lower())):
        unit = grade_unit(rest)
        return symbol, "" if unit else rest, unit
    first, dot, rest = part.partition(".")
    if dot and (symbol := _symbols().get(first.lower())):
        return symbol, "" if grade_unit(rest) else rest, grade_unit(rest)
    for unit in _GRADES:
        if part.lower().endswith(unit) and (symbol := _symbols().get(part[: -len(unit)].lower())) and unit != "pc":
            return symbol, "", _GRADES[unit]
    bare = part.rstrip("0123456789")
    if bare != part and len(part) - len(bare) < 3 and bare in set(_symbols().values()):
        return bare, part[len(bare) :], ""
    return "", "", ""


def grade_unit(words: str) -> str:
    """The unit of grades that some words are, or nothing.

    >>> grade_unit("g/t"), grade_unit("PPM"), grade_unit("pct"), grade_unit("m")
    ('g/t', 'ppm', '%', '')
    """
    said = words.strip().strip("()[]").strip()
    found = _GRADES.get(said.lower(), "") or units.spoken().get(said, "") or units.spoken().get(said.lower(), "")
    return found if found in GRADE_UNITS else ""


def is_unit(words: str) -> bool:
    """Whether some words are a unit as stands in a row of units.

    >>> is_unit("ppm"), is_unit("m"), is_unit("(%)"), is_unit("granite")
    (True, True, True, False)
    """
    said = words.strip().strip("()[]").strip().lower()
    return bool(said) and (said in PLAIN_UNITS or bool(grade_unit(words)) or said in units.spoken())
