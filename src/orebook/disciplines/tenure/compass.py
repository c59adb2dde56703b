"""The compass: azimuths as sixteen points or as words, and words as azimuths."""

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

_TURN = 360.0


@cache
def points() -> Mapping[str, str]:
    """The sixteen points, clockwise from north, with their words.

    >>> list(points())[:3], points()["SSW"]
    (['N', 'NNE', 'NE'], 'south-southwest')
    """
    text = files("orebook.disciplines.tenure").joinpath("compass.csv").read_text(encoding="utf-8")
    return {row["point"]: row["words"] for row in csv.DictReader(text.splitlines())}


def point(azimuth: float, of: int = 16) -> str:
    """The nearest of 4, 8 or 16 points of the compass; azimuth in degrees clockwise from true north.

    Half way between two it is the one further round. Raises ``ValueError`` for another number of points.

    >>> point(47.0), point(200.0), point(200.0, of=8), point(348.75)
    ('NE', 'SSW', 'S', 'N')
    """
    if of not in (4, 8, 16):
        raise ValueError(f"a compass has 4, 8 or 16 points here, not {of}")
    place = int((azimuth % _TURN) / (_TURN / of) + 0.5) % of
    return list(points())[place * (16 // of)]


def direction(azimuth: float, of: int = 8) -> str:
    """The direction in words, as releases say it.

    >>> direction(47.0), direction(200.0, of=16)
    ('northeast', 'south-southwest')
    """
    return points()[point(azimuth, of)]


def azimuth(said: str) -> float | None:
    """The azimuth in degrees of a point of the compass, in letters or words; nothing for what is none.

    >>> azimuth("northeast"), azimuth("South South-West"), azimuth("NNW"), azimuth("up")
    (45.0, 202.5, 337.5, None)
    """
    words = "".join(letter for letter in said.casefold() if letter.isalpha()).removesuffix("of").removeprefix("due")
    for place, (letters, name) in enumerate(points().items()):
        if words in (letters.casefold(), name.replace("-", "")):
            return place * _TURN / 16
    return None


def points_apart(one: float, other: float) -> float:
    """By how many of sixteen points two azimuths differ, the short way round.

    >>> points_apart(350.0, 12.5)
    1.0
    """
    return abs((one - other + 180.0) % _TURN - 180.0) / (_TURN / 16)
