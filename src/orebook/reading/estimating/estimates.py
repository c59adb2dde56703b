"""Estimates: what rows and sentences about resources and reserves have in common: category, kind, deposit, cut-off.

>>> category_in("Measured & Indicated"), category_in("Sub-Total"), category_in("Total Proven"), category_in("Grade")
('Measured and Indicated', 'Subtotal', 'Proved', '')
>>> kind_of("Proved", ""), kind_of("Total", "Ore Reserve statement"), kind_of("Total", "Mineral Resources")
('reserve', 'reserve', 'resource')
"""

import csv
import re
from functools import cache, lru_cache
from importlib.resources import files

from orebook.ground import units
from orebook.reading.language import analytes
from orebook.reading.language.alternation import either
from orebook.reading.patterns import Pattern

_NO_NAMES = frozenset(
    "jorc ni mre in at with the a an resource resources reserve reserves mineral ore historical historic summary "
    "table global updated total combined measured"
    " indicated inferred proved probable and of for initial maiden current project deposit mine open".split()
)
RESERVES = ("Proved", "Probable", "Proved and Probable")

_CUTOFF = (
    Pattern(
        r"(?<!\d)(?P<value>\d+(?:\.\d+)?)\s?(?P<unit>g/t|gpt|%|ppm)\s?(?P<analyte>[A-Z][A-Za-z0-9]{1,5}|gold|copper|zinc|"
        r"silver|iron)?\s?(?:equivalent )?cut[- ]?off",
        re.IGNORECASE,
    ),
    Pattern(
        r"cut[- ]?off(?: grade)?s?(?: of| at| was| is)? (?P<value>\d+(?:\.\d+)?)\s?(?P<unit>g/t|gpt|%|"
        r"ppm)\s?(?P<analyte>[A-Z][A-Za-z0-9]{1,5})?",
        re.IGNORECASE,
    ),
)
_HISTORICAL = Pattern(r"\bhistoric(?:al)?\b|\bnot (?:been )?treat\w+ .{0,40}as current\b", re.IGNORECASE)
_RESERVE = Pattern(r"\b(?:mineral|ore)?\s?reserves?\b", re.IGNORECASE)
_RESOURCE = Pattern(r"\b(?:mineral )?resources?\b|\bMRE\b", re.IGNORECASE)
_NAME = Pattern(
    r"(?<![\w.~])(?P<name>(?!The\b|Table\b|JORC\b|Updated\b|Global\b|Mineral\b|Inferred\b|Indicated\b|Measured\b|"
    r"Ore\b|Summary\b|Total\b|Combined\b|Initial\b|Maiden\b|This\b|Its\b|A\b)"
    r"[A-Z][\w'’-]{0,40}(?: (?!Mineral\b|Ore\b|Resources?\b|Reserves?\b|Gold\b|Copper\b|Silver\b|Uranium\b|Zinc\b|"
    r"Deposit\b|Project\b|Mine\b|Pit\b)(?:[A-Z][\w'’-]{0,40}|de|la|las|el|los)){0,3})"
    r"(?= (?:Gold |Copper |Silver |Uranium |Zinc |Gold-Copper |Main |open )?(?i:deposits?|project|mine|pit|"
    r"prospect|property|stockpile|mineral resources?|ore reserves?|MRE|JORC)\b)"
)


@cache
def _spoken() -> dict[str, str]:
    text = files("orebook.reading").joinpath("words", "categories.csv").read_text(encoding="utf-8")
    return {row["spoken"]: row["category"] for row in csv.DictReader(text.splitlines())}


@cache
def category_pattern() -> Pattern:
    """Every way of saying a category, the longer first."""
    return Pattern(rf"(?<![\w-])(?=[cgimopst2])(?:{either(_spoken())})(?!\w)", re.IGNORECASE)


@lru_cache(maxsize=4096)  # the same cells and labels are asked by many readers
def category_in(words: str) -> str:
    """The category that some words name first, a total only if nothing else; or nothing."""
    said = [_spoken()[found[0].lower()] for found in category_pattern().finditer(" ".join(words.split()))]
    exact = [category for category in said if category not in ("Total", "Subtotal")]
    return (exact or said or [""])[0]


def kind_of(category: str, words: str) -> str:
    """Whether an estimate is a resource or a reserve, by its category, else by the words over it."""
    if category in RESERVES:
        return "reserve"
    if category in ("Measured", "Indicated", "Inferred", "Measured and Indicated"):
        return "resource"
    reserve, resource = _RESERVE.search(words), _RESOURCE.search(words)
    return "reserve" if reserve and (not resource or reserve.start() < resource.start()) else "resource"


def cutoff_in(words: str) -> str:
    """The cut-off that a caption or a note says: ``0.5 g/t Au``.

    >>> cutoff_in("Resources at 0.5g/t gold cut-off"), cutoff_in("a cut-off grade of 2% Zn")
    ('0.5 g/t Au', '2 % Zn')
    """
    from_names = {"gold": "Au", "copper": "Cu", "zinc": "Zn", "silver": "Ag", "iron": "Fe"}
    for pattern in _CUTOFF:
        if found := pattern.search(words):
            metal = found["analyte"] or ""
            symbol = from_names.get(metal.lower(), metal if metal.lower() not in ("cut", "was", "is") else "")
            return f"{found['value']} {units.spoken()[found['unit']]} {symbol}".strip()
    return ""


def is_historical(words: str) -> bool:
    """Whether the words call an estimate historical."""
    return _HISTORICAL.search(words) is not None


def is_estimate(words: str) -> bool:
    """Whether the words speak of resources or reserves."""
    return _RESOURCE.search(words) is not None or _RESERVE.search(words) is not None


_OF_ESTIMATES = Pattern(
    r"\b(?:mineral|ore|total|global|updated|maiden|all|combined|jorc|(?:2004|2012) jorc|in[- ]situ)\b|"
    r"\b(?:resources?|reserves?|estimates?|sub-?\s?totals?|totals?|material|ounces|tonnes)\b",
    re.IGNORECASE,
)
_AT = Pattern(
    r"\b(?i:resources?|reserves?|MRE|resource estimate|reserve estimate)\s(?i:at|for|of|from)\s(?i:the\s)?"
    r"(?P<name>[A-ZÀ-Þ][\w'’-]{1,30}(?:\s[A-ZÀ-Þ][\w'’-]{1,30}|\s(?:de|la|del|el)(?=\s[A-Z])){0,3})"
)
_NEVER = frozenset(
    "january february march april may june july august september october november december proved proven probable "
    "table note schedule appendix q1 q2 q3 q4 fy company canada australia".split()
)


def place_in(label: str) -> str:
    """What is left of the label of a row without its category: the deposit or material that it names.

    >>> place_in("Stockpile (Proven)"), place_in("Indicated - Open pit"), place_in("Total Ore Reserves")
    ('Stockpile', 'Open pit', '')
    """
    bare = category_pattern().sub(" ", " ".join(label.split()))
    said = re.sub(r"\(\s*\)", " ", _OF_ESTIMATES.sub(" ", bare))
    return " ".join(said.split()).strip(" -–—:;,.&+/()") if re.search(r"[A-Za-z]{2}", said) else ""


def places_in(words: str) -> list[tuple[int, int, str]]:
    """The places that estimates are said to be at: start, end, name.

    >>> places_in("Reserves at the Heron Reach underground, Mineral Resources at June 30")
    [(0, 27, 'Heron Reach')]
    """
    found = [(at.start(), at.end("name"), _without_metals(at["name"])) for at in _AT.finditer(words)]
    return [(start, end, name) for start, end, name in found if name and name.split()[0].lower() not in _NEVER]


def deposits_in(words: str) -> list[tuple[int, int, str]]:
    """The deposits, projects and mines that a text names: start, end, name."""
    named = [(found.start(), found.end(), _without_metals(found["name"])) for found in _NAME.finditer(words)]
    return [(start, end, name) for start, end, name in named if name]


def _without_metals(name: str) -> str:
    """A name without the metals and codes before it."""
    words = name.split()
    joints = [at for at, word in enumerate(words) if word.lower() in ("for", "the")]
    words = words[joints[-1] + 1 :] if joints else words
    while words and (analytes.analyte(words[0]) or words[0].lower() in _NO_NAMES):
        words = words[1:]
    while words and words[-1].lower() in _NO_NAMES:
        words = words[:-1]
    return " ".join(words)
