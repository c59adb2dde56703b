"""Buy-backs: how many shares a company bought of its own, for how much, at which price, and how many it may buy.

>>> from orebook.reading.read import read_text
>>> reading = read_text("note.txt", "Tern bought back 3.2 million shares for C$18.4 million at a price of C$5.75.")
>>> [(fact.measure, str(fact.figure)) for fact in reading.facts if fact.measure.startswith("finance.")]
... # doctest: +NORMALIZE_WHITESPACE
[('finance.shares_purchased', '3.2 million share'), ('finance.share_repurchases', '18.4 CAD million'),
 ('finance.repurchase_price', '5.75 CAD/share')]
"""

import re
from collections.abc import Iterator

from orebook.ground.fact import Record
from orebook.ground.figure import Figure
from orebook.reading.language.quantities import Quantity
from orebook.reading.language.said_about import place_of, readable
from orebook.reading.language.said_periods import Times
from orebook.reading.patterns import Pattern
from orebook.reading.release import Release, Sentence

ORDER = 57

_BOUGHT = Pattern(
    r"\b(?:repurchased?|repurchases|bought back|buy back|buys back|buying back|buy-?backs?|share repurchases?|"
    r"purchased (?:and cancelled|for cancellation)|bought and cancelled|normal course issuer bid|NCIB)\b",
    re.IGNORECASE,
)
_OF_SHARES = Pattern(r"\bshares?\b", re.IGNORECASE)
_MAY = Pattern(
    r"\b(?:may|up to|will|intends?|plans?|can|could|authori[sz]ed|permitted|allow\w*|launch\w*|announced an?|"
    r"maximum)\b",
    re.IGNORECASE,
)
_DID = Pattern(
    r"\b(?:repurchased|bought back|purchased (?:and cancelled|for cancellation)|bought and cancelled|"
    r"were (?:repurchased|bought))\b",
    re.IGNORECASE,
)
_PRICE = Pattern(
    r"\b(?:at|for) (?:an? )?(?:weighted )?(?:average |volume[- ]weighted average )?(?:price|cost)? ?(?:of )?$",
    re.IGNORECASE,
)
_OTHER = Pattern(
    r"\b(?:project|royalty|property|mine|stake|interest|option|assets?|facility|notes?|debt)\b", re.IGNORECASE
)
_OUTSTANDING = Pattern(r"\s?(?:common |ordinary )?(?:shares )?(?:issued and )?outstanding\b", re.IGNORECASE)
_REACH = 90


def records(release: Release) -> Iterator[Record]:
    """Figures of purchases of own shares: kind ``financial``."""
    times = Times.of(release)
    for sentence in readable(release.sentences()):
        said = _BOUGHT.search(sentence.plain)
        if said is None or not _OF_SHARES.search(sentence.plain):
            continue
        for quantity in sentence.quantities:
            measure = _measure(sentence.plain, quantity, said)
            if measure:
                yield _record(release, sentence, quantity, measure, times)


def _measure(plain: str, quantity: Quantity, said: re.Match[str]) -> str:
    """What a number of shares or an amount is: bought, paid, paid for one, or what may be bought."""
    if abs(quantity.start - said.end()) > _REACH and abs(said.start() - quantity.end) > _REACH:
        return ""
    before = plain[max(0, quantity.start - _REACH) : quantity.start]
    if quantity.unit.removeprefix("million ").removeprefix("thousand ") == "share":
        if _OUTSTANDING.match(plain, quantity.end):
            return ""
        return "finance.shares_purchased" if _done(plain, quantity) else "finance.buyback_limit_shares"
    if quantity.unit.endswith("/share") or (quantity.money and " " not in quantity.unit and _PRICE.search(before)):
        return "finance.repurchase_price" if "price" in before or quantity.unit.endswith("/share") else ""
    if quantity.money and " " in quantity.unit and not quantity.unit.endswith(" cent"):
        after = plain[quantity.end : quantity.end + 40]
        if _OTHER.search(after) or re.search(r"\bdividends?\b", after[:20]):
            return ""
        return "finance.share_repurchases" if _done(plain, quantity) else "finance.buyback_limit"
    return ""


def _done(plain: str, quantity: Quantity) -> bool:
    """Whether shares were bought, the last word before saying so; what may be bought is a limit."""
    before, after = plain[: quantity.start], plain[quantity.end : quantity.end + 60]
    did = [found.end() for found in _DID.finditer(before)]
    may = [found.end() for found in _MAY.finditer(before)]
    if did and (not may or did[-1] > may[-1]):
        return True
    return not may and (
        _DID.search(after) is not None
        or re.search(r"\b(?:in|of) (?:share )?(?:buy-?backs?|repurchases?)\b", after) is not None
    )


def _record(release: Release, sentence: Sentence, quantity: Quantity, measure: str, times: Times) -> Record:
    unit = quantity.unit
    if measure == "finance.repurchase_price" and not unit.endswith("/share"):
        unit = f"{unit}/share"
    facts = [
        release.fact(measure, Figure(figure.value, unit, figure.sign), sentence.text, quantity.start, quantity.end)
        for figure in quantity.figures
    ]
    periods = [said for said in times.said(sentence) if not said.instant]
    near = min(periods, key=lambda said: abs(said.start - quantity.start), default=None)
    limit = "limit" in measure
    return release.record(
        "financial",
        facts,
        company=release.issuer,
        period="" if limit or near is None else near.label,
        label="share buy-back",
        context="planned" if limit else "announced",
        place=place_of(sentence),
    )
