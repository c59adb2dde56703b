"""Settings of a book: what ``book.toml`` says about the company, the grid, the units and the rules.

The person who answers for the numbers writes it. Nothing in it has a default that a qualified person must choose.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from orebook.book.holdings import HoldingError, Property, holdings
from orebook.book.keys import Table, refused
from orebook.book.problems import SettingsError
from orebook.ground.schema import LENGTHS

FILE = "book.toml"

AZIMUTHS = ("grid", "true", "magnetic", "unknown")
"""What azimuths may be counted from."""

_TABLES = ("issuer", "space", "tables")

_USED = ("desurvey", "derive", "rules", "results", "print", "validate", "lines", "measures", "entities", "release")
"""The tables that are read by who uses them."""

_DAY = re.compile(r"(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])")


@dataclass(frozen=True)
class BookSettings:
    """What ``book.toml`` says.

    ``crs`` is an EPSG code or WKT and may be empty, ``length`` is the unit of depths and coordinates, ``azimuth`` what
    azimuths are counted from. ``rules``, ``derive``, ``results``, ``print``, ``validate``, ``lines``, ``measures``,
    ``entities`` and ``release`` are tables as written, ``properties`` what the company holds, ``contacts`` and
    ``laboratories`` what its releases name.
    """

    file: Path
    issuer: str
    ticker: str = ""
    fiscal_year_end: str = "12-31"
    crs: str = ""
    length: str = "m"
    azimuth: str = "unknown"
    format: str = "auto"
    desurvey: Table = field(default_factory=dict)
    derive: Table = field(default_factory=dict)
    rules: Table = field(default_factory=dict)
    results: Table = field(default_factory=dict)
    print: Table = field(default_factory=dict)
    validate: Table = field(default_factory=dict)
    lines: Table = field(default_factory=dict)
    measures: Table = field(default_factory=dict)
    entities: Table = field(default_factory=dict)
    release: Table = field(default_factory=dict)
    properties: tuple[Property, ...] = ()
    contacts: tuple[Table, ...] = ()
    laboratories: tuple[Table, ...] = ()

    def result(self, name: str) -> Table:
        """What is said about one result; an empty table when nothing is."""
        found = self.results.get(name, {})
        if not isinstance(found, Mapping):
            raise SettingsError(f"{self.file}: results.{name} is not a table; write [results.{name}] above its keys")
        return found


def read_settings(file: Path) -> BookSettings:
    """The settings of a book.

    Raises ``SettingsError``: what, where, what instead.
    """
    said = _toml(file)
    if problem := refused(said):
        raise SettingsError(f"{file}: {problem}")
    parts = {name: _table(said, name, file) for name in (*_TABLES, *_USED)}
    issuer, space = parts["issuer"], parts["space"]
    if not _text(issuer, "name"):
        raise SettingsError(f'{file}: issuer.name is missing; write the company\'s name under [issuer]: name = "…"')
    fiscal = _text(issuer, "fiscal_year_end", "12-31")
    if not _DAY.fullmatch(fiscal):
        raise SettingsError(f'{file}: issuer.fiscal_year_end is {fiscal!r}; write month and day such as "12-31"')
    return BookSettings(
        file=file,
        issuer=_text(issuer, "name"),
        ticker=_text(issuer, "ticker"),
        fiscal_year_end=fiscal,
        crs=_text(space, "crs"),
        length=_one_of(_text(space, "length", "m"), LENGTHS, f"{file}: space.length"),
        azimuth=_one_of(_text(space, "azimuth", "unknown"), AZIMUTHS, f"{file}: space.azimuth"),
        format=_one_of(_text(parts["tables"], "format", "auto"), ("auto", "csv", "parquet"), f"{file}: tables.format"),
        properties=_properties(said, file),
        contacts=_list(said, "contacts"),
        laboratories=_list(said, "laboratories"),
        **{name: parts[name] for name in _USED},
    )


def _toml(file: Path) -> Table:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as problem:
        raise SettingsError(f"{file}: cannot be read: {(problem.strerror or str(problem)).lower()}") from None
    except (ValueError, RecursionError) as problem:  # also numbers that are too long, and brackets in brackets
        raise SettingsError(f"{file}: this is not TOML: {problem}") from None


def _table(said: Table, name: str, file: Path) -> Table:
    found = said.get(name, {})
    if not isinstance(found, Mapping):
        raise SettingsError(f"{file}: {name} is not a table; write [{name}] above its keys")
    return found


def _list(said: Table, name: str) -> tuple[Table, ...]:
    found = said.get(name, [])
    return tuple(each for each in found if isinstance(each, Mapping)) if isinstance(found, list) else ()


def _properties(said: Table, file: Path) -> tuple[Property, ...]:
    found = said.get("properties", [])
    try:
        return holdings(found if isinstance(found, list) else [])
    except HoldingError as problem:
        raise SettingsError(f"{file}: {problem}") from None


def _text(table: Table, key: str, default: str = "") -> str:
    return str(table.get(key, default)).strip()


def _one_of(said: str, among: Iterable[str], where: str) -> str:
    if said not in among:
        raise SettingsError(f"{where} is {said!r}; write one of {', '.join(among)}")
    return said
