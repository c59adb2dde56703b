"""The issuer: which company speaks, and under which tickers.

>>> company_before("Vancouver, BC - May 4, 2021 - Tern Metals Ltd. (\\"Tern\\" or the \\"Company\\")")
'Tern Metals Ltd.'
>>> tickers("TSX-V: TRN, OTCQB: TRNMF")
('TSX-V:TRN', 'OTCQB:TRNMF')
>>> tickers("Nasdaq First North Helsinki: TERNI"), tickers("Euronext Growth: TRN")
(('NASDAQ FIRST NORTH HELSINKI:TERNI',), ('EURONEXT GROWTH:TRN',))
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from orebook.ground.period import MONTHS
from orebook.reading.language import issuer_signs as signs
from orebook.reading.layout import Block, Layout
from orebook.reading.layout.values import is_name
from orebook.reading.patterns import Pattern

_LISTED = Pattern(
    r"\(\s?(?P<codes>[^()]{0,160}?(?:TSX|ASX|NYSE|CSE|OTC|AIM|NEO|LSE|FRA|Frankfurt|NASDAQ|JSE|Nasdaq|Euronext|"
    r"First North|Oslo B)[^()]{0,200})\)"
)
_EXCHANGES = (
    r"TSX(?:[ .-]?V(?:enture)?)?|ASX|NYSE(?: American| MKT)?|CSE|OTC\w*(?: Markets?)?|AIM|NEO|LSE|FRA|Frankfurt"
    r"|NASDAQ(?: OMX| First North| Stockholm| Helsinki| Copenhagen| Iceland| Growth Market){0,3}|JSE"
    r"|First North(?: Growth Market)?(?: Stockholm| Helsinki| Copenhagen| Iceland)?|Oslo B(?:ø|o)rs"
    r"|Euronext(?: Growth| Expand)?(?: Oslo| Paris| Lisbon| Brussels| Amsterdam)?"
)
_CODE = Pattern(
    rf"(?P<exchange>{_EXCHANGES})\s?:\s?\**(?P<code>[A-Z0-9.]{{1,8}})"
    r"|(?P<code2>[A-Z]{1,6})[- :]+(?P<exchange2>TSX-?V?|TSX Venture|OTC\w*|Frankfurt|ASX|AIM|LSE|JSE|CSE|NYSE)\b",
    re.IGNORECASE,
)
_NAME = Pattern(
    r"(?P<name>(?:[A-Z0-9][\w.&'-]{0,60}|&|of|the)(?: (?:[A-Z0-9][\w.&'-]{0,60}|&|of|and|de|the)){0,7}"
    r"(?: (?:inc|lt[ée]e|plc|ltd)\.?)?)\s*\**\s*$"
)
_DUG = (
    r"(?:Gold|Silver|Copper|Zinc|Lead|Nickel|Cobalt|Lithium|Uranium|Iron|Coal|Tin|Platinum|Palladium|Diamonds?|Metals?|"
    r"Minerals?|Mining|Mines|Explorations?|Resources?|Energy|Oil|Gas|Steel|Potash|Royalt(?:y|ies))"
)
_PAIR = rf"{_DUG} (?:and|&) (?={_DUG}\b)"
"""What joins two words of a name: "Copper and Gold"; elsewhere "and" parts two companies."""

_INCORPORATED = Pattern(
    rf"(?P<name>(?:{_PAIR}|[A-Z][\w&'-]{{0,40}}\.? ){{1,6}}"
    r"(?:Ltd|Limited|Inc|Corp|Corporation|plc|PLC|N\.?L|S\.A|AB|ASA|Oyj|Oy|Plc|A/S|Company)\b\.?)"
)
_LETTERHEAD = Pattern(r"(?:[A-Z][\w&'.-]*\s){1,6}(?:LIMITED|LTD|INC|CORP|CORPORATION|PLC|ASA|N\.?L)\.?")
_CALLED = Pattern(
    rf"(?P<name>(?:{_PAIR}|[A-Z][\w&'.-]* ){{1,6}})\((?:[^()]{{0,40}}(?:the )?)?"
    r"[\"'](?:[^()\"']{1,40}[\"'] or the [\"'])?(?:the )?Company[\"']"
)
_DATED = Pattern(
    rf"^.*?\b(?:{'|'.join(MONTHS)})\.?\s(?:(?:\d{{1,2}},?\s)?\d{{4}}|\d{{1,2}}(?:st|nd|rd|th)?)[.,]?\s", re.IGNORECASE
)
_LEADING = frozenset(
    "The the Toronto Vancouver News About Introducing ABOUT Item Brief Update During In On At For Quarter Year".split()
)
"""Words that may stand before the name of a company."""
_HEADED = Pattern(
    r"^(?:(?:Ore|Mineral)\s(?:Reserves?|Resources?)(?:\sand)?\s(?:Statement\s|Estimate\s|Update\s)?){1,2}(?=[A-Z]\w+\s[A-Z])"
)
_FULL_WORD = Pattern(r"(?:(?<=Limited)|(?<=Corporation)|(?<=Company)|(?<=plc))\.$", re.IGNORECASE)
"""The stop of a sentence; that of a word cut short belongs to the name."""
_SMALL = Pattern(r"^(?:(?:of|the|and|de|&)\s)+")
_SHOUTED = Pattern(r"^(?:[A-Z][A-Z-]+\s){3,}(?=[A-Z][a-z]+\s)")
_BELONGS = Pattern(
    r"(?<!\bBoard )(?<!\b[Dd]irectors )(?<!\bbehalf )\b(?:of|from|with|by|(?:interest|stake|shares|investment) in)"
    r"\s(?:the\s)?$"
)
"""Something of a company, or done with it; only its board and its directors speak for it."""
_LISTED_AMONG = Pattern(r"(?:including|like|such as) [A-Z].*, [A-Z].*[, ]|, [A-Z][^,]{3,40}, [A-Z]")
"""A name among several, of which none speaks: "including Ness Gold, Tern Corp, Lorn"."""
_LAST = 25
_OPENINGS = 14
_DECLINED = Pattern(
    r"The Company|Regulation Services Provider|Securities|Exchange|Newsfile|Wire|Accesswire|LLC$", re.IGNORECASE
)


def issuer_and_tickers(layout: Layout) -> tuple[str, tuple[str, ...], Block | None]:
    """Who speaks: the company before the first ticker, its tickers, and the block that says so.

    Without a ticker it is the company that the first blocks name in full or call "the Company". A company of which or
    from which something is ("acquired from ...") is another; where the first blocks name only such, it is the company
    that the whole document names most.
    """
    blocks = list(_blocks(layout))
    listed = list(_listed(blocks[:40]))
    if listed and not listed[0][3]:
        return listed[0][:3]
    company, at = (
        _named_or_source(layout, blocks)
        or _by_signs(layout, blocks)
        or _listed_most(layout)
        or _called(layout)
        or _named_most(layout)
    )
    own = next((codes for name, codes, *_ in listed if name.casefold() == company.casefold()), ())
    return company, own or _lonely_tickers(blocks[:12], listed), at


def _named_or_source(layout: Layout, blocks: Sequence[Block]) -> tuple[str, Block | None] | None:
    """The company that the first blocks name or a last line calls the source; where these are two, the source.

    A company that has changed its name may still be called by the old one in a last line.
    """
    named, source = next(_named(blocks[:12]), None), _by_source(layout)
    same = named and source and named[0].split()[0].casefold() == source[0].split()[0].casefold()
    return named if same else source or named


def _by_source(layout: Layout) -> tuple[str, Block | None] | None:
    """The company that a last line calls the source, or for which a technical report was prepared."""
    for block in layout.blocks[::-1][:_LAST]:
        if block.table is None and (company := signs.source_line(block.plain)):
            return company, None
    top = " ".join(block.plain for block in layout.blocks[:6] if block.table is None and block.kind != "front")
    company = signs.report_for(top)
    return (company, None) if company else None


def _listed_most(layout: Layout) -> tuple[str, Block | None] | None:
    """The company that a whole document names most often with its ticker."""
    said = [company for company, *_ in _listed(_blocks(layout))]
    counted = Counter(company.casefold() for company in said).most_common(2)
    if not counted or (len(counted) > 1 and counted[0][1] == counted[1][1]):
        return None
    return next(company for company in said if company.casefold() == counted[0][0]), None


def _called(layout: Layout) -> tuple[str, Block | None] | None:
    """The company that a document calls "the Company" anywhere, if need be in its disclaimer."""
    for block in layout.blocks:
        found = _CALLED.search(block.plain[:1500]) if block.table is None and block.kind != "front" else None
        if found and (company := _company(found["name"])) and not _DECLINED.search(company):
            return company, block
    return None


def _by_signs(layout: Layout, blocks: Sequence[Block]) -> tuple[str, Block | None] | None:
    """The company by its letterhead, by the title and the sentence below it, by its number, its rights, its "About"."""
    title = next((block.plain for block in blocks if block.kind == "title"), "")
    near = [block.plain for block in blocks if block.kind in ("paragraph", "bullet", "heading")][:_OPENINGS]
    ends = [block.plain for block in layout.blocks if block.table is None and block.kind != "front"]
    found = [
        *(signs.lettered(plain) for plain in ends[:3]),
        signs.titled(title, [plain for plain in near if plain != title]),
        *(signs.numbered(plain) for plain in (*ends[:3], *ends[-_LAST:])),
        *(signs.rights(plain) for plain in ends[-_LAST:]),
        *(signs.about_of(plain) for plain in ends[-_LAST:]),
    ]
    company = next((one for one in found if one and not _DECLINED.search(one)), "")
    return (company, None) if company else None


def _lonely_tickers(blocks: Sequence[Block], listed: Sequence[object]) -> tuple[str, ...]:
    """The tickers of the only listing near the top, where no company stands before it."""
    found = [codes for block in blocks if (said := _LISTED.search(block.plain)) and (codes := tickers(said["codes"]))]
    return found[0] if len(found) == 1 and not listed else ()


def _listed(blocks: Iterable[Block]) -> Iterator[tuple[str, tuple[str, ...], Block, bool]]:
    """Companies with their tickers, the block that says so, and whether it says that something is of them."""
    for block in blocks:
        found = _LISTED.search(block.plain)
        codes = tickers(found["codes"]) if found else ()
        before = block.plain[: found.start()] if found and codes else ""
        if before and (company := company_before(before)) and not _DECLINED.search(company):
            at = before.rfind(company)
            yield company, codes, block, _BELONGS.search(before[max(0, at - 40) : at]) is not None


def _named(blocks: Sequence[Block]) -> Iterator[tuple[str, Block]]:
    """Companies that are called "the Company", then those whose names are said in full."""
    for block in blocks[:3]:
        if _LETTERHEAD.fullmatch(block.plain):
            yield block.plain, block
    for form in (_CALLED, _INCORPORATED):
        for block in blocks:
            found = form.search(block.plain[:1500])
            if (
                not found
                or _LISTED_AMONG.search(block.plain[max(0, found.start() - 40) : found.end() + 8])
                or _BELONGS.search(block.plain[max(0, found.start() - 40) : found.start()])
            ):
                continue
            if (company := _company(found["name"])) and not _DECLINED.search(company):
                yield company, block


def _named_most(layout: Layout) -> tuple[str, Block | None]:
    """The company whose full name stands most often in a document, if no other does as often."""
    said = Counter(
        company
        for block in layout.blocks
        if block.kind != "front"
        for found in _INCORPORATED.finditer(block.plain[:5000])
        if (company := _company(found["name"])) and not _DECLINED.search(company)
    )
    (first, times), (_, others) = (*said.most_common(2), ("", 0), ("", 0))[:2]
    return (first if times > max(others, 1) else ""), None


def _blocks(layout: Layout) -> Iterator[Block]:
    return (b for b in layout.blocks if b.table is None and b.kind != "front" and b.part != "tail")


def tickers(listed: str) -> tuple[str, ...]:
    """Every exchange and code of a listing, in the form ``TSXV:ABC``."""
    return tuple(
        f"{(found['exchange'] or found['exchange2']).upper()}:{(found['code'] or found['code2']).upper()}"
        for found in _CODE.finditer(listed)
    )


def company_before(words: str) -> str:
    """The company whose name ends a stretch of words; what stands in parentheses behind it is left out."""
    before = re.sub(r"\s?\([^()]{0,60}\)\s*$", "", words)
    found = _NAME.search(before.rstrip(" (\"'*"))
    return _company(found["name"]) if found else ""


def _company(name: str) -> str:
    """The name without the date, the place and the words of the sentence or the table before it.

    >>> [_company(said) for said in ("of Tern Metals Ltd", "22TRC004 Tern Metals Ltd", "TERN Tern Metals Ltd")]
    ['Tern Metals Ltd', 'Tern Metals Ltd', 'Tern Metals Ltd']
    >>> _company("GOOD GRADES AT TERN Tern Metals Ltd"), _company("29Metals Limited"), _company("TERN METALS LTD")
    ('Tern Metals Ltd', '29Metals Limited', 'TERN METALS LTD')
    """
    name = _HEADED.sub("", _DATED.sub("", name.strip().rpartition("--")[2]))
    words = _SMALL.sub("", name.strip(" -–,")).split()
    while len(words) > 2 and (words[0] in _LEADING or words[0].lower().rstrip(".") in MONTHS):
        words.pop(0)
    while len(words) > 2 and _is_before_name(words[0], words[1]):
        words.pop(0)
    return _FULL_WORD.sub("", _SHOUTED.sub("", " ".join(words)).removesuffix("'s"))


def _is_before_name(word: str, next_word: str) -> bool:
    """Whether a word is left of a row or a heading: a number, the name of a hole, the same word in other letters."""
    return (
        word.casefold() == next_word.casefold()
        or word.strip(".,").replace(",", "").isdecimal()
        or (word[-1] == "." and word[0].isdigit())
        or (is_name(word) and sum(letter.isdigit() for letter in word) > 2)
    )
