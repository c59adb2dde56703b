"""Derived columns: what each definition means for the columns of a table, as terms to add up.

An oxide, a conversion, a sum, a group and an equivalent are all the same thing: columns times factors, added up. That
is why they may be made before averaging or after. A share or a ratio is a quotient of two averages and waits for them.
"""

from collections.abc import Iterable, Mapping
from fractions import Fraction

from orebook.disciplines.assaying.columns import Assay, assay, grade_ratio, nearest
from orebook.disciplines.assaying.definitions import Definition, DefinitionError, definitions, factor, metals
from orebook.disciplines.assaying.grouping import group
from orebook.disciplines.assaying.oxides import compound_factor, element_of, oxide_as_stated
from orebook.disciplines.assaying.quotients import QUOTIENTS, ratio, share
from orebook.disciplines.assaying.terms import Columns, Derived, Term, made, refuse_twice
from orebook.disciplines.assaying.worth import DIGITS, assumptions, coefficients, formula
from orebook.ground.schema import is_grade


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
    known = Columns(tuple(columns))
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


def _resolved(one: Definition, known: Columns) -> Derived:
    for column in one.columns:
        if column not in known:
            there = [*(name for name in known.raw if is_grade(name)), *known.made]
            raise one.wrong(one.kind, f"no column {column!r}; {nearest(column, there)}")
        if column in known.made and known.made[column].kind in QUOTIENTS:
            raise one.wrong(one.kind, f"{column} is known only after averaging; use its parts")
        if not is_grade(column):
            raise one.wrong(one.kind, f"{column} is no column of grades")
    return _KINDS[one.kind](one, known)


def _oxide_of(one: Definition, known: Columns) -> Derived:
    source = known.assay(one.text("oxide_of"))
    if element_of(source.analyte):
        raise one.wrong(
            "oxide_of", f"{source.column} holds {source.analyte}, an oxide already; convert the column of the element"
        )
    compound = _compound(one, source)
    return _converted(one, known, source, compound, (source.analyte, compound), inverse=False)


def _element_of(one: Definition, known: Columns) -> Derived:
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
    one: Definition, known: Columns, source: Assay, analyte: str, pair: tuple[str, str], *, inverse: bool
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
    whole = grade_ratio(source.unit, one.unit) * (1 / times if inverse else times)
    return made(one, known, analyte, [Term(source.column, whole)])


def _convert(one: Definition, known: Columns) -> Derived:
    source = known.assay(one.text("convert"))
    return made(one, known, source.analyte, [Term(source.column, grade_ratio(source.unit, one.unit))])


def _sum_of(one: Definition, known: Columns) -> Derived:
    parts = [known.assay(column) for column in one.texts("sum")]
    refuse_twice(one, known, [part.column for part in parts])
    terms = [Term(part.column, grade_ratio(part.unit, one.unit)) for part in parts]
    return made(one, known, "+".join(part.analyte for part in parts), terms)


def _equivalent(one: Definition, known: Columns) -> Derived:
    listed, primary = metals(one), one.text("equivalent")
    refuse_twice(one, known, [metal.column for metal in listed])
    exact = coefficients(listed, primary, unit=one.unit)
    analyte = f"{known.assay(primary).analyte}Eq"
    digits = one.said.get("digits", DIGITS)
    if not isinstance(digits, int) or not 1 <= digits <= 12:
        raise one.wrong("digits", f"{digits!r} is no number of digits; give 1 to 12, or printed coefficients")
    said = formula("", exact, digits=digits) + ". " + assumptions(listed, one.text("prices_date"))
    return made(one, known, analyte, [Term(column, value) for column, value in exact.items()], said=said)


def _first_of(one: Definition, known: Columns) -> Derived:
    parts = [known.assay(column) for column in one.texts("first_of")]
    analytes = {part.analyte for part in parts}
    if len(analytes) > 1:
        raise one.wrong("first_of", f"{', '.join(sorted(analytes))} are not one analyte; list methods of one")
    terms = [Term(part.column, grade_ratio(part.unit, one.unit)) for part in parts]
    said = f": {' before '.join(part.column for part in parts)}; one over its upper limit gives way to one within"
    return made(one, known, parts[0].analyte, terms, said=said)


_KINDS = {
    "oxide_of": _oxide_of,
    "element_of": _element_of,
    "convert": _convert,
    "sum": _sum_of,
    "group": group,
    "share": share,
    "ratio": ratio,
    "equivalent": _equivalent,
    "first_of": _first_of,
}
