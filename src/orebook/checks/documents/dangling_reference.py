"""References to figures and tables that lead nowhere."""

import re
from collections.abc import Iterator

from orebook.checks.places import block_at, places, source
from orebook.checks.rule import Remark, remark, rule
from orebook.checks.saying import listed
from orebook.ground.source import Source
from orebook.reading.patterns import Pattern
from orebook.reading.reading import Reading

_CALLED = Pattern(
    r"\b(?P<kind>Figures?|Fig\.|Tables?)\s(?P<first>\d{1,2})\b(?:\s?(?:and|&|,|to|-|–)\s?(?P<last>\d{1,2})\b(?![.,]\d))?"
)
_ELSEWHERE = Pattern(r"\s?,?\s?(?:of|in|from) (?:the )?(?:JORC|NI|Technical|report|announcement|release|presentation)")
_CAPTION = Pattern(r"\s{0,8}[*_#>\[]{0,4}\s?(?P<kind>Figure|Fig\.?|Table)\s(?P<first>\d{1,2})\b", re.IGNORECASE)
_FEW = 2


@rule("D101", on="document", basis="cross-reference")
def dangling_reference(reading: Reading) -> Iterator[Remark]:
    """The text refers to a figure or table that the document does not have.

    What it does:
    Collects the captions of figures and of tables and looks for references to other numbers. A document without any
    caption of the kind may be a part of a longer one and is left alone. A missing table whose number lies between those
    that are there is a warning; the rest are notes, because pictures are easily lost on the way. One or two tables that
    no text calls, where the others are called, are a note.

    Why it matters:
    The reader is sent to a table that holds the proof, and does not find it.

    Flagged:

        Holm Copper drills Linn Bank

        Results are listed in Table 1 and the holes in Table 3.

        Table 1: Results

        | Hole | From (m) | To (m) | Interval (m) | Cu (%) |
        |---|---|---|---|---|
        | LN-04 | 120.0 | 160.0 | 40.0 | 0.58 |

    Fine:

        Holm Copper drills Linn Bank

        Results are listed in Table 1.

        Table 1: Results

        | Hole | From (m) | To (m) | Interval (m) | Cu (%) |
        |---|---|---|---|---|
        | LN-04 | 120.0 | 160.0 | 40.0 | 0.58 |

    Help:
    Number captions and references again after the last edit.
    """
    captions = _captions(reading)
    called = _called(reading, captions)
    for kind in ("figure", "table"):
        there = {number for each, number in captions if each == kind}
        wanted = {number: place for (each, number), place in called.items() if each == kind}
        if there:
            yield from _missing(kind, there, wanted)
        uncalled = sorted(there - set(wanted))
        if kind == "table" and 0 < len(uncalled) <= _FEW and len(there) > 2 * len(uncalled):
            text = f"no text refers to {kind} {listed(map(str, uncalled))}"
            yield remark("note", text, [captions[kind, number] for number in uncalled])


def _missing(kind: str, there: set[int], wanted: dict[int, Source]) -> Iterator[Remark]:
    """References to numbers without a caption: those between captions, and those above all of them."""
    lost = sorted(number for number in wanted if number not in there)
    between = [number for number in lost if kind == "table" and number < max(there)]
    for grade, numbers in (("warning", between), ("note", [number for number in lost if number not in between])):
        if numbers:
            several = f"{kind} {numbers[0]} was" if len(numbers) == 1 else f"{kind}s {listed(map(str, numbers))} were"
            yield remark(grade, f"{several} not found in this document", [wanted[number] for number in numbers])


def _kind(word: str) -> str:
    return "table" if word.lower().startswith("table") else "figure"


def _captions(reading: Reading) -> dict[tuple[str, int], Source]:
    """The captions of the document by kind and number: blocks that begin with the word, and what stands over tables."""
    found: dict[tuple[str, int], Source] = {}
    for block in reading.layout.blocks:
        texts = [block.text] if block.table is None else [block.table.caption] if block.table.caption else []
        for text in texts:
            match = _CAPTION.match(text.plain)
            if match and (block.table is not None or block.kind in ("caption", "heading") or len(text.plain) < 200):
                span = text.span(match.start("kind"), match.end("first"))
                found.setdefault((_kind(match["kind"]), int(match["first"])), reading.document.source(*span))
    return found


def _called(reading: Reading, captions: dict[tuple[str, int], Source]) -> dict[tuple[str, int], Source]:
    """The first place at which each figure or table is called, outside captions."""
    found: dict[tuple[str, int], Source] = {}
    own = {block_at(reading, place) for place in captions.values()}
    for place in places(reading, _CALLED, hints=("figure", "fig.", "table")):
        if block_at(reading, place.source) in own and _CAPTION.match(place.block.plain):
            continue
        kind = _kind(place.match["kind"])
        lead = place.block.plain[max(0, place.match.start() - 6) : place.match.start()]
        if lead == "JORC " or _ELSEWHERE.match(place.block.plain, place.match.end()):
            continue
        for group in ("first", "last"):
            if place.match[group]:
                start, end = place.match.span() if group == "first" else place.match.span("last")
                found.setdefault((kind, int(place.match[group])), source(reading, place.block, start, end))
    return found
