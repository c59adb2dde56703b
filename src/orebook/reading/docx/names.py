"""Names: what the elements of a word processor's file are called."""

from orebook.reading.docx.xml import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MATHS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_CHOICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
RELATED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"

PARAGRAPH, TABLE, ROW, CELL, RUN = f"{W}p", f"{W}tbl", f"{W}tr", f"{W}tc", f"{W}r"
ALTERNATIVES, CHOICE = f"{_CHOICE}AlternateContent", f"{_CHOICE}Choice"
FORMULA, FORMULA_TEXT = f"{_MATHS}oMath", f"{_MATHS}t"
FORMULA_RAISED, FORMULA_LOWERED, FRACTION_BELOW = f"{_MATHS}sup", f"{_MATHS}sub", f"{_MATHS}den"

AROUND = frozenset(
    f"{W}{name}"
    for name in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "hyperlink", "fldSimple", "dir", "bdo")
) | {f"{_MATHS}oMathPara", CHOICE}
"""Elements that only stand around others; ``fldSimple`` holds what a field shows."""

INSERTED = frozenset({f"{W}ins", f"{W}moveTo"})
DELETED = frozenset({f"{W}del", f"{W}moveFrom"})

TEXT = f"{W}t"
ODD = (
    *(f"{W}{name}" for name in ("tab", "ptab", "br", "cr", "noBreakHyphen", "vanish", "vertAlign", "sym", "fldChar")),
    *(f"{W}{name}" for name in ("fldSimple", "footnoteReference", "endnoteReference", "footnoteRef", "endnoteRef")),
    *(f"{W}{name}" for name in ("del", "moveFrom", "ins", "moveTo", "drawing", "pict", "object", "tbl")),
    ALTERNATIVES,
    FORMULA,
)
"""Elements that make of the cells of a table more than the words of their runs."""


def leading(around: Element, tag: str) -> Element | None:
    """The first child, if it is of that name: what an element says of itself stands before all else in it."""
    if not len(around):
        return None
    first = around[0]
    return first if first.tag == tag else None


def is_on(element: Element | None) -> bool:
    """Whether a switch such as bold is set: there, and not off."""
    return element is not None and element.get(f"{W}val") not in ("0", "false", "off", "none")
