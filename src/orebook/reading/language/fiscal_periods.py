"""Fiscal periods: the calendar days of a quarter, a half or a year of a company whose year does not end in December.

>>> of_fiscal(FISCAL.fullmatch("Q3 FY25"), 6), of_fiscal(FISCAL.fullmatch("FY2025"), 6)
('2025-Q1', '2024-07-01/2025-06-30')
"""

import re

from orebook.ground import period as periods
from orebook.reading.heads.period_heads import Reporting
from orebook.reading.patterns import Pattern

FISCAL = Pattern(
    r"(?:Q(?P<q>[1-4])|(?P<q2>[1-4])Q|H(?P<h>[12])|(?P<h2>[12])H)?[- ']?"
    r"(?:FY|fiscal(?: year)?)[ ']{0,2}(?P<y>\d{4}|\d\d)",
    re.IGNORECASE,
)
HALF = Pattern(r"(?P<h>[12])H[- ']?(?P<y>\d{4}|\d\d)|H(?P<h2>[12])[- ']?(?P<y2>\d{4}|\d\d)", re.IGNORECASE)


def fiscal_half(year: str, half: str, year_end: int) -> str:
    """The calendar days of a half of a fiscal year that ends in that month.

    >>> fiscal_half("25", "1", 6)
    '2024-H2'
    """
    whole = int(year) if len(year) == len("2025") else 2000 + int(year)
    return periods.months_ended(Reporting(year_end=year_end).fiscal(whole, 6 * int(half)).end, 6).label


def of_fiscal(said: re.Match[str], year_end: int) -> str:
    """The calendar days of "Q3 FY25", "H1 FY2025" or "FY25", where the fiscal year ends in that month."""
    year = int(said["y"]) if len(said["y"]) == len("2025") else 2000 + int(said["y"])
    times = Reporting(year_end=year_end)
    if quarter := said["q"] or said["q2"]:
        return times.fiscal_quarter(year, int(quarter)).label
    if half := said["h"] or said["h2"]:
        return periods.months_ended(times.fiscal(year, 6 * int(half)).end, 6).label
    return times.fiscal(year, 12).label
