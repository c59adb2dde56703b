"""Plans in prose: life of a mine, years added to it, the capacity of plants and the machines ordered for them."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import chain

from orebook.ground.fact import Record
from orebook.ground.figure import Figure
from orebook.ground.units import unit as unit_named
from orebook.reading.language.quantities import Quantity
from orebook.reading.language.said_about import company_sentences, place_of, readable, study_of, subject_of
from orebook.reading.patterns import Pattern
from orebook.reading.release import Release, Sentence

ORDER = 62

_LIFE = r"(?:mine[- ]?life|life[- ]of[- ](?:the[- ])?mine|LOM|life of the project|project life|mine plan)"
_LIFE_AFTER = Pattern(
    rf"^[\s-]?(?:initial |minimum |expected |estimated |open[- ]pit |plus )?{_LIFE}\b|"
    rf"^ (?:more )?(?:years )?of production\b|"
    rf"^-(?:years?[- ])?(?:initial )?(?:operating )?life(?! of| in| span|-|\w)",
    re.IGNORECASE,
)
_LIFE_BEFORE = Pattern(
    rf"\b(?P<named>{_LIFE})(?: \(LOM\))?(?: (?:is|was|of|to|at|for|estimated|expected|currently|now|over|about|"
    rf"approximately|more|than|be|a|increases?d?|extended|an?|initial|the))*\s?$",
    re.IGNORECASE,
)
_A_LIFE = Pattern(
    r"\b(?:rate|production|output|mine|plant|tonnes|ounces|operat\w+)\b.{0,100}"
    r"\b(?:an?|the|its) (?:\w+ )?life of(?: (?:about|approximately))?\s$",
    re.IGNORECASE,
)
_FOR = Pattern(
    r"\b(?:a|per) (?:year|annum)\b[^.;]{0,70}? (?:for|over)(?: (?:about|approximately|the next|at least))?\s$|"
    r"(?:tpa|ozpa|Mtpa|ktpa)\b[^.;]{0,50}? (?:for|over)\s$",
    re.IGNORECASE,
)
_ADDED = Pattern(
    r"\b(?:add(?:s|ed|ing)?|extend(?:s|ed|ing)?|increas(?:e|es|ed|ing)|prolong\w*|lengthen\w*)\b[^.;]{0,60}$",
    re.IGNORECASE,
)
_MORE_YEARS = Pattern(
    r"\s(?:more|additional|further|extra) years?(?=\s(?:of (?:production|mining|mine life)|to the mine life))",
    re.IGNORECASE,
)
_ADDED_BEHIND = Pattern(r"^\sof (?:additional |further )production\b|^\sto the mine life\b", re.IGNORECASE)
_PLANT = Pattern(
    r"^[\s-]?(?:\([^()]{1,12}\)\s?)?(?:(?:new|central|gold|copper|CIL|CIP|flotation|conventional|processing|"
    r"process|milling|life of mine|run of mine|ROM|mine)\s){0,3}(?P<what>plant|mill|concentrator|operation|"
    r"process plant|facility|project|circuit|scenario|capacity)\b",
    re.IGNORECASE,
)
_CAPACITY = Pattern(
    r"\b(?P<named>capacity|throughput|processing rate|production rate|mining rate|rated at)\b(?: rate)?(?: (?:of|is|at|"
    r"to|approximately|about|up|design|nameplate|be|will|would))*\s?$",
    re.IGNORECASE,
)
_MACHINE = Pattern(
    r"^[\s-]?(?:\d[\d,.]*[\s-]?(?:foot|feet|ft|m|metre|meter)?[\s-]?(?:diameter )?)?(?P<what>(?:SAG|ball|rod|AG|"
    r"semi-autogenous(?: grinding)?|autogenous|regrind|pebble) mill|(?:jaw|gyratory|cone) crusher)\b",
    re.IGNORECASE,
)
_DIAMETER = Pattern(r"^[\s-]?diameter(?P<rest>.{0,40})", re.IGNORECASE)
_PRODUCER = Pattern(r"\s?(?:of )?(?:gold|silver|copper|Au|Ag|Cu|U3O8)?\s?(?:mine|project|operation|producer|profile)\b")
_METALS = ("oz", "koz", "Moz", "lb", "klb", "Mlb")


def records(release: Release) -> Iterator[Record]:
    """Figures of plans: kinds ``economics`` and ``plant``."""
    for sentence in chain(readable(release.sentences()), company_sentences(release)):
        for quantity in map(_with_years(sentence.plain), sentence.quantities):
            if quantity.unit and (found := _plan(sentence.plain, quantity)):
                yield _record(release, sentence, quantity, *found)


def _with_years(plain: str) -> Callable[[Quantity], Quantity]:
    """ "Ten more years of production" are years, whatever stands between."""

    def read(quantity: Quantity) -> Quantity:
        more = _MORE_YEARS.match(plain, quantity.end) if not quantity.unit else None
        if not more:
            return quantity
        figures = tuple(Figure(figure.value, "year", figure.sign) for figure in quantity.figures)
        return replace(quantity, figures=figures, end=more.end())

    return read


def _plan(plain: str, quantity: Quantity) -> tuple[str, str, str] | None:
    """Measure, kind of record and label of a quantity, or nothing."""
    before, after = plain[max(0, quantity.start - 160) : quantity.start], plain[quantity.end : quantity.end + 80]
    if quantity.measures("time"):
        found = _life(before, after, quantity)
        if found is None and quantity.unit == "year" and _for_years(plain, quantity):
            return "plan.mine_life", "economics", "mine life"
        return found
    if _is_rate(quantity) and unit_named(quantity.unit.partition("/")[0]).name in _METALS:
        gold = re.match(
            r"\s?(?:of )?(?:gold|silver|copper|Au|Ag|Cu|U3O8)?\s?(?:mine|project|operation|producer|profile)\b", after
        )
        return ("plan.average_production", "economics", "production") if gold else None
    if _is_rate(quantity):
        machine = _PLANT.match(after)
        if machine:
            own = machine["what"].lower() == "mill"
            return (
                ("plant.throughput", "plant", machine["what"])
                if own
                else ("plan.mining_rate", "economics", machine["what"])
            )
        if named := _CAPACITY.search(before):
            return "plan.mining_rate", "economics", named["named"]
        return None
    if quantity.measures("power") and (machine := _MACHINE.match(after)):
        return "plant.power", "plant", machine["what"]
    if (
        quantity.measures("length")
        and (across := _DIAMETER.match(after))
        and (machine := _MACHINE.match(across["rest"]))
    ):
        return "plant.diameter", "plant", machine["what"]
    return None


def _for_years(plain: str, quantity: Quantity) -> bool:
    """Whether years are those of a plan: "20,000 tonnes a year for 25 years", "over a life of 40 years"."""
    before = plain[max(0, quantity.start - 120) : quantity.start]
    if _A_LIFE.search(before):
        return True
    return (
        _FOR.search(before) is not None
        and re.match(r"\s?(?:[,.;)]|$|with\b|at\b|from\b|and\b)", plain[quantity.end :][:8]) is not None
    )


def _life(before: str, after: str, quantity: Quantity) -> tuple[str, str, str] | None:
    if quantity.unit not in ("year", "month"):
        return None
    if _ADDED_BEHIND.match(after):
        return "plan.mine_life_change", "economics", "years of production"
    added = None if re.search(r"\b(?:current|existing|initial|planned|proposed)\s$", before) else _ADDED.search(before)
    named = re.search(_LIFE, after[:70], re.IGNORECASE) if added else None
    if (
        added
        and (named or re.search(_LIFE, before[added.start() :], re.IGNORECASE))
        and not re.search(r"\bto\s(?:approximately |about )?$", before)
    ):
        return "plan.mine_life_change", "economics", "mine life"
    if (behind := _LIFE_AFTER.match(after)) and not re.search(r"\b(?:first|last|initial|next|final)\s$", before):
        return "plan.mine_life", "economics", behind[0].strip(" -")
    if found := _LIFE_BEFORE.search(before):
        return "plan.mine_life", "economics", found["named"]
    return None


def _is_rate(quantity: Quantity) -> bool:
    return unit_named(quantity.unit).dimension == (("mass", 1), ("time", -1))


def _record(release: Release, sentence: Sentence, quantity: Quantity, measure: str, kind: str, label: str) -> Record:
    figures: tuple[Figure, ...] = quantity.figures
    facts = [
        release.fact(measure, figure, sentence.text, quantity.start, quantity.end, bound=bound)
        for bound, figure in zip(("low", "high") if quantity.is_range else ("",), figures, strict=True)
    ]
    about = subject_of(release, sentence, quantity.start)
    machine = label if kind == "plant" else ""
    return release.record(
        kind,
        facts,
        **about,
        machine=machine,
        label=label,
        study=study_of(sentence),
        place=place_of(sentence),
        context="planned",
    )
