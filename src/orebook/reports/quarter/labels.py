"""Labels: what stands before a row for each measure, of which kind its numbers are, and which need a definition."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Label:
    """How a measure is printed.

    ``words`` stand before its row, ``loss`` where all of it is below nothing; ``kind`` is money, per share, amount,
    grade, share, metal, ratio or count; ``defined`` names the definition that it needs for being no measure of IFRS.
    """

    measure: str
    words: str
    loss: str
    kind: str
    defined: str

    def said(self, values: Iterable[float], *, metal: str = "") -> str:
        """The words of a row with these values: losses are named where one of them is one, and keep their sign.

        >>> label("finance.net_income").said([5.0, 1.0]), label("finance.net_income").said([-5.0, 1.0])
        ('Net income', 'Net income (loss)')
        """
        words = self.words.format(metal=metal)
        return _both(words, self.loss) if self.loss and any(value < 0 for value in values) else words


def _both(gain: str, loss: str) -> str:
    """Both words of a row that has gains and losses: ``Net income (loss)``."""
    mine, other = gain.split(), loss.split()
    at = next((number for number, (one, two) in enumerate(zip(mine, other, strict=False)) if one != two), len(mine))
    if at >= len(mine) or mine[at + 1 :] != other[at + 1 :]:
        return gain
    return " ".join([*mine[: at + 1], f"({other[at].lower()})", *mine[at + 1 :]])


@cache
def labels() -> Mapping[str, Label]:
    """Every measure that has a label of its own."""
    text = files(__package__).joinpath("labels.csv").read_text(encoding="utf-8")
    return {
        row["measure"]: Label(row["measure"], row["label"], row["loss"], row["kind"], row["defined"])
        for row in csv.DictReader(text.splitlines())
    }


def label(measure: str) -> Label:
    """The label of a measure; one without a row is called after itself, and is money.

    >>> label("finance.cash_flow").defined, label("finance.listing_fees").words
    ('cash_flow', 'Listing fees')
    """
    known = labels().get(measure)
    if known is not None:
        return known
    words = measure.partition(".")[2].replace("_", " ")
    return Label(measure, words[:1].upper() + words[1:], "", "money", "")
