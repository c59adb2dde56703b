"""Several releases in one text: the examples on the pages of rules across releases."""

from orebook.checks.across_rule import Family
from orebook.checks.families import families
from orebook.checks.remembered import remember
from orebook.reading.read import read_text
from orebook.reading.reading import Reading

BETWEEN = "===="
"""The line between two releases."""


def releases_in(text: str) -> list[Reading]:
    """The releases of an example, each read by itself; they are called ``1.md``, ``2.md`` …"""
    parts = [part.strip("\n") for part in f"\n{text}\n".split(f"\n{BETWEEN}\n")]
    return [read_text(f"{number}.md", part + "\n") for number, part in enumerate(parts, 1)]


def family_from_text(text: str) -> Family:
    """The releases of an example as one family, if they are of one issuer; else one without releases.

    A line of four equals signs stands between two releases, the earlier first.

    >>> family_from_text("Fell Gold Corp. (TSXV: FEL) drills.").releases
    []
    """
    releases = [remember(reading) for reading in releases_in(text)]
    found = families(releases, [release.doc for release in releases])
    return found.families[0] if found.families else Family([])
