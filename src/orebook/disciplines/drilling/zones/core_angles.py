"""Core angles: how a hole meets a plane, as formulas.

A straight hole meets a plane at one angle, so the ratio of true thickness to core length is one number for all the
intervals of the hole through that plane: the sine of the angle between the core axis and the plane. A hole that bends
has no such number.
"""

from orebook.ground.quantity import Q
from orebook.maths.angles import Angle, arcsine, cosine, sine


def thickness_ratio(true_thickness: Q, length: Q) -> Q:
    """Sine of the angle between core axis and zone: true thickness by interval length; at most one.

    Source: geometry of a straight hole and a plane.

    >>> thickness_ratio(5.0, 10.0)
    0.5
    """
    return true_thickness / length


def core_angle(ratio: Angle) -> Angle:
    """Angle between the core axis and the zone in degrees, from the ratio of true thickness to length.

    A ratio above one is cut to one: the hole is square to the zone. Source: definition.

    >>> round(core_angle(0.5), 6)
    30.0
    """
    return arcsine(ratio)


def true_thickness(length: Q, ratio: Q) -> Q:
    """Thickness square to the zone, from the length along the hole and the sine of the core angle.

    >>> true_thickness(10.0, 0.5)
    5.0
    """
    return length * ratio


def crossing(azimuth: Angle, dip: Angle, plane_dip: Angle, plane_direction: Angle) -> Angle:
    """Sine of the angle between a straight hole and a plane, ``|cos δ · sin D · cos(α − A) + sin δ · cos D|``.

    Degrees: azimuth and dip of the hole (down is negative), dip of the plane (0 to 90) and the direction it dips to.
    Source: dot product of the hole's direction and the plane's normal.

    >>> round(crossing(90.0, -60.0, 30.0, 270.0), 6), round(crossing(90.0, -60.0, 30.0, 90.0), 6)
    (1.0, 0.5)
    """
    towards = cosine(azimuth - plane_direction)
    return abs(cosine(dip) * sine(plane_dip) * towards + sine(dip) * cosine(plane_dip))


def square_distance(east: Q, north: Q, up: Q, normal: tuple[Q, Q, Q]) -> Q:
    """How far one point lies from another square to a plane; ``normal`` is the plane's unit normal (east, north, up).

    Exact between the ends of an interval however the hole bends. Source: definition of a plane.

    >>> square_distance(3.0, 0.0, -4.0, (0.0, 0.0, 1.0))
    -4.0
    """
    return east * normal[0] + north * normal[1] + up * normal[2]
