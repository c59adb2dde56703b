"""Ask why a number is what it is: the chain of rows behind it, down to the lines of the files."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import MISSING, fields
from itertools import groupby

import polars as pl

from orebook.book.behind import Behind
from orebook.book.bench import Made
from orebook.book.folder import Book, find
from orebook.book.lineage import Address, Chain, address, chain, remade
from orebook.book.making import Done
from orebook.book.origins import Origin
from orebook.book.problems import SettingsError
from orebook.desk.answer import Answer, AskedWronglyError
from orebook.desk.grounds import looked_at, stands
from orebook.desk.printing import names, needed, of_a_period, pages, wanted
from orebook.disciplines.drilling.intersections.rule_sets import ALWAYS, RuleSet
from orebook.ground.schema import ABOVE, BELOW, tables
from orebook.reports.printed import Address as PrintedAddress
from orebook.reports.printed import Printed
from orebook.reports.quarter.periods import told_periods
from orebook.reports.results import Told

SHOWN_AS = ("told",)
CHANGES = False

_NUMBER = re.compile(r"-?\d{1,20}(?:\.\d{1,9})?")

_PERIODS = 12
"""So many periods are looked through for a number that does not stand on the pages of the last whole quarter."""

_MANY = 40
"""So many places of a printed number are named, and so many rows behind it shown."""


def why(value: str, *, period: str = "", book: str = "", wait: int = 10) -> Answer[Told]:
    """Show what stands behind a number that orebook make printed.

    The number may be given as it was printed (253), and stands for every cell that says so; or by its address in a
    result, such as intercepts[0].sc_ppm, the row counted from 0. Shown are the unrounded value, the rows that it was
    made from with their weights, how derived columns are made, the rules and the code that made it, and the files and
    lines from which the rows came. What was not recorded yet is made for the question, and nothing is written.

    Options:
        value: The number as printed, or its address.
        period (LABEL): The period of the pages that printed it; the last whole quarter, then others, if not said.
        book (FOLDER): The book; the nearest from here upwards when it is not said.
        wait (N): So many seconds to wait while another process writes the book.

    Examples:
        orebook why 29.14
        orebook why intercepts[0].sc_ppm --book kestrel
        orebook why intercepts[0].sc_ppm --format json
    """
    target = find(book, wait)
    where = address(value)
    if where is not None:
        return Answer("told", iter([_told(stands(target, where), "")]))
    places, found_in = _found(list(_made(target)), value, period)
    looked: list[Pages] = []
    if not places:
        looked = list(looked_at(target))
        places, found_in = _found(looked, value, period)
    if not places:
        instead = "ask with another --period, or for an address such as intercepts[0].au_gpt"
        raise AskedWronglyError(f"no printed number of this book is {value!r}; {instead}")
    answer: Answer[Told]
    if len(places) == 1:
        where = places[0][0]
        done = next((done for _, done in looked if done.result_of(where.part)), None)
        answer = Answer("told", iter([_told(chain(target, where, done), value)]))
    else:
        lines = [f"{value} is printed {len(places)} times; ask for one of them:"]
        lines += [f"  orebook why {_typed(where)}   ({words})" for where, words in places[:_MANY]]
        lines += [f"  … and {len(places) - _MANY} more"] if len(places) > _MANY else []
        answer = Answer("told", iter([Told(value, tuple(lines), {"places": [str(where) for where, _ in places]})]))
    if found_in:
        answer.notes.append(f"{value} stands on the pages of {found_in}, not on those of the last whole quarter")
    return answer


def _typed(where: Address) -> str:
    """An address as it is typed: one of a sum is kept together."""
    return f"'{where}'" if " " in str(where) else str(where)


Pages = tuple[str, Done]
"""The name of a page, and the results that it is made of."""

Place = tuple[Address, str]


def _made(book: Book) -> Iterator[Pages]:
    """Yield every page whose results were made, with them."""
    settings = book.settings
    for name in names(settings):
        made = {one: kept for one in wanted(name, tables()) if (kept := remade(book, one)) is not None}
        if made and set(needed(name)) <= set(made):
            yield name, Done(settings, {one: Made(parts, step.settings) for one, (parts, step) in made.items()})


def _found(made: Sequence[Pages], value: str, period: str) -> tuple[list[Place], str]:
    """The places that say a number on the pages of a period; where none was said and none does, of which other one."""
    if (places := list(_places(made, value, period))) or period:
        return places, ""
    some = [(name, done) for name, done in made if of_a_period(name)]
    parts = {part: frame for _, done in some for one in done.made.values() for part, frame in one.parts.items()}
    for label in told_periods(parts)[:_PERIODS]:
        if places := list(_places(some, value, label)):
            return places, label
    return [], ""


def _places(made: Sequence[Pages], value: str, period: str) -> Iterator[Place]:
    """Yield every cell and every figure in a sentence that says this, with words that tell it from others."""
    plain = value.replace(",", "").strip()
    seen: set[Address] = set()
    for name, done in made:
        for text, found, words in _said(name, done, period):
            where = Address(found.table, int(found.row), found.column)
            if where not in seen and plain in (text, _digits(text)):
                seen.add(where)
                yield where, words


def _said(name: str, done: Done, period: str) -> Iterator[tuple[str, PrintedAddress, str]]:
    """Yield every figure of a page; none of one that is about a period of which the book knows nothing."""
    try:
        shown = pages(name, done, period if of_a_period(name) else "")
    except (SettingsError, AskedWronglyError):
        if not of_a_period(name):
            raise
        return
    for page in shown:
        for text, found, words in page.said() if isinstance(page, Printed) else ():
            yield text.replace(",", "").strip(), found, words


def _digits(text: str) -> str:
    """The number in the words of a figure: ``69.4`` of ``$69.4 million``."""
    found = _NUMBER.search(text)
    return found[0] if found else text


def _told(found: Chain, printed: str) -> Told:
    """A chain in words."""
    where = found.address
    head = f"{printed} is {found.value!r}" if printed else f"{found.value!r}"
    lines = [f"{where}: {head}", f"  {place(found)}"]
    if found.again is not None:
        by = {"length_density": "length and density"}.get(str(rule(found).get("weights")), "length")
        lines.append(
            f"  the mean of {found.rows.height} samples by {by}; worked out again from the rows: {found.again!r}"
        )
    lines += [f"  {words}" for words in found.definitions]
    lines += [f"  {words}" for words in rules(found)]
    if found.rows.height:
        lines.append(f"  rows of {found.table}:")
        lines += [f"    {line}" for line in _rows(found.rows)]
    lines += [f"  {line}" for line in _from(found.origins)]
    for rest in found.rests:
        lines += [f"  {line}" for line in _rest(rest)]
    lines.append(f"  {step(found)}")
    lines += [f"  CHANGED since then: {name}" for name in found.changed]
    return Told(str(where), tuple(lines), _data(found))


def step(found: Chain) -> str:
    """The step that made or brought a number, in words."""
    made = found.made
    if not made.number:
        return f"not recorded yet: orebook make {made.given.get('result')} writes it into the book"
    what = "made" if made.verb == "make" else "added"
    return f"{what} in step {made.number} on {made.at}, orebook {made.orebook}, code {made.code}"


_TELLING = (
    *("hole", "zone", "rule", "measure", "subject", "metal", "period", "basis", "unit", "version"),
    *("mine", "property", "holder", "lot", "account", "project", "stockpile", "day"),
)
"""Columns that tell a row from others."""


def place(found: Chain) -> str:
    """What tells the row of a number from others, in words."""
    said = [f"{key} {found.row[key]}" for key in found.row if key in _TELLING and found.row[key] is not None]
    depths = [key for key in found.row if key.startswith(("from_", "to_", "length_", "depth_"))]
    return ", ".join([*said, *(f"{key} {found.row[key]}" for key in depths if found.row[key] is not None)])


def rule(found: Chain) -> Mapping[str, object]:
    """The rule set that made the row; an empty one when none did."""
    told = found.made.settings.get("rules")
    rules = told if isinstance(told, list) else []
    return next((rule for rule in rules if rule.get("name") == found.row.get("rule")), {})


def rules(found: Chain) -> Iterator[str]:
    """Yield the rule set that made the row."""
    usual: dict[str, object] = {each.name: each.default for each in fields(RuleSet) if each.default is not MISSING}
    usual |= {**ALWAYS, "name": None, "breaks": []}
    if told := rule(found):
        own = {key: value for key, value in told.items() if key not in usual or value != usual[key]}
        said = [f"{key} {'none' if value is None else value}" for key, value in own.items() if key != "name"]
        yield f"rule set {told['name']}: {', '.join(said)}; all else as usual"


def _from(origins: Sequence[Origin]) -> list[str]:
    """The files that rows came from, a line each."""
    return [f"from {_origin(each.file, each.sha256, each.lines)}, step {each.step}, {each.at[:10]}" for each in origins]


def _rest(rest: Behind) -> Iterator[str]:
    """Yield the rows of one table behind a figure, with how it follows from them."""
    count = f"{rest.rows.height:,} {'row' if rest.rows.height == 1 else 'rows'} of {rest.table}"
    again = "" if rest.again is None else f"; worked out again from the rows: {rest.again!r}"
    yield f"{count}{f', {rest.how}' if rest.how else ''}{again}:"
    yield from (f"  {line}" for line in _rows(rest.rows))
    yield from _from(rest.origins)


def _rows(rows: pl.DataFrame) -> Iterator[str]:
    """Yield some rows as lines, each column as wide as it needs."""
    hidden = (BELOW, ABOVE)
    frame = rows.head(_MANY)
    names = [name for name in frame.columns if not name.endswith(hidden) and name != "hole"]
    table = [names, *([_cell(row, name) for name in names] for row in frame.iter_rows(named=True))]
    widths = [max(len(line[at]) for line in table) for at in range(len(names))]
    for line in table:
        yield "  ".join(word.rjust(width) for word, width in zip(line, widths, strict=True))
    if rows.height > _MANY:
        yield f"… and {rows.height - _MANY} more rows"


def _cell(row: dict[str, object], name: str) -> str:
    value = row[name]
    sign = "<" if row.get(name + BELOW) else ">" if row.get(name + ABOVE) else ""
    if isinstance(value, float):
        return f"{sign}{value:.10g}"
    return "" if value is None else f"{sign}{value}"


def _origin(file: str, sha256: str, lines: Sequence[int]) -> str:
    """A file with its fingerprint and the stretches of its lines."""
    return f"{file} (sha256 {sha256[:12]}), lines {runs(lines)}"


def runs(lines: Sequence[int]) -> str:
    """The stretches of lines that follow one another.

    >>> runs([4, 2, 3, 9])
    '2 to 4, 9'
    """
    found = []
    for _, group in groupby(enumerate(sorted(lines)), lambda pair: pair[1] - pair[0]):
        run = [line for _, line in group]
        found.append(f"{run[0]}" if len(run) == 1 else f"{run[0]} to {run[-1]}")
    return ", ".join(found)


def _origins(origins: Sequence[Origin]) -> list[dict[str, object]]:
    return [
        {"step": each.step, "at": each.at, "file": each.file, "sha256": each.sha256, "lines": list(each.lines)}
        for each in origins
    ]


def _data(found: Chain) -> dict[str, object]:
    return {
        "address": str(found.address),
        "value": found.value,
        "again": found.again,
        "row": dict(found.row),
        "table": found.table,
        "rows": found.rows.to_dicts(),
        "rests": [
            {"table": each.table, "rows": each.rows.to_dicts(), "how": each.how, "again": each.again}
            | {"origins": _origins(each.origins)}
            for each in found.rests
        ],
        "definitions": list(found.definitions),
        "origins": _origins(found.origins),
        "made": {
            "step": found.made.number,
            "at": found.made.at,
            "orebook": found.made.orebook,
            "code": found.made.code,
        },
        "settings": dict(found.made.settings),
        "changed": list(found.changed),
    }
