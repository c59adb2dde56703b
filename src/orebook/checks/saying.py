"""How numbers are put into messages: the way the reader of a release writes them."""

from collections.abc import Iterable
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from orebook.ground.fact import Fact, Words
from orebook.ground.figure import Figure
from orebook.ground.range import Range
from orebook.ground.units import SCALES, unit

_SHOWN = 5
_WORDS = {"~": "about ", "<": "less than ", ">": "more than ", "up to": "up to ", "at least": "at least "}


def number(value: Decimal) -> str:
    """A number with separators of thousands, as many digits as it has.

    >>> number(Decimal("1234567.80")), number(Decimal("1660E+3"))
    ('1,234,567.80', '1,660,000')
    """
    return f"{value:,f}"


def quantity(amount: str, unit_name: str) -> str:
    """A number that is already written, with its unit where the trade puts it.

    >>> quantity("17.1", "CAD million"), quantity("5", "$"), quantity("4", "hole"), quantity("12.5", "m")
    ('CAD 17.1 million', '$5', '4 holes', '12.5 m')
    """
    if unit_name in ("", "1"):
        return amount
    measured = unit(unit_name)
    if measured.money and not any(base == "mass" for base, _ in measured.dimension):
        currency, _, rest = unit_name.partition("/")
        words = currency.split()
        scale = "".join(f" {word}" for word in words if word in SCALES)
        code = next(word for word in words if word not in SCALES)
        before = code if code == "$" else f"{code} "
        return f"{before}{amount}{scale}{f' per {rest}' if rest else ''}"
    if measured.counted:
        return f"{amount} {unit_name}{'' if amount == '1' else 's'}"
    return f"{amount} {unit_name}"


def figure(printed: Figure) -> str:
    """A figure as it was printed, with its word and its unit.

    >>> figure(Figure.parse("~1.66 Moz")), figure(Figure.parse("up to 253 ppm"))
    ('about 1.66 Moz', 'up to 253 ppm')
    """
    return f"{_WORDS.get(printed.sign, '')}{quantity(number(printed.value), printed.unit)}"


def fact(said: Fact) -> str:
    """A fact as it was printed: its figure, and the analyte if there is one.

    Words are themselves.
    """
    if isinstance(said.figure, Words):
        return said.figure.value
    analyte = said.about.get("analyte", "")
    return f"{figure(said.figure)} {analyte}".rstrip()


def between(values: Range, *, step: Decimal | None = None) -> str:
    """A range in words, rounded outwards to the digits that tell its ends apart.

    ``step`` is the last printed digit of the figure that it is compared with: one digit more is shown.

    >>> between(Range("478.2561", "486.2944", "koz"), step=Decimal(1))
    '478.2 to 486.3 koz'
    >>> between(Range("13.72", "13.74", "%")), between(Range(9, 9, "m")), between(Range(5, "Infinity", "m"))
    ('13.72 to 13.74 %', '9 m', 'at least 5 m')
    """
    finest = _finest(values) if step is None else max(step.scaleb(-1), _finest(values).scaleb(-1))
    low = _rounded(values.low, finest, ROUND_FLOOR)
    high = _rounded(values.high, finest, ROUND_CEILING)
    if high.is_infinite():
        return f"at least {quantity(number(low), values.unit)}"
    if low.is_infinite():
        return f"at most {quantity(number(high), values.unit)}"
    places = max(_places(low), _places(high))
    shown = [f"{end:,.{places}f}" for end in (low, high)]
    return quantity(shown[0] if low == high else " to ".join(shown), values.unit)


def _finest(values: Range) -> Decimal:
    size = max((abs(end) for end in (values.low, values.high) if end.is_finite()), default=Decimal(0))
    width = values.width if values.width.is_finite() else Decimal(0)
    leading = (width or size or Decimal(1)).adjusted()
    return Decimal(1).scaleb(leading - (1 if width else _SHOWN - 1))


def _rounded(end: Decimal, finest: Decimal, way: str) -> Decimal:
    if end.is_infinite():
        return end
    return (end / finest).to_integral_value(rounding=way) * finest


def _places(value: Decimal) -> int:
    if value.is_infinite():
        return 0
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def listed(things: Iterable[str]) -> str:
    """Some things with commas and an *and*.

    >>> listed(["one", "two", "three"])
    'one, two and three'
    """
    words = list(things)
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}" if words else ""


def added(parts: Iterable[Fact]) -> str:
    """Some facts as a sum: their digits with plus signs between, and at most six of them."""
    digits = [number(part.number.value) for part in parts]
    if len(digits) > 6:
        return f"{digits[0]} + {digits[1]} + … + {digits[-1]}"
    return " + ".join(f"({each})" if each.startswith("-") else each for each in digits)
