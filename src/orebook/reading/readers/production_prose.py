"""Production in prose: throughput, head grades, recoveries, metal produced and sold, shipments, by mine and period."""

import re
from collections.abc import Iterator
from dataclasses import replace

from orebook.ground import units
from orebook.ground.fact import Record
from orebook.ground.figure import Figure
from orebook.reading.dated import Saying
from orebook.reading.mentions import Mention, mentions
from orebook.reading.quantities import Quantity
from orebook.reading.release import Release, Sentence
from orebook.reading.said_about import PLANNED, analyte_of, company_sentences, place_of, readable, study_of, subject_of
from orebook.reading.said_periods import SaidPeriod, Times
from orebook.reading.sayings import sayings

ORDER = 60

_TEST = re.compile(
    r"\b(?:test-?work|tests?|testing|metallurg\w+|leach\w*|flotation|assum\w+|based on|cut-?off|resource|reserve|"
    r"cyanid\w+)\b",
    re.IGNORECASE,
)
_YEARLY = re.compile(r"\b(?:annual(?:ly)?|per year|per annum|a year|each year|yearly)\b", re.IGNORECASE)
_WHOLE_PLAN = re.compile(
    r"\b(?:life of mine|life-of-mine|LOM|mine plan|study|assessment|PEA|PFS|DFS|estimated to be|over (?:the|a|"
    r"its) life|project that produces)\b",
    re.IGNORECASE,
)
_EACH = re.compile(r"^\s?from each mine\b", re.IGNORECASE)
_OF_PLANS = ("plan.average_production", "plan.metal_production")
_NO_PRODUCTION = ("resource", "reserve", "deposit contains", "inventory", "endowment")


def records(release: Release) -> Iterator[Record]:
    """Figures of production that sentences say: kind ``production``, and ``economics`` for those of a plan."""
    times = Times.of(release)
    for tail, sentences in ((False, readable(release.sentences())), (True, list(company_sentences(release)))):
        for sentence in sentences:
            named = _named(sentence.plain)
            if not named and all(quantity.unit != "shipment" for quantity in sentence.quantities):
                continue
            periods = times.said(sentence)
            yield from () if tail else _shipments(release, sentence, periods)
            for saying in sayings(sentence.plain, sentence.quantities, named, periods) if named else ():
                if record := _record(release, sentence, saying):
                    yield record


def _named(plain: str) -> list[Mention]:
    """The measures of production; "average annual production" may stand before a mass as well as before a rate."""
    found = mentions(plain, ("milling", "plan"))
    return found + [
        replace(m, measure="milling.metal_produced") for m in found if m.measure == "plan.average_production"
    ]


def _record(release: Release, sentence: Sentence, saying: Saying) -> Record | None:
    quantity, plain = saying.quantity, sentence.plain
    if not saying.measure.startswith(("milling.", *_OF_PLANS)) or not quantity.unit or not _believed(plain, saying):
        return None
    planned = (
        quantity.is_range
        or PLANNED.search(plain[: quantity.start]) is not None
        or saying.mention.words.lower() == "produces"
    )
    measure, figures = _of_plan(plain, saying, planned=planned)
    about = {
        **subject_of(release, sentence, quantity.start),
        "analyte": analyte_of(plain, saying.mention, quantity),
        "period": _period(saying),
        "label": saying.mention.words,
        "place": place_of(sentence),
    }
    if measure.startswith("plan."):
        kind, about = "economics", {**about, "study": study_of(sentence), "context": "planned"}
    else:
        kind, about = "production", {**about, "context": _context(plain, planned=planned)}
    facts = [
        release.fact(measure, figure, sentence.text, quantity.start, quantity.end, bound=bound)
        for bound, figure in zip(("low", "high") if len(figures) == 2 else ("",), figures, strict=True)
    ]
    return release.record(kind, facts, **about)


def _believed(plain: str, saying: Saying) -> bool:
    """Whether a figure is production, not the recovery of a test or the metal of a resource."""
    near = plain[max(0, saying.quantity.start - 100) : saying.quantity.end + 60].lower()
    first, last = saying.quantity.figures[0].value, saying.quantity.figures[-1].value
    if saying.quantity.is_range and last > 500 * first:
        return False  # "710-780,000 ounces": the first number is short for thousands
    if saying.measure in ("milling.recovery", "milling.head_grade", "milling.strip_ratio"):
        return (saying.measure == "milling.head_grade" and saying.quantity.fraction) or (
            saying.period is not None and not _TEST.search(near) and "core" not in near
        )
    if saying.measure in ("milling.metal_produced", "milling.metal_sold"):
        if re.match(r"\s(?:of )?(?:ore|material|rock|waste|mineraliz\w+)\b", plain[saying.quantity.end :]):
            return False
        clause = plain[max(0, saying.mention.start - 20) : saying.quantity.end + 30].lower()
        return not saying.quantity.fraction and not any(word in clause for word in _NO_PRODUCTION)
    return True


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
    if planned and _WHOLE_PLAN.search(plain) and not re.search(r"\bguid", plain):
        return "plan.metal_production", figures
    return saying.measure, figures


def _context(plain: str, *, planned: bool) -> str:
    if planned:
        return "guidance" if re.search(r"\bguid", plain, re.IGNORECASE) else "planned"
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
