"""Declared: what a table does not say of itself, so that somebody has to; kept with the import, never inferred."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields

from orebook.ground.schema import LENGTHS

DIPS = ("negative_down", "positive_down", "from_vertical")
"""How dips are counted: down negative, down positive, or degrees from straight down (``inclination = 90 + dip``)."""

AZIMUTHS = ("grid", "true", "magnetic", "unknown")
NEGATIVES = ("below", "missing", "kept")
"""What a negative grade is: minus the detection limit, no value, or a number as it stands."""

DECIMALS = (".", ",")
DATES = ("dmy", "mdy")
"""Which of day and month comes first where both are numbers."""

DASHES = ("zero", "missing")
"""What a dash is where an amount belongs: nought, as accountants write it, or no value."""

ROWS = ("days", "months")
"""What rows are whose days are all the first, or all the last, of a month."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """What somebody said about a file.

    ``length`` is the unit of its depths and coordinates, ``dip`` and ``azimuth`` how directions are counted, ``crs``
    the grid of the book's coordinates and ``coordinates`` the one of the file where it is another (longitude and
    latitude in ``EPSG:4283``, say). ``decimal`` is the decimal mark, ``dates`` the order of day and month where both
    are numbers, ``dashes`` what a dash stands for where an amount belongs, ``rows`` whether rows whose days are all the
    first or all the last of a month are days or months. ``negatives`` says what a negative grade is, ``missing`` which
    numbers stand for no value (none: an empty tuple). ``tokens`` are words that stand for no value besides the usual
    ones. ``fractions`` are columns of per cent that the file gives as fractions of one. ``confirmed`` are declarations
    that hold although the data look otherwise: ``dip``, ``coordinates``, a column of per cent.

    >>> Declared(dip="down")
    Traceback (most recent call last):
        ...
    ValueError: dip is 'down'; give one of negative_down, positive_down, from_vertical
    """

    length: str = ""
    dip: str = ""
    azimuth: str = ""
    crs: str = ""
    coordinates: str = ""
    decimal: str = ""
    dates: str = ""
    dashes: str = ""
    rows: str = ""
    negatives: str = ""
    missing: tuple[float, ...] | None = None
    tokens: tuple[str, ...] = ()
    fractions: tuple[str, ...] = ()
    confirmed: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        allowed = {
            "length": LENGTHS,
            "dip": DIPS,
            "azimuth": AZIMUTHS,
            "decimal": DECIMALS,
            "dates": DATES,
            "dashes": DASHES,
            "rows": ROWS,
            "negatives": NEGATIVES,
        }
        for name, words in allowed.items():
            said = getattr(self, name)
            if said and said not in words:
                raise ValueError(f"{name} is {said!r}; give one of {', '.join(words)}")

    def record(self) -> dict[str, object]:
        """What was declared, fit for a journal: only what was said.

        >>> Declared(length="ft", missing=(-99.0,)).record()
        {'length': 'ft', 'missing': [-99.0]}
        """
        said = {name: value for name, value in asdict(self).items() if value not in ("", (), None)}
        if self.missing == ():
            said["missing"] = ()
        return {name: list(value) if isinstance(value, tuple) else value for name, value in said.items()}

    @classmethod
    def recalled(cls, record: Mapping[str, object]) -> "Declared":
        """What was declared, from its record.

        >>> Declared.recalled({"length": "ft", "missing": [-99.0]}) == Declared(length="ft", missing=(-99.0,))
        True
        """
        known = {each.name for each in fields(cls)}
        said = {name: tuple(value) if isinstance(value, list) else value for name, value in record.items()}
        if unknown := sorted(set(said) - known):
            raise ValueError(f"unknown declaration {unknown[0]!r}; the declarations are {', '.join(sorted(known))}")
        return cls(**said)  # type: ignore[arg-type]
