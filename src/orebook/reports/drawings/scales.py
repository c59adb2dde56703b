"""Scales: from numbers to pixels, and where the lines of a grid stand."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil, floor, isfinite, log10

_NICE = (1.0, 2.0, 2.5, 5.0, 10.0)


@dataclass(frozen=True, slots=True)
class Scale:
    """A straight scale: ``low`` lies at the pixel ``start``, ``high`` at ``end``.

    >>> Scale(0.0, 10.0, 100.0, 0.0)(2.5)
    75.0
    """

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """The pixel of a number."""
        return self.start + (value - self.low) * self.per_unit

    @property
    def per_unit(self) -> float:
        """Pixels for one; below nothing where the scale runs the other way, nought where the ends are one number."""
        pixels = (self.end - self.start) / (self.high - self.low) if self.high != self.low else 0.0
        return pixels if isfinite(pixels) else 0.0

    def ticks(self, most: int = 8) -> list[float]:
        """The places of at most so many round numbers on the scale.

        >>> Scale(3.0, 27.0, 0.0, 100.0).ticks(6)
        [5.0, 10.0, 15.0, 20.0, 25.0]
        """
        return list(round_numbers(min(self.low, self.high), max(self.low, self.high), most))


def nice_step(span: float, most: int) -> float:
    """The least round step that cuts a span into at most so many pieces.

    >>> nice_step(940.0, 8), nice_step(0.9, 5)
    (200.0, 0.2)
    """
    if not isfinite(span) or span <= 0:
        return 1.0
    least = span / max(most, 1)
    power = 10.0 ** floor(log10(least))
    return next(nice * power for nice in _NICE if nice * power >= least * (1 - 1e-9))


def round_numbers(low: float, high: float, most: int) -> Iterator[float]:
    """Yield the multiples of a round step between two numbers."""
    step = nice_step(high - low, most)
    first, last = ceil(low / step - 1e-9), floor(high / step + 1e-9)
    yield from (round(number * step, 10) for number in range(first, min(last, first + 10 * most) + 1))


def decimals_of(step: float) -> int:
    """How many decimals a step needs.

    >>> decimals_of(25.0), decimals_of(0.25), decimals_of(2.5)
    (0, 2, 1)
    """
    return next((places for places in range(9) if abs(round(step, places) - step) < 1e-9 * max(abs(step), 1.0)), 9)


def together(shape: tuple[float, float], room: tuple[float, float]) -> float:
    """Pixels for a metre at which something so wide and high fits into a room, the same in both directions.

    >>> together((200.0, 100.0), (400.0, 400.0))
    2.0
    """
    fits = [have / want for want, have in zip(shape, room, strict=True) if want > 0]
    return min(fits, default=1.0)
