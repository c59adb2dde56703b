"""Recognise: which table of a book a raw table is, and which of its columns is which, by name and by content."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches

from orebook.book.files import RawTable, letters
from orebook.book.importing.amounts import amount_share
from orebook.book.importing.analyte_columns import take_analytes, take_companions, take_metals
from orebook.book.importing.beside import beside
from orebook.book.importing.claims import take_named
from orebook.book.importing.content import MOST, exchanged, guess, looks
from orebook.book.importing.draft import Draft
from orebook.book.importing.heads import grade_unit, head, key, parted
from orebook.book.importing.mapping import EMPTY, KEEP, KEPT_IF_ANY, LEAVE, ColumnMapping
from orebook.book.importing.stand_ins import stands_for
from orebook.book.importing.units_said import degrees_said, length_said
from orebook.ground.metals import metal_column
from orebook.ground.schema import GRADE_UNITS, ORIGIN, Schema, is_grade, schema, tables
from orebook.reading.formats import UnreadableError

_SOME = 0.5
"""A column with fewer numbers than this share holds something else."""

_FEWEST = 2
"""So many columns have to mean something before a file is taken for a table."""


def recognise(
    raw: RawTable,
    *,
    table: str = "",
    given: Mapping[str, str] | None = None,
    saved: Mapping[str, str] | None = None,
    length: str = "m",
    unit: str = "",
    others: str = LEAVE,
    holes: Collection[str] = frozenset(),
    values: Mapping[str, str] | None = None,
) -> ColumnMapping:
    """Which table of a book a raw table is, and which of its columns is which.

    ``table`` names the table where it is known. ``given`` says for a head the column of the book (``"hole"``,
    ``"from"``, ``"cu_pct"``), ``"keep"`` to keep it as text or ``"leave"`` to leave it out; it wins over every guess.
    ``saved`` is what was given or confirmed for such a file before; heads that this file lacks are passed over.
    ``length`` is the unit in which the book counts lengths, ``unit`` the unit of grades whose heads say none.
    ``others`` is what becomes of columns that mean nothing, ``holes`` are the holes that the book knows. ``values``
    are columns of records that the file lacks, with what holds in every row.

    What is open stands in ``questions`` of the result: a column that is missing, two that claim one meaning, a grade
    without a unit. Raises ``ValueError`` for a table, a head or a column that does not exist, and ``UnreadableError``
    for a file that is no table of a book.

    >>> from orebook.book.files import read_bytes
    >>> raw = read_bytes("assay.csv", b"BHID,FROM,TO,CU,Zn_%\\n34873,0,2.5,0.3,1\\n")
    >>> mapping = recognise(raw)
    >>> mapping.table, mapping.profile, [(match.head, match.column) for match in mapping.taken()]
    ('assays', 'datamine', [('BHID', 'hole'), ('FROM', 'from'), ('TO', 'to'), ('Zn_%', 'zn_pct')])
    >>> print(mapping.questions[0])
    assay.csv: the head 'CU' names no unit; say --column CU=cu_pct or --column CU=cu_ppm
    """
    if table:
        schema(table)
    if unit and not grade_unit(unit):
        raise ValueError(f"{unit!r} is no unit of grades; give one of {', '.join(GRADE_UNITS)}")
    heads = [head(each) for each in raw.header]
    seen = looks(raw)
    names = tables() if not table else (table,)
    fresh = [Draft(raw, schema(name), heads, seen, asked=bool(table), values=values or {}) for name in names]
    wanted = _wanted(raw, given or {}, saved or {})
    drafts: list[Draft] = []
    for draft in sorted(_fitting(fresh, raw, values or {}), key=lambda draft: draft.kind.is_record):
        if draft.kind.is_record and any(map(_along_holes, drafts)):
            break  # what has all that holes need is no table of records
        drafts.append(_drafted(draft, wanted, unit, holes))
    chosen = _chosen(drafts, raw, asked=table)
    _ask_for_missing(chosen)
    _check_given(chosen, given or {})
    if table and chosen.missing():
        _say_what_else(chosen, [_drafted(Draft(raw, schema(name), heads, seen), {}, unit, holes) for name in tables()])
    _others(chosen, others)
    return _mapping(chosen, table, length)


def _mapping(chosen: Draft, table: str, length: str) -> ColumnMapping:
    """What a draft that was chosen says, with what is still open about its lengths."""
    said, unlike = length_said(chosen.kind.name, chosen.found.values())
    if unlike:
        chosen.ask("length", unlike, "say --declare length=m or --declare length=ft")
    return ColumnMapping(
        file=chosen.raw.name,
        table=chosen.kind.name,
        why="given" if table else _why(chosen),
        profile=chosen.profile,
        matches=tuple(chosen.found[at] for at in sorted(chosen.found)),
        length=length,
        said_length=said,
        degrees=degrees_said(chosen.found.values()),
        questions=tuple(chosen.questions),
        values=dict(chosen.values),
    )


def _wanted(raw: RawTable, given: Mapping[str, str], saved: Mapping[str, str]) -> dict[str, str]:
    """What was given, and what was saved for heads of this file that nothing was given for."""
    wanted = dict(given)
    for said, column in saved.items():
        if _column_of(said, raw.heads()) >= 0 and (column in (KEEP, LEAVE) or column not in wanted.values()):
            wanted.setdefault(said, column)
    return wanted


def _check_given(chosen: Draft, given: Mapping[str, str]) -> None:
    """Refuse a column that the table which the file turned out to be does not have."""
    for said, column in given.items():
        if column not in (KEEP, LEAVE, "") and not _named(chosen.kind, column):
            raise ValueError(
                f"{chosen.raw.name} looks like {chosen.kind.name}, which has no column {column!r} for {said!r}; "
                f"say which table it is, or give one of {_columns(chosen.kind)}"
            )


def _why(draft: Draft) -> str:
    said = [match.head for match in draft.found.values() if match.column and match.how != "kept"]
    return f"its columns {', '.join(said[:8])} are those of {draft.kind.name}"


def _drafted(draft: Draft, given: Mapping[str, str], unit: str, holes: Collection[str]) -> Draft:
    _take_given(draft, given)
    take_named(draft)
    if draft.kind.is_record and draft.missing() and not draft.asked:
        return draft  # what it lacks no content could tell
    if draft.kind.analytes:
        take_companions(draft)
        if draft.kind.metals:
            take_metals(draft)
        take_analytes(draft, unit)
    named = {match.column: at for at, match in draft.found.items() if match.column}
    for column, (at, why) in guess(draft.missing(), draft.free(), draft.looks, holes, named).items():
        draft.take(at, column, "content", why)
    _doubt(draft)
    return draft


def _fitting(drafts: Sequence[Draft], raw: RawTable, values: Mapping[str, str]) -> Sequence[Draft]:
    """The drafts of tables that may hold values which are the same in every row: records, in columns of their own."""
    if not values:
        return drafts
    found = [one for one in drafts if one.kind.is_record and values.keys() <= {each.name for each in one.kind.columns}]
    if not found:
        known = drafts[0].kind.name if len(drafts) == 1 else "no table of records"
        what = f"{known} has {'no' if len(drafts) == 1 else 'the'} columns {', '.join(values)}"
        raise ValueError(f"{raw.name}: {what}, in which the same could stand in every row; leave --value out")
    return found


def _ask_for_missing(draft: Draft) -> None:
    """Ask for the columns that have to be there and are not."""
    for column in draft.missing():
        if not any(question.key == f"column:{column}" for question in draft.questions):
            heads = ", ".join(draft.raw.heads()[:12])
            instead = f"say --column HEAD={column}"
            if draft.kind.is_record:
                instead += f", or --value {column}=… where it is the same in every row"
            draft.ask(f"column:{column}", f"no column for {column} among {heads}", instead)


def _chosen(drafts: Sequence[Draft], raw: RawTable, *, asked: str) -> Draft:
    """The draft that fits best; a file that fits two tables alike is asked about.

    Records are looked at only where a file has all that they need, or nothing that lies along holes fits at all.
    """
    name = f"{raw.name.rsplit('/', 1)[-1]} {raw.sheet}".lower()
    ranked = sorted(drafts, key=lambda draft: (not draft.missing(), draft.score(name)), reverse=True)
    if not asked:
        ranked = _without_strangers(ranked)
    best = ranked[0]
    if not asked and _taken(best) < _FEWEST:
        best = max(ranked, key=_named_heads)  # the grades of a block model have no units, and its heads are its own
    if not asked and _taken(best) < _FEWEST:
        heads = ", ".join(filter(None, raw.header[:12])) or "none"
        raise UnreadableError(f"no table of a book has such heads: {heads}", raw.name, "say which it is: --table NAME")
    rivals = [other for other in ranked[1:] if not other.missing() and other.score(name) == best.score(name)]
    if not asked and rivals and not best.missing():
        both = ", ".join(draft.kind.name for draft in (best, *rivals))
        best.ask("table", f"the columns fit {both} alike", f"say which it is: --table {best.kind.name}")
    return best


def _without_strangers(ranked: list[Draft]) -> list[Draft]:
    """The drafts without those of records that lack something, unless nothing that lies along holes fits.

    Where a file names no hole and no depth, and records more of its heads than what lies along holes, it is a sheet of
    records that lacks the name of its mine, say. A file without any of the columns that records have to have is none.
    """
    ranked = [draft for draft in ranked if not draft.kind.is_record or _begun(draft)]
    along = [draft for draft in ranked if not draft.kind.is_record]
    records = sorted((draft for draft in ranked if draft.kind.is_record), key=_named_heads, reverse=True)
    if not along or _taken(along[0]) < _FEWEST:
        return ranked
    if records and _lacks_all(along[0]):
        most = max(map(_named_heads, along))
        if _named_heads(records[0]) >= _FEWEST and _named_heads(records[0]) > most:
            return [draft for draft in ranked if draft.kind.is_record]
    return [draft for draft in ranked if not draft.kind.is_record or not draft.missing()]


def _lacks_all(draft: Draft) -> bool:
    """Whether a file names no hole, and no depth either: none at all, or one whose cells are words such as days."""
    numbers = {column.name for column in draft.kind.columns if column.required and column.type == "number"}
    words = {
        match.column
        for at, match in draft.found.items()
        if match.column in numbers and draft.looks[at].number_or_token_share < _SOME
    }
    return len(draft.missing()) + len(words) == len(draft.kind.required())


def _begun(draft: Draft) -> bool:
    """Whether some column that a table has to have is there."""
    return len(draft.missing()) < len(draft.kind.required())


def _along_holes(draft: Draft) -> bool:
    """Whether a file has all that a table along holes needs, and not by a single head such as a name."""
    return not draft.kind.is_record and not draft.missing() and _taken(draft) >= _FEWEST


def _taken(draft: Draft) -> int:
    return sum(bool(match.column) for match in draft.found.values())


def _named_heads(draft: Draft) -> int:
    """How many heads mean a column of a table itself, its analytes left aside."""
    own = {column.name for column in draft.kind.columns} | stands_for(draft.kind).keys()
    return sum(match.column in own for match in draft.found.values())


def _say_what_else(draft: Draft, all_drafts: Sequence[Draft]) -> None:
    """Tell of a file that is another table than the one that was asked for."""
    whole = [other for other in all_drafts if not other.missing() and other.kind.name != draft.kind.name]
    if whole:
        other = max(whole, key=lambda each: each.score("")).kind.name
        draft.questions = [
            replace(each, what=f"{each.what}; the file looks like {other}") if each.key.startswith("column:") else each
            for each in draft.questions
        ]


def _take_given(draft: Draft, given: Mapping[str, str]) -> None:
    heads = draft.raw.heads()
    for said, column in given.items():
        at = _column_of(said, heads)
        if at < 0:
            near = get_close_matches(said, heads, 1)
            instead = f"did you mean {near[0]!r}?" if near else f"the heads are {', '.join(heads)}"
            raise ValueError(f"{draft.raw.name}: no column {said!r}; {instead}")
        name = _named(draft.kind, column)
        if name:
            if draft.has(name):
                raise ValueError(f"{draft.raw.name}: two columns are given for {name}; give one")
            draft.take(at, name, "given", "given")
        elif column == KEEP:
            draft.take(at, _free_name(draft, _tidy(heads[at], draft.kind)), "kept", "kept as text")
        elif column == LEAVE or not column:
            draft.take(at, "", "given", "left out as given")
        elif draft.asked or not any(_named(schema(other), column) for other in tables()):
            raise ValueError(f"{draft.raw.name}: no table has a column {column!r}; {_instead(draft, column)}")


def _instead(draft: Draft, column: str) -> str:
    """What to write for a column that no table has."""
    kinds = [draft.kind] if draft.asked else [schema(name) for name in tables()]
    near = get_close_matches(column, {each.name for kind in kinds for each in kind.columns}, 1)
    if near:
        return f"did you mean {near[0]!r}?"
    known = f"{draft.kind.name} has {_columns(draft.kind)}"
    return known if draft.asked else "grades carry their unit, such as cu_pct or au_gpt; other columns: keep or leave"


def _column_of(said: str, heads: Sequence[str]) -> int:
    """The number of the column that somebody names by its head or its letter (``column D``), or -1."""
    if said in heads:
        return heads.index(said)
    lettered = [f"column {letters(at)}" for at in range(len(heads))]
    if said in lettered:
        return lettered.index(said)
    return next((at for at, each in enumerate(heads) if key(each) == key(said)), -1)


def _columns(kind: Schema) -> str:
    said = ", ".join(column.name for column in kind.columns)
    if kind.metals:
        return f"{said}, and metals such as cu_pct, cu_recovery_pct or cu_lb"
    return f"{said}, and grades such as cu_pct or au_gpt" if kind.analytes else said


def _named(kind: Schema, column: str) -> str:
    """The column of a table that somebody names with or without its unit; nothing when it has no such column."""
    own = {column.name for column in kind.columns} | stands_for(kind).keys()
    if column in own:
        return column
    physical = {each.key(length): each.name for each in kind.columns for length in ("m", "ft")}
    known = (kind.analytes and is_grade(column)) or (kind.metals and metal_column(column) is not None)
    return physical.get(column) or (column if known else "")


def _doubt(draft: Draft) -> None:
    """Ask about columns whose cells contradict their heads."""
    places = {match.column: at for at, match in draft.found.items() if match.column}
    for column in draft.kind.columns:
        at = places.get(column.name)
        if at is None or column.type != "number" or draft.found[at].how == "given":
            continue
        look = draft.looks[at]
        share = amount_share(look.cells) if draft.kind.is_record else look.number_or_token_share
        if look.filled and share < 1 - MOST:
            cell = next(cell for cell in look.cells if cell)
            draft.ask(
                f"column:{column.name}",
                f"the column {draft.raw.heads()[at]!r} should hold {column.name} and holds text such as {cell!r}",
                f"say which column it is: --column HEAD={column.name}",
            )
    if "from" in places and "to" in places and draft.found[places["from"]].how != "given":
        odd = exchanged(draft.looks[places["from"]], draft.looks[places["to"]])
        if odd:
            draft.ask("column:from", odd, "say which columns are from and to")


def _others(draft: Draft, others: str) -> None:
    for at in draft.free():
        name = draft.raw.heads()[at]
        if others == KEEP:
            why = "kept as text" if draft.looks[at].filled else KEPT_IF_ANY
            draft.take(at, _free_name(draft, _tidy(name, draft.kind)), "kept", why)
        else:
            draft.take(at, "", "none", "means nothing to a book" if draft.looks[at].filled else EMPTY)


def _free_name(draft: Draft, name: str) -> str:
    while draft.has(name):
        name += "_2"
    return name


def _tidy(words: str, kind: Schema) -> str:
    """A name for a column that is kept as text: small letters and bars, none that looks like a grade.

    >>> [_tidy(words, schema("assays")) for words in ("GeologyComment", "Cu %", "Type", "Amount")]
    ['geology_comment', 'cu', 'type_text', 'amount']
    """
    name = "_".join("".join(c if c.isalnum() else " " for c in parted(words).lower()).split())
    alike = [other for other in map(schema, tables()) if other is kind or not other.is_record]
    reserved = {column.name for other in alike for column in other.columns} | {*ORIGIN, "row"}
    reserved |= {*kind.keys(), *stands_for(kind)} if kind.is_record else set()
    metal = kind.metals and metal_column(name) is not None
    return f"{name}_text" if not name or name in reserved or metal or is_grade(name) or beside(name)[0] else name
