"""Holes: the names of drill holes in prose and tables, and the words that tie one interval to another.

>>> [name for _, _, name in find("Holes QX-24-007 and QXD031A, logged under NI 43-101 in Q3 2024, cut ore")]
['QX-24-007', 'QXD031A']
>>> relation("incl."), relation("and"), relation("QXD031A")
('including', 'and', '')
"""

import re

_NAME = re.compile(
    r"(?<![\w/.$#-])(?:"
    r"(?:[A-Z]{2,4}#)?[A-Z]{1,6}(?:[-–_][A-Z]{1,4})?[-–_]?\d{2,8}(?:[-–_.]\d{1,4}|[-–_](?:[A-Z]{1,3}\d{0,4}|O\d{1,3}|\d{1,3}[A-Z])){0,4}[A-Z]{0,2}\d{0,2}"
    r"|(?:[A-Z]{2,4}#)?[A-Z]{2,6}[-–_]\d{1,3}(?:[-–_][0-9A-Z]{1,4}){0,2}"
    r"|[A-Z]{1,4}\d{2}[A-Z]{1,4}[-–_]?\d{2,5}[A-Z]?"
    r"|\d{2}[A-Z]{2,6}[-–_]?\d{2,5}[A-Z]?(?:[-–_][A-Z0-9]{1,3})?"
    r")(?![\w/]|\.\d|[-–]\d)"
)
_BLANK = re.compile(
    r"(?:^[\s•*–-]*(?=[A-Z]{1,5} \d{1,4}(?:[-–]\d{1,4}){0,2}[A-Z]?\s?[:–-]\s)|(?:[Hh]oles?|HOLES?|DDH|RCH?)\s#?)(?P<name>[A-Z]{1,5} ?\d{1,4}(?:[-–]\d{1,4}){0,2}[A-Z]?)(?![\w/]|[-–]\d)"
)
_TRAPS = re.compile(
    r"(?:NI|NI43|MI|SK|S-K|ME|FA|AA|MS|ICP|OG|GRA|PGM|MA|NAD|WGS|GDA|MGA|UTM|AMG|JORC|ISO|TSX|ASX|NYSE|OTC|CSE|FY|CY|Q[1-4]|H[1-2]|US|COVID|CSA|CIM|PQ|HQ|NQ|BQ|NTW|AS|AU|FRA|SEC|EL|EPM"
    r"|ELA|MLA|PLA|ATP|RL|PO|BOX|ABN|ACN|V|B|CO|SO|XRF|IAS|IFRS|GST|AC|ZONE|PAGE|FIG|TABLE|NO|RC|DD|DDH|MT|KV|KW|LME|DC|AISC)"
    r"[-–_]?\d{1,4}(?:[-–]\d{1,4})?[A-Z]?|(?:ME|FA|AA|MS|OG|AU|CU|AG|GRA|ICP|PGM|TL|LI|SCR|FUS|GE|GO|MSA|PREP|CRU|SPL|LOG|WEI)[-–_][A-Z]{0,6}\d{1,3}[A-Za-z]?"
    r"|[A-Z]\d{1,2}|(?:[12]H|[1-4]Q)\d\d|[EMP](?:L|PM)?\d{2,7}|[A-Z]{1,2}\d{2,3}(?:EQ|eq)|43[-–]101\w*"
)

_RELATIONS = (
    ("including", re.compile(r"(?:which )?(?:also )?(?:and )?(?:includ(?:ing|es?|ed)|incl?\.?|inc\.?)(?: also)?|with(?:in)? that", re.IGNORECASE)),
    ("and", re.compile(r"(?:and|&|plus|also|additionally)(?: also)?", re.IGNORECASE)),
)  # fmt: skip


def find(plain: str, start: int = 0, end: int | None = None) -> list[tuple[int, int, str]]:
    """Every name of a hole in a text: start, end, name; codes of assays, grids, tenements and periods are none.

    >>> find("assayed by ME-MS61 on E63/2086 in NAD83 under JORC 2012")
    []
    """
    stop = len(plain) if end is None else end
    found = [
        (m.start(), m.end(), m[0])
        for m in _NAME.finditer(plain, start, stop)
        if not _TRAPS.fullmatch(m[0]) and not _is_analyte(m[0]) and any(c.isdigit() for c in m[0])
    ]
    for m in _BLANK.finditer(plain, start, stop):
        inside = m.span("name")
        if not any(a < inside[1] and inside[0] < b for a, b, _ in found):
            found.append((*inside, m["name"]))
    return sorted(found)


def _is_analyte(name: str) -> bool:
    return bool(re.fullmatch(r"(?:[A-Z][A-Z]?\d{0,2}O\d{0,2}|[A-Z]{2}\d)", name))


def is_name(plain: str) -> bool:
    """Whether a cell of a hole column can be the name of a hole: it has a digit and is short.

    >>> is_name("QX-24-007"), is_name("GRC 191"), is_name("Total"), is_name("North zone")
    (True, True, False, False)
    """
    said = plain.strip(" *†^#:")
    return bool(re.fullmatch(r"(?=[^\d]{0,14}\d)[A-Za-z0-9][\w#./ –-]{1,24}[*†]{0,3}", said)) and not re.fullmatch(
        r"[\d.,]+", said
    )


def relation(plain: str) -> str:
    """What a word in place of a hole's name says: ``including``, ``and``, or nothing."""
    said = plain.strip(" :;,-–•")
    return next((name for name, pattern in _RELATIONS if pattern.fullmatch(said)), "")


def same(one: str, other: str) -> bool:
    """Whether two printed names are one hole: blanks and the kind of dash do not matter.

    >>> same("TC 23–01", "TC23-01")
    True
    """
    return normal(one) == normal(other)


def normal(name: str) -> str:
    """A name without blanks, its dashes made hyphens."""
    return re.sub(r"\s+", "", name).replace("–", "-").replace("—", "-").upper()
