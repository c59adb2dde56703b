"""Usual analytes: what a grade is of that does not say it, in a document that speaks of one metal only."""

from collections import Counter

from orebook.reading.drilling.pieces import is_grade_unit
from orebook.reading.language import analytes
from orebook.reading.release import Release

_PRECIOUS_UNITS = frozenset({"g/t", "oz/ton", "oz/t", "ppb"})
_PRECIOUS = frozenset({"Au", "Ag", "Pt", "Pd", "Rh", "PGE", "2E", "3E", "4E", "6E"})


def usual_analytes(release: Release) -> dict[str, str]:
    """The analyte that each unit of grade goes with, where the document has one only.

    Where no grade of a unit names its analyte, it is the only metal of such grades that the document speaks of.
    """
    counted: dict[str, Counter[str]] = {}
    bare: set[str] = set()
    for sentence in release.sentences():
        for quantity in sentence.quantities:
            if is_grade_unit(quantity.unit):
                if quantity.analyte:
                    counted.setdefault(quantity.unit, Counter())[quantity.analyte] += 1
                else:
                    bare.add(quantity.unit)
    found = {unit: next(iter(names)) for unit, names in counted.items() if len(names) == 1}
    for unit in bare - counted.keys():
        if unit in _PRECIOUS_UNITS and (only := _only_precious(release)):
            found[unit] = only
    return found


def _only_precious(release: Release) -> str:
    """The one metal of grams and ounces that the document names, in words or symbols."""
    spoken = (sentence.plain for sentence in release.sentences())
    heads = (words for table in release.layout.tables() for column in table.header for words in column)
    named = {symbol.removesuffix("Eq") for plain in (*spoken, *heads) for _, _, symbol in analytes.find(plain)}
    precious = named & _PRECIOUS
    return precious.pop() if len(precious) == 1 and not any("PGE" in name for name in named - precious) else ""
