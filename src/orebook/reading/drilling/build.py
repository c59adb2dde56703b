"""Build: an intercept from what a text says about one interval."""

import re
from dataclasses import replace

from orebook.ground.fact import Words
from orebook.ground.figure import Figure
from orebook.reading.drilling.intercepts import Intercept, Said
from orebook.reading.drilling.mentions import Mention
from orebook.reading.drilling.pieces import Piece, is_grade_unit
from orebook.reading.drilling.rare_earths import is_part_of_total
from orebook.reading.patterns import Pattern
from orebook.reading.text import Text

_MEASURES = (
    ("length", "drilling.length"),
    ("true", "drilling.true_thickness"),
    ("gram_metres", "drilling.gram_metres"),
)


def intercept(
    mention: Mention, text: Text, hole: str, relation: str, about: dict[str, str], *, surface: bool = False
) -> Intercept:
    """The intercept of a mention in ``text``; of a ``surface`` sample length and grades have measures of their own."""
    made = Intercept(hole, relation, about=about)
    for slot, measure in _MEASURES:
        piece = getattr(mention, slot)
        if isinstance(piece, Piece):
            made.add("sampling.length" if surface and slot == "length" else measure, said(text, piece))
    if mention.depth:
        ends = zip(("drilling.from", "drilling.to"), mention.depth.figures, mention.depth.spans, strict=False)
        unit = _length_unit(mention)
        for measure, figure, span in ends:
            if isinstance(figure, Figure) and not figure.unit:
                figure = replace(figure, unit=unit)
            made.add(measure, Said(figure, text, *span))
    for grade in mention.grades:
        figure = grade.figure
        if grade.analyte or (not isinstance(figure, Words) and is_grade_unit(figure.unit)):
            shared = not surface and _is_share(grade, mention.grades, text)
            measure = "drilling.share" if shared else "sampling.grade" if surface else "drilling.grade"
            made.add(measure, said(text, grade))
    return made


def _length_unit(mention: Mention) -> str:
    """The unit of depths that do not say theirs: that of the length beside them."""
    beside = mention.length or mention.true
    return beside.figure.unit if beside and isinstance(beside.figure, Figure) and beside.figure.unit else "m"


_OF_TOTAL = Pattern(r"\s?(?:MREO|HREO|LREO|NdPr)?\s?(?:of|/)\s?(?:the )?(?:total\b|TRE|REO)", re.IGNORECASE)


def _is_share(grade: Piece, beside: list[Piece], text: Text) -> bool:
    """Whether a percentage of magnet or heavy rare earths is a share of the total that is said beside it."""
    figure = grade.figure
    if isinstance(figure, Words) or figure.unit != "%" or not is_part_of_total(grade.analyte):
        return False
    totals = [other.figure for other in beside if other.analyte.startswith("TRE") and isinstance(other.figure, Figure)]
    apart = any(total.unit != "%" or figure.value > total.value for total in totals)
    return apart or bool(_OF_TOTAL.match(text.plain, grade.end))


def said(text: Text, piece: Piece) -> Said:
    """What a piece says, with its analyte."""
    return Said(piece.figure, text, *piece.spans[0], {"analyte": piece.analyte} if piece.analyte else {})
