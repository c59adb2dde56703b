"""Holes: the names of drill holes in prose and tables, and the words that tie one interval to another.

>>> [name for _, _, name in find("Holes QX-24-007 and QXD031A, logged under NI 43-101 in Q3 2024, cut ore")]
['QX-24-007', 'QXD031A']
>>> relation("incl."), relation("and"), relation("QXD031A")
('including', 'and', '')
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from orebook.reading.drilling.drill_words import words
from orebook.reading.patterns import Pattern

_NAME = Pattern(
    r"(?<![\w/.$#-])(?=[A-Z\d])(?:"
    r"(?:[A-Z]{2,4}#)?[A-Z]{1,8}(?:[-–_][A-Z]{1,4})?[-–_]?\d{2,8}(?:[-–_.]\d{1,4}|[-–_](?:[A-Z]{1,3}\d{0,4}|O\d{1,3}|\d{1,3}[A-Z])){0,4}[A-Z]{0,2}\d{0,2}"
    r"|(?:[A-Z]{2,4}#)?[A-Z]{2,6}[-–_]\d{1,3}(?:[-–_][0-9A-Z]{1,4}){0,2}"
    r"|[A-Z]{1,4}\d{2}[A-Z]{1,4}[-–_]?\d{2,5}[A-Z]?"
    r"|\d{2}[A-Z]{2,6}[-–_]?\d{2,5}[A-Z]?(?:[-–_][A-Z0-9]{1,3})?"
    r")(?![\w/]|\.\d|[-–]\d)"
)
_SPACED = r"[A-Z]{1,5} ?\d{1,4}(?:[-–]\d{1,4}){0,2}[A-Z]?"
_BLANK_NAME = rf"(?P<name>{_SPACED}|(?=[A-Z\d-]{{0,12}}\d)[A-Z]{{1,6}}(?:[-–][A-Z\d]{{1,6}}){{1,4}})(?![\w/]|[-–]\d)"
_FIRST = Pattern(rf"[\s•*–-]*(?=[A-Z]{{1,5}} \d{{1,4}}(?:[-–]\d{{1,4}}){{0,2}}[A-Z]?\s?[:–-]\s){_BLANK_NAME}")
_BLANK = Pattern(rf"(?:[Hh]oles?|HOLES?|DDH|RCH?)(?:\s#?|#\s?){_BLANK_NAME}")
_NUMBERED = Pattern(
    r"\b(?:[Hh]ole|HOLE)\s(?:[Nn]o\.?\s|[Nn]umber\s|#\s?)?(?P<name>\d{1,4}(?:-\d{1,4}){0,2}[A-Z]?)"
    r"(?![\w/]|[.,]\d|[-–]\w|\s?(?:m\b|met|ft\b|feet|km\b|%|g/t|oz|of\b|holes|to\b|inch|mm|cm|degrees|years|days))"
)
_TRAPS = Pattern(
    rf"(?:{words('code')}|Q[1-4]|H[12])[-–_]?\d{{1,5}}[A-Z]?"
    rf"|{words('grid')}[-–_]?(?:\d\d|19\d\d|20\d\d)"
    rf"|{words('assay')}[-–_][A-Z]{{0,6}}\d{{1,3}}[A-Za-z]?"
    r"|[A-Z]\d{1,2}|(?:[12]H|[1-4]Q)\d\d|[EMP](?:L|PM)?\d{2,7}|[A-Z]{1,2}\d{2,3}(?:EQ|eq)|43[-–]101\w*"
)

_DIGIT = Pattern(r"\d")

_RELATIONS = (
    ("including", r"(?:which )?(?:also )?(?:and )?(?:includ(?:ing|es?|ed)|incl?\.?|inc\.?)(?: also)?|with(?:in)? that"),
    ("and", r"(?:and|&|plus|also|additionally)(?: also)?"),
)
_RELATED = tuple((name, Pattern(pattern, re.IGNORECASE)) for name, pattern in _RELATIONS)


def numbered(texts: Iterable[str]) -> re.Pattern[str] | None:
    """A pattern of the names without letters that texts give to holes ("hole 24-07"), so that they are known later.

    >>> numbered(["Hole 24-07 cut ore."]).search("The best sample of 24-07 is rich.")[0]
    '24-07'
    """
    names = {found["name"] for text in texts if "ole" in text or "OLE" in text for found in _NUMBERED.finditer(text)}
    known = sorted(name for name in names if "-" in name)
    return re.compile(rf"(?<![\w/.-])(?:{'|'.join(map(re.escape, known))})(?![\w/-]|\.\d)") if known else None


def find(
    plain: str, start: int = 0, end: int | None = None, known: re.Pattern[str] | None = None
) -> list[tuple[int, int, str]]:
    """Every name of a hole in a text: start, end, name; codes of assays, grids, tenements and periods are none.

    ``known`` are names without letters that the document has given to holes.

    >>> find("assayed by ME-MS41 on E58/1234 in NAD83 under JORC 2012")
    []
    """
    return list(_found(plain, start, len(plain) if end is None else end, known))


@lru_cache(maxsize=1024)  # one sentence is asked for its holes by many readers
def _found(plain: str, start: int, stop: int, known: re.Pattern[str] | None) -> tuple[tuple[int, int, str], ...]:
    """The names in a stretch, looked for once."""
    if not _DIGIT.search(plain, start, stop):
        return ()
    found = [
        (m.start(), m.end(), m[0])
        for m in _NAME.finditer(plain, start, stop)
        if not _TRAPS.fullmatch(m[0]) and not _is_analyte(m[0]) and any(c.isdigit() for c in m[0])
    ]
    first = None if start else _FIRST.match(plain, 0, stop)
    opening, after = ((first,), first.end()) if first else ((), start)
    for m in (*opening, *_BLANK.finditer(plain, after, stop), *_NUMBERED.finditer(plain, start, stop)):
        inside = m.span("name")
        if not any(a < inside[1] and inside[0] < b for a, b, _ in found):
            found.append((*inside, m["name"]))
    for m in known.finditer(plain, start, stop) if known else ():
        if not any(a < m.end() and m.start() < b for a, b, _ in found):
            found.append((m.start(), m.end(), m[0]))
    return tuple(sorted(found))


def _is_analyte(name: str) -> bool:
    return bool(re.fullmatch(r"(?:[A-Z][A-Z]?\d{0,2}O\d{0,2}|[A-Z]{2}\d)", name))


def is_name(plain: str) -> bool:
    """Whether a cell of a hole column can be the name of a hole: it has a digit and is short.

    >>> is_name("QX-24-007"), is_name("QX 191"), is_name("Total"), is_name("North zone")
    (True, True, False, False)
    """
    said = plain.strip(" *†^#:")
    return bool(re.fullmatch(r"(?=[^\d]{0,14}\d)[A-Za-z0-9][\w#./ –-]{1,24}[*†]{0,3}", said)) and not re.fullmatch(
        r"[\d.,]+", said
    )


_HEADING = Pattern(
    r"[\s•*–-]*(?:(?:[Dd]iamond |RC |[Rr]otary |[Cc]ore )?(?:[Dd]rill(?: ?-?[Hh]ole)?|[Hh]ole|HOLE|DRILL ?HOLE|DDH)"
    r"(?: (?:ID|No\.?))?"
    r"[\s:#]+)(?P<name>(?=[^\s\d]{0,14}\d)[A-Z0-9][\w./–-]{1,24})"
    r"[\s:*]*(?:\([^()]{0,60}\)|[–—-] .{0,60}|, .{0,60})?[\s:]*"
)


def heading(plain: str) -> str:
    """The hole of which a line is the heading: "Hole QX-24-007 (North zone)"; nothing when it is none.

    >>> heading("Hole QX-24-007 (North zone)"), heading("Drill hole QX-7:"), heading("Hole depth 120 m")
    ('QX-24-007', 'QX-7', '')
    """
    found = _HEADING.fullmatch(plain) if len(plain) < 120 else None
    return found["name"].rstrip(".–-") if found else ""


def relation(plain: str) -> str:
    """What a word in place of a hole's name says: ``including``, ``and``, or nothing."""
    said = plain.strip(" :;,-–•")
    return next((name for name, pattern in _RELATED if pattern.fullmatch(said)), "")


def same(one: str, other: str) -> bool:
    """Whether two printed names are one hole: blanks and the kind of dash do not matter.

    >>> same("QX 21–07", "QX21-07")
    True
    """
    return normal(one) == normal(other)


def normal(name: str) -> str:
    """A name without blanks, its dashes made hyphens."""
    return re.sub(r"\s+", "", name).replace("–", "-").replace("—", "-").upper()
