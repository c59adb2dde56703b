"""Operating names: mines known only by what they do: "Rio Cumbre produced 12,400 ounces", "at Rio Cumbre".

No word such as *mine* stands behind the name. That it is one shows in two ways: something was mined, milled or sold by
it, or a row of its own in a table bears it; and the prose says that something is at it or comes from it.
"""

import re
from collections.abc import Iterator

from orebook.ground.period import MONTHS
from orebook.reading.language.headed import is_general_heading
from orebook.reading.layout import Block, Layout
from orebook.reading.patterns import Pattern

_NAME = r"[A-Z][\w'’-]+(?: (?:[A-Z][\w'’-]*|de|la|del|do|da)){0,3}"
_IN_PLACE = r"(?:,? in (?:the )?[A-Z][\w.'’-]{2,20}(?: [A-Z][\w.'’-]{2,20}){0,2},?)?"
_WORK = ("produced", "mined", "milled", "processed", "poured", "treated", "stacked", "crushed")
_DID = rf"(?:{'|'.join(_WORK)})"
_SO_MUCH = r" (?:a record |approximately |about |some |a total of |record )?\d"
_FIGURE = re.compile(_SO_MUCH)
_MONTHS = "|".join(name.title() for name in MONTHS)
_ACTED = Pattern(
    rf"(?<![\w&'’-])(?:(?:In|During|On|For|By) (?:(?:{_MONTHS}) )?)?(?P<name>{_NAME})"
    rf"(?: and (?P<other>{_NAME}))?{_IN_PLACE} (?:has |had |also )?"
    rf"(?:{_DID}|sold|shipped){_SO_MUCH}"
)
_PRODUCTION = Pattern(rf"\b(?:of|from|at) (?P<name>{_NAME}) (?:production|output)\b")
_COMPANY = (
    r"(?:Gold|Mining|Mines|Resources|Corp|Corporation|Inc|Ltd|Limited|Metals|Minerals|plc|Energy|Group|Exploration)\b"
)
_NO_NAMES = frozenset(
    "we it they he she the this that in at on our its company group total production operations management mine mill"
    " plant quarter year mines both other".split()
)
_FEWEST_LETTERS = 3


def operating_names(layout: Layout, issuer: str) -> Iterator[str]:
    """Names of mines by what the prose says that they did, or by rows of tables, where the prose speaks of them too."""
    prose = " ".join(block.plain[:20000] for block in layout.prose() if block.kind in ("paragraph", "bullet", "title"))
    matches = _ACTED.finditer(prose) if _tells_how_much(prose) else ()
    acted = {name for found in matches for name in (found["name"], found["other"]) if name}
    acted |= {found["name"] for found in _PRODUCTION.finditer(prose)}
    rows = {_titled(name) for block in layout.blocks for name in _rows(block)}
    for name in sorted(acted | rows):
        if _is_mine(name, prose, issuer, in_row=name in rows):
            yield name


def _tells_how_much(prose: str) -> bool:
    """Whether a figure stands behind a verb of mining anywhere; without one nobody needs to look for who did it."""
    for verb in (*_WORK, "sold", "shipped"):
        at = prose.find(verb)
        while at >= 0:
            if _FIGURE.match(prose, at + len(verb)):
                return True
            at = prose.find(verb, at + len(verb))
    return False


def _rows(block: Block) -> Iterator[str]:
    """The names that rows of a table bear which hold nothing else."""
    for row in block.table.rows if block.table is not None else ():
        if len(row.cells) == 1 and row.cells[0].column == 0:
            yield re.sub(r"\s?\([^()]{1,40}\)", "", row.cells[0].plain).strip(" :*")


def _titled(name: str) -> str:
    return name.title() if name.isupper() and len(name) > _FEWEST_LETTERS else name


def _is_mine(name: str, prose: str, issuer: str, *, in_row: bool) -> bool:
    """Whether the prose uses a name as that of a place, and not of a company, a month or a thing of every table."""
    words = name.split()
    if not re.fullmatch(_NAME, name) or len(name) < _FEWEST_LETTERS or words[0].lower() in _NO_NAMES | set(MONTHS):
        return False
    if is_general_heading(name) or name.lower() in issuer.lower() or re.search(_COMPANY, words[-1]):
        return False
    said = re.escape(name)
    if re.search(rf"\b{said} {_COMPANY}", prose):
        return False
    at_it = rf"\b(?:at|from)\s(?:the |its |our )?{said}\b(?!\s[A-Z])"
    did = rf"\b{said}{_IN_PLACE} (?:has |had )?{_DID}\b"
    uses = len(re.findall(at_it, prose)) + len(re.findall(did, prose)) + in_row
    return uses > 1 or (in_row and re.search(rf"\b{said}\b", prose) is not None)
