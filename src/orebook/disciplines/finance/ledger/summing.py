"""Summing: the accounts of all books added up by line and tag, for the company and each mine.

Cash flows follow from how balances moved: what is not cash moved by the opposite of what cash did. Income enters the
statement of cash flows in one line, unless its account names another; then it is taken out of the first.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

import numpy as np

from orebook.disciplines.finance.ledger.cents import Ints
from orebook.disciplines.finance.ledger.chart import CASH, Chart
from orebook.disciplines.finance.ledger.exchange import Exchange
from orebook.disciplines.finance.ledger.held import Held
from orebook.disciplines.finance.ledger.holdings import Holding, shared
from orebook.disciplines.finance.ledger.running import RETAINED, Running, Standing, running
from orebook.disciplines.finance.ledger.seen import STATEMENTS, Seen, seen
from orebook.disciplines.finance.ledger.spans import ALWAYS
from orebook.disciplines.finance.ledger.statement_lines import entered
from orebook.disciplines.finance.ledger.stretches import Volume
from orebook.disciplines.finance.ledger.sums import COMPANY, Key, Sums, add

WHOLE = Holding.always("subsidiary", 100.0)
"""How an entity enters of which nothing is said."""

MINORITY = "minority_income"
"""The line of the share of others in the income of subsidiaries."""

START, ELSEWHERE = "income_of_period", "shown_elsewhere"
"""Lines of cash flows: the income with which they begin, and what of it is shown in another line."""

RESULT, TRANSLATION, ON_CASH = "result_not_closed", "translation_reserve", "exchange_on_cash"
INTERESTS = "interests_on_cash"
"""Lines that follow from the others and have no account of their own."""


def sums(
    held: Held,
    starts: Ints,
    ends: Ints,
    exchange: Exchange,
    *,
    year_end: int = 12,
    first_reported: bool = False,
    holdings: Mapping[str, Holding] | None = None,
) -> Sums:
    """Sums of a ledger over periods, which begin with ``starts`` and end before ``ends``.

    Of several versions the newest that knows a period counts, and for no period two of them are mixed;
    ``first_reported`` looks at the first alone. ``holdings`` says what the company holds of entities that are not its
    own; without a word an entity enters whole.
    """
    standing = Standing.of(held.series)
    sets: list[list[Running]] = []
    owned = holdings or {}
    for (entity, _, _), group in groupby(held.volumes, key=lambda one: (one.entity, one.currency, one.said)):
        if (holding := owned.get(entity, WHOLE)).kind == "associate":
            continue
        chosen = [one for one in group if not first_reported or one.version is None]
        books = [running(one, exchange, standing, year_end) for one in chosen]
        sets.append([shared(one, holding) for one in books] if holding.kind == "joint operation" else books)
    begun = [each[0].first for each in sets if not each[0].volume.said]
    first = min((day for day in begun if day is not None), default=None)
    found = Sums(starts, ends)
    for books in sets:
        said, holding = seen(books, starts, ends, first), owned.get(books[0].volume.entity, WHOLE)
        if books[0].volume.said:
            _add_said(found, held, books[0].volume, said)
        else:
            _add_books(found, held, books[0].volume, said, _line_of_cash(holding))
            if holding.kind == "subsidiary" and not holding.whole:
                own = [shared(one, holding) for one in books]
                _add_minority(found, said, seen(own, starts, ends, first))
                found.without_rate += tuple(rate for one in own for rate in one.without_rate)
        found.without_rate += tuple(rate for one in books for rate in one.without_rate)
    _finish(found, held.chart)
    return found


def _line_of_cash(holding: Holding) -> str:
    """The line in which cash moved that was neither earned nor spent: by the rates, or by what is held."""
    return INTERESTS if holding.kind == "joint operation" and holding.interest.changes else ON_CASH


def _add_books(found: Sums, held: Held, volume: Volume, said: Seen, on_cash: str) -> None:
    """Add the books of one entity in double entry."""
    kept = dict(said.known)
    if not len(volume.stocks.series):
        kept["position"] = kept["cash"] = found.unknown()
    if held.chart.without_cash_line:
        kept["cash"] = found.unknown()
    for name in STATEMENTS:
        found.known[name] = found.known[name] & kept[name] if name in found.known else kept[name]
        found.published[name] = np.maximum(found.published.get(name, ALWAYS), said.published[name])
        found.restated[name] = found.restated.get(name, False) | said.restated[name]
    for (mine, line, _, tags), income in _groups(held, volume.flows.series, said.income):
        keys = _places(mine)
        add(found.lines, _named(keys, line), income)
        for tag in tags:
            add(found.tags, _named(keys, tag), income)
    for (mine, _, cash_line, _), income in _groups(held, volume.flows.series, said.cash_income):
        keys = _places(mine)
        add(found.lines, _named(keys, START), income)
        if cash_line:
            add(found.lines, _named(keys, cash_line), income)
            add(found.lines, _named(keys, ELSEWHERE), -income)
    _add_balances(found, held, volume, said, on_cash)
    _add_accounts(found, held, volume, said)


def _add_minority(found: Sums, said: Seen, own: Seen) -> None:
    """Add the share of others in the income of a subsidiary: all of it without the company's; known where both are."""
    both = said.known["income"] & own.known["income"]
    found.known["income"] = found.known["income"] & both
    add(found.lines, [(COMPANY, MINORITY)], (said.income - own.income).sum(axis=1) * both)


def _add_balances(found: Sums, held: Held, volume: Volume, said: Seen, on_cash: str) -> None:
    """Add balances, how they moved, and what follows from both."""
    width = len(volume.stocks.series)
    exchanged = said.balances[:, :width] - said.opening[:, :width] - said.moves
    for part in (said.balances[:, :width], said.moves, exchanged):
        for (mine, line, cash_line, tags), amounts in _groups(held, volume.stocks.series, part):
            keys = _places(mine)
            if part is said.moves:
                add(found.lines, _named(keys, cash_line) if line != CASH else [], amounts)
                for tag in tags:
                    add(found.tags, _named(keys, tag), amounts)
            elif part is exchanged:
                add(found.lines, _named(keys, on_cash) if line == CASH else [], -amounts)
            else:
                add(found.lines, _named(keys, line), amounts)
                for tag in tags:
                    add(found.tags_at_end, _named(keys, tag), amounts)
    add(found.lines, [(COMPANY, RESULT)], said.balances[:, -2])
    add(found.lines, [(COMPANY, TRANSLATION)], said.balances[:, -1])
    closed = -(said.moves.sum(axis=1) + said.cash_income.sum(axis=1))
    add(found.lines, [(COMPANY, _closing_line(held, volume))], np.where(said.known["cash"], closed, 0))


def _add_accounts(found: Sums, held: Held, volume: Volume, said: Seen) -> None:
    """Add what of each line is an account's."""
    width = len(volume.stocks.series)
    for column, series, amounts in (
        ("line", volume.flows.series, said.income),
        ("cash_line", volume.flows.series, said.cash_income),
        ("line", volume.stocks.series, said.balances[:, :width]),
        ("cash_line", volume.stocks.series, said.moves),
    ):
        places: dict[Key, list[int]] = {}
        for place, key in enumerate(held.series[series.tolist()].select(column, "account").iter_rows()):
            places.setdefault(key, []).append(place)
        for key, at in places.items():
            if key[0]:
                add(found.by_account, [key], amounts[:, at].sum(axis=1))


def _closing_line(held: Held, volume: Volume) -> str:
    """The line of cash flows in which retained earnings move: income carried to them is no cash."""
    lines = held.chart.lines
    stocks = held.series[volume.stocks.series.tolist()].sort("cash_line")
    for line, cash_line in stocks.select("line", "cash_line").iter_rows():
        if cash_line and RETAINED in entered(line, lines):
            return str(cash_line)
    return ELSEWHERE


def _add_said(found: Sums, held: Held, volume: Volume, said: Seen) -> None:
    """Add a line as a statement gives it, or a quantity, with where it is known."""
    for stock, series, amounts in (
        (False, volume.flows.series, said.income),
        (True, volume.stocks.series, said.balances[:, : len(volume.stocks.series)]),
    ):
        known = said.known["position" if stock else "income"]
        for (mine, line, _, tags), values in _groups(held, series, amounts):
            keys = _places(mine)
            if line:
                sign = held.chart.lines[line].sign
                add(found.said_lines, _named(keys, line), values * sign)
            for tag in tags:
                add(found.tags_at_end if stock else found.tags, _named(keys, tag), values)
            for key in (*(_named(keys, line) if line else ()), *(each for tag in tags for each in _named(keys, tag))):
                found.said[key] = found.said[key] & known if key in found.said else known


def _groups(held: Held, series: Ints, amounts: Ints) -> Iterator[tuple[tuple[str, str, str, tuple[str, ...]], Ints]]:
    """Amounts added up over all series that stand at one mine, in the same lines, with the same tags."""
    told = held.series[series.tolist()].select("mine", "line", "cash_line", "tags").rows()
    places: dict[tuple[str, str, str, str], list[int]] = {}
    for place, key in enumerate(told):
        places.setdefault(key, []).append(place)
    for (mine, line, cash_line, tags), at in places.items():
        words = tuple(filter(None, (word.strip() for word in tags.split("|"))))
        yield (mine, line, cash_line, words), amounts[:, at].sum(axis=1)


def _places(mine: str) -> Sequence[str]:
    """Where an amount of a mine counts: in the company, and at the mine."""
    return (COMPANY, mine) if mine else (COMPANY,)


def _named(places: Sequence[str], name: str) -> list[Key]:
    return [(place, name) for place in places]


def _finish(found: Sums, chart: Chart) -> None:
    """Let every line enter the subtotals that it is a part of."""
    whole: dict[Key, Ints] = {}
    for (mine, line), amounts in found.lines.items():
        if line:
            add(whole, [(mine, above) for above in entered(line, chart.lines)], amounts)
    found.lines = whole
