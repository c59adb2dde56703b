"""Dates and periods as releases write them.

>>> [(w.period.label, w.kind) for w in dates("in the September 2011 quarter, by March 31, 2012 and in early 2012")]
[('2011-Q3', 'period'), ('2012-03-31', 'by'), ('2012-early', 'date')]
>>> [w.period.label for w in dates("the three and nine months ended September 30, 2011")]
['2011-Q3', '2011-9M']
>>> [w.period.label for w in dates("between July 30th to September 2nd, 2020, in H1 2021, 3Q24 and FY2025")]
['2020-07-30', '2020-09-02', '2021-H1', '2024-Q3', '2025']
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from orebook.ground import period as periods
from orebook.ground.period import MONTHS, Period
from orebook.reading.patterns import Hints, Pattern

_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_YEAR = r"(?:19|20)\d\d"
_ORDINAL = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
_COUNTS = {"three": 3, "six": 6, "nine": 9, "twelve": 12, "3": 3, "6": 6, "9": 9, "12": 12}


@dataclass(frozen=True, slots=True)
class When:
    """A date or period in a text: its days, where it stands, and what kind of word said it.

    ``kind`` is ``date``, ``period`` (the figure beside it is for these days), ``by``, ``until``, ``since``, ``after``
    or ``as of``. ``whole`` is false where the year had to be taken from the context.
    """

    period: Period
    start: int
    end: int
    kind: str = "date"
    whole: bool = True


def _months_ended(found: re.Match[str], year: int | None) -> list[Period]:
    month, day = _month(found["m"]), int(found["d"] or 0)
    this = int(found["y"]) if found["y"] else year
    if this is None:
        return []
    counts = [_COUNTS[word.lower()] for word in (found["n"], found["n2"]) if word]
    return [periods.months_ended(_safe(this, month, day or 28), count) for count in counts]


def _year_ended(found: re.Match[str], year: int | None) -> list[Period]:
    this = int(found["y"]) if found["y"] else year
    return [periods.months_ended(_safe(this, _month(found["m"]), 28), 12)] if this else []


def _half_ended(found: re.Match[str], year: int | None) -> list[Period]:
    this = int(found["y"]) if found["y"] else year
    return [periods.months_ended(_safe(this, _month(found["m"]), 28), 6)] if this else []


def _quarter_words(found: re.Match[str], year: int | None) -> list[Period]:
    said = found["y"] or found["y2"]
    this = int(said) if said else year
    return [periods.quarter(this, _ORDINAL[found["o"].lower()])] if this else []


def _quarter_code(found: re.Match[str], year: int | None) -> list[Period]:
    this = _full_year(found["y"] or found["y2"]) or year
    return [periods.quarter(this, int(found["q"] or found["q2"]))] if this else []


def _month_quarter(found: re.Match[str], _: int | None) -> list[Period]:
    this = int(found["y"] or found["y2"])
    return [periods.months_ended(_safe(this, _month(found["m"]), 28), 3)]


def _half(found: re.Match[str], year: int | None) -> list[Period]:
    said = found["y"] or found["y2"] or found["y3"]
    this = _full_year(said) or year
    which = found["h"] or found["h2"] or {"first": "1", "second": "2", "1st": "1", "2nd": "2"}[found["hw"].lower()]
    return [Period.parse(f"{this}-H{which}")] if this else []


def _day(found: re.Match[str], year: int | None) -> list[Period]:
    month = _month(found["m"] or found["m2"])
    this = int(found["y"] or found["y2"] or 0) or year
    number = int(found["d"] or found["d2"])
    return [periods.day(_safe(this, month, number))] if this and 1 <= number <= 31 else []


def _iso(found: re.Match[str], _: int | None) -> list[Period]:
    return [Period.parse(f"{found['y']}-{found['mm']}-{found['d']}")]


def _month_year(found: re.Match[str], _: int | None) -> list[Period]:
    part = (found["part"] or "").lower()
    label = f"{found['y']}-{_month(found['m']):02d}"
    return [Period.parse(f"{label}-{part}" if part else label)]


def _part_year(found: re.Match[str], _: int | None) -> list[Period]:
    part = found["part"].lower()
    if part in ("early", "mid", "late"):
        return [Period.parse(f"{found['y']}-{part}")]
    return [periods.day(date(int(found["y"]), 12, 31))] if "end" in part else [periods.year(int(found["y"]))]


def _years(found: re.Match[str], _: int | None) -> list[Period]:
    first, last = found["y"], found["y2"]
    last = first[:2] + last if len(last) == 2 else last
    return [Period.parse(f"{first}/{last}")] if int(first) < int(last) else []


def _year(found: re.Match[str], _: int | None) -> list[Period]:
    return [periods.year(int(found["y"]))]


def _fiscal(found: re.Match[str], _: int | None) -> list[Period]:
    this = _full_year(found["y"])
    return [periods.year(this)] if this else []


def _month_alone(found: re.Match[str], year: int | None) -> list[Period]:
    return [periods.month(year, _month(found["m"]))] if year else []


_Build = Callable[[re.Match[str], int | None], list[Period]]
_ENDED = r"(?:ended|ending)"
_NTH = r"(?:st|nd|rd|th)?"
_LONG_MONTH = "January|February|March|April|June|July|August|September|October|November|December"
_SHORT_YEAR = r"\d\d(?!\d)"

_DAY_FIRST = r"(?:\d{1,2}(?:st|nd|rd|th)? )?"
_MONTHS_ENDED = (
    r"(?P<n>three|six|nine|twelve|3|6|9|12)(?:[- ]months?)?(?:(?: and | & )(?P<n2>six|nine|twelve|6|9|12))?[- ]months?"
    rf"(?: periods?)? (?:{_ENDED}|to) {_DAY_FIRST}(?P<m>{_MONTH})(?: (?P<d>\d{{1,2}}){_NTH})?(?:,? (?P<y>{_YEAR}))?"
)
_QUARTER_OF_MONTH = (
    rf"(?P<m>{_MONTH}) (?P<y>{_YEAR}) quarter(?:ly)?"
    rf"|(?:quarter {_ENDED} {_DAY_FIRST}|quarterly (?:activities |production )?report\W{{1,4}})"
    rf"(?P<m_>{_MONTH})(?: \d{{1,2}})?,? (?P<y2>{_YEAR})"
)
_QUARTER_IN_WORDS = (
    rf"(?P<y>{_YEAR}) (?P<o>first|second|third|fourth)[- ]quarter"
    rf"|(?P<o_>first|second|third|fourth|[1-4](?:st|nd|rd|th))[- ]quarter(?:,?(?: of)?(?: fiscal)? (?P<y2>{_YEAR}))?"
)
_QUARTER_IN_CODE = (
    rf"Q(?P<q>[1-4])[- ']?(?:FY)?(?P<y>{_YEAR}|{_SHORT_YEAR})?|(?P<q2>[1-4])Q[- ']?(?:FY)?(?P<y2>{_YEAR}|{_SHORT_YEAR})"
)
_HALF_YEAR = (
    rf"H(?P<h>[12])[- ']?(?:FY)?(?P<y>{_YEAR}|{_SHORT_YEAR})|(?P<h2>[12])H[- ']?(?:FY)?(?P<y2>{_YEAR}|{_SHORT_YEAR})"
    rf"|(?P<hw>first|second|1st|2nd)[- ]half(?: of)?(?:,? (?P<y3>{_YEAR}))?"
)
_WHOLE_DAY = (
    rf"(?P<m>{_MONTH}) (?P<d>\d{{1,2}}){_NTH}(?!\d)(?:(?: ?,|,? of)? ?(?P<y>{_YEAR}))?"
    rf"|(?P<d2>\d{{1,2}}){_NTH}(?: of)? (?P<m2>{_MONTH}) ?,? (?P<y2>{_YEAR})"
)
_PART_OF_YEAR = rf"(?P<part>early|mid|late|(?:the )?(?:year[- ])?end of|year[- ]end)(?: of)?[- ](?P<y>{_YEAR})"
_RUN_OF_YEARS = rf"(?P<y>{_YEAR})(?: ?[-–—] ?| to | through | until )(?P<y2>{_YEAR}|{_SHORT_YEAR})"

_FORMS: tuple[tuple[str, str, _Build], ...] = (
    ("period", _MONTHS_ENDED, _months_ended),
    (
        "period",
        rf"half(?:[- ]year)? (?:{_ENDED}|to) {_DAY_FIRST}(?P<m>{_MONTH})(?: \d{{1,2}})?(?:,? (?P<y>{_YEAR}))?",
        _half_ended,
    ),
    (
        "period",
        rf"(?:fiscal )?years? {_ENDED} {_DAY_FIRST}(?P<m>{_MONTH})(?: \d{{1,2}})?(?:,? (?P<y>{_YEAR}))?",
        _year_ended,
    ),
    ("period", _QUARTER_OF_MONTH, _month_quarter),
    ("period", _QUARTER_IN_WORDS, _quarter_words),
    ("period", _QUARTER_IN_CODE, _quarter_code),
    ("period", _HALF_YEAR, _half),
    ("date", rf"(?P<y>{_YEAR})-(?P<mm>0[1-9]|1[0-2])-(?P<d>[0-3]\d)", _iso),
    ("date", _WHOLE_DAY, _day),
    ("date", rf"(?:(?P<part>early|mid|late)[- ])?(?P<m>{_MONTH}),?(?: of)? (?P<y>{_YEAR})", _month_year),
    ("date", _PART_OF_YEAR, _part_year),
    ("period", _RUN_OF_YEARS, _years),
    ("period", rf"(?:FY|fiscal (?:year )?)'?(?P<y>{_YEAR}|{_SHORT_YEAR})", _fiscal),
    ("date", rf"(?P<y>{_YEAR})(?![\d,.]\d)", _year),
    ("date", rf"(?P<d2>\d{{1,2}}){_NTH} (?P<m2>{_LONG_MONTH})(?![- ](?:quarter|\d))", _day),
    ("date", rf"(?<=in )(?P<m>{_LONG_MONTH})(?! \d)", _month_alone),
)


def _alone(pattern: str) -> str:
    return rf"(?<![\w.,$/-])(?:{pattern})(?!\w)"


_COMPILED = [(kind, Pattern(_alone(pattern), re.IGNORECASE), build) for kind, pattern, build in _FORMS]
_MONTH_LETTERS = tuple(sorted({name[:3] for name in MONTHS}))
_TRIGGERS: dict[_Build, tuple[str, ...]] = {
    _months_ended: ("month",),
    _year_ended: ("year",),
    _half_ended: ("half",),
    _month_quarter: ("quarter",),
    _quarter_words: ("quarter",),
    _quarter_code: ("q1", "q2", "q3", "q4", "1q", "2q", "3q", "4q"),
    _half: ("half", "h1", "h2", "1h", "2h"),
    _part_year: ("early", "mid", "late", "end"),
    _fiscal: ("fy", "fiscal"),
    _month_alone: ("in ",),
    _day: _MONTH_LETTERS,
    _month_year: _MONTH_LETTERS,
    _iso: ("19", "20"),
    _years: ("19", "20"),
    _year: ("19", "20"),
}
"""Letters without which a form cannot stand; most texts lack most of them."""
_LEADS = Pattern(
    r"(?P<by>\bby|\bprior to|\bbefore|\bno later than|\bon or before)(?: the)?$"
    r"|(?P<until>\buntil|\bup to|\bthrough|\bto)$"
    r"|(?P<since>\bsince|\bfrom)$|(?P<after>\bafter|\bsubsequent to)$|(?P<asof>\bas (?:at|of)|\bat|\beffective)$",
    re.IGNORECASE,
)


def dates(plain: str, *, year: int | None = None) -> list[When]:
    """Every date and period in a text, in order; where none is printed the year is ``year``, or the date is left out.

    A bound is said by its kind: "by March 31, 2012" is the date 2012-03-31 of kind ``by``.
    """
    small = plain.lower()
    if not _ANY_LETTERS.within(plain, small):
        return []
    taken: list[tuple[int, int]] = []
    found: list[When] = []
    for kind, pattern, build, letters in _HINTED:
        if letters is not None and not letters.within(plain, small):
            continue
        for match in pattern.finditer(plain):
            place = bisect_left(taken, match.span())
            if any(start < match.end() and match.start() < end for start, end in taken[max(0, place - 1) : place + 1]):
                continue
            years = _year_beside(plain, match, year)
            for at in _built(build, match, years):
                whole = any(value and re.fullmatch(r"(?:(?:19|20)\d)?\d|\d\d", value) for value in _year_groups(match))
                found.append(When(at, match.start(), match.end(), _kind(plain, match.start(), kind), whole))
            taken.insert(place, match.span())
    return sorted(found, key=lambda when: (when.start, when.period.days))


_ANY_LETTERS = Hints(sorted({letters for some in _TRIGGERS.values() for letters in some} - {"in ", "end", "mid"}))
_TRIGGERED = {build: Hints(letters) for build, letters in _TRIGGERS.items()}
_HINTED = [(kind, pattern, build, _TRIGGERED.get(build)) for kind, pattern, build in _COMPILED]


_YEAR_SOON = Pattern(rf"[^.;]{{0,60}}?\b(?P<y>{_YEAR})\b")


def _year_groups(match: re.Match[str]) -> Iterator[str | None]:
    for name in ("y", "y2", "y3"):
        if name in match.re.groupindex:
            yield match[name] and match[name][-2:]


def _built(build: _Build, match: re.Match[str], year: int | None) -> list[Period]:
    try:
        return build(_Named(match), year)  # type: ignore[arg-type]  # the same lookups, alternatives joined
    except ValueError:
        return []


class _Named:
    """A match in which a group of a second alternative (``m_``) answers for the first (``m``)."""

    def __init__(self, match: re.Match[str]) -> None:
        self._groups = match.groupdict()

    def __getitem__(self, name: str) -> str | None:
        return self._groups.get(name) or self._groups.get(f"{name}_")


def _year_beside(plain: str, match: re.Match[str], year: int | None) -> int | None:
    """The year printed shortly after, as in "September 30, 2011 and September 30"; else the one of the context."""
    after = _YEAR_SOON.match(plain, match.end()) if "d" in match.re.groupindex else None
    return int(after["y"]) if after else year


def _kind(plain: str, start: int, kind: str) -> str:
    lead = _LEADS.search(plain[max(0, start - 18) : start].rstrip())
    return {"asof": "as of"}.get(lead.lastgroup or "", lead.lastgroup or kind) if lead else kind


def _month(word: str) -> int:
    return MONTHS[word.lower().rstrip(".")]


def _full_year(said: str | None) -> int | None:
    if not said:
        return None
    return int(said) if len(said) == 4 else 2000 + int(said)


def _safe(year: int, month: int, day: int) -> date:
    for last in (day, 30, 29, 28):
        try:
            return date(year, month, min(day, last))
        except ValueError:
            continue
    return date(year, month, 1)
