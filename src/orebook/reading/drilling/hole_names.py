"""Hole names: one hole whose name a document prints in several ways is one hole.

``QXRC00042`` in the table of collars, ``QXRC42`` in the text: letters and numbers are the same, zeros and hyphens are
not. The records then bear the name that the tables print; what they printed themselves stays in
``about["hole_as_printed"]``.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from orebook.ground.fact import Fact, Record
from orebook.reading.patterns import Pattern

_PIECES = Pattern(r"[A-Z]+|\d+")


def bare(name: str) -> str:
    """The letters and numbers of a name, without zeros in front, blanks and hyphens.

    >>> bare("QXRC00042"), bare("QX-RC 42"), bare("QX-24-007")
    ('QXRC/42', 'QX/RC/42', 'QX/24/7')
    """
    return "/".join(piece.lstrip("0") or "0" for piece in _PIECES.findall(name.upper()))


def settle_names(records: Sequence[Record]) -> None:
    """Give all records of one hole the name that the tables print, unless the tables hold both as holes."""
    spelled: dict[str, dict[str, list[Record]]] = defaultdict(lambda: defaultdict(list))
    for record in records:
        if hole := record.about.get("hole", ""):
            spelled[bare(hole)][hole].append(record)
    for ways in spelled.values():
        if len(ways) > 1 and len(listed := [name for name in ways if _in_table(ways[name])]) < 2:
            name = listed[0] if listed else max(ways, key=lambda way: (len(ways[way]), len(way)))
            for printed, those in ways.items():
                if printed != name:
                    _rename(those, name, printed)


def _in_table(records: Iterable[Record]) -> bool:
    return any(record.about.get("place") == "table" for record in records)


def _rename(records: Iterable[Record], name: str, printed: str) -> None:
    for record in records:
        record.about["hole"], record.about["hole_as_printed"] = name, printed
        record.facts = [
            Fact(fact.measure, fact.figure, {**fact.about, "hole": name}, fact.source) for fact in record.facts
        ]
