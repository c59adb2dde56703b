"""SVG: a drawing as text, with its colours for a light and a dark ground, safe to stand in a page or a file."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib.resources import files
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Ground = Literal["light", "dark", "auto"]
"""On which ground a drawing stands; ``auto`` leaves it to the machine that shows it."""

_FONT = "font-family:system-ui,'Segoe UI','Noto Sans','DejaVu Sans',sans-serif"
_XML = 'xmlns="http://www.w3.org/2000/svg"'
_NOT_XML = {number: None for number in range(32) if number not in (9, 10, 13)} | {0xFFFE: None, 0xFFFF: None}


class Colour(str):
    """The name of a colour of ``palette.csv``, under which it stands in a drawing."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing: its size in pixels, what is in it, and what is said of it.

    ``title`` names it for those who cannot see it, ``caption`` is the sentence below it in a document, ``body`` the SVG
    of its parts, whose colours are classes such as ``ink`` (words and fillings) and ``ink-line`` (lines).

    >>> print(Drawing("Nothing", 10, 5, "").svg(ground="light")[:74])
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 5" width="10" heig
    """

    title: str
    width: float
    height: float
    body: str
    caption: str = ""

    def svg(self, *, ground: Ground = "auto", name: str = "") -> str:
        """The drawing as SVG. ``name`` becomes its id, for a page that holds several."""
        size = (
            f'viewBox="0 0 {num(self.width)} {num(self.height)}" width="{num(self.width)}" height="{num(self.height)}"'
        )
        own = f' id="{text(name)}"' if name else ""
        said = f"<title>{text(self.title)}</title>" + (f"<desc>{text(self.caption)}</desc>" if self.caption else "")
        paper = f'<rect class="paper" width="{num(self.width)}" height="{num(self.height)}"/>'
        head = f'<svg {_XML} {size}{own} class="drawing" role="img" aria-label="{text(self.title)}">'
        return f"{head}{said}<style>{style(ground)}</style>{paper}{self.body}</svg>"

    def inner(self, *, name: str = "") -> str:
        """The drawing for a page that brings the style itself."""
        own = f' id="{text(name)}"' if name else ""
        head = f'<svg {_XML} viewBox="0 0 {num(self.width)} {num(self.height)}"{own} class="drawing" role="img"'
        said = f"<title>{text(self.title)}</title>" + (f"<desc>{text(self.caption)}</desc>" if self.caption else "")
        return f'{head} aria-label="{text(self.title)}">{said}{self.body}</svg>'

    def _repr_svg_(self) -> str:
        """The drawing as notebooks show it."""
        return self.svg()


@cache
def colours() -> Mapping[str, tuple[str, str]]:
    """Every colour by its name: on a light ground and on a dark one.

    >>> colours()["paper"]
    ('#ffffff', '#16181c')
    """
    rows = csv.DictReader(files(__package__).joinpath("palette.csv").read_text(encoding="utf-8").splitlines())
    return {row["role"]: (row["light"], row["dark"]) for row in rows}


@cache
def style(ground: Ground = "auto") -> str:
    """The style of drawings.

    >>> "prefers-color-scheme" in style("auto"), "prefers-color-scheme" in style("light")
    (True, False)
    """
    plain = plain_style()
    if ground != "auto":
        return plain + _coloured(1 if ground == "dark" else 0)
    return f"{plain}{_coloured(0)}@media(prefers-color-scheme:dark){{{_coloured(1)}}}"


def plain_style() -> str:
    """The style of drawings without their colours, for a page that brings those.

    >>> ".middle{text-anchor:middle}" in plain_style()
    True
    """
    plain = f".drawing{{{_FONT};font-size:12px}}.drawing path,.drawing line{{vector-effect:non-scaling-stroke}}"
    plain += (
        ".halo{paint-order:stroke;stroke-width:3px;stroke-linejoin:round}.strong{font-weight:600}.small{font-size:11px}"
    )
    return plain + ".middle{text-anchor:middle}.end{text-anchor:end}"


def _coloured(which: int) -> str:
    rules = []
    for role, both in colours().items():
        rules.append(f".{role}{{fill:{both[which]}}}.{role}-line{{stroke:{both[which]};fill:none}}")
    return "".join(rules) + f".halo{{stroke:{colours()['paper'][which]}}}"


def num(value: float) -> str:
    """A number of pixels with no more digits than can be seen.

    >>> num(12.0), num(0.128), num(-0.001)
    ('12', '0.13', '0')
    """
    said = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if said in ("-0", "") else said


def text(words: object) -> str:
    """Words as text of a drawing: nothing in them is markup.

    >>> text('<script>"K-1"')
    '&lt;script&gt;&quot;K-1&quot;'
    """
    return escape(str(words).translate(_NOT_XML), quote=True)


def line(points: Iterable[tuple[float, float]] | NDArray[np.float64], *, close: bool = False) -> str:
    """The path through some points.

    >>> line([(0.0, 0.0), (5.0, 2.5)])
    'M0 0L5 2.5'
    """
    flat = np.round(np.asarray(points if isinstance(points, np.ndarray) else list(points), dtype=np.float64), 2).ravel()
    if not len(flat):
        return ""
    return "M" + ("L%.9g %.9g" * (len(flat) // 2))[1:] % tuple((flat + 0.0).tolist()) + ("Z" if close else "")


def words(x: float, y: float, said: object, classes: str = "ink", turn: float = 0.0) -> str:
    """Words at a place, their colour and setting by classes, turned by degrees clockwise.

    >>> words(5, 9.5, "K-1")
    '<text class="ink" x="5" y="9.5">K-1</text>'
    """
    turned = f' transform="rotate({num(turn)} {num(x)} {num(y)})"' if turn else ""
    return f'<text class="{classes}" x="{num(x)}" y="{num(y)}"{turned}>{text(said)}</text>'


def path(d: str, classes: str, width: float = 1.0, more: str = "") -> str:
    """A line of a width in pixels; ``more`` are attributes that are safe already."""
    return f'<path class="{classes}" stroke-width="{num(width)}"{more} d="{d}"/>' if d else ""


def box(x: float, y: float, width: float, height: float, classes: str, more: str = "") -> str:
    """A rectangle."""
    size = f'x="{num(x)}" y="{num(y)}" width="{num(max(width, 0))}" height="{num(max(height, 0))}"'
    return f'<rect class="{classes}" {size}{more}/>'


def width_of(said: str, size: float = 12.0) -> float:
    """About how wide words are in pixels, at a size of letters; a little more than they take.

    >>> round(width_of("12.5 m"))
    43
    """
    return len(said) * size * 0.6
