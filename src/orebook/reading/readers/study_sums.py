"""Sums and shares of a study in prose that no word right beside them names: closing, sustaining, dilution, other rates.

>>> from orebook.reading.read import read_text
>>> reading = read_text("note.txt", "Tern announces a PEA for Dipper\\n\\nClosure is estimated at $27 million. AISC is "
...     "$900/oz over the life of the mine ($840/oz in the first five years).")
>>> [(fact.measure, str(fact.figure)) for fact in reading.facts if fact.measure != "document.title"]
[('economics.closure_cost', '27 $ million'), ('finance.aisc', '900 $/oz'), ('finance.aisc', '840 $/oz')]
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from orebook.ground import units
from orebook.ground.fact import Record
from orebook.ground.figure import Figure
from orebook.reading.language import analytes
from orebook.reading.language.announced import announces_study
from orebook.reading.language.mentions import mentions
from orebook.reading.language.quantities import Quantity
from orebook.reading.language.said_about import place_of, readable, study_of, subject_of, tax_of
from orebook.reading.patterns import Pattern
from orebook.reading.release import Release, Sentence

ORDER = 59

_IS = (
    r"[^.;:\d$€£]{0,60}?\b(?:of|is|are|at|to|totals?|total|averages?|average|reaches|between)\s"
    r"(?:about |approximately )?"
)
_MONEY = (
    ("economics.closure_cost", "closure", Pattern(
        rf"\b(?:closure|reclamation|rehabilitation|decommissioning)\b{_IS}(?:[A-Z]{{1,3}})?$", re.IGNORECASE)),
    ("economics.sustaining_capital", "sustaining capital", Pattern(
        rf"\bsustaining (?:and [a-z]+ )?capital\b{_IS}$", re.IGNORECASE)),
    ("economics.initial_capital", "initial capital", Pattern(
        rf"\b(?:pre-?production|initial|start-?up|up-?front|development) (?:capital|capex)\b{_IS}$", re.IGNORECASE)),
    ("economics.life_cash_flow", "cash flow", Pattern(
        rf"\b(?:cumulative|undiscounted|total|life[- ]of[- ]mine|LOM) (?:(?:pre|post|after)-tax |net |project ){{0,2}}"
        rf"(?:free )?(?:operating )?cash ?flow\b{_IS}$", re.IGNORECASE)),
    ("economics.line", "taxes", Pattern(
        rf"\b(?:income |corporate |mining )?taxes\b(?: paid| payable)?{_IS}$", re.IGNORECASE)),
    ("economics.capital_intensity", "capital intensity", Pattern(rf"\bcapital intensity\b{_IS}$", re.IGNORECASE)),
)  # fmt: skip
_PER_YEARLY = Pattern(r"\s?per (?:annual|annuali[sz]ed|installed) (?P<below>ounce|tonne|pound)\b")
_TOO = Pattern(
    r"\b(?:change|rise|fall|increase|decrease|reduction|saving|lower|higher|than|from|previous|held|cash at)\b"
)
_SHARES = (
    ("plan.dilution", Pattern(
        r"\bdilution\b(?: factors?| rate)?(?: of| is| at| averages?| averaging|:)?\s$", re.IGNORECASE),
     Pattern(r"\s(?:of )?(?:mining |external |planned |unplanned |total |ore )?dilution\b")),
    ("plan.ore_loss", Pattern(
        r"\b(?:ore|mining) loss(?:es)?\b[^.;:\d]{0,40}?(?:of|is|are|at|:)\s$", re.IGNORECASE),
     Pattern(r"\s(?:of )?(?:ore|mining) loss(?:es)?\b")),
)  # fmt: skip
_VALUE = Pattern(r"\bNPV|\bnet present value", re.IGNORECASE)
_AND = Pattern(r"(?:,|\band|\bor|, and)\s$")
_AT_RATE = Pattern(
    r"\s(?:at|using)(?: an?)?(?: discount rate of)?"
    r"\s(?P<rate>\d{1,2}(?:\.\d{1,2})?)\s?%(?! (?:lower|higher))"
)
_SCOPED = Pattern(
    r"\s(?:in|over|during|for) (?P<scope>(?:the |its )?(?:first|initial) \w+ (?:full )?years|(?:the )?LOM|"
    r"(?:the )?life[- ]of[- ](?:the )?mine|years? \w+ (?:to|through|–|-) \w+)\)"
)
_PRICED = ("finance.cash_cost", "finance.aisc", "finance.total_cost", "economics.operating_cost")
_MADE = Pattern(r"\b(?:production|output|produc\w+)\b", re.IGNORECASE)
_ORE = Pattern(r"\s(?:of )?(?:ore|mill feed|feed) (?:a|per|each) (?P<below>year|annum|day)\b")
_FEED = Pattern(r"\b(?:plant|mill|ore|process(?:ing)?) feed\b", re.IGNORECASE)
_RECOVERED = Pattern(r"\brecover(?:y|ies)\b", re.IGNORECASE)
_RECOVERED_AT = Pattern(
    r"[^.;:\d]{0,50}?(?:\b(?:of|is|are|at|to|averages?|averaging|estimated|assumed|used)|:)\s"
    r"(?:about |approximately )?",
    re.IGNORECASE,
)
_TESTED = Pattern(r"\b(?:test\w*|samples?|trial|pilot|composites?|locked)\b", re.IGNORECASE)
_REACH = 120
_BRACKET = 60


def records(release: Release) -> Iterator[Record]:
    """Figures of an announced study: kind ``economics``."""
    if not announces_study(release):
        return
    for sentence in readable(release.sentences()):
        for quantity in sentence.quantities:
            yield from _sum(release, sentence, quantity)
            yield from _share(release, sentence, quantity)
            yield from _made(release, sentence, quantity)
        yield from _other_rates(release, sentence)
        yield from _in_brackets(release, sentence)
        yield from _recoveries(release, sentence)
        yield from _feed(release, sentence)


def _record(
    release: Release, sentence: Sentence, quantity: Quantity, measure: str, label: str, unit: str = "", **about: str
) -> Record:
    ends = ("low", "high") if quantity.is_range else ("",)
    facts = [
        release.fact(
            measure,
            Figure(figure.value, unit or figure.unit, figure.sign),
            sentence.text,
            quantity.start,
            quantity.end,
            bound=bound,
        )
        for bound, figure in zip(ends, quantity.figures, strict=True)
    ]
    said = {**subject_of(release, sentence, quantity.start), **{key: word for key, word in about.items() if word}}
    return release.record(
        "economics", facts, **said, label=label, study=study_of(sentence), place=place_of(sentence), context="study"
    )


def _money(unit: str) -> str:
    return units.unit(unit).money if unit and units.known(unit) else ""


def _sum(release: Release, sentence: Sentence, quantity: Quantity) -> Iterator[Record]:
    """An amount whose words stand before it: "Closure is estimated at A$33 million"."""
    if not _money(quantity.unit):
        return
    plain, before = sentence.plain, sentence.plain[max(0, quantity.start - 120) : quantity.start]
    for measure, label, pattern in _MONEY:
        found = pattern.search(before)
        if not found or _TOO.search(found[0]):
            continue
        per, unit = dict(units.unit(quantity.unit).dimension).get("mass"), quantity.unit
        if measure == "economics.capital_intensity":
            behind = _PER_YEARLY.match(plain, quantity.end)
            unit = f"{unit}/{units.spoken()[behind['below']]}" if behind and not per else unit
            if "/" not in unit or not units.known(unit):
                continue
        elif per or " " not in quantity.unit:
            continue
        tax = tax_of(plain, quantity.start - len(found[0]), quantity.end) if "cash_flow" in measure else ""
        yield _record(release, sentence, quantity, measure, label, unit, tax=tax)
        return


def _share(release: Release, sentence: Sentence, quantity: Quantity) -> Iterator[Record]:
    """Dilution and loss of ore in percent."""
    if quantity.unit != "%":
        return
    before = sentence.plain[max(0, quantity.start - 80) : quantity.start]
    for measure, left, right in _SHARES:
        if left.search(before) or right.match(sentence.plain, quantity.end):
            yield _record(release, sentence, quantity, measure, measure.partition(".")[2].replace("_", " "))


def _made(release: Release, sentence: Sentence, quantity: Quantity) -> Iterator[Record]:
    """Metals of a year, and ore of a year: "600,000 tonnes of ore a year"."""
    dimension = units.unit(quantity.unit).dimension if quantity.unit else ()
    if dimension == (("mass", 1),) and (ore := _ORE.match(sentence.plain, quantity.end)):
        unit = f"{quantity.unit}/{'d' if ore['below'] == 'day' else 'year'}"
        if units.known(unit):
            yield _record(release, sentence, quantity, "plan.mining_rate", "throughput", unit)
    made = dimension == (("mass", 1), ("time", -1)) and _MADE.search(sentence.plain[: quantity.start])
    if made and (quantity.analyte or quantity.unit.partition("/")[0].lstrip("kM") in ("oz", "lb")):
        yield _record(release, sentence, quantity, "plan.average_production", "production", analyte=quantity.analyte)


def _other_rates(release: Release, sentence: Sentence) -> Iterator[Record]:
    """Values at further discount rates: "… of $40 million at 8% and $31 million at 10%"."""
    plain = sentence.plain
    named = _VALUE.search(plain)
    if named is None:
        return
    for quantity in sentence.quantities:
        rate = _AT_RATE.match(plain, quantity.end) if quantity.start > named.end() else None
        if rate and quantity.money and _AND.search(plain[max(0, quantity.start - 8) : quantity.start]):
            record = _record(
                release, sentence, quantity, "economics.npv", "NPV", tax=tax_of(plain, named.start(), named.end())
            )
            figure = Figure(Decimal(rate["rate"]), "%")
            record.facts.append(release.fact("economics.discount_rate", figure, sentence.text, *rate.span("rate")))
            yield record


def _in_brackets(release: Release, sentence: Sentence) -> Iterator[Record]:
    """The cost of other years in brackets behind one: "$900/oz ($840/oz in the first five years)"."""
    plain = sentence.plain
    for one, other in zip(sentence.quantities, sentence.quantities[1:], strict=False):
        between, scope = plain[one.end : other.start], _SCOPED.match(plain, other.end)
        if one.unit != other.unit or not scope or not between.endswith("(") or len(between) > _BRACKET:
            continue
        named = [m for m in mentions(plain[: one.start], ("finance", "economics")) if m.measure in _PRICED]
        if named and one.start - named[-1].end < _BRACKET:
            yield _record(release, sentence, other, named[-1].measure, named[-1].words, scope=scope["scope"])


def _recoveries(release: Release, sentence: Sentence) -> Iterator[Record]:
    """What part of each metal a study recovers: "Recoveries of 91% for nickel and 88% for cobalt"."""
    plain = sentence.plain
    named = _RECOVERED.search(plain)
    if named is None or _TESTED.search(plain):
        return
    shares = [q for q in sentence.quantities if q.unit == "%" and named.end() < q.start < named.end() + _REACH]
    if not shares or not _RECOVERED_AT.fullmatch(plain[named.end() : shares[0].start]):
        return
    metals = [name for *_, name in analytes.find(plain, named.end(), shares[0].start)] if len(shares) == 1 else []
    for quantity in shares:
        metal = quantity.analyte or (metals[0] if metals else "")
        if metal:
            yield _record(release, sentence, quantity, "milling.recovery", "recovery", analyte=metal)


def _feed(release: Release, sentence: Sentence) -> Iterator[Record]:
    """The grades of the feed: "Plant feed of 2.4 Mtpa at 0.84% Ni and 0.06% Co"."""
    named = _FEED.search(sentence.plain)
    if named is None:
        return
    for quantity in sentence.quantities:
        near = quantity.analyte and quantity.fraction and named.end() < quantity.start < named.end() + _REACH
        if near and not _RECOVERED.search(sentence.plain[named.end() : quantity.start]):
            yield _record(release, sentence, quantity, "milling.head_grade", "feed grade", analyte=quantity.analyte)
