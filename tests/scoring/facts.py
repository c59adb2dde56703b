"""Compare our facts with the key of the four seed releases: what is found, what is missed, what is made up.

``python tests/scoring/facts.py`` prints the score of every kind, each miss with what differs, and every fact of ours
that the key does not hold. ``--kind geometry`` and ``--doc 003`` narrow it. The functions are used by the tests too.
"""

import argparse
import csv
import json
import os
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from pathlib import Path

from orebook.ground import units
from orebook.ground.fact import Fact, Words
from orebook.ground.figure import Figure
from orebook.ground.period import Period
from orebook.reading.language.analytes import analyte
from orebook.reading.read import read_text

HERE = Path(__file__).parent
IGNORED = frozenset(
    "mine property project zone the of and a an new corporation corp inc ltd limited portion target horizon pit".split()
)
"""Words of a subject that do not tell it from another."""


@dataclass(frozen=True)
class Expected:
    """One fact of the key, in the form in which it is compared."""

    doc: str
    name: str
    kind: str
    measure: str
    subject: str
    values: tuple[Decimal, ...]
    words: str
    unit: str
    period: str
    table: bool
    start: int
    end: int
    quote: str

    @property
    def numeric(self) -> bool:
        """Whether a number was said."""
        return bool(self.values)


@dataclass(frozen=True)
class Rule:
    """How a measure of the key is called by us, and what else is compared."""

    ours: tuple[str, ...]
    subject: str
    words: tuple[str, ...]
    period: bool


@dataclass
class Score:
    """What was found of one document or of several."""

    found: list[Expected] = field(default_factory=list)
    missed: list[tuple[Expected, str]] = field(default_factory=list)
    extra: list[Fact] = field(default_factory=list)
    other: list[tuple[Fact, str]] = field(default_factory=list)
    facts: int = 0

    def add(self, other: "Score") -> None:
        """Take another document in."""
        self.found += other.found
        self.missed += other.missed
        self.extra += other.extra
        self.other += other.other
        self.facts += other.facts


def expected(shared: Path) -> dict[str, list[Expected]]:
    """The key, by document."""
    by_doc: dict[str, list[Expected]] = defaultdict(list)
    for line in (shared / "facts" / "facts.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line, parse_float=Decimal)
        value = row["value"]
        several = value if isinstance(value, list) else [value]
        numbers = tuple(Decimal(v) for v in several) if all(isinstance(v, int | Decimal) for v in several) else ()
        by_doc[row["doc"]].append(
            Expected(
                row["doc"], row["id"], row["kind"], row["measure"], row["subject"], numbers,
                "" if numbers else str(value), row["unit"] or "", row["period"] or "", bool(row.get("table")),
                row["start"], row["end"], row["text"],
            )
        )  # fmt: skip
    return dict(by_doc)


@cache
def rules() -> dict[tuple[str, str], Rule]:
    """The table of measures; ``*`` answers for every other measure of a kind."""
    with (HERE / "measures.csv").open(encoding="utf-8", newline="") as lines:
        return {
            (row["kind"], row["measure"]): Rule(
                _parts(row["ours"]), row["subject"], _parts(row["words"]), row["period"] != "-"
            )
            for row in csv.DictReader(lines)
        }


def rule(one: Expected) -> Rule:
    """How that fact of the key is compared."""
    return rules().get((one.kind, one.measure)) or rules()[(one.kind, "*")]


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split("|") if part)


@cache
def _unit_names() -> dict[str, tuple[str, ...]]:
    with (HERE / "units.csv").open(encoding="utf-8", newline="") as lines:
        return {row["key"]: tuple(row["unit"].split("|")) for row in csv.DictReader(lines)}


def unit_of(said: str) -> tuple[tuple[str, ...], str]:
    """Our names for a unit of the key, and its analyte: ``% Cu`` is ``%`` and ``Cu``.

    >>> unit_of("million lb Cu per year"), unit_of("t/d")
    ((('Mlb/year',), 'Cu'), (('t/d',), ''))
    """
    plain = re.sub(r"\s*\([^)]*\)", "", said).strip()
    if plain in _unit_names():
        return _unit_names()[plain], ""
    found = re.fullmatch(
        r"(?P<unit>\S+(?: million| thousand| lb| oz| t)?) (?P<of>of )?(?P<analyte>\S+)(?P<per> per .+)?", plain
    )
    if found and (found["of"] or analyte(found["analyte"])):
        plain = f"{found['unit']}{found['per'] or ''}"
        symbol = "" if found["of"] else analyte(found["analyte"])
        return _unit_names().get(plain, (plain,)), symbol
    return (plain,), ""


def score(shared: Path, docs: Iterable[str] = ()) -> dict[str, Score]:
    """The score of each seed, by its name."""
    chosen = tuple(docs)
    return {
        doc: compare(keys, _facts(shared / "releases" / "seeds" / doc))
        for doc, keys in expected(shared).items()
        if not chosen or any(keys[0].name.startswith(one) or one in doc for one in chosen)
    }


def _facts(path: Path) -> list[Fact]:
    return read_text(path.name, path.read_bytes().decode("utf-8")).facts


def compare(keys: list[Expected], facts: list[Fact]) -> Score:
    """Which facts of the key are among ours, and which of ours the key does not know."""
    result = Score(facts=len(facts))
    for one in keys:
        if not rule(one).ours:
            continue
        why = difference(one, facts)
        if why:
            result.missed.append((one, why))
        else:
            result.found.append(one)
    result.extra = [
        fact for fact in facts if not any(_same_place(one, fact) and _same_thing(one, fact) for one in keys)
    ]
    result.other = [(fact, why) for fact in facts if fact not in result.extra and (why := _read_otherwise(keys, fact))]
    return result


def _read_otherwise(keys: list[Expected], fact: Fact) -> str:
    """What is different when a number of ours stands where the key has one, and the key says something else of it."""
    here = [one for one in keys if rule(one).ours and _same_place(one, fact) and one.numeric]
    if isinstance(fact.figure, Words) or not here:
        return ""
    apart = [_apart(one, fact, value) for one in here for value in one.values]
    return ", ".join(min(apart, key=len))


def _same_place(one: Expected, fact: Fact) -> bool:
    return fact.source.start < one.end and one.start < fact.source.end


def _same_thing(one: Expected, fact: Fact) -> bool:
    """Whether the key knows the number, under any measure; words only have to stand at the place."""
    if isinstance(fact.figure, Words) or not one.numeric:
        return True
    return any(abs(value) == abs(fact.figure.value) for value in one.values)


def difference(one: Expected, facts: list[Fact]) -> str:
    """What is different in the nearest fact of ours, or nothing when one agrees."""
    here = [fact for fact in facts if _same_place(one, fact)]
    if not here:
        return "nothing read here"
    wanted = one.values or (None,)
    reasons = [min((_apart(one, fact, value) for fact in here), key=lambda why: (len(why), why)) for value in wanted]
    return "; ".join(reason for why in reasons if (reason := ", ".join(why)))


def _apart(one: Expected, fact: Fact, value: Decimal | None) -> list[str]:
    """Every way in which one fact of ours is not this one of the key."""
    asked = rule(one)
    apart = [] if fact.measure in asked.ours else [f"measure {fact.measure}"]
    if value is not None:
        apart += _number_apart(one, fact, value)
    elif isinstance(fact.figure, Words) and _days(one.words) and not _same_days(one.words, fact.figure.value):
        apart.append(f"said {fact.figure.value}")
    elif value is None and isinstance(fact.figure, Figure) and not _days(one.words):
        apart.append(f"a number {fact.figure}")
    missing = [word for word in _asked_words(one, asked) if not _stands(word, fact)]
    if missing:
        apart.append(f"subject lacks {' '.join(missing)} in {dict(fact.about)}")
    if asked.period and _days(one.period) and not _same_days(one.period, fact.about.get("period", "")):
        apart.append(f"period {fact.about.get('period', '-')}, not {one.period}")
    return apart


def _number_apart(one: Expected, fact: Fact, value: Decimal) -> list[str]:
    if isinstance(fact.figure, Words):
        same = fact.figure.value == str(value)
        return [] if same else ["in words"]
    names, symbol = unit_of(one.unit)
    apart = []
    if not any(_equal(value, name, fact.figure) for name in names):
        if fact.figure.value == -value:
            apart.append("sign")
        else:
            same = abs(fact.figure.value) == abs(value)
            apart.append(f"unit {fact.figure.unit!r}, not {'|'.join(names)!r}" if same else f"value {fact.figure}")
    if symbol and fact.about.get("analyte") != symbol:
        apart.append(f"analyte {fact.about.get('analyte', '-')}, not {symbol}")
    return apart


def _equal(value: Decimal, unit: str, figure: Figure) -> bool:
    """Whether a number and unit of the key say the same as a figure of ours."""
    if value == figure.value and unit == figure.unit:
        return True
    if not (unit and figure.unit and units.known(unit) and units.known(figure.unit)):
        return False
    ours, theirs = units.unit(figure.unit), units.unit(unit)
    if ours.dimension != theirs.dimension or (ours.name == "1") != (theirs.name == "1"):
        return False
    ratio = ours.ratio(theirs)
    return Decimal(ratio.numerator) * figure.value == value * Decimal(ratio.denominator)


def _asked_words(one: Expected, asked: Rule) -> list[str]:
    words = list(asked.words)
    if asked.subject == "-":
        return words
    subject = asked.subject or re.sub(r"\s*\([^)]*\)", "", one.subject)
    hole = re.search(r"\(([A-Z]{1,4}[\d-]{3,})\)", one.subject)
    if hole:
        subject = hole[1]
    return words + [word for word in re.findall(r"[\w-]+", subject) if word.lower() not in IGNORED]


def _stands(word: str, fact: Fact) -> bool:
    """Whether a word, or ``key=value``, stands in what a fact is about."""
    key, equals, value = word.partition("=")
    if equals:
        return fact.about.get(key) == value
    where = f" {' '.join(str(v) for k, v in fact.about.items() if k != 'row')} "
    return bool(re.search(rf"(?<![\w]){re.escape(word)}(?![\w])", where, re.IGNORECASE))


def _days(label: str) -> Period | None:
    said = re.sub(r"\(sic\)|stated|completed|-remainder|^\['|'\]$", "", label).strip()
    said = re.sub(r"^early (\d{4})", r"\1-early", said)
    try:
        return Period.parse(said)
    except ValueError:
        return None


def _same_days(theirs: str, ours: str) -> bool:
    left, right = _days(theirs), _days(ours)
    if not left or not right:
        return False
    bounded = any(label.startswith(("by ", "to ", "after ")) for label in (theirs, ours))
    return (
        left.end == right.end
        if bounded and not theirs.startswith("after")
        else (left.start, left.end) == (right.start, right.end)
    )


def main() -> None:
    """Print the score."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--shared", type=Path, default=Path(os.environ.get("OREBOOK_SHARED", HERE.parents[2] / "shared"))
    )
    parser.add_argument(
        "--doc", action="append", default=[], help="only seeds whose id or name holds this (000 to 003)"
    )
    parser.add_argument("--kind", action="append", default=[], help="only kinds whose name holds this")
    parser.add_argument("--quiet", action="store_true", help="only the table of shares")
    options = parser.parse_args()
    total = Score()
    for one in score(options.shared, options.doc).values():
        total.add(one)
    if options.kind:
        total.found = [one for one in total.found if any(kind in one.kind for kind in options.kind)]
        total.missed = [(one, why) for one, why in total.missed if any(kind in one.kind for kind in options.kind)]
    sys.stdout.write("\n".join(report(total, full=not options.quiet)) + "\n")


def report(total: Score, *, full: bool = True) -> Iterator[str]:
    """The score as lines: per kind, misses, what the key does not hold."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for one in total.found:
        counts[one.kind][_sort(one)] += 1
    for one, _ in total.missed:
        counts[one.kind][f"no {_sort(one)}"] += 1
    yield f"{'kind':22} {'cells':>11} {'prose':>11} {'words':>11}"
    counts["all"] = sum(counts.values(), Counter())
    for kind in sorted(counts, key=lambda kind: (kind == "all", kind)):
        yield f"{kind:22} " + " ".join(f"{_share(counts[kind], sort):>11}" for sort in ("cells", "prose", "words"))
    yield f"ours: {total.facts} facts, {len(total.extra)} not in the key, {len(total.other)} read otherwise"
    if not full:
        return
    yield "\nmissed"
    for one, why in sorted(total.missed, key=lambda miss: (not miss[0].numeric, miss[0].kind, miss[0].name)):
        value = ", ".join(map(str, one.values)) or one.words
        yield f"  {one.name} {one.kind}: {one.measure} = {value} {one.unit} {one.quote!r}: {why}"
    yield "\nnot in the key"
    for fact in total.extra:
        source = fact.source
        yield f"  {source.doc[:28]}:{source.line} {fact.measure} = {fact.figure} {source.quote!r} {dict(fact.about)}"
    yield "\nthe key says otherwise"
    for fact, why in total.other:
        yield f"  {fact.source.doc[:28]}:{fact.source.line} {fact.measure} = {fact.figure} {fact.source.quote!r}: {why}"


def _sort(one: Expected) -> str:
    return "cells" if one.table and one.numeric else "prose" if one.numeric else "words"


def _share(counts: Counter[str], sort: str) -> str:
    found, all_of = counts[sort], counts[sort] + counts[f"no {sort}"]
    return f"{found} of {all_of}" if all_of else "-"


if __name__ == "__main__":
    main()
