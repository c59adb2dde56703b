"""The issuer: which company speaks, and under which tickers.

>>> company_before("Vancouver, BC - May 4, 2021 - Tern Metals Ltd. (\\"Tern\\" or the \\"Company\\")")
'Tern Metals Ltd.'
>>> tickers("TSX-V: TRN, OTCQB: TRNMF")
('TSX-V:TRN', 'OTCQB:TRNMF')
>>> tickers("Nasdaq First North Helsinki: TERNI"), tickers("Euronext Growth: TRN")
(('NASDAQ FIRST NORTH HELSINKI:TERNI',), ('EURONEXT GROWTH:TRN',))
"""

import re
from collections.abc import Iterator

from orebook.ground.period import MONTHS
from orebook.reading.layout import Block, Layout

_LISTED = re.compile(
    r"\(\s?(?P<codes>[^()]{0,160}?(?:TSX|ASX|NYSE|CSE|OTC|AIM|NEO|LSE|FRA|Frankfurt|NASDAQ|JSE|Nasdaq|Euronext|"
    r"First North|Oslo B)[^()]{0,200})\)"
)
_EXCHANGES = (
    r"TSX(?:[ .-]?V(?:enture)?)?|ASX|NYSE(?: American| MKT)?|CSE|OTC\w*(?: Markets?)?|AIM|NEO|LSE|FRA|Frankfurt"
    r"|NASDAQ(?: OMX| First North| Stockholm| Helsinki| Copenhagen| Iceland| Growth Market){0,3}|JSE"
    r"|First North(?: Growth Market)?(?: Stockholm| Helsinki| Copenhagen| Iceland)?|Oslo B(?:ø|o)rs"
    r"|Euronext(?: Growth| Expand)?(?: Oslo| Paris| Lisbon| Brussels| Amsterdam)?"
)
_CODE = re.compile(
    rf"(?P<exchange>{_EXCHANGES})\s?:\s?\**(?P<code>[A-Z0-9.]{{1,8}})"
    r"|(?P<code2>[A-Z]{1,6})[- :]+(?P<exchange2>TSX-?V?|TSX Venture|OTC\w*|Frankfurt)\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?P<name>(?:[A-Z0-9][\w.&'-]*|&|of|the)(?: (?:[A-Z0-9][\w.&'-]*|&|of|and|de|the)){0,7})\s*\**\s*$")
_INCORPORATED = re.compile(
    r"(?P<name>(?:[A-Z][\w&'-]*\.? ){1,6}"
    r"(?:Ltd|Limited|Inc|Corp|Corporation|plc|PLC|N\.?L|S\.A|AB|ASA|Oyj|Oy|Plc|A/S|Company)\b\.?)"
)
_CALLED = re.compile(
    r"(?P<name>(?:[A-Z][\w&'.-]* ){1,6})\((?:[^()]{0,40}(?:the )?)?"
    r"[\"'](?:[^()\"']{1,40}[\"'] or the [\"'])?(?:the )?Company[\"']"
)
_DATED = re.compile(rf"^.*?\b(?:{'|'.join(MONTHS)})\.?\s(?:\d{{1,2}},?\s)?\d{{4}}\s", re.IGNORECASE)
_LEADING = re.compile(r"^(?:The|Toronto|Vancouver|News|About|Introducing|ABOUT|Item|Brief|Update)\s(?=[A-Z]\w+\s[A-Z])")
_DECLINED = re.compile(
    r"The Company|Regulation Services Provider|Securities|Exchange|Newsfile|Wire|Accesswire|LLC$", re.IGNORECASE
)


def issuer_and_tickers(layout: Layout) -> tuple[str, tuple[str, ...], Block | None]:
    """Who speaks: the company before the first ticker, its tickers, and the block that says so.

    Without a ticker it is the company that the first blocks name in full or call "the Company".
    """
    blocks = list(_blocks(layout))
    for block in blocks[:40]:
        found = _LISTED.search(block.plain)
        codes = tickers(found["codes"]) if found else ()
        company = company_before(block.plain[: found.start()]) if found and codes else ""
        if company:
            return company, codes, block
    for form in (_CALLED, _INCORPORATED):
        for block in blocks[:12]:
            named = form.search(block.plain[:1500])
            if named and (company := _company(named["name"])) and not _DECLINED.search(company):
                return company, (), block
    return "", (), None


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
    """The name without the date, the place and the words of the sentence before it."""
    name = _LEADING.sub("", _DATED.sub("", name.strip()))
    return name.strip(" -–,").removesuffix("'s")
