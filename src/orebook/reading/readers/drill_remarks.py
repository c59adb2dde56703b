"""What is said of holes without an assay: nothing of note, lengths that were seen only, numbers of intervals."""

import re
from collections.abc import Iterable, Iterator

from orebook.ground.fact import Record, Words
from orebook.reading.drilling import holes
from orebook.reading.drilling.drill_words import words
from orebook.reading.heads import cells
from orebook.reading.language.quantities import Quantity
from orebook.reading.layout import Block
from orebook.reading.patterns import Pattern
from orebook.reading.release import Release, Sentence

ORDER = 35

_ADJECTIVES = r"(?:[\w+/.-]+ ){0,6}?"
_MISSED = rf"(?:{words('result')}|{words('what a hole misses')})"
_NOTHING = Pattern(
    rf"\b(?:did not|didn't|failed to|do not|does not) {words('not found verb')} {_ADJECTIVES}{_MISSED}\b"
    rf"|\b{words('found verb')} (?:no|nil|little)(?: \w+ly)? {_ADJECTIVES}{words('result')}\b"
    rf"|\b(?:missed|narrowly missed) {_ADJECTIVES}{words('what a hole misses')}\b"
    r"|\bnothing (?:of (?:note|significance|interest|economic interest)|significant|noteworthy)\b"
    rf"|\bno significant {_ADJECTIVES}{words('result')}\b|\bno {words('result')} above\b"
    rf"|\b(?:was|were|is|are|proved(?: to be)?|came back|returned|all)(?: \w+ly| all| both)? "
    r"(?:barren|un-?mineralis?z?ed|below (?:the )?(?:[\w.%/]+ ){0,3}"
    r"(?:cut-?off|detection|reporting|threshold)(?: limits?)?)"
    r"|\bonly (?:barren|un-?mineralis?z?ed)\b"
    r"|(?<![\w-])(?:NSI|NSR|NSA|NSV)(?![\w-])(?! royalty)",
    re.IGNORECASE,
)
_MARK = Pattern(r"NS[IRAV]", re.IGNORECASE)
_ROYALTY = Pattern(r"royalt|smelter|\d\s?%\s?NSR|%", re.IGNORECASE)
_SEEN_AFTER = Pattern(
    r"(?:\s(?:wide|thick|long))?[\s-]*(?:core (?:interval|length|section)|in core length"
    r"|(?:wide |thick |broad |mineralis?z?ed |continuous |downhole |down-hole )*"
    r"(?:interval|intersection|intercept|section|zone)"
    rf" of (?:\w+[ -]){{0,3}}{words('seen rock')}|of {words('seen directly')}\b)",
    re.IGNORECASE,
)
_DRILLED = Pattern(r"\b(?:drill\w*|holes?|intersect\w*|intercept\w*|core|encountered|down-?hole)\b", re.IGNORECASE)
_LISTED = Pattern(r"\s?(?:m|metres|meters)?\s?(?:,|and|&)\s?(?:approximately |about )?")


_FAR = 500
"""A hole that was named this many characters ago is no longer the one that is spoken of."""


def records(release: Release) -> Iterable[Record]:
    """Holes without significant results, intervals without assays, and counts of intervals."""
    hole, block, said_at = "", None, 0
    for sentence in release.sentences():
        if sentence.block is not block:
            block, hole, said_at = sentence.block, _leading(sentence.block), sentence.text.start
        named = {name for *_, name in holes.find(sentence.plain)}
        if len(named) == 1:
            hole, said_at = named.pop(), sentence.text.end
        elif sentence.text.start - said_at > _FAR:
            hole = ""
        yield from _nothing(release, sentence, hole)
        yield from _visual(release, sentence, hole)
        yield from _counts(release, sentence, hole)
    yield from _below_a_name(release)


def _below_a_name(release: Release) -> Iterator[Record]:
    """A hole on a line of its own and "NSI" on the next: the last row of a table that ran out of cells."""
    before: Block | None = None
    for block in release.layout.prose():
        plain = block.plain.strip()
        named = holes.find(before.plain) if before and len(before.plain) < 30 and len(plain) < 40 else []
        if before and len(named) == 1 and before.plain.strip(" *:•-") == named[0][2]:
            said = cells.nothing(block.text)
            if said and not plain[: said[0]].strip() and not plain[said[1] :].strip(" .*"):
                fact = release.fact("drilling.nothing", Words(block.plain[slice(*said)]), block.text, *said)
                yield release.record("drill_no_significant", [fact], hole=named[0][2], place="table")
        before = block


def _leading(block: Block) -> str:
    """The hole with which a paragraph opens, or its heading names."""
    for plain, far in ((block.plain[:60], 20), (block.section, 80)):
        found = holes.find(plain)
        if found and found[0][0] < far and len({name for *_, name in found}) == 1:
            return found[0][2]
    return ""


def _nothing(release: Release, sentence: Sentence, hole: str) -> Iterator[Record]:
    """A record for each hole that is said to hold nothing: those named right before the words, else behind them."""
    found = _nothing_said(sentence.plain)
    for name in _barren(sentence.plain, found, hole) if found else ():
        if found:
            fact = release.fact("drilling.nothing", Words(found[0]), sentence.text, *found.span())
            yield release.record("drill_no_significant", [fact], **_about(release, sentence, name, found.start()))


_BARREN_WORDS = (
    "not ",
    "n't ",
    "No ",
    "no ",
    "nil",
    "Nil",
    "little",
    "barren",
    "ineralis",
    "ineraliz",
    "below",
    "fail",
    "NS",
    "missed",
    "othing",
)
"""Letters without which no sentence says that a hole holds nothing."""


def _nothing_said(plain: str) -> re.Match[str] | None:
    """The words that say that a hole holds nothing; NSR in a sentence on royalties is none of them."""
    if _NOTHING.is_barred_by(plain) or not any(word in plain for word in _BARREN_WORDS):
        return None
    for found in _NOTHING.finditer(plain):
        if not (_MARK.fullmatch(found[0]) and (_ROYALTY.search(plain) or not found[0].isupper())):
            return found
    return None


_LISTED_HOLES = Pattern(
    r"[\s,;&/*]*(?:\b(?:and|to|through|or|as well as|holes?|both|all|in|also|then|have|has)\b[\s,*]*)*", re.IGNORECASE
)
_ABOUT_THEM = Pattern(r"[\s,:;()*–-]*(?:(?!but\b|while\b|whereas\b)[A-Za-z']{1,20}[\s,:()*–-]{1,4}){0,9}")
_FROM_THEM = Pattern(
    r"[\s,*(]*(?:(?!but\b|while\b)[A-Za-z']{1,20}[\s,*-]{1,4}){0,6}?"
    r"(?:in|from|by|for|at)\s(?:the )?(?:drill )?(?:holes? )?$"
)


def _barren(plain: str, found: re.Match[str], hole: str) -> list[str]:
    """The holes of which it is said: the list that ends before the words, or begins behind them, else the one hole."""
    named = holes.find(plain)
    before = [one for one in named if one[1] <= found.start()]
    if before and _ABOUT_THEM.fullmatch(plain, before[-1][1], found.start()):
        last = len(before) - 1
        while last and _LISTED_HOLES.fullmatch(plain, before[last - 1][1], before[last][0]):
            last -= 1
        return list(dict.fromkeys(name for *_, name in before[last:]))
    behind = [one for one in named if one[0] >= found.end()]
    if behind and _FROM_THEM.match(plain[found.end() : behind[0][0]]):
        count = 1
        while count < len(behind) and _LISTED_HOLES.fullmatch(plain, behind[count - 1][1], behind[count][0]):
            count += 1
        return list(dict.fromkeys(name for *_, name in behind[:count]))
    return [hole] if hole and not (before or behind) else []


def _visual(release: Release, sentence: Sentence, hole: str) -> Iterator[Record]:
    """Lengths of core said to hold something, in a sentence without grades."""
    lengths = [q for q in sentence.quantities if q.unit in ("m", "ft") and not q.is_range]
    if not lengths or any(q.fraction and (q.analyte or q.unit != "%") for q in sentence.quantities):
        return
    if not _DRILLED.search(sentence.plain):
        return
    seen: list[Quantity] = []
    for quantity in reversed(lengths):
        listed = seen and _LISTED.fullmatch(sentence.plain, quantity.number_end, seen[-1].start)
        if _SEEN_AFTER.match(sentence.plain, quantity.end) or listed:
            seen.append(quantity)
    if seen:
        seen.reverse()
        facts = [release.fact("drilling.visual", q.figure, sentence.text, q.start, q.end) for q in seen]
        yield release.record("drill_interval_visual", facts, **_about(release, sentence, hole, seen[0].start))


def _counts(release: Release, sentence: Sentence, hole: str) -> Iterator[Record]:
    """How many intervals or sections a hole cut."""
    for quantity in sentence.quantities:
        if (
            quantity.unit not in ("interval", "section")
            or quantity.figure.value < 2
            or quantity.is_range
            or not _DRILLED.search(sentence.plain)
        ):
            continue
        split = re.search(r"\b(?:split|cut|divided|sawn) in(?:to)?\s$", sentence.plain[: quantity.start])
        if split or re.search(r"sampl|metre|meter|survey", quantity.noun, re.IGNORECASE):
            continue
        fact = release.fact("drilling.count", quantity.figure, sentence.text, quantity.start, quantity.number_end)
        yield release.record("drill_interval_count", [fact], **_about(release, sentence, hole, quantity.start))


def _about(release: Release, sentence: Sentence, hole: str, at: int) -> dict[str, str]:
    return {**release.about(sentence.block, sentence.text, at), "hole": hole, "place": "text", "context": "announced"}
