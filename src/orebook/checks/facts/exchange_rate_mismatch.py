"""Amounts in two currencies against the exchange rate that the document uses."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from orebook.checks.memo import per_document
from orebook.checks.rule import Remark, remark, rule
from orebook.checks.saying import between, number
from orebook.ground.figure import Figure
from orebook.ground.range import Range
from orebook.ground.source import Source
from orebook.reading.patterns import Pattern
from orebook.reading.reading import Reading

_AMOUNT = r"\d{1,3}(?:,\d{3}){1,3}(?:\.\d{1,2})?|\d{1,7}(?:\.\d{1,3})?"
_SCALE = r"\s?(?:million|billion|M|B|bn)?"
_PAIR = re.compile(
    rf"(?P<one>US|A|C|AU|CA|AUD|CAD|USD)?\s?\$\s?(?P<here>{_AMOUNT})(?P<scale>{_SCALE})(?![\w,.]*\d)(?P<per>[^.;$()]{{0,40}}?)\s?"
    rf"\((?P<other>US|A|C|AU|CA|AUD|CAD|USD)\s?\$\s?(?P<there>{_AMOUNT})(?P<scale2>{_SCALE})(?![\w,.]*\d)[^()$]{{0,30}}\)"
)
_RATE = Pattern(
    r"(?:exchange\s{1,3}rates?|\bFX\b|\b(?:USD?|AUD?|CAD?|US\$|A\$|C\$)\s?[:/]\s?(?:USD?|AUD?|CAD?|US\$|A\$|C\$))"
    r"[^.;%]{0,60}?\$?(?<![\d.,])(?P<rate>0\.\d{2,4}|1\.\d{2,4})(?![\d%])",
    re.IGNORECASE,
)
_MOST = 200


class _Pair(NamedTuple):
    """One amount in two currencies, of which one is that of the United States."""

    here: Figure
    there: Figure
    turned: bool
    source: Source

    @property
    def ratio(self) -> Range:
        """United States dollars for one of the other."""
        values = (self.there, self.here) if self.turned else (self.here, self.there)
        return values[1].range() / values[0].range()

    def implied(self, rate: Range) -> Range:
        """What the second amount would be at a rate."""
        made = self.here.range() / rate if self.turned else self.here.range() * rate
        return Range(made.low, made.high, "1")


@rule("F410", on="document", basis="arithmetic")
def exchange_rate_mismatch(reading: Reading) -> Iterator[Remark]:
    """An amount was converted at another rate than the one that the document uses.

    What it does:
    Where a document states one exchange rate, and at least one amount that is given in two currencies goes with it,
    divides every other such pair and compares. Pairs in the same unit only; each figure stands for all values that
    round to it.

    Why it matters:
    The two amounts are quoted apart from each other. One was left from a draft with another rate.

    Flagged:

        Ingle Gold completes its study of Rook Fell

        The study uses an exchange rate of US$0.70 for one Canadian dollar.

        Operating costs are C$1,240 (US$868) an ounce. With credits they are C$1,105 (US$796) an ounce.

    Fine:

        Ingle Gold completes its study of Rook Fell

        The study uses an exchange rate of US$0.70 for one Canadian dollar.

        Operating costs are C$1,240 (US$868) an ounce. With credits they are C$1,105 (US$774) an ounce.

    Help:
    Convert again at the rate that is stated.
    """
    rates = _rates(reading)
    if len(rates) != 1:
        return
    text, (rate,) = reading.document.text, rates
    stated = Figure(rate).range()
    allowed = (stated, Range.exact(1, "1") / stated)
    pairs = [pair for match in list(_PAIR.finditer(text))[:_MOST] if (pair := _pair(reading, match))]
    fitting = [rate for rate in allowed if any(pair.ratio.meets(rate) for pair in pairs)]
    for pair in pairs if len(fitting) == 1 else ():
        if not pair.ratio.meets(fitting[0]):
            implied = pair.implied(fitting[0])
            words = (
                f"{number(pair.here.value)} makes {between(implied, step=pair.there.step)} at the rate of the document;"
                f" {number(pair.there.value)} stands here"
            )
            yield remark("warning", words, [pair.source], implied)


@per_document
def _rates(reading: Reading) -> set[Decimal]:
    """The rates of exchange that a document states; none where it knows no US dollar."""
    text = reading.document.text
    if "US$" not in text and "USD" not in text:
        return set()
    return {Decimal(match["rate"]) for match in _RATE.finditer(text)}


def _pair(reading: Reading, match: re.Match[str]) -> _Pair | None:
    """Two amounts of one scale in two currencies."""
    scales = {match[name].strip().lower()[:1] for name in ("scale", "scale2")}
    home = [(match[name] or "").startswith("US") for name in ("one", "other")]
    if len(scales) != 1 or sum(home) != 1:
        return None
    here, there = (Figure(Decimal(match[name].replace(",", ""))) for name in ("here", "there"))
    if not here.value or not there.value:
        return None
    return _Pair(here, there, home[0], reading.document.source(*match.span()))
