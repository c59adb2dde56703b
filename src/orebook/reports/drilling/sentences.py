"""Sentences: the templates of prose about drilling, ours or a company's own.

``sentences.toml`` holds ours; ``book.toml`` may say any of them otherwise. A template is filled in with words that are
printed already: no sentence rounds anything.
"""

from orebook.reports.sentences import Templates, fill, grouped, sought, templates

__all__ = ["Templates", "fill", "has", "ours", "template"]


def ours() -> Templates:
    """The templates of ``sentences.toml``.

    >>> ours()["lists"]["pending_one"]
    'Assays are pending for hole {holes}.'
    """
    return templates(__package__)


def template(group: str, name: str, own: Templates | None = None) -> str:
    """A template by its group and its name; the company's own before ours.

    ``group`` may have parts: ``highlight.grading``. Raises ``LayoutError`` for one that nobody wrote.

    >>> template("lists", "barren"), template("lists", "barren", {"lists": {"barren": "Nothing in {holes}."}})
    ('No significant intersections in holes {holes}.', 'Nothing in {holes}.')
    """
    return sought((own or {}, ours()), group, name)


def has(group: str, name: str, own: Templates | None = None) -> bool:
    """Whether there is such a template."""
    return name in grouped(own or {}, group) or name in grouped(ours(), group)
