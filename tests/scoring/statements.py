"""How well statements, production, economics, resources and reserves of real releases are read, against their keys.

Run it: ``python tests/scoring/statements.py [--list=KIND] [DOCUMENT ...]``. A figure of the reading is right when
value, unit and (where the key has one) period agree and the words of its measure and subject have something in common
with the key's; a figure that repeats one of the key in other digits counts neither way.
"""

import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from orebook.ground import units
from orebook.ground.fact import Fact, Record
from orebook.ground.figure import Figure
from orebook.ground.period import months_ended
from orebook.reading.read import read_bytes

Key = dict[str, Any]
"""A figure or a document of the keys, as it stands in the JSON file."""

Part = tuple[str, str, str]
"""A grade or an amount of metal: analyte, digits, unit."""

Row = tuple[tuple[str, Decimal] | None, set[Part], set[Part]]
"""A row of a statement: tonnage in base units, grades, metal."""

RELEASES = Path(__file__).resolve().parents[3] / "shared" / "releases" / "dev"
FIGURES = ("financial", "production", "economics")
ROWS = ("resource", "reserve")
_UNITS = {
    "short tons": "ton", "thousand short tons": "kton", "short ton": "ton", "ratio": "1", "years": "year",
    "months": "month", "US$": "USD", "C$": "CAD", "A$": "AUD", "shares": "share", "thousand shares": "thousand share",
    "tpa": "t/year", "Mt/a": "Mt/year", "'000t": "kt", "oz GEO": "oz", "koz GEO": "koz", "billion lb": "Blb",
    "billion oz": "Boz", "ktpa": "kt/year", "a": "year",
}  # fmt: skip


@dataclass
class Score:
    """Counts of one kind of figure, with what was missed and what was too much."""

    right: int = 0
    missed: list[str] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """Share of the key's figures that were read."""
        return self.right / max(self.right + len(self.missed), 1)

    @property
    def precision(self) -> float:
        """Share of the figures read that are in the key."""
        return self.right / max(self.right + len(self.extra), 1)

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        return 2 * self.precision * self.recall / max(self.precision + self.recall, 1e-9)


def unit_name(printed: str) -> str:
    """Our name of a unit of the keys: ``US$ million``, ``US$/lb``, ``thousand short tons``."""
    if printed in _UNITS:
        return _UNITS[printed]
    if printed.startswith("% "):  # of an analyte
        return "%"
    said = re.sub(r"US\$|A\$|C\$", lambda found: _UNITS[found[0]], printed)
    above, slash, below = said.partition("/")
    name = f"{_UNITS.get(above, above)}/{_UNITS.get(below, below)}" if slash else said
    name = units.spoken().get(name, name)
    return name if units.known(name) else ""


def base(value: Decimal, unit: str) -> tuple[str, Decimal]:
    """A value in base units, with what it measures; dollars per share are dollars."""
    unit = unit.removesuffix("/year")
    if not unit or not units.known(unit):
        return "", value
    known = units.unit(unit)
    dimension = tuple((name, power) for name, power in known.dimension if name != "share" or power > 0)
    whole = value * Decimal(known.factor.numerator) / Decimal(known.factor.denominator)
    return str(dimension) if dimension else unit, whole


def key_period(printed: str | None, year_end: str | None) -> str:
    """The label of a period of the keys, or nothing."""
    said = (printed or "").split(" vs ")[0]
    if found := re.fullmatch(r"Q(\d) FY(\d{4})", said):
        last = int((year_end or "12-31")[:2])
        month = (last + 3 * int(found[1]) - 1) % 12 + 1
        year = int(found[2]) - (1 if last + 3 * int(found[1]) <= 12 and last != 12 else 0)
        return months_ended(date(year, month, 28), 3).label
    if found := re.fullmatch(r"Q(\d) (\d{4})", said):
        return f"{found[2]}-Q{found[1]}"
    if found := re.fullmatch(r"(?:FY)?(\d{4})(?:-\d\d-\d\d)?", said):
        return said.removeprefix("FY")
    return ""


def _words(*said: str | None) -> set[str]:
    joined = " ".join(word or "" for word in said).lower().replace("_", " ")
    return {word[:6] for word in re.findall(r"[a-z0-9]{2,}", joined)} - {"the", "of", "total", "and", "per"}


def _values(figure: Key) -> list[Decimal]:
    value = figure["value"]
    many = value if isinstance(value, list) else [value]
    return [Decimal(str(one)) for one in many]


def _fact_words(record: Record, fact: Fact) -> set[str]:
    about = fact.about
    return _words(
        fact.measure,
        *(
            about.get(key)
            for key in ("label", "analyte", "mine", "subject", "company", "property", "of", "excluding", "deposit")
        ),
        _NAMES.get(about.get("analyte", "")),
    )


_NAMES = {"Cu": "copper", "Au": "gold", "Ag": "silver", "Ni": "nickel", "U3O8": "uranium", "Zn": "zinc"}


def _same(figures: list[Figure], key: list[Decimal], unit: str) -> bool:
    if len(figures) != len(key):
        return False
    for figure, value in zip(figures, key, strict=True):
        mine, theirs = base(figure.value, figure.unit), base(value, unit)
        money = (
            "money" in mine[0] and "money" in theirs[0] and mine[0].replace("$", "USD") == theirs[0].replace("$", "USD")
        )
        if not (mine[0] == theirs[0] or money or (not unit and mine[1] == theirs[1])) or abs(mine[1]) != abs(theirs[1]):
            return False
        if (mine[1] < 0) != (theirs[1] < 0):
            return False
    return True


def _near(figures: list[Figure], key: Key, unit: str) -> bool:
    """Whether a figure says one of the key again, in coarser digits."""
    for value in _values(key):
        for figure in figures:
            mine, theirs = base(figure.value, figure.unit), base(value, unit)
            step = base(figure.step, figure.unit)[1] if figure.unit and units.known(figure.unit) else figure.step
            if abs(abs(mine[1]) - abs(theirs[1])) <= step:
                return True
    return False


def _unit(figure: Key) -> str:
    return unit_name(str(figure.get("unit", "")))


def score_figures(kind: str, doc: Key, records: list[Record], score: Score) -> None:
    """Match the figures of one kind with the key of one document."""
    every: list[Key] = doc["figures"]
    keys = [figure for figure in every if figure["kind"] == kind]
    mine = [
        (record, [fact for fact in record.facts if fact.measure == record.facts[0].measure])
        for record in records
        if record.kind == kind
    ]
    free = set(range(len(mine)))
    for key in keys:
        period = key_period(key.get("period"), doc.get("fiscal_year_end"))
        wanted = _words(key.get("measure"), key.get("subject"), key.get("mine"))
        best: tuple[int, int] | None = None
        for index in sorted(free):
            record, facts = mine[index]
            if not _same([fact.number for fact in facts], _values(key), _unit(key)):
                continue
            label = facts[0].about.get("period", "").removeprefix("by ")
            if period and label != period and not (label.startswith(period) or period.startswith(label or "?")):
                continue
            shared = len(wanted & _fact_words(record, facts[0]))
            if (shared or kind == "economics") and (best is None or shared > best[0]):
                best = (shared, index)
        if best:
            free.discard(best[1])
            score.right += 1
        else:
            score.missed.append(
                f"{doc['doc']}: {key.get('measure')} {key.get('subject') or key.get('mine') or ''} "
                f"{key.get('period')} {key['value']} {key.get('unit')}"
            )
    for index in sorted(free):
        record, facts = mine[index]
        if not any(
            _near([fact.number for fact in facts], key, _unit(key))
            for key in every
            if "value" in key and isinstance(key["value"], int | float | list)
        ):
            score.extra.append(
                f"{doc['doc']}: "
                + "; ".join(
                    f"{f.measure} {f.figure} {dict(f.about).get('label', '')} {f.about.get('period')} "
                    f"«{f.source.quote}»"
                    for f in facts
                )
            )


def _grades(row: Key, name: str) -> set[Part]:
    listed = row.get(name) or []
    return {
        (one["analyte"], _digits(Decimal(str(one["printed"]).replace(",", ""))), unit_name(one["unit"]))
        for one in listed
    }


def _in_parts(key: Key, wanted: Row, mine: list[Record], free: set[int]) -> set[int]:
    """The records that together say what a row of the key says: the tonnage here, the metal there."""
    tonnes, grades, metal = wanted
    used: set[int] = set()
    said: set[object] = set()
    for index in free:
        row = _row(mine[index])
        same = (mine[index].about.get("category") or "Total") == (key.get("category") or "Total")
        if same and row[1] <= grades and row[2] <= metal and row[0] in (None, tonnes):
            used.add(index)
            said |= row[1] | row[2] | {row[0]}
    return used if used and grades | metal | ({tonnes} if tonnes else set()) <= said else set()


def _digits(value: Decimal) -> str:
    return f"{value.normalize():f}"


def _row(record: Record) -> Row:
    tonnes = next((fact.number for fact in record.facts if fact.measure == "resources.tonnes"), None)
    parts = [
        {(f.about.get("analyte", ""), _digits(f.number.value), f.number.unit) for f in record.all(f"resources.{role}")}
        for role in ("grade", "metal")
    ]
    return (base(tonnes.value, tonnes.unit) if tonnes else None), parts[0], parts[1]


def score_rows(kind: str, doc: Key, records: list[Record], score: Score) -> None:
    """Match the rows of resource and reserve statements with the key of one document."""
    every: list[Key] = doc["figures"]
    mine = [record for record in records if record.kind == kind]
    free = set(range(len(mine)))
    seen: list[Row] = []
    for key in [figure for figure in every if figure["kind"] == kind]:
        tonnage = key.get("tonnage")
        wanted = (
            base(Decimal(str(tonnage["value"])), unit_name(tonnage["unit"])) if tonnage else None,
            _grades(key, "grades"),
            _grades(key, "metal"),
        )
        seen.append(wanted)
        best = None
        for index in sorted(free):
            record = mine[index]
            theirs, ours = ((one or "Total").replace("Subtotal", "Total") for one in (
                key.get("category"), record.about.get("category")))  # fmt: skip
            same_category = theirs == ours
            deposit = _words(key.get("deposit")) & _words(
                record.about.get("deposit"),
                record.about.get("zone"),
                record.about.get("property"),
                record.about.get("mine"),
            )
            tonnes, grades, metal = _row(record)
            if tonnes == wanted[0] and wanted[1] <= grades | metal and wanted[2] <= grades | metal and same_category:
                rank = (bool(deposit), -len(grades))
                best = max(best, (rank, index)) if best else (rank, index)
        if best and (best[0][0] or not key.get("deposit") or _totals(key)):
            free.discard(best[1])
            score.right += 1
        elif parts := _in_parts(key, wanted, mine, free):
            free -= parts
            score.right += 1
        else:
            why = "" if not best else f" (deposit read as {mine[best[1]].about.get('deposit')!r})"
            score.missed.append(
                f"{doc['doc']}: {key.get('deposit')} {key.get('category')} {tonnage} {sorted(wanted[1])} "
                f"{sorted(wanted[2])}{why}"
            )
    for index in sorted(free):
        record = mine[index]
        row = _row(record)
        if not any(
            (row[0] == other[0] or row[0] is None) and row[1] <= other[1] | other[2] and row[2] <= other[1] | other[2]
            for other in seen
        ) and not _restated(row, every):
            score.extra.append(
                f"{doc['doc']}: {record.about.get('deposit')} {record.about.get('category')} {row[0]} "
                f"{sorted(row[1])} {sorted(row[2])} «{record.source.quote[:90]}»"
            )


def _totals(key: Key) -> bool:
    return bool(re.search(r"total|all ", str(key.get("deposit")), re.IGNORECASE))


def _restated(row: Row, every: list[Key]) -> bool:
    """Whether every number of a row stands somewhere in the rows of the key: said again in parts."""
    known = {
        _digits(Decimal(str(one["printed"]).replace(",", "")))
        for key in every
        for name in ("grades", "metal")
        for one in key.get(name) or []
    }
    restated = " ".join(
        str(text) for key in every for text in [*(key.get("restated") or []), *(key.get("conflicts") or [])]
    ).replace(",", "")
    said = {value for one in row[1:] for _, value, _ in one}
    return bool(said) and all(
        value in known or value in restated or f"{Decimal(value):f}" in restated for value in said
    )


def documents(folder: Path) -> Iterator[tuple[Key, Path]]:
    """Every answer key with the document that it is for."""
    for path in sorted((folder / "keys").glob("*.json")):
        doc = json.loads(path.read_text(encoding="utf-8"))
        file = folder / doc["file"]
        if file.exists():
            yield doc, file


def scores(folder: Path = RELEASES, only: set[str] | None = None) -> dict[str, Score]:
    """The score of each kind over all documents with a key."""
    found: dict[str, Score] = defaultdict(Score)
    for doc, file in documents(folder):
        if only and doc["doc"] not in only:
            continue
        records = read_bytes(file.name, file.read_bytes()).records
        for kind in FIGURES:
            score_figures(kind, doc, records, found[kind])
        for kind in ROWS:
            score_rows(kind, doc, records, found[kind])
    return found


def main(arguments: list[str]) -> None:
    """Print the scores, and on request what was missed and what was too much."""
    listed = {argument.removeprefix("--list=") for argument in arguments if argument.startswith("--list")}
    only = {argument for argument in arguments if not argument.startswith("--")} or None
    for kind, score in scores(only=only).items():
        print(
            f"{kind:12} right {score.right:4} missed {len(score.missed):4} extra {len(score.extra):4}  R "
            f"{score.recall:.3f} P {score.precision:.3f} F1 {score.f1:.3f}"
        )
        by = Counter(line.split(":")[0] for line in score.missed), Counter(line.split(":")[0] for line in score.extra)
        print("   missed", dict(by[0]), "extra", dict(by[1]))
        if kind in listed or "all" in listed:
            print(*("   - " + line for line in score.missed), *("   + " + line for line in score.extra), sep="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
