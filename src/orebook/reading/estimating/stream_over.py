"""Over a stream: the metal that the words of a flattened statement name, and whether it is one of this document."""

import csv
import re
from functools import cache
from importlib.resources import files

from orebook.reading.estimating.estimates import is_estimate
from orebook.reading.language import analytes
from orebook.reading.layout import Block
from orebook.reading.release import Release

_OPENING = 200


@cache
def _misread() -> dict[str, str]:
    text = files("orebook.reading").joinpath("words", "misread.csv").read_text(encoding="utf-8")
    return {row["read"]: row["meant"] for row in csv.DictReader(text.splitlines())}


def mended(words: str) -> str:
    """Words as they were meant where a page reader took a letter for another."""
    return " ".join(_misread().get(word, word) for word in words.split())


def metal_of(words: str, release: Release) -> str:
    """The only metal that the words name, letters that a page reader mistook put right; else that of the title."""
    said = mended(re.sub(r"[(),]", " ", words))
    named = list(dict.fromkeys(symbol for _, _, symbol in analytes.find(said)))
    if named:
        return named[-1] if len(set(named)) == 1 else ""
    title = {
        symbol for _, _, symbol in analytes.find(f"{release.title.plain if release.title else ''} {release.issuer}")
    }
    return title.pop() if len(title) == 1 else ""


def of_this(release: Release, block: Block, before: str = "") -> bool:
    """Whether the document itself is about estimates; else a statement at its end repeats an earlier one.

    ``before`` are the words over a statement that begins in a block before this one.
    """
    title = release.title.plain if release.title else ""
    return block.part != "tail" and is_estimate(f"{title} {before} {block.plain[:_OPENING]}")
