"""Definitions of measures, as ``[measures.NAME]`` of a book says them.

- ``label`` and ``kind`` (``financial measure``, ``ratio``, ``supplementary``, ``capital management``) have to be said
- ``start = { line = "net_income" }``, or a ``measure``, or the accounts with a ``tag``
- ``adjust``: a list of items, each with ``label``, one of ``line``, ``measure`` or ``tag``, and ``sign``: ``add``,
  ``deduct``, or ``remove``, which takes accounts out of income, gains and losses alike; ``tax`` says its tax effect:
  ``{ rate_pct = 26.5 }``, ``{ rate_pct = { 2010 = 28.5, 2011 = 26.5 } }``, ``{ tag = "…" }`` or ``"none"``; ``since``
  and ``until`` are the days from and to which it belongs to the measure
- ``at = "end"`` for what stands at a day; ``by = "mine"`` for figures of each mine, too
- ``per`` for costs of a unit: ``{ metal = "Au", tag = "gold_sold", unit = "oz", basis = "sold" }``, several for
  co-products, each with ``revenue``, the tag of its revenue; ``treatment`` says ``by-product``, ``co-product`` or
  ``none``
- ``over`` for the ratio of two amounts: a ``line``, ``measure`` or ``tag``; ``unit`` is ``%`` or ``1``
- ``comparable`` (a line), ``why``, ``measure`` (a word of the vocabulary), ``changed`` (a list of ``on``, ``what``,
  ``was``, ``why``)
- ``preset`` takes over one of ``measure_presets.toml``
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from functools import cache
from importlib.resources import files

from orebook.disciplines.finance.ledger.statement_lines import StatementLine
from orebook.ground import units

Said = Mapping[str, object]

MEASURE_KINDS = ("financial measure", "ratio", "supplementary", "capital management")
SIGNS = ("add", "deduct", "remove")
SOURCES = ("line", "measure", "tag")
UNITS = ("%", "1")
TREATMENTS = ("by-product", "co-product", "none")

_KEYS = (
    *("preset", "label", "kind", "measure", "start", "adjust", "comparable", "why", "at", "by", "per", "treatment"),
    *("changed", "per_share", "over", "unit"),
)
_ITEM = ("label", *SOURCES, "sign", "tax", "since", "until")
_PER = ("metal", "tag", "figure", "unit", "basis", "revenue")
_CHANGE = ("on", "what", "was", "why")


class MeasureError(ValueError):
    """A definition that cannot be used: which one, which key, what instead."""


@dataclass(frozen=True, slots=True)
class Tax:
    """The tax effect of an item: rates by year in percent, the tag of accounts that hold it, or none."""

    rates: Mapping[int, float]
    tag: str = ""

    def rate(self, year: int) -> float | None:
        """The rate of a year in percent; one rate for all years stands under nought."""
        return self.rates.get(year, self.rates.get(0))


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a bridge: from where, with which sign and tax, and in which time it belongs to the measure."""

    label: str
    source: str
    name: str
    sign: str
    tax: Tax
    since: date | None = None
    until: date | None = None

    def lives(self, end: date) -> bool:
        """Whether the item belongs to the measure of a period that ends on a day."""
        return (self.since is None or self.since <= end) and (self.until is None or end <= self.until)


@dataclass(frozen=True, slots=True)
class Per:
    """What a cost is divided by: accounts of a quantity (``tag``) or figures of another result (``figure``)."""

    metal: str
    tag: str
    figure: str
    unit: str
    basis: str
    revenue: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """A change of a measure: when, what (label or composition), what it was before, and why."""

    on: date
    what: str
    was: str
    why: str


@dataclass(frozen=True, slots=True)
class MeasureDefinition:
    """A measure of a company's own."""

    name: str
    label: str
    kind: str
    measure: str
    start: Item
    items: tuple[Item, ...]
    comparable: str
    why: str
    at_end: bool
    by_mine: bool
    per: tuple[Per, ...]
    treatment: str
    changes: tuple[Change, ...]
    per_share: bool
    over: Item | None = None
    unit: str = ""


@cache
def presets() -> Mapping[str, Said]:
    """The measures that a book may take over.

    >>> presets()["free_cash_flow"]["comparable"]
    'operating_cash_flow'
    """
    text = files("orebook.disciplines.finance.measures").joinpath("measure_presets.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def measure_definitions(
    said: Said, lines: Mapping[str, StatementLine], tags: Sequence[str] | None = None
) -> dict[str, MeasureDefinition]:
    """The measures of a book, each after those that it is made of.

    ``tags`` are those that accounts have; without them a tag is not looked up. Raises ``MeasureError``: which measure,
    which key, what instead.

    >>> from orebook.disciplines.finance.ledger.statement_lines import usual_lines
    >>> found = measure_definitions({"free_cash_flow": {"preset": "free_cash_flow"}}, usual_lines())
    >>> found["free_cash_flow"].items[0].sign
    'deduct'
    >>> measure_definitions({"ebitda": {"label": "EBITDA", "kind": "own"}}, usual_lines())
    Traceback (most recent call last):
        ...
    orebook.disciplines.finance.measures.definitions.MeasureError: measures.ebitda.kind: 'own' is not known; ...
    """
    read = {name: _Reader(name, one, lines, tuple(said), tags).definition() for name, one in said.items()}
    ordered: dict[str, MeasureDefinition] = {}
    while left := [name for name in read if name not in ordered]:
        ready = [name for name in left if _needs(read[name]) <= set(ordered)]
        if not ready:
            raise MeasureError(f"measures.{left[0]}: is made of itself, by way of {', '.join(left)}")
        ordered |= {name: read[name] for name in ready}
    return ordered


def _needs(one: MeasureDefinition) -> set[str]:
    made_of = (one.start, *one.items, *((one.over,) if one.over is not None else ()))
    return {item.name for item in made_of if item.source == "measure"}


class _Reader:
    """Reads one definition, with the place of everything in it for messages."""

    def __init__(
        self,
        name: str,
        said: object,
        lines: Mapping[str, StatementLine],
        names: Sequence[str],
        tags: Sequence[str] | None,
    ) -> None:
        self.where, self.name, self.lines, self.names, self.tags = f"measures.{name}", name, lines, names, tags
        own = self.table(said, self.where)
        preset = own.get("preset")
        if preset is not None and preset not in presets():
            self.wrong("preset", f"{preset!r} is not known; write one of {', '.join(presets())}")
        self.said: Said = {**presets().get(str(preset), {}), **own}
        self.known(self.said, _KEYS, "")

    def definition(self) -> MeasureDefinition:
        """The definition, looked through."""
        kind = self.one_of(self.said.get("kind"), MEASURE_KINDS, "kind")
        at = self.one_of(self.said.get("at", "period"), ("period", "end"), "at")
        by = self.one_of(self.said.get("by", "company"), ("company", "mine"), "by")
        per = tuple(self.per(one, place) for place, one in enumerate(self.many("per"), 1))
        return MeasureDefinition(
            name=self.name,
            label=self.text("label"),
            kind=kind,
            measure=str(self.said.get("measure", f"finance.{self.name}")),
            start=self.start(),
            items=tuple(self.item(one, f"adjust {place}") for place, one in enumerate(self.many("adjust"), 1)),
            comparable=self.comparable(),
            why=str(self.said.get("why", "")),
            at_end=at == "end",
            by_mine=by == "mine",
            per=per,
            treatment=self.treatment(per),
            changes=tuple(self.change(one, place) for place, one in enumerate(self.many("changed"), 1)),
            per_share=bool(self.said.get("per_share", False)),
            over=self.start("over") if "over" in self.said else None,
            unit=self.one_of(self.said.get("unit"), UNITS, "unit") if "over" in self.said else "",
        )

    def wrong(self, key: str, what: str) -> None:
        """Refuse the definition."""
        raise MeasureError(f"{self.where}{'.' if key else ''}{key}: {what}")

    def table(self, said: object, where: str) -> Said:
        """A table, or nothing else."""
        if not isinstance(said, Mapping):
            raise MeasureError(f"{where}: {said!r} is not a table of keys")
        return said

    def known(self, said: Said, keys: Sequence[str], where: str) -> None:
        """Refuse a key that means nothing."""
        for key in said:
            if key not in keys:
                near = get_close_matches(key, keys, 1)
                self.wrong(f"{where}{key}", f"unknown key; {f'did you mean {near[0]!r}?' if near else ', '.join(keys)}")

    def text(self, key: str) -> str:
        """A text that has to be there."""
        found = self.said.get(key)
        if not isinstance(found, str) or not found.strip():
            self.wrong(key, "is missing; write it in quotation marks")
        return str(found)

    def many(self, key: str) -> list[object]:
        """A list of tables; a single one stands for a list of one."""
        found = self.said.get(key, [])
        return list(found) if isinstance(found, list | tuple) else [found]

    def one_of(self, said: object, among: Sequence[str], key: str) -> str:
        """One of some words."""
        if said not in among:
            self.wrong(key, f"{said!r} is not known; write one of {', '.join(among)}")
        return str(said)

    def source(self, said: Said, where: str) -> tuple[str, str]:
        """From where an item comes: a line, a measure or a tag that exists."""
        found = [key for key in SOURCES if key in said]
        if len(found) != 1:
            self.wrong(where, f"names {' and '.join(found) or 'nothing'}; write one of {', '.join(SOURCES)}")
        source, name = found[0], str(said[found[0]])
        there = {"line": list(self.lines), "measure": self.names, "tag": self.tags}[source]
        if there is not None and name not in there:
            near = get_close_matches(name, there, 1)
            self.wrong(where, f"there is no {source} {name!r}{f'; did you mean {near[0]!r}?' if near else ''}")
        return source, name

    def start(self, key: str = "start") -> Item:
        """Where the measure starts, or what it is held over."""
        said = self.table(self.said.get(key, {}), f"{self.where}.{key}")
        source, name = self.source(said, key)
        label = str(said.get("label", self.lines[name].label if source == "line" else name))
        return Item(label, source, name, "add", Tax({}))

    def item(self, one: object, where: str) -> Item:
        """One item of the bridge."""
        said = self.table(one, f"{self.where}.{where}")
        self.known(said, _ITEM, f"{where}.")
        source, name = self.source(said, where)
        sign = self.one_of(said.get("sign"), SIGNS, f"{where}.sign")
        if sign == "remove" and source != "tag":
            self.wrong(f"{where}.sign", "only accounts are removed; write add or deduct")
        days = [said.get(key) for key in ("since", "until")]
        for day in days:
            if day is not None and (not isinstance(day, date) or isinstance(day, datetime)):
                self.wrong(where, f"{day!r} is no day; write it without quotation marks: 2011-01-01")
        label = str(said.get("label", self.lines[name].label if source == "line" else name))
        since, until = (day if isinstance(day, date) else None for day in days)
        return Item(label, source, name, sign, self.tax(said, sign, where), since, until)

    def tax(self, said: Said, sign: str, where: str) -> Tax:
        """The tax effect of an item, which has to be said of what is taken out of income after tax."""
        found = said.get("tax")
        if found is None and (sign != "remove" or not self.after_tax):
            return Tax({})
        if found == "none":
            return Tax({})
        if isinstance(found, Mapping) and "tag" in found:
            return Tax({}, self.source(found, f"{where}.tax")[1])
        rates = found.get("rate_pct") if isinstance(found, Mapping) else None
        if isinstance(rates, int | float) and not isinstance(rates, bool):
            return Tax({0: float(rates)})
        if isinstance(rates, Mapping) and all(str(year).isdigit() for year in rates):
            return Tax({int(year): float(rate) for year, rate in rates.items()})
        self.wrong(f"{where}.tax", 'has to be said: { rate_pct = 26.5 }, a rate for each year, { tag = "…" } or "none"')
        raise AssertionError

    @property
    def after_tax(self) -> bool:
        """Whether the measure starts after tax, so that every item has a tax effect or none is said."""
        said = self.said.get("start")
        return isinstance(said, Mapping) and said.get("line") in ("net_income", "continuing_income")

    def comparable(self) -> str:
        """The line to which the measure is held."""
        found = str(self.said.get("comparable", ""))
        if found and found not in self.lines:
            self.wrong("comparable", f"there is no line {found!r}")
        return found

    def per(self, one: object, place: int) -> Per:
        """What the measure is divided by."""
        said = self.table(one, f"{self.where}.per {place}")
        self.known(said, _PER, f"per {place}.")
        unit = str(said.get("unit", ""))
        if not units.known(unit):
            self.wrong(f"per {place}.unit", f"{unit!r} is no unit; write one such as oz, lb or t")
        if ("tag" in said) == ("figure" in said):
            self.wrong(f"per {place}", "write a tag of quantities or a figure of another result, one of them")
        if not said.get("basis"):
            self.wrong(f"per {place}.basis", 'is missing; say what is counted, such as "sold" or "produced"')
        words = {key: str(said.get(key, "")) for key in ("metal", "tag", "figure", "unit", "basis", "revenue")}
        return Per(**words)

    def treatment(self, per: Sequence[Per]) -> str:
        """How other metals are treated, which a cost for each unit of metal has to say."""
        found = self.said.get("treatment")
        if any(one.metal for one in per):
            self.one_of(found, TREATMENTS, "treatment")
        if found == "co-product" and not all(one.revenue for one in per):
            self.wrong("per", "co-products share the cost by revenue; name the tag of the revenue of each")
        return str(found or "")

    def change(self, one: object, place: int) -> Change:
        """A change of label or composition."""
        said = self.table(one, f"{self.where}.changed {place}")
        self.known(said, _CHANGE, f"changed {place}.")
        if not isinstance(day := said.get("on"), date):
            self.wrong(f"changed {place}.on", "is missing; write a day such as 2011-01-01")
        what = self.one_of(said.get("what"), ("label", "composition"), f"changed {place}.what")
        assert isinstance(day, date)
        return Change(day, what, str(said.get("was", "")), str(said.get("why", "")))
