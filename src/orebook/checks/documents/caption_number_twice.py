"""Two captions with one number."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from orebook.checks.rule import Remark, remark, rule
from orebook.ground.source import Source
from orebook.reading.patterns import Pattern
from orebook.reading.reading import Reading

_CAPTION = Pattern(
    r"\s{0,8}(?P<kind>Figure|Table)\s(?P<number>\d{1,2})\b\s?(?P<mark>[:.–—-])?\s?(?P<words>.{0,80})", re.IGNORECASE
)


_LEADERS = re.compile(r"\.{5}|(?:\. ){5}")


@rule("D112", on="document", basis="cross-reference")
def caption_number_twice(reading: Reading) -> Iterator[Remark]:
    """Two figures or two tables have the same number.

    What it does:
    Compares the captions of the document; a caption that is repeated word by word, as at the top of a next page, is
    fine, and so are those of an attached paper whose numbers begin again with one, two and three.

    Why it matters:
    A reference to the number leads to two places.

    Flagged:

        Holm Copper drills Linn Bank

        Table 1: Results

        | Hole | From (m) | To (m) | Interval (m) | Cu (%) |
        |---|---|---|---|---|
        | LN-04 | 120.0 | 160.0 | 40.0 | 0.58 |

        Table 1: Collars

        | Hole ID | Easting | Northing | RL | Azimuth | Dip | Depth (m) |
        |---|---|---|---|---|---|---|
        | LN-04 | 512340 | 6871220 | 310 | 90 | -60 | 231.0 |

    Fine:

        Holm Copper drills Linn Bank

        Table 1: Results

        | Hole | From (m) | To (m) | Interval (m) | Cu (%) |
        |---|---|---|---|---|
        | LN-04 | 120.0 | 160.0 | 40.0 | 0.58 |

        Table 2: Collars

        | Hole ID | Easting | Northing | RL | Azimuth | Dip | Depth (m) |
        |---|---|---|---|---|---|---|
        | LN-04 | 512340 | 6871220 | 310 | 90 | -60 | 231.0 |

    Help:
    Number the captions again.
    """
    for kind in ("figure", "table"):
        yield from _twice(kind, [one for one in _captions(reading) if one.kind == kind])


class _Caption(NamedTuple):
    """One caption: its kind, its number, its words without blanks, and where its number stands."""

    kind: str
    number: int
    words: str
    place: Source


def _captions(reading: Reading) -> Iterator[_Caption]:
    """The captions of a document in order, without those of a list of contents."""
    for block in reading.layout.blocks:
        text = block.text if block.table is None else block.table.caption
        if text is None or (block.table is None and block.kind not in ("caption", "heading") and len(text.plain) > 160):
            continue
        found = _CAPTION.match(text.plain)
        if found and found["mark"] and not _LEADERS.search(text.plain):
            place = reading.document.source(*text.span(found.start("kind"), found.end("number")))
            words = "".join(found["words"].lower().split())
            yield _Caption(found["kind"].lower(), int(found["number"]), words, place)


def _twice(kind: str, captions: list[_Caption]) -> Iterator[Remark]:
    """Numbers that stand twice, unless the numbers begin again with one, two and three: a paper that is attached."""
    seen: dict[int, _Caption] = {}
    for at, one in enumerate(captions):
        first = seen.setdefault(one.number, one)
        if first.place == one.place or one.words.startswith(first.words[:20]) or first.words.startswith(one.words[:20]):
            continue
        if [other.number for other in captions[at : at + 3]] == [1, 2, 3]:
            seen = {1: one}
            continue
        yield remark("warning", f"a second {kind} {one.number}", [one.place, first.place])
