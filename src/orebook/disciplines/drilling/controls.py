"""Controls: which rows of a table of assays are samples of quality control, and no new piece of the hole."""

from collections.abc import Mapping

import polars as pl

CONTROLS: Mapping[str, str] = {
    "standard": r"(?i)stand|\bstd|crm|\bsrm|reference|\bqc",
    "blank": r"(?i)blank|\bblk",
    "duplicate": r"(?i)dup|repl|repeat|check|umpire",
}
"""What is written in the column ``type`` for such samples, by kind; the first that fits counts."""


def control_kind(said: pl.Expr) -> pl.Expr:
    """The kind of control that a cell of the column ``type`` says, nothing for a sample of the hole.

    >>> table = pl.DataFrame({"type": ["Original", "Field duplicate", "OREAS standard", None]})
    >>> table.select(control_kind(pl.col("type")))["type"].to_list()
    [None, 'duplicate', 'standard', None]
    """
    text = said.cast(pl.String)
    kind = pl.lit(None, dtype=pl.String)
    for name, words in reversed(tuple(CONTROLS.items())):
        kind = pl.when(text.str.contains(words)).then(pl.lit(name)).otherwise(kind)
    return kind.alias("type")
