"""Said: words of a quarter with the figures that stand in them, made as everywhere in the house."""

from orebook.reports.said import Said, filled, joined, listed

__all__ = ["Said", "filled", "joined", "listed"]
