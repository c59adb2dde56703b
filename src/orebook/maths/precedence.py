"""Precedence: an order in which nothing comes before what it waits for, the circle where there is none, and chains."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from graphlib import CycleError, TopologicalSorter
from typing import TypeVar

Node = TypeVar("Node", bound=Hashable)
Value = TypeVar("Value")


def circle(waits: Mapping[Node, Iterable[Node]]) -> tuple[Node, ...]:
    """Nodes that wait for one another in a circle, the first again at the end; empty where there is no circle.

    ``waits`` says for each node which others it waits for.

    >>> circle({"plant": ["permit"], "permit": ["study"], "study": ["plant"]})
    ('plant', 'permit', 'study', 'plant')
    >>> circle({"plant": ["permit"]})
    ()
    """
    try:
        TopologicalSorter(waits).prepare()
    except CycleError as found:
        nodes = tuple(reversed(found.args[1]))
        first = nodes.index(next(node for node in waits if node in nodes))
        turned = nodes[first:-1] + nodes[:first]
        return (*turned, turned[0])
    return ()


def in_order(waits: Mapping[Node, Iterable[Node]]) -> tuple[Node, ...]:
    """Every node after those that it waits for, and otherwise in the order in which they are given.

    Raises ``ValueError`` where some wait for one another in a circle.

    >>> in_order({"plant": ["permit", "money"], "permit": ["study"]})
    ('money', 'study', 'permit', 'plant')
    """
    if found := circle(waits):
        raise ValueError(f"these wait for one another: {' → '.join(map(str, found))}")
    return tuple(TopologicalSorter(waits).static_order())


def along(
    waits: Mapping[Node, Iterable[Node]], value: Callable[[Node, Mapping[Node, Value]], Value]
) -> dict[Node, Value]:
    """A value for every node, each made with those of what it waits for at hand.

    Raises ``ValueError`` where some wait for one another in a circle.

    >>> days = {"study": 100, "permit": 200, "plant": 300}
    >>> waits = {"plant": ["permit"], "permit": ["study"], "study": []}
    >>> along(waits, lambda node, known: days[node] + max((known[each] for each in waits[node]), default=0))["plant"]
    600
    """
    known: dict[Node, Value] = {}
    for node in in_order(waits):
        known[node] = value(node, known)
    return known
