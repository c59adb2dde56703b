"""Streams: tables of holes whose cells have run together into one line of text, in reading order.

The holes and the numbers behind each still show the rows; the words before the first hole still name the columns. A
stream is read only if the two agree in number, and depths must bear it out.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from orebook.reading.drilling import holes
from orebook.reading.patterns import Pattern
from orebook.reading.text import Text

_TOKEN = Pattern(r"\S+")
_NUMBER = Pattern(r"[<>≥≤]?[-–−]?\d{1,7}(?:,\d{3})*(?:\.\d+)?")
_NONE = Pattern(r"[-–—]|NS[IRAVS]|n/a|NA|nil|tr", re.IGNORECASE)
_WORD_BEHIND = Pattern(r"(?P<number>\d{1,4}\.\d{1,3})[a-z]{4,20}")
_GLUED = Pattern(r"(?P<number>\d{1,5}(?:\.\d+)?)(?P<hole>[A-Z]{2,6}\d{2,6})")
_LEADING = Pattern(r"\d{1,3},")
_THOUSANDS = Pattern(r"\d{3},?")
_NUMBERS = Pattern(r"(?:[-<]?\d[\d.,]{0,12}\s){2}[-<]?\d")
"""Three numbers in a row: prose has none."""
_LONGEST_HEAD = 600
_GAP = 14
_PAGE_GAP = 60
_MANY = 3
"""So many holes in a row are a table even without a head."""
_PAGE = Pattern(r"\bPage \d{1,3}\b|\b(?:ABN|ACN)\b|www\.|\d \| ?P ?age\b")


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a number or the name of a hole, with its place: ``kind`` is hole, number, none, relation or word."""

    kind: str
    said: str
    start: int
    end: int


@dataclass(slots=True)
class Run:
    """Numbers in a row, and the word before them if it ties them to other rows ("incl.", "and")."""

    tokens: list[Token] = field(default_factory=list)
    relation: str = ""


@dataclass(slots=True)
class Group:
    """A hole and the runs of numbers behind it."""

    hole: Token
    runs: list[Run] = field(default_factory=list)


@dataclass(slots=True)
class Stream:
    """A table that ran together: the words before it, its groups, and the runs that stand before the first hole."""

    text: Text
    head: str
    groups: list[Group]
    early: list[Run] = field(default_factory=list)


def streams(text: Text) -> Iterator[Stream]:
    """Every table of holes in a long text."""
    if not _NUMBERS.search(text.plain):
        return
    headed = _has_head(text.plain, 0, len(text.plain))
    known = _parted_names(text.plain) if headed else None
    named = holes.find(text.plain, known=known)
    if len(named) < (1 if headed else _MANY):
        return
    tokens = list(_whole(_tokens(text.plain, named)))
    places = [at for at, token in enumerate(tokens) if token.kind == "hole"]
    groups: list[tuple[int, Group, int]] = []
    for place, at in enumerate(places):
        last = places[place + 1] if place + 1 < len(places) else len(tokens)
        group, end = _group(tokens, at, last)
        groups.append((at, group, end))
    yield from _tables(text, tokens, groups)


_PARTED_NAME = Pattern(r"(?<![\w-])(?P<letters>[A-Z]{2,5}) \d{1,4}(?= [-–]?\d[\d.,]* [-–]?\d)")


def _parted_names(plain: str) -> re.Pattern[str] | None:
    """Names whose letters and number stand apart ("GRC 191"), where many rows begin with the same letters."""
    said = Counter(found["letters"] for found in _PARTED_NAME.finditer(plain))
    often = [letters for letters, times in said.items() if times >= _MANY]
    return re.compile(rf"(?<![\w-])(?:{'|'.join(often)}) \d{{1,4}}(?![\w.,-])") if often else None


def _tokens(plain: str, named: list[tuple[int, int, str]]) -> Iterator[Token]:
    spans = {start: (end, name) for start, end, name in named}
    prefix, end = "", 0
    for found in _TOKEN.finditer(plain):
        said = found[0]
        if found.start() < end:
            continue  # the number of a name whose parts stand apart
        if found.start() in spans:
            end, name = spans[found.start()]
            prefix = re.match(r"[A-Z]*", name)[0]  # type: ignore[index]  # it matches nothing too
            yield Token("hole", name, found.start(), end)
        elif (glued := _GLUED.fullmatch(said)) and prefix and glued["hole"].startswith(prefix):
            middle = found.start() + len(glued["number"])
            yield Token("number", glued["number"], found.start(), middle)
            yield Token("hole", glued["hole"], middle, found.end())
        elif word := _WORD_BEHIND.fullmatch(said):
            middle = found.start() + len(word["number"])
            yield Token("number", word["number"], found.start(), middle)
            yield Token("word", said[len(word["number"]) :], middle, found.end())
        else:
            yield Token(_kind(said), said, found.start(), found.end())


def _whole(tokens: Iterable[Token]) -> Iterator[Token]:
    """The tokens, numbers put together whose thousands stand apart ("6, 612, 040")."""
    held: list[Token] = []
    for token in tokens:
        if held and not _goes_on(held[-1], token):
            yield from _put_together(held)
            held = []
        held.append(token)
    yield from _put_together(held)


def _goes_on(one: Token, token: Token) -> bool:
    """Whether three more digits of a number stand behind its comma and a blank."""
    return one.said.endswith(",") and token.start == one.end + 1 and bool(_THOUSANDS.fullmatch(token.said))


def _put_together(held: list[Token]) -> list[Token]:
    if len(held) < 2 or not _LEADING.fullmatch(held[0].said):
        return held
    return [Token("number", "".join(token.said for token in held), held[0].start, held[-1].end)]


def _kind(said: str) -> str:
    if _NUMBER.fullmatch(said):
        return "number"
    if _NONE.fullmatch(said):
        return "none"
    return "relation" if holes.relation(said) and said != "&" else "word"


def _group(tokens: list[Token], at: int, last: int) -> tuple[Group, int]:
    """The runs behind one hole, up to the next hole or to a long stretch of words."""
    group, words, end = Group(tokens[at]), 0, at + 1
    run = Run()
    for place in range(at + 1, last):
        token = tokens[place]
        if token.kind in ("number", "none"):
            run.tokens.append(token)
            words, end = 0, place + 1
            continue
        if run.tokens:
            group.runs.append(run)
            run = Run()
        run.relation = holes.relation(token.said) or (run.relation if words == 0 and run.relation else "")
        words += 1
        if words > _GAP:
            break
    if run.tokens:
        group.runs.append(run)
    return group, end


def _tables(text: Text, tokens: list[Token], groups: list[tuple[int, Group, int]]) -> Iterator[Stream]:
    """Holes one after the other, each with numbers, below one head."""
    current: list[tuple[int, Group, int]] = []
    floor = 0
    for entry in [*groups, None]:
        goes_on = entry and entry[1].runs and (not current or _near(text.plain, tokens, current[-1][2], entry[0]))
        fresh = entry and current and _has_head(text.plain, tokens[current[-1][2] - 1].end, tokens[entry[0]].start)
        if entry and goes_on and not fresh:
            current.append(entry)
            continue
        if current:
            stream = _stream(text, tokens, current, floor)
            floor = tokens[current[-1][2] - 1].end
            if stream.head or len(current) >= _MANY:
                yield stream
        current = [entry] if entry and entry[1].runs else []


def _near(plain: str, tokens: list[Token], end: int, start: int) -> bool:
    """Whether a name follows the numbers before it closely, or behind what stands between two pages."""
    if start - end <= _GAP:
        return True
    return start - end <= _PAGE_GAP and _PAGE.search(plain, tokens[end - 1].end, tokens[start].start) is not None


def _has_head(plain: str, start: int, end: int) -> bool:
    return any(pattern.search(plain, start, end) for pattern in _HOLE_COLUMN)


def _stream(text: Text, tokens: list[Token], entries: list[tuple[int, Group, int]], floor: int) -> Stream:
    """A stream whose head stands behind ``floor``, where the table before it ends."""
    first = tokens[entries[0][0]].start
    head = _head(text.plain[max(floor, first - _LONGEST_HEAD) : first])
    begin = bisect_left(tokens, first - len(head), key=lambda token: token.start)
    early = _runs(tokens[begin : entries[0][0]])
    if early and early[0].tokens:
        head = head[: max(early[0].tokens[0].start - (first - len(head)), 0)]  # rows are no head
    return Stream(text, head, [group for _, group, _ in entries], early)


def _runs(tokens: list[Token]) -> list[Run]:
    """The numbers in a row among some words."""
    runs: list[Run] = []
    run = Run()
    for token in tokens:
        if token.kind in ("number", "none"):
            run.tokens.append(token)
            continue
        if run.tokens:
            runs.append(run)
            run = Run()
        run.relation = holes.relation(token.said)
    return [*runs, run] if run.tokens else runs


_HOLE_COLUMN = (
    Pattern(r"\b(?:Drill ?)?Hole[ _]?(?:ID|Id|id|No\.?|Name|Number|#)|\bDDH\b|\bBHID\b"),
    Pattern(r"\b(?:Drill ?)?[Hh]ole\b(?=\s(?:[A-Z]{1,3}(?=\s|$)|East|North|From|Easting|Type|Depth))"),
)
_BEFORE_HEAD = 30


def names_holes(plain: str) -> bool:
    """Whether some words begin with the head of a column of holes.

    >>> names_holes("Hole ID From To Au"), names_holes("Hole QX-7 cut ore")
    (True, False)
    """
    return any((found := pattern.search(plain)) and found.start() < _BEFORE_HEAD for pattern in _HOLE_COLUMN)


def _head(window: str) -> str:
    """The words from the name of the column of holes on, back over heads that are said again beside it."""
    for pattern in _HOLE_COLUMN:
        head = ""
        for found in reversed(list(pattern.finditer(window))):
            said = window[found.start() :]
            if re.search(r"(?<!No)\. [A-Z]|\bTable \d", said):
                break
            head = said
        if head:
            return head
    return ""


def above(stream: Stream, far: int = _BEFORE_HEAD) -> str:
    """The words right before the head: the upper halves of columns whose heads take two lines."""
    end = stream.text.plain.find(stream.head, max(0, stream.groups[0].hole.start - _LONGEST_HEAD))
    return stream.text.plain[max(0, end - far) : end] if stream.head and end > 0 else ""


def value(token: Token) -> Decimal:
    """The value of a number, without its sign."""
    return Decimal(token.said.lstrip("<>≥≤").replace("–", "-").replace("−", "-").replace(",", ""))
