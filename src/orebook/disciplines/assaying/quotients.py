"""Quotients: shares of a group and ratios of grades, which are made of averages and never averaged themselves."""

from collections.abc import Mapping
from fractions import Fraction

from orebook.disciplines.assaying.columns import assay, grade_ratio, subscripted
from orebook.disciplines.assaying.definitions import Definition, definitions
from orebook.disciplines.assaying.terms import Columns, Derived, Term
from orebook.ground.schema import is_grade, unit_of

QUOTIENTS = ("share", "ratio")
"""The kinds of definition that are made of averages."""


def share(one: Definition, known: Columns) -> Derived:
    """A part of a group by the whole of it; a part that the whole does not hold is refused."""
    part, whole = one.text("share"), one.text("of")
    outside = known.holds(part) - known.holds(whole)
    if outside:
        raise one.wrong("of", f"{part} holds {', '.join(sorted(outside))}, which {whole} does not; it is no part of it")
    return _quotient(one, known.label(part), known.label(whole))


def ratio(one: Definition, known: Columns) -> Derived:
    """One grade by another, such as zinc to lead."""
    return _quotient(one, known.label(one.text("ratio")), known.label(one.text("of")))


def _quotient(one: Definition, part: str, whole: str) -> Derived:
    """One average by another; the factors bring both to one unit, and a share to the unit of its name."""
    columns = one.text(one.kind), one.text("of")
    units = [unit_of(column) for column in columns]
    factors = grade_ratio(units[0], units[1]), Fraction(1)
    if one.kind == "share":
        factors = grade_ratio(units[0], one.unit), grade_ratio(units[1], "fraction")
    terms = tuple(Term(column, factor) for column, factor in zip(columns, factors, strict=True))
    heads = [head.rpartition(" (")[0] for head in (part, whole)]
    label = one.text("label", (":" if one.kind == "ratio" else " of ").join(heads))
    said = f"{label}{f' ({one.unit})' if one.unit else ''} = {part} ÷ {whole}, each averaged first"
    return Derived(one.name, one.kind, "", label, one.unit, terms, frozenset(), said)


def quotients(said: Mapping[str, object]) -> tuple[Derived, ...]:
    """The shares and ratios among definitions, which need no other columns than the averages of part and whole.

    >>> one, = quotients({"magnet_pct": {"share": "mreo_ppm", "of": "treo_pct"}})
    >>> one.said
    'MREO of TREO (%) = MREO (ppm) ÷ TREO (%), each averaged first'
    """
    known = definitions(said)

    def label(column: str) -> str:
        words = known[column].said if column in known else {}
        return f"{words.get('label') or words.get('group') or subscripted(assay(column).analyte)} ({unit_of(column)})"

    found = []
    for one in known.values():
        if one.kind in QUOTIENTS:
            for key in (one.kind, "of"):
                if not is_grade(one.text(key)):
                    raise one.wrong(key, f"{one.text(key)} is no column of grades")
            found.append(_quotient(one, label(one.text(one.kind)), label(one.text("of"))))
    return tuple(found)
