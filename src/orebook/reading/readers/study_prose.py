"""Studies told in prose: what is milled in a day, made in a year and in all, how rich, at which cost of each part.

>>> from orebook.reading.read import read_text
>>> reading = read_text("note.txt", "Tern announces a PEA for Dipper\\n\\nIn all, 728 million pounds of copper and "
...     "4,000 ounces of gold will be produced. Operating costs of $28.40 per tonne consist of mining at $12.10 and "
...     "processing at $16.30 per tonne.")
>>> [(fact.measure, str(fact.figure)) for fact in reading.facts if fact.measure.startswith(("plan.", "economics."))]
... # doctest: +NORMALIZE_WHITESPACE
[('plan.metal_production', '728 Mlb'), ('plan.metal_production', '4,000 oz'),
 ('economics.operating_cost', '28.40 $/t'), ('economics.operating_cost', '12.10 $/t'),
 ('economics.operating_cost', '16.30 $/t')]
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from orebook.ground import units
from orebook.ground.fact import Record
from orebook.ground.figure import Figure
from orebook.reading.language import analytes
from orebook.reading.language.announced import announces_study
from orebook.reading.language.quantities import Quantity
from orebook.reading.language.said_about import place_of, readable, study_of, subject_of
from orebook.reading.patterns import Pattern
from orebook.reading.release import Release, Sentence

ORDER = 59

_PLANT = Pattern(r"\b(?:mill|plant|process\w*|throughput|feed|concentrator|mining rate|mine)\b", re.IGNORECASE)
_DONE = Pattern(
    r"\b(?:last|past|previous) (?:year|quarter)|\bin (?:19|20)\d\d\b|\bcurrent(?:ly)?\b|\bexisting\b", re.IGNORECASE
)
_YEARLY = Pattern(
    r"\b(?:annual(?:ly)?|per year|per annum|a year|each year|yearly)\b[^.;]{0,60}"
    r"\b(?:production|output|produc\w+|average)\b|"
    r"\b(?:production|output|produc\w+)\b[^.;]{0,60}"
    r"\b(?:annual(?:ly)?|per year|per annum|a year|each year|yearly|annum)\b",
    re.IGNORECASE,
)
_SCOPE = Pattern(
    r"\s?(?:in|over|during|for) (?P<scope>(?:the |its )?(?:(?:first|initial|last) \w+ (?:full )?years|"
    r"years? \w+ (?:to|through|–|-) \w+|"
    r"life[- ]of[- ]mine|life of (?:the )?(?:mine|project)|mine life|LOM))\b",
    re.IGNORECASE,
)
_TO_BE_MADE = Pattern(
    r"\s?(?:of [a-z]+ )?(?:will|would|are expected to|is expected to|are to|is to|are forecast to) be "
    r"(?:produced|recovered|sold|mined)\b"
)
_AND = Pattern(r"\s?(?:,|and|, and)\s")
_GRADED = Pattern(r"\b(?:head |mill(?:ed)? |mill feed |feed |plant feed )grades?\b", re.IGNORECASE)
_RECOVERED_AT = Pattern(
    r"(?: rates?| figure)?(?:\s?:|\s(?:of|is|are|at|averages?|averaging|was|used is))?(?: about| approximately)?\s",
    re.IGNORECASE,
)
_TESTED = Pattern(r"\b(?:test|tests|testwork|test-work|testing|tested|sample|samples|trial|pilot)\b", re.IGNORECASE)
_OVER_LIFE = Pattern(r"\b(?:life|LOM|average|averages|averaging)\b", re.IGNORECASE)
_RECOVERED = Pattern(r"\brecover(?:y|ies)\b", re.IGNORECASE)
_OPERATING = Pattern(
    r"\b(?:(?:total |average |unit |site |overall )?operating (?:costs?|expenditures?|expenses)|opex)\b"
    r"[^.;$€£\d]{0,50}$",
    re.IGNORECASE,
)
_PART = Pattern(
    r"(?:^|[\s,:(])(?P<part>(?:[a-z][a-z&-]+ )?(?:mining|processing|milling|process|"
    r"general and administrati(?:on|ve)|G&A|administration|transport(?:ation)?|power|"
    r"reagents|labou?r|maintenance|tailings|haulage|refining|freight|rehandling|"
    r"surface|site services))(?: costs?)?(?: is| are| at| of|,| being|:)?(?: of| at)?\s$"
)
_NEAR_NEXT = 30
_NEAR_WORD = 90
_EXCHANGE = Pattern(
    r"(?:US\$|C\$|CA\$|A\$|CAD|USD|AUD)\s?1(?:\.0{1,2})?\s?(?:to|=|:|per|equals)\s?(?:US\$|C\$|CA\$|A\$|CAD|USD|AUD)\s?"
    r"(?P<value>[01]\.\d{2,4})\b"
)


def records(release: Release) -> Iterator[Record]:
    """Figures of a study that sentences list, where one is announced: kinds ``economics`` and ``assumption``."""
    if not announces_study(release):
        return
    for sentence in readable(release.sentences()):
        if _DONE.search(sentence.plain):
            continue
        yield from _rates(release, sentence)
        yield from _yearly(release, sentence)
        yield from _in_all(release, sentence)
        yield from _grades(release, sentence)
        yield from _costs(release, sentence)
        yield from _exchange(release, sentence)


def _record(release: Release, sentence: Sentence, quantity: Quantity, measure: str, unit: str, **about: str) -> Record:
    figures = tuple(Figure(figure.value, unit or figure.unit, figure.sign) for figure in quantity.figures)
    facts = [
        release.fact(measure, figure, sentence.text, quantity.start, quantity.end, bound=bound)
        for bound, figure in zip(("low", "high") if len(figures) == 2 else ("",), figures, strict=True)
    ]
    where = {**subject_of(release, sentence, quantity.start), **{key: said for key, said in about.items() if said}}
    return release.record(
        "economics", facts, **where, study=study_of(sentence), place=place_of(sentence), context="study"
    )


def _rates(release: Release, sentence: Sentence) -> Iterator[Record]:
    """What the plant takes in a day or a year."""
    for quantity in sentence.quantities:
        daily = quantity.unit in ("t/d", "kt/d", "ton/d", "Mt/year", "kt/year") and not quantity.analyte
        if daily and _PLANT.search(sentence.plain):
            yield _record(release, sentence, quantity, "plan.mining_rate", "", label="throughput")


def _scope(plain: str, quantity: Quantity) -> str:
    """For which part of the life a figure is said, right behind it."""
    found = _SCOPE.match(plain, max(quantity.end, quantity.analyte_end))
    return found["scope"] if found else ""


def _is_metal(quantity: Quantity) -> bool:
    mass = bool(quantity.unit) and units.unit(quantity.unit).dimension == (("mass", 1),)
    return mass and (bool(quantity.analyte) or quantity.unit.lstrip("kM") in ("oz", "lb"))


def _yearly(release: Release, sentence: Sentence) -> Iterator[Record]:
    """The metals of a year: "Annual production will average 61 million pounds of copper and 38,000 ounces of gold"."""
    said = _YEARLY.search(sentence.plain)
    found = [q for q in sentence.quantities if said and q.start > said.start() and _is_metal(q)]
    for at, quantity in enumerate(found):
        unit = f"{quantity.unit}/year"
        if not units.known(unit):
            continue
        scope = _scope(sentence.plain, quantity)
        if not scope and at + 1 < len(found) and found[at + 1].start - quantity.end < _NEAR_NEXT:
            scope = _scope(sentence.plain, found[at + 1])
        yield _record(
            release, sentence, quantity, "plan.average_production", unit,
            analyte=quantity.analyte, scope=scope, label="annual production",
        )  # fmt: skip


def _in_all(release: Release, sentence: Sentence) -> Iterator[Record]:
    """The metals of the whole life, listed before the word that they will be produced."""
    found = [q for q in sentence.quantities if _is_metal(q)]
    last = next((q for q in found if _TO_BE_MADE.match(sentence.plain, max(q.end, q.analyte_end))), None)
    if last is None or _YEARLY.search(sentence.plain):
        return
    listed = [last]
    for quantity in reversed(found[: found.index(last)]):
        if not _AND.fullmatch(sentence.plain[max(quantity.end, quantity.analyte_end) : listed[0].start]):
            break
        listed.insert(0, quantity)
    for quantity in listed:
        yield _record(
            release, sentence, quantity, "plan.metal_production", "", analyte=quantity.analyte, label="production"
        )


def _grades(release: Release, sentence: Sentence) -> Iterator[Record]:
    """Head grades and recoveries: each with its metal, or one after the other as the metals were named."""
    graded, recovered = _GRADED.search(sentence.plain), _RECOVERED.search(sentence.plain)
    metals: list[str] = []
    if graded and _OVER_LIFE.search(sentence.plain):
        for quantity in sentence.quantities:
            if quantity.fraction and quantity.analyte and graded.end() < quantity.start < graded.end() + _NEAR_WORD:
                metals.append(quantity.analyte)
                yield _record(
                    release, sentence, quantity, "milling.head_grade", "", analyte=quantity.analyte, label="head grade"
                )
    if not recovered or _TESTED.search(sentence.plain):
        return
    shares = [q for q in sentence.quantities if q.unit == "%" and q.start > recovered.end()]
    if len(shares) == 1 and _RECOVERED_AT.fullmatch(sentence.plain[recovered.end() : shares[0].start]):
        metal = next(
            (name for *_, name in analytes.find(sentence.plain, max(0, recovered.start() - 40), recovered.start())), ""
        )
        yield _record(
            release, sentence, shares[0], "milling.recovery", "%", analyte=shares[0].analyte or metal, label="recovery"
        )
        return
    if "respectively" not in sentence.plain[recovered.end() :]:
        return
    before = [name for *_, name in analytes.find(sentence.plain, max(0, recovered.start() - 60), recovered.start())]
    shares = [q for q in shares if not q.analyte]
    named = metals or before
    if len(shares) == len(named):
        for quantity, name in zip(shares, named, strict=True):
            yield _record(release, sentence, quantity, "milling.recovery", "%", analyte=name, label="recovery")


def _costs(release: Release, sentence: Sentence) -> Iterator[Record]:
    """The operating cost of a tonne and its parts; the unit of a part may stand once, behind the last."""
    plain = sentence.plain
    prices = [q for q in sentence.quantities if _below(q) in ("t", "ton", "")]
    whole = next((q for q in prices if _below(q) and _OPERATING.search(plain[max(0, q.start - 80) : q.start])), None)
    if whole is None:
        return
    yield _record(release, sentence, whole, "economics.operating_cost", "", label="operating cost")
    for quantity in prices:
        part = _PART.search(plain[max(0, quantity.start - 60) : quantity.start])
        small = (
            quantity.figure.value <= whole.figure.value
            and quantity.unit.partition("/")[0] == whole.unit.partition("/")[0]
        )
        if quantity is not whole and part and small:
            yield _record(
                release, sentence, quantity, "economics.operating_cost", whole.unit,
                part=part["part"], label=f"operating cost, {part['part']}",
            )  # fmt: skip


def _below(quantity: Quantity) -> str:
    """What money is for: a tonne, nothing; a mark for what is no money."""
    above, _, below = quantity.unit.partition("/")
    money = units.known(above) and bool(units.unit(above).money) and " " not in above
    return below if money else "?"


def _exchange(release: Release, sentence: Sentence) -> Iterator[Record]:
    """What one dollar is in another: "C$1.00 to US$0.73"."""
    for found in _EXCHANGE.finditer(sentence.plain):
        figure = Figure(Decimal(found["value"]), "1")
        fact = release.fact("economics.exchange_rate", figure, sentence.text, *found.span("value"))
        yield release.record("assumption", [fact], label="exchange rate", place=place_of(sentence), context="study")
