"""Recognise: which table of a book a raw table is, and which of its columns is which, by name and by content."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches

from orebook.book.files import RawTable, letters
from orebook.book.importing.beside import beside
from orebook.book.importing.content import MOST, Look, exchanged, guess, looks
from orebook.book.importing.heads import Head, analyte, grade_unit, head, key, parted
from orebook.book.importing.mapping import BESIDE, EMPTY, KEEP, KEPT_IF_ANY, LEAVE, ColumnMapping, Match, Question
from orebook.book.importing.profiles import profile_of, profiles, spoken
from orebook.book.importing.units_said import degrees_said, length_said, unit_said
from orebook.ground.schema import GRADE_UNITS, ORIGIN, Schema, is_grade, schema, tables
from orebook.reading.formats import UnreadableError

_LETTERS = ("B", "C", "F", "I", "N")
"""Elements whose symbols head columns of every kind; they are analytes only where a unit stands beside them."""

_IN_NAME = {
    "collar": "collars",
    "survey": "surveys",
    "assay": "assays",
    "lith": "lithology",
    "geol": "lithology",
    "domain": "domains",
    "dens": "densities",
    "sg": "densities",
    "recov": "recoveries",
    "rqd": "recoveries",
    "struct": "structures",
    "zone": "zones",
}
"""What the name of a file or sheet says about the table in it."""


@dataclass
class _Draft:
    """A raw table taken for one table of a book: what fits, and what has to be asked."""

    raw: RawTable
    kind: Schema
    heads: list[Head]
    looks: list[Look]
    found: dict[int, Match] = field(default_factory=dict)
    questions: list[Question] = field(default_factory=list)
    profile: str = ""
    asked: bool = False

    def take(self, at: int, column: str, how: str, why: str) -> None:
        unit = unit_said(self.raw, self.heads, at)
        self.found[at] = Match(at, self.raw.heads()[at], column, how, why, self.looks[at].rows, unit)

    def ask(self, key: str, what: str, instead: str, guess: str = "") -> None:
        self.questions.append(Question(key, self.raw.name, what, instead, guess))

    def has(self, column: str) -> bool:
        return any(match.column == column for match in self.found.values())

    def free(self) -> list[int]:
        return [at for at in range(len(self.heads)) if at not in self.found]

    def missing(self) -> list[str]:
        return [column.name for column in self.kind.columns if column.required and not self.has(column.name)]

    def score(self, name: str) -> int:
        """How well it fits: columns that are taken, and the name of the file."""
        taken = sum(bool(match.column) and match.how != "kept" for match in self.found.values())
        taken += sum(question.key.startswith("unit:") for question in self.questions)
        taken += sum(match.how == "given" and bool(match.column) for match in self.found.values())
        hinted = any(table == self.kind.name and word in name for word, table in _IN_NAME.items())
        return 2 * taken + 3 * hinted


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
) -> ColumnMapping:
    """Which table of a book a raw table is, and which of its columns is which.

    ``table`` names the table where it is known. ``given`` says for a head the column of the book (``"hole"``,
    ``"from"``, ``"cu_pct"``), ``"keep"`` to keep it as text or ``"leave"`` to leave it out; it wins over every guess.
    ``saved`` is what was given or confirmed for such a file before; heads that this file lacks are passed over.
    ``length`` is the unit in which the book counts lengths, ``unit`` the unit of grades whose heads say none.
    ``others`` is what becomes of columns that mean nothing, ``holes`` are the holes that the book knows.

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
    drafts = [_Draft(raw, schema(name), heads, seen, asked=bool(table)) for name in names]
    wanted = _wanted(raw, given or {}, saved or {})
    drafts = [_drafted(draft, wanted, unit, holes) for draft in drafts]
    chosen = _chosen(drafts, raw, asked=table)
    _check_given(chosen, given or {})
    if table and chosen.missing():
        _say_what_else(chosen, [_drafted(_Draft(raw, schema(name), heads, seen), {}, unit, holes) for name in tables()])
    _others(chosen, others)
    said, unlike = length_said(chosen.kind.name, chosen.found.values())
    if unlike:
        chosen.ask("length", unlike, "say --declare length=m or --declare length=ft")
    return ColumnMapping(
        file=raw.name,
        table=chosen.kind.name,
        why="given" if table else _why(chosen),
        profile=chosen.profile,
        matches=tuple(chosen.found[at] for at in sorted(chosen.found)),
        length=length,
        said_length=said,
        degrees=degrees_said(chosen.found.values()),
        questions=tuple(chosen.questions),
    )


def _wanted(raw: RawTable, given: Mapping[str, str], saved: Mapping[str, str]) -> dict[str, str]:
    """What was given, and what was saved for heads of this file that nothing was given for."""
    wanted = dict(given)
    for said, column in saved.items():
        if _column_of(said, raw.heads()) >= 0 and (column in (KEEP, LEAVE) or column not in wanted.values()):
            wanted.setdefault(said, column)
    return wanted


def _check_given(chosen: _Draft, given: Mapping[str, str]) -> None:
    """Refuse a column that the table which the file turned out to be does not have."""
    for said, column in given.items():
        if column not in (KEEP, LEAVE, "") and not _named(chosen.kind, column):
            raise ValueError(
                f"{chosen.raw.name} looks like {chosen.kind.name}, which has no column {column!r} for {said!r}; "
                f"say which table it is, or give one of {_columns(chosen.kind)}"
            )


def _why(draft: _Draft) -> str:
    said = [match.head for match in draft.found.values() if match.column and match.how != "kept"]
    return f"its columns {', '.join(said[:8])} are those of {draft.kind.name}"


def _drafted(draft: _Draft, given: Mapping[str, str], unit: str, holes: Collection[str]) -> _Draft:
    _take_given(draft, given)
    _take_named(draft)
    if draft.kind.analytes:
        _take_companions(draft)
        _take_analytes(draft, unit)
    named = {match.column: at for at, match in draft.found.items() if match.column}
    for column, (at, why) in guess(draft.missing(), draft.free(), draft.looks, holes, named).items():
        draft.take(at, column, "content", why)
    _doubt(draft)
    for column in draft.missing():
        if not any(question.key == f"column:{column}" for question in draft.questions):
            heads = ", ".join(draft.raw.heads()[:12])
            draft.ask(f"column:{column}", f"no column for {column} among {heads}", f"say --column HEAD={column}")
    return draft


def _chosen(drafts: Sequence[_Draft], raw: RawTable, *, asked: str) -> _Draft:
    """The draft that fits best; a file that fits two tables alike is asked about."""
    name = f"{raw.name.rsplit('/', 1)[-1]} {raw.sheet}".lower()
    ranked = sorted(drafts, key=lambda draft: (not draft.missing(), draft.score(name)), reverse=True)
    best = ranked[0]
    if not asked and sum(bool(match.column) for match in best.found.values()) < 2:
        heads = ", ".join(filter(None, raw.header[:12])) or "none"
        raise UnreadableError(f"no table of a book has such heads: {heads}", raw.name, "say which it is: --table NAME")
    rivals = [other for other in ranked[1:] if not other.missing() and other.score(name) == best.score(name)]
    if not asked and rivals and not best.missing():
        both = ", ".join(draft.kind.name for draft in (best, *rivals))
        best.ask("table", f"the columns fit {both} alike", f"say which it is: --table {best.kind.name}")
    return best


def _say_what_else(draft: _Draft, all_drafts: Sequence[_Draft]) -> None:
    """Tell of a file that is another table than the one that was asked for."""
    whole = [other for other in all_drafts if not other.missing() and other.kind.name != draft.kind.name]
    if whole:
        other = max(whole, key=lambda each: each.score("")).kind.name
        draft.questions = [
            replace(each, what=f"{each.what}; the file looks like {other}") if each.key.startswith("column:") else each
            for each in draft.questions
        ]


def _take_given(draft: _Draft, given: Mapping[str, str]) -> None:
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
            draft.take(at, _free_name(draft, _tidy(heads[at])), "kept", "kept as text")
        elif column == LEAVE or not column:
            draft.take(at, "", "given", "left out as given")
        elif draft.asked or not any(_named(schema(other), column) for other in tables()):
            raise ValueError(f"{draft.raw.name}: no table has a column {column!r}; {_instead(draft, column)}")


def _instead(draft: _Draft, column: str) -> str:
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
    return f"{said}, and grades such as cu_pct or au_gpt" if kind.analytes else said


def _named(kind: Schema, column: str) -> str:
    """The column of a table that somebody names with or without its unit; nothing when it has no such column."""
    own = {column.name for column in kind.columns}
    if column in own:
        return column
    physical = {each.key(length): each.name for each in kind.columns for length in ("m", "ft")}
    return physical.get(column) or (column if kind.analytes and is_grade(column) else "")


def _take_named(draft: _Draft) -> None:
    """Columns by the words of their heads; where two claim one meaning, a system's habit decides, or nobody."""
    known = spoken(draft.kind.name)
    draft.profile = profile_of(draft.kind.name, {each.key for each in draft.heads})
    habit = profiles(draft.kind.name).get(draft.profile, {})
    claims: dict[str, list[int]] = {}
    for at in draft.free():
        own = key(draft.raw.header[at])
        said = own if own in known else draft.heads[at].key
        if said and (column := known.get(said)) and not _is_grade_head(draft, at, column):
            claims.setdefault(column, []).append(at)
    for column, rivals in claims.items():
        usual = [at for at in rivals if habit.get(draft.heads[at].key) == column]
        if draft.has(column):
            for at in rivals:
                draft.take(at, "", "none", f"{column} is given as another column")
        elif len(rivals) == 1 or len(usual) == 1:
            at = usual[0] if len(usual) == 1 else rivals[0]
            how = "profile" if usual else "name"
            by = f"{draft.profile} heads {column} so" if usual else f"the head means {column}"
            draft.take(at, column, how, by)
            for other in rivals:
                if other != at:
                    draft.take(other, "", "none", f"{draft.profile} has {column} in {draft.raw.heads()[at]!r}")
        else:
            heads = " and ".join(_told(draft, at) for at in rivals[:7])  # a file may have thousands
            example = f"{_plain(draft, rivals[0])}={column} and {_plain(draft, rivals[1])}=leave"
            draft.ask(f"column:{column}", f"{heads} both claim to be {column}", f"say which it is, such as {example}")
            for at in rivals:
                draft.take(at, "", "none", f"one of {len(rivals)} columns that claim to be {column}")


def _told(draft: _Draft, at: int) -> str:
    """A head in a message, with the letter of its column where two columns have it."""
    return repr(draft.raw.heads()[at]) + (f" (column {letters(at)})" if _twice(draft, at) else "")


def _plain(draft: _Draft, at: int) -> str:
    """How to name a column in an answer: by its head, or by its letter where two columns have it."""
    return f"column {letters(at)}" if _twice(draft, at) else draft.raw.heads()[at]


def _twice(draft: _Draft, at: int) -> bool:
    heads = draft.raw.heads()
    return heads.count(heads[at]) > 1


def _is_grade_head(draft: _Draft, at: int, column: str) -> bool:
    """Whether a head that a schema knows means an analyte here: ``Y ppm``."""
    said = analyte(draft.raw.header[at], draft.raw.units[at])
    return draft.kind.analytes and said is not None and bool(said.unit) and column not in ("hole", "from", "to")


def _take_companions(draft: _Draft) -> None:
    """Columns of a book that stand beside a grade: below or above a limit, the word for no value."""
    for at in draft.free():
        said = draft.raw.header[at].strip()
        grade, _ = beside(said)
        if grade and grade in draft.raw.header:
            draft.take(at, said, BESIDE, f"stands beside {grade}")


def _take_analytes(draft: _Draft, unit: str) -> None:
    """Columns of grades: an analyte, its unit, and the method between."""
    first: dict[str, int] = {}
    for at in draft.free():
        said = analyte(draft.raw.header[at], draft.raw.units[at])
        if said is None or (not said.unit and not _is_likely(said.symbol, draft.looks[at])):
            continue
        head = draft.raw.heads()[at]
        if not said.unit and not unit:
            name = said._replace(unit="%").column(), said._replace(unit="ppm").column()
            what = f"the head {head!r} names no unit"
            draft.ask(f"unit:{head}", what, f"say --column {head}={name[0]} or --column {head}={name[1]}")
            draft.take(at, "", "none", f"{said.symbol} without a unit")
            continue
        column = said.column() if said.unit else said._replace(unit=grade_unit(unit)).column()
        if column in first or draft.has(column):
            rival = first.get(column, next((i for i, match in draft.found.items() if match.column == column), at))
            if draft.found[rival].how != "given":
                what = f"{_told(draft, rival)} and {_told(draft, at)} both claim to be {column}"
                example = f"{_plain(draft, rival)}={column} and {_plain(draft, at)}=leave"
                draft.ask(f"column:{column}", what, f"say which it is, such as {example}")
            draft.take(at, "", "none", f"{_told(draft, rival)} is {column}")
            continue
        first[column] = at
        how = f"the head names {said.symbol} in {said.unit}" if said.unit else f"the head names {said.symbol}"
        draft.take(at, column, "name", how + (f" by {said.method}" if said.method else ""))


def _is_likely(symbol: str, look: Look) -> bool:
    """Whether a head without a unit is an analyte: numbers stand below it, and it is more than a letter of the ABC."""
    return symbol not in _LETTERS and look.number_or_token_share >= 0.5


def _doubt(draft: _Draft) -> None:
    """Ask about columns whose cells contradict their heads."""
    places = {match.column: at for at, match in draft.found.items() if match.column}
    for column in draft.kind.columns:
        at = places.get(column.name)
        if at is None or column.type != "number" or draft.found[at].how == "given":
            continue
        look = draft.looks[at]
        if look.filled and look.number_or_token_share < 1 - MOST:
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


def _others(draft: _Draft, others: str) -> None:
    for at in draft.free():
        name = draft.raw.heads()[at]
        if others == KEEP:
            why = "kept as text" if draft.looks[at].filled else KEPT_IF_ANY
            draft.take(at, _free_name(draft, _tidy(name)), "kept", why)
        else:
            draft.take(at, "", "none", "means nothing to a book" if draft.looks[at].filled else EMPTY)


def _free_name(draft: _Draft, name: str) -> str:
    while draft.has(name):
        name += "_2"
    return name


def _tidy(words: str) -> str:
    """A name for a column that is kept as text: small letters and bars, none that looks like a grade.

    >>> _tidy("GeologyComment"), _tidy("Cu %"), _tidy("Type")
    ('geology_comment', 'cu', 'type_text')
    """
    name = "_".join("".join(c if c.isalnum() else " " for c in parted(words).lower()).split())
    reserved = {column.name for table in tables() for column in schema(table).columns} | {*ORIGIN, "row"}
    return f"{name}_text" if not name or name in reserved or is_grade(name) or beside(name)[0] else name
