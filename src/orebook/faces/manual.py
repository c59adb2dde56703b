"""Manuals: what a verb can be asked, read from its signature and its docstring, for any face.

The list of verbs is read from the files of the desk without importing them, so that asking for help costs nothing.
Beside them stand the doors, which open another face; they have manuals of the same kind.
"""

import ast
import inspect
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Literal, get_args, get_origin, get_type_hints

_ROOM = "orebook.desk"
_DOORS = "orebook.faces.doors"
_FOLDER = Path(__file__).parents[1] / "desk"
_DOORS_FOLDER = Path(__file__).parent / "doors"
INTO = "into"
"""The argument of a verb for where tables belong; people say it as they say any output."""

_OPTION = re.compile(r"    (?P<name>\w+)(?: \((?P<metavar>[\w=]+)\))?: (?P<help>.+)")


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that a verb can be asked: an argument of its function.

    ``kind`` is ``words`` or ``measures`` (several), ``word``, ``switch``, ``number`` (a whole one), ``measure``,
    ``file`` or ``one of``; ``asked`` says that it is named by its place, not by an option; ``usual`` is what the verb
    takes when nothing is said.
    """

    name: str
    kind: str
    help: str
    metavar: str
    asked: bool
    required: bool
    among: tuple[str, ...] = ()
    usual: object = None


@dataclass(frozen=True, slots=True)
class Manual:
    """What a verb does, what can be asked of it, and examples.

    ``stores`` says that the verb can put what it makes where it belongs by itself, in the formats ``storing``: it takes
    the place as ``into``; ``opens`` that it is a door: it opens another face, and answers nothing. ``changes`` says
    that it changes a book or writes files whatever it is asked, ``changing`` which choices make it do so.
    """

    verb: Callable[..., object]
    shown_as: tuple[str, ...]
    text: str
    choices: tuple[Choice, ...]
    examples: tuple[str, ...]
    stores: bool = False
    opens: bool = False
    changes: bool = False
    changing: tuple[str, ...] = ()
    storing: tuple[str, ...] = ("parquet",)


@cache
def verbs() -> dict[str, str]:
    """Every verb of the desk, and every door, with its one sentence.

    >>> verbs()["rule"]
    'Show the catalogue of rules, or the page of one.'
    """
    return dict(sorted({**_said(_FOLDER), **doors()}.items()))


@cache
def doors() -> dict[str, str]:
    """Every door to another face with its one sentence."""
    return _said(_DOORS_FOLDER)


def _said(folder: Path) -> dict[str, str]:
    """The files of a folder that hold a function of their name, with their first lines."""
    found = {}
    for file in sorted(folder.glob("*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        if any(isinstance(node, ast.FunctionDef) and node.name == file.stem for node in tree.body):
            found[file.stem] = (ast.get_docstring(tree) or "").partition("\n")[0]
    return found


def module(name: str) -> ModuleType:
    """A module of the house that is only wanted now."""
    return import_module(name)


def manual(verb: str) -> Manual:
    """The manual of a verb; this imports it."""
    opens = verb in doors()
    room = module(f"{_DOORS if opens else _ROOM}.{verb}")
    function = getattr(room, verb)
    text, options, examples = _sections(inspect.cleandoc(function.__doc__ or ""))
    said = {found["name"]: found for found in map(_OPTION.fullmatch, options) if found}
    hints = get_type_hints(function)
    arguments = dict(inspect.signature(function).parameters)
    stores = arguments.pop(INTO, None) is not None
    choices = tuple(_choice(argument, hints[argument.name], said[argument.name]) for argument in arguments.values())
    shown = tuple(line.strip() for line in examples if line.strip())
    changes = opens or getattr(room, "CHANGES", True)  # what does not say it may change something
    changing = changes if isinstance(changes, tuple) else ()
    storing = getattr(room, "STORES", ("parquet",))
    shapes = () if opens else room.SHOWN_AS
    return Manual(function, shapes, text, choices, shown, stores, opens, changes is True, changing, storing)


def _sections(docstring: str) -> tuple[str, list[str], list[str]]:
    """The text, the lines of options (each on one line) and the examples of a docstring."""
    text, _, rest = docstring.partition("\nOptions:\n")
    options, _, examples = rest.partition("\nExamples:\n")
    joined = re.sub(r"\n {5,}", " ", options)
    return text.strip(), joined.splitlines(), examples.splitlines()


def _choice(argument: inspect.Parameter, hint: object, said: re.Match[str]) -> Choice:
    kind, among = _kind(hint)
    return Choice(
        name=argument.name,
        kind=kind,
        help=said["help"].strip(),
        metavar=said["metavar"] or argument.name.removesuffix("s").upper(),
        asked=argument.kind is not argument.KEYWORD_ONLY,
        required=argument.default is argument.empty,
        among=among,
        usual=None if argument.default is argument.empty else argument.default,
    )


def _kind(hint: object) -> tuple[str, tuple[str, ...]]:
    """Which kind of thing a type asks for, and among what one chooses."""
    if type(None) in get_args(hint):
        (hint,) = (part for part in get_args(hint) if part is not type(None))
    if get_origin(hint) is Literal:
        return "one of", get_args(hint)
    if get_origin(hint) is Sequence:
        return ("measures" if get_args(hint) == (float,) else "words"), ()
    kinds = {bool: "switch", int: "number", float: "measure", Path: "file", str: "word"}
    return kinds[hint], ()  # type: ignore[index]
