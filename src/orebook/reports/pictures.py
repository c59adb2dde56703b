"""Pictures: a drawing with the ground it was asked for, set as PDF or PNG by the typesetter."""

from dataclasses import dataclass
from typing import Literal

from orebook.ground.needs import need
from orebook.reports.drawings.svg import Drawing, Ground, num

_DOTS = 216.0
"""Dots to an inch where a drawing counts 72: three for each of its pixels."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing that was asked for: ``doc`` names what it is of, ``remark`` is what one should know about it."""

    doc: str
    drawing: Drawing
    ground: Ground = "auto"
    remark: str = ""
    failed: bool = False

    def _repr_svg_(self) -> str:
        """The drawing as notebooks show it."""
        return self.drawing.svg(ground=self.ground)


def set_in_type(picture: Picture, form: Literal["pdf", "png"]) -> bytes:
    """A drawing as a file of that form. What is left to the reader's machine on a page is light on paper.

    Raises ``MissingError`` where the typesetter is not installed.
    """
    drawing = picture.drawing
    ground: Ground = "light" if picture.ground == "auto" else picture.ground
    page = f"#set page(width: {num(drawing.width)}pt, height: {num(drawing.height)}pt, margin: 0pt)\n"
    page += "#set document(title: sys.inputs.title, date: none)\n" if form == "pdf" else ""
    page += '#image(bytes(sys.inputs.svg), format: "svg", width: 100%, height: 100%, alt: sys.inputs.title)'
    inputs = {"svg": drawing.svg(ground=ground), "title": drawing.title}
    made = need("typst", extra="print").compile(page.encode(), format=form, ppi=_DOTS, sys_inputs=inputs)
    return bytes(made)
