"""Tables that stand in a page's source as arrays of objects: ``[{ hole: "A1", from: 45 }, …]``."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from orebook.ground.source import Document
from orebook.reading.layout import Cell, Row, Table
from orebook.reading.layout.quoted import OPENING, Quoted
from orebook.reading.patterns import Pattern
from orebook.reading.text import inline, tidy

_OPENING = Pattern(r"\[\s{0,200}\{")
_NAMED = Pattern(
    r"(?:\b(?P<name>[A-Za-z_$][\w$]{0,80})(?:\s?:[^=;\n]{0,80})?\s{0,3}=|[\"']?(?P<key>[\w$]{1,80})[\"']?\s{0,3}:)\s{0,20}$"
)
_TOKEN = Pattern(
    rf"(?P<quoted>{OPENING})"
    r"|(?P<number>-?(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|(?P<word>[A-Za-z_$][\w$.]*)|(?P<sign>[{}\[\](),:;])"
)

_AROUND_KEYS = ('"', "'")

Stretch = tuple[int, int]


@dataclass(slots=True)
class Array:
    """One array: its name, where it stands, and for each object the places of its values by their keys."""

    name: str
    start: int
    end: int
    objects: list[dict[str, Stretch]] = field(default_factory=list)

    @property
    def keys(self) -> list[str]:
        """Every key, in the order in which they come up."""
        seen: dict[str, None] = {}
        for one in self.objects:
            seen.update(dict.fromkeys(one))
        return list(seen)


def arrays(text: str, start: int = 0, end: int | None = None) -> Iterator[Array]:
    """Every array of objects in a stretch of source; two objects with two keys each make one.

    >>> [found] = arrays('const rows = [{ hole: "A1", from: 45 }, { hole: "A2", from: 7.5 }];')
    >>> found.name, found.keys, len(found.objects)
    ('rows', ['hole', 'from'], 2)
    """
    at, stop = start, len(text) if end is None else end
    quoted = Quoted(text)
    while found := _OPENING.search(text, at, stop):
        named = _NAMED.search(text[max(start, found.start() - 200) : found.start()])
        at = found.end()
        if named is None:
            continue
        array = _read(text, found.start() + 1, stop, named["name"] or named["key"], quoted)
        at = max(array.end, found.end())
        array.start = found.start()
        if len(array.objects) > 1 and len(array.keys) > 1:
            yield array


def _read(text: str, at: int, stop: int, name: str, quoted: Quoted) -> Array:
    """Objects until the array closes; values that are no plain ones are left out."""
    array = Array(name, at, at)
    depth, key = 1, ""
    current: dict[str, Stretch] = {}
    while token := _TOKEN.search(text, at, stop):
        kind, said, (begin, at) = token.lastgroup or "", token[0], token.span()
        if kind == "quoted":
            at = quoted.end(begin)
            if said[0] == "/" or at == begin + 1:
                continue  # a comment, or a mark that begins nothing
        array.end = at
        if kind == "sign":
            if said in "{[(":
                depth += 1
                if depth == 2 and said == "{":
                    key, current = "", {}
                    array.objects.append(current)
            elif said in "}])":
                depth -= 1
                if depth == 0:
                    break
            elif said == "," and depth == 2:
                key = ""
            elif said == ";" and depth <= 1:
                break
        elif depth == 2 and not key and (kind == "word" or said in _AROUND_KEYS):
            key = text[begin:at].strip("\"'")
        elif depth == 2 and key and kind == "quoted":
            current.setdefault(key, (begin + 1, at - 1))
        elif depth == 2 and key and (kind == "number" or said in ("true", "false")):
            current.setdefault(key, (begin, at))
        elif depth == 2 and key and kind == "word":
            current.setdefault(key, (begin, begin))
    return array


def array_table(document: Document, array: Array, heads: Mapping[str, str]) -> Table:
    """The table that an array is; ``heads`` gives the words that the page prints over a key, where it does."""
    keys = array.keys
    rows = []
    for one in array.objects:
        cells = []
        for column, key in enumerate(keys):
            text = tidy(inline(document.text, *one[key])) if key in one else None
            if text is not None and text.plain:
                cells.append(Cell(text, column))
        rows.append(Row(tuple(cells)))
    header = tuple((heads.get(key) or key,) for key in keys)
    return Table(tuple(rows), (), header, array.start, array.end, "data")
