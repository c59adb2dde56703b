"""Mill rests: what figures of production rest on: rows of the mill sheet, of what was mined, and interests by day."""

from collections.abc import Iterator

import polars as pl

from orebook.book.rests import Rest, rests

WHOLE = "100%"
_SAME = {"mine": "subject?", "source": "source"}
_MASSES = ("{metal}_lb", "{metal}_oz", "{metal}_kg", "{metal}_t")
_GRADES = ("{metal}_pct", "{metal}_gpt", "{metal}_ozpst")


def mill_rests() -> pl.DataFrame:
    """What each measure of milling rests on, and the interests that make a share of it attributable."""
    return rests(*_mill("milling.ore_milled", ("ore_t",), "sum"), *_others(), *_attributable())


def guidance_rests() -> pl.DataFrame:
    """What guidance rests on: its own row of the table, with what was said before of the same figure."""
    same = {"mine": "subject?", "measure": "measure", "metal": "metal", "period": "period", "unit": "unit"}
    return rests(Rest("", "guidance", ("low", "high", "unit", "said_on"), same=same, span="any"))


def _mill(measure: str, columns: tuple[str, ...], how: str, words: str = "") -> Iterator[Rest]:
    """Yield what a measure rests on in the mill sheet: all of it as ``how`` says, a share of it day by day."""
    yield Rest(measure, "mill", columns, same=_SAME, basis=WHOLE, how=how, words=words)  # type: ignore[arg-type]


def _others() -> Iterator[Rest]:
    yield from _mill("milling.ore_milled", ("wet_t", "moisture_pct"), "other", "dry: wet less its moisture")
    yield from _mill("milling.throughput", ("ore_t",), "per_day")
    yield from _mill("milling.throughput_operating", ("ore_t", "operating_h"), "other", "ore by days of operation")
    yield from _mill("milling.operating_time", ("operating_h",), "sum")
    yield from _mill("milling.head_grade", (*_GRADES, "ore_t"), "mean")
    yield from _mill("milling.metal_produced", _MASSES, "sum")
    feed = (*_GRADES, "ore_t")
    yield from _mill("milling.metal_in_feed", feed, "other", "grade times ore, added")
    by = (*_MASSES, "{metal}_recovery_pct", *_GRADES, "ore_t")
    yield from _mill("milling.recovery", by, "other", "metal produced by metal in feed")
    yield from _mill("milling.yield", by, "other", "metal produced by ore")
    for measure in ("mining.ore_mined", "milling.ore_mined"):
        yield Rest(measure, "mined", ("ore_t",), same=_SAME, basis=WHOLE, how="sum")
    for measure in ("mining.waste_mined", "milling.waste_mined"):
        yield Rest(measure, "mined", ("waste_t",), same=_SAME, basis=WHOLE, how="sum")


def _attributable() -> Iterator[Rest]:
    """Yield what every attributable figure rests on: rows of the sheet, and interests held up to its last day."""
    by = (*_MASSES, *_GRADES, "{metal}_recovery_pct", "ore_t")
    words = "each day times the interest held on it"
    yield Rest("", "mill", by, same=_SAME, basis="attributable", words=words)
    same = {"property": "subject?"}
    yield Rest("", "interests", ("interest_pct",), same=same, basis="attributable", days=("from_day",), span="until")
