"""Money in prose: results, comparisons, changes, balances and sales, sentence by sentence."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from itertools import pairwise

from orebook.ground.fact import Fact, Record
from orebook.ground.figure import Figure, negative
from orebook.reading.heads.labels import fits, read_label, unit_class
from orebook.reading.language.dated import Saying, dated
from orebook.reading.language.links import bracket_at
from orebook.reading.language.mentions import Mention, mentions
from orebook.reading.language.quantities import Quantity
from orebook.reading.language.said_about import LONGEST, study_of, subject_of
from orebook.reading.language.said_periods import Times
from orebook.reading.language.sayings import sayings
from orebook.reading.patterns import Pattern
from orebook.reading.release import Release, Sentence

ORDER = 60

_PLANNED = Pattern(
    r"\b(?:guid(?:ance|ing)|expect(?:s|ed|ing)?|forecast|outlook|anticipate[ds]?|budget(?:ed)?|target(?:s|ed)?|"
    r"projected|planned|will be)\b",
    re.IGNORECASE,
)
_WAS = Pattern(
    r"\b(?:was|were|stood|reached|rose|fell|increased|decreased|totall?ed|amounted|came|exceeded|averaged)\b"
    r"(?! (?:expected|forecast|planned|budgeted|guided))"
)
_IS_PLANNED = Pattern(
    r"[\w ]{0,30}?\b(?:is|are|was|were) (?:planned|expected|forecast|targeted|guided|budgeted|anticipated|projected)\b"
)
_SOLD_AT = Pattern(
    r"\b(?:sales|sold|selling)\b(?:[^;$]{0,60}) (?:at|for) (?:an? )?"
    r"(?:average |realized |realised |selling |sales ){0,3}(?:price |prices )?"
    r"(?:of )?$",
    re.IGNORECASE,
)
_STUDIED = (
    "finance.cash_cost",
    "finance.aisc",
    "finance.total_cost",
    "finance.sustaining_capital",
    "finance.ebitda",
    "finance.free_cash_flow",
    "finance.royalties",
    "finance.revenues",
)
_STUDY = Pattern(
    r"\b(?:PEA|PFS|DFS|BFS|FS|(?:pre-?)?feasibility|scoping study|preliminary economic assessment|NPV\w*|"
    r"life[- ]of[- ]mine|LOM|economic study|technical report)\b",
    re.IGNORECASE,
)
_A_SHARE = 100
_REACH = 320
"""So far before an amount stands what was sold for it."""
_THE_CHANGE = Pattern(r"^(?:The|This) $")
_NOTHING = Pattern(r"\b(?P<named>carrying (?:amount|value))\b[^.;]{0,80}?\b(?P<nil>nil|zero)\b", re.IGNORECASE)
_NO_SHARES = Pattern(
    r"\b(?P<nil>did not (?:purchase|repurchase|buy back) any)(?: of its)? (?:common )?shares\b", re.IGNORECASE
)
_SOLD = Pattern(
    r"\b(?:agreed to sell|has sold|sold|sale of|to sell|disposed of|disposal of)\b.{3,200}?\bfor (?:total |"
    r"aggregate |cash )?(?:proceeds of |consideration of )?$",
    re.IGNORECASE,
)
_IN_PAYMENT = Pattern(
    r"\b(?:may|will|can|to|shall) (?:acquire|earn|purchase|buy)\b|"
    r"\boption (?:agreement|payments?)\b|\bpurchase price\b",
    re.IGNORECASE,
)
_LEFT_OUT = Pattern(
    r",?\s\(?(?:excluding|excl\.?|before|net of)\s(?P<what>[a-z][\w /&-]{2,60}?)\)?"
    r"(?=,|\s(?:was|were|of|is|in|for|rose|fell|increased|decreased|totall?ed|reached|at|to|improved|amounted|came)\b)"
)
_ENDED_WITH = Pattern(
    r"\b(?:ended|closed|finished|exited) the (?P<what>year|quarter|half|period)(?:-year)? with\b", re.IGNORECASE
)
_BY_MINE = (
    "finance.cash_cost",
    "finance.aisc",
    "finance.total_cost",
    "finance.realized_price",
    "finance.average_price",
)


def records(release: Release) -> Iterator[Record]:
    """Figures of money that sentences say: kind ``financial``."""
    before: tuple[object, Saying] | None = None
    times = Times.of(release)
    plan = _Plan(times)
    for sentence in release.sentences():
        plan.hear(sentence)
        yield from _nothing(release, sentence, times)
        if not sentence.quantities or len(sentence.plain) > LONGEST:
            continue
        found = _sayings(sentence, times)
        if before and before[0] is sentence.block:
            yield from _the_change(release, sentence, before[1], found, times)
        for saying in found:
            if record := _record(release, sentence, saying, times, plan.year):
                yield record
        if found:
            before = (sentence.block, next((s for s in found if not s.of), found[0]))
        yield from _sale(release, sentence, found, times)
        yield from _price_of_sales(release, sentence, found, times)


@dataclass
class _Plan:
    """The year to come that the sentences of a paragraph have named: their guidance is for it."""

    times: Times
    block: object = None
    year: str = ""

    def hear(self, sentence: Sentence) -> None:
        """Take in what a sentence names, for itself and the sentences behind it in the same block."""
        if self.block is not sentence.block:
            self.block, self.year = sentence.block, self.times.planned(sentence.block.section)
        if self.times.now is None or not sentence.dates:
            return
        for said in self.times.said(sentence):
            if self.times.is_year_ahead(said.label):
                self.year = said.label


def _sayings(sentence: Sentence, times: Times) -> list[Saying]:
    named = mentions(sentence.plain, ("finance",))
    if not named:
        return []
    return sayings(sentence.plain, sentence.quantities, named, times.said(sentence))


def _record(release: Release, sentence: Sentence, saying: Saying, times: Times, year: str = "") -> Record | None:
    saying = _per_share(saying)
    quantity = saying.quantity
    if not saying.measure.startswith("finance.") or not quantity.unit or _is_short(saying):
        return None
    planned = quantity.is_range or _is_planned(sentence.plain, saying)
    period = _period(saying, times, planned=planned) or _day_of(sentence, saying, times)
    if saying.measure == "finance.cash" and _IN_PAYMENT.search(sentence.plain):
        return None  # "may acquire an 80% interest for $3 million in cash"
    earlier = planned and saying.compared and quantity.is_range
    if planned and not period and (earlier or not saying.compared):
        period = year
    facts = [
        release.fact(
            saying.measure,
            _figure(figure, saying, sentence.plain),
            sentence.text,
            quantity.start,
            quantity.end,
            bound=bound,
            of=saying.of,
        )
        for bound, figure in zip(("low", "high") if quantity.is_range else ("",), quantity.figures, strict=True)
    ]
    about = _about(release, sentence, saying, period, planned=planned)
    if earlier:
        about["context"] = "previous guidance"
    if saying.measure in _STUDIED and times.now is None and _of_study(release, sentence):
        named = {"study": study_of(sentence), "context": "study", "tax": ""}
        place = subject_of(release, sentence, quantity.start)
        return release.record("economics", facts, **{**about, **place, **named, "company": ""})
    return release.record("financial", facts, **about)


def _per_share(saying: Saying) -> Saying:
    """An amount of a few dollars and cents is per share, where its measure has such a sister: "earnings of $0.04"."""
    sister, quantity = f"{saying.measure.replace('operating_cash', 'cash')}_per_share", saying.quantity
    cents = quantity.unit.endswith(" cent")
    bare = " " not in quantity.unit or cents
    if not quantity.money or not bare or (quantity.figure.value >= _A_SHARE and not cents) or not unit_class(sister):
        return saying
    figures = tuple(Figure(figure.value, f"{figure.unit}/share", figure.sign) for figure in quantity.figures)
    return replace(saying, measure=sister, quantity=replace(quantity, figures=figures))


def _is_short(saying: Saying) -> bool:
    """Whether an amount is too small for what it is said to be: what it is per has not been read."""
    quantity = saying.quantity
    whole = quantity.money and " " not in quantity.unit and quantity.figure.value < _A_SHARE
    return whole and saying.measure != "finance.change" and unit_class(saying.measure) == "money"


def _of_study(release: Release, sentence: Sentence) -> bool:
    """Whether a release reports a study, in which costs are those of a mine to come."""
    said = f"{release.title.plain if release.title else ''} {sentence.plain}"
    return _STUDY.search(said) is not None


def _is_planned(plain: str, saying: Saying) -> bool:
    """Whether a figure lies ahead: a word of planning before it, unless the figure itself is said to have been."""
    start, end = saying.mention.start, saying.mention.end
    if _IS_PLANNED.match(plain, saying.quantity.end):
        return True
    done = end <= saying.quantity.start and _WAS.search(plain[end : saying.quantity.start])
    return _PLANNED.search(plain[max(0, start - 40) if done else 0 : saying.quantity.start]) is not None


def _day_of(sentence: Sentence, saying: Saying, times: Times) -> str:
    """The day of a balance with which none is said: the one day that its sentence names."""
    if saying.compared or saying.period or saying.measure not in _balances():
        return ""
    if (ended := _ENDED_WITH.search(sentence.plain, 0, saying.quantity.start)) and times.now:
        return times.last_day(year=ended["what"].lower() == "year")
    days = {
        said.label for said in times.said(sentence) if said.instant and bracket_at(sentence.plain, said.start) is None
    }
    return days.pop() if len(days) == 1 else ""


def _figure(figure: Figure, saying: Saying, plain: str) -> Figure:
    """The figure with its sign: a loss, a decrease, a minus before the number."""
    start = saying.quantity.start
    minus = (
        re.search(r"(?:^|[\s(])[-–]$", plain[max(0, start - 2) : start]) is not None and not saying.quantity.is_range
    )
    value = negative(figure.value) if (saying.negative or minus) and figure.value > 0 else figure.value
    return Figure(value, figure.unit, figure.sign)


def _about(release: Release, sentence: Sentence, saying: Saying, period: str, *, planned: bool) -> dict[str, str]:
    label = read_label(saying.mention.words, ("finance",))
    by_mine = saying.measure in _BY_MINE or saying.of in _BY_MINE
    where = subject_of(release, sentence, saying.quantity.start) if by_mine else {}
    return {
        "company": "" if where.get("mine") else release.issuer,
        "mine": where.get("mine", ""),
        "period": period,
        "label": saying.mention.words,
        "basis": label.basis,
        "excluding": _excluding(sentence.plain, saying),
        "analyte": saying.quantity.analyte if saying.measure in _BY_MINE else "",
        "context": "guidance" if planned else "announced",
        "place": _place(sentence),
    }


def _excluding(plain: str, saying: Saying) -> str:
    """What a measure leaves out, said right behind its name: "operating profit excluding one-off items"."""
    found = _LEFT_OUT.match(plain, saying.mention.end)
    return found["what"] if found else ""


def _place(sentence: Sentence) -> str:
    return {"bullet": "bullet", "title": "headline", "heading": "headline", "caption": "caption"}.get(
        sentence.block.kind, "text"
    )


def _period(saying: Saying, times: Times, *, planned: bool) -> str:
    """The period of a figure: the one said, else that of the release; a balance is of a day."""
    said = saying.period
    balance = saying.measure in _balances()
    if said is not None:
        if balance and not said.instant and times.now and said.label == times.now.label:
            return times.now.end.isoformat()
        return said.label if balance or not said.instant else ""
    if saying.compared or planned or balance or times.now is None:
        return ""
    return times.now.label


@cache
def _balances() -> frozenset[str]:
    text = files("orebook.reading").joinpath("words", "balances.csv").read_text(encoding="utf-8")
    return frozenset(row["measure"] for row in csv.DictReader(text.splitlines()))


def _the_change(
    release: Release, sentence: Sentence, before: Saying, found: list[Saying], times: Times
) -> Iterator[Record]:
    """ "The $5.0 million decrease": the change of what the sentence before spoke of."""
    quantity = sentence.quantities[0]
    after = re.match(r"\s(?P<word>decrease|increase|decline|improvement|reduction)\b", sentence.plain[quantity.end :])
    if (
        not after
        or not _THE_CHANGE.match(sentence.plain[: quantity.start])
        or any(s.quantity is quantity for s in found)
    ):
        return
    sign = -1 if after["word"] in ("decrease", "decline", "reduction") else 1
    saying = Saying("finance.change", quantity, before.mention, sign < 0, of=before.measure, period=before.period)
    if record := _record(release, sentence, saying, times):
        yield record


def _nothing(release: Release, sentence: Sentence, times: Times) -> Iterator[Record]:
    """Nothing, said in words: written down to nil, no shares bought."""
    for pattern, measure, unit in (
        (_NOTHING, "finance.carrying_amount", release.currency),
        (_NO_SHARES, "finance.shares_purchased", "share"),
    ):
        if found := pattern.search(sentence.plain):
            start, end = found.span("nil")
            fact = release.fact(
                measure, Figure.parse(f"0 {unit}") if unit != "$" else Figure.parse("0"), sentence.text, start, end
            )
            periods = [said for said in times.said(sentence) if not said.label.startswith("after")]
            period = periods[0].label if periods else times.now.end.isoformat() if times.now and unit != "share" else ""
            yield release.record(
                "financial",
                [fact],
                company=release.issuer,
                period=period,
                label=found[0][:80],
                context="announced",
                place=_place(sentence),
            )


def _sale(release: Release, sentence: Sentence, found: list[Saying], times: Times) -> Iterator[Record]:
    """What something was sold for."""
    for quantity in sentence.quantities:
        if (
            quantity.money
            and not any(s.quantity is quantity for s in found)
            and _SOLD.search(sentence.plain, max(0, quantity.start - _REACH), quantity.start)
        ):
            saying = Saying(
                "finance.proceeds", quantity, _words(sentence, quantity), period=next(iter(times.said(sentence)), None)
            )
            if record := _record(release, sentence, saying, times):
                yield record


def _price_of_sales(release: Release, sentence: Sentence, found: list[Saying], times: Times) -> Iterator[Record]:
    """What metal was sold at: "sales of 30,600 ounces at $2,140 per ounce"."""
    plain = sentence.plain
    for metal, price in pairwise(sentence.quantities):
        if (
            metal.measures("mass")
            and fits("finance.realized_price", price.unit or "1")
            and not any(s.quantity.start == price.start for s in found)
            and (said := _SOLD_AT.search(plain, max(0, metal.start - 80), price.start))
        ):
            mention = Mention("finance.realized_price", said[0][:60].strip(), said.start(), price.start)
            saying = Saying("finance.realized_price", price, mention)
            saying = dated(plain, saying, sentence.quantities, times.said(sentence))
            if record := _record(release, sentence, saying, times):
                yield record


def _words(sentence: Sentence, quantity: Quantity) -> Mention:
    found = _SOLD.search(sentence.plain, max(0, quantity.start - _REACH), quantity.start)
    start = found.start() if found else 0
    return Mention("finance.proceeds", sentence.plain[start : start + 60], start, quantity.start)


__all__ = ["ORDER", "Fact", "records"]
