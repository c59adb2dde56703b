"""Products: what mines and smelters sell by the tonne that is no metal: coal, pellets, potash, acid, concentrates.

>>> find("Saleable coal production (kt)"), find("Sales of iron ore fines")
([(0, 13, 'saleable coal')], [(9, 23, 'iron ore fines')])
>>> find("Coal-fired power"), find("Fines"), find("Fines", label=True)
([], [], [(0, 5, 'iron ore fines')])
"""

import csv
import re
from functools import cache
from importlib.resources import files

from orebook.reading.language.alternation import either
from orebook.reading.patterns import Pattern

_NO_PRODUCT = Pattern(r"-fired")


@cache
def _names(*, label: bool) -> dict[str, str]:
    """The product that each written form stands for; some forms are one only in the label of a row."""
    table = files("orebook.reading").joinpath("words", "products.csv").read_text(encoding="utf-8")
    known: dict[str, str] = {}
    for row in csv.DictReader(table.splitlines()):
        forms = f"{row['words']}|{row['label words'] if label else ''}"
        for form in filter(None, forms.split("|")):
            known[form if form.isupper() else form.lower()] = row["product"]
    return known


@cache
def _finder(*, label: bool) -> re.Pattern[str]:
    symbols = [form for form in _names(label=label) if form.isupper()]
    words = [form for form in _names(label=label) if not form.isupper()]
    upper = f"{either(symbols)}|" if symbols else ""
    return re.compile(rf"(?<![\w-])(?:{upper}(?i:{either(words, '[ -]')}))(?![\w])")


def find(plain: str, start: int = 0, end: int | None = None, *, label: bool = False) -> list[tuple[int, int, str]]:
    """Every product that is named in a stretch of text, or in a label: start, end, name."""
    stop = len(plain) if end is None else end
    return [
        (found.start(), found.end(), product)
        for found in _finder(label=label).finditer(plain, start, stop)
        if (product := product_of(found[0], label=label)) and not _NO_PRODUCT.match(plain, found.end())
    ]


def product_of(words: str, *, label: bool = False) -> str:
    """The product for a name of one, or nothing.

    >>> product_of("Iron Ore Pellets"), product_of("MOP", label=True), product_of("MOP")
    ('pellets', 'potash', '')
    """
    said, known = " ".join(words.split()), _names(label=label)
    return known.get(said) or known.get(said.lower()) or known.get(said.lower().replace("-", " "), "")
