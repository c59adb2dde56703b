"""Document: title, date, issuer, tickers and the periods that a release reports."""

import re
from collections.abc import Iterator

from orebook.ground.fact import Fact, Record, Words
from orebook.reading.layout import Block
from orebook.reading.patterns import Pattern
from orebook.reading.release import Release

ORDER = 5

_OF_ANOTHER = Pattern(r"\b(?:dated|releases?|announcements?|reports?)(?: of| on)?:?\s$", re.IGNORECASE)
_DATELINE = 400
_HEAD = 40
"""So many blocks from the top hold what rules the document."""


def records(release: Release) -> Iterator[Record]:
    """One record of the head of the document, if it says anything."""
    heads = [block for block in release.layout.blocks if block.table is None and block.kind != "front"][:_HEAD]
    facts = [*_title(release), *_issuer(release, heads), *_tickers(release, heads), *_dates(release, heads)]
    if facts:
        yield release.record("document", facts, company=release.issuer)


def _title(release: Release) -> Iterator[Fact]:
    if release.title is not None and release.title.plain.strip():
        text = release.title.strip()
        yield release.fact("document.title", Words(text.plain, "text"), text, 0, len(text.plain))


def _issuer(release: Release, heads: list[Block]) -> Iterator[Fact]:
    """The issuer where it is named with its ticker, else where it is named first."""
    naming = [block for block in heads if release.issuer and release.issuer in block.plain]
    for block in sorted(naming, key=lambda block: not _codes(release, block))[:1]:
        start = block.plain.index(release.issuer)
        yield release.fact(
            "document.issuer", Words(release.issuer, "name"), block.text, start, start + len(release.issuer)
        )


def _codes(release: Release, block: Block) -> list[tuple[str, re.Match[str]]]:
    """The tickers that a block prints beside their exchange."""
    found = []
    for ticker in release.tickers:
        exchange, _, code = ticker.partition(":")
        market, code = re.escape(exchange.split()[0]), re.escape(code)
        beside = rf"(?<!\w){market}[\w. -]{{0,40}}:\s?\**{code}(?!\w)|(?<!\w){code}\s?[-:]\s?{market}"
        if match := re.search(beside, block.plain, re.IGNORECASE):
            found.append((ticker, match))
    return found


def _tickers(release: Release, heads: list[Block]) -> Iterator[Fact]:
    seen: set[str] = set()
    for block in heads:
        for ticker, match in _codes(release, block):
            if ticker not in seen:
                seen.add(ticker)
                yield release.fact("document.ticker", Words(ticker, "name"), block.text, match.start(), match.end())


def _dates(release: Release, heads: list[Block]) -> Iterator[Fact]:
    """The date where it is said first, and each reported period in the title and where it is said first below."""
    left = {period.label: 2 for period in release.periods}
    if release.day:
        left[release.day.label] = 1
    inside = {id(block) for block in heads}
    for sentence in release.sentences():
        for when in sentence.dates if id(sentence.block) in inside else ():
            if when.kind not in ("date", "period") or when.start > _DATELINE:
                continue
            label = when.period.label
            if left.get(label) and not _OF_ANOTHER.search(sentence.plain[max(0, when.start - 24) : when.start]):
                left[label] = left[label] - 1 if sentence.block.kind == "title" else 0
                measure = "document.date" if release.day and label == release.day.label else "document.period"
                yield release.fact(measure, Words(label, "date"), sentence.text, when.start, when.end)
