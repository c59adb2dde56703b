"""Values and heads: whether a cell of a table holds a value, a period, or words that belong above a column."""

import csv
import re
from functools import cache
from importlib.resources import files

from orebook.reading.patterns import Pattern

_VALUE = Pattern(
    r"[^\w]{0,6}(?:(?:US|CA|CDN|AU|NZ|A|C|R)(?=[$€£])|CAD|AUD|USD|CDN|EUR|GBP|SEK)?[^\w]{0,4}\d[\d.,' ]{0,40}"
    r"(?:[^\w]{0,4}[A-Za-z/²³°μ]{0,8}[^\w]{0,6}\d[\d.,' ]{0,40}){0,2}"
    r"[^\w]{0,4}[A-Za-z/²³°μ]{0,8}[^\w]{0,6}"
)
_DATED = Pattern(
    r"[^\w]{0,3}(?:\d{1,2}(?:st|nd|rd|th)?[-./ ]{0,2}[A-Za-z]{3,9}[-./, ]{1,2}\d{2,4}"
    r"|\d{1,4}[-/]\d{1,2}[-/]\d{2,4})[^\w]{0,3}"
)
_YEAR = Pattern(r"[^\w]{0,2}(?:FY ?|CY ?)?(?:19|20)\d\d(?:[A-Ea-e]|/\d\d|[-–](?:19|20)?\d\d)?[^\w]{0,3}")
_MONTH = (
    r"Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?"
)
_PERIOD = Pattern(
    r"\b(?=[1-9QYHFCLTJMASOND])"  # whatever begins otherwise need not be compared with each of these
    r"(?:(?:19|20)\d\d|[1-4] ?Q(?: ?['-]?\d{2,4})?|Q[1-4](?:[ '/-]{0,2}\d{2,4})?|[1-4]QTR|YTD"
    r"|H[12](?:[ '/-]{0,2}\d{2,4})?|[12] ?H(?: ?['-]?\d{2,4})?|(?:3|6|9|12) ?M[ '-]{0,2}(?:\d\d|20\d\d)"
    r"|[FC]Y ?'?\d{2,4}(?:[/-]\d\d)?|LTM|TTM"
    rf"|(?:{_MONTH}|{_MONTH.upper()})(?:[-'’ ]{{0,2}}\d{{2,4}})?)\b"
)
_SPAN = Pattern(r"\d{1,2}[- ]?(?:months?|weeks|quarters?)", re.IGNORECASE)
_HOLDERS = frozenset(
    {
        "-",
        "–",
        "—",
        "--",
        "---",
        "n/a",
        "na",
        "nil",
        "n.a.",
        "nm",
        "nsi",
        "nsr",
        "nsa",
        "tbd",
        "x",
        "pending",
        "$-",
        "$–",
        "$—",
        "$--",
        "$ -",
        "$ –",
        "$ --",
        "$ —",
    }
)
_UNIT = Pattern(r"[(\[]?[A-Za-z$€£%'’°²³/·. 0]{1,14}[)\]]?")
_SCALED = Pattern(
    r"(?:[(\[]\s?[x×]?\s?(?:['’]?000,?['’]?|1,?000['’]?)(?:['’]?s)?(?: ?[A-Za-z$€/]{1,8}\.?){0,2}\s?[)\]]"
    r"|[A-Za-z$€]{0,4} ?['’]?000['’]?(?:['’]?s)?(?: ?[A-Za-z$€/]{1,8}\.?){0,2})"
)
_GROUP = Pattern(r"[2-7](?:E|PGE|PGM)(?:\+Au)?")
"""The head of a column of several metals together."""
_NO_UNIT = Pattern(r"[(\[]1,?000[)\]]")
_NAMED = Pattern(r"(?=[A-Za-z]{0,6}[-_ #]{0,2}\d)(?:[A-Za-z]{1,6}[-_ #]{0,2}\d{1,5}|\d{2}[A-Z]{2,5}\d)[\w.-]{0,20}")


@cache
def _words() -> dict[str, str]:
    table = files("orebook.reading").joinpath("words", "headwords.csv").read_text(encoding="utf-8")
    return {row["word"]: row["role"] for row in csv.DictReader(table.splitlines())}


@cache
def _period_words() -> frozenset[str]:
    return frozenset(word for word, role in _words().items() if role == "period")


def is_year(cell: str) -> bool:
    """Whether a cell is nothing but a year.

    >>> is_year("2011"), is_year("FY2025"), is_year("2,011")
    (True, True, False)
    """
    return _YEAR.fullmatch(cell) is not None


def is_holder(cell: str) -> bool:
    """Whether a cell only says that there is no value.

    >>> is_holder("–"), is_holder("n/a"), is_holder("gold")
    (True, True, False)
    """
    return cell.lower() in _HOLDERS


def is_value(cell: str) -> bool:
    """Whether a cell holds a value: a number with its sign, currency and unit, or a range; a year, a date or a scale
    ("000's") does not count.

    >>> [is_value(cell) for cell in ("(1,447)", "$205 - $230", "10,663m", "12.1%", "2011", "Q4 2024", "Interval 1 (m)")]
    [True, True, True, True, False, False, False]
    >>> [is_value(cell) for cell in ("9M23", "1H25", "(000 oz)", "000's", "0.00", "(1,000)")]
    [False, False, False, False, True, True]
    """
    return (
        len(cell) <= 80
        and _VALUE.fullmatch(cell) is not None
        and not is_year(cell)
        and _DATED.fullmatch(cell) is None
        and _PERIOD.search(cell) is None
        and not is_scale(cell)
        and _GROUP.fullmatch(cell) is None
    )


def is_scale(cell: str) -> bool:
    """Whether a cell only says in what thousands a column counts.

    >>> is_scale("(000's)"), is_scale("'000 t"), is_scale("(1,000 oz)"), is_scale("(1,000)"), is_scale("1,000 oz")
    (True, True, True, False, False)
    """
    return "000" in cell and _SCALED.fullmatch(cell) is not None and _NO_UNIT.fullmatch(cell) is None


def is_span(cell: str) -> bool:
    """Whether a cell is a stretch of months alone; over a column it is a period, in a row it may be a value.

    >>> is_span("12 months"), is_span("3.5 months")
    (True, False)
    """
    return _SPAN.fullmatch(cell) is not None


def is_period(cell: str) -> bool:
    """Whether a cell speaks of a stretch of time.

    >>> is_period("Three Months Ended Sept 30"), is_period("Q4 2024"), is_period("12M22"), is_period("Hole ID")
    (True, True, True, False)
    """
    if _PERIOD.search(cell):
        return True
    return not _period_words().isdisjoint(cell.lower().replace(",", " ").split())


def is_group(cell: str) -> bool:
    """Whether the words often stand above several columns.

    >>> is_group("Indicated"), is_group("Nine Months Ended Sept 30"), is_group("Zn %")
    (True, True, False)
    """
    return _words().get(cell.lower().strip(" :*()")) == "group" or is_period(cell)


def is_unit(cell: str) -> bool:
    """Whether a cell could be the unit below a heading.

    >>> is_unit("(g/t)"), is_unit("('000 oz)"), is_unit("Commentary on drilling")
    (True, True, False)
    """
    return _UNIT.fullmatch(cell) is not None or is_scale(cell)


def is_name(cell: str) -> bool:
    """Whether a cell looks like the name of a hole or a sample: letters and digits in one.

    >>> is_name("AB001"), is_name("EX-22-04"), is_name("2011"), is_name("Grade")
    (True, True, False, False)
    """
    return _NAMED.fullmatch(cell) is not None and _PERIOD.search(cell) is None
