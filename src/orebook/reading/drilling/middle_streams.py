"""Streams with names in the middle: rows of intervals before and behind the name of their hole, all on one line.

Collars may stand behind each name; they are passed over. A row is known by its figures: where it begins, where it ends
and how long it is, and the grades that the head names.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from orebook.reading.drilling.middle_names import Span, leads, owners
from orebook.reading.drilling.stream_columns import Known, rounds_to, with_units
from orebook.reading.drilling.streams import Group, Run, Stream, Token, above, value
from orebook.reading.heads.columns import ColumnRole, spoken_in

_SLACK = Decimal("0.11")
_WIDEST = 9
_DEPTHS = 3
_FEWEST_ROWS = 3
_AGREED = 2


@dataclass(slots=True)
class MiddleRow:
    """The numbers of one interval, the word before them, and which of the holes it belongs to, if that is sure."""

    tokens: list[Token]
    relation: str
    hole: int | None = None
    open: bool = False

    @property
    def span(self) -> Span:
        """Where it begins and ends; an open row has its length where others have their end."""
        begin, end = value(self.tokens[0]), value(self.tokens[1])
        return Span(begin, begin + end if self.open else end, self.relation == "including")


def read(
    stream: Stream, skip: int, depths: Mapping[str, Decimal], known: Known
) -> tuple[list[ColumnRole], list[MiddleRow]]:
    """The columns and rows of a stream of intervals; ``skip`` numbers behind each name are those of its collar.

    ``depths`` are those of the holes, ``known`` what the prose says of intervals. Nothing comes out where the figures
    do not make whole rows.
    """
    parts = [stream.early, *(_behind(group, skip) for group in stream.groups)]
    runs = [[one for run in part for one in _apart(run)] for part in parts]
    width = _width([run.tokens for part in runs for run in part])
    columns = _columns(stream, width - _DEPTHS) if width else []
    segments = [[row for run in part for row in _rows(run, width)] for part in runs] if columns else []
    if not columns:
        columns = _without_end(stream)
        segments = [[row for run in part for row in _open_rows(run, len(columns))] for part in runs] if columns else []
        if not _is_borne_out(columns, segments, known):
            return [], []
    spans = [[row.span for row in rows] for rows in segments]
    ends = [depths.get(group.hole.said) for group in stream.groups]
    if leads(spans, ends):
        found: list[list[int | None]] = [[at - 1] * len(rows) for at, rows in enumerate(segments)]
    else:
        found = owners(spans, ends)
    for rows, holes in zip(segments, found, strict=True):
        for row, hole in zip(rows, holes, strict=True):
            row.hole = hole
    return columns, [row for rows in segments for row in rows]


def _behind(group: Group, skip: int) -> list[Run]:
    """The runs behind a name, without the numbers of its collar."""
    if not skip:
        return group.runs
    return [Run(group.runs[0].tokens[skip:]), *group.runs[1:]]


def _without_end(stream: Stream) -> list[ColumnRole]:
    """From, length and one grade, where the two lines of the head name these and no end."""
    named = spoken_in(f"{above(stream)} {stream.head}", "drilling")
    begin = next((role for role in named if role.name == "from"), None)
    size = next((role for role in named if role.name == "length"), None)
    grades = list(_distinct(role for role in named if role.name == "grade"))
    if begin is None or size is None or len(grades) != 1 or any(role.name == "to" for role in named):
        return []
    columns = with_units(stream, [begin, size, *grades])
    return columns if all(role.unit for role in columns) else []


def _open_rows(run: Run, width: int) -> Iterator[MiddleRow]:
    """Rows that have no end printed."""
    if len(run.tokens) % width == 0 and all(token.kind == "number" for token in run.tokens):
        for place, row in enumerate(_cut(run.tokens, width)):
            yield MiddleRow(row, run.relation if place == 0 else "", open=True)


def _is_borne_out(columns: Sequence[ColumnRole], segments: Sequence[Sequence[MiddleRow]], known: Known) -> bool:
    """Whether the prose says two of the rows with the same grade, and none with another one."""
    agreed = 0
    for row in (row for rows in segments for row in rows):
        begin, size, grade = (value(token) for token in row.tokens[:_DEPTHS])
        said = known.get((begin, size), {}).get(columns[2].analyte)
        if said is not None:
            if not rounds_to(grade, said) and not rounds_to(said, grade):
                return False
            agreed += 1
    return agreed >= _AGREED


def out_of_order(stream: Stream) -> bool:
    """Whether depths fall within the rows that follow a name, so that some of them cannot be its own."""
    width = _width([run.tokens for group in stream.groups for run in group.runs])
    if not width:
        return False
    segments = [[row.span for run in group.runs for row in _rows(run, width)] for group in stream.groups]
    return not leads([[], *segments], [None] * len(segments))


def _width(runs: Sequence[Sequence[Token]]) -> int:
    """How many numbers a row has: so many that nearly all numbers fall into rows whose length is to minus from."""
    long = [run for run in runs if len(run) > _DEPTHS]
    whole = sum(len(run) for run in long)
    best = (0, 0)
    for width in range(_DEPTHS + 1, _WIDEST + 1):
        fitting = [run for run in long if len(run) % width == 0 and all(_adds_up(row) for row in _cut(run, width))]
        best = max(best, (sum(len(run) for run in fitting), -width))
    rows = best[0] // -best[1] if best[1] else 0
    return -best[1] if rows >= _FEWEST_ROWS and best[0] >= whole * 0.8 else 0


def _apart(run: Run) -> Iterator[Run]:
    """The runs between words such as NSI, which stand in the place of a whole row."""
    found = Run([], run.relation)
    for token in run.tokens:
        if token.kind == "none" and token.said[0].isalpha():
            yield found
            found = Run()
        else:
            found.tokens.append(token)
    yield found


def _cut(run: Sequence[Token], width: int) -> Iterator[list[Token]]:
    for start in range(0, len(run), width):
        yield list(run[start : start + width])


def _adds_up(row: Sequence[Token]) -> bool:
    if any(token.kind != "number" for token in row[:_DEPTHS]):
        return False
    begin, end, size = (value(token) for token in row[:_DEPTHS])
    return begin < end and abs(end - begin - size) <= _SLACK


def _rows(run: Run, width: int) -> Iterator[MiddleRow]:
    """The rows of a run; numbers that do not make whole rows are no table's."""
    if len(run.tokens) % width:
        return
    for place, row in enumerate(_cut(run.tokens, width)):
        if _adds_up(row):
            yield MiddleRow(row, run.relation if place == 0 else "")


def _columns(stream: Stream, count: int) -> list[ColumnRole]:
    """From, to, length and the grades that the head names, if it names so many."""
    grades = list(_distinct(role for role in spoken_in(stream.head, "drilling") if role.name == "grade"))
    if count < 1 or len(grades) != count:
        return []
    depths = [ColumnRole(f"drilling.{name}", "m", "", name) for name in ("from", "to", "length")]
    columns = with_units(stream, [*depths, *grades])
    return columns if all(role.unit for role in columns) else []


def _distinct(roles: Iterable[ColumnRole]) -> Iterator[ColumnRole]:
    seen: set[str] = set()
    for role in roles:
        if role.analyte not in seen:
            seen.add(role.analyte)
            yield role
