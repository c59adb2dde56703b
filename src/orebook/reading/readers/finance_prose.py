"""Money in prose: results, comparisons, changes, balances and sales, sentence by sentence."""

import csv
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from orebook.ground.fact import Fact, Record
from orebook.ground.figure import Figure
from orebook.reading.dated import Saying
from orebook.reading.labels import read_label
from orebook.reading.mentions import Mention, mentions
from orebook.reading.quantities import Quantity
from orebook.reading.release import Release, Sentence
from orebook.reading.said_about import LONGEST, subject_of
from orebook.reading.said_periods import Times
from orebook.reading.sayings import sayings

ORDER = 60

_PLANNED = re.compile(
    r"\b(?:guid(?:ance|ing)|expect(?:s|ed|ing)?|forecast|outlook|anticipate[ds]?|budget(?:ed)?|target(?:s|ed)?|"
    r"projected|planned|will be)\b",
    re.IGNORECASE,
)
_THE_CHANGE = re.compile(r"^(?:The|This) $")
_NOTHING = re.compile(r"\b(?P<named>carrying (?:amount|value))\b[^.;]{0,80}?\b(?P<nil>nil|zero)\b", re.IGNORECASE)
_NO_SHARES = re.compile(
    r"\b(?P<nil>did not (?:purchase|repurchase|buy back) any)(?: of its)? (?:common )?shares\b", re.IGNORECASE
)
_SOLD = re.compile(
    r"\b(?:agreed to sell|has sold|sold|sale of|to sell|disposed of|disposal of)\b.{3,200}?\bfor (?:total |"
    r"aggregate |cash )?(?:proceeds of |consideration of )?$",
    re.IGNORECASE,
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
    for sentence in release.sentences():
        yield from _nothing(release, sentence, times)
        if not sentence.quantities or len(sentence.plain) > LONGEST:
            continue
        found = _sayings(sentence, times)
        if before and before[0] is sentence.block:
            yield from _the_change(release, sentence, before[1], found, times)
        for saying in found:
            if record := _record(release, sentence, saying, times):
                yield record
        if found:
            before = (sentence.block, next((s for s in found if not s.of), found[0]))
        yield from _sale(release, sentence, found, times)


def _sayings(sentence: Sentence, times: Times) -> list[Saying]:
    named = mentions(sentence.plain, ("finance",))
    if not named:
        return []
    return sayings(sentence.plain, sentence.quantities, named, times.said(sentence))


def _record(release: Release, sentence: Sentence, saying: Saying, times: Times) -> Record | None:
    quantity = saying.quantity
    if not saying.measure.startswith("finance.") or not quantity.unit:
        return None
    planned = _PLANNED.search(sentence.plain[: quantity.start]) is not None or quantity.is_range
    period = _period(saying, times, planned=planned)
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
    return release.record("financial", facts, **_about(release, sentence, saying, period, planned=planned))


def _figure(figure: Figure, saying: Saying, plain: str) -> Figure:
    """The figure with its sign: a loss, a decrease, a minus before the number."""
    start = saying.quantity.start
    minus = (
        re.search(r"(?:^|[\s(])[-–]$", plain[max(0, start - 2) : start]) is not None and not saying.quantity.is_range
    )
    value = -figure.value if (saying.negative or minus) and figure.value > 0 else figure.value
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
        "analyte": saying.quantity.analyte if saying.measure in _BY_MINE else "",
        "context": "guidance" if planned else "announced",
        "place": _place(sentence),
    }


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
            and _SOLD.search(sentence.plain[: quantity.start])
        ):
            saying = Saying(
                "finance.proceeds", quantity, _words(sentence, quantity), period=next(iter(times.said(sentence)), None)
            )
            if record := _record(release, sentence, saying, times):
                yield record


def _words(sentence: Sentence, quantity: Quantity) -> Mention:
    found = _SOLD.search(sentence.plain[: quantity.start])
    start = found.start() if found else 0
    return Mention("finance.proceeds", sentence.plain[start : start + 60], start, quantity.start)


__all__ = ["ORDER", "Fact", "records"]
