"""Study labels: what a row or column of a study's table holds, with the tax and the discount rate in its words.

>>> said = study_label("After-tax NPV8% ($ millions)")
>>> said.label.measure, said.tax, said.rate, said.label.unit
('economics.npv', 'after-tax', '8', '$ million')
>>> study_label("Discount rate (%)").label.measure, study_label("Life of mine (years)").label.measure
('economics.discount_rate', 'plan.mine_life')
"""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from orebook.ground import units
from orebook.reading.heads.labels import Label, read_label, without_notes
from orebook.reading.patterns import Pattern

TABLES = ("economics", "plan", "finance", "milling")
"""Where the words of studies are looked up, the likelier first."""

_RATE = Pattern(
    r"(?<=NPV)\s?[(@]?\s?(?:at |@ )?(?P<rate>\d{1,2}(?:\.\d{1,2})?)\s?%?(?: real| nominal| discount(?: rate)?)?\)?"
    r"|\(?(?:@|at)\s?(?:an? )?(?P<rate2>\d{1,2}(?:\.\d{1,2})?)\s?%(?: discount(?: rate)?)?\)?"
    r"|[(,]\s?(?P<rate3>\d{1,2}(?:\.\d{1,2})?)\s?%(?: discount(?: rate)?| real| nominal)?\)?",
    re.IGNORECASE,
)
_TAX = Pattern(r"[(,]?\s?\b(?P<when>pre|before|after|post)[- ]?tax(?:es)?\b\)?", re.IGNORECASE)
_PRICE = Pattern(r"\bprices?\b", re.IGNORECASE)
_CODE = r"(?:US\$|C\$|A\$|CDN\$|\$|USD|US|CAD|AUD|CDN)"
_PAIR = Pattern(rf"\(?(?<![\w$]){_CODE}\s?(?:per|:|/|=|to)\s?{_CODE}(?![\w$])\)?", re.IGNORECASE)
_TO_ORE = Pattern(r"\(?\b(?:waste|w|t)\s?(?::|to)\s?(?:ore|o|t)\b\)?(?! ratio)", re.IGNORECASE)
_BESIDE = Pattern(
    r"\b(?:base case|lom|life[- ]of[- ]mine|average|avg\.?|unleveraged|unlevered|real|nominal|100% basis|project)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class StudyLabel:
    """A label as statements have it, with ``pre-tax`` or ``after-tax`` and the discount rate in percent."""

    label: Label
    tax: str = ""
    rate: str = ""


def tax_in(words: str) -> str:
    """``pre-tax`` or ``after-tax``, where words say one of them.

    >>> tax_in("Post-tax"), tax_in("Pre-Tax NPV"), tax_in("Corporate tax")
    ('after-tax', 'pre-tax', '')
    """
    said = {found["when"].lower() for found in _TAX.finditer(words)}
    if len(said) != 1:
        return ""
    return "pre-tax" if said <= {"pre", "before"} else "after-tax"


@lru_cache(maxsize=2048)
def study_label(words: str, printed: str = "") -> StudyLabel:
    """What the words of a row or column say."""
    said = without_notes(words[:300])
    rate = _RATE.search(said) if re.search(r"\bNPV|net present value", said, re.IGNORECASE) else None
    left = f"{said[: rate.start()]} {said[rate.end() :]}" if rate else said
    left = " ".join(_TAX.sub(" ", _TO_ORE.sub(" ", _PAIR.sub(" ", left))).split())
    label = read_label(left, TABLES)
    if not label.measure and (found := read_label(" ".join(_BESIDE.sub(" ", left).split()), TABLES)).measure:
        label = found
    if not label.measure and _PRICE.search(left) and "/" in label.unit and units.unit(label.unit).money:
        label = replace(label, measure="economics.price")
    digits = next((one for one in rate.groupdict().values() if one), "") if rate else ""
    return StudyLabel(replace(label, words=without_notes(printed or words)), tax_in(said), digits)
