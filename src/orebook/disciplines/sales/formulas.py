"""Value of a concentrate, step by step: dry tonnes, payable grade, charges of the smelter, provisional and final money.

Percentages are fractions of one. Money has the currency of the price that goes in.
"""

from orebook.ground.quantity import Q


def dry_mass(wet: Q, moisture: Q) -> Q:
    """Mass without its water: wet mass less the share of moisture.

    Source: definition; catalogue code PR1004.

    >>> dry_mass(10_000.0, 0.085)
    9150.0
    """
    return wet - wet * moisture


def mass_after_franchise(dry: Q, franchise: Q) -> Q:
    """Dry mass that is paid for when the contract takes a weighing franchise off.

    >>> mass_after_franchise(1_000.0, 0.005)
    995.0
    """
    return dry - dry * franchise


def metal_value(payable: Q, price: Q) -> Q:
    """Payable metal times its price, in units that belong together.

    Source: definition; catalogue code FN1103.

    >>> metal_value(4_639_628.0, 4.0)
    18558512.0
    """
    return payable * price


def price_adjustment(payable: Q, price: Q, before: Q) -> Q:
    """What a lot gains while its price moves: payable metal times the change of price, below nothing when it falls.

    Source: IFRS 9; catalogue code FN1107.

    >>> round(price_adjustment(4_639_628.0, 3.85, 4.05)), round(price_adjustment(4_639_628.0, 3.92, 3.85))
    (-927926, 324774)
    """
    return payable * (price - before)


def net_value(gross: Q, charges: Q) -> Q:
    """Net smelter return of a lot: value of its payable metals less treatment, refining, penalties and freight.

    >>> net_value(24.266, 1.118)
    23.148
    """
    return gross - charges


def total_gain(realized: Q, unrealized: Q) -> Q:
    """Gain on derivatives of a period: what was settled, and what changed on paper with what reverses of it.

    Source: catalogue code FN1106.

    >>> round(total_gain(-0.8, 17.5), 1), round(total_gain(-2.7, -8.2), 1), total_gain(-100.0, 40.0)
    (16.7, -10.9, -60.0)
    """
    return realized + unrealized


def closing_value(opening: Q, premium: Q, gain: Q, settled: Q) -> Q:
    """Fair value at the end of a period: what was there, premium paid, the gain, less what was received in settlement.

    Source: catalogue code FN1106.

    >>> closing_value(60.0, 0.0, -60.0, 0.0)
    0.0
    """
    return opening + premium + gain - settled


def after_tax(amount: Q, rate: Q) -> Q:
    """An amount less its tax; the rate is a fraction of one and whoever answers for the accounts says it.

    >>> round(after_tax(16.7, 0.265), 4)
    12.2745
    """
    return amount - amount * rate
