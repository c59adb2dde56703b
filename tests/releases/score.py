"""The score of the readers and rules on the invented releases of this folder.

``python -m releases.score [part of a name ...]`` in the folder of tests prints, for each kind, what was read rightly,
missed and read too much, then every miss with what is different in the nearest reading.
"""

import json
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from orebook.checks import check
from orebook.ground.fact import Fact, Record, Words
from orebook.ground.finding import Finding
from orebook.ground.period import Period
from orebook.reading.language.analytes import analyte
from orebook.reading.read import read_bytes
from orebook.reading.reading import Reading
from orebook.reading.records import Json, Shape, as_key
from scoring import records as drilling
from scoring import statements

HERE = Path(__file__).parent
DRILLING = ("drill_intercept", "drill_collar", "drill_program", "drill_no_significant")
FIGURES = ("production", "financial", "economics")
ROWS = ("resource", "reserve")
KINDS = DRILLING + FIGURES + ROWS

Doc = dict[str, object]


@dataclass
class Tally:
    """What of one kind was read rightly, missed, and read too much."""

    right: int = 0
    missed: list[str] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)

    def add(self, other: "Tally") -> None:
        """Take another document in."""
        self.right += other.right
        self.missed += other.missed
        self.extra += other.extra

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall; one where there is nothing to read."""
        wrong = len(self.missed) + len(self.extra)
        return 2 * self.right / (2 * self.right + wrong) if self.right or wrong else 1.0


@dataclass
class Judged:
    """One document: the tally of each kind, the planted errors that were found or not, errors that are none."""

    name: str
    kinds: dict[str, Tally]
    found: list[Doc]
    unfound: list[Doc]
    false: list[Finding]


def keys() -> Iterator[tuple[Doc, Path]]:
    """Every answer key with its document."""
    for path in sorted(HERE.glob("*.json")):
        doc: Doc = json.loads(path.read_text(encoding="utf-8"))
        yield doc, HERE / str(doc["file"])


def judge(doc: Doc, file: Path) -> Judged:
    """Read and check one document and compare it with its key."""
    data = file.read_bytes()
    reading = read_bytes(file.name, data)
    kinds = {kind: _drilling(kind, doc, reading) for kind in DRILLING}
    kinds |= {kind: _figures(kind, doc, reading.records) for kind in FIGURES}
    kinds |= {kind: _rows(kind, doc, reading.records) for kind in ROWS}
    errors = [finding for finding in check(reading) if finding.grade == "error"]
    planted = _listed(doc, "errors")
    places = [_places(error, data.decode("utf-8")) for error in planted]
    met = [any(_meets(finding, here) for finding in errors) for here in places]
    return Judged(
        str(doc["doc"]),
        kinds,
        [error for error, hit in zip(planted, met, strict=True) if hit],
        [error for error, hit in zip(planted, met, strict=True) if not hit],
        [finding for finding in errors if not any(_meets(finding, here) for here in places)],
    )


def total(judged: Iterable[Judged]) -> dict[str, Tally]:
    """The tallies of several documents as one."""
    whole: dict[str, Tally] = defaultdict(Tally)
    for one in judged:
        for kind, tally in one.kinds.items():
            whole[kind].add(tally)
    return whole


def _listed(doc: Doc, name: str) -> list[Doc]:
    listed = doc[name]
    assert isinstance(listed, list)
    return listed


def _places(error: Doc, text: str) -> list[tuple[int, int]]:
    quotes = error["quotes"]
    assert isinstance(quotes, list)
    return [(text.index(quote), text.index(quote) + len(quote)) for quote in quotes]


def _meets(finding: Finding, places: list[tuple[int, int]]) -> bool:
    return any(source.start < end and start < source.end for source in finding.sources for start, end in places)


def _of(doc: Doc, kind: str) -> list[Doc]:
    return [figure for figure in _listed(doc, "figures") if figure["kind"] == kind]


def _said(shape: Shape | Doc) -> str:
    return json.dumps({name: value for name, value in shape.items() if name not in ("kind", "start", "end")})[:300]


def _drilling(kind: str, doc: Doc, reading: Reading) -> Tally:
    """Intercepts, collars, programmes and barren holes, compared as those of the real releases; lengths by unit too."""
    agree: Callable[[Shape, Shape], bool] = drilling.AGREE.get(kind, _same_hole)
    answers: list[Shape] = [_as_shape(figure) for figure in _of(doc, kind)]
    still, tally = list(answers), Tally()
    for record in reading.of(kind):
        read = {**as_key(record), "length_unit": _length_unit(record)}
        unit = [key for key in still if str(key.get("length_unit", "m")) in str(read["length_unit"])]
        right = next((key for key in unit if agree(key, read)), None)
        if right is not None:
            still.remove(right)
            tally.right += 1
        elif kind != "drill_program" and not any(drilling._repeats(kind, key, read) for key in answers):
            tally.extra.append(_said(read))
    tally.missed = [_said(key) for key in still]
    return tally


def _as_shape(figure: Doc) -> Shape:
    shape: dict[str, Json] = json.loads(json.dumps(figure))
    return shape


def _same_hole(key: Shape, read: Shape) -> bool:
    return drilling._same_hole(key, read)


def _length_unit(record: Record) -> str:
    lengths = ("drilling.length", "drilling.from", "collars.depth", "programmes.metres")
    said = {fact.figure.unit for fact in record.facts if fact.measure in lengths and not isinstance(fact.figure, Words)}
    return "/".join(sorted(said)) or "m"


def _rows(kind: str, doc: Doc, records: list[Record]) -> Tally:
    """Rows of resource and reserve statements, compared as those of the real releases."""
    score = statements.Score()
    statements.score_rows(kind, doc, records, score)
    return Tally(score.right, score.missed, score.extra)


def _figures(kind: str, doc: Doc, records: list[Record]) -> Tally:
    """Figures of production, money and studies: value and unit, period, what was measured, and of which mine."""
    mine = [_main(record) for record in records if record.kind == kind]
    free = {index for index, (_, facts) in enumerate(mine) if facts}
    tally, pending = Tally(), []
    for key in _of(doc, kind):
        wanted = statements._words(*(str(key.get(name) or "") for name in ("measure", "mine", "subject")))
        same = [index for index in sorted(free) if _apart(key, *mine[index]) == []]
        if same:
            free.discard(
                max(same, key=lambda index: len(wanted & statements._fact_words(mine[index][0], mine[index][1][0])))
            )
            tally.right += 1
        else:
            pending.append(key)
    tally.missed = [f"{_said(key)} <- {_nearest(key, kind, records)}" for key in pending]
    known = [key for key in _listed(doc, "figures") if "value" in key]
    for index in sorted(free):
        facts = [fact for fact in mine[index][1] if fact.measure != "finance.change"]
        if facts and not any(_says_again(fact, key) for fact in facts for key in known):
            tally.extra.append("; ".join(_fact(fact) for fact in facts))
    return tally


def _main(record: Record) -> tuple[Record, list[Fact]]:
    first = record.facts[0].measure
    return record, [fact for fact in record.facts if fact.measure == first and not isinstance(fact.figure, Words)]


def _fact(fact: Fact) -> str:
    about = {name: fact.about[name] for name in ("mine", "period", "analyte", "label") if name in fact.about}
    return f"{fact.measure} {fact.figure} {about}"


def _apart(key: Doc, record: Record, facts: list[Fact]) -> list[str] | None:
    """In what a record is not what the key says, or nothing where even the digits are others."""
    figures, unit, values = [fact.number for fact in facts], statements._unit(key), statements._values(key)
    about, apart = facts[0].about, []
    if not statements._same(figures, values, unit):
        if sorted(abs(figure.value) for figure in figures) != sorted(abs(value) for value in values):
            return None
        apart.append("unit or sign")
    if key.get("period") and not _same_period(key, about.get("period", "")):
        apart.append("period")
    words = statements._fact_words(record, facts[0])
    symbols = {analyte(word) for word in str(key["measure"]).split()} - {""}
    if not (statements._words(str(key["measure"])) & words or about.get("analyte") in symbols):
        apart.append("measure")
    who = key.get("mine") or key.get("subject")
    if who and not statements._words(str(who)) & words:
        apart.append("mine")
    return apart


def _same_period(key: Doc, label: str) -> bool:
    try:
        theirs, ours = Period.parse(str(key["period"])), Period.parse(label.removeprefix("by "))
    except ValueError:
        return False
    return theirs.end == ours.end and (bool(key.get("instant")) or theirs.start == ours.start)


def _nearest(key: Doc, kind: str, records: list[Record]) -> str:
    best: tuple[int, str] = (99, "not read")
    for record in records:
        alone = [[fact] for fact in record.facts if not isinstance(fact.figure, Words)]
        for facts in [_main(record)[1], *alone]:
            apart = _apart(key, record, facts) if facts else None
            if apart is not None:
                apart += [f"kind {record.kind}"] if record.kind != kind else []
                best = min(best, (len(apart), f"{', '.join(apart) or 'used already'}: {'; '.join(map(_fact, facts))}"))
    return best[1]


def _says_again(fact: Fact, key: Doc) -> bool:
    """Whether a figure is one of the key in other, perhaps coarser digits."""
    figure = fact.number
    places = figure.value.normalize().as_tuple().exponent
    step = Decimal(1).scaleb(places if isinstance(places, int) else 0)
    unit = statements._unit(key)
    ours = statements.base(abs(figure.value), figure.unit)[1]
    room = statements.base(step, figure.unit)[1]
    return any(abs(ours - statements.base(abs(value), unit)[1]) <= room for value in statements._values(key))


def report(parts: list[str]) -> Iterator[str]:
    """The score as lines."""
    judged = [judge(doc, file) for doc, file in keys() if not parts or any(part in file.name for part in parts)]
    yield f"{'kind':22} right missed extra    F1"
    for kind, tally in total(judged).items():
        yield f"{kind:22} {tally.right:5} {len(tally.missed):6} {len(tally.extra):5} {tally.f1:6.3f}"
    found, unfound = sum(len(one.found) for one in judged), sum(len(one.unfound) for one in judged)
    yield f"planted errors found {found}, not found {unfound}; false errors {sum(len(one.false) for one in judged)}"
    for one in judged:
        yield f"\n{one.name}"
        for kind, tally in one.kinds.items():
            yield from (f"  - {kind} {line}" for line in tally.missed)
            yield from (f"  + {kind} {line}" for line in tally.extra)
        yield from (f"  not found: {error['rule']} {error['quotes']}" for error in one.unfound)
        yield from (f"  false: {finding.code} {finding.message}" for finding in one.false)


if __name__ == "__main__":
    sys.stdout.write("\n".join(report(sys.argv[1:])) + "\n")
