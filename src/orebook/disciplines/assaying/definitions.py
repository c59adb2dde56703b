"""Definitions of columns that are made from others, as ``[derive.NAME]`` of a book says them.

The name of the column carries its unit. One key says what is done, and with which columns:

- ``oxide_of = "sc_ppm"``: the oxide that the name spells (``sc2o3_ppm``) or ``formula``; ``factor = "1.5338"`` if that
  is stated
- ``element_of = "sc2o3_ppm"``: the way back
- ``convert = "cu_ppm"``: the same in the unit of the name
- ``sum = ["zn_pct", "pb_pct"]``: added up in the unit of the name
- ``group = "TREO+Y"``: a known group, or any name with ``members``; ``of`` says which columns, ``stated_as`` in which
  form (``"element"``, ``"oxide"``, or ``{Y = "Y"}`` for some), ``missing`` what to do without a member: ``refuse``
  (usual) or ``partial``
- ``share = "mreo_ppm"``, ``of = "treo_ppm"``: a part of a group, computed from averages
- ``ratio = "zn_pct"``, ``of = "pb_pct"``: one by the other, computed from averages; its name ends in ``_ratio``
- ``equivalent = "cu_pct"``: with ``metals`` and ``prices_date``; ``digits`` of the printed coefficients
- ``first_of = ["au_gra_gpt", "au_fa50_gpt"]``: the first that has a value, best first

``label`` is how print heads the column.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from orebook.disciplines.assaying.columns import nearest
from orebook.disciplines.assaying.worth import Metal
from orebook.ground import units
from orebook.ground.schema import GRADE_UNITS, unit_of

Said = Mapping[str, object]

KEYS: Mapping[str, tuple[str, ...]] = {
    "oxide_of": ("formula", "factor"),
    "element_of": ("formula", "factor"),
    "convert": (),
    "sum": (),
    "group": ("members", "of", "stated_as", "missing"),
    "share": ("of",),
    "ratio": ("of",),
    "equivalent": ("metals", "prices_date", "digits"),
    "first_of": (),
}
"""The kinds of definition by the key that names them, and the other keys that each may have."""

_METAL = ("column", "price", "price_unit", "recovery_pct", "recovery_basis", "payable_pct")


class DefinitionError(ValueError):
    """A definition that cannot be used: which one, which key, what instead."""


@dataclass(frozen=True)
class Definition:
    """One definition as it was said: name, kind, and its other keys."""

    name: str
    kind: str
    said: Said

    @property
    def unit(self) -> str:
        """The unit of the column, from its name; nothing for a ratio."""
        return unit_of(self.name)

    def wrong(self, key: str, what: str) -> DefinitionError:
        """A fault of this definition."""
        return DefinitionError(f"derive.{self.name}: {key}: {what}")

    def text(self, key: str, usual: str | None = None) -> str:
        """A key that holds words; ``usual`` stands in for one that is not there."""
        value = self.said.get(key, usual)
        if not isinstance(value, str) or not (value or usual == ""):
            raise self.wrong(key, _absent(value, "text, such as " + _EXAMPLES.get(key, '"zn_pct"')))
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A key that holds a list of names; nothing twice."""
        value = self.said.get(key)
        if not isinstance(value, list | tuple) or not value or not all(isinstance(each, str) for each in value):
            raise self.wrong(key, _absent(value, 'a list of names, such as ["zn_pct", "pb_pct"]'))
        if twice := [each for place, each in enumerate(value) if each in value[:place]]:
            raise self.wrong(key, f"{twice[0]} stands twice; name it once")
        return tuple(str(each) for each in value)

    def names(self, key: str) -> Mapping[str, str]:
        """A key that holds a table of names; an empty one when it is not there."""
        value = self.said.get(key, {})
        if not isinstance(value, Mapping) or not all(isinstance(each, str) for each in value.values()):
            raise self.wrong(key, _absent(value, 'a table of names, such as {Ce = "CeO2"}'))
        return value

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that the definition itself names."""
        return tuple(dict.fromkeys(_COLUMNS[self.kind](self)))


_EXAMPLES = {"label": '"Zn+Pb"', "prices_date": '"2026-10-01"', "formula": '"CeO2"'}


def _absent(value: object, wanted: str) -> str:
    return f"missing; give {wanted}" if value is None else f"{value!r} is not {wanted}"


_COLUMNS: Mapping[str, Callable[[Definition], Iterable[str]]] = {
    "oxide_of": lambda one: [one.text("oxide_of")],
    "element_of": lambda one: [one.text("element_of")],
    "convert": lambda one: [one.text("convert")],
    "sum": lambda one: one.texts("sum"),
    "group": lambda one: one.texts("of") if "of" in one.said else [],
    "share": lambda one: [one.text("share"), one.text("of")],
    "ratio": lambda one: [one.text("ratio"), one.text("of")],
    "equivalent": lambda one: [metal.column for metal in metals(one)],
    "first_of": lambda one: one.texts("first_of"),
}


def definitions(said: Mapping[str, object]) -> dict[str, Definition]:
    """The definitions of a book by name, looked through for everything that can be known without a table.

    Raises ``DefinitionError``: which definition, which key, what instead.

    >>> definitions({"znpb_pct": {"sum": ["zn_pct", "pb_pct"], "label": "Zn+Pb"}})["znpb_pct"].columns
    ('zn_pct', 'pb_pct')
    >>> definitions({"znpb_pct": {"som": ["zn_pct", "pb_pct"]}})
    Traceback (most recent call last):
        ...
    orebook.disciplines.assaying.definitions.DefinitionError: derive.znpb_pct: som: unknown key; did you mean 'sum'?
    """
    return {name: _read(name, each) for name, each in said.items()}


def _read(name: str, said: object) -> Definition:
    if not isinstance(said, Mapping):
        raise DefinitionError(f"derive.{name}: not a table; write [derive.{name}] above its keys")
    _named(name, ratio="ratio" in said)
    if name != name.lower():
        raise DefinitionError(f"derive.{name}: names are in small letters; call it {name.lower()}, and say the label")
    kinds = [key for key in said if key in KEYS]
    known = [*KEYS, "label"] if not kinds else [kinds[0], *KEYS[kinds[0]], "label"]
    for key in said:
        if key not in known and key not in kinds:
            raise DefinitionError(f"derive.{name}: {key}: unknown key; {nearest(key, known)}")
    if len(kinds) != 1:
        found = f"{' and '.join(kinds)} in one definition; keep one" if kinds else f"nothing to do; {nearest('', KEYS)}"
        raise DefinitionError(f"derive.{name}: {found}")
    definition = Definition(name, kinds[0], said)
    _looked_through(definition)
    return definition


def _named(name: str, *, ratio: bool) -> None:
    """A column carries its unit in its name; a ratio has none and says so."""
    if ratio and not name.endswith("_ratio"):
        raise DefinitionError(f"derive.{name}: a ratio has no unit; call it {name}_ratio")
    if not ratio and unit_of(name) not in GRADE_UNITS:
        raise DefinitionError(f"derive.{name}: the name ends in no unit of grade; call it {name}_pct or {name}_ppm")


def _looked_through(one: Definition) -> None:
    """Ask for every key, so that what is wrong is said before anything is computed."""
    if "label" in one.said:
        one.text("label")
    if len(one.columns) < 2 and one.kind in ("sum", "first_of"):
        raise one.wrong(
            one.kind,
            "one column alone; give two or more, best first"
            if one.kind == "first_of"
            else "one column alone; give two or more",
        )
    if one.name in one.columns:
        raise one.wrong(one.kind, f"{one.name} is made from itself; give the result another name")
    if one.kind == "group":
        one.text("group")
        if one.said.get("stated_as") not in ("element", "oxide"):
            one.names("stated_as")
        if "members" in one.said:
            one.texts("members")
        if (missing := one.text("missing", "refuse")) not in ("refuse", "partial"):
            raise one.wrong("missing", f"{missing!r} is not known; write 'refuse' or 'partial'")
    if one.kind in ("oxide_of", "element_of"):
        one.text("formula", "")
        factor(one)


def factor(one: Definition) -> Fraction | None:
    """The factor that a definition states, exactly as it is written."""
    if "factor" not in one.said:
        return None
    return _positive(one, "factor", one.said["factor"], '"1.5338"')


def _positive(one: Definition, key: str, value: object, example: str) -> Fraction:
    """A number above nought, exactly as it is written: 4.5 is 9/2."""
    if isinstance(value, int | float | Decimal | str) and not isinstance(value, bool):
        try:
            number = Decimal(str(value))
        except InvalidOperation:
            number = Decimal(0)
        if number.is_finite() and number > 0:
            return Fraction(number)
    raise one.wrong(key, _absent(value, f"a number above nought, such as {example}"))


def metals(one: Definition) -> tuple[Metal, ...]:
    """The metals of an equivalent, the primary one among them. Nothing that a coefficient needs may be missing."""
    primary, rows = one.text("equivalent"), one.said.get("metals")
    if not isinstance(rows, list | tuple) or not rows or not all(isinstance(row, Mapping) for row in rows):
        raise one.wrong("metals", f"missing; write [[derive.{one.name}.metals]] for each metal, the primary one too")
    one.text("prices_date")
    found = tuple(_metal(one, row, place) for place, row in enumerate(rows, 1))
    names = [metal.column for metal in found]
    if primary not in names:
        raise one.wrong("metals", f"{primary}, the primary metal, is not among them; {nearest(primary, names)}")
    if twice := [name for place, name in enumerate(names) if name in names[:place]]:
        raise one.wrong("metals", f"{twice[0]} stands twice; name it once")
    if len({metal.currency for metal in found}) > 1:
        said = ", ".join(f"{metal.column} in {metal.currency}" for metal in found)
        raise one.wrong("metals", f"prices in different currencies ({said}); give all in one")
    return found


def _metal(one: Definition, row: Mapping[str, object], place: int) -> Metal:
    where = f"metals {place}"
    for key in row:
        if key not in _METAL:
            raise one.wrong(f"{where}.{key}", f"unknown key; {nearest(key, _METAL)}")
    column, unit, basis = (row.get(key) for key in ("column", "price_unit", "recovery_basis"))
    if not isinstance(column, str) or unit_of(column) not in GRADE_UNITS:
        raise one.wrong(f"{where}.column", _absent(column, 'a column of grades, such as "au_gpt"'))
    where = f"metals {column}"
    if not isinstance(unit, str) or not _is_price(unit):
        raise one.wrong(f"{where}.price_unit", _absent(unit, 'a currency by a mass, such as "USD/oz"'))
    if not isinstance(basis, str) or not basis.strip():
        raise one.wrong(
            f"{where}.recovery_basis", _absent(basis, '"test work" or "assumed": metals without either stay out')
        )
    percents = {key: _positive(one, f"{where}.{key}", row.get(key), "88") for key in ("recovery_pct",)}
    percents["payable_pct"] = _positive(one, f"{where}.payable_pct", row.get("payable_pct", 100), "96")
    for key, value in percents.items():
        if value > 100:
            raise one.wrong(f"{where}.{key}", f"{float(value):g} is more than all of it; give percent, at most 100")
    price = _positive(one, f"{where}.price", row.get("price"), "4.50")
    return Metal(column, price, unit, percents["recovery_pct"] / 100, basis, percents["payable_pct"] / 100)


def _is_price(unit: str) -> bool:
    money, _, mass = unit.partition("/")
    if money == "$" or not units.known(money) or not units.known(mass):
        return False
    return bool(units.unit(money).money) and units.unit(mass).dimension == units.unit("g").dimension
