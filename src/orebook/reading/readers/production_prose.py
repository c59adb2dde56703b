"""Production in prose: throughput, head grades, recoveries, metal produced and sold, shipments, by mine and period."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from orebook.ground import units
from orebook.ground.fact import Record
from orebook.ground.figure import Figure, negative
from orebook.ground.period import Period
from orebook.reading.language.dated import Saying
from orebook.reading.language.links import bracket_at
from orebook.reading.language.mentions import Mention, mentions
from orebook.reading.language.quantities import Quantity
from orebook.reading.language.said_about import (
    PLANNED,
    analyte_of,
    company_sentences,
    place_of,
    product_near,
    readable,
    study_of,
    subject_of,
)
from orebook.reading.language.said_periods import SaidPeriod, Times
from orebook.reading.language.sayings import sayings
from orebook.reading.patterns import Pattern
from orebook.reading.release import Release, Sentence

ORDER = 60

_TEST = Pattern(
    r"\b(?:test-?work|tests?|testing|metallurg\w+|leach\w*|flotation|assum\w+|based on|cut-?off|resource|reserve|"
    r"cyanid\w+)\b",
    re.IGNORECASE,
)
_YEARLY = Pattern(
    r"\b(?:annual(?:ly)?|per year|per annum|a year(?! (?:ago|earlier|before))|each year|yearly)\b", re.IGNORECASE
)
_WHOLE_PLAN = Pattern(
    r"\b(?:life of mine|life-of-mine|LOM|mine plan|mine life|study|assessment|PEA|PFS|DFS|"
    r"estimated to be|over (?:the|a|"
    r"its) life|project that produces)\b",
    re.IGNORECASE,
)
_FORECAST = Pattern(
    r"\b(?:guidance|forecast|outlook)\b(?! (?:price|cost|AISC|capital))|"
    r"\b(?:expects?|forecasts?|foresees?|anticipates?)(?=\s(?:about |around |between |some )?\d)",
    re.IGNORECASE,
)
_GUIDANCE = Pattern(
    r"\b(?:guid(?:ance|ing)|outlook|forecasts?|expects? to (?:produce|sell|mine|process|ship)|expects?(?= \d))\b",
    re.IGNORECASE,
)
_WAS = Pattern(
    r"\b(?:was|were|stood|reached|rose|fell|increased|decreased|totall?ed|amounted|came|exceeded|averaged)\b"
)
_OUTPUT = frozenset("production output produce produces producing".split())
_IS_PLANNED = Pattern(
    r"[\w ]{0,30}?\b(?:is|are|was|were) "
    r"(?:planned|expected|forecast|targeted|guided|budgeted|anticipated|estimated|projected)\b"
)
_TO_BE = Pattern(r"\b(?:be|to be|expected to have|will have|will|could be)\s$")
_DONE = frozenset("produced sold delivered yielded poured treated processed milled crushed mined made".split())
_OF_ORE = frozenset("treated processed milled crushed mined".split())
_ORE = Pattern(r"\s(?:of )?(?:(?:dry|wet|high-grade|low-grade|oxide|sulphide|sulfide|fresh) )?(?:ore|material)\b")
_WHOLE = Pattern(r"\b100\s?% (?:basis|owned)?:?\s?$", re.IGNORECASE)
_NO_TIME = Pattern(
    r"\b(?:to date|life of|capacity|annual(?:ly|i[sz]ed)?|cumulative\w*|lifetime|in total since|"
    r"first (?:gold|pour|production)|"
    r"previously|designed?|nameplate|potential\w*|could|would|may|can|study|PEA|PFS|DFS|feasibility|subsequent\w*|"
    r"so far|record of|estimate[sd]?)\b",
    re.IGNORECASE,
)
_WHOLE_PERIOD = Pattern(r"\d{4}(?:-\w+)?")
_OPENING = 8
"""A period so near to the beginning of a sentence is that of the sentences behind it too."""
_GRADED = Pattern(
    r"(?: of (?:(?:dry|wet) )?(?:ore|material|feed))?,? (?:at|grading|averaging|assaying|with)(?: an?)?"
    r"(?: average| mean)?(?: head| feed| mill)?(?: grades?)?(?: of)?\s",
    re.IGNORECASE,
)
_AND_GRADED = Pattern(r"\s?(?:,|and|, and)\s", re.IGNORECASE)
_EACH = Pattern(r"^\s?from each mine\b", re.IGNORECASE)
_OF_PLANS = ("plan.average_production", "plan.metal_production")
_NO_PRODUCTION = ("resource", "reserve", "deposit contains", "inventory", "endowment")


def records(release: Release) -> Iterator[Record]:
    """Figures of production that sentences say: kind ``production``, and ``economics`` for those of a plan."""
    times = Times.of(release)
    for tail, sentences in ((False, readable(release.sentences())), (True, company_sentences(release))):
        spoken = _Spoken(times, None if tail else times.now)
        for sentence in sentences:
            periods = times.said(sentence)
            spoken.hear(sentence, periods)
            named = _named(sentence.plain)
            if not named and all(quantity.unit != "shipment" for quantity in sentence.quantities):
                continue
            yield from () if tail else _shipments(release, sentence, periods)
            found = sayings(sentence.plain, sentence.quantities, named, periods) if named else []
            yield from () if tail else _changes(release, sentence, found, spoken)
            for saying, analyte in zip(found, _metals(sentence.plain, found), strict=True):
                if record := _record(release, sentence, saying, analyte, spoken):
                    yield record
            yield from _grades(release, sentence, found, spoken)


@dataclass
class _Spoken:
    """The period that the sentences of a paragraph speak of: the last they named, else that of the release."""

    times: Times
    now: Period | None
    block: object = None
    label: str = ""
    ahead: str = ""

    def hear(self, sentence: Sentence, periods: list[SaidPeriod]) -> None:
        """Take in what a sentence names, for the sentences behind it in the same block."""
        if self.block is not sentence.block:
            self.block, self.label = sentence.block, ""
            self.ahead = self.times.planned(sentence.block.section) if self.now else ""
        for said in periods:
            if self.now and self.times.is_year_ahead(said.label) and Period.parse(said.label).end > self.now.end:
                self.ahead = said.label
        for said in periods:
            whole = _WHOLE_PERIOD.fullmatch(said.label) and bracket_at(sentence.plain, said.start) is None
            current = whole and self.now and Period.parse(said.label).end == self.now.end
            if current or (whole and said.start < _OPENING):
                self.label = said.label
                return

    def of(self, plain: str, saying: Saying, context: str) -> str:
        """The period of a figure with which none is said; nothing for what goes back further.

        A plan is for the year that the paragraph has named.
        """
        if context == "guidance" and self.ahead and (saying.quantity.is_range or not saying.compared):
            return self.ahead
        if saying.compared or context != "announced" or self.now is None or _NO_TIME.search(plain):
            return ""
        if self.label and Period.parse(self.label).end > self.now.end:
            return ""
        return self.label or self.now.label


def _named(plain: str) -> list[Mention]:
    """The measures of production; "average annual production" may stand before a mass as well as before a rate."""
    found = mentions(plain, ("milling", "plan"))
    found += [replace(m, measure="milling.metal_produced") for m in found if m.measure == "plan.average_production"]
    found += [
        replace(m, measure="plan.average_production")
        for m in found
        if m.words.lower() in _OUTPUT and m.measure == "milling.metal_produced"
    ]
    if _FORECAST.search(plain):
        found += [Mention("milling.metal_produced", m[0], m.start(), m.end()) for m in _FORECAST.finditer(plain)]
    return sorted(found, key=lambda mention: mention.start)


def _metals(plain: str, found: list[Saying]) -> list[str]:
    """The metal of each figure: a figure compared with one, or listed behind it, is of the same metal."""
    metals: list[str] = []
    for at, saying in enumerate(found):
        metal = analyte_of(plain, saying.mention, saying.quantity)
        if not metal and at and found[at - 1].mention == saying.mention and found[at - 1].measure == saying.measure:
            metal = metals[-1]
        metals.append(metal)
    return metals


def _record(release: Release, sentence: Sentence, saying: Saying, analyte: str, spoken: "_Spoken") -> Record | None:
    quantity, plain = saying.quantity, sentence.plain
    if not saying.measure.startswith(("milling.", *_OF_PLANS)) or not quantity.unit:
        return None
    if saying.mention.words.lower() == "averaging" and saying.mention.start >= quantity.end:
        return None  # "6,200 tons averaging 0.38 oz/ton": the grade averages, not the tons
    if saying.measure == "plan.average_production" and saying.mention.words.lower() in _OUTPUT:
        clause = plain[saying.mention.end : quantity.start]
        if re.search(r"\brates?\b", clause) or not (quantity.unit.endswith("/year") or _metallic(quantity)):
            return None
    planned = _is_planned(plain, saying)
    context = _context(plain, planned=planned)
    period = _period(saying) if saying.period else spoken.of(plain, saying, context)
    if not _believed(plain, saying, dated=bool(period) or saying.compared):
        return None
    measure, figures = _of_plan(plain, saying, planned=planned)
    if context == "guidance" and saying.compared and quantity.is_range:
        context = "previous guidance"
    about = {
        **subject_of(release, sentence, quantity.start),
        "analyte": analyte,
        "product": "" if analyte else product_near(plain, saying.mention, quantity),
        "period": _period(saying) if measure.startswith("plan.") else period,
        "label": saying.mention.words,
        "place": place_of(sentence),
    }
    if measure.startswith("plan."):
        kind, about = "economics", {**about, "study": study_of(sentence), "context": "planned"}
    else:
        whole = _WHOLE.search(plain[max(0, quantity.start - 24) : quantity.start])
        kind, about = "production", {**about, "context": context, "basis": "100%" if whole else ""}
    facts = [
        release.fact(measure, figure, sentence.text, quantity.start, quantity.end, bound=bound)
        for bound, figure in zip(("low", "high") if len(figures) == 2 else ("",), figures, strict=True)
    ]
    return release.record(kind, facts, **about)


def _changes(release: Release, sentence: Sentence, found: list[Saying], spoken: "_Spoken") -> Iterator[Record]:
    """By how much per cent production, sales, grades or recoveries rose or fell."""
    for saying in found:
        if saying.measure != "finance.change" or not saying.of.startswith("milling.") or saying.quantity.unit != "%":
            continue
        value = saying.quantity.figure.value
        figure = Figure(negative(value.copy_abs()) if saying.negative else value, "%", saying.quantity.figure.sign)
        place = saying.quantity.start, saying.quantity.end
        about = {
            **subject_of(release, sentence, saying.quantity.start),
            "analyte": analyte_of(sentence.plain, saying.mention, saying.quantity),
            "period": _period(saying) or spoken.of(sentence.plain, saying, "announced"),
            "label": saying.mention.words,
            "place": place_of(sentence),
            "context": "announced",
        }
        about["product"] = "" if about["analyte"] else product_near(sentence.plain, saying.mention, saying.quantity)
        fact = release.fact("finance.change", figure, sentence.text, *place, of=saying.of)
        yield release.record("financial", [fact], **about)


def _is_planned(plain: str, saying: Saying) -> bool:
    """Whether a figure lies ahead; what was produced is not, although the sentence begins with the guidance."""
    quantity, mention = saying.quantity, saying.mention
    if quantity.is_range or mention.words.lower() in ("produces", "produce") or _FORECAST.fullmatch(mention.words):
        return True
    if _IS_PLANNED.match(plain, quantity.end):
        return True
    if mention.words.lower() in _DONE:
        return _TO_BE.search(plain[max(0, mention.start - 24) : mention.start]) is not None
    done = mention.end <= quantity.start and _WAS.search(plain[mention.end : quantity.start]) is not None
    return PLANNED.search(plain[mention.start - 40 if done and mention.start > 40 else 0 : quantity.start]) is not None


def _grades(release: Release, sentence: Sentence, found: list[Saying], spoken: "_Spoken") -> Iterator[Record]:
    """The grades said right behind the tonnes milled: "1.84 Mt of ore at 0.44 % Ni"."""
    for saying in found:
        if saying.measure not in ("milling.ore_milled", "milling.ore_mined") or saying.compared:
            continue
        context = _context(sentence.plain, planned=_is_planned(sentence.plain, saying))
        period = _period(saying) if saying.period else spoken.of(sentence.plain, saying, context)
        if not _believed(sentence.plain, saying, dated=bool(period)):
            continue
        end, joint = saying.quantity.end, _GRADED
        for grade in (q for q in sentence.quantities if q.start >= end):
            if not grade.fraction or not joint.fullmatch(sentence.plain[end : grade.start]):
                break
            end, joint = max(grade.end, grade.analyte_end), _AND_GRADED
            if any(other.quantity is grade for other in found):
                continue
            fact = release.fact("milling.head_grade", grade.figure, sentence.text, grade.start, grade.end)
            yield release.record(
                "production",
                [fact],
                **subject_of(release, sentence, saying.quantity.start),
                analyte=grade.analyte,
                period=period,
                label="grade",
                place=place_of(sentence),
                context=context,
            )


def _believed(plain: str, saying: Saying, *, dated: bool) -> bool:
    """Whether a figure is production, not the recovery of a test or the metal of a resource."""
    near = plain[max(0, saying.quantity.start - 100) : saying.quantity.end + 60].lower()
    first, last = saying.quantity.figures[0].value, saying.quantity.figures[-1].value
    if saying.quantity.is_range and last > 500 * first:
        return False  # "710-780,000 ounces": the first number is short for thousands
    if saying.measure in ("milling.recovery", "milling.head_grade", "milling.strip_ratio"):
        return (saying.measure == "milling.head_grade" and saying.quantity.fraction) or (
            dated and not _TEST.search(near) and "core" not in near
        )
    if saying.mention.words.lower() in _OF_ORE:
        after = plain[saying.quantity.end : saying.quantity.end + 20]
        return (dated or _ORE.match(after) is not None) and not _TEST.search(near) and _is_much(saying.quantity)
    if saying.measure in ("milling.metal_produced", "milling.metal_sold"):
        if re.match(r"\s(?:of )?(?:ore|material|rock|waste|mineraliz\w+)\b", plain[saying.quantity.end :]):
            return False
        if not _is_much(saying.quantity):
            return False
        if _FORECAST.fullmatch(saying.mention.words) and not _metallic(saying.quantity):
            return False
        clause = plain[max(0, saying.mention.start - 20) : saying.quantity.end + 30].lower()
        return not saying.quantity.fraction and not any(word in clause for word in _NO_PRODUCTION)
    return True


def _is_much(quantity: Quantity) -> bool:
    """Whether a mass is that of a mine and not that of a sample."""
    return quantity.unit not in ("g", "mg", "kg") or (quantity.unit == "kg" and bool(quantity.analyte))


def _metallic(quantity: Quantity) -> bool:
    """Whether a mass can only be one of metal: it names the metal, or is in ounces or pounds."""
    return bool(quantity.analyte) or quantity.unit.partition("/")[0].removeprefix("million ").lstrip("kM") in (
        "oz",
        "lb",
    )


def _of_plan(plain: str, saying: Saying, *, planned: bool) -> tuple[str, tuple[Figure, ...]]:
    """The measure, that of a plan where the figure is one; what is said to be annual is per year."""
    figures = saying.quantity.figures
    if saying.measure not in ("milling.metal_produced", *_OF_PLANS):
        return saying.measure, figures
    clause = plain[max(0, saying.mention.start - 50) : saying.quantity.end + 25]
    per_time = "/" in saying.quantity.unit
    if _YEARLY.search(clause) or per_time:
        named = f"{saying.quantity.unit}/year"
        unit = saying.quantity.unit if per_time or not units.known(named) else named
        return "plan.average_production", tuple(Figure(f.value, unit, f.sign) for f in figures)
    stretch = saying.period is not None and re.fullmatch(r"\d{4}/\d{4}", saying.period.label) is not None
    if planned and (stretch or _WHOLE_PLAN.search(plain)) and not _GUIDANCE.search(plain):
        return "plan.metal_production", figures
    return saying.measure, figures


def _context(plain: str, *, planned: bool) -> str:
    if planned:
        return "guidance" if _GUIDANCE.search(plain) else "planned"
    past = re.search(
        r"\b(?:since|historic\w*|past[- ]produc\w+|from \d{4} to \d{4}|between \d{4} and \d{4}|aggregate)\b",
        plain,
        re.IGNORECASE,
    )
    return "historical" if past else "announced"


def _period(saying: Saying) -> str:
    """The period that is said with a figure; a day is none."""
    if saying.period:
        return (
            saying.period.label if not saying.period.instant or saying.period.label.startswith(("after", "by")) else ""
        )
    return ""


def _shipments(release: Release, sentence: Sentence, periods: list[SaidPeriod]) -> Iterator[Record]:
    """Shipments of concentrate, mine by mine."""
    for quantity in sentence.quantities:
        if quantity.unit != "shipment":
            continue
        earlier = [said for said in periods if said.end <= quantity.start and not said.instant]
        later = [said for said in periods if said.start >= quantity.end and not said.instant]
        said = earlier[-1] if earlier else later[0] if later else None
        fact = release.fact("sales.shipments", quantity.figure, sentence.text, quantity.start, quantity.end)
        about = _shipper(release, sentence, quantity)
        yield release.record(
            "production",
            [fact],
            period=said.label if said else "",
            label=quantity.noun,
            context="announced",
            place=place_of(sentence),
            **about,
        )


def _shipper(release: Release, sentence: Sentence, quantity: Quantity) -> dict[str, str]:
    if _EACH.match(sentence.plain[quantity.end :]):
        return {"mine": "each"}
    after = re.match(r"\s?from the (?P<name>[A-Z][\w'-]*(?: [A-Z][\w'-]*){0,3})", sentence.plain[quantity.end :])
    return {"mine": after["name"].removesuffix(" Mine")} if after else subject_of(release, sentence, quantity.end)
