"""Itself: results that show themselves in notebooks; how is loaded only when somebody looks."""

from importlib import import_module


class Itself:
    """A result that a notebook shows as HTML."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        """The result as notebooks show it."""
        return str(import_module("orebook.reports.notebook").shown_by_itself(self))
