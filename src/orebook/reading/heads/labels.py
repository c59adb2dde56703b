"""Labels: what a row of a statement or a production table is, told by its words.

The words are those of ``ground/tables``; what is left of a label without its notes, unit, metal and small words has to
be one of their spoken forms, so that "Adjustments to EBITDA" is not taken for EBITDA.

>>> said = read_label("Grade g/t - gold")
>>> said.measure, said.analyte, said.unit, read_label("Saleable coal production (kt)").product
('milling.head_grade', 'Au', 'g/t', 'saleable coal')
>>> [read_label(label).measure for label in ("Copper (lbs)", "Adjusted Net Income (1)", "Adjustments to EBITDA")]
['milling.metal_produced', 'finance.adjusted_net_income', '']
"""

import csv
import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files

from orebook.ground import units
from orebook.reading.heads.columns import vocabulary
from orebook.reading.heads.unit_words import unit_in, unit_of
from orebook.reading.language import analytes, products
from orebook.reading.patterns import Pattern

TABLES = ("milling", "finance")
"""Where the words of statements and production tables are looked up."""

_NOTE = Pattern(
    r"\s?\((?:\d{1,2}(?:,\s?\d{1,2})*|[*†‡]{1,2}|[a-h])\)|[*†‡§]+|"
    r"(?<=[a-zé]{3})\d{1,2}(?:,\s?\d{1,2}){0,4}(?![\d.%A-Za-z])"
    r"|(?<=[A-Z]{4})\d{1,2}(?:,\s?\d{1,2}){0,4}(?![\d.%A-Za-z])|(?<=\))\s?\d{1,2}(?:,\s?\d{1,2}){0,4}(?=\s|$)"
)
_EXCLUDING = Pattern(
    r"[,(]?\s?\b(?:excluding|before|net of|excl\.|after(?= (?:by-?products?|co-?products?|credits)\b))\s"
    r"(?P<what>[^()]{2,60}?)\)?(?=\s?\(|,?\sper\s|$)",
    re.IGNORECASE,
)
_BRACKETED = Pattern(r"\(([^()]{0,60})\)")
_OTHER_SIGN = Pattern(
    r"\s?\((?:loss(?:es)?|gains?|earnings|income|deficit|deficiency|used (?:by|in|for)|recovery|decrease|increase|"
    r"outflow)\)",
    re.IGNORECASE,
)
_PER_DAY = Pattern(r"\bper (?:calendar |operating )?day\b|\bdaily\b", re.IGNORECASE)
_SCALED = Pattern(r"\((?:[$A-Z]{0,4}\s?)(?:in |of )?(?P<scale>thousands?|millions?|000'?s?|'000'?s?)\)", re.IGNORECASE)
_PER_UNIT = Pattern(
    r"\bper (?:[a-z\d-]{2,14} ){0,2}(?:oz|ounces?|lbs?|pounds?|tonnes?|tons?|dmt|wmt|t|bcm)\b"
    r"(?: (?:of )?(?:sold|produced|milled|processed|mined|payable|moved|ore|material))?(?: (?:sold|mined|milled))?",
    re.IGNORECASE,
)
_MASS_ENDS = Pattern(
    r"(?:\b(?:thousands?|millions?|of)\s|'?000'?s?\s)*\b(?:kt|koz|moz|mlbs?|klbs?|lbs?|oz|ounces|pounds|tonnes|tons|mt)$"
    r"|^(?:kt|koz|mlbs?|lbs?|oz|ounces|pounds)(?= of | )",
    re.IGNORECASE,
)
_HELD_IN = Pattern(r"\b(?:contained )?in (?:[a-z]+ )?(?:concentrates?|dor[eé]|matte|bullion)\b", re.IGNORECASE)
_WORDS = Pattern(r"[A-Za-z][A-Za-z0-9'+&]*|\d+[A-Za-z]+")


_EQUIVALENT = Pattern(r"\b(?P<metal>[GS])EOs?\b")
_SPELLED = {"G": "gold", "S": "silver"}
_BETWEEN = frozenset("to from on by with per before after excluding less net".split())


@dataclass(frozen=True, slots=True)
class Label:
    """What a row says it holds.

    ``words`` are printed, without notes; ``measure`` is a word of the vocabulary or nothing; ``basis`` is ``non-IFRS``
    for measures beside the standards, else ``diluted``, ``basic`` or ``attributable`` where the label says so;
    ``excluding`` what it leaves out; ``product`` what is sold that is no metal, such as coal.
    """

    words: str
    measure: str
    analyte: str
    unit: str
    basis: str
    excluding: str
    product: str = ""


def without_notes(printed: str) -> str:
    """A label without its footnote marks.

    >>> [without_notes(label) for label in ("Cash cost (C1) (per lb)3,4", "EBITDA1,2", "Al2O3 grade")]
    ['Cash cost (C1) (per lb)', 'EBITDA', 'Al2O3 grade']
    """
    return " ".join(_NOTE.sub(" ", printed).split()).strip(" .:|") if printed else ""


@lru_cache(maxsize=4096)
def read_label(printed: str, tables: tuple[str, ...] = TABLES) -> Label:
    """What the label of a row says, as far as its words are known."""
    words = without_notes(printed)
    if _EQUIVALENT.search(words):
        spelled = _EQUIVALENT.sub(lambda found: f"{_SPELLED[found['metal']]} equivalent ounces", words)
        return replace(read_label(spelled, tables), words=words)
    unit = unit_in(words)
    if _PER_DAY.search(words) and _is_mass(unit):
        unit = f"{unit}/d"
    out = _EXCLUDING.search(words)
    kept = _OTHER_SIGN.sub("", words[: out.start()] + " " + words[out.end() :] if out else words)
    said = _without_units(kept)
    named = analytes.find(said)
    analyte = named[0][2] if named else ""
    if analyte and (held := _HELD_IN.search(words, named[0][1])):
        words_of_metal = f"{words[: held.start()]} {words[held.end() :]}"
        return replace(read_label(words_of_metal, tables), words=words)
    made = products.find(said, label=True)[:1] if "milling" in tables else []
    if made:
        named, analyte = [], ""
    for start, end, _ in made or named[:1]:
        said = f"{said[:start]} {said[end:]}"
    product = made[0][2] if made else ""
    measure = next(
        (
            found
            for whole in (_without_units(words), kept)
            if (found := _measure(whole, said, unit, analyte or product, tables))
        ),
        "",
    )
    unit = unit or _scaled_unit(words, measure)
    if not measure:
        analyte = analyte if named and _bare(said) in ("", "content") else ""
    out_of = out["what"].strip() if out and measure else ""
    return Label(words, measure, analyte, unit, _basis(words, measure), out_of, product if measure else "")


def _scaled_unit(words: str, measure: str) -> str:
    """The scale of a label such as "Revenue (in millions)", with what its measure is counted in."""
    found = _SCALED.search(words.replace("’", "'"))
    base = {"money": "$", "share": "share"}.get(unit_class(measure)) if found and measure else None
    if not found or not base:
        return ""
    scale = "million" if "m" in found["scale"].lower() else "thousand"
    return f"$ {scale}" if base == "$" else f"{scale} {base}"


def _measure(whole: str, said: str, unit: str, analyte: str, tables: tuple[str, ...]) -> str:
    """The measure whose spoken form the label is."""
    for form in (_plain(whole), _plain(said), _bare(said)):
        for measure in _spoken(tables).get(form, ()) if form else ():
            if fits(measure, unit):
                return measure
    words = _plain(said).split()
    for cut in range(1, min(4, len(words) - 1)):
        form = " ".join(words[cut:])
        if " " in form and words[cut - 1] not in _BETWEEN and not analyte:
            for measure in _spoken(tables).get(form, ()):
                if unit and fits(measure, unit):
                    return measure
    if analyte and not _bare(said) and "milling" in tables and _is_mass(unit):
        return "milling.metal_produced"
    return ""


def _without_units(words: str) -> str:
    """A label without the units in it; brackets that hold other words stay as words."""

    def kept(found: re.Match[str]) -> str:
        return " " if unit_in(f"({found[1]})") or unit_of(found[1]) or _SCALED.match(found[0]) else f" {found[1]} "

    said = _BRACKETED.sub(kept, words)
    said = re.sub(r"\s[-–—]\s", " ", said)
    said = re.sub(r"(?<![\w/])(?:%|g/t|ppm|kg/t|US\$|C\$|A\$|\$|EUR|SEK|NOK|GBP|ZAR|USD|CAD|AUD)(?![\w/])", " ", said)
    return _MASS_ENDS.sub(" ", _PER_UNIT.sub(" ", said.replace("’", "'")).strip(" ,"))


def _plain(words: str) -> str:
    return " ".join(word for word in _tokens(words) if _modifiers().get(word) != "stop")


def _bare(words: str) -> str:
    return " ".join(word for word in _tokens(words) if word not in _modifiers())


def _tokens(words: str) -> list[str]:
    return [word.lower().strip("'") for word in _WORDS.findall(words.replace("-", " ").replace("’", "'"))]


@cache
def _modifiers() -> dict[str, str]:
    text = files("orebook.reading").joinpath("words", "label_modifiers.csv").read_text(encoding="utf-8")
    return {row["word"]: row["kind"] for row in csv.DictReader(text.splitlines())}


@cache
def _spoken(tables: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    forms: dict[str, list[str]] = {}
    for table in tables:
        for column in vocabulary(table):
            for said in (*column.spoken, *(words.replace("tonnes", "tons") for words in column.spoken)):
                for form in {_plain(said), _bare(said)} - {""}:
                    if column.measure not in forms.setdefault(form, []):
                        forms[form].append(column.measure)
    return {form: tuple(measures) for form, measures in forms.items()}


@cache
def unit_class(measure: str) -> str:
    """What kind of unit the figures of a measure have, as its table says: ``money``, ``mass``, ``%`` ...

    >>> unit_class("finance.aisc"), unit_class("milling.head_grade")
    ('money/mass', 'mass fraction')
    """
    table = measure.partition(".")[0]
    if not table:
        return ""
    return next((column.unit for column in vocabulary(table) if column.measure == measure), "")


@cache
def fits(measure: str, unit: str) -> bool:
    """Whether figures of a measure can have this unit; a figure without a unit fits all.

    >>> fits("milling.metal_sold", "oz"), fits("finance.revenues", "oz"), fits("finance.aisc", "USD/oz")
    (True, False, True)
    """
    if not unit:
        return True
    wanted, dimension = unit_class(measure), dict(units.unit(unit).dimension)
    money = any(base.startswith("money:") for base in dimension)
    bases = {"money" if base.startswith("money:") else base: power for base, power in dimension.items()}
    if wanted in ("%", "mass fraction"):
        return not dimension and unit not in ("1", "fraction") and (wanted != "%" or unit == "%")
    if wanted == "1":
        return unit == "1"
    if "/" not in wanted:
        wanted = "time" if wanted in ("year", "d") else wanted
        return bases == {wanted: 1}
    above, _, below = wanted.partition("/")
    if money and above == "money" and below == "mass":
        return bases in ({"money": 1, "mass": -1}, {"money": 1, "volume": -1})
    return bases == {above: 1, below: -1}


def _is_mass(unit: str) -> bool:
    return bool(unit) and units.unit(unit).dimension == (("mass", 1),)


def _basis(words: str, measure: str) -> str:
    said = f" {' '.join(_tokens(words))} "
    if any(f" {word} " in said for word in _not_ifrs()) or measure == "finance.cash_flow":
        return "non-IFRS"
    if measure.endswith("_per_share"):
        return next((word for word in ("diluted", "basic") if f" {word} " in said), "")
    return "attributable" if " attributable " in said and measure else ""


@cache
def _not_ifrs() -> tuple[str, ...]:
    text = files("orebook.reading").joinpath("words", "not_ifrs.csv").read_text(encoding="utf-8")
    return tuple(" ".join(_tokens(row["word"])) for row in csv.DictReader(text.splitlines()))
