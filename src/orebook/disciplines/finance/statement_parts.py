"""Statement parts: of every line the lines and accounts that it is made of, so that a figure can be followed."""

from collections.abc import Mapping, Sequence

import numpy as np
import polars as pl

from orebook.disciplines.finance.figures import period_frame
from orebook.disciplines.finance.ledger.cents import Ints, money
from orebook.disciplines.finance.ledger.statement_lines import StatementLine
from orebook.disciplines.finance.ledger.stretches import Bools
from orebook.disciplines.finance.ledger.sums import COMPANY, Sums
from orebook.ground.fiscal import Reported

_WORDS = ("statement", "line", "subject", "part", "what", "unit")


def statement_parts(
    sums: Sums, periods: Sequence[Reported], lines: Mapping[str, StatementLine], *, company: str, currency: str
) -> pl.DataFrame:
    """What each line of the company is made of in every period that is known, with the sign with which it enters.

    ``part`` is a line below or an account, ``what`` says which; parts that are nothing are left out.
    """
    words: list[tuple[str, ...]] = []
    amounts: list[Ints] = []
    known: list[Bools] = []
    for line, part, what, cents in _parts(sums, lines):
        words.append((lines[line].statement, line, company, part, what, currency))
        amounts.append(cents * lines[line].sign)
        known.append(sums.known.get(lines[line].statement, sums.unknown()) & (cents != 0))
    if not words:
        kinds = dict.fromkeys((*_WORDS, "period"), pl.String) | {"from_day": pl.Date, "to_day": pl.Date}
        return pl.DataFrame(schema={**kinds, "value": pl.Float64})
    there = np.stack(known)
    line_at, period_at = np.nonzero(there)
    told = pl.DataFrame(words, dict.fromkeys(_WORDS, pl.String), orient="row")
    made = pl.concat([told[line_at], period_frame(periods)[period_at]], how="horizontal")
    return made.with_columns(value=pl.Series(money(np.stack(amounts)[there])))


def _parts(sums: Sums, lines: Mapping[str, StatementLine]) -> list[tuple[str, str, str, Ints]]:
    """Line, part, what the part is, and its debits."""
    below = [
        (above, name, "line", sums.lines[COMPANY, name])
        for name, line in lines.items()
        for above in line.part_of
        if (COMPANY, name) in sums.lines
    ]
    return below + [(line, account, "account", cents) for (line, account), cents in sums.by_account.items()]
