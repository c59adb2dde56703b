"""Prose: lines that are no table, put together to headings, captions, bullets and paragraphs.

Some texts break every line at a width, some write each paragraph on one line, some leave a blank line in the middle of
a sentence. A block is what belongs together for a reader, whatever the line breaks are.
"""

from collections.abc import Sequence
from itertools import pairwise

from orebook.reading.layout import Block
from orebook.reading.layout.bullets import bullet
from orebook.reading.layout.headings import (
    LONGEST_LABEL,
    begins_address,
    captioned,
    is_caption,
    is_heading,
    is_label,
    names_hole,
)
from orebook.reading.layout.lines import Line
from orebook.reading.patterns import Pattern
from orebook.reading.text import inline, is_tag, joined, tidy

SEPARATOR = Pattern(r"(?:[-*=~.–—]|\\?_){2,}(?:\s+(?:[-*=~.–—]|\\?_)+){0,200}")
_HASHES = Pattern(r"(#{1,6})\s*(?=[^#\s])")
_BOLD = Pattern(r"(?:\*\*|__)(?=\S)[^\n]{1,200}(?<=\S)(?:\*\*|__)[*¹²³⁴⁵]{0,3}:?")
_IMAGE = Pattern(r"!\[[^\]\n]{0,300}\]\([^)\s]{0,1000}\)")
_LINK = Pattern(r"\[[^\[\]\n]{0,300}\]\([^()\s]{0,1000}\)")
_FEWEST_LISTED = 4
LABEL_LEVEL = 7
"""The level of a heading that rules only the bullets right below it."""
_STOPPED = Pattern(r"[.!?;:][\"'”’)\]*]{0,3}$")


def prose(text: str, run: Sequence[Line]) -> list[Block]:
    """The blocks of some lines without a blank line among them."""
    if len(run) == 1:
        if is_tag(run[0].words):
            return []
        alone = _block(text, run)
        _promote(alone)
        return [alone] if alone.text.plain else []
    wrapped = _wrapped(run)
    blocks = [block for part in _parts(run, wrapped=wrapped) if (block := _block(text, part)).text.plain]
    if len(blocks) == 1 and len(run) == 2:
        _promote(blocks[0])
    elif blocks and len(run[0].words) < 80:
        _promote(blocks[0], followed=not wrapped)
    if len(run) > 3 and wrapped:
        for block in blocks[1:-1]:
            _promote(block)
    for upper, lower in pairwise(blocks):
        if lower.kind == "bullet":
            labelled(upper)
    return blocks


def labelled(block: Block) -> None:
    """Make a short line above bullets the heading of those bullets, if it is a label."""
    if block.kind == "paragraph" and block.part != "tail" and is_label(block.text.plain):
        block.kind, block.level = "heading", LABEL_LEVEL


def _wrapped(run: Sequence[Line]) -> bool:
    """Whether the lines were broken at a width."""
    widths = [len(line.words) for line in run]
    width = max(widths)
    if not 55 <= width <= 160:
        return False
    long = 0.75 * width
    return sum(each > long for each in widths) >= min(2, len(run) - 1)


def _listed(run: Sequence[Line], width: int) -> bool:
    """Whether each line is a statement of its own, as in highlights without bullets.

    All begin with a capital or a figure, and most would have had room for the first word of the next.
    """
    if len(run) < _FEWEST_LISTED or any(line.words[0].islower() for line in run):
        return False
    roomy = sum(len(upper.words) + 1 + len(lower.words.split(" ", 1)[0]) <= width for upper, lower in pairwise(run))
    return 2 * roomy >= len(run) and not any(line.words.endswith((",", " and", " of", " the")) for line in run)


def _parts(run: Sequence[Line], *, wrapped: bool) -> list[Sequence[Line]]:
    """Cut at the lines that begin something new."""
    flow = max(len(line.words) for line in run) if wrapped else 0
    if flow and _listed(run, flow):
        flow = 0
    parts: list[Sequence[Line]] = []
    first = 0
    for at in range(1, len(run)):
        upper, lower = run[at - 1], run[at]
        if (
            _begins(lower.words)
            or _ends(upper.words)
            or not _flows(upper.words, lower.words, flow)
            or _labels(run, at, flow)
        ):
            parts.append(run[first:at])
            first = at
    parts.append(run[first:])
    return parts


def _begins(words: str) -> bool:
    sign = words[0]
    if sign in "*_":
        return words.startswith("**") or bullet(words) is not None or captioned(words.lstrip("*_")) is not None
    if sign == "#":
        return _HASHES.match(words) is not None
    return bullet(words) is not None or captioned(words) is not None


def _ends(words: str) -> bool:
    return bool(_HASHES.match(words) if words[0] == "#" else _is_bold(words))


def _is_bold(words: str) -> bool:
    return words.startswith(("**", "__")) and _BOLD.fullmatch(words) is not None


def _labels(run: Sequence[Line], at: int, width: int) -> bool:
    """Whether a line stands over the bullets below it, and not for the end of what is above it."""
    line = run[at]
    if len(line.words) > LONGEST_LABEL or at + 1 >= len(run) or not bullet(run[at + 1].words):
        return False
    if not is_label(line.words):
        return False
    full = width > 0 and len(run[at - 1].words) + 1 + len(line.words.split(" ", 1)[0]) > width
    return not full or names_hole(line.words)


_ENDS_IN_NUMBER = Pattern(r"[A-Za-z)] ~?\d[\d,]{0,11}(?:\.\d{1,3})?$")
_UNIT_FIRST = Pattern(r"(?:Mt|Moz|Mlbs?|Kt|MT|Million|AuEq|Au)\b(?! ?[:|])")


def _flows(upper: str, lower: str, width: int) -> bool:
    """Whether a line goes on with the words of the line above it."""
    if begins_address(lower):
        return False
    if lower[0].islower() or (lower[0] in "MKA" and _UNIT_FIRST.match(lower) and _ENDS_IN_NUMBER.search(upper)):
        return True
    if width <= 0:
        return False
    if len(upper) + 1 + len(lower.split(" ", 1)[0]) > width:
        return True
    return len(upper) > 0.6 * width and not _STOPPED.search(upper)


def _block(text: str, part: Sequence[Line]) -> Block:
    """One block; its kind by the signs that the first line carries."""
    first, start, end = part[0], part[0].start, part[-1].end
    sign = first.words[0]
    hashes = _HASHES.match(first.words) if sign == "#" else None
    if hashes:
        return Block("heading", tidy(inline(text, start + hashes.end(), end)), level=len(hashes[1]))
    if len(part) == 1 and sign in "*_" and _is_bold(first.words) and not first.words.rstrip("*_").endswith("."):
        plain = tidy(inline(text, start, end))
        kind = "caption" if is_caption(plain.plain) else "heading"
        announces = plain.plain.endswith(":") and len(plain.plain.split()) > 8
        if kind == "caption" or (len(plain.plain) <= 150 and not announces):
            return Block(kind, plain, level=2 if kind == "heading" else 0)
    point = bullet(first.words)
    if point and len(first.words) > point.end():
        return Block("bullet", tidy(inline(text, start + point.end(), end)), level=min(first.indent // 2, 9))
    if sign == "[" and _LINK.fullmatch(text, start, end):
        return Block("paragraph", tidy(inline(text, start, end)), part="tail")
    pictured = sign == "!" and _IMAGE.fullmatch(first.words)
    words = tidy(inline(text, end if pictured else start, end))
    return Block("caption" if is_caption(words.plain) else "paragraph", words)


def _promote(block: Block, *, followed: bool = False) -> None:
    """Make a heading of a short line that stands by itself and looks like one."""
    if block.kind == "paragraph" and block.part != "tail" and is_heading(block.text.plain, followed=followed):
        block.kind, block.level = "heading", 3


def mended(blocks: Sequence[Block]) -> list[Block]:
    """Join a sentence that a blank line has cut in two."""
    found: list[Block] = []
    for block in blocks:
        if block.kind == "paragraph" and found and _cut(found[-1], block):
            found[-1].text = joined([found[-1].text, block.text])
            continue
        if found and block.kind == "bullet":
            labelled(found[-1])
        found.append(block)
    return found


def _cut(upper: Block, lower: Block) -> bool:
    above, below = upper.text.plain, lower.text.plain
    return (
        below[:1].islower()
        and upper.kind in ("paragraph", "bullet")
        and len(above) > 60
        and not _STOPPED.search(above)
        and not above.endswith(('"', "”"))
        and not begins_address(below)
    )
