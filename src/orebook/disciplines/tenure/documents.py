"""Documents: what was published when, as of which day, and which of them another has taken the place of."""

from datetime import date

import polars as pl

from orebook.disciplines.tenure.columns import listed, shaped
from orebook.disciplines.tenure.people import DOCUMENT


def documents_on(documents: pl.DataFrame, day: date) -> pl.DataFrame:
    """Every document published by a day, with ``superseded_by`` and ``superseded_on`` where another took its place.

    >>> rows = {"document": ["A", "B"], "kind": "resource estimate", "published_day": ["2009-07-01", "2012-03-01"],
    ...         "supersedes": [None, "A"]}
    >>> documents_on(pl.DataFrame(rows), date(2012, 12, 31)).select("document", "superseded_by").rows()
    [('A', 'B'), ('B', None)]
    """
    known = shaped(documents, DOCUMENT).drop_nulls("document")
    there = known.filter(pl.col("published_day").is_null() | (pl.col("published_day") <= day))
    there = there.unique("document", keep="first", maintain_order=True).sort("published_day", "document")
    by: dict[str, tuple[str, date | None]] = {}
    for row in there.to_dicts():
        for other in listed(row["supersedes"]):
            by.setdefault(other, (row["document"], row["published_day"]))
    nobody: tuple[str | None, date | None] = (None, None)
    found = [by.get(name, nobody) for name in there["document"]]
    names = {"superseded_by": pl.String, "superseded_on": pl.Date}
    return pl.concat([there, pl.DataFrame(found, names, orient="row")], how="horizontal")


def previous(documents: pl.DataFrame) -> pl.DataFrame:
    """For each document the one of its kind about its property that was published last before it.

    The previous estimate of an estimate, the last report before a report; nothing where there is none.
    """
    rows = shaped(documents, DOCUMENT).drop_nulls(["document", "published_day"]).sort("published_day", "document")
    keys = ["property", "kind"]
    before = [pl.col(name).shift(1).over(keys).alias(f"previous_{name}") for name in ("document", "published_day")]
    return rows.with_columns(*before).select(
        "document", *keys, "published_day", "previous_document", "previous_published_day"
    )


def stale_citations(documents: pl.DataFrame) -> pl.DataFrame:
    """Documents that cite another which had been superseded by the day on which they were published.

    ``cites`` names what is cited, ``superseded_by`` what took its place and ``superseded_on`` when; one that is not in
    the register is listed as ``unknown``.
    """
    rows = shaped(documents, DOCUMENT).drop_nulls("document")
    stood = documents_on(documents, date.max)
    by = {row["document"]: (row["superseded_by"], row["superseded_on"]) for row in stood.to_dicts()}
    found: list[tuple[object, ...]] = []
    for row in rows.sort("published_day", "document").to_dicts():
        for other in listed(row["cites"]):
            name, since = by.get(other, (None, None))
            if other not in by:
                found.append((row["document"], row["published_day"], other, None, None, True))
            elif (
                name not in (None, row["document"]) and since and row["published_day"] and since < row["published_day"]
            ):
                found.append((row["document"], row["published_day"], other, name, since, False))
    names = {
        "document": pl.String,
        "published_day": pl.Date,
        "cites": pl.String,
        "superseded_by": pl.String,
        "superseded_on": pl.Date,
        "unknown": pl.Boolean,
    }
    return pl.DataFrame(found, names, orient="row")
