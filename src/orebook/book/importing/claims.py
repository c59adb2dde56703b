"""Claims: which columns of a file claim which meaning by their heads; where two claim one, a habit decides, or nobody.

In tables of records a head may carry its unit, its currency and a scale (``Ore milled (short tons)``), and a column may
stand for others that the file lacks.
"""

from collections.abc import Mapping, Sequence

from orebook.book.importing.amounts import amount_share
from orebook.book.importing.content import MOST
from orebook.book.importing.draft import Draft, plain, told
from orebook.book.importing.heads import analyte, key
from orebook.book.importing.measured_heads import claimed, measured
from orebook.book.importing.profiles import meanings, profile_of, profiles, spoken
from orebook.book.importing.stand_ins import ENDS, PERIOD, YEAR, stand_in_heads, stands_for


def take_named(draft: Draft) -> None:
    """Columns by the words of their heads."""
    if draft.kind.is_record:
        _settle(draft, _one_for_both(draft, _records(draft)), {})
        _take_stand_ins(draft)
        return
    known = spoken(draft.kind.name)
    draft.profile = profile_of(draft.kind.name, {each.key for each in draft.heads})
    claims: dict[str, list[int]] = {}
    for at in draft.free():
        own = key(draft.raw.header[at])
        said = own if own in known else draft.heads[at].key
        if said and (column := known.get(said)) and not _is_grade_head(draft, at, column):
            claims.setdefault(column, []).append(at)
    _settle(draft, claims, profiles(draft.kind.name).get(draft.profile, {}))


def _is_grade_head(draft: Draft, at: int, column: str) -> bool:
    """Whether a head that a schema knows means an analyte here: ``Y ppm``."""
    said = analyte(draft.raw.header[at], draft.raw.units[at])
    return draft.kind.analytes and said is not None and bool(said.unit) and column not in ("hole", "from", "to")


def _records(draft: Draft) -> dict[str, list[int]]:
    """The columns of a table of records that each meaning is claimed by."""
    known = meanings(draft.kind.name)
    claims: dict[str, list[int]] = {}
    for at in draft.free():
        words = draft.raw.header[at]
        said = measured(words, draft.raw.units[at])
        column = next(
            (
                _by_cells(draft, at, known[each])
                for each in (key(words), draft.heads[at].key, said.key)
                if each in known
            ),
            "",
        )
        if column and (taken := claimed(draft.kind, column, said.unit)):
            claims.setdefault(taken, []).append(at)
    return claims


def _by_cells(draft: Draft, at: int, columns: Sequence[str]) -> str:
    """Which of several columns that one head may mean the cells fit: numbers where there are numbers, else words."""
    if len(columns) == 1 or not draft.looks[at].filled:
        return columns[0]
    wanted = "number" if amount_share(draft.looks[at].cells) >= MOST else "text"
    return next((name for name in columns if draft.kind[name].type == wanted), columns[0])


def _one_for_both(draft: Draft, claims: dict[str, list[int]]) -> dict[str, list[int]]:
    """Claims in which a column of dates that claims one end of the days stands for both, where none claims the other.

    The other end has to be one that a row needs: a balance has a day and no first one.
    """
    if PERIOD in stands_for(draft.kind):
        for end, other in (ENDS, ENDS[::-1]):
            needed = draft.kind[other].required and not draft.has(other) and other not in claims
            usual = [at for at in claims.get(end, []) if stand_in_heads().get(key(draft.raw.header[at])) == PERIOD]
            if needed and len(usual) == len(claims.get(end, [])) == 1:
                claims[PERIOD] = claims.pop(end)
    return claims


def _settle(draft: Draft, claims: Mapping[str, Sequence[int]], habit: Mapping[str, str]) -> None:
    """Take the columns that claim a meaning alone, or by the habit of a system; ask where several do."""
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
            heads = " and ".join(told(draft, at) for at in rivals[:7])  # a file may have thousands
            example = f"{plain(draft, rivals[0])}={column} and {plain(draft, rivals[1])}=leave"
            draft.ask(f"column:{column}", f"{heads} both claim to be {column}", f"say which it is, such as {example}")
            for at in rivals:
                draft.take(at, "", "none", f"one of {len(rivals)} columns that claim to be {column}")


def _take_stand_ins(draft: Draft) -> None:
    """Columns that stand for others which the file lacks: a month for both ends, debits and credits for amounts."""
    served = stands_for(draft.kind)
    claims: dict[str, list[int]] = {}
    for at in draft.free():
        words = draft.raw.header[at]
        name = stand_in_heads().get(key(words)) or stand_in_heads().get(measured(words, draft.raw.units[at]).key, "")
        if name in served and not any(draft.has(column) for column in served[name]):
            claims.setdefault(name, []).append(at)
    if YEAR in claims and PERIOD not in claims and not draft.has(PERIOD):
        claims[PERIOD] = claims.pop(YEAR)  # a year alone is a period
    _settle(draft, claims, {})
