"""Derived columns: what each definition means for the columns of a table, as terms to add up.

An oxide, a conversion, a sum, a group and an equivalent are all the same thing: columns times factors, added up. That
is why they may be made before averaging or after. A share is a quotient of two averages and waits for them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from orebook.disciplines.assaying.columns import Assay, assay, grade_ratio, held_by, nearest, subscripted
from orebook.disciplines.assaying.definitions import Definition, DefinitionError, definitions, factor, metals
from orebook.disciplines.assaying.groups import groups
from orebook.disciplines.assaying.oxides import (
    atomic_masses,
    compound_factor,
    element_of,
    oxide_as_stated,
    oxide_factor,
)
from orebook.disciplines.assaying.worth import DIGITS, assumptions, coefficients, formula, rounded
from orebook.ground.schema import is_grade, unit_of


@dataclass(frozen=True)
class Term:
    """A column and what it is multiplied by, exactly; ``member`` is what it stands for in a group."""

    column: str
    factor: Fraction
    member: str = ""


@dataclass(frozen=True)
class Derived:
    """A column that is made from others, with everything that its making rests on.

    ``terms`` add up to it; for ``first_of`` they stand best first, for ``share`` they are the part and the whole.
    ``missing`` are members of a group for which the table has no column. ``holds`` are the elements that it counts.
    ``said`` is the definition as a report prints it; whoever keeps lineage keeps this.
    """

    name: str
    kind: str
    analyte: str
    label: str
    unit: str
    terms: tuple[Term, ...]
    holds: frozenset[str]
    said: str
    missing: tuple[str, ...] = ()
    partial: bool = False


@dataclass
class _Columns:
    """What is known of the columns while definitions are worked through: those of the table, and those made so far."""

    raw: tuple[str, ...]
    made: dict[str, Derived] = field(default_factory=dict)

    def __contains__(self, column: str) -> bool:
        return column in self.raw or column in self.made

    def assay(self, column: str) -> Assay:
        made = self.made.get(column)
        return Assay(column, made.analyte, "", made.unit) if made else assay(column)

    def holds(self, column: str) -> frozenset[str]:
        made = self.made.get(column)
        return made.holds if made else held_by(assay(column).analyte)

    def label(self, column: str) -> str:
        made = self.made.get(column)
        return f"{made.label} ({made.unit})" if made else assay(column).label


def derived(said: Mapping[str, object], columns: Iterable[str]) -> tuple[Derived, ...]:
    """What definitions mean for a table with these columns, in the order in which they can be made.

    Raises ``DefinitionError``: which definition, which key, what instead.

    >>> one, = derived({"sc2o3_ppm": {"oxide_of": "sc_ppm", "factor": "1.5338"}}, ["hole", "sc_ppm"])
    >>> one.label, one.said
    ('Sc₂O₃', 'Sc₂O₃ (ppm) = Sc (ppm) × 1.5338')
    >>> derived({"sc2o3_pct": {"oxide_of": "sc2o3_ppm"}}, ["sc2o3_ppm"])
    Traceback (most recent call last):
        ...
    orebook.disciplines.assaying.definitions.DefinitionError: derive.sc2o3_pct: oxide_of: sc2o3_ppm holds Sc2O3, ...
    """
    known = _Columns(tuple(columns))
    waiting = definitions(said)
    for name in waiting:
        if name in known.raw:
            raise DefinitionError(
                f"derive.{name}: the table has a column {name} already; give the derived one another name"
            )
    while waiting:
        ready = [one for one in waiting.values() if not any(column in waiting for column in one.columns)]
        if not ready:
            raise DefinitionError(
                f"derive: {', '.join(waiting)} are made from one another; one must begin with an assay"
            )
        for one in ready:
            known.made[one.name] = _resolved(one, known)
            del waiting[one.name]
    return tuple(known.made.values())


def _resolved(one: Definition, known: _Columns) -> Derived:
    for column in one.columns:
        if column not in known:
            there = [*(name for name in known.raw if is_grade(name)), *known.made]
            raise one.wrong(one.kind, f"no column {column!r}; {nearest(column, there)}")
        if not is_grade(column):
            raise one.wrong(one.kind, f"{column} is no column of grades")
        if column in known.made and known.made[column].kind == "share":
            raise one.wrong(one.kind, f"{column} is a share, which is known only after averaging; use its parts")
    return _KINDS[one.kind](one, known)


def _made(
    one: Definition,
    known: _Columns,
    analyte: str,
    terms: Sequence[Term],
    *,
    said: str = "",
    members: frozenset[str] | None = None,
    missing: tuple[str, ...] = (),
) -> Derived:
    label = one.text("label", subscripted(analyte))
    holds = members if members is not None else frozenset().union(*(known.holds(term.column) for term in terms))
    head = f"{label} ({one.unit})"
    line = f"{head}{said}" if said else f"{head} = {_sum(terms, known)}"
    partial = one.kind == "group" and one.text("missing", "refuse") == "partial"
    return Derived(one.name, one.kind, analyte, label, one.unit, tuple(terms), holds, line, missing, partial)


def _sum(terms: Iterable[Term], known: _Columns) -> str:
    return " + ".join(
        known.label(term.column) + ("" if term.factor == 1 else f" × {_factor(term.factor)}") for term in terms
    )


def _factor(value: Fraction) -> str:
    """A factor as it was stated, or with six digits."""
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    plain = f"{exact.normalize():f}"
    return plain if len(plain) <= 9 else rounded(value, 6)


def _oxide_of(one: Definition, known: _Columns) -> Derived:
    source = known.assay(one.text("oxide_of"))
    if element_of(source.analyte):
        raise one.wrong(
            "oxide_of", f"{source.column} holds {source.analyte}, an oxide already; convert the column of the element"
        )
    compound = _compound(one, source)
    return _converted(one, known, source, compound, (source.analyte, compound), inverse=False)


def _element_of(one: Definition, known: _Columns) -> Derived:
    source = known.assay(one.text("element_of"))
    compound = one.text("formula", "") or source.analyte
    element = assay(one.name).analyte
    if source.analyte == element or not element_of(compound):
        raise one.wrong(
            "element_of", f"{source.column} holds {source.analyte}, which is no oxide; nothing to take apart"
        )
    return _converted(one, known, source, element, (element, compound), inverse=True)


def _compound(one: Definition, source: Assay) -> str:
    """The formula of what is made: the one that is stated, or the one that the name spells."""
    spelled = assay(one.name).analyte
    stated = one.text("formula", "")
    if stated and element_of(spelled) and spelled != stated:
        raise one.wrong("formula", f"{stated} is stated, but the name says {spelled}; make them one")
    compound = stated or spelled
    if not element_of(compound) and not stated:
        raise one.wrong("formula", f"{one.name} names no oxide; say which, such as {oxide_as_stated(source.analyte)!r}")
    return compound


def _converted(
    one: Definition, known: _Columns, source: Assay, analyte: str, pair: tuple[str, str], *, inverse: bool
) -> Derived:
    try:
        exact = Fraction(compound_factor(*pair))
    except ValueError as problem:
        raise one.wrong(one.kind, str(problem)) from None
    stated = factor(one)
    if stated and abs(stated / exact - 1) > Fraction(1, 100):
        raise one.wrong(
            "factor", f"{float(stated):g} is stated, the atomic masses give {float(exact):.5f}; which oxide?"
        )
    times = stated or exact
    ratio = grade_ratio(source.unit, one.unit) * (1 / times if inverse else times)
    return _made(one, known, analyte, [Term(source.column, ratio)])


def _convert(one: Definition, known: _Columns) -> Derived:
    source = known.assay(one.text("convert"))
    return _made(one, known, source.analyte, [Term(source.column, grade_ratio(source.unit, one.unit))])


def _sum_of(one: Definition, known: _Columns) -> Derived:
    parts = [known.assay(column) for column in one.texts("sum")]
    _once(one, known, [part.column for part in parts])
    terms = [Term(part.column, grade_ratio(part.unit, one.unit)) for part in parts]
    return _made(one, known, "+".join(part.analyte for part in parts), terms)


def _once(one: Definition, known: _Columns, columns: Sequence[str]) -> None:
    """Refuse to count an element twice."""
    seen: dict[str, str] = {}
    for column in columns:
        for element in sorted(known.holds(column)):
            if element in seen:
                raise one.wrong(
                    one.kind,
                    f"{seen[element]} and {column} both hold {element}; count it once, or use first_of for methods",
                )
            seen[element] = column


def _group(one: Definition, known: _Columns) -> Derived:
    name = one.text("group")
    members, usual = _members(one, name)
    stated = {member: _form(one, member, usual) for member in members}
    columns = _columns_of_members(one, known, members, stated)
    missing = tuple(member for member in members if member not in columns)
    if missing and one.text("missing", "refuse") == "refuse":
        raise one.wrong("group", f'{name} without {", ".join(missing)}; add the columns, or say missing = "partial"')
    if not columns:
        raise one.wrong("group", f"no column of {name} is there; its members are {', '.join(members)}")
    terms = []
    for member, column in columns.items():
        source, form = known.assay(column), stated[member]
        terms.append(Term(column, grade_ratio(source.unit, one.unit) * _as_stated(member, source.analyte, form), form))
    without = f", without {', '.join(missing)}" if missing else ""
    forms = " + ".join(subscripted(stated[member]) for member in columns)
    said = f" = {forms}{without}: {_sum(terms, known)}"
    return _made(one, known, name, terms, said=said, members=frozenset(columns), missing=missing)


def _members(one: Definition, name: str) -> tuple[tuple[str, ...], str]:
    """Members of a group, and whether they are stated as oxide or element, where that is known."""
    if "members" not in one.said:
        if name not in groups():
            raise one.wrong("group", f"no group {name!r}; {nearest(name, groups())} Or say its members")
        return groups()[name].members, groups()[name].stated_as
    members = one.texts("members")
    for member in members:
        if member not in atomic_masses():
            raise one.wrong("members", f"{member} is no element; name elements, such as Nd")
    return members, "oxide" if set(members) <= set(groups()["TREO"].members) else ""


def _form(one: Definition, member: str, usual: str) -> str:
    """The element or oxide as which a group states a member."""
    said = one.said.get("stated_as", usual)
    forms = one.names("stated_as") if isinstance(said, Mapping) else {}
    form = forms.get(member, said if isinstance(said, str) else usual)
    if form == "oxide" and member in groups()["TREO"].members:
        return oxide_as_stated(member)
    if form == "element" or form == member:
        return member
    if element_of(form) != member:
        raise one.wrong(
            "stated_as", f"{member} as {form or 'what'}? Say 'element', or an oxide: {{{member} = \"...\"}}"
        )
    return form


def _columns_of_members(
    one: Definition, known: _Columns, members: Sequence[str], stated: Mapping[str, str]
) -> dict[str, str]:
    """The column of each member: those that are named, or those of the table that hold the member and nothing else."""
    named = one.texts("of") if "of" in one.said else [column for column in known.raw if is_grade(column)]
    found: dict[str, list[str]] = {}
    for column in named:
        holds = known.holds(column)
        member = next(iter(holds)) if len(holds) == 1 else ""
        analyte = known.assay(column).analyte
        single = member in members and (analyte == member or element_of(analyte) == member)
        if single:
            found.setdefault(member, []).append(column)
        elif "of" in one.said:
            raise one.wrong("of", f"{column} holds no single member; the members are {', '.join(members)}")
    return {member: _only(one, known, found[member], stated[member]) for member in members if member in found}


def _only(one: Definition, known: _Columns, columns: Sequence[str], form: str) -> str:
    """One column of several for a member: the only one in the form that the group is stated in."""
    if len(columns) == 1:
        return columns[0]
    fitting = [column for column in columns if known.assay(column).analyte == form]
    if len(fitting) == 1 and "of" not in one.said:
        return fitting[0]
    raise one.wrong("of", f"{' and '.join(columns)} hold one element; name in of the columns to take")


def _as_stated(member: str, analyte: str, form: str) -> Fraction:
    """What makes the grade of an element or oxide one of the form in which the group states its member."""
    up = Fraction(1) if form == member else Fraction(oxide_factor(form))
    down = Fraction(1) if analyte == member else Fraction(oxide_factor(analyte))
    return Fraction(1) if analyte == form else up / down


def _share(one: Definition, known: _Columns) -> Derived:
    part, whole = one.text("share"), one.text("of")
    outside = known.holds(part) - known.holds(whole)
    if outside:
        raise one.wrong("of", f"{part} holds {', '.join(sorted(outside))}, which {whole} does not; it is no part of it")
    return _quotient(one, known.label(part), known.label(whole))


def _quotient(one: Definition, part: str, whole: str) -> Derived:
    """The share of a part in a whole, both of them averages; the factors make one percent (or whatever) of them."""
    columns = one.text("share"), one.text("of")
    units = [unit_of(column) for column in columns]
    factors = grade_ratio(units[0], one.unit), grade_ratio(units[1], "fraction")
    terms = tuple(Term(column, factor) for column, factor in zip(columns, factors, strict=True))
    label = one.text("label", f"{part.rpartition(' (')[0]} of {whole.rpartition(' (')[0]}")
    said = f"{label} ({one.unit}) = {part} ÷ {whole}, each averaged first"
    return Derived(one.name, one.kind, "", label, one.unit, terms, frozenset(), said)


def shares(said: Mapping[str, object]) -> tuple[Derived, ...]:
    """The shares among definitions, which need no other columns than the averages of part and whole.

    >>> one, = shares({"magnet_pct": {"share": "mreo_ppm", "of": "treo_pct"}})
    >>> one.said
    'MREO of TREO (%) = MREO (ppm) ÷ TREO (%), each averaged first'
    """
    known = definitions(said)

    def label(column: str) -> str:
        words = known[column].said if column in known else {}
        return f"{words.get('label') or words.get('group') or subscripted(assay(column).analyte)} ({unit_of(column)})"

    found = []
    for one in known.values():
        if one.kind == "share":
            for key in ("share", "of"):
                if not is_grade(one.text(key)):
                    raise one.wrong(key, f"{one.text(key)} is no column of grades")
            found.append(_quotient(one, label(one.text("share")), label(one.text("of"))))
    return tuple(found)


def _equivalent(one: Definition, known: _Columns) -> Derived:
    listed, primary = metals(one), one.text("equivalent")
    _once(one, known, [metal.column for metal in listed])
    exact = coefficients(listed, primary, unit=one.unit)
    analyte = f"{known.assay(primary).analyte}Eq"
    digits = one.said.get("digits", DIGITS)
    if not isinstance(digits, int) or not 1 <= digits <= 12:
        raise one.wrong("digits", f"{digits!r} is no number of digits; give 1 to 12, or printed coefficients")
    said = formula("", exact, digits=digits) + ". " + assumptions(listed, one.text("prices_date"))
    return _made(one, known, analyte, [Term(column, value) for column, value in exact.items()], said=said)


def _first_of(one: Definition, known: _Columns) -> Derived:
    parts = [known.assay(column) for column in one.texts("first_of")]
    analytes = {part.analyte for part in parts}
    if len(analytes) > 1:
        raise one.wrong("first_of", f"{', '.join(sorted(analytes))} are not one analyte; list methods of one")
    terms = [Term(part.column, grade_ratio(part.unit, one.unit)) for part in parts]
    said = f": {' before '.join(part.column for part in parts)}; one over its upper limit gives way to one within"
    return _made(one, known, parts[0].analyte, terms, said=said)


_KINDS = {
    "oxide_of": _oxide_of,
    "element_of": _element_of,
    "convert": _convert,
    "sum": _sum_of,
    "group": _group,
    "share": _share,
    "equivalent": _equivalent,
    "first_of": _first_of,
}
