"""Rates and ratios of mining and milling."""

from orebook.ground.quantity import Q


def throughput(tonnes: Q, days: Q) -> Q:
    """Tonnes a day: ore milled in a period by its days, calendar or operating as the document says.

    Source: definition; catalogue code PR1003.

    >>> throughput(910_000.0, 91.0)
    10000.0
    """
    return tonnes / days


def strip_ratio(waste: Q, ore: Q) -> Q:
    """Waste moved for each unit of ore.

    Source: definition; rule PR1009.

    >>> strip_ratio(30.0, 20.0)
    1.5
    """
    return waste / ore


def rest_of_period(longer: Q, part: Q) -> Q:
    """What a flow was in the rest of a longer period: nine months less the third quarter is the first half.

    Source: definition.

    >>> rest_of_period(96.0, 33.0)
    63.0
    """
    return longer - part


def grinding_energy(power: Q, hours: Q, tonnes: Q) -> Q:
    """Energy of grinding for each tonne, kWh, from the kilowatts of the mills, their hours, and the tonnes of those.

    With the installed power and all hours of a day it is an upper bound. Source: definition.

    >>> grinding_energy(10_000.0, 24.0, 24_000.0)
    10.0
    """
    return power * hours / tonnes
