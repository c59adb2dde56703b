"""How depths, angles and counts of tables are put into messages."""

from collections.abc import Iterable, Sequence
from math import log10


def depth(thousandths: int, unit: str) -> str:
    """A depth in whole thousandths as people write it.

    >>> depth(12000, "m"), depth(142510, "m"), depth(-500, "ft")
    ('12.0 m', '142.51 m', '-0.5 ft')
    """
    return f"{plain(thousandths / 1000)} {unit}"


def stretch(start: int, end: int, unit: str) -> str:
    """A stretch along a hole, from and to in whole thousandths.

    >>> stretch(12000, 14500, "m")
    '12.0 to 14.5 m'
    """
    return f"{plain(start / 1000)} to {plain(end / 1000)} {unit}"


def plain(value: float) -> str:
    """A number with one to three decimals, thousands apart.

    >>> plain(12.0), plain(1063.25), plain(0.1234)
    ('12.0', '1,063.25', '0.123')
    """
    text = f"{value:,.3f}".rstrip("0")
    return f"{text}0" if text.endswith(".") else text


def angle(degrees: float) -> str:
    """An angle with one decimal at most.

    >>> angle(16.94), angle(-60.0)
    ('16.9°', '-60°')
    """
    return f"{degrees:.1f}".removesuffix(".0") + "°"


def value(number: float) -> str:
    """A grade as people write it: six significant digits at most, never an exponent.

    >>> value(0.0299999993), value(1250000.0), value(-0.005), value(0.00000125)
    ('0.03', '1,250,000', '-0.005', '0.00000125')
    """
    size = 0 if number == 0 else int(log10(abs(number)) // 1)
    text = f"{number:,.{max(0, 5 - size)}f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


def many(count: int, thing: str, things: str = "") -> str:
    """A count with its noun.

    >>> many(1, "row"), many(4000, "row"), many(2, "survey of", "surveys of")
    ('1 row', '4,000 rows', '2 surveys of')
    """
    return f"{count:,} {thing if count == 1 else things or f'{thing}s'}"


def do(count: int, one: str, more: str) -> str:
    """The verb that goes with a count.

    >>> do(1, "is", "are"), do(2, "is", "are")
    ('is', 'are')
    """
    return one if count == 1 else more


def some(things: Sequence[str] | Iterable[str], count: int = 0, most: int = 6) -> str:
    """The first of some things, and how many more there are; ``count`` is how many there are in all.

    >>> some(["A", "B", "C"]), some(["A", "B", "C"], 30, most=2)
    ('A, B and C', 'A, B and 28 more')
    """
    words = list(things)
    count = max(count, len(words))
    if count <= most and len(words) == count:
        return words[0] if count == 1 else f"{', '.join(words[:-1])} and {words[-1]}" if words else ""
    shown = words[:most]
    return f"{', '.join(shown)} and {count - len(shown):,} more"
