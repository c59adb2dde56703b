"""Groups as terms: which column stands for each member, and what makes it the form in which the group states it."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from orebook.disciplines.assaying.columns import grade_ratio, nearest, subscripted
from orebook.disciplines.assaying.definitions import Definition
from orebook.disciplines.assaying.groups import groups
from orebook.disciplines.assaying.oxides import atomic_masses, element_of, oxide_as_stated, oxide_factor
from orebook.disciplines.assaying.terms import Columns, Derived, Term, added, made
from orebook.ground.schema import is_grade


def group(one: Definition, known: Columns) -> Derived:
    """A group of analytes from columns of elements or oxides, all of its members or those that are there.

    Raises ``DefinitionError`` for a group that nobody knows, for members without a column, and for two columns of one.
    """
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
    said = f" = {forms}{without}: {added(terms, known)}"
    return made(one, known, name, terms, said=said, members=frozenset(columns), missing=missing)


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
    one: Definition, known: Columns, members: Sequence[str], stated: Mapping[str, str]
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


def _only(one: Definition, known: Columns, columns: Sequence[str], form: str) -> str:
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
