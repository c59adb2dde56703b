"""Prose: lines that are no table, put together to headings, captions, bullets and paragraphs.

Some texts break every line at a width, some write each paragraph on one line, some leave a blank line in the middle of
a sentence. A block is what belongs together for a reader, whatever the line breaks are.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from orebook.reading.layout import Block
from orebook.reading.layout.lines import Line
from orebook.reading.layout.values import is_name
from orebook.reading.patterns import Pattern
from orebook.reading.text import inline, joined, tidy

BULLET = Pattern(
    r"(?:[-*+–—]\s+|[•·●▪■□◦‣➢►✓❖\uf0b7\uf0a7\uf0d8\u2043]\s*|o\s+(?=[A-Z\d])|\(?(?:\d{1,2}|[a-z]|[ivx]{2,4})[.)]\s+)(?=\S)"
)
_NUMBERED = Pattern(r"\(?(?:\d{1,2}|[a-z]|[ivx]{2,4})[.)]\s")
SEPARATOR = Pattern(r"(?:[-*=~.–—]|\\?_){2,}(?:\s+(?:[-*=~.–—]|\\?_)+){0,200}")
_HASHES = Pattern(r"(#{1,6})\s*(?=[^#\s])")
_BOLD = Pattern(r"(?:\*\*|__)(?=\S)[^\n]{1,200}(?<=\S)(?:\*\*|__)[*¹²³⁴⁵]{0,3}:?")
_CAPTION = Pattern(
    r"(?:Table|Figure|Fig\.?|Photo|Plate|Map|Image|Chart|Exhibit|TABLE|FIGURE)\s{0,2}(?:\d{1,3}|[A-Z])[A-Za-z]?(?:\.\d{1,2})?"
    r"(?:\s{0,2}[:.\-–—|]\s{0,2}(?=\S)|\s{1,2}(?P<next>\(?[A-Z][\w'-]{0,40}))"
)
_CAPTIONS = frozenset("TFPMICE")
_IMAGE = Pattern(r"!\[[^\]\n]{0,300}\]\([^)\s]{0,1000}\)")
_LINK = Pattern(r"\[[^\[\]\n]{0,300}\]\([^()\s]{0,1000}\)")
_WIRE = Pattern(
    r"--|\b(?:newswire|newsfile|globe newswire|businesswire|business wire|newmediawire|thenewswire|prnewswire)\b",
    re.IGNORECASE,
)
_ADDRESS = Pattern(r"(?:https?://|www\.|[\w.+-]{1,64}@[\w-]{1,64}\.|\+\d|[a-z]+\.(?:com|ca|org|net)\b)", re.IGNORECASE)
_HOLE = Pattern(
    r"(?:(?:drill ?)?hole|ddh|trench|channel)?s?\s{0,2}(?:no\.? ?)?(?P<name>[A-Z\d][\w.-]{2,20})"
    r"(?:\s?[(–,-]\s?[A-Za-z][\w' ]{1,40}\)?)?",
    re.IGNORECASE,
)
_FEWEST_LISTED = 4
_LABEL = 60
"""A line over bullets is at most so long."""
LABEL_LEVEL = 7
"""The level of a heading that rules only the bullets right below it."""
_DATELINE = Pattern(
    r"(?:[A-Z][\w. '-]{1,30}[,.:] ?){1,3}(?:[–—-] ?)?"
    r"(?:\d{1,2}(?:st|nd|rd|th)? [A-Za-z]{3,9},? \d{4}|[A-Z][a-z]{2,8}\.? \d{1,2}, ?\d{4})"
)
"""A place and a day."""
_STOPPED = Pattern(r"[.!?;:][\"'”’)\]*]{0,3}$")
_SHORTENED = Pattern(r"\b(?:INC|LTD|CORP|CO|LLC|S\.A|N\.L|PLC)\.$", re.IGNORECASE)
_SAYING = Pattern(
    r"\b(?:is|are|was|were|has|have|shows?|shown|presents?|lists?|provides?|summari[sz]es?|includes?|contains?|said)\b"
)
_SMALL = frozenset(
    (
        "a an and as at between by de des du el et for from in into la of on or over per the to under via vs with "
        "within y"
    ).split()
)


def prose(text: str, run: Sequence[Line]) -> list[Block]:
    """The blocks of some lines without a blank line among them."""
    blocks: list[Block] = []
    for part in _parts(run):
        block = _block(text, part)
        if block.text.plain:
            blocks.append(block)
    if len(blocks) == 1 and len(run) <= 2:
        _promote(blocks[0])
    elif len(run) > 1 and blocks and len(run[0].words) < 80:
        _promote(blocks[0], followed=not _wrapped(run))
    if len(run) > 3 and _wrapped(run):
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
    width = max((len(line.words) for line in run), default=0)
    return 55 <= width <= 160 and sum(len(line.words) > 0.75 * width for line in run) >= min(2, len(run) - 1)


def _listed(run: Sequence[Line], width: int) -> bool:
    """Whether each line is a statement of its own, as in highlights without bullets.

    All begin with a capital or a figure, and most would have had room for the first word of the next.
    """
    if len(run) < _FEWEST_LISTED or any(line.words[0].islower() for line in run):
        return False
    roomy = sum(len(upper.words) + 1 + len(lower.words.split(" ", 1)[0]) <= width for upper, lower in pairwise(run))
    return 2 * roomy >= len(run) and not any(line.words.endswith((",", " and", " of", " the")) for line in run)


def _parts(run: Sequence[Line]) -> list[Sequence[Line]]:
    """Cut at the lines that begin something new."""
    flow = max(len(line.words) for line in run) if _wrapped(run) else 0
    if flow and _listed(run, flow):
        flow = 0
    cuts = [0]
    cuts.extend(
        at
        for at in range(1, len(run))
        if _begins(run[at]) or _ends(run[at - 1]) or _labels(run, at, flow) or not _flows(run[at - 1], run[at], flow)
    )
    return [run[first:last] for first, last in zip(cuts, [*cuts[1:], len(run)], strict=True)]


def _begins(line: Line) -> bool:
    words = line.words
    return (
        words.startswith("**")
        or (not words[0].isupper() and bool(BULLET.match(words) or _HASHES.match(words)))
        or _captioned(words.lstrip("*_")) is not None
    )


def _ends(line: Line) -> bool:
    return bool(_HASHES.match(line.words) if line.words[0] == "#" else _is_bold(line.words))


def _is_bold(words: str) -> bool:
    return words.startswith(("**", "__")) and _BOLD.fullmatch(words) is not None


def _captioned(words: str) -> re.Match[str] | None:
    """The words with which a caption begins; most lines are told by their first letter."""
    return _CAPTION.match(words) if words[:1] in _CAPTIONS else None


def _labels(run: Sequence[Line], at: int, width: int) -> bool:
    """Whether a line stands over the bullets below it, and not for the end of what is above it."""
    line = run[at]
    if (
        at + 1 >= len(run)
        or len(line.words) > _LABEL
        or not BULLET.match(run[at + 1].words)
        or not is_label(line.words)
    ):
        return False
    full = width > 0 and len(run[at - 1].words) + 1 + len(line.words.split(" ", 1)[0]) > width
    return not full or names_hole(line.words)


def is_label(plain: str) -> bool:
    """Whether a short line could stand over bullets: a name, some words with a colon, words in capitals.

    >>> is_label("Hole AB-12"), is_label("North zone:"), is_label("and the north zone."), is_label("We drilled on")
    (True, True, False, False)
    """
    words = plain.strip("*_ ")
    if len(words) > _LABEL or not words or not (words[0].isupper() or words[0].isdigit()):
        return False
    if "," in words or _is_address(words) or words.lower().startswith("note"):
        return False
    return (
        names_hole(words)
        or (words.endswith(":") and len(words.split()) <= 8)
        or (len(words.split()) <= 6 and is_heading(words) and sum(c.isupper() for c in words) > 1)
    )


def names_hole(plain: str) -> bool:
    """Whether a line says nothing but the name of a hole.

    >>> names_hole("Hole AB-12:"), names_hole("AB-24-101 (North zone)"), names_hole("Hole AB-12 cut 3 m")
    (True, True, False)
    """
    named = _HOLE.fullmatch(plain.strip(" *_:"))
    return named is not None and is_name(named["name"])


_ENDS_IN_NUMBER = Pattern(r"[A-Za-z)] ~?\d[\d,]{0,11}(?:\.\d{1,3})?$")
_UNIT_FIRST = Pattern(r"(?:Mt|Moz|Mlbs?|Kt|MT|Million|AuEq|Au)\b(?! ?[:|])")


def _flows(upper: Line, lower: Line, width: int) -> bool:
    """Whether a line goes on with the words of the line above it."""
    if _ADDRESS.match(lower.words):
        return False
    if lower.words[0].islower() or (_ENDS_IN_NUMBER.search(upper.words) and _UNIT_FIRST.match(lower.words)):
        return True
    first = lower.words.split(" ", 1)[0]
    full = width > 0 and len(upper.words) + 1 + len(first) > width
    return full or (width > 0 and len(upper.words) > 0.6 * width and not _STOPPED.search(upper.words))


def _block(text: str, part: Sequence[Line]) -> Block:
    """One block; its kind by the signs that the first line carries."""
    first, start, end = part[0], part[0].start, part[-1].end
    hashes = _HASHES.match(first.words) if first.words[0] == "#" else None
    if hashes:
        return Block("heading", tidy(inline(text, start + hashes.end(), end)), level=len(hashes[1]))
    if len(part) == 1 and _is_bold(first.words) and not first.words.rstrip("*_").endswith("."):
        plain = tidy(inline(text, start, end))
        kind = "caption" if is_caption(plain.plain) else "heading"
        announces = plain.plain.endswith(":") and len(plain.plain.split()) > 8
        if kind == "caption" or (len(plain.plain) <= 150 and not announces):
            return Block(kind, plain, level=2 if kind == "heading" else 0)
    bullet = BULLET.match(first.words) if not first.words[0].isupper() else None
    if bullet and len(first.words) > bullet.end():
        return Block("bullet", tidy(inline(text, start + bullet.end(), end)), level=min(first.indent // 2, 9))
    if first.words[0] == "[" and _LINK.fullmatch(text, start, end):
        return Block("paragraph", tidy(inline(text, start, end)), part="tail")
    pictured = first.words[0] == "!" and _IMAGE.fullmatch(first.words)
    words = tidy(inline(text, end if pictured else start, end))
    return Block("caption" if is_caption(words.plain) else "paragraph", words)


def is_caption(plain: str) -> bool:
    """Whether words are the caption of a table or figure and no sentence that speaks of one.

    >>> is_caption("Table 2 - Drill hole collars"), is_caption("Table 2 shows the collars.")
    (True, False)
    """
    found = _captioned(plain) if len(plain) <= 700 else None
    if not found:
        return False
    if found["next"] is None:
        return True
    return len(plain) < 160 and not plain.endswith(".") and not _SAYING.search(plain)


def _promote(block: Block, *, followed: bool = False) -> None:
    """Make a heading of a short line that stands by itself and looks like one."""
    if block.kind == "paragraph" and block.part != "tail" and is_heading(block.text.plain, followed=followed):
        block.kind, block.level = "heading", 3


def _is_address(plain: str) -> bool:
    """Whether words hold the address of a page, a telephone or a letter; asked only where a sign of one stands."""
    return any(sign in plain for sign in "./@+") and _ADDRESS.search(plain) is not None


def _names_wire(plain: str) -> bool:
    """Whether words name a newswire; asked only where letters stand that all their names share."""
    small = plain.lower()
    return ("--" in plain or "wire" in small or "newsfile" in small) and _WIRE.search(plain) is not None


def is_heading(plain: str, *, followed: bool = False) -> bool:
    """Whether a line that stands by itself reads like a heading.

    In capitals, or short and with most words in capitals at their beginning, without the stop of a sentence.
    ``followed`` says that text follows without a blank line: then only capitals and a colon convince.

    >>> is_heading("DRILLING RESULTS"), is_heading("Sampling and Analysis"), is_heading("Drilling was done in May.")
    (True, True, False)
    """
    if len(plain) > 160:
        return False
    words = plain.split()
    if not words or _is_address(plain) or _names_wire(plain) or not any(c.isalpha() for c in plain):
        return False
    if plain[-1].isdigit() and _DATELINE.fullmatch(plain):
        return False
    letters = [c for c in plain if c.isalpha()]
    stopped = plain.endswith(".") and not _SHORTENED.search(plain)
    if len(letters) >= 4 and sum(c.isupper() for c in letters) > 0.9 * len(letters) and not stopped:
        return len(plain) <= 120
    if followed:
        return False
    if stopped or plain[-1] in ",;!?" or not (words[0][0].isupper() or words[0][0].isdigit()) or len(words) > 16:
        return False
    if "=" in plain or sum(c.isdigit() for c in plain) > 0.25 * len(plain):
        return False
    if plain.endswith(":"):
        return len(words) <= 8
    big = [word for word in words if word.lower() not in _SMALL and word[0].isalpha()]
    return len(words) <= 4 or sum(word[0].isupper() for word in big) > 0.6 * len(big)


def mended(blocks: Sequence[Block]) -> list[Block]:
    """Join a sentence that a blank line has cut in two."""
    found: list[Block] = []
    for block in blocks:
        if found and _cut(found[-1], block):
            found[-1].text = joined([found[-1].text, block.text])
            continue
        if found and block.kind == "bullet":
            labelled(found[-1])
        found.append(block)
    return found


def _cut(upper: Block, lower: Block) -> bool:
    if upper.kind not in ("paragraph", "bullet") or lower.kind != "paragraph" or upper.table or lower.table:
        return False
    above, below = upper.text.plain, lower.text.plain
    return (
        len(above) > 60
        and below[:1].islower()
        and not _STOPPED.search(above)
        and not above.endswith(('"', "”"))
        and not _ADDRESS.match(below)
    )
