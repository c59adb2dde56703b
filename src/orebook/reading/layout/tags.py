"""Tags: the marks of a page as whoever knows its syntax gives them, and which of them stand within words."""

from collections.abc import Mapping
from typing import NamedTuple

INLINE = frozenset(
    (
        " a abbr acronym b bdi bdo big center cite code data del dfn em font i img ins kbd label mark nobr o:p q s "
        "samp small span strike strong sub sup time tt u var wbr"
    ).split(" ")
)
"""Tags that part no words from their neighbours; a tag without a name is a comment or a stretch of code."""


class Tag(NamedTuple):
    """One tag: its name in small letters, whether it closes, where it stands, and what it says of itself."""

    name: str
    closing: bool
    start: int
    end: int
    attributes: Mapping[str, str] = {}
