"""Writing: amounts as tables and sentences print them. Here the numbers of a quarter are rounded, once.

Money is told in units, thousands or millions, as the layout says. A text and a table that print the same number take it
from the same unrounded one.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from orebook.ground.units import SCALES
from orebook.reports.rounding import exact, rounded

Scale = Literal["one", "thousand", "million", "billion"]
Negative = Literal["minus", "brackets"]

_SIGNS = {"CAD": "C$", "USD": "US$", "AUD": "A$", "NZD": "NZ$", "EUR": "€", "GBP": "£"}
_SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_WORDS = {"CAD": "Canadian dollars", "USD": "United States dollars", "AUD": "Australian dollars"}
_WORDS |= {"NZD": "New Zealand dollars", "EUR": "euros", "GBP": "pounds sterling"}


def scaled(value: float, scale: Scale, decimals: int) -> Decimal:
    """An amount in thousands or millions, rounded.

    >>> scaled(17_102_499.0, "thousand", 0), scaled(17_102_499.0, "million", 1)
    (Decimal('17102'), Decimal('17.1'))
    """
    parts = 1 if scale == "one" else int(SCALES[scale])
    return rounded(exact(value) / parts, decimals)


def written(value: Decimal, negative: Negative = "minus", thousands: str = ",") -> str:
    """A rounded number as a table prints it, below nothing with a minus or in brackets.

    >>> written(Decimal("-1234.5")), written(Decimal("-1234.5"), "brackets"), written(Decimal("0"))
    ('-1,234.5', '(1,234.5)', '0')
    """
    words = f"{value.copy_abs():,f}".replace(",", thousands)
    if not value.is_signed():
        return words
    return f"({words})" if negative == "brackets" else f"-{words}"


def count_words(number: float) -> str:
    """A count as a sentence says it: in letters up to ten.

    >>> count_words(2), count_words(0), count_words(12)
    ('two', 'no', '12')
    """
    whole = int(rounded(number, 0))
    return _SMALL[whole] if 0 <= whole < len(_SMALL) else f"{whole:,}"


def currency_words(currency: str) -> str:
    """A currency by its name; one whose name is not in the list by its code.

    >>> currency_words("CAD"), currency_words("SEK")
    ('Canadian dollars', 'SEK')
    """
    return _WORDS.get(currency, currency)


@dataclass(frozen=True, slots=True)
class Money:
    """How sentences tell money: the scale, the decimals, and the currency that ``$`` stands for on this page."""

    currency: str = ""
    scale: Scale = "million"
    decimals: int = 1
    sign: str = "$"

    def before(self, currency: str) -> str:
        """What stands before the digits of an amount in a currency."""
        if currency == self.currency:
            return self.sign
        return _SIGNS.get(currency, f"{currency} ")

    def rounded(self, value: float) -> Decimal:
        """An amount as it is printed, in whole units of its currency.

        >>> Money("CAD").rounded(-10_924_000.0), Money("CAD").rounded(40_200.0)
        (Decimal('-10900000.0'), Decimal('40000'))
        """
        scale, decimals = self._fineness(value)
        return scaled(value, scale, decimals) * (1 if scale == "one" else int(SCALES[scale]))

    def _fineness(self, value: float) -> tuple[Scale, int]:
        """The scale and the decimals of an amount: one that would print as nothing is told in thousands."""
        if not value or self.scale == "one" or scaled(value, self.scale, self.decimals):
            return self.scale, self.decimals
        return "thousand", next((places for places in range(3) if scaled(value, "thousand", places)), 3)

    def words(self, value: float, currency: str = "") -> str:
        """The size of an amount in words; whether it is a gain or a loss the sentence says.

        >>> money = Money("CAD")
        >>> money.words(-10_924_000.0), money.words(13.9e6, "USD"), money.words(40_200.0)
        ('$10.9 million', 'US$13.9 million', '$40 thousand')
        >>> money.words(400.0), Money("CAD", "thousand", 0).words(-12.4)
        ('$0.4 thousand', '$0.01 thousand')
        """
        scale, decimals = self._fineness(value)
        digits = written(scaled(abs(value), scale, decimals))
        return f"{self.before(currency or self.currency)}{digits}{'' if scale == 'one' else f' {scale}'}"

    def per_share(self, value: float, currency: str = "", decimals: int = 2) -> str:
        """The size of an amount for each share.

        >>> Money("CAD").per_share(-0.0851)
        '$0.09'
        """
        return f"{self.before(currency or self.currency)}{written(rounded(abs(value), decimals))}"
