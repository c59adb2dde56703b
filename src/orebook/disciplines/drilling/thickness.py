"""True thickness: how much of an interval lies square to its zone.

A straight hole meets a plane at one angle, so the ratio of true thickness to core length is one number for all the
intervals of the hole through that plane: the sine of the angle between the core axis and the plane.
"""

from math import asin, degrees

from orebook.ground.quantity import Q


def thickness_ratio(true_thickness: Q, length: Q) -> Q:
    """Sine of the angle between core axis and zone: true thickness by interval length; at most one.

    Source: geometry of a straight hole and a plane.

    >>> thickness_ratio(5.0, 10.0)
    0.5
    """
    return true_thickness / length


def core_angle(ratio: float) -> float:
    """Angle between the core axis and the zone in degrees, from the ratio of true thickness to length.

    A ratio above one is cut to one: the hole is square to the zone. Source: definition.

    >>> round(core_angle(0.5), 6)
    30.0
    """
    return degrees(asin(max(-1.0, min(1.0, ratio))))


def true_thickness(length: Q, ratio: Q) -> Q:
    """Thickness square to the zone, from the length along the hole and the sine of the core angle.

    >>> true_thickness(10.0, 0.5)
    5.0
    """
    return length * ratio


def section_offset(east: Q, north: Q, towards_east: Q, towards_north: Q) -> Q:
    """Distance between two points along a direction, such as the normal of a drill section.

    ``east`` and ``north`` are the differences of the coordinates in metres; the direction is given by its parts towards
    east and north, ``sin(azimuth)`` and ``cos(azimuth)``.

    >>> section_offset(-45.0, -395.0, 0.6, 0.8)
    -343.0
    """
    return east * towards_east + north * towards_north
