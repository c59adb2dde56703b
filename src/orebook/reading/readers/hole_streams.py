"""Collars and intercepts of tables that ran together into one line of text."""

from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal

from orebook.ground.fact import Fact, Record, Words
from orebook.ground.figure import Figure
from orebook.reading.drilling import holes
from orebook.reading.drilling.intercepts import Intercept, Said, tie_all
from orebook.reading.drilling.mentions import Mention, mentions
from orebook.reading.drilling.middle_streams import MiddleRow, out_of_order, read
from orebook.reading.drilling.pieces import pieces
from orebook.reading.drilling.stream_columns import in_order, of_collars, of_intercepts
from orebook.reading.drilling.streams import Group, Run, Stream, Token, names_holes, streams, value
from orebook.reading.drilling.windows import windows
from orebook.reading.heads import cells
from orebook.reading.heads.columns import ColumnRole
from orebook.reading.layout import Block
from orebook.reading.patterns import Pattern
from orebook.reading.release import Release
from orebook.reading.text import Text, joined

ORDER = 12

_BOUNDS = {
    "dip": (-90, 90),
    "azimuth": (0, 360),
    "depth": (1, 5000),
    "elevation": (-500, 6500),
    "easting": (1000, 10_000_000),
    "northing": (1000, 10_000_000),
}
"""What a figure of a collar can be; a stream that leaves these bounds was not understood."""

Known = dict[tuple[Decimal, Decimal], dict[str, Decimal]]


def records(release: Release) -> Iterable[Record]:
    """Every collar and every intercept of the tables that lie in the prose as streams."""
    found: list[tuple[Stream, list[Record], dict[str, str]]] = []
    for text in _texts(list(release.layout.prose(tail=True))):
        for order, stream in enumerate(streams(text), 1):
            about = {"place": "table", "table": f"stream {order}"}
            found.append((stream, list(_collars(release, stream, about)), about))
    known = _in_prose(release) if found else {}
    collars = [record for _, those, _ in found for record in those]
    yield from collars
    depths = {record.about["hole"]: fact.number.value for record in collars for fact in record.all("collars.depth")}
    for stream, those, about in found:
        about["context"] = "announced"
        if those or stream.early or out_of_order(stream):
            skip = len(those[0].facts) - 1 if those else 0
            yield from _around_names(release, stream, skip, read(stream, skip, depths, known), about)
        else:
            yield from _intercepts(release, stream, known, about)


_LONG = 120
_ROW = Pattern(
    r"(?:[•*-]\s)?(?P<name>[A-Z0-9][\w./–-]{2,24}|incl\.?(?:uding)?|including|and|also)[\s:,]{1,3}"
    r"(?:[A-Za-z]{2,12}\s){0,3}(?:(?:[<>]?[-–]?\d[\d,.]*|[-–]|n/a|NSS|tr)(?:\s|$)){3,14}"
)
_EMPTY_ROW = Pattern(r"[A-Z0-9][\w./–-]{2,24}\s(?:NS[IRAV]|No [Ss]ignificant .{3,40})")
_FEWEST_ROWS = 2
_HEADS = 4


def _texts(blocks: list[Block]) -> Iterator[Text]:
    """Long blocks, and short ones one below the other that are the rows of a table, with the heads above them."""
    at = 0
    while at < len(blocks):
        end = at
        while end < len(blocks) and (
            _ROW.match(blocks[end].plain) or (end > at and _EMPTY_ROW.match(blocks[end].plain))
        ):
            end += 1
        if end - at >= _FEWEST_ROWS:
            yield joined([block.text for block in (*_heads(blocks, at), *blocks[at:end])])
            at = end
            continue
        if len(blocks[at].plain) > _LONG:
            yield blocks[at].text
        at += 1


def _heads(blocks: list[Block], at: int) -> list[Block]:
    """The short blocks above some rows, from the one that names the column of holes on."""
    for first in range(at - 1, max(at - 1 - _HEADS, -1), -1):
        if len(blocks[first].plain) > _LONG * 2 or blocks[first].plain.endswith("."):
            return []
        if names_holes(blocks[first].plain):
            return blocks[first:at]
    return []


def _collars(release: Release, stream: Stream, about: dict[str, str]) -> Iterator[Record]:
    """A row for each hole, if all have the numbers that the head names and these can be what it says."""
    sizes = Counter(len(group.runs[0].tokens) for group in stream.groups)
    columns = in_order(stream, "collars")
    if len(columns) < 5:
        columns = of_collars(stream, sizes.most_common(1)[0][0]) or columns
    names = [role.name for role in columns]
    if len(columns) < 4 or len(set(names)) < len(names) or not {"easting", "northing"} <= set(names):
        return
    rows = [(group, group.runs[0].tokens[: len(columns)]) for group in stream.groups]
    rows = [(group, row) for group, row in rows if len(row) == len(columns) and all(t.kind == "number" for t in row)]
    if len(rows) < len(stream.groups) * 0.9 or not all(_possible(names, row) for _, row in rows):
        return
    for group, row in rows:
        facts = [_name(release, stream, group, "collars.hole")]
        facts += [_figure(release, stream, role, token) for role, token in zip(columns, row, strict=True)]
        yield release.record("drill_collar", facts, hole=group.hole.said, **about)


def _possible(names: list[str], row: list[Token]) -> bool:
    return all(
        _BOUNDS[name][0] <= value(token) <= _BOUNDS[name][1]
        for name, token in zip(names, row, strict=True)
        if name in _BOUNDS
    )


def _around_names(
    release: Release,
    stream: Stream,
    skip: int,
    told: tuple[list[ColumnRole], list[MiddleRow]],
    about: dict[str, str],
) -> Iterator[Record]:
    """Intervals whose hole stands before them or in their middle, perhaps with its collar; those in doubt are left."""
    columns, rows = told
    done: list[Record] = []
    for row in rows:
        if row.hole is not None:
            group = stream.groups[row.hole]
            if made := _intercept(stream, columns, row.tokens, group, row.relation or "primary", None, about):
                done.append(made.record(release))
    tie_all(done)
    yield from done
    held = {record.about["hole"] for record in done}
    for group in stream.groups if columns else ():
        behind = group.runs[0].tokens[skip : skip + 1]
        if behind and behind[0].kind == "none" and group.hole.said not in held:
            yield from _barren(release, stream, group, behind[0].end, about)


def _intercepts(release: Release, stream: Stream, known: Known, about: dict[str, str]) -> Iterator[Record]:
    """Intervals that follow the name of their hole."""
    lengths = Counter(
        len(run.tokens) for group in stream.groups for run in group.runs if run.tokens[0].kind == "number"
    )
    width = _width(stream, [size for size, _ in lengths.most_common(2) if size > 2])
    rows = [row for group in stream.groups for run in group.runs for row in _rows(run, width)] if width else []
    columns = of_intercepts(stream, [[_plain(token) for token in row] for row in rows], known)
    if not any(role.name == "grade" and role.unit for role in columns):
        return
    done: list[Record] = []
    for group in stream.groups:
        for run in group.runs:
            for place, row in enumerate(_rows(run, width)):
                relation = run.relation if place == 0 and run.relation else "primary"
                named = group.hole if run is group.runs[0] and place == 0 else None
                if made := _intercept(stream, columns, row, group, relation, named, about):
                    done.append(made.record(release))
        yield from _nothing(release, stream, group, about)
    tie_all(done)
    yield from done


def _width(stream: Stream, common: list[int]) -> int:
    """How many numbers a row has: of the two sizes met most the one that the head names, else the smaller."""
    named = len(in_order(stream, "drilling"))
    return named if named in common else min(common, default=0)


def _rows(run: Run, width: int) -> Iterator[list[Token]]:
    """The rows of a run, if it is made of whole rows."""
    tokens = run.tokens
    while tokens and tokens[-1].said in ("-", "–") and len(tokens) % width:
        tokens = tokens[:-1]  # the dash of a remark
    if len(tokens) % width == 0:
        for start in range(0, len(tokens), width):
            if tokens[start].kind == "number":
                yield tokens[start : start + width]


def _plain(token: Token) -> Decimal | None:
    return value(token) if token.kind == "number" else None


def _intercept(
    stream: Stream,
    columns: list[ColumnRole],
    row: list[Token],
    group: Group,
    relation: str,
    named: Token | None,
    about: dict[str, str],
) -> Intercept | None:
    made = Intercept(group.hole.said, relation, about=dict(about))
    if named:
        made.add("drilling.hole", Said(Words(named.said, "name"), stream.text, named.start, named.end))
    for role, token in zip(columns, row, strict=True):
        if token.kind == "number" and role.measure:
            figure, start = _quoted(role, token)
            said = {"analyte": role.analyte, "column": role.header} if role.analyte else {"column": role.header}
            made.add(role.measure, Said(figure, stream.text, start, token.end, said))
    return made if made.has_grade else None


def _quoted(role: ColumnRole, token: Token) -> tuple[Figure, int]:
    sign = cells.SIGNS.get(token.said[0], "")
    return Figure(value(token), role.unit, sign), token.start + bool(sign)


def _nothing(release: Release, stream: Stream, group: Group, about: dict[str, str]) -> Iterator[Record]:
    """A hole whose row holds no numbers and words that say why."""
    if any(token.kind == "number" for run in group.runs for token in run.tokens):
        return
    yield from _barren(release, stream, group, group.runs[-1].tokens[-1].end, about)


def _barren(release: Release, stream: Stream, group: Group, last: int, about: dict[str, str]) -> Iterator[Record]:
    """A hole without a result, if the words up to a little behind ``last`` say so."""
    text, begin = stream.text, group.hole.end
    stop = min(last + 60, len(text.plain))
    following = holes.find(text.plain, last, stop)
    found = cells.nothing(text.slice(begin, following[0][0] if following else stop))
    if found:
        start, end = begin + found[0], begin + found[1]
        fact = release.fact("drilling.nothing", Words(text.plain[start:end]), text, start, end)
        yield release.record("drill_no_significant", [fact], hole=group.hole.said, **about)


def _name(release: Release, stream: Stream, group: Group, measure: str) -> Fact:
    return release.fact(measure, Words(group.hole.said, "name"), stream.text, group.hole.start, group.hole.end)


def _figure(release: Release, stream: Stream, role: ColumnRole, token: Token) -> Fact:
    figure, start = _quoted(role, token)
    return release.fact(role.measure, figure, stream.text, start, token.end, column=role.header)


def _in_prose(release: Release) -> Known:
    """The grades that the prose gives for intervals, by from and length."""
    found: Known = {}
    for sentence in release.sentences():
        for window in windows(sentence):
            if any(quantity.fraction for quantity in window.quantities):
                for mention in mentions(window.plain, pieces(window.plain, window.quantities)):
                    found.update(_known(mention))
    return found


def _known(mention: Mention) -> Known:
    depth, length = mention.depth and mention.depth.figure, mention.length and mention.length.figure
    if not isinstance(depth, Figure) or not isinstance(length, Figure):
        return {}
    grades = {g.analyte: g.figure.value for g in mention.grades if isinstance(g.figure, Figure) and g.analyte}
    return {(depth.value, length.value): grades}
