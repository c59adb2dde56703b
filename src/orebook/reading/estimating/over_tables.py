"""Over tables: the lines above a table of estimates that say of what it is."""

from orebook.reading.estimating.estimates import is_estimate
from orebook.reading.patterns import Pattern
from orebook.reading.release import Release

_CAPTION_LENGTH = 200
_HEADED = Pattern(
    r"^(?P<name>[A-Z][A-Za-z'-]+(?: [A-Z][A-Za-z'-]+){0,3}?) (?:GOLD |COPPER |SILVER |Gold |Copper |"
    r"Silver )?(?:PROJECT|DEPOSIT|MINE|PROPERTY|Project|Deposit|Mine|Property)$"
)


def headed_above(release: Release, at: int) -> str:
    """The deposit that a short line above a table names as the head of its part."""
    for block in reversed(release.layout.blocks[max(0, at - 8) : at]):
        if block.table is None and len(block.plain) < 60 and (found := _HEADED.match(block.plain.strip())):
            return found["name"].title()
    return ""


def line_above(release: Release, at: int) -> str:
    """A short line on estimates right over a table that has no caption."""
    before = release.layout.blocks[at - 1] if at else None
    said = before.plain if before and before.table is None and len(before.plain) < _CAPTION_LENGTH else ""
    return said if is_estimate(said) else ""
