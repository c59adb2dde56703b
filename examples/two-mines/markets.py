"""Markets: hedges with their curves, and lots of concentrate with their prices, SIMULATED.

Gains on hedges are those of the accounts, and the lots that are open at the end of September 2011 were revalued by the
14.6 million that were published. Prices are in Canadian dollars and belong to no exchange.
"""

from collections.abc import Iterator
from datetime import date

from accounts import ENDS, Quarter

COPPER, DOLLAR = "Copper, Canadian dollars", "USD/CAD"

OPEN = [
    # hedge, kind, underlying, quantity, unit, strike, expiry day
    ("C-2012-03", "swap", COPPER, 8_000_000, "lb", "3.20", "2012-03-30"),
    ("C-2012-06", "swap", COPPER, 8_000_000, "lb", "3.20", "2012-06-29"),
    ("C-2012-09", "swap", COPPER, 6_000_000, "lb", "3.20", "2012-09-28"),
    ("C-2012-12", "swap", COPPER, 6_000_000, "lb", "3.20", "2012-12-31"),
    ("D-2012-06", "forward", DOLLAR, 12_000_000, "USD", "1.02", "2012-06-29"),
    ("D-2012-12", "forward", DOLLAR, 8_000_000, "USD", "1.02", "2012-12-31"),
]
"""Sold at the beginning of 2010 and still open at the end of September 2011."""

SHARE_OF_DOLLARS = 0.1
"""How much of each unrealized gain comes from the forwards on the dollar."""


def hedges(found: list[Quarter]) -> Iterator[list[str]]:
    """Yield the open hedges, and one of each quarter that was made and settled in it: the realized gains."""
    for name, kind, underlying, quantity, unit, strike, expiry in OPEN:
        yield [name, kind, "sell", underlying, str(quantity), unit, strike, "CAD", "2010-01-04", expiry, ""]
    for quarter in found:
        start, end = ENDS[quarter.label]
        settled = f"{quarter['realized'] / 100:.2f}"
        row = [f"S-{quarter.label}", "swap", "sell", COPPER, "2000000", "lb", "3.20", "CAD"]
        yield [*row, f"{start[:8]}05", f"{end[:8]}15", settled]


def curves(found: list[Quarter]) -> Iterator[list[str]]:
    """Yield the forward prices at each end of a quarter under which the open hedges are worth what the accounts say."""
    pounds = sum(row[3] for row in OPEN if row[2] == COPPER)
    dollars = sum(row[3] for row in OPEN if row[2] == DOLLAR)
    gain = 0
    for quarter in found:
        gain += quarter["unrealized"]
        copper = 3.20 - gain / 100 * (1 - SHARE_OF_DOLLARS) / pounds
        dollar = 1.02 - gain / 100 * SHARE_OF_DOLLARS / dollars
        for _, _, underlying, _, unit, _, expiry in OPEN:
            price = copper if underlying == COPPER else dollar
            yield [underlying, ENDS[quarter.label][1], expiry, f"{price:.10f}", unit, "CAD", "", "0"]


PER_TONNE = 2204.62262185
CONTAINED = {"Mount Polley": 0.245, "Huckleberry": 0.275}
POUNDS = {"Mount Polley": 3_400_000, "Huckleberry": 2_450_000}
"""Payable pounds of a lot; of Huckleberry those of the company's half."""

SHIPPED = {
    # lots of Mount Polley and of Huckleberry in each quarter; those of the third quarters were published
    "2010-Q1": (2, 1),
    "2010-Q2": (3, 2),
    "2010-Q3": (2, 2),
    "2010-Q4": (2, 2),
    "2011-Q1": (2, 2),
    "2011-Q2": (1, 2),
    "2011-Q3": (2, 2),
}

PRICES = {
    # a pound when shipped, at the end of the quarter, and in the quotational period
    "2010-Q1": (3.30, 3.41, 3.41),
    "2010-Q2": (3.55, 3.02, 3.02),
    "2010-Q3": (2.95, 3.60, 3.60),
    "2010-Q4": (3.75, 4.30, 4.30),
    "2011-Q1": (4.35, 4.26, 4.26),
    "2011-Q2": (4.20, 4.18, 4.18),
    "2011-Q3": (4.40, 0.0, 0.0),
}

TERMS = [
    ["A", "price", "Cu", COPPER, "", ""],
    ["A", "quotational_period", "Cu", "M+3 shipment", "", ""],
    ["A", "payable", "Cu", "", "96.5", "%"],
    ["A", "treatment_charge", "", "", "62", "CAD/dmt"],
    ["A", "refining_charge", "Cu", "", "0.062", "CAD/lb"],
    ["A", "provisional_payment", "", "", "90", "%"],
]


def month_after(day: date, months: int) -> date:
    """The fifteenth of a later month."""
    whole = day.year * 12 + day.month - 1 + months
    return date(whole // 12, whole % 12 + 1, 15)


def lots() -> Iterator[list[str]]:
    """Yield the lots: shipped on two days in the first month of their quarter."""
    for label, counts in SHIPPED.items():
        for mine, count in zip(CONTAINED, counts, strict=True):
            for number in range(1, count + 1):
                grade = CONTAINED[mine] * 100
                dry = POUNDS[mine] / 0.965 / PER_TONNE / CONTAINED[mine]
                wet = f"{dry / 0.92:.6f}"
                name = f"{''.join(word[0] for word in mine.split())}-{label}-{number}"
                day = f"{ENDS[label][0][:8]}{4 + number:02d}"
                yield [name, mine, "copper concentrate", "A", name, day, wet, "8", f"{grade:.1f}"]


def prices() -> Iterator[list[str]]:
    """Yield forward prices when lots are shipped and at the end of their quarter, and then the spot price."""
    for label, (first, at_end, final) in PRICES.items():
        start, end = (date.fromisoformat(day) for day in ENDS[label])
        counts = dict(zip(CONTAINED, SHIPPED[label], strict=True))
        if not at_end:  # the fall that revalues the open lots by what was published
            pounds = sum(POUNDS[mine] * count for mine, count in counts.items())
            at_end = first - 14_600_000 / pounds
        period = month_after(start, 3)
        for number in range(1, max(counts.values()) + 1):
            yield [COPPER, f"{start.isoformat()[:8]}{4 + number:02d}", period.isoformat(), f"{first:.4f}", "lb", "CAD"]
        yield [COPPER, end.isoformat(), period.isoformat(), f"{at_end:.10f}", "lb", "CAD"]
        if final:
            yield [COPPER, period.isoformat(), "", f"{final:.4f}", "lb", "CAD"]
