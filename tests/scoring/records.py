"""How well records agree with the answer keys of the real releases, for each kind and document.

Run ``python tests/scoring/records.py [--kind drill_intercept] [--doc part-of-name] [--all] [--list]``.
"""

import argparse
import json
import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from orebook.ground import units
from orebook.reading.read import read_bytes
from orebook.reading.records import Shape, as_key

SHARED = Path(os.environ.get("OREBOOK_SHARED", Path(__file__).parents[3] / "shared"))
KINDS = ("drill_intercept", "drill_collar", "drill_program")


@dataclass
class Score:
    """What one document holds of one kind: pairs that agree, what is missing, what is too much."""

    matched: int = 0
    missed: list[Shape] = field(default_factory=list)
    extra: list[Shape] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """The share of what was read that is in the key."""
        said = self.matched + len(self.extra)
        return self.matched / said if said else 1.0

    @property
    def recall(self) -> float:
        """The share of the key that was read."""
        there = self.matched + len(self.missed)
        return self.matched / there if there else 1.0

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None


def _close(key: object, read: object) -> bool:
    """Two numbers agree, or one of them is not given."""
    a, b = _number(key), _number(read)
    return a is None or b is None or abs(a - b) < 1e-9


def _grades(shape: Shape) -> set[tuple[str, float, str]]:
    listed = shape.get("grades")
    found = set()
    for grade in listed if isinstance(listed, list) else []:
        if isinstance(grade, dict):
            unit = str(grade.get("unit") or "")
            found.add((str(grade.get("analyte")), float(str(grade.get("value"))), units.spoken().get(unit, unit)))
    return found


def _hole(shape: Shape) -> list[str]:
    several = shape.get("hole_or")
    names = several if isinstance(several, list) else [shape.get("hole"), shape.get("hole_as_printed")]
    return ["".join(str(name).split()).replace("–", "-").upper() for name in names if name]


def _same_hole(key: Shape, read: Shape) -> bool:
    there, here = _hole(key), _hole(read)
    if key.get("hole_or") and not here:
        return True
    return not there or bool(set(there) & set(here))


def agree_intercept(key: Shape, read: Shape) -> bool:
    """Hole, depths, length and all grades are the same; an inferred end may be missing."""
    ends = key.get("to_inferred") or _close(key.get("to"), read.get("to"))
    same = all(_close(key.get(name), read.get(name)) for name in ("from", "interval", "true_thickness"))
    given = not (
        _number(key.get("interval")) is not None
        and _number(read.get("interval")) is None
        and _number(read.get("to")) is None
    )
    depth = _number(key.get("from")) is None or _number(read.get("from")) is not None
    return bool(
        _same_hole(key, read)
        and ends
        and same
        and (given or key.get("true_thickness"))
        and depth
        and _grades(key) == _grades(read)
    )


def agree_collar(key: Shape, read: Shape) -> bool:
    """Hole and every figure of the key are the same."""
    names = ("easting", "northing", "elevation", "azimuth", "dip", "depth")
    return _same_hole(key, read) and all(_number(key.get(name)) == _number(read.get(name)) for name in names)


def agree_programme(key: Shape, read: Shape) -> bool:
    """Holes and metres are the same, as far as the key has them."""
    pairs = [(key.get(name), read.get(name)) for name in ("holes", "metres") if key.get(name) is not None]
    return all(_number(a) == _number(b) for a, b in pairs)


AGREE = {"drill_intercept": agree_intercept, "drill_collar": agree_collar, "drill_program": agree_programme}


def agree_by_fields(key: Shape, read: Shape) -> bool:
    """For kinds without a rule of their own: measure, value, unit and period are the same."""
    return all(key.get(name) == read.get(name) for name in ("measure", "value", "unit", "period") if name in key)


def compare(kind: str, keys: Iterable[Shape], read: Iterable[Shape], *, lenient_repeats: bool = True) -> Score:
    """Pair records with answers one to one; a record that repeats an answer already found is no mistake."""
    agree = AGREE.get(kind, agree_by_fields)
    score, answers = Score(), list(keys)
    open_answers = list(answers)
    for one in read:
        at = next((i for i, key in enumerate(open_answers) if agree(key, one)), None)
        if at is not None:
            open_answers.pop(at)
            score.matched += 1
        elif not one.get("restated") and not (lenient_repeats and any(_repeats(kind, key, one) for key in answers)):
            score.extra.append(one)
    score.missed = open_answers
    return score


def _repeats(kind: str, key: Shape, read: Shape) -> bool:
    """Whether a record says again, perhaps with fewer figures, what an answer holds."""
    if kind != "drill_intercept":
        return AGREE.get(kind, agree_by_fields)(key, read)
    same = all(_close(key.get(name), read.get(name)) for name in ("from", "interval", "true_thickness"))
    hole = not _hole(read) or not _hole(key) or _same_hole(key, read)
    rounded = {(name, round(value, 1)) for name, value, _ in _grades(key)}
    return same and hole and {(name, round(value, 1)) for name, value, _ in _grades(read)} <= rounded


def documents(folder: Path, *, everything: bool = False) -> Iterator[tuple[str, Path, dict[str, object]]]:
    """The documents with keys that are text, Markdown, HTML or PDF, with their keys."""
    for path in sorted((folder / "releases" / "dev" / "keys").glob("*.json")):
        key = json.loads(path.read_text(encoding="utf-8"))
        file = folder / "releases" / "dev" / key["file"]
        if file.suffix in (".md", ".txt", ".html", ".tsx", ".pdf") and (
            everything or file.parent.name in ("md", "txt", "html", "pdf")
        ):
            yield key["doc"], file, key


def score(
    folder: Path, kinds: Iterable[str] = KINDS, *, everything: bool = False, doc: str = ""
) -> dict[tuple[str, str], Score]:
    """The score of each kind and document."""
    found: dict[tuple[str, str], Score] = {}
    for name, file, key in documents(folder, everything=everything):
        if doc not in name:
            continue
        shapes = [as_key(record) for record in read_bytes(file.name, file.read_bytes()).records]
        figures = key["figures"]
        for kind in kinds:
            answers = [figure for figure in figures if figure["kind"] == kind] if isinstance(figures, list) else []
            read = [shape for shape in shapes if shape["kind"] == kind]
            if answers or read:
                found[(kind, name)] = compare(kind, answers, read)
    return found


def total(scores: Iterable[Score]) -> Score:
    """Several scores as one."""
    whole = Score()
    for one in scores:
        whole.matched += one.matched
        whole.missed += one.missed
        whole.extra += one.extra
    return whole


def _line(name: str, one: Score) -> str:
    counts = f"{one.matched:4} {len(one.missed):4} {len(one.extra):4}"
    return f"{name:44} {counts}   {one.precision:5.2f} {one.recall:5.2f} {one.f1:5.2f}"


def main(arguments: list[str]) -> None:
    """Print the scores."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--kind", action="append")
    parser.add_argument("--doc", default="")
    parser.add_argument("--all", action="store_true", help="also token streams and scanned pages")
    parser.add_argument("--list", action="store_true", help="list misses and extras")
    chosen = parser.parse_args(arguments)
    found = score(SHARED, chosen.kind or KINDS, everything=chosen.all, doc=chosen.doc)
    for kind in chosen.kind or KINDS:
        print(f"\n{kind:44} same miss extra  prec   rec    F1")
        for (of, name), one in found.items():
            if of == kind:
                print(_line(name, one))
                for sign, shapes in (("-", one.missed), ("+", one.extra)) if chosen.list else ():
                    for shape in shapes:
                        print("   ", sign, json.dumps(shape, ensure_ascii=False)[:400])
        print(_line("all", total(one for (of, _), one in found.items() if of == kind)))


if __name__ == "__main__":
    main(sys.argv[1:])
