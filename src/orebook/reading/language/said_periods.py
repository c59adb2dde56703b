"""Periods as prose says them: "the 2010 quarter", "the comparative period", "the rest of 2011", beside whole dates.

A quarter that is not named is that of the release; a comparative one is the same quarter of the year before. A period
that is named in full is taken as it stands, whatever the release is about.
"""

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from importlib.resources import files

from orebook.ground import period as periods
from orebook.ground.period import MONTHS, Period
from orebook.reading.heads.period_columns import columns_of
from orebook.reading.heads.reporting import reporting
from orebook.reading.language.alternation import either
from orebook.reading.language.dates import When, dates
from orebook.reading.language.fiscal_periods import FISCAL, HALF, fiscal_half, of_fiscal
from orebook.reading.patterns import Pattern
from orebook.reading.release import Release, Sentence

_YEARS_QUARTER = Pattern(
    r"\b(?:comparative |comparable |same )?(?P<year>(?:19|20)\d\d) (?:comparative |comparable )?(?P<what>quarter|"
    r"period)\b",
    re.IGNORECASE,
)
_SAME_OF = Pattern(
    r"\b(?:same|comparable|comparative|corresponding) (?:period|quarter|"
    r"(?:(?:three|six|nine|twelve)[- ])?months?(?: period)?|"
    r"half(?:-year)?|time) (?:of|in|for) (?:fiscal )?(?P<year>(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_FIRST_MONTHS = Pattern(
    r"\bfirst (?P<n>two|three|four|five|six|seven|eight|nine|ten|eleven) months(?: of (?P<year>(?:19|20)\d\d))?"
    r"(?! (?:of (?:operation|production|mining|mine)|after|following|from))\b|"
    r"\b(?P<n2>six|nine)-month (?=(?:gold |silver |copper |zinc |nickel )?"
    r"(?:production|output|sales|revenues?|net|earnings))",
    re.IGNORECASE,
)
_TO_DATE = Pattern(r"\b(?:year[- ]to[- ]date|YTD)\b(?! (?:19|20)\d\d)", re.IGNORECASE)
_FULL_YEAR = Pattern(
    r"\b(?:full[- ]year|(?<=for )(?:the )?(?:full|whole) year)\b(?!,? (?:of )?(?:in )?(?:19|20)\d\d)", re.IGNORECASE
)
_MONTHS_QUARTER = Pattern(
    r"\b(?P<m>March|June|September|December|Mar|Jun|Sep|Sept|Dec)[- ]quarter\b(?!,? (?:of )?(?:19|20)\d\d)",
    re.IGNORECASE,
)
_QUARTERLY = Pattern(r"\bquarterly\b(?:\s\w+){0,3}\s(?:report|update|results|review)\b", re.IGNORECASE)
_PERIOD_ENDED = Pattern(
    r"\bperiod (?:ended|ending|to) (?:\d{1,2} )?(?P<m>[A-Z][a-z]{2,8})(?: \d{1,2},)? (?P<y>20\d\d)\b", re.IGNORECASE
)
_FISCAL = Pattern(r"\bFY\s?'?\d\d|\bfiscal\b", re.IGNORECASE)
_DECEMBER = 12
_FISCAL_BEFORE = Pattern(r"\bfiscal $", re.IGNORECASE)
_YEAR_DAYS = 365
_OUTLOOK = Pattern(r"\b(?:outlook|guidance|forecast|budget)\b", re.IGNORECASE)
_AHEAD = Pattern(
    r"\b(?:guidance|expect\w*|forecast\w*|outlook|anticipat\w*|target\w*|plan(?:s|ned)?|scheduled|will|by|until)\b",
    re.IGNORECASE,
)
_MONTHS_LONG = {
    word: number for number, word in enumerate("two three four five six seven eight nine ten eleven".split(), 2)
}
_NO_PERIOD = Pattern(
    r"(?:'s|s)\b|\s(?:PFS|PEA|DFS|BFS|MRE|NI|JORC|pre-?feasibility|feasibility|scoping|technical|report|study|"
    r"resource|estimate|drill\w*|program\w*|annual report)\b",
    re.IGNORECASE,
)
_RUN = Pattern(
    r"\b(?:the )?(?:remainder|balance|rest) of (?P<from>(?:19|20)\d\d)(?:,? and (?:for )?(?:all of )?(?P<to>(?:19|"
    r"20)\d\d))?"
    r"|\b(?:from|between) (?P<from2>(?:19|20)\d\d) (?:to|through|until|and) (?P<to2>(?:19|20)\d\d)|"
    r"\bsince (?P<since>(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_STARTED = Pattern(
    r"\b[Ff]rom (?:start-?up|commencement|inception|opening|the start)(?: of [a-z ]{3,30})? in (?P<year>(?:19|"
    r"20)\d\d) to (?P<end>[A-Z])"
)


@dataclass(frozen=True, slots=True)
class SaidPeriod:
    """A period in a sentence; ``instant`` for a balance at a day."""

    label: str
    start: int
    end: int
    instant: bool = False


@dataclass(frozen=True, slots=True)
class Times:
    """What the words of a release mean for time: its reporting period, and fiscal quarters by their calendar days.

    ``fiscal`` leads from a quarter as named ("first quarter of fiscal 2025") to that of its tables ("three months ended
    December 31, 2024").
    """

    now: Period | None
    day: Period | None
    fiscal: dict[str, str]
    calendar: bool = True
    year_end: int = 12
    _known: dict[tuple[int, int], list[SaidPeriod]] = field(default_factory=dict, compare=False)

    @classmethod
    def of(cls, release: Release) -> "Times":
        """The reporting period of a release: that which it names, unless its tables show it to be a fiscal one."""
        return release.once("times", lambda: cls._told(release))

    @classmethod
    def _told(cls, release: Release) -> "Times":
        return replace(cls._of(release), calendar=not _speaks_fiscal(release), year_end=reporting(release).year_end)

    @classmethod
    def _of(cls, release: Release) -> "Times":
        named = release.periods[0] if release.periods else _quarter_in_words(release) or _quarterly_report(release)
        shown = _shown(release)
        if named is None and shown:
            return cls(max(shown, key=lambda period: period.end), release.day, {})
        if named is None or not shown or named in shown or not 85 <= named.days <= 100:
            return cls(named, release.day, {})
        real = max(shown, key=lambda period: period.end)
        fiscal = {named.label: real.label, periods.year_before(named).label: periods.year_before(real).label}
        return cls(real, release.day, fiscal)

    def said(self, sentence: Sentence) -> list[SaidPeriod]:
        """Every period that a sentence names, in order; longer phrases win over the dates inside them."""
        place = sentence.text.start, len(sentence.plain)
        if place not in self._known:
            self._known[place] = self._said(sentence)
        return self._known[place]

    def planned(self, heading: str) -> str:
        """The year to come that a heading of an outlook names: "2025 outlook", "FY26 guidance"; else nothing."""
        if self.now is None or not _OUTLOOK.search(heading):
            return ""
        found = [self._of_when(when, heading) for when in dates(heading[:200], year=None)]
        named = [said.label for said in found if said]
        return next((label for label in named if self.is_year_ahead(label)), "")

    def last_day(self, *, year: bool) -> str:
        """The last day of the period of the release, or of the last whole year up to it; nothing without a period."""
        if self.now is None:
            return ""
        end = self.now.end
        if not year or end.month == self.year_end:
            return end.isoformat()
        last = end.year - (1 if end.month < self.year_end else 0)
        return periods.months_ended(date(last, self.year_end, 1), 12).end.isoformat()

    def is_year_ahead(self, label: str) -> bool:
        """Whether a label is that of a whole year that had not ended with the period of the release."""
        try:
            said = Period.parse(label)
        except ValueError:
            return False
        return self.now is not None and _YEAR_DAYS <= said.days <= _YEAR_DAYS + 1 and said.end >= self.now.end

    def _said(self, sentence: Sentence) -> list[SaidPeriod]:
        plain = sentence.plain
        found = [*_started(plain, sentence.dates), *_runs(plain, self.day), *self._stretches(plain)]
        named = [
            said
            for when in sentence.dates
            if not _covered(when.start, when.end, found)
            and not _NO_PERIOD.match(plain, when.end)
            and (said := self._of_when(when, plain))
        ]
        relative = _relative(plain, self.now, [*found, *named])
        found += relative + [one for one in named if not _covered(one.start, one.end, relative)]
        return _back_to(sorted(found, key=lambda said: (said.start, said.end)), plain)

    def _ahead(self, when: When, plain: str) -> bool:
        """Whether a half year had not ended by the day of the release, and nothing says that it lies ahead."""
        return self.day is not None and when.period.end > self.day.end and not _AHEAD.search(plain, 0, when.start)

    def _of_when(self, when: When, plain: str) -> SaidPeriod | None:
        label = when.period.label
        if self.year_end != _DECEMBER and (fiscal := FISCAL.fullmatch(plain[when.start : when.end])):
            return SaidPeriod(of_fiscal(fiscal, self.year_end), when.start, when.end)
        if _FISCAL_BEFORE.search(plain[max(0, when.start - 8) : when.start]) and 85 <= when.period.days <= 100:
            label = self.now.label if self.now and self.now.days <= 100 else ""
            return SaidPeriod(label or when.period.label, when.start, when.end) if label else None
        if (
            self.year_end != _DECEMBER
            and self._ahead(when, plain)
            and (half := HALF.fullmatch(plain[when.start : when.end]))
        ):
            year = half["y"] or half["y2"]
            return SaidPeriod(fiscal_half(year, half["h"] or half["h2"], self.year_end), when.start, when.end)
        if not when.whole and self.now and label[4:] == self.now.label[4:] and label[4:]:
            label = self.now.label  # "the fourth quarter", said in the year after it
        elif not when.whole and self.day and when.period.end > self.day.end and not _AHEAD.search(plain, 0, when.start):
            label = periods.year_before(when.period).label
        label = self.fiscal.get(label, label)
        bound = {"after": "after ", "by": "by "}.get(when.kind, "")
        return SaidPeriod(bound + label, when.start, when.end, instant=when.period.days == 1)

    def _stretches(self, plain: str) -> list[SaidPeriod]:
        """Stretches of the year of the release: its first months, the year to date, a quarter by its month."""
        last = self.now.end if self.now else self.day.end if self.day else None
        if last is None:
            return []
        found = []
        for match in _MONTHS_QUARTER.finditer(plain):
            ahead = self.now is not None and _AHEAD.search(plain, 0, match.start()) is not None
            label = _quarter_of_month(MONTHS[match["m"].lower()], last, ahead=ahead).label
            found.append(SaidPeriod(label, match.start(), match.end()))
        if not self.calendar or self.fiscal:
            return found
        for match in _FIRST_MONTHS.finditer(plain):
            count = _MONTHS_LONG[(match["n"] or match["n2"]).lower()]
            year = int(match["year"] or last.year)
            found.append(
                SaidPeriod(periods.months_ended(date(year, count, 28), count).label, match.start(), match.end())
            )
        if self.now is not None:
            months = periods.months_ended(last, last.month).label
            found += [SaidPeriod(months, match.start(), match.end()) for match in _TO_DATE.finditer(plain)]
            found += [SaidPeriod(f"{last.year}", match.start(), match.end()) for match in _FULL_YEAR.finditer(plain)]
        return found


def _speaks_fiscal(release: Release) -> bool:
    """Whether a release counts by a fiscal year, whose first month is not known."""
    return any(_FISCAL.search(block.plain[:20000]) for block in release.layout.prose())


def _quarter_in_words(release: Release) -> Period | None:
    """The quarter that the first sentences name without a year: the last such one before the day of the release."""
    if release.day is None:
        return None
    for sentence in release.sentences()[:12]:
        for when in sentence.dates:
            if when.kind == "period" and not when.whole and 85 <= when.period.days <= 100:
                ahead = when.period.end > release.day.end
                if ahead and _AHEAD.search(sentence.plain, 0, when.start):
                    continue
                return periods.year_before(when.period) if ahead else when.period
    return None


def _quarterly_report(release: Release) -> Period | None:
    """The quarter of a "quarterly report for the period ended 31 March 2023"."""
    heads = [block for block in release.layout.prose() if block.kind != "front"][:8]
    if not any(_QUARTERLY.search(block.plain[:400]) for block in heads):
        return None
    for block in heads:
        found = _PERIOD_ENDED.search(block.plain[:2000])
        if found and (month := MONTHS.get(found["m"][:3].lower(), 0)) % 3 == 0 and month:
            return periods.months_ended(date(int(found["y"]), month, 28), 3)
    return None


def _quarter_of_month(month: int, last: date, *, ahead: bool) -> Period:
    """The latest quarter that ends with a month, up to a day; ``ahead`` the first one after it."""
    here = periods.months_ended(date(last.year, month, 28), 3)
    if ahead:
        return here if here.end > last else periods.months_ended(date(last.year + 1, month, 28), 3)
    return here if here.end <= last else periods.year_before(here)


def _shown(release: Release) -> set[Period]:
    """The quarters that the columns of statements stand for."""
    shown: set[Period] = set()
    for block in release.layout.blocks:
        if block.table is not None:
            columns = columns_of(block.table).values()
            shown |= {of.period for of in columns if of.period and 85 <= of.period.days <= 100 and not of.planned}
    return {period for period in shown if release.day is None or period.end <= release.day.end}


def _back_to(found: list[SaidPeriod], plain: str) -> list[SaidPeriod]:
    """A bare "the quarter" is the quarter that the same sentence has named before."""
    kept: list[SaidPeriod] = []
    for said in found:
        named = next((one for one in reversed(kept) if re.fullmatch(r"\d{4}-Q[1-4]", one.label)), None)
        bare = plain[said.start : said.end].lower() in ("the quarter", "this quarter")
        kept.append(SaidPeriod(named.label, said.start, said.end) if bare and named else said)
    return kept


def _covered(start: int, end: int, found: list[SaidPeriod]) -> bool:
    return any(said.start < end and start < said.end for said in found)


def _started(plain: str, dates: list[When]) -> list[SaidPeriod]:
    """ "From startup in 1997 to December 31, 2010": a stretch of two dates."""
    found = _STARTED.search(plain)
    last = next((when for when in dates if found and when.start >= found.start("end")), None)
    if not found or last is None or last.start - found.start("end") > 2:
        return []
    return [SaidPeriod(f"{found['year']}/{last.period.label}", found.start(), last.end)]


def _runs(plain: str, day: Period | None) -> list[SaidPeriod]:
    """Stretches of years, and the rest of a year."""
    found = []
    for run in _RUN.finditer(plain):
        if run["since"]:
            label = f"after {run['since']}-01-01" if day is None else f"{run['since']}/{day.label}"
        else:
            first, last = run["from"] or run["from2"], run["to"] or run["to2"]
            label = f"{first}/{last}" if last and last > first else first
        found.append(SaidPeriod(label, run.start(), run.end()))
    return found


def _relative(plain: str, now: Period | None, named: list[SaidPeriod]) -> list[SaidPeriod]:
    """Periods that only the release, or a period named before in the sentence, explains."""
    found: list[SaidPeriod] = []
    for match in [*_YEARS_QUARTER.finditer(plain), *_SAME_OF.finditer(plain)]:
        of = _spoken_of(named, match.start(), now)
        if of is None or ("quarter" in match[0].lower() and not 85 <= of.days <= 100):
            of = now
        label = re.sub(r"^\d{4}", match["year"], of.label) if of else ""
        if not _preceded_by_month(plain, match.start("year")) and re.fullmatch(r"\d{4}(?:-\w+)?", label):
            found.append(SaidPeriod(label, match.start(), match.end()))
    small = plain.lower()
    for phrase in _phrases().finditer(plain) if any(word in small for word in _telling_words()) else ():
        if _covered(phrase.start(), phrase.end(), found) or re.match(
            r"[- ](?:ended|ending)", plain[phrase.end() : phrase.end() + 7]
        ):
            continue
        meaning = _meanings()[phrase[0].lower()]
        of = _spoken_of(named, phrase.start(), now) if meaning != "now" else now
        said = periods.year_before(of) if of and meaning == "before" else of
        said = _quarter_before(now) if now and meaning == "quarter before" else said
        if said:
            found.append(SaidPeriod(said.label, phrase.start(), phrase.end()))
    return found


def _spoken_of(named: Iterable[SaidPeriod], at: int, now: Period | None) -> Period | None:
    """The period that a sentence speaks of at a place: the last one named before it; else ``now``."""
    before = [one for one in named if one.end <= at and not one.instant and re.fullmatch(r"\d{4}(?:-\w+)?", one.label)]
    known = [Period.parse(one.label) for one in sorted(before, key=lambda one: one.start)]
    if not known:
        return now
    year = max(period.end.year for period in known)
    return [period for period in known if period.end.year == year][-1]


def _preceded_by_month(plain: str, at: int) -> bool:
    return (
        re.search(
            r"(?:January|February|March|April|May|June|July|August|September|October|November|December|first|"
            r"second|third|fourth) $",
            plain[max(0, at - 12) : at],
            re.IGNORECASE,
        )
        is not None
    )


def _quarter_before(now: Period) -> Period | None:
    found = re.fullmatch(r"(\d{4})-Q([1-4])", now.label)
    if not found:
        return None
    year, which = int(found[1]), int(found[2])
    return periods.quarter(year, which - 1) if which > 1 else periods.quarter(year - 1, 4)


@cache
def _meanings() -> dict[str, str]:
    text = files("orebook.reading").joinpath("words", "comparatives.csv").read_text(encoding="utf-8")
    return {row["phrase"]: row["meaning"] for row in csv.DictReader(text.splitlines())}


@cache
def _telling_words() -> frozenset[str]:
    """The longest word of each phrase: a text without any of them holds no phrase."""
    return frozenset(max(phrase.lower().split(), key=len) for phrase in _meanings())


@cache
def _phrases() -> Pattern:
    return Pattern(rf"\b{either(_meanings())}(?!\w)", re.IGNORECASE)
