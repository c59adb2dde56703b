"""Boilerplate: where the release itself begins and ends, what its title is, under which heading each block stands."""

import csv
import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from string import digits

from orebook.reading.layout import Block, Table
from orebook.reading.layout.prose import LABEL_LEVEL
from orebook.reading.patterns import Pattern

_COMPANY = Pattern(
    r"\b(?:inc|corp|corporation|ltd|limited|llc|plc|nl|s\.?a|company|group|resources|metals|minerals|mining|mines|gold|silver|"
    r"copper|exploration|explorations|ventures|royalties|energy|lithium|uranium|us)\b",
    re.IGNORECASE,
)
_THING = Pattern(r"\b(?:project|property|mine|deposit|drilling|program|programme|zone|results|area)s?\b", re.IGNORECASE)
_RUN_IN = Pattern(r"about (?:the )?[A-Z][\w&.,' ]{2,60}?(?: ?[-–—:] |\.? (?=[A-Z]))", re.IGNORECASE)
_LINK = Pattern(r"\[[^\]\n]{0,300}\]\([^)\s]{0,1000}\)")
_PLACE = Pattern(
    r"\b\d{1,5}[,-]? (?:[A-Z][\w.'-]* ){1,4}"
    r"(?:Street|St|Avenue|Ave|Road|Rd|Drive|Boulevard|Blvd|Place|Terrace|Way|Tower)\b|\b[A-Z]\d[A-Z] ?\d[A-Z]\d\b"
)
_LEGAL = Pattern(
    r"(?:[\w&.'-]{1,40} ){1,6}"
    r"(?:Inc|INC|Corp|CORP|Corporation|CORPORATION|Ltd|LTD|Limited|LIMITED|LLC|PLC|plc|N\.?L|S\.?A|Group|Company)"
    r"(?![A-Za-z])\.?"
)
_DATE = Pattern(
    r"(?:[A-Z][a-z]{2,5}day,? )?(?:\d{1,2}(?:st|nd|rd|th)? [A-Za-z]{3,9},? \d{4}"
    r"|[A-Z][a-z]{2,8}\.? \d{1,2}(?:st|nd|rd|th)? ?,? \d{4}|\d{1,2}/\d{1,2}/\d{2,4})\.?"
)
_DATELINE = Pattern(
    r"--|wire\b|newsfile|\((?:tsx|asx|cse|nyse|nasdaq|otc|lse|aim)|(?:january|february|march|april|may|june|july|august|september|"
    r"october|november|december) \d{1,2}, ?\d{4}\*{0,2} ?[-–—/)]",
    re.IGNORECASE,
)
_ABOUT = "about "
_FOOTNOTE = Pattern(r"[1-9] {1,4}(?=[A-Z][\w.]{0,20} )")


@cache
def _cues(name: str) -> list[dict[str, str]]:
    table = files("orebook.reading").joinpath("words", name).read_text(encoding="utf-8")
    return list(csv.DictReader(table.splitlines()))


@cache
def _starts(place: str) -> Pattern:
    """One pattern for all cues of a place, longest first; the group's name would say too little, so a map does."""
    cues = sorted((row["cue"] for row in _cues("boilerplate.csv") if row["place"] == place), key=len, reverse=True)
    return Pattern(r"(?:" + "|".join(re.escape(cue) for cue in cues) + r")")


@cache
def _first_letters() -> tuple[frozenset[str], int]:
    """The first letters of all cues, as many as the shortest has."""
    cues = [row["cue"] for row in _cues("boilerplate.csv")]
    size = min(map(len, cues))
    return frozenset(cue[:size] for cue in (*cues, _ABOUT)), size


@cache
def _effects(place: str) -> dict[str, str]:
    return {row["cue"]: row["effect"] for row in _cues("boilerplate.csv") if row["place"] == place}


def effect(block: Block) -> str:
    """What a block's first words mean for where the release ends: tail, block, about, body or nothing."""
    said = block.text.plain[:120].lower().replace("‐", "-").lstrip("*_ \"'•-")
    letters, size = _first_letters()
    if said[:size] not in letters:
        return ""
    if block.kind == "heading":
        found = _starts("heading").match(said)
        if found and not _LEGEND.match(said, found.end()):
            meant = _effects("heading")[found[0]]
            if meant == "about":
                return "tail" if _is_company(block.text.plain) else ""
            return meant
    found = _starts("start").match(said)
    if found:
        return _effects("start")[found[0]]
    if said.startswith(_ABOUT) and block.kind != "heading" and _RUN_IN.match(block.text.plain):
        head = block.text.plain[: _RUN_IN.match(block.text.plain).end()]  # type: ignore[union-attr]
        return "tail" if _is_company(head) else ""
    return ""


_LEGEND = Pattern(r"s? (?:\((?:mapped|inferred|assumed|observed)|zone|metamorph|aureole)")
"""What follows the word contact where it is one of rocks."""


def _is_company(words: str) -> bool:
    return not _THING.search(words) or bool(_LEGAL.search(words))


def settle(blocks: Sequence[Block], turns: Sequence[int] = ()) -> None:
    """Say for every block its part and its section, and which block is the title.

    ``turns`` are the places in the text where pages begin, where a document has pages.
    """
    title = _title(blocks)
    if title is not None:
        title.kind, title.level = "title", 0
    _heads(blocks, title)
    _tails(blocks, turns)
    section = label = ""
    for block in blocks:
        if block.kind == "heading" and block.part != "head":
            if block.level >= LABEL_LEVEL:
                label = block.text.plain
            else:
                section, label = block.text.plain, ""
        elif block.kind != "bullet":
            label = ""
        block.section = label or section


def _title(blocks: Sequence[Block]) -> Block | None:
    """The first line that reads like a headline and is no letterhead."""
    second: Block | None = None
    for block in blocks[:30]:
        if block.kind == "title":
            return block
    for block in blocks[:30]:
        if block.kind == "heading" and block.level == 1 and not is_letterhead(block.text.plain):
            return block
    for block in blocks[:30]:
        plain = block.text.plain
        if block.part == "tail":
            continue
        if block.table is not None or (block.kind == "paragraph" and (len(plain) > 320 or _DATELINE.search(plain))):
            break
        if block.kind in ("heading", "paragraph") and len(plain) > 12 and not is_letterhead(plain):
            if _is_sentence(plain) and len(plain) > 60:
                break
            if len(plain.split()) >= 4 and not _is_sentence(plain):
                return block
            second = second or (None if _is_sentence(plain) else block)
    return second


def _is_sentence(plain: str) -> bool:
    """Whether a line ends like a sentence and does not write its words like a headline."""
    if not plain.endswith((".", "!", "?", ";")):
        return False
    long = [word for word in plain.split() if len(word) > 3 and word[0].isalpha()]
    return sum(word[0].isupper() for word in long) < 0.7 * len(long) or ". " in plain


@cache
def _letterheads() -> tuple[frozenset[str], Pattern]:
    """What a line of a letterhead says alone, and how one begins."""
    rows = _cues("letterhead.csv")
    beginnings = "|".join(re.escape(row["cue"]) for row in rows if row["place"] == "start")
    return frozenset(row["cue"] for row in rows if row["place"] == "whole"), Pattern(rf"(?:{beginnings})(?![a-z])")


def is_letterhead(plain: str) -> bool:
    """Whether a line belongs to the letterhead: what kind of paper it is, an address, a telephone, a date, a name
    alone.

    >>> is_letterhead("NEWS RELEASE"), is_letterhead("Tel: 604 555 0100"), is_letterhead("Ore Found At Last Mountain")
    (True, True, False)
    """
    dated = _DATE.match(plain.strip())
    said = (plain.strip()[dated.end() :] if dated else plain).lower().strip(" .:*")
    whole, beginnings = _letterheads()
    if said in whole or beginnings.match(said):
        return True
    return bool(
        _DATE.fullmatch(plain.strip()) or _PLACE.search(plain) or _LEGAL.fullmatch(plain.strip()) or "@" in plain
    )


def _heads(blocks: Sequence[Block], title: Block | None) -> None:
    seen = title is None
    for block in blocks:
        if block.kind == "front":
            block.part = "head"
            continue
        if block.part == "tail":
            continue
        if block is title:
            block.part, seen = "head", True
            continue
        long = block.table is not None or block.kind in ("bullet", "caption") or len(block.text.plain) > 120
        long = long or (seen and _is_sentence(block.text.plain) and not is_letterhead(block.text.plain))
        if long or (seen and block.kind == "heading" and not is_letterhead(block.text.plain)):
            return
        block.part = "head"


def _tails(blocks: Sequence[Block], turns: Sequence[int]) -> None:
    """Walk down and mark what is boilerplate; real content below it is kept."""
    tail, numbered, until = False, 0, -1
    caution: Block | None = None
    nested = sum(_NESTED.match(block.text.plain) is not None for block in blocks if _is_numbered(block))
    for block in blocks:
        if block.part == "head" or block.kind == "title":
            continue
        if block.table is not None and _is_contents(block.table):
            block.part = "tail"
            continue
        meant = effect(block)
        chapter = _is_numbered(block) and _CHAPTER.match(block.text.plain) is not None
        numbered += chapter and not tail
        under = chapter and nested >= _CHAPTERS and _NESTED.match(block.text.plain) is not None
        if meant == "body" or (chapter and not meant and (numbered >= _CHAPTERS or under)):
            tail = False
        elif meant == "tail":
            tail, until = True, _next_page(blocks, block, turns)
            caution = block if _is_caution_in_front(block, blocks) else None
        elif tail and (_ends(block, caution, meant) or _is_next_page(block, until)):
            tail = False
        if block.kind == "paragraph" and block.text.plain[:1] in digits and _is_note(block.text.plain):
            block.kind = "note"
            continue
        if block.kind == "caption" or (block.table is not None and tells(block)):
            continue
        if tail or meant in ("block", "link"):
            block.part = "tail"


_CAUTION = Pattern(r"\W{0,3}(?:important )?caution(?:ary)?\b", re.IGNORECASE)


def _is_caution_in_front(block: Block, blocks: Sequence[Block]) -> bool:
    """Whether a heading opens a caution in the first third, as studies of early stages have it; the next ends it."""
    return block.kind == "heading" and block.text.start * 3 < blocks[-1].text.end and bool(_CAUTION.match(block.plain))


def _ends(block: Block, caution: Block | None, meant: str) -> bool:
    """Whether a heading, no boilerplate itself, ends a caution that stood in front."""
    return caution is not None and block.kind == "heading" and not meant and block.level <= caution.level


def _is_next_page(block: Block, until: int) -> bool:
    """Whether a heading or a table opens the page at which boilerplate ends."""
    return 0 <= until <= block.text.start and (block.kind == "heading" or block.table is not None)


def _next_page(blocks: Sequence[Block], block: Block, turns: Sequence[int]) -> int:
    """Where the page after that of a block begins; nowhere in the second half, where boilerplate goes on to the end.

    A disclaimer in front of slides, or at the end of the letter that stands before a report, is no end of the document.
    """
    if not turns or block.text.start * 2 > blocks[-1].text.end:
        return -1
    at = bisect_right(turns, block.text.start)
    return turns[at] if at < len(turns) else -1


_NESTED = Pattern(r"\d{1,2}\.\d{1,2}(?:\.\d{1,2}){0,2}\.? {1,4}[A-Z]")
_CHAPTER = Pattern(r"\d{1,2}(?:\.\d{1,2}){0,3}\.? {1,4}[A-Z]")
_CHAPTERS = 3
"""A report with so many numbered chapters goes on with the next one, whatever stood before it."""


def _is_note(plain: str) -> bool:
    """Whether a paragraph begins with the number of a footnote; addresses begin with numbers too."""
    return _FOOTNOTE.match(plain) is not None and not _PLACE.search(plain[:80])


def _is_numbered(block: Block) -> bool:
    """Whether a heading begins with a digit."""
    return block.kind == "heading" and block.text.plain[:1].isdigit()


def _is_contents(table: Table) -> bool:
    """Whether a table is a table of contents."""
    last = table.header[-1] if table.header else ()
    return any(word.lower().strip(" .") in ("page", "page no", "pages") for word in last)


_TELLING = Pattern(
    r"\b(?:hole|from|interval|intercept|intersection|width|length|easting|northing|azimuth|dip|depth|tonnes|tonnage|grade|g/t|gpt|ppm|%|oz|koz|moz|mlb|lbs?|"
    r"measured|indicated|inferred|proven|proved|probable|revenues?|ebitda|npv|irr|production|quarter|months|20\d\d)\b|[%$]",
    re.IGNORECASE,
)


def tells(block: Block) -> bool:
    """Whether a table speaks of what releases are about."""
    if block.table is None:
        return False
    heads = {word for words in block.table.header for word in words}
    return sum(bool(_TELLING.search(word)) for word in heads) >= 2
