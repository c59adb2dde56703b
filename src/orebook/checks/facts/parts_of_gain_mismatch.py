"""Realized and unrealized parts against the whole gain."""

from collections.abc import Callable, Iterator

from orebook.checks.digits import Digits, alike, fits, nearest
from orebook.checks.keys import by, once
from orebook.checks.rule import Remark, remark, rule
from orebook.checks.saying import added, between, figure
from orebook.disciplines.finance.amounts import sum_of_parts
from orebook.ground.fact import Fact
from orebook.ground.figure import Figure
from orebook.ground.range import Range
from orebook.reading.reading import Reading

_WHOLE = "finance.derivative_gain"
_PARTS = ("finance.derivative_gain_unrealized", "finance.derivative_gain_realized")


@rule("F404", on="facts", basis="arithmetic", catalogue="FN1106")
def parts_of_gain_mismatch(reading: Reading) -> Iterator[Remark]:
    """Realized and unrealized gains do not make the whole gain.

    What it does:
    Adds the realized and the unrealized part of the gain on derivatives of one period and compares with the whole.
    Losses that are printed without a sign are tried both ways.

    Why it matters:
    There is no third part.

    Flagged:

        Alder Copper reports first quarter results

        Derivative gains were $12.4 million in the March 2019 quarter, made up of unrealized gains of $9.1 million and
        realized gains of $2.2 million.

    Fine:

        Alder Copper reports first quarter results

        Derivative gains were $12.4 million in the March 2019 quarter, made up of unrealized gains of $9.1 million and
        realized gains of $3.3 million.

    Help:
    Name the instruments that the parts leave out, or mend the part.
    """
    gains = [fact for fact in reading.facts if fact.measure in (_WHOLE, *_PARTS)]
    for facts in by(gains, "company", "subject", "period", "context").values():
        whole = once(fact for fact in facts if fact.measure == _WHOLE)
        parts = [once(fact for fact in facts if fact.measure == measure) for measure in _PARTS]
        known = [part for part in parts if part is not None]
        if whole is not None and len(known) == 2 and all(alike(part.number, whole.number) for part in known):
            yield from _compared(whole, known)


def _compared(whole: Fact, parts: list[Fact]) -> Iterator[Remark]:
    said = Figure(abs(whole.number.value), whole.number.unit)
    unsigned = all(part.number.value >= 0 for part in parts)
    ways = [(1, 1), (1, -1)] if unsigned else [(1, 1)]
    if not any(fits(_made(parts, signs), said) for signs in ways):
        implied = _made(parts, ways[0])(nearest).to(said.unit)
        text = f"{added(parts)} make {between(implied, step=said.step)}; {figure(whole.number)} stands here"
        yield remark("error", text, [whole, *parts], implied)


def _made(parts: list[Fact], signs: tuple[int, int]) -> Callable[[Digits], Range]:
    """The size of the sum of the parts, each with a sign."""
    return lambda read: abs(sum_of_parts([read(part.number) * sign for part, sign in zip(parts, signs, strict=True)]))
