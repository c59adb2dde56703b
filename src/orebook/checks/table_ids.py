"""Names of holes in all their spellings, and holes of which one table speaks and another does not."""

from collections.abc import Iterator

import polars as pl

from orebook.checks.table_rule import Faults, Row, Tables
from orebook.checks.table_saying import do, many, some
from orebook.checks.table_views import collars, holes_of, name_of


def folded(name: pl.Expr) -> pl.Expr:
    """A name without blanks at its ends, in small letters."""
    return name.str.strip_chars().str.to_lowercase()


def bare(name: pl.Expr) -> pl.Expr:
    """What is left of a name when all goes that people change: case, blanks, hyphens, leading zeros, O for 0, I for 1.

    Two numbers that only a hyphen keeps apart stay apart.

    >>> pl.DataFrame({"hole": ["CL-20037", "cl20O37", "EUG-11-083", "EUG-11-83", "A1-23", "HB-O4", "HBO-4"]}).select(
    ...     bare(pl.col("hole")))["hole"].to_list()
    ['CL/20037', 'CL/20037', 'EUG/11/83', 'EUG/11/83', 'A/1/23', 'HB/4', 'HBO/4']
    """
    text = name.str.strip_chars().str.to_uppercase()
    for letter, digit in (("O", "0"), ("I", "1")):
        for _ in range(2):  # a match takes its neighbours with it, so that every second one is left for the next turn
            text = text.str.replace_all(rf"([^\pL]){letter}(\d)|(\d){letter}$", rf"${{1}}${{3}}{digit}${{2}}")
    text = text.str.extract_all(r"\p{L}+|\d+").list.join("/")
    text = text.str.replace_all(r"(\p{L})/(\p{L})", "${1}${2}").str.replace_all(r"(\p{L})/(\p{L})", "${1}${2}")
    return text.str.replace_all(r"(^|/)0+(\d)", "${1}${2}")


def spellings(tables: Tables) -> pl.DataFrame:
    """Every hole that has a collar: ``at``, ``line``, ``hole``, and its name ``folded`` and ``bare``."""

    def make() -> pl.DataFrame:
        named = name_of(tables, collars(tables).select("at", "line"))
        return named.with_columns(folded=folded(pl.col("hole")), bare=bare(pl.col("hole")))

    return tables.kept("spellings", make)


def without_collar(tables: Tables, table: str) -> pl.DataFrame:
    """Holes of a table that have no collar: ``hole``, first ``line``, ``rows``, and the collar it may be (``near``)."""
    view = _present(tables, table)
    orphans = view.join(collars(tables).select("at"), on="at", how="anti")
    if not orphans.height:
        return name_of(tables, orphans).with_columns(near=pl.lit(None, pl.String))
    near = spellings(tables).group_by("bare").agg(pl.col("hole").first().alias("near"))
    found = name_of(tables, orphans).with_columns(bare=bare(pl.col("hole")))
    return found.join(near, on="bare", how="left").sort("line")


def _present(tables: Tables, table: str) -> pl.DataFrame:
    """For each hole that a table names: ``at``, its first ``line``, and how many ``rows`` name it."""

    def make() -> pl.DataFrame:
        from_rows = holes_of(tables, table)
        return from_rows.group_by("at").agg(pl.col("line").min(), pl.len().alias("rows")).sort("at")

    return tables.kept(f"present {table}", make)


def spelled_alike(spelled: pl.DataFrame, key: str, how: str) -> Faults:
    """Groups of names that are one by a key; each name is quoted so that blanks are seen."""
    groups = (
        spelled.filter(pl.len().over(key) > 1)
        .group_by(key)
        .agg(pl.col("line").sort(), pl.col("hole").sort_by("line"))
        .sort(pl.col("line").list.first())
    )

    def say(row: Row) -> str:
        return f"{some([f'{name!r}' for name in row['hole']])} {how}: are they one hole?"

    return Faults("warning", groups, say, {"collars": "line"})


def orphans(tables: Tables, table: str) -> Iterator[Faults]:
    """The holes of a table that have no collar, where there are collars at all."""
    if not (tables.has("collars", "hole") and tables.has(table, "hole")):
        return

    def say(row: Row) -> str:
        near = f"; a collar is called {row['near']}" if row["near"] else ""
        count = f"{many(row['rows'], 'row')} of {table} {do(row['rows'], 'is', 'are')}"
        return f"{count} of {row['hole']}, which has no collar{near}"

    yield Faults("error", without_collar(tables, table), say, {table: "line"})


def holes_without(tables: Tables, table: str) -> pl.DataFrame:
    """Holes with a collar of which a table does not speak: ``hole``, ``line``, ``status``."""
    if not (tables.has("collars", "hole") and tables.has(table, "hole")):
        return pl.DataFrame(schema={"line": pl.UInt32, "hole": pl.String, "status": pl.String})
    frame = tables.frame("collars")
    bare = name_of(tables, collars(tables).join(holes_of(tables, table).select("at").unique(), on="at", how="anti"))
    if "status" not in frame.columns:
        return bare.with_columns(status=pl.lit(None, pl.String)).sort("line")
    return bare.with_columns(frame["status"].cast(pl.String).gather(bare["line"] - 2).alias("status")).sort("line")
