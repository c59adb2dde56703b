"""Reporting: which period a release reports and in which month its year ends, told to the heads of its tables."""

import re

from orebook.ground.period import MONTHS
from orebook.reading.heads.period_heads import Reporting
from orebook.reading.patterns import Pattern
from orebook.reading.release import Release

_YEAR_ENDS = Pattern(
    r"\b(?:fiscal|financial) year\s?(?:end(?:ed|ing|s)?)?(?: on| at)?,?\s(?:\d{1,2} )?"
    r"(?P<month>January|February|March|April|May|June|July|August|September|October|November|December)\b",
    re.IGNORECASE,
)
_TWELVE_MONTHS = Pattern(
    r"\b(?:(?:12|twelve) months|(?:full |financial |fiscal )?year) (?:ended|ending|to)\s(?:\d{1,2}(?:st|th)? )?"
    r"(?P<month>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\b",
    re.IGNORECASE,
)
_FISCAL = Pattern(
    r"\b(?:[QH][1-4][ -]?)?FY ?'?\d\d|\bfiscal (?:year )?20\d\d\b|\bfiscal (?:Q[1-4]|first|second|third|fourth)\b|"
    r"\b[12]H ?'?\d\d\b",
    re.IGNORECASE,
)
_AUSTRALIAN = Pattern(r"\bASX\b|\bAU?\$|\bAUD\b|\bJune (?:financial )?year\b")


def reporting(release: Release) -> Reporting:
    """What rules the periods of the tables of a release.

    Fiscal years end in the month that the release names; where it writes FY, with the twelve months that it shows, or
    in June where it is Australian, as there is the custom; else in December.
    """
    return release.once("reporting", lambda: _reporting(release))


def _reporting(release: Release) -> Reporting:
    now = next((period for period in release.periods if period.days <= 100), None)
    return Reporting(now or (release.periods[0] if release.periods else None), release.day, _year_end(release))


def _year_end(release: Release) -> int:
    fiscal = australian = False
    twelve: int | None = None
    for block in release.layout.blocks:
        said = _words(block.plain) if block.table is None else _heads(block.table.header)
        if block.part != "tail" and (found := _YEAR_ENDS.search(said)):
            return MONTHS[found["month"].lower()]
        if twelve is None and (shown := _TWELVE_MONTHS.search(said)):
            twelve = MONTHS[shown["month"].lower()[:3]]
        fiscal = fiscal or _FISCAL.search(said) is not None
        australian = australian or _AUSTRALIAN.search(said) is not None
    if fiscal and twelve:
        return twelve
    return 6 if fiscal and (australian or release.currency == "AUD") else 12


def _words(plain: str) -> str:
    return plain[:4000]


def _heads(header: tuple[tuple[str, ...], ...]) -> str:
    return " ".join(word for column in header for word in column)[:2000]
