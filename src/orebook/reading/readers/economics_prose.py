"""Economics in prose: net present value, returns, payback, capital, costs, and the assumptions behind them."""

import re
from collections.abc import Iterator
from decimal import Decimal

from orebook.ground.fact import Fact, Record
from orebook.ground.figure import Figure
from orebook.ground.units import unit as unit_named
from orebook.reading.language import analytes
from orebook.reading.language.dated import Saying
from orebook.reading.language.mentions import Mention, mentions
from orebook.reading.language.quantities import Quantity
from orebook.reading.language.said_about import place_of, readable, study_of, subject_of, tax_of
from orebook.reading.language.said_periods import SaidPeriod, Times
from orebook.reading.language.sayings import sayings
from orebook.reading.patterns import Pattern
from orebook.reading.release import Release, Sentence

ORDER = 58

_STUDY = Pattern(
    r"\b(?:NPV\w*|net present value|IRR|internal rate of return|payback|PEA|PFS|DFS|feasibility|scoping study|"
    r"economic assessment|"
    r"discount rate|base case|life of mine|LOM|mine plan|(?:are|is) based on|assum\w+|cut-?off|"
    r"optimi[sz]ed (?:pit )?shells?)\b",
    re.IGNORECASE,
)
_STUDY_NAMED = Pattern(r"\b(?:PEA|PFS|DFS|BFS|feasibility|scoping study|economic assessment)\b", re.IGNORECASE)
_RATE = Pattern(r"\bNPV\s?\(?(?:at )?(?P<rate>\d{1,2}(?:\.\d{1,2})?)\s?%?\)?", re.IGNORECASE)
_RATE_INSIDE = Pattern(r"\b(?P<rate>\d{1,2}(?:\.\d{1,2})?)\s?%")
_MONEYS = r"(?:AUD|USD|CAD|EUR|GBP|NZD|ZAR|SEK|US\$|C\$|A\$|€|£)"
_CROSS = Pattern(rf"(?<![\w$€£.,])(?P<value>[01]\.\d{{2,4}})\s?{_MONEYS}\s?[:/]\s?{_MONEYS}(?!\w)")
_USES = Pattern(r"\b(?:uses?|using|used|assum\w+|at)\s(?:an?\s)?$", re.IGNORECASE)
_OF_CAPITAL = Pattern(
    r"^\W{0,3}(?:Of (?:the|this|that|its|total|which)|Out of)\b[^.;]{0,60}?\b(?:capital|capex)\b", re.IGNORECASE
)
_PART = Pattern(
    r"\s(?:falls? to|(?:is|are|was|were)(?: \w+)? (?:for|to)|goes to|relates? to|for|to|in|on)\s(?:the\s|a\s)?"
    r"(?P<part>[a-zA-Z][a-z-]{2,20}(?: (?!and [A-Z]{0,3}[$€£\d])[a-z-]{2,20}){0,4})(?=[,;.]|\sand\s|$)"
)
_AT_PAR = Pattern(r"\bexchange rate\b[^.;]{0,40}?\b(?:at|of) (?P<par>par(?:ity)?)\b", re.IGNORECASE)
_RATIO = Pattern(
    r"\b(?P<named>(?:strip|stripping|"
    r"waste[- ]to[- ]ore) ratio)\b(?P<between>[^.;:]{0,120}?)\b(?P<value>\d{1,2}(?:\.\d{1,3})?)\s?(?::|"
    r"to)\s?(?:1(?:\.0+)?|one)\b",
    re.IGNORECASE,
)
_SOLD = Pattern(
    r"\b(?:realized|realised|sold|received|collars?|hedge[ds]?|spot|above|exceed\w*|record)\b", re.IGNORECASE
)
_PRICED = Pattern(r"\b(?:price|prices)\b", re.IGNORECASE)
_FINANCE = ("finance.cash_cost", "finance.aisc", "finance.total_cost", "finance.realized_price")


def records(release: Release) -> Iterator[Record]:
    """Figures of studies and plans: kinds ``economics`` and ``assumption``."""
    times = Times.of(release)
    for sentence in readable(release.sentences()):
        yield from _at_par(release, sentence)
        yield from _ratios(release, sentence)
        yield from _parts(release, sentence)
        if not sentence.quantities:
            continue
        named = mentions(sentence.plain, ("economics",))
        priced = any(_is_price(quantity) for quantity in sentence.quantities)
        if not named and not priced:
            continue
        periods = times.said(sentence)
        said = [one for one in sayings(sentence.plain, sentence.quantities, named, periods) if _believed(sentence, one)]
        told = [one.quantity for one in said]
        for saying in said:
            yield _record(release, sentence, saying, told)
        yield from _prices(release, sentence, told, periods)
        yield from _crosses(release, sentence, told)


def _believed(sentence: Sentence, saying: Saying) -> bool:
    """Whether a figure is of a study: costs and prices need a word of one beside them."""
    if not saying.measure.startswith("economics.") or saying.measure == "economics.price":
        return False
    sure = saying.measure in (
        "economics.npv",
        "economics.irr",
        "economics.payback",
        "economics.discount_rate",
        "economics.initial_capital",
        "economics.closure_cost",
        "economics.npv_to_capital",
    )
    if saying.measure == "economics.operating_cost" and re.search(
        r"\bcash $", sentence.plain[: saying.mention.start], re.IGNORECASE
    ):
        return _STUDY_NAMED.search(sentence.plain) is not None
    if saying.measure == "economics.contingency":
        return re.search(r"\bcapital\b|\bcapex\b", sentence.plain, re.IGNORECASE) is not None
    return sure or _STUDY.search(sentence.plain) is not None


def _record(release: Release, sentence: Sentence, saying: Saying, told: list[Quantity]) -> Record:
    quantity, plain = saying.quantity, sentence.plain
    facts = [
        release.fact(
            saying.measure, _with_unit(saying, figure), sentence.text, quantity.start, quantity.end, bound=bound
        )
        for bound, figure in zip(("low", "high") if quantity.is_range else ("",), quantity.figures, strict=True)
    ]
    if saying.measure == "economics.npv":
        facts += [] if _rate_told(saying, told) else _rate(release, sentence, saying.mention, quantity.start)
    kind = "assumption" if saying.measure in ("economics.exchange_rate", "economics.discount_rate") else "economics"
    return release.record(
        kind,
        facts,
        **subject_of(release, sentence, quantity.start),
        label=saying.mention.words,
        study=study_of(sentence),
        tax=tax_of(plain, saying.mention.start, quantity.end),
        period=saying.period.label if saying.period and not saying.period.instant else "",
        place=place_of(sentence),
        context="study",
    )


def _with_unit(saying: Saying, figure: Figure) -> Figure:
    """A ratio without a unit is one of ones."""
    return Figure(figure.value, "1", figure.sign) if saying.measure == "economics.npv_to_capital" else figure


def _rate_told(saying: Saying, told: list[Quantity]) -> bool:
    """Whether another record of the sentence holds the rate: a percentage between the name and its figure."""
    return any(q.unit == "%" and saying.mention.end <= q.start < saying.quantity.start for q in told)


def _rate(release: Release, sentence: Sentence, mention: Mention, end: int) -> list[Fact]:
    """The discount rate that is written into the name: NPV(8%), NPV5."""
    found = _RATE.match(sentence.plain, sentence.plain.lower().find("npv", mention.start))
    if not found:
        found = _RATE_INSIDE.search(sentence.plain, mention.end, min(end, mention.end + 50))
    if not found:
        return []
    figure = Figure(Decimal(found["rate"]), "%")
    return [release.fact("economics.discount_rate", figure, sentence.text, *found.span("rate"))]


def _parts(release: Release, sentence: Sentence) -> Iterator[Record]:
    """The parts of the capital: "Of the capital, $352 million falls to the process plant"."""
    if not _OF_CAPITAL.match(sentence.plain):
        return
    for quantity in sentence.quantities:
        part = _PART.match(sentence.plain, quantity.end) if quantity.money else None
        if part:
            measure = "economics.contingency" if "contingenc" in part["part"] else "economics.capital_part"
            fact = release.fact(measure, quantity.figure, sentence.text, quantity.start, quantity.end)
            yield release.record(
                "economics",
                [fact],
                **subject_of(release, sentence, quantity.start),
                part=part["part"],
                label=f"capital, {part['part']}",
                study=study_of(sentence),
                place=place_of(sentence),
                context="study",
            )


def _crosses(release: Release, sentence: Sentence, told: list[Quantity]) -> Iterator[Record]:
    """Exchange rates with both currencies behind the figure: "0.66 AUD:USD"."""
    if not _STUDY.search(sentence.plain):
        return
    for found in _CROSS.finditer(sentence.plain):
        if any(q.start <= found.start("value") < q.end for q in told):
            continue
        fact = release.fact(
            "economics.exchange_rate", Figure(Decimal(found["value"]), "1"), sentence.text, *found.span("value")
        )
        yield release.record("assumption", [fact], label="exchange rate", place=place_of(sentence), context="study")


def _ratios(release: Release, sentence: Sentence) -> Iterator[Record]:
    """Strip ratios: waste to one of ore."""
    for found in _RATIO.finditer(sentence.plain):
        start, end = found.span("value")
        fact = release.fact("plan.strip_ratio", Figure(Decimal(found["value"]), "1"), sentence.text, start, end)
        scope = re.search(r"\bincluding (?P<what>[^,;]{3,90})", sentence.plain[max(0, found.start() - 10) : start])
        overall = "overall" if re.search(r"\boverall\s$", sentence.plain[: found.start()], re.IGNORECASE) else ""
        about = {
            **_of_ratio(release, sentence, found, scoped=scope is not None),
            "including": scope["what"].strip() if scope else "",
        }
        yield release.record(
            "economics",
            [fact],
            **about,
            scope=overall,
            study=study_of(sentence),
            place=place_of(sentence),
            label=found["named"],
            context="study",
        )


def _of_ratio(release: Release, sentence: Sentence, found: re.Match[str], *, scoped: bool) -> dict[str, str]:
    """The pit or mine of a strip ratio; what it includes beside its own waste is not the subject."""
    if not scoped:
        return subject_of(release, sentence, found.start())
    about = release.about(sentence.block, sentence.text.slice(0, found.end("named")), found.start())
    return about or subject_of(release, sentence, found.start())


def _at_par(release: Release, sentence: Sentence) -> Iterator[Record]:
    """An exchange rate "at par" is one."""
    for found in _AT_PAR.finditer(sentence.plain):
        fact = release.fact("economics.exchange_rate", Figure(Decimal(1), "1"), sentence.text, *found.span("par"))
        yield release.record("assumption", [fact], label="exchange rate", place=place_of(sentence), context="study")


def _prices(release: Release, sentence: Sentence, taken: list[Quantity], periods: list[SaidPeriod]) -> Iterator[Record]:
    """Metal prices that a study assumes: money per mass of a metal."""
    plain = sentence.plain
    if not _STUDY.search(plain):
        return
    costs = [m for m in mentions(plain, ("finance",)) if m.measure in _FINANCE]
    for index, quantity in enumerate(sentence.quantities):
        if (
            any(q is quantity for q in taken)
            or not _is_price(quantity)
            or any(0 <= quantity.start - m.end < 40 for m in costs)
        ):
            continue
        last = sentence.quantities[index - 1].end if index else 0
        before = plain[last : quantity.start]
        metal = quantity.analyte or _metal(plain, last, quantity)
        used = "NPV" in plain and _USES.search(before[-12:]) is not None
        if not (metal or used) or _SOLD.search(before[-60:]) or re.search(r"\bcosts?\b", before[-30:]):
            continue
        facts = [
            release.fact("economics.price", figure, sentence.text, quantity.start, quantity.end)
            for figure in quantity.figures
        ]
        said = _period_after(plain, quantity, sentence.quantities[index + 1 :], periods)
        yield release.record(
            "assumption",
            facts,
            analyte=metal,
            period=said,
            label=f"{metal} price".strip(),
            place=place_of(sentence),
            context="study",
        )


def _is_price(quantity: Quantity) -> bool:
    dimension = dict(unit_named(quantity.unit).dimension) if quantity.unit else {}
    return any(base.startswith("money:") for base in dimension) and dimension.get("mass") == -1


def _metal(plain: str, start: int, quantity: Quantity) -> str:
    """The metal whose price it is: "gold price of", "a gold price assumption of"."""
    behind = analytes.find(plain, quantity.end, quantity.end + 14)
    if behind and re.fullmatch(r"\s?(?:of |for )?", plain[quantity.end : behind[0][0]]):
        return behind[0][2]
    named = analytes.find(plain, max(start, quantity.start - 60), quantity.start)
    return named[-1][2] if named and _PRICED.search(plain, named[-1][1], quantity.start) else ""


def _period_after(plain: str, quantity: Quantity, later: list[Quantity], periods: list[SaidPeriod]) -> str:
    stop = next((q.start for q in later if _is_price(q)), len(plain))
    return next(
        (said.label for said in periods if quantity.end <= said.start < stop and said.start - quantity.end < 60), ""
    )
