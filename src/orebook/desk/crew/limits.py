"""Limits: how long one document may take, and how much memory the process that reads it may hold."""

from dataclasses import dataclass

from orebook.desk.answer import AskedWronglyError

SECONDS = 300
"""Enough for a report of three hundred pages, scanned pages not among them."""

MEGABYTES = 2048
"""Enough for any document that has been seen; the process itself takes some 150 MB of it."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a document may cost; nought is no limit."""

    seconds: float = SECONDS
    megabytes: int = MEGABYTES

    @classmethod
    def asked(cls, seconds: int | None, megabytes: int | None) -> "Limits":
        """The limits that somebody asked for, the usual ones for what was not said.

        >>> Limits.asked(None, 512)
        Limits(seconds=300, megabytes=512)
        >>> Limits.asked(-1, None)
        Traceback (most recent call last):
            ...
        orebook.desk.answer.AskedWronglyError: a limit of -1 is none; give a number, 0 for no limit
        """
        for given in (seconds, megabytes):
            if given is not None and given < 0:
                raise AskedWronglyError(f"a limit of {given} is none; give a number, 0 for no limit")
        return cls(SECONDS if seconds is None else seconds, MEGABYTES if megabytes is None else megabytes)
