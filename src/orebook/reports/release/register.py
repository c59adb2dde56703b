"""Register: what a draft says of its numbers beside the documents: words, value, address, and the place in each.

It holds the text that was drafted as well, so that a document that somebody has edited can be put beside it: which
numbers still stand there, which were changed, which are gone.
"""

import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import accumulate
from typing import Any

from orebook import __version__
from orebook.reading.formats import layout, open_document
from orebook.reading.placed import Placed
from orebook.reading.tokens import Line, lines_of, same_tokens, tokens_of
from orebook.reports.pages import notes
from orebook.reports.printed import Passage, PrintedTable, filled
from orebook.reports.release.draft import Draft, Number, Plate

SCHEMA = 1

Table = Mapping[str, Any]


@dataclass(frozen=True)
class Kept:
    """A number as the register keeps it: where its tokens stand in the text that was drafted."""

    name: str
    printed: str
    value: float
    address: str
    first: int
    last: int
    where: str = ""
    forward: bool = False
    about: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Register:
    """The register of a draft: its text line by line, its numbers, and the fingerprints of the documents written.

    ``documents`` has for each the fingerprint of what was written, and of what stood there before.
    """

    kind: str
    period: str
    book: str
    lines: tuple[str, ...]
    numbers: tuple[Kept, ...]
    made: tuple[tuple[str, int], ...] = ()
    documents: Mapping[str, Table] = field(default_factory=dict)

    def wrote(self, name: str, data: bytes) -> bool:
        """Whether these bytes are what was written under that name, or what stood there before: nobody's edit."""
        said = self.documents.get(name, {})
        return fingerprint(data) in (said.get("sha256"), said.get("before"))

    def tokens(self) -> list[Line]:
        """The text that was drafted, in tokens."""
        return [tokens_of(line) for line in self.lines]

    def json(self) -> str:
        """The register as a file."""
        numbers = [
            {key: said for key, said in vars(each).items() if said or key in ("value", "first", "last")}
            for each in self.numbers
        ]
        told = {
            "schema_version": SCHEMA,
            "orebook": __version__,
            "kind": self.kind,
            "period": self.period,
            "book": self.book,
            "made": dict(self.made),
            "documents": self.documents,
            "numbers": numbers,
            "lines": self.lines,
        }
        return json.dumps(told, ensure_ascii=False, indent=1, default=str) + "\n"


def fingerprint(data: bytes) -> str:
    """The SHA-256 of a document."""
    return sha256(data).hexdigest()


def register_of(draft: Draft) -> Register:
    """The register of a draft before anything of it is written."""
    lines: list[str] = []
    places: list[tuple[Number, int, int]] = []
    at = 0
    numbers: dict[int, list[Number]] = {}
    for number in draft.numbers():
        numbers.setdefault(number.part, []).append(number)
    for position, part in enumerate(draft.parts):
        for line, found in _lines(part, numbers.get(position, [])):
            places += [(number, at + first, at + last) for number, first, last in found]
            at += len(tokens_of(line))
            lines.append(line)
    kept = tuple(
        Kept(
            each.name, each.printed, float(each.value), str(each.address), first, last, each.where, each.forward,
            draft.about.get(each.address, {}),
        )
        for each, first, last in places
        if isinstance(each.value, int | float)
    )  # fmt: skip
    return Register(draft.kind, draft.period, draft.book, tuple(lines), kept, draft.made)


Found = list[tuple[Number, int, int]]


def _lines(part: Passage | PrintedTable | Plate, numbers: Sequence[Number]) -> Iterator[tuple[str, Found]]:
    """Yield the lines of a part, each with its numbers and their first and last token in it."""
    if isinstance(part, Passage):
        yield part.text, _within(part.text, [(each, each.place[0], each.place[1]) for each in numbers])
        return
    yield part.caption, []
    if isinstance(part, Plate):
        return
    yield " ".join(column.head for column in part.columns), []
    rows: dict[int, list[Number]] = {}
    for each in numbers:
        rows.setdefault(each.place[0], []).append(each)
    for at, row in enumerate(part.rows):
        cells = [cell.text for cell in filled(row, len(part.columns))]
        begins = [0, *accumulate(len(cell) + 1 for cell in cells)]
        line = " ".join(cells)
        places = [(each, begins[each.place[1]], each.place[2], each.place[3]) for each in rows.get(at, ())]
        yield line, _within(line, [(each, begin + start, begin + end) for each, begin, start, end in places])
    yield from ((note, []) for note in notes(part))


def _within(line: str, places: Sequence[tuple[Number, int, int]]) -> Found:
    """Numbers with the first and the last token of their stretch of a line."""
    tokens = tokens_of(line) if places else []
    starts, ends = [token.start for token in tokens], [token.end for token in tokens]
    return [(each, bisect_right(ends, start), max(bisect_left(starts, end) - 1, 0)) for each, start, end in places]


def beside(register: Register, name: str, data: bytes) -> list[Placed]:
    """Where the numbers of a register stand in a document now: those that are there, and those that are gone.

    Raises ``UnreadableError`` for what is no document.
    """
    document = open_document(name, data)
    return placed_in(register, lines_of(layout(document)))


def placed_in(register: Register, lines: Sequence[Line]) -> list[Placed]:
    """Where the numbers of a register stand in the lines of a document."""
    same = same_tokens(register.tokens(), lines)
    there = [token for line in lines for token in line]
    taken = set(same.values())
    return [_placed(each, same, there, taken) for each in register.numbers]


def _placed(kept: Kept, same: Mapping[int, int], there: Line, taken: set[int]) -> Placed:
    """Where one number stands: the tokens that are the same, or those that stand between its neighbours now."""
    own = [same.get(at) for at in range(kept.first, kept.last + 1)]
    known = [at for at in own if at is not None]
    if len(known) == len(own):
        return Placed(there[known[0]].start, there[known[-1]].end, kept.value, kept.address, kept.printed, kept.value)
    before = next((same[at] for at in range(kept.first - 1, -1, -1) if at in same), -1)
    most = max(same, default=0) + 1
    after = next((same[at] for at in range(kept.last + 1, most) if at in same), len(there))
    between = [at for at in range(before + 1, after) if at not in taken or at in known]
    numbers = [at for at in between if there[at].word[:1].isdigit()]
    if not numbers:
        at = there[min(max(before, 0), len(there) - 1)] if there else None
        place = (at.start, at.end) if at else (0, 0)
        return Placed(*place, kept.value, kept.address, kept.printed, kept.value, _gone(kept, there, taken))
    first, last = numbers[0], max([numbers[0], *(at for at in known if numbers[0] < at < numbers[0] + 4)])
    taken.update(numbers[:1])
    return Placed(there[first].start, there[last].end, kept.value, kept.address, kept.printed, kept.value)


def _gone(kept: Kept, there: Line, taken: set[int]) -> str:
    """Whether a number that is not where it was stands somewhere else, or nowhere."""
    words = [token.word for token in tokens_of(kept.printed)]
    for at in range(len(there) - len(words) + 1):
        if [token.word for token in there[at : at + len(words)]] == words and at not in taken:
            return "moved"
    return "taken out"


def read_register(text: str) -> Register:
    """A register from its file.

    Raises ``ValueError`` for what is none.
    """
    told = json.loads(text)
    if not isinstance(told, dict) or told.get("schema_version") != SCHEMA or "numbers" not in told:
        raise ValueError("this is no register of a draft")
    numbers = tuple(Kept(**each) for each in told["numbers"])
    made = tuple((str(name), int(step)) for name, step in told.get("made", {}).items())
    return Register(
        told["kind"], told["period"], told["book"], tuple(told["lines"]), numbers, made, told.get("documents", {})
    )
