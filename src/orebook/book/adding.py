"""Adding: a file becomes rows of a table of the book, with the mapping it was taken by and all that was left out."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import Literal

import polars as pl

from orebook.book.files import Loaded, RawTable, read_table
from orebook.book.folder import Book
from orebook.book.importing.convert import Imported, convert
from orebook.book.importing.declared import Declared
from orebook.book.importing.mapping import LEAVE, ColumnMapping
from orebook.book.importing.quoted_sheets import quoted
from orebook.book.importing.recognise import recognise
from orebook.book.importing.sideways import upright
from orebook.book.journal import Thing, steps
from orebook.book.problems import BookError
from orebook.ground.schema import ORIGIN, Schema, schema

MAPPINGS = "mappings"
"""The folder that remembers by which mapping a file of these heads was taken."""

Known = Literal["replace", "add", "skip"]
"""What becomes of rows of a hole that the table has already."""

Others = Literal["leave", "keep"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """How files are to be taken: the table, columns and declarations that were said, and what becomes of the rest.

    ``table`` nothing is recognised. ``columns`` says for a head the column of the book. ``declared`` is what was
    declared; what is not is taken from the mapping of an earlier file with the same heads, else from the book.
    ``values`` are columns of records that the file lacks, with what holds in every row; they are not remembered.
    """

    table: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    declared: Declared = field(default_factory=Declared)
    sheet: str = ""
    header: int | None = None
    unit: str = ""
    others: Others = LEAVE  # type: ignore[assignment]
    known: Known | None = None
    values: Mapping[str, str] = field(default_factory=dict)


class KnownError(BookError):
    """Rows that a table has already, where nobody said what becomes of them."""


@dataclass(frozen=True, slots=True)
class Added:
    """What came of a file: as it was read, and, when the book was changed, the step and the rows of the table now.

    ``recalled`` names the mapping that was remembered, ``replaced`` and ``skipped`` count rows of holes that the table
    had already.
    """

    imported: Imported
    recalled: str = ""
    step: int = 0
    rows: int = 0
    replaced: int = 0
    skipped: int = 0


def read(book: Book, path: Path, ask: Ask) -> tuple[RawTable, Imported, str]:
    """A file as a table of the book, nothing written yet, and the mapping that was remembered for it.

    Raises ``UnreadableError``, ``OpenQuestionsError`` or ``ValueError``: what, where, what instead.
    """
    settings = book.settings
    raw = quoted(upright(read_table(path, sheet=ask.sheet, header=ask.header)), ask.table)
    collars = book.table("collars")
    holes = frozenset() if collars is None else frozenset(collars["hole"].drop_nulls().to_list())
    remembered = _recall(book, raw)
    alike = not ask.table or ask.table == remembered.table
    mapping = recognise(
        raw,
        table=ask.table or remembered.table,
        given=ask.columns,
        saved=remembered.columns if alike else None,
        length=settings.length,
        unit=ask.unit,
        others=ask.others,
        holes=holes,
        values=ask.values,
    )
    base: dict[str, object] = {"crs": settings.crs, **remembered.declared}
    if settings.azimuth != "unknown":
        base.setdefault("azimuth", settings.azimuth)
    declared = Declared.recalled(_only_said({**base, **ask.declared.record()}))
    if "unknown" not in (declared.azimuth or "unknown", settings.azimuth) and declared.azimuth != settings.azimuth:
        raise BookError(
            f"{path.name}: azimuths from {declared.azimuth} north in a book that counts from {settings.azimuth}; "
            f"turn them before they are added, or let space.azimuth of book.toml say {declared.azimuth}"
        )
    if settings.crs and declared.crs.strip().casefold() != settings.crs.strip().casefold():
        raise BookError(
            f"{path.name}: coordinates on the grid {declared.crs} in a book on {settings.crs}; say --declare "
            f"coordinates={declared.crs} alone to have them turned, or let space.crs of book.toml say {declared.crs}"
        )
    imported = convert(raw, mapping, declared)
    return replace(raw, cells=_READ), imported, remembered.file


class _Read:
    """Cells that were read: the text need not be kept while the book is written."""

    def load(self, kinds: Mapping[int, str], decimal: str = ".") -> Loaded:
        """They are not read twice."""
        raise AssertionError(f"{len(kinds)} columns, decimal mark {decimal!r}: were read already")


_READ = _Read()


def _only_said(record: Mapping[str, object]) -> dict[str, object]:
    return {key: value for key, value in record.items() if value not in ("", None)}


def tried(book: Book, path: Path, ask: Ask) -> Added:
    """What adding a file would come to, nothing written: as it was read, and the rows that its table would have.

    Raises what ``add`` raises.
    """
    raw, imported, recalled = read(book, path, ask)
    table = imported.mapping.table
    _not_twice(book, raw, table, ask.known)
    fresh = imported.table.with_columns(pl.lit(0, pl.Int64).alias(ORIGIN[0]))
    joined, replaced, skipped = _joined(path.name, table, book.table(table), fresh, ask.known)
    return Added(imported, recalled, 0, joined.height, replaced, skipped)


def add(book: Book, path: Path, ask: Ask) -> Added:
    """Take a file into the book, in one step that happens whole or not at all.

    Raises ``BookError`` when the file was added before, or has holes that the table knows and nobody said what becomes
    of them.
    """
    raw, imported, recalled = read(book, path, ask)
    table = imported.mapping.table
    given = {"file": path.name, "table": table, "sheet": raw.sheet, "known": ask.known or ""}
    with book.changing("add", given) as writing:
        _not_twice(book, raw, table, ask.known)
        fresh = imported.table.with_columns(pl.lit(writing.step.number, pl.Int64).alias(ORIGIN[0]))
        old = book.table(table)
        joined, replaced, skipped = _joined(path.name, table, old, fresh, ask.known)
        writing.table(table, joined)
        rejected = f"journal/{writing.step.number:06d}-rejected.csv"
        if imported.rejected.height:
            writing.file(rejected, imported.rejected.write_csv().encode(), imported.rejected.height)
        name, content = _mapping_file(raw, imported)
        writing.file(name, content)
        report = imported.report
        writing.tell(
            reads=(Thing(path.name, raw.sha256, report.rows),),
            counts={
                "rows": report.rows,
                "kept": report.kept,
                "rejected": report.rejected,
                "replaced": replaced,
                "skipped": skipped,
            },
            settings={
                "mapping": dict(imported.mapping.given()),
                "declared": imported.declared.record(),
                **({"values": dict(ask.values)} if ask.values else {}),
            },
            remarks=report.remarks,
        )
        number = writing.step.number
    return Added(imported, recalled, number, joined.height, replaced, skipped)


def _not_twice(book: Book, raw: RawTable, table: str, known: Known | None) -> None:
    """Refuse a file that was added before, unless somebody said what becomes of its rows."""
    if known is not None:
        return
    for step in steps(book.folder):
        same = raw.sha256 in {one.sha256 for one in step.reads} and step.given.get("sheet") == raw.sheet
        if same and step.verb == "add" and step.given.get("table") == table:
            raise KnownError(
                f"{raw.name}: this file was added in step {step.number} on {step.at[:10]}; "
                "to take it again say --known replace"
            )


def _joined(
    file: str, table: str, old: pl.DataFrame | None, fresh: pl.DataFrame, known: Known | None
) -> tuple[pl.DataFrame, int, int]:
    """The table with the new rows, and how many rows were replaced and skipped."""
    if old is None or not old.height:
        return fresh, 0, 0
    kind = schema(table)
    key = [kind[name].key() for name in (kind.order if kind.is_record else kind.order[:1])]
    key = [name for name in key if name in old.columns or name in fresh.columns]
    plain = list(dict.fromkeys((*old.columns, *fresh.columns)))
    old, fresh = _alike(old, fresh, key), _alike(fresh, old, key)
    known_keys, fresh_keys = old.select(key).drop_nulls(key[0]).unique(), fresh.select(key).unique()
    both = known_keys.join(fresh_keys, on=key, how="semi", nulls_equal=True)
    replaced = skipped = 0
    if both.height:
        if known is None:
            raise KnownError(_has_already(file, kind, both))
        if known == "replace":
            kept = old.join(both, on=key, how="anti", nulls_equal=True, maintain_order="left")
            replaced, old = old.height - kept.height, kept
        elif known == "skip":
            kept = fresh.join(both, on=key, how="anti", nulls_equal=True, maintain_order="left")
            skipped, fresh = fresh.height - kept.height, kept
    joined = pl.concat([old, fresh], how="diagonal_relaxed")
    return joined.select(name for name in plain if name in joined.columns), replaced, skipped


def _alike(frame: pl.DataFrame, other: pl.DataFrame, key: Sequence[str]) -> pl.DataFrame:
    """A table with what tells the rows of another, empty where it has none of it."""
    lacking = [name for name in key if name not in frame.columns]
    return frame.with_columns(pl.lit(None, other.schema[name]).alias(name) for name in lacking) if lacking else frame


def _has_already(file: str, kind: Schema, both: pl.DataFrame) -> str:
    """What is said of rows that a table has already: of holes by their names, of records by all that tells them."""
    ends = "say --known replace to put the new rows in their place, --known add to have both, or --known skip to take"
    if kind.is_record:
        first = both.sort(both.columns, nulls_last=True).row(0, named=True)
        said = ", ".join(f"{name} {value}" for name, value in first.items() if value is not None)
        return f"{file}: {kind.name} has {both.height:,} of these rows already ({said} first); {ends} only the others"
    names = sorted(both[both.columns[0]].to_list())
    some = ", ".join(names[:3]) + (", …" if len(names) > 3 else "")
    whose = f"{len(names)} of these {kind.order[0]}s"
    return f"{file}: {kind.name} has rows of {whose} already ({some}); {ends} only the others"


def _signature(raw: RawTable) -> str:
    """What tells files of one kind from others: their heads."""
    return sha256("\0".join(raw.header).encode()).hexdigest()[:16]


def _mapping_file(raw: RawTable, imported: Imported) -> tuple[str, bytes]:
    """The name and content of the file that remembers a mapping."""
    said = {
        "table": imported.mapping.table,
        "heads": list(raw.header),
        "columns": dict(imported.mapping.given()),
        "declared": {k: v for k, v in imported.declared.record().items() if k not in ("crs", "confirmed")},
    }
    name = f"{MAPPINGS}/{imported.mapping.table}-{_signature(raw)}.json"
    return name, (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode()


@dataclass(frozen=True, slots=True)
class _Remembered:
    """How a file with the same heads was taken before; nothing when there was none."""

    file: str = ""
    table: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    declared: Mapping[str, object] = field(default_factory=dict)


def _recall(book: Book, raw: RawTable) -> _Remembered:
    """The mapping of an earlier file with the same heads, if there is one."""
    for file in sorted((book.folder / MAPPINGS).glob(f"*-{_signature(raw)}.json")):
        try:
            found = json.loads(file.read_text(encoding="utf-8"))
            if found["heads"] == list(raw.header):
                schema(found["table"])
                return _Remembered(
                    f"{MAPPINGS}/{file.name}", found["table"], dict(found["columns"]), dict(found["declared"])
                )
        except (OSError, ValueError, KeyError, TypeError) as problem:
            raise BookError(f"{file}: cannot be read as a mapping: {problem}; mend or delete it") from None
    return _Remembered()


def mapping_lines(mapping: ColumnMapping) -> Sequence[str]:
    """Which column of the file became which of the book, and why: every guess shown."""
    lines = []
    for match in mapping.matches:
        target = mapping.physical(match) if match.column else "left out"
        why = f"  ({match.how}: {match.why})" if match.why else f"  ({match.how})"
        lines.append(f"{match.head or '(no head)'} → {target}{why}")
    return lines
