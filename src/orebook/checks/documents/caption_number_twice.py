"""Two captions with one number."""

import re
from collections.abc import Iterator

from orebook.checks.rule import Remark, remark, rule
from orebook.ground.source import Source
from orebook.reading.patterns import Pattern
from orebook.reading.reading import Reading

_CAPTION = Pattern(
    r"\s{0,8}(?P<kind>Figure|Table)\s(?P<number>\d{1,2})\b\s?(?P<mark>[:.–—-])?\s?(?P<words>.{0,80})", re.IGNORECASE
)


@rule("D112", on="document", basis="cross-reference")
def caption_number_twice(reading: Reading) -> Iterator[Remark]:
    """Two figures or two tables have the same number.

    What it does:
    Compares the captions of the document; a caption that is repeated word by word, as at the top of a next page, is
    fine.

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
    seen: dict[tuple[str, str], tuple[str, Source]] = {}
    for block in reading.layout.blocks:
        text = block.text if block.table is None else block.table.caption
        if text is None or (block.table is None and block.kind not in ("caption", "heading") and len(text.plain) > 160):
            continue
        found = _CAPTION.match(text.plain)
        if not found or not found["mark"]:
            continue
        key = (found["kind"].lower(), found["number"])
        words = "".join(found["words"].lower().split())
        place = reading.document.source(*text.span(found.start("kind"), found.end("number")))
        first = seen.setdefault(key, (words, place))
        if first[1] != place and not (words.startswith(first[0][:20]) or first[0].startswith(words[:20])):
            yield remark("warning", f"a second {key[0]} {key[1]}", [place, first[1]])
