"""Offered: which verbs can be asked from outside, what each of them takes, and a JSON Schema of that."""

from collections.abc import Mapping
from functools import cache

from orebook.faces.asking.terms import Terms
from orebook.faces.manual import Choice, Manual, doors, manual, verbs
from orebook.faces.output import formats

FORMAT = "format"
"""The choice that every verb has: how the answer is shown."""

_DRY = "dry_run"
"""The choice by which a verb shows what it would change, and changes nothing."""

_FOR_THE_HOUSE = ("jobs", "engine", "scheduler", "time_limit", "memory_limit", "assist", "assist_model", "wait")
"""What the owner of the machine decides: how much of it is used, and which other machines are asked."""

_LIMIT, _SECONDS = "seconds", 30
"""The choice of how long an answer may take, and how long it may for who asks from outside."""

_TIME, _MEMORY = "time_limit", "memory_limit"
"""The choices of what one document may cost; who asks from outside has the limits of the server."""

BOOK = "book"
"""The choice that names a book."""

_PLACES = ("FOLDER", "FILE", "PATH", "PLACE")
"""How manuals call what names a file or folder."""

LONGEST = 20_000
"""So many characters one word may have."""
MANY = 1_000
"""So many words may be said for one choice."""


@cache
def _manuals() -> Mapping[str, Manual]:
    return {name: manual(name) for name in verbs() if name not in doors()}


def offered(terms: Terms) -> dict[str, Manual]:
    """The verbs that can be asked on these terms; of those that change something only what they can show before.

    >>> from pathlib import Path
    >>> "new" in offered(Terms(Path())), "new" in offered(Terms(Path(), changes=True)), "make" in offered(Terms(Path()))
    (False, True, True)
    """
    return {name: page for name, page in _manuals().items() if not page.changes or terms.changes or can_only_show(page)}


def refused(name: str, terms: Terms) -> bool:
    """Whether there is such a verb, but not on these terms."""
    return name in _manuals() and name not in offered(terms)


def can_only_show(page: Manual) -> bool:
    """Whether a verb can show what it would change without changing it."""
    return any(choice.name == _DRY for choice in page.choices)


def only_shows(page: Manual, terms: Terms) -> bool:
    """Whether a verb that changes something is held to showing it."""
    return page.changes and not terms.changes


def always(page: Manual, terms: Terms) -> dict[str, object]:
    """What a verb is asked for in any case on these terms."""
    held: dict[str, object] = {_DRY: True} if only_shows(page, terms) else {}
    costs = {_LIMIT: _SECONDS, _TIME: int(terms.limits.seconds), _MEMORY: terms.limits.megabytes}
    return {**held, **{choice.name: costs[choice.name] for choice in page.choices if choice.name in costs}}


def choices(page: Manual, terms: Terms) -> list[Choice]:
    """What can be asked of a verb from outside.

    >>> from pathlib import Path
    >>> [choice.name for choice in choices(manual("check"), Terms(Path()))]
    ['paths', 'select', 'ignore', 'fail_on', 'config', 'book']
    """
    left = {*_FOR_THE_HOUSE, *always(page, terms), *(() if terms.changes else page.changing)}
    left |= {BOOK} if terms.fixed else set()
    return [choice for choice in page.choices if choice.name not in left]


def is_place(choice: Choice) -> bool:
    """Whether a choice names files or folders."""
    return choice.kind == "file" or choice.metavar in _PLACES


def shapes(page: Manual) -> list[str]:
    """The formats in which the answer of a verb can be given."""
    return sorted({shape for kind in page.shown_as for shape in formats(kind)})


def summary(name: str, page: Manual, terms: Terms) -> str:
    """A verb in one sentence, with what it does not do here."""
    held = " Here it only shows what would come of it; nothing is written." if only_shows(page, terms) else ""
    return f"{verbs()[name]}{held}"


def description(name: str, page: Manual, terms: Terms) -> str:
    """The manual of a verb for who asks from outside."""
    examples = "\n".join(f"    {line}" for line in page.examples)
    return f"{summary(name, page, terms)}\n\n{page.text}\n\nOn the command line:\n\n{examples}"


def schema(page: Manual, terms: Terms) -> dict[str, object]:
    """What a verb takes, as JSON Schema.

    >>> from pathlib import Path
    >>> schema(manual("rule"), Terms(Path()))["properties"]["code"]["description"]
    'Code or name of a rule, or the beginning of some codes.'
    """
    asked = choices(page, terms)
    properties: dict[str, object] = {choice.name: property_of(choice, terms) for choice in asked}
    properties[FORMAT] = format_property(page)
    return {
        "type": "object",
        "properties": properties,
        "required": [choice.name for choice in asked if choice.required],
        "additionalProperties": False,
    }


def property_of(choice: Choice, terms: Terms) -> dict[str, object]:
    """What one choice takes, as JSON Schema."""
    word: dict[str, object] = {"type": "string", "maxLength": LONGEST}
    kinds: dict[str, dict[str, object]] = {
        "words": {"type": "array", "items": word, "maxItems": MANY},
        "word": word,
        "file": word,
        "switch": {"type": "boolean"},
        "number": {"type": "integer"},
        "measure": {"type": "number"},
        "measures": {"type": "array", "items": {"type": "number"}, "maxItems": MANY},
        "one of": {"type": "string", "enum": list(choice.among)},
    }
    usual = {} if choice.usual in (None, "", ()) else {"default": choice.usual}
    return {**kinds[choice.kind], **usual, "description": _said_of(choice, terms)}


def _said_of(choice: Choice, terms: Terms) -> str:
    if choice.name == BOOK and terms.book is not None:
        return f"{choice.help.partition(';')[0].rstrip('.')}; {terms.hidden(str(terms.book))} when it is not said."
    return f"{choice.help} Named from the folder that may be looked into." if is_place(choice) else choice.help


def format_property(page: Manual) -> dict[str, object]:
    """The format of the answer, as JSON Schema."""
    return {
        "type": "string",
        "enum": shapes(page),
        "description": "How the answer is given; JSON, or a picture, when it is not said.",
    }
