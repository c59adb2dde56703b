"""Furniture: what every map and section needs: the frame with its grid, the scale bar, the arrow to the north."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians, sin

from orebook.reports.drawings.placing import Box
from orebook.reports.drawings.scales import Scale, decimals_of, nice_step
from orebook.reports.drawings.svg import box, line, num, path, width_of, words

LINE = 16.0
"""Pixels from one line of the foot of a drawing to the next."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The part of a drawing that holds the picture: a rectangle in pixels and the scales of both directions."""

    across: Scale
    up: Scale

    @property
    def room(self) -> Box:
        """The rectangle in pixels."""
        return Box(self.across.start, self.up.end, self.across.end, self.up.start)

    def clip(self, name: str) -> str:
        """The definition by which nothing is drawn over the frame."""
        left, top, right, bottom = self.room
        return f'<defs><clipPath id="{name}">{box(left, top, right - left, bottom - top, "clip")}</clipPath></defs>'

    def border(self) -> str:
        """The frame itself."""
        left, top, right, bottom = self.room
        return path(line([(left, top), (right, top), (right, bottom), (left, bottom)], close=True), "ink-line frame", 1)


def within(reach: tuple[float, float, float, float], room: Box, times: float = 1.0) -> Frame:
    """The frame of a rectangle in pixels that shows all from a left to a right edge, and from a bottom to a top.

    One unit is as long across as up, or ``times`` as long up.

    >>> frame = within((0.0, 10.0, 0.0, 5.0), Box(0, 0, 100, 100))
    >>> frame.across.per_unit, frame.up.low, frame.up.high
    (10.0, -2.5, 7.5)
    """
    left, right, bottom, top = reach
    wide, high = room.right - room.left, room.bottom - room.top
    per_unit = min(wide / max(right - left, 1e-6), high / max(top - bottom, 1e-6) / times)
    across, up = (left + right) / 2, (bottom + top) / 2
    half, rise = wide / per_unit / 2, high / per_unit / times / 2
    return Frame(
        Scale(across - half, across + half, room.left, room.right), Scale(up - rise, up + rise, room.bottom, room.top)
    )


def grid(frame: Frame, across: str, up: str, most: tuple[int, int] = (8, 6)) -> str:
    """The lines of a grid at round numbers, with the numbers at the edges; what they are is said after them.

    The grid carries its rectangle in pixels and what it reaches over, so that a page knows what lies under the pointer.
    """
    left, top, right, bottom = frame.room
    lines, said = [], []
    places = decimals_of(nice_step(abs(frame.across.high - frame.across.low), most[0]))
    for value in frame.across.ticks(most[0]):
        x = frame.across(value)
        lines.append(f"M{num(x)} {num(top)}V{num(bottom)}")
        said.append(words(x, bottom + 16, f"{value:,.{places}f}{across}", "quiet small middle"))
    places = decimals_of(nice_step(abs(frame.up.high - frame.up.low), most[1]))
    for value in frame.up.ticks(most[1]):
        y = frame.up(value)
        lines.append(f"M{num(left)} {num(y)}H{num(right)}")
        said.append(words(left - 6, y + 4, f"{value:,.{places}f}{up}", "quiet small end"))
    room, reach = frame.room, (frame.across.low, frame.across.high, frame.up.low, frame.up.high)
    own = f' data-across="{across.strip()}" data-up="{up.strip()}" data-room="{",".join(map(num, room))}"'
    own += f' data-reach="{",".join(f"{each:.3f}" for each in reach)}"'
    return f'<g class="axes"{own}>{path("".join(lines), "grid-line grid", 1)}{"".join(said)}</g>'


def scale_bar(x: float, y: float, per_unit: float, unit: str, room: float = 120.0) -> tuple[str, float]:
    """A bar of a round length, ending at ``x`` on the right, and how wide it is in pixels.

    >>> scale_bar(100.0, 10.0, 0.5, "m")[1]
    100.0
    """
    most = room / per_unit
    length = next(each for each in (nice_step(most, 1), nice_step(most / 2, 1), nice_step(most / 4, 1)) if each <= most)
    wide = length * per_unit
    d = f"M{num(x - wide)} {num(y - 4)}v4h{num(wide)}v-4M{num(x - wide / 2)} {num(y)}v-3"
    said = words(x - wide / 2, y - 8, f"{length:,.{decimals_of(length)}f} {unit}", "quiet small middle halo")
    return f'<g class="scale-bar" data-wide="{num(wide)}">{path(d, "ink-line", 1.2)}{said}</g>', wide


def north_arrow(x: float, y: float, turned: float = 0.0, size: float = 26.0) -> str:
    """An arrow to the north of the grid, ``turned`` degrees clockwise from up, with its foot at a place."""
    east, north = sin(radians(turned)), cos(radians(turned))
    tip = (x + size * east, y - size * north)
    barbs = [(tip[0] - 7 * (east + side * north * 0.5), tip[1] + 7 * (north - side * east * 0.5)) for side in (1, -1)]
    head = line([barbs[0], tip, barbs[1]])
    said = words(tip[0] + 9 * east, tip[1] - 9 * north + 4, "N", "ink small strong middle")
    return f'<g class="north">{path(line([(x, y), tip]) + head, "ink-line", 1.3)}{said}</g>'


def wrapped(said: str, width: float, size: float = 11.0) -> list[str]:
    """Words in lines that are no wider than so many pixels.

    >>> wrapped("one two three", 60.0)
    ['one two', 'three']
    """
    lines: list[str] = []
    for word in said.split():
        if lines and width_of(f"{lines[-1]} {word}", size) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def foot(lines: Sequence[str], x: float, bottom: float) -> str:
    """Lines of small words, the last one at the bottom of a drawing."""
    first = bottom - 8 - LINE * (len(lines) - 1)
    return "".join(words(x, first + LINE * number, said, "quiet small") for number, said in enumerate(lines))
