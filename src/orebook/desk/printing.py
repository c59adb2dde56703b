"""Printing: what was made, as pages in the company's layout."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from orebook.book.making import Done, like
from orebook.book.problems import SettingsError
from orebook.book.results import results
from orebook.book.settings import BookSettings
from orebook.desk.answer import did_you_mean
from orebook.reports.drilling.layouts import LayoutError
from orebook.reports.drilling.pages import PAGES, Making
from orebook.reports.drilling.parameters import parameters
from orebook.reports.printed import Printed, Sheet

_SENTENCES = "sentences"
_LISTS = ("columns", "grades")
_MOST_DECIMALS = 9


def wanted(name: str) -> tuple[str, ...]:
    """The results that a page of that name is made of.

    A further result of the book has the page of the one that it is like.
    """
    return PAGES[name][0] if name in PAGES else (name,)


def names(settings: BookSettings | None = None) -> dict[str, str]:
    """Everything that can be made, with its one sentence; of a book also what is there besides."""
    found = {name: result.title for name, result in results().items()}
    found |= {name: (page.__doc__ or "").partition("\n")[0] for name, (_, page) in PAGES.items()}
    more = [] if settings is None else [name for name in settings.results if name not in results()]
    found |= {name: f"Another table of {like(settings, name)}." for name in more if settings is not None}
    return dict(sorted(found.items()))


def pages(name: str, done: Done) -> list[Printed | Sheet]:
    """The pages of something that was made: in the company's layout, or as the plain table that it is.

    Raises ``SettingsError`` for a layout that cannot be followed.
    """
    needed = wanted(name)
    alike = name if name in PAGES else like(done.settings, name)
    parts: dict[str, pl.DataFrame] = {}
    for result in needed:
        plain = like(done.settings, result)
        parts |= {plain + part.removeprefix(result): frame for part, frame in done.made[result].parts.items()}
    remark = "; ".join(remark for result in needed for remark in done.made[result].remarks)
    if alike not in PAGES:
        first, frame = next(iter(parts.items()))
        return [Sheet(first, frame, remark)]
    try:
        return [PAGES[alike][1](parts, _making(name, alike, done, remark))]
    except LayoutError as problem:
        raise SettingsError(f"{done.settings.file}: print.{name}: {problem}") from None


def _making(name: str, alike: str, done: Done, remark: str) -> Making:
    settings = done.settings
    needed = wanted(name)
    rules: list[Mapping[str, Any]] = [
        rule for result in needed for rule in _list(done.made[result].settings.get("rules"))
    ]
    cut = next((result for result in needed if like(settings, result) == "intercepts"), "intercepts")
    carry = settings.result(cut).get("carry", [])
    said: dict[str, Any] = {**layouts(settings), "carried": [carry] if isinstance(carry, str) else carry}
    if name != alike:  # a further table has a layout of its own, else that of the one it is like
        said |= {alike: said.get(name, said.get(alike, {}))}
    return Making(
        doc=name,
        name=cut,
        said=said,
        rules=rules,
        derived=[one for result in needed for one in _list(done.made[result].settings.get("derived"))],
        length=settings.length,
        desurvey=str(settings.desurvey.get("method", "minimum_curvature")),
        parameters=parameters(rules),
        remark=remark,
        own=said.get(_SENTENCES),
    )


def layouts(settings: BookSettings) -> dict[str, Mapping[str, Any]]:
    """What ``book.toml`` says under ``print``, lists where lists belong.

    Raises ``SettingsError`` for what is no layout, or is of nothing that can be printed.
    """
    known = (*names(settings), _SENTENCES)
    found: dict[str, Mapping[str, Any]] = {}
    for name, said in settings.print.items():
        where = f"{settings.file}: print.{name}"
        if name not in known:
            raise SettingsError(f"{where}: nothing of that name is printed{did_you_mean(name, known)}")
        if not isinstance(said, Mapping):
            raise SettingsError(f"{where} is {said!r}; write [print.{name}] above its keys")
        lists = {key: [said[key]] if isinstance(said[key], str) else said[key] for key in _LISTS if key in said}
        for key, value in lists.items():
            if not isinstance(value, list):
                raise SettingsError(f"{where}.{key} is {value!r}; write a list")
        decimals = said.get("decimals", 0)
        if not isinstance(decimals, int) or not 0 <= decimals <= _MOST_DECIMALS:
            raise SettingsError(f"{where}.decimals is {decimals!r}; write a number from 0 to {_MOST_DECIMALS}")
        found[name] = {**said, **(lists if name != _SENTENCES else {})}
    return found


def _list(found: object) -> list[Any]:
    return found if isinstance(found, list) else []
