"""Values of records: how a fact is written in a dictionary."""

from decimal import Decimal

from orebook.ground.fact import Fact, Record
from orebook.ground.figure import Figure
from orebook.reading.patterns import Pattern

Json = str | int | float | bool | None | list["Json"] | dict[str, "Json"]
Shape = dict[str, Json]


def plain(value: Decimal) -> int | float:
    """A number for JSON: whole numbers as they are, others with a point.

    >>> plain(Decimal("12.50")), plain(Decimal("340"))
    (12.5, 340)
    """
    return int(value) if value == value.to_integral_value() and value.as_tuple().exponent == 0 else float(value)


def number(fact: Fact) -> int | float | str:
    """The value of a fact: its number, or its words."""
    return plain(fact.figure.value) if isinstance(fact.figure, Figure) else fact.figure.value


_DIGITS = Pattern(r"\d(?:[\d,.' ]{0,20}\d)?")


def printed(fact: Fact) -> str:
    """The number as the document prints it, its commas included."""
    found = _DIGITS.search(fact.source.quote)
    return found[0] if found else fact.figure.digits


def value_of(record: Record, measure: str) -> int | float | str | None:
    """The value of the first fact of a measure, or nothing."""
    fact = record.get(measure)
    return number(fact) if fact else None


def grades_of(record: Record, measure: str) -> list[Json]:
    """Every grade of a record: analyte, value, unit, the digits as printed."""
    found: list[Json] = []
    for fact in record.all(measure):
        said: Shape = {"analyte": fact.about.get("analyte", ""), "value": number(fact), "unit": fact.figure.unit}
        said["printed"] = printed(fact)
        if fact.figure.sign:
            said["sign"] = fact.figure.sign
        found.append(said)
    return found


def filled(said: Shape) -> Shape:
    """Only what has a value."""
    return {name: value for name, value in said.items() if value not in (None, "", [])}
