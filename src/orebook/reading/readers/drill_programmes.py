"""Drill programmes: holes, metres, rigs and stations, as sentences count them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from orebook.ground.fact import Fact, Record
from orebook.reading import holes
from orebook.reading.drill_words import any_of, words
from orebook.reading.quantities import Quantity
from orebook.reading.release import Release, Sentence

ORDER = 70

_DRILLING = re.compile(r"\bdrill|\bholes?\b|\bcampaign\b|\bprogram|\bRC\b|\bdiamond\b", re.IGNORECASE)
_METRES_AFTER = re.compile(
    rf"[\s,)-]{{0,3}}(?:of\s)?(?:{words('of drilling')}[\s-]*){{0,6}}"
    r"(?:drill(?:ing|ed)?\b|core drill|program(?:me)?\b|campaign\b|were drilled|was drilled|(?:has|have) been drilled"
    r"|in \S{1,9} (?:\w+ ){0,3}(?:drill ?)?holes?\b)",
    re.IGNORECASE,
)
_METRES_BEFORE = re.compile(
    r"(?:\bdrill(?:ed|ing)?(?:\s(?:program(?:me)?|campaign))?(?:\s\w+){0,3}?\s"
    r"(?:total(?:l?ing|s|led)?|of|for|compris\w+|cover(?:s|ing)?|consist\w+ of|amount\w+ to|includ\w+|up to"
    r"|approximately|about|over)(?: (?:a total|up)(?: of| to)?)?"
    r"|\bdrilled(?: (?:a total of|approximately|about|over))?|\bdrilling will cover a total of"
    r"|\b(?:program(?:me)?|campaign) (?:of|for|totall?ing|comprising|consisting of)(?: a total of| up to)?|\btotal of)"
    r"\s*(?:approximately |about |over |up to |~)?$",
    re.IGNORECASE,
)
_NO_METRES = re.compile(rf"[\s-]*{words('not metres drilled')}", re.IGNORECASE)
_LINK = re.compile(
    r"[\s,(]*(?:(?:and )?total(?:l?ing|s|led)?|for|in|across|over|comprising|from|within|with|via|consisting of|using"
    r"|of|were drilled|(?:were |was )?completed)?"
    r"(?: (?:a total|approximately|about|up to|some|~))?(?: of| for)?[\s,(-]*",
    re.IGNORECASE,
)
_HOLES_NEAR = any_of("near holes of a programme")
_NO_HOLES = re.compile(
    r"\b(?:one|two|three|four|several|some|each|every|per|both|another|these) of (?:the )?(?:\w+ )?$"
    r"|\b(?:each|every|per|every other|hole)\s$",
    re.IGNORECASE,
)
_PLANNED = any_of("planned")
_HISTORICAL = re.compile(r"\b(?:historic\w*|previous operators?|past|previous(?:ly)?|prior|earlier)\b", re.IGNORECASE)
_METHODS = any_of("method")
_DEPTH_BEFORE = re.compile(
    r"\b(?:penetrat\w+|penetration of|hole depth of|tested to (?:a )?depths? of"
    r"|(?:holes?|drill\w*) (?:\w+ ){0,5}to (?:a )?depths? of|to an? (?:average |maximum |vertical )?depths? of)"
    r"\s*(?:about |approximately |up to |~)?(?:an? )?$",
    re.IGNORECASE,
)
_COUNTED_BEFORE = re.compile(
    r"\b(?:drill ?)?holes?\)?,?\s(?:total(?:l?ing|s)?|for)(?: (?:a total|approximately|about)(?: of)?)?\s?"
    r"(?:approximately |about |~)?$|holes?\s?\($",
    re.IGNORECASE,
)


@dataclass
class _Programme:
    """Counts that are said of one programme."""

    parts: list[tuple[str, Quantity]] = field(default_factory=list)

    @property
    def end(self) -> int:
        return self.parts[-1][1].end

    def has(self, measure: str) -> bool:
        """Whether that was counted already."""
        return any(name == measure for name, _ in self.parts)


def records(release: Release) -> Iterable[Record]:
    """Every programme that a sentence counts."""
    for sentence in release.sentences():
        if _DRILLING.search(sentence.plain):
            for programme in _programmes(sentence):
                yield _record(release, sentence, programme)


def _programmes(sentence: Sentence) -> Iterator[_Programme]:
    """Counts one after the other, joined where the words between join them."""
    current: _Programme | None = None
    for quantity in sentence.quantities:
        measure = _measure(sentence.plain, quantity)
        if not measure:
            continue
        joined = current and not current.has(measure) and _joins(sentence.plain, current, quantity, measure)
        if current is None or not joined:
            if current:
                yield current
            current = _Programme()
        current.parts.append((measure, quantity))
    if current:
        yield current


def _joins(plain: str, programme: _Programme, quantity: Quantity, measure: str) -> bool:
    between = plain[programme.end : quantity.start]
    if measure in ("rigs", "stations"):
        return len(between) < 90 and not re.search(r"[;.]\s", between)
    return len(between) < 70 and (
        bool(_LINK.fullmatch(between)) or bool(_LINK.fullmatch(_METHODS.sub("", _FILLER.sub("", between))))
    )


_FILLER = re.compile(
    r"\b(?:of|drilling|drill|diamond|core|program(?:me)?|holes?|new|were|was|completed|drilled)\b", re.IGNORECASE
)


def _measure(plain: str, quantity: Quantity) -> str:
    """What a quantity counts of a programme: holes, metres, rigs, stations, depth; nothing when it is none of them."""
    if quantity.is_range and quantity.unit in ("m", "ft"):
        return ""
    before, after = plain[max(0, quantity.start - 90) : quantity.start], plain[quantity.end : quantity.end + 90]
    if quantity.unit == "hole":
        return "holes" if _counts_holes(plain, quantity, before, after) else ""
    if quantity.unit == "drill":
        return "rigs"
    if quantity.unit == "station" and re.search(r"drill", quantity.noun + before[-40:], re.IGNORECASE):
        return "stations"
    if quantity.unit in ("m", "ft"):
        return _of_metres(quantity, before, after)
    return ""


def _of_metres(quantity: Quantity, before: str, after: str) -> str:
    if (
        quantity.figure.sign == "<"
        or re.match(r"[\s-]?(?:x|×|by|grid|cent(?:re|er)s?)\b", after)
        or re.search(r"\bx\s?$", before)
    ):
        return ""
    if _DEPTH_BEFORE.search(before) and not re.match(r"\s?(?:from|at|@|grading)", after):
        return "depth"
    if _METRES_AFTER.match(after):
        return "metres"
    if _COUNTED_BEFORE.search(before) and quantity.figure.value >= 30:
        return "metres"
    if _NO_METRES.match(after):
        return ""
    return "metres" if _METRES_BEFORE.search(before) and quantity.figure.value >= 100 else ""


def _counts_holes(plain: str, quantity: Quantity, before: str, after: str) -> bool:
    """A count of holes is of a programme when words nearby say so; "two of the holes" and "per hole" are not."""
    if _NO_HOLES.search(before) or quantity.figure.value == 1 or re.match(r"\s?(?:of|per)\b", after[:4]):
        return False
    near = f"{before[-60:]} {after[:60]}"
    return bool(_HOLES_NEAR.search(near)) and not any(
        start < quantity.start < end for start, end, _ in holes.find(plain)
    )


def _record(release: Release, sentence: Sentence, programme: _Programme) -> Record:
    facts = [_fact(release, sentence, measure, quantity) for measure, quantity in programme.parts]
    first, last = programme.parts[0][1], programme.parts[-1][1]
    methods = _methods(sentence.plain, first.start, last.end)
    about = release.about(sentence.block, sentence.text, first.start)
    return release.record(
        "drill_program",
        facts,
        **about,
        what=methods,
        context=_context(sentence.plain, first.start),
        period=_period(release, sentence),
        place="text",
    )


def _methods(plain: str, start: int, end: int) -> str:
    """How the holes were drilled: as the counts say, else right behind them, else before them."""
    for said in (plain[start:end], plain[end : end + 40], plain[max(0, start - 40) : start]):
        found = dict.fromkeys(name if name.isupper() else name.lower() for name in _METHODS.findall(said))
        if found:
            return " ".join(found)
    return ""


def _fact(release: Release, sentence: Sentence, measure: str, quantity: Quantity) -> Fact:
    start = quantity.start
    end = quantity.number_end if measure in ("holes", "rigs", "stations") else quantity.end
    return release.fact(f"programmes.{measure}", quantity.figure, sentence.text, start, end)


def _context(plain: str, at: int) -> str:
    if _PLANNED.search(plain[max(0, at - 80) : at + 60]):
        return "planned"
    return "historical" if _HISTORICAL.search(plain[max(0, at - 160) : at]) else "announced"


_THE_QUARTER = re.compile(
    r"\b(?:in|during|for|over) the (?:current |reporting |third |first |second |fourth )?quarter\b", re.IGNORECASE
)


def _period(release: Release, sentence: Sentence) -> str:
    """The days that the sentence is about, when it names one date or two that bound them, or speaks of the quarter."""
    labels = list(dict.fromkeys(when.period.label for when in sentence.dates))
    if len(labels) == 1:
        return labels[0]
    if len(labels) == 2 and re.search(r"\bbetween\b|\bfrom\b", sentence.plain):
        first, last = (when.period for when in sentence.dates[:2])
        return f"{labels[0]}/{labels[1]}" if first.end < last.start and "/" not in labels[0] + labels[1] else ""
    before = sentence.block.plain[: max(sentence.block.plain.find(sentence.plain), 0) + len(sentence.plain)]
    return release.periods[0].label if not labels and release.periods and _THE_QUARTER.search(before[-400:]) else ""
