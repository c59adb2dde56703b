"""Printing: what was made, as pages in the company's layout."""

from collections.abc import Mapping
from typing import Any

from orebook.book.making import Done
from orebook.book.problems import SettingsError
from orebook.book.results import results
from orebook.reports.drilling.drill_page import parameters
from orebook.reports.drilling.layouts import LayoutError
from orebook.reports.drilling.pages import PAGES, Making
from orebook.reports.printed import Printed, Sheet


def wanted(name: str) -> tuple[str, ...]:
    """The results that a page of that name is made of.

    >>> wanted("drilling"), wanted("composites")
    (('holes', 'intercepts'), ('composites',))
    """
    return PAGES[name][0] if name in PAGES else (name,)


def names() -> dict[str, str]:
    """Everything that can be made, with its one sentence."""
    found = {name: (page.__doc__ or "").partition("\n")[0] for name, (_, page) in PAGES.items()}
    return dict(sorted({**{name: result.title for name, result in results().items()}, **found}.items()))


def pages(name: str, done: Done) -> list[Printed | Sheet]:
    """The pages of something that was made: in the company's layout, or as the plain tables that it consists of.

    Raises ``SettingsError`` for a layout that cannot be followed.
    """
    parts = {part: frame for result in wanted(name) for part, frame in done.made[result].parts.items()}
    remark = "; ".join(remark for result in wanted(name) for remark in done.made[result].remarks)
    if name not in PAGES:
        first = next(iter(parts))
        return [Sheet(part, frame, remark if part == first else "") for part, frame in parts.items() if part == first]
    try:
        return [PAGES[name][1](parts, _making(name, done, remark))]
    except LayoutError as problem:
        raise SettingsError(f"{done.settings.file}: print.{name}: {problem}") from None


def _making(name: str, done: Done, remark: str) -> Making:
    settings = done.settings
    rules: list[Mapping[str, Any]] = [
        rule for result in wanted(name) for rule in _list(done.made[result].settings.get("rules"))
    ]
    carried = settings.result("intercepts").get("carry", [])
    said: dict[str, Any] = {**settings.print, "carried": carried}
    return Making(
        doc=name,
        said=said,
        rules=rules,
        derived=[one for result in wanted(name) for one in _list(done.made[result].settings.get("derived"))],
        length=settings.length,
        desurvey=str(settings.desurvey.get("method", "minimum_curvature")),
        parameters=parameters(rules),
        remark=remark,
        own=said.get("sentences"),
    )


def _list(found: object) -> list[Any]:
    return found if isinstance(found, list) else []
