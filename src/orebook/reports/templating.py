"""Templating: templates of whole pages, ours or a company's own, filled in where they can do no harm.

Templates are Jinja's, in its sandbox: they see what they are given and nothing else of the machine. What is wrong in
one is told with its file and line.
"""

import traceback
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import wraps
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import (
    Environment,
    FileSystemLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
    Undefined,
)
from jinja2.compiler import CodeGenerator
from jinja2.filters import FILTERS
from jinja2.loaders import BaseLoader
from jinja2.sandbox import ImmutableSandboxedEnvironment

from orebook.ground.one_line import one_line
from orebook.reports.layouts import LayoutError

__all__ = ["ENDING", "Environment", "Shelf", "of_pages", "rendered"]

ENDING = ".md"
_MOST = 4_000_000
"""No release has so many letters."""

_TOO_LONG = f"this makes more than {_MOST:,} letters; a loop that does not end, or text that is doubled?"
_TIMES = 1_000
_OF_WORDS = ("capitalize", "e", "escape", "lower", "title", "trim", "truncate", "upper", "wordcount")
_OF_LISTS = (
    *("count", "default", "d", "dictsort", "first", "groupby", "items", "last", "length", "list", "map", "max", "min"),
    *("reject", "rejectattr", "reverse", "select", "selectattr", "sort", "unique", "abs", "float", "int", "round"),
)
"""The filters that templates have, beside ``join`` and ``replace``: none of them makes long words out of short ones."""

_GROWING = frozenset({"center", "ljust", "rjust", "zfill", "expandtabs", "format", "format_map", "replace"})
"""What makes long words out of short ones; a release needs none of it."""


class _Writer(CodeGenerator):
    """Writes the code of a template so that what joins words is counted."""

    def visit_Concat(self, node: Any, frame: Any) -> None:  # noqa: N802 - the name is the library's
        """Join words by ``~``."""
        self.write("environment.concat((")
        for each in node.nodes:
            self.write("environment.printable(")
            self.visit(each, frame)
            self.write("), ")
        self.write("))")


class _Sandbox(ImmutableSandboxedEnvironment):
    """A sandbox in which nothing grows without end."""

    intercepted_binops = frozenset({"+", "*", "**", "%", "<<"})
    code_generator_class = _Writer

    def __init__(self, loader: BaseLoader) -> None:
        super().__init__(
            loader=loader,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            finalize=self.printable,
        )
        self.filters = {name: self.filters[name] for name in _OF_LISTS}
        self.filters |= {name: _of_words(FILTERS[name]) for name in _OF_WORDS}
        self.filters |= {"join": _joined, "replace": _replaced}
        self.globals.clear()
        self.globals["range"] = _range

    @staticmethod
    def concat(pieces: Iterable[str]) -> str:
        """Words one after the other, no more of them than a release has."""
        return _concat(pieces)

    @staticmethod
    def printable(value: Any) -> Any:
        """What can be printed: words and numbers.

        Raises ``LayoutError`` for a list, which may hold itself many times over.
        """
        if isinstance(value, list | tuple | dict | set):
            raise LayoutError("a list cannot be printed; say join, or a loop")
        return value

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Count with numbers that are no larger than those of a release, and add words to words."""
        if operator == "+" and isinstance(left, str) and isinstance(right, str):
            return _concat((left, right))
        plain = isinstance(left, int | float) and isinstance(right, int | float)
        known = not isinstance(left, Undefined) and not isinstance(right, Undefined)
        if known and (not plain or (operator in ("**", "<<") and abs(right) > 16)):
            raise LayoutError(f"{operator} is for numbers of a common size")
        return super().call_binop(context, operator, left, right)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Whether a template may have this of an object."""
        return not (isinstance(obj, str) and attr in _GROWING) and super().is_safe_attribute(obj, attr, value)


def _concat(pieces: Iterable[Any]) -> str:
    """Words one after the other.

    Raises ``LayoutError`` for more of them than any release has.
    """
    found, length = [], 0
    for piece in pieces:
        found.append(str(piece))
        length += len(found[-1])
        if length > _MOST:
            raise LayoutError(_TOO_LONG)
    return "".join(found)


def _joined(value: Iterable[Any], between: str = "") -> str:
    """Words with something between them."""
    return _concat(
        piece for at, each in enumerate(value) for piece in ((between,) if at else ()) + (_Sandbox.printable(each),)
    )


def _replaced(words: Any, old: str, new: str) -> str:
    """Words with some of them exchanged."""
    said = str(_Sandbox.printable(words))
    if not old or len(said) + said.count(old) * (len(new) - len(old)) > _MOST:
        raise LayoutError(_TOO_LONG if old else "replace exchanges words; say which")
    return said.replace(old, new)


def _of_words(filter_: Callable[..., Any]) -> Callable[..., Any]:
    """A filter of words, which takes nothing else."""

    @wraps(filter_)
    def guarded(*given: Any, **more: Any) -> Any:
        for each in given:
            _Sandbox.printable(each)
        return filter_(*given, **more)

    return guarded


class Shelf(BaseLoader):
    """Templates by name: those of some folders first, then ours; ``used`` says which file each came from."""

    def __init__(self, room: str, folders: Sequence[Path]) -> None:
        self.room, self.folders = room, tuple(folders)
        self.used: dict[str, str] = {}

    def get_source(self, environment: Any, template: str) -> tuple[str, str, Callable[[], bool]]:
        """The words of a template, the name of its file, and that it stays as it is."""
        if "/" in template or "\\" in template or template.startswith("."):
            raise TemplateNotFound(template)
        for folder in self.folders:
            file = folder / template
            if file.is_file():
                self.used[template] = str(file)
                return _read(file), str(file), lambda: True
        ours = files(self.room).joinpath(template)
        if not ours.is_file():
            raise TemplateNotFound(template)
        self.used[template] = f"orebook:{template}"
        return ours.read_text(encoding="utf-8"), f"orebook:{template}", lambda: True

    def list_templates(self) -> list[str]:
        """The names of our templates."""
        return sorted(each.name for each in files(self.room).iterdir() if each.name.endswith(ENDING))

    def ours(self, name: str) -> str:
        """The words of one of our templates."""
        return files(self.room).joinpath(name).read_text(encoding="utf-8")


def of_pages(folder: Path) -> Environment:
    """The templates of our own pages in a browser: everything that is put into them is text, whatever it holds."""
    return Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        raise LayoutError(f"{file}: cannot be read as UTF-8: {one_line(str(problem))}") from None


def rendered(shelf: Shelf, name: str, told: Mapping[str, Any]) -> str:
    """A template filled in with what it is told.

    Raises ``LayoutError`` with file and line for a template that is wrong or asks for what nobody told.
    """
    environment = _Sandbox(shelf)
    try:
        return _concat(environment.get_template(name).generate(dict(told)))
    except TemplateSyntaxError as problem:
        where = problem.filename or problem.name or name
        raise LayoutError(f"{where}:{problem.lineno}: {one_line(problem.message or 'this is no template')}") from None
    except TemplateNotFound as problem:
        instead = ", ".join(shelf.list_templates())
        raise LayoutError(
            f"{_place(problem, shelf, name)}: no template is called {problem}; ours are {instead}"
        ) from None
    except LayoutError as problem:
        raise LayoutError(f"{_place(problem, shelf, name)}: {problem}") from None
    except (
        TemplateError,
        TypeError,
        ValueError,
        ArithmeticError,
        LookupError,
        RecursionError,
        AttributeError,
    ) as problem:
        raise LayoutError(f"{_place(problem, shelf, name)}: {one_line(str(problem))}") from None


def _range(*ends: int) -> range:
    """A row of whole numbers, no longer than a page needs."""
    found = range(*ends)
    if len(found) > _TIMES:
        raise LayoutError(f"range of {len(found)}; {_TIMES} at most")
    return found


def _place(problem: BaseException, shelf: Shelf, name: str) -> str:
    """File and line of the template in which something went wrong: the innermost one."""
    known = set(shelf.used.values())
    frames = [frame for frame in traceback.extract_tb(problem.__traceback__) if frame.filename in known]
    if frames:
        return f"{frames[-1].filename}:{frames[-1].lineno}"
    return shelf.used.get(name, name)
