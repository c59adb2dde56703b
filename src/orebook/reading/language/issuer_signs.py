"""Signs of the issuer that are weaker than its ticker: source lines, company numbers, letterheads, the title.

>>> source_line("SOURCE: Tern Metals Ltd."), source_line("Source: company data")
('Tern Metals Ltd.', '')
>>> numbered("Tern Metals ABN 12 345 678 901 Level 4, 20 Dunlin Street"), lettered("TERN METALS ASX:TRN - ASX RELEASE")
('Tern Metals', 'TERN METALS')
>>> titled("Tern Gold set to drill again", ["Tern Gold Mining will drill next month at Dipper."])
'Tern Gold Mining'
>>> titled("Mali output falls", ["Mali has mines."]), titled("Gold is up", ["Gold has risen."])
('', '')
"""

import re
from collections.abc import Iterable, Sequence

from orebook.reading.language import analytes
from orebook.reading.language.subjects import regions
from orebook.reading.patterns import Pattern

_WORD = r"(?:[A-Z0-9][\w.&'’-]*|&|i-80)"
_RUN = rf"{_WORD}(?: (?:{_WORD}|of|and|de|the(?= [A-Z])))" + "{0,6}"
_SOURCE = Pattern(rf"(?:SOURCE|Source):?\s+(?P<name>{_RUN}(?:, (?:Inc|Ltd|LLC|Corp)\.?)?)\.?")
_NUMBERED = Pattern(rf"(?P<name>{_RUN})\s\(?(?:ABN|ACN|A\.B\.N\.)[\s:]\s?\d")
_RIGHTS = Pattern(rf"(?:©|\(c\)|Copyright(?: ©)?)\s?(?:19|20)\d\d(?:[-–]\d{{2,4}})?,?\s(?P<name>{_RUN})", re.IGNORECASE)
_LETTERED = Pattern(
    rf"^\W{{0,4}}(?P<name>{_RUN})\s(?:[|–-]\s)?(?:ASX|TSX-?V?|CSE|AIM|LSE|JSE)\s?:\s?[A-Z][A-Z0-9]{{1,4}}\b"
)
_RULED = Pattern(rf"^\W{{0,4}}(?P<name>{_RUN} (?:LIMITED|LTD|INC|CORP|Limited|Ltd|Inc|Corp)\.?)\s?\|")
_ABOUT = Pattern(rf"(?:About|ABOUT)\s(?P<name>{_RUN}):?")
_REPORT_FOR = Pattern(
    r"\b(?i:technical report)\b.{0,300}?\b(?:FOR|for)\s(?P<name>[A-Z][\w&' -]{2,60}?\s(?:INC|LTD|LIMITED|CORP|"
    r"CORPORATION|PLC|Inc|Ltd|Limited|Corp|Corporation|plc)\b\.?)",
    re.DOTALL,
)
_TRADE = Pattern(
    r"\b(?:Gold|Silver|Copper|Metals?|Minerals?|Mining|Mines|Minera|Resources?|Explorations?|Lithium|Uranium|Zinc|Nickel|"
    r"Energy|Royalt(?:y|ies)|Ventures|Iron|Coal|Potash|Platinum|Diamonds?|Group|Holdings|Inc|Corp|Corporation|Ltd|Limited|"
    r"plc|PLC|ASA|AB|Oyj|S\.A)\b",
    re.IGNORECASE,
)
_ROLE = frozenset(
    "CEO CFO COO Chief Chairman Chair President Executive Managing Director Chairperson Vice Founder".split()
)
_SPEAKS = Pattern(
    r"(?:\s?\([^()]{1,60}\))?(?:['’]s?)?\s?,?\s?(?:\b(?:CEO|CFO|COO|Chief|Chair\w*|President|Executive|Managing|on|reported|"
    r"reports|reporting|said|says|will|has|have|is|are|was|announced|announces|hit|hits|which|who|an?|plans|expects|posted|"
    r"delivered|produced|found|finds|intersected|struck|gained|rose|fell|drilled|drilling|released|continues|completed|commenced|began|recently|today|signed|entered|sold|"
    r"shares)\b)"
)
_BEFORE_TITLE = Pattern(r"^(?:(?:UPDATE|Update|BRIEF|Brief|CORRECT|Exclusive|News|NEWS)\s?\d?:\s+)+")
_BRIEF = Pattern(rf"^(?P<name>{_RUN}) (?:Brief|BRIEF):\s")
_HEADED = Pattern(rf"^(?P<name>{_RUN})\s?[–—:|]\s")


def source_line(plain: str) -> str:
    """The company of a line that names the source of a release, as wires print it at the end."""
    found = _SOURCE.fullmatch(plain.strip(" *"))
    return found["name"].strip() if found and _TRADE.search(found["name"]) else ""


def numbered(plain: str) -> str:
    """The company before its Australian number."""
    found = _NUMBERED.search(plain[:3000]) or _NUMBERED.search(plain[-600:])
    return _last_words(found["name"]) if found else ""


def lettered(plain: str) -> str:
    """The company that a letterhead names before its ticker."""
    found = _LETTERED.match(plain) or _RULED.match(plain)
    return found["name"] if found and " " in found["name"] else ""


def rights(plain: str) -> str:
    """The company that keeps the rights of a page."""
    found = _RIGHTS.search(plain[:400])
    return found["name"].strip(" .") if found and _TRADE.search(found["name"]) else ""


def about_of(plain: str) -> str:
    """The company that a heading is about."""
    found = _ABOUT.fullmatch(plain.strip(" *"))
    return found["name"] if found and _TRADE.search(found["name"]) else ""


def report_for(plain: str) -> str:
    """The company for which a technical report was prepared, as its title page says.

    >>> report_for("TECHNICAL REPORT ON THE DIPPER PROJECT FOR TERN ZINC INC. prepared by A. Wren")
    'TERN ZINC INC.'
    """
    found = _REPORT_FOR.search(plain[:1500])
    return found["name"] if found else ""


def titled(title: str, openings: Iterable[str]) -> str:
    """The company whose name begins the title and a sentence that says what it did."""
    said = _BEFORE_TITLE.sub("", title.strip())
    words = said.replace("’", "'").split()
    for opening in openings:
        found = re.match(_RUN, opening.lstrip(' "“*').replace("’", "'"))
        if found and (name := _common(words, opening.lstrip(' "“*').replace("’", "'"), found[0].split())):
            return name
    brief = _BRIEF.match(said) or _HEADED.match(said)
    return brief["name"] if brief and _TRADE.search(brief["name"].split()[-1]) and " of " not in brief[0] else ""


def _common(title: Sequence[str], opening: str, run: Sequence[str]) -> str:
    """The name that both begin with; the opening may say more of it, before it says what the company does."""
    both = 0
    while both < min(len(title), len(run)) and _bare(title[both]) == _bare(run[both]):
        both += 1
    for end in range(len(run), 0, -1):
        name = [word.removesuffix("'s").rstrip("',") for word in run[:end]]
        at = len(" ".join(run[:end]).removesuffix("'s").removesuffix("'"))
        if both and end >= both and _SPEAKS.match(opening, at) and _is_company(name, both):
            return " ".join(name)
    return ""


def _bare(word: str) -> str:
    return word.strip(",.:;()'").removesuffix("'s").lower()


def _is_company(name: Sequence[str], both: int) -> bool:
    """Whether words name a company: two or more of them, or a word of the trade; no place, no metal, no role."""
    whole = " ".join(name)
    if _ROLE & set(name) or whole in regions() or (len(name) == 1 and analytes.analyte(name[0])):
        return False
    return len(name) > 1 and (_TRADE.search(whole) is not None or both > 1)


def _last_words(name: str) -> str:
    """The words of a name behind those of the sentence before it."""
    return re.sub(r"^.*(?:\.|\bof|\bfor) (?=[A-Z])", "", name)
