"""Settings: what a project has decided once about its checks, and the findings that it knows and keeps."""

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from pathlib import Path, PurePath
from typing import Literal

from orebook.checks import catalogue
from orebook.desk.answer import AskedWronglyError, did_you_mean
from orebook.ground.finding import Finding
from orebook.ground.source import Document

FailOn = Literal["error", "warning", "note", "never"]
"""The grade from which findings make a check fail."""


@dataclass(frozen=True, slots=True)
class Suppression:
    """A finding that is known and stays: its rule, the reason, and where it may be.

    ``path`` is a pattern for documents from the folder of the configuration (``*`` stands for any characters, also
    across folders), ``contains`` are words of a line that the finding points at, ``where`` is the place of the
    suppression itself.
    """

    code: str
    reason: str
    path: str
    contains: str
    where: str

    def covers(self, finding: Finding, document: Document, folder: Path) -> bool:
        """Whether this finding in this document is meant."""
        if finding.code != self.code or not self.reaches(document.name, folder):
            return False
        own = (source for source in finding.sources if source.doc == document.name)
        lines = (document.text[slice(*document.line_span(source.line))] for source in own)
        return not self.contains or any(self.contains in line for line in lines)

    def reaches(self, name: str, folder: Path) -> bool:
        """Whether a document of that name is meant."""
        path = PurePath(os.path.relpath(absolute(name), folder)).as_posix()
        return not self.path or fnmatchcase(path, self.path)


@dataclass(frozen=True, slots=True)
class Settings:
    """What to look for, what fails, and which findings are known; ``folder`` is where its paths begin."""

    folder: Path
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_on: FailOn = "error"
    suppress: tuple[Suppression, ...] = ()

    def fails(self, findings: Iterable[Finding]) -> bool:
        """Whether one of these findings is grave enough to fail."""
        return self.fail_on != "never" and any(finding.at_least(self.fail_on) for finding in findings)

    def looks_for(self, code: str) -> bool:
        """Whether a rule takes part."""
        return code.startswith(self.select or ("",)) and not (self.ignore and code.startswith(self.ignore))

    def with_asked(self, select: Sequence[str], ignore: Sequence[str], fail_on: FailOn | None) -> "Settings":
        """These settings, overruled by what was asked for on the spot."""
        return replace(
            self,
            select=codes("--select", select) or self.select,
            ignore=codes("--ignore", ignore) or self.ignore,
            fail_on=fail_on or self.fail_on,
        )


def codes(where: str, asked: Sequence[str]) -> tuple[str, ...]:
    """Codes of rules or their beginnings, in capitals.

    Raises ``AskedWronglyError`` for one that no rule has, with the nearest that exists.

    >>> codes("--select", ["f101"])
    ('F101',)
    """
    known = catalogue()
    given = tuple(code.strip().upper() for code in asked if code.strip())
    for code in given:
        if not any(name.startswith(code) for name in known):
            raise AskedWronglyError(f"{where}: no rule has the code {code!r}{did_you_mean(code, known)}")
    return given


def absolute(name: str) -> Path:
    """The whole path of a document, links left as they are."""
    return Path(os.path.abspath(name))  # noqa: PTH100 - Path.absolute keeps the dots of ../
