"""What is said of holes without an assay: nothing of note, lengths that were seen only, numbers of intervals."""

import re
from collections.abc import Iterable, Iterator

from orebook.ground.fact import Record, Words
from orebook.reading import holes
from orebook.reading.drill_words import words
from orebook.reading.layout import Block
from orebook.reading.quantities import Quantity
from orebook.reading.release import Release, Sentence

ORDER = 35

_NOTHING = re.compile(
    rf"\b(?:did not (?:contain|intersect|return|encounter) any (?:significant |notable )?"
    rf"(?:[\w+/-]+ ){{0,6}}?{words('result')}|(?:contained|returned|intersected|encountered|had|yielded) no "
    r"(?:significant |notable )?(?:[\w+/-]+ ){0,5}?"
    rf"{words('result')}|no significant (?:[\w+/-]+ ){{0,6}}?{words('result')}"
    r"|did not intersect (?:the )?(?:target|zone|mineralis?z?ation))",
    re.IGNORECASE,
)
_SEEN_AFTER = re.compile(
    r"(?:\s(?:wide|thick|long))?[\s-]*(?:core (?:interval|length|section)|in core length"
    r"|(?:wide |thick |broad |mineralis?z?ed |continuous |downhole |down-hole )*"
    r"(?:interval|intersection|intercept|section|zone)"
    rf" of (?:\w+[ -]){{0,3}}{words('seen rock')}|of {words('seen directly')}\b)",
    re.IGNORECASE,
)
_DRILLED = re.compile(r"\b(?:drill\w*|holes?|intersect\w*|intercept\w*|core|encountered|down-?hole)\b", re.IGNORECASE)
_LISTED = re.compile(r"\s?(?:m|metres|meters)?\s?(?:,|and|&)\s?(?:approximately |about )?")


def records(release: Release) -> Iterable[Record]:
    """Holes without significant results, intervals without assays, and counts of intervals."""
    hole, block = "", None
    for sentence in release.sentences():
        if sentence.block is not block:
            block, hole = sentence.block, _leading(sentence.block)
        named = {name for *_, name in holes.find(sentence.plain)}
        hole = named.pop() if len(named) == 1 else hole
        yield from _nothing(release, sentence, hole)
        yield from _visual(release, sentence, hole)
        yield from _counts(release, sentence, hole)


def _leading(block: Block) -> str:
    """The hole with which a paragraph opens, or its heading names."""
    for plain, far in ((block.plain[:60], 20), (block.section, 80)):
        found = holes.find(plain)
        if found and found[0][0] < far and len({name for *_, name in found}) == 1:
            return found[0][2]
    return ""


def _nothing(release: Release, sentence: Sentence, hole: str) -> Iterator[Record]:
    found = _NOTHING.search(sentence.plain)
    if found and hole:
        fact = release.fact("drilling.nothing", Words(found[0]), sentence.text, *found.span())
        yield release.record("drill_no_significant", [fact], **_about(release, sentence, hole, found.start()))


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
        if re.search(r"sampl|metre|meter|survey", quantity.noun, re.IGNORECASE):
            continue
        fact = release.fact("drilling.count", quantity.figure, sentence.text, quantity.start, quantity.number_end)
        yield release.record("drill_interval_count", [fact], **_about(release, sentence, hole, quantity.start))


def _about(release: Release, sentence: Sentence, hole: str, at: int) -> dict[str, str]:
    return {**release.about(sentence.block, sentence.text, at), "hole": hole, "place": "text", "context": "announced"}
