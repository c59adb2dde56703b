"""Groups of analytes: combined grades, shares of a group, and what the usual groups are made of.

What a group holds is data (``groups.csv``), and a document that says otherwise is right about its own figures.
"""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, reduce
from importlib.resources import files
from operator import add

from orebook.ground.quantity import Q


@dataclass(frozen=True, slots=True)
class Group:
    """A group of analytes: its members, and whether they are stated as oxides or elements."""

    name: str
    members: tuple[str, ...]
    stated_as: str


@cache
def groups() -> dict[str, Group]:
    """The usual groups by name.

    >>> groups()["MREO"].members
    ('Pr', 'Nd', 'Tb', 'Dy')
    """
    table = files(__package__).joinpath("groups.csv").read_text(encoding="utf-8")
    return {
        row["group"]: Group(row["group"], tuple(row["members"].split("|")), row["stated_as"])
        for row in csv.DictReader(table.splitlines())
    }


def combined_grade(parts: Iterable[Q]) -> Q:
    """Grade of several analytes together: their grades added up, in one unit.

    Source: definition; the header of such a column is its formula (``Zn+Pb``).

    >>> combined_grade([10.75, 2.08])
    12.83
    """
    return reduce(add, parts)


def share_of_group(part: Q, group: Q) -> Q:
    """A part of a group as a share of it, a fraction of one.

    >>> share_of_group(0.075, 0.3)
    0.25
    """
    return part / group


def part_of_group(group: Q, share: Q) -> Q:
    """Grade of a part of a group, from the grade of the group and the share of the part.

    >>> part_of_group(0.3, 0.25)
    0.075
    """
    return group * share
