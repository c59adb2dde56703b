"""Drill programmes: holes, metres, rigs and stations, as sentences count them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from orebook.ground.fact import Fact, Record
from orebook.ground.figure import Figure
from orebook.reading.drilling import holes
from orebook.reading.drilling.drill_words import any_of, words
from orebook.reading.language.quantities import Quantity
from orebook.reading.patterns import Pattern
from orebook.reading.release import Release, Sentence

ORDER = 70

_DRILLING = Pattern(r"\bdrill|\bholes?\b|\bcampaign\b|\bprogram|\bRC\b|\bdiamond\b", re.IGNORECASE)
_METRES_AFTER = Pattern(
    rf"[\s,)-]{{0,3}}(?:of\s)?(?:{words('of drilling')}[\s-]*){{0,6}}"
    r"(?:drill(?:ing|ed)?\b|core drill|program(?:me)?\b|campaign\b|were drilled|was drilled|(?:has|have) been drilled"
    r"|in \S{1,9} (?:\w+ ){0,3}(?:drill ?)?holes?\b)",
    re.IGNORECASE,
)
_METRES_BEFORE = Pattern(
    r"(?:\bdrill(?:ed|ing)?(?:\s(?:program(?:me)?|campaign))?(?:\s\w+){0,3}?\s"
    r"(?:total(?:l?ing|s|led)?|of|for|compris\w+|cover(?:s|ing)?|consist\w+ of|amount\w+ to|includ\w+|up to"
    r"|approximately|about|over)(?: (?:a total|up)(?: of| to)?)?"
    r"|\bdrilled(?: (?:a total of|approximately|about|over))?|\bdrilling will cover a total of"
    r"|\b(?:program(?:me)?|campaign) (?:of|for|totall?ing|comprising|consisting of)(?: a total of| up to)?|\btotal of"
    r"|\bout of (?:a|the) (?:planned|proposed|budgeted)"
    r"|\b(?:expand|increas|extend|enlarg)\w*\b[^.;]{0,50}\b(?:program(?:me)?|campaign|drilling)\b[^.;]{0,40}\bto)"
    r"\s*(?:approximately |about |over |up to |~)?$",
    re.IGNORECASE,
)
_NO_METRES = Pattern(rf"[\s-]*{words('not metres drilled')}", re.IGNORECASE)
_LINK = Pattern(
    r"[\s,(]*(?:(?:and )?total(?:l?ing|s|led)?|and|for|in|across|over|comprising|from"
    r"|within|with|via|consisting of|using"
    r"|of|were drilled|(?:were |was )?completed)?"
    r"(?: (?:a total|approximately|about|up to|some|an estimated|~))?(?: of| for)?[\s,(-]*",
    re.IGNORECASE,
)
_HOLES_NEAR = any_of("near holes of a programme")
_NO_HOLES = Pattern(
    r"\b(?:one|two|three|four|several|some|each|every|per|both|another|these) of (?:the )?(?:\w+ )?$"
    r"|\b(?:each|every|per|every other|hole)\s$",
    re.IGNORECASE,
)
_PLANNED = any_of("planned")
_HISTORICAL = Pattern(r"\b(?:historic\w*|previous operators?|past|previous(?:ly)?|prior|earlier)\b", re.IGNORECASE)
_METHODS = any_of("method")
_DEPTH_BEFORE = Pattern(
    r"\b(?:penetrat\w+|penetration of|hole depth of|tested to (?:a )?depths? of"
    r"|(?:holes?|drill\w*) (?:\w+ ){0,5}to (?:a )?depths? of|to an? (?:average |maximum |vertical )?depths? of)"
    r"\s*(?:about |approximately |up to |~)?(?:an? )?$",
    re.IGNORECASE,
)
_COUNTED_BEFORE = Pattern(
    r"\b(?:drill ?)?holes?\)?,?\s(?:(?:were|was|have been) (?:drilled|completed),?\s)?(?:total(?:l?ing|s)?|for)"
    r"(?: (?:a total|approximately|about|an estimated)(?: of)?)?\s?(?:approximately |about |~)?$|holes?\s?\($",
    re.IGNORECASE,
)


_LISTED_BEFORE = Pattern(r"\(\d{1,4} (?:\w+ ){0,2}holes,\s$", re.IGNORECASE)
"""Holes and metres in brackets: "(61 holes, 4,880 m)"."""


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
    block, drilled = None, False
    for sentence in release.sentences():
        drilled = (drilled and sentence.block is block) or bool(_DRILLING.search(sentence.plain))
        block = sentence.block
        if drilled:
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
    between = _IN_BRACKETS.sub(" ", plain[programme.end : quantity.start])
    if measure == "metres":
        between = _TORN.sub("", between)
    if measure in ("rigs", "stations"):
        return len(between) < 90 and not re.search(r"[;.]\s", between)
    if measure == "holes" and _AT_A_PLACE.fullmatch(between):
        return True
    return len(between) < 70 and (
        bool(_LINK.fullmatch(between)) or bool(_LINK.fullmatch(_METHODS.sub("", _FILLER.sub("", between))))
    )


_AT_A_PLACE = Pattern(
    r"(?:\s[a-zA-Z-]{2,14}){0,4}?\s(?:at|on|in|across)\s(?:the\s)?[A-Z][\w'’-]{1,20}(?:\s[\w'’-]{2,20}){0,3}\s\("
)
"""Metres, the place, the holes in brackets: "12,480 m of drilling at Lake Ash (212 holes)"."""
_IN_BRACKETS = Pattern(r"\s\([^()]{0,50}\)(?=\s)")
_FILLER = Pattern(
    r"\b(?:of|drilling|drill|diamond|core|program(?:me)?|holes?|new|were|was|completed|drilled)\b", re.IGNORECASE
)


def _measure(plain: str, quantity: Quantity) -> str:
    """What a quantity counts of a programme: holes, metres, rigs, stations, depth; nothing when it is none of them."""
    if quantity.is_range and quantity.unit in ("m", "ft"):
        return ""
    before, after = plain[max(0, quantity.start - 90) : quantity.start], plain[quantity.end : quantity.end + 90]
    before = _IN_BRACKETS.sub("", before)
    if quantity.unit in ("m", "ft"):
        before = _TORN.sub("", before)
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
        or re.match(r"[\s-]?(?:x|×|by(?= \d)|grid|cent(?:re|er)s?)\b", after)
        or re.search(r"\bx\s?$", before)
    ):
        return ""
    if _DEPTH_BEFORE.search(before) and not re.match(r"\s?(?:from|at|@|grading)", after):
        return "depth"
    if re.match(r"[\s-]?deep\b", after):
        return ""
    if _METRES_AFTER.match(after):
        return "metres"
    listed = after.startswith(")") and _LISTED_BEFORE.search(before)
    if (listed or _COUNTED_BEFORE.search(before)) and quantity.figure.value >= 30:
        return "metres"
    if quantity.figure.value >= 300 and (_PLANNED_AFTER.match(after) or _PLANNED_BEFORE.search(before)):
        return "metres"
    if _NO_METRES.match(after):
        return ""
    return "metres" if _METRES_BEFORE.search(before) and quantity.figure.value >= 100 else ""


_PLANNED_AFTER = Pattern(
    r"\s?(?:of (?:[\w-]{2,20} ){1,3})?(?:(?:is|are|has been|have been|now|still|being|of drilling|drilling) )?"
    r"(?:planned|proposed|scheduled|budgeted|to be drilled|remaining|to drill)\b",
    re.IGNORECASE,
)
_PLANNED_BEFORE = Pattern(
    r"\b(?:planned|plans?|expected|scheduled|budgeted|set|intends?|intended|will|proposes?)"
    r"(?: to)? (?:see|drill|include|comprise|complete|total|cover|consist of|involve|entail|exceed|get|take)"
    r"(?: (?:a further|an additional|another|a total of|up to|at least|about|approximately|some|over|more than))?\s?$",
    re.IGNORECASE,
)
_WITH_METRES = Pattern(
    r"\s?(?:\([^()]{0,50}\)\s?)?(?:for|,? ?totall?ing|of|,? ?comprising|\("
    r"|,(?= [\d,.]+ ?(?:m|ft|metres|meters|feet)\)))\s?"
    r"(?:an? (?:total|advance|aggregate) of )?(?:about |approximately |~|some |over |an estimated )?"
    r"[\d,.]+(?: \d{3})?\s?(?:m|ft|met(?:re|er)s?|feet)\b",
    re.IGNORECASE,
)
_ONE_HOLE = Pattern(r"(?<![A-Za-z])(?:drill|bore)?-?hole$", re.IGNORECASE)
_OF_A_PROGRAMME = Pattern(r"[\s,-]*(?:[\w/&,.-]+ ){0,5}?(?:program(?:me)?|campaign)\b", re.IGNORECASE)


def _counts_holes(plain: str, quantity: Quantity, before: str, after: str) -> bool:
    """A count of holes is of a programme when words nearby say so; "two of the holes" and "per hole" are not."""
    if quantity.figure.value == 1:
        return False
    if _WITH_METRES.match(after):
        return not _in_a_name(plain, quantity)
    if _NO_HOLES.search(before) or re.match(r"\s?per\b", after):
        return False
    if re.match(r"\s?of\b", after) or _is_singular(plain, quantity, after):
        return False
    near = f"{before[-60:]} {after[:60]}"
    return bool(_HOLES_NEAR.search(near)) and not _in_a_name(plain, quantity)


def _in_a_name(plain: str, quantity: Quantity) -> bool:
    """Whether the number belongs to the name of a hole."""
    first = max(0, quantity.start - 40)
    here = plain[first : quantity.end + 40]
    return any(start < quantity.start - first < end for start, end, _ in holes.find(here))


def _is_singular(plain: str, quantity: Quantity, after: str) -> bool:
    """Whether more than one is counted of a "hole": then it is "a 9-hole program", or the number of something else."""
    counted = plain[quantity.number_end : quantity.end]
    return bool(_ONE_HOLE.search(counted)) and not _OF_A_PROGRAMME.match(after)


_SAID_BEFORE = Pattern(
    rf"\b{words('before holes of a programme')}(?: (?:an?|the|up to|about|approximately|some|total of|of|additional"
    r"|further|first|initial|remaining|another|all|to|around"
    r"|over|at least|this|its|our|these|more|new|a total of)){0,4}"
    r"\s?~?$",
    re.IGNORECASE,
)
_SAID_AFTER = Pattern(
    rf"[\s,)-]*(?:(?:[\w/&-]+ ){{0,4}}?(?:program(?:me)?|campaign)\b"
    rf"|(?:\w+ ){{0,3}}?{words('behind holes of a programme')}\b)",
    re.IGNORECASE,
)
_PART_BEFORE = Pattern(
    r"\b(?:including|of which|results? (?:of|from|for|on)"
    r"|assays? (?:of|from|for|on)|samples? (?:of|from)|await\w*|pending for)"
    r"(?: the| all| (?:a|an) (?:further|additional)| (?:additional|further|remaining|last|next|other|final))*\s?$",
    re.IGNORECASE,
)


def _is_programme(plain: str, programme: _Programme) -> bool:
    """Whether metres are drilled; or holes that are counted are those of a programme, not some that have results."""
    if programme.has("metres") or not programme.has("holes"):
        return programme.has("metres")
    quantity = next(quantity for measure, quantity in programme.parts if measure == "holes")
    before, after = plain[max(0, quantity.start - 90) : quantity.start], plain[quantity.end : quantity.end + 90]
    if _PART_BEFORE.search(before):
        return bool(_OF_A_PROGRAMME.match(after))
    if re.search(r"\b(?:plans|planned|will drill|intends to drill)\b[^.;]{0,50}$", before, re.IGNORECASE):
        return True
    return bool(_SAID_BEFORE.search(before) or _SAID_AFTER.match(after))


def _record(release: Release, sentence: Sentence, programme: _Programme) -> Record:
    facts = [_fact(release, sentence, measure, quantity) for measure, quantity in programme.parts]
    first, last = programme.parts[0][1], programme.parts[-1][1]
    methods = _methods(sentence.plain, first.start, last.end)
    about = release.about(sentence.block, sentence.text, first.start)
    return release.record(
        "drill_program" if _is_programme(sentence.plain, programme) else "drill_count",
        facts,
        **about,
        what=methods,
        context=_context(sentence.plain, first.start),
        period=_period(release, sentence, first.start),
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
    start, figure = quantity.start, quantity.figure
    end = quantity.number_end if measure in ("holes", "rigs", "stations") else quantity.end
    torn = _TORN.search(sentence.plain[max(0, start - 8) : start]) if measure == "metres" else None
    if torn and re.match(r"\d{3}\s?m", sentence.plain[start:end]):
        start -= len(torn[0])
        figure = Figure(figure.value + 1000 * Decimal(torn[1]), figure.unit, figure.sign)
    return release.fact(f"programmes.{measure}", figure, sentence.text, start, end)


_TORN = Pattern(r"(?<!, )(?<![\w,.])(\d{1,3}), $")
"""Thousands that a blank tore off ("2, 100m"), as texts from pages have them."""


_REPORTED = Pattern(r"\bpreviously (?:announced|reported|released|disclosed)\b", re.IGNORECASE)


_DONE_SINCE = Pattern(r"\bholes (?:have|has) (?:now |already |all )?been (?:drilled|completed)\b", re.IGNORECASE)
"""Behind a number of planned holes: they are drilled now."""


def _context(plain: str, at: int) -> str:
    before = max((found.end() for found in _PLANNED.finditer(plain, max(0, at - 80), at)), default=-1)
    if _PLANNED.search(plain, at, at + 60) or (before >= 0 and not _DONE_SINCE.search(plain, before, at)):
        return "planned"
    if _REPORTED.search(plain[max(0, at - 160) : at]):
        return "previously reported"
    return "historical" if _HISTORICAL.search(plain[max(0, at - 160) : at]) else "announced"


_THE_QUARTER = Pattern(
    r"\b(?:in|during|for|over) the (?:current |reporting |third |first |second |fourth )?quarter\b", re.IGNORECASE
)


_FAR = 250
"""A date that stands this many characters away is not that of a programme."""


def _period(release: Release, sentence: Sentence, at: int) -> str:
    """The days that the sentence is about, when it names one date or two that bound them, or speaks of the quarter."""
    near = [when for when in sentence.dates if abs(when.start - at) < _FAR]
    labels = list(dict.fromkeys(when.period.label for when in near))
    if len(labels) == 1:
        return labels[0]
    if len(labels) == 2 and re.search(r"\bbetween\b|\bfrom\b", sentence.plain):
        first, last = (when.period for when in near[:2])
        return f"{labels[0]}/{labels[1]}" if first.end < last.start and "/" not in labels[0] + labels[1] else ""
    before = sentence.block.plain[: max(sentence.block.plain.find(sentence.plain), 0) + len(sentence.plain)]
    return release.periods[0].label if not labels and release.periods and _THE_QUARTER.search(before[-400:]) else ""
