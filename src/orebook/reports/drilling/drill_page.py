"""The former place of ``parameters``."""

from orebook.reports.drilling.parameters import parameters

__all__ = ["parameters"]
